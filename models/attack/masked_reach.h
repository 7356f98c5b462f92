// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which jewels each node reaches when some steps are broken: up to 64 jewels at once, a bit for each.
#pragma once

#include <attack/relevant.h>

namespace glacis::attack {

inline constexpr std::uint32_t JewelsAtOnce = 64;

/// By node a mask of the jewels [firstJewel, firstJewel + 64) of relevant.jewels() that it reaches by steps
/// of this level and below; only nodes that the entry reaches (unmasked) at that level are looked at.
[[nodiscard]] std::vector<std::uint64_t> jewelsReached(
    const Relevant& relevant, Level level, std::uint32_t firstJewel, const StepMask& masked);

/// Whether a first step to the head is left.
[[nodiscard]] bool isEnterable(
    const Relevant& relevant, const Relevant::Head& head, Level level, const StepMask& masked);

} // namespace glacis::attack
