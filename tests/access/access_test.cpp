// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "rbac_builder.h"

#include <test_main.h>

#include <random>

using namespace glacis;
using namespace glacis::access;
using glacis::test::numbered;
using glacis::test::RbacBuilder;
using inventory::Kind;

class AccessTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void subjectAndScopeDecide_data();
    void subjectAndScopeDecide();
    void urlRuleThroughRoleBindingGrantsNothing();
    void rulesOfOtherNamespacesStayThere();
    void implicitGroups();
    void userSpelledAsAccountHitsTheAccount();
    void accountGroupsHitTheirAccounts();
    void unknownSubjectKindMatchesNobody();
    void missingRoleLeavesOtherBindingsAlone();
    void clusterRoleBindingCannotNameARole();
    void roleIsLookedUpInTheBindingsNamespace();
    void grantNamesBindingRuleAndScope();
    void clusterBindingsAnswerFirst();
    void bindingOnlyCountsWithSubjects();
    void systemSubjects_data();
    void systemSubjects();
    void answersAgreeWithNaiveEvaluation();
    void fiftyThousandBindingsCompileInASecond();
};

namespace {

struct Question {
    std::string subject; // "user joe group1,admins", "sa ns name"
    Request request;
};

} // namespace

void AccessTest::subjectAndScopeDecide_data()
{
    QTest::addColumn<QString>("binding"); // "ns1" or "*"
    QTest::addColumn<QString>("subject"); // kind ns name
    QTest::addColumn<QString>("identity");
    QTest::addColumn<QString>("groups");
    QTest::addColumn<QString>("ns"); // of the request for pods; "*": cluster-wide nodes
    QTest::addColumn<bool>("allowed");
    const auto row = [](const char* name, const char* binding, const char* subject, const char* identity,
                         const char* groups, const char* ns, bool allowed) {
        QTest::newRow(name) << QString::fromLatin1(binding) << QString::fromLatin1(subject)
                            << QString::fromLatin1(identity) << QString::fromLatin1(groups)
                            << QString::fromLatin1(ns) << allowed;
    };
    row("1 in its namespace", "ns1", "User - joe", "User - joe", "", "ns1", true);
    row("1 in another", "ns1", "User - joe", "User - joe", "", "ns2", false);
    row("1 cluster-wide", "ns1", "User - joe", "User - joe", "", "*", false);
    row("cluster binding in a namespace", "*", "User - joe", "User - joe", "", "ns1", true);
    row("cluster binding cluster-wide", "*", "User - joe", "User - joe", "", "*", true);
    row("2 by group", "ns1", "Group - admins", "User - joe", "group1,admins", "ns1", true);
    row("2 not by another group", "ns1", "Group - admins", "User - joe", "group1", "ns1", false);
    row("14 a star is a name", "ns1", "User - *", "User - foobar", "", "ns1", false);
    row("14 a star is no group either", "*", "Group - *", "User - foobar", "x", "*", false);
    row("15 group wherever the member is", "ns1", "Group - g", "ServiceAccount other a", "g", "ns1", true);
    row("16 account of another namespace", "default", "ServiceAccount kube-system default",
        "ServiceAccount kube-system default", "", "default", true);
    row("16 not its namesake", "default", "ServiceAccount kube-system default",
        "ServiceAccount default default", "", "default", false);
    row("account without namespace: the binding's", "default", "ServiceAccount - a",
        "ServiceAccount default a", "", "default", true);
    row("17 account without namespace in a cluster binding", "*", "ServiceAccount - a",
        "ServiceAccount default a", "", "default", false);
    row("18 the unauthenticated", "*", "Group - system:unauthenticated", "User - system:anonymous", "", "*",
        true);
    row("the anonymous are not authenticated", "*", "Group - system:authenticated", "User - system:anonymous",
        "", "*", false);
    row("users are authenticated", "*", "Group - system:authenticated", "User - joe", "", "*", true);
    row("accounts are authenticated", "*", "Group - system:authenticated", "ServiceAccount a b", "", "*",
        true);
    row("nodes are nodes", "*", "Group - system:nodes", "User - system:node:n1", "", "*", true);
    row("a group as identity", "*", "Group - devs", "Group - devs", "", "*", true);
    row("a group is no user of that name", "*", "User - devs", "Group - devs", "", "*", false);
    row("names keep their case", "*", "User - Joe", "User - joe", "", "*", false);
    row("a user is no group of that name", "*", "Group - joe", "User - joe", "", "*", false);
}

