// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Outside text in the cells of a table that another program reads: it stays text there. Any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace glacis::report {

/// As RFC 4180 has it, quoted where it must be, on one line. A cell that a spreadsheet would run as a formula
/// gets a leading apostrophe.
void appendCsvCell(std::string& out, std::string_view text);

/// A pipe in a code span is escaped in a cell, and may not be elsewhere: there the backslash would show.
enum class MarkdownPlace : std::uint8_t { Cell, Line };
/// A code span; empty for blank text. No HTML, link or mention starts in it.
[[nodiscard]] std::string markdownCode(std::string_view text, MarkdownPlace place = MarkdownPlace::Cell);
/// Escaped prose; a code span where a renderer would link a part of it whatever the escapes say.
[[nodiscard]] std::string markdownProse(std::string_view text, MarkdownPlace place = MarkdownPlace::Cell);

} // namespace glacis::report
