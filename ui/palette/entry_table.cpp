// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <palette/entry_table.h>

#include <palette/fuzzy_match.h>

#include <algorithm>
#include <tuple>

namespace glacis::ui {
namespace {

    constexpr std::size_t maxTitle = 340; ///< namespace and name at their longest
    constexpr std::size_t maxDetail = 340;

    /// Cut between characters, not within one.
    std::string_view cut(std::string_view text, std::size_t limit)
    {
        if (text.size() <= limit)
            return text;
        while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0) == 0x80)
            --limit;
        return text.substr(0, limit);
    }

}

void EntryTable::add(
    EntryKind kind, std::string_view title, std::string_view detail, std::uint32_t target, int weight)
{
    title = cut(title, maxTitle);
    detail = cut(detail, maxDetail);
    PaletteEntry entry;
    entry.offset = static_cast<std::uint32_t>(m_text.size());
    entry.target = target;
    entry.title = static_cast<std::uint16_t>(title.size());
    entry.weight = static_cast<std::int16_t>(weight);
    entry.kind = kind;
    m_text += title;
    if (!detail.empty())
        m_text.append(1, ' ').append(detail);
    entry.length = static_cast<std::uint16_t>(m_text.size() - entry.offset);
    entry.mask = letterMask(std::string_view(m_text).substr(entry.offset));
    m_entries.push_back(entry);
}

void EntryTable::clear()
{
    m_text.clear();
    m_entries.clear();
}

std::string_view EntryTable::text(std::size_t row) const
{
    return std::string_view(m_text).substr(m_entries[row].offset, m_entries[row].length);
}

std::string_view EntryTable::title(std::size_t row) const
{
    return text(row).substr(0, m_entries[row].title);
}

std::string_view EntryTable::detail(std::size_t row) const
{
    const std::string_view whole = text(row);
    return whole.substr(std::min<std::size_t>(whole.size(), m_entries[row].title + std::size_t(1)));
}

void EntryTable::match(
    std::string_view query, std::uint8_t table, std::vector<PaletteHit>& into, const StopToken& stop) const
{
    constexpr std::size_t stopEvery = 4096;
    FuzzyMatcher matcher(query);
    const std::uint64_t needed = matcher.mask();
    for (std::size_t row = 0; row < m_entries.size(); ++row) {
        if (row % stopEvery == 0 && stop.stopRequested())
            return;
        const PaletteEntry& entry = m_entries[row];
        if ((entry.mask & needed) != needed)
            continue;
        if (const auto score = matcher.score(text(row), entry.title))
            into.push_back({ *score + entry.weight, static_cast<std::uint32_t>(row), table });
    }
}

void keepBest(std::vector<PaletteHit>& hits, std::size_t limit)
{
    const auto better = [](const PaletteHit& a, const PaletteHit& b) {
        return std::tuple(-a.score, a.table, a.row) < std::tuple(-b.score, b.table, b.row);
    };
    const auto end = hits.begin() + static_cast<std::ptrdiff_t>(std::min(limit, hits.size()));
    std::partial_sort(hits.begin(), end, hits.end(), better);
    hits.erase(end, hits.end());
}

} // namespace glacis::ui