void AccessTest::subjectAndScopeDecide()
{
    QFETCH(QString, binding);
    QFETCH(QString, subject);
    QFETCH(QString, identity);
    QFETCH(QString, groups);
    QFETCH(QString, ns);
    QFETCH(bool, allowed);
    RbacBuilder b;
    b.clusterRole("all", { b.rule("*", "*", "*") });
    const auto words = [](const QString& text) {
        auto list = text.split(QLatin1Char(' '));
        if (list[1] == QLatin1String("-"))
            list[1].clear();
        return list;
    };
    const auto s = words(subject);
    const inventory::Subject bound { b.str(s[0].toStdString()), Str(), b.str(s[2].toStdString()),
        b.str(s[1].toStdString()) };
    if (binding == QLatin1String("*"))
        b.clusterRoleBinding("test", "all", { bound });
    else
        b.roleBinding(binding.toStdString(), "test", "ClusterRole", "all", { bound });
    const auto i = words(identity);
    const Identity who = i[0] == QLatin1String("User") ? Identity::user(i[2].toStdString())
        : i[0] == QLatin1String("Group")               ? Identity::group(i[2].toStdString())
                                         : Identity::serviceAccount(i[1].toStdString(), i[2].toStdString());
    std::vector<std::string> extra;
    for (const auto& group : groups.split(QLatin1Char(','), Qt::SkipEmptyParts))
        extra.push_back(group.toStdString());
    const Access access(b.build());
    const Request request = ns == QLatin1String("*")
        ? Request { .verb = "get", .resource = "nodes" }
        : Request { .verb = "get", .resource = "pods", .ns = ns.toStdString() };
    QCOMPARE(access.allows(who, request, extra).has_value(), allowed);
}

void AccessTest::urlRuleThroughRoleBindingGrantsNothing() // 12
{
    RbacBuilder b;
    b.clusterRole("metrics", { b.urls("get", "/metrics") });
    b.roleBinding("ns1", "local", "ClusterRole", "metrics", { b.user("joe") });
    b.clusterRoleBinding("global", "metrics", { b.user("jane") });
    const Access access(b.build());
    QVERIFY(!access.allows(Identity::user("joe"), { .verb = "get", .url = "/metrics" }));
    QVERIFY(!access.allows(Identity::user("joe"), { .verb = "get", .ns = "ns1", .url = "/metrics" }));
    QVERIFY(access.allows(Identity::user("jane"), { .verb = "get", .url = "/metrics" }));
}

void AccessTest::rulesOfOtherNamespacesStayThere() // 13
{
    RbacBuilder b;
    b.role("ns1", "reader", { b.rule("get", "", "pods") });
    b.clusterRole("viewer", { b.rule("list", "", "nodes") });
    b.roleBinding("ns1", "local", "Role", "reader", { b.user("foobar") });
    b.clusterRoleBinding("global", "viewer", { b.user("foobar") });
    const Access access(b.build());
    const auto foobar = Identity::user("foobar");
    QVERIFY(access.allows(foobar, { .verb = "get", .resource = "pods", .ns = "ns1" }));
    QVERIFY(!access.allows(foobar, { .verb = "get", .resource = "pods", .ns = "ns2" }));
    QVERIFY(!access.allows(foobar, { .verb = "get", .resource = "pods" }));
    QVERIFY(access.allows(foobar, { .verb = "list", .resource = "nodes" }));
    QVERIFY(access.allows(foobar, { .verb = "list", .resource = "nodes", .ns = "ns2" }));
}

