// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which of many address blocks an address lies in, as one number: addresses that the same blocks hold are of
// the same class. The blocks' bounds cut the address space into pieces; a sweep over them finds the classes.
//
//     const auto block = table.add(ipBlock);   // all blocks first
//     table.finish();
//     table.matches(block, table.classOf("10.20.0.11"))
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <inventory/objects.h>
#include <network/addresses.h>

namespace glacis::network {

class AddressTable {
public:
    /// Equal blocks have equal numbers. A block that is none (malformed) holds no address.
    std::uint32_t add(const inventory::IpBlock& block);
    std::uint32_t add(std::string_view cidr);
    void finish();

    /// Class 0: in no block, also for what is no address.
    [[nodiscard]] std::uint32_t classOf(std::string_view address) const;
    [[nodiscard]] std::uint32_t classOf(const IpAddress& address) const;
    [[nodiscard]] bool matches(std::uint32_t block, std::uint32_t addressClass) const;
    /// Does the block hold an address of the public Internet?
    [[nodiscard]] bool isPublic(std::uint32_t block) const { return m_blocks[block].isPublic; }
    [[nodiscard]] std::size_t blockCount() const { return m_blocks.size(); }
    [[nodiscard]] bool empty() const { return m_blocks.empty(); }

private:
    using Key = std::array<std::uint8_t, 17>; ///< family, then the address
    struct Span {
        Key first, end; ///< end is the first key behind it
    };
    struct Block {
        std::vector<Span> spans; ///< disjoint, ascending
        bool isPublic = false;
    };
    [[nodiscard]] static Key keyOf(const IpAddress& address);
    [[nodiscard]] static Span spanOf(const IpRange& range);
    std::uint32_t add(std::string_view cidr, std::span<const Str> except);

    std::vector<Block> m_blocks;
    std::unordered_map<std::string, std::uint32_t> m_numbers;
    std::vector<Key> m_bounds; ///< where pieces begin, ascending
    std::vector<std::uint32_t> m_classes; ///< of the piece that begins there
    std::vector<Key> m_samples; ///< one address of each class
};

} // namespace glacis::network
