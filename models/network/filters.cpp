// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <network/filters.h>

#include <algorithm>

namespace glacis::network {

bool Filter::names(std::int32_t port) const
{
    const auto& ports = fact->fact.ports;
    return std::find(ports.begin(), ports.end(), port) != ports.end();
}

Filters::Filters(const Inventory& inventory)
{
    for (const auto& observed : inventory.observations.filters) {
        Filter filter;
        filter.fact = &observed;
        const auto& fact = observed.fact;
        filter.chain = fact.chain == "edge" ? Chain::Edge
            : fact.chain == "forward"       ? Chain::Forward
                                            : Chain::Input;
        filter.everyNode = fact.node.empty() || fact.node == "*";
        std::vector<Str> allow;
        for (const std::string& cidr : fact.allow) {
            filter.blocks.push_back(m_addresses[static_cast<std::size_t>(filter.chain)].add(cidr));
            allow.push_back(inventory.strings->intern(cidr));
        }
        filter.wholeInternet = coverWholeInternet(allow);
        m_any[static_cast<std::size_t>(filter.chain)] = true;
        m_filters.push_back(std::move(filter));
    }
    for (AddressTable& table : m_addresses)
        table.finish();
}

std::vector<std::uint32_t> Filters::of(std::string_view node, Chain chain) const
{
    std::vector<std::uint32_t> out;
    if (any(chain))
        for (std::uint32_t i = 0; i < m_filters.size(); ++i)
            if (m_filters[i].chain == chain
                && (m_filters[i].everyNode || m_filters[i].fact->fact.node == node))
                out.push_back(i);
    return out;
}

bool Filters::admits(const Filter& filter, std::uint32_t addressClass) const
{
    return std::any_of(filter.blocks.begin(), filter.blocks.end(),
        [&](std::uint32_t block) { return addresses(filter.chain).matches(block, addressClass); });
}

bool Filters::someNames(std::span<const std::uint32_t> filters, std::int32_t port) const
{
    return std::any_of(
        filters.begin(), filters.end(), [&](std::uint32_t number) { return m_filters[number].names(port); });
}

} // namespace glacis::network
