// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What planning and running a plugin share.
#pragma once

#include <string>
#include <string_view>

#include <base/result.h>
#include <base/stop_token.h>
#include <cluster/exec_plugin.h>

namespace glacis::cluster {

inline constexpr std::string_view execV1 = "client.authentication.k8s.io/v1";
inline constexpr std::string_view execV1Beta1 = "client.authentication.k8s.io/v1beta1";

/// SHA-256 of the file, 64 hex digits; read in pieces. Fails with "cancelled" on stop.
[[nodiscard]] Result<std::string> programDigest(const std::string& program, const StopToken& stop);

/// Whether the plugin gets the terminal as its standard input.
[[nodiscard]] bool runsInteractively(const ExecSpec& spec, bool terminal);

} // namespace glacis::cluster
