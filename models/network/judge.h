// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The decision about one pair of profiles: egress rules of the source, then ingress rules of the target or,
// on the host's network, the input filters of its node.
#pragma once

#include <vector>

#include <network/filters.h>
#include <network/pod_profiles.h>
#include <network/policy_terms.h>
#include <network/port_line.h>

namespace glacis::network {

struct Reached {
    PortLine allowed, unknown; ///< may overlap: allowed wins
    void unite(const Reached& other);
    void intersect(const Reached& other);
    [[nodiscard]] Verdict at(Port port) const;
    [[nodiscard]] Verdict best() const;
};

/// Where a connection from outside the cluster seems to come from.
struct Outside {
    bool translated = false; ///< the node where it enters may put its own address in place of the caller's
};

class Judge {
public:
    Judge(const PolicyTerms& terms, const Filters& filters, const PodProfiles& profiles, bool unread);

    [[nodiscard]] Reached link(const SourceProfile& source, const TargetProfile& target) const;
    [[nodiscard]] Reached toNode(const SourceProfile& source, std::uint32_t node) const;
    [[nodiscard]] Reached fromOutside(Outside outside, const TargetProfile& target) const;
    /// From a pod that is not known: rules that let everyone in; the rest of an isolated target is Unknown.
    [[nodiscard]] Reached fromSomewhere(const TargetProfile& target) const;

    [[nodiscard]] bool sourceIsPeer(const CompiledRule& rule, const SourceProfile& source) const;
    [[nodiscard]] bool targetIsPeer(const CompiledRule& rule, const TargetProfile& target) const;
    [[nodiscard]] bool isPublicPeer(const CompiledRule& rule) const;
    [[nodiscard]] bool nodeIsPeer(const CompiledRule& rule) const;
    [[nodiscard]] PortLine portsOf(const CompiledRule& rule, const TargetProfile& target) const;
    [[nodiscard]] bool admits(const Filter& filter, const SourceProfile& source) const;
    [[nodiscard]] bool admits(const Filter& filter, Outside outside) const;
    [[nodiscard]] bool unread() const { return m_unread; }

private:
    [[nodiscard]] Reached unguarded() const; ///< what no policy speaks about
    [[nodiscard]] Reached egress(const SourceProfile& source, const TargetProfile& target) const;
    [[nodiscard]] Reached ingress(const SourceProfile& source, const TargetProfile& target) const;
    [[nodiscard]] bool hasPeer(const std::vector<std::uint32_t>& terms, std::uint32_t peers) const;
    [[nodiscard]] bool hasAddress(
        const CompiledRule& rule, Direction direction, std::uint32_t addressClass) const;

    const PolicyTerms& m_terms;
    const Filters& m_filters;
    const PodProfiles& m_profiles;
    bool m_unread;
    std::vector<std::uint32_t> m_nodeAddresses; ///< their classes among blocks of ingress rules
    std::vector<std::uint32_t> m_nodeForward; ///< likewise for forward filters
    std::vector<std::uint32_t> m_nodeInput;
    bool m_nodesKnown = false;
};

} // namespace glacis::network
