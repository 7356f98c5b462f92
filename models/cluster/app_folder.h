// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where the program keeps what belongs to connections; the same for window and command line.
#pragma once

#include <string>

namespace glacis::cluster {

/// Approved credential plugins; need not exist. ~/.config/glacis/approved-plugins.json and its like on other
/// systems.
[[nodiscard]] std::string approvalsFile();

} // namespace glacis::cluster
