// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// GL-RBAC: who holds rights that lead further. What single rules allow is judged in rbac_rules, the walk over
// bindings and unbound roles is rbac_walk.
#include <posture/areas.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>

#include <posture/rbac_rules.h>
#include <posture/rbac_walk.h>

namespace glacis::posture {

namespace {

    using access::ResolvedBinding;
    using access::ResolvedRole;
    using inventory::Subject;
    using inventory::Tri;

    constexpr std::size_t maxSubjectPlaces = 20;

    bool isGroup(const Subject& subject, std::string_view name)
    {
        return subject.kind == "Group" && subject.name == name;
    }

    /// Places of the subjects that are the problem: "subjects[2]".
    void addSubjectPlaces(const ResolvedBinding& binding, const std::vector<const Subject*>& subjects,
        std::vector<Place>& places)
    {
        const auto* first = binding.binding->subjects.data();
        for (std::size_t i = 0; i < std::min(subjects.size(), maxSubjectPlaces); ++i) {
            Place place;
            place.path = "subjects[" + std::to_string(subjects[i] - first) + "]";
            place.evidence = rbac::subjectText(*subjects[i], binding.ns);
            places.push_back(std::move(place));
        }
    }

    // ---- GL-RBAC-001

    /// Kubernetes and kubeadm give cluster-admin to these on purpose. Other system subjects only in bindings
    /// that are the platform's own: nodes or a controller with cluster-admin are somebody's mistake.
    bool isMeantToBeAdmin(const CheckContext& c, const ResolvedBinding& binding, const Subject& subject)
    {
        return isGroup(subject, "system:masters") || isGroup(subject, "kubeadm:cluster-admins")
            || (access::isSystemSubject(subject, binding.ns) && isPlatform(c.inventory, binding.object));
    }

    bool isEverybody(const Subject& subject)
    {
        return isGroup(subject, "system:authenticated") || isGroup(subject, "system:unauthenticated")
            || isGroup(subject, "system:serviceaccounts")
            || (subject.kind == "User" && subject.name == "system:anonymous");
    }

    void clusterAdmin(const CheckContext& c, Verdicts& v)
    {
        for (const ResolvedBinding& binding : c.access.bindings()) {
            if (c.stop.stopRequested())
                return;
            if (rbac::endWithoutRules(c, v, binding))
                continue;
            const bool byName = rbac::isClusterAdmin(*binding.role);
            if (!byName && !rbac::controlsEverything(*binding.role)) {
                rbac::endHarmless(c, v, binding.object, *binding.role);
                continue;
            }
            std::vector<const Subject*> others;
            for (const Subject& subject : binding.binding->subjects) {
                if (!isMeantToBeAdmin(c, binding, subject))
                    others.push_back(&subject);
            }
            if (others.empty()) {
                v.pass(binding.object);
                continue;
            }
            Details details;
            details.message = rbac::subjectsText(others, binding.ns) + " may do everything "
                + rbac::whereText(binding) + ", by " + rbac::roleText(*binding.role);
            if (binding.cluster && std::any_of(others.begin(), others.end(), [](const Subject* s) {
                    return isEverybody(*s);
                }))
                details.severity = Severity::Critical;
            rbac::relate(c, binding, details);
            v.fail(binding.object, rbac::roleRefPlace(binding), std::move(details));
            addSubjectPlaces(binding, others, v.failures.back().places);
        }
        rbac::sayWhenNothingWasRead(c, v);
    }

    // ---- GL-RBAC-003

    bool isAnonymous(const Subject& subject)
    {
        return isGroup(subject, "system:unauthenticated")
            || (subject.kind == "User" && subject.name == "system:anonymous");
    }

    /// kubeadm lets a joining node read the public half of a kubeconfig; that is what the ConfigMap is for.
    bool isClusterInfoReader(const access::Rule& rule, const ResolvedBinding& binding)
    {
        const auto only = [](const std::vector<Str>& list, std::string_view entry) {
            return list.size() == 1 && list[0] == entry;
        };
        return binding.ns == "kube-public" && only(rule.verbs, "get") && only(rule.apiGroups, "")
            && only(rule.resources, "configmaps") && only(rule.resourceNames, "cluster-info");
    }

    enum class Openness { Nothing, Discovery, Rights };

