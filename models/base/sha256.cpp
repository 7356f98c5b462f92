// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sha256.h"

#include <algorithm>
#include <bit>

namespace glacis {
namespace {

    constexpr std::array<std::uint32_t, 64> roundConstants { 0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5,
        0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
        0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc,
        0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
        0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
        0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3,
        0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5,
        0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
        0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2 };

    using Digest = std::array<std::uint32_t, 8>;

    void compress(Digest& state, const unsigned char* block)
    {
        std::array<std::uint32_t, 64> w;
        for (std::size_t i = 0; i < 16; ++i)
            w[i] = static_cast<std::uint32_t>(block[4 * i]) << 24
                | static_cast<std::uint32_t>(block[4 * i + 1]) << 16
                | static_cast<std::uint32_t>(block[4 * i + 2]) << 8 | block[4 * i + 3];
        for (std::size_t i = 16; i < 64; ++i) {
            const auto s0 = std::rotr(w[i - 15], 7) ^ std::rotr(w[i - 15], 18) ^ w[i - 15] >> 3;
            const auto s1 = std::rotr(w[i - 2], 17) ^ std::rotr(w[i - 2], 19) ^ w[i - 2] >> 10;
            w[i] = w[i - 16] + s0 + w[i - 7] + s1;
        }
        auto [a, b, c, d, e, f, g, h] = state;
        for (std::size_t i = 0; i < 64; ++i) {
            const auto s1 = std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25);
            const auto t1 = h + s1 + ((e & f) ^ (~e & g)) + roundConstants[i] + w[i];
            const auto s0 = std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22);
            const auto t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
            h = g;
            g = f;
            f = e;
            e = d + t1;
            d = c;
            c = b;
            b = a;
            a = t1 + t2;
        }
        const Digest sums { a, b, c, d, e, f, g, h };
        for (std::size_t i = 0; i < 8; ++i)
            state[i] += sums[i];
    }

} // namespace

void Sha256::add(std::string_view bytes)
{
    const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
    std::size_t left = bytes.size();
    const std::size_t held = m_size % 64;
    m_size += left;
    if (held > 0) {
        const std::size_t taken = std::min(left, 64 - held);
        std::copy_n(data, taken, m_rest.data() + held);
        data += taken;
        left -= taken;
        if (held + taken < 64)
            return;
        compress(m_state, m_rest.data());
    }
    for (; left >= 64; left -= 64, data += 64)
        compress(m_state, data);
    std::copy_n(data, left, m_rest.data());
}

std::array<std::uint8_t, 32> Sha256::digest()
{
    const std::size_t left = m_size % 64;
    std::array<unsigned char, 128> tail {};
    std::copy_n(m_rest.data(), left, tail.data());
    tail[left] = 0x80;
    const std::size_t tailSize = left < 56 ? 64 : 128;
    const std::uint64_t bits = m_size * 8;
    for (std::size_t i = 0; i < 8; ++i)
        tail[tailSize - 1 - i] = static_cast<unsigned char>(bits >> (8 * i));
    for (std::size_t i = 0; i < tailSize; i += 64)
        compress(m_state, tail.data() + i);
    std::array<std::uint8_t, 32> out;
    for (std::size_t i = 0; i < 32; ++i)
        out[i] = static_cast<std::uint8_t>(m_state[i / 4] >> (24 - 8 * (i % 4)));
    return out;
}

std::string hexDigits(const std::array<std::uint8_t, 32>& digest)
{
    static constexpr char alphabet[] = "0123456789abcdef";
    std::string hex;
    hex.reserve(64);
    for (const std::uint8_t byte : digest) {
        hex.push_back(alphabet[byte >> 4]);
        hex.push_back(alphabet[byte & 15]);
    }
    return hex;
}

std::array<std::uint8_t, 32> sha256(std::string_view bytes)
{
    Sha256 whole;
    whole.add(bytes);
    return whole.digest();
}

std::string sha256Hex(std::string_view bytes, int digits)
{
    return hexDigits(sha256(bytes)).substr(0, static_cast<std::size_t>(std::clamp(digits, 0, 64)));
}

} // namespace glacis
