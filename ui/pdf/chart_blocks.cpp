// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Scores, figures and bars. What is drawn carries its number in words beside it: no colour says anything
// alone.
#include <pdf/block_layout.h>

#include <paint/report_charts.h>
#include <widgets/outside_text.h>
#include <widgets/severity_mark.h>

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>

namespace glacis::ui::pdf {
namespace {

    using namespace Qt::StringLiterals;

    constexpr double ringSide = 50, overallSide = 74, columnGap = 16, ruleHeight = 2;

    /// Too little was judged for a score in colour; without one there is nothing to colour.
    Token ringInk(const report::StageLine& line)
    {
        return line.partly || !line.score ? Token::Text3 : stageToken(line.stage);
    }

    void addRing(
        const Setting& setting, Slab& slab, const QRectF& box, std::optional<int> score, Token colour)
    {
        slab.drawings.push_back({ box, [score, colour](QPainter& painter, const QRectF& where) {
                                     paintScoreRing(painter, where, score, ink(colour), ink(Token::Line));
                                 } });
        const double size = box.width() * 0.32;
        const TextBoxPtr number = setting.box(score ? QString::number(*score) : u"–"_s,
            { size, size * 1.3, score ? Token::Text : Token::Text3, Face::Bold }, box.width(), Side::Centre);
        slab.add(number, { box.left(), box.center().y() - number->height() / 2 });
    }

    QString problemsText(std::uint32_t problems)
    {
        return problems == 1 ? QCoreApplication::translate("Report", "1 problem")
                             : QCoreApplication::translate("Report", "%1 problems").arg(problems);
    }

    /// Title, number of problems and the worst of them below one another; returns the height.
    double addStageWords(
        const Setting& setting, Slab& slab, const report::StageLine& line, QPointF at, double width)
    {
        double y = at.y();
        const auto add = [&](const TextBoxPtr& box, double before) {
            y += before;
            slab.add(box, { at.x(), y });
            y += box->height();
        };
        add(setting.box(report::Text { { std::string(), report::Face::Stage, line.anchor, line.stage } },
                { 8, 11 }, width),
            0);
        add(setting.box(report::Text { { line.title } }, { 9, 12, Token::Text, Face::Bold }, width), 1);
        add(setting.box(line.score || line.problems > 0
                    ? problemsText(line.problems)
                    : QCoreApplication::translate("Report", "Not assessed"),
                type::noteStrong, width),
            4);
        if (line.partly)
            add(setting.box(QCoreApplication::translate(
                                "Report", "Much could not be judged: the score is no praise."),
                    { 7.5, 10.5, Token::Text3 }, width),
                2);
        if (!line.worst.empty())
            add(setting.box(report::Text { { line.worst } }, { 7.5, 10.5, Token::Text2 }, width), 2);
        return y - at.y();
    }

    std::shared_ptr<Slab> oneStage(const Setting& setting, const report::Scores& scores)
    {
        const report::StageLine& line = scores.stages.front();
        auto slab = std::make_shared<Slab>();
        constexpr double x = ringSide + 14;
        const double words = addStageWords(setting, *slab, line, { x, 4 }, setting.width() - x);
        addRing(setting, *slab, { 0, 4, ringSide, ringSide }, line.score, ringInk(line));
        slab->height = std::max(words, ringSide) + 8;
        return slab;
    }

}

std::shared_ptr<Slab> scoresSlab(const Setting& setting, const report::Scores& scores)
{
    if (scores.stages.size() == 1 && !scores.overall)
        return oneStage(setting, scores);
    auto slab = std::make_shared<Slab>();
    const double overall = scores.stages.empty() ? setting.width() : overallSide + 14;
    const double top = ruleHeight + 9;
    // The whole at the start, larger; its stages beside it.
    slab->fills.push_back({ { 0, 0, overallSide, ruleHeight }, ink(Token::Text) });
    addRing(setting, *slab, { 0, top, overallSide, overallSide }, scores.overall, Token::Text2);
    const TextBoxPtr name = setting.box(QCoreApplication::translate("Report", "Overall score"),
        { 9, 12, Token::Text, Face::Bold }, overall - 8);
    const TextBoxPtr scale = setting.box(QCoreApplication::translate("Report", "of 100; higher is safer"),
        { 7.5, 10.5, Token::Text3 }, overall - 8);
    slab->add(name, { 0, top + overallSide + 8 });
    slab->add(scale, { 0, top + overallSide + 8 + name->height() });
    slab->height = top + overallSide + 8 + name->height() + scale->height();
    const auto count = static_cast<double>(scores.stages.size());
    const double room = setting.width() - overall - columnGap;
    const double width = count > 0 ? (room - columnGap * (count - 1)) / count : 0;
    for (std::size_t i = 0; i < scores.stages.size(); ++i) {
        const report::StageLine& line = scores.stages[i];
        const double x = overall + columnGap + static_cast<double>(i) * (width + columnGap);
        slab->fills.push_back({ { x, 0, width, ruleHeight }, ink(stageToken(line.stage)) });
        addRing(setting, *slab, { x, top, ringSide, ringSide }, line.score, ringInk(line));
        const double words = addStageWords(setting, *slab, line, { x, top + ringSide + 8 }, width);
        slab->height = std::max(slab->height, top + ringSide + 8 + words);
    }
    return slab;
}

void layOut(const Setting& setting, const report::Scores& scores, Slabs& slabs)
{
    const std::shared_ptr<Slab> slab = scoresSlab(setting, scores);
    slab->before = 10;
    for (auto& piece : cut(slab, setting.sheet.height()))
        slabs.push_back(std::move(piece));
}

void layOut(const Setting& setting, const report::Figures& figures, Slabs& slabs)
{
    constexpr std::size_t mostInRow = 5;
    constexpr TextStyle words { 8, 11, Token::Text2 };
    for (std::size_t begin = 0; begin < figures.figures.size(); begin += mostInRow) {
        const std::size_t end = std::min(begin + mostInRow, figures.figures.size());
        const double columns = static_cast<double>(std::min(mostInRow, figures.figures.size()));
        const double width = (setting.width() - columnGap * (columns - 1)) / columns;
        auto slab = std::make_shared<Slab>();
        slab->before = 10;
        for (std::size_t i = begin; i < end; ++i) {
            const report::Figures::Figure& figure = figures.figures[i];
            const double x = static_cast<double>(i - begin) * (width + columnGap);
            const Token token = figure.good ? Token::Pass
                : figure.severity           ? severityToken(*figure.severity)
                                            : Token::Text;
            slab->fills.push_back({ { x, 0, width, 0.8 }, ink(Token::Line) });
            const TextBoxPtr number
                = setting.box(report::Text { { figure.number } }, { 25, 32, token, Face::Bold }, width);
            const TextBoxPtr below = setting.box(report::Text { { figure.words } }, words, width);
            slab->add(number, { x, 4 });
            slab->add(below, { x, 4 + number->height() });
            slab->height = std::max(slab->height, 4 + number->height() + below->height() + 4);
        }
        for (auto& piece : cut(slab, setting.sheet.height()))
            slabs.push_back(std::move(piece));
    }
}

namespace {

