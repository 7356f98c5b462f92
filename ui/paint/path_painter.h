// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Paints the attack path: for the window, for images, SVG and PDF alike. Knows cards and curves, not what
// they stand for; any thread that may use QPainter.
//
//     painter.translate(origin);
//     paintPath(painter, picture, marks, { .scale = 0.8, .tone = Tone::Light });
#pragma once

#include <theme/tokens.h>
#include <widgets/icons.h>

#include <QPainterPath>
#include <QRectF>
#include <QString>

#include <vector>

class QPainter;

namespace glacis::ui {

struct PaintedCard {
    QRectF box;
    std::uint32_t lane = 0;
    Token ink = Token::Text2; ///< of the lane
    Glyph glyph = Glyph::Box;
    QString caption, name, detail, evidence; ///< plain text
    std::uint32_t count = 1; ///< ×N for aggregates
    bool dashed = false; ///< on no certain way
};

struct PaintedCurve {
    QPainterPath path;
    QRectF bounds;
    std::uint32_t from = 0, to = 0; ///< cards
    bool dashed = false; ///< possible or residual
    bool faint = false; ///< no step of an attacker
};

struct PaintedLane {
    double left = 0, right = 0;
    Token ink = Token::Text2;
    QString title, subtitle, shortSubtitle;
    std::uint32_t cards = 0; ///< how many stand in it, members of aggregates counted
};

struct PathPaint {
    std::vector<PaintedCard> cards;
    std::vector<PaintedCurve> curves;
    std::vector<PaintedLane> lanes;
    QRectF bounds;
};

/// What changes without a new layout. Vectors are empty or as long as the picture's.
struct PathMarks {
    static constexpr int None = -1;
    std::vector<std::uint32_t> numbers; ///< of cards: the step that reaches it; 0: none. Empty: no way chosen
    std::vector<QString> names; ///< of cards on the way: the very member; empty: the card's own
    std::vector<bool> cards, curves; ///< on the chosen way
    Token way = Token::Critical; ///< its colour: another one where nothing is certain
    std::vector<bool> reached; ///< of curves on the way: already played
    struct Choke {
        QString words, share; ///< "choke point · 11 of 21 ways", "11 of 21"; empty: no ring
    };
    std::vector<Choke> chokes; ///< of cards
    std::vector<bool> lit, litCurves; ///< by hover or search
    std::vector<bool> cuts; ///< of curves: what the chosen fix breaks
    std::vector<int> selectedCards;
    int selectedCurve = None;
    int current = None; ///< the keyboard's card
};

struct PathPaintStyle {
    double scale = 1; ///< device-independent pixels for a scene unit
    Tone tone = Tone::Dark;
    QRectF visible; ///< in scene units; null: everything
    bool mirrored = false; ///< text and marks right to left; boxes and curves come mirrored already
};

/// How much a card says at a scale.
enum class PathDetail : std::uint8_t { Block, Name, Card, Full, Evidence };
[[nodiscard]] PathDetail detailAt(double scale);

void paintPath(
    QPainter& painter, const PathPaint& picture, const PathMarks& marks, const PathPaintStyle& style);

inline constexpr int laneHeadHeight = 54; ///< device-independent pixels for a body of 13
/// Headings of the lanes in a band of laneHeadHeight from y = 0, which moves with the picture sideways only.
void paintLaneHeads(QPainter& painter, const PathPaint& picture, const PathPaintStyle& style);
/// Hairlines between lanes from y = top to bottom, in device-independent pixels.
void paintLaneLines(
    QPainter& painter, const PathPaint& picture, double top, double bottom, const PathPaintStyle& style);

} // namespace glacis::ui
