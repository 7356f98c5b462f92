// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A smallest hitting set without ever listing what is to be hit. A *clause* is the set of classes on some
// path: whoever closes everything takes at least one of them. Clauses are found when they are missed: as long
// as the graph still has a path that the chosen classes leave open, its classes are a new clause, made as
// small as possible. The search deepens by the size of the set; at each place it branches over the clause
// with fewest classes left, and what earlier branches took is forbidden to later ones, so that every set
// comes up once. Clauses that share no class need a class each: that bounds the size from below.
#include <attack/exact_sets.h>

#include <algorithm>
#include <numeric>

namespace glacis::attack {
namespace {
    // Deeper searches would not end within their work anyway.
    constexpr std::uint32_t LimitedSize = 64;

    class Deepening {
    public:
        Deepening(const CutProblem& problem, std::uint64_t work, const StopToken& stop)
            : m_problem(problem)
            , m_stop(stop)
            , m_workLeft(work)
            , m_isLimited(work != UnlimitedWork)
            , m_broken(problem.sets.size(), 0)
            , m_usable(problem.sets.size(), 1)
            , m_setsOf(problem.efforts.size())
            , m_clausesOf(problem.efforts.size())
            , m_forbidden(problem.efforts.size(), 0)
            , m_packed(problem.efforts.size(), 0)
        {
            for (std::uint32_t set = 0; set < problem.sets.size(); ++set)
                for (const std::uint32_t c : problem.sets[set])
                    m_setsOf[c].push_back(set);
        }

        ExactSets run()
        {
            packFirstClauses();
            m_out.lowerBound = static_cast<std::uint32_t>(m_clauses.size());
            for (;; ++m_out.lowerBound) {
                if (m_isLimited && m_out.lowerBound > LimitedSize)
                    return m_out;
                search(m_out.lowerBound);
                if (m_gaveUp) {
                    m_out.sets.clear(); // those found so far need not be the best
                    m_out.more = false;
                    return m_out;
                }
                if (!m_out.sets.empty())
                    break;
            }
            m_out.isProven = true;
            return m_out;
        }

    private:
        struct Clause {
            ClassSet classes;
            std::uint32_t hits = 0; ///< chosen classes among them
        };

        void packFirstClauses()
        {
            while (const auto clause = findClause()) {
                addClause(*clause);
                for (const std::uint32_t c : *clause)
                    choose(c);
            }
            for (const Clause& clause : m_clauses)
                for (const std::uint32_t c : clause.classes)
                    unchoose(c);
        }

        void choose(std::uint32_t c)
        {
            m_chosen.push_back(c);
            for (const std::uint32_t set : m_setsOf[c])
                ++m_broken[set];
            for (const std::uint32_t clause : m_clausesOf[c])
                ++m_clauses[clause].hits;
        }

        void unchoose(std::uint32_t c)
        {
            m_chosen.pop_back();
            for (const std::uint32_t set : m_setsOf[c])
                --m_broken[set];
            for (const std::uint32_t clause : m_clausesOf[c])
                --m_clauses[clause].hits;
        }

        void addClause(const ClassSet& classes)
        {
            for (const std::uint32_t c : classes)
                m_clausesOf[c].push_back(static_cast<std::uint32_t>(m_clauses.size()));
            m_clauses.push_back({ classes, 0 });
        }

        bool spend(std::uint64_t work)
        {
            if (m_stop.stopRequested() || (m_isLimited && m_workLeft < work))
                m_gaveUp = true;
            else if (m_isLimited)
                m_workLeft -= work;
            return !m_gaveUp;
        }

        // A clause that the chosen classes miss, without superfluous classes.
        std::optional<ClassSet> findClause()
        {
            for (const CutGraph& graph : m_problem.graphs) {
                for (std::size_t set = 0; set < m_usable.size(); ++set)
                    m_usable[set] = m_broken[set] == 0;
                if (!spend(graph.edgeCount()))
                    return std::nullopt;
                if (auto clause = graph.findPath(m_problem.sets, m_usable)) {
                    shrink(*clause, graph);
                    return clause;
                }
            }
            return std::nullopt;
        }

        void shrink(ClassSet& clause, const CutGraph& graph)
        {
            for (std::size_t i = clause.size(); i-- > 0 && clause.size() > 1;) {
                if (i >= clause.size())
                    continue; // went with another one
                if (!spend(graph.edgeCount()))
                    return;
                const std::uint32_t without = clause[i];
                for (std::size_t set = 0; set < m_usable.size(); ++set) {
                    const ClassSet& classes = m_problem.sets[set];
                    m_usable[set] = std::all_of(classes.begin(), classes.end(), [&](std::uint32_t c) {
                        return c != without && std::binary_search(clause.begin(), clause.end(), c);
                    });
                }
                if (auto smaller = graph.findPath(m_problem.sets, m_usable))
                    clause = std::move(*smaller);
            }
        }

