// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "rbac_builder.h"

#include <test_main.h>

#include <algorithm>

using namespace glacis;
using namespace glacis::access;
using glacis::test::numbered;
using glacis::test::RbacBuilder;
using inventory::Kind;

class AggregationTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void storedRulesAreTrusted();
    void emptyRulesAreCollectedByLabel();
    void aggregatesMaySelectAggregates();
    void circlesEnd();
    void equalRulesCountOnce();
    void roleNeverSelectsItself();
    void manyAggregatesStayBounded();
    void bootstrapRoleIsAssumedWhenBound();
    void unboundBootstrapRolesAreNotInvented();
    void sourceWinsOverTheTable();
    void assumedEditHoldsViewAndTheSourcesAdditions();
    void assumedRolesExistInWholeClustersToo();
    void systemRoleOfANamespaceIsAssumedOnlyThere();
    void unknownRoleStaysDangling();
    void ownAggregateOfKubernetesLabelsTakesBuiltInRules();
    void bootstrapMarkByLabelOrName();
    void tableRolesHoldWhatKubernetesGrants_data();
    void tableRolesHoldWhatKubernetesGrants();
};

namespace {

bool may(const ResolvedRole& role, const Request& request)
{
    return std::any_of(
        role.rules.begin(), role.rules.end(), [&](const Rule& rule) { return ruleAllows(rule, request); });
}

const ResolvedRole* find(const Access& access, std::string_view name)
{
    return access.roleByName(true, {}, name);
}

} // namespace

void AggregationTest::storedRulesAreTrusted()
{
    RbacBuilder b;
    b.aggregate("sum", { { "to", "sum" } }, {}, { b.rule("get", "", "pods") });
    b.clusterRole("part", { b.rule("*", "*", "*") }, { { "to", "sum" } });
    const Access access(b.build());
    QVERIFY(may(*find(access, "sum"), { .verb = "get", .resource = "pods" }));
    QVERIFY(!may(*find(access, "sum"), { .verb = "get", .resource = "secrets" }));
    QCOMPARE(find(access, "sum")->sourceRule, (std::vector<int> { 0 }));
}

void AggregationTest::emptyRulesAreCollectedByLabel()
{
    RbacBuilder b;
    b.clusterRole("z-part", { b.rule("get", "", "pods"), b.rule("list", "", "pods") }, { { "to", "sum" } });
    b.aggregate("sum", { { "to", "sum" } });
    b.clusterRole("a-part", { b.rule("create", "", "pods") }, { { "to", "sum" } });
    b.clusterRole("other", { b.rule("delete", "", "pods") }, { { "to", "else" } });
    b.role("ns", "no-cluster-role", { b.rule("*", "*", "*") });
    const Access access(b.build());
    const auto& sum = *find(access, "sum");
    QCOMPARE(sum.rules.size(), std::size_t(3));
    QVERIFY(sum.rules[0].verbs[0] == "create"); // by name: a-part, then z-part
    QVERIFY(may(sum, { .verb = "list", .resource = "pods" }));
    QVERIFY(!may(sum, { .verb = "delete", .resource = "pods" }));
    QCOMPARE(sum.sourceRule, (std::vector<int> { -1, -1, -1 }));
    QCOMPARE(sum.origins[2].object.value, 0U);
    QCOMPARE(sum.origins[2].index, 1U);
}

void AggregationTest::aggregatesMaySelectAggregates()
{
    RbacBuilder b;
    b.aggregate("top", { { "to", "top" } });
    b.aggregate("middle", { { "to", "middle" } }, { { "to", "top" } });
    b.clusterRole("leaf", { b.rule("get", "", "pods") }, { { "to", "middle" } });
    const Access access(b.build());
    QVERIFY(may(*find(access, "top"), { .verb = "get", .resource = "pods" }));
    QCOMPARE(find(access, "top")->rules.size(), std::size_t(1));
}

