// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "judged.h"

#include <test_main.h>

#include <ctime>

using namespace glacis;
using glacis::test::Judged;
using glacis::test::text;
using inventory::Scope;

namespace {

/// A ClusterRole "r" with one rule and a binding "b" to it for User joe: cluster-wide or, with a namespace,
/// there.
std::string bound(std::string_view rule, std::string_view ns = {})
{
    std::string yaml(
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r}\nrules:\n- ");
    yaml.append(rule).append("\n---\napiVersion: rbac.authorization.k8s.io/v1\n");
    if (ns.empty())
        yaml.append("kind: ClusterRoleBinding\nmetadata: {name: b}\n");
    else
        yaml.append("kind: RoleBinding\nmetadata: {name: b, namespace: ").append(ns).append("}\n");
    yaml.append("roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: r}\n"
                "subjects: [{kind: User, name: joe}]\n");
    return yaml;
}

std::string binding(std::string_view role, std::string_view subjects)
{
    std::string yaml("apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: "
                     "b}\nroleRef: {kind: ClusterRole, name: \"");
    return yaml.append(role).append("\"}\nsubjects: [").append(subjects).append("]\n");
}

constexpr std::string_view pod = R"(apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  serviceAccountName: web
  containers: [{name: app, image: x}]
)";

/// First word or two of a verdict: "fail high", "pass", "not-applicable", "not-assessed".
QString short_(const std::string& verdict)
{
    const auto words = text(verdict).split(QLatin1Char(' '));
    return words[0] == QLatin1String("fail") ? words[0] + QLatin1Char(' ') + words[1]
                                             : words[0].split(QLatin1Char(':'))[0];
}

} // namespace

class RbacChecksTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void rules_data();
    void rules();
    void clusterAdminSubjects_data();
    void clusterAdminSubjects();
    void clusterAdminByRulesOfAnyName();
    void clusterAdminBindingIsOneFinding();
    void bindingOfClusterAdminInANamespace();
    void anonymous_data();
    void anonymous();
    void kubeadmsClusterInfoReaderIsFine();
    void bindingWithoutSubjectsGrantsNothing();
    void unboundRoleIsInformation();
    void unboundRoleIsUnknownWhereBindingsWereNotRead();
    void missingRole_data();
    void missingRole();
    void assumedRoleIsJudgedAndSaysSo();
    void evidenceNamesRuleBindingAndSubjects();
    void aggregatedRulePointsAtItsRole();
    void locusDoesNotDependOnOrder();
    void eachRuleIsItsOwnFinding();
    void platformBindingsAreMarked();
    void nothingReadIsNotAssessed();
    void tokens_data();
    void tokens();
    void tokenOfAnAccountWithRightsWeighsMore_data();
    void tokenOfAnAccountWithRightsWeighsMore();
    void tokenWithoutAccountsReadIsNotAssessed();
    void mirrorPodsHoldNoToken();
    void unreadableRuleIsNoPass();
    void tenThousandBindingsToOneRole();
};

