// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <attack/relevant.h>

#include <algorithm>

namespace glacis::attack {
namespace {
    constexpr std::uint8_t Never = UINT8_MAX;

    Level levelOf(const Edge& edge)
    {
        if (edge.certainty == Certainty::Possible)
            return static_cast<Level>(WayClass::Possible);
        return static_cast<Level>(edge.residual ? WayClass::Residual : WayClass::Certain);
    }

    // By node the lowest level by which it is reached. One search in all: what a level finds stays found, and
    // edges of a higher level wait for their turn.
    template <typename ForEachEdge>
    std::vector<std::uint8_t> reachedLevels(
        const Graph& graph, const std::vector<NodeIndex>& starts, const ForEachEdge& forEachEdge)
    {
        std::vector<std::uint8_t> reached(graph.nodes.size(), Never);
        std::array<std::vector<NodeIndex>, LevelCount> waiting;
        waiting[0] = starts;
        for (Level level = 0; level < LevelCount; ++level) {
            std::vector<NodeIndex> stack = std::move(waiting[level]);
            while (!stack.empty()) {
                const NodeIndex node = stack.back();
                stack.pop_back();
                if (reached[node] != Never)
                    continue;
                reached[node] = level;
                forEachEdge(node, [&](const Edge& edge, NodeIndex other) {
                    if (reached[other] != Never || !isWalked(edge.kind))
                        return;
                    const Level needed = levelOf(edge);
                    (needed <= level ? stack : waiting[needed]).push_back(other);
                });
            }
        }
        return reached;
    }

    std::vector<NodeIndex> jewelsToReach(const Graph& graph, NodeIndex entry)
    {
        std::vector<NodeIndex> jewels = graph.jewels;
        std::sort(jewels.begin(), jewels.end());
        jewels.erase(std::unique(jewels.begin(), jewels.end()), jewels.end());
        std::erase(jewels, entry); // who is there already needs no way
        return jewels;
    }
}

Length lengthOf(const Edge& edge)
{
    const Length hops = edge.kind == EdgeKind::Structure ? 0 : 1;
    return Length { edge.cost } << 40 | hops << 20 | 1;
}

Relevant::Relevant(const Graph& graph, NodeIndex entry)
{
    m_outStart.assign(1, 0);
    m_inStart.assign(1, 0);
    if (entry >= graph.nodes.size())
        return;
    const auto forward = reachedLevels(graph, { entry }, [&](NodeIndex node, const auto& visit) {
        for (EdgeIndex e = graph.outStart[node]; e < graph.outStart[node + 1]; ++e)
            visit(graph.edges[e], graph.edges[e].to);
    });
    const auto backward
        = reachedLevels(graph, jewelsToReach(graph, entry), [&](NodeIndex node, const auto& visit) {
              for (std::uint32_t i = graph.inStart[node]; i < graph.inStart[node + 1]; ++i)
                  visit(graph.edges[graph.in[i]], graph.edges[graph.in[i]].from);
          });
    if (backward[entry] == Never)
        return;
    compact(graph, entry, forward, backward);
    linkBackwards();
    findHeads();
    for (const NodeIndex jewel : jewelsToReach(graph, entry))
        if (const std::uint32_t node = local(jewel); node != None)
            m_jewels.push_back(node);
}

void Relevant::compact(const Graph& graph, NodeIndex entry, const std::vector<std::uint8_t>& forward,
    const std::vector<std::uint8_t>& backward)
{
    m_locals.assign(graph.nodes.size(), None);
    m_stepOf.assign(graph.edges.size(), None);
    for (NodeIndex node = 0; node < graph.nodes.size(); ++node)
        if (forward[node] != Never && backward[node] != Never) {
            m_locals[node] = static_cast<std::uint32_t>(m_nodes.size());
            m_nodes.push_back(node);
            m_entered.push_back(forward[node]);
        }
    m_entry = m_locals[entry];

    std::array<std::array<std::uint16_t, 2>, 256> known; // by cost and by whether it is a hop
    for (auto& pair : known)
        pair.fill(UINT16_MAX);
    m_outStart.reserve(m_nodes.size() + 1);
    for (std::uint32_t node = 0; node < nodeCount(); ++node) {
        for (EdgeIndex e = graph.outStart[m_nodes[node]]; e < graph.outStart[m_nodes[node] + 1]; ++e) {
            const Edge& edge = graph.edges[e];
            if (m_locals[edge.to] == None || edge.to == edge.from || !isWalked(edge.kind))
                continue;
            std::uint16_t& length = known[edge.cost][edge.kind == EdgeKind::Structure ? 0 : 1];
            if (length == UINT16_MAX) {
                length = static_cast<std::uint16_t>(m_lengths.size());
                m_lengths.push_back(lengthOf(edge));
            }
            m_stepOf[e] = static_cast<StepIndex>(m_steps.size());
            m_steps.push_back({ node, m_locals[edge.to], e, length, levelOf(edge) });
            m_hasSteps[m_steps.back().level] = true;
        }
        m_outStart.push_back(static_cast<std::uint32_t>(m_steps.size()));
    }
}

void Relevant::linkBackwards()
{
    m_inStart.assign(nodeCount() + 1, 0);
    for (const Step& step : m_steps)
        ++m_inStart[step.to + 1];
    for (std::uint32_t node = 0; node < nodeCount(); ++node)
        m_inStart[node + 1] += m_inStart[node];
    std::vector<std::uint32_t> next(m_inStart.begin(), m_inStart.end() - 1);
    m_in.resize(m_steps.size());
    for (StepIndex i = 0; i < m_steps.size(); ++i) {
        const Step& step = m_steps[i];
        m_in[next[step.to]++] = { step.from, i, step.length, step.level };
    }
}

void Relevant::findHeads()
{
    const StepIndex end = m_outStart[m_entry + 1];
    for (StepIndex i = m_outStart[m_entry]; i < end; ++i) {
        const Step& step = m_steps[i];
        if (m_heads.empty() || m_heads.back().node != step.to)
            m_heads.push_back({ step.to, i, i, step.level });
        m_heads.back().endStep = i + 1;
        m_heads.back().level = std::min(m_heads.back().level, step.level);
    }
}

} // namespace glacis::attack
