// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where edges touch boxes. Inner to the layout.
#pragma once

#include <attack/layout/layered.h>

namespace glacis::layout {

/// Tells which bonds are straight lines between neighbours, and spreads the ends of joints and bonds along
/// the sides of their cards. Needs the order alone.
void assignPorts(Layered& graph, double edgeGap);

/// How far bonds stand from their column: nested, those with labels far enough apart for them. Sets `depth`
/// of each bracket and `brackets` of each column. Needs ports.
void nestBrackets(Layered& graph, const LaneInput& input, double edgeGap);

} // namespace glacis::layout
