// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <paint/path_painter.h>

#include <theme/type.h>
#include <widgets/reading.h>

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    constexpr double radius = 8;
    constexpr double badge = 19; ///< diameter on the screen
    constexpr double pad = 11;
    constexpr double labelScale = 0.6;
    constexpr double shareScale = 0.8; ///< below it a choke point has room for its share alone

    QRectF around(const QPointF* p)
    {
        const auto [left, right] = std::minmax({ p[0].x(), p[1].x(), p[2].x(), p[3].x() });
        const auto [top, bottom] = std::minmax({ p[0].y(), p[1].y(), p[2].y(), p[3].y() });
        return { QPointF(left, top), QPointF(right, bottom) };
    }

    /// Adds what of a cubic Bézier lies near the box, halving it as long as much of it lies elsewhere.
    void addNear(QPainterPath& path, const QPointF* p, const QRectF& box, int depth)
    {
        const QRectF bounds = around(p);
        // Not QRectF::intersects: straight pieces have no area.
        if (bounds.right() < box.left() || bounds.left() > box.right() || bounds.bottom() < box.top()
            || bounds.top() > box.bottom())
            return;
        if (depth == 0
            || (bounds.width() < 2 * box.width() + 200 && bounds.height() < 2 * box.height() + 200)) {
            if (path.elementCount() == 0 || path.currentPosition() != p[0])
                path.moveTo(p[0]);
            path.cubicTo(p[1], p[2], p[3]);
            return;
        }
        const QPointF a = (p[0] + p[1]) / 2, b = (p[1] + p[2]) / 2, c = (p[2] + p[3]) / 2;
        const QPointF ab = (a + b) / 2, bc = (b + c) / 2, middle = (ab + bc) / 2;
        const QPointF first[] { p[0], a, ab, middle }, second[] { middle, bc, c, p[3] };
        addNear(path, first, box, depth - 1);
        addNear(path, second, box, depth - 1);
    }

    /// Of a curve much longer than the part in view, the pieces near it: a stroke costs by its length.
    QPainterPath nearPart(const QPainterPath& whole, const QRectF& box)
    {
        QPainterPath path;
        QPointF last;
        for (int i = 0; i < whole.elementCount(); ++i) {
            const QPainterPath::Element e = whole.elementAt(i);
            if (e.type == QPainterPath::CurveToElement && i + 2 < whole.elementCount()) {
                const QPointF p[] { last, e, whole.elementAt(i + 1), whole.elementAt(i + 2) };
                addNear(path, p, box, 12);
                i += 2;
                last = p[3];
            } else {
                last = e;
            }
        }
        return path;
    }

    bool at(const std::vector<bool>& flags, std::size_t i) { return i < flags.size() && flags[i]; }

    class PathPainter {
    public:
        PathPainter(
            QPainter& painter, const PathPaint& picture, const PathMarks& marks, const PathPaintStyle& style)
            : m_painter(painter)
            , m_picture(picture)
            , m_marks(marks)
            , m_style(style)
            , m_detail(detailAt(style.scale))
            , m_quiet(!marks.numbers.empty()
                  || std::find(marks.lit.begin(), marks.lit.end(), true) != marks.lit.end())
        {
        }

        void paint()
        {
            m_painter.save();
            layOutByText(m_painter);
            m_painter.setRenderHint(QPainter::Antialiasing);
            m_painter.scale(m_style.scale, m_style.scale);
            // From back to front: context, what is lit, the chosen way; cards above all curves.
            for (const int layer : { 0, 1, 2 })
                for (std::size_t i = 0; i < m_picture.curves.size(); ++i)
                    if (layerOf(i) == layer && isVisible(m_picture.curves[i].bounds))
                        curve(i, layer);
            for (std::size_t i = 0; i < m_marks.cuts.size(); ++i)
                if (m_marks.cuts[i] && isVisible(m_picture.curves[i].bounds))
                    cut(m_picture.curves[i]);
            for (std::size_t i = 0; i < m_picture.cards.size(); ++i)
                if (isVisible(m_picture.cards[i].box.adjusted(-20, -34, 20, 20)))
                    card(i);
            m_painter.restore();
        }

    private:
        [[nodiscard]] QColor ink(Token token) const { return colour(token, m_style.tone); }
        [[nodiscard]] bool isVisible(const QRectF& box) const
        {
            return m_style.visible.isNull() || m_style.visible.intersects(box);
        }
        [[nodiscard]] int layerOf(std::size_t i) const
        {
            if (at(m_marks.curves, i))
                return 2;
            return at(m_marks.litCurves, i) || static_cast<int>(i) == m_marks.selectedCurve ? 1 : 0;
        }
        /// A length on the screen as scene units.
        [[nodiscard]] double screen(double length) const { return length / m_style.scale; }

        void curve(std::size_t i, int layer)
        {
            const PaintedCurve& c = m_picture.curves[i];
            const bool selected = static_cast<int>(i) == m_marks.selectedCurve;
            const bool played = layer == 2 && (m_marks.reached.empty() || at(m_marks.reached, i));
            QColor line = layer == 2 ? ink(played ? m_marks.way : Token::Text3)
                : layer == 1         ? ink(Token::Accent)
                                     : ink(Token::Thumb);
            double width = layer == 2 ? (c.faint ? 1.6 : 2.4) : layer == 1 ? 1.8 : c.faint ? 1 : 1.3;
            if (layer == 0 && m_quiet)
                line.setAlphaF(m_style.tone == Tone::Dark ? 0.66F : 0.60F);
            const double zoomed = std::clamp(m_style.scale, 0.55, 1.25);
            QPen pen(line, screen(width * zoomed), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
            if (played || selected) {
                QColor glow = line;
                glow.setAlphaF(0.20F);
                m_painter.strokePath(
                    c.path, QPen(glow, screen((selected ? 10 : 8) * zoomed), Qt::SolidLine, Qt::RoundCap));
            }
            if (c.dashed)
                pen.setDashPattern({ 3.2, 3 });
            // Dashes count from the beginning: such a curve is drawn whole.
            const bool cut = !c.dashed && !m_style.visible.isNull()
                && (c.bounds.height() > 2 * m_style.visible.height() + 200
                    || c.bounds.width() > 2 * m_style.visible.width() + 200);
            m_painter.strokePath(cut ? nearPart(c.path, m_style.visible) : c.path, pen);
            if (m_detail != PathDetail::Block && (layer > 0 || !c.faint))
                arrow(c.path, line, screen((layer > 0 ? 6.5 : 4.5) * zoomed));
        }

        /// Where a fix breaks a step: the curve in the colour of what is well, crossed out in its middle.
        void cut(const PaintedCurve& c)
        {
            const QColor well = ink(Token::Pass);
            const double zoomed = std::clamp(m_style.scale, 0.55, 1.25);
            m_painter.strokePath(
                c.path, QPen(well, screen(2.4 * zoomed), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
            const QPointF middle = c.path.pointAtPercent(0.5);
            const double r = screen(8 * zoomed), arm = r * 0.42;
            m_painter.setPen(QPen(ink(Token::Panel), screen(2)));
            m_painter.setBrush(well);
            m_painter.drawEllipse(middle, r, r);
            m_painter.setPen(QPen(ink(Token::Panel), screen(1.8 * zoomed), Qt::SolidLine, Qt::RoundCap));
            m_painter.drawLine(middle + QPointF(-arm, -arm), middle + QPointF(arm, arm));
            m_painter.drawLine(middle + QPointF(-arm, arm), middle + QPointF(arm, -arm));
        }

        void arrow(const QPainterPath& path, const QColor& fill, double size)
        {
            const double length = path.length();
            if (length < size * 2)
                return;
            const QPointF tip = path.pointAtPercent(1), tail = path.pointAtPercent(1 - size / length);
            const QPointF along = tip - tail;
            const double norm = std::hypot(along.x(), along.y());
            if (norm <= 0)
                return;
            const QPointF across(-along.y() / norm * size * 0.5, along.x() / norm * size * 0.5);
            QPainterPath head(tip);
            head.lineTo(tail + across);
            head.lineTo(tail - across);
            head.closeSubpath();
            m_painter.fillPath(head, fill);
        }

        void card(std::size_t i)
        {
            const PaintedCard& c = m_picture.cards[i];
            const bool onWay = at(m_marks.cards, i);
            const bool lit = at(m_marks.lit, i);
            const bool choke = i < m_marks.chokes.size() && !m_marks.chokes[i].words.isEmpty();
            const bool selected
                = std::find(m_marks.selectedCards.begin(), m_marks.selectedCards.end(), static_cast<int>(i))
                != m_marks.selectedCards.end();
            const bool quiet = m_quiet && !onWay && !lit && !selected && !choke;

            if (selected) {
                QColor glow = ink(Token::Accent);
                glow.setAlphaF(0.25F);
                m_painter.setPen(Qt::NoPen);
                m_painter.setBrush(glow);
                m_painter.drawRoundedRect(grown(c.box, screen(4)), radius + screen(4), radius + screen(4));
            }
            if (c.count > 1) // more cards behind
                for (const double by : { 6.0, 3.0 }) {
                    m_painter.setPen(QPen(ink(Token::Line), screen(1)));
                    m_painter.setBrush(ink(Token::Panel));
                    m_painter.drawRoundedRect(
                        c.box.translated(m_style.mirrored ? -by : by, by), radius, radius);
                }
            const Token border = selected ? Token::Accent
                : choke                   ? Token::Critical
                : onWay                   ? Token::Text2
                : lit                     ? Token::Accent
                                          : Token::Line;
            QPen rim(ink(border), screen(choke || selected ? 2 : 1.2));
            if (c.dashed && border == Token::Line)
                rim.setDashPattern({ 4, 3 });
            QColor fill = ink(m_detail == PathDetail::Block ? c.ink : Token::Card);
            if (m_detail == PathDetail::Block)
                fill = blend(fill, ink(Token::Card), quiet ? 0.75 : 0.45);
            m_painter.setPen(rim);
            m_painter.setBrush(fill);
            m_painter.drawRoundedRect(c.box, radius, radius);

            // The lane's colour at the edge where an attacker comes in.
            const double barWidth = 3.5;
            const QRectF bar(m_style.mirrored ? c.box.right() - 1 - barWidth : c.box.left() + 1,
                c.box.top() + 7, barWidth, c.box.height() - 14);
            QColor barInk = ink(c.ink);
            if (quiet)
                barInk = blend(barInk, ink(Token::Card), 0.4);
            m_painter.setPen(Qt::NoPen);
            m_painter.setBrush(barInk);
            m_painter.drawRoundedRect(bar, 1.7, 1.7);

            words(i, c, quiet, i < m_marks.numbers.size() && m_marks.numbers[i] > 0);
            if (choke)
                chokeLabel(c, m_style.scale < shareScale ? m_marks.chokes[i].share : m_marks.chokes[i].words);
            if (i < m_marks.numbers.size() && m_marks.numbers[i] > 0)
                number(c, m_marks.numbers[i]);
            if (static_cast<int>(i) == m_marks.current) {
                m_painter.setPen(QPen(ink(Token::Accent), screen(2)));
                m_painter.setBrush(Qt::NoBrush);
                m_painter.drawRoundedRect(grown(c.box, screen(4)), radius + screen(3), radius + screen(3));
            }
        }

        void words(std::size_t i, const PaintedCard& c, bool quiet, bool numbered)
        {
            const QString& name
                = i < m_marks.names.size() && !m_marks.names[i].isEmpty() ? m_marks.names[i] : c.name;
            const QString count = c.count > 1 ? u"×"_s + QString::number(c.count) : QString();
            const Token nameInk = quiet ? Token::Text3 : Token::Text;
            QRectF box = c.box.adjusted(pad + 2, 4, -pad + 2, -4);
            if (m_style.mirrored)
                box = c.box.adjusted(pad - 2, 4, -pad - 2, -4);
            if (m_detail == PathDetail::Block) {
                if (!count.isEmpty() && m_style.scale > 0.16)
                    line(box, count, face(Type::Strong, 11), Token::Text, Qt::AlignCenter);
                return;
            }
            // Text grows a little with the scale, and no further: room becomes words instead.
            const double grow = std::clamp(m_style.scale, 0.85, 1.12);
            const QFont captionFace = face(Type::Section, std::max(9.5, 9 * grow)),
                        nameFace = face(Type::Strong, std::max(11.5, 12 * grow));
            const double captionHeight = QFontMetricsF(captionFace).height(),
                         nameHeight = QFontMetricsF(nameFace).height();
            if (m_detail == PathDetail::Name || captionHeight + nameHeight > c.box.height()) {
                const double least = screen(6); // of the box's edge: words need the room
                box = m_style.mirrored ? c.box.adjusted(least, 4, -pad + 1, -4)
                                       : c.box.adjusted(pad - 1, 4, -least, -4);
                const QFont small = face(Type::Strong, 10.5);
                const double room = count.isEmpty() ? 0 : QFontMetricsF(small).horizontalAdvance(count) + 4;
                line(box, count, small, Token::Text2, end());
                line(cut(box, room), name, small, nameInk, start(), Qt::ElideMiddle);
                return;
            }
            const bool full = m_detail >= PathDetail::Full && !c.detail.isEmpty();
            const bool evidence = m_detail == PathDetail::Evidence && !c.evidence.isEmpty();
            const QFont detailFace = face(Type::Small, 10.5 * grow);
            const double detailHeight = full ? QFontMetricsF(detailFace).height() : 0;
            const QFont evidenceFace = face(Type::Mono, 10);
            const double evidenceHeight = evidence ? QFontMetricsF(evidenceFace).height() : 0;
            double y = c.box.center().y() - (captionHeight + nameHeight + detailHeight + evidenceHeight) / 2;
            const auto row = [&](double height) {
                const QRectF r(box.left(), y, box.width(), height);
                y += height;
                return r;
            };
            const QRectF first = row(captionHeight);
            const double glyphSide = captionHeight * 0.92;
            const QRectF glyphBox(m_style.mirrored ? first.right() - glyphSide : first.left(), first.top(),
                glyphSide, captionHeight);
            paintGlyph(m_painter, c.glyph, glyphBox, ink(quiet ? Token::Text3 : Token::Text2));
            QRectF captionBox = first;
            (m_style.mirrored ? captionBox.setRight(captionBox.right() - glyphSide - 4)
                              : captionBox.setLeft(captionBox.left() + glyphSide + 4));
            if (numbered) // its disc covers the corner
                captionBox = cut(captionBox, screen(badge / 2) - pad + 4);
            const double room = count.isEmpty() ? 0 : QFontMetricsF(captionFace).horizontalAdvance(count) + 6;
            line(captionBox, count, captionFace, quiet ? Token::Text3 : Token::Text2, end());
            line(cut(captionBox, room), c.caption, captionFace, Token::Text3, start());
            line(row(nameHeight), name, nameFace, nameInk, start(), Qt::ElideMiddle);
            if (full)
                line(row(detailHeight), c.detail, detailFace, Token::Text3, start());
            if (evidence)
                line(row(evidenceHeight), c.evidence, evidenceFace, Token::Text3, start());
        }

        void number(const PaintedCard& c, std::uint32_t number)
        {
            const double side = screen(m_detail == PathDetail::Block ? badge * 0.75 : badge);
            const QPointF corner = m_style.mirrored ? c.box.topLeft() : c.box.topRight();
            const QRectF disc(
                corner.x() - side / 2 - (m_style.mirrored ? -2 : 2), corner.y() - side / 2 + 2, side, side);
            m_painter.setPen(QPen(ink(Token::Panel), screen(2)));
            m_painter.setBrush(ink(m_marks.way));
            m_painter.drawEllipse(disc);
            m_painter.setFont(face(Type::Strong, m_detail == PathDetail::Block ? 8.5 : 10.5));
            m_painter.setPen(colour(Token::OnAccent, m_style.tone));
            m_painter.drawText(disc, Qt::AlignCenter, QString::number(number));
        }

        void chokeLabel(const PaintedCard& c, const QString& text)
        {
            if (m_style.scale < labelScale)
                return; // the ring has to do: words would cover the card above
            const QFont small = face(Type::Caption, 10);
            const double height = QFontMetricsF(small).height();
            const double width = std::max(c.box.width(), QFontMetricsF(small).horizontalAdvance(text) + 6);
            QRectF box(c.box.center().x() - width / 2, c.box.top() - height - screen(3), width, height);
            m_painter.setPen(Qt::NoPen);
            m_painter.setBrush(ink(Token::Panel));
            const double wide = QFontMetricsF(small).horizontalAdvance(text) + screen(8);
            m_painter.drawRoundedRect(
                QRectF(box.center().x() - wide / 2, box.top(), wide, height), screen(3), screen(3));
            line(box, text, small, Token::Critical, Qt::AlignCenter);
        }

        /// A font of so many pixels on the screen, whatever the scale.
        [[nodiscard]] QFont face(Type type, double pixels) const
        {
            QFont f = typeFont(type);
            const double type13 = scaled(1000) / 1000.0;
            f.setPixelSize(std::max(1, static_cast<int>(std::lround(screen(pixels * type13)))));
            if (type == Type::Section)
                spaceOut(f, screen(0.35));
            return f;
        }
        void line(const QRectF& box, const QString& text, const QFont& f, Token token, Qt::Alignment where,
            Qt::TextElideMode elide = Qt::ElideRight)
        {
            if (text.isEmpty() || box.width() <= 0)
                return;
            m_painter.setFont(f);
            m_painter.setPen(ink(token));
            const QFontMetricsF metrics(f);
            const QString capitals
                = f.capitalization() == QFont::AllUppercase ? text.toUpper() : text; // elidedText ignores it
            m_painter.drawText(box, static_cast<int>(where | Qt::AlignVCenter) | Qt::TextSingleLine,
                metrics.elidedText(
                    capitals, where & Qt::AlignHCenter ? Qt::ElideNone : elide, box.width() + 0.5));
        }
        [[nodiscard]] Qt::Alignment start() const
        {
            // Absolute: a painter turns sides round by itself where the program runs right to left.
            return (m_style.mirrored ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignAbsolute;
        }
        [[nodiscard]] Qt::Alignment end() const
        {
            return (m_style.mirrored ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignAbsolute;
        }
        [[nodiscard]] QRectF cut(QRectF box, double room) const
        {
            if (m_style.mirrored)
                box.setLeft(box.left() + room);
            else
                box.setRight(box.right() - room);
            return box;
        }
        static QRectF grown(const QRectF& box, double by) { return box.adjusted(-by, -by, by, by); }

        QPainter& m_painter;
        const PathPaint& m_picture;
        const PathMarks& m_marks;
        const PathPaintStyle& m_style;
        PathDetail m_detail;
        bool m_quiet; ///< something is chosen: the rest steps back
    };

}

PathDetail detailAt(double scale)
{
    return scale < 0.40 ? PathDetail::Block
        : scale < 0.66  ? PathDetail::Name
        : scale < 1.30  ? PathDetail::Card
        : scale < 1.80  ? PathDetail::Full
                        : PathDetail::Evidence;
}

void paintPath(
    QPainter& painter, const PathPaint& picture, const PathMarks& marks, const PathPaintStyle& style)
{
    PathPainter(painter, picture, marks, style).paint();
}

void paintLaneHeads(QPainter& painter, const PathPaint& picture, const PathPaintStyle& style)
{
    painter.save();
    layOutByText(painter);
    painter.setRenderHint(QPainter::Antialiasing);
    const Qt::Alignment side = (style.mirrored ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignAbsolute;
    const std::vector<PaintedLane>& lanes = picture.lanes;
    for (std::size_t i = 0; i < lanes.size(); ++i) {
        const PaintedLane& lane = lanes[i];
        const double left = lane.left * style.scale, right = lane.right * style.scale;
        if (right - left < 24)
            continue;
        // Words may reach into the channel, up to the next lane that has cards.
        double end = style.mirrored ? left - 400 : right + 400;
        for (std::size_t next = i + 1; next < lanes.size(); ++next)
            if (lanes[next].right - lanes[next].left > 1) {
                end = (style.mirrored ? lanes[next].right : lanes[next].left) * style.scale;
                break;
            }
        const double wordsLeft = style.mirrored ? end + 8 : left,
                     wordsRight = style.mirrored ? right : end - 8;
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour(lane.ink, style.tone));
        painter.drawRoundedRect(QRectF(left, scaled(8), right - left, 3), 1.5, 1.5);
        const QRectF box(wordsLeft, scaled(15), wordsRight - wordsLeft, scaled(16));
        const auto draw = [&](const QRectF& where, const QString& text, Type type, Token token) {
            painter.setFont(typeFont(type));
            painter.setPen(colour(token, style.tone));
            const QFontMetricsF metrics(painter.font());
            painter.drawText(where, static_cast<int>(side | Qt::AlignVCenter) | Qt::TextSingleLine,
                metrics.elidedText(
                    type == Type::Section ? text.toUpper() : text, Qt::ElideRight, where.width() + 0.5));
        };
        // Far away the cards have no words: their number tells how much stands there.
        const QString title = detailAt(style.scale) == PathDetail::Block && lane.cards > 0
            ? lane.title + u" · "_s + QString::number(lane.cards)
            : lane.title;
        draw(box, title, Type::Section, lane.ink == Token::Info ? Token::Text3 : lane.ink);
        const bool fits
            = QFontMetricsF(typeFont(Type::Caption)).horizontalAdvance(lane.subtitle) <= box.width();
        draw(box.translated(0, scaled(16)), fits ? lane.subtitle : lane.shortSubtitle, Type::Caption,
            Token::Text2);
    }
    painter.restore();
}

void paintLaneLines(
    QPainter& painter, const PathPaint& picture, double top, double bottom, const PathPaintStyle& style)
{
    QPen pen(colour(Token::Line, style.tone), 1);
    pen.setDashPattern({ 2, 4 });
    painter.setPen(pen);
    const PaintedLane* before = nullptr;
    for (const PaintedLane& lane : picture.lanes) {
        if (lane.right - lane.left < 1)
            continue; // nothing stands in it: one line between its neighbours will do
        if (before) {
            const double x
                = style.mirrored ? (lane.right + before->left) / 2 : (before->right + lane.left) / 2;
            const double at = std::round(x * style.scale) + 0.5;
            painter.drawLine(QPointF(at, top), QPointF(at, bottom));
        }
        before = &lane;
    }
}

} // namespace glacis::ui
