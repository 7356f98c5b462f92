// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <posture/rbac_rules.h>

#include <algorithm>
#include <array>

namespace glacis::posture::rbac {

namespace {

    using access::Rule;
    using List = Field::List;

    struct Resource {
        std::string_view group, resource, subresource = {};
        [[nodiscard]] std::string text() const
        {
            std::string out(resource);
            if (!subresource.empty())
                out.append("/").append(subresource);
            return out;
        }
    };

    constexpr std::string_view rbacGroup = "rbac.authorization.k8s.io";

    constexpr Resource secrets { "", "secrets" };
    // The extensions group is left out: no API server since 1.16 serves workloads there.
    constexpr std::array workloads { Resource { "", "pods" }, Resource { "apps", "deployments" },
        Resource { "apps", "daemonsets" }, Resource { "apps", "statefulsets" }, Resource { "batch", "jobs" },
        Resource { "batch", "cronjobs" }, Resource { "apps", "replicasets" },
        Resource { "", "replicationcontrollers" } };
    constexpr std::array shells { Resource { "", "pods", "exec" }, Resource { "", "pods", "attach" } };
    constexpr Resource debugContainers { "", "pods", "ephemeralcontainers" };

    bool mentions(const Rule& rule, std::string_view verb, const Resource& what)
    {
        return access::ruleMentions(rule, verb, what.group, what.resource, what.subresource);
    }

    /// Index of the entry in `list` that admits the value, a star being as good.
    std::optional<std::uint32_t> entryFor(const std::vector<Str>& list, std::string_view value)
    {
        for (std::uint32_t i = 0; i < list.size(); ++i) {
            if (list[i] == value || list[i] == "*")
                return i;
        }
        return std::nullopt;
    }

    std::optional<std::uint32_t> entryFor(const std::vector<Str>& list, const Resource& what)
    {
        if (const auto exact = entryFor(list, what.text()))
            return exact;
        return what.subresource.empty() ? std::nullopt : entryFor(list, "*/" + std::string(what.subresource));
    }

    /// Collects verbs and resources that a rule grants out of those asked for, and where they stand in it.
    class Granted {
    public:
        explicit Granted(const Rule& rule)
            : m_rule(rule)
        {
        }
        void ask(std::string_view verb, const Resource& what)
        {
            if (!mentions(m_rule, verb, what))
                return;
            addTo(m_verbs, std::string(verb));
            addTo(m_resources, what.text());
            if (const auto index = entryFor(m_rule.resources, what))
                addField({ List::Resources, *index });
            if (const auto index = entryFor(m_rule.verbs, verb))
                addField({ List::Verbs, *index });
        }
        [[nodiscard]] explicit operator bool() const { return !m_verbs.empty(); }
        [[nodiscard]] std::string verbs() const { return join(m_verbs, m_verbs.size()); }
        /// The first three, in the order asked: the most telling ones come first in the tables.
        [[nodiscard]] std::string resources() const { return join(m_resources, 3); }
        [[nodiscard]] std::vector<Field> takeFields()
        {
            std::stable_sort(m_fields.begin(), m_fields.end(),
                [](Field a, Field b) { return a.list == List::Resources && b.list == List::Verbs; });
            return std::move(m_fields);
        }

    private:
        static void addTo(std::vector<std::string>& list, std::string text)
        {
            if (std::find(list.begin(), list.end(), text) == list.end())
                list.push_back(std::move(text));
        }
        void addField(Field field)
        {
            const auto same
                = [&](Field other) { return other.list == field.list && other.index == field.index; };
            if (std::none_of(m_fields.begin(), m_fields.end(), same))
                m_fields.push_back(field);
        }
        static std::string join(const std::vector<std::string>& list, std::size_t shown)
        {
            std::string out;
            for (std::size_t i = 0; i < std::min(shown, list.size()); ++i)
                out.append(i > 0 ? ", " : "").append(list[i]);
            if (list.size() > shown)
                out.append(" and ").append(std::to_string(list.size() - shown)).append(" more");
            return out;
        }
        const Rule& m_rule;
        std::vector<std::string> m_verbs, m_resources;
        std::vector<Field> m_fields;
    };

    std::string named(const Rule& rule)
    {
        if (rule.resourceNames.empty())
            return {};
        return rule.resourceNames.size() == 1 ? " named " + rule.resourceNames.front().str().substr(0, 120)
                                              : ", " + std::to_string(rule.resourceNames.size()) + " by name";
    }

    /// A right over listed names is a right over those alone.
    std::optional<Severity> lessWhenNamed(const Rule& rule)
    {
        return rule.resourceNames.empty() ? std::nullopt : std::optional(Severity::Medium);
    }

