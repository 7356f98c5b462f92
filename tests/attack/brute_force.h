// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Answers to all questions of a Search by trying everything, straight from the definitions. For graphs of up
// to 32 nodes, 64 edges and a dozen options.
#pragma once

#include <attack/search.h>

#include <algorithm>
#include <functional>
#include <map>
#include <numeric>
#include <tuple>
#include <vector>

namespace glacis::attack::test {

class BruteForce {
public:
    using Nodes = std::uint32_t; ///< a bit for each
    using Edges = std::uint64_t;
    static constexpr Edges AllEdges = ~Edges { 0 };

    BruteForce(const Graph& graph, NodeIndex entry)
        : m_graph(graph)
        , m_entry(entry)
    {
        for (EdgeIndex e = 0; e < graph.edges.size(); ++e)
            for (int level = 0; level < 3; ++level)
                if (isWalked(graph.edges[e].kind) && levelOf(e) <= level)
                    m_ofLevel[level] |= Edges { 1 } << e;
        findWays();
    }

    [[nodiscard]] const std::vector<Way>& ways() const { return m_ways; }

    [[nodiscard]] std::vector<ChokePoint> chokePoints() const
    {
        std::vector<ChokePoint> points;
        const auto add = [&](std::uint32_t index, bool isEdge, Edges alive, NodeIndex banned) {
            ChokePoint point { index, isEdge, 0 };
            for (const Way& way : m_ways)
                if (way.wayClass == WayClass::Certain && !isOpen(way, alive, banned))
                    ++point.closes;
            if (point.closes > 0)
                points.push_back(point);
        };
        for (NodeIndex n = 0; n < m_graph.nodes.size(); ++n) {
            const NodeKind kind = m_graph.nodes[n].kind;
            if (n != m_entry && kind != NodeKind::Net && kind != NodeKind::Scope && kind != NodeKind::Jewel)
                add(n, false, AllEdges, n);
        }
        for (EdgeIndex e = 0; e < m_graph.edges.size(); ++e)
            if (m_graph.edges[e].kind != EdgeKind::Structure)
                add(e, true, ~(Edges { 1 } << e), None);
        std::stable_sort(points.begin(), points.end(),
            [](const ChokePoint& a, const ChokePoint& b) { return a.closes > b.closes; });
        return points;
    }

    [[nodiscard]] std::vector<std::uint32_t> closedBy(
        const std::vector<OptionIndex>& options, const std::vector<OptionIndex>& masked) const
    {
        std::vector<std::uint32_t> closed;
        const Edges before = aliveWithout(masked);
        const Edges after = before & aliveWithout(options);
        for (std::uint32_t i = 0; i < m_ways.size(); ++i)
            if (isOpen(m_ways[i], before) && !isOpen(m_ways[i], after))
                closed.push_back(i);
        return closed;
    }

    [[nodiscard]] std::vector<OptionEffect> effects() const
    {
        std::vector<OptionEffect> out;
        for (OptionIndex option = 0; option < m_graph.options.size(); ++option) {
            OptionEffect effect { option, 0, 0, 0, closedBy({ option }, {}) };
            for (const std::uint32_t way : effect.ways) {
                effect.closes += m_ways[way].wayClass == WayClass::Certain ? 1 : 0;
                effect.closesResidual += m_ways[way].wayClass == WayClass::Residual ? 1 : 0;
                effect.closesPossible += m_ways[way].wayClass == WayClass::Possible ? 1 : 0;
            }
            if (!effect.ways.empty())
                out.push_back(effect);
        }
        std::stable_sort(out.begin(), out.end(), [&](const OptionEffect& a, const OptionEffect& b) {
            return std::tuple(b.closes, effort(a.option)) < std::tuple(a.closes, effort(b.option));
        });
        return out;
    }

