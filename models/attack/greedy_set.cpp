// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <attack/cut_tree.h>
#include <attack/greedy_set.h>

#include <algorithm>
#include <numeric>
#include <tuple>

namespace glacis::attack {
namespace {
    class Greedy {
    public:
        Greedy(const Terrain& terrain, const std::vector<CutPart>& parts, const CutProblem& problem,
            const StopToken& stop)
            : m_terrain(terrain)
            , m_parts(parts)
            , m_problem(problem)
            , m_stop(stop)
            , m_tree(terrain.relevant)
            , m_broken(terrain.relevant.steps().size(), 0)
            , m_gains(problem.steps.size())
        {
        }

        ClassSet run()
        {
            ClassSet chosen;
            for (;;) {
                const ClassSet taken = bestClasses();
                if (m_stop.stopRequested())
                    return {};
                if (taken.empty())
                    break;
                for (const std::uint32_t c : taken) {
                    chosen.push_back(c);
                    for (const StepIndex step : m_problem.steps[c])
                        m_broken[step] = 1;
                }
            }
            dropSuperfluous(chosen);
            std::sort(chosen.begin(), chosen.end());
            return chosen;
        }

    private:
        struct Gain {
            std::vector<std::uint32_t> closed; ///< ways
            std::uint32_t questioned = 0;
        };

        void measureGains()
        {
            for (Gain& gain : m_gains) {
                gain.closed.clear();
                gain.questioned = 0;
            }
            for (const CutPart& part : m_parts)
                for (std::size_t i = 0; i < part.jewels.size(); ++i) {
                    m_tree.build(m_terrain.relevant.jewels()[part.jewels[i]], 0, part.ways[i], m_broken);
                    if (m_tree.openWays() == 0)
                        continue;
                    for (std::size_t c = 0; c < m_gains.size() && !m_stop.stopRequested(); ++c) {
                        const CutTree::Cut& cut = m_tree.cut(m_problem.steps[c]);
                        m_gains[c].closed.insert(
                            m_gains[c].closed.end(), cut.closed.begin(), cut.closed.end());
                        m_gains[c].questioned += cut.questioned;
                    }
                }
        }

        // Empty when every way is closed. Of the path of an open way some step can be broken: every class
        // that is taken breaks something more, so this ends.
        ClassSet bestClasses()
        {
            measureGains();
            ClassSet order(m_gains.size());
            std::iota(order.begin(), order.end(), 0U);
            std::erase_if(order, [&](std::uint32_t c) { return m_gains[c].questioned == 0; });
            const auto isBetter = [&](std::uint32_t a, std::uint32_t b) {
                const Gain& x = m_gains[a];
                const Gain& y = m_gains[b];
                return std::tuple(y.closed.size(), y.questioned, m_problem.efforts[a], a)
                    < std::tuple(x.closed.size(), x.questioned, m_problem.efforts[b], b);
            };
            std::sort(order.begin(), order.end(), isBetter);
            ClassSet taken;
            std::vector<std::uint32_t> closed; // by those taken; ascending
            for (const std::uint32_t c : order) {
                std::vector<std::uint32_t>& closes = m_gains[c].closed;
                if (!taken.empty()
                    && (closes.empty() || closes.size() < m_gains[order.front()].closed.size()))
                    break;
                if (std::any_of(closes.begin(), closes.end(), [&](std::uint32_t way) {
                        return std::binary_search(closed.begin(), closed.end(), way);
                    }))
                    continue;
                taken.push_back(c);
                const auto middle = static_cast<std::ptrdiff_t>(closed.size());
                std::sort(closes.begin(), closes.end());
                closed.insert(closed.end(), closes.begin(), closes.end());
                std::inplace_merge(closed.begin(), closed.begin() + middle, closed.end());
            }
            return taken;
        }

        // Makes classes usable again one by one, as long as no path opens.
        void dropSuperfluous(ClassSet& chosen)
        {
            std::vector<std::uint32_t> brokenBy(m_problem.sets.size(), 0); // by set: chosen classes in it
            std::vector<std::vector<std::uint32_t>> setsOf(m_gains.size());
            for (std::uint32_t set = 0; set < m_problem.sets.size(); ++set)
                for (const std::uint32_t c : m_problem.sets[set])
                    setsOf[c].push_back(set);
            for (const std::uint32_t c : chosen)
                for (const std::uint32_t set : setsOf[c])
                    ++brokenBy[set];
            std::vector<std::uint32_t> unbroken;
            for (std::uint32_t set = 0; set < brokenBy.size(); ++set)
                if (brokenBy[set] == 0)
                    unbroken.push_back(set);
            std::vector<CutReach> reaches;
            for (const CutGraph& graph : m_problem.graphs)
                reaches.emplace_back(graph, m_problem.sets.size()).open(unbroken);

            ClassSet candidates = chosen;
            std::reverse(candidates.begin(), candidates.end()); // of equal effort the latest first
            std::stable_sort(candidates.begin(), candidates.end(), [&](std::uint32_t a, std::uint32_t b) {
                return m_problem.efforts[a] > m_problem.efforts[b];
            });
            for (const std::uint32_t c : candidates) {
                unbroken.clear();
                for (const std::uint32_t set : setsOf[c])
                    if (brokenBy[set] == 1)
                        unbroken.push_back(set);
                if (!openInAll(reaches, unbroken))
                    continue;
                for (const std::uint32_t set : setsOf[c])
                    --brokenBy[set];
                std::erase(chosen, c);
            }
        }

        static bool openInAll(std::vector<CutReach>& reaches, const std::vector<std::uint32_t>& sets)
        {
            for (std::size_t i = 0; i < reaches.size(); ++i)
                if (!reaches[i].open(sets)) {
                    while (i-- > 0)
                        reaches[i].undo();
                    return false;
                }
            return true;
        }

        const Terrain& m_terrain;
        const std::vector<CutPart>& m_parts;
        const CutProblem& m_problem;
        const StopToken& m_stop;
        CutTree m_tree;
        StepMask m_broken;
        std::vector<Gain> m_gains; ///< by class
    };
}

ClassSet greedySet(const Terrain& terrain, const std::vector<CutPart>& parts, const CutProblem& problem,
    const StopToken& stop)
{
    return Greedy(terrain, parts, problem, stop).run();
}

} // namespace glacis::attack
