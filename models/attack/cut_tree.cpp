// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <attack/cut_tree.h>
#include <attack/masked_reach.h>

#include <algorithm>

namespace glacis::attack {

CutTree::CutTree(const Relevant& relevant)
    : m_relevant(relevant)
    , m_headOf(relevant.nodeCount(), None)
    , m_cutAt(relevant.steps().size(), 0)
    , m_questionedAt(relevant.nodeCount(), 0)
    , m_savedAt(relevant.nodeCount(), 0)
{
    for (std::uint32_t i = 0; i < relevant.heads().size(); ++i)
        m_headOf[relevant.heads()[i].node] = i;
}

void CutTree::build(
    std::uint32_t jewel, Level level, const std::vector<Terrain::Member>& ways, const StepMask& broken)
{
    m_level = level;
    m_broken = &broken;
    ++m_cuts; // forget the last cut
    grow(jewel);
    placeWays(ways);
}

void CutTree::grow(std::uint32_t jewel)
{
    m_order.clear();
    m_next.assign(m_relevant.nodeCount(), None);
    m_start.assign(m_relevant.nodeCount(), 0);
    m_size.assign(m_relevant.nodeCount(), 0);
    if (m_relevant.isEntered(jewel, m_level)) {
        m_order.push_back(jewel);
        m_size[jewel] = 1;
    }
    for (std::size_t next = 0; next < m_order.size(); ++next)
        for (const Relevant::BackStep& step : m_relevant.in(m_order[next]))
            if (m_size[step.from] == 0 && isUsable(step.step, step.level)
                && m_relevant.isEntered(step.from, m_level)) {
                m_size[step.from] = 1;
                m_next[step.from] = step.step;
                m_order.push_back(step.from);
            }
    for (std::size_t i = m_order.size(); i-- > 1;)
        m_size[m_relevant.steps()[m_next[m_order[i]]].to] += m_size[m_order[i]];
    m_nodeAt.resize(m_order.size());
    std::vector<std::uint32_t>& nextChild = m_stack;
    nextChild.assign(m_relevant.nodeCount(), 1);
    for (const std::uint32_t node : m_order) {
        if (m_next[node] != None) {
            const std::uint32_t parent = m_relevant.steps()[m_next[node]].to;
            m_start[node] = m_start[parent] + nextChild[parent];
            nextChild[parent] += m_size[node];
        }
        m_nodeAt[m_start[node]] = node;
    }
    m_stack.clear();
}

void CutTree::placeWays(const std::vector<Terrain::Member>& ways)
{
    m_wayOf.assign(m_relevant.nodeCount(), None);
    m_openWays = 0;
    for (const Terrain::Member& way : ways) {
        const Relevant::Head& head = m_relevant.heads()[way.head];
        if (m_size[head.node] == 0 || !isEnterable(m_relevant, head, m_level, *m_broken))
            continue;
        m_wayOf[head.node] = way.way;
        ++m_openWays;
    }
    m_waysBefore.assign(m_order.size() + 1, 0);
    for (std::size_t place = 0; place < m_order.size(); ++place)
        m_waysBefore[place + 1] = m_waysBefore[place] + (m_wayOf[m_nodeAt[place]] == None ? 0 : 1);
}

const CutTree::Cut& CutTree::cut(std::span<const StepIndex> steps)
{
    ++m_cuts;
    m_cut.closed.clear();
    m_cut.questioned = 0;
    m_intervals.clear();
    m_cutHeads.clear();
    findQuestioned(steps);
    for (const Interval& interval : m_intervals)
        m_cut.questioned += m_waysBefore[interval.end] - m_waysBefore[interval.start];
    if (m_cut.questioned > 0) {
        saveNodes();
        for (const Interval& interval : m_intervals)
            for (std::uint32_t place = interval.start; place < interval.end; ++place)
                if (const std::uint32_t node = m_nodeAt[place];
                    m_wayOf[node] != None && m_savedAt[node] != m_cuts)
                    m_cut.closed.push_back(m_wayOf[node]);
    }
    for (const std::uint32_t node : m_cutHeads)
        judgeHead(node);
    return m_cut;
}

void CutTree::findQuestioned(std::span<const StepIndex> steps)
{
    m_roots.clear();
    for (const StepIndex step : steps) {
        const Relevant::Step& broken = m_relevant.steps()[step];
        m_cutAt[step] = m_cuts;
        if (m_next[broken.from] == step)
            m_roots.push_back(m_start[broken.from]);
        if (broken.from == m_relevant.entry() && m_wayOf[broken.to] != None
            && (m_cutHeads.empty() || m_cutHeads.back() != broken.to)) // steps are ascending
            m_cutHeads.push_back(broken.to);
    }
    std::sort(m_roots.begin(), m_roots.end());
    for (const std::uint32_t start : m_roots)
        if (m_intervals.empty() || start >= m_intervals.back().end) // else within a larger one
            m_intervals.push_back({ start, start + m_size[m_nodeAt[start]] });
}

void CutTree::saveNodes()
{
    for (const Interval& interval : m_intervals)
        for (std::uint32_t place = interval.start; place < interval.end; ++place)
            m_questionedAt[m_nodeAt[place]] = m_cuts;
    const auto leadsOut = [&](std::uint32_t node) {
        StepIndex index = m_relevant.firstOut(node);
        for (const Relevant::Step& step : m_relevant.out(node))
            if (isUsable(index++, step.level) && m_size[step.to] != 0 && m_questionedAt[step.to] != m_cuts)
                return true;
        return false;
    };
    m_stack.clear();
    for (const Interval& interval : m_intervals)
        for (std::uint32_t place = interval.start; place < interval.end; ++place)
            if (const std::uint32_t node = m_nodeAt[place]; leadsOut(node)) {
                m_savedAt[node] = m_cuts;
                m_stack.push_back(node);
            }
    while (!m_stack.empty()) {
        const std::uint32_t node = m_stack.back();
        m_stack.pop_back();
        for (const Relevant::BackStep& step : m_relevant.in(node))
            if (m_questionedAt[step.from] == m_cuts && m_savedAt[step.from] != m_cuts
                && isUsable(step.step, step.level)) {
                m_savedAt[step.from] = m_cuts;
                m_stack.push_back(step.from);
            }
    }
}

// The way of a head some of whose first steps are broken: closes it if none is left and no path did already.
void CutTree::judgeHead(std::uint32_t node)
{
    const Relevant::Head& head = m_relevant.heads()[m_headOf[node]];
    StepIndex taken = None, left = None;
    for (StepIndex step = head.firstStep; step < head.endStep; ++step) {
        const Level level = m_relevant.steps()[step].level;
        if (taken == None && isOpen(step, level))
            taken = step;
        if (left == None && isUsable(step, level))
            left = step;
    }
    const auto place = m_start[node];
    const bool isQuestioned = std::any_of(m_intervals.begin(), m_intervals.end(),
        [&](const Interval& interval) { return interval.start <= place && place < interval.end; });
    if (!isQuestioned && taken != left)
        ++m_cut.questioned;
    if (left == None && (!isQuestioned || m_savedAt[node] == m_cuts))
        m_cut.closed.push_back(m_wayOf[node]);
}

} // namespace glacis::attack