void AggregationTest::circlesEnd()
{
    RbacBuilder b;
    b.aggregate("a", { { "to", "a" } }, { { "to", "b" } });
    b.aggregate("b", { { "to", "b" } }, { { "to", "a" } });
    b.clusterRole("leaf", { b.rule("get", "", "pods") }, { { "to", "b" } });
    const Access access(b.build());
    QVERIFY(may(*find(access, "a"), { .verb = "get", .resource = "pods" }));
    QVERIFY(may(*find(access, "b"), { .verb = "get", .resource = "pods" }));
}

void AggregationTest::equalRulesCountOnce()
{
    RbacBuilder b;
    b.aggregate("sum", { { "to", "sum" }, { "also", "sum" } });
    b.clusterRole("p1", { b.rule("get", "", "pods") }, { { "to", "sum" }, { "also", "sum" } });
    b.clusterRole("p2", { b.rule("get", "", "pods"), b.rule("list", "", "pods") }, { { "to", "sum" } });
    const Access access(b.build());
    QCOMPARE(find(access, "sum")->rules.size(), std::size_t(2));
}

void AggregationTest::roleNeverSelectsItself()
{
    RbacBuilder b;
    b.aggregate("sum", { { "to", "sum" } }, { { "to", "sum" } });
    const Access access(b.build());
    QVERIFY(find(access, "sum")->rules.empty());
    QVERIFY(!find(access, "sum")->incomplete);
}

void AggregationTest::manyAggregatesStayBounded()
{
    // Each of 4,000 aggregates selects all others and 4,000 leaves: 32 million edges if followed naively.
    RbacBuilder b;
    for (int i = 0; i < 4000; ++i) {
        b.aggregate(numbered("a", i), { { "x", "y" } }, { { "x", "y" } });
        b.clusterRole(numbered("l", i), { b.rule("get", "", numbered("r", i)) }, { { "x", "y" } });
    }
    const test::CpuTimer timer;
    const Access access(b.build());
    QVERIFY2(timer.milliseconds() < 5000, qPrintable(QString::number(timer.milliseconds())));
    QVERIFY(find(access, "a0")->incomplete);
    QVERIFY(find(access, "a3999")->incomplete);
}

void AggregationTest::bootstrapRoleIsAssumedWhenBound()
{
    RbacBuilder b;
    b.clusterRoleBinding("x", "cluster-admin", { b.user("joe") });
    const Access access(b.build());
    const auto* role = access.bindings()[0].role;
    QVERIFY(role && role->assumed && role->bootstrap && role->clusterRole);
    QVERIFY(!role->object.valid());
    QCOMPARE(access.roles().size(), std::size_t(1));
    QVERIFY(access.isBound(*role));
    QVERIFY(
        access.allows(Identity::user("joe"), { .verb = "escalate", .group = "x", .resource = "anything" }));
    QVERIFY(access.allows(Identity::user("joe"), { .verb = "get", .url = "/metrics" }));
}

void AggregationTest::unboundBootstrapRolesAreNotInvented()
{
    RbacBuilder b;
    b.clusterRole("mine", { b.rule("get", "", "pods") });
    b.clusterRoleBinding("x", "mine", { b.user("joe") });
    const Access access(b.build());
    QCOMPARE(access.roles().size(), std::size_t(1));
    QVERIFY(!find(access, "view"));
}

void AggregationTest::sourceWinsOverTheTable()
{
    RbacBuilder b;
    b.clusterRole("cluster-admin", { b.rule("get", "apps", "deployments") });
    b.clusterRoleBinding("x", "cluster-admin", { b.user("joe") });
    const Access access(b.build());
    QVERIFY(!access.bindings()[0].role->assumed);
    QVERIFY(access.bindings()[0].role->bootstrap);
    QVERIFY(!access.allows(Identity::user("joe"), { .verb = "get", .resource = "secrets" }));
}

