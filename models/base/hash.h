// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// 64- and 128-bit hashing of bytes. Seeded with a random number per process for tables that outside input
// fills (hash flooding), or with a fixed seed for checksums of our own files. Not cryptographic: fingerprints
// use sha256.h.
#pragma once

#include <cstdint>
#include <string_view>

namespace glacis {

struct Hash128 {
    std::uint64_t low = 0;
    std::uint64_t high = 0;
    friend bool operator==(Hash128, Hash128) = default;
};

struct Hash128Hasher {
    std::size_t operator()(Hash128 h) const noexcept { return static_cast<std::size_t>(h.low); }
};

[[nodiscard]] std::uint64_t hash64(std::string_view bytes, std::uint64_t seed);
[[nodiscard]] Hash128 hash128(std::string_view bytes, std::uint64_t seed);
/// Random for each run of the program, constant within it. Never let an output depend on it.
[[nodiscard]] std::uint64_t processSeed();

/// Mixes two words into a running state; the building block of structural hashes.
[[nodiscard]] constexpr std::uint64_t mixHash(std::uint64_t a, std::uint64_t b)
{
    a ^= b + 0x9E3779B97F4A7C15ULL + (a << 6) + (a >> 2);
    a ^= a >> 32;
    a *= 0xD6E8FEB86659FD93ULL;
    a ^= a >> 32;
    return a;
}

} // namespace glacis
