// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <widgets/fitting_rows.h>

#include <theme/type.h>

#include <QEvent>

#include <algorithm>

namespace glacis::ui {
namespace {

    constexpr char heading[] = "heading";
    constexpr int gap = 2;
    constexpr int mostGap = 14; ///< more would tear the list apart

}

FittingRows::FittingRows(int least, QWidget* parent)
    : QWidget(parent)
    , m_least(least)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void FittingRows::setRows(const std::vector<QWidget*>& rows)
{
    for (QWidget* row : m_rows) {
        row->hide();
        row->deleteLater();
    }
    m_rows = rows;
    for (QWidget* row : m_rows) {
        row->setParent(this);
        row->ensurePolished();
    }
    m_shown = -1;
    arrange();
}

void FittingRows::makeHeading(QWidget& row) { row.setProperty(heading, true); }

int FittingRows::heightOf(const QWidget* row) const
{
    return row->hasHeightForWidth() ? row->heightForWidth(std::max(1, width())) : row->sizeHint().height();
}

int FittingRows::heightOfFirst(int count) const
{
    int sum = 0;
    for (int i = 0; i < count; ++i)
        sum += heightOf(m_rows[static_cast<std::size_t>(i)]) + (i > 0 ? gap : 0);
    return sum;
}

/// Asks for no more than it must have: what its card can spare is filled by itself.
QSize FittingRows::sizeHint() const { return { scaled(300), m_leastHeight }; }

QSize FittingRows::minimumSizeHint() const { return { scaled(200), m_leastHeight }; }

void FittingRows::arrange()
{
    const int all = static_cast<int>(m_rows.size());
    const int least = std::min(m_least, all);
    int shown = 0, used = 0;
    for (; shown < all; ++shown) {
        const int more = heightOf(m_rows[static_cast<std::size_t>(shown)]) + (shown > 0 ? gap : 0);
        if (shown >= least && used + more > height())
            break;
        used += more;
    }
    while (shown > least && m_rows[static_cast<std::size_t>(shown - 1)]->property(heading).toBool())
        used -= heightOf(m_rows[static_cast<std::size_t>(--shown)]) + gap;
    const int spread = shown > 1 ? std::clamp((height() - used) / (shown - 1), 0, mostGap) : 0;
    int y = 0;
    for (int i = 0; i < all; ++i) {
        QWidget* row = m_rows[static_cast<std::size_t>(i)];
        row->setVisible(i < shown);
        if (i >= shown)
            continue;
        row->setGeometry(0, y, width(), heightOf(row));
        y += heightOf(row) + gap + spread;
    }
    const int leastHeight = heightOfFirst(least);
    if (leastHeight != m_leastHeight) {
        m_leastHeight = leastHeight;
        updateGeometry();
    }
    if (shown != m_shown) {
        m_shown = shown;
        Q_EMIT fitted(m_shown);
    }
}

void FittingRows::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

bool FittingRows::event(QEvent* event)
{
    if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::FontChange)
        arrange();
    return QWidget::event(event);
}

} // namespace glacis::ui