    /// The severities that occur, worst first, as the key to the colours.
    report::Text keyOf(const report::Bars& bars)
    {
        report::Text text;
        for (std::size_t i = 5; i-- > 0;) {
            const bool occurs = std::any_of(bars.bars.begin(), bars.bars.end(),
                [i](const report::Bars::Bar& bar) { return bar.bySeverity[i] > 0; });
            if (!occurs)
                continue;
            if (!text.empty())
                text.push_back({ "\u2003" });
            text.push_back({ {}, report::Face::Severity, {}, static_cast<std::uint8_t>(i) });
        }
        return text;
    }

    void addBar(const Setting& setting, Slab& slab, const report::Bars::Bar& bar, const QRectF& box,
        std::uint32_t most)
    {
        std::uint32_t total = 0;
        double end = box.left();
        for (const BarSegment& segment : barSegments(box, bar.bySeverity, most)) {
            slab.fills.push_back({ segment.box, ink(severityToken(segment.severity)), 1 });
            const QString number = QString::number(segment.count);
            const TextStyle style { 7, 9, Token::OnAccent, Face::Bold };
            if (setting.book.width(number, style.face, style.size) + 4 < segment.box.width()) {
                const TextBoxPtr inside = setting.box(number, style, segment.box.width(), Side::Centre);
                slab.add(inside, { segment.box.left(), segment.box.center().y() - inside->height() / 2 });
            }
            total += segment.count;
            end = segment.box.right();
        }
        const TextBoxPtr sum = setting.box(
            QString::number(total), { 8.5, 12, Token::Text, Face::Bold }, setting.width() - end - 5);
        slab.add(sum, { end + 5, box.center().y() - sum->height() / 2 });
    }

}

void layOut(const Setting& setting, const report::Bars& bars, Slabs& slabs)
{
    constexpr double thick = 11, gap = 10;
    auto title = std::make_shared<Slab>();
    title->before = 10;
    title->keepNext = true;
    const TextBoxPtr name = setting.box(report::Text { { bars.name } }, type::cellHead, setting.width());
    const TextBoxPtr key = setting.box(keyOf(bars), { 7.5, 11 }, setting.width());
    title->add(name, { 0, 0 });
    title->add(key, { 0, name->height() + 2 });
    title->height = name->height() + 2 + key->height() + 4;
    for (auto& piece : cut(title, setting.sheet.height() / 2))
        slabs.push_back(std::move(piece));
    double labels = 0;
    std::uint32_t most = 1;
    for (const report::Bars::Bar& bar : bars.bars) {
        labels = std::max(labels, TextBox::widthOf(setting.book, bar.label, type::cell) + 1);
        std::uint32_t total = 0;
        for (const std::uint32_t count : bar.bySeverity)
            total += count;
        most = std::max(most, total);
    }
    labels = std::min(labels, setting.width() * 0.32);
    const double room = 26; // for the total behind the longest bar
    for (const report::Bars::Bar& bar : bars.bars) {
        auto slab = std::make_shared<Slab>();
        const TextBoxPtr label = setting.box(bar.label, type::cell, labels);
        slab->before = 2;
        slab->height = std::max(label->height(), thick + 3);
        slab->add(label, { 0, (slab->height - label->height()) / 2 });
        addBar(setting, *slab, bar,
            { labels + gap, (slab->height - thick) / 2, setting.width() - labels - gap - room, thick }, most);
        for (auto& piece : cut(slab, setting.sheet.height()))
            slabs.push_back(std::move(piece));
    }
}

} // namespace glacis::ui::pdf
