// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Rules, filters and ports in words, for explanations.
#pragma once

#include <string>

#include <network/filters.h>
#include <network/policy_terms.h>

namespace glacis::network {

[[nodiscard]] std::string wordsOf(Port port); ///< "TCP 5432"
/// "app=worker of namespaces team=a, 10.0.0.0/8 except 10.1.0.0/16 and 2 more", "everyone"
[[nodiscard]] std::string peersOf(const inventory::PolicyRule& rule);
/// "the input filter on worker-1 lets only 10.30.0.0/24 to port 2375 (port scan of 2026-11-20)"
[[nodiscard]] std::string wordsOf(const Filter& filter);

} // namespace glacis::network