    // ---- wildcards

    struct Right {
        std::string_view verb;
        Resource what;
    };
    /// Rights that lead further by themselves; a star that includes one of them is as bad as that right.
    constexpr std::array dangerous {
        Right { "get", secrets },
        Right { "list", secrets },
        Right { "watch", secrets },
        Right { "create", secrets },
        Right { "update", secrets },
        Right { "patch", secrets },
        Right { "create", { "", "pods" } },
        Right { "update", { "", "pods" } },
        Right { "patch", { "", "pods" } },
        Right { "get", { "", "pods", "exec" } },
        Right { "create", { "", "pods", "exec" } },
        Right { "get", { "", "pods", "attach" } },
        Right { "create", { "", "pods", "attach" } },
        Right { "patch", { "", "pods", "ephemeralcontainers" } },
        Right { "update", { "", "pods", "ephemeralcontainers" } },
        Right { "create", { "", "replicationcontrollers" } },
        Right { "create", { "apps", "deployments" } },
        Right { "patch", { "apps", "deployments" } },
        Right { "create", { "apps", "daemonsets" } },
        Right { "patch", { "apps", "daemonsets" } },
        Right { "create", { "apps", "statefulsets" } },
        Right { "patch", { "apps", "statefulsets" } },
        Right { "create", { "apps", "replicasets" } },
        Right { "create", { "batch", "jobs" } },
        Right { "create", { "batch", "cronjobs" } },
        Right { "create", { "", "serviceaccounts", "token" } },
        Right { "impersonate", { "", "users" } },
        Right { "impersonate", { "", "groups" } },
        Right { "impersonate", { "", "serviceaccounts" } },
        Right { "get", { "", "nodes", "proxy" } },
        Right { "create", { "", "nodes", "proxy" } },
        Right { "create", { "", "persistentvolumes" } },
        Right { "patch", { "", "namespaces" } },
        Right { "create", { rbacGroup, "rolebindings" } },
        Right { "create", { rbacGroup, "clusterrolebindings" } },
        Right { "patch", { rbacGroup, "rolebindings" } },
        Right { "patch", { rbacGroup, "clusterrolebindings" } },
        Right { "bind", { rbacGroup, "roles" } },
        Right { "bind", { rbacGroup, "clusterroles" } },
        Right { "escalate", { rbacGroup, "roles" } },
        Right { "escalate", { rbacGroup, "clusterroles" } },
        Right { "update", { "certificates.k8s.io", "certificatesigningrequests", "approval" } },
        Right { "create", { "admissionregistration.k8s.io", "mutatingwebhookconfigurations" } },
        Right { "patch", { "admissionregistration.k8s.io", "mutatingwebhookconfigurations" } },
        Right { "create", { "admissionregistration.k8s.io", "validatingwebhookconfigurations" } },
        Right { "patch", { "admissionregistration.k8s.io", "validatingwebhookconfigurations" } },
    };

    const Right* dangerIn(const Rule& rule)
    {
        const auto found = std::find_if(dangerous.begin(), dangerous.end(),
            [&](const Right& right) { return mentions(rule, right.verb, right.what); });
        return found == dangerous.end() ? nullptr : &*found;
    }

    bool writes(const Rule& rule)
    {
        return std::any_of(rule.verbs.begin(), rule.verbs.end(),
            [](Str verb) { return verb != "get" && verb != "list" && verb != "watch"; });
    }

    bool isSubresourceStar(std::string_view entry)
    {
        return entry.size() > 2 && entry.starts_with("*/") && entry.find('*', 1) == std::string_view::npos;
    }

    struct Stars {
        bool verbs = false, groups = false, resources = false, subresources = false, urls = false;
        std::vector<Field> fields;
        [[nodiscard]] bool any() const { return !fields.empty(); }
    };

    Stars starsIn(const Rule& rule)
    {
        Stars stars;
        const auto look = [&](List list, const std::vector<Str>& entries, bool& flag) {
            for (std::uint32_t i = 0; i < entries.size(); ++i) {
                if (entries[i] != "*")
                    continue;
                flag = true;
                stars.fields.push_back({ list, i });
                return;
            }
        };
        const bool aboutResources = !rule.apiGroups.empty() && !rule.resources.empty();
        const bool aboutUrls = !rule.nonResourceUrls.empty();
        if (rule.verbs.empty() || (!aboutResources && !aboutUrls))
            return stars; // a rule with an empty list allows nothing
        if (aboutResources) {
            look(List::Resources, rule.resources, stars.resources);
            for (std::uint32_t i = 0; i < rule.resources.size(); ++i) {
                if (!isSubresourceStar(rule.resources[i]))
                    continue;
                stars.subresources = true;
                stars.fields.push_back({ List::Resources, i });
            }
            look(List::ApiGroups, rule.apiGroups, stars.groups);
        }
        look(List::Verbs, rule.verbs, stars.verbs);
        if (aboutUrls)
            look(List::Urls, rule.nonResourceUrls, stars.urls);
        return stars;
    }

