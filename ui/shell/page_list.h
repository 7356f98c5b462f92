// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The pages that exist, in the order of the navigation. A new page is one row in page_list.cpp.
#pragma once

#include <shell/page.h>

#include <vector>

namespace glacis::ui {

struct PageEntry {
    const char* id;
    const char* group; ///< heading in the navigation, for tr("Navigation")
    const char* title; ///< for tr("Navigation")
    Glyph glyph;
    Page* (*make)(workspace::Workspace& workspace);
    /// Number at the end of the row; nullptr: none.
    std::uint64_t (*count)(const assessment::Assessment& assessment);
};
[[nodiscard]] const std::vector<PageEntry>& pageList();

} // namespace glacis::ui
