// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <app/drawing.h>
#include <app/options.h>

namespace glacis::app {

// Exit codes of CLI.md.
inline constexpr int ExitDone = 0;
inline constexpr int ExitCrossed = 1; ///< done, and the threshold of --fail-on was crossed
inline constexpr int ExitFailed = 2;

/// Runs scan, snapshot or checks; messages go to standard error. Returns the exit code.
[[nodiscard]] int runCommand(const Options& options, const Drawing& drawing = {});

} // namespace glacis::app
