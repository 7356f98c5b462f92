// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Credential plugins (client.authentication.k8s.io/v1, v1beta1): programs that a kubeconfig names. A program
// runs only after a person approved exactly it: absolute path, arguments, added variables and the hash of the
// file. It is started without a shell, with a time limit and a cap on what it may print, in a process group
// of its own that ends as a whole.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <base/result.h>
#include <base/stop_token.h>
#include <cluster/environment.h>
#include <cluster/kubeconfig.h>
#include <cluster/wiped.h>

namespace glacis::cluster {

/// Exactly what would run: what an approval is given for and what the dialog shows.
struct ExecInvocation {
    std::string program; ///< absolute path, links resolved
    std::string invokedAs; ///< argv[0]: the path as found; a program of many names acts by it (snap, mise)
    std::vector<std::string> args;
    std::vector<std::pair<std::string, std::string>> env; ///< added to the process's own
    std::string sha256; ///< of the file, 64 hex digits
    std::string foundIn; ///< how: "absolute path", "PATH", "settings", "login shell", "known folder"
    std::string kubeconfig; ///< file that names it
    std::string user; ///< entry in that file
    std::string server; ///< that would receive the credential
    friend bool operator==(const ExecInvocation&, const ExecInvocation&) = default;
};

enum class ExecVerdict : std::uint8_t { Run, Refuse };

/// Shown while a plugin runs.
struct ExecProgress {
    std::string standardError; ///< last 16 KiB, control characters removed: device codes stand here
    std::chrono::milliseconds running {};
    bool waitsForSignIn = false; ///< runs longer than 20 s
    bool interactive = false; ///< it holds the terminal: nothing else may be written there
    bool ended = false; ///< the last report of this run
};

class ExecApprovals;

struct ExecOptions {
    /// Commands that need no question. Unset: none.
    std::shared_ptr<const ExecApprovals> approvals;
    /// Asked on the calling thread of CredentialSource::current() before each run that is not approved
    /// already; may block (a dialog on another thread). Unset: refuse.
    std::function<ExecVerdict(const ExecInvocation&, const StopToken&)> approve;
    std::function<void(const ExecProgress&)> progress; ///< at most every 250 ms, from the calling thread
    std::vector<std::string> searchFolders; ///< from the settings, before the login shell's PATH
    bool askLoginShell = true; ///< run `$SHELL -l` once, lazily, for its PATH (15 s, cached)
    bool terminal = false; ///< standard input is a terminal: interactive is possible
    std::chrono::seconds limit { 300 };
    std::chrono::milliseconds loginShellLimit { 15'000 };
    /// Seconds since 1970 UTC, for expiry and reading again. Unset: the system's clock.
    std::function<std::int64_t()> clock;
    Environment environment;
};

/// What `options` take for now.
[[nodiscard]] std::int64_t secondsNow(const ExecOptions& options);

/// Finds the program and computes what would run, without running it. The message of a failure carries the
/// install hint and where was looked.
[[nodiscard]] Result<ExecInvocation> planExec(
    const ContextTarget& target, const ExecOptions& options, const StopToken& stop);

/// The login shell is asked once in a process, and a failure is kept, too: asks anew when needed next.
void forgetLoginShell();

struct ExecAnswer {
    Wiped token;
    std::string certificatePem;
    Wiped keyPem;
    std::optional<std::int64_t> expires; ///< seconds since 1970 UTC
};

/// Runs it (no question asked here: the caller has approved) and reads the ExecCredential. Blocking; ends
/// within a second of `stop` ("cancelled"). The hash is computed again just before the start; a changed file
/// is refused.
[[nodiscard]] Result<ExecAnswer> runExec(const ExecInvocation& invocation, const ContextTarget& target,
    const ExecOptions& options, const StopToken& stop);

/// Approvals of a person, kept in a file (0600) of the app's own data folder. Any thread. An approval holds
/// for the same program, argv[0], arguments, variables and hash, named by the same kubeconfig for the same
/// server: a foreign kubeconfig could else have an approved command's credential sent to its own server.
/// Arguments and variables that look like secrets are kept redacted, with a salted digest to compare.
class ExecApprovals {
public:
    explicit ExecApprovals(
        std::string file); ///< need not exist; a broken one counts as empty and is reported
    ~ExecApprovals();
    [[nodiscard]] bool isApproved(const ExecInvocation& invocation) const;
    [[nodiscard]] Result<void> approve(const ExecInvocation& invocation);
    [[nodiscard]] Result<void> revoke(const ExecInvocation& invocation);
    [[nodiscard]] std::vector<ExecInvocation> all() const;
    [[nodiscard]] const std::string& problem() const; ///< why the file could not be read; empty: fine

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace glacis::cluster
