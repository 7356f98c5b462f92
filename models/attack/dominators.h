// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where all certain paths to a jewel pass: the dominator tree of the certain subgraph with its edges turned
// round and the jewel as root. A node of the tree lies on every path from any node below it to the jewel.
#pragma once

#include <attack/relevant.h>

namespace glacis::attack {

class Dominators {
public:
    explicit Dominators(const Relevant& relevant);

    void run(std::uint32_t jewel);
    /// Nodes that reach the jewel, each after its dominator; the jewel first.
    [[nodiscard]] const std::vector<std::uint32_t>& order() const { return m_order; }
    /// Position of a node in order(); None when it does not reach the jewel.
    [[nodiscard]] std::uint32_t position(std::uint32_t node) const { return m_position[node]; }
    /// Position of the dominator of the node at a position; that of the jewel is 0.
    [[nodiscard]] std::uint32_t dominator(std::uint32_t position) const { return m_dominator[position]; }
    /// Whether the node at `below` is that at `above` or below it in the tree.
    [[nodiscard]] bool isBelow(std::uint32_t below, std::uint32_t above) const
    {
        return m_treeStart[below] - m_treeStart[above] < m_treeSize[above]; // unsigned: before it is far away
    }
    /// The only edge by which the node at a position goes on to its dominator, if it goes on nowhere else but
    /// below itself: it lies on all paths of the nodes below. None when there is no such edge.
    [[nodiscard]] StepIndex bridge(std::uint32_t position) const;

private:
    void number(std::uint32_t jewel);
    void findDominators();
    std::uint32_t lowestLabel(std::uint32_t position, std::uint32_t linkedFrom);
    void measureTree();

    struct Visit {
        std::uint32_t node;
        std::uint32_t nextIn;
    };
    const Relevant& m_relevant;
    std::vector<std::uint32_t> m_order, m_position;
    std::vector<std::uint32_t> m_parent, m_ancestor, m_label, m_semi, m_dominator; ///< by position
    std::vector<std::uint32_t> m_treeStart, m_treeSize; ///< by position
    std::vector<Visit> m_visits;
    std::vector<std::uint32_t> m_chain;
};

} // namespace glacis::attack
