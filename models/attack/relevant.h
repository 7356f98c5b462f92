// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The part of a graph that any way can use: nodes that the entry reaches and that reach a jewel, renumbered
// without holes and in the old order, with edges as adjacent arrays. Every search runs on it.
//
//     Relevant relevant(graph, entry);
//     for (const Relevant::Step& step : relevant.out(node)) ...
//
// "Node" means a number here; Relevant::nodes and Step::edge lead back to the graph.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include <attack/graph.h>
#include <attack/search.h>

namespace glacis::attack {

/// Cost, hops and edges of a path in one number, ordered as ways are; lengths add up.
///
///      63          40 39          20 19           0
///     +--------------+--------------+--------------+
///     |     cost     |     hops     |    edges     |
///     +--------------+--------------+--------------+
using Length = std::uint64_t;
inline constexpr Length Unreached = UINT64_MAX;
[[nodiscard]] constexpr std::uint32_t costOf(Length length)
{
    return static_cast<std::uint32_t>(length >> 40);
}
[[nodiscard]] constexpr std::uint32_t hopsOf(Length length)
{
    return static_cast<std::uint32_t>(length >> 20) & 0xFFFFFU;
}
[[nodiscard]] Length lengthOf(const Edge& edge);

using Level = std::uint8_t; ///< a WayClass as a number: edges of this level and below may be used
inline constexpr Level LevelCount = 3;

using StepIndex = std::uint32_t;
using StepMask = std::vector<std::uint8_t>; ///< by step: not 0 when it is broken; empty: none is
inline const StepMask NothingBroken;

class Relevant {
public:
    struct Step {
        std::uint32_t from = 0, to = 0;
        EdgeIndex edge = 0;
        std::uint16_t length = 0; ///< index into lengths()
        Level level = 0;
    };
    struct BackStep {
        std::uint32_t from = 0;
        StepIndex step = 0;
        std::uint16_t length = 0;
        Level level = 0;
    };
    /// A node that first steps lead to. They are adjacent, as edges are sorted by (from, to).
    struct Head {
        std::uint32_t node = 0;
        StepIndex firstStep = 0, endStep = 0;
        Level level = 0; ///< lowest of its first steps
    };

    /// entry: None or any node; without a way to a jewel everything is empty.
    Relevant(const Graph& graph, NodeIndex entry);

    [[nodiscard]] std::uint32_t nodeCount() const { return static_cast<std::uint32_t>(m_nodes.size()); }
    [[nodiscard]] const std::vector<Step>& steps() const { return m_steps; }
    [[nodiscard]] std::span<const Step> out(std::uint32_t node) const
    {
        return std::span(m_steps).subspan(m_outStart[node], m_outStart[node + 1] - m_outStart[node]);
    }
    [[nodiscard]] StepIndex firstOut(std::uint32_t node) const { return m_outStart[node]; }
    [[nodiscard]] std::span<const BackStep> in(std::uint32_t node) const
    {
        return std::span(m_in).subspan(m_inStart[node], m_inStart[node + 1] - m_inStart[node]);
    }
    [[nodiscard]] const std::vector<Length>& lengths() const { return m_lengths; }
    [[nodiscard]] std::uint32_t entry() const { return m_entry; } ///< None when no way exists
    [[nodiscard]] const std::vector<std::uint32_t>& jewels() const { return m_jewels; } ///< ascending
    [[nodiscard]] const std::vector<Head>& heads() const { return m_heads; } ///< by node
    [[nodiscard]] NodeIndex graphNode(std::uint32_t node) const { return m_nodes[node]; }
    /// None when the graph's node or edge is not relevant.
    [[nodiscard]] std::uint32_t local(NodeIndex node) const
    {
        return node < m_locals.size() ? m_locals[node] : None;
    }
    [[nodiscard]] StepIndex stepOf(EdgeIndex edge) const
    {
        return edge < m_stepOf.size() ? m_stepOf[edge] : None;
    }
    /// Whether the entry reaches the node by steps of this level and below.
    [[nodiscard]] bool isEntered(std::uint32_t node, Level level) const { return m_entered[node] <= level; }
    [[nodiscard]] bool hasSteps(Level level) const { return m_hasSteps[level]; }

private:
    void compact(const Graph& graph, NodeIndex entry, const std::vector<std::uint8_t>& forward,
        const std::vector<std::uint8_t>& backward);
    void linkBackwards();
    void findHeads();

    std::vector<NodeIndex> m_nodes;
    std::vector<std::uint32_t> m_locals; ///< by node of the graph
    std::vector<StepIndex> m_stepOf; ///< by edge of the graph
    std::vector<Step> m_steps; ///< in the order of graph edges
    std::vector<std::uint32_t> m_outStart;
    std::vector<BackStep> m_in;
    std::vector<std::uint32_t> m_inStart;
    std::vector<Length> m_lengths;
    std::vector<Level> m_entered;
    std::vector<std::uint32_t> m_jewels;
    std::vector<Head> m_heads;
    std::uint32_t m_entry = None;
    std::array<bool, LevelCount> m_hasSteps {};
};

} // namespace glacis::attack
