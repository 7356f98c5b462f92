// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace glacis {

/// SHA-256 of the bytes (FIPS 180-4).
[[nodiscard]] std::array<std::uint8_t, 32> sha256(std::string_view bytes);
/// The first `digits` (1..64) lower-case hexadecimal digits of SHA-256.
[[nodiscard]] std::string sha256Hex(std::string_view bytes, int digits = 64);

} // namespace glacis