void RbacChecksTest::rules_data()
{
    QTest::addColumn<QString>("check");
    QTest::addColumn<QString>("rule");
    QTest::addColumn<QString>("ns");
    QTest::addColumn<QString>("verdict");
    const auto row
        = [](const char* name, const char* check, const char* rule, const char* ns, const char* verdict) {
              QTest::addRow("%s: %s", check, name)
                  << QString::fromLatin1("GL-RBAC-") + QString::fromLatin1(check) << QString::fromLatin1(rule)
                  << QString::fromLatin1(ns) << QString::fromLatin1(verdict);
          };
    // Wildcards are judged by what they allow
    row("everything", "005", "{apiGroups: ['*'], resources: ['*'], verbs: ['*']}", "", "fail high");
    row("reads everything, Secrets too", "005", "{apiGroups: ['*'], resources: ['*'], verbs: [get, list]}",
        "", "fail high");
    row("reads one harmless group", "005",
        "{apiGroups: [custom.metrics.k8s.io], resources: ['*'], verbs: [get]}", "", "fail low");
    row("writes a group of its own", "005", "{apiGroups: [example.com], resources: ['*'], verbs: ['*']}", "",
        "fail medium");
    row("workloads", "005", "{apiGroups: [apps], resources: ['*'], verbs: ['*']}", "", "fail high");
    row("every verb on harmless things", "005", "{apiGroups: [''], resources: [events], verbs: ['*']}", "",
        "fail medium");
    row("every verb on pods", "005", "{apiGroups: [''], resources: [pods], verbs: ['*']}", "", "fail high");
    row("star of groups, resource of one group", "005",
        "{apiGroups: ['*'], resources: [deployments], verbs: [get]}", "", "fail low");
    row("one by name", "005", "{apiGroups: [''], resources: [secrets], resourceNames: [a], verbs: ['*']}", "",
        "fail medium");
    row("scale of anything", "005", "{apiGroups: ['*'], resources: ['*/scale'], verbs: [get, update]}", "",
        "fail low");
    row("exec of anything", "005", "{apiGroups: [''], resources: ['*/exec'], verbs: [create]}", "",
        "fail high");
    row("dead text is no wildcard", "005", "{apiGroups: [''], resources: ['pods/*'], verbs: [get]}", "",
        "pass");
    row("no group, no right", "005", "{resources: ['*'], verbs: ['*']}", "", "pass");
    row("every URL", "005", "{nonResourceURLs: ['*'], verbs: [get]}", "", "fail medium");
    row("no star", "005", "{apiGroups: [''], resources: [secrets], verbs: [get]}", "", "pass");
    // Secrets
    row("get", "006", "{apiGroups: [''], resources: [secrets], verbs: [get]}", "", "fail high");
    row("list", "006", "{apiGroups: [''], resources: [secrets], verbs: [list]}", "shop", "fail high");
    row("watch by star", "006", "{apiGroups: ['*'], resources: ['*'], verbs: [watch]}", "", "fail high");
    row("by name", "006", "{apiGroups: [''], resources: [secrets], resourceNames: [a], verbs: [get, list]}",
        "", "pass");
    row("create only", "006", "{apiGroups: [''], resources: [secrets], verbs: [create]}", "", "pass");
    row("another group's secrets", "006", "{apiGroups: [apps], resources: [secrets], verbs: [get]}", "",
        "pass");
    // Workloads
    row("pods", "007", "{apiGroups: [''], resources: [pods], verbs: [create]}", "", "fail high");
    row("patch deployments", "007", "{apiGroups: [apps], resources: [deployments], verbs: [patch]}", "",
        "fail high");
    row("update cronjobs", "007", "{apiGroups: [batch], resources: [cronjobs], verbs: [update]}", "",
        "fail high");
    row("controllers of the core group", "007",
        "{apiGroups: [''], resources: [replicationcontrollers], verbs: [create]}", "", "fail high");
    row("one by name", "007",
        "{apiGroups: [apps], resources: [deployments], resourceNames: [web], verbs: [patch]}", "",
        "fail medium");
    row("create by name never matches", "007",
        "{apiGroups: [''], resources: [pods], resourceNames: [web], verbs: [create]}", "", "pass");
    row("scale is no template", "007", "{apiGroups: [apps], resources: [deployments/scale], verbs: [update]}",
        "", "pass");
    row("wrong group", "007", "{apiGroups: [''], resources: [deployments], verbs: [create]}", "", "pass");
    row("delete", "007", "{apiGroups: [''], resources: [pods], verbs: [delete, get]}", "", "pass");
    // Exec
    row("create exec", "008", "{apiGroups: [''], resources: [pods/exec], verbs: [create]}", "", "fail high");
    row("get is enough", "008", "{apiGroups: [''], resources: [pods/exec], verbs: [get]}", "", "fail high");
    row("attach", "008", "{apiGroups: [''], resources: [pods/attach], verbs: [create]}", "", "fail high");
    row("list is not served", "008", "{apiGroups: [''], resources: [pods/exec], verbs: [list]}", "", "pass");
    row("debug container", "008", "{apiGroups: [''], resources: [pods/ephemeralcontainers], verbs: [patch]}",
        "", "fail high");
    row("create is not served there", "008",
        "{apiGroups: [''], resources: [pods/ephemeralcontainers], verbs: [create]}", "", "pass");
    row("one pod", "008",
        "{apiGroups: [''], resources: [pods/exec], resourceNames: [web-0], verbs: [create]}", "",
        "fail medium");
    row("pods without subresource", "008", "{apiGroups: [''], resources: [pods], verbs: ['*']}", "", "pass");
    row("pods/* is dead", "008", "{apiGroups: [''], resources: ['pods/*'], verbs: ['*']}", "", "pass");
    // bind, escalate
    row("bind", "010", "{apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], verbs: [bind]}",
        "", "fail critical");
    row("bind in a namespace", "010",
        "{apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], verbs: [bind]}", "shop",
        "fail high");
    row("bind in kube-system", "010",
        "{apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], verbs: [bind]}", "kube-system",
        "fail critical");
    row("bind of a harmless role", "010",
        "{apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], resourceNames: [view], verbs: "
        "[bind]}",
        "", "fail medium");
    row("bind of cluster-admin", "010",
        "{apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], resourceNames: [cluster-admin], "
        "verbs: [bind]}",
        "", "fail critical");
    row("escalate", "010", "{apiGroups: [rbac.authorization.k8s.io], resources: [roles], verbs: [escalate]}",
        "", "fail critical");
    row("escalate of one role", "010",
        "{apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], resourceNames: [x], verbs: "
        "[escalate]}",
        "", "fail critical");
    row("ClusterRoles have no namespace", "010",
        "{apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], verbs: [escalate]}", "shop",
        "pass");
    row("update is not escalate", "010",
        "{apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], verbs: [update]}", "", "pass");
    row("star", "010", "{apiGroups: ['*'], resources: ['*'], verbs: ['*']}", "", "fail critical");
    // impersonate
    row("users", "011", "{apiGroups: [''], resources: [users], verbs: [impersonate]}", "", "fail critical");
    row("groups by star", "011", "{apiGroups: [''], resources: ['*'], verbs: ['*']}", "", "fail critical");
    row("users have no namespace", "011",
        "{apiGroups: [''], resources: [users, groups], verbs: [impersonate]}", "shop", "pass");
    row("accounts of a namespace", "011",
        "{apiGroups: [''], resources: [serviceaccounts], verbs: [impersonate]}", "shop", "fail high");
    row("accounts of kube-system", "011",
        "{apiGroups: [''], resources: [serviceaccounts], verbs: [impersonate]}", "kube-system",
        "fail critical");
    row("one user", "011",
        "{apiGroups: [''], resources: [users], resourceNames: [jane], verbs: [impersonate]}", "",
        "fail medium");
    row("the masters", "011",
        "{apiGroups: [''], resources: [groups], resourceNames: ['system:masters'], verbs: [impersonate]}", "",
        "fail critical");
    row("another verb", "011", "{apiGroups: [''], resources: [users], verbs: [get]}", "", "pass");
}

