// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <attack/cut_graph.h>

#include <algorithm>
#include <map>
#include <utility>

namespace glacis::attack {
namespace {
    constexpr std::uint32_t Source = 0;
    constexpr std::uint32_t Goal = 1;

    std::vector<std::uint8_t> jewelNodes(const Relevant& relevant, const CutPart& part)
    {
        std::vector<std::uint8_t> isJewel(relevant.nodeCount(), 0);
        for (const std::uint32_t jewel : part.jewels)
            isJewel[relevant.jewels()[jewel]] = 1;
        return isJewel;
    }

    std::vector<std::uint8_t> headNodes(const Relevant& relevant, const CutPart& part)
    {
        std::vector<std::uint8_t> isHead(relevant.nodeCount(), 0);
        for (const auto& ways : part.ways)
            for (const Terrain::Member& way : ways)
                isHead[relevant.heads()[way.head].node] = 1;
        return isHead;
    }

    // Visits what is not marked yet and marks it.
    template <typename Next> void spread(std::vector<std::uint8_t>& marked, const Next& next)
    {
        std::vector<std::uint32_t> stack;
        for (std::uint32_t node = 0; node < marked.size(); ++node)
            if (marked[node])
                stack.push_back(node);
        while (!stack.empty()) {
            const std::uint32_t node = stack.back();
            stack.pop_back();
            next(node, [&](std::uint32_t other) {
                if (!std::exchange(marked[other], std::uint8_t { 1 }))
                    stack.push_back(other);
            });
        }
    }
}

UsedSteps usedSteps(const Relevant& relevant, const CutPart& part)
{
    const auto isJewel = jewelNodes(relevant, part);
    const auto isHead = headNodes(relevant, part);
    const auto isInner = [&](std::uint32_t from, std::uint32_t to, Level level) {
        return level == 0 && !isJewel[from]
            && (!part.isWhole || (to != relevant.entry() && from != relevant.entry()));
    };
    auto forward = isHead;
    spread(forward, [&](std::uint32_t node, const auto& visit) {
        for (const Relevant::Step& step : relevant.out(node))
            if (isInner(step.from, step.to, step.level))
                visit(step.to);
    });
    auto backward = isJewel;
    spread(backward, [&](std::uint32_t node, const auto& visit) {
        for (const Relevant::BackStep& step : relevant.in(node))
            if (isInner(step.from, node, step.level))
                visit(step.from);
    });
    UsedSteps used;
    for (StepIndex i = 0; i < relevant.steps().size(); ++i) {
        const Relevant::Step& step = relevant.steps()[i];
        if (step.from == relevant.entry() && step.level == 0 && isHead[step.to] && backward[step.to])
            used.first.push_back(i);
        if (isInner(step.from, step.to, step.level) && forward[step.from] && backward[step.to])
            used.inner.push_back(i);
    }
    return used;
}

CutGraph::CutGraph(const Relevant& relevant, const CutPart& part, const UsedSteps& used,
    const std::vector<std::uint32_t>& setOfStep)
{
    const auto isJewel = jewelNodes(relevant, part);
    std::vector<std::uint8_t> atSource(relevant.nodeCount(), 0);
    for (const StepIndex step : used.first)
        if (setOfStep[step] == 0)
            atSource[relevant.steps()[step].to] = 1;
    std::vector<std::uint8_t> isUsed(relevant.steps().size(), 0);
    for (const StepIndex step : used.inner)
        isUsed[step] = 1;
    spread(atSource, [&](std::uint32_t node, const auto& visit) {
        StepIndex index = relevant.firstOut(node);
        for (const Relevant::Step& step : relevant.out(node)) {
            const StepIndex current = index++;
            if (isUsed[current] && setOfStep[current] == 0)
                visit(step.to);
        }
    });
    auto atGoal = isJewel;
    spread(atGoal, [&](std::uint32_t node, const auto& visit) {
        for (const Relevant::BackStep& step : relevant.in(node))
            if (isUsed[step.step] && setOfStep[step.step] == 0)
                visit(step.from);
    });

    std::vector<std::uint32_t> numbers(relevant.nodeCount(), None);
    std::uint32_t count = 2;
    const auto numberOf = [&](std::uint32_t node) {
        if (numbers[node] == None)
            numbers[node] = atGoal[node] ? Goal : atSource[node] ? Source : count++;
        return numbers[node];
    };
    const auto add = [&](std::uint32_t from, std::uint32_t to, std::uint32_t set) {
        if (from != to && to != Source && from != Goal)
            m_edges.push_back({ from, to, set });
    };
    for (const StepIndex step : used.first)
        add(Source, numberOf(relevant.steps()[step].to), setOfStep[step]);
    for (const StepIndex step : used.inner)
        add(numberOf(relevant.steps()[step].from), numberOf(relevant.steps()[step].to), setOfStep[step]);
    std::sort(m_edges.begin(), m_edges.end());
    m_edges.erase(std::unique(m_edges.begin(), m_edges.end()), m_edges.end());
    m_outStart.assign(count + 1, 0);
    for (const CutEdge& edge : m_edges)
        ++m_outStart[edge.from + 1];
    for (std::uint32_t node = 0; node < count; ++node)
        m_outStart[node + 1] += m_outStart[node];
}

std::optional<ClassSet> CutGraph::findPath(
    const std::vector<ClassSet>& sets, const std::vector<std::uint8_t>& usable) const
{
    // Dijkstra by the number of classes, with a bucket for each sum.
    std::vector<std::uint32_t> sum(m_outStart.size() - 1, None);
    std::vector<std::uint32_t> edgeTo(sum.size(), None);
    std::vector<std::vector<std::uint32_t>> buckets(1, std::vector<std::uint32_t> { Source });
    sum[Source] = 0;
    for (std::uint32_t current = 0; current < buckets.size() && sum[Goal] > current; ++current)
        for (std::size_t i = 0; i < buckets[current].size(); ++i) {
            const std::uint32_t node = buckets[current][i];
            if (sum[node] != current)
                continue;
            for (std::uint32_t e = m_outStart[node]; e < m_outStart[node + 1]; ++e) {
                const CutEdge& edge = m_edges[e];
                const auto next = current + static_cast<std::uint32_t>(sets[edge.set].size());
                if (!usable[edge.set] || next >= sum[edge.to])
                    continue;
                sum[edge.to] = next;
                edgeTo[edge.to] = e;
                if (buckets.size() <= next)
                    buckets.resize(next + 1);
                buckets[next].push_back(edge.to);
            }
        }
    if (sum[Goal] == None)
        return std::nullopt;
    ClassSet classes;
    for (std::uint32_t node = Goal; node != Source; node = m_edges[edgeTo[node]].from) {
        const ClassSet& set = sets[m_edges[edgeTo[node]].set];
        classes.insert(classes.end(), set.begin(), set.end());
    }
    std::sort(classes.begin(), classes.end());
    classes.erase(std::unique(classes.begin(), classes.end()), classes.end());
    return classes;
}

CutProblem cutProblem(const Relevant& relevant, const std::vector<CutPart>& parts,
    const std::vector<UsedSteps>& used, std::vector<std::vector<StepIndex>> steps,
    std::vector<std::uint8_t> efforts)
{
    std::vector<ClassSet> classesOf(relevant.steps().size());
    for (std::uint32_t c = 0; c < steps.size(); ++c)
        for (const StepIndex step : steps[c])
            classesOf[step].push_back(c);
    CutProblem problem;
    std::map<ClassSet, std::uint32_t> known { { ClassSet(), 0 } };
    problem.sets.emplace_back();
    std::vector<std::uint32_t> setOfStep(classesOf.size(), 0);
    for (StepIndex step = 0; step < classesOf.size(); ++step) {
        if (classesOf[step].empty())
            continue;
        const auto [entry, isNew]
            = known.try_emplace(classesOf[step], static_cast<std::uint32_t>(problem.sets.size()));
        if (isNew)
            problem.sets.push_back(std::move(classesOf[step]));
        setOfStep[step] = entry->second;
    }
    for (std::size_t i = 0; i < parts.size(); ++i)
        problem.graphs.emplace_back(relevant, parts[i], used[i], setOfStep);
    problem.steps = std::move(steps);
    problem.efforts = std::move(efforts);
    return problem;
}

CutReach::CutReach(const CutGraph& graph, std::size_t setCount)
    : m_graph(graph)
    , m_edgesOf(setCount)
    , m_usable(setCount, 0)
    , m_reached(graph.m_outStart.size() - 1, 0)
{
    for (std::uint32_t e = 0; e < graph.m_edges.size(); ++e)
        m_edgesOf[graph.m_edges[e].set].push_back(e);
    m_reached[Source] = 1;
    open({ 0 });
}

bool CutReach::open(const std::vector<std::uint32_t>& sets)
{
    m_newSets.clear();
    m_newNodes.clear();
    for (const std::uint32_t set : sets)
        if (!std::exchange(m_usable[set], std::uint8_t { 1 }))
            m_newSets.push_back(set);
    const auto reach = [&](std::uint32_t node) {
        if (!std::exchange(m_reached[node], std::uint8_t { 1 }))
            m_newNodes.push_back(node);
    };
    for (const std::uint32_t set : m_newSets)
        for (const std::uint32_t e : m_edgesOf[set])
            if (m_reached[m_graph.m_edges[e].from])
                reach(m_graph.m_edges[e].to);
    for (std::size_t i = 0; i < m_newNodes.size() && !m_reached[Goal]; ++i)
        for (std::uint32_t e = m_graph.m_outStart[m_newNodes[i]]; e < m_graph.m_outStart[m_newNodes[i] + 1];
             ++e)
            if (m_usable[m_graph.m_edges[e].set])
                reach(m_graph.m_edges[e].to);
    if (!m_reached[Goal])
        return true;
    undo();
    return false;
}

void CutReach::undo()
{
    for (const std::uint32_t set : m_newSets)
        m_usable[set] = 0;
    for (const std::uint32_t node : m_newNodes)
        m_reached[node] = 0;
    m_newSets.clear();
    m_newNodes.clear();
}

} // namespace glacis::attack
