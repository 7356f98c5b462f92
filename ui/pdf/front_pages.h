// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What stands around the blocks of a report: cover, table of contents, header and footer.
#pragma once

#include <pdf/block_layout.h>

namespace glacis::ui::pdf {

/// Slabs of the cover with their places on the page.
[[nodiscard]] FlowPage coverPage(const Setting& setting);

/// A line of the table of contents.
struct ContentsEntry {
    int level = 1;
    QString text;
    QString anchor;
    int page = 0; ///< as printed
};
/// As many pages as the entries need, whatever their page numbers are.
[[nodiscard]] std::vector<FlowPage> contentsPages(
    const Setting& setting, const std::vector<ContentsEntry>& entries);

/// Header and footer of the page, as printed: "Page 3 of 24".
[[nodiscard]] std::vector<Placed> frameOf(
    const Setting& setting, const QString& section, int number, int count);

} // namespace glacis::ui::pdf