    /// All but `unbreakable`.
    [[nodiscard]] SmallestSets smallestSets(
        const std::vector<NodeIndex>& goal, const std::vector<OptionIndex>& excluded) const
    {
        SmallestSets out;
        std::vector<OptionIndex> allowed;
        for (OptionIndex option = 0; option < m_graph.options.size(); ++option)
            if (std::find(excluded.begin(), excluded.end(), option) == excluded.end())
                allowed.push_back(option);
        const Edges least = aliveWithout(allowed);
        std::vector<Way> toClose;
        bool isPossible = true;
        for (std::uint32_t i = 0; i < m_ways.size(); ++i) {
            if (std::find(goal.begin(), goal.end(), m_ways[i].jewel) == goal.end())
                continue;
            if (m_ways[i].wayClass != WayClass::Certain)
                out.remains.push_back(i);
            else if (isOpen(m_ways[i], least))
                isPossible = false;
            else
                toClose.push_back(m_ways[i]);
        }
        if (!isPossible)
            out.proof = SmallestSets::Proof::Impossible;
        if (toClose.empty())
            return out;
        if (isPossible)
            out.proof = SmallestSets::Proof::Exact;
        out.classes = classes(allowed, isPossible ? usedByAll(toClose) : usedByEach(toClose));
        out.candidates = static_cast<std::uint32_t>(out.classes.size());
        trySets(toClose, out);
        return out;
    }

    /// Whether it is a path of a certain way that no option but the excluded ones breaks; or empty.
    [[nodiscard]] bool isUnbreakable(
        const std::vector<EdgeIndex>& path, const std::vector<OptionIndex>& excluded) const
    {
        std::vector<OptionIndex> allowed;
        for (OptionIndex option = 0; option < m_graph.options.size(); ++option)
            if (std::find(excluded.begin(), excluded.end(), option) == excluded.end())
                allowed.push_back(option);
        const Edges alive = aliveWithout(allowed) & m_ofLevel[0];
        NodeIndex at = m_entry;
        for (const EdgeIndex e : path) {
            if ((alive >> e & 1) == 0 || m_graph.edges[e].from != at)
                return false;
            at = m_graph.edges[e].to;
        }
        return path.empty() || m_graph.nodes[at].kind == NodeKind::Jewel;
    }

private:
    using Key = std::tuple<std::uint32_t, std::uint32_t, std::size_t, std::vector<NodeIndex>,
        std::vector<EdgeIndex>>;

    [[nodiscard]] int levelOf(EdgeIndex e) const
    {
        const Edge& edge = m_graph.edges[e];
        return edge.certainty == Certainty::Possible ? 2 : edge.residual ? 1 : 0;
    }
    [[nodiscard]] std::uint8_t effort(OptionIndex option) const { return m_graph.options[option].effort; }

    [[nodiscard]] Edges aliveWithout(const std::vector<OptionIndex>& options) const
    {
        Edges alive = AllEdges;
        for (const OptionIndex option : options)
            for (const EdgeIndex e : m_graph.options[option].edges)
                alive &= ~(Edges { 1 } << e);
        return alive;
    }

    // Nodes from which one of `targets` is reached.
    [[nodiscard]] Nodes reaching(Nodes targets, Edges alive, NodeIndex banned = None) const
    {
        for (bool grows = true; grows;) {
            grows = false;
            for (EdgeIndex e = 0; e < m_graph.edges.size(); ++e) {
                const Edge& edge = m_graph.edges[e];
                if ((alive >> e & 1) != 0 && edge.from != banned && edge.to != banned
                    && (targets >> edge.to & 1) != 0 && (targets >> edge.from & 1) == 0) {
                    targets |= Nodes { 1 } << edge.from;
                    grows = true;
                }
            }
        }
        return targets;
    }

    [[nodiscard]] Nodes headsWith(Edges alive) const
    {
        Nodes heads = 0;
        for (EdgeIndex e = 0; e < m_graph.edges.size(); ++e)
            if ((alive >> e & 1) != 0 && m_graph.edges[e].from == m_entry && m_graph.edges[e].to != m_entry)
                heads |= Nodes { 1 } << m_graph.edges[e].to;
        return heads;
    }

