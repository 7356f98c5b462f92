// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The picture of an attack: nodes in given lanes from left to right, edges as smooth curves that pass between
// nodes and never through them.
//
//     LaneLayout picture = layOut({ .lanes = 6, .nodes = …, .edges = … }, config);
//
// Pure and deterministic: the same input gives the same picture to the last bit; any thread.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include <attack/layout/geometry.h>
#include <base/stop_token.h>

namespace glacis::layout {

struct LaneNode {
    std::uint32_t lane = 0;
    double width = 150, height = 44;
    double above = 0; ///< room kept free above the box (a label that stands there)
    /// Where it stood in an earlier picture (centre, y); NaN: nowhere. Nodes that have one keep their order
    /// among each other, those of the same place in the order given, and stay where they were as far as room
    /// allows. Parts of a group that opens have the group's place.
    double before = std::numeric_limits<double>::quiet_NaN();
};

struct LaneEdge {
    std::uint32_t from = 0,
                  to = 0; ///< any two nodes, also of one lane, also backwards; several may join the same two
    double weight
        = 1; ///< 1 to 64; heavier edges cross less and bend less: those of the chosen way, from 4 on
    double labelWidth = 0, labelHeight = 0; ///< a label on the edge; 0: none
};

struct LaneInput {
    std::uint32_t lanes = 1;
    std::vector<LaneNode> nodes;
    std::vector<LaneEdge> edges;
};

struct LaneConfig {
    double nodeGap = 28; ///< least distance between boxes of a lane
    double spread = 96; ///< largest distance that is used when there is height to fill
    double laneGap = 44; ///< least width of the channel between two lanes
    double edgeGap = 7; ///< least distance between edges side by side in a channel, and from boxes
    double margin = 20; ///< around everything
    double width = 0, height = 0; ///< room to fill when there is more of it than needed; 0: none
    double top = 0; ///< kept free above, for the lanes' headings
    int sweeps = 24; ///< of crossing reduction
};

/// Cubic Béziers: the first point, then three for each piece.
using Curve = std::vector<Point>;

struct Lane {
    double x = 0, width = 0; ///< of its boxes; a lane without nodes is narrow
};

struct LaneLayout {
    std::vector<Lane> lanes;
    std::vector<Box> nodes;
    std::vector<Curve> edges; ///< from the rim of `from` to the rim of `to`
    std::vector<Box> labels; ///< of edges, by edge; empty boxes where there is none
    Box bounds;
};

/// When stopped, an empty picture, within milliseconds.
[[nodiscard]] LaneLayout layOut(
    const LaneInput& input, const LaneConfig& config = {}, const StopToken& stop = {});

/// Crossings of edges in the picture as ordered (between neighbouring lanes, long edges counted in each
/// channel that they pass): what the layout keeps low. For tests and the benchmark.
[[nodiscard]] std::uint64_t crossings(const LaneInput& input, const LaneLayout& picture);

} // namespace glacis::layout
