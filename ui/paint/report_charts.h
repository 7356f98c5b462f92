// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Charts of the report, without their words: those are text of the page. Any thread that may use QPainter.
#pragma once

#include <base/severity.h>

#include <QColor>
#include <QRectF>

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

class QPainter;

namespace glacis::ui {

/// A score of 0 to 100 as an arc from twelve o'clock, clockwise; nullopt leaves the track alone.
void paintScoreRing(
    QPainter& painter, const QRectF& box, std::optional<int> score, const QColor& ink, const QColor& track);

struct BarSegment {
    Severity severity = Severity::Info;
    std::uint32_t count = 0;
    QRectF box;
};
/// Segments from left to right, worst first; together as long as their share of `most` in the box. Each is
/// wide enough to be seen.
[[nodiscard]] std::vector<BarSegment> barSegments(
    const QRectF& box, const std::array<std::uint32_t, 5>& bySeverity, std::uint32_t most);

/// A vertical mark of a section or a step: a disc.
void paintDisc(QPainter& painter, const QRectF& box, const QColor& ink);

} // namespace glacis::ui
