// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where columns stand from left to right, and where edges turn between them. Inner to the layout.
#pragma once

#include <attack/layout/layered.h>

namespace glacis::layout {

struct Channels {
    std::vector<double> from, to; ///< by column: where edges may turn between it and the next
    std::vector<double> turn; ///< by joint: the middle of its turn
    std::vector<double> reach; ///< by column: half the width of the turns after it
    double right = 0; ///< where everything ends, without margin
};

/// Sets `x` and `width` of the columns and the lanes of the picture. Needs y.
[[nodiscard]] Channels setColumns(
    Layered& graph, const LaneInput& input, const LaneConfig& config, std::vector<Lane>& lanes);

} // namespace glacis::layout
