// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The cover:
//
//     ████████████████████████████  band in the cluster's colour: product, classification
//     ENGINEER EDITION
//     Security posture of votelab
//     The verdict in two sentences.
//     ( 12 )   (40) (33) (18) (56)  scores
//     Source    …
//     Captured  …                   facts, at the foot of the page
#include <pdf/front_pages.h>

#include <widgets/outside_text.h>

#include <QPainter>

#include <algorithm>

namespace glacis::ui::pdf {
namespace {

    using namespace Qt::StringLiterals;

    constexpr double bandHeight = 118, logoHeight = 44, logoWidth = 150;

    std::shared_ptr<Slab> bandOf(const Setting& setting)
    {
        const report::Document& document = setting.content.document;
        auto slab = std::make_shared<Slab>();
        const double side = setting.sheet.side;
        slab->fills.push_back({ { -side, 0, setting.sheet.size.width(), bandHeight }, setting.mark });
        constexpr double glyph = 30;
        const double top = bandHeight / 2 - glyph / 2 + 6;
        slab->drawings.push_back({ { 0, top, glyph, glyph }, [](QPainter& painter, const QRectF& box) {
                                      drawGlyph(painter, Glyph::Logo, box, ink(Token::OnAccent));
                                  } });
        const TextBoxPtr name = setting.box(u"Glacis"_s, { 20, 26, Token::OnAccent, Face::Bold }, 120);
        slab->add(name, { glyph + 10, top + (glyph - name->height()) / 2 });
        const double x = 200;
        const TextBoxPtr secret = setting.box(shown(document.classification, 160),
            { 10, 13, Token::OnAccent, Face::Bold }, setting.width() - x, Side::End);
        slab->add(secret, { x, top + glyph / 2 - secret->height() / 2 }, 0, std::min(secret->lines(), 3));
        slab->height = bandHeight;
        return slab;
    }

    /// Its picture at the size it may have, at the end of the line.
    std::shared_ptr<Slab> logoOf(const Setting& setting)
    {
        auto slab = std::make_shared<Slab>();
        const QImage& logo = setting.content.logo;
        const QSizeF size = QSizeF(logo.size()).scaled(logoWidth, logoHeight, Qt::KeepAspectRatio);
        slab->drawings.push_back({ { setting.width() - size.width(), 0, size.width(), size.height() },
            [logo](QPainter& painter, const QRectF& box) {
                painter.setRenderHint(QPainter::SmoothPixmapTransform);
                painter.drawImage(box, logo);
            } });
        slab->height = size.height();
        return slab;
    }

    std::shared_ptr<Slab> wordsOf(const TextBoxPtr& box, double most)
    {
        auto slab = std::make_shared<Slab>();
        slab->add(box, { 0, 0 });
        slab->height = box->height();
        return cut(slab, most).front(); // what is endless is not told to its end on a cover
    }

}

FlowPage coverPage(const Setting& setting)
{
    const report::Document& document = setting.content.document;
    const double bottom = setting.sheet.size.height() - setting.sheet.bottom;
    FlowPage page;
    page.slabs.push_back({ bandOf(setting), 0 });
    double y = bandHeight + 62;
    if (!setting.content.logo.isNull())
        page.slabs.push_back({ logoOf(setting), bandHeight + 22 });
    const auto put = [&](const std::shared_ptr<Slab>& slab, double before) {
        y += before;
        page.slabs.push_back({ slab, y });
        y += slab->height;
    };
    const QString subtitle = shown(document.subtitle, 200);
    put(wordsOf(setting.box(subtitle, { 11, 15, Token::Text2, Face::Bold }, setting.width()), 45), 0);
    put(wordsOf(setting.box(report::Text { { document.title } }, { 31, 39, Token::Text, Face::Bold },
                    setting.width()),
            160),
        6);
    if (!document.lead.empty())
        put(wordsOf(setting.box(document.lead, { 13, 19.5, Token::Text }, setting.width() * 0.92), 120), 14);
    if (document.scores)
        put(cut(scoresSlab(setting, *document.scores), std::max(60.0, bottom - y - 140)).front(), 34);

    // Facts stand at the foot; those that have no room there are left for the body of the report.
    const Slabs facts = factSlabs(setting, document.facts);
    double height = 0;
    std::size_t count = 0;
    while (count < facts.size() && y + 40 + height + facts[count]->height + 2.5 < bottom)
        height += facts[count++]->height + 2.5;
    if (count == 0)
        return page;
    auto rule = std::make_shared<Slab>();
    rule->fills.push_back({ { 0, 0, setting.width(), 0.8 }, ink(Token::Line) });
    y = bottom - height;
    page.slabs.push_back({ rule, y - 12 });
    for (std::size_t i = 0; i < count; ++i) {
        page.slabs.push_back({ facts[i], y });
        y += facts[i]->height + 2.5;
    }
    return page;
}

} // namespace glacis::ui::pdf