void AccessTest::implicitGroups()
{
    using Groups = std::vector<std::string>;
    QCOMPARE(Access::implicitGroups(Identity::serviceAccount("a", "b")),
        (Groups { "system:serviceaccounts", "system:serviceaccounts:a", "system:authenticated" }));
    QCOMPARE(Access::implicitGroups(Identity::user("joe")), (Groups { "system:authenticated" }));
    QCOMPARE(
        Access::implicitGroups(Identity::user("system:anonymous")), (Groups { "system:unauthenticated" }));
    QCOMPARE(Access::implicitGroups(Identity::user("system:node:n1")),
        (Groups { "system:nodes", "system:authenticated" }));
    QCOMPARE(Access::implicitGroups(Identity::group("system:unauthenticated")),
        (Groups { "system:unauthenticated" }));
    QCOMPARE(Access::implicitGroups(Identity::group("system:serviceaccounts:a")),
        (Groups { "system:serviceaccounts:a", "system:serviceaccounts", "system:authenticated" }));
}

void AccessTest::userSpelledAsAccountHitsTheAccount()
{
    RbacBuilder b;
    b.clusterRole("all", { b.rule("*", "*", "*") });
    b.clusterRoleBinding("x", "all", { b.user("system:serviceaccount:shop:web") });
    const Access access(b.build());
    QVERIFY(access.allows(Identity::serviceAccount("shop", "web"), { .verb = "get", .resource = "nodes" }));
    QVERIFY(!access.allows(Identity::serviceAccount("shop", "db"), { .verb = "get", .resource = "nodes" }));
    QVERIFY(Access::subjectMatches(
        b.user("system:serviceaccount:shop:web"), "", Identity::serviceAccount("shop", "web"), {}));
}

void AccessTest::accountGroupsHitTheirAccounts()
{
    RbacBuilder b;
    b.clusterRole("all", { b.rule("*", "*", "*") });
    b.clusterRoleBinding("x", "all", { b.group("system:serviceaccounts:shop") });
    const Access access(b.build());
    QVERIFY(access.allows(Identity::serviceAccount("shop", "web"), { .verb = "get", .resource = "nodes" }));
    QVERIFY(!access.allows(Identity::serviceAccount("other", "web"), { .verb = "get", .resource = "nodes" }));
}

void AccessTest::unknownSubjectKindMatchesNobody()
{
    RbacBuilder b;
    b.clusterRole("all", { b.rule("*", "*", "*") });
    auto subject = b.user("joe");
    subject.kind = b.str("user");
    b.clusterRoleBinding("x", "all", { subject });
    const Access access(b.build());
    QVERIFY(!access.allows(Identity::user("joe"), { .verb = "get", .resource = "nodes" }));
    QVERIFY(access.bindingsOf(Identity::user("joe")).empty());
}

void AccessTest::missingRoleLeavesOtherBindingsAlone()
{
    RbacBuilder b;
    b.clusterRole("viewer", { b.rule("list", "", "nodes") });
    b.clusterRoleBinding("a", "gone", { b.user("joe") });
    b.clusterRoleBinding("b", "viewer", { b.user("joe") });
    const Access access(b.build());
    QCOMPARE(access.bindings().size(), std::size_t(2));
    QVERIFY(!access.bindings()[0].role);
    QVERIFY(access.allows(Identity::user("joe"), { .verb = "list", .resource = "nodes" }));
    QCOMPARE(access.grantsOf(Identity::user("joe")).size(), std::size_t(1));
    QCOMPARE(access.bindingsOf(Identity::user("joe")).size(), std::size_t(2));
}