    Severity wildcardSeverity(const Rule& rule, const Stars& stars, const Right* danger)
    {
        // A star of groups before named resources: nearly every name exists in one group only.
        const bool onlyGroups = stars.groups && !stars.verbs && !stars.resources && !stars.subresources;
        const bool aboutResources = !rule.apiGroups.empty() && !rule.resources.empty();
        Severity severity = Severity::Low;
        if (aboutResources && !onlyGroups) {
            if (danger)
                severity = Severity::High;
            else if (stars.verbs || (stars.resources && writes(rule)))
                severity = Severity::Medium;
        }
        if (stars.urls)
            severity = std::max(severity, Severity::Medium);
        return rule.resourceNames.empty() ? severity : std::min(severity, Severity::Medium);
    }

    std::string wildcardText(const Rule& rule, const Stars& stars, const Right* danger)
    {
        if (access::ruleIsEverything(rule))
            return "do everything to every resource";
        std::string where;
        const auto add = [&](bool present, std::string_view name) {
            if (present)
                where.append(where.empty() ? "" : ", ").append(name);
        };
        add(stars.verbs, "verbs");
        add(stars.groups, "apiGroups");
        add(stars.resources, "resources");
        add(stars.subresources, "subresources");
        add(stars.urls, "nonResourceURLs");
        std::string text = "do whatever a star in " + where + " allows";
        if (danger)
            text.append(", among it ").append(danger->verb).append(" on ").append(danger->what.text());
        return text;
    }

    // ---- bind, escalate, impersonate

    /// Does the list of names hold a role that is as good as cluster-admin, or one that is not known?
    bool namesAnAdminRole(const Rule& rule, const access::Access& access)
    {
        return std::any_of(rule.resourceNames.begin(), rule.resourceNames.end(), [&](Str name) {
            if (name == "cluster-admin")
                return true;
            const auto* role = access.roleByName(true, {}, name);
            return role && controlsEverything(*role);
        });
    }

    bool isHarmlessUrl(std::string_view url, std::span<const std::string_view> allowed)
    {
        return std::find(allowed.begin(), allowed.end(), url) != allowed.end();
    }

    bool onlyReadsUrls(const Rule& rule, std::span<const std::string_view> allowed)
    {
        const bool aboutResources = !rule.apiGroups.empty() && !rule.resources.empty();
        return !aboutResources
            && std::all_of(rule.nonResourceUrls.begin(), rule.nonResourceUrls.end(),
                [&](Str url) { return isHarmlessUrl(url, allowed); })
            && std::all_of(rule.verbs.begin(), rule.verbs.end(),
                [](Str verb) { return verb == "get" || verb == "head"; });
    }

