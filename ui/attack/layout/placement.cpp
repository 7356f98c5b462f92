// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <attack/layout/placement.h>

#include <algorithm>
#include <cmath>

#include <attack/layout/alignment.h>
#include <attack/layout/isotonic.h>

namespace glacis::layout {

namespace {

    class Placer {
    public:
        Placer(Layered& graph, const LaneInput& input, const LaneConfig& config, const StopToken& stop)
            : m_graph(graph)
            , m_input(input)
            , m_config(config)
            , m_stop(stop)
            , m_origin(config.top + config.margin)
        {
        }

        double run()
        {
            uprightLabels();
            measure();
            for (std::uint32_t c = 0; c < m_graph.columns.size(); ++c) {
                chooseGap(c);
                separate(c);
                start(c);
            }
            constexpr int rounds = 24;
            const auto columns = static_cast<std::uint32_t>(m_graph.columns.size());
            for (int round = 0; round < rounds; ++round)
                for (std::uint32_t k = 0; k < columns && !m_stop.stopRequested(); ++k)
                    settle(round % 2 == 0 ? k : columns - 1 - k);
            alignNearlyStraight(m_graph, m_apart, m_least, m_height, m_stop);
            if (!m_pinnedAny)
                centre();
            for (Item& item : m_graph.items)
                item.y = std::floor(item.y + 0.5 + 1e-6);
            return m_height;
        }

    private:
        /// Labels of straight lines between neighbours stand one below the other, under the upper card.
        void uprightLabels()
        {
            m_below.assign(m_graph.items.size(), 0);
            for (const Bond& b : m_graph.bonds) {
                const LaneEdge& e = m_input.edges[b.edge];
                if (!b.upright || !wantsLabel(e))
                    continue;
                const std::uint32_t upper = m_graph.position[b.from] < m_graph.position[b.to] ? b.from : b.to;
                m_below[upper] += e.labelHeight + m_config.edgeGap / 2;
            }
        }

        [[nodiscard]] bool isCard(std::uint32_t i) const { return m_graph.items[i].kind == Item::Card; }

        /// Least distance of two neighbours' boxes in a column that keeps `gap` between cards.
        [[nodiscard]] double between(std::uint32_t upper, std::uint32_t lower, double gap) const
        {
            const bool a = isCard(upper), b = isCard(lower);
            const double least = a && b ? gap
                : a || b                ? std::max(m_config.edgeGap, gap / 2)
                                        : m_config.edgeGap;
            return std::max(least, m_below[upper] > 0 ? m_below[upper] + m_config.edgeGap / 2 : 0);
        }
        [[nodiscard]] double distance(std::uint32_t upper, std::uint32_t lower, double gap) const
        {
            const Item &a = m_graph.items[upper], &b = m_graph.items[lower];
            // Whole pixels, so that rounding keeps the distance.
            return std::ceil(a.height / 2 + between(upper, lower, gap) + b.above + b.height / 2 - 1e-9);
        }
        [[nodiscard]] double need(const Column& c, double gap) const
        {
            if (c.order.empty())
                return 0;
            const Item &first = m_graph.items[c.order.front()], &last = m_graph.items[c.order.back()];
            double sum = first.above + first.height / 2 + last.height / 2;
            for (std::size_t k = 0; k + 1 < c.order.size(); ++k)
                sum += distance(c.order[k], c.order[k + 1], gap);
            return sum;
        }

        void measure()
        {
            double tallest = 0;
            for (const Column& c : m_graph.columns)
                tallest = std::max(tallest, need(c, m_config.nodeGap));
            const double slack
                = std::min(tallest * 0.15, 240.0); // so that a full lane may still move a little
            const double room = m_config.height - m_origin - m_config.margin;
            m_height = std::ceil(std::max(room, tallest + slack));
            for (const Item& item : m_graph.items)
                if (item.pinned) {
                    m_pinnedAny = true;
                    m_height = std::max(m_height, item.before - m_origin + item.height / 2);
                }
        }

        /// The widest gap up to the configured one that fits; a part of it may be given up to stand straight.
        void chooseGap(std::uint32_t c)
        {
            Column& column = m_graph.columns[c];
            double low = m_config.nodeGap, high = m_config.spread;
            const bool pinned
                = std::ranges::any_of(column.order, [&](std::uint32_t i) { return m_graph.items[i].pinned; });
            if (pinned || need(column, low) >= m_height)
                high = low;
            for (int step = 0; step < 12 && high > low && need(column, high) > m_height; ++step) {
                // Distances grow linearly, but for rounding and the least distance of edges.
                const double at = (low + high) / 2;
                (need(column, at) > m_height ? high : low) = at;
            }
            const double widest = need(column, high) > m_height ? low : high;
            m_ease.push_back(widest);
            constexpr double kept = 0.6;
            column.gap = m_config.nodeGap + kept * (widest - m_config.nodeGap);
        }

