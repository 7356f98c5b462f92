// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "answer_headers.h"

#include <algorithm>

#include <base/text.h>
#include <inventory/tree_checks.h>

#include <curl/curl.h>

namespace glacis::cluster {
namespace {
    constexpr std::size_t maxWarnings = 100, maxWarningBytes = 1024, maxValueBytes = 8192;
    constexpr std::int64_t year = 366 * 86'400;

    /// Takes "…" with backslashes off the front; nothing when it does not end.
    std::optional<std::string> takeQuoted(std::string_view& rest)
    {
        std::string text;
        for (std::size_t i = 1; i < rest.size(); ++i) {
            if (rest[i] == '"') {
                rest.remove_prefix(i + 1);
                return text;
            }
            if (rest[i] == '\\' && i + 1 < rest.size())
                ++i;
            text += rest[i];
        }
        return std::nullopt;
    }
}

std::optional<std::chrono::seconds> parseRetryAfter(std::string_view value, std::int64_t now)
{
    value = trim(value);
    const auto seconds
        = [](std::int64_t count) { return std::chrono::seconds(std::clamp<std::int64_t>(count, 0, year)); };
    if (!value.empty() && value.find_first_not_of("0123456789") == std::string_view::npos)
        return value.size() > 10 ? seconds(year) : seconds(*parseInteger(value));
    if (value.empty() || value.size() > 64 || value.find(':') == std::string_view::npos)
        return std::nullopt;
    const std::int64_t date = curl_getdate(std::string(value).c_str(), nullptr);
    return date < 0 ? std::nullopt : std::optional(seconds(date - now));
}

std::vector<std::string> parseWarnings(std::string_view value)
{
    std::vector<std::string> result;
    std::string_view rest = value;
    // 299 agent "text" ["date"], …
    while (!rest.empty() && result.size() < maxWarnings) {
        const std::size_t quote = rest.find('"');
        if (quote == std::string_view::npos)
            break;
        const std::string_view before = trim(rest.substr(0, quote));
        rest.remove_prefix(quote);
        const auto text = takeQuoted(rest);
        if (!text)
            break;
        // What stands before a text, without the comma after the warning before; nothing: a warning's date.
        const std::size_t code = before.find_first_not_of(", ");
        if (code != std::string_view::npos && before.substr(code).starts_with("299 ") && !text->empty())
            result.push_back(inventory::excerpt(*text, maxWarningBytes));
    }
    return result;
}

void readHeader(std::string_view line, std::int64_t now, AnswerHeaders& into)
{
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos)
        return;
    const std::string name = toLower(trim(line.substr(0, colon)));
    const std::string_view value = trim(line.substr(colon + 1)).substr(0, maxValueBytes);
    if (name == "content-type") {
        into.contentType = printable(toLower(trim(value.substr(0, value.find(';')))));
    } else if (name == "location") {
        into.location = value;
    } else if (name == "retry-after") {
        into.retryAfter = parseRetryAfter(value, now);
    } else if (name == "warning") {
        for (std::string& text : parseWarnings(value)) {
            if (into.warnings.size() < maxWarnings)
                into.warnings.push_back(std::move(text));
        }
    }
}

} // namespace glacis::cluster
