// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A generated cluster of a stated size and a real shape: for 5,000 pods 1,500 Deployments with three
// ReplicaSets each, 2,250 ConfigMaps, 1,500 Secrets, 1,200 Services, 834 ServiceAccounts, 125 Nodes, 500
// Roles and bindings, Ingresses and NetworkPolicies. The same size gives the same bytes.
#pragma once

#include <functional>
#include <string>

#include "document.h"

namespace glacis::bench {

/// Calls `object(list, doc)` for each object in order; list is the resource's plural: "pods".
void generateCluster(int pods, const std::function<void(const std::string& list, const Doc& doc)>& object);

enum class Layout { JsonLists, YamlDocuments, YamlList };
/// Writes the cluster below `folder` (made if absent) and returns the bytes written.
std::uint64_t writeCluster(int pods, const std::string& folder, Layout layout);

} // namespace glacis::bench
