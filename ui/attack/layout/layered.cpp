// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <attack/layout/layered.h>

#include <algorithm>
#include <cmath>

namespace glacis::layout {

namespace {

    double sane(double size)
    {
        constexpr double largest = 1e5;
        return std::isfinite(size) && size > 0 ? std::min(size, largest) : 0;
    }

    // Whole numbers make sums, and so the order, the same on every machine.
    int heft(double weight)
    {
        constexpr double heaviest = 64;
        return std::isfinite(weight) ? static_cast<int>(std::lround(std::clamp(weight, 1.0, heaviest))) : 1;
    }

    bool joinsNodes(const LaneInput& input, const LaneEdge& e)
    {
        return e.from < input.nodes.size() && e.to < input.nodes.size();
    }

    /// The lane beside whose right side the label of an edge between lanes stands: next to where it leaves.
    std::uint32_t laneOfLabel(std::uint32_t from, std::uint32_t to, std::span<const std::uint32_t> used)
    {
        if (from < to)
            return from;
        return *std::prev(std::lower_bound(used.begin(), used.end(), from));
    }

    class Builder {
    public:
        explicit Builder(const LaneInput& input)
            : m_input(input)
        {
        }
        Layered build()
        {
            makeColumns();
            for (const LaneNode& n : m_input.nodes)
                add({ .kind = Item::Card,
                    .pinned = !std::isnan(n.before),
                    .column = m_graph.columnOfLane[n.lane],
                    .source = static_cast<std::uint32_t>(m_graph.items.size()),
                    .width = n.width,
                    .height = n.height,
                    .above = n.above,
                    .before = std::isnan(n.before) ? 0 : n.before });
            pinnedInTheirOrder();
            for (std::uint32_t e = 0; e < m_input.edges.size(); ++e) {
                m_graph.firstJoint.push_back(static_cast<std::uint32_t>(m_graph.joints.size()));
                join(e);
            }
            m_graph.firstJoint.push_back(static_cast<std::uint32_t>(m_graph.joints.size()));
            makeArms();
            return std::move(m_graph);
        }

    private:
        void makeColumns()
        {
            std::vector<std::uint32_t> used;
            for (const LaneNode& n : m_input.nodes)
                used.push_back(n.lane);
            std::ranges::sort(used);
            used.erase(std::unique(used.begin(), used.end()), used.end());

            std::vector<char> labelled(m_input.lanes, 0);
            for (const LaneEdge& e : m_input.edges) {
                if (!joinsNodes(m_input, e) || !wantsLabel(e))
                    continue;
                const std::uint32_t from = m_input.nodes[e.from].lane, to = m_input.nodes[e.to].lane;
                if (from != to)
                    labelled[laneOfLabel(from, to, used)] = 1;
            }
            m_graph.columnOfLane.assign(m_input.lanes, none);
            m_tagColumn.assign(m_input.lanes, none);
            for (const std::uint32_t lane : used) {
                m_graph.columnOfLane[lane] = static_cast<std::uint32_t>(m_graph.columns.size());
                m_graph.columns.push_back({ .lane = lane, .order = {} });
                if (!labelled[lane])
                    continue;
                m_tagColumn[lane] = static_cast<std::uint32_t>(m_graph.columns.size());
                m_graph.columns.push_back({ .lane = none, .order = {} });
            }
            m_used = std::move(used);
        }

        std::uint32_t add(const Item& item)
        {
            const auto index = static_cast<std::uint32_t>(m_graph.items.size());
            std::vector<std::uint32_t>& order = m_graph.columns[item.column].order;
            m_graph.items.push_back(item);
            m_graph.position.push_back(static_cast<std::uint32_t>(order.size()));
            order.push_back(index);
            return index;
        }

        void pinnedInTheirOrder()
        {
            for (std::uint32_t c = 0; c < m_graph.columns.size(); ++c) {
                std::vector<std::uint32_t> pinned;
                for (const std::uint32_t i : m_graph.columns[c].order)
                    if (m_graph.items[i].pinned)
                        pinned.push_back(i);
                std::ranges::stable_sort(
                    pinned, {}, [&](std::uint32_t i) { return m_graph.items[i].before; });
                auto next = pinned.begin();
                for (std::uint32_t& i : m_graph.columns[c].order)
                    if (m_graph.items[i].pinned)
                        i = *next++;
                m_graph.numberPositions(c);
            }
        }

