// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How well typed letters fit a line of text. Every word of the query must be found as a subsequence; runs of
// neighbours, starts of words and the very beginning weigh most, so that "rdk" finds platform-agents/rdkalv
// before drizzle-backend.
//
//     FuzzyMatcher matcher("dep web");
//     if (const auto score = matcher.score("vote/web Deployment", 8)) …
//
// Bytes are compared, ASCII letters without regard to case. One matcher serves one thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace glacis::ui {

/// A bit for each kind of byte that occurs in a text: a text can only match when it holds all of the query's.
[[nodiscard]] std::uint64_t letterMask(std::string_view text);

class FuzzyMatcher {
public:
    explicit FuzzyMatcher(std::string_view query); ///< words beyond the eighth are left out

    [[nodiscard]] bool empty() const { return m_words.empty(); }
    [[nodiscard]] std::uint64_t mask() const { return m_mask; }
    /// Higher is better; nothing when a word is not found. The first titleLength bytes weigh more than what
    /// follows. Looks at 400 bytes at most.
    [[nodiscard]] std::optional<int> score(std::string_view text, std::size_t titleLength);
    /// Offsets of the bytes that matched, ascending; empty when a word is not found.
    [[nodiscard]] std::vector<std::uint16_t> positions(std::string_view text, std::size_t titleLength);

private:
    [[nodiscard]] std::optional<int> scoreWord(const std::string& word, std::size_t titleLength);
    [[nodiscard]] std::optional<int> scoreLetter(char c, std::size_t titleLength);
    [[nodiscard]] std::size_t strewnLetters(const std::string& word) const;
    void collect(const std::string& word, std::vector<std::uint16_t>& into) const;

    std::vector<std::string> m_words; ///< lower case
    std::uint64_t m_mask = 0;
    // Scratch, kept between calls: a row for each letter of the word, a column for each byte of the text.
    std::vector<int> m_best;
    std::vector<std::uint16_t> m_from;
    std::vector<int> m_starts; ///< bonus of a match at this byte
    std::string m_folded;
    std::size_t m_columns = 0;
    std::size_t m_end = 0; ///< column where the best match of the last word ended
};

} // namespace glacis::ui
