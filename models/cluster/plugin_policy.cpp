// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Fields and meaning: https://kubernetes.io/docs/reference/config-api/kuberc.v1beta1/; an entry's field was
// "name" in 1.35 and is "command" since 1.36.
#include "plugin_policy.h"

#include <algorithm>
#include <filesystem>

#include <base/text.h>
#include <cluster/kubeconfig_file.h>
#include <inventory/reader.h>

namespace glacis::cluster {
namespace {

    using inventory::DocumentReader;
    using inventory::NodeRef;
    using inventory::NodeType;

    constexpr inventory::ReadLimits limits { .maxDepth = 64, .maxNodes = 100'000 };
    constexpr std::size_t mostEntries = 1000;

    /// The file that a path leads to, links in its folder resolved and its own name kept: programs of many
    /// names are one file. ".." behind a link leads elsewhere than the text says. Empty: there is no such
    /// folder.
    std::string entryOf(const std::string& path)
    {
        std::error_code error;
        const auto whole = pathOf(path);
        const auto folder = std::filesystem::canonical(whole.parent_path(), error);
        if (error)
            return {};
        std::string entry = utf8Of(folder / whole.filename());
        return nativeStyle == PathStyle::Windows ? toLower(entry) : entry;
    }

    Result<PluginPolicy> policyOf(NodeRef root)
    {
        PluginPolicy policy;
        const NodeRef word = root["credentialPluginPolicy"], list = root["credentialPluginAllowlist"];
        const std::string_view said = word.text();
        if (word && !word.is(NodeType::String) && !word.is(NodeType::Null))
            return failure("its credentialPluginPolicy is no text");
        if (said == "DenyAll")
            policy.kind = PluginPolicy::Kind::DenyAll;
        else if (said == "Allowlist")
            policy.kind = PluginPolicy::Kind::Allowlist;
        else if (!said.empty() && said != "AllowAll")
            return failure("its credentialPluginPolicy is “" + printable(said.substr(0, 80))
                + "”, expected AllowAll, DenyAll or Allowlist");
        if (list && !list.is(NodeType::Array) && !list.is(NodeType::Null))
            return failure("its credentialPluginAllowlist is no list");
        for (const NodeRef entry : list) {
            const NodeRef command = entry["command"] ? entry["command"] : entry["name"];
            if (!command.is(NodeType::String) || command.text().empty())
                return failure("an entry of its credentialPluginAllowlist has no command");
            if (policy.commands.size() >= mostEntries)
                return failure("its credentialPluginAllowlist has more than 1,000 entries");
            policy.commands.emplace_back(command.text());
        }
        if (policy.kind == PluginPolicy::Kind::Allowlist && policy.commands.empty())
            return failure("its credentialPluginPolicy is Allowlist, but credentialPluginAllowlist is empty");
        if (policy.kind != PluginPolicy::Kind::Allowlist && !policy.commands.empty())
            return failure(
                "it has a credentialPluginAllowlist, but its credentialPluginPolicy is not Allowlist");
        return policy;
    }

    /// Of the first document that holds preferences of a version that has a policy; kubectl, too, goes past
    /// what it does not know. One with a policy in a version unknown to us is not gone past.
    Result<PluginPolicy> policyIn(const SmallFile& file)
    {
        DocumentReader reader;
        const auto& read = reader.readYaml(file.text, 1, limits);
        if (!read.errors.empty())
            return failure(
                "line " + std::to_string(read.errors.front().line) + ": " + read.errors.front().message);
        std::string unknown;
        for (const auto& document : read.documents) {
            const NodeRef root { *read.tree, document.root };
            const std::string_view version = root["apiVersion"].text();
            if (root["kind"].text() != "Preference" || !version.starts_with("kubectl.config.k8s.io/"))
                continue;
            if (version == "kubectl.config.k8s.io/v1beta1")
                return policyOf(root);
            if (root["credentialPluginPolicy"] && unknown.empty())
                unknown = printable(version.substr(0, 80));
        }
        if (!unknown.empty())
            return failure("its apiVersion is " + unknown + ", expected kubectl.config.k8s.io/v1beta1");
        return PluginPolicy {};
    }

} // namespace

Result<PluginPolicy> readPluginPolicy(const Environment& environment)
{
    const std::string named = environment.variable("KUBERC").value_or("");
    if (named == "off" || toLower(environment.variable("KUBECTL_KUBERC").value_or("")) == "false")
        return PluginPolicy {};
    const std::string home = homeFolder(environment, nativeStyle);
    if (named.empty() && home.empty())
        return PluginPolicy {};
    const std::string path
        = named.empty() ? home + "/.kube/kuberc" : resolvedPath(named, environment.workingFolder);
    const SmallFile file = readSmallFile(path);
    if (file.state == SmallFile::State::Missing && named.empty())
        return PluginPolicy {};
    const auto unknown = [&](const std::string& why) {
        return failure("whether " + printable(path) + " permits credential plugins is not known: " + why);
    };
    if (file.state != SmallFile::State::Read)
        return unknown(file.state == SmallFile::State::Missing ? "it does not exist" : file.error);
    auto policy = policyIn(file);
    if (!policy)
        return unknown(policy.error().message);
    policy->file = path;
    return policy;
}

Result<void> permits(const PluginPolicy& policy, const FoundProgram& program, const ExecOptions& options,
    const StopToken& stop)
{
    const std::string entry = entryOf(program.path);
    const auto names = [&](const std::string& command) {
        const auto found = findProgram(command, options, stop); // nothing for a relative path
        return found && !entry.empty() && entryOf(found->path) == entry;
    };
    switch (policy.kind) {
    case PluginPolicy::Kind::AllowAll:
        return {};
    case PluginPolicy::Kind::DenyAll:
        break;
    case PluginPolicy::Kind::Allowlist:
        if (std::any_of(policy.commands.begin(), policy.commands.end(), names))
            return {};
        break;
    }
    return failure("may not run: " + printable(policy.file)
        + (policy.kind == PluginPolicy::Kind::DenyAll
                ? " permits none (credentialPluginPolicy: DenyAll)"
                : " does not list " + printable(program.path) + " (credentialPluginAllowlist)"));
}

} // namespace glacis::cluster
