// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// From options to option classes, from ways to parts to be cut, and which search answers.
#include <attack/exact_sets.h>
#include <attack/greedy_set.h>
#include <attack/search.h>
#include <attack/shortest.h>
#include <attack/terrain.h>

#include <algorithm>
#include <map>
#include <tuple>

namespace glacis::attack {
namespace {
    constexpr std::uint32_t ProvenCandidates = 25; // MODEL section 4
    // Above that a proof is tried with bounded work: about a tenth of a second.
    constexpr std::uint64_t WorkToProve = 30'000'000;

    class Question {
    public:
        Question(const Graph& graph, const Terrain& terrain, const std::vector<NodeIndex>& goal,
            const std::vector<OptionIndex>& excluded)
            : m_graph(graph)
            , m_terrain(terrain)
            , m_relevant(terrain.relevant)
            , m_all(m_relevant.steps().size(), 0)
        {
            findJewels(goal);
            findOptions(excluded);
            splitIntoParts();
        }

        [[nodiscard]] const std::vector<std::uint32_t>& jewels() const { return m_jewels; }
        [[nodiscard]] const std::vector<CutPart>& parts() const { return m_parts; }
        [[nodiscard]] std::uint32_t firstUnbreakable() const { return m_unbreakable; }

        std::vector<EdgeIndex> unbreakablePath(const Way& way) const;
        std::vector<OptionClass> makeClasses();
        CutProblem problem(const std::vector<OptionClass>& classes) const;

    private:
        struct Candidate {
            OptionIndex option = 0;
            std::vector<StepIndex> steps;
        };
        void findJewels(const std::vector<NodeIndex>& goal);
        void findOptions(const std::vector<OptionIndex>& excluded);
        void splitIntoParts();

        const Graph& m_graph;
        const Terrain& m_terrain;
        const Relevant& m_relevant;
        StepMask m_all; ///< what all options together break
        std::vector<std::uint32_t> m_jewels; ///< indexes into relevant.jewels()
        std::vector<Candidate> m_candidates;
        std::vector<CutPart> m_parts; ///< ways that can be closed
        std::uint32_t m_unbreakable = None; ///< the first way that cannot
        std::vector<UsedSteps> m_used; ///< by part
        std::vector<std::vector<StepIndex>> m_steps; ///< by class: what it breaks of the used steps
    };

    void Question::findJewels(const std::vector<NodeIndex>& goal)
    {
        for (std::uint32_t jewel = 0; jewel < m_relevant.jewels().size(); ++jewel)
            if (std::count(goal.begin(), goal.end(), m_relevant.graphNode(m_relevant.jewels()[jewel])) > 0)
                m_jewels.push_back(jewel);
    }

    void Question::findOptions(const std::vector<OptionIndex>& excluded)
    {
        for (OptionIndex option = 0; option < m_graph.options.size(); ++option) {
            if (std::find(excluded.begin(), excluded.end(), option) != excluded.end())
                continue;
            auto steps = m_terrain.stepsOf(m_graph.options[option]);
            std::erase_if(steps, [&](StepIndex step) { return m_relevant.steps()[step].level != 0; });
            for (const StepIndex step : steps)
                m_all[step] = 1;
            if (!steps.empty())
                m_candidates.push_back({ option, std::move(steps) });
        }
        std::stable_sort(
            m_candidates.begin(), m_candidates.end(), [&](const Candidate& a, const Candidate& b) {
                return m_graph.options[a.option].effort < m_graph.options[b.option].effort;
            });
    }

    // One part when everything can be closed; else one for each jewel, with the ways to it that can.
    void Question::splitIntoParts()
    {
        const auto closable = closedWays(m_terrain, m_all, 0);
        CutPart whole;
        for (const std::uint32_t jewel : m_jewels) {
            CutPart part;
            part.isWhole = false;
            part.jewels.push_back(jewel);
            part.ways.emplace_back();
            for (const Terrain::Member& way : m_terrain.waysTo(jewel, 0))
                if (std::binary_search(closable.begin(), closable.end(), way.way))
                    part.ways.front().push_back(way);
                else
                    m_unbreakable = std::min(m_unbreakable, way.way);
            whole.jewels.push_back(jewel);
            whole.ways.push_back(part.ways.front());
            if (!part.ways.front().empty())
                m_parts.push_back(std::move(part));
        }
        if (m_unbreakable == None && !m_parts.empty())
            m_parts.assign(1, whole);
    }

