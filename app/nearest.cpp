// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/nearest.h>

#include <algorithm>

#include <base/text.h>

namespace glacis::app {
namespace {
    constexpr std::size_t LongestWord = 64; ///< nobody mistypes more; keeps the distance cheap

    /// Edit distance with swapped neighbours counted as one mistake (optimal string alignment), three rows at
    /// a time.
    std::size_t distance(std::string_view a, std::string_view b)
    {
        std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
        for (std::size_t j = 0; j <= b.size(); ++j)
            last[j] = j;
        for (std::size_t i = 1; i <= a.size(); ++i) {
            row[0] = i;
            for (std::size_t j = 1; j <= b.size(); ++j) {
                const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                row[j] = std::min({ last[j] + 1, row[j - 1] + 1, replaced });
                const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                if (swapped)
                    row[j] = std::min(row[j], before[j - 2] + 1);
            }
            before.swap(last);
            last.swap(row);
        }
        return last.back();
    }

    std::size_t commonBeginning(std::string_view a, std::string_view b)
    {
        const auto [x, y] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
        return static_cast<std::size_t>(x - a.begin());
    }
}

std::vector<std::string> nearest(
    std::string_view word, const std::vector<std::string>& known, std::size_t most)
{
    if (word.empty() || word.size() > LongestWord)
        return {};
    const std::string wanted = toLower(word);
    std::vector<std::pair<std::size_t, std::string>> ranked;
    for (const std::string& candidate : known) {
        const std::string lower = toLower(candidate);
        const std::size_t far = distance(wanted, lower);
        if (far <= std::max<std::size_t>(1, wanted.size() / 3))
            ranked.emplace_back(far, candidate);
        else if (commonBeginning(wanted, lower) >= std::max<std::size_t>(4, wanted.size()))
            ranked.emplace_back(LongestWord + far, candidate);
    }
    std::sort(ranked.begin(), ranked.end());
    std::vector<std::string> result;
    for (std::size_t i = 0; i < ranked.size() && i < most; ++i)
        result.push_back(std::move(ranked[i].second));
    return result;
}

std::string suggestion(std::string_view word, const std::vector<std::string>& known)
{
    const std::vector<std::string> found = nearest(word, known);
    if (found.empty())
        return {};
    std::string text = "; did you mean " + found.front();
    for (std::size_t i = 1; i < found.size(); ++i)
        text += (i + 1 == found.size() ? " or " : ", ") + found[i];
    return text + "?";
}

} // namespace glacis::app
