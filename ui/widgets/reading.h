// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which way text runs. Where a text stands follows the window; in which order its words stand follows the
// text itself, by its first strong letter: "21 ways open." keeps its number in front and its stop behind in a
// window that reads from right to left.
//
//     QPainter painter(this);
//     layOutByText(painter);
//     painter.drawText(box, static_cast<int>(QStyle::visualAlignment(layoutDirection(), alignment())),
//     text());
#pragma once

#include <QPainter>

namespace glacis::ui {

/// Alignments must be visual ones from here on: the painter mirrors none.
inline void layOutByText(QPainter& painter) { painter.setLayoutDirection(Qt::LayoutDirectionAuto); }

/// For QTextOption.
[[nodiscard]] inline Qt::LayoutDirection directionOf(const QString& text)
{
    return text.isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight;
}

} // namespace glacis::ui
