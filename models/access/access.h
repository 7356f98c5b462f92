// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// RBAC as Kubernetes evaluates it: subject → rules, with implicit groups, aggregation, resourceNames and the
// built-in bootstrap roles (assumed when a binding names one that the source does not hold). RBAC only
// allows: "no" means denied by RBAC, another authorizer may still say yes.
//
//     Access access(inventory);
//     auto grants = access.grantsOf(Subject::serviceAccount("shop", "web"));
//     if (access.allows(subject, {.verb = "list", .resource = "secrets", .ns = "shop"})) ...
//
// Immutable after construction; any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <inventory/inventory.h>

namespace glacis::access {

using inventory::Inventory;
using inventory::ObjectId;
using Rule = inventory::PolicyRuleRbac;

/// A question to RBAC. ns empty: cluster-wide. url not empty: a non-resource request.
struct Request {
    std::string verb = {};
    std::string group = {}; ///< "" is core
    std::string resource = {}; ///< plural: "pods"
    std::string subresource = {}; ///< "exec"
    std::string ns = {};
    std::string name = {};
    std::string url = {};
};

/// Does this one rule allow the request? (A1.8–11; scope of the binding is not looked at here.)
[[nodiscard]] bool ruleAllows(const Rule& rule, const Request& request);
/// Could the rule allow one of the verbs on group/resource[/subresource] for ANY name? Semantic, wildcards
/// included.
[[nodiscard]] bool ruleAllowsAnyName(const Rule& rule, std::string_view verb, std::string_view group,
    std::string_view resource, std::string_view subresource = {});
/// As above, but a rule limited by resourceNames counts too.
[[nodiscard]] bool ruleMentions(const Rule& rule, std::string_view verb, std::string_view group,
    std::string_view resource, std::string_view subresource = {});
/// Every verb on every resource of every group, without names (resources part of cluster-admin).
[[nodiscard]] bool ruleIsEverything(const Rule& rule);
/// A1.15: is every atom of `wanted` covered by one rule of `held`?
[[nodiscard]] bool covers(const std::vector<Rule>& held, const std::vector<Rule>& wanted);

struct Identity {
    enum class Kind : std::uint8_t { User, Group, ServiceAccount };
    Kind kind = Kind::User;
    std::string ns; ///< ServiceAccount only
    std::string name;
    [[nodiscard]] static Identity user(std::string_view name);
    [[nodiscard]] static Identity group(std::string_view name);
    [[nodiscard]] static Identity serviceAccount(std::string_view ns, std::string_view name);
    friend auto operator<=>(const Identity&, const Identity&) = default;
};

/// A role as bindings see it: rules after aggregation, from the source or assumed from the bootstrap table.
struct ResolvedRole {
    ObjectId object; ///< the Role or ClusterRole; NoObject when assumed
    bool clusterRole = false;
    bool bootstrap
        = false; ///< one of Kubernetes' own default roles (by name in the table or the bootstrapping label)
    bool assumed = false; ///< rules come from the built-in table
    std::string ns, name;
    std::vector<Rule> rules; ///< after aggregation
    /// For each of rules: index in the object's own rules, or -1 when it came by aggregation.
    std::vector<int> sourceRule;
    /// For each of rules: the role object whose own rules hold it; object is NoObject for the built-in table.
    struct Origin {
        ObjectId object;
        std::uint32_t index = 0;
    };
    std::vector<Origin> origins;
    bool incomplete = false; ///< aggregation was cut at its cap: rules may lack some
};

struct ResolvedBinding {
    const inventory::RoleBinding* binding = nullptr;
    ObjectId object;
    bool cluster = false; ///< ClusterRoleBinding
    std::string ns; ///< of a RoleBinding
    const ResolvedRole* role = nullptr; ///< nullptr: dangling
};

/// One rule that a subject holds, with the chain that grants it.
struct Grant {
    const ResolvedBinding* binding = nullptr;
    std::uint32_t rule = 0; ///< index into binding->role->rules
    std::string_view scope; ///< namespace, or "" for the whole cluster
};

class Access {
public:
    explicit Access(const Inventory& inventory);
    ~Access();
    Access(const Access&) = delete;
    Access& operator=(const Access&) = delete;

    [[nodiscard]] const std::vector<ResolvedBinding>& bindings() const;
    [[nodiscard]] const std::vector<ResolvedRole>& roles() const; ///< of the source first, then assumed ones
    [[nodiscard]] const ResolvedRole* role(ObjectId object) const;
    /// The role that a roleRef means: Role in namespace ns, ClusterRole anywhere. nullptr when there is none.
    [[nodiscard]] const ResolvedRole* roleByName(
        bool clusterRole, std::string_view ns, std::string_view name) const;
    [[nodiscard]] bool isBound(
        const ResolvedRole& role) const; ///< some binding with at least one subject names it

    /// Every group that the identity has by being what it is (A1.5).
    [[nodiscard]] static std::vector<std::string> implicitGroups(const Identity& identity);
    /// Does the binding's subject mean this identity (directly, or by one of the groups)?
    [[nodiscard]] static bool subjectMatches(const inventory::Subject& subject, std::string_view bindingNs,
        const Identity& identity, const std::vector<std::string>& groups);

    [[nodiscard]] std::vector<Grant> grantsOf(
        const Identity& identity, const std::vector<std::string>& extraGroups = {}) const;
    [[nodiscard]] std::vector<const ResolvedBinding*> bindingsOf(
        const Identity& identity, const std::vector<std::string>& extraGroups = {}) const;
    /// The first grant that allows it, cluster bindings first.
    [[nodiscard]] std::optional<Grant> allows(const Identity& identity, const Request& request,
        const std::vector<std::string>& extraGroups = {}) const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// A subject that Kubernetes itself ships and binds: system:masters, system:kube-*, system:node*, the
/// ServiceAccounts of kube-system controllers. Not: system:anonymous, system:unauthenticated,
/// system:authenticated, system:serviceaccounts.
[[nodiscard]] bool isSystemSubject(const inventory::Subject& subject, std::string_view bindingNs);

} // namespace glacis::access
