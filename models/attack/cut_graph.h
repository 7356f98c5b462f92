// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The certain ways to a goal as the search for smallest sets sees them: one source, one goal, and between
// them only steps on the way, each with the option classes that break it. What no class can break is merged
// into source and goal.
//
//     used = usedSteps(relevant, part);             // who is a class depends on these
//     CutGraph cutGraph(relevant, part, used, setOfStep);
//     cutGraph.findPath(sets, usable);              // classes on a path that is not broken yet
#pragma once

#include <attack/terrain.h>

#include <optional>

namespace glacis::attack {

/// Ways that are closed together.
struct CutPart {
    std::vector<std::uint32_t> jewels; ///< indexes into relevant.jewels()
    std::vector<std::vector<Terrain::Member>> ways; ///< by `jewels`
    /// Every certain way to these jewels is among the ways. Then nobody gets past the entry or one of the
    /// jewels anyway, and steps back into the entry or on from a jewel need no breaking.
    bool isWhole = true;
};

struct UsedSteps {
    std::vector<StepIndex> first; ///< from the entry
    std::vector<StepIndex> inner; ///< from nodes behind it (the entry again when the part is not whole)
};
/// Certain steps on walks of a part's ways to its jewels; ascending.
[[nodiscard]] UsedSteps usedSteps(const Relevant& relevant, const CutPart& part);

using ClassSet = std::vector<std::uint32_t>; ///< indexes of option classes, ascending

class CutGraph {
public:
    /// setOfStep: by step the index of the set of classes that break it; 0: the empty set.
    CutGraph(const Relevant& relevant, const CutPart& part, const UsedSteps& used,
        const std::vector<std::uint32_t>& setOfStep);

    /// The classes on some path from source to goal along sets that are usable (by set, not 0), with few
    /// classes on it. None: everything is cut.
    [[nodiscard]] std::optional<ClassSet> findPath(
        const std::vector<ClassSet>& sets, const std::vector<std::uint8_t>& usable) const;
    [[nodiscard]] std::size_t edgeCount() const { return m_edges.size(); }

private:
    friend class CutReach;
    struct CutEdge {
        std::uint32_t from = 0, to = 0, set = 0;
        // clang-tidy 14 takes the zero of the generated comparison for a null pointer.
        // NOLINTNEXTLINE(modernize-use-nullptr)
        friend auto operator<=>(const CutEdge&, const CutEdge&) = default;
    };
    std::vector<CutEdge> m_edges; ///< sorted, each once
    std::vector<std::uint32_t> m_outStart;
};

/// Everything a search for sets works on.
struct CutProblem {
    std::vector<CutGraph> graphs; ///< by part
    std::vector<ClassSet> sets; ///< distinct sets of classes that break a step; the first is empty
    std::vector<std::vector<StepIndex>> steps; ///< by class
    std::vector<std::uint8_t> efforts; ///< by class; classes are sorted by id
};
/// used: by part. steps: by class what it breaks of them.
[[nodiscard]] CutProblem cutProblem(const Relevant& relevant, const std::vector<CutPart>& parts,
    const std::vector<UsedSteps>& used, std::vector<std::vector<StepIndex>> steps,
    std::vector<std::uint8_t> efforts);

/// What the source reaches while sets become usable one after the other.
class CutReach {
public:
    /// At first only what nothing breaks is usable.
    CutReach(const CutGraph& graph, std::size_t setCount);
    /// Makes sets usable, unless the goal would be reached: then nothing changes and false is returned.
    bool open(const std::vector<std::uint32_t>& sets);
    /// Takes back the last open() that was true.
    void undo();

private:
    const CutGraph& m_graph;
    std::vector<std::vector<std::uint32_t>> m_edgesOf; ///< by set
    std::vector<std::uint8_t> m_usable; ///< by set
    std::vector<std::uint8_t> m_reached; ///< by node
    std::vector<std::uint32_t> m_newSets, m_newNodes; ///< of the last open()
};

} // namespace glacis::attack
