// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <network/port_line.h>

#include <algorithm>

namespace glacis::network {
namespace {
    constexpr std::string_view Protocols[] = { "TCP", "UDP", "SCTP" };
    constexpr std::uint32_t PerProtocol = 65536;
    constexpr std::uint32_t End = 3 * PerProtocol;
}

std::optional<std::uint32_t> protocolNumber(std::string_view protocol)
{
    if (protocol.empty())
        return 0;
    for (std::uint32_t i = 0; i < std::size(Protocols); ++i)
        if (Protocols[i] == protocol)
            return i;
    return std::nullopt;
}

std::string_view protocolName(std::uint32_t number) { return Protocols[number]; }

PortLine PortLine::all()
{
    PortLine out;
    out.m_ranges.emplace_back(0, End - 1);
    return out;
}

PortLine PortLine::of(std::uint32_t protocol, std::int32_t from, std::int32_t to)
{
    PortLine out;
    from = std::max(from, 0);
    to = std::min(to, 65535);
    if (from <= to)
        out.m_ranges.emplace_back(protocol * PerProtocol + static_cast<std::uint32_t>(from),
            protocol * PerProtocol + static_cast<std::uint32_t>(to));
    return out;
}

bool PortLine::isAll() const { return m_ranges.size() == 1 && m_ranges.front() == Range(0, End - 1); }

bool PortLine::contains(Port port) const
{
    const auto protocol = protocolNumber(port.protocol);
    if (!protocol || port.number < 0 || port.number > 65535)
        return false;
    const std::uint32_t point = *protocol * PerProtocol + static_cast<std::uint32_t>(port.number);
    return std::any_of(m_ranges.begin(), m_ranges.end(),
        [&](Range range) { return range.first <= point && point <= range.second; });
}

void PortLine::unite(const PortLine& other)
{
    if (other.empty() || isAll())
        return;
    m_ranges.insert(m_ranges.end(), other.m_ranges.begin(), other.m_ranges.end());
    std::sort(m_ranges.begin(), m_ranges.end());
    std::size_t last = 0;
    for (std::size_t i = 1; i < m_ranges.size(); ++i) {
        if (m_ranges[i].first <= m_ranges[last].second + 1)
            m_ranges[last].second = std::max(m_ranges[last].second, m_ranges[i].second);
        else
            m_ranges[++last] = m_ranges[i];
    }
    m_ranges.resize(last + 1);
}

void PortLine::intersect(const PortLine& other)
{
    if (other.isAll())
        return;
    std::vector<Range> out;
    auto a = m_ranges.begin();
    auto b = other.m_ranges.begin();
    while (a != m_ranges.end() && b != other.m_ranges.end()) {
        const Range both { std::max(a->first, b->first), std::min(a->second, b->second) };
        if (both.first <= both.second)
            out.push_back(both);
        if (a->second < b->second)
            ++a;
        else
            ++b;
    }
    m_ranges = std::move(out);
}

void PortLine::subtract(const PortLine& other)
{
    if (other.empty() || empty())
        return;
    PortLine rest;
    std::uint32_t next = 0;
    for (const Range& range : other.m_ranges) {
        if (range.first > next)
            rest.m_ranges.emplace_back(next, range.first - 1);
        next = range.second + 1;
    }
    if (next < End)
        rest.m_ranges.emplace_back(next, End - 1);
    intersect(rest);
}

PortSet PortLine::toSet() const
{
    PortSet out;
    if (isAll()) {
        out.all = true;
        return out;
    }
    // By name: SCTP, TCP, UDP.
    for (const std::uint32_t protocol : { 2U, 0U, 1U }) {
        const std::uint32_t begin = protocol * PerProtocol;
        for (const Range& range : m_ranges) {
            const std::uint32_t from = std::max(range.first, begin + 1); // port 0 is none
            const std::uint32_t to = std::min(range.second, begin + PerProtocol - 1);
            if (from <= to)
                out.ranges.push_back({ Protocols[protocol], static_cast<std::int32_t>(from - begin),
                    static_cast<std::int32_t>(to - begin) });
        }
    }
    return out;
}

bool PortSet::contains(Port port) const
{
    const auto wanted = protocolNumber(port.protocol);
    if (!wanted)
        return false;
    return all || std::any_of(ranges.begin(), ranges.end(), [&](const Range& range) {
        return range.protocol == protocolName(*wanted) && range.from <= port.number
            && port.number <= range.to;
    });
}

} // namespace glacis::network
