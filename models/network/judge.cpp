// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <network/judge.h>

#include <algorithm>

namespace glacis::network {

void Reached::unite(const Reached& other)
{
    allowed.unite(other.allowed);
    unknown.unite(other.unknown);
}

void Reached::intersect(const Reached& other)
{
    PortLine possible = allowed;
    possible.unite(unknown);
    PortLine otherPossible = other.allowed;
    otherPossible.unite(other.unknown);
    possible.intersect(otherPossible);
    allowed.intersect(other.allowed);
    possible.subtract(allowed);
    unknown = std::move(possible);
}

Verdict Reached::at(Port port) const
{
    return allowed.contains(port) ? Verdict::Allowed
        : unknown.contains(port)  ? Verdict::Unknown
                                  : Verdict::Denied;
}

Verdict Reached::best() const
{
    return !allowed.empty() ? Verdict::Allowed : !unknown.empty() ? Verdict::Unknown : Verdict::Denied;
}

Judge::Judge(const PolicyTerms& terms, const Filters& filters, const PodProfiles& profiles, bool unread)
    : m_terms(terms)
    , m_filters(filters)
    , m_profiles(profiles)
    , m_unread(unread)
    , m_nodeAddresses(profiles.nodeAddresses(terms.addresses(Ingress)))
    , m_nodeForward(profiles.nodeAddresses(filters.addresses(Chain::Forward)))
    , m_nodeInput(profiles.nodeAddresses(filters.addresses(Chain::Input)))
    , m_nodesKnown(!profiles.sourceOfNode().empty())
{
}

Reached Judge::unguarded() const
{
    Reached out;
    (m_unread ? out.unknown : out.allowed) = PortLine::all();
    return out;
}

bool Judge::hasPeer(const std::vector<std::uint32_t>& terms, std::uint32_t peers) const
{
    const auto list = m_terms.lists().at(peers);
    return std::any_of(terms.begin(), terms.end(),
        [&](std::uint32_t term) { return std::binary_search(list.begin(), list.end(), term); });
}

bool Judge::hasAddress(const CompiledRule& rule, Direction direction, std::uint32_t addressClass) const
{
    return addressClass != 0 && std::any_of(rule.blocks.begin(), rule.blocks.end(), [&](std::uint32_t block) {
        return m_terms.addresses(direction).matches(block, addressClass);
    });
}

bool Judge::sourceIsPeer(const CompiledRule& rule, const SourceProfile& source) const
{
    return rule.everyone || hasPeer(rule.terms, source.peers) || hasAddress(rule, Ingress, source.address);
}

bool Judge::targetIsPeer(const CompiledRule& rule, const TargetProfile& target) const
{
    return rule.everyone || hasPeer(rule.terms, target.peers) || hasAddress(rule, Egress, target.address);
}

bool Judge::isPublicPeer(const CompiledRule& rule) const
{
    return rule.everyone || std::any_of(rule.blocks.begin(), rule.blocks.end(), [&](std::uint32_t block) {
        return m_terms.addresses(Ingress).isPublic(block);
    });
}

bool Judge::nodeIsPeer(const CompiledRule& rule) const
{
    return std::any_of(m_nodeAddresses.begin(), m_nodeAddresses.end(),
        [&](std::uint32_t address) { return hasAddress(rule, Ingress, address); });
}

PortLine Judge::portsOf(const CompiledRule& rule, const TargetProfile& target) const
{
    if (rule.allPorts)
        return PortLine::all();
    PortLine out;
    const auto named = m_terms.lists().at(target.ports);
    for (const RulePort& port : rule.ports) {
        if (port.name == None) {
            out.unite(PortLine::of(port.protocol, port.from, port.to));
            continue;
        }
        for (std::size_t i = 0; i + 1 < named.size(); i += 2)
            if (named[i] == port.name) {
                const auto number = static_cast<std::int32_t>(named[i + 1]);
                out.unite(PortLine::of(port.protocol, number, number));
            }
    }
    return out;
}

Reached Judge::egress(const SourceProfile& source, const TargetProfile& target) const
{
    Reached out;
    if (source.host)
        out.allowed = PortLine::all();
    else if (source.opaque)
        out.unknown = PortLine::all();
    else if (!source.isolated)
        out = unguarded();
    else
        for (const std::uint32_t number : m_terms.lists().at(source.rules))
            if (const CompiledRule& rule = m_terms.rule(number); targetIsPeer(rule, target))
                out.allowed.unite(portsOf(rule, target));
    return out;
}

Reached Judge::ingress(const SourceProfile& source, const TargetProfile& target) const
{
    Reached out;
    if (target.host)
        out.allowed = m_filters.passing(
            m_terms.lists().at(target.filters), [&](const Filter& filter) { return admits(filter, source); });
    else if (target.opaque)
        out.unknown = PortLine::all();
    else if (!target.isolated)
        out = unguarded();
    else
        for (const std::uint32_t number : m_terms.lists().at(target.rules))
            if (const CompiledRule& rule = m_terms.rule(number); sourceIsPeer(rule, source))
                out.allowed.unite(portsOf(rule, target));
    return out;
}

Reached Judge::link(const SourceProfile& source, const TargetProfile& target) const
{
    Reached out = egress(source, target);
    if (out.best() != Verdict::Denied)
        out.intersect(ingress(source, target));
    return out;
}

Reached Judge::toNode(const SourceProfile& source, std::uint32_t node) const
{
    Reached out;
    if (node == None) { // somewhere in the cluster: no address to compare with
        TargetProfile target;
        target.host = true;
        return egress(source, target);
    }
    for (const Place& place : m_profiles.placesOf(node)) {
        TargetProfile target;
        target.host = true;
        target.address = place.egress;
        out.unite(egress(source, target));
    }
    Reached filtered;
    filtered.allowed = m_filters.passing(
        m_profiles.inputFilters(node), [&](const Filter& filter) { return admits(filter, source); });
    out.intersect(filtered);
    return out;
}

Reached Judge::fromOutside(Outside outside, const TargetProfile& target) const
{
    Reached out;
    if (target.host) {
        out.allowed = m_filters.passing(m_terms.lists().at(target.filters),
            [&](const Filter& filter) { return admits(filter, outside); });
        return out;
    }
    if (target.opaque) {
        out.unknown = PortLine::all();
        return out;
    }
    if (!target.isolated)
        return unguarded();
    for (const std::uint32_t number : m_terms.lists().at(target.rules)) {
        const CompiledRule& rule = m_terms.rule(number);
        if (isPublicPeer(rule) || (outside.translated && nodeIsPeer(rule)))
            out.allowed.unite(portsOf(rule, target));
        else if (outside.translated && !m_nodesKnown && !rule.blocks.empty())
            out.unknown.unite(portsOf(rule, target)); // a block that may well be the nodes' own
    }
    return out;
}

Reached Judge::fromSomewhere(const TargetProfile& target) const
{
    Reached out;
    if (target.host || (!target.isolated && !target.opaque))
        return target.host ? fromOutside({ true }, target) : unguarded();
    out.unknown = PortLine::all();
    for (const std::uint32_t number : m_terms.lists().at(target.rules))
        if (const CompiledRule& rule = m_terms.rule(number); rule.everyone)
            out.allowed.unite(portsOf(rule, target));
    return out;
}

bool Judge::admits(const Filter& filter, const SourceProfile& source) const
{
    return m_filters.admits(filter, source.filter[0]) || m_filters.admits(filter, source.filter[1]);
}

bool Judge::admits(const Filter& filter, Outside outside) const
{
    if (filter.wholeInternet)
        return true;
    if (!outside.translated || filter.chain == Chain::Edge)
        return false;
    const auto& nodes = filter.chain == Chain::Input ? m_nodeInput : m_nodeForward;
    return std::any_of(
        nodes.begin(), nodes.end(), [&](std::uint32_t address) { return m_filters.admits(filter, address); });
}

} // namespace glacis::network