void RbacChecksTest::rules()
{
    QFETCH(QString, check);
    QFETCH(QString, rule);
    QFETCH(QString, ns);
    QFETCH(QString, verdict);
    const Judged judged(bound(rule.toStdString(), ns.toStdString()));
    const std::string object
        = ns.isEmpty() ? "ClusterRoleBinding b" : "RoleBinding " + ns.toStdString() + "/b";
    QCOMPARE(short_(judged.verdict(check.toStdString(), object)), verdict);
}

void RbacChecksTest::clusterAdminSubjects_data()
{
    QTest::addColumn<QString>("subjects");
    QTest::addColumn<QString>("verdict");
    const auto row = [](const char* subjects, const char* verdict) {
        QTest::newRow(subjects) << QString::fromLatin1(subjects) << QString::fromLatin1(verdict);
    };
    row("{kind: Group, name: 'system:masters'}", "pass");
    row("{kind: Group, name: 'kubeadm:cluster-admins'}", "pass");
    row("{kind: User, name: joe}", "fail high");
    row("{kind: User, name: 'system:masters'}", "fail high");
    row("{kind: Group, name: 'system:masters'}, {kind: User, name: joe}", "fail high");
    row("{kind: Group, name: 'system:nodes'}", "fail high");
    row("{kind: ServiceAccount, name: tiller, namespace: kube-system}", "fail high");
    row("{kind: ServiceAccount, name: namespace-controller, namespace: kube-system}", "fail high");
    row("{kind: Group, name: 'system:authenticated'}", "fail critical");
    row("{kind: Group, name: 'system:serviceaccounts'}", "fail critical");
    row("", "not-applicable");
}

void RbacChecksTest::clusterAdminSubjects()
{
    QFETCH(QString, subjects);
    QFETCH(QString, verdict);
    const Judged judged(binding("cluster-admin", subjects.toStdString()));
    QCOMPARE(short_(judged.verdict("GL-RBAC-001", "ClusterRoleBinding b")), verdict);
}

