// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What Reachability holds, for the files that implement it.
#pragma once

#include <vector>

#include <network/judge.h>
#include <network/plugin.h>
#include <network/reachability.h>

namespace glacis::network {

struct Reachability::State {
    State(const Inventory& from, const Exposure& exposed, const StopToken& stop);

    const Inventory& inventory;
    const Exposure& exposure;
    Plugin plugin;
    Filters filters;
    PolicyTerms terms;
    PodProfiles profiles;
    Judge judge;
    std::vector<PodClass> sources, targets;
    std::vector<std::uint32_t> sourceSet, targetSet; ///< by class: the set of profiles
    std::vector<std::uint32_t> sourceOfOwner, targetOfOwner, sourceOfNode; ///< classes
    std::vector<std::vector<std::uint32_t>> sameNode; ///< by node: owners; empty when nobody is isolated
    // Target classes that a source can find by what it is.
    std::vector<std::uint32_t> openToAll;
    std::vector<std::vector<std::uint32_t>> targetsOfTerm, targetsOfBlock;

    [[nodiscard]] Reached reached(std::uint32_t source, std::uint32_t target) const;
    [[nodiscard]] bool runsOn(std::uint32_t owner, std::uint32_t node, bool hostNetwork) const;
    [[nodiscard]] bool meetOnNode(std::uint32_t fromOwner, std::uint32_t toOwner) const;

    // From the Internet: what policies and filters say, whatever the opening's reach.
    [[nodiscard]] Verdict passes(const Opening& opening) const;
    [[nodiscard]] Verdict passesController(const Opening& opening, std::uint32_t controller) const;
    [[nodiscard]] std::vector<std::uint32_t> controllersOf(const Opening& opening) const;
    [[nodiscard]] std::vector<std::uint32_t> nodesFacing(const Opening& opening) const;
    [[nodiscard]] std::vector<std::string_view> protocolsOf(const Opening& opening) const;
    [[nodiscard]] const Filter* barredAtEdge(const Opening& opening) const;
    [[nodiscard]] const Filter* barredInChain(
        std::uint32_t owner, Chain chain, std::int32_t port, Outside outside) const;
    [[nodiscard]] bool keepsSource(const Opening& opening) const;

private:
    void makeClasses();
    void indexTargets();
    void findNeighbours();
};

/// Names for classes, unique in the list.
void nameClasses(const Inventory& inventory, std::vector<PodClass>& classes);

} // namespace glacis::network
