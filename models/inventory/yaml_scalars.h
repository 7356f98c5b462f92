// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a YAML scalar means to Kubernetes. kubectl reads YAML with sigs.k8s.io/yaml, that is: goyaml.v2
// resolves plain scalars by YAML 1.1 with deviations of its own, then the values are written as JSON, then
// the JSON is read. So `1e3` arrives as 1000, `0644` as 420, `1.0` as 1, a date as text. Base 60 is text
// there, and here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <inventory/tree.h>

namespace glacis::inventory {

/// Memory for texts that die together. reset() keeps one block, so that a worker's arena stops growing.
class TextArena {
public:
    [[nodiscard]] char* take(std::size_t bytes)
    {
        if (bytes > m_left)
            grow(bytes);
        char* const p = m_next;
        m_next += bytes;
        m_left -= bytes;
        return p;
    }
    [[nodiscard]] std::string_view copy(std::string_view text);
    void reset();

private:
    void grow(std::size_t bytes);
    struct Block {
        std::unique_ptr<char[]> memory;
        std::size_t size = 0;
    };
    std::vector<Block> m_blocks;
    char* m_next = nullptr;
    std::size_t m_left = 0;
};

struct YamlScalar {
    NodeType type = NodeType::String;
    std::string_view text; ///< as in TreeNode; of a string that was not changed: the text given
    const char* problem = nullptr; ///< the value has no JSON form or does not fit its tag, in words
};

/// A plain scalar without a tag. Numbers that need another spelling take memory from the arena.
[[nodiscard]] YamlScalar resolvePlain(std::string_view text, TextArena& arena);
/// A scalar with a tag, in its long form ("tag:yaml.org,2002:int"). Unknown tags make strings.
[[nodiscard]] YamlScalar resolveTagged(std::string_view tag, std::string_view text, TextArena& arena);
/// The key that a resolved scalar becomes in JSON: problem when it can be none (null).
[[nodiscard]] YamlScalar resolveKey(const YamlScalar& scalar, TextArena& arena);

/// Can a plain scalar that begins like this be anything but a string? (The empty scalar is null.)
[[nodiscard]] bool mayBeMoreThanText(char first);

} // namespace glacis::inventory
