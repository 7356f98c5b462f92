// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Segmentation inside the cluster: NetworkPolicies of Kubernetes, Cilium and Calico.
#include <posture/areas.h>

#include <algorithm>
#include <map>

#include <network/addresses.h>
#include <network/selection.h>

namespace glacis::posture {
namespace {
    using inventory::NetworkPolicy;
    using inventory::PolicyRule;
    using network::Isolation;
    using network::PolicyIndex;

    constexpr Kind PolicyKinds[] = { Kind::NetworkPolicy, Kind::CiliumNetworkPolicy,
        Kind::CiliumClusterwideNetworkPolicy, Kind::CalicoNetworkPolicy, Kind::CalicoGlobalNetworkPolicy };

    /// Namespaces in which something runs, with the label sets of what runs there; system namespaces are the
    /// platform's.
    using Populated = std::map<std::string_view, std::vector<const inventory::KeyValues*>>;
    Populated populatedNamespaces(const Inventory& inventory)
    {
        Populated out;
        for (const inventory::Owner& owner : inventory.owners) {
            const inventory::Workload& workload = inventory.workloads[owner.workload];
            const std::string_view ns = inventory.object(workload.id).ns;
            if (!isSystemNamespace(ns))
                out[ns].push_back(&workload.podLabels);
        }
        return out;
    }

    /// A Namespace that only other objects name stands as a pseudo object, as files seldom hold it.
    struct Target {
        ObjectId object;
        PseudoObject pseudo;
        void fail(Verdicts& v, Place place, Details details) const
        {
            if (object.valid())
                v.fail(object, std::move(place), std::move(details));
            else
                v.fail(pseudo, std::move(place), std::move(details));
        }
        void pass(Verdicts& v) const
        {
            if (object.valid())
                v.pass(object);
            else
                v.pass(pseudo);
        }
    };

    Target targetOf(const Inventory& inventory, std::string_view ns)
    {
        return { inventory.find(Kind::Namespace, {}, ns), { "Namespace", std::string(ns) } };
    }

    /// What cluster-wide policies do for a namespace without its own: the weakest answer over what runs
    /// there.
    Isolation byClusterWide(const PolicyIndex& policies, std::string_view ns,
        const std::vector<const inventory::KeyValues*>& sets)
    {
        Isolation weakest = Isolation::Isolated;
        for (const inventory::KeyValues* labels : sets) {
            const Isolation answer = policies.isolation(ns, *labels, false);
            if (answer == Isolation::NotIsolated)
                return answer;
            if (answer == Isolation::Unknown)
                weakest = answer;
        }
        return weakest;
    }

    void namespaceWithoutPolicy(const CheckContext& c, Verdicts& v)
    {
        const Absence absence = absenceOf(c.inventory, PolicyKinds);
        if (!absence.assessable)
            return v.notAssessed(absence.reason);
        const PolicyIndex policies(c.inventory);
        const bool clusterWide = !policies.in({}).empty();
        for (const auto& [ns, sets] : populatedNamespaces(c.inventory)) {
            if (c.stop.stopRequested())
                return;
            const Target target = targetOf(c.inventory, ns);
            const Isolation covered = !policies.in(ns).empty() ? Isolation::Isolated
                : clusterWide                                  ? byClusterWide(policies, ns, sets)
                                                               : Isolation::NotIsolated;
            if (covered == Isolation::Isolated)
                target.pass(v);
            else if (covered == Isolation::Unknown && target.object.valid())
                v.notAssessed(target.object, "cluster-wide Cilium or Calico policies may select its pods");
            else if (covered == Isolation::NotIsolated)
                target.fail(v,
                    { .container = {},
                        .path = "metadata.name",
                        .evidence = "no NetworkPolicy",
                        .object = {} },
                    { .message = "Namespace " + std::string(ns) + " runs pods and has no NetworkPolicy",
                        .confidence = absence.confidence });
        }
    }

    /// Of Cilium's and Calico's policies only the selection is decoded, not what their rules allow.
    bool rulesKnown(const Inventory& inventory, const NetworkPolicy& policy)
    {
        return inventory.object(policy.id).kind == Kind::NetworkPolicy;
    }

    void noDefaultDeny(const CheckContext& c, Verdicts& v)
    {
        const Absence absence = absenceOf(c.inventory, PolicyKinds);
        if (!absence.assessable)
            return v.notAssessed(absence.reason);
        const PolicyIndex policies(c.inventory);
        const auto anyOf = [&](std::string_view ns, auto condition) {
            const auto& here = policies.in(ns);
            const auto& everywhere = policies.in({});
            return std::any_of(here.begin(), here.end(), condition)
                || std::any_of(everywhere.begin(), everywhere.end(), condition);
        };
        for (const auto& [ns, sets] : populatedNamespaces(c.inventory)) {
            if (c.stop.stopRequested())
                return;
            const Target target = targetOf(c.inventory, ns);
            const auto selectsAll = [](const NetworkPolicy* p) {
                return p->ingress && (!p->selectionKnown || p->pods.empty());
            };
            if (anyOf(ns, [&](const NetworkPolicy* p) {
                    return rulesKnown(c.inventory, *p) && selectsAll(p) && p->ingressRules.empty();
                }))
                target.pass(v);
            else if (target.object.valid() && anyOf(ns, [&](const NetworkPolicy* p) {
                         return !rulesKnown(c.inventory, *p) && selectsAll(p);
                     }))
                v.notAssessed(target.object, "what its Cilium or Calico policies allow is not evaluated");
            else
                target.fail(v,
                    { .container = {},
                        .path = "metadata.name",
                        .evidence = "no policy denies ingress by default",
                        .object = {} },
                    { .message = "Namespace " + std::string(ns)
                            + " lets in what no policy forbids: it has no default-deny "
                            + "policy for ingress",
                        .confidence = absence.confidence });
        }
    }

