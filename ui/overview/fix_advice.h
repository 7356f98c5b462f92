// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What to do first: the fewest changes that close every certain way, then the ones that close most alone.
// From figures that AttackFacts computes; told in words here. GUI thread.
#pragma once

#include <assessment/assessment.h>

#include <QString>

#include <vector>

namespace glacis::ui {

struct FixLine {
    attack::OptionIndex option = 0;
    QString id; ///< of the option, for a Location
    QString title; ///< what to do; two that would read alike say where
    QString target; ///< on what, in words of the window; from the cluster, made safe
    char size = 'S'; ///< S minutes to an hour, M a day, L days
    std::uint32_t closes = 0; ///< ways that it closes alone
    std::uint32_t of = 0; ///< ways that there are; 0: none that it could close
    bool possible = false; ///< both count ways that are residual or only possible
    bool inSet = false; ///< of the smallest set
};

struct FixAdvice {
    QString summary; ///< one sentence; empty when there is nothing to say
    std::vector<FixLine> lines; ///< the set first, most closing first
    std::size_t inSet = 0; ///< how many of the lines are of the set
};

/// At most `most` lines, or the whole smallest set when that is longer.
[[nodiscard]] FixAdvice fixAdvice(const assessment::Assessment& assessment,
    const std::vector<attack::OptionEffect>& effects, const attack::SmallestSets& smallest, std::size_t most);

[[nodiscard]] QString effortWord(char size); ///< "small effort"
[[nodiscard]] QString effortInWords(char size); ///< "Small effort: minutes to an hour"
[[nodiscard]] QString closesText(const FixLine& line); ///< "closes 11 of 21"

} // namespace glacis::ui
