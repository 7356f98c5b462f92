// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Builds a Tree from what a YAML parser says, one call a node: keys become strings, aliases are expanded,
// merge keys resolved, twice used keys refused, limits kept.
//
// A node that cannot be taken costs the smallest unit that can be missed: an element of a top-level sequence
// or of a top-level mapping's "items", else the document. The parser simply goes on calling; what belongs to
// the lost unit is passed over.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <inventory/reader.h>
#include <inventory/yaml_scalars.h>

namespace glacis::inventory {

struct YamlNode {
    std::string_view text; ///< scalars; must live as long as the tree
    std::string_view tag; ///< long form; empty: none
    std::string_view anchor; ///< without &; empty: none
    std::uint32_t line = 0;
    bool plain = true; ///< scalars: written without quotes, or to be taken as if
};

class YamlTree {
public:
    YamlTree(Tree& tree, DocumentReader::Output& output, TextArena& arena, const ReadLimits& limits,
        DocumentReader::Form form);

    void beginDocument();
    /// Delivers what was built. Broken: the text ended in the middle; of lists the complete part is
    /// delivered.
    void endDocument(bool broken);
    void scalar(const YamlNode& node);
    void beginMapping(const YamlNode& node);
    void beginSequence(const YamlNode& node);
    void end(); ///< of the innermost mapping or sequence
    void alias(std::string_view anchor, std::uint32_t line);

    /// A value that cannot be taken.
    void refuse(std::uint32_t line, const std::string& problem);

    /// Reports an error of the text itself; the unit in progress is lost.
    void syntaxError(std::uint32_t line, std::string message);
    /// After a syntaxError() inside of a list whose elements are units: the next calls bring further elements
    /// of it.
    [[nodiscard]] bool resumeItems();
    /// Is the innermost open container the list whose elements are units?
    [[nodiscard]] bool inItems() const
    {
        return m_skipping == 0 && !m_stack.empty() && m_stack.size() == unitDepth();
    }
    [[nodiscard]] bool anyOpen() const { return !m_stack.empty(); }
    /// Nothing more of this document is wanted. The parser should leave it.
    [[nodiscard]] bool gaveUp() const { return m_gaveUp; }
    /// Nothing more of this element of a list is wanted: the parser should go on behind it, as after a syntax
    /// error.
    [[nodiscard]] bool leaves() const { return m_leave && !m_gaveUp; }
    /// Takes back all since beginDocument(), errors too.
    void discardDocument();
    [[nodiscard]] bool full() const;

private:
    struct Frame {
        std::uint32_t node = 0;
        std::uint32_t count = 0;
        bool mapping = false;
        bool keyDue = false;
        bool merges = false; ///< has a child with the key <<
        std::string anchor;
    };
    struct Anchor {
        bool complete = false;
        std::uint32_t first = 0; ///< in m_anchored
    };

    void fail(std::uint32_t line, std::string message, bool undefinedAlias = false, bool syntax = false);
    void giveUp(std::uint32_t line, std::string message);
    bool begin(const YamlNode& node, NodeType type);
    bool value(std::uint32_t line);
    void valueDone();
    void key(const YamlScalar& scalar, std::uint32_t line, bool quoted, bool merge);
    void complete(std::string_view anchor, std::uint32_t first);
    void merge(std::uint32_t object, std::uint32_t line);
    [[nodiscard]] std::size_t unitDepth() const;
    [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(m_tree.size()); }

    Tree& m_tree;
    DocumentReader::Output& m_output;
    TextArena& m_arena;
    const ReadLimits& m_limits;
    DocumentReader::Form m_form;

    std::vector<Frame> m_stack;
    std::map<std::string, Anchor, std::less<>> m_anchors;
    Tree m_anchored; ///< copies of what anchors name: the originals may move or be given up
    std::vector<std::uint32_t> m_scratch;
    std::string_view m_key;
    std::uint32_t m_keyLine = 0;
    std::uint32_t m_root = 0;
    std::uint32_t m_unit = 0; ///< tree size when the unit in progress began
    std::uint32_t m_rootChildEnd = 0; ///< tree size after the last complete child of the root
    std::uint64_t m_nodes = 0; ///< of this document, aliases expanded
    std::uint64_t m_aliased = 0; ///< of these: made by aliases
    std::size_t m_documentsBefore = 0;
    std::size_t m_errorsBefore = 0;
    std::size_t m_skipping = 0; ///< open containers of a lost unit, plus 1; 0: none is lost
    bool m_gaveUp = false;
    bool m_leave = false;
    bool m_salvage = false; ///< the document is broken behind its list
    bool m_open = false; ///< between beginDocument() and endDocument()
};

} // namespace glacis::inventory
