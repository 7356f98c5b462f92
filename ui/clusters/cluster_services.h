// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the window asks of the rooms that know kubeconfig files and clusters. Filled where the program starts;
// tests fill in their own. What is unset is not offered.
//
// Called on worker threads where it says so; everything else on the GUI thread and quick.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <base/result.h>
#include <base/stop_token.h>
#include <cluster/connection.h>
#include <cluster/exec_plugin.h>
#include <cluster/kubeconfig.h>
#include <cluster/scanner_role.h>
#include <cluster/transport.h>
#include <workspace/source_request.h>

namespace glacis::ui {

/// Choices of the Settings page that connections heed.
struct ConnectionSettings {
    std::vector<std::string> pluginFolders; ///< searched before the login shell's PATH
    std::string extraCaFile; ///< PEM; empty: none
    bool askLoginShell = true;
};

struct ClusterServices {
    using Told = std::function<void(const cluster::ConnectionReport&)>;

    // ---- files; worker threads; nobody is contacted
    std::function<std::vector<cluster::KubeconfigSet>(const cluster::KubeconfigSources&)> load;
    std::function<std::vector<std::string>(const cluster::KubeconfigSources&)> paths; ///< to watch
    std::function<std::string(const cluster::UserEntry&)> identityKind;
    /// When the client certificate ends, seconds since 1970; may read its file.
    std::function<std::optional<std::int64_t>(const cluster::UserEntry&)> certificateExpiry;
    /// Why the context cannot be used; empty: it can.
    std::function<std::string(const cluster::KubeconfigSet&, const cluster::Context&)> problem;
    /// Insecure settings, a sentence each.
    std::function<std::vector<std::string>(const cluster::KubeconfigSet&, const cluster::Context&)> remarks;

    // ---- connections
    std::function<std::vector<cluster::TestStep>()> testSteps;
    /// Worker thread; `told` is called on it.
    std::function<cluster::ConnectionReport(const workspace::ContextRequest&, const StopToken&, const Told&)>
        testConnection;
    std::function<std::vector<cluster::Contact>()> contacts; ///< since the program started
    /// Told at the start and whenever one changes.
    std::function<void(const ConnectionSettings&)> settingsChanged;

    // ---- the scanner's role
    std::function<std::vector<cluster::RolePart>()> roleParts;
    std::function<Result<std::string>(const cluster::RoleOptions&)> scannerRole;

    // ---- approvals of credential plugins
    std::function<std::vector<cluster::ExecInvocation>()> approvals;
    std::function<Result<void>(const cluster::ExecInvocation&)> approve, revoke;
    std::string approvalsFile; ///< where they are kept
    std::string approvalsProblem; ///< why that file could not be read; empty: fine

    [[nodiscard]] bool connects() const { return load && testConnection; }
};

} // namespace glacis::ui
