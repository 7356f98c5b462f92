// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What both readers check and say alike.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <inventory/reader.h>

namespace glacis::inventory {

/// Reports keys that stand twice in the object, comparing contents; returns whether there are none. In time n
/// log n. `scratch` is memory to reuse.
[[nodiscard]] bool keysAreUnique(
    const Tree& tree, std::uint32_t object, std::vector<std::uint32_t>& scratch, ReadError& error);

/// At most `limit` bytes of outside text for a message: printable, cut at a character's border, with … when
/// cut.
[[nodiscard]] std::string excerpt(std::string_view text, std::size_t limit = 60);

} // namespace glacis::inventory
