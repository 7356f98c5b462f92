// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <network/addresses.h>

#include <base/text.h>
#include <network/exposure.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace glacis::network {
namespace {
    using V4 = std::array<std::uint8_t, 4>;

    std::optional<V4> parseV4(std::string_view text)
    {
        const auto parts = split(text, '.');
        if (parts.size() != 4)
            return std::nullopt;
        V4 out {};
        for (std::size_t i = 0; i < 4; ++i) {
            const std::string_view part = parts[i];
            if (part.empty() || part.size() > 3 || (part.size() > 1 && part[0] == '0'))
                return std::nullopt;
            int value = 0;
            for (const char c : part) {
                if (c < '0' || c > '9')
                    return std::nullopt;
                value = value * 10 + (c - '0');
            }
            if (value > 255)
                return std::nullopt;
            out[i] = static_cast<std::uint8_t>(value);
        }
        return out;
    }

    int hexDigit(char c)
    {
        if (c >= '0' && c <= '9')
            return c - '0';
        if (c >= 'a' && c <= 'f')
            return c - 'a' + 10;
        if (c >= 'A' && c <= 'F')
            return c - 'A' + 10;
        return -1;
    }

    /// One to four hexadecimal digits; -1 otherwise.
    int hexGroup(std::string_view part)
    {
        if (part.empty() || part.size() > 4)
            return -1;
        int value = 0;
        for (const char c : part) {
            const int digit = hexDigit(c);
            if (digit < 0)
                return -1;
            value = value * 16 + digit;
        }
        return value;
    }

    std::optional<std::array<std::uint8_t, 16>> parseV6(std::string_view text)
    {
        std::array<int, 8> groups {};
        int count = 0;
        int gap = -1;
        std::size_t at = 0;
        if (text.starts_with("::")) {
            gap = 0;
            at = 2;
        }
        while (at < text.size()) {
            const std::size_t end = text.find(':', at);
            const std::string_view part = text.substr(at, end == std::string_view::npos ? end : end - at);
            if (end == std::string_view::npos && part.find('.') != std::string_view::npos) {
                const auto v4 = parseV4(part);
                if (!v4 || count > 6)
                    return std::nullopt;
                groups[static_cast<std::size_t>(count++)] = (*v4)[0] * 256 + (*v4)[1];
                groups[static_cast<std::size_t>(count++)] = (*v4)[2] * 256 + (*v4)[3];
                break;
            }
            const int group = hexGroup(part);
            if (group < 0 || count == 8)
                return std::nullopt;
            groups[static_cast<std::size_t>(count++)] = group;
            if (end == std::string_view::npos)
                break;
            at = end + 1;
            if (at == text.size())
                return std::nullopt;
            if (text[at] == ':') {
                if (gap >= 0)
                    return std::nullopt;
                gap = count;
                ++at;
            }
        }
        if (gap < 0 ? count != 8 : count == 8)
            return std::nullopt;
        std::array<std::uint8_t, 16> bytes {};
        const int tail = gap < 0 ? 0 : count - gap;
        for (int i = 0; i < count; ++i) {
            const int place = (gap >= 0 && i >= gap) ? 8 - tail + (i - gap) : i;
            const auto value = static_cast<unsigned>(groups[static_cast<std::size_t>(i)]);
            bytes[static_cast<std::size_t>(place) * 2] = static_cast<std::uint8_t>(value >> 8);
            bytes[static_cast<std::size_t>(place) * 2 + 1] = static_cast<std::uint8_t>(value & 0xFF);
        }
        return bytes;
    }

    struct Block {
        std::array<std::uint8_t, 6> bytes;
        int prefix;
    };
    // IANA special-purpose registries (RFC 6890 and later), those that are not globally reachable.
    constexpr Block V4Blocks[] = {
        { { 0 }, 8 },
        { { 10 }, 8 },
        { { 100, 64 }, 10 },
        { { 127 }, 8 },
        { { 169, 254 }, 16 },
        { { 172, 16 }, 12 },
        { { 192, 0, 0 }, 24 },
        { { 192, 0, 2 }, 24 },
        { { 192, 88, 99 }, 24 },
        { { 192, 168 }, 16 },
        { { 198, 18 }, 15 },
        { { 198, 51, 100 }, 24 },
        { { 203, 0, 113 }, 24 },
        { { 224 }, 4 },
        { { 240 }, 4 },
    };
    // Of 2000::/3 only; everything outside it is not global unicast.
    constexpr Block V6Blocks[] = {
        { { 0x20, 0x01, 0x00, 0x00 }, 23 }, // IETF assignments, Teredo, ORCHID
        { { 0x20, 0x01, 0x0D, 0xB8 }, 32 }, // documentation
        { { 0x3F, 0xFF, 0x00, 0x00 }, 20 }, // documentation
    };