void AggregationTest::assumedEditHoldsViewAndTheSourcesAdditions()
{
    RbacBuilder b;
    b.clusterRole("widgets", { b.rule("*", "example.com", "widgets") },
        { { "rbac.authorization.k8s.io/aggregate-to-edit", "true" } });
    b.roleBinding("ns", "x", "ClusterRole", "edit", { b.user("joe") });
    b.roleBinding("ns", "y", "ClusterRole", "view", { b.user("jane") });
    b.roleBinding("ns", "z", "ClusterRole", "admin", { b.user("jo") });
    const Access access(b.build());
    const auto can = [&](const char* who, const char* verb, const char* group, const char* resource) {
        return access
            .allows(Identity::user(who), { .verb = verb, .group = group, .resource = resource, .ns = "ns" })
            .has_value();
    };
    QVERIFY(can("joe", "get", "", "pods")); // from view
    QVERIFY(can("joe", "get", "", "secrets"));
    QVERIFY(can("joe", "create", "batch", "cronjobs"));
    QVERIFY(can("joe", "create", "example.com", "widgets"));
    QVERIFY(!can("joe", "create", "rbac.authorization.k8s.io", "rolebindings"));
    QVERIFY(can("jo", "create", "rbac.authorization.k8s.io", "rolebindings"));
    QVERIFY(can("jo", "get", "", "pods"));
    QVERIFY(can("jo", "create", "example.com", "widgets"));
    QVERIFY(can("jane", "list", "apps", "deployments"));
    QVERIFY(!can("jane", "get", "", "secrets"));
    QVERIFY(!can("jane", "create", "example.com", "widgets"));
    QCOMPARE(access.roles().size(), std::size_t(4)); // widgets and the three that are bound
}

void AggregationTest::assumedRolesExistInWholeClustersToo()
{
    RbacBuilder b;
    b.inventory().source.scope = inventory::Scope::Cluster;
    b.inventory().coverage.kinds[static_cast<std::size_t>(Kind::ClusterRole)].state
        = inventory::ReadState::Read;
    b.roleBinding("ns", "x", "ClusterRole", "edit", { b.user("joe") });
    const Access access(b.build());
    QVERIFY(access.allows(Identity::user("joe"), { .verb = "get", .resource = "secrets", .ns = "ns" }));
}

void AggregationTest::systemRoleOfANamespaceIsAssumedOnlyThere()
{
    RbacBuilder b;
    b.roleBinding("kube-system", "x", "Role", "extension-apiserver-authentication-reader", { b.user("joe") });
    b.roleBinding("shop", "y", "Role", "extension-apiserver-authentication-reader", { b.user("joe") });
    const Access access(b.build());
    QVERIFY(access.bindings()[0].role && access.bindings()[0].role->assumed);
    QVERIFY(!access.bindings()[1].role);
}

void AggregationTest::unknownRoleStaysDangling()
{
    RbacBuilder b;
    b.clusterRoleBinding("x", "system:made-up", { b.user("joe") });
    const Access access(b.build());
    QVERIFY(!access.bindings()[0].role);
    QVERIFY(access.roles().empty());
}

void AggregationTest::ownAggregateOfKubernetesLabelsTakesBuiltInRules()
{
    RbacBuilder b;
    b.aggregate("my-edit", { { "rbac.authorization.k8s.io/aggregate-to-edit", "true" } });
    const Access access(b.build());
    QVERIFY(may(*find(access, "my-edit"), { .verb = "create", .resource = "pods", .subresource = "exec" }));
    QCOMPARE(access.roles().size(), std::size_t(1));
    QVERIFY(!find(access, "my-edit")->origins[0].object.valid());
}

void AggregationTest::bootstrapMarkByLabelOrName()
{
    RbacBuilder b;
    b.clusterRole("view", {});
    b.clusterRole("vendor", {}, { { "kubernetes.io/bootstrapping", "rbac-defaults" } });
    b.clusterRole("system:made-up", {});
    b.role("ns", "view", {});
    const Access access(b.build());
    QVERIFY(access.roles()[0].bootstrap);
    QVERIFY(access.roles()[1].bootstrap);
    QVERIFY(!access.roles()[2].bootstrap);
    QVERIFY(!access.roles()[3].bootstrap);
}

