// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// IP addresses and host names as text, without asking the operating system: no resolver, no locale, the same
// answer on every platform. isPublicAddress(), isWholeInternet() and parseUrl() are declared in exposure.h.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <base/str.h>

namespace glacis::network {

/// 16 bytes in network order; IPv4 stands as ::ffff:a.b.c.d.
struct IpAddress {
    std::array<std::uint8_t, 16> bytes {};
    bool v4 = false;
    friend bool operator==(const IpAddress&, const IpAddress&) = default;
    friend auto operator<=>(const IpAddress&, const IpAddress&) = default;
};

/// Dotted IPv4 without leading zeros (as Go reads it), any RFC 4291 IPv6; a zone (%eth0) is ignored.
[[nodiscard]] std::optional<IpAddress> parseIp(std::string_view text);

struct IpRange {
    IpAddress address; ///< as written, host bits kept
    int prefix = 0; ///< 0..32 for IPv4, 0..128 else
};
[[nodiscard]] std::optional<IpRange> parseRange(std::string_view cidr);

/// Do these ranges together leave nothing out of IPv4, or of IPv6? One /0, or two /1 that complete each
/// other.
[[nodiscard]] bool coverWholeInternet(std::span<const Str> cidrs);

/// Does the range without the excepted ones hold an address that isPublicAddress()?
[[nodiscard]] bool hasPublicPart(const IpRange& range, std::span<const IpRange> except);

/// "host:port", "[v6]:port", "host", bare IPv6. Port 0 when absent or no number.
struct HostAndPort {
    std::string host;
    int port = 0;
};
[[nodiscard]] HostAndPort splitHostAndPort(std::string_view text);

/// Lower case, without the final dot and surrounding white space: "Vote.COM." is "vote.com".
[[nodiscard]] std::string canonicalHost(std::string_view host);

/// Names that no public DNS answers: "localhost", one label, .local, .internal, .svc, .lan, ….
[[nodiscard]] bool isInternalHostName(std::string_view host);

} // namespace glacis::network
