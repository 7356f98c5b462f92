// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Makes straight what is nearly so: a bend of few pixels looks like a mistake. Inner to the layout.
#pragma once

#include <attack/layout/layered.h>

namespace glacis::layout {

/// Moves items so that joints with a small step have none, the heaviest first; what is aligned moves as one
/// from then on. `apart`: distance of each item's middle from that of the one above it that is kept, `least`
/// the one that heavy joints keep; `height` of the room.
void alignNearlyStraight(Layered& graph, const std::vector<double>& apart, const std::vector<double>& least,
    double height, const StopToken& stop);

} // namespace glacis::layout