void AggregationTest::tableRolesHoldWhatKubernetesGrants_data()
{
    QTest::addColumn<QString>("role");
    QTest::addColumn<QString>("verb");
    QTest::addColumn<QString>("group");
    QTest::addColumn<QString>("resource");
    QTest::addColumn<QString>("subresource");
    QTest::addColumn<bool>("allowed");
    const auto row = [](const char* role, const char* verb, const char* group, const char* resource,
                         const char* sub, bool allowed) {
        QTest::addRow("%s: %s %s.%s/%s", role, verb, resource, group, sub)
            << QString::fromLatin1(role) << QString::fromLatin1(verb) << QString::fromLatin1(group)
            << QString::fromLatin1(resource) << QString::fromLatin1(sub) << allowed;
    };
    row("admin", "impersonate", "", "serviceaccounts", "", true);
    row("admin", "create", "authorization.k8s.io", "localsubjectaccessreviews", "", true);
    row("admin", "update", "", "resourcequotas", "", false);
    row("edit", "create", "", "serviceaccounts", "token", true);
    row("edit", "update", "", "endpoints", "", false); // dropped for CVE-2021-25740
    row("edit", "get", "", "pods", "ephemeralcontainers", false);
    row("view", "get", "", "pods", "log", true);
    row("view", "get", "", "pods", "exec", false);
    row("view", "list", "rbac.authorization.k8s.io", "roles", "", false);
    row("system:node", "create", "", "serviceaccounts", "token", true);
    row("system:node", "delete", "", "nodes", "", false);
    row("system:node-proxier", "watch", "discovery.k8s.io", "endpointslices", "", true);
    row("system:kube-controller-manager", "list", "anything", "secrets", "", true);
    row("system:kube-controller-manager", "delete", "", "pods", "", false);
    row("system:kube-scheduler", "create", "", "pods", "binding", true);
    row("system:kubelet-api-admin", "post", "", "nodes", "proxy", true);
    row("system:auth-delegator", "create", "authentication.k8s.io", "tokenreviews", "", true);
    row("system:basic-user", "create", "authorization.k8s.io", "selfsubjectaccessreviews", "", true);
    row("system:basic-user", "get", "", "pods", "", false);
    row("system:heapster", "list", "", "nodes", "", true);
    row("system:persistent-volume-provisioner", "create", "", "persistentvolumes", "", true);
    row("system:volume-scheduler", "patch", "", "persistentvolumes", "", true);
    row("system:node-problem-detector", "patch", "", "nodes", "status", true);
    row("system:node-bootstrapper", "create", "certificates.k8s.io", "certificatesigningrequests", "", true);
    row("system:kube-dns", "watch", "", "services", "", true);
    row("system:controller:clusterrole-aggregation-controller", "escalate", "rbac.authorization.k8s.io",
        "clusterroles", "", true);
    row("system:controller:generic-garbage-collector", "delete", "any", "thing", "", true);
    row("system:controller:horizontal-pod-autoscaler", "update", "any", "thing", "scale", true);
    row("system:controller:horizontal-pod-autoscaler", "update", "any", "thing", "", false);
    row("system:controller:namespace-controller", "deletecollection", "", "secrets", "", true);
    row("system:controller:daemon-set-controller", "create", "", "pods", "", true);
}

void AggregationTest::tableRolesHoldWhatKubernetesGrants()
{
    QFETCH(QString, role);
    QFETCH(QString, verb);
    QFETCH(QString, group);
    QFETCH(QString, resource);
    QFETCH(QString, subresource);
    QFETCH(bool, allowed);
    RbacBuilder b;
    b.clusterRoleBinding("x", role.toStdString(), { b.user("joe") });
    const Access access(b.build());
    QVERIFY(access.bindings()[0].role);
    QCOMPARE(access
                 .allows(Identity::user("joe"),
                     { .verb = verb.toStdString(),
                         .group = group.toStdString(),
                         .resource = resource.toStdString(),
                         .subresource = subresource.toStdString() })
                 .has_value(),
        allowed);
}

GLACIS_TEST(AggregationTest)
#include "aggregation_test.moc"
