// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <network/address_table.h>

#include <base/hash.h>

#include <algorithm>

namespace glacis::network {
namespace {
    bool isMapped(const IpAddress& address)
    {
        return std::all_of(address.bytes.begin(), address.bytes.begin() + 10, [](auto b) { return b == 0; })
            && address.bytes[10] == 0xFF && address.bytes[11] == 0xFF;
    }
}

AddressTable::Key AddressTable::keyOf(const IpAddress& address)
{
    Key key {};
    key[0] = isMapped(address) ? 0 : 1; // IPv4 on its own: "::/0" does not mean it
    std::copy(address.bytes.begin(), address.bytes.end(), key.begin() + 1);
    return key;
}

AddressTable::Span AddressTable::spanOf(const IpRange& range)
{
    Key first = keyOf(range.address);
    int prefix = range.prefix + (range.address.v4 ? 96 : 0);
    if (!range.address.v4 && prefix < 96)
        first[0] = 1;
    Key end = first;
    for (std::size_t i = 0; i < 16; ++i, prefix -= 8) {
        const int bits = std::clamp(prefix, 0, 8);
        const auto mask = static_cast<std::uint8_t>(0xFF << (8 - bits));
        first[i + 1] = static_cast<std::uint8_t>(first[i + 1] & mask);
        end[i + 1] = static_cast<std::uint8_t>(end[i + 1] | static_cast<std::uint8_t>(~mask));
    }
    for (std::size_t i = end.size(); i-- > 0;)
        if (++end[i] != 0)
            break;
    return { first, end };
}

std::uint32_t AddressTable::add(const inventory::IpBlock& block) { return add(block.cidr, block.except); }
std::uint32_t AddressTable::add(std::string_view cidr) { return add(cidr, {}); }

std::uint32_t AddressTable::add(std::string_view cidr, std::span<const Str> except)
{
    std::string name(cidr);
    for (const Str hole : except)
        name.append(1, ' ').append(hole.view());
    const auto [known, added]
        = m_numbers.emplace(std::move(name), static_cast<std::uint32_t>(m_blocks.size()));
    if (!added)
        return known->second;
    Block& block = m_blocks.emplace_back();
    const auto range = parseRange(cidr);
    if (!range)
        return known->second;
    std::vector<IpRange> ranges;
    std::vector<Span> holes;
    for (const Str hole : except)
        if (const auto parsed = parseRange(hole)) {
            ranges.push_back(*parsed);
            holes.push_back(spanOf(*parsed));
        }
    std::sort(holes.begin(), holes.end(), [](const Span& a, const Span& b) { return a.first < b.first; });
    const Span whole = spanOf(*range);
    Key next = whole.first;
    for (const Span& hole : holes) {
        if (hole.first >= whole.end || hole.end <= next)
            continue;
        if (hole.first > next)
            block.spans.push_back({ next, hole.first });
        next = std::max(next, hole.end);
    }
    if (next < whole.end)
        block.spans.push_back({ next, whole.end });
    block.isPublic = hasPublicPart(*range, ranges);
    return known->second;
}

// Every block has a random number; the XOR of those that hold a piece tells pieces apart. 128 bits: two
// different sets of blocks never meet.
void AddressTable::finish()
{
    struct Event {
        Key at;
        Hash128 number;
    };
    std::vector<Event> events;
    for (std::uint32_t i = 0; i < m_blocks.size(); ++i) {
        const Hash128 number { mixHash(processSeed(), i), mixHash(mixHash(processSeed(), 0x5EED), i) };
        for (const Span& span : m_blocks[i].spans) {
            events.push_back({ span.first, number });
            events.push_back({ span.end, number });
        }
    }
    std::sort(events.begin(), events.end(), [](const Event& a, const Event& b) { return a.at < b.at; });
    std::unordered_map<Hash128, std::uint32_t, Hash128Hasher> classes { { Hash128 {}, 0 } };
    m_samples.assign(1, Key {});
    m_bounds.assign(1, Key {});
    m_classes.assign(1, 0);
    Hash128 held;
    for (std::size_t i = 0; i < events.size();) {
        const Key at = events[i].at;
        for (; i < events.size() && events[i].at == at; ++i) {
            held.low ^= events[i].number.low;
            held.high ^= events[i].number.high;
        }
        const auto [entry, added] = classes.emplace(held, static_cast<std::uint32_t>(m_samples.size()));
        if (added)
            m_samples.push_back(at);
        m_bounds.push_back(at);
        m_classes.push_back(entry->second);
    }
    m_numbers.clear();
}

std::uint32_t AddressTable::classOf(std::string_view address) const
{
    const auto ip = m_blocks.empty() ? std::nullopt : parseIp(address);
    return ip ? classOf(*ip) : 0;
}

std::uint32_t AddressTable::classOf(const IpAddress& address) const
{
    if (m_bounds.empty())
        return 0; // no block was ever asked about
    const auto behind = std::upper_bound(m_bounds.begin(), m_bounds.end(), keyOf(address));
    return m_classes[static_cast<std::size_t>(behind - m_bounds.begin()) - 1];
}

bool AddressTable::matches(std::uint32_t block, std::uint32_t addressClass) const
{
    if (addressClass == 0)
        return false;
    const Key& sample = m_samples[addressClass];
    const auto& spans = m_blocks[block].spans;
    return std::any_of(spans.begin(), spans.end(),
        [&](const Span& span) { return span.first <= sample && sample < span.end; });
}

} // namespace glacis::network
