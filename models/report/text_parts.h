// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Parts of the terminal text around the list of problems.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <report/selection.h>

namespace glacis::report {

/// ANSI colours, or nothing when colour is off. The sixteen basic colours only: they follow the terminal's
/// theme.
class Ink {
public:
    explicit Ink(bool colour)
        : m_colour(colour)
    {
    }
    [[nodiscard]] std::string bold(std::string_view text) const { return wrapIn("1", text); }
    [[nodiscard]] std::string faint(std::string_view text) const { return wrapIn("2", text); }
    [[nodiscard]] std::string severity(Severity severity, std::string_view text) const;

private:
    [[nodiscard]] std::string wrapIn(std::string_view code, std::string_view text) const;
    bool m_colour;
};

/// Columns to write for: those of the options within reason.
[[nodiscard]] std::size_t textWidth(const WriteOptions& options);
/// The text in lines of at most that many columns.
void appendWrapped(std::string& out, std::string_view text, std::size_t width);
/// "◆ critical", always ten columns.
[[nodiscard]] std::string severityMark(Severity severity);
/// "2 critical, 1 low", worst first; empty when there is nothing.
[[nodiscard]] std::string severityCounts(const std::array<std::uint32_t, 5>& counts);

/// Source, coverage and the scores of the stages.
[[nodiscard]] std::string textHead(
    const assessment::Assessment& assessment, const WriteOptions& options, const Ink& ink);
/// With "all": how many objects passed, failed, … each check. Objects that passed are counted here, not
/// listed.
[[nodiscard]] std::string textByCheck(
    const assessment::Assessment& assessment, const std::vector<Row>& rows, const Ink& ink);
/// Counts, what was not assessed and why, and the next step as the last line. order: by rank of an object,
/// where in the list it stands.
[[nodiscard]] std::string textSummary(const assessment::Assessment& assessment, const std::vector<Row>& rows,
    const std::vector<std::uint32_t>& order, const WriteOptions& options, const Ink& ink);

} // namespace glacis::report