    [[nodiscard]] bool isOpen(const Way& way, Edges alive, NodeIndex banned = None) const
    {
        alive &= m_ofLevel[static_cast<int>(way.wayClass)];
        return way.firstStep != banned && (headsWith(alive) >> way.firstStep & 1) != 0
            && (reaching(Nodes { 1 } << way.jewel, alive, banned) >> way.firstStep & 1) != 0;
    }

    void findWays()
    {
        for (NodeIndex head = 0; head < m_graph.nodes.size(); ++head)
            for (const NodeIndex jewel : m_graph.jewels)
                for (int level = 0; level < 3 && jewel != m_entry; ++level) {
                    Way way;
                    way.entry = m_entry;
                    way.firstStep = head;
                    way.jewel = jewel;
                    way.wayClass = static_cast<WayClass>(level);
                    if (!isOpen(way, AllEdges))
                        continue;
                    findPath(way);
                    m_ways.push_back(way);
                    break;
                }
        std::sort(m_ways.begin(), m_ways.end(), [](const Way& a, const Way& b) {
            return std::tuple(a.wayClass, a.cost, a.hops, a.jewel, a.firstStep)
                < std::tuple(b.wayClass, b.cost, b.hops, b.jewel, b.firstStep);
        });
    }

    // The least of all paths; nodes behind the first step do not repeat.
    void findPath(Way& way) const
    {
        const Edges alive = m_ofLevel[static_cast<int>(way.wayClass)];
        Key best { UINT32_MAX, 0, 0, {}, {} };
        Key key { 0, 0, 0, { m_entry }, {} };
        const std::function<void(Nodes)> walk = [&](Nodes seen) {
            auto& [cost, hops, count, nodes, edges] = key;
            const NodeIndex at = nodes.back();
            if (count > 0 && at == way.jewel)
                best = std::min(best, key);
            if (cost > std::get<0>(best) || (count > 0 && at == way.jewel))
                return;
            for (EdgeIndex e = 0; e < m_graph.edges.size(); ++e) {
                const Edge& edge = m_graph.edges[e];
                if ((alive >> e & 1) == 0 || edge.from != at || (seen >> edge.to & 1) != 0
                    || (count == 0 && edge.to != way.firstStep))
                    continue;
                const std::uint32_t hop = edge.kind == EdgeKind::Structure ? 0 : 1;
                cost += edge.cost;
                hops += hop;
                ++count;
                nodes.push_back(edge.to);
                edges.push_back(e);
                walk(seen | Nodes { 1 } << edge.to);
                cost -= edge.cost;
                hops -= hop;
                --count;
                nodes.pop_back();
                edges.pop_back();
            }
        };
        walk(0);
        way.cost = std::get<0>(best);
        way.hops = std::get<1>(best);
        way.steps = std::get<4>(best);
    }

    // Edges on walks from the first steps to the jewels by `inner` edges in between.
    [[nodiscard]] Edges onWalks(Nodes heads, Nodes jewels, Edges inner) const
    {
        const Nodes toJewels = reaching(jewels, inner);
        Edges used = 0;
        for (EdgeIndex e = 0; e < m_graph.edges.size(); ++e) {
            const Edge& edge = m_graph.edges[e];
            const bool isFirst
                = (m_ofLevel[0] >> e & 1) != 0 && edge.from == m_entry && (heads >> edge.to & 1) != 0;
            const bool isInner
                = (inner >> e & 1) != 0 && (reaching(Nodes { 1 } << edge.from, inner) & heads) != 0;
            if ((isFirst || isInner) && edge.from != edge.to && (toJewels >> edge.to & 1) != 0)
                used |= Edges { 1 } << e;
        }
        return used;
    }

