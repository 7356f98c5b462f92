// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Small clusters of roles and bindings, written in code:
//
//     RbacBuilder b;
//     b.clusterRole("reader", { b.rule("get,list", "", "secrets") });
//     b.clusterRoleBinding("readers", "reader", { b.user("jane") });
//     const auto inventory = b.build();
#pragma once

#include <ctime>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <access/access.h>
#include <base/text.h>
#include <inventory/inventory.h>

namespace glacis::test {

/// "role-" and 7: "role-7".
inline std::string numbered(std::string text, int number) { return text.append(std::to_string(number)); }

/// Processor time of this process: a busy machine does not make a test fail.
class CpuTimer {
public:
    [[nodiscard]] long milliseconds() const
    {
        return static_cast<long>(static_cast<double>(std::clock() - m_start) * 1000.0 / CLOCKS_PER_SEC);
    }

private:
    std::clock_t m_start = std::clock();
};

class RbacBuilder {
public:
    using Rule = inventory::PolicyRuleRbac;
    using Subject = inventory::Subject;
    using Labels = std::vector<std::pair<std::string, std::string>>;

    RbacBuilder()
    {
        m_inventory.strings = std::make_shared<StringPool>();
        m_inventory.source.scope = inventory::Scope::Manifests;
    }

    Str str(std::string_view text) { return m_inventory.strings->intern(text); }
    /// Lists by comma. An empty text is a list with the one entry "" for groups, and an empty list elsewhere;
    /// "none" is an empty list of groups.
    Rule rule(std::string_view verbs, std::string_view groups, std::string_view resources,
        std::string_view names = {})
    {
        Rule rule;
        rule.verbs = list(verbs);
        if (groups.empty())
            rule.apiGroups.push_back(Str());
        else if (groups != "none")
            rule.apiGroups = list(groups);
        rule.resources = list(resources);
        rule.resourceNames = list(names);
        return rule;
    }
    Rule urls(std::string_view verbs, std::string_view urls)
    {
        Rule rule;
        rule.verbs = list(verbs);
        rule.nonResourceUrls = list(urls);
        return rule;
    }

    Subject user(std::string_view name)
    {
        return { str("User"), str("rbac.authorization.k8s.io"), str(name), Str() };
    }
    Subject group(std::string_view name)
    {
        return { str("Group"), str("rbac.authorization.k8s.io"), str(name), Str() };
    }
    Subject account(std::string_view ns, std::string_view name)
    {
        return { str("ServiceAccount"), Str(), str(name), str(ns) };
    }

    void clusterRole(std::string_view name, std::vector<Rule> rules, const Labels& labels = {})
    {
        addRole(inventory::Kind::ClusterRole, {}, name, std::move(rules), labels);
    }
    void role(std::string_view ns, std::string_view name, std::vector<Rule> rules)
    {
        addRole(inventory::Kind::Role, ns, name, std::move(rules), {});
    }
    /// An aggregated ClusterRole; each pair is one selector.
    void aggregate(std::string_view name, const Labels& selectors, const Labels& labels = {},
        std::vector<Rule> rules = {})
    {
        addRole(inventory::Kind::ClusterRole, {}, name, std::move(rules), labels);
        auto& role = m_inventory.roles.back();
        role.aggregated = true;
        for (const auto& [key, value] : selectors)
            role.aggregation.push_back(
                { .present = true, .matchLabels = { { str(key), str(value) } }, .expressions = {} });
    }

    void clusterRoleBinding(std::string_view name, std::string_view role, std::vector<Subject> subjects)
    {
        addBinding(inventory::Kind::ClusterRoleBinding, {}, name, "ClusterRole", role, std::move(subjects));
    }
    void roleBinding(std::string_view ns, std::string_view name, std::string_view roleKind,
        std::string_view role, std::vector<Subject> subjects)
    {
        addBinding(inventory::Kind::RoleBinding, ns, name, roleKind, role, std::move(subjects));
    }
    void addBinding(inventory::Kind kind, std::string_view ns, std::string_view name,
        std::string_view roleKind, std::string_view role, std::vector<Subject> subjects)
    {
        const auto id = addObject(kind, ns, name, {}, m_inventory.bindings.size());
        m_inventory.bindings.push_back({ id, str(roleKind), str(role), std::move(subjects) });
    }

    inventory::Inventory& inventory() { return m_inventory; }
    const inventory::Inventory& build()
    {
        m_inventory.finish();
        return m_inventory;
    }

private:
    std::vector<Str> list(std::string_view text)
    {
        std::vector<Str> out;
        if (text.empty())
            return out;
        for (const auto item : split(text, ','))
            out.push_back(str(item));
        return out;
    }
    inventory::ObjectId addObject(inventory::Kind kind, std::string_view ns, std::string_view name,
        const Labels& labels, std::size_t typed)
    {
        inventory::Object object;
        object.kind = kind;
        object.kindName = str(inventory::info(kind).name);
        object.group = str(inventory::info(kind).group);
        object.ns = str(ns);
        object.name = str(name);
        object.typed = static_cast<std::uint32_t>(typed);
        for (const auto& [key, value] : labels)
            object.labels.push_back({ str(key), str(value) });
        m_inventory.objects.push_back(std::move(object));
        return { static_cast<std::uint32_t>(m_inventory.objects.size() - 1) };
    }
    void addRole(inventory::Kind kind, std::string_view ns, std::string_view name, std::vector<Rule> rules,
        const Labels& labels)
    {
        const auto id = addObject(kind, ns, name, labels, m_inventory.roles.size());
        m_inventory.roles.push_back({ id, std::move(rules), {}, false });
    }

    inventory::Inventory m_inventory;
};

} // namespace glacis::test
