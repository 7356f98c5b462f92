// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a Search keeps beside its ways: the relevant part of the graph, and its ways by class and jewel.
#pragma once

#include <attack/relevant.h>

namespace glacis::attack {

struct Terrain {
    struct Member {
        std::uint32_t head = 0; ///< index into relevant.heads()
        std::uint32_t way = 0; ///< index into Search::ways()
    };

    Terrain(const Graph& graph, NodeIndex entry)
        : relevant(graph, entry)
    {
    }
    /// jewel: index into relevant.jewels().
    [[nodiscard]] const std::vector<Member>& waysTo(std::uint32_t jewel, Level level) const
    {
        return groups[jewel * LevelCount + level];
    }
    void group(const std::vector<Way>& ways);
    /// Relevant steps that an option breaks, ascending.
    [[nodiscard]] std::vector<StepIndex> stepsOf(const BreakOption& option) const;

    Relevant relevant;
    std::vector<std::vector<Member>> groups; ///< by jewel and level
};

/// Indexes of the ways up to the highest level that are not open any more within their class when steps are
/// masked; ascending.
[[nodiscard]] std::vector<std::uint32_t> closedWays(
    const Terrain& terrain, const StepMask& masked, Level highest);

} // namespace glacis::attack
