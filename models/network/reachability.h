// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Who can open a connection to whom: NetworkPolicies as Kubernetes defines them, whether the plugin enforces
// them, filters that a person stated, host network and address translation. Computed for classes of pods that
// are treated alike, never pod by pod.
//
//     Reachability reach(inventory, exposure);
//     for (const PodClass& from : reach.sources())
//         for (std::uint32_t to : reach.openTargets(from.index))
//             use(reach.link(from.index, to).ports);
//     Explanation why = reach.explain(owner, other, { "TCP", 5432 });
//
// How things are read where a source leaves them open:
// - An owner whose pods differ (labels, addresses, nodes) can what any of them can. Owners without a running
//   pod count by their template; its address is taken to be any that a node's podCIDR gives.
// - Policies count as written unless the plugin is known not to enforce them. NetworkPolicies that could not
//   be read in a source that is a cluster make Unknown what only their absence would allow.
// - Cilium's and Calico's own policies are not evaluated: whatever a pod may do in a direction in which one
//   selects it, or may select it, is Unknown. So are policies with a field that could not be decoded.
// - An address block means whatever has such an address: pods, nodes and outside addresses alike.
// - Filters say "only from": facts that name a port go before facts for all ports, of several all must let
// in.
//   From the Internet one passes where its ranges leave nothing out. A rule of a policy lets the Internet in
//   when it holds any public address.
// - What a node sends to pods on itself no policy stops (kubelet's probes). Classes do not know who runs
//   where: onSameNode(), connects() and explain() do.
//
// Immutable after construction; any thread. One whose construction was stopped answers Denied for what it did
// not come to. Holds references to the Inventory and the Exposure.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <base/stop_token.h>
#include <inventory/inventory.h>
#include <network/exposure.h>

namespace glacis::network {

/// Unknown: a policy whose selection is not evaluated (Cilium, Calico kinds), or NetworkPolicies that could
/// not be read. Never to be taken as Denied.
enum class Verdict : std::uint8_t { Allowed, Unknown, Denied };

struct Port {
    std::string_view protocol = "TCP";
    std::int32_t number = 0;
};

/// A set of ports. Empty and not all: none.
struct PortSet {
    struct Range {
        std::string_view protocol; ///< "TCP", "UDP", "SCTP"; static text
        std::int32_t from = 0, to = 0;
        friend bool operator==(const Range&, const Range&) = default;
    };
    bool all = false;
    std::vector<Range> ranges; ///< sorted by protocol and from, disjoint
    [[nodiscard]] bool contains(Port port) const;
    [[nodiscard]] bool empty() const { return !all && ranges.empty(); }
    friend bool operator==(const PortSet&, const PortSet&) = default;
};

/// Pods that are treated alike as the source, or as the target, of connections.
struct PodClass {
    std::uint32_t index = 0;
    std::string name; ///< readable, unique in its list: "shop", "shop app=web", "pods", "nodes"
    std::vector<std::uint32_t> owners; ///< Inventory::owners, ascending
    std::vector<std::uint32_t>
        nodes; ///< sources only: Inventory::nodes whose root connects like these (host network)
    bool hostNetwork = false; ///< some pod of them is on the host's network
    bool isolated = false; ///< some policy selects them for egress (sources) or ingress (targets)
};

struct Link {
    Verdict verdict = Verdict::Denied; ///< the best of any port
    PortSet ports; ///< that are Allowed
    PortSet unknown; ///< that are Unknown
};

/// What decides about one connection, in words and by object.
struct Explanation {
    Verdict verdict = Verdict::Denied;
    struct Cause {
        ObjectId object; ///< the policy; NoObject for a filter fact, the plugin, an absence
        std::string path; ///< "spec.ingress[0]" of the policy; empty for the object as a whole
        std::string text; ///< "NetworkPolicy vote/db-from-worker lets app=worker in on TCP 5432"
        bool allows = false;
    };
    std::vector<Cause> causes; ///< egress first, then filters, then ingress
    [[nodiscard]] std::string text() const; ///< one sentence for people
};

class Reachability {
public:
    Reachability(const Inventory& inventory, const Exposure& exposure, const StopToken& stop = {});
    ~Reachability();
    Reachability(Reachability&&) noexcept;

    // ---- pods and nodes among themselves
    [[nodiscard]] const std::vector<PodClass>& sources() const;
    [[nodiscard]] const std::vector<PodClass>& targets() const;
    [[nodiscard]] std::uint32_t sourceOf(std::uint32_t owner) const; ///< index into sources()
    [[nodiscard]] std::uint32_t targetOf(std::uint32_t owner) const; ///< index into targets()
    [[nodiscard]] std::uint32_t sourceOfNode(std::uint32_t node) const; ///< root on that node
    /// Ports of pods of `target` that `source` can open, at the pod's own address. Worked out when asked.
    [[nodiscard]] Link link(std::uint32_t source, std::uint32_t target) const;
    /// Every target whose link from `source` is not Denied, ascending; without trying all of them.
    [[nodiscard]] std::vector<std::uint32_t> openTargets(std::uint32_t source) const;
    /// One port of one workload. Named ports of policies mean the container ports of that workload.
    [[nodiscard]] Verdict allows(std::uint32_t source, std::uint32_t owner, Port port) const;
    /// A port on which a process of the node itself listens (kubelet, Docker, etcd, host network): egress
    /// rules of the source and input filters of the node. Pods' addresses may be translated to their node's.
    [[nodiscard]] Verdict allowsNode(std::uint32_t source, std::uint32_t node, Port port) const;
    /// Owners with a pod on that node which some policy isolates (or may): root and host network pods there
    /// reach them nevertheless. Ascending.
    [[nodiscard]] std::vector<std::uint32_t> onSameNode(std::uint32_t node) const;
    /// allows() and allowsNode() for one workload, where it runs considered: a host network pod reaches pods
    /// of its node and, by loopback, every process of it.
    [[nodiscard]] Verdict connects(std::uint32_t fromOwner, std::uint32_t toOwner, Port port) const;
    [[nodiscard]] Verdict connectsNode(std::uint32_t fromOwner, std::uint32_t node, Port port) const;

    // ---- from the Internet
    /// Whether policies and filters let the Internet use an opening that exists by configuration. An Ingress
    /// or Gateway connects from its controller's pods; DNAT (hostPort, node ports, load balancers) happens
    /// before the input chain, so input filters do not see it and forward filters see the target port.
    [[nodiscard]] Verdict fromInternet(const Opening& opening) const;
    /// A port on which a process of the node itself listens: edge and input filters.
    [[nodiscard]] Verdict fromInternetToNode(std::uint32_t node, Port port) const;

    /// Does the network plugin enforce NetworkPolicy? By fact, else by the plugin that the objects show.
    struct Plugin {
        std::string name; ///< "calico", "cilium", "flannel"; empty unknown
        Verdict enforces = Verdict::Unknown; ///< Denied: it does not
        std::string why; ///< "network fact (…)", "DaemonSet kube-system/calico-node"
    };
    [[nodiscard]] const Plugin& plugin() const;

    // ---- why
    [[nodiscard]] Explanation explain(std::uint32_t fromOwner, std::uint32_t toOwner, Port port) const;
    [[nodiscard]] Explanation explainNode(std::uint32_t fromOwner, std::uint32_t node, Port port) const;
    [[nodiscard]] Explanation explain(const Opening& opening) const;
    [[nodiscard]] std::size_t memory() const; ///< estimated bytes held

    struct State; ///< of the implementation

private:
    std::unique_ptr<State> m_state;
};

} // namespace glacis::network
