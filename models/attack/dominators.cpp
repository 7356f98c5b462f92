// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The semi-NCA algorithm of L. Georgiadis and R. Tarjan: semidominators by path compression as in Lengauer
// and Tarjan, then dominators by walking up the part of the tree that is done. Without recursion.
#include <attack/dominators.h>

#include <algorithm>

namespace glacis::attack {

Dominators::Dominators(const Relevant& relevant)
    : m_relevant(relevant)
{
}

void Dominators::run(std::uint32_t jewel)
{
    m_order.clear();
    m_parent.clear();
    m_position.assign(m_relevant.nodeCount(), None);
    if (m_relevant.isEntered(jewel, 0))
        number(jewel);
    findDominators();
    measureTree();
}

// Depth first and backwards from the jewel: positions are preorder numbers.
void Dominators::number(std::uint32_t jewel)
{
    const auto enter = [&](std::uint32_t node, std::uint32_t parent) {
        m_position[node] = static_cast<std::uint32_t>(m_order.size());
        m_order.push_back(node);
        m_parent.push_back(parent);
        m_visits.push_back({ node, 0 });
    };
    m_visits.clear();
    enter(jewel, 0);
    while (!m_visits.empty()) {
        Visit& visit = m_visits.back();
        const auto in = m_relevant.in(visit.node);
        if (visit.nextIn == in.size()) {
            m_visits.pop_back();
            continue;
        }
        const Relevant::BackStep& step = in[visit.nextIn++];
        if (step.level == 0 && m_position[step.from] == None && m_relevant.isEntered(step.from, 0))
            enter(step.from, m_position[visit.node]);
    }
}

void Dominators::findDominators()
{
    const auto count = static_cast<std::uint32_t>(m_order.size());
    m_ancestor = m_parent;
    m_dominator = m_parent;
    m_label.resize(count);
    m_semi.resize(count);
    for (std::uint32_t i = 0; i < count; ++i)
        m_label[i] = m_semi[i] = i;
    for (std::uint32_t i = count; i-- > 1;) {
        m_semi[i] = m_parent[i];
        for (const Relevant::Step& step : m_relevant.out(m_order[i]))
            if (step.level == 0 && m_position[step.to] != None)
                m_semi[i] = std::min(m_semi[i], m_semi[lowestLabel(m_position[step.to], i + 1)]);
    }
    for (std::uint32_t i = 1; i < count; ++i)
        while (m_dominator[i] > m_semi[i])
            m_dominator[i] = m_dominator[m_dominator[i]];
}

// Among the node and its ancestors that are linked already (positions from linkedFrom on), the one with the
// lowest semidominator; shortens the chain to them.
std::uint32_t Dominators::lowestLabel(std::uint32_t position, std::uint32_t linkedFrom)
{
    if (m_ancestor[position] < linkedFrom)
        return m_label[position];
    m_chain.clear();
    do {
        m_chain.push_back(position);
        position = m_ancestor[position];
    } while (m_ancestor[position] >= linkedFrom);
    std::uint32_t above = position;
    std::uint32_t best = m_label[position];
    while (!m_chain.empty()) {
        const std::uint32_t node = m_chain.back();
        m_chain.pop_back();
        m_ancestor[node] = m_ancestor[above];
        if (m_semi[best] < m_semi[m_label[node]])
            m_label[node] = best;
        else
            best = m_label[node];
        above = node;
    }
    return best;
}

// Numbers the dominator tree so that everything below a node is an interval.
void Dominators::measureTree()
{
    const auto count = static_cast<std::uint32_t>(m_order.size());
    m_treeSize.assign(count, 1);
    for (std::uint32_t i = count; i-- > 1;)
        m_treeSize[m_dominator[i]] += m_treeSize[i];
    m_treeStart.assign(count, 0);
    m_label.assign(count, 1); // now: where the next child of each starts, from its own start
    for (std::uint32_t i = 1; i < count; ++i) {
        std::uint32_t& next = m_label[m_dominator[i]];
        m_treeStart[i] = m_treeStart[m_dominator[i]] + next;
        next += m_treeSize[i];
    }
}

StepIndex Dominators::bridge(std::uint32_t position) const
{
    const std::uint32_t node = m_order[position];
    StepIndex found = None;
    StepIndex index = m_relevant.firstOut(node);
    for (const Relevant::Step& step : m_relevant.out(node)) {
        const StepIndex current = index++;
        const std::uint32_t to = m_position[step.to];
        if (step.level != 0 || to == None || isBelow(to, position))
            continue;
        if (found != None || to != m_dominator[position])
            return None;
        found = current;
    }
    return position == 0 ? None : found;
}

} // namespace glacis::attack
