// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <attack/layout/curves.h>

#include <algorithm>
#include <cmath>

namespace glacis::layout {

namespace {

    /// Adds pieces whose directions agree where they meet.
    class Pen {
    public:
        explicit Pen(Point at) { m_curve.push_back(at); }
        void lineTo(Point to)
        {
            const Point at = m_curve.back();
            if (at == to)
                return;
            m_curve.push_back({ at.x + (to.x - at.x) / 3, at.y + (to.y - at.y) / 3 });
            m_curve.push_back({ to.x - (to.x - at.x) / 3, to.y - (to.y - at.y) / 3 });
            m_curve.push_back(to);
        }
        /// Level at both ends.
        void swingTo(Point to)
        {
            const Point at = m_curve.back();
            const double middle = (at.x + to.x) / 2;
            bezier({ middle, at.y }, { middle, to.y }, to);
        }
        /// A quarter of an ellipse from level to upright, or back.
        void bendTo(Point to, bool levelFirst)
        {
            constexpr double round = 0.5522847498;
            const Point at = m_curve.back();
            const double dx = (to.x - at.x) * round, dy = (to.y - at.y) * round;
            if (levelFirst)
                bezier({ at.x + dx, at.y }, { to.x, to.y - dy }, to);
            else
                bezier({ at.x, at.y + dy }, { to.x - dx, to.y }, to);
        }
        void bezier(Point a, Point b, Point to)
        {
            m_curve.push_back(a);
            m_curve.push_back(b);
            m_curve.push_back(to);
        }
        [[nodiscard]] Point at() const { return m_curve.back(); }
        [[nodiscard]] Curve take() { return std::move(m_curve); }

    private:
        Curve m_curve;
    };

    class Drawer {
    public:
        Drawer(const Layered& graph, const Channels& channels, const LaneInput& input,
            const LaneConfig& config, LaneLayout& picture)
            : m_graph(graph)
            , m_channels(channels)
            , m_input(input)
            , m_config(config)
            , m_picture(picture)
        {
        }
        void run()
        {
            m_picture.edges.resize(m_input.edges.size());
            m_picture.labels.resize(m_input.edges.size());
            for (std::uint32_t e = 0; e < m_input.edges.size(); ++e)
                drawJoints(e);
            m_labelY.assign(m_graph.items.size(), 0);
            for (const Bond& b : m_graph.bonds)
                if (b.upright)
                    drawUpright(b);
                else if (b.from == b.to)
                    drawLoop(b);
                else
                    drawBracket(b);
        }

    private:
        [[nodiscard]] const Box& box(std::uint32_t card) const { return m_picture.nodes[card]; }
        [[nodiscard]] const Column& columnOf(std::uint32_t item) const
        {
            return m_graph.columns[m_graph.items[item].column];
        }

        void drawJoints(std::uint32_t edge)
        {
            const std::uint32_t first = m_graph.firstJoint[edge], end = m_graph.firstJoint[edge + 1];
            if (first == end)
                return;
            const Joint& start = m_graph.joints[first];
            Pen pen({ box(start.left).right(), m_graph.items[start.left].y + start.leftPort });
            double level = pen.at().x; // where the straight stretch at hand has come to
            for (std::uint32_t k = first; k < end; ++k) {
                const Joint& j = m_graph.joints[k];
                const Item &left = m_graph.items[j.left], &right = m_graph.items[j.right];
                const double y = right.y + j.rightPort, turn = m_channels.turn[k],
                             reach = m_channels.reach[left.column];
                if (std::abs(y - pen.at().y) > 1e-9) {
                    pen.lineTo({ turn - reach, pen.at().y });
                    pen.swingTo({ turn + reach, y });
                }
                const Column& c = m_graph.columns[right.column];
                level = right.kind == Item::Card ? box(j.right).x : c.x + c.width;
                if (right.kind == Item::Tag)
                    m_picture.labels[edge] = { c.x + (c.width - right.width) / 2, right.y - right.height / 2,
                        right.width, right.height };
            }
            pen.lineTo({ level, pen.at().y });
            Curve curve = pen.take();
            if (start.left != m_input.edges[edge].from)
                std::ranges::reverse(curve);
            m_picture.edges[edge] = std::move(curve);
        }

        void drawUpright(const Bond& b)
        {
            const bool down = box(b.from).y < box(b.to).y;
            const std::uint32_t upper = down ? b.from : b.to, lower = down ? b.to : b.from;
            const double x = box(upper).centre().x + (down ? b.fromPort : b.toPort);
            const Point top { x, box(upper).bottom() }, bottom { x, box(lower).y };
            Pen pen(down ? top : bottom);
            pen.lineTo(down ? bottom : top);
            m_picture.edges[b.edge] = pen.take();

            const LaneEdge& e = m_input.edges[b.edge];
            if (!wantsLabel(e))
                return;
            const Column& c = columnOf(upper);
            const double beside = m_config.edgeGap / 2, right = c.x + c.width;
            double left = x + beside;
            if (left + e.labelWidth > right)
                left = std::clamp(x - e.labelWidth / 2, c.x, right - e.labelWidth);
            if (m_labelY[upper] == 0)
                m_labelY[upper] = firstLabelY(upper);
            m_picture.labels[b.edge] = { left, m_labelY[upper], e.labelWidth, e.labelHeight };
            m_labelY[upper] += e.labelHeight + beside;
        }

