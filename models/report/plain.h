// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Outside text made harmless for a sink that a person reads (terminal, table, mark-up): valid UTF-8 on one
// line, no control characters, and none of the invisible characters that reorder or hide their neighbours.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace glacis::report {

/// append(out, "a ", b, " c"): text in one go, without temporaries.
template <class... Parts> void append(std::string& out, const Parts&... parts)
{
    (out.append(std::string_view(parts)), ...);
}
/// Line breaks and tabs become one space each; other control characters and bidi controls become U+FFFD.
[[nodiscard]] std::string plain(std::string_view text);
/// Columns that the text takes on a terminal: 2 for wide East Asian characters and emoji, 0 for combining
/// marks.
[[nodiscard]] std::size_t displayWidth(std::string_view utf8);
/// Breaks at spaces into lines of at most `width` columns; a longer word keeps a line of its own and is not
/// cut.
[[nodiscard]] std::vector<std::string> wrap(std::string_view utf8, std::size_t width);
/// "1 object", "1,500 objects"
[[nodiscard]] std::string count(std::size_t number, std::string_view singular, std::string_view plural = {});
/// "1,500"
[[nodiscard]] std::string grouped(std::size_t number);
/// Joins at most `most` items: "a, b, c +5 more".
[[nodiscard]] std::string joined(const std::vector<std::string>& items, std::size_t most);

} // namespace glacis::report
