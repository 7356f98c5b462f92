// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Dijkstra from the jewel backwards, without a heap. Steps have only a handful of different lengths (MODEL's
// costs). Nodes are settled in ascending order of length, so what is found by steps of one length is found in
// ascending order as well: one first-in-first-out queue for each length of a step stays sorted by itself, and
// the nearest node is the least of a handful of queue fronts.
#include <attack/shortest.h>

namespace glacis::attack {

Shortest::Shortest(const Relevant& relevant)
    : m_relevant(relevant)
    , m_queues(relevant.lengths().size())
{
}

void Shortest::run(std::uint32_t jewel, Level level, const StepMask& masked)
{
    m_jewel = jewel;
    m_level = level;
    m_masked = &masked;
    m_length.assign(m_relevant.nodeCount(), Unreached);
    m_next.assign(m_relevant.nodeCount(), None);
    for (Queue& queue : m_queues) {
        queue.items.clear();
        queue.first = 0;
    }
    if (!m_relevant.isEntered(jewel, level))
        return;
    m_length[jewel] = 0;
    relax(jewel);
    while (Queue* queue = shortestQueue()) {
        const Queued next = queue->items[queue->first++];
        if (next.length == m_length[next.node]) // else a shorter path was found meanwhile
            relax(next.node);
    }
}

Shortest::Queue* Shortest::shortestQueue()
{
    Queue* best = nullptr;
    for (Queue& queue : m_queues)
        if (queue.first < queue.items.size()
            && (!best || queue.items[queue.first].length < best->items[best->first].length))
            best = &queue;
    return best;
}

void Shortest::relax(std::uint32_t node)
{
    for (const Relevant::BackStep& step : m_relevant.in(node)) {
        if (step.level > m_level || (!m_masked->empty() && (*m_masked)[step.step])
            || !m_relevant.isEntered(step.from, m_level))
            continue;
        const Length length = m_length[node] + m_relevant.lengths()[step.length];
        if (length < m_length[step.from]) {
            m_length[step.from] = length;
            m_queues[step.length].items.push_back({ length, step.from });
        }
    }
}

bool Shortest::isUsable(StepIndex step) const
{
    return m_relevant.steps()[step].level <= m_level && (m_masked->empty() || !(*m_masked)[step]);
}

StepIndex Shortest::nextStep(std::uint32_t node)
{
    // Kept, as many paths meet and hubs have many steps. Steps are sorted by head, then by edge: the first
    // that fits is the one asked for.
    if (m_next[node] != None)
        return m_next[node];
    StepIndex index = m_relevant.firstOut(node);
    for (;; ++index) {
        const Relevant::Step& step = m_relevant.steps()[index];
        if (isUsable(index) && m_length[step.to] != Unreached
            && m_length[step.to] + m_relevant.lengths()[step.length] == m_length[node])
            return m_next[node] = index;
    }
}

void Shortest::appendPath(std::uint32_t node, std::vector<EdgeIndex>& path)
{
    while (node != m_jewel) {
        const Relevant::Step& step = m_relevant.steps()[nextStep(node)];
        path.push_back(step.edge);
        node = step.to;
    }
}

StepIndex Shortest::firstStep(const Relevant::Head& head) const
{
    StepIndex best = None;
    const auto length = [&](StepIndex step) { return m_relevant.lengths()[m_relevant.steps()[step].length]; };
    for (StepIndex step = head.firstStep; step < head.endStep; ++step)
        if (isUsable(step) && (best == None || length(step) < length(best)))
            best = step;
    return best;
}

} // namespace glacis::attack
