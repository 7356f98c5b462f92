// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// File and line of every place of the rows that a writer is going to print. All lookups are made at once,
// ordered by where the objects lie, so that each block of redacted JSON is decompressed once.
//
//     const Locations where(assessment, rows);
//     for (const Location& l : where.of(i)) ... l.file, l.line ...
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <report/selection.h>

namespace glacis::report {

struct Location {
    std::string_view file; ///< as given on the command line; empty when the source has no files
    std::uint32_t line = 0; ///< 1-based; 0 unknown
};

class Locations {
public:
    Locations(const assessment::Assessment& assessment, std::span<const Row> rows);
    /// One for each place of the row's finding; for rows without a place one, that of the object itself.
    [[nodiscard]] std::span<const Location> of(std::size_t row) const
    {
        return std::span(m_locations).subspan(m_first[row], m_first[row + 1] - m_first[row]);
    }

private:
    std::vector<Location> m_locations;
    std::vector<std::size_t> m_first;
};

} // namespace glacis::report
