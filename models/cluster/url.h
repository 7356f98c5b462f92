// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A URL taken apart by libcurl's parser, the one that will use it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace glacis::cluster {

struct Url {
    std::string scheme; ///< lower case
    std::string user, password; ///< escaped as written
    std::string host; ///< IPv6 in brackets, with its zone
    std::uint16_t port = 0; ///< 0: none named
    std::string path; ///< escaped, "/" at least; segments "." and ".." resolved
};

/// Nothing when it is malformed; a scheme is needed. Any scheme is taken.
[[nodiscard]] std::optional<Url> parseUrl(const std::string& text);

} // namespace glacis::cluster