void RbacChecksTest::clusterAdminByRulesOfAnyName()
{
    const auto verdict = [](std::string_view rule) {
        return short_(Judged(bound(rule)).verdict("GL-RBAC-001", "ClusterRoleBinding b"));
    };
    QCOMPARE(verdict("{apiGroups: ['*'], resources: ['*'], verbs: ['*']}"), QLatin1String("fail high"));
    QCOMPARE(verdict("{apiGroups: ['*'], resources: ['*'], verbs: [get, list, create, patch, delete]}"),
        QLatin1String("fail high"));
    QCOMPARE(verdict("{apiGroups: ['*'], resources: ['*'], verbs: [get, list]}\n- {apiGroups: ['*'], "
                     "resources: ['*'], verbs: [create, update, delete]}"),
        QLatin1String("fail high"));
    QCOMPARE(verdict("{apiGroups: ['*'], resources: ['*'], verbs: [get, list]}"), QLatin1String("pass"));
    QCOMPARE(verdict("{apiGroups: [''], resources: ['*'], verbs: ['*']}"), QLatin1String("pass"));
    QCOMPARE(verdict("{apiGroups: ['*'], resources: ['*'], resourceNames: [a], verbs: ['*']}"),
        QLatin1String("pass"));
    // The API server gives the role of this name its rights back at the next start.
    const Judged weak(
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: cluster-admin}\n"
        "rules: [{apiGroups: [''], resources: [pods], verbs: [get]}]\n---\n"
        + binding("cluster-admin", "{kind: User, name: joe}"));
    QCOMPARE(short_(weak.verdict("GL-RBAC-001", "ClusterRoleBinding b")), QLatin1String("fail high"));
}

void RbacChecksTest::clusterAdminBindingIsOneFinding()
{
    const Judged judged(binding("cluster-admin", "{kind: User, name: joe}"));
    for (const char* check :
        { "GL-RBAC-005", "GL-RBAC-006", "GL-RBAC-007", "GL-RBAC-008", "GL-RBAC-010", "GL-RBAC-011" })
        QCOMPARE(text(judged.verdict(check, "ClusterRoleBinding b")), QLatin1String("not-applicable"));
    QCOMPARE(text(judged.verdict("GL-RBAC-001", "ClusterRoleBinding b")),
        QLatin1String("fail high | roleRef.name = cluster-admin (built in); subjects[0] = User joe"));
}

void RbacChecksTest::bindingOfClusterAdminInANamespace()
{
    const Judged judged(
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: b, namespace: shop}\n"
        "roleRef: {kind: ClusterRole, name: cluster-admin}\nsubjects: [{kind: Group, name: devs}]\n");
    const auto found = judged.findings("GL-RBAC-001", "RoleBinding shop/b");
    QCOMPARE(found.size(), std::size_t(1));
    QVERIFY(found[0]->message.find("in namespace shop") != std::string::npos);
}

void RbacChecksTest::anonymous_data()
{
    QTest::addColumn<QString>("role");
    QTest::addColumn<QString>("subjects");
    QTest::addColumn<QString>("verdict");
    const auto row = [](const char* name, const char* role, const char* subjects, const char* verdict) {
        QTest::newRow(name) << QString::fromLatin1(role) << QString::fromLatin1(subjects)
                            << QString::fromLatin1(verdict);
    };
    row("the shipped exception", "system:public-info-viewer", "{kind: Group, name: 'system:unauthenticated'}",
        "pass");
    row("anonymous user", "view", "{kind: User, name: 'system:anonymous'}", "fail critical");
    row("unauthenticated group", "view", "{kind: Group, name: 'system:unauthenticated'}", "fail critical");
    row("among others", "view", "{kind: User, name: joe}, {kind: Group, name: 'system:unauthenticated'}",
        "fail critical");
    row("cluster-admin", "cluster-admin", "{kind: User, name: 'system:anonymous'}", "fail critical");
    row("discovery", "system:discovery", "{kind: Group, name: 'system:unauthenticated'}", "fail medium");
    row("issuer keys", "system:service-account-issuer-discovery",
        "{kind: Group, name: 'system:unauthenticated'}", "fail medium");
    row("metrics", "system:monitoring", "{kind: Group, name: 'system:unauthenticated'}", "fail critical");
    row("everybody with a credential", "view", "{kind: Group, name: 'system:authenticated'}", "pass");
    row("a user of the group's name", "view", "{kind: User, name: 'system:unauthenticated'}", "pass");
    row("nobody", "view", "", "not-applicable");
}

