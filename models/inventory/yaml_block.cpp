// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One loop over the lines with a stack of open containers and their columns. The rules that are not obvious
// (where a plain scalar goes on, how lines are folded, what ends a block scalar) follow libyaml's scanner,
// which goyaml.v2 is a port of.
#include <inventory/yaml_block_reader.h>

#include <cstring>

#include <inventory/byte_mask.h>

namespace glacis::inventory {

namespace {

    constexpr std::size_t maxKeyBytes = 1000; ///< libyaml takes keys of up to 1024 characters

    struct SpecialBytes {
        bool first[256] = {}; ///< cannot begin a plain scalar, or needs a look at the next byte
        bool within[256] = {}; ///< may end one
    };
    constexpr SpecialBytes makeSpecialBytes()
    {
        SpecialBytes special;
        for (const char c : std::string_view("-?:,[]{}#&*!|>'\"%@`\t"))
            special.first[static_cast<unsigned char>(c)] = true;
        for (const char c : std::string_view("\n:#\t"))
            special.within[static_cast<unsigned char>(c)] = true;
        return special;
    }
    constexpr SpecialBytes special = makeSpecialBytes();

} // namespace

/// Next '\n', ':', '#' or tab at or after p, or the end.
const char* BlockReader::findSpecial(const char* p) const
{
#ifdef GLACIS_SSE2
    const __m128i newline = _mm_set1_epi8('\n');
    const __m128i colon = _mm_set1_epi8(':');
    const __m128i hash = _mm_set1_epi8('#');
    const __m128i tab = _mm_set1_epi8('\t');
    for (; m_end - p >= 16; p += 16) {
        const __m128i part = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
        const __m128i hits
            = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(part, newline), _mm_cmpeq_epi8(part, colon)),
                _mm_or_si128(_mm_cmpeq_epi8(part, hash), _mm_cmpeq_epi8(part, tab)));
        if (const auto mask = static_cast<unsigned>(_mm_movemask_epi8(hits)))
            return p + std::countr_zero(mask);
    }
#endif
    while (p < m_end && !special.within[static_cast<unsigned char>(*p)])
        ++p;
    return p;
}

/// The lines up to and with `---`. False when they hold more than comments.
bool BlockReader::documentHead()
{
    const char* p = m_at;
    std::uint32_t lines = 0;
    for (;;) {
        while (p < m_end && *p == ' ')
            ++p;
        if (p == m_end || (*p != '\n' && *p != '#'))
            break;
        const void* newline = std::memchr(p, '\n', static_cast<std::size_t>(m_end - p));
        p = newline ? static_cast<const char*>(newline) + 1 : m_end;
        lines += newline != nullptr;
    }
    const bool marker
        = m_end - p >= 3 && std::memcmp(p, "---", 3) == 0 && blankAt(p + 3) && (p == m_at || p[-1] == '\n');
    if (!marker)
        return true;
    m_at = p + 3;
    m_line += lines;
    return endOfLine();
}

/// Moves to the first character of the next line that holds more than a comment. False at the end, or
/// before a tab.
bool BlockReader::findLine()
{
    for (;;) {
        m_lineStart = m_at;
        skipSpaces();
        if (m_at == m_end)
            return false;
        if (*m_at == '#') {
            const void* newline = std::memchr(m_at, '\n', static_cast<std::size_t>(m_end - m_at));
            m_at = newline ? static_cast<const char*>(newline) : m_end;
            if (!newline)
                return false;
        }
        if (*m_at != '\n')
            return true;
        ++m_at;
        ++m_line;
    }
}

void BlockReader::closeTop()
{
    if (m_due)
        deliver({}, m_dueLine, true);
    m_tree.end();
    m_levels.pop_back();
}

