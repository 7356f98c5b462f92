// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is selected in a page, for the inspector at its side: findings, or something of the attack graph.
// Pointers and indexes belong to the workspace's present assessment and die with it.
#pragma once

#include <attack/graph.h>
#include <posture/posture.h>

#include <cstdint>
#include <vector>

namespace glacis::ui {

struct Selection {
    enum class Kind : std::uint8_t { Nothing, Findings, Nodes, Edge, Way, Option };
    Kind kind = Kind::Nothing;
    std::vector<const posture::Finding*> findings; ///< several are summed up
    /// Nodes: indexes of nodes (several: an aggregate, or what was selected together); Edge: one edge, then
    /// those equal to it; Way: one index into Search::ways(); Option: one break option.
    std::vector<std::uint32_t> items;
    /// Edge: the way in which it was looked at and its number there, for "step 4 of 6"; None: alone.
    std::uint32_t way = attack::None;
    std::uint32_t step = 0; ///< from 1

    [[nodiscard]] bool empty() const { return findings.empty() && items.empty(); }
    friend bool operator==(const Selection&, const Selection&) = default;
};

} // namespace glacis::ui