void RbacChecksTest::anonymous()
{
    QFETCH(QString, role);
    QFETCH(QString, subjects);
    QFETCH(QString, verdict);
    const Judged judged(binding(role.toStdString(), subjects.toStdString()));
    QCOMPARE(short_(judged.verdict("GL-RBAC-003", "ClusterRoleBinding b")), verdict);
}

void RbacChecksTest::kubeadmsClusterInfoReaderIsFine()
{
    const auto verdict = [](const char* ns, const char* names) {
        std::string yaml(
            "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: r, namespace: ");
        yaml.append(ns)
            .append("}\nrules: [{apiGroups: [''], resources: [configmaps], verbs: [get]")
            .append(names)
            .append("}]\n---\n");
        yaml.append("apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: b, "
                    "namespace: ")
            .append(ns);
        yaml.append(
            "}\nroleRef: {kind: Role, name: r}\nsubjects: [{kind: User, name: 'system:anonymous'}]\n");
        return short_(Judged(yaml).verdict("GL-RBAC-003", std::string("RoleBinding ") + ns + "/b"));
    };
    QCOMPARE(verdict("kube-public", ", resourceNames: [cluster-info]"), QLatin1String("pass"));
    QCOMPARE(verdict("kube-public", ""), QLatin1String("fail critical"));
    QCOMPARE(verdict("shop", ", resourceNames: [cluster-info]"), QLatin1String("fail critical"));
}

void RbacChecksTest::bindingWithoutSubjectsGrantsNothing()
{
    std::string yaml = bound("{apiGroups: [''], resources: [secrets], verbs: [get]}");
    yaml.replace(yaml.find("[{kind: User"), std::string::npos, "[]\n");
    const Judged judged(yaml, { .scope = Scope::Manifests });
    QCOMPARE(text(judged.verdict("GL-RBAC-006", "ClusterRoleBinding b")), QLatin1String("not-applicable"));
    QCOMPARE(short_(judged.verdict("GL-RBAC-006", "ClusterRole r")), QLatin1String("fail info"));
}

void RbacChecksTest::unboundRoleIsInformation()
{
    const std::string yaml
        = "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: r, namespace: shop}\n"
          "rules:\n- {apiGroups: [''], resources: [pods], verbs: [get]}\n- {apiGroups: [''], resources: "
          "[configmaps, secrets], verbs: [watch, get]}\n";
    const Judged judged(yaml, { .scope = Scope::Manifests });
    QCOMPARE(text(judged.verdict("GL-RBAC-006", "Role shop/r")),
        QLatin1String("fail info rule verbs=get,watch groups=\"\" resources=configmaps,secrets | Role shop/r "
                      "rules[1].resources[1] = secrets; "
                      "Role shop/r rules[1].verbs[1] = get; Role shop/r rules[1].verbs[0] = watch"));
    QVERIFY(judged.findings("GL-RBAC-006", "Role shop/r")[0]->confidence == Confidence::Inferred);
    QCOMPARE(text(judged.verdict("GL-RBAC-007", "Role shop/r")), QLatin1String("pass"));
}

void RbacChecksTest::unboundRoleIsUnknownWhereBindingsWereNotRead()
{
    const Judged judged(
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: r, namespace: shop}\n"
        "rules: [{apiGroups: [''], resources: [secrets], verbs: [get]}]\n");
    QCOMPARE(short_(judged.verdict("GL-RBAC-006", "Role shop/r")), QLatin1String("not-assessed"));
}

void RbacChecksTest::missingRole_data()
{
    QTest::addColumn<bool>("cluster");
    QTest::addColumn<bool>("rolesRead");
    QTest::addColumn<QString>("verdict");
    QTest::newRow("files") << false << true
                           << QStringLiteral("not-assessed: ClusterRole gone is not in the source");
    QTest::newRow("whole cluster") << true << true << QStringLiteral("pass");
    QTest::newRow("cluster without roles") << true << false << QStringLiteral("not-assessed");
}

