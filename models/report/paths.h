// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Writers of the attack graph: ways with their cheapest path, what breaks them, the catalogue of steps; and
// the graph's part of the assessment's JSON.
#pragma once

#include <string>

#include <assessment/assessment.h>
#include <attack/search.h>
#include <base/json_writer.h>
#include <report/writers.h>

namespace glacis::report {

/// What `paths` and `fixes` are asked for. The search belongs to the graph given beside it.
struct PathOptions {
    std::size_t limit
        = 10; ///< ways of each class that text tells; 0: all. JSON holds all, unless limit was asked for
    bool limited = false; ///< limit was asked for
    bool colour = false;
    int width = 100;
    std::string sourceArgument;
};

[[nodiscard]] std::string writePathsText(const assessment::Assessment& assessment, const attack::Graph& graph,
    const attack::Search& search, const PathOptions& options);
[[nodiscard]] std::string writePathsJson(
    const attack::Graph& graph, const attack::Search& search, const PathOptions& options);
/// Graphviz: the cheapest paths of the ways, one cluster a stage.
[[nodiscard]] std::string writePathsDot(
    const attack::Graph& graph, const attack::Search& search, const PathOptions& options);

/// minimal: the smallest sets alone (text).
[[nodiscard]] std::string writeFixesText(const assessment::Assessment& assessment, const attack::Graph& graph,
    const attack::Search& search, bool minimal, const PathOptions& options);
[[nodiscard]] std::string writeFixesJson(const assessment::Assessment& assessment, const attack::Graph& graph,
    const attack::Search& search, bool minimal);

/// One kind of step explained, or all in a list; empty when there is no such kind.
[[nodiscard]] std::string writeEdgeKinds(
    const attack::EdgeCatalogue& catalogue, std::string_view id, bool colour, int width);

/// "nodes", "edges" and "paths" of the assessment's JSON.
void writeGraph(JsonWriter& json, const assessment::Assessment& assessment);

} // namespace glacis::report
