// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Questions to an attack graph: which ways are open and how does the cheapest path of each go, where do they
// all pass, what does a break option close, which smallest set of them closes everything. Paths are never
// enumerated: a way is (entry, head of the first step, jewel).
//
//     Search search(graph, "internet");
//     for (const Way& way : search.ways()) ...
//     SmallestSets sets = search.smallestSets({ jewel }, {});
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <attack/graph.h>
#include <base/stop_token.h>

namespace glacis::attack {

class Relevant;
struct Terrain;

/// Certain: without possible and residual edges. Residual: without possible ones. Possible: any.
enum class WayClass : std::uint8_t { Certain, Residual, Possible };
[[nodiscard]] std::string_view name(WayClass wayClass); ///< "certain", "residual", "possible"

struct Way {
    NodeIndex entry = None;
    NodeIndex firstStep = None; ///< head of the first step
    NodeIndex jewel = None;
    WayClass wayClass = WayClass::Certain;
    std::uint32_t cost = 0;
    std::uint32_t hops = 0; ///< steps that are no STRUCTURE
    /// The cheapest path within its class, from the entry to the jewel: lowest cost, then fewest hops, then
    /// fewest edges, then node indexes from the entry on, then edge indexes.
    std::vector<EdgeIndex> steps;
};

struct ChokePoint {
    std::uint32_t index = 0; ///< node or edge
    bool isEdge = false;
    std::uint32_t closes = 0; ///< certain ways that close when it is masked
};

struct OptionEffect {
    OptionIndex option = 0;
    std::uint32_t closes = 0; ///< certain ways that it closes alone
    std::uint32_t closesResidual = 0, closesPossible = 0; ///< likewise of the others
    std::vector<std::uint32_t> ways; ///< indexes into ways(): those it closes, all classes
};

/// Options whose edges, as far as certain ways to the goal use them, are the same: one choice for a person.
struct OptionClass {
    std::vector<OptionIndex> options; ///< by effort, then id; the first stands for them
    std::uint8_t effort = 1;
};

struct SmallestSets {
    std::vector<NodeIndex> goal; ///< jewels
    enum class Proof : std::uint8_t {
        Exact, ///< no smaller set exists
        Greedy, ///< at least `lowerBound` options are needed, and the set has sets[0].size()
        Nothing, ///< no certain way is open: nothing to do
        Impossible ///< `unbreakable` is a way that no option breaks; the sets close all ways that can be closed
    } proof = Proof::Nothing;
    std::vector<OptionClass> classes; ///< by the id of their first option
    std::vector<std::vector<std::uint32_t>> sets; ///< indexes into classes; least effort first, then ids
    bool more = false; ///< there are more sets of that size than are listed (64)
    std::uint32_t lowerBound = 0; ///< no smaller set exists; equal to the size: the sets are smallest ones
    std::uint32_t candidates = 0; ///< option classes that touch a certain way to the goal
    std::vector<EdgeIndex> unbreakable; ///< its cheapest path from the entry that no option breaks
    std::vector<std::uint32_t> remains; ///< residual and possible ways to the goal: indexes into ways()
};

class Search {
public:
    /// The graph must outlive the Search. entry: None for one that the graph does not have: no ways. A way
    /// never leads to the entry itself. Stops early, with no ways, when asked to.
    Search(const Graph& graph, NodeIndex entry, const StopToken& stop = {});

    /// By class, then cost, then hops, then jewel and first step.
    [[nodiscard]] const std::vector<Way>& ways() const { return m_ways; }
    [[nodiscard]] std::uint32_t count(WayClass wayClass) const;
    /// Nodes and edges that close at least one certain way, most first; entry, hubs (Net, Scope), jewels and
    /// STRUCTURE edges are none. O(jewels · edges).
    [[nodiscard]] std::vector<ChokePoint> chokePoints() const;
    /// Of every option that closes at least one way, most certain ways first, then effort, then id.
    /// Empty when stopped.
    [[nodiscard]] std::vector<OptionEffect> effects(const StopToken& stop = {}) const;
    /// What one set of options closes: indexes into ways(), ascending. `masked` options are taken as done
    /// before: ways that they close are left out. A way closes when no path within its class is left.
    [[nodiscard]] std::vector<std::uint32_t> closedBy(
        const std::vector<OptionIndex>& options, const std::vector<OptionIndex>& masked = {}) const;
    /// Fewest options that close all certain ways to the goal; exact with proof for up to 25 candidates, and
    /// for more when a bounded amount of work (about 0.1 s) finds it; else greedy. An option is a candidate
    /// by the edges that it breaks on walks from the entry to the goal which touch the entry and jewels of
    /// the goal at their ends only; when something is Impossible, on any walks of the ways that can be
    /// closed. excluded: options not to use. When stopped: Greedy, without sets.
    [[nodiscard]] SmallestSets smallestSets(const std::vector<NodeIndex>& goal,
        const std::vector<OptionIndex>& excluded = {}, const StopToken& stop = {}) const;

private:
    void findWays(const Relevant& relevant, const StopToken& stop);

    const Graph& m_graph;
    NodeIndex m_entry;
    std::vector<Way> m_ways;
    std::shared_ptr<const Terrain> m_terrain; ///< never changes: copies share it
};

} // namespace glacis::attack
