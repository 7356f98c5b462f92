// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One loop over the lines with a stack of open containers and their columns. The rules that are not obvious
// (where a plain scalar goes on, how lines are folded, what ends a block scalar) follow libyaml's scanner,
// which goyaml.v2 is a port of.
#include <inventory/yaml_block.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

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

    class BlockReader {
    public:
        BlockReader(std::string_view text, std::uint32_t firstLine, YamlTree& tree, TextArena& arena)
            : m_at(text.data())
            , m_end(text.data() + text.size())
            , m_line(firstLine)
            , m_tree(tree)
            , m_arena(arena)
        {
        }
        bool run();

    private:
        struct Level {
            std::size_t column;
            bool sequence;
        };

        bool documentHead();
        bool findLine();
        bool place(std::size_t column);
        bool content(std::size_t column, bool newNode);
        bool keyAndValue(std::size_t column, bool newNode, std::string_view key, bool plain);
        bool value();
        bool plainValue();
        bool foldPlain(std::string_view first);
        bool continues() const;
        bool scanPlain(std::string_view& text, bool& isKey);
        bool quoted(std::string_view& text, bool& oneLine);
        bool quotedSlowly(const char* start, char quote, std::string_view& text);
        bool escape(std::string& out);
        bool blockScalar();
        void blockBreaks(std::size_t& indent, std::string& breaks, bool& bad);
        bool endOfLine();
        void deliver(std::string_view text, std::uint32_t line, bool plain)
        {
            m_tree.scalar({ .text = text, .tag = {}, .anchor = {}, .line = line, .plain = plain });
            m_due = false;
        }
        void closeTop();

        [[nodiscard]] bool blankAt(const char* p) const
        {
            return p >= m_end || *p == ' ' || *p == '\n' || *p == '\t';
        }
        [[nodiscard]] bool dashAt(const char* p) const { return p < m_end && *p == '-' && blankAt(p + 1); }
        void skipSpaces()
        {
            while (m_at < m_end && *m_at == ' ')
                ++m_at;
        }
        [[nodiscard]] const char* findSpecial(const char* p) const;

        const char* m_at;
        const char* m_end;
        std::uint32_t m_line;
        YamlTree& m_tree;
        TextArena& m_arena;
        std::vector<Level> m_levels;
        std::string m_scratch;
        const char* m_lineStart = nullptr;
        std::uint32_t m_dueLine = 0;
        bool m_due = true; ///< a key, a dash or the document waits for its value
    };

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
        if (std::string_view(m_at, static_cast<std::size_t>(m_end - m_at)).starts_with("\xEF\xBB\xBF"))
            m_at += 3;
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
        const bool marker = m_end - p >= 3 && std::memcmp(p, "---", 3) == 0 && blankAt(p + 3)
            && (p == m_at || p[-1] == '\n');
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
                && (*m_at == '%'
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

} // namespace

bool readBlockYaml(std::string_view text, std::uint32_t firstLine, YamlTree& tree, TextArena& arena)
{
    if (BlockReader(text, firstLine, tree, arena).run())
        return true;
    tree.discardDocument();
    return false;
}

} // namespace glacis::inventory
