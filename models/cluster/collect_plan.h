// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What became of each resource that a scan wants: planned from discovery, narrowed by what is forbidden, and
// in the end the coverage of the Inventory. Internal to the collector; not thread-safe, its owner locks.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <cluster/discovery.h>
#include <cluster/list_reader.h>
#include <cluster/lists.h>
#include <inventory/coverage.h>

namespace glacis::cluster {

/// A resource of the table as this server has it.
struct PlannedList {
    const ListRow* row = nullptr;
    std::string version; ///< empty: not asked for
    std::string listKind; ///< "PodList"
    inventory::ReadState state = inventory::ReadState::NotAsked;
    std::string reason; ///< when not Read
    std::uint32_t read = 0; ///< namespaces in which it could be listed, when not everywhere
    std::set<std::string> missing; ///< namespaces in which it could not

    [[nodiscard]] bool wanted() const { return !version.empty(); }
    [[nodiscard]] std::string apiVersion() const;
    [[nodiscard]] ListTarget target(const std::string& ns = {}) const; ///< empty: cluster-wide
};

/// In the order of listRows().
[[nodiscard]] std::vector<PlannedList> planLists(const Discovery& discovery);

/// Joins rows of one kind (HTTPRoute, GRPCRoute …); what could not be read names the rule that would show it.
[[nodiscard]] inventory::Coverage coverageOf(const std::vector<PlannedList>& lists);

} // namespace glacis::cluster
