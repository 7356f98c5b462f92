// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pdf/front_pages.h>

#include <widgets/outside_text.h>

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace glacis::ui::pdf {
namespace {

    using namespace Qt::StringLiterals;

    constexpr double headerTop = 34, footerBottom = 30; ///< from the edges of the paper
    constexpr TextStyle frameStyle { 7.5, 10.5, Token::Text3 };
    constexpr TextStyle frameStrong { 7.5, 10.5, Token::Text2, Face::Bold };

    /// The box's first line alone, with an ellipsis where it was longer.
    TextBoxPtr oneLine(const Setting& setting, QString text, const TextStyle& style, double width, Side side)
    {
        if (setting.book.width(text, style.face, style.size) <= width)
            return setting.box(text, style, width, side);
        while (!text.isEmpty() && setting.book.width(QString(text + u'…'), style.face, style.size) > width)
            text.chop(std::max<qsizetype>(1, text.size() / 64));
        return setting.box(QString(text + u'…'), style, width, side);
    }

}

std::vector<Placed> frameOf(const Setting& setting, const QString& section, int number, int count)
{
    const report::Document& document = setting.content.document;
    const double width = setting.width(), half = width * 0.6;
    auto header = std::make_shared<Slab>();
    const double mark = 7;
    header->fills.push_back({ { 0, 1.8, mark, mark }, setting.mark, 1.5 });
    const TextBoxPtr cluster
        = oneLine(setting, shown(document.cluster, 200), frameStrong, half - mark - 5, Side::Start);
    header->add(cluster, { mark + 5, 0 }, 0, std::min(1, cluster->lines()));
    const TextBoxPtr title = oneLine(setting, section, frameStyle, width - half - 10, Side::End);
    header->add(title, { half + 10, 0 }, 0, std::min(1, title->lines()));
    header->height = 16;
    header->fills.push_back({ { 0, 15.5, width, 0.5 }, ink(Token::Line) });

    auto footer = std::make_shared<Slab>();
    footer->fills.push_back({ { 0, 0, width, 0.5 }, ink(Token::Line) });
    const double glyph = 9, top = 6;
    footer->drawings.push_back({ { 0, top + 0.8, glyph, glyph }, [](QPainter& painter, const QRectF& box) {
                                    drawGlyph(painter, Glyph::Logo, box, ink(Token::Text3));
                                } });
    const TextBoxPtr product = setting.box(u"Glacis"_s, frameStyle, 60);
    footer->add(product, { glyph + 4, top });
    const QString classification = shown(document.classification, 120);
    const TextBoxPtr secret = oneLine(setting, classification, frameStrong, width - 220, Side::Centre);
    footer->add(secret, { 110, top }, 0, std::min(1, secret->lines()));
    const QString page = QCoreApplication::translate("Report", "Page %1 of %2").arg(number).arg(count);
    footer->add(setting.box(page, frameStyle, 110, Side::End), { width - 110, top });
    footer->height = 16;
    return { { header, headerTop }, { footer, setting.sheet.size.height() - footerBottom - 16 } };
}

std::vector<FlowPage> contentsPages(const Setting& setting, const std::vector<ContentsEntry>& entries)
{
    constexpr double numberRoom = 30, indent = 16;
    const QString title = QCoreApplication::translate("Report", "Contents");
    Slabs slabs;
    report::Heading heading;
    heading.text = title.toStdString();
    layOut(setting, heading, slabs);
    slabs.front()->outline.reset();
    for (const ContentsEntry& entry : entries) {
        const bool section = entry.level == 1;
        const TextStyle style
            = section ? TextStyle { 10, 15, Token::Text, Face::Bold } : TextStyle { 9, 13.5, Token::Text2 };
        auto slab = std::make_shared<Slab>();
        const double x = section ? 0 : indent, room = setting.width() - x - numberRoom;
        const TextBoxPtr text = setting.box(entry.text, style, room);
        const TextBoxPtr number = setting.box(QString::number(entry.page), style, numberRoom, Side::End);
        slab->before = section ? 8 : 1;
        slab->keepNext = section;
        slab->height = text->height();
        slab->add(text, { x, 0 });
        const double lastLine = text->height() - style.leading;
        slab->add(number, { setting.width() - numberRoom, lastLine });
        // A quiet leader of dots, painted: dots of text would be copied.
        const double from = x + (text->lines() == 1 ? text->width() : room * 0.5) + 6,
                     to
            = setting.width() - setting.book.width(QString::number(entry.page), style.face, style.size) - 6;
        const int dots = !section && text->lines() == 1 ? static_cast<int>(std::ceil(to / 5)) : 0;
        for (int dot = static_cast<int>(std::ceil(from / 5)); dot < dots; ++dot)
            slab->fills.push_back(
                { { dot * 5.0, lastLine + style.leading * 0.66, 0.8, 0.8 }, ink(Token::Line) });
        if (!entry.anchor.isEmpty())
            slab->links.push_back({ { 0, 0, setting.width(), slab->height }, entry.anchor });
        for (auto& piece : cut(slab, setting.sheet.height()))
            slabs.push_back(std::move(piece));
    }
    if (!slabs.empty())
        slabs.back()->keepNext = false;
    PageFlow flow(setting.sheet);
    flow.add(slabs);
    std::vector<FlowPage> pages = flow.take();
    for (FlowPage& page : pages)
        page.section = title;
    return pages;
}

} // namespace glacis::ui::pdf
