// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The JSON half of DocumentReader: simdjson finds the tokens and checks UTF-8, one loop over them builds the tree.
#pragma once

#include <memory>

#include <inventory/reader.h>

namespace glacis::inventory {

class JsonReader {
public:
    JsonReader();
    ~JsonReader();
    /// Appends to tree and output. Without an own limit on text but 4 GiB.
    void read(std::string_view text, std::uint32_t firstLine, const ReadLimits& limits, Tree& tree,
        DocumentReader::Output& output);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// Reports keys that stand twice in the object, comparing contents; returns whether there are none. In time n log n.
/// `scratch` is memory to reuse.
[[nodiscard]] bool keysAreUnique(
    const Tree& tree, std::uint32_t object, std::vector<std::uint32_t>& scratch, ReadError& error);

/// At most `limit` bytes of outside text for a message: printable, cut at a character's border, with … when cut.
[[nodiscard]] std::string excerpt(std::string_view text, std::size_t limit = 60);

} // namespace glacis::inventory
