// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The few words and signs that a writer of the document needs for values that are no text there.
#pragma once

#include <string>
#include <string_view>

#include <report/document.h>

namespace glacis::report {

[[nodiscard]] std::string_view severityTitle(Severity severity); ///< "Critical"
/// One character for sinks that cannot draw: diamond, triangle, square, disc, ring. UTF-8.
[[nodiscard]] std::string_view severitySign(Severity severity);
[[nodiscard]] std::string_view wayClassTitle(attack::WayClass wayClass); ///< "Certain"
/// Of a run with Face::Severity; beyond the last one: the last one.
[[nodiscard]] Severity severityOf(const Run& run);
/// What a run says: its text; "Critical" for the bare name of a severity, "Stage 2" for an empty stage.
[[nodiscard]] std::string wordsOf(const Run& run);
/// "38", "not assessed", "100, partly assessed"
[[nodiscard]] std::string scoreWords(const std::optional<int>& score, bool partly);
/// "2026-11-20"; empty for 0.
[[nodiscard]] std::string dateOf(const Document& document);
/// "5.2 Findings"; the text alone where there is no number.
[[nodiscard]] std::string numbered(const Heading& heading);

} // namespace glacis::report
