// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Roles are resolved once, bindings point at them, and an index leads from each subject's name to its
// bindings: a user name (ServiceAccounts by their full user name, as Kubernetes compares them) or a group.
// Each list is sorted by namespace, cluster bindings first, then by place in the source.
#include <access/access.h>

#include <algorithm>
#include <set>
#include <unordered_map>
#include <utility>

#include <access/aggregation.h>
#include <access/bootstrap_roles.h>
#include <base/hash.h>

namespace glacis::access {

using inventory::Kind;
using inventory::NoObject;

namespace {

    constexpr std::string_view AccountPrefix = "system:serviceaccount:";
    constexpr std::string_view AccountsGroup = "system:serviceaccounts";
    constexpr std::string_view AuthenticatedGroup = "system:authenticated";
    constexpr std::string_view UnauthenticatedGroup = "system:unauthenticated";

    bool startsWith(std::string_view text, std::string_view prefix)
    {
        return text.substr(0, prefix.size()) == prefix;
    }

    std::string accountUser(std::string_view ns, std::string_view name)
    {
        std::string user(AccountPrefix);
        user.append(ns).append(1, ':').append(name);
        return user;
    }

    /// What authenticates as this identity: a user name; empty for a group, which is not a user.
    std::string userName(const Identity& identity)
    {
        switch (identity.kind) {
        case Identity::Kind::User:
            return identity.name;
        case Identity::Kind::ServiceAccount:
            return accountUser(identity.ns, identity.name);
        case Identity::Kind::Group:
            break;
        }
        return {};
    }

    /// Key of the index: 'u' + user name or 'g' + group; empty when the subject can match nobody.
    std::string subjectKey(const inventory::Subject& subject, std::string_view bindingNs)
    {
        if (subject.kind == "User")
            return 'u' + subject.name.str();
        if (subject.kind == "Group")
            return 'g' + subject.name.str();
        if (subject.kind == "ServiceAccount") {
            const std::string_view ns = subject.ns.empty() ? bindingNs : subject.ns.view();
            if (!ns.empty())
                return 'u' + accountUser(ns, subject.name);
        }
        return {};
    }

    struct TextHash {
        std::size_t operator()(std::string_view text) const noexcept
        {
            return static_cast<std::size_t>(hash64(text, processSeed()));
        }
    };

    struct RoleKey {
        bool clusterRole = false;
        std::string_view ns, name;
        friend bool operator==(const RoleKey&, const RoleKey&) = default;
    };
    struct RoleKeyHash {
        std::size_t operator()(const RoleKey& key) const noexcept
        {
            return static_cast<std::size_t>(mixHash(hash64(key.name, processSeed()),
                hash64(key.ns, processSeed() + (key.clusterRole ? 1U : 0U))));
        }
    };

    bool hasBootstrappingLabel(const inventory::Object& object)
    {
        const Str* value = object.label("kubernetes.io/bootstrapping");
        return value && *value == "rbac-defaults";
    }

} // namespace

struct Access::State {
    struct Entry {
        std::uint32_t scope = 0; ///< 0 cluster, else 1 + index into namespaces
        std::uint32_t binding = 0;
        friend auto operator<=>(const Entry&, const Entry&) = default;
    };

    explicit State(const Inventory& inventory);

    void addSourceRoles(const Inventory& inventory);
    void indexRoles();
    void addAssumedRoles(const Inventory& inventory);
    void aggregate(const Inventory& inventory);
    void bind(const Inventory& inventory);
    void index();
    void addTableRole(std::size_t tableIndex);
    [[nodiscard]] const ResolvedRole* find(
        bool clusterRole, std::string_view ns, std::string_view name) const;
    [[nodiscard]] std::vector<std::uint32_t> bindingsOf(
        const Identity& identity, const std::vector<std::string>& groups, const std::string* scope) const;

    std::vector<ResolvedRole> roles;
    std::vector<ResolvedBinding> bindings;
    std::vector<bool> bound; ///< by role
    std::vector<std::uint32_t> roleOfObject; ///< by ObjectId
    std::unordered_map<RoleKey, std::uint32_t, RoleKeyHash> roleIndex; ///< views into roles' own strings
    std::unordered_map<std::string, std::vector<Entry>, TextHash> subjects;
    std::unordered_map<std::string_view, std::uint32_t, TextHash> namespaces; ///< name → scope

