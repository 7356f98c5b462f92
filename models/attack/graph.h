// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The attack graph (MODEL section 4): nodes are assets and identities, edges are steps of an attacker, each
// with what justifies it and what breaks it. Immutable once built; any thread.
//
//     for (const Edge& edge : graph.out(graph.find("internet")))
//         use(edge, graph.nodes[edge.to]);
//
// Nodes are sorted by id and edges by (from, to, kind, support), so that numbers are as stable as names:
// where a rule says "then by node id" the smaller index is meant.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <base/severity.h>
#include <base/str.h>
#include <inventory/objects.h>

namespace glacis::attack {

using NodeIndex = std::uint32_t;
using EdgeIndex = std::uint32_t;
using OptionIndex = std::uint32_t;
inline constexpr std::uint32_t None = UINT32_MAX;

enum class NodeKind : std::uint8_t {
    Internet,
    Breach, ///< the entry "assume breach"
    Domain,
    Address,
    Endpoint,
    Reach,
    Own,
    Held,
    Net,
    Node,
    ServiceAccount,
    User,
    Group,
    Scope,
    Credential,
    Secret,
    Cloud,
    Jewel
};
[[nodiscard]] std::string_view name(NodeKind kind); ///< the id's first word: "own", "sa", "jewel"

/// Every kind of step. The order is that of MODEL's table; the catalogue has one entry for each.
enum class EdgeKind : std::uint8_t {
    Structure,
    SharedAddress,
    ExposedService,
    IngressRoute,
    NoSegmentation,
    AppExploit,
    AdminInterface,
    ApiPublic,
    ApiAnonymous,
    DefaultCredential,
    DockerTcp,
    RuntimeSocket,
    Privileged,
    Nsenter,
    ModuleLoad,
    SysPtrace,
    Cgroup,
    HostFd,
    CorePattern,
    HostWrite,
    HostRead,
    HostTokens,
    SharedProcesses,
    NodePods,
    NodeIdentity,
    ControlPlane,
    RunsAs,
    PodExec,
    PodCreate,
    SecretRead,
    TokenSecret,
    ClusterAdmin,
    DashboardOpen,
    CredInEnv,
    CredFromSecret,
    ReadPodSpec,
    EtcdOpen,
    EtcdAtRest,
    EtcdWrite
};
inline constexpr std::size_t EdgeKindCount = static_cast<std::size_t>(EdgeKind::EtcdWrite) + 1;
[[nodiscard]] std::string_view name(EdgeKind kind); ///< "PRIVILEGED"
[[nodiscard]] std::optional<EdgeKind> edgeKindFromName(std::string_view name);
[[nodiscard]] bool isWalked(
    EdgeKind kind); ///< false: drawn or counted only (SHARED_ADDRESS, SHARED_PROCESSES)

struct Node {
    NodeKind kind = NodeKind::Internet;
    Stage stage = 0;
    std::uint32_t count = 1; ///< pods, for workloads; members of a hub
    inventory::ObjectId object; ///< NoObject where none stands for it
    std::string id; ///< "own/shop/Deployment/web"
    std::string label; ///< short, for people: "web"
};

/// Why an edge stands: one field or one observation.
struct Justification {
    std::string_view check; ///< id of the check whose finding shows it; empty: none does
    inventory::ObjectId object;
    std::string path; ///< field below the object; empty for the object as a whole
    std::string evidence; ///< redacted value or short fact
    Str container;
    std::string observation; ///< "port scan of 2026-11-20": an observation's source; empty: an object says it
};

enum class Certainty : std::uint8_t { Certain, Possible };

struct Edge {
    EdgeKind kind = EdgeKind::Structure;
    Certainty certainty = Certainty::Certain;
    bool residual = false;
    std::uint8_t cost = 0;
    Stage stage = 0;
    NodeIndex from = 0, to = 0;
    std::uint32_t support
        = None; ///< Graph::supports, where several edges of one kind join the same two nodes
    std::uint32_t firstBecause = 0, becauseCount = 0; ///< range in Graph::because
    std::uint32_t firstBreak = 0, breakCount = 0; ///< range in Graph::breaks
};

/// (card, target): one thing that an owner can do, with the edges that it removes.
struct BreakOption {
    std::string card; ///< "M8"
    std::string target; ///< "platform-agents/DaemonSet/rdkalv", or a named set
    std::string id; ///< card@target
    std::uint8_t effort = 1; ///< S = 1, M = 3, L = 8
    std::vector<EdgeIndex> edges; ///< ascending
};

struct Graph {
    std::vector<Node> nodes; ///< by id
    std::vector<Edge> edges; ///< by from, to, kind, support
    std::vector<Justification> because;
    /// What carries one of several equal steps, each broken on its own: "clusterrolebinding/rdkalv".
    std::vector<std::string> supports;
    std::vector<OptionIndex> breaks; ///< of edges, by Edge::firstBreak
    std::vector<BreakOption> options; ///< by id
    std::vector<NodeIndex> jewels; ///< nodes of NodeKind::Jewel
    std::vector<std::uint32_t> outStart; ///< by node, nodes.size() + 1: edges leaving it
    std::vector<std::uint32_t> inStart; ///< likewise into `in`
    std::vector<EdgeIndex> in; ///< edges by their head

    [[nodiscard]] NodeIndex find(std::string_view id) const; ///< None when absent
    /// "PRIVILEGED|own/…|node/…", with "|support" where there are several.
    [[nodiscard]] std::string edgeId(EdgeIndex edge) const;
    [[nodiscard]] std::span<const Edge> out(NodeIndex node) const
    {
        return { edges.data() + outStart[node], edges.data() + outStart[node + 1] };
    }
    [[nodiscard]] std::span<const Justification> becauseOf(const Edge& e) const
    {
        return { because.data() + e.firstBecause, e.becauseCount };
    }
    [[nodiscard]] std::span<const OptionIndex> breaksOf(const Edge& e) const
    {
        return { breaks.data() + e.firstBreak, e.breakCount };
    }
    [[nodiscard]] std::size_t memory() const; ///< estimated bytes held
};

} // namespace glacis::attack
