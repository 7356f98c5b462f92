// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Turns spans into what may be kept: no character of a span's text goes into a
// Classification.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include <credentials/classify.h>
#include <credentials/shapes.h>

namespace glacis::credentials {

/// Values above this size are judged by their beginning.
inline constexpr std::size_t LongestJudged = 1024 * 1024;

/// Every span of the text, loose ones included.
[[nodiscard]] std::vector<Span> scanAll(std::string_view text, const Rules& rules);
/// The span that a finding should speak of: the gravest, then the first;
/// nothing when all are loose.
[[nodiscard]] const Span* gravest(const std::vector<Span>& spans);
/// Describes `span`; `spans` are all of the text, so that no public part
/// overlaps one.
[[nodiscard]] Classification describe(
    std::string_view text, const Span& span, const std::vector<Span>& spans);
/// The text with the spans replaced; what lies behind LongestJudged is dropped.
[[nodiscard]] std::string redactJudged(std::string_view wholeText, const std::vector<Span>& spans);

} // namespace glacis::credentials