    Openness opennessOf(const ResolvedBinding& binding)
    {
        auto openness = Openness::Nothing;
        for (const auto& rule : binding.role->rules) {
            const bool onlyUrls = rule.apiGroups.empty() || rule.resources.empty();
            if (rule.verbs.empty() || (onlyUrls && (rule.nonResourceUrls.empty() || !binding.cluster)))
                continue; // allows nothing: an empty list, or URLs through a RoleBinding
            if (rbac::isPublicInfoOnly(rule) || isClusterInfoReader(rule, binding))
                continue;
            if (!rbac::isDiscoveryOnly(rule))
                return Openness::Rights;
            openness = Openness::Discovery;
        }
        return openness;
    }

    void anonymousBound(const CheckContext& c, Verdicts& v)
    {
        for (const ResolvedBinding& binding : c.access.bindings()) {
            if (c.stop.stopRequested())
                return;
            std::vector<const Subject*> anonymous;
            for (const Subject& subject : binding.binding->subjects) {
                if (isAnonymous(subject))
                    anonymous.push_back(&subject);
            }
            if (anonymous.empty() && !binding.binding->subjects.empty()) {
                v.pass(binding.object);
                continue;
            }
            if (rbac::endWithoutRules(c, v, binding))
                continue;
            const auto openness
                = rbac::isClusterAdmin(*binding.role) ? Openness::Rights : opennessOf(binding);
            if (openness == Openness::Nothing) {
                rbac::endHarmless(c, v, binding.object, *binding.role);
                continue;
            }
            Details details;
            const bool discovery = openness == Openness::Discovery;
            details.message = rbac::subjectsText(anonymous, binding.ns)
                + (anonymous.size() == 1 ? " holds " : " hold ") + rbac::roleText(*binding.role) + " "
                + rbac::whereText(binding)
                + (discovery ? ": whoever reaches the API server learns which APIs it serves"
                             : ": no credential is needed");
            if (discovery)
                details.severity = Severity::Medium;
            rbac::relate(c, binding, details);
            Place place = rbac::roleRefPlace(binding);
            std::vector<Place> places;
            addSubjectPlaces(binding, anonymous, places);
            places.push_back(std::move(place));
            v.fail(binding.object, places.front(), std::move(details));
            v.failures.back().places = std::move(places);
        }
        rbac::sayWhenNothingWasRead(c, v);
    }

    // ---- by rule

    void wildcards(const CheckContext& c, Verdicts& v) { rbac::judgeRules(c, v, rbac::judgeWildcards); }
    void readSecrets(const CheckContext& c, Verdicts& v) { rbac::judgeRules(c, v, rbac::judgeReadSecrets); }
    void changeWorkloads(const CheckContext& c, Verdicts& v)
    {
        rbac::judgeRules(c, v, rbac::judgeChangeWorkloads);
    }
    void runInPods(const CheckContext& c, Verdicts& v) { rbac::judgeRules(c, v, rbac::judgeRunInPods); }
    void bindOrEscalate(const CheckContext& c, Verdicts& v)
    {
        rbac::judgeRules(c, v, rbac::judgeBindOrEscalate);
    }
    void impersonate(const CheckContext& c, Verdicts& v) { rbac::judgeRules(c, v, rbac::judgeImpersonate); }

    // ---- GL-RBAC-021

    /// The subjects that hold more than discovery, each binding looked at once: a group of all accounts may
    /// have a binding in each of ten thousand namespaces.
    class Holders {
    public:
        explicit Holders(const access::Access& access)
        {
            for (const ResolvedBinding& binding : access.bindings()) {
                if (!binding.role || !grantsMore(binding))
                    continue;
                for (const Subject& subject : binding.binding->subjects)
                    add(subject, binding.ns);
            }
        }
        [[nodiscard]] bool holdsMore(std::string_view ns, std::string_view name) const
        {
            const auto identity = access::Identity::serviceAccount(ns, name);
            if (m_users.contains("system:serviceaccount:" + identity.ns + ":" + identity.name))
                return true;
            const auto groups = access::Access::implicitGroups(identity);
            return std::any_of(groups.begin(), groups.end(),
                [&](const std::string& group) { return m_groups.contains(group); });
        }

