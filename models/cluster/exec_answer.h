// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The two ExecCredential texts of the plugin contract (client-go rest/exec.go and
// plugin/pkg/client/auth/exec): what the plugin is told, and what it answers.
#pragma once

#include <string>

#include <base/result.h>
#include <cluster/exec_plugin.h>
#include <cluster/wiped.h>

namespace glacis::cluster {

/// KUBERNETES_EXEC_INFO. Reads the CA file when the plugin is to be told of the cluster.
[[nodiscard]] Result<std::string> execInfo(const ContextTarget& target, bool interactive);

/// Reads an answer: at most 1 MiB, depth 32. The error says what is wrong with it, as the end of a sentence
/// about the plugin, and quotes nothing of it but apiVersion and kind.
[[nodiscard]] Result<ExecAnswer> readExecAnswer(
    const Wiped& text, const std::string& apiVersion, std::int64_t now);

} // namespace glacis::cluster
