// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <attack/layout/sifting.h>

#include <algorithm>

namespace glacis::layout {

void Sifter::gather(std::uint32_t column)
{
    const std::vector<std::uint32_t>& order = m_graph.columns[column].order;
    m_left.clear();
    m_right.clear();
    m_leftStart.assign(1, 0);
    m_rightStart.assign(1, 0);
    m_rightWeight.clear();
    m_weight.clear();
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
        for (std::size_t k = m_leftStart.back(); k < m_left.size(); ++k)
            weight += m_left[k].weight;
        m_weight.push_back(weight);
        m_leftStart.push_back(static_cast<std::uint32_t>(m_left.size()));
        m_rightStart.push_back(static_cast<std::uint32_t>(m_right.size()));
    }
}

/// What it would add to the cost if `item` went past its neighbour. Their arms alone decide, and for bonds on
/// which side of `passed` they end: it need not be told where `item` has come to.
template <Sifter::Way way> std::int64_t Sifter::passCost(std::uint32_t item, std::uint32_t passed) const
{
    const std::uint32_t upper = m_slot[way == Way::Down ? item : passed];
    const std::uint32_t lower = m_slot[way == Way::Down ? passed : item];
    std::int64_t cost
        = sideCost(m_left, m_leftStart, upper, lower) + sideCost(m_right, m_rightStart, upper, lower);
    const auto bonds = [&](std::uint32_t own, std::uint32_t other, bool towardsEndBelow) {
        for (const std::uint32_t k : m_graph.bondsAt(own)) {
            const Bond& bond = m_graph.bonds[k];
            const std::uint32_t end = bond.from == own ? bond.to : bond.from;
            if (end == other)
                continue;
            const bool nearer = (m_graph.position[end] > m_graph.position[passed]) == towardsEndBelow;
            const std::int64_t between = bond.weight * (m_rightWeight[m_slot[other]] + 1);
            cost += nearer ? -between : between;
        }
    };
    bonds(item, passed, way == Way::Down);
    bonds(passed, item, way == Way::Up);
    return cost;
}

std::int64_t Sifter::sideCost(const std::vector<Reach>& reach, const std::vector<std::uint32_t>& start,
    std::uint32_t upper, std::uint32_t lower)
{
    const Reach *a = reach.data() + start[upper], *aEnd = reach.data() + start[upper + 1];
    const Reach *b = reach.data() + start[lower], *bEnd = reach.data() + start[lower + 1];
    std::int64_t cost = 0;
    constexpr std::ptrdiff_t few = 4;
    if (aEnd - a <= few && bEnd - b <= few) {
        for (const Reach* k = a; k != aEnd; ++k)
            for (const Reach* l = b; l != bEnd; ++l)
                cost += std::int64_t(k->weight) * l->weight
                    * ((k->position < l->position) - (k->position > l->position));
        return cost;
    }
    std::int64_t total = 0;
    for (const Reach* k = a; k != aEnd; ++k)
        total += k->weight;
    std::int64_t above = 0, upTo = 0; // weight of the upper's arms that end above b's end, or at it as well
    const Reach* c = a;
    for (; b != bEnd; ++b) {
        for (; a != aEnd && a->position < b->position; ++a)
            above += a->weight;
        for (; c != aEnd && c->position <= b->position; ++c)
            upTo += c->weight;
        cost += b->weight * (above - (total - upTo));
    }
    return cost;
}

void Sifter::move(std::vector<std::uint32_t>& order, std::size_t from, std::size_t to)
{
    const auto at = [&](std::size_t k) { return order.begin() + static_cast<std::ptrdiff_t>(k); };
    if (from < to)
        std::rotate(at(from), at(from + 1), at(to + 1));
    else
        std::rotate(at(to), at(from), at(from + 1));
    for (std::size_t k = std::min(from, to); k <= std::max(from, to); ++k)
        m_graph.position[order[k]] = static_cast<std::uint32_t>(k);
}

std::int64_t Sifter::transpose(std::uint32_t column)
{
    gather(column);
    std::vector<std::uint32_t>& order = m_graph.columns[column].order;
    std::int64_t gain = 0;
    const auto attempt = [&](std::size_t at) {
        if (!maySwap(order[at], order[at + 1]))
            return;
        const std::int64_t cost = passCost<Way::Down>(order[at], order[at + 1]);
        if (cost >= 0)
            return;
        gain -= cost;
        move(order, at, at + 1);
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
        std::size_t best = home;
        std::int64_t cost = 0, least = 0;
        // Where it has become this much dearer, it seldom gets better beyond.
        const std::int64_t dear = 3 * m_weight[m_slot[item]] + 6;
        for (std::size_t at = home + 1; at < order.size() && at <= home + reach && maySwap(item, order[at]);
             ++at) {
            cost += passCost<Way::Down>(item, order[at]);
            if (cost < least) {
                least = cost;
                best = at;
            } else if (cost > least + dear)
                break;
        }
        cost = 0;
        for (std::size_t at = home; at-- > 0 && at + reach >= home && maySwap(order[at], item);) {
            cost += passCost<Way::Up>(item, order[at]);
            if (cost < least) {
                least = cost;
                best = at;
            } else if (cost > least + dear)
                break;
        }
        if (best != home)
            move(order, home, best);
        gain -= least;
    }
    return gain;
}

} // namespace glacis::layout
