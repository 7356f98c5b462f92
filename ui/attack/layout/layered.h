// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the steps of the layout hand to each other: columns of items, joined by joints from column to column.
// A column is a lane that holds nodes, or a column of labels that stands between two lanes. Inner to the
// layout.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include <attack/layout/lane_layout.h>

namespace glacis::layout {

inline constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

struct Item {
    enum Kind : std::uint8_t {
        Card, ///< a node
        Pass, ///< where a long edge crosses a column
        Tag, ///< an edge's label, which the edge passes through
    };
    Kind kind = Pass;
    bool pinned = false; ///< has a place of before: keeps its order among those that have one
    std::uint32_t column = 0;
    std::uint32_t source = 0; ///< node (Card) or edge
    double width = 0, height = 0, above = 0;
    double before = 0;
    double y = 0; ///< of the middle of the box
};

/// One stretch of an edge from a column to the next.
struct Joint {
    std::uint32_t left = 0, right = 0; ///< items
    std::uint32_t edge = 0;
    int weight = 1;
    double leftPort = 0, rightPort = 0; ///< from the middle of each item, downwards
};

/// An edge inside a lane.
struct Bond {
    std::uint32_t from = 0, to = 0; ///< items; equal: a loop
    std::uint32_t edge = 0;
    int weight = 1;
    bool upright = false; ///< a straight line between neighbours, not a bracket
    double fromPort = 0,
           toPort = 0; ///< from the middle of each item: downwards, or to the right when upright
    double depth = 0; ///< of a bracket: how far its vertical stands from the column
};

struct Column {
    std::uint32_t lane = none; ///< none: a column of labels
    std::vector<std::uint32_t> order; ///< items from top to bottom
    double x = 0, width = 0; ///< of the slot; its boxes stand in the middle
    double boxes = 0; ///< width of the widest box
    double brackets = 0; ///< room for them to the right of the slot
    double gap = 0; ///< least distance that is kept between boxes
};

/// An item's other end at one side.
struct Arm {
    std::uint32_t item = 0, joint = 0;
    int weight = 1;
};

struct Layered {
    std::vector<Item> items; ///< the nodes first, by index
    std::vector<Joint> joints; ///< those of an edge stand together, from left to right
    std::vector<std::uint32_t> firstJoint; ///< by edge, one more at the end
    std::vector<Bond> bonds;
    std::vector<Column> columns;
    std::vector<std::uint32_t> columnOfLane; ///< none: a lane without nodes
    std::vector<std::uint32_t> position; ///< of each item in its column

    // Arms and bonds of item i stand at [start[i], start[i + 1]).
    std::vector<std::uint32_t> leftStart, rightStart, bondStart;
    std::vector<Arm> leftArms, rightArms;
    std::vector<std::uint32_t> bondsOf; ///< without loops

    [[nodiscard]] std::span<const Arm> lefts(std::uint32_t i) const
    {
        return std::span(leftArms).subspan(leftStart[i], leftStart[i + 1] - leftStart[i]);
    }
    [[nodiscard]] std::span<const Arm> rights(std::uint32_t i) const
    {
        return std::span(rightArms).subspan(rightStart[i], rightStart[i + 1] - rightStart[i]);
    }
    [[nodiscard]] std::span<const std::uint32_t> bondsAt(std::uint32_t i) const
    {
        return std::span(bondsOf).subspan(bondStart[i], bondStart[i + 1] - bondStart[i]);
    }
    void numberPositions(std::uint32_t column)
    {
        std::uint32_t at = 0;
        for (const std::uint32_t i : columns[column].order)
            position[i] = at++;
    }
};

/// Input as the steps may rely on it: lanes in range, sizes finite and not negative. Edges to no node stay.
[[nodiscard]] LaneInput tidied(LaneInput input);
[[nodiscard]] LaneConfig tidied(LaneConfig config);

/// Whether a label of this size is placed at all.
[[nodiscard]] inline bool wantsLabel(const LaneEdge& e)
{
    constexpr double absurd = 400;
    return e.labelWidth > 0 && e.labelHeight > 0 && e.labelWidth <= absurd && e.labelHeight <= absurd;
}

/// Columns, items and joints of a tidied input; the nodes stand in the order of the input (or of before).
[[nodiscard]] Layered layered(const LaneInput& input);

} // namespace glacis::layout
