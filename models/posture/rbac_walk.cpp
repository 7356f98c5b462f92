// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <posture/rbac_walk.h>

#include <algorithm>
#include <array>
#include <map>

#include <base/sha256.h>

namespace glacis::posture::rbac {

namespace {

    using access::ResolvedBinding;
    using access::ResolvedRole;
    using access::Rule;

    constexpr std::size_t maxNamedSubjects = 2; // in a sentence
    constexpr std::size_t maxRelated = 100; // of one finding; a binding may name tens of thousands
    constexpr std::size_t maxNameLength = 120;
    constexpr std::size_t maxLocusLength = 400;

    /// At most `length` bytes, not ending inside a letter.
    std::string_view clip(std::string_view text, std::size_t length)
    {
        if (text.size() <= length)
            return text;
        while (length > 0 && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U)
            --length;
        return text.substr(0, length);
    }

    std::string cut(std::string_view name)
    {
        const auto clipped = clip(name, maxNameLength);
        return clipped.size() == name.size() ? std::string(name) : std::string(clipped).append("…");
    }

    /// What one rule of a role means, kept so that ten thousand bindings to it judge it once.
    struct Hit {
        std::uint32_t rule = 0;
        Judgement judgement;
        std::string locus;
        std::vector<Place> places; ///< in the role
    };
    using Hits = std::vector<Hit>;

    struct FieldOf {
        std::string_view name;
        std::vector<Str> Rule::*list;
    };
    constexpr std::array<FieldOf, 5> fieldLists { { { "verbs", &Rule::verbs },
        { "apiGroups", &Rule::apiGroups }, { "resources", &Rule::resources },
        { "resourceNames", &Rule::resourceNames }, { "nonResourceURLs", &Rule::nonResourceUrls } } };

    Place fieldPlace(const Rule& rule, const ResolvedRole::Origin& origin, Field field)
    {
        const auto& of = fieldLists[static_cast<std::size_t>(field.list)];
        Place place;
        place.path.append("rules[").append(std::to_string(origin.index)).append("].").append(of.name);
        place.path.append("[").append(std::to_string(field.index)).append("]");
        const std::string_view value = (rule.*of.list)[field.index];
        place.evidence = value.empty() ? std::string("\"\"") : cut(value);
        place.object = origin.object;
        return place;
    }

    Hits judgeRole(const ResolvedRole& role, Reach reach, const access::Access& access, Judge judge)
    {
        Hits hits;
        for (std::uint32_t i = 0; i < role.rules.size(); ++i) {
            auto judgement = judge(role.rules[i], reach, access);
            if (!judgement)
                continue;
            Hit hit { i, std::move(*judgement), ruleLocus(role.rules[i]), {} };
            const auto& origin = role.origins[i];
            if (origin.object.valid()) {
                for (const Field field : hit.judgement.fields)
                    hit.places.push_back(fieldPlace(role.rules[i], origin, field));
            }
            hits.push_back(std::move(hit));
        }
        return hits;
    }

    std::vector<const inventory::Subject*> subjectsOf(const ResolvedBinding& binding)
    {
        std::vector<const inventory::Subject*> out;
        for (const auto& subject : binding.binding->subjects)
            out.push_back(&subject);
        return out;
    }

    void failBinding(
        const CheckContext& context, Verdicts& verdicts, const ResolvedBinding& binding, const Hits& hits)
    {
        const std::string head = subjectsText(subjectsOf(binding), binding.ns) + " may ";
        const std::string tail = " " + whereText(binding) + ", by " + roleText(*binding.role);
        Details common;
        relate(context, binding, common);
        for (const Hit& hit : hits) {
            Details details = common;
            details.message = head + hit.judgement.what + tail;
            details.locus = hit.locus;
            details.severity = hit.judgement.severity;
            const bool inRole = !hit.places.empty();
            verdicts.fail(
                binding.object, inRole ? hit.places.front() : roleRefPlace(binding), std::move(details));
            if (inRole) {
                auto& places = verdicts.failures.back().places;
                places.insert(places.end(), hit.places.begin() + 1, hit.places.end());
                places.push_back(roleRefPlace(binding));
            }
        }
    }

    void failUnbound(Verdicts& verdicts, const ResolvedRole& role, const Hits& hits, Confidence confidence)
    {
        for (const Hit& hit : hits) {
            Details details;
            details.message
                = roleText(role) + " would let a holder " + hit.judgement.what + "; nobody is bound to it";
            details.locus = hit.locus;
            details.severity = Severity::Info;
            details.confidence = confidence;
            if (hit.places.empty()) { // a built-in rule that came by aggregation
                verdicts.fail(role.object,
                    { .container = {},
                        .path = "aggregationRule",
                        .evidence = "built-in roles",
                        .object = {} },
                    std::move(details));
                continue;
            }
            verdicts.fail(role.object, hit.places.front(), std::move(details));
            auto& places = verdicts.failures.back().places;
            places.insert(places.end(), hit.places.begin() + 1, hit.places.end());
        }
    }

