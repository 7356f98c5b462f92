// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <network/plugin.h>

#include <algorithm>
#include <optional>

#include <base/text.h>
#include <network/admin_interfaces.h>

namespace glacis::network {
namespace {
    using inventory::Kind;
    using inventory::PodSpec;
    using Plugin = Reachability::Plugin;

    /// What a node agent is called and what its image's repository ends with; either is enough.
    struct Agent {
        std::string_view plugin;
        std::string_view workload;
        std::string_view image;
        Verdict enforces;
    };
    // Each project's own manifests. Of several found, one that enforces wins: Calico beside flannel (Canal),
    // or a policy engine beside a cloud's plugin, is an installation that enforces.
    constexpr Agent Agents[] = {
        { "cilium", "cilium", "cilium/cilium", Verdict::Allowed },
        { "cilium", "anetd", "", Verdict::Allowed }, // Google's Dataplane V2
        { "canal", "canal", "", Verdict::Allowed },
        { "calico", "calico-node", "calico/node", Verdict::Allowed },
        { "calico", "calico-node-windows", "", Verdict::Allowed },
        { "antrea", "antrea-agent", "antrea/antrea-agent-ubuntu", Verdict::Allowed },
        { "weave", "weave-net", "weaveworks/weave-npc", Verdict::Allowed },
        { "kube-router", "kube-router", "cloudnativelabs/kube-router", Verdict::Allowed },
        { "ovn-kubernetes", "ovnkube-node", "ovn-kubernetes/ovn-kube-u", Verdict::Allowed },
        { "kube-ovn", "kube-ovn-cni", "kubeovn/kube-ovn", Verdict::Allowed },
        { "openshift-sdn", "sdn", "", Verdict::Allowed },
        { "romana", "romana-agent", "", Verdict::Allowed },
        { "azure-npm", "azure-npm", "containernetworking/azure-npm", Verdict::Allowed },
        { "kube-network-policies", "kube-network-policies", "networking/kube-network-policies",
            Verdict::Allowed },
        { "aws-vpc-cni", "aws-node", "amazon-k8s-cni", Verdict::Unknown },
        { "kindnet", "kindnet", "kindest/kindnetd", Verdict::Unknown },
        { "azure-cni", "azure-cns", "containernetworking/azure-cns", Verdict::Unknown },
        { "gke", "netd", "", Verdict::Unknown },
        { "flannel", "kube-flannel-ds", "flannel/flannel", Verdict::Denied },
        { "flannel", "kube-flannel", "coreos/flannel", Verdict::Denied },
    };

    /// The VPC plugin enforces where its second container is told so (amazon-vpc-cni-k8s, since 1.14).
    Verdict awsEnforces(const PodSpec* spec)
    {
        if (!spec)
            return Verdict::Unknown;
        bool agent = false;
        for (const auto& container : spec->containers) {
            if (parseImage(container.image).lastSegment() != "aws-network-policy-agent")
                continue;
            agent = true;
            if (const auto value = flagValue(commandWords(container), "enable-network-policy"))
                return *value == "true" ? Verdict::Allowed : Verdict::Denied;
        }
        return agent ? Verdict::Unknown : Verdict::Denied;
    }

    /// kind's plugin has enforced policies since kind 0.24; its images are tagged with their day.
    Verdict kindnetEnforces(const PodSpec* spec)
    {
        if (spec)
            for (const auto& container : spec->containers) {
                const std::string_view tag = parseImage(container.image).tag;
                if (tag.size() < 9 || tag.front() != 'v')
                    continue;
                if (const auto day = parseInteger(tag.substr(1, 8)))
                    return *day >= 20240813 ? Verdict::Allowed : Verdict::Denied;
            }
        return Verdict::Unknown;
    }

    bool isAgent(const Agent& agent, const inventory::Object& object, const PodSpec* spec)
    {
        // A dump may hold the pods without their DaemonSet: "calico-node-x7k2p".
        if (object.name == agent.workload)
            return true;
        if (object.kind == Kind::Pod && object.name.view().starts_with(agent.workload)
            && object.name.view().substr(agent.workload.size()).starts_with('-')
            && object.name.view().find('-', agent.workload.size() + 1) == std::string_view::npos)
            return true;
        return spec && !agent.image.empty()
            && std::any_of(spec->containers.begin(), spec->containers.end(),
                [&](const auto& container) { return parseImage(container.image).endsWith(agent.image); });
    }

    int rank(Verdict enforces)
    {
        return enforces == Verdict::Allowed ? 2 : enforces == Verdict::Unknown ? 1 : 0;
    }

    std::optional<Plugin> byFact(const Inventory& inventory)
    {
        if (inventory.observations.network.empty())
            return std::nullopt;
        const auto& observed = inventory.observations.network.back(); // the last word of several files
        Plugin out;
        out.name = observed.fact.plugin;
        out.enforces = observed.fact.enforcesPolicy ? Verdict::Allowed : Verdict::Denied;
        out.why = "network fact";
        if (!observed.source.empty())
            out.why += " (" + observed.source + ')';
        return out;
    }
}

Plugin networkPlugin(const Inventory& inventory)
{
    if (auto stated = byFact(inventory))
        return *std::move(stated);
    Plugin best;
    for (const inventory::Owner& owner : inventory.owners) {
        const auto& workload = inventory.workloads[owner.workload];
        if (workload.kind != Kind::DaemonSet && workload.kind != Kind::Pod)
            continue;
        const inventory::Object& object = inventory.object(workload.id);
        const PodSpec* spec = inventory.spec(workload);
        if (spec && !spec->hostNetwork) // node agents are on the host's network, all of them
            continue;
        for (const Agent& agent : Agents) {
            if (!isAgent(agent, object, spec))
                continue;
            const Verdict enforces = agent.plugin == "aws-vpc-cni" ? awsEnforces(spec)
                : agent.plugin == "kindnet"                        ? kindnetEnforces(spec)
                                                                   : agent.enforces;
            if (best.name.empty() || rank(enforces) > rank(best.enforces))
                best = { std::string(agent.plugin), enforces, inventory.label(workload.id) };
            break;
        }
    }
    if (best.name.empty())
        for (const inventory::Node& node : inventory.nodes)
            if (node.kubeletVersion.view().find("+k3s") != std::string_view::npos
                || node.kubeletVersion.view().find("+rke2") != std::string_view::npos)
                return { node.kubeletVersion.view().find("+k3s") != std::string_view::npos ? "k3s" : "rke2",
                    Verdict::Unknown, inventory.label(node.id) + " runs " + node.kubeletVersion.str() };
    return best;
}

} // namespace glacis::network
