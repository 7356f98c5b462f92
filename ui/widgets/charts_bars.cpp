// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Painted by hand in every build: Qt Charts has neither rounded bars nor labels that give way to an ellipsis.
#include <widgets/charts.h>

#include <theme/tokens.h>
#include <theme/type.h>
#include <widgets/severity_mark.h>
#include <widgets/time_text.h>

#include <QPainter>
#include <QPainterPath>
#include <QStyle>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace glacis::ui {
namespace {

    constexpr int pad = 8;
    constexpr int barHeight = 8;
    constexpr int leastRow = 22, mostRow = 34;
    constexpr int leastBars = 3;
    constexpr double leastSegment = 3; ///< one problem among thousands still shows
    constexpr double slit = 1.5; ///< between segments

}

std::uint64_t ChartBar::total() const
{
    return std::accumulate(bySeverity.begin(), bySeverity.end(), std::uint64_t { 0 });
}

StackedBarChart::StackedBarChart(const QString& name, QWidget* parent)
    : Chart(name, parent)
{
    setFont(typeFont(Type::Body));
}

void StackedBarChart::setBars(std::vector<ChartBar> bars)
{
    m_bars = std::move(bars);
    m_longest = 0;
    for (const ChartBar& bar : m_bars)
        m_longest = std::max(m_longest, bar.total());
    m_shown = -1;
    setMaximumHeight(scaled(mostRow) * std::max(1, static_cast<int>(m_bars.size())));
    refit();
}

/// Counts the bars that have room.
void StackedBarChart::refit()
{
    const int fits = std::clamp(height() / scaled(leastRow), 1, std::max(1, static_cast<int>(m_bars.size())));
    const int shown = std::min(fits, static_cast<int>(m_bars.size()));
    if (shown == m_shown)
        return;
    m_shown = shown;
    itemsChanged();
    Q_EMIT fitted(m_shown);
}

void StackedBarChart::resizeEvent(QResizeEvent* event)
{
    Chart::resizeEvent(event);
    refit();
}

int StackedBarChart::itemCount() const { return std::max(0, m_shown); }

int StackedBarChart::rowHeight() const
{
    return std::clamp(height() / std::max(1, itemCount()), scaled(leastRow), scaled(mostRow));
}

QRect StackedBarChart::itemRect(int item) const
{
    return mirrored(QRect(0, item * rowHeight(), width(), rowHeight()));
}

QString StackedBarChart::itemText(int item) const
{
    const ChartBar& bar = m_bars[static_cast<std::size_t>(item)];
    //: a name and its counts: "shop: 3 Critical, 5 High"
    return tr("%1: %2").arg(bar.label, countsInWords(bar.bySeverity));
}

QString StackedBarChart::itemToolTip(int item) const
{
    const ChartBar& bar = m_bars[static_cast<std::size_t>(item)];
    return bar.label + u'\n' + countsInWords(bar.bySeverity);
}

QSize StackedBarChart::sizeHint() const
{
    return { scaled(320), scaled(leastRow) * std::clamp(static_cast<int>(m_bars.size()), 1, leastBars + 1) };
}

QSize StackedBarChart::minimumSizeHint() const
{
    return { scaled(200), scaled(leastRow) * std::clamp(static_cast<int>(m_bars.size()), 1, leastBars) };
}

int StackedBarChart::itemAt(const QPoint& at) const
{
    const int row = at.y() / rowHeight();
    return at.y() >= 0 && row < itemCount() && rect().contains(at) ? row : -1;
}

/// Names get what the longest of those in view needs, up to two fifths.
StackedBarChart::Columns StackedBarChart::columns() const
{
    const QFontMetrics metrics(font());
    int label = 0, number = 0;
    for (int i = 0; i < itemCount(); ++i) {
        const ChartBar& bar = m_bars[static_cast<std::size_t>(i)];
        label = std::max(label, metrics.horizontalAdvance(bar.label.left(80)) + 2);
        number = std::max(number, metrics.horizontalAdvance(countText(bar.total())) + 2);
    }
    Columns c;
    c.labelLeft = pad;
    c.labelWidth = std::min(label, width() * 2 / 5);
    c.numberWidth = number;
    c.numberLeft = width() - pad - number;
    c.trackLeft = c.labelLeft + c.labelWidth + 12;
    c.trackWidth = std::max(0, c.numberLeft - 12 - c.trackLeft);
    return c;
}