void AccessTest::clusterRoleBindingCannotNameARole()
{
    RbacBuilder b;
    b.role("ns1", "r", { b.rule("*", "*", "*") });
    b.addBinding(Kind::ClusterRoleBinding, {}, "x", "Role", "r", { b.user("joe") });
    b.addBinding(Kind::ClusterRoleBinding, {}, "y", "Role", "admin", { b.user("joe") });
    const Access access(b.build());
    QVERIFY(!access.bindings()[0].role);
    QVERIFY(!access.bindings()[1].role);
    QCOMPARE(access.roles().size(), std::size_t(1));
}

void AccessTest::roleIsLookedUpInTheBindingsNamespace()
{
    RbacBuilder b;
    b.role("ns1", "r", { b.rule("get", "", "pods") });
    b.role("ns2", "r", { b.rule("*", "*", "*") });
    b.clusterRole("r", { b.rule("list", "", "pods") });
    b.roleBinding("ns1", "x", "Role", "r", { b.user("joe") });
    b.roleBinding("ns3", "y", "Role", "r", { b.user("joe") });
    b.roleBinding("ns4", "z", "ClusterRole", "r", { b.user("joe") });
    const Access access(b.build());
    QVERIFY(access.bindings()[0].role->ns == "ns1");
    QVERIFY(!access.bindings()[1].role);
    QVERIFY(access.bindings()[2].role->clusterRole);
    QVERIFY(access.roleByName(false, "ns2", "r") == access.role(inventory::ObjectId { 1 }));
    QVERIFY(!access.roleByName(false, "ns3", "r"));
}

void AccessTest::grantNamesBindingRuleAndScope()
{
    RbacBuilder b;
    b.role("ns1", "r", { b.rule("get", "", "pods"), b.rule("list", "", "secrets") });
    b.roleBinding("ns1", "x", "Role", "r", { b.account("ns2", "web") });
    const Access access(b.build());
    const auto grant = access.allows(
        Identity::serviceAccount("ns2", "web"), { .verb = "list", .resource = "secrets", .ns = "ns1" });
    QVERIFY(grant);
    QCOMPARE(grant->rule, 1U);
    QVERIFY(grant->scope == "ns1");
    QVERIFY(grant->binding == &access.bindings()[0]);
}

void AccessTest::clusterBindingsAnswerFirst()
{
    RbacBuilder b;
    b.clusterRole("all", { b.rule("*", "*", "*") });
    b.roleBinding("ns1", "local", "ClusterRole", "all", { b.user("joe") });
    b.clusterRoleBinding("late", "all", { b.group("g") });
    b.clusterRoleBinding("later", "all", { b.user("joe") });
    const Access access(b.build());
    const auto grant
        = access.allows(Identity::user("joe"), { .verb = "get", .resource = "pods", .ns = "ns1" }, { "g" });
    QVERIFY(grant && grant->binding == &access.bindings()[1]);
}

void AccessTest::bindingOnlyCountsWithSubjects()
{
    RbacBuilder b;
    b.clusterRole("a", {});
    b.clusterRole("b", {});
    b.clusterRoleBinding("x", "a", {});
    b.clusterRoleBinding("y", "b", { b.user("joe") });
    const Access access(b.build());
    QVERIFY(!access.isBound(access.roles()[0]));
    QVERIFY(access.isBound(access.roles()[1]));
}

