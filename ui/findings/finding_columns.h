// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The columns of the findings: their names and what stands in a cell. Any thread.
#pragma once

#include <findings/finding_facts.h>

#include <array>
#include <optional>

namespace glacis::ui {

enum class FindingColumn : std::uint8_t {
    Severity,
    Check,
    Title,
    Kind,
    Namespace,
    Object,
    Locus,
    Ways,
    Stage,
    State,
    Frameworks,
    Fix
};
inline constexpr int FindingColumnCount = static_cast<int>(FindingColumn::Fix) + 1;

[[nodiscard]] QString columnTitle(FindingColumn column);
/// Stable names for what is kept between runs: "severity", "ns".
[[nodiscard]] std::string_view columnId(FindingColumn column);
[[nodiscard]] std::optional<FindingColumn> columnFromId(std::string_view id);

/// What a cell shows; `ways`: how many certain ways lead through the finding.
[[nodiscard]] QString cellText(const FindingFacts& facts, std::uint32_t ways, FindingColumn column);
/// The same whole and in UTF-8, as it came from outside: for copies, whose writers make it harmless.
[[nodiscard]] std::string cellSource(const FindingFacts& facts, std::uint32_t ways, FindingColumn column);

/// "CIS 1.12", "NSA", "PSS"
[[nodiscard]] QString frameworkTitle(std::string_view framework);
/// "cis-1.12 5.2.1, 5.2.2 · nsa …": all ids of a check.
[[nodiscard]] std::string frameworksOf(const posture::CheckInfo& check);

} // namespace glacis::ui
