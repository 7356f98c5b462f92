// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <attack/layout/ordering.h>

#include <algorithm>
#include <utility>

#include <attack/layout/isotonic.h>
#include <attack/layout/sifting.h>

namespace glacis::layout {

namespace {

    using Orders = std::vector<std::vector<std::uint32_t>>;

    /// Sums of a growing set of numbers (Fenwick 1994): add and sum in logarithmic time.
    class PrefixSums {
    public:
        void reset(std::size_t size) { m_sums.assign(size + 1, 0); }
        void add(std::size_t at, std::uint64_t amount)
        {
            for (++at; at < m_sums.size(); at += at & (~at + 1))
                m_sums[at] += amount;
        }
        /// Of the places 0 to at.
        [[nodiscard]] std::uint64_t upTo(std::size_t at) const
        {
            std::uint64_t sum = 0;
            for (++at; at > 0; at &= at - 1)
                sum += m_sums[at];
            return sum;
        }

    private:
        std::vector<std::uint64_t> m_sums;
    };

    /// Crossings between a column and the next (Barth, Jünger, Mutzel 2002).
    std::uint64_t crossingsAfter(const Layered& g, std::uint32_t column, PrefixSums& sums)
    {
        sums.reset(g.columns[column + 1].order.size());
        std::uint64_t total = 0, crossed = 0;
        for (const std::uint32_t i : g.columns[column].order) {
            for (const Arm& a : g.rights(i))
                crossed += static_cast<std::uint64_t>(a.weight) * (total - sums.upTo(g.position[a.item]));
            for (const Arm& a : g.rights(i)) {
                sums.add(g.position[a.item], static_cast<std::uint64_t>(a.weight));
                total += static_cast<std::uint64_t>(a.weight);
            }
        }
        return crossed;
    }

    std::uint64_t bondCost(const Layered& g)
    {
        if (g.bondsOf.empty())
            return 0;
        std::vector<std::uint64_t> above(
            g.items.size()); // what a bracket from the top to the item would pass
        for (const Column& c : g.columns) {
            std::uint64_t sum = 0;
            for (const std::uint32_t i : c.order) {
                above[i] = sum;
                for (const Arm& a : g.rights(i))
                    sum += static_cast<std::uint64_t>(a.weight);
                ++sum;
            }
        }
        std::uint64_t cost = 0;
        for (const Bond& b : g.bonds) {
            if (b.from == b.to)
                continue;
            const bool down = g.position[b.from] < g.position[b.to];
            const std::uint32_t upper = down ? b.from : b.to, lower = down ? b.to : b.from;
            std::uint64_t own = 1;
            for (const Arm& a : g.rights(upper))
                own += static_cast<std::uint64_t>(a.weight);
            cost += static_cast<std::uint64_t>(b.weight) * (above[lower] - above[upper] - own);
        }
        return cost;
    }

    /// A fixed sequence of pseudo random numbers: shuffles that are the same in every run.
    class Dice {
    public:
        std::uint32_t below(std::size_t limit)
        {
            m_state = m_state * 6364136223846793005ULL + 1442695040888963407ULL;
            return static_cast<std::uint32_t>((m_state >> 33) % limit);
        }

    private:
        std::uint64_t m_state = 20240229;
    };

    class Orderer {
    public:
        Orderer(Layered& graph, const StopToken& stop)
            : m_graph(graph)
            , m_stop(stop)
            , m_sifter(graph)
        {
        }

        void asGiven()
        {
            for (Item& item : m_graph.items)
                m_pinned.push_back(item.pinned || item.kind == Item::Card);
            for (std::uint32_t c = 1; c < m_graph.columns.size(); ++c)
                sweepColumn(c, Side::Left, false);
            m_pinned.clear();
        }

        void run(int sweeps)
        {
            for (const Item& item : m_graph.items)
                m_pinned.push_back(item.pinned);
            m_best = orders();
            m_leastCost = cost();
            const std::size_t size = m_graph.items.size() + m_graph.joints.size();
            const bool anyPinned = std::ranges::find(m_pinned, char(1)) != m_pinned.end();
            // Small graphs are worth several starts: what is best then is found in a millisecond.
            const int starts = anyPinned ? 1 : size < 150 ? 16 : size < 400 ? 6 : size < 900 ? 2 : 1;
            const Orders given = m_best;
            for (int start = 0; start < starts && !stopped(); ++start) {
                if (start > 0) {
                    restore(given);
                    shuffle(start);
                }
                improve(sweeps, start % 2 == 1);
            }
            restore(m_best);
        }

    private:
        enum class Side { Left, Right };

