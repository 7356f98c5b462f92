// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Walks through a text once and reports every credential shape in it, in order
// and without overlap: provider tokens, key blocks, URL passwords, and values
// beside a strong name ("password: x", "token=x", "--token x",
// {"name": "DB_PASSWORD", "value": "x"}). redactText() replaces what it reports
// and mayHoldCredential() stops at its first report, so the two cannot
// disagree.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <credentials/anchors.h>
#include <credentials/pairs.h>
#include <credentials/shapes.h>
#include <credentials/values.h>

namespace glacis::credentials {

class Scanner {
public:
    Scanner(std::string_view text, const Rules& rules, Context context = Context::Text);

    /// The next span, or false at the end of the text.
    [[nodiscard]] bool next(Span& span);

private:
    [[nodiscard]] bool nextWithCustomWords(Span& span);
    [[nodiscard]] bool tryGroup(std::uint8_t group, Span& span);
    [[nodiscard]] bool tryAnchor(const Anchor& anchor, std::size_t begin, Span& span);
    [[nodiscard]] bool tryWord(std::size_t at, Span& span);
    [[nodiscard]] bool tryCustom(std::size_t at, Span& span);
    [[nodiscard]] bool tryBearer(std::size_t at, Span& span);
    [[nodiscard]] bool trySignature(std::size_t at, std::size_t length, Span& span);
    [[nodiscard]] bool tryWholeText(Span& span);
    [[nodiscard]] bool accept(const Span& found, Span& span);

    std::string_view m_text;
    const Rules& m_rules;
    Context m_context;
    std::size_t m_at = 0; ///< next pair to look at
    std::size_t m_floor = 0; ///< end of the last span: nothing before it may be touched again
    std::size_t m_wordsFrom = 0; ///< keys before it have been judged
    std::size_t m_urlsFrom = 0;
    bool m_started = false;
    QuoteMemory m_quotes;
};

/// Tells whether an anchor stands at a pair of bytes that AnchorTable::nextPair() found; without one nothing
/// can be reported.
class AnchorProbe {
public:
    explicit AnchorProbe(std::string_view text)
        : m_text(text)
    {
    }
    [[nodiscard]] bool stands(std::size_t pair);

private:
    [[nodiscard]] bool signFollows(std::size_t from); ///< a URL with a password needs an "@" behind it

    std::string_view m_text;
    std::size_t m_signFrom = 1;
    std::size_t m_sign = 0;
};

/// Replaces every span of the text by the mark.
[[nodiscard]] std::string replaceSpans(std::string_view text, const std::vector<Span>& spans);

} // namespace glacis::credentials
