// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Kubeconfig files as the Clusters page shows them: no secret is in here, everything is outside text.
#pragma once

#include <clusters/cluster_services.h>

namespace glacis::ui {

struct ContextFacts {
    std::string set, name; ///< KubeconfigSet::id, Context::name
    std::string cluster, user, ns; ///< ns empty: "default"
    std::string file;
    std::uint32_t line = 0;
    std::string server, tlsServerName, proxy;
    std::string authority; ///< path of the CA file; empty: see the next two
    bool authorityInFile = false, insecure = false; ///< neither: the system's roots
    std::string identity; ///< "exec: aws"
    std::string command, installHint; ///< of the credential plugin; empty: none
    std::vector<std::string> args, environment; ///< names of the variables that are added
    std::string impersonates;
    std::vector<std::string> files; ///< that it would read
    std::vector<std::string> remarks; ///< about insecure settings
    std::string problem; ///< why it cannot be used; empty: it can
    std::optional<std::int64_t> expires; ///< client certificate, seconds since 1970
    bool isCurrent = false; ///< current-context of its set
    bool outsideHome = false; ///< to be looked through before anything of it is used

    [[nodiscard]] std::string key() const; ///< see cluster_book.h
    /// Changes with whatever would be contacted, read or run.
    [[nodiscard]] std::string fingerprint() const;
};

struct FileFacts {
    std::string path;
    cluster::KubeconfigFile::State state = cluster::KubeconfigFile::State::Read;
    std::string error; ///< when it is broken
    std::vector<std::string> warnings; ///< readable by others, hidden entries, entries that make no sense
    std::size_t contexts = 0;
    bool outsideHome = false;
};

struct ContextListing {
    std::vector<FileFacts> files;
    std::vector<ContextFacts> contexts; ///< by set, in the order of files and lines
    [[nodiscard]] const ContextFacts* find(const std::string& key) const;
};

/// May read certificates' files: for a worker thread.
[[nodiscard]] ContextListing listingOf(
    const std::vector<cluster::KubeconfigSet>& sets, const ClusterServices& services);

} // namespace glacis::ui
