// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The inside of readBlockYaml, for yaml_block.cpp (lines, containers, scalars in one line) and
// yaml_block_scalars.cpp (scalars over several lines).
#pragma once

#include <string>
#include <vector>

#include <inventory/yaml_block.h>

namespace glacis::inventory {

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

} // namespace glacis::inventory
