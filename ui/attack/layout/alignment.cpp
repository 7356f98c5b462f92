// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <attack/layout/alignment.h>

#include <algorithm>
#include <cmath>
#include <optional>

namespace glacis::layout {

namespace {

    class Aligner {
    public:
        Aligner(Layered& graph, const std::vector<double>& apart, const std::vector<double>& least,
            double height, const StopToken& stop)
            : m_graph(graph)
            , m_apart(apart)
            , m_least(least)
            , m_height(height)
            , m_stop(stop)
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
                if (!m_stop.stopRequested())
                    align(m_graph.joints[c.joint], isHeavy(m_graph.joints[c.joint]));
            // What is left of small steps is worth standing as near as may be.
            constexpr double small = 8;
            for (const Candidate& c : candidates)
                if (std::abs(stepOf(m_graph.joints[c.joint])) <= small && !m_stop.stopRequested())
                    align(m_graph.joints[c.joint], true);
        }

    private:
        static bool isHeavy(const Joint& j) { return j.weight >= 4; }

        [[nodiscard]] double stepOf(const Joint& j) const
        {
            return m_graph.items[j.right].y + j.rightPort - m_graph.items[j.left].y - j.leftPort;
        }

        void align(const Joint& j, bool closely)
        {
            const std::uint32_t a = m_block[j.left], b = m_block[j.right];
            constexpr std::size_t large = 64; // so that the work stays bounded
            if (a == b || m_blocks[a].size() + m_blocks[b].size() > large)
                return;
            const double step = stepOf(j);
            const std::optional<double> part = leftPart(a, b, step, closely);
            if (!part)
                return;
            move(a, *part);
            move(b, *part - step);
            for (const std::uint32_t i : m_blocks[b])
                m_block[i] = a;
            m_blocks[a].insert(m_blocks[a].end(), m_blocks[b].begin(), m_blocks[b].end());
            m_blocks[b].clear();
        }

        /// How far the left block moves to meet the right one, which takes the rest of the step, if there is
        /// room.
        [[nodiscard]] std::optional<double> leftPart(
            std::uint32_t a, std::uint32_t b, double step, bool closely) const
        {
            constexpr double little = 20; // further, cards are not moved to straighten what merely passes
            constexpr double rounding = 1e-6;
            const double most = std::abs(step), sign = step > 0 ? 1 : -1;
            const bool cardsMay = closely || most <= little;
            const double roomLeft = cardsMay || !holdsCard(a) ? room(a, step > 0, closely) : 0;
            const double roomRight = cardsMay || !holdsCard(b) ? room(b, step < 0, closely) : 0;
            if (shareColumn(a, b)) { // both at once might meet
                if (roomRight + rounding >= most)
                    return 0;
                return roomLeft + rounding >= most ? std::optional(step) : std::nullopt;
            }
            if (roomLeft + roomRight + rounding < most)
                return {};
            const auto sizeLeft = static_cast<double>(m_blocks[a].size());
            const auto sizeRight = static_cast<double>(m_blocks[b].size());
            const double even = most * sizeRight / (sizeLeft + sizeRight);
            return sign * std::max(std::min(even, roomLeft), most - roomRight);
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
        [[nodiscard]] double room(std::uint32_t block, bool down, bool closely) const
        {
            const std::vector<double>& apart = closely ? m_least : m_apart;
            double least = m_height;
            for (const std::uint32_t i : m_blocks[block]) {
                const Item& item = m_graph.items[i];
                if (item.pinned)
                    return 0;
                const std::vector<std::uint32_t>& order = m_graph.columns[item.column].order;
                const std::uint32_t at = m_graph.position[i];
                double free = 0;
                if (down && at + 1 < order.size() && m_block[order[at + 1]] == block)
                    continue;
                if (!down && at > 0 && m_block[order[at - 1]] == block)
                    continue;
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
        const StopToken& m_stop;
        std::vector<std::vector<std::uint32_t>> m_blocks;
        std::vector<std::uint32_t> m_block;
    };

}

void alignNearlyStraight(Layered& graph, const std::vector<double>& apart, const std::vector<double>& least,
    double height, const StopToken& stop)
{
    Aligner(graph, apart, least, height, stop).run();
}

} // namespace glacis::layout
