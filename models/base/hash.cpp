// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hash.h"

#include <chrono>
#include <cstring>
#include <random>

namespace glacis {
namespace {

    constexpr std::uint64_t k0 = 0xA0761D6478BD642FULL;
    constexpr std::uint64_t k1 = 0xE7037ED1A0B428DBULL;
    constexpr std::uint64_t k2 = 0x8EBC6AF09C88C6E3ULL;

    std::uint64_t read64(const char* p)
    {
        std::uint64_t v = 0;
        std::memcpy(&v, p, sizeof v);
        return v;
    }

    std::uint64_t byteAt(const char* p, std::size_t i)
    {
        return std::uint64_t { static_cast<unsigned char>(p[i]) } << (8 * i);
    }

    // 0 to 7 bytes. Two reads that overlap agree where they do; memcpy of a size that is not known is a call.
    std::uint64_t readTail(const char* p, std::size_t size)
    {
        if (size >= 4) {
            std::uint32_t low = 0;
            std::uint32_t high = 0;
            std::memcpy(&low, p, sizeof low);
            std::memcpy(&high, p + size - 4, sizeof high);
            return low | std::uint64_t { high } << (8 * (size - 4));
        }
        return size == 0 ? 0 : byteAt(p, 0) | byteAt(p, size / 2) | byteAt(p, size - 1);
    }

    // Multiplies to 128 bits and folds: the mixing step of the wyhash family.
    std::uint64_t fold(std::uint64_t a, std::uint64_t b)
    {
#if defined(__SIZEOF_INT128__)
        __extension__ using Wide = unsigned __int128;
        const Wide product = static_cast<Wide>(a) * b;
        return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
#else
        const std::uint64_t al = a & 0xFFFFFFFFU, ah = a >> 32, bl = b & 0xFFFFFFFFU, bh = b >> 32;
        const std::uint64_t ll = al * bl, lh = al * bh, hl = ah * bl, hh = ah * bh;
        const std::uint64_t mid = (ll >> 32) + (lh & 0xFFFFFFFFU) + (hl & 0xFFFFFFFFU);
        const std::uint64_t low = (mid << 32) | (ll & 0xFFFFFFFFU);
        const std::uint64_t high = hh + (lh >> 32) + (hl >> 32) + (mid >> 32);
        return low ^ high;
#endif
    }

} // namespace

std::uint64_t hash64(std::string_view bytes, std::uint64_t seed)
{
    const char* p = bytes.data();
    std::size_t left = bytes.size();
    std::uint64_t state = seed ^ k0;
    while (left >= 16) {
        state = fold(read64(p) ^ k1, read64(p + 8) ^ state);
        p += 16;
        left -= 16;
    }
    std::uint64_t a = 0;
    std::uint64_t b = 0;
    if (left >= 8) {
        a = read64(p);
        b = readTail(p + 8, left - 8);
    } else if (left > 0) {
        a = readTail(p, left);
    }
    state = fold(a ^ k1, b ^ state);
    return fold(state ^ k2, bytes.size() ^ k1);
}

Hash128 hash128(std::string_view bytes, std::uint64_t seed)
{
    return { hash64(bytes, seed), hash64(bytes, seed * k2 + k1) };
}

std::uint64_t processSeed()
{
    static const std::uint64_t seed = [] {
        std::random_device device;
        const auto clock
            = static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count());
        return fold((static_cast<std::uint64_t>(device()) << 32 | device()) ^ k0, clock ^ k1);
    }();
    return seed;
}

} // namespace glacis