        /// Where labels under a card begin: together they stand half way to what comes next.
        [[nodiscard]] double firstLabelY(std::uint32_t upper) const
        {
            double height = -m_config.edgeGap / 2;
            for (const std::uint32_t k : m_graph.bondsAt(upper)) {
                const Bond& b = m_graph.bonds[k];
                const std::uint32_t other = b.from == upper ? b.to : b.from;
                const LaneEdge& e = m_input.edges[b.edge];
                if (b.upright && m_graph.position[other] > m_graph.position[upper] && wantsLabel(e))
                    height += e.labelHeight + m_config.edgeGap / 2;
            }
            const Item& next = m_graph.items[columnOf(upper).order[m_graph.position[upper] + 1]];
            const double from = box(upper).bottom(), to = next.y - next.height / 2 - next.above;
            return from + (to - from - height) / 2;
        }

        void drawLoop(const Bond& b)
        {
            const Box& card = box(b.from);
            const double y = m_graph.items[b.from].y, right = columnOf(b.from).x + columnOf(b.from).width;
            const double far = right + b.depth;
            constexpr double bulge = 8;
            const double x = card.right() + (far - card.right()) * 4 / 3;
            Pen pen({ card.right(), y + b.fromPort });
            pen.bezier(
                { x, y + b.fromPort - bulge }, { x, y + b.toPort + bulge }, { card.right(), y + b.toPort });
            m_picture.edges[b.edge] = pen.take();
            const LaneEdge& e = m_input.edges[b.edge];
            if (wantsLabel(e) && e.labelHeight <= card.height + m_config.nodeGap)
                m_picture.labels[b.edge] = { far + m_config.edgeGap / 2, card.centre().y - e.labelHeight / 2,
                    e.labelWidth, e.labelHeight };
        }

        void drawBracket(const Bond& b)
        {
            const Point from { box(b.from).right(), m_graph.items[b.from].y + b.fromPort };
            const Point to { box(b.to).right(), m_graph.items[b.to].y + b.toPort };
            const double right = columnOf(b.from).x + columnOf(b.from).width, far = right + b.depth;
            const double span = std::abs(to.y - from.y), down = to.y > from.y ? 1 : -1;
            constexpr double widest = 22;
            const double wide = std::min(b.depth, widest), tall = std::min(span / 2, wide * 2);
            Pen pen(from);
            pen.lineTo({ far - wide, from.y });
            pen.bendTo({ far, from.y + down * tall }, true);
            pen.lineTo({ far, to.y - down * tall });
            pen.bendTo({ far - wide, to.y }, false);
            pen.lineTo(to);
            m_picture.edges[b.edge] = pen.take();
            if (const LaneEdge& e = m_input.edges[b.edge]; wantsLabel(e) && e.labelHeight + 2 <= span)
                m_picture.labels[b.edge]
                    = { far + m_config.edgeGap / 2, labelY(b, e.labelHeight), e.labelWidth, e.labelHeight };
        }

        /// As near to the bracket's middle as edges that leave the cards between let it be.
        [[nodiscard]] double labelY(const Bond& b, double height) const
        {
            const auto [first, last] = std::minmax({ m_graph.position[b.from], m_graph.position[b.to] });
            double top = m_graph.items[b.from].y + b.fromPort, bottom = m_graph.items[b.to].y + b.toPort;
            if (top > bottom)
                std::swap(top, bottom);
            std::vector<double> lines { top };
            const std::vector<std::uint32_t>& order = columnOf(b.from).order;
            for (std::uint32_t at = first; at <= last; ++at)
                for (const Arm& a : m_graph.rights(order[at])) {
                    const double y = m_graph.items[order[at]].y + m_graph.joints[a.joint].leftPort;
                    if (y > top && y < bottom)
                        lines.push_back(y);
                }
            lines.push_back(bottom);
            std::ranges::sort(lines);
            const double middle = (top + bottom - height) / 2;
            double best = middle, least = bottom - top;
            for (std::size_t k = 1; k < lines.size(); ++k) {
                if (lines[k] - lines[k - 1] < height + 4)
                    continue;
                const double y = std::clamp(middle, lines[k - 1] + 2, lines[k] - 2 - height);
                if (std::abs(y - middle) < least) {
                    least = std::abs(y - middle);
                    best = y;
                }
            }
            return best;
        }

        const Layered& m_graph;
        const Channels& m_channels;
        const LaneInput& m_input;
        const LaneConfig& m_config;
        LaneLayout& m_picture;
        std::vector<double> m_labelY; ///< by card: where the next label under it stands; 0: not known yet
    };

}

void drawEdges(const Layered& graph, const Channels& channels, const LaneInput& input,
    const LaneConfig& config, LaneLayout& picture)
{
    Drawer(graph, channels, input, config, picture).run();
}

} // namespace glacis::layout
