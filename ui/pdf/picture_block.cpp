// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The attack path as it is on the screen, as wide as the text, with the cheapest certain way marked and the
// choke points ringed.
#include <pdf/block_layout.h>

#include <attack/path_figure.h>
#include <report/pseudonyms.h>
#include <theme/type.h>
#include <widgets/outside_text.h>

#include <QPainter>

#include <algorithm>

namespace glacis::ui::pdf {
namespace {

    /// Points for a unit of the picture. Names on its cards have 10.5 units: 6.3 points at least.
    constexpr double leastUnit = 0.6, mostUnit = 0.9;
    /// Of the scene, just above the scale from which on cards say what they are above their name, and what
    /// that asks of their height.
    constexpr double cardScale = 0.665, taller = 1.35;
    constexpr std::size_t mostWays = 400;
    constexpr std::size_t crowds[] = { 9, 7, 5, 4 }; ///< cards of a lane, until the picture fits

    constexpr double headingRoom = 60; ///< of the section that begins with the picture
    /// Of a page's height, and how much of it goes with the zoom.
    constexpr double shortShare = 0.55, shortYield = 1.3;

    struct Picture {
        PathFigurePtr figure;
        PathMarks marks;
        double unit = leastUnit;
        double scale = 1; ///< of the scene, in units
        [[nodiscard]] double height() const ///< points
        {
            return (figure->paint.bounds.height() * scale + laneHeadHeight) * unit;
        }
    };

    QString hidden(const report::Pseudonyms& names, const QString& text)
    {
        return fromUtf8(names.hide(text.toStdString()));
    }

    /// The figure with every word of the cluster replaced.
    PathFigurePtr withoutNames(const PathFigurePtr& figure, const report::Pseudonyms& names)
    {
        auto copy = std::make_shared<PathFigure>(*figure);
        for (PaintedCard& card : copy->paint.cards)
            for (QString* text : { &card.name, &card.detail, &card.evidence })
                *text = hidden(names, *text);
        return copy;
    }

    Picture pictureOf(const Setting& setting, double most)
    {
        const assessment::AssessmentPtr& assessment = setting.content.assessment;
        const bool certain = assessment->search->count(attack::WayClass::Certain) > 0;
        Picture picture;
        for (const std::size_t crowd : crowds) {
            FigureRequest request;
            request.scene.certain = certain;
            request.scene.residual = request.scene.possible = !certain;
            request.scene.mostInLane = crowd;
            request.scene.mostWays = mostWays;
            request.taller = taller;
            request.width = setting.width() / leastUnit;
            picture.figure = makeFigure(assessment, nullptr, request);
            const double width = std::max(1.0, picture.figure->paint.bounds.width());
            // As large as it may be while its cards have room for their names.
            picture.unit = std::clamp(setting.width() / (width * cardScale), leastUnit, mostUnit);
            picture.scale = std::min(1.0, setting.width() / (width * picture.unit));
            if (picture.height() <= most)
                break;
        }
        const double over = picture.height() / most;
        if (over > 1)
            picture.scale /= over;
        if (picture.figure->scene.ways.empty())
            return picture;
        picture.marks = marksOf(*picture.figure, picture.figure->scene.ways.front(), UINT32_MAX);
        const attack::Search& search = *picture.figure->search;
        picture.marks.chokes
            = chokesOf(*picture.figure, search.chokePoints(), search.count(attack::WayClass::Certain));
        return picture;
    }

    void paintPicture(QPainter& painter, const QRectF& box, const Picture& picture)
    {
        const TypeScope scope(reportFamilies(Face::Sans), reportFamilies(Face::Mono));
        const PathPaint& paint = picture.figure->paint;
        const PathPaintStyle style { picture.scale, Tone::Light, {}, false };
        painter.translate(box.topLeft());
        painter.scale(picture.unit, picture.unit);
        painter.translate(-paint.bounds.left() * picture.scale, 0);
        paintLaneLines(painter, paint, 8, box.height() / picture.unit, style);
        paintLaneHeads(painter, paint, style);
        painter.translate(0, laneHeadHeight - paint.bounds.top() * picture.scale);
        paintPath(painter, paint, picture.marks, style);
    }

}

void layOut(const Setting& setting, const report::AttackPicture& block, Slabs& slabs)
{
    const assessment::AssessmentPtr& assessment = setting.content.assessment;
    if (!assessment || !assessment->search || assessment->search->ways().empty())
        return;
    const TypeScope scope(reportFamilies(Face::Sans), reportFamilies(Face::Mono));
    const TextBoxPtr caption = setting.box(report::Text { { block.caption } }, type::note, setting.width());
    constexpr double gap = 8;
    // In the short edition it shares its page with the way that it shows.
    const bool isShort = setting.content.document.edition == report::Edition::Management;
    const double most = setting.sheet.height() * (isShort ? shortShare - shortYield * (1 - setting.zoom) : 1)
        - caption->height() - gap - headingRoom;
    Picture picture = pictureOf(setting, most);
    if (picture.figure->scene.ways.empty())
        return;
    if (setting.content.names) {
        picture.figure = withoutNames(picture.figure, *setting.content.names);
        for (QString& name : picture.marks.names)
            name = hidden(*setting.content.names, name);
    }
    auto slab = std::make_shared<Slab>();
    slab->before = 10;
    const double height = picture.height();
    slab->drawings.push_back({ { 0, 0, setting.width(), height },
        [picture = std::move(picture)](
            QPainter& painter, const QRectF& box) { paintPicture(painter, box, picture); } });
    slab->add(caption, { 0, height + gap });
    slab->height = height + gap + caption->height();
    slabs.push_back(std::move(slab));
}

} // namespace glacis::ui::pdf