void RbacChecksTest::missingRole()
{
    QFETCH(bool, cluster);
    QFETCH(bool, rolesRead);
    QFETCH(QString, verdict);
    std::string yaml = binding("gone", "{kind: User, name: joe}");
    if (rolesRead)
        yaml += "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: "
                "other}\nrules: []\n";
    const Judged judged(yaml, { .scope = cluster ? Scope::Cluster : Scope::Manifests });
    for (const char* check : { "GL-RBAC-001", "GL-RBAC-005", "GL-RBAC-006", "GL-RBAC-011" }) {
        const auto said = text(judged.verdict(check, "ClusterRoleBinding b"));
        QVERIFY2(said.startsWith(verdict), qPrintable(said));
    }
}

void RbacChecksTest::assumedRoleIsJudgedAndSaysSo()
{
    const Judged judged(binding("edit", "{kind: User, name: joe}"), { .scope = Scope::Manifests });
    const auto found = judged.findings("GL-RBAC-006", "ClusterRoleBinding b");
    QCOMPARE(found.size(), std::size_t(1));
    QCOMPARE(found[0]->places.size(), std::size_t(1));
    QCOMPARE(text(found[0]->places[0].path), QLatin1String("roleRef.name"));
    QCOMPARE(text(found[0]->places[0].evidence), QLatin1String("edit (built in)"));
    QCOMPARE(text(judged.verdict("GL-RBAC-010", "ClusterRoleBinding b")), QLatin1String("pass"));
}

void RbacChecksTest::evidenceNamesRuleBindingAndSubjects()
{
    const std::string yaml = R"(apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader, namespace: shop}
rules:
- {apiGroups: [""], resources: [pods], verbs: [get]}
- {apiGroups: [""], resources: [secrets], verbs: [list]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: b, namespace: shop}
roleRef: {kind: Role, name: reader}
subjects:
- {kind: ServiceAccount, name: web}
- {kind: ServiceAccount, name: gone, namespace: other}
- {kind: Group, name: devs}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: web, namespace: shop}
)";
    const Judged judged(yaml);
    const auto found = judged.findings("GL-RBAC-006", "RoleBinding shop/b");
    QCOMPARE(found.size(), std::size_t(1));
    QCOMPARE(text(judged.verdict("GL-RBAC-006", "RoleBinding shop/b")),
        QLatin1String("fail high rule verbs=list groups=\"\" resources=secrets | Role shop/reader "
                      "rules[1].resources[0] = secrets; "
                      "Role shop/reader rules[1].verbs[0] = list; roleRef.name = reader"));
    QCOMPARE(text(found[0]->message),
        QLatin1String("ServiceAccount shop/web, ServiceAccount other/gone and Group devs may read every "
                      "Secret (list) in namespace shop, by Role shop/reader"));
    std::vector<std::string> related;
    for (const auto id : found[0]->related)
        related.push_back(judged.inventory().label(id));
    QCOMPARE(related, (std::vector<std::string> { "Role shop/reader", "ServiceAccount shop/web" }));
    QCOMPARE(
        found[0]->relatedSubjects, (std::vector<std::string> { "ServiceAccount other/gone", "Group devs" }));
    QVERIFY(judged.findings("GL-RBAC-006", "Role shop/reader").empty());
}

void RbacChecksTest::aggregatedRulePointsAtItsRole()
{
    const std::string yaml = R"(apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: sum}
aggregationRule: {clusterRoleSelectors: [{matchLabels: {to: sum}}]}
rules: []
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: part, labels: {to: sum}}
rules:
- {apiGroups: [""], resources: [events], verbs: [get]}
- {apiGroups: [""], resources: [secrets], verbs: [get]}
---
)" + binding("sum", "{kind: User, name: joe}");
    const Judged judged(yaml, { .scope = Scope::Manifests });
    QVERIFY(text(judged.verdict("GL-RBAC-006", "ClusterRoleBinding b"))
                .contains(QLatin1String("| ClusterRole part rules[1].resources[0] = secrets;")));
}

