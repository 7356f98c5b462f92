// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Points and boxes of the attack path's picture, in logical pixels of an unscaled scene, y downwards. Free of
// Qt, so that the layout can be tested and measured by itself.
#pragma once

namespace glacis::layout {

struct Point {
    double x = 0, y = 0;
    friend bool operator==(const Point&, const Point&) = default;
};

struct Box {
    double x = 0, y = 0, width = 0, height = 0;
    [[nodiscard]] double right() const { return x + width; }
    [[nodiscard]] double bottom() const { return y + height; }
    [[nodiscard]] Point centre() const { return { x + width / 2, y + height / 2 }; }
    [[nodiscard]] bool contains(Point p) const
    {
        return p.x >= x && p.x <= right() && p.y >= y && p.y <= bottom();
    }
    [[nodiscard]] bool overlaps(const Box& o) const
    {
        return x < o.right() && o.x < right() && y < o.bottom() && o.y < bottom();
    }
    friend bool operator==(const Box&, const Box&) = default;
};

} // namespace glacis::layout
