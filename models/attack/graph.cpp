// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <attack/graph.h>

#include <algorithm>
#include <array>

namespace glacis::attack {
namespace {
    constexpr std::array<std::string_view, 18> NodeKindNames { "internet", "breach", "domain", "address",
        "endpoint", "reach", "own", "held", "net", "node", "sa", "user", "group", "scope", "cred", "secret",
        "cloud", "jewel" };

    constexpr std::array<std::string_view, EdgeKindCount> EdgeKindNames { "STRUCTURE", "SHARED_ADDRESS",
        "EXPOSED_SERVICE", "INGRESS_ROUTE", "NO_SEGMENTATION", "APP_EXPLOIT", "ADMIN_INTERFACE", "API_PUBLIC",
        "API_ANONYMOUS", "DEFAULT_CREDENTIAL", "DOCKER_TCP", "RUNTIME_SOCKET", "PRIVILEGED", "NSENTER",
        "MODULE_LOAD", "SYS_PTRACE", "CGROUP", "HOST_FD", "CORE_PATTERN", "HOST_WRITE", "HOST_READ",
        "HOST_TOKENS", "SHARED_PROCESSES", "NODE_PODS", "NODE_IDENTITY", "CONTROL_PLANE", "RUNS_AS",
        "POD_EXEC", "POD_CREATE", "SECRET_READ", "TOKEN_SECRET", "CLUSTER_ADMIN", "DASHBOARD_OPEN",
        "CRED_IN_ENV", "CRED_FROM_SECRET", "READ_POD_SPEC", "ETCD_OPEN", "ETCD_AT_REST", "ETCD_WRITE" };

    template <class T> std::size_t bytes(const std::vector<T>& v) { return v.capacity() * sizeof(T); }
    std::size_t bytes(const std::string& s) { return s.capacity() > 15 ? s.capacity() + 1 : 0; }
}

std::string_view name(NodeKind kind) { return NodeKindNames[static_cast<std::size_t>(kind)]; }
std::string_view name(EdgeKind kind) { return EdgeKindNames[static_cast<std::size_t>(kind)]; }

std::optional<EdgeKind> edgeKindFromName(std::string_view name)
{
    const auto it = std::find(EdgeKindNames.begin(), EdgeKindNames.end(), name);
    if (it == EdgeKindNames.end())
        return std::nullopt;
    return static_cast<EdgeKind>(it - EdgeKindNames.begin());
}

bool isWalked(EdgeKind kind) { return kind != EdgeKind::SharedAddress && kind != EdgeKind::SharedProcesses; }

NodeIndex Graph::find(std::string_view id) const
{
    const auto it = std::lower_bound(nodes.begin(), nodes.end(), id,
        [](const Node& node, std::string_view wanted) { return node.id < wanted; });
    return it != nodes.end() && it->id == id ? static_cast<NodeIndex>(it - nodes.begin()) : None;
}

std::string Graph::edgeId(EdgeIndex index) const
{
    const Edge& edge = edges[index];
    std::string id(name(edge.kind));
    id.append("|").append(nodes[edge.from].id).append("|").append(nodes[edge.to].id);
    if (edge.support != None)
        id.append("|").append(supports[edge.support]);
    return id;
}

std::size_t Graph::memory() const
{
    std::size_t sum = bytes(nodes) + bytes(edges) + bytes(because) + bytes(supports) + bytes(breaks)
        + bytes(options) + bytes(outStart) + bytes(inStart) + bytes(in);
    for (const Node& node : nodes)
        sum += bytes(node.id) + bytes(node.label);
    for (const Justification& j : because)
        sum += bytes(j.path) + bytes(j.evidence) + bytes(j.observation);
    for (const BreakOption& option : options)
        sum += bytes(option.target) + bytes(option.id) + bytes(option.edges);
    return sum;
}

} // namespace glacis::attack