bool BlockReader::run()
{
    m_tree.beginDocument();
    if (!documentHead())
        return false;
    while (findLine()) {
        const auto column = static_cast<std::size_t>(m_at - m_lineStart);
        if (column == 0
            && (*m_at == '%' || *m_at == '\xEF' // perhaps a byte order mark, which libyaml passes over here
                || ((*m_at == '-' || *m_at == '.') && m_end - m_at >= 3 && m_at[1] == *m_at
                    && m_at[2] == *m_at && blankAt(m_at + 3))))
            return false;
        while (!m_levels.empty() && m_levels.back().column > column)
            closeTop();
        if (!place(column))
            return false;
        if (m_tree.gaveUp() || m_tree.full() || m_tree.leaves())
            return false;
    }
    if (m_levels.empty() && m_at != m_end)
        return false;
    while (!m_levels.empty())
        closeTop();
    if (m_tree.gaveUp() || m_tree.leaves())
        return false;
    m_tree.endDocument(false);
    return true;
}

/// Finds out what a line that begins in this column continues. All deeper containers are closed.
bool BlockReader::place(std::size_t column)
{
    const bool dash = dashAt(m_at);
    if (m_levels.empty())
        return m_due && content(column, true);
    if (m_levels.back().column < column)
        return m_due && content(column, true);
    if (!m_levels.back().sequence && dash) // a list may stand in its key's column
        return m_due && content(column, true);
    if (m_levels.back().sequence && !dash) {
        closeTop();
        if (m_levels.empty() || m_levels.back().column != column || m_levels.back().sequence)
            return false;
    }
    if (m_due)
        deliver({}, m_dueLine, true);
    return content(column, false);
}

/// A line, or what follows a dash in it: dashes, then a key with its value, or a value. newNode: it
/// begins a container or is a value; else it is a further part of the innermost container.
bool BlockReader::content(std::size_t column, bool newNode)
{
    while (dashAt(m_at)) {
        if (newNode) {
            m_tree.beginSequence({ .text = {}, .tag = {}, .anchor = {}, .line = m_line });
            m_levels.push_back({ column, true });
        } else if (!m_levels.back().sequence) {
            return false;
        }
        const char* const dash = m_at++;
        skipSpaces();
        m_due = true;
        m_dueLine = m_line;
        if (m_at == m_end || *m_at == '\n' || *m_at == '#')
            return endOfLine();
        column += static_cast<std::size_t>(m_at - dash);
        newNode = true;
    }
    const char first = *m_at;
    if (first == '"' || first == '\'') {
        const char* const start = m_at;
        const std::uint32_t line = m_line;
        std::string_view text;
        bool oneLine = true;
        if (!quoted(text, oneLine))
            return false;
        const char* const after = m_at;
        skipSpaces();
        if (m_at < m_end && *m_at == ':' && blankAt(m_at + 1))
            return oneLine && static_cast<std::size_t>(after - start) <= maxKeyBytes
                && keyAndValue(column, newNode, text, false);
        m_at = after;
        if (!newNode || m_levels.empty())
            return false;
        deliver(text, line, false);
        return endOfLine();
    }
    if (special.first[static_cast<unsigned char>(first)]
        && (first == '-' || first == '?' || first == ':' ? blankAt(m_at + 1) : true)) {
        if (!newNode || m_levels.empty())
            return false;
        return value();
    }
    std::string_view text;
    bool isKey = false;
    const char* const start = m_at;
    if (!scanPlain(text, isKey))
        return false;
    if (isKey)
        return text.size() <= maxKeyBytes && keyAndValue(column, newNode, text, true);
    if (!newNode || m_levels.empty())
        return false;
    m_at = start;
    return plainValue();
}

/// At the colon after a key.
bool BlockReader::keyAndValue(std::size_t column, bool newNode, std::string_view key, bool plain)
{
    if (newNode) {
        m_tree.beginMapping({ .text = {}, .tag = {}, .anchor = {}, .line = m_line });
        m_levels.push_back({ column, false });
    } else if (m_levels.back().sequence) {
        return false;
    }
    deliver(key, m_line, plain);
    m_due = true;
    m_dueLine = m_line;
    ++m_at;
    skipSpaces();
    if (m_at == m_end || *m_at == '\n' || *m_at == '#')
        return endOfLine();
    return !dashAt(m_at) && value();
}

