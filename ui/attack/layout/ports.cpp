// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <attack/layout/ports.h>

#include <algorithm>
#include <cmath>
#include <tuple>

namespace glacis::layout {

namespace {

    constexpr double corner = 8; // of a card, where no edge ends

    struct Port {
        double* offset;
        int weight;
        // Order along the side: which group, then where it goes, then the edge.
        int group;
        std::int64_t place, edge;
        [[nodiscard]] auto order() const { return std::tuple(group, place, edge); }
    };

    /// Ports from first to last, `gap` apart where `room` (half the side) allows; the heaviest in the middle.
    void spread(std::vector<Port>& ports, double room, double gap)
    {
        if (ports.empty())
            return;
        std::ranges::sort(ports, {}, &Port::order);
        const auto last = static_cast<double>(ports.size() - 1);
        const auto heaviest = std::ranges::max_element(ports, {}, &Port::weight);
        const auto equals = std::ranges::count(ports, heaviest->weight, &Port::weight);
        const double middle = equals == 1 ? static_cast<double>(heaviest - ports.begin()) : last / 2;
        const double before = middle > 0 ? std::min(gap, room / middle) : gap;
        const double after = middle < last ? std::min(gap, room / (last - middle)) : gap;
        double at = -middle;
        for (const Port& p : ports) {
            // Whole pixels where they suffice: what is aligned stays so when boxes are put on whole pixels.
            const double offset = at * (at < 0 ? before : after);
            *p.offset = std::min(before, after) >= 4 ? std::round(offset) : offset;
            at += 1;
        }
    }

    class PortSetter {
    public:
        PortSetter(Layered& graph, double edgeGap)
            : m_graph(graph)
            , m_gap(edgeGap)
        {
        }
        void run()
        {
            findUprights();
            for (std::uint32_t i = 0; i < m_graph.items.size(); ++i)
                if (m_graph.items[i].kind == Item::Card)
                    set(i);
        }

    private:
        void findUprights()
        {
            // How many cards stand above an item: neighbours have no other card between them.
            std::vector<std::uint32_t> rank(m_graph.items.size());
            for (const Column& c : m_graph.columns) {
                std::uint32_t cards = 0;
                for (const std::uint32_t i : c.order)
                    rank[i] = m_graph.items[i].kind == Item::Card ? cards++ : cards;
            }
            for (Bond& b : m_graph.bonds) {
                const auto [upper, lower] = std::minmax({ rank[b.from], rank[b.to] });
                const std::uint32_t second = rank[b.from] == lower ? b.from : b.to;
                // A line down would cut through what stands above the lower card.
                b.upright = lower - upper == 1 && m_graph.items[second].above == 0;
            }
            m_loops.resize(m_graph.items.size());
            for (Bond& b : m_graph.bonds)
                if (b.from == b.to)
                    m_loops[b.from].push_back(&b);
        }

        void set(std::uint32_t i)
        {
            const Item& item = m_graph.items[i];
            std::vector<Port> left, right, top, bottom;
            for (const Arm& a : m_graph.lefts(i))
                left.push_back({ &m_graph.joints[a.joint].rightPort, a.weight, 0, m_graph.position[a.item],
                    m_graph.joints[a.joint].edge });
            for (const Arm& a : m_graph.rights(i))
                right.push_back({ &m_graph.joints[a.joint].leftPort, a.weight, 2, m_graph.position[a.item],
                    m_graph.joints[a.joint].edge });
            for (Bond* b : m_loops[i]) {
                right.push_back({ &b->fromPort, 0, 1, b->edge, 0 });
                right.push_back({ &b->toPort, 0, 1, b->edge, 1 });
            }
            const std::int64_t here = m_graph.position[i];
            for (const std::uint32_t k : m_graph.bondsAt(i)) {
                Bond& b = m_graph.bonds[k];
                double* offset = b.from == i ? &b.fromPort : &b.toPort;
                const std::int64_t there = m_graph.position[b.from == i ? b.to : b.from];
                if (b.upright)
                    (there < here ? top : bottom).push_back({ offset, b.weight, 0, b.edge, 0 });
                else if (there < here) // inner brackets end nearest to where they go
                    right.push_back({ offset, b.weight, 0, -there, -std::int64_t(b.edge) });
                else
                    right.push_back({ offset, b.weight, 3, -there, b.edge });
            }
            const double tall = std::max(0.0, item.height / 2 - corner);
            const double wide = std::max(0.0, item.width / 2 - corner);
            spread(left, tall, m_gap);
            spread(right, tall, m_gap);
            spread(top, wide, m_gap);
            spread(bottom, wide, m_gap);
        }

        Layered& m_graph;
        double m_gap;
        std::vector<std::vector<Bond*>> m_loops;
    };

}

void assignPorts(Layered& graph, double edgeGap) { PortSetter(graph, edgeGap).run(); }

void nestBrackets(Layered& graph, const LaneInput& input, double edgeGap)
{
    constexpr double innermost = 14, deepest = 140; // the latter without labels
    std::vector<std::vector<Bond*>> byColumn(graph.columns.size());
    for (Bond& b : graph.bonds)
        if (!b.upright)
            byColumn[graph.items[b.from].column].push_back(&b);
    for (std::uint32_t c = 0; c < graph.columns.size(); ++c) {
        std::vector<Bond*>& bonds = byColumn[c];
        if (bonds.empty())
            continue;
        const auto ends = [&](const Bond* b) {
            return std::minmax({ graph.position[b->from], graph.position[b->to] });
        };
        // The shortest first, each outside of all that it overlaps.
        std::ranges::sort(bonds, [&](const Bond* a, const Bond* b) {
            const auto [a0, a1] = ends(a);
            const auto [b0, b1] = ends(b);
            return a1 - a0 != b1 - b0 ? a1 - a0 < b1 - b0 : a->edge > b->edge;
        });
        std::vector<std::uint32_t> level(bonds.size()), deepestAt(graph.columns[c].order.size(), 0);
        std::vector<double> label; // widest of a level
        for (std::size_t k = 0; k < bonds.size(); ++k) {
            const auto [first, last] = ends(bonds[k]);
            const auto begin = deepestAt.begin() + first;
            // A loop stands before its own card; others take what is between two cards.
            const auto end = deepestAt.begin() + (first == last ? last + 1 : last);
            level[k] = first == last ? *begin : *std::max_element(begin, end);
            if (first != last)
                std::fill(begin, end, level[k] + 1);
            label.resize(std::max<std::size_t>(label.size(), level[k] + 1), 0);
            if (const LaneEdge& e = input.edges[bonds[k]->edge]; wantsLabel(e))
                label[level[k]] = std::max(label[level[k]], e.labelWidth + edgeGap);
        }
        const double step = std::min(edgeGap, (deepest - innermost) / static_cast<double>(label.size()));
        std::vector<double> depth { innermost };
        for (const double width : label)
            depth.push_back(depth.back() + width + step);
        for (std::size_t k = 0; k < bonds.size(); ++k)
            bonds[k]->depth = depth[level[k]];
        graph.columns[c].brackets = depth.back();
    }
}

} // namespace glacis::layout