void AccessTest::systemSubjects_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("ns");
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("system");
    const auto row = [](const char* kind, const char* ns, const char* name, bool system) {
        QTest::addRow("%s %s %s", kind, ns, name)
            << QString::fromLatin1(kind) << QString::fromLatin1(ns) << QString::fromLatin1(name) << system;
    };
    row("Group", "", "system:masters", true);
    row("Group", "", "system:nodes", true);
    row("Group", "", "system:bootstrappers:kubeadm:default-node-token", true);
    row("Group", "", "system:authenticated", false);
    row("Group", "", "system:unauthenticated", false);
    row("Group", "", "system:serviceaccounts", false);
    row("Group", "", "system:serviceaccounts:kube-system", false);
    row("Group", "", "system:mastersx", false);
    row("Group", "", "admins", false);
    row("User", "", "system:anonymous", false);
    row("User", "", "system:kube-scheduler", true);
    row("User", "", "system:kube-controller-manager", true);
    row("User", "", "system:kube-proxy", true);
    row("User", "", "system:node:worker-1", true);
    row("User", "", "system:nodes", false);
    row("User", "", "system:masters", false);
    row("User", "", "system:foo", false);
    row("User", "", "system:serviceaccount:kube-system:node-controller", true);
    row("User", "", "system:serviceaccount:default:node-controller", false);
    row("ServiceAccount", "kube-system", "generic-garbage-collector", true);
    row("ServiceAccount", "kube-system", "token-cleaner", true);
    row("ServiceAccount", "", "namespace-controller", true); // the binding's namespace, kube-system
    row("ServiceAccount", "kube-system", "tiller", false);
    row("ServiceAccount", "kube-system", "default", false);
    row("ServiceAccount", "shop", "namespace-controller", false);
}

void AccessTest::systemSubjects()
{
    QFETCH(QString, kind);
    QFETCH(QString, ns);
    QFETCH(QString, name);
    QFETCH(bool, system);
    RbacBuilder b;
    const inventory::Subject subject { b.str(kind.toStdString()), Str(), b.str(name.toStdString()),
        b.str(ns.toStdString()) };
    QCOMPARE(isSystemSubject(subject, "kube-system"), system);
}

namespace {

/// As A1 reads, with no index and no cleverness.
bool naiveAllows(const inventory::Inventory& inventory, const Identity& identity,
    const std::vector<std::string>& groups, const Request& request)
{
    const auto rulesOf = [&](const inventory::RoleBinding& binding) -> const std::vector<Rule>* {
        for (const auto& role : inventory.roles) {
            const auto& object = inventory.object(role.id);
            if (!(object.name == binding.roleName))
                continue;
            if (binding.roleKind == "ClusterRole" && object.kind == Kind::ClusterRole)
                return &role.rules;
            if (binding.roleKind == "Role" && object.kind == Kind::Role
                && object.ns == inventory.object(binding.id).ns)
                return &role.rules;
        }
        return nullptr;
    };
    for (const auto& binding : inventory.bindings) {
        const auto& object = inventory.object(binding.id);
        const bool cluster = object.kind == Kind::ClusterRoleBinding;
        if (!cluster
            && (!request.url.empty() || request.ns.empty() || object.ns != std::string_view(request.ns)))
            continue;
        bool matches = false;
        for (const auto& subject : binding.subjects)
            matches = matches || Access::subjectMatches(subject, object.ns, identity, groups);
        const auto* rules = matches ? rulesOf(binding) : nullptr;
        for (std::size_t i = 0; rules && i < rules->size(); ++i) {
            if (ruleAllows((*rules)[i], request))
                return true;
        }
    }
    return false;
}

} // namespace