/// A value that is no mapping and no sequence in block style.
bool BlockReader::value()
{
    const char first = *m_at;
    switch (first) {
    case '"':
    case '\'': {
        const std::uint32_t line = m_line;
        std::string_view text;
        bool oneLine = true;
        if (!quoted(text, oneLine))
            return false;
        deliver(text, line, false);
        return endOfLine();
    }
    case '|':
    case '>':
        return blockScalar();
    case '{':
    case '[':
        if (m_end - m_at < 2 || m_at[1] != (first == '{' ? '}' : ']'))
            return false;
        m_at += 2;
        if (first == '{')
            m_tree.beginMapping({ .text = {}, .tag = {}, .anchor = {}, .line = m_line });
        else
            m_tree.beginSequence({ .text = {}, .tag = {}, .anchor = {}, .line = m_line });
        m_tree.end();
        m_due = false;
        return endOfLine();
    default:
        if (special.first[static_cast<unsigned char>(first)]
            && (blankAt(m_at + 1) || (first != '-' && first != '?' && first != ':')))
            return false;
        return plainValue();
    }
}

/// Blanks and a comment up to the end of the line, which is passed.
bool BlockReader::endOfLine()
{
    const char* const from = m_at;
    skipSpaces();
    if (m_at < m_end && *m_at == '#' && (m_at > from || m_at[-1] == ' ')) {
        const void* newline = std::memchr(m_at, '\n', static_cast<std::size_t>(m_end - m_at));
        m_at = newline ? static_cast<const char*>(newline) : m_end;
    }
    if (m_at == m_end)
        return true;
    if (*m_at != '\n')
        return false;
    ++m_at;
    ++m_line;
    return true;
}

/// Reads a plain scalar up to where its line, or it, ends: at the colon of a key, at a comment or at the
/// line's end.
bool BlockReader::scanPlain(std::string_view& text, bool& isKey)
{
    const char* const start = m_at;
    const char* p = start;
    for (;; ++p) {
        p = findSpecial(p);
        if (p == m_end || *p == '\n')
            break;
        if (*p == '\t')
            return false;
        if (*p == ':' && blankAt(p + 1)) {
            isKey = true;
            break;
        }
        if (*p == '#' && p > start && p[-1] == ' ')
            break;
    }
    m_at = p;
    while (p > start && p[-1] == ' ')
        --p;
    text = { start, static_cast<std::size_t>(p - start) };
    return true;
}

/// Does a plain scalar go on in the next line that is not blank? m_at is at the end of its line.
bool BlockReader::continues() const
{
    const std::size_t least = m_levels.back().column + 1;
    const char* p = m_at;
    std::size_t column = 0;
    while (p < m_end && (*p == '\n' || *p == ' ' || *p == '\t')) {
        column = *p == '\n' ? 0 : column + 1;
        ++p;
    }
    return p < m_end && column >= least && *p != '#';
}

bool BlockReader::plainValue()
{
    const std::uint32_t line = m_line;
    std::string_view text;
    bool isKey = false;
    if (!scanPlain(text, isKey) || isKey)
        return false;
    if (m_at < m_end && *m_at == '\n') {
        // The usual case first: the next line begins at most in the container's column.
        const char* p = m_at + 1;
        const char* const least = p + m_levels.back().column + 1;
        while (p < m_end && p < least && *p == ' ')
            ++p;
        if ((p == least || p == m_end || *p == '\n' || *p == '\t') && continues())
            return foldPlain(text);
    }
    deliver(text, line, true);
    return endOfLine();
}

bool BlockReader::quoted(std::string_view& text, bool& oneLine)
{
    const char quote = *m_at;
    const char* const start = m_at + 1;
    for (const char* p = start; p < m_end; ++p) {
        if (*p == quote && (quote == '"' || p + 1 == m_end || p[1] != '\'')) {
            text = { start, static_cast<std::size_t>(p - start) };
            m_at = p + 1;
            return true;
        }
        if (*p == quote || *p == '\n' || (*p == '\\' && quote == '"')) {
            const std::uint32_t line = m_line;
            const bool good = quotedSlowly(start, quote, text);
            oneLine = line == m_line;
            return good;
        }
    }
    return false;
}

bool readBlockYaml(std::string_view text, std::uint32_t firstLine, YamlTree& tree, TextArena& arena)
{
    if (BlockReader(text, firstLine, tree, arena).run())
        return true;
    tree.discardDocument();
    return false;
}

} // namespace glacis::inventory
