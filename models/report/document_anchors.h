// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The anchors of a document as a page may hold them: letters, digits and '-' only, each once, and links only
// to what is there. A document that was made well keeps its own anchors; a bad one cannot break the page.
//
//     const DocumentAnchors anchors(document);
//     anchors.of(heading)                      // "findings"
//     anchors.link(run.target)                 // "findings", or empty: no such place
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include <report/document.h>

namespace glacis::report {

/// Ids that a writer gives by itself begin so; no anchor of a document does.
inline constexpr std::string_view OwnAnchor = "g-";

class DocumentAnchors {
public:
    /// The document must stay where it is: blocks are known by their address.
    explicit DocumentAnchors(const Document& document);

    [[nodiscard]] std::string_view of(const Heading& heading) const { return at(&heading); }
    [[nodiscard]] std::string_view of(const WayStory& way) const { return at(&way); }
    [[nodiscard]] std::string_view of(const TableRow& row) const { return at(&row); } ///< empty: none
    /// Where a target leads to; empty: nowhere, show the text without a link.
    [[nodiscard]] std::string_view link(const std::string& target) const;
    /// Something in the text links to it.
    [[nodiscard]] bool isLinked(std::string_view anchor) const;

private:
    enum class Need : std::uint8_t { Always, WhenAsked };
    void add(const void* block, const std::string& wanted, Need need);
    void use(const Text& text);
    void use(const std::string& target);
    void useAll(const Block& block);
    [[nodiscard]] std::string_view at(const void* block) const;

    std::unordered_map<const void*, std::string> m_byBlock;
    std::unordered_map<std::string, std::string> m_byTarget;
    std::unordered_set<std::string> m_taken, m_linked;
};

} // namespace glacis::report
