// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include <base/result.h>

namespace glacis::app {

/// Writes to standard output when file is empty or "-". A file appears whole or not at all: the text goes
/// into a neighbour that is renamed over it. What is no regular file (a pipe, a terminal) is written to
/// directly.
[[nodiscard]] Result<void> writeOutput(std::string_view text, const std::string& file);

} // namespace glacis::app
