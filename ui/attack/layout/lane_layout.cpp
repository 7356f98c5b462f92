// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A layered drawing (Sugiyama, Tagawa, Toda 1981) whose layers are given: they are the lanes. What is left
// are four steps, each in files of its own.
//
//     lane 0        channel        lane 1        channel        lane 2
//     ┌──────┐                    ┌──────┐                     ┌──────┐
//     │  a   ├─╮                ╭─┤  b   ├─╮                 ╭─┤  d   │
//     └──────┘ │  joint         │ └──┬───┘ │ bracket         │ └──────┘
//              ├────────────────╯    │ upright               │
//              │                  ┌──┴───┐ │                 │
//              │                  │  c   │ │                 │
//              │                  └──────┘ │                 │
//              ╰───────────────────── pass ┼─────────────────╯
//                                 ┌──────┐ │
//                                 │  e   ├─╯
//                                 └──────┘
//
// 1. Layers (layered). Lanes without nodes are left out. An edge between lanes is a chain of joints, each
// from a
//    column to the next; in every column between its ends it has an item of its own, a pass, that takes part
//    in all that follows like a small card. So a long edge runs through a gap and never through a card. Edges
//    that lead back are chains as well, read from their far end. Labels of edges between lanes stand in
//    columns of their own, half way; all other edges pass there too, so that labels overlap nothing, by
//    construction.
// 2. Order (ordering, sifting). Sweeps to and fro sort each column by the mean place of what its items are
//    joined to; neighbours are swapped while that helps; at last each item is tried in all places near its
//    own. Small graphs get several starts. The order with the least cost is kept: crossings weighted by both
//    edges, and what a bracket passes inside its lane. Crossings are counted with prefix sums, in O(E log V).
//    Weights are whole numbers and random numbers a fixed sequence: the order is the same on every machine.
// 3. Height (ports, placement, alignment). Ports depend on the order alone, so they come first. Then each
// column
//    in turn is put as near as can be, in the sense of least squares, to the mean of what it is joined to:
//    with order and least distances fixed that is an isotonic regression, exact and linear. Heavy edges pull
//    harder, and the longest stretches hardest, so they come out straight; small steps that are left are then
//    removed.
// 4. Curves (channels, curves). In a channel a joint is level, turns once, and is level again. All turns of a
// channel
//    have the same shape; those that would touch are moved aside in the order that adds no crossing. Two
//    joints therefore cross exactly when their order differs at both ends, and then once.
//
// Nodes that have a place of before are pinned: they keep their order, and in step 3 hold their place unless
// pushed, so that a picture that grows at one spot stays elsewhere.
#include <attack/layout/lane_layout.h>

#include <algorithm>

#include <attack/layout/channels.h>
#include <attack/layout/curves.h>
#include <attack/layout/ordering.h>
#include <attack/layout/placement.h>
#include <attack/layout/ports.h>

namespace glacis::layout {

LaneLayout layOut(const LaneInput& asked, const LaneConfig& wanted, const StopToken& stop)
{
    const LaneInput input = tidied(asked);
    const LaneConfig config = tidied(wanted);
    Layered graph = layered(input);
    if (stop.stopRequested())
        return {};
    orderAsGiven(graph);
    orderItems(graph, config.sweeps, stop);
    if (stop.stopRequested())
        return {};
    assignPorts(graph, config.edgeGap);
    nestBrackets(graph, input, config.edgeGap);
    const double height = placeItems(graph, input, config, stop);
    if (stop.stopRequested())
        return {};

    LaneLayout picture;
    const Channels channels = setColumns(graph, input, config, picture.lanes);
    if (stop.stopRequested())
        return {};
    const double origin = config.top + config.margin;
    for (std::uint32_t i = 0; i < input.nodes.size(); ++i) {
        Item& item = graph.items[i];
        const Column& column = graph.columns[item.column];
        picture.nodes.push_back({ column.x + (column.width - item.width) / 2,
            origin + item.y - item.height / 2, item.width, item.height });
    }
    for (Item& item : graph.items)
        item.y += origin;
    drawEdges(graph, channels, input, config, picture);
    picture.bounds = { 0, 0, std::max(config.width, channels.right + config.margin),
        std::max(config.height, origin + height + config.margin) };
    return picture;
}

} // namespace glacis::layout
