// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Filters that a person stated as facts (MODEL section 2): on a node, in a chain, ports are reachable only
// from certain addresses.
//
// Where facts of the same node and chain speak about one port, those that name it decide, else those for all
// ports: { ports: [], allow: [] } with { ports: [80, 443], allow: [0.0.0.0/0] } is a firewall that lets only
// these two pass. Of several that decide each has to let in, so that a filter more never opens anything.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <inventory/inventory.h>
#include <network/address_table.h>
#include <network/port_line.h>

namespace glacis::network {

enum class Chain : std::uint8_t { Edge, Input, Forward };

struct Filter {
    const inventory::Observed<inventory::FilterFact>* fact = nullptr;
    Chain chain = Chain::Input;
    bool everyNode = false;
    bool wholeInternet = false; ///< its ranges together leave nothing out
    std::vector<std::uint32_t> blocks; ///< of Filters::addresses() of its chain
    [[nodiscard]] bool names(std::int32_t port) const;
};

class Filters {
public:
    explicit Filters(const Inventory& inventory);

    /// Numbers of the filters in that chain of that node; an empty name asks for those of every node.
    [[nodiscard]] std::vector<std::uint32_t> of(std::string_view node, Chain chain) const;
    [[nodiscard]] const Filter& at(std::uint32_t number) const { return m_filters[number]; }
    [[nodiscard]] const AddressTable& addresses(Chain chain) const
    {
        return m_addresses[static_cast<std::size_t>(chain)];
    }
    /// Does the filter let an address of that class (of its chain's table) in?
    [[nodiscard]] bool admits(const Filter& filter, std::uint32_t addressClass) const;
    [[nodiscard]] bool any(Chain chain) const { return m_any[static_cast<std::size_t>(chain)]; }

    /// One of `filters` that keeps a source out of the port; nullptr when all let it in. `admits` tells
    /// whether a filter's addresses hold the source.
    template <class Admits>
    [[nodiscard]] const Filter* barring(
        std::span<const std::uint32_t> filters, std::int32_t port, Admits admits) const
    {
        const bool named = someNames(filters, port);
        for (const std::uint32_t number : filters) {
            const Filter& filter = m_filters[number];
            const bool decides = named ? filter.names(port) : filter.fact->fact.ports.empty();
            if (decides && !admits(filter))
                return &filter;
        }
        return nullptr;
    }
    /// The same for all ports at once.
    template <class Admits>
    [[nodiscard]] PortLine passing(std::span<const std::uint32_t> filters, Admits admits) const
    {
        PortLine shut;
        for (const std::uint32_t number : filters)
            if (m_filters[number].fact->fact.ports.empty() && !admits(m_filters[number]))
                shut = PortLine::all();
        PortLine named, shutByName;
        for (const std::uint32_t number : filters)
            for (const int port : m_filters[number].fact->fact.ports)
                for (const std::uint32_t protocol : { 0U, 1U, 2U }) {
                    named.unite(PortLine::of(protocol, port, port));
                    if (!admits(m_filters[number]))
                        shutByName.unite(PortLine::of(protocol, port, port));
                }
        shut.subtract(named);
        shut.unite(shutByName);
        PortLine out = PortLine::all();
        out.subtract(shut);
        return out;
    }

private:
    [[nodiscard]] bool someNames(std::span<const std::uint32_t> filters, std::int32_t port) const;

    std::vector<Filter> m_filters;
    AddressTable m_addresses[3]; ///< by chain
    bool m_any[3] = {};
};

} // namespace glacis::network
