// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What of an attack graph is drawn: the cheapest paths of the ways, hubs passed over, and where a lane would
// hold too many cards, alike ones together as one card ×N that can be opened.
//
//     PathScene scene = makeScene(graph, search, { .certain = true, .possible = true });
//     scene.nodes[scene.nodeOf.at(node)].members
//
// Pure and deterministic; any thread. Numbers of nodes and edges are those of this scene alone.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include <attack/graph.h>
#include <attack/search.h>

namespace glacis::ui {

inline constexpr std::uint32_t LaneCount = 6; ///< entry, four stages, crown jewels
inline constexpr std::uint32_t NoScene = UINT32_MAX;

struct SceneNode {
    std::vector<attack::NodeIndex> members; ///< one, or the aggregate's, ascending
    std::uint32_t lane = 0;
    attack::NodeKind kind = attack::NodeKind::Internet;
    bool certain = false; ///< on a certain way
    std::string key; ///< of the aggregate, for SceneRequest::opened; empty: a single card
    std::string openedFrom; ///< key of the innermost aggregate that was opened to show it; empty: none
    [[nodiscard]] bool isAggregate() const { return members.size() > 1; }
};

struct SceneEdge {
    std::uint32_t from = 0, to = 0; ///< of PathScene::nodes
    std::vector<attack::EdgeIndex> edges; ///< what it stands for, ascending; hubs passed over bring two
    attack::EdgeIndex main = 0; ///< the first that is no STRUCTURE, else the first
    std::uint32_t ways = 0; ///< drawn ways that use it
    bool certain = false; ///< used by a certain way
    bool structure = false; ///< nothing that an attacker does
};

/// A step of a way in the picture. A step inside one card (from a member to another) has no edge.
struct SceneStep {
    std::uint32_t edge = NoScene;
    std::uint32_t from = 0, to = 0; ///< scene nodes
    attack::EdgeIndex main = 0;
    attack::NodeIndex fromNode = attack::None, toNode = attack::None; ///< the very nodes, for captions
    std::uint32_t number = 0; ///< from 1; 0: STRUCTURE, not counted
};

struct SceneWay {
    std::uint32_t way = 0; ///< of Search::ways()
    std::vector<SceneStep> steps;
    std::uint32_t numbered = 0; ///< steps that are counted
};

struct PathScene {
    std::vector<SceneNode> nodes; ///< by lane, then least member
    std::vector<SceneEdge> edges; ///< by from, to
    std::vector<SceneWay> ways; ///< in the order of Search::ways()
    std::unordered_map<attack::NodeIndex, std::uint32_t> nodeOf; ///< hubs are not in it
    /// A step into a hub is part of every edge that passes the hub.
    std::unordered_map<attack::EdgeIndex, std::vector<std::uint32_t>> edgesOf;
    std::size_t left = 0; ///< ways that were asked for and are not drawn: more than mostWays
    [[nodiscard]] bool empty() const { return nodes.empty(); }
};

struct SceneRequest {
    bool certain = true, residual = false, possible = false; ///< which ways
    std::set<std::string> opened; ///< keys of aggregates that a person opened
    std::size_t mostInLane = 10; ///< cards of a lane before alike ones are put together
    std::size_t mostWays = 4000; ///< drawn at all, the first ones
    std::uint32_t also = NoScene; ///< a way that is drawn in any case
};

[[nodiscard]] std::uint32_t laneOf(const attack::Node& node);
[[nodiscard]] PathScene makeScene(
    const attack::Graph& graph, const attack::Search& search, const SceneRequest& request);

} // namespace glacis::ui
