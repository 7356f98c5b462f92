// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The common shape of a JSON or YAML document before it is decoded: a flat pre-order array of nodes.
//
//     {a: [1, x]}   →   0 object end=4 · 1 "a" array end=4 · 2 integer "1" end=3 · 3 string "x" end=4
//
// A node's children start at index + 1; the next sibling of a child c is nodes[c].end. Text points into the
// reader's buffers and dies with the Tree's owner (one worker's arena). Line numbers are those of the source
// file.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace glacis::inventory {

enum class NodeType : std::uint8_t { Null, Bool, Integer, Float, String, Array, Object };

struct TreeNode {
    std::string_view key; ///< within an object; empty in arrays
    std::string_view text; ///< scalars: string content, "true"/"false", the number in JSON form
    std::uint32_t end = 0; ///< one past the last node of this subtree
    std::uint32_t line = 0; ///< 1-based; for values in an object the line of the key
    std::uint32_t count = 0; ///< direct children of arrays and objects
    NodeType type = NodeType::Null;
    bool quoted = false; ///< YAML: written in quotes or as a block
};
using Tree = std::vector<TreeNode>;

/// A position in a Tree, or nothing. Looking below nothing is nothing.
class NodeRef {
public:
    NodeRef() = default;
    NodeRef(const Tree& tree, std::uint32_t index)
        : m_tree(&tree)
        , m_index(index)
    {
    }
    explicit operator bool() const { return m_tree != nullptr; }
    [[nodiscard]] const TreeNode& node() const { return (*m_tree)[m_index]; }
    [[nodiscard]] std::uint32_t index() const { return m_index; }
    [[nodiscard]] NodeType type() const { return m_tree ? node().type : NodeType::Null; }
    [[nodiscard]] bool is(NodeType t) const { return m_tree && node().type == t; }
    [[nodiscard]] std::string_view key() const { return m_tree ? node().key : std::string_view(); }
    [[nodiscard]] std::string_view text() const { return m_tree ? node().text : std::string_view(); }
    [[nodiscard]] std::uint32_t line() const { return m_tree ? node().line : 0; }
    [[nodiscard]] std::size_t size() const { return m_tree ? node().count : 0; }
    /// Child of an object by key; nothing when absent or when this is no object.
    [[nodiscard]] NodeRef operator[](std::string_view key) const;
    [[nodiscard]] const Tree* tree() const { return m_tree; }

    class Iterator {
    public:
        Iterator(const Tree* tree, std::uint32_t index)
            : m_tree(tree)
            , m_index(index)
        {
        }
        NodeRef operator*() const { return { *m_tree, m_index }; }
        Iterator& operator++()
        {
            m_index = (*m_tree)[m_index].end;
            return *this;
        }
        friend bool operator==(const Iterator& a, const Iterator& b) { return a.m_index == b.m_index; }

    private:
        const Tree* m_tree;
        std::uint32_t m_index;
    };
    /// Children of an array or object; nothing for scalars.
    [[nodiscard]] Iterator begin() const { return { m_tree, hasChildren() ? m_index + 1 : 0 }; }
    [[nodiscard]] Iterator end() const { return { m_tree, hasChildren() ? node().end : 0 }; }

private:
    [[nodiscard]] bool hasChildren() const
    {
        return m_tree && (node().type == NodeType::Array || node().type == NodeType::Object);
    }
    const Tree* m_tree = nullptr;
    std::uint32_t m_index = 0;
};

} // namespace glacis::inventory
