// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which rights of a role lead an attacker on, by what its rules allow and not by how they are spelt. Internal
// to attack/.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <access/access.h>

namespace glacis::attack {

enum class Right : std::uint8_t {
    Everything, ///< every verb on every resource
    ReadSecrets,
    CreateSecrets, ///< with ReadSecrets: a token Secret for any ServiceAccount
    Exec, ///< a command in a running pod
    ExecByGet, ///< the same by "get" alone: a WebSocket begins with GET
    Attach, ///< to the standard input of what runs there
    AttachByGet,
    CreateWorkload, ///< a pod, by itself or through a controller
    ReadSpecs ///< pod templates of one kind
};

struct RoleRight {
    Right right = Right::Everything;
    inventory::Kind kind = inventory::Kind::Pod; ///< ReadSpecs
    std::uint32_t rule = 0; ///< of ResolvedRole::rules: the first that gives it
    std::vector<Str> names; ///< limited to these; empty: all
    std::string evidence; ///< "get, list secrets"
};

/// Each right once for "all", and once for every rule that limits it to names.
[[nodiscard]] std::vector<RoleRight> rightsOf(const access::ResolvedRole& role);

/// "clusterrolebinding/rdkalv", "rolebinding/shop/readers": how break options name a binding.
[[nodiscard]] std::string targetOf(const access::ResolvedBinding& binding, std::string_view name);

} // namespace glacis::attack
