// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The pages that exist, in the order of the navigation. A new page is one row in page_list.cpp.
#pragma once

#include <shell/page.h>

#include <optional>
#include <vector>

namespace glacis::ui {

class ContextDirectory;
class Settings;
class Theme;

/// What a page may be made of.
struct PageContext {
    workspace::Workspace& workspace;
    Settings& settings;
    Theme& theme;
    ContextDirectory* contexts = nullptr; ///< none: pages that need it stay empty
};

struct PageEntry {
    const char* id;
    const char*
        group; ///< heading in the navigation, for tr("Navigation"); the last group stands at the bottom
    const char* title; ///< for tr("Navigation")
    Glyph glyph;
    Page* (*make)(const PageContext& context);
    /// Number at the end of the row; nullptr: never one, nullopt: not known, which is no zero.
    std::optional<std::uint64_t> (*count)(const assessment::Assessment& assessment);
    bool needsSource = true; ///< shown only once something was read
    const char* keys = nullptr; ///< shortcut; nullptr: Ctrl and its number
};
[[nodiscard]] const std::vector<PageEntry>& pageList();

} // namespace glacis::ui
