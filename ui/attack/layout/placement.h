// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How high everything stands. Inner to the layout.
#pragma once

#include <attack/layout/layered.h>

namespace glacis::layout {

/// Sets `y` of each item, from the top of the room for boxes (0) downwards; returns the height of that room.
/// Needs order and ports.
[[nodiscard]] double placeItems(
    Layered& graph, const LaneInput& input, const LaneConfig& config, const StopToken& stop);

} // namespace glacis::layout