void AccessTest::answersAgreeWithNaiveEvaluation()
{
    std::mt19937 random(20261123);
    const auto pick = [&](std::initializer_list<const char*> list) {
        return std::string(*(list.begin() + static_cast<std::ptrdiff_t>(random() % list.size())));
    };
    int allowed = 0;
    for (int round = 0; round < 300; ++round) {
        RbacBuilder b;
        const auto rule = [&] {
            return random() % 8 == 0
                ? b.urls(pick({ "get", "*" }), pick({ "/a", "/a/*", "*" }))
                : b.rule(pick({ "get", "list,create", "*" }), pick({ "", "apps", "*" }),
                    pick({ "pods", "pods/exec,secrets", "*/exec", "*" }), pick({ "", "", "", "x" }));
        };
        for (const char* name : { "r1", "r2" }) {
            b.clusterRole(name, { rule(), rule() });
            b.role(pick({ "n1", "n2" }), name, { rule() });
        }
        const auto subject = [&] {
            switch (random() % 3) {
            case 0:
                return b.user(pick({ "joe", "system:anonymous", "system:serviceaccount:n1:a" }));
            case 1:
                return b.group(pick({ "g", "system:authenticated", "system:serviceaccounts:n1" }));
            default:
                return b.account(pick({ "", "n1", "n2" }), pick({ "a", "b" }));
            }
        };
        for (int i = 0; i < 4; ++i) {
            if (random() % 2 == 0)
                b.clusterRoleBinding("b", pick({ "r1", "r2", "gone" }), { subject(), subject() });
            else
                b.roleBinding(pick({ "n1", "n2" }), "b", pick({ "Role", "ClusterRole" }),
                    pick({ "r1", "r2", "gone" }), { subject() });
        }
        const auto& inventory = b.build();
        const Access access(inventory);
        for (int i = 0; i < 60; ++i) {
            const Identity who = std::vector { Identity::user(pick({ "joe", "system:anonymous" })),
                Identity::group(pick({ "g", "system:unauthenticated" })),
                Identity::serviceAccount(pick({ "n1", "n2" }), pick({ "a", "b" })) }[random() % 3];
            std::vector<std::string> extra;
            if (random() % 3 == 0)
                extra.emplace_back("g");
            Request request { .verb = pick({ "get", "list", "create", "watch" }),
                .group = pick({ "", "apps" }),
                .resource = pick({ "pods", "secrets" }),
                .subresource = pick({ "", "", "exec" }),
                .ns = pick({ "", "n1", "n2", "n3" }),
                .name = pick({ "", "x", "y" }) };
            if (random() % 5 == 0)
                request.url = pick({ "/a", "/a/b", "/b" });
            auto groups = Access::implicitGroups(who);
            groups.insert(groups.end(), extra.begin(), extra.end());
            const bool expected = naiveAllows(inventory, who, groups, request);
            allowed += expected ? 1 : 0;
            QCOMPARE(access.allows(who, request, extra).has_value(), expected);
        }
    }
    QVERIFY(allowed > 1000);
}

void AccessTest::fiftyThousandBindingsCompileInASecond()
{
    RbacBuilder b;
    for (int i = 0; i < 8500; ++i)
        b.clusterRole(numbered("role-", i),
            { b.rule("get,list,watch", "", "pods,services,configmaps"), b.rule("*", "apps", "deployments") });
    for (int i = 0; i < 50000; ++i) {
        b.roleBinding(numbered("ns-", i % 10000), numbered("b-", i), "ClusterRole",
            numbered("role-", i % 8500),
            { b.account(numbered("ns-", i % 10000), numbered("sa-", i % 3)),
                b.group("system:serviceaccounts"), b.user(numbered("user-", i)) });
    }
    const auto& inventory = b.build();
    const test::CpuTimer timer;
    const Access access(inventory);
    const auto compile = timer.milliseconds();
    QCOMPARE(access.bindings().size(), std::size_t(50000));
    const test::CpuTimer asking;
    int yes = 0;
    for (int i = 0; i < 10000; ++i)
        yes += access.allows(Identity::serviceAccount(numbered("ns-", i), "sa-1"),
                   { .verb = "list", .resource = "pods", .ns = numbered("ns-", i) })
            ? 1
            : 0;
    const auto ask = asking.milliseconds();
    QCOMPARE(yes, 10000);
    qInfo("compiled in %ld ms, 10000 questions in %ld ms", compile, ask);
    QVERIFY2(compile < 3000, "the budget is a second; three allow for a slow machine");
    QVERIFY(ask < 3000);
}

GLACIS_TEST(AccessTest)
#include "access_test.moc"