        bool stopped() const { return m_stop.stopRequested(); }
        std::uint64_t cost() { return orderCost(m_graph); }
        Orders orders() const
        {
            Orders all;
            for (const Column& c : m_graph.columns)
                all.push_back(c.order);
            return all;
        }
        void restore(const Orders& all)
        {
            for (std::uint32_t c = 0; c < all.size(); ++c) {
                m_graph.columns[c].order = all[c];
                m_graph.numberPositions(c);
            }
        }
        void shuffle(int start)
        {
            // The first time depth first from the top, so that trees stand untangled; then at random.
            std::vector<std::uint32_t> rank(m_graph.items.size());
            if (start == 1)
                depthFirst(rank);
            else
                for (std::uint32_t& r : rank)
                    r = m_dice.below(1u << 20);
            for (std::uint32_t c = 0; c < m_graph.columns.size(); ++c) {
                std::ranges::stable_sort(
                    m_graph.columns[c].order, {}, [&](std::uint32_t i) { return rank[i]; });
                m_graph.numberPositions(c);
            }
        }
        void depthFirst(std::vector<std::uint32_t>& rank) const
        {
            std::vector<char> seen(m_graph.items.size(), 0);
            std::vector<std::uint32_t> stack;
            std::uint32_t next = 0;
            const auto from = [&](std::uint32_t root) {
                stack.push_back(root);
                while (!stack.empty()) {
                    const std::uint32_t i = stack.back();
                    stack.pop_back();
                    if (seen[i])
                        continue;
                    seen[i] = 1;
                    rank[i] = next++;
                    for (const Arm& a : m_graph.rights(i))
                        stack.push_back(a.item);
                    for (const Arm& a : m_graph.lefts(i))
                        stack.push_back(a.item);
                    for (const std::uint32_t k : m_graph.bondsAt(i))
                        stack.push_back(
                            m_graph.bonds[k].from == i ? m_graph.bonds[k].to : m_graph.bonds[k].from);
                }
            };
            for (const Column& c : m_graph.columns)
                for (const std::uint32_t i : c.order)
                    from(i);
        }

        void improve(int sweeps, bool rightFirst)
        {
            const auto columns = static_cast<std::uint32_t>(m_graph.columns.size());
            const std::size_t size = m_graph.items.size() + m_graph.joints.size();
            const int transposeEvery = size < 2000 ? 1 : 4;
            Orders best = orders(); // of this start
            std::uint64_t least = cost();
            int inVain = 0;
            for (int s = 0; s < sweeps && inVain < 6 && !stopped(); ++s) {
                const bool rightwards = (s % 2 == 0) != rightFirst;
                for (std::uint32_t k = 1; k < columns && !stopped(); ++k)
                    if (rightwards)
                        sweepColumn(k, Side::Left, s % 4 >= 2);
                    else
                        sweepColumn(columns - 1 - k, Side::Right, s % 4 >= 2);
                if (s % transposeEvery == transposeEvery - 1 || columns == 1)
                    transposeAll(size < 400 ? 2 : 1);
                ++inVain;
                if (const std::uint64_t now = cost(); now < least) {
                    least = now;
                    best = orders();
                    inVain = 0;
                }
            }
            restore(best);
            // Bounded by what may be spent, in swaps looked at: 32 for each item, more for few.
            const std::size_t reach = std::max<std::size_t>(16, 30000 / (m_graph.items.size() + 1));
            for (int round = 0; round < 4 && !stopped(); ++round) {
                std::int64_t gain = 0;
                for (std::uint32_t k = 0; k < columns && !stopped(); ++k)
                    gain += m_sifter.sift(round % 2 == 0 ? k : columns - 1 - k, reach);
                if (!unbraid() && gain == 0)
                    break;
                transposeAll(2);
            }
            keepIfBest();
        }

        /// Two long edges that run side by side and cross at both ends do so in vain. No step above sees it:
        /// to move either in one column alone changes nothing.
        bool unbraid()
        {
            bool any = false;
            for (const Column& c : m_graph.columns)
                for (std::size_t at = 0; at + 1 < c.order.size(); ++at)
                    any = unbraidFrom(c.order[at], c.order[at + 1]) || any;
            return any;
        }
        bool unbraidFrom(std::uint32_t upper, std::uint32_t lower)
        {
            if (!runOn(upper, lower))
                return false;
            const auto inOrder = [&](std::uint32_t a, std::uint32_t b) {
                return (m_graph.position[a] < m_graph.position[b])
                    - (m_graph.position[a] > m_graph.position[b]);
            };
            std::uint32_t a = m_graph.lefts(upper)[0].item, b = m_graph.lefts(lower)[0].item;
            if (runOn(a, b))
                return false; // begins further left
            int crossed = -inOrder(a, b);
            m_run.clear();
            for (a = upper, b = lower; runOn(a, b);
                 a = m_graph.rights(a)[0].item, b = m_graph.rights(b)[0].item)
                m_run.push_back(a);
            crossed -= inOrder(a, b);
            if (crossed <= 0)
                return false;
            for (const std::uint32_t i : m_run) {
                std::vector<std::uint32_t>& order = m_graph.columns[m_graph.items[i].column].order;
                const std::uint32_t at = m_graph.position[i];
                std::swap(order[at], order[at + 1]);
                m_graph.position[order[at]] = at;
                m_graph.position[order[at + 1]] = at + 1;
            }
            return true;
        }
        /// Whether both are passes or labels, one right below the other.
        [[nodiscard]] bool runOn(std::uint32_t upper, std::uint32_t lower) const
        {
            return m_graph.items[upper].kind != Item::Card && m_graph.items[lower].kind != Item::Card
                && m_graph.position[lower] == m_graph.position[upper] + 1;
        }

