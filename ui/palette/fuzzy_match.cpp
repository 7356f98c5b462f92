// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// An alignment of the word with the text, as in Smith and Waterman: best[j][i] is the score of the best way
// to find the word's first j + 1 letters with the last of them at byte i. A gap costs once for being there
// and a little for its length.
//
//            v o t e / w e b
//        w   .  .  .  .  .  30 .  .        letter + start of a word
//        e   .  .  .  .  .  .  54 .        letter + neighbour
//        b   .  .  .  .  .  .  .  78
#include <palette/fuzzy_match.h>

#include <algorithm>
#include <array>
#include <climits>

namespace glacis::ui {
namespace {

    constexpr std::size_t maxText = 400;
    constexpr std::size_t maxWord = 64;
    constexpr std::size_t maxWords = 8;

    constexpr int letter = 16;
    constexpr int neighbour = 12;
    constexpr int wordStart = 10;
    constexpr int textStart = 16;
    constexpr int inTitle = 4;
    constexpr int gapOpen = 5;
    constexpr int gapLonger = 1;
    constexpr int wholePrefix = 24; ///< the title begins with the word
    constexpr int wholeTitle = 40; ///< the title is the word
    constexpr int impossible = INT_MIN / 4;

    constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
    constexpr bool isLower(char c) { return c >= 'a' && c <= 'z'; }
    constexpr bool isUpper(char c) { return c >= 'A' && c <= 'Z'; }
    constexpr bool isDigit(char c) { return c >= '0' && c <= '9'; }
    constexpr bool isWord(char c)
    {
        return isLower(c) || isUpper(c) || isDigit(c) || static_cast<unsigned char>(c) >= 0x80;
    }

    constexpr bool startsWord(char before, char here)
    {
        return isWord(here)
            && (!isWord(before) || (isLower(before) && isUpper(here)) || (!isDigit(before) && isDigit(here)));
    }

    /// Looked up for every byte of every entry at every keystroke.
    struct ByteTables {
        std::array<char, 256> lower {};
        std::array<std::uint8_t, 256>
            kind {}; ///< 0 other, 1 lower case or beyond ASCII, 2 upper case, 3 digit
        std::array<bool, 16> starts {}; ///< by the kinds of two neighbours
    };
    constexpr ByteTables makeTables()
    {
        ByteTables t;
        constexpr std::array samples { '-', 'a', 'A', '0' };
        for (std::size_t i = 0; i < 256; ++i) {
            const auto c = static_cast<char>(static_cast<unsigned char>(i));
            t.lower[i] = lower(c);
            t.kind[i] = !isWord(c) ? std::uint8_t(0)
                : isDigit(c)       ? std::uint8_t(3)
                : isUpper(c)       ? std::uint8_t(2)
                                   : std::uint8_t(1);
        }
        for (std::size_t a = 0; a < 4; ++a)
            for (std::size_t b = 0; b < 4; ++b)
                t.starts[a * 4 + b] = startsWord(samples[a], samples[b]);
        return t;
    }
    constexpr ByteTables tables = makeTables();

