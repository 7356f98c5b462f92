// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The roles that every API server creates for itself, as of Kubernetes 1.34 with its default feature gates.
// Used where a binding names one that the source does not hold, and to tell Kubernetes' own roles and
// accounts from others'.
#pragma once

#include <string_view>
#include <vector>

#include <base/str.h>
#include <inventory/objects.h>

namespace glacis::access {

struct BootstrapRole {
    std::string_view name;
    std::string_view ns; ///< of a Role; empty: ClusterRole
    std::string_view aggregateTo; ///< "edit": carries the label rbac.authorization.k8s.io/aggregate-to-edit
    std::string_view aggregates; ///< "edit": its rules are those of the roles with that label
    std::vector<inventory::PolicyRuleRbac> rules; ///< own ones, strings in the pool given
};

/// The whole table, about 75 roles; takes some tens of microseconds.
[[nodiscard]] std::vector<BootstrapRole> bootstrapRoles(StringPool& strings);
/// Is there a bootstrap ClusterRole (ns empty) or Role of this name?
[[nodiscard]] bool isBootstrapRole(std::string_view ns, std::string_view name);
/// Is ServiceAccount kube-system/NAME one for which Kubernetes ships a role and a binding?
[[nodiscard]] bool isControllerAccount(std::string_view name);

} // namespace glacis::access
