// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <attack/layout/sifting.h>

#include <algorithm>
#include <utility>

namespace glacis::layout {

void Sifter::gather(std::uint32_t column)
{
    const std::vector<std::uint32_t>& order = m_graph.columns[column].order;
    m_left.clear();
    m_right.clear();
    m_leftStart.assign(1, 0);
    m_rightStart.assign(1, 0);
    m_rightWeight.clear();
    m_slot.resize(m_graph.items.size());
    const auto collect = [&](std::vector<Reach>& to, std::span<const Arm> arms) {
        const std::size_t first = to.size();
        for (const Arm& a : arms)
            to.push_back({ m_graph.position[a.item], a.weight });
        std::sort(to.begin() + static_cast<std::ptrdiff_t>(first), to.end(),
            [](const Reach& a, const Reach& b) { return a.position < b.position; });
    };
    for (std::uint32_t slot = 0; slot < order.size(); ++slot) {
        const std::uint32_t i = order[slot];
        m_slot[i] = slot;
        collect(m_left, m_graph.lefts(i));
        collect(m_right, m_graph.rights(i));
        std::int64_t weight = 0;
        for (std::size_t k = m_rightStart.back(); k < m_right.size(); ++k)
            weight += m_right[k].weight;
        m_rightWeight.push_back(weight);
        m_leftStart.push_back(static_cast<std::uint32_t>(m_left.size()));
        m_rightStart.push_back(static_cast<std::uint32_t>(m_right.size()));
    }
}

/// What swapping two neighbours would add to the cost.
std::int64_t Sifter::swapCost(std::uint32_t upper, std::uint32_t lower) const
{
    const std::uint32_t u = m_slot[upper], l = m_slot[lower];
    std::int64_t cost = 0;
    const auto side = [&](const std::vector<Reach>& reach, const std::vector<std::uint32_t>& start) {
        const Reach *a = reach.data() + start[u], *aEnd = reach.data() + start[u + 1];
        const Reach *b = reach.data() + start[l], *bEnd = reach.data() + start[l + 1];
        if (a == aEnd || b == bEnd)
            return;
        std::int64_t total = 0;
        for (const Reach* k = a; k != aEnd; ++k)
            total += k->weight;
        std::int64_t above = 0,
                     upTo = 0; // weight of the upper's arms that end above b's end, or at it as well
        const Reach* c = a;
        for (; b != bEnd; ++b) {
            for (; a != aEnd && a->position < b->position; ++a)
                above += a->weight;
            for (; c != aEnd && c->position <= b->position; ++c)
                upTo += c->weight;
            cost += b->weight * (above - (total - upTo));
        }
    };
    side(m_left, m_leftStart);
    side(m_right, m_rightStart);
    const auto bonds = [&](std::uint32_t item, std::uint32_t other, bool down) {
        for (const std::uint32_t k : m_graph.bondsAt(item)) {
            const Bond& bond = m_graph.bonds[k];
            const std::uint32_t end = bond.from == item ? bond.to : bond.from;
            if (end == other)
                continue;
            const bool nearer = (m_graph.position[end] > m_graph.position[item]) == down;
            const std::int64_t passed = bond.weight * (m_rightWeight[m_slot[other]] + 1);
            cost += nearer ? -passed : passed;
        }
    };
    bonds(upper, lower, true);
    bonds(lower, upper, false);
    return cost;
}

void Sifter::swapAt(std::vector<std::uint32_t>& order, std::size_t at)
{
    std::swap(order[at], order[at + 1]);
    --m_graph.position[order[at]];
    ++m_graph.position[order[at + 1]];
}

std::int64_t Sifter::transpose(std::uint32_t column)
{
    gather(column);
    std::vector<std::uint32_t>& order = m_graph.columns[column].order;
    std::int64_t gain = 0;
    const auto attempt = [&](std::size_t at) {
        if (!maySwap(order[at], order[at + 1]))
            return;
        const std::int64_t cost = swapCost(order[at], order[at + 1]);
        if (cost >= 0)
            return;
        gain -= cost;
        swapAt(order, at);
    };
    for (std::size_t at = 0; at + 1 < order.size(); ++at)
        attempt(at);
    for (std::size_t at = order.size(); at-- > 1;)
        attempt(at - 1);
    return gain;
}

std::int64_t Sifter::sift(std::uint32_t column, std::size_t reach)
{
    gather(column);
    std::vector<std::uint32_t>& order = m_graph.columns[column].order;
    const std::vector<std::uint32_t> items = order;
    std::int64_t gain = 0;
    for (const std::uint32_t item : items) {
        const std::size_t home = m_graph.position[item];
        std::size_t best = home, at = home;
        std::int64_t cost = 0, least = 0;
        for (; at + 1 < order.size() && at < home + reach && maySwap(item, order[at + 1]); ++at) {
            cost += swapCost(item, order[at + 1]);
            swapAt(order, at);
            if (cost < least) {
                least = cost;
                best = at + 1;
            }
        }
        for (; at > home; --at)
            swapAt(order, at - 1);
        cost = 0;
        for (; at > 0 && at + reach > home && maySwap(order[at - 1], item); --at) {
            cost += swapCost(order[at - 1], item);
            swapAt(order, at - 1);
            if (cost < least) {
                least = cost;
                best = at - 1;
            }
        }
        for (; at < best; ++at)
            swapAt(order, at);
        gain -= least;
    }
    return gain;
}

} // namespace glacis::layout
