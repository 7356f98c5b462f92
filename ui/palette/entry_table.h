// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the palette can find: one line of text each, in one block of memory, with a mask of its letters, so
// that a keystroke looks at most lines without reading them. Filled once, then read by any thread.
#pragma once

#include <base/stop_token.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace glacis::ui {

enum class EntryKind : std::uint8_t { Page, Action, Recent, Practice, Context, Finding, Object, Node };

struct PaletteEntry {
    std::uint64_t mask = 0;
    std::uint32_t offset = 0; ///< of the text in the table
    std::uint32_t target = 0; ///< what it stands for; whoever filled the table knows
    std::uint16_t length = 0;
    std::uint16_t title = 0; ///< bytes of the text before the detail
    std::int16_t weight = 0; ///< added to the score; a letter is worth about 100
    EntryKind kind = EntryKind::Action;
};

/// Entry `row` of table `table` fits so well.
struct PaletteHit {
    int score = 0;
    std::uint32_t row = 0;
    std::uint8_t table = 0;
};

class EntryTable {
public:
    /// Texts may come from outside; they are cut after some hundred bytes and cleaned when shown.
    void add(EntryKind kind, std::string_view title, std::string_view detail, std::uint32_t target,
        int weight = 0);
    void clear();

    [[nodiscard]] std::size_t size() const { return m_entries.size(); }
    [[nodiscard]] const PaletteEntry& operator[](std::size_t row) const { return m_entries[row]; }
    /// Title, and behind a space the detail where there is one.
    [[nodiscard]] std::string_view text(std::size_t row) const;
    [[nodiscard]] std::string_view title(std::size_t row) const;
    [[nodiscard]] std::string_view detail(std::size_t row) const;

    /// Appends what fits the query, marked with `table`, in no order. Returns early when asked to stop.
    void match(std::string_view query, std::uint8_t table, std::vector<PaletteHit>& into,
        const StopToken& stop = {}) const;

private:
    std::string m_text;
    std::vector<PaletteEntry> m_entries;
};

/// The best first, at most `limit` of them; equals by table and row.
void keepBest(std::vector<PaletteHit>& hits, std::size_t limit);

} // namespace glacis::ui