    constexpr std::uint64_t bitOf(char c)
    {
        const char l = lower(c);
        if (isLower(l))
            return std::uint64_t(1) << (l - 'a');
        if (isDigit(l))
            return std::uint64_t(1) << (26 + l - '0');
        return std::uint64_t(1) << (36 + static_cast<unsigned char>(l) % 28);
    }

}

std::uint64_t letterMask(std::string_view text)
{
    std::uint64_t mask = 0;
    for (const char c : text)
        mask |= bitOf(c);
    return mask;
}

FuzzyMatcher::FuzzyMatcher(std::string_view query)
{
    std::string word;
    const auto flush = [&] {
        if (!word.empty() && m_words.size() < maxWords) {
            m_mask |= letterMask(word);
            m_words.push_back(word);
        }
        word.clear();
    };
    for (const char c : query) {
        if (c == ' ' || c == '\t')
            flush();
        else if (word.size() < maxWord)
            word += lower(c);
    }
    flush();
}

std::optional<int> FuzzyMatcher::scoreWord(const std::string& word, std::size_t titleLength)
{
    // The cheap question first: is it a subsequence at all?
    std::size_t at = 0;
    for (const char c : word) {
        at = m_folded.find(c, at);
        if (at == std::string::npos)
            return {};
        ++at;
    }
    const std::size_t n = m_folded.size();
    m_columns = n;
    if (word.size() == 1)
        return scoreLetter(word.front(), titleLength);
    m_best.assign(word.size() * n, impossible);
    m_from.assign(word.size() * n, 0);
    for (std::size_t j = 0; j < word.size(); ++j) {
        int* row = m_best.data() + j * n;
        const int* above = j > 0 ? row - n : nullptr;
        std::uint16_t* from = m_from.data() + j * n;
        int reach = impossible; // best of the row above, seen over a gap
        std::uint16_t reachFrom = 0;
        for (std::size_t i = j; i < n; ++i) {
            if (above && i >= 2) {
                reach -= gapLonger;
                if (above[i - 2] - gapOpen > reach) {
                    reach = above[i - 2] - gapOpen;
                    reachFrom = static_cast<std::uint16_t>(i - 2);
                }
            }
            if (m_folded[i] != word[j])
                continue;
            const int here = letter + m_starts[i] + (i < titleLength ? inTitle : 0);
            if (!above) {
                row[i] = here;
                continue;
            }
            const int beside = i > 0 ? above[i - 1] + neighbour : impossible;
            if (beside >= reach) {
                row[i] = beside + here;
                from[i] = static_cast<std::uint16_t>(i - 1);
            } else {
                row[i] = reach + here;
                from[i] = reachFrom;
            }
        }
    }
    const auto last = m_best.begin() + static_cast<std::ptrdiff_t>((word.size() - 1) * n);
    const auto best = std::max_element(last, last + static_cast<std::ptrdiff_t>(n));
    m_end = static_cast<std::size_t>(best - last);
    if (word.size() > 2 && strewnLetters(word) * 2 > word.size())
        return {};
    int bonus = 0;
    if (titleLength >= word.size() && m_folded.compare(0, word.size(), word) == 0)
        bonus = titleLength == word.size() ? wholeTitle : wholePrefix;
    return *best + bonus;
}

/// Letters that neither begin a word nor follow their neighbour. When they are the most, it is chance.
std::size_t FuzzyMatcher::strewnLetters(const std::string& word) const
{
    std::size_t strewn = 0;
    std::size_t i = m_end;
    for (std::size_t j = word.size(); j-- > 0;) {
        const std::size_t before = m_from[j * m_columns + i];
        if (m_starts[i] == 0 && (j == 0 || before + 1 != i))
            ++strewn;
        i = before;
    }
    return strewn;
}

/// The first keystroke fits most entries: without the table.
std::optional<int> FuzzyMatcher::scoreLetter(char c, std::size_t titleLength)
{
    m_from.assign(m_columns, 0);
    int best = impossible;
    for (std::size_t i = m_folded.find(c); i != std::string::npos; i = m_folded.find(c, i + 1)) {
        const int here = letter + m_starts[i] + (i < titleLength ? inTitle : 0);
        if (here > best) {
            best = here;
            m_end = i;
        }
    }
    const bool first = titleLength > 0 && m_folded.front() == c;
    return best + (first ? (titleLength == 1 ? wholeTitle : wholePrefix) : 0);
}

std::optional<int> FuzzyMatcher::score(std::string_view text, std::size_t titleLength)
{
    text = text.substr(0, maxText);
    m_folded.resize(text.size());
    m_starts.resize(text.size());
    std::size_t before = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const std::size_t kind = tables.kind[byte];
        m_folded[i] = tables.lower[byte];
        m_starts[i] = tables.starts[before * 4 + kind] ? wordStart : 0;
        before = kind;
    }
    if (!text.empty())
        m_starts[0] = textStart;
    int total = 0;
    for (const std::string& word : m_words) {
        const auto one = scoreWord(word, titleLength);
        if (!one)
            return {};
        total += *one;
    }
    return total * 4 - static_cast<int>(std::min<std::size_t>(titleLength, 120) / 2); // the shorter one
}

void FuzzyMatcher::collect(const std::string& word, std::vector<std::uint16_t>& into) const
{
    std::size_t i = m_end;
    for (std::size_t j = word.size(); j-- > 0;) {
        into.push_back(static_cast<std::uint16_t>(i));
        i = m_from[j * m_columns + i];
    }
}

std::vector<std::uint16_t> FuzzyMatcher::positions(std::string_view text, std::size_t titleLength)
{
    if (!score(text, titleLength))
        return {};
    std::vector<std::uint16_t> found;
    for (const std::string& word : m_words) {
        (void)scoreWord(word, titleLength);
        collect(word, found);
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

} // namespace glacis::ui
