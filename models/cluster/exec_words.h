// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A plugin's command in words, for messages and the file of approvals: what looks like a secret is redacted.
#pragma once

#include <string>
#include <string_view>

#include <cluster/exec_plugin.h>

namespace glacis::cluster {

/// With secrets in arguments and variables replaced by the redaction mark.
[[nodiscard]] ExecInvocation redacted(ExecInvocation invocation);

/// "AWS_PROFILE=prod /usr/bin/aws eks get-token", redacted and printable; quoted where a space stands.
[[nodiscard]] std::string commandText(const ExecInvocation& invocation);

/// Why a command was not run: shows exactly it and how it would be.
[[nodiscard]] std::string notApprovedText(const ExecInvocation& invocation);

/// The beginning of what a plugin printed on standard error, on one line, redacted: ": it said “…”". Empty
/// when there is nothing.
[[nodiscard]] std::string quoted(std::string_view standardError);

/// "the credential plugin of user “dev” in /home/x/.kube/config"
[[nodiscard]] std::string pluginOf(const ContextTarget& target);

} // namespace glacis::cluster
