// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <attack/graph_builder.h>

#include <algorithm>
#include <numeric>
#include <tuple>

namespace glacis::attack {
namespace {
    /// Certain before residual before possible: the better an edge, the more it says.
    int rank(const Edge& edge) { return edge.certainty == Certainty::Possible ? 2 : edge.residual ? 1 : 0; }
}

GraphBuilder::GraphBuilder(const EdgeCatalogue& catalogue)
    : m_catalogue(catalogue)
    , m_info(EdgeKindCount, nullptr)
{
    for (const EdgeInfo& info : catalogue.edges())
        if (const auto kind = edgeKindFromName(info.id))
            m_info[static_cast<std::size_t>(*kind)] = &info;
}

NodeIndex GraphBuilder::node(NodeKind kind, std::string_view id, NodeDetails details)
{
    const auto [at, isNew] = m_nodeById.try_emplace(std::string(id), static_cast<NodeIndex>(m_nodes.size()));
    if (isNew)
        m_nodes.push_back({ kind, details.stage, details.count, details.object, std::string(id),
            std::move(details.label) });
    return at->second;
}

NodeIndex GraphBuilder::find(std::string_view id) const
{
    const auto at = m_nodeById.find(std::string(id));
    return at == m_nodeById.end() ? None : at->second;
}

GraphBuilder::NewEdge GraphBuilder::edge(
    EdgeKind kind, NodeIndex from, NodeIndex to, const EdgeDetails& details)
{
    const EdgeInfo* info = m_info[static_cast<std::size_t>(kind)];
    Draft draft;
    draft.edge.kind = kind;
    draft.edge.certainty = details.certainty;
    draft.edge.residual = details.residual;
    draft.edge.cost = static_cast<std::uint8_t>(details.cost >= 0 ? details.cost : info ? info->cost : 1);
    draft.edge.stage = info ? info->stage : Stage { 0 };
    draft.edge.from = from;
    draft.edge.to = to;
    if (!details.support.empty()) {
        const auto [at, isNew] = m_supportByName.try_emplace(
            std::string(details.support), static_cast<std::uint32_t>(m_supports.size()));
        if (isNew)
            m_supports.emplace_back(details.support);
        draft.support = at->second;
    }
    m_edges.push_back(draft);
    return { *this, static_cast<std::uint32_t>(m_edges.size() - 1) };
}

GraphBuilder::NewEdge& GraphBuilder::NewEdge::because(Justification justification)
{
    Draft& draft = m_builder.m_edges[m_index];
    m_builder.m_because.push_back({ std::move(justification), draft.lastBecause });
    draft.lastBecause = static_cast<std::uint32_t>(m_builder.m_because.size() - 1);
    return *this;
}

GraphBuilder::NewEdge& GraphBuilder::NewEdge::breaks(std::string_view card, std::string_view target)
{
    const OptionIndex option = m_builder.option(card, target);
    Draft& draft = m_builder.m_edges[m_index];
    m_builder.m_breaks.push_back({ option, draft.lastBreak });
    draft.lastBreak = static_cast<std::uint32_t>(m_builder.m_breaks.size() - 1);
    return *this;
}

OptionIndex GraphBuilder::option(std::string_view card, std::string_view target)
{
    std::string id(card);
    id.append("@").append(target);
    const auto [at, isNew] = m_optionById.try_emplace(id, static_cast<OptionIndex>(m_options.size()));
    if (isNew) {
        const CardInfo* info = m_catalogue.card(card);
        BreakOption option;
        option.card = card;
        option.target = target;
        option.id = std::move(id);
        option.effort = static_cast<std::uint8_t>(info ? info->effort : 3);
        m_options.push_back(std::move(option));
    }
    return at->second;
}

Graph GraphBuilder::build()
{
    Graph graph;
    sortNodes(graph);
    mergeEdges(graph);
    sortOptions(graph);
    index(graph);
    m_nodes.clear();
    m_nodeById.clear();
    m_edges.clear();
    m_because.clear();
    m_breaks.clear();
    m_options.clear();
    m_optionById.clear();
    return graph;
}

void GraphBuilder::sortNodes(Graph& graph)
{
    std::vector<bool> touched(m_nodes.size(), false);
    for (const Draft& draft : m_edges)
        touched[draft.edge.from] = touched[draft.edge.to] = true;
    std::vector<NodeIndex> order;
    for (NodeIndex i = 0; i < m_nodes.size(); ++i)
        if (touched[i] || m_nodes[i].kind == NodeKind::Internet || m_nodes[i].kind == NodeKind::Jewel)
            order.push_back(i);
    std::sort(
        order.begin(), order.end(), [&](NodeIndex a, NodeIndex b) { return m_nodes[a].id < m_nodes[b].id; });
    std::vector<NodeIndex> place(m_nodes.size(), None);
    graph.nodes.reserve(order.size());
    for (const NodeIndex old : order) {
        place[old] = static_cast<NodeIndex>(graph.nodes.size());
        if (m_nodes[old].kind == NodeKind::Jewel)
            graph.jewels.push_back(place[old]);
        graph.nodes.push_back(std::move(m_nodes[old]));
    }
    for (Draft& draft : m_edges) {
        draft.edge.from = place[draft.edge.from];
        draft.edge.to = place[draft.edge.to];
    }
}

std::vector<GraphBuilder::Place> GraphBuilder::sortedEdges() const
{
    // Numbers that sort as the names do; 0: no support.
    std::vector<std::uint32_t> names(m_supports.size());
    std::iota(names.begin(), names.end(), 0U);
    std::sort(names.begin(), names.end(),
        [&](std::uint32_t a, std::uint32_t b) { return m_supports[a] < m_supports[b]; });
    std::vector<std::uint32_t> number(m_supports.size());
    for (std::uint32_t i = 0; i < names.size(); ++i)
        number[names[i]] = i + 1;
    std::vector<Place> places;
    places.reserve(m_edges.size());
    for (std::uint32_t i = 0; i < m_edges.size(); ++i) {
        const Draft& draft = m_edges[i];
        places.push_back({ std::uint64_t { draft.edge.from } << 32 | draft.edge.to, draft.edge.kind,
            draft.support == None ? 0 : number[draft.support], i });
    }
    std::sort(places.begin(), places.end());
    return places;
}

void GraphBuilder::collectOptions(const Draft& draft, std::vector<OptionIndex>& options) const
{
    options.clear();
    for (std::uint32_t i = draft.lastBreak; i != None; i = m_breaks[i].previous)
        options.push_back(m_breaks[i].option);
    std::sort(options.begin(), options.end());
    options.erase(std::unique(options.begin(), options.end()), options.end());
}

void GraphBuilder::mergeEdges(Graph& graph)
{
    const std::vector<Place> places = sortedEdges();
    graph.edges.reserve(places.size());
    graph.because.reserve(m_because.size());
    graph.breaks.reserve(m_breaks.size());
    std::vector<OptionIndex> options, own, both;
    std::vector<std::uint32_t> chain;
    for (std::size_t begin = 0; begin < places.size();) {
        std::size_t end = begin + 1;
        while (end < places.size() && places[begin].isSameEdge(places[end]))
            ++end;
        // Of equal steps the best ones stand; the others add nothing.
        int best = 2;
        for (std::size_t i = begin; i < end; ++i)
            best = std::min(best, rank(m_edges[places[i].draft].edge));
        Edge merged;
        bool first = true;
        const auto firstBecause = static_cast<std::uint32_t>(graph.because.size());
        for (std::size_t i = begin; i < end; ++i) {
            const Draft& draft = m_edges[places[i].draft];
            if (rank(draft.edge) != best)
                continue;
            if (first) {
                merged = draft.edge;
                collectOptions(draft, options);
            } else {
                merged.cost = std::min(merged.cost, draft.edge.cost);
                collectOptions(draft, own);
                both.clear();
                std::set_intersection(
                    options.begin(), options.end(), own.begin(), own.end(), std::back_inserter(both));
                options.swap(both);
            }
            first = false;
            chain.clear();
            for (std::uint32_t j = draft.lastBecause; j != None; j = m_because[j].previous)
                chain.push_back(j);
            for (std::size_t j = chain.size(); j-- > 0;)
                graph.because.push_back(std::move(m_because[chain[j]].justification));
        }
        merged.firstBecause = firstBecause;
        merged.becauseCount = static_cast<std::uint32_t>(graph.because.size()) - firstBecause;
        merged.firstBreak = static_cast<std::uint32_t>(graph.breaks.size());
        merged.breakCount = static_cast<std::uint32_t>(options.size());
        graph.breaks.insert(graph.breaks.end(), options.begin(), options.end());
        // The support is part of the name only where it tells two steps apart.
        const bool several = (begin > 0 && places[begin].isSameStep(places[begin - 1]))
            || (end < places.size() && places[begin].isSameStep(places[end]));
        merged.support = several ? m_edges[places[begin].draft].support : None;
        graph.edges.push_back(merged);
        begin = end;
    }
    graph.supports = m_supports;
}

void GraphBuilder::sortOptions(Graph& graph)
{
    std::vector<OptionIndex> order(m_options.size());
    std::iota(order.begin(), order.end(), 0U);
    // M2 before M10: by the card's number, then target.
    const auto number = [&](OptionIndex i) {
        int n = 0;
        for (const char c : m_options[i].card)
            if (c >= '0' && c <= '9')
                n = n * 10 + (c - '0');
        return n;
    };
    std::sort(order.begin(), order.end(), [&](OptionIndex a, OptionIndex b) {
        return std::tuple(number(a), std::string_view(m_options[a].id))
            < std::tuple(number(b), std::string_view(m_options[b].id));
    });
    std::vector<OptionIndex> place(m_options.size());
    for (OptionIndex i = 0; i < order.size(); ++i) {
        place[order[i]] = i;
        graph.options.push_back(std::move(m_options[order[i]]));
    }
    for (OptionIndex& option : graph.breaks)
        option = place[option];
    for (EdgeIndex e = 0; e < graph.edges.size(); ++e) {
        const Edge& edge = graph.edges[e];
        std::sort(
            graph.breaks.begin() + edge.firstBreak, graph.breaks.begin() + edge.firstBreak + edge.breakCount);
        for (const OptionIndex option : graph.breaksOf(edge))
            graph.options[option].edges.push_back(e);
    }
    // An option of which every edge had another carrier breaks nothing by itself, and may be taken with
    // others.
}

void GraphBuilder::index(Graph& graph)
{
    const std::size_t count = graph.nodes.size();
    graph.outStart.assign(count + 1, 0);
    graph.inStart.assign(count + 1, 0);
    for (const Edge& edge : graph.edges) {
        ++graph.outStart[edge.from + 1];
        ++graph.inStart[edge.to + 1];
    }
    std::partial_sum(graph.outStart.begin(), graph.outStart.end(), graph.outStart.begin());
    std::partial_sum(graph.inStart.begin(), graph.inStart.end(), graph.inStart.begin());
    graph.in.resize(graph.edges.size());
    std::vector<std::uint32_t> at(graph.inStart.begin(), graph.inStart.end() - 1);
    for (EdgeIndex e = 0; e < graph.edges.size(); ++e)
        graph.in[at[graph.edges[e].to]++] = e;
}

} // namespace glacis::attack
