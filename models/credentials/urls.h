// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Passwords inside URLs and data source names, and the public parts around
// them.
#pragma once

#include <optional>
#include <string_view>

#include <credentials/shapes.h>

namespace glacis::credentials {

/// scheme://user:password@host, where "://" stands at `colon`. `scanned` is set
/// to the end of what was read, so that no byte is read twice.
[[nodiscard]] std::optional<Span> matchUrlPassword(
    std::string_view text, std::size_t colon, std::size_t& scanned);
/// user:password@tcp(host:port)/database of Go's MySQL driver, where "@tcp(" or
/// "@unix(" stands at `at`.
[[nodiscard]] std::optional<Span> matchDriverPassword(
    std::string_view text, std::size_t at, std::size_t floor);
/// jdbc:oracle:thin:user/password@host, where ":thin:" stands at `at`.
[[nodiscard]] std::optional<Span> matchOraclePassword(std::string_view text, std::size_t at);

struct UrlParts {
    std::string_view scheme, host, port, database;
};
/// The public parts of the URL whose password `span` covers. Empty where the
/// password makes the rest ambiguous.
[[nodiscard]] UrlParts publicParts(std::string_view text, const Span& span);
/// The public parts of the first URL or key=value list of a text that holds no
/// userinfo before them.
[[nodiscard]] UrlParts publicPartsOfText(std::string_view text);

} // namespace glacis::credentials
