// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <base/result.h>
#include <cluster/kubeconfig.h>

namespace glacis::cluster {

/// Impersonate-* headers, name and value, as client-go's transport/round_trippers.go sends them. Fails when a
/// value could not stand in a header, or when there is no user to be but groups, an id or extras.
[[nodiscard]] Result<std::vector<std::pair<std::string, std::string>>> impersonationHeaders(
    const UserEntry& user);

/// Every byte but those that RFC 7230 allows in a header name, and the percent sign, as %XX.
[[nodiscard]] std::string escapedHeaderKey(std::string_view key);

/// True when the text may not be a header's value: control characters, line ends among them.
[[nodiscard]] bool breaksHeader(std::string_view text);

} // namespace glacis::cluster
