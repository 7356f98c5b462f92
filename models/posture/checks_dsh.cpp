// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Kubernetes Dashboard (v1, v2, v7 with its Kong proxy) and its successor Headlamp.
#include <posture/areas.h>

#include <algorithm>
#include <array>

#include <network/admin_interfaces.h>

namespace glacis::posture {
namespace {
    using inventory::Container;

    /// Calls look for each owner that is a dashboard; the others get what `otherwise` says.
    void forEachDashboard(const CheckContext& c, Verdicts& v, const std::function<void(ObjectId)>& otherwise,
        const std::function<void(const OwnerView&, const network::AdminMatch&)>& look)
    {
        forEachOwner(c, v, [&](const OwnerView& o) {
            const network::AdminMatch* match = c.exposure.adminOf(o.owner);
            if (match && (match->tool.id == "kubernetes-dashboard" || match->tool.id == "headlamp"))
                look(o, *match);
            else if (otherwise)
                otherwise(o.id());
        });
    }

    std::function<void(ObjectId)> notApplicableIn(Verdicts& v)
    {
        return [&v](ObjectId id) { v.notApplicable(id); };
    }

    void dashboardPresent(const CheckContext& c, Verdicts& v)
    {
        forEachDashboard(c, v, {}, [&](const OwnerView& o, const network::AdminMatch& match) {
            const bool retired = match.tool.id == "kubernetes-dashboard";
            if (o.specObject == o.id())
                v.fail(o.id(),
                    { .container = {}, .path = match.path, .evidence = match.evidence, .object = {} },
                    { .message = retired
                            ? "Runs Kubernetes Dashboard, which is retired and gets no security fixes"
                            : "Runs Headlamp, a web interface to the cluster",
                        .severity = retired ? Severity::Medium : Severity::Info });
        });
    }

    void dashboardReachable(const CheckContext& c, Verdicts& v)
    {
        forEachDashboard(c, v, notApplicableIn(v), [&](const OwnerView& o, const network::AdminMatch& match) {
            if (!(o.specObject == o.id()))
                return;
            // v7 has several Services of its own; the Kong proxy is the one that is published.
            for (const network::Opening* opening : c.exposure.openingsOf(o.owner)) {
                const bool inside = opening->reach == network::Reach::Private
                    || opening->reach == network::Reach::Restricted;
                Details details;
                details.message = std::string(match.tool.title)
                    + " can be reached from outside the cluster through " + describe(c.inventory, *opening);
                if (inside)
                    details.severity = Severity::High;
                if (opening->reach == network::Reach::Unknown)
                    details.confidence = Confidence::Inferred;
                for (const ObjectId id : { opening->service, opening->front })
                    if (id.valid())
                        details.related.push_back(id);
                network::OpeningField field = fieldOf(c.inventory, *opening);
                v.fail(o.id(),
                    { .container = {},
                        .path = std::move(field.path),
                        .evidence = std::move(field.evidence),
                        .object = field.object },
                    std::move(details));
            }
        });
    }

    // ---- rights

    bool isWildcard(const access::Rule& rule)
    {
        const auto star = [](const std::vector<Str>& list) {
            return std::any_of(list.begin(), list.end(), [](Str s) { return s == "*"; });
        };
        return star(rule.verbs) && star(rule.resources);
    }

    /// "" when this rule is nothing that a dashboard should not have.
    std::string tooMuch(const access::Rule& rule)
    {
        if (access::ruleIsEverything(rule))
            return "every right";
        if (isWildcard(rule))
            return "every verb on every resource of some groups";
        for (const std::string_view verb : { "list", "get", "watch" })
            if (access::ruleAllowsAnyName(rule, verb, "", "secrets"))
                return std::string(verb) + " on all Secrets";
        return {};
    }

    void dashboardRights(const CheckContext& c, Verdicts& v)
    {
        constexpr std::array kinds { Kind::RoleBinding, Kind::ClusterRoleBinding };
        const Absence absence = absenceOf(c.inventory, kinds);
        forEachDashboard(c, v, notApplicableIn(v), [&](const OwnerView& o, const network::AdminMatch& match) {
            const std::string account
                = o.spec.serviceAccount.empty() ? "default" : o.spec.serviceAccount.str();
            bool failed = false;
            for (const access::Grant& grant :
                c.access.grantsOf(access::Identity::serviceAccount(o.object.ns, account))) {
                if (!grant.binding || !grant.binding->role || grant.rule >= grant.binding->role->rules.size())
                    continue;
                const std::string right = tooMuch(grant.binding->role->rules[grant.rule]);
                if (right.empty())
                    continue;
                failed = true;
                const std::string where = grant.scope.empty() ? "in the whole cluster"
                                                              : "in namespace " + std::string(grant.scope);
                Details details { .message = std::string(match.tool.title) + " runs as ServiceAccount "
                        + o.object.ns.str() + "/" + account + ", which has " + right + " " + where };
                details.related.push_back(grant.binding->object);
                if (grant.binding->role->object.valid())
                    details.related.push_back(grant.binding->role->object);
                if (const ObjectId id = c.inventory.find(Kind::ServiceAccount, o.object.ns, account);
                    id.valid())
                    details.related.push_back(id);
                v.fail(o.id(), place(o, "serviceAccountName", account), details);
                v.fail(o.id(),
                    { .container = {},
                        .path = "roleRef.name",
                        .evidence = grant.binding->role->name + ": " + right + " " + where,
                        .object = grant.binding->object },
                    details);
            }
            if (!failed && !absence.assessable)
                v.notAssessed(o.id(), absence.reason);
        });
    }

    // ---- login

    struct LoginFlag {
        std::string_view flag, says;
        bool number; ///< a port: on unless 0
    };
    constexpr LoginFlag LoginFlags[] = {
        { "enable-skip-login", "lets visitors skip the login and act as its ServiceAccount", false },
        { "enable-insecure-login", "takes logins over plain HTTP", false },
        { "insecure-port", "serves plain HTTP", true },
        { "unsafe-use-service-account-token", "asks nobody for a login and acts as its ServiceAccount",
            false },
    };

    void loginSkipped(const CheckContext& c, Verdicts& v)
    {
        forEachDashboard(c, v, notApplicableIn(v), [&](const OwnerView& o, const network::AdminMatch& match) {
            for (const Container& container : o.spec.containers) {
                const Flags flags(container);
                for (const LoginFlag& login : LoginFlags) {
                    if (!flags.has(login.flag))
                        continue;
                    const std::string value(flags.value(login.flag));
                    if (login.number ? value == "0" : !flags.boolean(login.flag, true))
                        continue;
                    v.fail(o.id(),
                        place(o, container, flags.path(login.flag),
                            "--" + std::string(login.flag) + "=" + value),
                        { .message = std::string(match.tool.title) + " " + std::string(login.says) + ": --"
                                + std::string(login.flag),
                            .locus = containerLocus(container) });
                }
            }
        });
    }

    constexpr CheckEntry Entries[] = {
        { "GL-DSH-001", dashboardPresent },
        { "GL-DSH-002", dashboardReachable },
        { "GL-DSH-003", dashboardRights },
        { "GL-DSH-004", loginSkipped },
    };
}

std::span<const CheckEntry> dshChecks() { return Entries; }

} // namespace glacis::posture
