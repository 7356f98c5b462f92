// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "own_rights.h"

#include <algorithm>
#include <array>

#include <base/text.h>
#include <cluster/json_text.h>
#include <cluster/lists.h>

namespace glacis::cluster {
namespace {

    using inventory::NodeRef;
    using inventory::NodeType;

    constexpr std::uint64_t largest = 4U << 20;
    constexpr std::size_t mostGroups = 200;
    constexpr inventory::ReadLimits limits { .maxDepth = 32, .maxNodes = 400'000 };

    struct Right {
        std::string_view verb, group, resource;
    };
    /// What turns a scanner's token into an attacker's.
    constexpr std::array excessive { Right { "get", "", "secrets" }, Right { "create", "", "pods" },
        Right { "create", "", "pods/exec" }, Right { "get", "", "nodes/proxy" },
        Right { "create", "", "nodes/proxy" }, Right { "create", "", "serviceaccounts/token" },
        Right { "create", "apps", "deployments" }, Right { "patch", "apps", "daemonsets" },
        Right { "create", "rbac.authorization.k8s.io", "clusterrolebindings" },
        Right { "escalate", "rbac.authorization.k8s.io", "clusterroles" },
        Right { "bind", "rbac.authorization.k8s.io", "clusterroles" }, Right { "impersonate", "", "users" },
        Right { "delete", "", "namespaces" }, Right { "update", "", "configmaps" } };

    bool holds(NodeRef list, std::string_view wanted)
    {
        for (const NodeRef item : list) {
            if (item.text() == wanted || item.text() == "*")
                return true;
        }
        return false;
    }

    bool holdsResource(NodeRef list, std::string_view wanted)
    {
        const std::size_t slash = wanted.find('/');
        for (const NodeRef item : list) {
            const std::string_view text = item.text();
            if (text == wanted || text == "*")
                return true;
            if (slash != std::string_view::npos && text.starts_with("*/")
                && text.substr(1) == wanted.substr(slash))
                return true;
        }
        return false;
    }

    bool permits(NodeRef rules, const Right& right)
    {
        for (const NodeRef rule : rules) {
            if (rule["resourceNames"].size() == 0 && holds(rule["verbs"], right.verb)
                && holds(rule["apiGroups"], right.group) && holdsResource(rule["resources"], right.resource))
                return true;
        }
        return false;
    }

    std::string words(const Right& right)
    {
        std::string text = std::string(right.verb) + ' ' + std::string(right.resource);
        return right.group.empty() ? text : text.append(".").append(right.group);
    }

} // namespace

OwnIdentity ownIdentity(ApiClient& client, const StopToken& stop)
{
    OwnIdentity identity;
    const Reply reply = client.call(Request::ownIdentity(), stop, largest);
    identity.failure = reply.failure;
    identity.message = reply.message;
    identity.detail = reply.detail;
    if (identity.failure != Failure::None)
        return identity;
    const JsonText answer(reply.body, limits);
    const NodeRef info = answer.root()["status"]["userInfo"];
    identity.user = printable(info["username"].text().substr(0, 253));
    for (const NodeRef group : info["groups"]) {
        if (identity.groups.size() < mostGroups)
            identity.groups.push_back(printable(group.text().substr(0, 253)));
    }
    if (identity.user.empty()) {
        identity.failure = Failure::Malformed;
        identity.message = "The answer to the review of the own identity holds no user name.";
    }
    return identity;
}

OwnRights rightsFrom(std::string_view body, const Discovery& discovery)
{
    OwnRights rights;
    const JsonText answer(body, limits);
    const NodeRef rules = answer.root()["status"]["resourceRules"];
    if (!rules.is(NodeType::Array)) {
        rights.failure = Failure::Malformed;
        rights.message = "The answer to the review of the own rights holds no rules.";
        return rights;
    }
    rights.incomplete = answer.root()["status"]["incomplete"].text() == "true";
    for (const ListRow& row : listRows()) {
        const bool wanted = row.part.empty() && row.insteadOf.empty()
            && discovery.find(row.group, row.resource, row.versions);
        if (wanted && !permits(rules, { "list", row.group, row.resource }))
            rights.missing.push_back("list " + resourceName(row));
    }
    for (const Right& right : excessive) {
        if (permits(rules, right))
            rights.excess.push_back(words(right));
    }
    return rights;
}

OwnRights ownRights(ApiClient& client, const Discovery& discovery, std::string_view ns, const StopToken& stop)
{
    const Reply reply = client.call(Request::ownRules(ns), stop, largest);
    if (reply.failure == Failure::None)
        return rightsFrom(reply.body, discovery);
    OwnRights rights;
    rights.failure = reply.failure;
    rights.message = reply.message;
    rights.detail = reply.detail;
    return rights;
}

} // namespace glacis::cluster
