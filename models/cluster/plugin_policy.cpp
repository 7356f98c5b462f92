// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Fields and meaning: https://kubernetes.io/docs/reference/config-api/kuberc.v1beta1/; an entry's field was
// "name" in 1.35 and is "command" since 1.36.
#include "plugin_policy.h"

#include <algorithm>

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

    std::string normal(const std::string& path) { return utf8Of(pathOf(path).lexically_normal()); }

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

    /// Of the first document that holds preferences; kubectl, too, goes past versions that it does not know.
    Result<PluginPolicy> policyIn(const SmallFile& file)
    {
        DocumentReader reader;
        const auto& read = reader.readYaml(file.text, 1, limits);
        if (!read.errors.empty())
            return failure(
                "line " + std::to_string(read.errors.front().line) + ": " + read.errors.front().message);
        for (const auto& document : read.documents) {
            const NodeRef root { *read.tree, document.root };
            if (root["kind"].text() == "Preference"
                && root["apiVersion"].text().starts_with("kubectl.config.k8s.io/"))
                return policyOf(root);
        }
        return PluginPolicy {};
    }

} // namespace

Result<PluginPolicy> readPluginPolicy(const Environment& environment)
{
    const std::string named = environment.variable("KUBERC").value_or("");
    if (named == "off")
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
    const std::string path = normal(program.path);
    const auto names = [&](const std::string& command) {
        if (pathOf(command).is_absolute())
            return normal(command) == path;
        if (hasSeparator(command, nativeStyle))
            return false; // neither a name nor a whole path
        const auto found = findProgram(command, options, stop);
        return found && normal(found->path) == path;
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