    constexpr std::array<std::string_view, 8> publicUrls { "/healthz", "/livez", "/readyz", "/version",
        "/version/", "/healthz/", "/livez/", "/readyz/" };
    // system:discovery and system:service-account-issuer-discovery
    constexpr std::array<std::string_view, 22> discoveryUrls { "/healthz", "/livez", "/readyz", "/version",
        "/version/", "/healthz/", "/livez/", "/readyz/", "/api", "/api/", "/api/*", "/apis", "/apis/",
        "/apis/*", "/openapi", "/openapi/", "/openapi/*", "/swaggerapi", "/.well-known/openid-configuration",
        "/.well-known/openid-configuration/", "/openid/v1/jwks", "/openid/v1/jwks/" };

} // namespace

std::optional<Judgement> judgeWildcards(const Rule& rule, Reach, const access::Access&)
{
    Stars stars = starsIn(rule);
    if (!stars.any())
        return std::nullopt;
    const Right* danger = dangerIn(rule);
    return Judgement { wildcardSeverity(rule, stars, danger), wildcardText(rule, stars, danger),
        std::move(stars.fields) };
}

std::optional<Judgement> judgeReadSecrets(const Rule& rule, Reach, const access::Access&)
{
    if (!rule.resourceNames.empty())
        return std::nullopt;
    Granted granted(rule);
    for (const auto verb : { "get", "list", "watch" }) // list and watch return the values too
        granted.ask(verb, secrets);
    if (!granted)
        return std::nullopt;
    return Judgement { std::nullopt, "read every Secret (" + granted.verbs() + ")", granted.takeFields() };
}

std::optional<Judgement> judgeChangeWorkloads(const Rule& rule, Reach, const access::Access&)
{
    Granted granted(rule);
    for (const auto& what : workloads) {
        for (const auto verb : { "create", "update", "patch" })
            granted.ask(verb, what);
    }
    if (!granted)
        return std::nullopt;
    return Judgement { lessWhenNamed(rule),
        "run its own containers (" + granted.verbs() + " on " + granted.resources() + named(rule) + ")",
        granted.takeFields() };
}

std::optional<Judgement> judgeRunInPods(const Rule& rule, Reach, const access::Access&)
{
    Granted granted(rule);
    for (const auto& what : shells) {
        for (const auto verb :
            { "create", "get" }) // a WebSocket opens with GET; other verbs are not served here
            granted.ask(verb, what);
    }
    for (const auto verb : { "patch", "update" })
        granted.ask(verb, debugContainers);
    if (!granted)
        return std::nullopt;
    return Judgement { lessWhenNamed(rule),
        "run commands in running pods (" + granted.verbs() + " on " + granted.resources() + named(rule) + ")",
        granted.takeFields() };
}

std::optional<Judgement> judgeBindOrEscalate(const Rule& rule, Reach reach, const access::Access& access)
{
    Granted granted(rule);
    granted.ask("bind", { rbacGroup, "clusterroles" });
    granted.ask("bind", { rbacGroup, "roles" });
    granted.ask("escalate", { rbacGroup, "roles" });
    // Requests for ClusterRoles carry no namespace, so a RoleBinding never grants escalate on them. bind is
    // asked in the namespace of the new binding and counts.
    if (reach == Reach::Cluster)
        granted.ask("escalate", { rbacGroup, "clusterroles" });
    if (!granted)
        return std::nullopt;
    Severity severity = reach == Reach::Namespace ? Severity::High : Severity::Critical;
    // Names limit bind to those roles. They do not limit escalate: the named role can be made to hold
    // anything.
    const bool escalates = access::ruleMentions(rule, "escalate", rbacGroup, "clusterroles")
        || access::ruleMentions(rule, "escalate", rbacGroup, "roles");
    if (!rule.resourceNames.empty() && !escalates && !namesAnAdminRole(rule, access))
        severity = Severity::Medium;
    return Judgement { severity,
        "give itself rights that it does not have (" + granted.verbs() + " on " + granted.resources()
            + named(rule) + ")",
        granted.takeFields() };
}

std::optional<Judgement> judgeImpersonate(const Rule& rule, Reach reach, const access::Access&)
{
    Granted granted(rule);
    // Users and groups belong to no namespace: a RoleBinding can only lend the namespace's own accounts.
    if (reach == Reach::Cluster) {
        granted.ask("impersonate", { "", "users" });
        granted.ask("impersonate", { "", "groups" });
    }
    granted.ask("impersonate", { "", "serviceaccounts" });
    if (!granted)
        return std::nullopt;
    Severity severity = reach == Reach::Namespace ? Severity::High : Severity::Critical;
    const bool masters = std::any_of(rule.resourceNames.begin(), rule.resourceNames.end(),
        [](Str name) { return name == "system:masters"; });
    if (!rule.resourceNames.empty() && !masters)
        severity = Severity::Medium;
    return Judgement { severity, "act as others (impersonate on " + granted.resources() + named(rule) + ")",
        granted.takeFields() };
}

bool isPublicInfoOnly(const Rule& rule) { return onlyReadsUrls(rule, publicUrls); }

bool isDiscoveryOnly(const Rule& rule)
{
    if (onlyReadsUrls(rule, discoveryUrls))
        return true;
    if (rule.resources.empty() || !rule.nonResourceUrls.empty())
        return false;
    const auto each = [](const std::vector<Str>& list, std::initializer_list<std::string_view> allowed) {
        return std::all_of(list.begin(), list.end(), [&](Str entry) {
            return std::find(allowed.begin(), allowed.end(), entry.view()) != allowed.end();
        });
    };
    return each(rule.verbs, { "create" })
        && each(rule.apiGroups, { "authorization.k8s.io", "authentication.k8s.io" })
        && each(
            rule.resources, { "selfsubjectaccessreviews", "selfsubjectrulesreviews", "selfsubjectreviews" });
}

} // namespace glacis::posture::rbac
