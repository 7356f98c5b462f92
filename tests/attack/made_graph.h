// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Small attack graphs by hand. Ids say the kind: "internet", "jewel/x", "net/x", "scope/x"; others are
// workloads.
//
//     GraphMaker made;
//     const auto step = made.edge(EdgeKind::Privileged, "own/a", "node/n", { .cost = 8 });
//     made.option("M8@a", 1, { step });
//     const Graph graph = made.graph();
#pragma once

#include <attack/graph.h>

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <vector>

namespace glacis::attack::test {

struct MadeEdge {
    std::uint8_t cost = 1;
    Certainty certainty = Certainty::Certain;
    bool residual = false;
};

class GraphMaker {
public:
    void node(const std::string& id) { m_nodes.try_emplace(id, 0); }

    /// Returns what option() and at() take.
    std::size_t edge(EdgeKind kind, const std::string& from, const std::string& to, MadeEdge made = {})
    {
        node(from);
        node(to);
        m_edges.push_back({ kind, from, to, made });
        return m_edges.size() - 1;
    }

    void option(const std::string& id, std::uint8_t effort, const std::vector<std::size_t>& edges)
    {
        m_options.push_back({ id, effort, edges });
    }

    Graph graph()
    {
        Graph graph;
        for (auto& [id, index] : m_nodes) {
            index = static_cast<NodeIndex>(graph.nodes.size());
            graph.nodes.emplace_back();
            graph.nodes.back().id = id;
            graph.nodes.back().kind = kindOf(id);
            if (kindOf(id) == NodeKind::Jewel)
                graph.jewels.push_back(index);
        }
        addEdges(graph);
        addOptions(graph);
        return graph;
    }

    /// The index in the last graph() of an edge.
    [[nodiscard]] EdgeIndex at(std::size_t edge) const { return m_places[edge]; }

private:
    struct Draft {
        EdgeKind kind;
        std::string from, to;
        MadeEdge made;
    };
    struct DraftOption {
        std::string id;
        std::uint8_t effort;
        std::vector<std::size_t> edges;
    };

    static NodeKind kindOf(const std::string& id)
    {
        const std::string word = id.substr(0, id.find('/'));
        return word == "internet" ? NodeKind::Internet
            : word == "jewel"     ? NodeKind::Jewel
            : word == "net"       ? NodeKind::Net
            : word == "scope"     ? NodeKind::Scope
                                  : NodeKind::Own;
    }

    void addEdges(Graph& graph)
    {
        using Key = std::tuple<NodeIndex, NodeIndex, EdgeKind, std::size_t>;
        std::vector<Key> order;
        for (std::size_t i = 0; i < m_edges.size(); ++i)
            order.emplace_back(m_nodes.at(m_edges[i].from), m_nodes.at(m_edges[i].to), m_edges[i].kind, i);
        std::sort(order.begin(), order.end());
        m_places.assign(m_edges.size(), 0);
        graph.outStart.assign(graph.nodes.size() + 1, 0);
        graph.inStart.assign(graph.nodes.size() + 1, 0);
        for (const auto& [from, to, kind, i] : order) {
            const Draft& draft = m_edges[i];
            m_places[i] = static_cast<EdgeIndex>(graph.edges.size());
            Edge& edge = graph.edges.emplace_back();
            edge.kind = kind;
            edge.certainty = draft.made.certainty;
            edge.residual = draft.made.residual;
            edge.cost = draft.made.cost;
            edge.from = from;
            edge.to = to;
            ++graph.outStart[edge.from + 1];
            ++graph.inStart[edge.to + 1];
        }
        for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
            graph.outStart[n + 1] += graph.outStart[n];
            graph.inStart[n + 1] += graph.inStart[n];
        }
        for (EdgeIndex e = 0; e < graph.edges.size(); ++e)
            graph.in.push_back(e);
        std::stable_sort(graph.in.begin(), graph.in.end(),
            [&](EdgeIndex a, EdgeIndex b) { return graph.edges[a].to < graph.edges[b].to; });
    }

    void addOptions(Graph& graph)
    {
        std::sort(m_options.begin(), m_options.end(),
            [](const DraftOption& a, const DraftOption& b) { return a.id < b.id; });
        std::vector<std::vector<OptionIndex>> breaks(graph.edges.size());
        for (const DraftOption& draft : m_options) {
            BreakOption& option = graph.options.emplace_back();
            option.id = draft.id;
            option.card = draft.id.substr(0, draft.id.find('@'));
            option.effort = draft.effort;
            for (const std::size_t edge : draft.edges) {
                option.edges.push_back(m_places[edge]);
                breaks[m_places[edge]].push_back(static_cast<OptionIndex>(graph.options.size() - 1));
            }
            std::sort(option.edges.begin(), option.edges.end());
        }
        for (EdgeIndex e = 0; e < graph.edges.size(); ++e) {
            graph.edges[e].firstBreak = static_cast<std::uint32_t>(graph.breaks.size());
            graph.edges[e].breakCount = static_cast<std::uint32_t>(breaks[e].size());
            graph.breaks.insert(graph.breaks.end(), breaks[e].begin(), breaks[e].end());
        }
    }

    std::map<std::string, NodeIndex> m_nodes;
    std::vector<Draft> m_edges;
    std::vector<DraftOption> m_options;
    std::vector<EdgeIndex> m_places;
};

} // namespace glacis::attack::test
