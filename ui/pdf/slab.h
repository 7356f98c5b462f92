// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A strip of a page that is never torn: a line of a paragraph, a row of a table, a step of a way. Blocks are
// laid out as slabs one below the other, and PageFlow deals them out to pages. Lengths are points, positions
// are from the slab's top left, which stands at the left margin.
#pragma once

#include <pdf/text_box.h>
#include <widgets/icons.h>

#include <QColor>
#include <QRectF>
#include <QStringList>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace glacis::ui::pdf {

/// Paper is white: every colour of a page is the light one.
[[nodiscard]] inline QColor ink(Token token) { return colour(token, Tone::Light); }

struct TextLine {
    TextBoxPtr box;
    int line = 0;
    QPointF at;
};
struct Fill {
    QRectF box;
    QColor colour;
    double radius = 0;
};
struct Drawing {
    QRectF box;
    std::function<void(QPainter&, const QRectF&)> draw; ///< the painter's unit is a point
};
struct Link {
    QRectF box;
    QString target;
};
struct OutlineEntry {
    int level = 1;
    QString text;
    QString anchor;
};

struct Slab {
    double before = 0; ///< space above; none at the top of a page
    double height = 0;
    std::vector<Fill> fills; ///< painted first, then drawings, then text
    std::vector<Drawing> drawings;
    std::vector<TextLine> lines;
    std::vector<Link> links;
    QStringList anchors;
    std::optional<OutlineEntry> outline;
    QString section; ///< begins a section of this name; empty: none
    bool keepNext = false; ///< never the last one of a page
    bool newPage = false; ///< begins a page
    std::shared_ptr<const Slab> head; ///< stands above it again where it begins a page

    /// Adds the box's lines [from, to), links with them. at: of the first of them.
    void add(const TextBoxPtr& box, QPointF at, int from, int to);
    void add(const TextBoxPtr& box, QPointF at) { add(box, at, 0, box->lines()); }
};
using Slabs = std::vector<std::shared_ptr<Slab>>;

/// One slab, or as many as it takes when it is taller than `most`: cut between lines of text, so that none is
/// lost. What is filled is cut with it, drawings stay where their top is.
[[nodiscard]] Slabs cut(std::shared_ptr<Slab> slab, double most);

/// A slab for every line of the box, at least two of them together at both ends. below: gap under the last
/// one.
void addLines(Slabs& slabs, const TextBoxPtr& box, double x, double before);

/// A glyph with strokes as thin as its size on paper asks for.
void drawGlyph(QPainter& painter, Glyph glyph, const QRectF& box, const QColor& colour);

void paint(QPainter& painter, const Slab& slab, QPointF at);

} // namespace glacis::ui::pdf