        void join(std::uint32_t edge)
        {
            const LaneEdge& e = m_input.edges[edge];
            if (!joinsNodes(m_input, e))
                return;
            const int weight = heft(e.weight);
            const std::uint32_t fromLane = m_input.nodes[e.from].lane, toLane = m_input.nodes[e.to].lane;
            if (fromLane == toLane) {
                m_graph.bonds.push_back({ .from = e.from, .to = e.to, .edge = edge, .weight = weight });
                return;
            }
            const std::uint32_t tag
                = wantsLabel(e) ? m_tagColumn[laneOfLabel(fromLane, toLane, m_used)] : none;
            std::uint32_t at = fromLane < toLane ? e.from : e.to;
            const std::uint32_t last = fromLane < toLane ? e.to : e.from;
            for (std::uint32_t c = m_graph.items[at].column + 1; c < m_graph.items[last].column; ++c) {
                Item item { .kind = Item::Pass, .column = c, .source = edge };
                if (c == tag) {
                    item.kind = Item::Tag;
                    item.width = e.labelWidth;
                    item.height = e.labelHeight;
                }
                const std::uint32_t next = add(item);
                m_graph.joints.push_back({ .left = at, .right = next, .edge = edge, .weight = weight });
                at = next;
            }
            m_graph.joints.push_back({ .left = at, .right = last, .edge = edge, .weight = weight });
        }

        void makeArms()
        {
            const std::size_t n = m_graph.items.size();
            m_graph.leftStart.assign(n + 1, 0);
            m_graph.rightStart.assign(n + 1, 0);
            m_graph.bondStart.assign(n + 1, 0);
            for (const Joint& j : m_graph.joints) {
                ++m_graph.rightStart[j.left + 1];
                ++m_graph.leftStart[j.right + 1];
            }
            for (const Bond& b : m_graph.bonds)
                if (b.from != b.to) {
                    ++m_graph.bondStart[b.from + 1];
                    ++m_graph.bondStart[b.to + 1];
                }
            for (std::vector<std::uint32_t>* start :
                { &m_graph.leftStart, &m_graph.rightStart, &m_graph.bondStart })
                for (std::size_t i = 0; i < n; ++i)
                    (*start)[i + 1] += (*start)[i];
            m_graph.leftArms.resize(m_graph.joints.size());
            m_graph.rightArms.resize(m_graph.joints.size());
            m_graph.bondsOf.resize(m_graph.bondStart[n]);
            std::vector<std::uint32_t> left = m_graph.leftStart, right = m_graph.rightStart,
                                       bond = m_graph.bondStart;
            for (std::uint32_t k = 0; k < m_graph.joints.size(); ++k) {
                const Joint& j = m_graph.joints[k];
                m_graph.rightArms[right[j.left]++] = { .item = j.right, .joint = k, .weight = j.weight };
                m_graph.leftArms[left[j.right]++] = { .item = j.left, .joint = k, .weight = j.weight };
            }
            for (std::uint32_t k = 0; k < m_graph.bonds.size(); ++k) {
                const Bond& b = m_graph.bonds[k];
                if (b.from == b.to)
                    continue;
                m_graph.bondsOf[bond[b.from]++] = k;
                m_graph.bondsOf[bond[b.to]++] = k;
            }
        }

        const LaneInput& m_input;
        Layered m_graph;
        std::vector<std::uint32_t> m_used, m_tagColumn;
    };

}

LaneInput tidied(LaneInput input)
{
    if (!input.nodes.empty())
        input.lanes = std::max(input.lanes, 1u);
    for (LaneNode& n : input.nodes) {
        n.lane = std::min(n.lane, input.lanes - 1);
        n.width = sane(n.width);
        n.height = sane(n.height);
        n.above = sane(n.above);
        if (!std::isfinite(n.before))
            n.before = std::numeric_limits<double>::quiet_NaN();
    }
    for (LaneEdge& e : input.edges) {
        e.labelWidth = sane(e.labelWidth);
        e.labelHeight = sane(e.labelHeight);
    }
    return input;
}

LaneConfig tidied(LaneConfig config)
{
    for (double* size : { &config.nodeGap, &config.spread, &config.laneGap, &config.edgeGap, &config.margin,
             &config.width, &config.height, &config.top })
        *size = sane(*size);
    config.spread = std::max(config.spread, config.nodeGap);
    config.sweeps = std::clamp(config.sweeps, 0, 1000);
    return config;
}

Layered layered(const LaneInput& input) { return Builder(input).build(); }

} // namespace glacis::layout
