// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// From a context to an answer: opens what a scan or a test of the connection needs, in named steps that a
// person can follow. One Transport may serve many connections.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <base/result.h>
#include <base/stop_token.h>
#include <cluster/api_client.h>
#include <cluster/credential.h>
#include <cluster/kubeconfig.h>

namespace glacis::cluster {

struct ConnectionOptions {
    ExecOptions exec;
    std::string extraCaFile; ///< PEM; beside the system's roots where the kubeconfig names no CA
    std::function<void(const std::string&)> waiting; ///< see ApiClientOptions
};

/// Reads files (CA), contacts nobody.
[[nodiscard]] Result<std::unique_ptr<ApiClient>> openClient(
    Transport& transport, const ContextTarget& target, const ConnectionOptions& options);

struct TestStep {
    enum class State : std::uint8_t { Waiting, Running, Passed, Warned, Failed, Skipped };
    enum class Id : std::uint8_t {
        Kubeconfig, ///< context complete and consistent
        Credential, ///< files read, plugin run
        Connect, ///< name, connection, TLS: the server answered at all
        Version, ///< /version
        Identity, ///< who the server says we are
        Discovery, ///< resources served
        Rights, ///< what a scan would be allowed to read (a preview, never a gate)
    };
    Id id = Id::Kubeconfig;
    State state = State::Waiting;
    std::string what; ///< "Name, connection and certificate"
    std::string result; ///< one sentence: "Kubernetes v1.34.4", "The certificate is for …"; outside text
    std::string next; ///< what to do, when it failed
    std::string detail; ///< library's or server's words
    std::int64_t milliseconds = 0;
};

struct ConnectionReport {
    std::vector<TestStep> steps; ///< all, in order
    std::string serverVersion, provider, user; ///< what was learned
    std::vector<std::string> groups;
    std::vector<std::string> missingRights; ///< "list nodes"
    std::vector<std::string> excessRights; ///< that a scanner should not have: "get secrets", "create pods"
    std::vector<std::string> unknownRights; ///< of both kinds, where the server could not tell
    [[nodiscard]] bool connected() const; ///< Version passed
};

/// Blocking; `changed` is called with the whole report whenever a step began or ended, from the calling
/// thread. Each step is limited (5 s for the previews); a failed one skips those that need it.
[[nodiscard]] ConnectionReport testConnection(Transport& transport, const ContextTarget& target,
    const ConnectionOptions& options, const StopToken& stop,
    const std::function<void(const ConnectionReport&)>& changed);
/// The steps as they stand before a test.
[[nodiscard]] std::vector<TestStep> testSteps();

} // namespace glacis::cluster