QRectF StackedBarChart::trackRect(int item) const
{
    const Columns c = columns();
    const int row = rowHeight();
    return { double(c.trackLeft), item * row + (row - barHeight) / 2.0, double(c.trackWidth), barHeight };
}

QRectF StackedBarChart::segmentRect(int item, Severity severity) const
{
    const ChartBar& bar = m_bars[static_cast<std::size_t>(item)];
    const QRectF track = trackRect(item);
    if (m_longest == 0 || track.width() <= 0)
        return {};
    const double whole = std::max(
        leastSegment, track.width() * static_cast<double>(bar.total()) / static_cast<double>(m_longest));
    // Small segments are drawn wider than they are; the others give what that takes.
    std::array<double, 5> lengths {};
    double sum = 0;
    for (std::size_t i = 0; i < lengths.size(); ++i) {
        if (bar.bySeverity[i] > 0)
            lengths[i] = std::max(leastSegment, whole * bar.bySeverity[i] / static_cast<double>(bar.total()));
        sum += lengths[i];
    }
    const double shrink = std::min(1.0, track.width() / std::max(sum, 1.0));
    double at = track.left();
    for (std::size_t i = lengths.size(); i-- > 0;) {
        const double length = lengths[i] * shrink;
        if (i == static_cast<std::size_t>(severity)) {
            if (length <= 0)
                return {};
            const QRectF box(at, track.top(), length, track.height());
            if (layoutDirection() == Qt::LeftToRight)
                return box;
            return { width() - box.right(), box.top(), box.width(), box.height() };
        }
        at += length;
    }
    return {};
}

void StackedBarChart::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QPalette& p = palette();
    const Columns c = columns();
    const auto align = [this](Qt::Alignment side) {
        return static_cast<int>(QStyle::visualAlignment(layoutDirection(), side | Qt::AlignVCenter))
            | Qt::TextSingleLine;
    };
    for (int i = 0; i < itemCount(); ++i) {
        const ChartBar& bar = m_bars[static_cast<std::size_t>(i)];
        const QRect row = itemRect(i);
        if (hovered() == i) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(colour(Token::Hover, p));
            painter.drawRoundedRect(row, 7, 7);
        }
        painter.setPen(colour(Token::Text, p));
        const QRect label = mirrored(QRect(c.labelLeft, row.top(), c.labelWidth, row.height()));
        painter.drawText(label, align(Qt::AlignLeft),
            painter.fontMetrics().elidedText(bar.label, Qt::ElideMiddle, label.width()));
        painter.setPen(colour(Token::Text2, p));
        painter.drawText(mirrored(QRect(c.numberLeft, row.top(), c.numberWidth, row.height())),
            align(Qt::AlignRight), countText(bar.total()));

        const QRectF track = trackRect(i);
        const QRectF placed = layoutDirection() == Qt::LeftToRight
            ? track
            : QRectF(width() - track.right(), track.top(), track.width(), track.height());
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour(Token::Line, p));
        painter.drawRoundedRect(placed, barHeight / 2.0, barHeight / 2.0);
        QRectF whole;
        for (std::size_t s = 0; s < bar.bySeverity.size(); ++s)
            whole = whole.united(segmentRect(i, static_cast<Severity>(s)));
        QPainterPath round;
        round.addRoundedRect(whole, barHeight / 2.0, barHeight / 2.0);
        painter.fillPath(round, colour(hovered() == i ? Token::Hover : Token::Card, p)); // what slits show
        for (std::size_t s = 0; s < bar.bySeverity.size(); ++s) {
            QRectF segment = segmentRect(i, static_cast<Severity>(s));
            if (segment.isEmpty())
                continue;
            // The slit is at the far end, where the next segment begins.
            const bool last = layoutDirection() == Qt::LeftToRight ? segment.right() >= whole.right() - 0.01
                                                                   : segment.left() <= whole.left() + 0.01;
            if (!last && segment.width() > 2 * slit)
                segment.adjust(layoutDirection() == Qt::LeftToRight ? 0 : slit, 0,
                    layoutDirection() == Qt::LeftToRight ? -slit : 0, 0);
            QPainterPath part;
            part.addRect(segment);
            painter.fillPath(round.intersected(part), colour(severityToken(static_cast<Severity>(s)), p));
        }
    }
    paintItemFocus(painter);
}

} // namespace glacis::ui
