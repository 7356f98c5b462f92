// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <report/html_text.h>

#include <algorithm>
#include <array>

#include <report/document_words.h>
#include <report/plain.h>

namespace glacis::report {
namespace {
    constexpr std::size_t leastName = 12; ///< shorter names wrap as a whole
    constexpr std::size_t leastProse = 22; ///< words of a language are shorter

    bool isPlainAscii(std::string_view text)
    {
        return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
    }

    /// Most text is plain already, and a look is cheaper than a copy. plain() leaves two characters that XML
    /// forbids.
    std::string_view harmless(std::string_view text, std::string& store)
    {
        if (isPlainAscii(text))
            return text;
        store = plain(text);
        for (const std::string_view forbidden : { "\xEF\xBF\xBE", "\xEF\xBF\xBF" })
            for (std::size_t at = store.find(forbidden); at != std::string::npos;
                 at = store.find(forbidden, at))
                store.replace(at, forbidden.size(), "\xEF\xBF\xBD");
        return store;
    }

    void appendEscaped(std::string& out, char c)
    {
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        case '\'':
            out += "&#39;";
            break;
        default:
            out += c;
        }
    }

    bool breaksBehind(char c) { return std::string_view("/.-_:@=,").find(c) != std::string_view::npos; }

    bool isDigit(char c) { return c >= '0' && c <= '9'; }

    /// Between characters of a word. Never within "://" or "..": the run of signs stays together; nor within
    /// an address or a version.
    bool mayBreak(std::string_view word, std::size_t behind)
    {
        return behind > 0 && behind + 1 < word.size() && breaksBehind(word[behind])
            && !breaksBehind(word[behind + 1]) && !(isDigit(word[behind - 1]) && isDigit(word[behind + 1]));
    }

    void appendWord(std::string& out, std::string_view word, std::size_t leastWord)
    {
        for (std::size_t i = 0; i < word.size(); ++i) {
            appendEscaped(out, word[i]);
            if (word.size() >= leastWord && mayBreak(word, i))
                out += "<wbr/>";
        }
    }

    void appendFace(std::string& out, const Run& run)
    {
        switch (run.face) {
        case Face::Plain:
            appendBreaking(out, run.text, leastProse);
            break;
        case Face::Strong:
            out += "<strong>";
            appendBreaking(out, run.text, leastProse);
            out += "</strong>";
            break;
        case Face::Quiet:
            out += "<span class=\"quiet\">";
            appendBreaking(out, run.text, leastProse);
            out += "</span>";
            break;
        case Face::Code:
            out += "<code dir=\"auto\">";
            appendBreaking(out, run.text, leastName);
            out += "</code>";
            break;
        case Face::Severity:
            appendSeverity(out, severityOf(run), wordsOf(run));
            break;
        case Face::Stage:
            append(out, "<span class=\"stage s", std::to_string(std::clamp<int>(run.value, 0, StageCount)),
                "\">");
            appendHtml(out, wordsOf(run));
            out += "</span>";
            break;
        }
    }
}

void appendHtml(std::string& out, std::string_view text)
{
    std::string store;
    for (const char c : harmless(text, store))
        appendEscaped(out, c);
}

void appendBreaking(std::string& out, std::string_view text, std::size_t leastWord)
{
    std::string store;
    const std::string_view safe = harmless(text, store);
    for (std::size_t from = 0; from < safe.size();) {
        const std::size_t space = std::min(safe.find(' ', from), safe.size());
        appendWord(out, safe.substr(from, space - from), leastWord);
        if (space < safe.size())
            out += ' ';
        from = space + 1;
    }
}

void appendRuns(std::string& out, const Text& text, const DocumentAnchors& anchors)
{
    for (const Run& run : text) {
        const std::string_view link = anchors.link(run.target);
        if (!link.empty())
            append(out, "<a href=\"#", link, "\">");
        appendFace(out, run);
        if (!link.empty())
            out += "</a>";
    }
}

void appendSeverity(std::string& out, Severity severity, std::string_view words)
{
    append(out, "<span class=\"sev ", name(severity), "\">");
    appendShape(out, severity);
    appendHtml(out, words);
    out += "</span>";
}

void appendShape(std::string& out, Severity severity)
{
    append(out, R"(<svg class="shape" aria-hidden="true"><use href="#)", OwnAnchor, name(severity),
        "\"/></svg>");
}

std::string_view shapeSymbols()
{
    // The window's own shapes, in a box of twelve.
    return R"(<svg class="symbols" width="0" height="0" aria-hidden="true"><defs>
<symbol id="g-critical" viewBox="0 0 12 12"><path fill="currentColor" d="M6 .8 11.2 6 6 11.2 .8 6Z"/></symbol>
<symbol id="g-high" viewBox="0 0 12 12"><path fill="currentColor" d="M6 1.4 11 10.2H1Z"/></symbol>
<symbol id="g-medium" viewBox="0 0 12 12"><path fill="currentColor" d="M2 2H10V10H2Z"/></symbol>
<symbol id="g-low" viewBox="0 0 12 12"><circle fill="currentColor" cx="6" cy="6" r="4"/></symbol>
<symbol id="g-info" viewBox="0 0 12 12"><circle fill="none" stroke="currentColor" stroke-width="1.5" cx="6" cy="6" r="3.6"/></symbol>
<symbol id="g-warning" viewBox="0 0 24 24"><path fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" d="M12 4 21 19.5H3ZM12 10V14M12 16.8V17"/></symbol>
</defs></svg>
)";
}

std::string cssString(std::string_view text)
{
    static constexpr std::string_view hex = "0123456789abcdef";
    std::string store;
    std::string out = "\"";
    for (const char c : harmless(text, store)) {
        const auto byte = static_cast<unsigned char>(c);
        const bool ordinary = byte >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')
            || (c >= 'a' && c <= 'z') || c == ' ';
        if (ordinary) {
            out += c;
            continue;
        }
        out += '\\';
        out += hex[byte >> 4];
        out += hex[byte & 0x0F];
        out += ' ';
    }
    return out + '"';
}

} // namespace glacis::report
