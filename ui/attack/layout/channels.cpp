// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <attack/layout/channels.h>

#include <algorithm>
#include <cmath>

namespace glacis::layout {

namespace {

    struct Stretch {
        std::uint32_t joint, left, right;
        double from, to; // y at both ends
        std::uint32_t track = 0;
        [[nodiscard]] double top() const { return std::min(from, to); }
        [[nodiscard]] double bottom() const { return std::max(from, to); }
        [[nodiscard]] double height() const { return bottom() - top(); }
    };

    constexpr double pad = 4; // straight at both ends of a turn

    class ChannelSetter {
    public:
        ChannelSetter(
            Layered& graph, const LaneInput& input, const LaneConfig& config, std::vector<Lane>& lanes)
            : m_graph(graph)
            , m_input(input)
            , m_config(config)
            , m_lanes(lanes)
        {
        }

        Channels run()
        {
            m_lanes.assign(m_input.lanes, {});
            setSlots();
            measure();
            fillWidth();
            stand();
            turnJoints();
            return std::move(m_channels);
        }

    private:
        void setSlots()
        {
            for (const Item& item : m_graph.items)
                if (item.kind != Item::Pass) {
                    Column& c = m_graph.columns[item.column];
                    c.boxes = std::max(c.boxes, item.width);
                }
            for (Column& c : m_graph.columns)
                c.width = std::ceil(c.boxes);
            for (const Bond& b : m_graph.bonds)
                if (const LaneEdge& e = m_input.edges[b.edge]; b.upright && wantsLabel(e)) {
                    Column& c = m_graph.columns[m_graph.items[b.from].column];
                    c.width = std::max(c.width, std::ceil(e.labelWidth));
                }
        }

        void measure()
        {
            const std::size_t columns = m_graph.columns.size();
            std::vector<std::vector<Stretch>> after(columns);
            for (std::uint32_t k = 0; k < m_graph.joints.size(); ++k) {
                const Joint& j = m_graph.joints[k];
                const Item &a = m_graph.items[j.left], &b = m_graph.items[j.right];
                after[a.column].push_back({ k, j.left, j.right, a.y + j.leftPort, b.y + j.rightPort });
            }
            m_track.assign(m_graph.joints.size(), 0);
            m_room.assign(columns, 0);
            m_most.assign(columns, 0);
            m_tracks.assign(columns, 0);
            for (std::uint32_t c = 0; c + 1 < columns; ++c) {
                const bool labels = m_graph.columns[c].lane == none || m_graph.columns[c + 1].lane == none;
                double steepest = 0;
                for (const Stretch& s : after[c])
                    steepest = std::max(steepest, s.height());
                const double base = labels ? std::max(m_config.laneGap * 0.7, 24.0) : m_config.laneGap;
                // Long falls look better when they are not quite upright.
                double width = base + std::clamp(steepest * 0.06, 0.0, base * 0.8);
                width = std::max(std::min(base, 36.0), width - m_graph.columns[c].brackets);
                assignTracks(after[c], width);
                for (const Stretch& s : after[c]) {
                    m_track[s.joint] = s.track;
                    m_tracks[c] = std::max(m_tracks[c], s.track);
                }
                m_tracks[c] = std::min(m_tracks[c], 24u);
                m_room[c] = std::ceil(width + m_tracks[c] * m_config.edgeGap)
                    + emptyBefore(c + 1) * m_config.laneGap / 2;
                m_most[c] = std::max(m_room[c], base * 3.5);
            }
        }

        /// Lanes without nodes between the column and the one before it.
        [[nodiscard]] double emptyBefore(std::uint32_t column) const
        {
            const std::uint32_t lane = m_graph.columns[column].lane;
            std::uint32_t empty = 0;
            if (lane != none)
                while (empty < lane && m_graph.columnOfLane[lane - 1 - empty] == none)
                    ++empty;
            return empty;
        }

        /// Steep stretches that run side by side turn one after the other. Of two that fall, the upper one
        /// must turn later, or they would cross twice; of two that rise, the lower one.
        ///
        ///     ──────╮            ──╮
        ///     ───╮  │            ──│─╮    wrong: the upper one turned first
        ///        │  ╰──            │ ╰──
        ///        ╰─────            ╰────
        void assignTracks(std::vector<Stretch>& all, double width) const
        {
            for (const bool falls : { true, false }) {
                std::vector<Stretch*> some;
                for (Stretch& s : all)
                    if (falls ? s.to > s.from : s.to < s.from)
                        some.push_back(&s);
                constexpr std::size_t most = 400; // beyond, no track would be wide enough to see
                if (some.size() > most)
                    continue;
                std::ranges::sort(some, [&](const Stretch* a, const Stretch* b) {
                    if (a->from != b->from)
                        return falls ? a->from > b->from : a->from < b->from;
                    if (a->to != b->to)
                        return falls ? a->to > b->to : a->to < b->to;
                    return a->joint < b->joint;
                });
                for (std::size_t later = 1; later < some.size(); ++later)
                    for (std::size_t k = 0; k < later; ++k) {
                        const Stretch &s = *some[later], &o = *some[k];
                        if (crossing(s, o) || s.top() > o.bottom() || o.top() > s.bottom())
                            continue;
                        some[later]->track
                            = std::max(some[later]->track, o.track + (wouldTouch(s, o, width) ? 1 : 0));
                    }
            }
        }
        static bool crossing(const Stretch& a, const Stretch& b)
        {
            return (a.from < b.from && a.to > b.to) || (a.from > b.from && a.to < b.to);
        }
        [[nodiscard]] bool wouldTouch(const Stretch& a, const Stretch& b, double width) const
        {
            const double start = std::abs(a.from - b.from), end = std::abs(a.to - b.to);
            if ((a.left == b.left || a.right == b.right) && std::max(start, end) > 3 * m_config.edgeGap)
                return false; // from one card they part like branches
            constexpr double visible = 24, steep = 40;
            const double shared = std::min(a.bottom(), b.bottom()) - std::max(a.top(), b.top());
            const double height = std::min(a.height(), b.height());
            if (shared < visible || height < steep)
                return false;
            const double apart = (start + end) / 2;
            return apart * width / (2 * height) < m_config.edgeGap * 0.7;
        }

