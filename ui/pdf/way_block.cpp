// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A way of an attacker: numbered steps down a line, each with what proves it, and at the end what breaks it.
#include <pdf/block_layout.h>

#include <attack/scene_words.h>
#include <paint/report_charts.h>
#include <widgets/outside_text.h>

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>

namespace glacis::ui::pdf {
namespace {

    using namespace Qt::StringLiterals;

    constexpr double disc = 15, indent = 26, badge = 20;

    Token wayInk(attack::WayClass wayClass)
    {
        return wayClass == attack::WayClass::Certain ? Token::Critical : Token::Medium;
    }

    /// A number in a disc of colour.
    void addNumber(const Setting& setting, Slab& slab, const QRectF& box, std::size_t number, Token token)
    {
        slab.drawings.push_back({ box,
            [token](QPainter& painter, const QRectF& where) { paintDisc(painter, where, ink(token)); } });
        const double size = box.width() * (number < 100 ? 0.52 : 0.4);
        const TextBoxPtr text = setting.box(QString::number(number),
            { size, size * 1.3, Token::OnAccent, Face::Bold }, box.width(), Side::Centre);
        slab.add(text, { box.left(), box.center().y() - text->height() / 2 });
    }

    std::shared_ptr<Slab> headOf(const Setting& setting, const report::WayStory& way)
    {
        auto slab = std::make_shared<Slab>();
        slab->before = 16;
        slab->keepNext = true;
        if (!way.anchor.empty())
            slab->anchors += fromUtf8(way.anchor);
        const double x = badge + 8;
        addNumber(setting, *slab, { 0, 1, badge, badge }, way.number, wayInk(way.wayClass));
        const TextBoxPtr headline = setting.box(way.headline, type::item, setting.width() - x);
        const QString sort = QCoreApplication::translate("Report", "%1 way · cost %2 · %3")
                                 .arg(wayClassWord(way.wayClass))
                                 .arg(way.cost)
                                 .arg(stepsText(static_cast<std::uint32_t>(way.steps.size())));
        const TextBoxPtr below = setting.box(sort, type::note, setting.width() - x);
        slab->add(headline, { x, 0 });
        slab->add(below, { x, headline->height() });
        slab->height = std::max(badge + 2, headline->height() + below->height()) + 6;
        return slab;
    }

    report::Text proofText(const report::WayStory::Proof& proof)
    {
        report::Text text = proof.text;
        const auto behind = [&](report::Run run) {
            text.push_back({ " ·\u00A0", report::Face::Quiet }); // the dot goes with what follows it
            text.push_back(std::move(run));
        };
        if (!proof.place.empty())
            behind({ proof.place, report::Face::Code });
        if (!proof.check.empty())
            behind({ proof.check, report::Face::Code, proof.target });
        return text;
    }

    std::shared_ptr<Slab> stepOf(
        const Setting& setting, const report::WayStory::Step& step, std::size_t number, bool last)
    {
        auto slab = std::make_shared<Slab>();
        const double width = setting.width() - indent;
        double y = 0;
        const auto add = [&](const TextBoxPtr& box, double x) {
            slab->add(box, { x, y });
            y += box->height();
        };
        add(setting.box(step.sentence, type::body, width), indent);
        report::Text kind { { step.kind, report::Face::Code } };
        if (!step.verified)
            kind.push_back(
                { QCoreApplication::translate("Report", "   possible, not certain").toStdString() });
        add(setting.box(kind, { 7.4, 10.5, Token::Text3 }, width), indent);
        y += step.proofs.empty() ? 0 : 1.5;
        for (const report::WayStory::Proof& proof : step.proofs) {
            slab->fills.push_back({ { indent, y + 4.4, 2.6, 2.6 }, ink(Token::Text3), 1.3 });
            add(setting.box(proofText(proof), type::note, width - 9), indent + 9);
        }
        if (step.more > 0)
            add(setting.box(QCoreApplication::translate("Report", "and %1 more").arg(step.more),
                    { 8, 11.5, Token::Text3 }, width - 9),
                indent + 9);
        slab->height = y + 8;
        // The line goes on to the next step.
        if (!last)
            slab->fills.push_back({ { disc / 2 - 0.5, disc, 1, slab->height - disc }, ink(Token::Line) });
        addNumber(setting, *slab, { 0, 0, disc, disc }, number, stageToken(step.stage));
        return slab;
    }

    std::shared_ptr<Slab> breaksOf(const Setting& setting, const report::WayStory& way)
    {
        auto slab = std::make_shared<Slab>();
        constexpr double pad = 7, side = 11;
        slab->drawings.push_back({ { pad, pad + 0.5, side, side }, [](QPainter& painter, const QRectF& box) {
                                      drawGlyph(painter, Glyph::Shield, box, ink(Token::Pass));
                                  } });
        const double x = pad + side + 6, width = setting.width() - x - pad;
        const TextBoxPtr title = setting.box(QCoreApplication::translate("Report", "What breaks it"),
            { 8.5, 12, Token::Pass, Face::Bold }, width);
        slab->add(title, { x, pad });
        double y = pad + title->height() + 1;
        for (const report::Text& text : way.breaks) {
            const TextBoxPtr box = setting.box(text, type::cell, width - 9);
            slab->fills.push_back({ { x, y + 4.7, 2.6, 2.6 }, ink(Token::Pass), 1.3 });
            slab->add(box, { x + 9, y });
            y += box->height() + 1;
        }
        slab->before = 2;
        slab->height = y + pad - 1;
        slab->fills.insert(slab->fills.begin(),
            Fill {
                { 0, 0, setting.width(), slab->height }, blend(ink(Token::Card), ink(Token::Pass), 0.06) });
        return slab;
    }

}

void layOut(const Setting& setting, const report::WayStory& way, Slabs& slabs)
{
    const auto append = [&](const std::shared_ptr<Slab>& slab) {
        for (auto& piece : cut(slab, setting.sheet.height()))
            slabs.push_back(std::move(piece));
    };
    append(headOf(setting, way));
    for (std::size_t i = 0; i < way.steps.size(); ++i)
        append(stepOf(setting, way.steps[i], i + 1, i + 1 == way.steps.size()));
    if (!way.breaks.empty()) {
        if (!way.steps.empty())
            slabs.back()->keepNext = true; // what breaks it does not stand alone on the next page
        append(breaksOf(setting, way));
    }
}

} // namespace glacis::ui::pdf
