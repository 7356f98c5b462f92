// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <credentials/scanner.h>

namespace glacis::credentials {

bool mayHoldCredential(std::string_view text)
{
    // Most strings of a cluster hold no anchor at all; those that do are judged
    // in full.
    AnchorProbe probe(text);
    std::size_t at = anchors.nextPair(text, 0);
    while (at + 1 < text.size() && !probe.stands(at))
        at = anchors.nextPair(text, at + 1);
    if (at + 1 >= text.size() && !mayBeEncodedText(text))
        return false;
    static const Rules builtin;
    return mayHoldCredential(text, builtin);
}

bool mayHoldCredential(std::string_view text, const Rules& rules)
{
    Span span;
    return Scanner(text, rules).next(span);
}

std::string redactText(std::string_view text, const Rules& rules)
{
    Scanner scanner(text, rules);
    std::vector<Span> spans;
    for (Span span; scanner.next(span);)
        spans.push_back(span);
    return spans.empty() ? std::string(text) : replaceSpans(text, spans);
}

} // namespace glacis::credentials
