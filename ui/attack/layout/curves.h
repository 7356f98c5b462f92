// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Draws edges and puts labels, when everything has its place. Inner to the layout.
#pragma once

#include <attack/layout/channels.h>

namespace glacis::layout {

/// Fills `edges` and `labels` of a picture whose boxes stand.
void drawEdges(const Layered& graph, const Channels& channels, const LaneInput& input,
    const LaneConfig& config, LaneLayout& picture);

} // namespace glacis::layout