    bool inBlock(const std::uint8_t* bytes, const Block& block)
    {
        int left = block.prefix;
        for (std::size_t i = 0; left > 0; ++i, left -= 8) {
            const int bits = std::min(left, 8);
            const auto mask = static_cast<std::uint8_t>(0xFF << (8 - bits));
            if ((bytes[i] & mask) != (block.bytes[i] & mask))
                return false;
        }
        return true;
    }

    bool isPublicV4(const std::uint8_t* bytes)
    {
        return std::none_of(
            std::begin(V4Blocks), std::end(V4Blocks), [&](const Block& b) { return inBlock(bytes, b); });
    }

    bool isPublicV6(const std::array<std::uint8_t, 16>& bytes)
    {
        const auto startsWith = [&](std::initializer_list<std::uint8_t> prefix) {
            return std::equal(prefix.begin(), prefix.end(), bytes.begin());
        };
        if (startsWith({ 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF })) // IPv4 mapped
            return isPublicV4(bytes.data() + 12);
        if (startsWith({ 0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0 })) // NAT64, RFC 6052
            return isPublicV4(bytes.data() + 12);
        if (startsWith({ 0x20, 0x02 })) // 6to4
            return isPublicV4(bytes.data() + 2);
        if ((bytes[0] & 0xE0) != 0x20)
            return false;
        return std::none_of(std::begin(V6Blocks), std::end(V6Blocks),
            [&](const Block& b) { return inBlock(bytes.data(), b); });
    }
}

std::optional<IpAddress> parseIp(std::string_view text)
{
    text = text.substr(0, text.find('%'));
    if (text.empty() || text.size() > 45)
        return std::nullopt;
    IpAddress out;
    if (text.find(':') == std::string_view::npos) {
        const auto v4 = parseV4(text);
        if (!v4)
            return std::nullopt;
        out.v4 = true;
        out.bytes[10] = out.bytes[11] = 0xFF;
        std::copy(v4->begin(), v4->end(), out.bytes.begin() + 12);
        return out;
    }
    const auto v6 = parseV6(text);
    if (!v6)
        return std::nullopt;
    out.bytes = *v6;
    return out;
}

std::optional<IpRange> parseRange(std::string_view cidr)
{
    cidr = trim(cidr);
    const std::size_t slash = cidr.rfind('/');
    const auto address = parseIp(cidr.substr(0, slash));
    if (!address)
        return std::nullopt;
    const int widest = address->v4 ? 32 : 128;
    if (slash == std::string_view::npos)
        return IpRange { *address, widest };
    const std::string_view digits = cidr.substr(slash + 1);
    if (digits.empty() || digits.size() > 3
        || digits.find_first_not_of("0123456789") != std::string_view::npos)
        return std::nullopt;
    const auto prefix = parseInteger(digits);
    if (!prefix || *prefix > widest)
        return std::nullopt;
    return IpRange { *address, static_cast<int>(*prefix) };
}

bool isPublicAddress(std::string_view address)
{
    const auto ip = parseIp(address);
    return ip && isPublicV6(ip->bytes); // IPv4 is kept mapped
}

namespace {
    bool holds(const IpRange& range, const IpAddress& address)
    {
        if (range.address.v4 != address.v4)
            return false;
        int left = range.prefix + (range.address.v4 ? 96 : 0);
        for (std::size_t i = 0; left > 0; ++i, left -= 8) {
            const auto mask = static_cast<std::uint8_t>(0xFF << (8 - std::min(left, 8)));
            if ((address.bytes[i] & mask) != (range.address.bytes[i] & mask))
                return false;
        }
        return true;
    }

    /// The first address of the range; nothing behind the last one when it ends the address space.
    IpAddress firstOf(const IpRange& range)
    {
        IpAddress first = range.address;
        const int kept = range.prefix + (range.address.v4 ? 96 : 0);
        for (int i = 0; i < 16; ++i) {
            const int bits = std::clamp(kept - i * 8, 0, 8);
            auto& byte = first.bytes[static_cast<std::size_t>(i)];
            const auto mask = static_cast<std::uint8_t>(0xFF << (8 - bits));
            byte &= mask;
        }
        return first;
    }
    IpAddress behind(const IpRange& range)
    {
        IpAddress next = firstOf(range);
        const int kept = range.prefix + (range.address.v4 ? 96 : 0);
        if (kept == 0)
            return next;
        const auto place = static_cast<std::size_t>((kept - 1) / 8);
        const int step = 1 << (7 - (kept - 1) % 8);
        int carry = step;
        for (std::size_t i = place + 1; i-- > 0 && carry != 0;) {
            const int sum = next.bytes[i] + carry;
            next.bytes[i] = static_cast<std::uint8_t>(sum);
            carry = sum >> 8;
        }
        return next;
    }
}

