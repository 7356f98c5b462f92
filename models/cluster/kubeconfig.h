// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Kubeconfig files as values: read, merged and checked as client-go does it (tools/clientcmd loader.go,
// merge.go, validation.go), never written.
//
//     auto all = loadKubeconfigs({}, Environment::ofProcess());
//     for (const KubeconfigSet& set : all) for (const Context& context : set.contexts) ...
//     auto target = resolveContext(set, "prod");     // what a connection needs, or why it cannot be
//
// The usual files (explicit ones, else KUBECONFIG, else ~/.kube/config) merge into one set; each file that a
// person added stands for itself, since kubeadm calls every cluster "kubernetes" and merging would drop all
// but the first.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <base/result.h>
#include <cluster/environment.h>
#include <cluster/wiped.h>
#include <inventory/coverage.h>

namespace glacis::cluster {

struct KubeconfigSources {
    std::vector<std::string>
        files {}; ///< --kubeconfig: instead of KUBECONFIG and home; one that is missing is an error
    bool usual = true; ///< read `files`, KUBECONFIG or home at all
    std::vector<std::string> added {}; ///< files and folders from the settings, each file a set of its own
};

struct KubeconfigFile {
    enum class State : std::uint8_t { Read, Missing, Broken };
    std::string path; ///< absolute
    State state = State::Read;
    std::string error; ///< one sentence, when Broken or unreadable
    bool readableByOthers = false; ///< group or others may read it (POSIX mode; false on Windows)
    bool outsideHome = false; ///< not below ~/.kube: shown before anything in it is used
};

/// Where an entry stands.
struct Place {
    std::uint32_t file = 0; ///< index into KubeconfigSet::files
    std::uint32_t line = 0; ///< 1-based
};

struct ClusterEntry {
    std::string name;
    Place place;
    std::string server; ///< as written
    std::string tlsServerName;
    bool insecureSkipTlsVerify = false;
    std::string certificateAuthority; ///< absolute path; empty: none
    std::optional<std::string> certificateAuthorityData; ///< decoded PEM
    std::string proxyUrl;
    bool disableCompression = false;
    std::string execExtension; ///< JSON of extension client.authentication.k8s.io/exec; empty: none
};

enum class InteractiveMode : std::uint8_t { Never, IfAvailable, Always };

/// users[].user.exec
struct ExecSpec {
    std::string apiVersion; ///< client.authentication.k8s.io/v1 or v1beta1, else an error on connecting
    std::string command; ///< absolute when it contained the system's separator; else a name to look up
    std::vector<std::string> args;
    std::vector<std::pair<std::string, std::string>> env;
    std::string installHint; ///< without control characters
    bool provideClusterInfo = false;
    std::optional<InteractiveMode> interactiveMode;
    std::string unknownInteractiveMode {}; ///< as written, when it is none of the three
};

struct UserEntry {
    std::string name;
    Place place;
    std::string clientCertificate, clientKey; ///< absolute paths
    std::optional<std::string> clientCertificateData; ///< decoded PEM
    std::optional<Wiped> clientKeyData; ///< decoded PEM
    Wiped token;
    std::string tokenFile; ///< absolute; wins over token
    std::string username;
    Wiped password;
    std::string impersonate, impersonateUid;
    std::vector<std::string> impersonateGroups;
    std::vector<std::pair<std::string, std::vector<std::string>>> impersonateExtra;
    std::string authProvider; ///< its name: gcp, azure, oidc
    std::optional<ExecSpec> exec;
};

struct Context {
    std::string name;
    Place place;
    std::string cluster, user;
    std::string ns; ///< empty: "default"
};

/// A whole entry that an earlier file of the same name hides.
struct ShadowedEntry {
    std::string what; ///< "cluster", "user", "context", "current-context"
    std::string name;
    Place winner, hidden;
};

struct KubeconfigSet {
    std::string id; ///< "usual", or the added file's path: stable between runs
    std::vector<KubeconfigFile> files;
    std::vector<ClusterEntry> clusters;
    std::vector<UserEntry> users;
    std::vector<Context> contexts; ///< in the order of files and lines
    std::string currentContext;
    std::vector<ShadowedEntry> shadowed;
    std::vector<inventory::Diagnostic> diagnostics; ///< errors per file, warnings per entry

    [[nodiscard]] const ClusterEntry* cluster(std::string_view name) const;
    [[nodiscard]] const UserEntry* user(std::string_view name) const;
    [[nodiscard]] const Context* context(std::string_view name) const;
};

/// Reads everything that `sources` names; a broken file costs itself only. The usual set comes first (also
/// when it is empty), then added files by path. Blocking, any thread. Caps: 5 MiB a file, depth 64.
[[nodiscard]] std::vector<KubeconfigSet> loadKubeconfigs(
    const KubeconfigSources& sources, const Environment& environment);

/// One text as one set; for tests and previews. `path` need not exist; relative paths inside start at its
/// folder.
[[nodiscard]] KubeconfigSet readKubeconfig(std::string_view text, const std::string& path);

/// Paths that the sources name whether they exist or not, and their folders: what to watch for changes.
[[nodiscard]] std::vector<std::string> kubeconfigPaths(
    const KubeconfigSources& sources, const Environment& environment);

/// What a connection is made of: one context, validated as client-go's ConfirmUsable does it, defaults filled
/// in.
struct ContextTarget {
    std::string set, context; ///< KubeconfigSet::id, name
    ClusterEntry cluster;
    UserEntry user; ///< of an http:// server without credentials: client-go does not even load them
    std::string ns = "default";
    std::string file; ///< of the context
    std::vector<KubeconfigFile> files; ///< of the set: Place::file of cluster and user counts in them
    std::vector<ShadowedEntry> shadowed; ///< those that hide or are this context, its cluster or its user

    /// Where the user stands: an entry may stand in another file than the context that names it.
    [[nodiscard]] const std::string& userFile() const
    {
        return user.place.file < files.size() ? files[user.place.file].path : file;
    }
};

/// `context` empty: the current context. Fails with one sentence that names the entry, the file and what was
/// expected; several faults are joined as client-go lists them.
[[nodiscard]] Result<ContextTarget> resolveContext(const KubeconfigSet& set, std::string_view context);
/// In the first set that has it; the message lists similar names when none has.
[[nodiscard]] Result<ContextTarget> resolveContext(
    const std::vector<KubeconfigSet>& sets, std::string_view context);

/// How a user identifies itself, in a word: "client certificate", "token", "token file", "basic",
/// "exec: aws", "auth provider: gcp", "none".
[[nodiscard]] std::string identityKind(const UserEntry& user);

} // namespace glacis::cluster