        void separate(std::uint32_t c)
        {
            m_apart.resize(m_graph.items.size(), 0);
            m_least.resize(m_graph.items.size(), 0);
            const Column& column = m_graph.columns[c];
            for (std::size_t k = 1; k < column.order.size(); ++k) {
                const std::uint32_t upper = column.order[k - 1], lower = column.order[k];
                m_apart[lower] = distance(upper, lower, column.gap);
                m_least[lower] = distance(upper, lower, m_config.nodeGap);
            }
        }

        /// Evenly, in the middle of the room; those of before where they were and the others between them.
        void start(std::uint32_t c)
        {
            m_anchor.resize(m_graph.items.size(), 0);
            const Column& column = m_graph.columns[c];
            double y = (m_height - need(column, m_ease[c])) / 2;
            for (std::size_t k = 0; k < column.order.size(); ++k) {
                const Item& item = m_graph.items[column.order[k]];
                y += k == 0 ? item.above + item.height / 2
                            : distance(column.order[k - 1], column.order[k], m_ease[c]);
                m_anchor[column.order[k]] = y;
            }
            double last = std::numeric_limits<double>::quiet_NaN();
            for (const std::uint32_t i : column.order) {
                Item& item = m_graph.items[i];
                if (item.pinned)
                    m_anchor[i] = last = item.before - m_origin;
                else if (!std::isnan(last))
                    m_anchor[i] = last += m_apart[i];
                item.y = m_anchor[i];
            }
        }

        /// Puts a column's items as near as can be to the mean of what they are joined to.
        void settle(std::uint32_t c)
        {
            const std::vector<std::uint32_t>& order = m_graph.columns[c].order;
            if (order.empty())
                return;
            m_want.clear();
            m_weight.clear();
            double offset = 0;
            for (const std::uint32_t i : order) {
                offset += m_want.empty() ? 0 : m_apart[i];
                const auto [want, weight] = wish(i);
                m_want.push_back(want - offset);
                m_weight.push_back(weight);
            }
            m_isotonic.fit(m_want, m_weight);
            const Item &first = m_graph.items[order.front()], &last = m_graph.items[order.back()];
            const double least = first.above + first.height / 2;
            const double most = std::max(least, m_height - last.height / 2 - offset);
            offset = 0;
            for (std::size_t k = 0; k < order.size(); ++k) {
                offset += k == 0 ? 0 : m_apart[order[k]];
                m_graph.items[order[k]].y = std::clamp(m_want[k], least, most) + offset;
            }
        }

        struct Wish {
            double y, weight;
        };
        [[nodiscard]] Wish wish(std::uint32_t i) const
        {
            const Item& item = m_graph.items[i];
            constexpr double fast = 1e4, faint = 0.12;
            if (item.pinned)
                return { m_anchor[i], fast };
            double sum = 0, weight = 0;
            const auto pull = [&](const Arm& arm, double otherPort, double ownPort) {
                const Item& other = m_graph.items[arm.item];
                // Long edges bend last where they pass (Gansner and others 1993, 4.2).
                const double calm
                    = (item.kind != Item::Card ? 2.5 : 1) * (other.kind != Item::Card ? 2.5 : 1);
                const double w = calm * arm.weight;
                sum += w * (other.y + otherPort - ownPort);
                weight += w;
            };
            for (const Arm& a : m_graph.lefts(i))
                pull(a, m_graph.joints[a.joint].leftPort, m_graph.joints[a.joint].rightPort);
            for (const Arm& a : m_graph.rights(i))
                pull(a, m_graph.joints[a.joint].rightPort, m_graph.joints[a.joint].leftPort);
            const double hold = item.kind == Item::Card ? faint : faint / 20;
            return { (sum + hold * m_anchor[i]) / (weight + hold), weight + hold };
        }

        void centre()
        {
            double top = m_height, bottom = 0;
            for (const Item& item : m_graph.items) {
                top = std::min(top, item.y - item.height / 2 - item.above);
                bottom = std::max(bottom, item.y + item.height / 2);
            }
            const double room = std::max(0.0, m_config.height - m_origin - m_config.margin);
            m_height = std::max(room, bottom - top);
            const double shift = std::floor((m_height - (bottom - top)) / 2) - top;
            for (Item& item : m_graph.items)
                item.y += shift;
        }

        Layered& m_graph;
        const LaneInput& m_input;
        const LaneConfig& m_config;
        const StopToken& m_stop;
        double m_origin, m_height = 0;
        bool m_pinnedAny = false;
        Isotonic m_isotonic;
        std::vector<double> m_below; ///< by item: room for labels under it
        std::vector<double> m_apart; ///< by item: distance of its middle from the one above that is kept
        std::vector<double> m_least; ///< by item: the same where cards stand as near as they may
        std::vector<double> m_anchor; ///< by item: where it stands when nothing pulls
        std::vector<double> m_ease; ///< by column: gap when evenly spread
        std::vector<double> m_want, m_weight;
    };

}

double placeItems(Layered& graph, const LaneInput& input, const LaneConfig& config, const StopToken& stop)
{
    return graph.items.empty() ? 0 : Placer(graph, input, config, stop).run();
}

} // namespace glacis::layout