    /// May it be said that nobody is bound to the role? Empty: yes; else why not.
    std::string whyBindingsUnknown(const CheckContext& context, const ResolvedRole& role)
    {
        const auto& inventory = context.inventory;
        if (inventory.source.scope != Scope::Cluster)
            return {};
        if (!inventory.coverage.isRead(Kind::RoleBinding))
            return unreadReason(inventory, Kind::RoleBinding);
        if (role.clusterRole && !inventory.coverage.isRead(Kind::ClusterRoleBinding))
            return unreadReason(inventory, Kind::ClusterRoleBinding);
        return {};
    }

    void judgeUnbound(const CheckContext& context, Verdicts& verdicts, Judge judge)
    {
        const Confidence confidence = context.inventory.source.scope == Scope::Cluster
            ? Confidence::Configured
            : Confidence::Inferred;
        for (const ResolvedRole& role : context.access.roles()) {
            if (context.stop.stopRequested())
                return;
            if (role.assumed || context.access.isBound(role))
                continue;
            const auto hits = judgeRole(
                role, role.clusterRole ? Reach::Cluster : Reach::Namespace, context.access, judge);
            if (hits.empty()) {
                endHarmless(context, verdicts, role.object, role);
                continue;
            }
            if (auto reason = whyBindingsUnknown(context, role); !reason.empty())
                verdicts.notAssessed(role.object, std::move(reason));
            else
                failUnbound(verdicts, role, hits, confidence);
        }
    }

} // namespace

void judgeRules(const CheckContext& context, Verdicts& verdicts, Judge judge)
{
    std::map<std::pair<const ResolvedRole*, Reach>, Hits> known; // looked up, never walked
    for (const ResolvedBinding& binding : context.access.bindings()) {
        if (context.stop.stopRequested())
            return;
        if (endWithoutRules(context, verdicts, binding))
            continue;
        // GL-RBAC-001 says all there is to say of cluster-admin. Its stars would raise every other check as
        // well, for one problem with one fix; and a pass would be untrue. Stars in any other role are judged:
        // there the rules themselves want mending.
        if (isClusterAdmin(*binding.role)) {
            verdicts.notApplicable(binding.object);
            continue;
        }
        const auto reach = reachOf(binding);
        const auto [entry, fresh] = known.try_emplace({ binding.role, reach });
        if (fresh)
            entry->second = judgeRole(*binding.role, reach, context.access, judge);
        if (entry->second.empty())
            endHarmless(context, verdicts, binding.object, *binding.role);
        else
            failBinding(context, verdicts, binding, entry->second);
    }
    judgeUnbound(context, verdicts, judge);
    sayWhenNothingWasRead(context, verdicts);
}

bool endWithoutRules(const CheckContext& context, Verdicts& verdicts, const ResolvedBinding& binding)
{
    if (binding.binding->subjects.empty()) {
        verdicts.notApplicable(binding.object);
        return true;
    }
    if (binding.role)
        return false;
    const auto& inventory = context.inventory;
    const auto& badFields = inventory.object(binding.object).badFields;
    const Kind kind = binding.binding->roleKind == "Role" ? Kind::Role : Kind::ClusterRole;
    const std::string role = std::string(inventory::info(kind).name) + " " + cut(binding.binding->roleName);
    if (!badFields.empty())
        verdicts.notAssessed(
            binding.object, "its field " + badFields.front().path.str() + " could not be read");
    else if (inventory.source.scope == Scope::Manifests)
        verdicts.notAssessed(binding.object, role + " is not in the source");
    else if (!inventory.coverage.isRead(kind))
        verdicts.notAssessed(binding.object, role + " is unknown: " + unreadReason(inventory, kind));
    else
        verdicts.pass(binding.object);
    return true;
}

void endHarmless(const CheckContext& context, Verdicts& verdicts, ObjectId object, const ResolvedRole& role)
{
    const auto unread = [&](ObjectId id) -> const inventory::BadField* {
        if (!id.valid() || context.inventory.object(id).badFields.empty())
            return nullptr;
        return &context.inventory.object(id).badFields.front();
    };
    const auto* field = unread(object);
    if (!field)
        field = unread(role.object);
    if (field)
        verdicts.notAssessed(object, roleText(role) + " could not be read wholly: " + field->path.str());
    else if (role.incomplete)
        verdicts.notAssessed(object, roleText(role) + " aggregates more rules than are followed");
    else
        verdicts.pass(object);
}

void sayWhenNothingWasRead(const CheckContext& context, Verdicts& verdicts)
{
    const auto& inventory = context.inventory;
    if (inventory.source.scope != Scope::Cluster || !inventory.bindings.empty() || !inventory.roles.empty())
        return;
    for (const Kind kind : { Kind::ClusterRoleBinding, Kind::RoleBinding }) {
        if (!inventory.coverage.isRead(kind)) {
            verdicts.notAssessed(unreadReason(inventory, kind));
            return;
        }
    }
}

Reach reachOf(const ResolvedBinding& binding)
{
    if (binding.cluster)
        return Reach::Cluster;
    return binding.ns == "kube-system" ? Reach::SystemNamespace : Reach::Namespace;
}

bool isClusterAdmin(const ResolvedRole& role) { return role.clusterRole && role.name == "cluster-admin"; }

bool controlsEverything(const ResolvedRole& role)
{
    // Spelling the verbs out is no less than a star: whoever may create and change everything can take the
    // rest.
    const auto all = [&](std::string_view verb) {
        return std::any_of(role.rules.begin(), role.rules.end(), [&](const Rule& rule) {
            const auto starred = [](const std::vector<Str>& list) {
                return std::any_of(list.begin(), list.end(), [](Str entry) { return entry == "*"; });
            };
            return starred(rule.apiGroups) && starred(rule.resources)
                && access::ruleAllowsAnyName(rule, verb, "*", "*");
        });
    };
    return all("get") && all("list") && all("create") && all("delete") && (all("update") || all("patch"));
}

std::string subjectText(const inventory::Subject& subject, std::string_view bindingNs)
{
    std::string text = cut(subject.kind) + " ";
    if (subject.kind == "ServiceAccount")
        text.append(cut(subject.ns.empty() ? bindingNs : subject.ns.view())).append("/");
    return text.append(cut(subject.name));
}

std::string subjectsText(const std::vector<const inventory::Subject*>& subjects, std::string_view bindingNs)
{
    std::string text;
    const auto named = std::min(
        subjects.size(), subjects.size() == maxNamedSubjects + 1 ? maxNamedSubjects + 1 : maxNamedSubjects);
    for (std::size_t i = 0; i < named; ++i) {
        if (i > 0)
            text.append(i + 1 == subjects.size() ? " and " : ", ");
        text.append(subjectText(*subjects[i], bindingNs));
    }
    if (subjects.size() > named)
        text.append(" and ").append(std::to_string(subjects.size() - named)).append(" more");
    return text;
}

std::string roleText(const ResolvedRole& role)
{
    if (role.clusterRole)
        return "ClusterRole " + cut(role.name);
    return "Role " + cut(role.ns) + "/" + cut(role.name);
}

std::string whereText(const ResolvedBinding& binding)
{
    return binding.cluster ? std::string("in every namespace") : "in namespace " + cut(binding.ns);
}

void relate(const CheckContext& context, const ResolvedBinding& binding, Details& details)
{
    if (binding.role && binding.role->object.valid())
        details.related.push_back(binding.role->object);
    std::size_t left = maxRelated;
    for (const auto& subject : binding.binding->subjects) {
        if (left-- == 0) {
            details.relatedSubjects.push_back(
                std::to_string(binding.binding->subjects.size() - maxRelated) + " more");
            return;
        }
        const std::string_view ns = subject.ns.empty() ? std::string_view(binding.ns) : subject.ns.view();
        const auto id = subject.kind == "ServiceAccount"
            ? context.inventory.find(Kind::ServiceAccount, ns, subject.name)
            : inventory::NoObject;
        if (id.valid())
            details.related.push_back(id);
        else
            details.relatedSubjects.push_back(subjectText(subject, binding.ns));
    }
}

Place roleRefPlace(const ResolvedBinding& binding)
{
    Place place;
    place.path = "roleRef.name";
    place.evidence = cut(binding.binding->roleName);
    if (binding.role && binding.role->assumed)
        place.evidence += " (built in)";
    return place;
}

std::string ruleLocus(const Rule& rule)
{
    std::string text = "rule";
    const auto add = [&](std::string_view name, const std::vector<Str>& list) {
        if (list.empty())
            return;
        std::vector<Str> sorted = list;
        std::sort(sorted.begin(), sorted.end());
        sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
        char separator = '=';
        text.append(" ").append(name);
        for (const Str entry : sorted) {
            text.append(1, separator).append(entry.empty() ? std::string_view("\"\"") : entry.view());
            separator = ',';
        }
    };
    add("verbs", rule.verbs);
    add("groups", rule.apiGroups);
    add("resources", rule.resources);
    add("names", rule.resourceNames);
    add("urls", rule.nonResourceUrls);
    if (text.size() <= maxLocusLength)
        return text;
    return std::string(clip(text, maxLocusLength)).append("… ").append(sha256Hex(text, 16));
}

} // namespace glacis::posture::rbac
