// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <widgets/charts.h>

#include <theme/tokens.h>
#include <widgets/card.h>
#include <widgets/charts_access.h>
#include <widgets/outside_text.h>
#include <widgets/severity_mark.h>
#include <widgets/time_text.h>

#include <QCoreApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QStyle>
#include <QToolTip>

#include <algorithm>
#include <utility>

namespace glacis::ui {

using namespace Qt::StringLiterals;

QString countsInWords(const SeverityCounts& counts)
{
    QStringList parts;
    for (std::size_t i = counts.size(); i-- > 0;)
        if (counts[i] > 0)
            //: a count and a severity: "3 Critical"
            parts += QCoreApplication::translate("Charts", "%1 %2")
                         .arg(countText(counts[i]), severityWord(static_cast<Severity>(i)));
    return parts.isEmpty() ? QCoreApplication::translate("Charts", "none") : parts.join(u", "_s);
}

Chart::Chart(const QString& name, QWidget* parent)
    : QWidget(parent)
{
    installChartAccess();
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(name);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

QRect Chart::mirrored(const QRect& box) const { return QStyle::visualRect(layoutDirection(), rect(), box); }

void Chart::itemsChanged()
{
    m_hovered = m_pressed = -1;
    m_current = std::clamp(m_current, 0, std::max(0, itemCount() - 1));
    QStringList texts;
    for (int i = 0; i < itemCount(); ++i)
        texts += itemText(i);
    setAccessibleDescription(texts.join(u"; "_s));
    updateGeometry();
    update();
}

void Chart::paintItemFocus(QPainter& painter) const
{
    if (showsFocus(*this) && m_current < itemCount())
        paintFocus(painter, itemRect(m_current), 6, palette());
}

void Chart::hover(int item)
{
    if (item == m_hovered)
        return;
    m_hovered = item;
    if (item >= 0)
        setCursor(Qt::PointingHandCursor);
    else
        unsetCursor();
    update();
}

void Chart::setCurrent(int item)
{
    const int wanted = std::clamp(item, 0, std::max(0, itemCount() - 1));
    if (wanted == m_current)
        return;
    m_current = wanted;
    tellCurrentItem(*this);
    update();
}

bool Chart::event(QEvent* event)
{
    switch (event->type()) {
    case QEvent::ToolTip: {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int item = itemAt(help->pos());
        if (item >= 0)
            QToolTip::showText(help->globalPos(), toolTipText(itemToolTip(item)), this, itemRect(item));
        else
            QToolTip::hideText();
        return true;
    }
    case QEvent::FocusIn:
    case QEvent::FocusOut:
    case QEvent::LayoutDirectionChange:
    case QEvent::PaletteChange:
        update();
        break;
    default:
        break;
    }
    return QWidget::event(event);
}

void Chart::keyPressEvent(QKeyEvent* event)
{
    const bool mirror = layoutDirection() == Qt::RightToLeft;
    switch (event->key()) {
    case Qt::Key_Up:
        return setCurrent(m_current - 1);
    case Qt::Key_Down:
        return setCurrent(m_current + 1);
    case Qt::Key_Left:
        return setCurrent(m_current + (mirror ? 1 : -1));
    case Qt::Key_Right:
        return setCurrent(m_current + (mirror ? -1 : 1));
    case Qt::Key_Home:
        return setCurrent(0);
    case Qt::Key_End:
        return setCurrent(itemCount() - 1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (m_current < itemCount())
            Q_EMIT activated(m_current);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void Chart::mouseMoveEvent(QMouseEvent* event) { hover(itemAt(event->pos())); }

void Chart::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return QWidget::mousePressEvent(event);
    m_pressed = itemAt(event->pos());
    if (m_pressed >= 0)
        setCurrent(m_pressed);
}

void Chart::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return QWidget::mouseReleaseEvent(event);
    const int item = std::exchange(m_pressed, -1);
    if (item >= 0 && item == itemAt(event->pos()))
        Q_EMIT activated(item);
}

void Chart::leaveEvent(QEvent* event)
{
    hover(-1);
    QWidget::leaveEvent(event);
}

} // namespace glacis::ui
