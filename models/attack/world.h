// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What edge rules read and where they write: the rooms below, the graph being built, and the nodes that stand
// for workloads, machines and identities. Internal to attack/.
//
// A rule is one function over the World:
//
//     void privileged(World& w)
//     {
//         w.forEachContainer([&](const PodView& pod, const Container& container) { ... });
//     }
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <access/access.h>
#include <attack/graph_builder.h>
#include <base/stop_token.h>
#include <inventory/inventory.h>
#include <network/exposure.h>
#include <network/reachability.h>
#include <secrets/datastores.h>

namespace glacis::attack {

using inventory::Container;
using inventory::Inventory;
using inventory::Kind;
using inventory::ObjectId;
using OwnerIndex = std::uint32_t;
using MachineIndex = std::uint32_t;

/// A node of the cluster as the graph sees it. One more, named "?", stands for nodes that are not known.
struct Machine {
    std::string name;
    std::uint32_t index = None; ///< Inventory::nodes; None: named by pods only, or "?"
    bool controlPlane = false;
    NodeIndex node = None; ///< node/NAME
    std::vector<OwnerIndex> owners; ///< with a pod there, ascending
    [[nodiscard]] bool known() const { return name != "?"; }
};

/// One pod spec of a workload: its template, or that of a pod which differs from it.
struct PodView {
    OwnerIndex owner = 0;
    const inventory::Workload& workload; ///< the owner's
    const inventory::Object& object; ///< likewise
    const inventory::PodSpec& spec;
    std::string_view specPath; ///< "spec.template.spec"
    ObjectId specObject;
    [[nodiscard]] Justification at(
        std::string_view check, std::string_view below, std::string evidence) const;
    [[nodiscard]] Justification at(std::string_view check, const Container& container, std::string_view below,
        std::string evidence) const;
};

/// An init container that is no sidecar: when an attacker comes it has done its work.
[[nodiscard]] bool hasEnded(const Container& container);

struct World {
    World(const Inventory& inventory, const access::Access& access, const network::Exposure& exposure,
        const network::Reachability& reachability, const EdgeCatalogue& catalogue, StopToken token);

    const Inventory& inventory;
    const access::Access& access;
    const network::Exposure& exposure;
    const network::Reachability& reachability;
    GraphBuilder graph;
    StopToken stop;

    // ---- machines and workloads
    std::vector<Machine> machines; ///< by name, "?" last when there is one
    std::vector<std::vector<MachineIndex>> machinesOf; ///< by owner; empty: it does not run
    [[nodiscard]] bool runs(OwnerIndex owner) const { return !machinesOf[owner].empty(); }
    [[nodiscard]] std::uint32_t podCount(OwnerIndex owner) const;
    [[nodiscard]] const inventory::Object& objectOf(OwnerIndex owner) const;
    [[nodiscard]] bool isSystem(OwnerIndex owner) const; ///< in kube-system and its like
    /// An application of the owner's people: not of the system, no known add-on.
    [[nodiscard]] bool isApplication(OwnerIndex owner) const;
    template <class Look> void forEachPod(Look look);
    template <class Look>
    void forEachPodOf(OwnerIndex owner, Look look) const; ///< also of one that does not run
    template <class Look> void forEachContainer(Look look);

    // ---- nodes of the graph, made when first asked for
    NodeIndex own(OwnerIndex owner);
    NodeIndex held(OwnerIndex owner);
    /// The reach node of a port; one for all ports unless they lead to different places (splitReach).
    NodeIndex reach(OwnerIndex owner, std::int32_t port);
    void splitReach(OwnerIndex owner, std::int32_t port); ///< gives that port a node of its own
    /// Every reach node of an owner with the port it stands for; 0: all the others.
    [[nodiscard]] std::vector<std::pair<std::int32_t, NodeIndex>> reachNodes(OwnerIndex owner);
    NodeIndex serviceAccount(std::string_view ns, std::string_view name);
    NodeIndex identity(const access::Identity& identity);
    NodeIndex secret(std::string_view ns, std::string_view name);
    NodeIndex jewel(std::string_view name, std::string_view label);
    NodeIndex endpoint(std::string_view id, std::string_view label, Stage stage);
    NodeIndex internet();
    NodeIndex net(std::uint32_t sourceClass); ///< hub of Reachability::sources()
    /// The hub that root on a machine connects from; None where nothing is known.
    NodeIndex netOf(const Machine& machine);
    /// Source classes of which some member runs, or some machine; ascending.
    [[nodiscard]] const std::vector<std::uint32_t>& usedSources() const { return m_usedSources; }
    /// What a fact says of a port: that whoever opens it can run code there.
    [[nodiscard]] const inventory::Observed<inventory::ExploitableFact>* exploitable(
        OwnerIndex owner, std::int32_t port) const;
    /// A port that is an endpoint of its node (Docker, kubelet, etcd, API server), never a reach.
    [[nodiscard]] bool isEndpointPort(OwnerIndex owner, std::int32_t port) const;

