// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a scan lists: one table, from which the collector plans its requests and scannerRole() writes its
// rules.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include <inventory/kinds.h>

namespace glacis::cluster {

struct ListRow {
    inventory::Kind kind = inventory::Kind::Other; ///< whose coverage it decides
    std::string_view group, resource, kindName;
    bool namespaced = true;
    std::string_view versions; ///< that the decoder reads, best first: "v1 v1beta1"
    std::string_view part; ///< of the scanner role; empty: always in it
    std::string_view insteadOf {}; ///< resource of the same objects, for servers that do not serve this one
};
[[nodiscard]] std::span<const ListRow> listRows();

/// "deployments.apps", "pods": as in RBAC texts.
[[nodiscard]] std::string resourceName(const ListRow& row);

} // namespace glacis::cluster