    private:
        bool grantsMore(const ResolvedBinding& binding)
        {
            const auto [entry, fresh] = m_roles.try_emplace(binding.role, false);
            if (fresh)
                entry->second = std::any_of(
                    binding.role->rules.begin(), binding.role->rules.end(), [](const access::Rule& rule) {
                        return !rule.verbs.empty() && !rbac::isDiscoveryOnly(rule);
                    });
            return entry->second;
        }
        void add(const Subject& subject, std::string_view bindingNs)
        {
            if (subject.kind == "Group")
                m_groups.insert(subject.name.str());
            else if (subject.kind == "User")
                m_users.insert(subject.name.str());
            else if (subject.kind == "ServiceAccount")
                m_users.insert("system:serviceaccount:"
                    + (subject.ns.empty() ? std::string(bindingNs) : subject.ns.str()) + ":"
                    + subject.name.str());
        }
        std::map<const ResolvedRole*, bool> m_roles; // looked up, never walked
        std::set<std::string, std::less<>> m_users, m_groups;
    };

    /// Where the decision to mount stands: the pod's own word counts before its account's, and neither means
    /// yes.
    struct Mounting {
        bool mounted = true;
        bool known = true;
        Place place;
        Confidence confidence = Confidence::Configured;
    };

    Mounting mountingOf(const CheckContext& c, const OwnerView& o, const inventory::ServiceAccount* account)
    {
        Mounting out;
        out.place = place(o, "automountServiceAccountToken", "absent");
        if (o.spec.automountToken != Tri::Unset) {
            out.mounted = o.spec.automountToken == Tri::True;
            out.place.evidence = out.mounted ? "true" : "false";
            return out;
        }
        if (account && account->automountToken != Tri::Unset) {
            out.mounted = account->automountToken == Tri::True;
            out.place = { .container = {},
                .path = "automountServiceAccountToken",
                .evidence = "true",
                .object = account->id };
            return out;
        }
        if (!account) {
            // Every namespace has its account "default"; only in files it can stand elsewhere.
            out.known = c.inventory.source.scope == Scope::Manifests
                || c.inventory.coverage.isRead(Kind::ServiceAccount);
            out.confidence = Confidence::Inferred;
        }
        return out;
    }

    void tokenMounted(const CheckContext& c, Verdicts& v)
    {
        const Holders holders(c.access);
        forEachOwner(c, v, [&](const OwnerView& o) {
            if (o.specObject != o.id())
                return; // what an admission plugin adds to a pod is the template's doing
            if (o.workload.mirror) {
                v.notApplicable(o.id()); // the kubelet's own pods get no token
                return;
            }
            const auto* account = c.inventory.serviceAccount(o.object.ns, o.spec.serviceAccount);
            const auto mounting = mountingOf(c, o, account);
            if (!mounting.known) {
                v.notAssessed(o.id(), unreadReason(c.inventory, Kind::ServiceAccount));
                return;
            }
            if (!mounting.mounted) {
                v.notApplicable(o.id());
                return;
            }
            const bool holdsMore = holders.holdsMore(o.object.ns, o.spec.serviceAccount);
            const std::string name
                = "ServiceAccount " + o.object.ns.str() + "/" + o.spec.serviceAccount.str();
            Details details;
            details.message = "Mounts a token of " + name
                + (holdsMore ? ", which holds rights in the cluster"
                             : ", which has no rights of its own: the token serves nothing");
            details.severity = holdsMore ? Severity::Medium : Severity::Low;
            details.confidence = mounting.confidence;
            if (account)
                details.related.push_back(account->id);
            else
                details.relatedSubjects.push_back(name);
            v.fail(o.id(), mounting.place, std::move(details));
        });
    }

    constexpr std::array<CheckEntry, 9> checks { {
        { "GL-RBAC-001", clusterAdmin },
        { "GL-RBAC-003", anonymousBound },
        { "GL-RBAC-005", wildcards },
        { "GL-RBAC-006", readSecrets },
        { "GL-RBAC-007", changeWorkloads },
        { "GL-RBAC-008", runInPods },
        { "GL-RBAC-010", bindOrEscalate },
        { "GL-RBAC-011", impersonate },
        { "GL-RBAC-021", tokenMounted },
    } };

} // namespace

std::span<const CheckEntry> rbacChecks() { return checks; }

} // namespace glacis::posture
