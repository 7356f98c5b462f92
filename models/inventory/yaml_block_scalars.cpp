// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Scalars over several lines, escapes, block scalars. How lines are folded and what ends a block scalar
// follows libyaml's scanner.
#include <inventory/yaml_block_reader.h>

#include <algorithm>
#include <cstring>

namespace glacis::inventory {

/// A plain scalar over several lines: one line end becomes a space, of more the first is dropped.
bool BlockReader::foldPlain(std::string_view first)
{
    const std::uint32_t line = m_line;
    m_scratch.assign(first);
    while (m_at < m_end && *m_at == '\n' && continues()) {
        std::size_t breaks = 0;
        for (; *m_at == '\n' || *m_at == ' ' || *m_at == '\t'; ++m_at) {
            if (*m_at == '\t')
                return false;
            breaks += *m_at == '\n';
        }
        m_line += static_cast<std::uint32_t>(breaks);
        if (breaks == 1)
            m_scratch += ' ';
        else
            m_scratch.append(breaks - 1, '\n');
        std::string_view text;
        bool isKey = false;
        if (!scanPlain(text, isKey) || isKey)
            return false;
        m_scratch.append(text);
    }
    deliver(m_arena.copy(m_scratch), line, true);
    return endOfLine();
}

/// Text in quotes with escapes or line ends.
bool BlockReader::quotedSlowly(const char* start, char quote, std::string_view& text)
{
    m_scratch.clear();
    m_at = start;
    for (;;) {
        bool afterBreak = false;
        while (m_at < m_end && !(*m_at == ' ' || *m_at == '\n' || *m_at == '\t')) {
            if (*m_at == quote) {
                if (quote == '"' || m_at + 1 == m_end || m_at[1] != '\'') {
                    ++m_at;
                    text = m_arena.copy(m_scratch);
                    return true;
                }
                m_scratch += '\'';
                m_at += 2;
            } else if (quote == '"' && *m_at == '\\') {
                if (m_end - m_at > 1 && m_at[1] == '\n') { // the line end does not count
                    m_at += 2;
                    ++m_line;
                    afterBreak = true;
                    break;
                }
                if (!escape(m_scratch))
                    return false;
            } else {
                m_scratch += *m_at++;
            }
        }
        std::size_t breaks = 0;
        const bool continued = afterBreak;
        const char* blanks = m_at;
        for (; m_at < m_end && (*m_at == ' ' || *m_at == '\n' || *m_at == '\t'); ++m_at) {
            if (*m_at != '\n')
                continue;
            ++breaks;
            ++m_line;
            const std::string_view next(m_at + 1, static_cast<std::size_t>(m_end - m_at - 1));
            if (next.starts_with("---") || next.starts_with("..."))
                return false;
        }
        if (m_at == m_end)
            return false;
        if (breaks == 0 && !continued)
            m_scratch.append(blanks, static_cast<std::size_t>(m_at - blanks));
        else if (continued)
            m_scratch.append(breaks, '\n');
        else if (breaks == 1)
            m_scratch += ' ';
        else
            m_scratch.append(breaks - 1, '\n');
    }
}

/// At a backslash in double quotes.
bool BlockReader::escape(std::string& out)
{
    static constexpr std::string_view names = "0abt\tnvfre \"/\\";
    static constexpr std::string_view values("\0\a\b\t\t\n\v\f\r\x1B \"/\\", 14);
    if (m_end - m_at < 2)
        return false;
    const char name = m_at[1];
    m_at += 2;
    if (const std::size_t i = names.find(name); i != std::string_view::npos) {
        out += values[i];
        return true;
    }
    if (name != 'x' && name != 'u')
        return false; // \N \_ \L \P \U: libyaml knows them
    const std::ptrdiff_t digits = name == 'x' ? 2 : 4;
    if (m_end - m_at < digits)
        return false;
    std::uint32_t code = 0;
    for (std::ptrdiff_t i = 0; i < digits; ++i) {
        const char c = m_at[i];
        const char lower = static_cast<char>(c | 0x20);
        const int digit = c >= '0' && c <= '9' ? c - '0'
            : lower >= 'a' && lower <= 'f'     ? lower - 'a' + 10
                                               : -1;
        if (digit < 0)
            return false;
        code = code * 16 + static_cast<std::uint32_t>(digit);
    }
    m_at += digits;
    if (code >= 0xD800 && code < 0xE000)
        return false;
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xC0 | code >> 6);
        out += static_cast<char>(0x80 | (code & 0x3F));
    } else {
        out += static_cast<char>(0xE0 | code >> 12);
        out += static_cast<char>(0x80 | (code >> 6 & 0x3F));
        out += static_cast<char>(0x80 | (code & 0x3F));
    }
    return true;
}

/// Passes blank lines within a block scalar and collects their ends. Afterwards m_at stands in the column
/// `indent` of a line, or at the first character before it. indent 0: to be found out.
void BlockReader::blockBreaks(std::size_t& indent, std::string& breaks, bool& bad)
{
    std::size_t widest = 0;
    for (;;) {
        m_lineStart = m_at;
        const auto column = [&] { return static_cast<std::size_t>(m_at - m_lineStart); };
        while (m_at < m_end && *m_at == ' ' && (indent == 0 || column() < indent))
            ++m_at;
        widest = std::max(widest, column());
        if (m_at < m_end && *m_at == '\t' && (indent == 0 || column() < indent))
            bad = true;
        if (m_at == m_end || *m_at != '\n')
            break;
        breaks += '\n';
        ++m_at;
        ++m_line;
    }
    if (indent == 0)
        indent = std::max(widest, m_levels.back().column + 1);
}

bool BlockReader::blockScalar()
{
    const bool literal = *m_at++ == '|';
    const std::uint32_t line = m_line;
    char chomping = 0;
    std::size_t indent = 0;
    for (; m_at < m_end; ++m_at) {
        if ((*m_at == '+' || *m_at == '-') && chomping == 0)
            chomping = *m_at;
        else if (*m_at >= '1' && *m_at <= '9' && indent == 0)
            indent = static_cast<std::size_t>(*m_at - '0') + m_levels.back().column;
        else
            break;
    }
    if (m_at < m_end && *m_at == '#')
        return false;
    if (!endOfLine())
        return false;
    m_scratch.clear();
    std::string trailing;
    bool bad = false;
    bool pendingBreak = false;
    bool leadingBlank = false;
    blockBreaks(indent, trailing, bad);
    while (!bad && m_at < m_end && static_cast<std::size_t>(m_at - m_lineStart) == indent) {
        const bool trailingBlank = *m_at == ' ' || *m_at == '\t';
        if (pendingBreak) {
            if (literal || leadingBlank || trailingBlank)
                m_scratch += '\n';
            else if (trailing.empty())
                m_scratch += ' ';
        }
        m_scratch += trailing;
        trailing.clear();
        leadingBlank = trailingBlank;
        const void* newline = std::memchr(m_at, '\n', static_cast<std::size_t>(m_end - m_at));
        const char* const end = newline ? static_cast<const char*>(newline) : m_end;
        m_scratch.append(m_at, end);
        m_at = end;
        pendingBreak = newline != nullptr;
        if (newline) {
            ++m_at;
            ++m_line;
        }
        blockBreaks(indent, trailing, bad);
    }
    if (bad)
        return false;
    if (pendingBreak && chomping != '-')
        m_scratch += '\n';
    if (chomping == '+')
        m_scratch += trailing;
    m_at = m_lineStart;
    deliver(m_arena.copy(m_scratch), line, false);
    return true;
}

} // namespace glacis::inventory
