// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Text of a document as HTML. What is written is well-formed XML too, so that a test can read it back.
#pragma once

#include <string>
#include <string_view>

#include <report/document.h>
#include <report/document_anchors.h>

namespace glacis::report {

/// Escaped for text and for quoted attributes.
void appendHtml(std::string& out, std::string_view text);
/// Likewise, with <wbr/> behind / . - _ : @ = , inside words of at least so many bytes: a long name
/// wraps there, and copying it gives the name alone.
void appendBreaking(std::string& out, std::string_view text, std::size_t leastWord);
/// The runs with their faces and links. No block element, no line break.
void appendRuns(std::string& out, const Text& text, const DocumentAnchors& anchors);
/// Shape and word in the colour of the severity.
void appendSeverity(std::string& out, Severity severity, std::string_view words);
/// The shape alone; the word must stand beside it.
void appendShape(std::string& out, Severity severity);
/// The shapes that appendShape refers to, once a page.
[[nodiscard]] std::string_view shapeSymbols();
/// As a quoted string of CSS that cannot end the style element.
[[nodiscard]] std::string cssString(std::string_view text);

} // namespace glacis::report
