// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Finds the value that belongs to a key in free text: properties, .env, YAML,
// JSON (nested in strings, too), data source names, flags, and the name/value
// objects of Kubernetes. A key is a run of letters, digits, "_",
// "-" and ".".
#pragma once

#include <cstddef>
#include <string_view>

namespace glacis::credentials {

/// Remembers where the closing quote of a kind was last found: equal searches
/// from later starts end at the same place, which keeps texts of many unclosed
/// quotes linear.
class QuoteMemory {
public:
    /// The first `quote` at or after `from` that closes a string opened with
    /// `escapes` backslashes before its quote.
    [[nodiscard]] std::size_t close(std::string_view text, std::size_t from, char quote, std::size_t escapes);

private:
    struct Search {
        std::size_t from = 1;
        std::size_t found = 0;
    };
    Search m_searches[3][4];
};

struct PairValue {
    std::size_t begin = 0;
    std::size_t end = 0;
    bool loose = false; ///< prose may look the same
    bool flag = false; ///< behind a flag and a blank
    bool quoted = false;
};

/// The value of the key that stands at [keyBegin, keyEnd); false when nothing
/// is assigned to it.
[[nodiscard]] bool readPair(
    std::string_view text, std::size_t keyBegin, std::size_t keyEnd, QuoteMemory& quotes, PairValue& value);

} // namespace glacis::credentials