    // Filled only when an assumed role or an aggregation is there.
    StringPool strings;
    std::vector<BootstrapRole> table;
    std::vector<std::uint32_t> tableRole; ///< by table: index into roles or UINT32_MAX
    std::vector<inventory::KeyValues> tableLabels;
    std::vector<std::vector<inventory::LabelSelector>> tableSelectors;
};

Access::State::State(const Inventory& inventory)
{
    roleOfObject.assign(inventory.objects.size(), UINT32_MAX);
    addSourceRoles(inventory);
    addAssumedRoles(inventory);
    aggregate(inventory);
    bind(inventory);
    index();
}

void Access::State::addSourceRoles(const Inventory& inventory)
{
    roles.reserve(inventory.roles.size());
    for (const auto& source : inventory.roles) {
        const auto& object = inventory.object(source.id);
        ResolvedRole role;
        role.object = source.id;
        role.clusterRole = object.kind == Kind::ClusterRole;
        if (!role.clusterRole)
            role.ns = object.ns.str();
        role.name = object.name.str();
        role.bootstrap = hasBootstrappingLabel(object) || isBootstrapRole(role.ns, role.name);
        role.rules = source.rules;
        for (std::uint32_t i = 0; i < source.rules.size(); ++i) {
            role.sourceRule.push_back(static_cast<int>(i));
            role.origins.push_back({ source.id, i });
        }
        roleOfObject[source.id.value] = static_cast<std::uint32_t>(roles.size());
        roles.push_back(std::move(role));
    }
    indexRoles();
}

void Access::State::indexRoles()
{
    roleIndex.clear();
    for (std::uint32_t i = 0; i < roles.size(); ++i)
        roleIndex.insert_or_assign(RoleKey { roles[i].clusterRole, roles[i].ns, roles[i].name }, i);
}

const ResolvedRole* Access::State::find(bool clusterRole, std::string_view ns, std::string_view name) const
{
    const auto found = roleIndex.find(RoleKey { clusterRole, clusterRole ? std::string_view() : ns, name });
    return found == roleIndex.end() ? nullptr : &roles[found->second];
}

void Access::State::addTableRole(std::size_t tableIndex)
{
    const auto& entry = table[tableIndex];
    ResolvedRole role;
    role.object = NoObject;
    role.clusterRole = entry.ns.empty();
    role.bootstrap = true;
    role.assumed = true;
    role.ns = std::string(entry.ns);
    role.name = std::string(entry.name);
    role.rules = entry.rules;
    for (std::uint32_t i = 0; i < entry.rules.size(); ++i) {
        role.sourceRule.push_back(static_cast<int>(i));
        role.origins.push_back({ NoObject, i });
    }
    tableRole[tableIndex] = static_cast<std::uint32_t>(roles.size());
    roles.push_back(std::move(role));
}

void Access::State::addAssumedRoles(const Inventory& inventory)
{
    std::set<std::pair<std::string_view, std::string_view>> missing; // namespace and name
    for (const auto& binding : inventory.bindings) {
        const auto& object = inventory.object(binding.id);
        const bool clusterRole = binding.roleKind == "ClusterRole";
        const std::string_view ns = clusterRole ? std::string_view() : object.ns.view();
        const bool readable = clusterRole || (binding.roleKind == "Role" && !ns.empty());
        if (readable && isBootstrapRole(ns, binding.roleName) && !find(clusterRole, ns, binding.roleName))
            missing.emplace(ns, binding.roleName);
    }
    const bool aggregates = std::any_of(inventory.roles.begin(), inventory.roles.end(),
        [](const inventory::Role& role) { return !role.aggregation.empty() && role.rules.empty(); });
    if (missing.empty() && !aggregates)
        return;
    table = bootstrapRoles(strings);
    tableRole.assign(table.size(), UINT32_MAX);
    // In the order of the table, so that the result does not depend on the order of bindings.
    for (std::size_t i = 0; i < table.size(); ++i) {
        if (missing.contains({ table[i].ns, table[i].name }))
            addTableRole(i);
    }
    indexRoles();
}

void Access::State::aggregate(const Inventory& inventory)
{
    if (table.empty())
        return;
    std::vector<AggregationMember> members;
    std::vector<std::uint32_t> roleOfMember;
    for (const auto& source : inventory.roles) {
        const auto& object = inventory.object(source.id);
        if (object.kind != Kind::ClusterRole)
            continue;
        members.push_back({ object.name, source.id, &source.rules, &object.labels, &source.aggregation });
        roleOfMember.push_back(roleOfObject[source.id.value]);
    }
    // Kubernetes' own roles are there to be selected too, except where the whole cluster was read and lacks
    // one.
    const bool whole = inventory.source.scope == inventory::Scope::Cluster
        && inventory.coverage.isRead(Kind::ClusterRole) && !roles.empty() && !roles.back().assumed;
    tableLabels.resize(table.size());
    tableSelectors.resize(table.size());
    for (std::size_t i = 0; i < table.size(); ++i) {
        const auto& entry = table[i];
        const bool assumed = tableRole[i] != UINT32_MAX;
        if (!entry.ns.empty() || (!assumed && (whole || find(true, {}, entry.name))))
            continue;
        const auto label = [&](std::string_view to) {
            return inventory::KeyValue { strings.intern(
                                             "rbac.authorization.k8s.io/aggregate-to-" + std::string(to)),
                strings.intern("true") };
        };
        tableLabels[i].push_back(
            { strings.intern("kubernetes.io/bootstrapping"), strings.intern("rbac-defaults") });
        if (!entry.aggregateTo.empty())
            tableLabels[i].push_back(label(entry.aggregateTo));
        if (!entry.aggregates.empty())
            tableSelectors[i].push_back(
                { .present = true, .matchLabels = { label(entry.aggregates) }, .expressions = {} });
        members.push_back(
            { strings.intern(entry.name), NoObject, &entry.rules, &tableLabels[i], &tableSelectors[i] });
        roleOfMember.push_back(tableRole[i]);
    }
    Aggregation aggregation(std::move(members));
    for (std::uint32_t i = 0; i < aggregation.size(); ++i) {
        const auto& member = aggregation.member(i);
        if (roleOfMember[i] == UINT32_MAX || !member.rules->empty() || member.selectors->empty())
            continue;
        const auto picked = aggregation.resolve(i);
        auto& role = roles[roleOfMember[i]];
        role.incomplete = picked.incomplete;
        for (const auto& pick : picked.rules) {
            const auto& from = aggregation.member(pick.member);
            role.rules.push_back((*from.rules)[pick.rule]);
            role.sourceRule.push_back(-1);
            role.origins.push_back({ from.object, pick.rule });
        }
    }
}

void Access::State::bind(const Inventory& inventory)
{
    bound.assign(roles.size(), false);
    bindings.reserve(inventory.bindings.size());
    for (const auto& source : inventory.bindings) {
        const auto& object = inventory.object(source.id);
        ResolvedBinding binding;
        binding.binding = &source;
        binding.object = source.id;
        binding.cluster = object.kind == Kind::ClusterRoleBinding;
        if (!binding.cluster)
            binding.ns = object.ns.str();
        if (source.roleKind == "ClusterRole")
            binding.role = find(true, {}, source.roleName);
        else if (source.roleKind == "Role" && !binding.cluster)
            binding.role = find(false, binding.ns, source.roleName);
        if (binding.role && !source.subjects.empty())
            bound[static_cast<std::size_t>(binding.role - roles.data())] = true;
        bindings.push_back(std::move(binding));
    }
}

void Access::State::index()
{
    for (std::uint32_t i = 0; i < bindings.size(); ++i) {
        const auto& binding = bindings[i];
        std::uint32_t scope = 0;
        if (!binding.cluster)
            scope = namespaces.try_emplace(binding.ns, static_cast<std::uint32_t>(namespaces.size()) + 1)
                        .first->second;
        for (const auto& subject : binding.binding->subjects) {
            auto key = subjectKey(subject, binding.ns);
            if (!key.empty())
                subjects[std::move(key)].push_back({ scope, i });
        }
    }
    for (auto& [key, entries] : subjects) {
        std::sort(entries.begin(), entries.end());
        entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
        entries.shrink_to_fit();
    }
}

/// Cluster bindings first, each group in source order. scope null: everywhere; "": cluster bindings only.
std::vector<std::uint32_t> Access::State::bindingsOf(
    const Identity& identity, const std::vector<std::string>& groups, const std::string* scope) const
{
    std::vector<std::string> keys;
    if (identity.kind != Identity::Kind::Group)
        keys.push_back('u' + userName(identity));
    for (const auto& group : groups)
        keys.push_back('g' + group);
    std::uint32_t wanted = 0;
    if (scope && !scope->empty()) {
        const auto found = namespaces.find(*scope);
        wanted = found == namespaces.end() ? 0 : found->second;
    }
    std::vector<std::uint32_t> cluster, namespaced;
    for (const auto& key : keys) {
        const auto found = subjects.find(key);
        if (found == subjects.end())
            continue;
        const auto& entries = found->second;
        const auto firstNamespaced = std::lower_bound(entries.begin(), entries.end(), Entry { 1, 0 });
        for (auto entry = entries.begin(); entry != firstNamespaced; ++entry)
            cluster.push_back(entry->binding);
        if (scope && wanted == 0)
            continue;
        const auto from
            = scope ? std::lower_bound(entries.begin(), entries.end(), Entry { wanted, 0 }) : firstNamespaced;
        const auto to
            = scope ? std::lower_bound(from, entries.end(), Entry { wanted + 1, 0 }) : entries.end();
        for (auto entry = from; entry != to; ++entry)
            namespaced.push_back(entry->binding);
    }
    for (auto* list : { &cluster, &namespaced }) {
        std::sort(list->begin(), list->end());
        list->erase(std::unique(list->begin(), list->end()), list->end());
    }
    cluster.insert(cluster.end(), namespaced.begin(), namespaced.end());
    return cluster;
}

// ---- identities

Identity Identity::user(std::string_view name) { return { Kind::User, {}, std::string(name) }; }
Identity Identity::group(std::string_view name) { return { Kind::Group, {}, std::string(name) }; }
Identity Identity::serviceAccount(std::string_view ns, std::string_view name)
{
    return { Kind::ServiceAccount, std::string(ns), std::string(name) };
}

std::vector<std::string> Access::implicitGroups(const Identity& identity)
{
    const std::string authenticated(AuthenticatedGroup);
    switch (identity.kind) {
    case Identity::Kind::ServiceAccount:
        return { std::string(AccountsGroup), std::string(AccountsGroup) + ':' + identity.ns, authenticated };
    case Identity::Kind::User:
        if (identity.name == "system:anonymous")
            return { std::string(UnauthenticatedGroup) };
        if (startsWith(identity.name, "system:node:"))
            return { "system:nodes", authenticated };
        return { authenticated };
    case Identity::Kind::Group:
        break;
    }
    // A member of the group, of whom nothing else is known.
    std::vector<std::string> groups { identity.name };
    if (identity.name == UnauthenticatedGroup || identity.name == AuthenticatedGroup)
        return groups;
    if (startsWith(identity.name, std::string(AccountsGroup) + ':'))
        groups.emplace_back(AccountsGroup);
    groups.push_back(authenticated);
    return groups;
}

bool Access::subjectMatches(const inventory::Subject& subject, std::string_view bindingNs,
    const Identity& identity, const std::vector<std::string>& groups)
{
    if (subject.kind == "Group")
        return (identity.kind == Identity::Kind::Group && subject.name == std::string_view(identity.name))
            || std::any_of(groups.begin(), groups.end(),
                [&](const std::string& group) { return subject.name == std::string_view(group); });
    if (identity.kind == Identity::Kind::Group)
        return false;
    const auto key = subjectKey(subject, bindingNs);
    return !key.empty() && std::string_view(key).substr(1) == userName(identity);
}

// ---- questions

Access::Access(const Inventory& inventory)
    : m_state(std::make_unique<State>(inventory))
{
}
Access::~Access() = default;

const std::vector<ResolvedBinding>& Access::bindings() const { return m_state->bindings; }
const std::vector<ResolvedRole>& Access::roles() const { return m_state->roles; }

const ResolvedRole* Access::role(ObjectId object) const
{
    if (!object.valid() || object.value >= m_state->roleOfObject.size())
        return nullptr;
    const auto index = m_state->roleOfObject[object.value];
    return index == UINT32_MAX ? nullptr : &m_state->roles[index];
}

const ResolvedRole* Access::roleByName(bool clusterRole, std::string_view ns, std::string_view name) const
{
    return m_state->find(clusterRole, ns, name);
}

bool Access::isBound(const ResolvedRole& role) const
{
    return m_state->bound[static_cast<std::size_t>(&role - m_state->roles.data())];
}

namespace {
    std::vector<std::string> allGroups(const Identity& identity, const std::vector<std::string>& extra)
    {
        auto groups = Access::implicitGroups(identity);
        groups.insert(groups.end(), extra.begin(), extra.end());
        return groups;
    }
}

std::vector<const ResolvedBinding*> Access::bindingsOf(
    const Identity& identity, const std::vector<std::string>& extraGroups) const
{
    std::vector<const ResolvedBinding*> out;
    for (const auto index : m_state->bindingsOf(identity, allGroups(identity, extraGroups), nullptr))
        out.push_back(&m_state->bindings[index]);
    return out;
}

std::vector<Grant> Access::grantsOf(
    const Identity& identity, const std::vector<std::string>& extraGroups) const
{
    std::vector<Grant> grants;
    for (const auto* binding : bindingsOf(identity, extraGroups)) {
        if (!binding->role)
            continue;
        for (std::uint32_t rule = 0; rule < binding->role->rules.size(); ++rule)
            grants.push_back({ binding, rule, binding->ns });
    }
    return grants;
}

std::optional<Grant> Access::allows(
    const Identity& identity, const Request& request, const std::vector<std::string>& extraGroups) const
{
    // RoleBindings are never asked about URLs and cluster-wide requests.
    const std::string scope = request.url.empty() ? request.ns : std::string();
    for (const auto index : m_state->bindingsOf(identity, allGroups(identity, extraGroups), &scope)) {
        const auto& binding = m_state->bindings[index];
        if (!binding.role)
            continue;
        const auto& rules = binding.role->rules;
        const auto found = std::find_if(
            rules.begin(), rules.end(), [&](const Rule& rule) { return ruleAllows(rule, request); });
        if (found != rules.end())
            return Grant { &binding, static_cast<std::uint32_t>(found - rules.begin()), binding.ns };
    }
    return std::nullopt;
}

// ---- Kubernetes' own subjects

bool isSystemSubject(const inventory::Subject& subject, std::string_view bindingNs)
{
    const std::string_view name = subject.name;
    const auto isOneOf = [name](std::initializer_list<std::string_view> known) {
        return std::find(known.begin(), known.end(), name) != known.end();
    };
    if (subject.kind == "Group")
        return isOneOf({ "system:masters", "system:nodes", "system:bootstrappers", "system:monitoring",
                   "kubeadm:cluster-admins" })
            || startsWith(name, "system:bootstrappers:");
    if (subject.kind == "ServiceAccount") {
        const std::string_view ns = subject.ns.empty() ? bindingNs : subject.ns.view();
        return ns == "kube-system" && isControllerAccount(name);
    }
    if (subject.kind != "User")
        return false;
    constexpr std::string_view kubeSystemAccount = "system:serviceaccount:kube-system:";
    if (startsWith(name, kubeSystemAccount))
        return isControllerAccount(name.substr(kubeSystemAccount.size()));
    return startsWith(name, "system:node:")
        || isOneOf({ "system:apiserver", "system:kube-apiserver", "system:kube-aggregator",
            "system:kube-controller-manager", "system:kube-proxy", "system:kube-scheduler" });
}

} // namespace glacis::access
