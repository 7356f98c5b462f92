// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <report/cells.h>

#include <algorithm>

#include <base/text.h>
#include <report/plain.h>

namespace glacis::report {
namespace {
    /// What spreadsheets take for the beginning of a formula, their full-width twins included.
    bool looksLikeFormula(std::string_view text)
    {
        if (text.empty())
            return false;
        if (std::string_view("=+-@\t\r\n").find(text.front()) != std::string_view::npos)
            return true;
        for (const std::string_view wide :
            { "\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0" }) {
            if (text.starts_with(wide))
                return true;
        }
        return false;
    }

    bool wouldLink(std::string_view text)
    {
        if (text.find("//") != std::string_view::npos || text.find('@') != std::string_view::npos
            || containsIgnoringCase(text, "www.") || containsIgnoringCase(text, "mailto:"))
            return true;
        for (std::size_t i = 0; i + 1 < text.size(); ++i) {
            if (text[i] == '#' && text[i + 1] >= '0' && text[i + 1] <= '9')
                return true;
        }
        return false;
    }
}

void appendCsvCell(std::string& out, std::string_view text)
{
    const std::string safe = plain(text);
    const bool formula = looksLikeFormula(text) || looksLikeFormula(safe);
    if (!formula && safe.find_first_of(",\"") == std::string::npos && !safe.starts_with(' ')) {
        out += safe;
        return;
    }
    out += formula ? "\"'" : "\"";
    for (const char c : safe) {
        if (c == '"')
            out += '"';
        out += c;
    }
    out += '"';
}

/// Longer fences than any run of backticks inside; pipes escaped
/// as tables ask (a backslash before a pipe needs one more, or the cell would end there).
std::string markdownCode(std::string_view text, MarkdownPlace place)
{
    const std::string safe = plain(text);
    if (std::string_view(safe).find_first_not_of(' ') == std::string_view::npos)
        return {};
    std::size_t run = 0, longest = 0;
    for (const char c : safe) {
        run = c == '`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    const std::string fence(longest + 1, '`');
    std::string out = fence;
    if (safe.front() == '`')
        out += ' ';
    for (std::size_t i = 0; i < safe.size(); ++i) {
        if (safe[i] == '|' && place == MarkdownPlace::Cell)
            out += i > 0 && safe[i - 1] == '\\' ? "\\\\|" : "\\|";
        else
            out += safe[i];
    }
    if (safe.back() == '`')
        out += ' ';
    return out + fence;
}

std::string markdownProse(std::string_view text, MarkdownPlace place)
{
    const std::string safe = plain(text);
    if (wouldLink(safe))
        return markdownCode(safe, place);
    std::string out;
    for (const char c : safe) {
        if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else if (c == '&')
            out += "&amp;";
        else {
            if (std::string_view("\\`*_[]~#|!").find(c) != std::string_view::npos)
                out += '\\';
            out += c;
        }
    }
    return out;
}

} // namespace glacis::report
