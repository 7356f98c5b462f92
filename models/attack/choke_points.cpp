// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <attack/dominators.h>
#include <attack/search.h>
#include <attack/terrain.h>

#include <algorithm>
#include <tuple>

namespace glacis::attack {
namespace {
    struct Closes {
        std::vector<std::uint32_t> byNode, byStep;
    };

    // What masking a node or an edge closes of the ways to one jewel: those whose heads are below it in the
    // dominator tree.
    void addWaysTo(const Dominators& dominators, const Relevant& relevant,
        const std::vector<Terrain::Member>& ways, Closes& closes)
    {
        std::vector<std::uint32_t> below(dominators.order().size(), 0);
        for (const Terrain::Member& way : ways)
            ++below[dominators.position(relevant.heads()[way.head].node)];
        for (auto i = static_cast<std::uint32_t>(below.size()); i-- > 1;) {
            if (below[i] == 0)
                continue;
            below[dominators.dominator(i)] += below[i];
            closes.byNode[dominators.order()[i]] += below[i];
            if (const StepIndex bridge = dominators.bridge(i); bridge != None)
                closes.byStep[bridge] += below[i];
        }
    }

    // The only first step to a head.
    StepIndex onlyFirstStep(const Relevant& relevant, const Relevant::Head& head)
    {
        StepIndex only = None;
        for (StepIndex step = head.firstStep; step < head.endStep; ++step) {
            if (relevant.steps()[step].level != 0)
                continue;
            if (only != None)
                return None;
            only = step;
        }
        return only;
    }

    bool canBeChokePoint(NodeKind kind)
    {
        return kind != NodeKind::Net && kind != NodeKind::Scope && kind != NodeKind::Jewel;
    }
}

std::vector<ChokePoint> Search::chokePoints() const
{
    const Relevant& relevant = m_terrain->relevant;
    Closes closes { std::vector<std::uint32_t>(relevant.nodeCount(), 0),
        std::vector<std::uint32_t>(relevant.steps().size(), 0) };
    Dominators dominators(relevant);
    for (std::uint32_t jewel = 0; jewel < relevant.jewels().size(); ++jewel) {
        const auto& ways = m_terrain->waysTo(jewel, 0);
        if (ways.empty())
            continue;
        dominators.run(relevant.jewels()[jewel]);
        addWaysTo(dominators, relevant, ways, closes);
        for (const Terrain::Member& way : ways)
            if (const StepIndex only = onlyFirstStep(relevant, relevant.heads()[way.head]); only != None)
                ++closes.byStep[only];
    }
    for (const std::uint32_t jewel : relevant.jewels())
        closes.byNode[jewel] = 0;

    std::vector<ChokePoint> points;
    for (std::uint32_t node = 0; node < relevant.nodeCount(); ++node)
        if (const NodeIndex index = relevant.graphNode(node);
            closes.byNode[node] > 0 && node != relevant.entry() && canBeChokePoint(m_graph.nodes[index].kind))
            points.push_back({ index, false, closes.byNode[node] });
    for (StepIndex step = 0; step < relevant.steps().size(); ++step)
        if (const EdgeIndex edge = relevant.steps()[step].edge;
            closes.byStep[step] > 0 && m_graph.edges[edge].kind != EdgeKind::Structure)
            points.push_back({ edge, true, closes.byStep[step] });
    std::sort(points.begin(), points.end(), [](const ChokePoint& a, const ChokePoint& b) {
        return std::tie(b.closes, a.isEdge, a.index) < std::tie(a.closes, b.isEdge, b.index);
    });
    return points;
}

} // namespace glacis::attack
