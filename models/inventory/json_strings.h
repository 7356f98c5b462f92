// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the JSON reader needs to know of lines, strings and UTF-8.
#pragma once

#include <algorithm>
#include <cstring>
#include <string_view>

#include <base/text.h>
#include <inventory/byte_mask.h>

namespace glacis::inventory {

/// Line numbers of ascending positions. Keeps a short list of newlines ahead instead of all of them.
class LineCounter {
public:
    LineCounter(std::string_view text, std::uint32_t firstLine)
        : m_text(text)
        , m_line(firstLine)
    {
        refill();
    }
    [[nodiscard]] std::uint32_t at(std::uint32_t position)
    {
        while (m_newlines[m_next] < position) {
            ++m_line;
            if (++m_next == m_count)
                refill();
        }
        return m_line;
    }

private:
    void refill()
    {
        m_next = 0;
        m_count = 0;
        while (m_count < wanted && m_scanned < m_text.size()) {
            const std::size_t rest = m_text.size() - m_scanned;
            const char* p = m_text.data() + m_scanned;
            std::uint64_t mask = (rest >= Block64::size ? Block64(p) : partialBlock(p, rest)).equal('\n');
            while (mask) {
                m_newlines[m_count++] = static_cast<std::uint32_t>(m_scanned + lowestBit(mask));
                mask &= mask - 1;
            }
            m_scanned += Block64::size;
        }
        if (m_count == 0)
            m_newlines[m_count++] = UINT32_MAX; // never passed
    }
    static constexpr std::size_t wanted = 512;
    std::string_view m_text;
    std::size_t m_scanned = 0;
    std::size_t m_next = 0;
    std::size_t m_count = 0;
    std::uint32_t m_line;
    std::uint32_t m_newlines[wanted + Block64::size];
};

inline int hexValue(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// The code unit of \uXXXX whose digits begin at p, or -1. Reads at most up to the first wrong byte.
inline int codeUnit(const char* p)
{
    int unit = 0;
    for (int i = 0; i < 4; ++i) {
        const int digit = hexValue(p[i]);
        if (digit < 0)
            return -1;
        unit = unit * 16 + digit;
    }
    return unit;
}

inline char* putUtf8(char* out, std::uint32_t code)
{
    const auto tail = [&](int shift) { return static_cast<char>(0x80 | ((code >> shift) & 0x3F)); };
    if (code < 0x80) {
        *out++ = static_cast<char>(code);
    } else if (code < 0x800) {
        *out++ = static_cast<char>(0xC0 | (code >> 6));
        *out++ = tail(0);
    } else if (code < 0x10000) {
        *out++ = static_cast<char>(0xE0 | (code >> 12));
        *out++ = tail(6);
        *out++ = tail(0);
    } else {
        *out++ = static_cast<char>(0xF0 | (code >> 18));
        *out++ = tail(12);
        *out++ = tail(6);
        *out++ = tail(0);
    }
    return out;
}

/// First '"' or '\' at or after p; the caller knows that there is one, and that 64 readable bytes follow
/// the text.
inline const char* quoteOrEscape(const char* p)
{
#ifdef GLACIS_SSE2
    const __m128i quote = _mm_set1_epi8('"');
    const __m128i escape = _mm_set1_epi8('\\');
    for (;; p += 16) {
        const __m128i part = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
        const auto hits = static_cast<unsigned>(
            _mm_movemask_epi8(_mm_or_si128(_mm_cmpeq_epi8(part, quote), _mm_cmpeq_epi8(part, escape))));
        if (hits)
            return p + std::countr_zero(hits);
    }
#else
    while (*p != '"' && *p != '\\')
        ++p;
    return p;
#endif
}

/// The string that breaks JSON's rules first: it holds a control character (a line end: its quote is
/// missing) or never ends.
struct BadString {
    std::size_t start = std::string_view::npos;
    std::size_t at = 0;
    const char* reason = "";
};

inline BadString findBadString(std::string_view text)
{
    std::size_t open = std::string_view::npos;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '"')
            open = open == std::string_view::npos ? i : std::string_view::npos;
        else if (c == '\\' && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) >= 0x20)
            ++i; // as simdjson does, outside of strings too
        else if (static_cast<unsigned char>(c) < 0x20 && open != std::string_view::npos)
            return { open, i,
                c == '\n' || c == '\r' ? "a text without its closing quote"
                                       : "a control character in a text" };
    }
    return { open, text.size(), "a text without its closing quote" };
}

/// Go's JSON reader takes bytes that are no UTF-8 as U+FFFD; so do we.
inline std::size_t copyAsUtf8(std::string_view text, char* to)
{
    char* const begin = to;
    for (std::size_t i = 0; i < text.size();) {
        const auto c = static_cast<unsigned char>(text[i]);
        const std::size_t length = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
        if (c < 0x80 || (i + length <= text.size() && isValidUtf8(text.substr(i, length)))) {
            std::memcpy(to, text.data() + i, length);
            to += length;
            i += length;
        } else {
            to = putUtf8(to, 0xFFFD);
            ++i;
        }
    }
    return static_cast<std::size_t>(to - begin);
}

} // namespace glacis::inventory
