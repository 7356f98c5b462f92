// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is known about each kind of step and each card, in words and numbers, from resources/edges/*.yaml and
// resources/cards.yaml (embedded):
//
//     const EdgeInfo* info = catalogue.find("PRIVILEGED");
//     show(info->title, info->does, catalogue.card(info->breaks.front())->title);
//
// It says nothing about a cluster: which steps exist there is the graph's business.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <base/result.h>
#include <base/severity.h>

namespace glacis::attack {

struct EdgeInfo {
    std::string id; ///< "PRIVILEGED": name(EdgeKind)
    std::string title; ///< short phrase
    std::string does; ///< what the attacker does: 1 to 3 sentences
    std::string when; ///< what must hold for it
    std::string step; ///< caption in a path, with {from} and {to}
    std::string seen; ///< how a defender notices it
    std::vector<std::string> attack; ///< ATT&CK techniques: "T1611"
    std::vector<std::string>
        breaks; ///< cards, the usual first; empty: only the steps before it can be broken
    std::vector<std::string> checks; ///< whose findings show it
    std::vector<std::string> others; ///< names for it elsewhere
    Stage stage = 0; ///< 0 for STRUCTURE
    int cost = 0; ///< the usual one (MODEL section 4)
    std::vector<int> costs; ///< all that occur, ascending
    bool walked = true; ///< false: drawn or counted only
};

struct CardInfo {
    std::string id; ///< "M8"
    std::string title; ///< imperative
    std::string about; ///< what it changes and what it does not
    int effort = 1; ///< S = 1, M = 3, L = 8
    char size = 'S'; ///< S minutes to an hour, M a day, L days
};

class EdgeCatalogue {
public:
    /// The embedded one, parsed once per call (about a millisecond); share the result.
    [[nodiscard]] static Result<EdgeCatalogue> load();
    /// From texts: one file a kind (name, YAML), and the cards.
    [[nodiscard]] static Result<EdgeCatalogue> parse(
        const std::vector<std::pair<std::string, std::string_view>>& edges, std::string_view cards);

    [[nodiscard]] const std::vector<EdgeInfo>& edges() const { return m_edges; } ///< by id
    [[nodiscard]] const EdgeInfo* find(std::string_view id) const; ///< nullptr when unknown
    [[nodiscard]] const std::vector<CardInfo>& cards() const { return m_cards; } ///< M1, M2, …
    [[nodiscard]] const CardInfo* card(std::string_view id) const; ///< nullptr when unknown

private:
    std::vector<EdgeInfo> m_edges;
    std::vector<CardInfo> m_cards;
};

} // namespace glacis::attack