    void podNotIsolated(const CheckContext& c, Verdicts& v)
    {
        const Absence absence = absenceOf(c.inventory, PolicyKinds);
        if (!absence.assessable)
            return v.notAssessed(absence.reason);
        const PolicyIndex policies(c.inventory);
        forEachOwner(c, v, [&](const OwnerView& o) {
            // Policies do not reach pods on the host's network; GL-POD-004 names them.
            if (o.spec.hostNetwork) {
                v.notApplicable(o.id());
                return;
            }
            if (!(o.specObject == o.id()))
                return; // labels of every pod are looked at with the owner
            const auto sets = network::labelSets(c.inventory, o.entry);
            bool unknown = false;
            for (const bool egress : { false, true }) {
                Isolation weakest = Isolation::Isolated;
                for (const inventory::KeyValues* labels : sets) {
                    const Isolation answer = policies.isolation(o.object.ns, *labels, egress);
                    if (answer == Isolation::NotIsolated || weakest == Isolation::Isolated)
                        weakest = answer;
                    if (weakest == Isolation::NotIsolated)
                        break;
                }
                unknown |= weakest == Isolation::Unknown;
                if (weakest != Isolation::NotIsolated)
                    continue;
                const std::string_view direction = egress ? "egress" : "ingress";
                // "spec.template.spec" → "spec.template.metadata.labels"
                const std::string above
                    = o.specPath.substr(0, o.specPath.size() - std::string_view("spec").size());
                v.fail(o.id(),
                    { .container = {},
                        .path = above + "metadata.labels",
                        .evidence
                        = "no policy with policyTypes " + std::string(egress ? "Egress" : "Ingress"),
                        .object = {} },
                    { .message = "No NetworkPolicy selects the pods of " + c.inventory.label(o.id()) + " for "
                            + std::string(direction),
                        .locus = std::string(direction),
                        .confidence = absence.confidence });
            }
            if (unknown)
                v.notAssessed(o.id(),
                    "Cilium or Calico policies with selectors that are not evaluated may select its pods");
        });
    }

    /// "": the rule leaves somebody or something out. Else the path below the rule that lets everybody in.
    std::string allowsEverything(const PolicyRule& rule, std::string_view peers)
    {
        if (!rule.ports.empty())
            return {};
        if (rule.peers.empty())
            return "{}";
        for (std::size_t i = 0; i < rule.peers.size(); ++i) {
            const auto& block = rule.peers[i].ipBlock;
            if (block && block->except.empty() && network::isWholeInternet(block->cidr))
                return std::string(peers) + "[" + std::to_string(i) + "].ipBlock.cidr";
        }
        return {};
    }

    void policyAllowsEverything(const CheckContext& c, Verdicts& v)
    {
        for (const NetworkPolicy& policy : c.inventory.networkPolicies) {
            bool failed = false;
            const auto look = [&](const std::vector<PolicyRule>& rules, bool egress) {
                for (std::size_t i = 0; i < rules.size(); ++i) {
                    const std::string below = allowsEverything(rules[i], egress ? "to" : "from");
                    if (below.empty())
                        continue;
                    failed = true;
                    const std::string path
                        = std::string(egress ? "spec.egress[" : "spec.ingress[") + std::to_string(i) + "]";
                    const bool bare = below == "{}";
                    v.fail(policy.id,
                        { .container = {},
                            .path = bare ? path : path + "." + below,
                            .evidence = bare ? "{}" : "the whole Internet, every port",
                            .object = {} },
                        { .message = c.inventory.label(policy.id)
                                + (egress ? " lets its pods connect to everything"
                                          : " lets everybody connect to its pods")
                                + ", whatever other policies forbid" });
                }
            };
            if (policy.ingress)
                look(policy.ingressRules, false);
            if (policy.egress)
                look(policy.egressRules, true);
            if (failed)
                continue;
            if (rulesKnown(c.inventory, policy))
                v.pass(policy.id);
            else
                v.notAssessed(policy.id, "rules of this kind are not evaluated");
        }
    }

    constexpr CheckEntry Entries[] = {
        { "GL-NET-001", namespaceWithoutPolicy },
        { "GL-NET-002", noDefaultDeny },
        { "GL-NET-004", podNotIsolated },
        { "GL-NET-005", policyAllowsEverything },
    };
}

std::span<const CheckEntry> netChecks() { return Entries; }

} // namespace glacis::posture
