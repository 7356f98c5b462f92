// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which item stands above which: the step that keeps crossings few. Inner to the layout.
#pragma once

#include <attack/layout/layered.h>

namespace glacis::layout {

/// What the order costs: crossings of joints, each times both weights, and for every item between the ends of
/// a bond the joints that its bracket would cross, and one for the length.
[[nodiscard]] std::uint64_t orderCost(const Layered& graph);

/// Nodes as given, passing edges between them where they bend least. What `orderItems` starts from.
void orderAsGiven(Layered& graph);

/// Orders every column; never worse than `orderAsGiven` left it. Stops early when asked, with what there is.
void orderItems(Layered& graph, int sweeps, const StopToken& stop);

} // namespace glacis::layout
