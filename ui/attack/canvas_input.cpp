// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The attack path's canvas under pointer, wheel and keys.
#include <attack/path_canvas.h>

#include <QApplication>
#include <QMouseEvent>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace glacis::ui {

void PathCanvas::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton || event->button() == Qt::MiddleButton) {
        m_press = m_pan = event->pos();
        QToolTip::hideText();
        event->accept();
        return;
    }
    event->ignore(); // Back and Forward belong to the window
}

void PathCanvas::mouseMoveEvent(QMouseEvent* event)
{
    const QPoint at = event->pos();
    if (m_press && (event->buttons() & (Qt::LeftButton | Qt::MiddleButton))) {
        if ((at - *m_press).manhattanLength() < QApplication::startDragDistance() && m_pan == m_press)
            return;
        const QPoint by = at - *m_pan;
        m_pan = at;
        m_fitted = false;
        updateBars();
        viewport()->setCursor(Qt::ClosedHandCursor);
        panBy(-QPointF(by));
        return;
    }
    hover(hitAt(event->position()));
}

void PathCanvas::mouseReleaseEvent(QMouseEvent* event)
{
    if (!m_press)
        return;
    const bool dragged = m_pan != m_press;
    m_press.reset();
    m_pan.reset();
    viewport()->setCursor(Qt::ArrowCursor);
    if (dragged || event->button() != Qt::LeftButton)
        return;
    const Hit hit = hitAt(event->position());
    if (hit.card >= 0) {
        setCurrentCard(hit.card);
        Q_EMIT cardChosen(hit.card, event->modifiers());
    } else if (hit.curve >= 0) {
        Q_EMIT curveChosen(hit.curve);
    } else {
        setCurrentCard(-1);
        Q_EMIT groundChosen();
    }
}

void PathCanvas::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_press.reset();
    if (const int card = hitAt(event->position()).card; card >= 0)
        Q_EMIT cardOpened(card);
}

/// A wheel zooms at the pointer; two fingers on a touch pad pan, and zoom with Ctrl held.
void PathCanvas::wheelEvent(QWheelEvent* event)
{
    const bool touchPad = !event->pixelDelta().isNull() && event->source() != Qt::MouseEventNotSynthesized;
    if (touchPad && !(event->modifiers() & Qt::ControlModifier)) {
        m_fitted = false;
        updateBars();
        panBy(-QPointF(event->pixelDelta()));
    } else if (event->modifiers() & Qt::ShiftModifier) {
        const int by = event->angleDelta().y() + event->angleDelta().x();
        m_fitted = false;
        updateBars();
        panBy({ -by / 2.0, 0 });
    } else {
        zoomBy(std::pow(1.0015, event->angleDelta().y()), event->position());
    }
    event->accept();
}

void PathCanvas::walk(Walk direction)
{
    if (!m_figure || m_figure->paint.cards.empty())
        return;
    const PathPaint& paint = m_figure->paint;
    if (m_current < 0) {
        setCurrentCard(0);
    } else {
        const auto from = static_cast<std::uint32_t>(m_current);
        const QPointF here = paint.cards[from].box.center();
        int best = -1, along = -1;
        double least = 1e18;
        const auto offer = [&](std::uint32_t card, bool onWay, int curve) {
            const QPointF off = paint.cards[card].box.center() - here;
            const double cost = std::abs(off.y()) + 0.2 * std::abs(off.x()) - (onWay ? 1e6 : 0);
            if (cost < least) {
                least = cost;
                best = static_cast<int>(card);
                along = curve;
            }
        };
        if (direction == Walk::Forward || direction == Walk::Back) {
            for (std::size_t i = 0; i < paint.curves.size(); ++i) {
                const PaintedCurve& c = paint.curves[i];
                const bool onWay = i < m_marks.curves.size() && m_marks.curves[i];
                if (direction == Walk::Forward && c.from == from)
                    offer(c.to, onWay, static_cast<int>(i));
                if (direction == Walk::Back && c.to == from)
                    offer(c.from, onWay, static_cast<int>(i));
            }
        } else {
            for (std::uint32_t i = 0; i < paint.cards.size(); ++i) {
                const double off = paint.cards[i].box.center().y() - here.y();
                if (i != from && paint.cards[i].lane == paint.cards[from].lane
                    && (direction == Walk::Down ? off > 0 : off < 0))
                    offer(i, false, -1);
            }
        }
        if (best < 0)
            return;
        setCurrentCard(best);
        if (along >= 0)
            Q_EMIT stepWalked(along);
    }
    showCard(m_current);
    Q_EMIT cardChosen(m_current, {});
}

void PathCanvas::keyPressEvent(QKeyEvent* event)
{
    const bool mirrored = m_figure && m_figure->mirrored;
    switch (event->key()) {
    case Qt::Key_Right:
        return event->modifiers() & Qt::AltModifier ? event->ignore()
                                                    : walk(mirrored ? Walk::Back : Walk::Forward);
    case Qt::Key_Left:
        return event->modifiers() & Qt::AltModifier ? event->ignore()
                                                    : walk(mirrored ? Walk::Forward : Walk::Back);
    case Qt::Key_Up:
        return walk(Walk::Up);
    case Qt::Key_Down:
        return walk(Walk::Down);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_current >= 0)
            Q_EMIT cardOpened(m_current);
        return;
    case Qt::Key_Backspace:
        if (m_current >= 0)
            Q_EMIT cardClosed(m_current);
        return;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoomBy(1.2);
    case Qt::Key_Minus:
        return zoomBy(1 / 1.2);
    case Qt::Key_0:
        return fit();
    case Qt::Key_Escape:
        setCurrentCard(-1);
        Q_EMIT groundChosen();
        return;
    default:
        event->ignore();
    }
}

void PathCanvas::contextMenuEvent(QContextMenuEvent* event)
{
    if (event->reason() == QContextMenuEvent::Mouse) {
        const Hit hit = hitAt(event->pos());
        Q_EMIT menuWanted(hit.card, hit.curve, event->globalPos());
        return;
    }
    const QPointF at = m_figure && m_current >= 0
        ? fromScene(m_figure->paint.cards[static_cast<std::size_t>(m_current)].box.center())
        : QPointF(viewport()->rect().center());
    Q_EMIT menuWanted(m_current, -1, viewport()->mapToGlobal(at).toPoint());
}

} // namespace glacis::ui
