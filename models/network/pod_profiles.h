// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What policies and filters can tell pods and nodes apart by. Two pods of equal profile can open, or be
// opened by, the same connections. An owner has the profiles of all its running pods (of its template where
// none runs), a host network one those of every address of its nodes; owners with equal sets of profiles are
// a class.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <base/stop_token.h>
#include <inventory/inventory.h>
#include <network/filters.h>
#include <network/policy_terms.h>

namespace glacis::network {

/// One address a pod may have, as classes of the three address tables, and where it runs.
struct Place {
    std::uint32_t ingress = 0; ///< as a source: class among blocks of ingress rules
    std::uint32_t egress = 0; ///< as a target: class among blocks of egress rules
    std::uint32_t filter[2] = {}; ///< as a source: of the pod's own address and of its node's
    std::uint32_t node = None; ///< Inventory::nodes; None unknown
};
/// A pod (or template) as policies see it.
struct PodView {
    std::uint32_t workload = 0; ///< Inventory::workloads
    bool host = false;
    const inventory::PodSpec* spec = nullptr; ///< nullptr: could not be decoded
    std::vector<std::uint32_t> terms; ///< that mean it; none for a host network pod
    std::vector<Place> places; ///< never empty
};
struct SourceProfile {
    bool host = false, isolated = false, opaque = false;
    std::uint32_t rules = 0; ///< of egress, a list of PolicyTerms
    std::uint32_t peers = 0; ///< terms of ingress rules that mean it
    std::uint32_t address = 0; ///< Place::ingress
    std::uint32_t filter[2] = {};
};
struct TargetProfile {
    bool host = false, isolated = false, opaque = false;
    std::uint32_t rules = 0; ///< of ingress
    std::uint32_t peers = 0; ///< terms of egress rules that mean it
    std::uint32_t address = 0; ///< Place::egress
    std::uint32_t ports = 0; ///< list of (port name, number) that rules ask for
    std::uint32_t filters = 0; ///< list of the node's input filters; host network only
};

class PodProfiles {
public:
    PodProfiles(
        const Inventory& inventory, PolicyTerms& terms, const Filters& filters, const StopToken& stop);

    [[nodiscard]] const std::vector<SourceProfile>& sources() const { return m_sources; }
    [[nodiscard]] const std::vector<TargetProfile>& targets() const { return m_targets; }
    /// Numbers of the sets of profiles, by owner and by node; 0: the empty set.
    [[nodiscard]] const std::vector<std::uint32_t>& sourceOfOwner() const { return m_sourceOfOwner; }
    [[nodiscard]] const std::vector<std::uint32_t>& targetOfOwner() const { return m_targetOfOwner; }
    [[nodiscard]] const std::vector<std::uint32_t>& sourceOfNode() const { return m_sourceOfNode; }
    [[nodiscard]] NumberLists::List sourcesIn(std::uint32_t set) const { return m_sourceSets.at(set); }
    [[nodiscard]] NumberLists::List targetsIn(std::uint32_t set) const { return m_targetSets.at(set); }

    /// The pods of an owner as policies see them, those that look alike once, at most 64.
    [[nodiscard]] std::vector<PodView> views(std::uint32_t owner) const;
    /// Its processes are gone and its address may be another's by now.
    [[nodiscard]] static bool isFinished(const inventory::Workload& pod);
    /// Node indexes on which running pods of the owner stand, ascending; empty: not known.
    [[nodiscard]] std::vector<std::uint32_t> nodesOf(std::uint32_t owner) const;
    [[nodiscard]] std::uint32_t nodeNamed(std::string_view name) const; ///< None: no such node
    /// Classes of all nodes' addresses in some table, without class 0.
    [[nodiscard]] std::vector<std::uint32_t> nodeAddresses(const AddressTable& table) const;
    [[nodiscard]] const std::vector<Place>& placesOf(std::uint32_t node) const
    {
        return m_nodes[node].places;
    }
    [[nodiscard]] const std::vector<std::uint32_t>& inputFilters(std::uint32_t node) const;
    /// Container ports of that name and protocol.
    [[nodiscard]] static std::vector<std::int32_t> numbersOf(
        const inventory::PodSpec* spec, std::string_view name, std::uint32_t protocol);
    [[nodiscard]] std::size_t memory() const;

private:
    struct NodeView {
        std::vector<Place> places; ///< one for each address; one of class 0 when none is known
        std::vector<Place> podPlaces; ///< of pods here whose address is not known, by the node's podCIDRs
        std::vector<std::uint32_t> inputFilters;
        std::uint32_t filter = 0; ///< class of the address that pods' traffic is translated to
        std::uint32_t inputList = 0; ///< the same in PolicyTerms::lists()
    };
    void readNodes();
    void readNode(std::uint32_t index);
    [[nodiscard]] bool isPlaceless() const; ///< no policy and no filter asks for addresses
    void readOwner(std::uint32_t owner);
    void readView(const PodView& view);
    [[nodiscard]] PodView viewOf(std::uint32_t workload, Str ns) const;
    [[nodiscard]] Place placeOf(const inventory::Workload& pod) const;
    [[nodiscard]] std::vector<std::uint32_t> runningPods(std::uint32_t owner) const;
    [[nodiscard]] bool looksLike(const PodView& a, const PodView& b) const;
    std::uint32_t intern(const SourceProfile& profile);
    std::uint32_t intern(const TargetProfile& profile);
    std::uint32_t portsOf(const PodView& view, const Selected& selected);

    const Inventory& m_inventory;
    PolicyTerms& m_terms;
    const Filters& m_filters;
    std::vector<NodeView> m_nodes;
    std::unordered_map<std::string_view, std::uint32_t> m_nodeOfName;
    std::vector<Place> m_anywhere, m_anyHost; ///< of pods that nobody placed yet
    std::vector<std::uint32_t> m_everyNodesFilters; ///< input filters of a node that is not known

    NumberLists m_sourceNumbers, m_targetNumbers, m_sourceSets, m_targetSets;
    std::vector<SourceProfile> m_sources;
    std::vector<TargetProfile> m_targets;
    std::vector<std::uint32_t> m_sourceOfOwner, m_targetOfOwner, m_sourceOfNode;
    std::unordered_map<std::uint32_t, Selected> m_selected; ///< by list of terms
    std::vector<std::uint32_t> m_mySources, m_myTargets; ///< of the owner being read
};

} // namespace glacis::network
