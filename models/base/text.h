// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Small text functions that several rooms need. All work on bytes; "lower" and "iequals" on ASCII only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace glacis {

[[nodiscard]] std::string toLower(std::string_view text);
[[nodiscard]] bool equalsIgnoringCase(std::string_view a, std::string_view b);
[[nodiscard]] bool containsIgnoringCase(std::string_view text, std::string_view lowerCaseNeedle);
[[nodiscard]] std::string_view trim(std::string_view text);
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);
[[nodiscard]] std::optional<std::int64_t> parseInteger(std::string_view text);
/// Valid UTF-8 with control characters (but not newline and tab when keepLines) replaced by U+FFFD: for
/// terminals.
[[nodiscard]] std::string printable(std::string_view text, bool keepLines = false);
[[nodiscard]] bool isValidUtf8(std::string_view text);
/// "2026-11-23T06:38:00Z" for seconds since 1970 in UTC.
[[nodiscard]] std::string isoTime(std::int64_t secondsSinceEpoch);
/// Seconds since 1970 of an RFC 3339 time or a date (midnight UTC); nothing when malformed.
[[nodiscard]] std::optional<std::int64_t> parseIsoTime(std::string_view text);

} // namespace glacis
