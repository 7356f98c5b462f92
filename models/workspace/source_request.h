// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What can be opened: files, a snapshot, a practice cluster, or a context of a kubeconfig.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <inventory/coverage.h>

namespace glacis::workspace {

/// A context and how it is to be read.
struct ContextRequest {
    std::string set {}; ///< KubeconfigSet::id
    std::string context {}; ///< its name; empty: the current one
    std::vector<std::string> kubeconfigs {}; ///< --kubeconfig: instead of KUBECONFIG and home
    std::vector<std::string> namespaces {}; ///< to ask in, where namespaces may not be listed
    bool secretsInManyNamespaces = false; ///< ask for names of Secrets in more than 500 namespaces too
};

/// What to load. One of paths, snapshot, practice cluster and context.
struct SourceRequest {
    std::vector<std::string> paths;
    std::string snapshot;
    std::vector<std::string> facts;
    std::string policy; ///< file; empty: no policy
    std::optional<inventory::Scope> scope;
    std::string practice {}; ///< name of a practice cluster
    std::optional<ContextRequest> cluster {};
    [[nodiscard]] bool empty() const
    {
        return paths.empty() && snapshot.empty() && practice.empty() && !cluster;
    }
};

/// Do both name the same source? How it is read and judged does not count.
[[nodiscard]] bool sameSource(const SourceRequest& a, const SourceRequest& b);

} // namespace glacis::workspace
