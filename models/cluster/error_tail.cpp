// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "error_tail.h"

#include <base/text.h>

namespace glacis::cluster {
namespace {

    constexpr char escape = '\x1b';
    constexpr std::size_t longestString
        = 4096; // of an OSC or DCS: one that never ends must not hide the rest

    bool isIn(char c, unsigned char first, unsigned char last)
    {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= first && byte <= last;
    }

    /// Just behind a control sequence's parameters and final byte; `at` is behind "ESC [".
    std::size_t behindControlSequence(std::string_view text, std::size_t at)
    {
        while (at < text.size() && isIn(text[at], 0x20, 0x3F))
            ++at;
        return at < text.size() && isIn(text[at], 0x40, 0x7E) ? at + 1 : at;
    }

    /// Just behind a command string, which BEL or ESC \ ends; a line end or its length gives it up.
    std::size_t behindString(std::string_view text, std::size_t at)
    {
        const std::size_t begin = at;
        for (; at < text.size() && at - begin < longestString; ++at) {
            if (text[at] == '\a')
                return at + 1;
            if (text[at] == '\n')
                return at;
            if (text[at] == escape)
                return at + 1 < text.size() && text[at + 1] == '\\' ? at + 2 : at;
        }
        return at < text.size() ? begin : at;
    }

    /// `at` stands on ESC.
    std::size_t behindEscape(std::string_view text, std::size_t at)
    {
        ++at;
        if (at == text.size())
            return at;
        const char kind = text[at];
        if (kind == '[')
            return behindControlSequence(text, at + 1);
        if (std::string_view("]PX^_").find(kind) != std::string_view::npos)
            return behindString(text, at + 1);
        while (at < text.size() && isIn(text[at], 0x20, 0x2F))
            ++at;
        return at < text.size() && isIn(text[at], 0x30, 0x7E) ? at + 1 : at;
    }

} // namespace

std::string withoutEscapes(std::string_view text)
{
    std::string plain;
    plain.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        if (c == escape) {
            at = behindEscape(text, at);
            continue;
        }
        if (c == '\r') {
            if (at + 1 == text.size() || text[at + 1] != '\n')
                plain.push_back('\n');
        } else if (c == '\n' || c == '\t' || !(isIn(c, 0, 0x1F) || c == '\x7f')) {
            plain.push_back(c);
        }
        ++at;
    }
    return printable(plain, true);
}

void ErrorTail::add(std::string_view bytes)
{
    m_raw.append(bytes);
    if (m_raw.size() > 4 * kept)
        m_raw.erase(0, m_raw.size() - 2 * kept);
}

std::string ErrorTail::text() const
{
    std::string plain = withoutEscapes(m_raw);
    if (plain.size() <= kept)
        return plain;
    std::size_t begin = plain.size() - kept;
    while (begin < plain.size() && isIn(plain[begin], 0x80, 0xBF))
        ++begin;
    return plain.substr(begin);
}

} // namespace glacis::cluster
