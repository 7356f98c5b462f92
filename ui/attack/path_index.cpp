// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <attack/path_index.h>

#include <algorithm>
#include <cmath>

namespace glacis::ui {
namespace {

    double distance(const QLineF& line, QPointF p)
    {
        const QPointF along = line.p2() - line.p1();
        const double squared = QPointF::dotProduct(along, along);
        const double t
            = squared > 0 ? std::clamp(QPointF::dotProduct(p - line.p1(), along) / squared, 0.0, 1.0) : 0.0;
        const QPointF off = p - (line.p1() + t * along);
        return std::hypot(off.x(), off.y());
    }

}

PathIndex::PathIndex(const PathPaint* picture)
    : m_picture(picture)
{
    if (!picture)
        return;
    m_columns = static_cast<int>(picture->bounds.width() / cell) + 1;
    m_rows = static_cast<int>(picture->bounds.height() / cell) + 1;
    m_cards.resize(static_cast<std::size_t>(m_columns) * static_cast<std::size_t>(m_rows));
    m_segments.resize(m_cards.size());
    const auto enter = [&](auto& cells, QPointF a, QPointF b, const auto& what) {
        const auto [left, right] = std::minmax({ a.x(), b.x() });
        const auto [top, bottom] = std::minmax({ a.y(), b.y() });
        for (int r = row(top); r <= row(bottom); ++r)
            for (int c = column(left); c <= column(right); ++c)
                cells[cellOf(r, c)].push_back(what);
    };
    for (std::size_t i = 0; i < picture->cards.size(); ++i) {
        const QRectF& box = picture->cards[i].box;
        enter(m_cards, box.topLeft(), box.bottomRight(), static_cast<std::uint32_t>(i));
    }
    for (std::size_t i = 0; i < picture->curves.size(); ++i)
        for (const QPolygonF& polygon : picture->curves[i].path.toSubpathPolygons())
            for (qsizetype k = 0; k + 1 < polygon.size(); ++k)
                enter(m_segments, polygon[k], polygon[k + 1],
                    Segment { { polygon[k], polygon[k + 1] }, static_cast<std::uint32_t>(i) });
}

int PathIndex::column(double x) const { return std::clamp(static_cast<int>(x / cell), 0, m_columns - 1); }

int PathIndex::row(double y) const { return std::clamp(static_cast<int>(y / cell), 0, m_rows - 1); }

std::size_t PathIndex::cellOf(int r, int c) const
{
    return static_cast<std::size_t>(r) * static_cast<std::size_t>(m_columns) + static_cast<std::size_t>(c);
}

int PathIndex::cardAt(QPointF scene) const
{
    if (m_cards.empty())
        return -1;
    for (const std::uint32_t i : m_cards[cellOf(row(scene.y()), column(scene.x()))])
        if (m_picture->cards[i].box.contains(scene))
            return static_cast<int>(i);
    return -1;
}

int PathIndex::curveAt(QPointF scene, double within) const
{
    if (m_segments.empty())
        return -1;
    int best = -1;
    double least = within;
    for (int r = row(scene.y() - within); r <= row(scene.y() + within); ++r)
        for (int c = column(scene.x() - within); c <= column(scene.x() + within); ++c)
            for (const Segment& segment : m_segments[cellOf(r, c)])
                if (const double d = distance(segment.line, scene); d < least) {
                    least = d;
                    best = static_cast<int>(segment.curve);
                }
    return best;
}

} // namespace glacis::ui
