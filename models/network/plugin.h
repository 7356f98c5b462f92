// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which network plugin a cluster runs and whether it enforces NetworkPolicy: by a fact, else by the
// DaemonSets that plugins install.
#pragma once

#include <network/reachability.h>

namespace glacis::network {

[[nodiscard]] Reachability::Plugin networkPlugin(const Inventory& inventory);

} // namespace glacis::network
