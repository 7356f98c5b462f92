// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <attack/layout/alignment.h>

#include <algorithm>
#include <cmath>

namespace glacis::layout {

namespace {

    class Aligner {
    public:
        Aligner(
            Layered& graph, const std::vector<double>& apart, const std::vector<double>& least, double height)
            : m_graph(graph)
            , m_apart(apart)
            , m_least(least)
            , m_height(height)
        {
        }
        void run()
        {
            m_blocks.resize(m_graph.items.size());
            m_block.resize(m_graph.items.size());
            for (std::uint32_t i = 0; i < m_graph.items.size(); ++i) {
                m_blocks[i].assign(1, i);
                m_block[i] = i;
            }
            struct Candidate {
                int weight, cards;
                double step;
                std::uint32_t joint;
            };
            std::vector<Candidate> candidates;
            for (std::uint32_t k = 0; k < m_graph.joints.size(); ++k) {
                const Joint& j = m_graph.joints[k];
                const int cards = (m_graph.items[j.left].kind == Item::Card ? 1 : 0)
                    + (m_graph.items[j.right].kind == Item::Card ? 1 : 0);
                const double step = std::abs(stepOf(j));
                // Further for those that the eye follows. An edge that merely passes may go anywhere: it
                // turns once, not in steps.
                if (cards < 2 || step <= (isHeavy(j) ? 80 : 14))
                    candidates.push_back({ j.weight, cards, step, k });
            }
            std::ranges::sort(candidates, [](const Candidate& a, const Candidate& b) {
                if (a.weight != b.weight)
                    return a.weight > b.weight;
                if (a.cards != b.cards)
                    return a.cards < b.cards;
                return a.step != b.step ? a.step < b.step : a.joint < b.joint;
            });
            for (const Candidate& c : candidates)
                align(m_graph.joints[c.joint]);
        }

    private:
        static bool isHeavy(const Joint& j) { return j.weight >= 4; }

        [[nodiscard]] double stepOf(const Joint& j) const
        {
            return m_graph.items[j.right].y + j.rightPort - m_graph.items[j.left].y - j.leftPort;
        }

        void align(const Joint& j)
        {
            const std::uint32_t a = m_block[j.left], b = m_block[j.right];
            const double step = stepOf(j);
            if (a == b || shareColumn(a, b))
                return;
            // The left block moves by a part of the step, the right one by the rest the other way.
            const double most = std::abs(step);
            double roomLeft = room(a, step > 0, isHeavy(j)), roomRight = room(b, step < 0, isHeavy(j));
            constexpr double little = 20; // further, cards are not moved to straighten what merely passes
            if (most > little && !isHeavy(j)) {
                roomLeft = holdsCard(a) ? 0 : roomLeft;
                roomRight = holdsCard(b) ? 0 : roomRight;
            }
            constexpr double rounding = 1e-6;
            if (roomLeft + roomRight + rounding < most)
                return;
            const auto left = static_cast<double>(m_blocks[a].size()),
                       right = static_cast<double>(m_blocks[b].size());
            const double even = most * right / (left + right);
            const double part = std::max(std::min(even, roomLeft), most - roomRight);
            move(a, step > 0 ? part : -part);
            move(b, step > 0 ? part - most : most - part);
            for (const std::uint32_t i : m_blocks[b])
                m_block[i] = a;
            m_blocks[a].insert(m_blocks[a].end(), m_blocks[b].begin(), m_blocks[b].end());
            m_blocks[b].clear();
        }

        [[nodiscard]] bool shareColumn(std::uint32_t a, std::uint32_t b) const
        {
            return std::ranges::any_of(m_blocks[a], [&](std::uint32_t i) {
                return std::ranges::any_of(m_blocks[b],
                    [&](std::uint32_t k) { return m_graph.items[i].column == m_graph.items[k].column; });
            });
        }

        [[nodiscard]] bool holdsCard(std::uint32_t block) const
        {
            return std::ranges::any_of(
                m_blocks[block], [&](std::uint32_t i) { return m_graph.items[i].kind == Item::Card; });
        }

        /// How far a block may move down or up.
        [[nodiscard]] double room(std::uint32_t block, bool down, bool heavy) const
        {
            const std::vector<double>& apart = heavy ? m_least : m_apart;
            double least = m_height;
            for (const std::uint32_t i : m_blocks[block]) {
                const Item& item = m_graph.items[i];
                if (item.pinned)
                    return 0;
                const std::vector<std::uint32_t>& order = m_graph.columns[item.column].order;
                const std::uint32_t at = m_graph.position[i];
                double free = 0;
                if (down && at + 1 < order.size())
                    free = m_graph.items[order[at + 1]].y - apart[order[at + 1]] - item.y;
                else if (down)
                    free = m_height - item.height / 2 - item.y;
                else if (at > 0)
                    free = item.y - apart[i] - m_graph.items[order[at - 1]].y;
                else
                    free = item.y - item.height / 2 - item.above;
                least = std::min(least, std::max(0.0, free));
            }
            return least;
        }
        void move(std::uint32_t block, double by)
        {
            for (const std::uint32_t i : m_blocks[block])
                m_graph.items[i].y += by;
        }

        Layered& m_graph;
        const std::vector<double>&m_apart, &m_least;
        double m_height;
        std::vector<std::vector<std::uint32_t>> m_blocks;
        std::vector<std::uint32_t> m_block;
    };

}

void alignNearlyStraight(
    Layered& graph, const std::vector<double>& apart, const std::vector<double>& least, double height)
{
    Aligner(graph, apart, least, height).run();
}

} // namespace glacis::layout
