// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <attack/rights.h>

#include <algorithm>
#include <array>
#include <span>

namespace glacis::attack {
namespace {
    using access::Rule;
    using inventory::Kind;

    struct Asked {
        Right right;
        Kind kind;
        std::string_view group, resource, subresource;
        std::array<std::string_view, 3> verbs;
    };
    // A pod reaches the cluster by any of its controllers.
    constexpr Asked Table[] = {
        { Right::ReadSecrets, Kind::Secret, "", "secrets", "", { "get", "list", "watch" } },
        { Right::CreateSecrets, Kind::Secret, "", "secrets", "", { "create", "", "" } },
        { Right::Exec, Kind::Pod, "", "pods", "exec", { "create", "", "" } },
        { Right::ExecByGet, Kind::Pod, "", "pods", "exec", { "get", "", "" } },
        { Right::Attach, Kind::Pod, "", "pods", "attach", { "create", "", "" } },
        { Right::AttachByGet, Kind::Pod, "", "pods", "attach", { "get", "", "" } },
        { Right::CreateWorkload, Kind::Pod, "", "pods", "", { "create", "", "" } },
        { Right::CreateWorkload, Kind::Deployment, "apps", "deployments", "", { "create", "", "" } },
        { Right::CreateWorkload, Kind::DaemonSet, "apps", "daemonsets", "", { "create", "", "" } },
        { Right::CreateWorkload, Kind::StatefulSet, "apps", "statefulsets", "", { "create", "", "" } },
        { Right::CreateWorkload, Kind::ReplicaSet, "apps", "replicasets", "", { "create", "", "" } },
        { Right::CreateWorkload, Kind::Job, "batch", "jobs", "", { "create", "", "" } },
        { Right::CreateWorkload, Kind::CronJob, "batch", "cronjobs", "", { "create", "", "" } },
        { Right::CreateWorkload, Kind::ReplicationController, "", "replicationcontrollers", "",
            { "create", "", "" } },
        { Right::ReadSpecs, Kind::Pod, "", "pods", "", { "get", "list", "watch" } },
        { Right::ReadSpecs, Kind::Deployment, "apps", "deployments", "", { "get", "list", "watch" } },
        { Right::ReadSpecs, Kind::DaemonSet, "apps", "daemonsets", "", { "get", "list", "watch" } },
        { Right::ReadSpecs, Kind::StatefulSet, "apps", "statefulsets", "", { "get", "list", "watch" } },
        { Right::ReadSpecs, Kind::ReplicaSet, "apps", "replicasets", "", { "get", "list", "watch" } },
        { Right::ReadSpecs, Kind::Job, "batch", "jobs", "", { "get", "list", "watch" } },
        { Right::ReadSpecs, Kind::CronJob, "batch", "cronjobs", "", { "get", "list", "watch" } },
        { Right::ReadSpecs, Kind::ReplicationController, "", "replicationcontrollers", "",
            { "get", "list", "watch" } },
    };

    std::string resourceText(const Asked& asked)
    {
        std::string text(asked.resource);
        return asked.subresource.empty() ? text : text.append("/").append(asked.subresource);
    }

    /// The verbs of the question that the rule allows, in words; empty: none.
    std::string allowedVerbs(const Rule& rule, const Asked& asked)
    {
        std::string text;
        for (const std::string_view verb : asked.verbs)
            if (!verb.empty()
                && access::ruleMentions(rule, verb, asked.group, asked.resource, asked.subresource))
                text.append(text.empty() ? "" : ", ").append(verb);
        return text;
    }

    /// May a list of names limit it? POST to a collection carries no name, so such a rule gives nothing
    /// there.
    bool goesByName(Right right) { return right != Right::CreateSecrets && right != Right::CreateWorkload; }
}

std::vector<RoleRight> rightsOf(const access::ResolvedRole& role)
{
    std::vector<RoleRight> rights;
    for (std::uint32_t i = 0; i < role.rules.size(); ++i)
        if (access::ruleIsEverything(role.rules[i]))
            return { { Right::Everything, Kind::Pod, i, {}, "every verb on every resource" } };
    for (const Asked& asked : Table) {
        RoleRight whole { asked.right, asked.kind, UINT32_MAX, {}, {} };
        for (std::uint32_t i = 0; i < role.rules.size(); ++i) {
            const Rule& rule = role.rules[i];
            const std::string verbs = allowedVerbs(rule, asked);
            if (verbs.empty())
                continue;
            if (rule.resourceNames.empty()) {
                if (whole.rule == UINT32_MAX) {
                    whole.rule = i;
                    whole.evidence = verbs + " " + resourceText(asked);
                }
            } else if (goesByName(asked.right)) {
                rights.push_back({ asked.right, asked.kind, i, rule.resourceNames,
                    verbs + " " + resourceText(asked) + " by name" });
            }
        }
        const bool known = whole.rule == UINT32_MAX
            || (asked.right == Right::CreateWorkload
                && std::any_of(rights.begin(), rights.end(),
                    [&](const RoleRight& r) { return r.right == asked.right; }));
        if (!known)
            rights.push_back(std::move(whole));
    }
    return rights;
}

std::string targetOf(const access::ResolvedBinding& binding, std::string_view name)
{
    std::string target(binding.cluster ? "clusterrolebinding/" : "rolebinding/");
    if (!binding.cluster)
        target.append(binding.ns).append("/");
    return target.append(name);
}

} // namespace glacis::attack
