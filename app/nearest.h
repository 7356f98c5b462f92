// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace glacis::app {

/// Up to `most` of the known words that a person may have meant, nearest first: by edit distance (a third of
/// the word may differ), else by a common beginning of at least four letters. Case does not count.
[[nodiscard]] std::vector<std::string> nearest(
    std::string_view word, const std::vector<std::string>& known, std::size_t most = 3);
/// "; did you mean --format?", or nothing.
[[nodiscard]] std::string suggestion(std::string_view word, const std::vector<std::string>& known);

} // namespace glacis::app