        void fillWidth()
        {
            double needed = 2 * m_config.margin + leading() + trailing();
            for (std::size_t c = 0; c < m_graph.columns.size(); ++c)
                needed += m_graph.columns[c].width + m_graph.columns[c].brackets + m_room[c];
            double extra = std::floor(m_config.width - needed);
            for (int round = 0; round < 4 && extra >= 1; ++round) {
                double open = 0;
                for (std::size_t c = 0; c < m_room.size(); ++c)
                    open += m_room[c] < m_most[c] ? 1 : 0;
                const double share = open > 0 ? std::floor(extra / open) : 0;
                if (share < 1)
                    break;
                for (std::size_t c = 0; c < m_room.size(); ++c) {
                    const double more = std::floor(std::min(share, m_most[c] - m_room[c]));
                    m_room[c] += more;
                    extra -= more;
                }
            }
            m_shift = std::max(0.0, std::floor(extra / 2));
        }
        [[nodiscard]] double leading() const
        {
            return m_graph.columns.empty() ? 0 : emptyBefore(0) * m_config.laneGap / 2;
        }
        [[nodiscard]] double trailing() const
        {
            std::size_t empty = 0;
            while (empty < m_graph.columnOfLane.size()
                && m_graph.columnOfLane[m_graph.columnOfLane.size() - 1 - empty] == none)
                ++empty;
            return static_cast<double>(empty) * m_config.laneGap / 2;
        }

        void stand()
        {
            double x = m_config.margin + m_shift + leading();
            for (std::size_t c = 0; c < m_graph.columns.size(); ++c) {
                Column& column = m_graph.columns[c];
                column.x = x;
                x += column.width;
                if (column.lane != none)
                    m_lanes[column.lane] = { column.x + (column.width - column.boxes) / 2, column.boxes };
                m_channels.from.push_back(x + column.brackets);
                x = m_channels.from.back() + m_room[c];
                m_channels.to.push_back(x);
            }
            const double end = x;
            m_channels.right = end + trailing() + m_shift;
            // Those without nodes share what room there is before the next.
            double from = m_config.margin + m_shift;
            for (std::size_t lane = 0; lane < m_lanes.size();) {
                std::size_t next = lane;
                while (next < m_lanes.size() && m_graph.columnOfLane[next] == none)
                    ++next;
                const auto count = static_cast<double>(next - lane);
                const std::uint32_t column = next < m_lanes.size() ? m_graph.columnOfLane[next] : none;
                const double to = column == none ? m_channels.right - m_shift : m_graph.columns[column].x;
                for (std::size_t k = lane; k < next; ++k)
                    m_lanes[k]
                        = { std::round(from + (to - from) * static_cast<double>(k - lane + 1) / (count + 1)),
                              0 };
                if (column != none) {
                    const bool tags
                        = column + 1 < m_graph.columns.size() && m_graph.columns[column + 1].lane == none;
                    from = m_channels.from[column + (tags ? 1 : 0)];
                }
                lane = next + 1;
            }
        }

        void turnJoints()
        {
            m_channels.turn.assign(m_graph.joints.size(), 0);
            for (std::size_t c = 0; c < m_graph.columns.size(); ++c) {
                const double room = m_channels.to[c] - m_channels.from[c] - 2 * pad;
                const double tracks = m_tracks[c] * m_config.edgeGap;
                m_channels.reach.push_back(std::max(1.0, (room - tracks) / 2));
            }
            for (std::size_t k = 0; k < m_graph.joints.size(); ++k) {
                const std::uint32_t c = m_graph.items[m_graph.joints[k].left].column;
                const double track = std::min(m_track[k], m_tracks[c]);
                m_channels.turn[k]
                    = m_channels.from[c] + pad + m_channels.reach[c] + track * m_config.edgeGap;
            }
        }

        Layered& m_graph;
        const LaneInput& m_input;
        const LaneConfig& m_config;
        std::vector<Lane>& m_lanes;
        Channels m_channels;
        std::vector<double> m_room, m_most; ///< by column: width for turns after it
        std::vector<std::uint32_t> m_tracks; ///< by column
        std::vector<std::uint32_t> m_track; ///< by joint
        double m_shift = 0;
    };

}

Channels setColumns(
    Layered& graph, const LaneInput& input, const LaneConfig& config, std::vector<Lane>& lanes)
{
    return ChannelSetter(graph, input, config, lanes).run();
}

} // namespace glacis::layout