    [[nodiscard]] Edges usedByAll(const std::vector<Way>& ways) const
    {
        Nodes heads = 0, jewels = 0;
        for (const Way& way : ways) {
            heads |= Nodes { 1 } << way.firstStep;
            jewels |= Nodes { 1 } << way.jewel;
        }
        Edges inner = m_ofLevel[0];
        for (EdgeIndex e = 0; e < m_graph.edges.size(); ++e)
            if (m_graph.edges[e].from == m_entry || m_graph.edges[e].to == m_entry
                || (jewels >> m_graph.edges[e].from & 1) != 0)
                inner &= ~(Edges { 1 } << e);
        return onWalks(heads, jewels, inner);
    }

    [[nodiscard]] Edges usedByEach(const std::vector<Way>& ways) const
    {
        Edges used = 0;
        for (const NodeIndex jewel : m_graph.jewels) {
            Nodes heads = 0;
            for (const Way& way : ways)
                if (way.jewel == jewel)
                    heads |= Nodes { 1 } << way.firstStep;
            Edges inner = m_ofLevel[0];
            for (EdgeIndex e = 0; e < m_graph.edges.size(); ++e)
                if (m_graph.edges[e].from == jewel)
                    inner &= ~(Edges { 1 } << e);
            used |= onWalks(heads, Nodes { 1 } << jewel, inner);
        }
        return used;
    }

    [[nodiscard]] std::vector<OptionClass> classes(const std::vector<OptionIndex>& allowed, Edges used) const
    {
        std::map<Edges, OptionClass> byEdges;
        for (const OptionIndex option : allowed)
            if (const Edges broken = ~aliveWithout({ option }) & used; broken != 0)
                byEdges[broken].options.push_back(option);
        std::vector<OptionClass> out;
        for (auto& [edges, c] : byEdges) {
            std::stable_sort(c.options.begin(), c.options.end(),
                [&](OptionIndex a, OptionIndex b) { return effort(a) < effort(b); });
            c.effort = effort(c.options.front());
            out.push_back(c);
        }
        std::sort(out.begin(), out.end(),
            [](const OptionClass& a, const OptionClass& b) { return a.options.front() < b.options.front(); });
        return out;
    }

    void trySets(const std::vector<Way>& toClose, SmallestSets& out) const
    {
        const std::uint32_t subsets = std::uint32_t { 1 } << out.classes.size();
        for (std::uint32_t size = 1; out.sets.empty() && size <= out.classes.size(); ++size)
            for (std::uint32_t subset = 1; subset < subsets; ++subset) {
                std::vector<std::uint32_t> set;
                std::vector<OptionIndex> options;
                for (std::uint32_t c = 0; c < out.classes.size(); ++c)
                    if ((subset >> c & 1) != 0) {
                        set.push_back(c);
                        options.push_back(out.classes[c].options.front());
                    }
                const Edges alive = aliveWithout(options);
                if (set.size() == size && std::none_of(toClose.begin(), toClose.end(), [&](const Way& way) {
                        return isOpen(way, alive);
                    }))
                    out.sets.push_back(set);
            }
        const auto effortOf = [&](const std::vector<std::uint32_t>& set) {
            return std::accumulate(set.begin(), set.end(), 0U,
                [&](std::uint32_t sum, std::uint32_t c) { return sum + out.classes[c].effort; });
        };
        std::sort(out.sets.begin(), out.sets.end(), [&](const auto& a, const auto& b) {
            return std::tuple(effortOf(a), a) < std::tuple(effortOf(b), b);
        });
        if (!out.sets.empty())
            out.lowerBound = static_cast<std::uint32_t>(out.sets.front().size());
        if (out.sets.size() > 64) {
            out.sets.resize(64);
            out.more = true;
        }
    }

    const Graph& m_graph;
    NodeIndex m_entry;
    Edges m_ofLevel[3] = {};
    std::vector<Way> m_ways;
};

} // namespace glacis::attack::test
