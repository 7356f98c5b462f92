// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The headers of an answer that mean something to us, from whoever sent them.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace glacis::cluster {

struct AnswerHeaders {
    std::string contentType; ///< without parameters, lower case
    std::string location;
    std::optional<std::chrono::seconds> retryAfter;
    std::vector<std::string> warnings; ///< printable, at most 100 of at most 1 KiB
};

/// "Name: value" with or without its end of line; anything else is passed over. now: seconds since 1970 UTC.
void readHeader(std::string_view line, std::int64_t now, AnswerHeaders& into);

/// Seconds, or an HTTP date (RFC 9110 section 10.2.3); a date that has passed means 0. At most a year.
[[nodiscard]] std::optional<std::chrono::seconds> parseRetryAfter(std::string_view value, std::int64_t now);

/// The texts of a Warning header with code 299: all that Kubernetes sends.
[[nodiscard]] std::vector<std::string> parseWarnings(std::string_view value);

} // namespace glacis::cluster
