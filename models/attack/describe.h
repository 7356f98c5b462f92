// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The graph in words, and words as nodes: what writers, the command line and pages share. Any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <attack/edge_catalogue.h>
#include <attack/graph.h>
#include <attack/search.h>
#include <base/result.h>

namespace glacis::attack {

/// "the Internet", "workload shop/web", "node worker-1", "ServiceAccount ci/runner", "all Secrets".
[[nodiscard]] std::string inWords(const Node& node);
/// The step's sentence from the catalogue with its two ends filled in; plain text. A step into a hub is told
/// with what the way does next: `to` is the first node behind the hubs (nodeBehind), or the edge's own head.
[[nodiscard]] std::string caption(
    const Graph& graph, const Edge& edge, NodeIndex to, const EdgeCatalogue& catalogue);
/// Where a step of a way leads, hubs passed over.
[[nodiscard]] NodeIndex nodeBehind(const Graph& graph, const Way& way, EdgeIndex step);
/// "internet|endpoint/docker/worker-1|jewel/all-secrets"
[[nodiscard]] std::string idOf(const Graph& graph, const Way& way);
/// The steps of a way that a person takes: without STRUCTURE.
[[nodiscard]] std::vector<EdgeIndex> stepsOf(const Graph& graph, const Way& way);

/// A node by its id ("sa/ci/runner"), a jewel or endpoint by its last word ("all-secrets"), or any node whose
/// id ends so, when there is just one. The error names what is near.
[[nodiscard]] Result<NodeIndex> findNode(const Graph& graph, std::string_view text);

} // namespace glacis::attack