void RbacChecksTest::locusDoesNotDependOnOrder()
{
    const Judged a(bound("{apiGroups: ['', apps], resources: [secrets, pods], verbs: [get, list]}"));
    const Judged b(bound("{apiGroups: [''], resources: [events], verbs: [get]}\n- {apiGroups: [apps, ''], "
                         "resources: [pods, secrets, pods], verbs: [list, get]}"));
    const auto& first = *a.findings("GL-RBAC-006", "ClusterRoleBinding b").at(0);
    const auto& second = *b.findings("GL-RBAC-006", "ClusterRoleBinding b").at(0);
    QCOMPARE(first.locus, second.locus);
    QCOMPARE(first.fingerprint, second.fingerprint);
    QVERIFY(first.places[0].path != second.places[0].path);
    const std::string many(20000, 'x');
    const Judged c(bound("{apiGroups: [''], resources: [secrets, " + many + "], verbs: [get]}"));
    QVERIFY(c.findings("GL-RBAC-006", "ClusterRoleBinding b").at(0)->locus.size() < 500);
}

void RbacChecksTest::eachRuleIsItsOwnFinding()
{
    const Judged judged(bound("{apiGroups: [''], resources: [secrets], verbs: [get]}\n- {apiGroups: [''], "
                              "resources: [secrets], verbs: [list]}\n"
                              "- {apiGroups: [''], resources: [secrets], verbs: [get]}"));
    const auto found = judged.findings("GL-RBAC-006", "ClusterRoleBinding b");
    QCOMPARE(found.size(), std::size_t(2)); // equal rules are one
    QVERIFY(found[0]->fingerprint != found[1]->fingerprint);
}

void RbacChecksTest::platformBindingsAreMarked()
{
    const auto platform = [](const char* name, const char* subject) {
        std::string yaml(
            "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: \"");
        yaml.append(name)
            .append("\"}\nroleRef: {kind: ClusterRole, name: "
                    "\"system:controller:generic-garbage-collector\"}\nsubjects: [")
            .append(subject)
            .append("]\n");
        const Judged judged(yaml);
        return judged.findings("GL-RBAC-005", std::string("ClusterRoleBinding ") + name).at(0)->platform;
    };
    QVERIFY(platform("system:controller:generic-garbage-collector",
        "{kind: ServiceAccount, name: generic-garbage-collector, namespace: kube-system}"));
    QVERIFY(!platform("system:controller:generic-garbage-collector", "{kind: User, name: joe}"));
    QVERIFY(!platform("mine", "{kind: User, name: joe}"));
}

void RbacChecksTest::nothingReadIsNotAssessed()
{
    const Judged judged("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: b}\n");
    for (const char* check : { "GL-RBAC-001", "GL-RBAC-003", "GL-RBAC-006" })
        QVERIFY(judged.verdict(check, "").starts_with("not-assessed"));
}

void RbacChecksTest::tokens_data()
{
    QTest::addColumn<QString>("ofPod");
    QTest::addColumn<QString>("ofAccount"); // "-": no account in the source
    QTest::addColumn<QString>("verdict");
    const auto row = [](const char* name, const char* ofPod, const char* ofAccount, const char* verdict) {
        QTest::newRow(name) << QString::fromLatin1(ofPod) << QString::fromLatin1(ofAccount)
                            << QString::fromLatin1(verdict);
    };
    row("by default", "", "", "fail low | spec.automountServiceAccountToken = absent");
    row("pod says yes", "true", "false", "fail low | spec.automountServiceAccountToken = true");
    row("account says yes", "", "true",
        "fail low | ServiceAccount shop/web automountServiceAccountToken = true");
    row("account says no", "", "false", "not-applicable");
    row("pod says no", "false", "true", "not-applicable");
    row("account elsewhere", "", "-", "fail low | spec.automountServiceAccountToken = absent");
}

void RbacChecksTest::tokens()
{
    QFETCH(QString, ofPod);
    QFETCH(QString, ofAccount);
    QFETCH(QString, verdict);
    std::string yaml(pod);
    if (!ofPod.isEmpty())
        yaml += "  automountServiceAccountToken: " + ofPod.toStdString() + "\n";
    if (ofAccount != QLatin1String("-")) {
        yaml += "---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: web, namespace: shop}\n";
        if (!ofAccount.isEmpty())
            yaml += "automountServiceAccountToken: " + ofAccount.toStdString() + "\n";
    }
    const Judged judged(yaml, { .scope = Scope::Manifests });
    QCOMPARE(text(judged.verdict("GL-RBAC-021", "Pod shop/web")), verdict);
}

