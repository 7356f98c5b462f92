// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The smallest ClusterRole that a scan needs, as YAML to hand to a cluster's owner. Made from the table of
// what the collector lists, so that the two cannot drift apart.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <base/result.h>

namespace glacis::cluster {

/// A part that is left out unless asked for, since it shows more than structure.
struct RolePart {
    std::string_view id; ///< "configmaps", "secret-metadata"
    std::string_view title; ///< what it grants, a few words
    std::string_view adds; ///< what the scan sees with it, one sentence
    std::string_view risk; ///< what whoever holds it could also do, one sentence
};
[[nodiscard]] std::span<const RolePart> roleParts();

struct RoleOptions {
    std::vector<std::string> with; ///< ids of parts
    bool binding = true; ///< ServiceAccount, ClusterRoleBinding and the lines for a short-lived token
    std::string ns = "glacis";
};
/// YAML documents with comments. Fails for an unknown part (the message lists the known ones).
[[nodiscard]] Result<std::string> scannerRole(const RoleOptions& options);

} // namespace glacis::cluster
