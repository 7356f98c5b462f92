// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sets of ports that can be united, intersected and subtracted: the three protocols of NetworkPolicy stand on
// one line, protocol * 65536 + port.
//
//     0 ........ 65535 | 65536 ...... 131071 | 131072 ...... 196607
//           TCP                 UDP                   SCTP
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include <network/reachability.h>

namespace glacis::network {

/// 0 TCP (also for an empty name, as Kubernetes defaults it), 1 UDP, 2 SCTP; nothing for any other.
[[nodiscard]] std::optional<std::uint32_t> protocolNumber(std::string_view protocol);
[[nodiscard]] std::string_view protocolName(std::uint32_t number);

class PortLine {
public:
    [[nodiscard]] static PortLine all();
    /// Ports from..to of one protocol; nothing when they make no range.
    [[nodiscard]] static PortLine of(std::uint32_t protocol, std::int32_t from, std::int32_t to);

    [[nodiscard]] bool empty() const { return m_ranges.empty(); }
    [[nodiscard]] bool isAll() const;
    [[nodiscard]] bool contains(Port port) const;
    void unite(const PortLine& other);
    void intersect(const PortLine& other);
    void subtract(const PortLine& other);
    [[nodiscard]] PortSet toSet() const;

private:
    using Range = std::pair<std::uint32_t, std::uint32_t>; ///< both inclusive
    std::vector<Range> m_ranges; ///< sorted, disjoint, not touching
};

} // namespace glacis::network