        void transposeAll(int rounds)
        {
            for (int round = 0; round < rounds; ++round) {
                std::int64_t gain = 0;
                for (std::uint32_t c = 0; c < m_graph.columns.size() && !stopped(); ++c)
                    gain += m_sifter.transpose(c);
                if (gain == 0)
                    break;
            }
        }
        void keepIfBest()
        {
            const std::uint64_t now = cost();
            if (now >= m_leastCost)
                return;
            m_leastCost = now;
            m_best = orders();
        }

        /// Sorts a column by the mean place of what its items are joined to at one side.
        void sweepColumn(std::uint32_t column, Side side, bool tiesTurn)
        {
            std::vector<std::uint32_t>& order = m_graph.columns[column].order;
            const std::uint32_t beside = side == Side::Left ? column - 1 : column + 1;
            const double scale = static_cast<double>(m_graph.columns[beside].order.size())
                / static_cast<double>(std::max<std::size_t>(order.size(), 1));
            m_keys.clear();
            for (const std::uint32_t i : order) {
                std::int64_t sum = 0, weight = 0;
                for (const Arm& a : side == Side::Left ? m_graph.lefts(i) : m_graph.rights(i)) {
                    sum += static_cast<std::int64_t>(a.weight) * m_graph.position[a.item];
                    weight += a.weight;
                }
                auto want = static_cast<double>(sum), heft = static_cast<double>(weight);
                for (const std::uint32_t k : m_graph.bondsAt(i)) {
                    const Bond& b = m_graph.bonds[k];
                    want += b.weight * scale * m_graph.position[b.from == i ? b.to : b.from];
                    heft += b.weight;
                }
                const double at = m_graph.position[i];
                m_keys.push_back({ heft > 0 ? want / heft : at * scale, tiesTurn ? -at : at, i });
            }
            keepPinned();
            std::ranges::sort(m_keys, [](const Key& a, const Key& b) {
                return a.value != b.value ? a.value < b.value : a.tie < b.tie;
            });
            for (std::size_t k = 0; k < order.size(); ++k)
                order[k] = m_keys[k].item;
            m_graph.numberPositions(column);
        }

        /// The wishes of items that must keep their order, made to rise in it.
        void keepPinned()
        {
            m_wishes.clear();
            for (const Key& k : m_keys)
                if (m_pinned[k.item])
                    m_wishes.push_back(k.value);
            if (m_wishes.empty())
                return;
            m_ones.assign(m_wishes.size(), 1);
            m_isotonic.fit(m_wishes, m_ones);
            auto wish = m_wishes.begin();
            for (Key& k : m_keys)
                if (m_pinned[k.item]) {
                    k.value = *wish++;
                    k.tie = m_graph.position[k.item];
                }
        }

        struct Key {
            double value, tie;
            std::uint32_t item;
        };

        Layered& m_graph;
        const StopToken& m_stop;
        Sifter m_sifter;
        Isotonic m_isotonic;
        std::vector<Key> m_keys;
        std::vector<double> m_wishes, m_ones;
        std::vector<char> m_pinned;
        std::vector<std::uint32_t> m_run;
        Orders m_best;
        std::uint64_t m_leastCost = 0;
        Dice m_dice;
    };

}

std::uint64_t orderCost(const Layered& graph)
{
    std::uint64_t cost = bondCost(graph);
    PrefixSums sums;
    for (std::uint32_t c = 0; c + 1 < graph.columns.size(); ++c)
        cost += crossingsAfter(graph, c, sums);
    return cost;
}

void orderAsGiven(Layered& graph)
{
    if (!graph.items.empty())
        Orderer(graph, {}).asGiven();
}

void orderItems(Layered& graph, int sweeps, const StopToken& stop)
{
    if (!graph.items.empty())
        Orderer(graph, stop).run(sweeps);
}

} // namespace glacis::layout
