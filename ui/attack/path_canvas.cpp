// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <attack/path_canvas.h>

#include <attack/scene_words.h>
#include <theme/type.h>
#include <widgets/card.h>
#include <widgets/outside_text.h>

#include <QApplication>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <utility>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    constexpr double leastScale = 0.08, mostScale = 3;
    constexpr double reach = 7; ///< pixels from a curve that still mean it
    constexpr double readable = 0.92;

}

PathCanvas::PathCanvas(QWidget* parent)
    : QAbstractScrollArea(parent)
{
    setObjectName(u"pathCanvas"_s);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setMinimumSize(scaled(200), scaled(120));
    // The map in the corner shows where one is; bars that come and go would change the room.
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent, false);
    viewport()->setAutoFillBackground(false);
    setAccessibleName(tr("Picture of the attack path"));
    setAccessibleDescription(
        tr("Arrow keys walk along the steps. The same content stands in the table of steps."));
}

void PathCanvas::setFigure(PathFigurePtr figure, std::optional<std::pair<int, int>> hold)
{
    std::optional<QPointF> held;
    if (hold && m_figure && figure && hold->first >= 0 && hold->second >= 0)
        held = fromScene(m_figure->paint.cards[static_cast<std::size_t>(hold->second)].box.center());
    m_figure = std::move(figure);
    m_index = PathIndex(m_figure ? &m_figure->paint : nullptr);
    m_marks = {};
    m_hits.clear();
    m_hoveredCard = m_hoveredCurve = m_current = m_runnerCurve = -1;
    if (held) {
        m_fitted = false;
        updateBars();
        const QPointF now
            = fromScene(m_figure->paint.cards[static_cast<std::size_t>(hold->first)].box.center());
        panBy(now - *held);
    } else if (m_fitted) {
        fit();
    } else {
        updateBars();
    }
    changed();
}

void PathCanvas::setMarks(PathMarks marks)
{
    m_marks = std::move(marks);
    m_marks.current = hasFocus() ? m_current : PathMarks::None;
    lightUp();
}

void PathCanvas::setRunner(int curve, double at)
{
    m_runnerCurve = curve;
    m_runnerAt = std::clamp(at, 0.0, 1.0);
    viewport()->update();
}

QSizeF PathCanvas::room() const
{
    return { std::max(1, viewport()->width()) * 1.0,
        std::max(1, viewport()->height() - scaled(laneHeadHeight)) * 1.0 };
}

double PathCanvas::fitScale() const
{
    if (!m_figure || m_figure->paint.bounds.isEmpty())
        return 1;
    const QSizeF bounds = m_figure->paint.bounds.size(), free = room();
    return std::clamp(std::min({ free.width() / bounds.width(), free.height() / bounds.height(), 1.15 }),
        leastScale, mostScale);
}

void PathCanvas::fit()
{
    m_fitted = true;
    m_scale = fitScale();
    updateBars();
    panBy(QPointF(-panned()));
    changed();
}

void PathCanvas::zoomBy(double factor)
{
    zoomBy(factor, QPointF(viewport()->width() / 2.0, viewport()->height() / 2.0));
}

void PathCanvas::zoomBy(double factor, QPointF anchor) { setScale(m_scale * factor, anchor); }

void PathCanvas::setScale(double scale, QPointF anchor)
{
    const QPointF scene = toScene(anchor);
    m_scale = std::clamp(scale, leastScale, mostScale);
    m_fitted = false;
    updateBars();
    const QPointF moved = fromScene(scene) - anchor;
    panBy(moved);
    changed();
}

/// A picture that is not fitted can be moved by half a window beyond its ends: any card can come to the
/// middle, and what the eye holds can stay.
void PathCanvas::updateBars()
{
    const QSizeF free = room();
    const QRectF bounds = m_figure ? m_figure->paint.bounds : QRectF();
    const auto cover = [this](QScrollBar* bar, double content, double window) {
        const double slack = m_fitted ? 0 : window / 2;
        const int least = static_cast<int>(std::floor(-slack)),
                  most = static_cast<int>(std::ceil(std::max(0.0, content - window) + slack));
        bar->setRange(least, most);
        bar->setPageStep(static_cast<int>(window));
        bar->setSingleStep(24);
    };
    cover(horizontalScrollBar(), bounds.width() * m_scale, free.width());
    cover(verticalScrollBar(), bounds.height() * m_scale, free.height());
}

