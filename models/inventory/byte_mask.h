// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Bit masks of 64 bytes at once: bit i tells of byte i. SSE2 on x86-64 (always there), plain loops elsewhere,
// which compilers vectorise. For scanning text that is too large to look at byte by byte.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__) || defined(_M_X64)
#define GLACIS_SSE2 1
#include <emmintrin.h>
#endif

namespace glacis::inventory {

/// 64 bytes of text, loaded once and asked several times.
class Block64 {
public:
    static constexpr std::size_t size = 64;

#ifdef GLACIS_SSE2
    /// Reads 64 bytes at p, which need not be aligned.
    explicit Block64(const char* p)
    {
        for (int i = 0; i < 4; ++i)
            m_parts[i] = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p) + i);
    }
    [[nodiscard]] std::uint64_t equal(char c) const
    {
        const __m128i wanted = _mm_set1_epi8(c);
        return gather([&](__m128i part) { return _mm_cmpeq_epi8(part, wanted); });
    }
    /// Bytes that become c when bit 0x20 is set: '[' and '{' for '{'.
    [[nodiscard]] std::uint64_t equalWithBit20(char c) const
    {
        const __m128i wanted = _mm_set1_epi8(c);
        const __m128i bit = _mm_set1_epi8(0x20);
        return gather([&](__m128i part) { return _mm_cmpeq_epi8(_mm_or_si128(part, bit), wanted); });
    }
    /// Bytes below limit (1..128) or above 127, that is: as signed numbers below limit.
    [[nodiscard]] std::uint64_t signedBelow(char limit) const
    {
        const __m128i bound = _mm_set1_epi8(limit);
        return gather([&](__m128i part) { return _mm_cmplt_epi8(part, bound); });
    }

private:
    template <class Compare> [[nodiscard]] std::uint64_t gather(Compare compare) const
    {
        std::uint64_t mask = 0;
        for (int i = 0; i < 4; ++i) {
            const auto bits = static_cast<std::uint32_t>(_mm_movemask_epi8(compare(m_parts[i])));
            mask |= static_cast<std::uint64_t>(bits) << (16 * i);
        }
        return mask;
    }
    __m128i m_parts[4];
#else
    explicit Block64(const char* p) { std::memcpy(m_bytes, p, size); }
    [[nodiscard]] std::uint64_t equal(char c) const
    {
        return gather([c](char byte) { return byte == c; });
    }
    [[nodiscard]] std::uint64_t equalWithBit20(char c) const
    {
        return gather([c](char byte) { return static_cast<char>(byte | 0x20) == c; });
    }
    [[nodiscard]] std::uint64_t signedBelow(char limit) const
    {
        return gather(
            [limit](char byte) { return static_cast<signed char>(byte) < static_cast<signed char>(limit); });
    }

private:
    template <class Test> [[nodiscard]] std::uint64_t gather(Test test) const
    {
        std::uint64_t mask = 0;
        for (std::size_t i = 0; i < size; ++i)
            mask |= static_cast<std::uint64_t>(test(m_bytes[i])) << i;
        return mask;
    }
    char m_bytes[size];
#endif
};

/// Number of the lowest set bit; mask must not be 0.
[[nodiscard]] inline unsigned lowestBit(std::uint64_t mask)
{
    return static_cast<unsigned>(std::countr_zero(mask));
}

/// Loads the last, shorter block of a text without reading behind it; the rest is filled with spaces.
[[nodiscard]] inline Block64 partialBlock(const char* p, std::size_t bytes)
{
    char padded[Block64::size];
    std::memset(padded, ' ', sizeof padded);
    std::memcpy(padded, p, bytes);
    return Block64(padded);
}

} // namespace glacis::inventory
