// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Writers of a report's document that need no layout engine. Same document, same bytes. Any thread.
#pragma once

#include <string>

#include <report/document.h>

namespace glacis::report {

struct HtmlPictures {
    /// Each an <svg> element without XML declaration, for light and dark; empty: no picture.
    std::string attackLight, attackDark;
    std::string logo {}; ///< "data:image/png;base64,…"; empty: none
};
/// One self-contained page: no script, nothing is fetched, light and dark by the reader's system, prints
/// well.
[[nodiscard]] std::string writeDocumentHtml(const Document& document, const HtmlPictures& pictures);
/// GitHub-flavoured Markdown.
[[nodiscard]] std::string writeDocumentMarkdown(const Document& document);

} // namespace glacis::report