void RbacChecksTest::tokenOfAnAccountWithRightsWeighsMore_data()
{
    QTest::addColumn<QString>("role");
    QTest::addColumn<QString>("subject");
    QTest::addColumn<QString>("verdict");
    const auto row = [](const char* name, const char* role, const char* subject, const char* verdict) {
        QTest::newRow(name) << QString::fromLatin1(role) << QString::fromLatin1(subject)
                            << QString::fromLatin1(verdict);
    };
    row("its own binding", "view", "{kind: ServiceAccount, name: web, namespace: shop}", "fail medium");
    row("another account", "view", "{kind: ServiceAccount, name: web, namespace: other}", "fail low");
    row("its namespace's group", "view", "{kind: Group, name: 'system:serviceaccounts:shop'}", "fail medium");
    row("spelled as a user", "view", "{kind: User, name: 'system:serviceaccount:shop:web'}", "fail medium");
    row("discovery for everybody", "system:discovery", "{kind: Group, name: 'system:authenticated'}",
        "fail low");
    row("basic user", "system:basic-user", "{kind: ServiceAccount, name: web, namespace: shop}", "fail low");
    row("issuer keys", "system:service-account-issuer-discovery",
        "{kind: Group, name: 'system:serviceaccounts'}", "fail low");
    row("missing role", "gone", "{kind: ServiceAccount, name: web, namespace: shop}", "fail low");
}

void RbacChecksTest::tokenOfAnAccountWithRightsWeighsMore()
{
    QFETCH(QString, role);
    QFETCH(QString, subject);
    QFETCH(QString, verdict);
    const Judged judged(std::string(pod) + "---\n" + binding(role.toStdString(), subject.toStdString()),
        { .scope = Scope::Manifests });
    QCOMPARE(short_(judged.verdict("GL-RBAC-021", "Pod shop/web")), verdict);
}

void RbacChecksTest::tokenWithoutAccountsReadIsNotAssessed()
{
    QCOMPARE(short_(Judged(pod).verdict("GL-RBAC-021", "Pod shop/web")), QLatin1String("not-assessed"));
    QCOMPARE(short_(Judged(std::string(pod) + "  automountServiceAccountToken: true\n")
                        .verdict("GL-RBAC-021", "Pod shop/web")),
        QLatin1String("fail low"));
}

void RbacChecksTest::mirrorPodsHoldNoToken()
{
    const Judged judged("apiVersion: v1\nkind: Pod\nmetadata: {name: etcd-cp, namespace: kube-system, "
                        "annotations: {kubernetes.io/config.mirror: x}}\n"
                        "spec: {containers: [{name: etcd, image: etcd}]}\n");
    QCOMPARE(text(judged.verdict("GL-RBAC-021", "Pod kube-system/etcd-cp")), QLatin1String("not-applicable"));
}

void RbacChecksTest::unreadableRuleIsNoPass()
{
    const Judged judged(bound("{apiGroups: [''], resources: {a: b}, verbs: [get]}"));
    QCOMPARE(short_(judged.verdict("GL-RBAC-006", "ClusterRoleBinding b")), QLatin1String("not-assessed"));
}

void RbacChecksTest::tenThousandBindingsToOneRole()
{
    const auto bindings = [](int count) {
        std::string yaml;
        for (int i = 0; i < count; ++i) {
            yaml += "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: b, "
                    "namespace: n"
                + std::to_string(i)
                + "}\nroleRef: {kind: ClusterRole, name: edit}\nsubjects: [{kind: Group, name: "
                  "'system:serviceaccounts'}, {kind: User, name: u"
                + std::to_string(i) + "}]\n---\n";
        }
        yaml += pod;
        return test::imported(yaml, Scope::Manifests);
    };
    // Processor time, and a ratio: neither a busy nor a slow machine must make this fail. Four times as many
    // bindings take four times as long; work for every pair of them would take sixteen times.
    const auto seconds = [](const inventory::InventoryPtr& inventory) {
        const std::clock_t start = std::clock();
        const Judged judged(inventory, {});
        return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    };
    const double few = seconds(bindings(2500));
    const auto inventory = bindings(10000);
    const double many = seconds(inventory);
    qInfo("assessed in %.2f s, a quarter of them in %.2f s", many, few);
    QVERIFY(many < 10 * few);
    const Judged judged(inventory, {});
    QCOMPARE(judged.result("GL-RBAC-006").findings.size(), std::size_t(10000));
    QCOMPARE(short_(judged.verdict("GL-RBAC-021", "Pod shop/web")), QLatin1String("fail medium"));
}

GLACIS_TEST(RbacChecksTest)
#include "rbac_checks_test.moc"
