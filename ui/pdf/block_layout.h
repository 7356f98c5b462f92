// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Turns the blocks of a report into slabs, a function for each kind of block. They append to `slabs`.
//
//     for (const report::Block& block : document.blocks)
//         std::visit([&](const auto& b) { layOut(setting, b, slabs); }, block);
#pragma once

#include <base/stop_token.h>
#include <pdf/page_flow.h>
#include <pdf/report_pages.h>
#include <pdf/slab.h>

namespace glacis::ui::pdf {

/// What a block needs to know of the pages it goes to.
struct Setting {
    Sheet sheet;
    FontBook& book;
    const ReportContent& content;
    QColor mark; ///< the cluster's colour
    StopToken stop;
    double zoom = 1; ///< below 1 where a short edition has to become shorter: pictures give way as well

    [[nodiscard]] double width() const { return sheet.width(); }
    [[nodiscard]] TextBoxPtr box(
        const report::Text& text, const TextStyle& style, double width, Side side = Side::Start) const
    {
        return TextBox::make(book, text, style, width, side);
    }
    [[nodiscard]] TextBoxPtr box(
        const QString& text, const TextStyle& style, double width, Side side = Side::Start) const
    {
        return TextBox::make(book, text, style, width, side);
    }
};

/// The type of a page, points.
namespace type {
    inline constexpr TextStyle body { 9.5, 14 };
    inline constexpr TextStyle strong { 9.5, 14, Token::Text, Face::Bold };
    inline constexpr TextStyle lead { 12, 18 };
    inline constexpr TextStyle note { 8, 11.5, Token::Text2 };
    inline constexpr TextStyle noteStrong { 8, 11.5, Token::Text2, Face::Bold };
    inline constexpr TextStyle cell { 8.5, 12 };
    inline constexpr TextStyle cellHead { 7.5, 10.5, Token::Text2, Face::Bold };
    inline constexpr TextStyle code { 8, 12, Token::Text, Face::Mono };
    inline constexpr TextStyle codeNote { 7.4, 11.5, Token::Text3, Face::Mono };
    inline constexpr TextStyle section { 21, 27, Token::Text, Face::Bold };
    inline constexpr TextStyle part { 13.5, 18, Token::Text, Face::Bold };
    inline constexpr TextStyle item { 10.5, 14.5, Token::Text, Face::Bold };
}

void layOut(const Setting& setting, const report::Heading& heading, Slabs& slabs);
void layOut(const Setting& setting, const report::Paragraph& paragraph, Slabs& slabs);
void layOut(const Setting& setting, const report::Items& items, Slabs& slabs);
void layOut(const Setting& setting, const report::Facts& facts, Slabs& slabs);
void layOut(const Setting& setting, const report::CodeBlock& code, Slabs& slabs);
void layOut(const Setting& setting, const report::Table& table, Slabs& slabs);
void layOut(const Setting& setting, const report::Scores& scores, Slabs& slabs);
void layOut(const Setting& setting, const report::Figures& figures, Slabs& slabs);
void layOut(const Setting& setting, const report::Bars& bars, Slabs& slabs);
void layOut(const Setting& setting, const report::WayStory& way, Slabs& slabs);
void layOut(const Setting& setting, const report::AttackPicture& picture, Slabs& slabs);

/// The scores' panel as one slab, for the cover.
[[nodiscard]] std::shared_ptr<Slab> scoresSlab(const Setting& setting, const report::Scores& scores);
/// Names and values below one another, a slab each.
[[nodiscard]] Slabs factSlabs(
    const Setting& setting, const std::vector<std::pair<std::string, report::Text>>& rows);

} // namespace glacis::ui::pdf