    /// "shop/Deployment/web": how nodes and targets of break options name a workload.
    [[nodiscard]] std::string pathOf(OwnerIndex owner) const;
    [[nodiscard]] std::string_view accountOf(const inventory::PodSpec& spec) const; ///< "default" when absent
    [[nodiscard]] bool hasAccount(OwnerIndex owner) const; ///< static pods have none
    /// Does the pod mount a token of its ServiceAccount (automatically, or by a projected volume)?
    [[nodiscard]] bool mountsToken(const PodView& pod) const;
    /// Does reading objects of this kind (and name, where it is not empty) show the pod template of the
    /// owner?
    [[nodiscard]] bool showsTemplate(OwnerIndex owner, Kind kind, std::string_view name = {}) const;
    /// How break options name a literal credential: the first place of its value, and how many more there
    /// are.
    [[nodiscard]] std::string credentialTarget(
        const PodView& pod, const Container& container, const inventory::CredentialLiteral& literal) const;
    /// Ports on which a workload may listen: declared, targeted by a Service, named in facts; ascending.
    [[nodiscard]] const std::vector<std::int32_t>& portsOf(OwnerIndex owner) const { return m_ports[owner]; }
    /// Its own flows: workload and port that its configuration or its Ingress names.
    struct Flow {
        OwnerIndex to = 0;
        std::int32_t port = 0;
        Justification because;
    };
    [[nodiscard]] const std::vector<Flow>& flowsOf(OwnerIndex owner) const { return m_flows[owner]; }

    // ---- credentials and identities that lead on
    /// A literal that opens a data store.
    struct LiteralCredential {
        OwnerIndex owner = 0;
        bool ended = false; ///< of an init container, which has ended
        NodeIndex node = None;
        std::string target; ///< of its break option
        Justification because;
    };
    void addLiteral(
        const PodView& pod, const Container& container, const inventory::CredentialLiteral& literal);
    [[nodiscard]] const std::vector<LiteralCredential>& literals() const { return m_literals; }
    /// Calls look(const LiteralCredential&) for those of a namespace; ns empty: for all.
    template <class Look> void forEachLiteralIn(std::string_view ns, Look look) const
    {
        if (ns.empty()) {
            for (const LiteralCredential& literal : m_literals)
                look(literal);
        } else if (const auto at = m_literalsByNamespace.find(ns); at != m_literalsByNamespace.end()) {
            for (const std::uint32_t i : at->second)
                look(m_literals[i]);
        }
    }
    [[nodiscard]] std::span<const OwnerIndex> ownersIn(std::string_view ns) const;
    /// secrets::datastoreOfImage and namesDatastore, asked once for each different text.
    [[nodiscard]] const secrets::Datastore* storeOf(Str image);
    [[nodiscard]] bool namesStore(Str name);
    /// Secrets of a namespace that lead on: those of stores, tokens.
    [[nodiscard]] std::vector<NodeIndex> secretsIn(std::string_view ns);
    std::set<NodeIndex> powerful; ///< identities with a right that leads on
    [[nodiscard]] bool leadsOn(std::string_view ns, std::string_view account) const;
    /// Has what root on its node would take: an account that leads on, a credential of a store.
    [[nodiscard]] bool isWorthHolding(OwnerIndex owner) const;
    void setWorthHolding(OwnerIndex owner) { m_worthHolding[owner] = true; }