// What is left of a range is made of pieces that begin where the range does or behind something left out, so
// that looking at these places is enough.
bool hasPublicPart(const IpRange& range, std::span<const IpRange> except)
{
    std::vector<IpAddress> places { firstOf(range) };
    for (const IpRange& hole : except)
        places.push_back(behind(hole));
    const auto add = [&](const Block& block, bool v4) {
        IpRange hole;
        hole.address.v4 = v4;
        if (v4)
            hole.address.bytes[10] = hole.address.bytes[11] = 0xFF;
        std::copy(block.bytes.begin(), block.bytes.begin() + (v4 ? 4 : 6),
            hole.address.bytes.begin() + (v4 ? 12 : 0));
        hole.prefix = block.prefix;
        places.push_back(behind(hole));
    };
    for (const Block& block : V4Blocks)
        add(block, true);
    for (const Block& block : V6Blocks)
        add(block, false);
    for (const auto first : { std::uint8_t { 0x20 },
             std::uint8_t { 0x26 } }) { // 2000::/3, and a place in it that no block touches
        IpAddress place;
        place.bytes[0] = first;
        places.push_back(place);
    }
    return std::any_of(places.begin(), places.end(), [&](const IpAddress& place) {
        return holds(range, place) && isPublicV6(place.bytes)
            && std::none_of(
                except.begin(), except.end(), [&](const IpRange& hole) { return holds(hole, place); });
    });
}

bool isWholeInternet(std::string_view cidr)
{
    const auto range = parseRange(cidr);
    if (!range)
        return false;
    if (range->prefix == 0)
        return true;
    // ::ffff:0:0/96 is all of IPv4.
    IpAddress mapped = range->address;
    std::fill(mapped.bytes.begin() + 12, mapped.bytes.end(), std::uint8_t { 0 });
    return !range->address.v4 && range->prefix == 96 && mapped.bytes == parseIp("::ffff:0:0")->bytes;
}

bool coverWholeInternet(std::span<const Str> cidrs)
{
    bool halves[2][2] = {};
    for (const Str cidr : cidrs) {
        if (isWholeInternet(cidr))
            return true;
        const auto range = parseRange(cidr);
        if (!range || range->prefix != 1)
            continue;
        const std::uint8_t first = range->address.bytes[range->address.v4 ? 12 : 0];
        halves[range->address.v4 ? 0 : 1][first >> 7] = true;
    }
    return (halves[0][0] && halves[0][1]) || (halves[1][0] && halves[1][1]);
}

HostAndPort splitHostAndPort(std::string_view text)
{
    text = trim(text);
    HostAndPort out;
    std::string_view port;
    if (text.starts_with('[')) {
        const std::size_t close = text.find(']');
        if (close == std::string_view::npos)
            return out;
        out.host = text.substr(1, close - 1);
        const std::string_view rest = text.substr(close + 1);
        if (rest.starts_with(':'))
            port = rest.substr(1);
    } else if (const std::size_t colon = text.find(':');
               colon != std::string_view::npos && text.find(':', colon + 1) == std::string_view::npos) {
        out.host = text.substr(0, colon);
        port = text.substr(colon + 1);
    } else {
        out.host = text;
    }
    if (!port.empty() && port.size() <= 5)
        if (const auto number = parseInteger(port); number && *number > 0 && *number <= 65535)
            out.port = static_cast<int>(*number);
    return out;
}

std::string canonicalHost(std::string_view host)
{
    host = trim(host);
    if (host.ends_with('.'))
        host.remove_suffix(1);
    return toLower(host);
}

bool isInternalHostName(std::string_view host)
{
    const std::string name = canonicalHost(host);
    if (name.empty() || name.find('.') == std::string::npos)
        return true;
    static constexpr std::string_view Suffixes[] = { ".local", ".internal", ".localhost", ".localdomain",
        ".svc", ".lan", ".intranet", ".corp", ".home", ".home.arpa", ".private", ".invalid" };
    for (const std::string_view suffix : Suffixes)
        if (name.ends_with(suffix))
            return true;
    // Classic and application load balancers of AWS carry their scheme in the name.
    return name.starts_with("internal-") && name.find(".elb.") != std::string::npos;
}

UrlParts parseUrl(std::string_view url)
{
    UrlParts out;
    url = trim(url);
    const std::size_t mark = url.find("://");
    if (mark == std::string_view::npos || mark == 0)
        return out;
    std::string_view authority = url.substr(mark + 3);
    authority = authority.substr(0, authority.find_first_of("/?#"));
    if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos)
        authority.remove_prefix(at + 1);
    HostAndPort parts = splitHostAndPort(authority);
    if (parts.host.empty())
        return out;
    out.scheme = toLower(url.substr(0, mark));
    out.host = std::move(parts.host);
    out.port = parts.port;
    if (out.port == 0)
        out.port = out.scheme == "https" ? 443 : out.scheme == "http" ? 80 : 0;
    return out;
}

} // namespace glacis::network
