// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <paint/report_charts.h>

#include <QPainter>

#include <algorithm>

namespace glacis::ui {
namespace {

    constexpr double strokeShare = 0.115; ///< of a ring's diameter
    constexpr double leastSegment = 2.5; ///< points
    constexpr double seam = 0.8; ///< between segments

}

void paintScoreRing(
    QPainter& painter, const QRectF& box, std::optional<int> score, const QColor& ink, const QColor& track)
{
    painter.setRenderHint(QPainter::Antialiasing);
    const double stroke = box.width() * strokeShare;
    const QRectF arc = box.adjusted(stroke / 2, stroke / 2, -stroke / 2, -stroke / 2);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(track, stroke));
    painter.drawEllipse(arc);
    if (!score || *score <= 0)
        return;
    painter.setPen(QPen(ink, stroke, Qt::SolidLine, Qt::RoundCap));
    // Sixteenths of a degree.
    if (*score >= 100)
        painter.drawEllipse(arc);
    else
        painter.drawArc(arc, 90 * 16, -*score * 360 * 16 / 100);
}

std::vector<BarSegment> barSegments(
    const QRectF& box, const std::array<std::uint32_t, 5>& bySeverity, std::uint32_t most)
{
    std::vector<BarSegment> segments;
    double left = box.left();
    for (std::size_t i = bySeverity.size(); i-- > 0;) {
        if (bySeverity[i] == 0)
            continue;
        const double width = std::max(leastSegment, box.width() * bySeverity[i] / std::max(1U, most));
        segments.push_back({ static_cast<Severity>(i), bySeverity[i],
            QRectF(left, box.top(), std::max(leastSegment - seam, width - seam), box.height()) });
        left += width;
    }
    // Many tiny ones that had to be widened: everything a little narrower, so that the bar stays in its box.
    if (left > box.right())
        for (BarSegment& segment : segments) {
            const double shrink = box.width() / (left - box.left());
            segment.box = QRectF(box.left() + (segment.box.left() - box.left()) * shrink, box.top(),
                segment.box.width() * shrink, box.height());
        }
    return segments;
}

void paintDisc(QPainter& painter, const QRectF& box, const QColor& ink)
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    painter.drawEllipse(box);
}

} // namespace glacis::ui