        [[nodiscard]] std::size_t freeClasses(const Clause& clause) const
        {
            return static_cast<std::size_t>(std::count_if(clause.classes.begin(), clause.classes.end(),
                [&](std::uint32_t c) { return m_forbidden[c] == 0; }));
        }

        // The missed clause with fewest free classes; None when all known ones are hit.
        [[nodiscard]] std::uint32_t narrowestClause() const
        {
            std::uint32_t best = None;
            std::size_t fewest = SIZE_MAX;
            for (std::uint32_t i = 0; i < m_clauses.size(); ++i)
                if (m_clauses[i].hits == 0)
                    if (const std::size_t free = freeClasses(m_clauses[i]); free < fewest) {
                        fewest = free;
                        best = i;
                    }
            return best;
        }

        // Whether missed clauses without a class in common are more than the classes that may still be
        // chosen.
        bool needsMoreThan(std::uint32_t remaining)
        {
            ++m_packing;
            std::uint32_t packed = 0;
            for (const Clause& clause : m_clauses) {
                if (clause.hits != 0)
                    continue;
                const auto isTaken
                    = [&](std::uint32_t c) { return m_forbidden[c] == 0 && m_packed[c] == m_packing; };
                if (std::any_of(clause.classes.begin(), clause.classes.end(), isTaken))
                    continue;
                if (++packed > remaining)
                    return true;
                for (const std::uint32_t c : clause.classes)
                    m_packed[c] = m_packing;
            }
            return false;
        }

        void search(std::uint32_t remaining)
        {
            if (!spend(m_clauses.size() + 1) || needsMoreThan(remaining))
                return;
            std::uint32_t index = narrowestClause();
            if (index == None) {
                if (remaining == 0 && m_out.more && !isBetter(sorted(m_chosen), m_out.sets.back()))
                    return;
                const auto clause = findClause();
                if (!clause) {
                    if (!m_gaveUp)
                        list(sorted(m_chosen));
                    return;
                }
                addClause(*clause);
                index = static_cast<std::uint32_t>(m_clauses.size() - 1);
            }
            if (remaining == 0)
                return;
            const ClassSet branches = m_clauses[index].classes; // a copy: clauses are added below
            ClassSet forbidden;
            for (const std::uint32_t c : branches) {
                if (m_forbidden[c] != 0)
                    continue;
                choose(c);
                search(remaining - 1);
                unchoose(c);
                m_forbidden[c] = 1;
                forbidden.push_back(c);
            }
            for (const std::uint32_t c : forbidden)
                m_forbidden[c] = 0;
        }

        [[nodiscard]] static ClassSet sorted(ClassSet set)
        {
            std::sort(set.begin(), set.end());
            return set;
        }

        [[nodiscard]] std::uint32_t effort(const ClassSet& set) const
        {
            return std::accumulate(set.begin(), set.end(), std::uint32_t { 0 },
                [&](std::uint32_t sum, std::uint32_t c) { return sum + m_problem.efforts[c]; });
        }

        [[nodiscard]] bool isBetter(const ClassSet& a, const ClassSet& b) const
        {
            const std::uint32_t effortA = effort(a);
            const std::uint32_t effortB = effort(b);
            return effortA != effortB ? effortA < effortB : a < b;
        }

        void list(const ClassSet& set)
        {
            const auto place = std::upper_bound(m_out.sets.begin(), m_out.sets.end(), set,
                [&](const ClassSet& a, const ClassSet& b) { return isBetter(a, b); });
            m_out.sets.insert(place, set);
            if (m_out.sets.size() > ListedSets) {
                m_out.sets.pop_back();
                m_out.more = true;
            }
        }

        const CutProblem& m_problem;
        const StopToken& m_stop;
        std::uint64_t m_workLeft;
        bool m_isLimited;
        bool m_gaveUp = false;
        std::vector<std::uint32_t> m_broken; ///< by set: chosen classes in it
        std::vector<std::uint8_t> m_usable; ///< by set, of one path search
        std::vector<std::vector<std::uint32_t>> m_setsOf, m_clausesOf; ///< by class
        std::vector<std::uint8_t> m_forbidden; ///< by class
        std::vector<std::uint64_t> m_packed; ///< by class: packing that took it last
        std::uint64_t m_packing = 0;
        std::vector<Clause> m_clauses;
        ClassSet m_chosen;
        ExactSets m_out;
    };
}

ExactSets exactSets(const CutProblem& problem, std::uint64_t work, const StopToken& stop)
{
    return Deepening(problem, work, stop).run();
}

} // namespace glacis::attack
