// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pdf/slab.h>

#include <QPainter>

#include <algorithm>

namespace glacis::ui::pdf {
namespace {

    /// Parts of `from` whose top lies in [top, bottom), moved up by top.
    std::shared_ptr<Slab> piece(const Slab& from, double top, double bottom)
    {
        auto slab = std::make_shared<Slab>();
        slab->height = std::min(bottom, from.height) - top;
        slab->head = from.head;
        const auto inside = [&](double y) { return y >= top && y < bottom; };
        for (const Fill& fill : from.fills) {
            const QRectF part
                = fill.box.intersected({ fill.box.left(), top, fill.box.width(), bottom - top });
            if (part.height() > 0 && part.width() > 0)
                slab->fills.push_back({ part.translated(0, -top), fill.colour, fill.radius });
        }
        for (const Drawing& drawing : from.drawings)
            if (inside(drawing.box.top()))
                slab->drawings.push_back({ drawing.box.translated(0, -top), drawing.draw });
        for (const TextLine& line : from.lines)
            if (inside(line.at.y()))
                slab->lines.push_back({ line.box, line.line, line.at - QPointF(0, top) });
        for (const Link& link : from.links)
            if (inside(link.box.top()))
                slab->links.push_back({ link.box.translated(0, -top), link.target });
        return slab;
    }

}

void Slab::add(const TextBoxPtr& box, QPointF at, int from, int to)
{
    for (int i = from; i < to; ++i)
        lines.push_back({ box, i, at + QPointF(0, (i - from) * box->lineHeight()) });
    for (const TextBox::Lead& lead : box->leads())
        if (lead.line >= from && lead.line < to)
            links.push_back({ QRectF(at.x() + lead.left, at.y() + (lead.line - from) * box->lineHeight(),
                                  lead.right - lead.left, box->lineHeight()),
                lead.target });
}

Slabs cut(std::shared_ptr<Slab> slab, double most)
{
    if (slab->height <= most)
        return { std::move(slab) };
    Slabs pieces;
    double top = 0;
    while (slab->height - top > most) {
        // The first line that does not fit whole begins the next piece.
        double bottom = slab->height;
        for (const TextLine& line : slab->lines)
            if (line.at.y() > top && line.at.y() + line.box->lineHeight() > top + most)
                bottom = std::min(bottom, line.at.y());
        if (bottom >= slab->height)
            break; // no text is left below: nothing that a cut could save
        pieces.push_back(piece(*slab, top, bottom));
        top = bottom;
    }
    pieces.push_back(piece(*slab, top, slab->height + 1));
    pieces.front()->before = slab->before;
    pieces.front()->anchors = slab->anchors;
    pieces.front()->outline = slab->outline;
    pieces.front()->section = slab->section;
    pieces.front()->newPage = slab->newPage;
    pieces.back()->keepNext = slab->keepNext;
    return pieces;
}

void addLines(Slabs& slabs, const TextBoxPtr& box, double x, double before)
{
    const int count = box->lines();
    for (int i = 0; i < count; ++i) {
        auto slab = std::make_shared<Slab>();
        slab->before = i == 0 ? before : 0;
        slab->height = box->lineHeight();
        slab->add(box, { x, 0 }, i, i + 1);
        slab->keepNext = count > 1 && (i == 0 || i == count - 2);
        slabs.push_back(std::move(slab));
    }
}

void drawGlyph(QPainter& painter, Glyph glyph, const QRectF& box, const QColor& colour)
{
    constexpr double grid = 24; // at this size paintGlyph takes the stroke as it was drawn
    painter.save();
    painter.translate(box.topLeft());
    painter.scale(box.width() / grid, box.height() / grid);
    paintGlyph(painter, glyph, { 0, 0, grid, grid }, colour);
    painter.restore();
}

void paint(QPainter& painter, const Slab& slab, QPointF at)
{
    painter.setPen(Qt::NoPen);
    for (const Fill& fill : slab.fills) {
        painter.setBrush(fill.colour);
        if (fill.radius > 0)
            painter.drawRoundedRect(fill.box.translated(at), fill.radius, fill.radius);
        else
            painter.drawRect(fill.box.translated(at));
    }
    for (const Drawing& drawing : slab.drawings) {
        painter.save();
        drawing.draw(painter, drawing.box.translated(at));
        painter.restore();
    }
    for (const TextLine& line : slab.lines)
        if (line.box->hasMarks())
            line.box->drawMarks(painter, line.line, line.at + at);
}

} // namespace glacis::ui::pdf
