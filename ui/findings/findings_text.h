// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Rows of the table for other programs: tab separated, CSV (RFC 4180, no formulas), Markdown (no mark-up from
// outside).
#pragma once

#include <string>
#include <vector>

#include <findings/finding_columns.h>
#include <findings/finding_index.h>

namespace glacis::ui {

enum class TextFormat : std::uint8_t { TabSeparated, Csv, Markdown };

/// UTF-8; `rows` of the index in this order. Tab separated text has no heading. Pure, any thread; a hundred
/// thousand rows take some 0.3 s.
[[nodiscard]] std::string findingsText(const FindingIndex& index, const std::vector<std::uint32_t>& rows,
    const std::vector<FindingColumn>& columns, TextFormat format);

} // namespace glacis::ui
