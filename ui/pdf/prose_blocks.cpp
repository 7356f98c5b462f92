// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Headings, paragraphs, lists, facts and code.
#include <pdf/block_layout.h>

#include <widgets/outside_text.h>
#include <widgets/severity_mark.h>

#include <QPainter>

#include <algorithm>

namespace glacis::ui::pdf {
namespace {

    using namespace Qt::StringLiterals;

    struct HeadingStyle {
        TextStyle text;
        double before, after, markSize;
    };
    constexpr HeadingStyle headingStyles[]
        = { { type::section, 34, 12, 16 }, { type::part, 24, 6, 12 }, { type::item, 16, 4, 11 } };

    constexpr double sectionBar = 3, sectionBarWidth = 34, sectionBarGap = 9;

    bool isReversed(const TextBoxPtr& box) { return box->lines() > 0 && box->textOf(0).isRightToLeft(); }

    void addBand(Slab& slab, double width, double top, double bottom, const QColor& ground,
        const std::optional<QColor>& bar = {})
    {
        slab.fills.push_back({ { 0, top, width, bottom - top }, ground });
        if (bar)
            slab.fills.push_back({ { 0, top, 3, bottom - top }, *bar });
    }

    /// Lines on a tinted ground that runs through from the first to the last.
    void addPanel(Slabs& slabs, const TextBoxPtr& box, double x, double width, const QColor& ground,
        const std::optional<QColor>& bar)
    {
        constexpr double pad = 7;
        const std::size_t first = slabs.size();
        addLines(slabs, box, x, 8);
        for (std::size_t i = first; i < slabs.size(); ++i) {
            Slab& slab = *slabs[i];
            if (i == first) {
                slab.height += pad;
                for (TextLine& line : slab.lines)
                    line.at.ry() += pad;
                for (Link& link : slab.links)
                    link.box.translate(0, pad);
            }
            if (i + 1 == slabs.size())
                slab.height += pad;
            addBand(slab, width, 0, slab.height, ground, bar);
        }
    }

}

void layOut(const Setting& setting, const report::Heading& heading, Slabs& slabs)
{
    const HeadingStyle& style = headingStyles[std::clamp(heading.level, 1, 3) - 1];
    auto slab = std::make_shared<Slab>();
    slab->before = style.before;
    slab->keepNext = true;
    double x = 0, y = 0;
    if (heading.level == 1) {
        slab->fills.push_back({ { 0, 0, sectionBarWidth, sectionBar }, setting.mark });
        y = sectionBar + sectionBarGap;
        slab->section = shown(heading.text);
        // The management edition is short: its sections follow one another.
        slab->newPage = heading.newPage && setting.content.document.edition != report::Edition::Management;
    }
    if (heading.severity) {
        const double side = style.markSize;
        slab->drawings.push_back({ { 0, y + (style.text.leading - side) / 2, side, side },
            [severity = *heading.severity](QPainter& painter, const QRectF& box) {
                painter.translate(box.center());
                painter.scale(box.width() / 12, box.width() / 12);
                paintSeverityShape(painter, { -6, -6, 12, 12 }, severity, ink(severityToken(severity)));
            } });
        x = side + 5;
    } else if (heading.stage != 0) {
        slab->fills.push_back({ { 0, y + style.text.leading * 0.18, 4, style.text.leading * 0.66 },
            ink(stageToken(heading.stage)), 2 });
        x = 11;
    }
    report::Text text;
    if (!heading.number.empty())
        text.push_back({ heading.number + "\u2002", report::Face::Quiet });
    text.push_back({ heading.text });
    const TextBoxPtr box = setting.box(text, style.text, setting.width() - x);
    slab->add(box, { x, y });
    slab->height = y + box->height() + style.after;
    const QString anchor = fromUtf8(heading.anchor);
    if (!anchor.isEmpty())
        slab->anchors += anchor;
    const QString number = heading.number.empty() ? QString() : fromUtf8(heading.number) + u' ';
    slab->outline = OutlineEntry { std::clamp(heading.level, 1, 3), number + shown(heading.text), anchor };
    for (auto& piece : cut(slab, setting.sheet.height()))
        slabs.push_back(std::move(piece));
}

void layOut(const Setting& setting, const report::Paragraph& paragraph, Slabs& slabs)
{
    using Role = report::Paragraph::Role;
    switch (paragraph.role) {
    case Role::Body:
        addLines(slabs, setting.box(paragraph.text, type::body, setting.width()), 0, 6);
        break;
    case Role::Lead:
        addLines(slabs, setting.box(paragraph.text, type::lead, setting.width()), 0, 6);
        break;
    case Role::Note:
        addLines(slabs, setting.box(paragraph.text, type::note, setting.width()), 0, 5);
        break;
    case Role::Warning:
        addPanel(slabs, setting.box(paragraph.text, type::body, setting.width() - 26), 14, setting.width(),
            blend(ink(Token::Card), ink(Token::High), 0.07), ink(Token::High));
        break;
    }
}

void layOut(const Setting& setting, const report::Items& items, Slabs& slabs)
{
    constexpr double indent = 15;
    for (std::size_t i = 0; i < items.items.size(); ++i) {
        const TextBoxPtr box = setting.box(items.items[i], type::body, setting.width() - 2 * indent);
        const bool reversed = isReversed(box);
        const std::size_t first = slabs.size();
        addLines(slabs, box, indent, i == 0 ? 5 : 3);
        if (first == slabs.size())
            continue;
        Slab& slab = *slabs[first];
        if (items.numbered) {
            const TextBoxPtr number = setting.box(QString::number(i + 1) + u'.', { 9.5, 14, Token::Text2 },
                indent + 6, reversed ? Side::End : Side::Start);
            slab.add(number, { reversed ? setting.width() - indent - 6 : 0, 0 });
        } else {
            constexpr double dot = 3.2;
            slab.fills.push_back(
                { { reversed ? setting.width() - 6 : 3, (box->lineHeight() - dot) / 2, dot, dot },
                    ink(Token::Text3), dot / 2 });
        }
    }
}

Slabs factSlabs(const Setting& setting, const std::vector<std::pair<std::string, report::Text>>& rows)
{
    constexpr double gap = 14;
    constexpr TextStyle nameStyle { 8.5, 13, Token::Text2 }, valueStyle { 8.5, 13 };
    double names = 0;
    for (const auto& [name, value] : rows)
        names = std::max(names, TextBox::widthOf(setting.book, { { name } }, nameStyle) + 1);
    names = std::min(names, setting.width() * 0.3);
    Slabs slabs;
    for (const auto& [name, value] : rows) {
        auto slab = std::make_shared<Slab>();
        const TextBoxPtr left = setting.box(report::Text { { name } }, nameStyle, names);
        const TextBoxPtr right = setting.box(value, valueStyle, setting.width() - names - gap);
        slab->before = 2.5;
        slab->height = std::max(left->height(), right->height());
        slab->add(left, { 0, 0 });
        slab->add(right, { names + gap, 0 });
        for (auto& piece : cut(slab, setting.sheet.height()))
            slabs.push_back(std::move(piece));
    }
    return slabs;
}

void layOut(const Setting& setting, const report::Facts& facts, Slabs& slabs)
{
    Slabs rows = factSlabs(setting, facts.rows);
    if (rows.empty())
        return;
    rows.front()->before = 8;
    // No row stands alone at the end or at the beginning of a page.
    if (rows.size() > 1) {
        rows.front()->keepNext = true;
        rows[rows.size() - 2]->keepNext = true;
    }
    std::move(rows.begin(), rows.end(), std::back_inserter(slabs));
}

void layOut(const Setting& setting, const report::CodeBlock& code, Slabs& slabs)
{
    QString text = shownLines(code.text, 200'000);
    while (text.endsWith(u'\n'))
        text.chop(1);
    text.replace(u'\t', u"    "_s);
    addPanel(slabs, setting.box(text, type::code, setting.width() - 20), 10, setting.width(),
        ink(Token::Window), {});
}

} // namespace glacis::ui::pdf
