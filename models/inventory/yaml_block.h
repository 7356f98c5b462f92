// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The part of YAML that kubectl writes and most people use, read many times faster than libyaml can: block
// mappings and sequences, plain, quoted and block scalars, comments, {} and []. Anchors, aliases, tags, other
// flow collections, `? ` keys, tabs between tokens, and whatever is wrong are not its business: it says so,
// and libyaml reads the document from its beginning. What it does read it reads as libyaml does; a test
// compares the two on generated documents.
#pragma once

#include <cstdint>
#include <string_view>

#include <inventory/yaml_tree.h>

namespace glacis::inventory {

/// Reads one document, or delivers nothing and returns false. The text must have no line ends but \n, and no
/// bytes that YAML forbids.
[[nodiscard]] bool readBlockYaml(
    std::string_view text, std::uint32_t firstLine, YamlTree& tree, TextArena& arena);

} // namespace glacis::inventory
