// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whether things may move. Every animation asks right before it would start, and jumps to its end when the
// answer is yes:
//
//     animation->setDuration(motionReduced() ? 0 : motionTime);
#pragma once

namespace glacis::ui {

inline constexpr int motionTime = 150; ///< milliseconds of an ordinary transition

/// The person asked for it in the settings, or the platform says so where Qt passes that on (Windows: "show
/// animations" switched off). GUI thread.
[[nodiscard]] bool motionReduced();
/// The person's own choice; false follows the platform.
void setMotionReduced(bool reduced);

} // namespace glacis::ui
