// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace glacis {

/// SHA-256 (FIPS 180-4) of bytes that come in pieces: a file need not be held whole.
class Sha256 {
public:
    void add(std::string_view bytes);
    /// Of all that was added; nothing may be added afterwards.
    [[nodiscard]] std::array<std::uint8_t, 32> digest();

private:
    std::array<std::uint32_t, 8> m_state { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f,
        0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };
    std::array<unsigned char, 64> m_rest {}; ///< a block that is not full yet
    std::uint64_t m_size = 0;
};

/// Lower-case hexadecimal digits.
[[nodiscard]] std::string hexDigits(const std::array<std::uint8_t, 32>& digest);

/// SHA-256 of the bytes (FIPS 180-4).
[[nodiscard]] std::array<std::uint8_t, 32> sha256(std::string_view bytes);
/// The first `digits` (1..64) lower-case hexadecimal digits of SHA-256.
[[nodiscard]] std::string sha256Hex(std::string_view bytes, int digits = 64);

} // namespace glacis
