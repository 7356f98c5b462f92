// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A generated cluster of a stated size and a real shape: for 5,000 pods 1,500 Deployments with three
// ReplicaSets each, 2,250 ConfigMaps, 1,500 Secrets, 1,200 Services, 834 ServiceAccounts, 125 Nodes, 500
// Roles and bindings, Ingresses and NetworkPolicies. The same options give the same bytes.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "document.h"
#include "planted_ways.h"

namespace glacis::bench {

/// NetworkPolicies of the generated namespaces: denying everything in every second one; none at all; two in
/// each, which leave a namespace to itself.
enum class Policies { EverySecond, None, TwoEach };

struct ClusterOptions {
    int pods = 5000;
    int ways = 0; ///< planted among the rest, which has no certain way of its own
    std::uint64_t seed = 0x5EED;
    Policies policies = Policies::EverySecond;
};

/// Calls `object(list, doc)` for each object in order; list is the resource's plural: "pods".
Planted generateCluster(const ClusterOptions& options, const EmitObject& object);

enum class Layout { JsonLists, YamlDocuments, YamlList };
/// Writes the cluster below `folder` (made if absent); the facts of planted ways are not among the files.
Planted writeCluster(const ClusterOptions& options, const std::string& folder, Layout layout);

} // namespace glacis::bench
