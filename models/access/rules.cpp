// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What one rule allows. Follows Kubernetes' pkg/apis/rbac/v1/evaluation_helpers.go (matching) and
// k8s.io/component-helpers/auth/rbac/validation/policy_comparator.go (cover), which differ in small ways.
#include <access/access.h>

#include <algorithm>
#include <iterator>
#include <string>

namespace glacis::access {

namespace {

    bool has(const std::vector<Str>& entries, std::string_view wanted)
    {
        return std::any_of(entries.begin(), entries.end(), [&](Str entry) { return entry == wanted; });
    }

    bool hasOrStar(const std::vector<Str>& entries, std::string_view wanted)
    {
        return std::any_of(
            entries.begin(), entries.end(), [&](Str entry) { return entry == wanted || entry == "*"; });
    }

    /// "*/exec" for "exec"
    bool isAnySubresource(std::string_view entry, std::string_view subresource)
    {
        return entry.size() == subresource.size() + 2 && entry.substr(0, 2) == "*/"
            && entry.substr(2) == subresource;
    }

    /// "pods/exec" for ("pods", "exec")
    bool isCombined(std::string_view entry, std::string_view resource, std::string_view subresource)
    {
        return entry.size() == resource.size() + subresource.size() + 1 && entry[resource.size()] == '/'
            && entry.substr(0, resource.size()) == resource
            && entry.substr(resource.size() + 1) == subresource;
    }

    bool resourceMatches(const Rule& rule, std::string_view resource, std::string_view subresource)
    {
        for (const std::string_view entry : rule.resources) {
            if (entry == "*")
                return true;
            if (subresource.empty()
                    ? entry == resource
                    : isCombined(entry, resource, subresource) || isAnySubresource(entry, subresource))
                return true;
        }
        return false;
    }

    /// An entry that ends in '*' is a prefix, all trailing stars cut; a star elsewhere is a letter.
    bool urlMatches(std::string_view entry, std::string_view url)
    {
        if (entry == url)
            return true;
        if (entry.empty() || entry.back() != '*')
            return false;
        const auto last = entry.find_last_not_of('*');
        const auto prefix = last == std::string_view::npos ? std::string_view() : entry.substr(0, last + 1);
        return url.substr(0, prefix.size()) == prefix;
    }

    /// POST and collection DELETE have no name in their path, so a list of names never admits them.
    bool carriesName(std::string_view verb, std::string_view subresource)
    {
        return !subresource.empty() || (verb != "create" && verb != "deletecollection");
    }

    // ---- cover

    struct Atom {
        std::string_view verb = {}, group = {}, resource = {}, name = {}, url = {};
        bool named = false;
        bool isUrl = false;
    };

    bool coversResource(const Rule& held, std::string_view wanted)
    {
        if (hasOrStar(held.resources, wanted))
            return true;
        const auto slash = wanted.find('/');
        if (slash == std::string_view::npos)
            return false;
        const auto subresource = wanted.substr(slash + 1);
        return std::any_of(held.resources.begin(), held.resources.end(),
            [&](Str entry) { return isAnySubresource(entry, subresource); });
    }

    bool coversAtom(const Rule& held, const Atom& atom)
    {
        if (!hasOrStar(held.verbs, atom.verb))
            return false;
        if (atom.isUrl)
            return std::any_of(held.nonResourceUrls.begin(), held.nonResourceUrls.end(),
                [&](Str entry) { return urlMatches(entry, atom.url); });
        if (!hasOrStar(held.apiGroups, atom.group) || !coversResource(held, atom.resource))
            return false;
        return held.resourceNames.empty() || (atom.named && has(held.resourceNames, atom.name));
    }

    bool isCovered(const std::vector<Rule>& held, const Atom& atom)
    {
        return std::any_of(
            held.begin(), held.end(), [&](const Rule& rule) { return coversAtom(rule, atom); });
    }

    bool coversRule(const std::vector<Rule>& held, const Rule& wanted)
    {
        for (const Str verb : wanted.verbs) {
            for (const Str url : wanted.nonResourceUrls) {
                if (!isCovered(held, { .verb = verb, .url = url, .isUrl = true }))
                    return false;
            }
            for (const Str group : wanted.apiGroups) {
                for (const Str resource : wanted.resources) {
                    if (wanted.resourceNames.empty()
                        && !isCovered(held, { .verb = verb, .group = group, .resource = resource }))
                        return false;
                    for (const Str name : wanted.resourceNames) {
                        if (!isCovered(held,
                                { .verb = verb,
                                    .group = group,
                                    .resource = resource,
                                    .name = name,
                                    .named = true }))
                            return false;
                    }
                }
            }
        }
        return true;
    }

} // namespace

bool ruleAllows(const Rule& rule, const Request& request)
{
    if (!hasOrStar(rule.verbs, request.verb))
        return false;
    if (!request.url.empty())
        return std::any_of(rule.nonResourceUrls.begin(), rule.nonResourceUrls.end(),
            [&](Str entry) { return urlMatches(entry, request.url); });
    if (!hasOrStar(rule.apiGroups, request.group)
        || !resourceMatches(rule, request.resource, request.subresource))
        return false;
    if (rule.resourceNames.empty())
        return true;
    return has(rule.resourceNames,
        carriesName(request.verb, request.subresource) ? std::string_view(request.name) : std::string_view());
}

bool ruleMentions(const Rule& rule, std::string_view verb, std::string_view group, std::string_view resource,
    std::string_view subresource)
{
    if (!hasOrStar(rule.verbs, verb) || !hasOrStar(rule.apiGroups, group)
        || !resourceMatches(rule, resource, subresource))
        return false;
    return rule.resourceNames.empty() || carriesName(verb, subresource);
}

bool ruleAllowsAnyName(const Rule& rule, std::string_view verb, std::string_view group,
    std::string_view resource, std::string_view subresource)
{
    return rule.resourceNames.empty() && ruleMentions(rule, verb, group, resource, subresource);
}

bool ruleIsEverything(const Rule& rule)
{
    return rule.resourceNames.empty() && has(rule.verbs, "*") && has(rule.apiGroups, "*")
        && has(rule.resources, "*");
}

bool covers(const std::vector<Rule>& held, const std::vector<Rule>& wanted)
{
    return std::all_of(
        wanted.begin(), wanted.end(), [&](const Rule& rule) { return coversRule(held, rule); });
}

} // namespace glacis::access
