// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// All smallest sets of option classes that break every path of some cut graphs, with proof.
#pragma once

#include <attack/cut_graph.h>
#include <base/stop_token.h>

namespace glacis::attack {

struct ExactSets {
    bool isProven = false; ///< false: gave up; lowerBound says how far it came
    std::uint32_t lowerBound = 0; ///< no smaller set exists
    std::vector<ClassSet> sets; ///< least effort first, then by class
    bool more = false;
};

inline constexpr std::uint32_t ListedSets = 64;
inline constexpr std::uint64_t UnlimitedWork = UINT64_MAX;

/// All classes together must break every path. work: edges and clauses looked at before giving up.
[[nodiscard]] ExactSets exactSets(const CutProblem& problem, std::uint64_t work, const StopToken& stop);

} // namespace glacis::attack