    std::vector<EdgeIndex> Question::unbreakablePath(const Way& way) const
    {
        Shortest shortest(m_relevant);
        shortest.run(m_relevant.local(way.jewel), 0, m_all);
        const std::uint32_t node = m_relevant.local(way.firstStep);
        const auto head = std::find_if(m_relevant.heads().begin(), m_relevant.heads().end(),
            [&](const Relevant::Head& h) { return h.node == node; });
        std::vector<EdgeIndex> path { m_relevant.steps()[shortest.firstStep(*head)].edge };
        shortest.appendPath(node, path);
        return path;
    }

    std::vector<OptionClass> Question::makeClasses()
    {
        std::vector<std::uint8_t> isUsed(m_relevant.steps().size(), 0);
        for (const CutPart& part : m_parts) {
            m_used.push_back(usedSteps(m_relevant, part));
            for (const StepIndex step : m_used.back().first)
                isUsed[step] = 1;
            for (const StepIndex step : m_used.back().inner)
                isUsed[step] = 1;
        }
        std::map<std::vector<StepIndex>, OptionClass> bySteps;
        for (Candidate& candidate : m_candidates) {
            std::erase_if(candidate.steps, [&](StepIndex step) { return !isUsed[step]; });
            if (!candidate.steps.empty())
                bySteps[candidate.steps].options.push_back(candidate.option);
        }
        std::vector<std::pair<OptionClass, std::vector<StepIndex>>> sorted;
        for (auto& [steps, optionClass] : bySteps)
            sorted.emplace_back(std::move(optionClass), steps);
        std::sort(sorted.begin(), sorted.end(),
            [](const auto& a, const auto& b) { return a.first.options.front() < b.first.options.front(); });
        std::vector<OptionClass> classes;
        for (auto& [optionClass, steps] : sorted) {
            optionClass.effort = m_graph.options[optionClass.options.front()].effort;
            classes.push_back(std::move(optionClass));
            m_steps.push_back(std::move(steps));
        }
        return classes;
    }

    CutProblem Question::problem(const std::vector<OptionClass>& classes) const
    {
        std::vector<std::uint8_t> efforts;
        for (const OptionClass& optionClass : classes)
            efforts.push_back(optionClass.effort);
        return cutProblem(m_relevant, m_parts, m_used, m_steps, std::move(efforts));
    }
}

SmallestSets Search::smallestSets(
    const std::vector<NodeIndex>& goal, const std::vector<OptionIndex>& excluded, const StopToken& stop) const
{
    SmallestSets out;
    out.goal = goal;
    Question question(m_graph, *m_terrain, goal, excluded);
    for (const std::uint32_t jewel : question.jewels())
        for (const Level level :
            { static_cast<Level>(WayClass::Residual), static_cast<Level>(WayClass::Possible) })
            for (const Terrain::Member& way : m_terrain->waysTo(jewel, level))
                out.remains.push_back(way.way);
    std::sort(out.remains.begin(), out.remains.end());
    const bool isImpossible = question.firstUnbreakable() != None;
    if (isImpossible) {
        out.proof = SmallestSets::Proof::Impossible;
        out.unbreakable = question.unbreakablePath(m_ways[question.firstUnbreakable()]);
    }
    if (question.parts().empty())
        return out;

    out.classes = question.makeClasses();
    out.candidates = static_cast<std::uint32_t>(out.classes.size());
    const CutProblem problem = question.problem(out.classes);
    ExactSets exact
        = exactSets(problem, out.candidates <= ProvenCandidates ? UnlimitedWork : WorkToProve, stop);
    out.lowerBound = std::max(exact.lowerBound, 1U);
    out.sets = std::move(exact.sets);
    out.more = exact.more;
    if (!exact.isProven)
        if (ClassSet set = greedySet(*m_terrain, question.parts(), problem, stop); !set.empty())
            out.sets.push_back(std::move(set));
    if (!isImpossible)
        out.proof = exact.isProven ? SmallestSets::Proof::Exact : SmallestSets::Proof::Greedy;
    return out;
}

} // namespace glacis::attack