/// How far the picture is moved to the left and up. In right-to-left layouts a horizontal bar counts from the
/// right.
QPoint PathCanvas::panned() const
{
    const QScrollBar& bar = *horizontalScrollBar();
    return { isRightToLeft() ? bar.minimum() + bar.maximum() - bar.value() : bar.value(),
        verticalScrollBar()->value() };
}

void PathCanvas::panBy(QPointF by)
{
    const int dx = static_cast<int>(std::lround(by.x()));
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() + (isRightToLeft() ? -dx : dx));
    verticalScrollBar()->setValue(verticalScrollBar()->value() + static_cast<int>(std::lround(by.y())));
}

QPointF PathCanvas::origin() const
{
    const QSizeF free = room();
    const QRectF bounds = m_figure ? m_figure->paint.bounds : QRectF();
    // What is smaller than the window stands in its middle.
    const double left = std::max(0.0, (free.width() - bounds.width() * m_scale) / 2),
                 top = std::max(0.0, (free.height() - bounds.height() * m_scale) / 2);
    return { left - panned().x() - bounds.left() * m_scale,
        top + scaled(laneHeadHeight) - panned().y() - bounds.top() * m_scale };
}

QPointF PathCanvas::toScene(QPointF viewport) const { return (viewport - origin()) / m_scale; }

QPointF PathCanvas::fromScene(QPointF scene) const { return scene * m_scale + origin(); }

QRectF PathCanvas::visibleScene() const
{
    return { toScene(QPointF(0, scaled(laneHeadHeight))),
        toScene(QPointF(viewport()->width(), viewport()->height())) };
}

void PathCanvas::centreOn(QPointF scene)
{
    m_fitted = false;
    updateBars();
    const QPointF middle(viewport()->width() / 2.0,
        scaled(laneHeadHeight) + (viewport()->height() - scaled(laneHeadHeight)) / 2.0);
    const QPointF moved = fromScene(scene) - middle;
    panBy(moved);
}

void PathCanvas::showCard(int card)
{
    if (!m_figure || card < 0 || static_cast<std::size_t>(card) >= m_figure->paint.cards.size())
        return;
    const QRectF box = m_figure->paint.cards[static_cast<std::size_t>(card)].box;
    const QRectF seen = visibleScene();
    if (seen.contains(box))
        return;
    const double gap = 24 / m_scale;
    QPointF centre = seen.center();
    if (box.left() < seen.left() || box.right() > seen.right())
        centre.rx()
            += box.left() < seen.left() ? box.left() - seen.left() - gap : box.right() - seen.right() + gap;
    if (box.top() < seen.top() || box.bottom() > seen.bottom())
        centre.ry()
            += box.top() < seen.top() ? box.top() - seen.top() - gap : box.bottom() - seen.bottom() + gap;
    centreOn(centre);
}

void PathCanvas::zoomToCard(int card)
{
    if (!m_figure || card < 0 || static_cast<std::size_t>(card) >= m_figure->paint.cards.size())
        return;
    const QPointF centre = m_figure->paint.cards[static_cast<std::size_t>(card)].box.center();
    if (m_scale < readable)
        setScale(readable, fromScene(centre));
    centreOn(centre);
}

void PathCanvas::setCurrentCard(int card)
{
    m_current = card;
    m_marks.current = hasFocus() ? card : PathMarks::None;
    if (m_figure && card >= 0) {
        const PaintedCard& c = m_figure->paint.cards[static_cast<std::size_t>(card)];
        setAccessibleDescription(
            c.caption + u' ' + c.name + (c.count > 1 ? u" ×%1"_s.arg(c.count) : QString()));
    }
    changed();
}

void PathCanvas::setHits(std::vector<int> cards)
{
    m_hits = std::move(cards);
    lightUp();
}