    // ---- the segmentation bundle (card M7)
    [[nodiscard]] bool canSegment(OwnerIndex owner) const { return m_segmentable[owner]; }
    [[nodiscard]] const std::string& segmentTarget() const
    {
        return m_segmentTarget;
    } ///< "policies/drizzle+result+vote"

private:
    void findMachines();
    void findPorts();
    void findFlows();
    void findSources();
    void findExploitable();
    void findReused();
    void findSegments();
    [[nodiscard]] std::int32_t portNamed(OwnerIndex owner, std::string_view name) const; ///< 0: none
    void addFlow(
        OwnerIndex from, const inventory::Service& service, std::int32_t port, const Justification& because);
    [[nodiscard]] std::optional<std::uint32_t> serviceNamed(std::string_view ns, std::string_view host) const;
    NodeIndex workloadNode(NodeKind kind, std::vector<NodeIndex>& cache, OwnerIndex owner, Stage stage);

    std::vector<NodeIndex> m_own, m_held, m_reach;
    std::unordered_map<OwnerIndex, std::map<std::int32_t, NodeIndex>> m_split;
    std::vector<std::vector<std::int32_t>> m_ports;
    std::vector<std::vector<Flow>> m_flows;
    std::vector<NodeIndex> m_net;
    std::vector<std::uint32_t> m_usedSources;
    std::unordered_map<OwnerIndex, std::vector<const inventory::Observed<inventory::ExploitableFact>*>>
        m_exploitable;
    struct ReusedCredential {
        std::string first;
        std::uint32_t places = 0;
    };
    std::map<std::uint32_t, ReusedCredential> m_reused; ///< by reuse group
    std::unordered_map<Str, const secrets::Datastore*> m_storeOfImage;
    std::unordered_map<Str, bool> m_namesStore;
    std::vector<LiteralCredential> m_literals;
    std::unordered_map<std::string_view, std::vector<std::uint32_t>> m_literalsByNamespace;
    std::unordered_map<std::string_view, std::vector<OwnerIndex>> m_ownersByNamespace;
    std::unordered_map<std::string, std::vector<NodeIndex>> m_secretsByNamespace; ///< those with a node
    std::unordered_map<std::string_view, std::vector<Str>> m_tokenSecrets; ///< names by namespace
    std::vector<std::vector<std::uint32_t>> m_members; ///< by owner: Inventory::workloads, itself included
    std::vector<bool> m_segmentable, m_application, m_worthHolding;
    std::string m_segmentTarget;
    std::unordered_map<std::string_view, std::vector<std::uint32_t>> m_servicesByName;
};

/// Calls look(PodView) for the template of the workload, and for each deviating pod's spec.
template <class Look> void World::forEachPodOf(OwnerIndex owner, Look look) const
{
    const inventory::Owner& entry = inventory.owners[owner];
    const inventory::Workload& workload = inventory.workloads[entry.workload];
    const inventory::Object& object = inventory.object(workload.id);
    if (const inventory::PodSpec* spec = inventory.spec(workload))
        look(PodView {
            owner, workload, object, *spec, inventory::info(workload.kind).podSpecPath, workload.id });
    for (const std::uint32_t pod : entry.deviating) {
        const inventory::Workload& deviating = inventory.workloads[pod];
        const inventory::PodSpec* spec = inventory.spec(deviating);
        if (spec && deviating.id != workload.id)
            look(PodView { owner, workload, object, *spec, "spec", deviating.id });
    }
}

/// Those that run.
template <class Look> void World::forEachPod(Look look)
{
    for (OwnerIndex owner = 0; owner < inventory.owners.size(); ++owner)
        if (runs(owner) && !stop.stopRequested())
            forEachPodOf(owner, look);
}

template <class Look> void World::forEachContainer(Look look)
{
    forEachPod([&](const PodView& pod) {
        for (const Container& container : pod.spec.containers)
            look(pod, container);
    });
}

// ---- the rules, by area; each table is in the file of its name

struct RuleEntry {
    EdgeKind kind;
    void (*function)(World&);
};
[[nodiscard]] std::span<const RuleEntry> networkRules();
[[nodiscard]] std::span<const RuleEntry> endpointRules();
[[nodiscard]] std::span<const RuleEntry> escapeRules();
[[nodiscard]] std::span<const RuleEntry> identityRules();
[[nodiscard]] std::span<const RuleEntry> credentialRules();
[[nodiscard]] std::span<const RuleEntry> structureRules(); ///< after all others

} // namespace glacis::attack
