// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The loop over the tokens of one JSON text in which all strings are closed. Writes the tree directly and
// takes strings without escapes where they stand.
//
// After an error the loop goes on behind the smallest unit that it can give up: a top-level value, an element
// of a top-level array, an element of a top-level object's "items". Brackets outside strings are known, so it
// counts them.
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <inventory/json_strings.h>
#include <inventory/reader.h>

namespace glacis::inventory {

/// Errors of one call; a text of garbage would else fill the memory with them.
inline constexpr std::size_t maxJsonErrors = 1000;

class JsonWalk {
public:
    JsonWalk(std::string_view text, const std::uint32_t* tokens, std::size_t tokenCount,
        std::uint32_t firstLine, const ReadLimits& limits, Tree& tree, DocumentReader::Output& output,
        std::vector<std::uint32_t>& scratch, std::vector<std::unique_ptr<char[]>>& unescaped)
        : m_text(text.data())
        , m_size(static_cast<std::uint32_t>(text.size()))
        , m_token(tokens)
        , m_end(tokens + tokenCount)
        , m_lines(text, firstLine)
        , m_limits(limits)
        , m_tree(tree)
        , m_output(output)
        , m_scratch(scratch)
        , m_unescaped(unescaped)
    {
        m_stack.reserve(static_cast<std::size_t>(std::max(limits.maxDepth, 1)));
    }

    /// `broken` tells why the text ends early; it is said of the value that the end cuts.
    void run(const char* broken);

private:
    struct Frame {
        std::uint32_t node;
        std::uint32_t count;
        char closer;
    };

    bool value(bool resumed);
    bool scalar();
    bool open(NodeType type);
    bool close();
    bool string(std::string_view& out);
    bool unescape(const char* start, const char* at, std::string_view& out);
    bool key();
    bool number();
    bool literal(std::string_view word, NodeType type);
    [[nodiscard]] bool isManagedFields() const;
    bool passOver();
    bool fail(std::string message, bool syntax = true);
    bool recover();
    void skipUnit(std::size_t unitDepth);
    void salvage();
    void append(NodeType type, std::string_view text)
    {
        m_tree.push_back({ .key = m_key,
            .text = text,
            .end = static_cast<std::uint32_t>(m_tree.size()) + 1,
            .line = m_line,
            .type = type });
    }

    [[nodiscard]] bool atEnd() const { return m_token == m_end; }
    [[nodiscard]] char current() const { return atEnd() ? '\0' : m_text[*m_token]; }
    [[nodiscard]] std::uint32_t position() const { return atEnd() ? m_size : *m_token; }
    [[nodiscard]] std::uint32_t treeSize() const { return static_cast<std::uint32_t>(m_tree.size()); }
    /// How many containers stand around the units whose loss costs nothing else.
    [[nodiscard]] std::size_t unitDepth() const
    {
        if (m_stack.empty() || m_giveUp)
            return 0;
        if (m_stack[0].closer == ']')
            return 1;
        return m_stack.size() >= 2 && m_stack[1].closer == ']' && m_tree[m_stack[1].node].key == "items" ? 2
                                                                                                         : 0;
    }
    void unitBegins()
    {
        if (m_stack.size() <= 2 && m_stack.size() == unitDepth())
            m_unit = treeSize();
    }

    const char* m_text;
    std::uint32_t m_size;
    const std::uint32_t* m_token;
    const std::uint32_t* m_end;
    LineCounter m_lines;
    const ReadLimits& m_limits;
    Tree& m_tree;
    DocumentReader::Output& m_output;
    std::vector<std::uint32_t>& m_scratch;
    std::vector<std::unique_ptr<char[]>>& m_unescaped;
    std::vector<Frame> m_stack;
    char* m_free = nullptr; ///< next free byte for unescaped strings
    const char* m_broken = nullptr;
    std::uint32_t m_root = 0;
    std::uint32_t m_unit = 0; ///< tree size when the unit in progress began
    std::uint32_t m_rootChildEnd = 0; ///< tree size after the last complete child of the root
    std::uint64_t m_nodeLimit = 0;
    std::string_view m_key;
    std::uint32_t m_line = 0;
    bool m_giveUp = false; ///< no part of this document is wanted
};

} // namespace glacis::inventory