PathCanvas::Hit PathCanvas::hitAt(QPointF at) const
{
    if (at.y() < scaled(laneHeadHeight))
        return {};
    const QPointF scene = toScene(at);
    if (const int card = m_index.cardAt(scene); card >= 0)
        return { card, -1 };
    return { -1, m_index.curveAt(scene, reach / m_scale) };
}

void PathCanvas::hover(Hit hit)
{
    if (hit.card == m_hoveredCard && hit.curve == m_hoveredCurve)
        return;
    m_hoveredCard = hit.card;
    m_hoveredCurve = hit.curve;
    viewport()->setCursor(hit.card >= 0 || hit.curve >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    lightUp();
}

/// What is under the pointer lights with its neighbours; what a search found lights alone.
void PathCanvas::lightUp()
{
    m_marks.lit.clear();
    m_marks.litCurves.clear();
    if (m_figure && (m_hoveredCard >= 0 || m_hoveredCurve >= 0 || !m_hits.empty())) {
        m_marks.lit.assign(m_figure->paint.cards.size(), false);
        m_marks.litCurves.assign(m_figure->paint.curves.size(), false);
        for (const int hit : m_hits)
            m_marks.lit[static_cast<std::size_t>(hit)] = true;
        for (std::size_t i = 0; i < m_figure->paint.curves.size(); ++i) {
            const PaintedCurve& c = m_figure->paint.curves[i];
            if (static_cast<int>(i) != m_hoveredCurve && static_cast<int>(c.from) != m_hoveredCard
                && static_cast<int>(c.to) != m_hoveredCard)
                continue;
            m_marks.litCurves[i] = true;
            m_marks.lit[c.from] = m_marks.lit[c.to] = true;
        }
        if (m_hoveredCard >= 0)
            m_marks.lit[static_cast<std::size_t>(m_hoveredCard)] = true;
    }
    changed();
}

void PathCanvas::changed()
{
    m_stale = true;
    viewport()->update();
    Q_EMIT viewChanged();
}

/// Everything but the runner: painted once for a view, so that a film repaints nothing but itself.
void PathCanvas::paintStatic()
{
    const double ratio = devicePixelRatioF();
    const QSize pixels = viewport()->size() * ratio;
    if (m_static.size() != pixels) {
        m_static = QPixmap(pixels);
        m_static.setDevicePixelRatio(ratio);
    }
    m_stale = false;
    m_moved = {};
    QPainter painter(&m_static);
    paintHeads(painter);
    const int head = scaled(laneHeadHeight);
    paintStatic(painter, QRect(0, head, viewport()->width(), viewport()->height() - head));
}

void PathCanvas::paintStatic(QPainter& painter, const QRect& part)
{
    const Tone tone = toneOf(palette());
    painter.save();
    painter.setClipRect(part);
    painter.fillRect(part, colour(Token::Panel, tone));
    if (m_figure) {
        const PathPaintStyle style { m_scale, tone,
            QRectF(toScene(part.topLeft()), QSizeF(part.size()) / m_scale).adjusted(-40, -40, 40, 40),
            m_figure->mirrored };
        painter.translate(origin().x(), 0);
        // From the scene's own top, so that the dashes of two parts meet.
        paintLaneLines(painter, m_figure->paint, origin().y() - 600 * std::ceil(origin().y() / 600 + 1),
            part.bottom() + 1, style);
        painter.translate(0, origin().y());
        paintPath(painter, m_figure->paint, m_marks, style);
    }
    painter.restore();
}

void PathCanvas::paintHeads(QPainter& painter)
{
    const Tone tone = toneOf(palette());
    painter.fillRect(0, 0, viewport()->width(), scaled(laneHeadHeight), colour(Token::Panel, tone));
    if (!m_figure)
        return;
    painter.save();
    painter.translate(origin().x(), 0);
    paintLaneHeads(painter, m_figure->paint, { m_scale, tone, {}, m_figure->mirrored });
    painter.restore();
}

void PathCanvas::moveStatic()
{
    const double ratio = devicePixelRatioF();
    const int head = scaled(laneHeadHeight);
    const QRect area(0, head, viewport()->width(), viewport()->height() - head);
    const QPoint by = std::exchange(m_moved, {});
    // Pixels can be moved by whole ones only, and must not be moved further than they reach.
    if (ratio != std::floor(ratio) || std::abs(by.x()) >= area.width() || std::abs(by.y()) >= area.height())
        return paintStatic();
    const int whole = static_cast<int>(ratio);
    m_static.scroll(by.x() * whole, by.y() * whole, QRect(area.topLeft() * whole, area.size() * whole));
    QPainter painter(&m_static);
    paintHeads(painter);
    if (by.x() != 0)
        paintStatic(painter,
            QRect(by.x() > 0 ? area.left() : area.right() + 1 + by.x(), area.top(), std::abs(by.x()),
                area.height()));
    if (by.y() != 0)
        paintStatic(painter,
            QRect(area.left(), by.y() > 0 ? area.top() : area.bottom() + 1 + by.y(), area.width(),
                std::abs(by.y())));
}

void PathCanvas::paintEvent(QPaintEvent*)
{
    if (m_stale || m_static.size() != viewport()->size() * devicePixelRatioF())
        paintStatic();
    else if (!m_moved.isNull())
        moveStatic();
    QPainter painter(viewport());
    painter.drawPixmap(0, 0, m_static);
    if (m_figure && m_runnerCurve >= 0
        && static_cast<std::size_t>(m_runnerCurve) < m_figure->paint.curves.size()) {
        const QPainterPath& path = m_figure->paint.curves[static_cast<std::size_t>(m_runnerCurve)].path;
        const QPointF at = fromScene(path.pointAtPercent(m_runnerAt));
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        QColor glow = colour(m_marks.way, palette());
        glow.setAlphaF(0.35F);
        painter.setBrush(glow);
        painter.drawEllipse(at, 9, 9);
        painter.setBrush(colour(m_marks.way, palette()));
        painter.drawEllipse(at, 4.5, 4.5);
    }
    if (showsFocus(*this) && m_current < 0)
        paintFocus(painter, viewport()->rect(), 8, palette());
}

void PathCanvas::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    if (m_fitted)
        fit();
    else
        updateBars();
    changed();
    Q_EMIT resized();
}

