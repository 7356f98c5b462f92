// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// kubectl's own rule about credential plugins (since 1.35): credentialPluginPolicy in a kuberc file. Whoever
// forbade a program to kubectl has forbidden it to us; an approval does not override it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <base/result.h>
#include <base/stop_token.h>
#include <cluster/environment.h>
#include <cluster/exec_plugin.h>
#include <cluster/program_lookup.h>

namespace glacis::cluster {

struct PluginPolicy {
    enum class Kind : std::uint8_t { AllowAll, DenyAll, Allowlist };
    Kind kind = Kind::AllowAll;
    std::vector<std::string> commands; ///< absolute paths, or names to look up
    std::string file; ///< that says so; empty: none
};

/// The file that KUBERC names, else .kube/kuberc of the home folder. KUBERC=off, KUBECTL_KUBERC=false and a
/// missing usual file allow all. Fails where the rule cannot be known: a file that is no YAML, another word
/// than AllowAll, DenyAll and Allowlist, an allowlist without entries or without its policy, a policy in a
/// version of the format that is not known here. Blocking, any thread.
[[nodiscard]] Result<PluginPolicy> readPluginPolicy(const Environment& environment);

/// Whether this program may run; the message continues "the credential plugin of … ".
[[nodiscard]] Result<void> permits(const PluginPolicy& policy, const FoundProgram& program,
    const ExecOptions& options, const StopToken& stop);

} // namespace glacis::cluster
