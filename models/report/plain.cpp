// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <report/plain.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include <base/text.h>

namespace glacis::report {
namespace {
    struct Range {
        std::uint32_t first, last;
    };

    /// Characters that show nothing and change how others are shown: soft hyphen, zero width, bidi controls
    /// (Unicode Annex 9), line and paragraph separators, invisible operators, byte order mark, interlinear
    /// marks, tags.
    constexpr std::array Hiding { Range { 0x80, 0x9F }, Range { 0xAD, 0xAD }, Range { 0x61C, 0x61C },
        Range { 0x180E, 0x180E }, Range { 0x200B, 0x200F }, Range { 0x2028, 0x202E },
        Range { 0x2060, 0x206F }, Range { 0xFEFF, 0xFEFF }, Range { 0xFFF9, 0xFFFB },
        Range { 0xE0000, 0xE007F } };

    /// The large blocks of East Asian Wide and Fullwidth (Unicode Annex 11) and emoji.
    constexpr std::array Wide { Range { 0x1100, 0x115F }, Range { 0x2E80, 0x303E }, Range { 0x3041, 0xA4CF },
        Range { 0xA960, 0xA97F }, Range { 0xAC00, 0xD7A3 }, Range { 0xF900, 0xFAFF },
        Range { 0xFE30, 0xFE6F }, Range { 0xFF01, 0xFF60 }, Range { 0xFFE0, 0xFFE6 },
        Range { 0x1F300, 0x1F64F }, Range { 0x1F680, 0x1F6FF }, Range { 0x1F900, 0x1F9FF },
        Range { 0x20000, 0x3FFFD } };

    constexpr std::array Combining { Range { 0x300, 0x36F }, Range { 0x483, 0x489 }, Range { 0x591, 0x5BD },
        Range { 0x610, 0x61A }, Range { 0x64B, 0x65F }, Range { 0x1AB0, 0x1AFF }, Range { 0x1DC0, 0x1DFF },
        Range { 0x20D0, 0x20FF }, Range { 0xFE00, 0xFE0F }, Range { 0xFE20, 0xFE2F } };

    template <std::size_t N> bool contains(const std::array<Range, N>& ranges, std::uint32_t c)
    {
        return std::any_of(
            ranges.begin(), ranges.end(), [c](Range r) { return c >= r.first && c <= r.last; });
    }

    bool isAscii(std::string_view text)
    {
        return std::all_of(
            text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    }

    /// The code point that starts at `at` of valid UTF-8; moves `at` behind it.
    std::uint32_t next(std::string_view text, std::size_t& at)
    {
        const auto byte
            = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i])); };
        const std::uint32_t first = byte(at);
        const std::size_t size = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        std::uint32_t c = size == 1 ? first : first & (0x7FU >> size);
        for (std::size_t i = 1; i < size && at + i < text.size(); ++i)
            c = c << 6 | (byte(at + i) & 0x3F);
        at = std::min(at + size, text.size());
        return c;
    }
}

std::string plain(std::string_view text)
{
    std::string out = printable(text, true);
    for (char& c : out) {
        if (c == '\n' || c == '\t' || c == '\r')
            c = ' ';
    }
    if (isAscii(out))
        return out;
    std::string safe;
    safe.reserve(out.size());
    for (std::size_t at = 0; at < out.size();) {
        const std::size_t begin = at;
        const std::uint32_t c = next(out, at);
        if (contains(Hiding, c))
            safe += "\xEF\xBF\xBD";
        else
            safe.append(out, begin, at - begin);
    }
    return safe;
}

std::size_t displayWidth(std::string_view utf8)
{
    if (isAscii(utf8))
        return utf8.size();
    std::size_t width = 0;
    for (std::size_t at = 0; at < utf8.size();) {
        const std::uint32_t c = next(utf8, at);
        width += contains(Combining, c) ? 0 : contains(Wide, c) ? 2 : 1;
    }
    return width;
}

std::vector<std::string> wrap(std::string_view utf8, std::size_t width)
{
    std::vector<std::string> lines;
    std::string line;
    std::size_t used = 0;
    for (const std::string_view word : split(utf8, ' ')) {
        if (word.empty())
            continue;
        const std::size_t size = displayWidth(word);
        if (!line.empty() && used + 1 + size > width) {
            lines.push_back(std::move(line));
            line.clear();
            used = 0;
        }
        if (!line.empty()) {
            line += ' ';
            ++used;
        }
        line += word;
        used += size;
    }
    if (!line.empty())
        lines.push_back(std::move(line));
    return lines;
}

std::string grouped(std::size_t number)
{
    std::string digits = std::to_string(number);
    for (std::size_t i = digits.size(); i > 3; i -= 3)
        digits.insert(i - 3, 1, ',');
    return digits;
}

std::string count(std::size_t number, std::string_view singular, std::string_view plural)
{
    std::string text = grouped(number) + ' ';
    if (number == 1)
        text += singular;
    else if (!plural.empty())
        text += plural;
    else
        text.append(singular).append("s");
    return text;
}

std::string joined(const std::vector<std::string>& items, std::size_t most)
{
    std::string text;
    for (std::size_t i = 0; i < items.size() && i < most; ++i) {
        if (i > 0)
            text += ", ";
        text += items[i];
    }
    if (items.size() > most)
        append(text, " +", grouped(items.size() - most), " more");
    return text;
}

} // namespace glacis::report