void PathCanvas::scrollContentsBy(int dx, int dy)
{
    // What is painted is kept and moved, unless it has to be painted anew anyway.
    m_moved += QPoint(isRightToLeft() ? -dx : dx, dy);
    viewport()->update();
    Q_EMIT viewChanged();
}

void PathCanvas::changeEvent(QEvent* event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        changed();
}

void PathCanvas::focusInEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusInEvent(event);
    m_marks.current = m_current;
    changed();
}

void PathCanvas::focusOutEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusOutEvent(event);
    m_marks.current = PathMarks::None;
    changed();
}

QString PathCanvas::tipOf(int card, int curve) const
{
    if (card >= 0) {
        const PaintedCard& c = m_figure->paint.cards[static_cast<std::size_t>(card)];
        QStringList lines { c.caption, c.name };
        if (!c.detail.isEmpty())
            lines += c.detail;
        if (c.count > 1)
            lines += tr("Double-click opens it");
        return lines.join(u'\n');
    }
    if (curve >= 0) {
        const SceneEdge& e = m_figure->scene.edges[static_cast<std::size_t>(curve)];
        SceneStep step;
        step.main = e.main;
        step.toNode = m_figure->scene.nodes[e.to].members.front();
        return stepSentence(*m_figure->assessment, step);
    }
    return {};
}

bool PathCanvas::viewportEvent(QEvent* event)
{
    switch (event->type()) {
    case QEvent::Leave:
        hover({});
        break;
    case QEvent::ToolTip: {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QString tip = m_figure ? tipOf(m_hoveredCard, m_hoveredCurve) : QString();
        if (tip.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), toolTipText(tip), viewport());
        return true;
    }
    case QEvent::NativeGesture: {
        const auto* gesture = static_cast<QNativeGestureEvent*>(event);
        if (gesture->gestureType() == Qt::ZoomNativeGesture) {
            zoomBy(1 + gesture->value(), gesture->position());
            return true;
        }
        break;
    }
    default:
        break;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

} // namespace glacis::ui
