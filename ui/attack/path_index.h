// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What of a picture stands at a point: cards and flattened curves in the cells of a coarse grid, so that a
// pointer's move looks at a few of them and never at all.
#pragma once

#include <paint/path_painter.h>

#include <QLineF>

#include <vector>

namespace glacis::ui {

class PathIndex {
public:
    explicit PathIndex(const PathPaint* picture = nullptr); ///< the picture must outlive it
    [[nodiscard]] int cardAt(QPointF scene) const; ///< -1: none
    [[nodiscard]] int curveAt(
        QPointF scene, double within) const; ///< the nearest, at most so far away; -1: none

private:
    struct Segment {
        QLineF line;
        std::uint32_t curve;
    };
    static constexpr double cell = 160; ///< scene units
    [[nodiscard]] int column(double x) const;
    [[nodiscard]] int row(double y) const;
    [[nodiscard]] std::size_t cellOf(int row, int column) const;
    const PathPaint* m_picture;
    int m_columns = 0, m_rows = 0;
    std::vector<std::vector<std::uint32_t>> m_cards; ///< by cell
    std::vector<std::vector<Segment>> m_segments; ///< by cell
};

} // namespace glacis::ui
