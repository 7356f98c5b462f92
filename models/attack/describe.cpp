// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <attack/describe.h>

#include <algorithm>

#include <base/text.h>

namespace glacis::attack {
namespace {
    /// "own/shop/Deployment/web" → { "own", "shop", "Deployment", "web" }; the last part keeps further
    /// slashes.
    std::vector<std::string_view> partsOf(std::string_view id, std::size_t most)
    {
        std::vector<std::string_view> parts;
        while (parts.size() + 1 < most) {
            const std::size_t slash = id.find('/');
            if (slash == std::string_view::npos)
                break;
            parts.push_back(id.substr(0, slash));
            id.remove_prefix(slash + 1);
        }
        parts.push_back(id);
        return parts;
    }

    std::string workload(std::string_view id)
    {
        const auto parts = partsOf(id, 4);
        std::string text;
        if (parts.size() == 4)
            text.append(parts[1]).append("/").append(parts[3]);
        return text;
    }

    void replace(std::string& text, std::string_view placeholder, std::string_view value)
    {
        for (std::size_t at = text.find(placeholder); at != std::string::npos;
             at = text.find(placeholder, at + value.size()))
            text.replace(at, placeholder.size(), value);
    }
}

std::string inWords(const Node& node)
{
    switch (node.kind) {
    case NodeKind::Internet:
        return "the Internet";
    case NodeKind::Breach:
        return "a breached application";
    case NodeKind::Reach:
    case NodeKind::Own:
    case NodeKind::Held:
        return workload(node.id);
    case NodeKind::Node:
        return node.id == "node/?" ? "a node that is not known" : "node " + node.label;
    case NodeKind::ServiceAccount:
        return "ServiceAccount " + node.id.substr(3);
    case NodeKind::User:
        return "user " + node.label;
    case NodeKind::Group:
        return "group " + node.label;
    case NodeKind::Secret:
        return "Secret " + node.id.substr(7);
    case NodeKind::Credential: {
        const auto parts = partsOf(node.id, 6);
        return parts.size() < 6
            ? node.label
            : std::string(parts[5]).append(" of ").append(parts[1]).append("/").append(parts[3]);
    }
    case NodeKind::Net:
        return "the network of " + node.label;
    case NodeKind::Domain:
    case NodeKind::Address:
    case NodeKind::Endpoint:
    case NodeKind::Scope:
    case NodeKind::Cloud:
    case NodeKind::Jewel:
        return node.label;
    }
    return node.label;
}

NodeIndex nodeBehind(const Graph& graph, const Way& way, EdgeIndex step)
{
    const auto isHub = [&](NodeIndex node) {
        return graph.nodes[node].kind == NodeKind::Net || graph.nodes[node].kind == NodeKind::Scope;
    };
    auto at = std::find(way.steps.begin(), way.steps.end(), step);
    while (at != way.steps.end() && isHub(graph.edges[*at].to) && at + 1 != way.steps.end())
        ++at;
    return at == way.steps.end() ? graph.edges[step].to : graph.edges[*at].to;
}

std::string caption(const Graph& graph, const Edge& edge, NodeIndex to, const EdgeCatalogue& catalogue)
{
    const EdgeInfo* info = catalogue.find(name(edge.kind));
    std::string text = info && !info->step.empty() ? info->step : "{from} → {to}";
    replace(text, "{from}", inWords(graph.nodes[edge.from]));
    replace(text, "{to}", inWords(graph.nodes[to]));
    if (text.starts_with("the "))
        text[0] = 'T';
    return text;
}

std::string idOf(const Graph& graph, const Way& way)
{
    return graph.nodes[way.entry].id + "|" + graph.nodes[way.firstStep].id + "|" + graph.nodes[way.jewel].id;
}

std::vector<EdgeIndex> stepsOf(const Graph& graph, const Way& way)
{
    std::vector<EdgeIndex> steps;
    for (const EdgeIndex e : way.steps)
        if (graph.edges[e].kind != EdgeKind::Structure)
            steps.push_back(e);
    return steps;
}

Result<NodeIndex> findNode(const Graph& graph, std::string_view text)
{
    for (const std::string_view prefix : { "", "jewel/", "endpoint/" })
        if (const NodeIndex node = graph.find(std::string(prefix).append(text)); node != None)
            return node;
    std::vector<NodeIndex> endsSo, holds;
    for (NodeIndex i = 0; i < graph.nodes.size(); ++i) {
        const std::string_view id = graph.nodes[i].id;
        if (id.ends_with(text) && id.size() > text.size() && id[id.size() - text.size() - 1] == '/')
            endsSo.push_back(i);
        else if (containsIgnoringCase(id, toLower(text)))
            holds.push_back(i);
    }
    if (endsSo.size() == 1)
        return endsSo.front();
    std::vector<NodeIndex>& near = endsSo.empty() ? holds : endsSo;
    std::string message = (endsSo.empty() ? "the attack graph has no node '"
                                          : "several nodes of the attack graph are named '")
        + printable(text.substr(0, 200)) + "'";
    for (std::size_t i = 0; i < near.size() && i < 5; ++i)
        message.append(i == 0 ? "; " : ", ")
            .append(i == 0 ? (endsSo.empty() ? "near it: " : "say which: ") : "")
            .append(printable(graph.nodes[near[i]].id));
    if (near.empty())
        message += "; glacis paths --format json lists the nodes of each way";
    return failure(message);
}

} // namespace glacis::attack
