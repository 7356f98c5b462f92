// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// From an Inventory to its attack graph: every edge rule of the catalogue once, in a fixed order.
//
//     const Graph graph = buildGraph(inventory, access, exposure, reachability, catalogue);
//     const Search search(graph, graph.find("internet"));
#pragma once

#include <access/access.h>
#include <attack/edge_catalogue.h>
#include <attack/graph.h>
#include <base/stop_token.h>
#include <inventory/inventory.h>
#include <network/exposure.h>
#include <network/reachability.h>

namespace glacis::attack {

/// Pure and deterministic; any thread. Stops early, with an incomplete graph, when asked to. The graph has
/// the entry `breach` besides `internet`: it leads to every application workload.
[[nodiscard]] Graph buildGraph(const inventory::Inventory& inventory, const access::Access& access,
    const network::Exposure& exposure, const network::Reachability& reachability,
    const EdgeCatalogue& catalogue, const StopToken& stop = {});

} // namespace glacis::attack
