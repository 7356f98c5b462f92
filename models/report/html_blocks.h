// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The blocks of a document as HTML, one after another. Headings are the page's own affair: they open and
// close its sections.
#pragma once

#include <string>

#include <report/document.h>
#include <report/document_anchors.h>

namespace glacis::report {

/// What a block needs to know of the page.
struct HtmlPage {
    std::string& out;
    const DocumentAnchors& anchors;
    int level = 0; ///< of the heading that a block stands under; 0: none yet
};

void writeHtml(HtmlPage& page, const Paragraph& paragraph);
void writeHtml(HtmlPage& page, const Items& items);
void writeHtml(HtmlPage& page, const Facts& facts);
void writeHtml(HtmlPage& page, const Table& table);
void writeHtml(HtmlPage& page, const CodeBlock& code);
void writeHtml(HtmlPage& page, const WayStory& way);

// In html_figures.cpp:
void writeHtml(HtmlPage& page, const Scores& scores);
void writeHtml(HtmlPage& page, const Figures& figures);
void writeHtml(HtmlPage& page, const Bars& bars);

} // namespace glacis::report
