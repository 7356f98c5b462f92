// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <from_yaml.h>
#include <judged.h>

using namespace glacis;
using namespace glacis::test;
using inventory::Scope;

namespace {
QString ascii(const char* expected) { return QString::fromUtf8(expected); }

QString verdict(const char* check, const char* object, const std::string& yaml)
{
    return text(Judged(fromYaml(yaml), JudgeOptions {}).verdict(check, object));
}
std::string dashboard(
    const std::string& image = "kubernetesui/dashboard:v2.7.0", const std::string& more = {})
{
    return "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ui, namespace: dash}\nspec: "
           "{template: {metadata: {labels: {app: ui}}, "
           "spec: {serviceAccountName: ui, containers: [{name: ui, image: '"
        + image + "'" + more + "}]}}}\n";
}
std::string exposed(const std::string& type, const std::string& status = {})
{
    return "---\napiVersion: v1\nkind: Service\nmetadata: {name: ui, namespace: dash}\nspec: {type: " + type
        + ", selector: {app: ui}, ports: [{port: 443, targetPort: 8443, nodePort: 30443}]}\n" + status;
}
std::string binding(const std::string& kind, const std::string& role, const std::string& ns = {})
{
    return "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: " + kind + "\nmetadata: {name: ui"
        + (ns.empty() ? "" : ", namespace: " + ns)
        + "}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: " + role
        + "}\nsubjects: [{kind: ServiceAccount, name: ui, namespace: dash}]\n";
}
std::string role(const std::string& kind, const std::string& rules)
{
    return "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: " + kind + "\nmetadata: {name: ui"
        + (kind == "Role" ? ", namespace: dash" : "") + "}\nrules: [" + rules + "]\n";
}
const std::string EmptyBindings
    = "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBindingList\nitems: []\n---\napiVersion: "
      "rbac.authorization.k8s.io/v1\nkind: ClusterRoleBindingList\nitems: []\n";
constexpr const char* Ui = "Deployment dash/ui";
}

class DshChecksTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void dashboardsAreNamed()
    {
        QCOMPARE(verdict("GL-DSH-001", Ui, dashboard()),
            ascii("fail medium | spec.template.spec.containers[0].image = image "
                  "kubernetesui/dashboard:v2.7.0"));
        QVERIFY(verdict("GL-DSH-001", Ui, dashboard("kubernetesui/dashboard-api:1.7"))
                    .startsWith(ascii("fail medium")));
        QVERIFY(verdict("GL-DSH-001", Ui, dashboard("ghcr.io/headlamp-k8s/headlamp:v0.30"))
                    .startsWith(ascii("fail info")));
        QCOMPARE(verdict("GL-DSH-001", Ui, dashboard("nginx")), ascii("pass"));
    }

    void dashboardsAreReachableThroughAnyOpening()
    {
        QCOMPARE(
            verdict("GL-DSH-002", Ui,
                dashboard()
                    + exposed("LoadBalancer", "status: {loadBalancer: {ingress: [{ip: 104.21.63.124}]}}\n")),
            ascii("fail critical | Service dash/ui spec.type = LoadBalancer; Service dash/ui "
                  "spec.ports[0].nodePort = 30443"));
        QVERIFY(
            verdict("GL-DSH-002", Ui, dashboard() + exposed("NodePort")).startsWith(ascii("fail critical")));
        QVERIFY(
            verdict("GL-DSH-002", Ui, dashboard() + exposed("NodePort") + node("w", "InternalIP", "10.0.0.1"))
                .startsWith(ascii("fail high")));
        QCOMPARE(verdict("GL-DSH-002", Ui, dashboard() + exposed("ClusterIP")), ascii("pass"));
        QCOMPARE(
            verdict("GL-DSH-002", Ui, dashboard("nginx") + exposed("NodePort")), ascii("not-applicable"));
    }

    void theKongOfVersionSevenIsTheWayIn()
    {
        const std::string chart = R"(---
apiVersion: apps/v1
kind: Deployment
metadata: {name: kubernetes-dashboard-web, namespace: dash}
spec: {template: {metadata: {labels: {app.kubernetes.io/name: kubernetes-dashboard-web}}, spec: {containers: [{name: w, image: 'docker.io/kubernetesui/dashboard-web:1.6.0'}]}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: kubernetes-dashboard-kong, namespace: dash}
spec: {template: {metadata: {labels: {app.kubernetes.io/name: kong, app.kubernetes.io/instance: kubernetes-dashboard}}, spec: {containers: [{name: proxy, image: 'kong:3.6'}]}}}
---
apiVersion: v1
kind: Service
metadata: {name: kubernetes-dashboard-kong-proxy, namespace: dash}
spec: {type: LoadBalancer, selector: {app.kubernetes.io/name: kong}, ports: [{port: 443, targetPort: 8443}]}
status: {loadBalancer: {ingress: [{ip: 104.21.63.124}]}}
)";
        QVERIFY(verdict("GL-DSH-002", "Deployment dash/kubernetes-dashboard-kong", chart)
                    .startsWith(ascii("fail critical")));
        QCOMPARE(verdict("GL-DSH-002", "Deployment dash/kubernetes-dashboard-web", chart), ascii("pass"));
    }

    void rightsOfTheAccount_data()
    {
        QTest::addColumn<QString>("rbac");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const std::string& rbac, const char* expected) {
            QTest::newRow(name) << text(rbac) << ascii(expected);
        };
        const char* account = "fail critical | spec.template.spec.serviceAccountName = ui; ";
        const auto full = [&](const char* rest) { return std::string(account) + rest; };
        row("no binding", EmptyBindings, "pass");
        row("cluster-admin", binding("ClusterRoleBinding", "ClusterRole, name: cluster-admin"),
            full("ClusterRoleBinding ui roleRef.name = cluster-admin: every right in the whole cluster")
                .c_str());
        row("cluster-admin in a namespace",
            binding("RoleBinding", "ClusterRole, name: cluster-admin", "prod"),
            full("RoleBinding prod/ui roleRef.name = cluster-admin: every right in namespace prod").c_str());
        row("wildcard of a group",
            binding("ClusterRoleBinding", "ClusterRole, name: ui")
                + role("ClusterRole", "{apiGroups: [apps], resources: ['*'], verbs: ['*']}"),
            full("ClusterRoleBinding ui roleRef.name = ui: every verb on every resource of some groups in "
                 "the whole cluster")
                .c_str());
        row("secrets",
            binding("RoleBinding", "Role, name: ui", "dash")
                + role("Role", "{apiGroups: [''], resources: [secrets], verbs: [list]}"),
            full("RoleBinding dash/ui roleRef.name = ui: list on all Secrets in namespace dash").c_str());
        row("its own secrets, as shipped",
            binding("RoleBinding", "Role, name: ui", "dash")
                + role("Role",
                    "{apiGroups: [''], resources: [secrets], resourceNames: [kubernetes-dashboard-csrf], "
                    "verbs: [get, update]}")
                + EmptyBindings,
            "pass");
        row("metrics",
            binding("ClusterRoleBinding", "ClusterRole, name: ui")
                + role("ClusterRole",
                    "{apiGroups: [metrics.k8s.io], resources: [pods, nodes], verbs: [get, list, watch]}")
                + EmptyBindings,
            "pass");
    }
    void rightsOfTheAccount()
    {
        QFETCH(QString, rbac);
        QFETCH(QString, expected);
        QCOMPARE(verdict("GL-DSH-003", Ui, dashboard() + rbac.toStdString()), expected);
    }

    void rightsNeedBindingsThatWereRead()
    {
        QVERIFY(verdict("GL-DSH-003", Ui, dashboard()).startsWith(ascii("not-assessed")));
        QCOMPARE(verdict("GL-DSH-003", Ui, dashboard("nginx")), ascii("not-applicable"));
    }

    void loginFlags_data()
    {
        QTest::addColumn<QString>("args");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* args, const char* expected) {
            QTest::newRow(name) << ascii(args) << ascii(expected);
        };
        row("skip", "--auto-generate-certificates, --enable-skip-login",
            "fail critical container ui | spec.template.spec.containers[0].args[1] = "
            "--enable-skip-login=true");
        row("skip off", "--enable-skip-login=false", "pass");
        row("insecure login", "--enable-insecure-login=true",
            "fail critical container ui | spec.template.spec.containers[0].args[0] = "
            "--enable-insecure-login=true");
        row("insecure port", "--insecure-port=9090",
            "fail critical container ui | spec.template.spec.containers[0].args[0] = --insecure-port=9090");
        row("insecure port off", "--insecure-port=0", "pass");
        row("plain", "--namespace=dash", "pass");
    }
    void loginFlags()
    {
        QFETCH(QString, args);
        QFETCH(QString, expected);
        QCOMPARE(verdict("GL-DSH-004", Ui,
                     dashboard("kubernetesui/dashboard:v2.7.0", ", args: [" + args.toStdString() + "]")),
            expected);
    }
};
GLACIS_TEST(DshChecksTest)
#include "dsh_checks_test.moc"
