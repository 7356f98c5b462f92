// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Graphs to lay out: generated from a seed, and one shaped like the practice cluster's attack graph.
#pragma once

#include <string>
#include <vector>

#include <attack/layout/lane_layout.h>

namespace glacis::test {

struct Generated {
    std::uint64_t seed = 1;
    std::uint32_t nodes = 100, edges = 125, lanes = 6;
    bool neighboursOnly
        = false; ///< edges from each lane to the next; else also long, backward, inside, loops
    double labels = 0; ///< share of the edges that have one
};

[[nodiscard]] layout::LaneInput generated(const Generated& what);

struct Named {
    layout::LaneInput input;
    std::vector<std::string> names;
};

/// Entry, four stages and crown jewels, as `glacis paths --practice votelab --format dot` tells them; hubs
/// (net/…, scope/…) joined through. The cheapest way is heavy.
[[nodiscard]] Named practiceCluster();

/// The picture of the design: 17 nodes, one way of six steps.
[[nodiscard]] Named mockUp();

/// From lines "node NAME LANE [width W] [above A] [before Y]" and "edge FROM TO [weight W] [label W]".
[[nodiscard]] Named parsed(const std::string& text);

/// Points of a curve, `steps` a piece.
[[nodiscard]] std::vector<layout::Point> sampled(const layout::Curve& curve, int steps = 24);

} // namespace glacis::test
