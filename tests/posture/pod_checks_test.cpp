// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// GL-POD-*: for each check what fails, the same with every precondition taken away, and what only looks
// alike.
#include "judged.h"
#include "test_main.h"

namespace glacis::posture {

using test::deployment;
using test::Judged;
using test::text;

class PodChecksTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void judgesDeployments_data();
    void judgesDeployments();
    void privilegedAndExposedIsCritical();
    void logFolderNeedsRightsToLogs_data();
    void logFolderNeedsRightsToLogs();
    void claimsLeadToHostPaths();
    void everyKindOfWorkloadIsJudged_data();
    void everyKindOfWorkloadIsJudged();
    void initAndEphemeralContainersCount();
    void injectedSidecarsAddTheirPlaces();
};

namespace {
    // Short forms of the rows below.
    constexpr const char* c0 = "spec.template.spec.containers[0]";
    QString fails(const char* severity, const char* locus, const QString& place)
    {
        return QStringLiteral("fail %1%2%3 | %4")
            .arg(QLatin1String(severity), QLatin1String(*locus ? " " : ""), QLatin1String(locus), place);
    }
    QString inApp(const char* severity, const char* below, const char* evidence)
    {
        return fails(severity, "container app",
            QStringLiteral("%1.securityContext.%2 = %3")
                .arg(QLatin1String(c0), QLatin1String(below), QLatin1String(evidence)));
    }
    QString inPod(const char* severity, const char* field)
    {
        return fails(severity, "", QStringLiteral("spec.template.spec.%1 = true").arg(QLatin1String(field)));
    }
    QString mounted(const char* severity, const char* evidence, const char* below = "volumeMounts[0]")
    {
        return fails(severity, "volume v",
            QStringLiteral("%1.%2 = %3")
                .arg(QLatin1String(c0), QLatin1String(below), QString::fromUtf8(evidence)));
    }
    QString hostPathVolume(const char* path)
    {
        return QStringLiteral("volumes: [{name: v, hostPath: {path: '%1'}}]").arg(QLatin1String(path));
    }
    const QString mountIt = QStringLiteral("volumeMounts: [{name: v, mountPath: /x}]");
    const QString mountReadOnly = QStringLiteral("volumeMounts: [{name: v, mountPath: /x, readOnly: true}]");
}

void PodChecksTest::judgesDeployments_data()
{
    QTest::addColumn<QString>("check");
    QTest::addColumn<QString>("pod");
    QTest::addColumn<QString>("container");
    QTest::addColumn<QString>("verdict");
    const auto row = [](const char* name, const char* check, const QString& pod, const QString& container,
                         const QString& verdict) {
        QTest::addRow("%s %s", check, name) << QString::fromLatin1(check) << pod << container << verdict;
    };
    const auto container
        = [&](const char* name, const char* check, const char* context, const QString& verdict) {
              row(name, check, {}, QStringLiteral("securityContext: ") + QLatin1String(context), verdict);
          };
    const auto pod = [&](const char* name, const char* check, const char* fields, const QString& verdict) {
        row(name, check, QLatin1String(fields), {}, verdict);
    };
    const QString pass = QStringLiteral("pass");
    const QString notApplicable = QStringLiteral("not-applicable");

    container("on", "GL-POD-001", "{privileged: true}", inApp("high", "privileged", "true"));
    container("off", "GL-POD-001", "{privileged: false}", pass);
    container("absent", "GL-POD-001", "{}", pass);
    pod("a label of that name is nothing", "GL-POD-001", "nodeSelector: {privileged: 'true'}", pass);

    for (const auto& [check, field, severity] :
        { std::tuple { "GL-POD-002", "hostPID", "high" }, std::tuple { "GL-POD-003", "hostIPC", "medium" },
            std::tuple { "GL-POD-004", "hostNetwork", "high" } }) {
        pod("on", check, qPrintable(QString::fromLatin1(field) + QStringLiteral(": true")),
            inPod(severity, field));
        pod("off", check, qPrintable(QString::fromLatin1(field) + QStringLiteral(": false")), pass);
        pod("absent", check, "", pass);
        pod("shareProcessNamespace stays within the pod", check, "shareProcessNamespace: true", pass);
    }

    row("a volume", "GL-POD-005", hostPathVolume("/data"), {},
        fails("medium", "volume v", QStringLiteral("spec.template.spec.volumes[0].hostPath.path = /data")));
    pod("other volumes", "GL-POD-005",
        "volumes: [{name: v, emptyDir: {}}, {name: w, persistentVolumeClaim: {claimName: c}}]", pass);

    row("root", "GL-POD-006", hostPathVolume("/"), mountIt, mounted("critical", "/, writable"));
    row("root read-only", "GL-POD-006", hostPathVolume("/"), mountReadOnly,
        mounted("high", "/, read-only", "volumeMounts[0].readOnly"));
    row("etc", "GL-POD-006", hostPathVolume("/etc/"), mountIt, mounted("critical", "/etc, writable"));
    row("kubelet read-only", "GL-POD-006", hostPathVolume("/var/lib/kubelet"), mountReadOnly,
        mounted("high", "/var/lib/kubelet, read-only", "volumeMounts[0].readOnly"));
    row("other sensitive", "GL-POD-006", hostPathVolume("/etc/kubernetes"), mountIt,
        mounted("high", "/etc/kubernetes, writable"));
    row("other sensitive, read-only", "GL-POD-006", hostPathVolume("/etc/kubernetes"), mountReadOnly, pass);
    row("in disguise", "GL-POD-006", hostPathVolume("/data/..//etc/."), mountIt,
        mounted("critical", "/etc, writable"));
    row("harmless", "GL-POD-006", hostPathVolume("/data"), mountIt, pass);
    row("looks alike", "GL-POD-006", hostPathVolume("/etcd-backup"), mountIt, pass);
    row("not mounted", "GL-POD-006", hostPathVolume("/"), {}, pass);
    row("another volume mounted", "GL-POD-006", hostPathVolume("/"),
        QStringLiteral("volumeMounts: [{name: w, mountPath: /x}]"), pass);
    row("narrowed by subPath", "GL-POD-006", hostPathVolume("/"),
        QStringLiteral("volumeMounts: [{name: v, mountPath: /x, subPath: data/app}]"), pass);
    row("subPath to a secret place", "GL-POD-006", hostPathVolume("/var"),
        QStringLiteral("volumeMounts: [{name: v, mountPath: /x, subPath: lib/kubelet}]"),
        mounted("critical", "/var/lib/kubelet, writable"));
    row("two mounts, the worst decides", "GL-POD-006", hostPathVolume("/"),
        QStringLiteral("volumeMounts: [{name: v, mountPath: /x, readOnly: true}, {name: v, mountPath: /y}]"),
        fails("critical", "volume v",
            QStringLiteral("%1.volumeMounts[0].readOnly = /, read-only; %1.volumeMounts[1] = /, writable")
                .arg(QLatin1String(c0))));

    row("set", "GL-POD-008", {},
        QStringLiteral("ports: [{containerPort: 80}, {containerPort: 81, hostPort: 8081}]"),
        fails("medium", "container app",
            QStringLiteral("spec.template.spec.containers[0].ports[1].hostPort = 8081")));
    row("zero", "GL-POD-008", {}, QStringLiteral("ports: [{containerPort: 80, hostPort: 0}]"), pass);
    row("containerPort alone", "GL-POD-008", {}, QStringLiteral("ports: [{containerPort: 80}]"), pass);
    row("host network writes none", "GL-POD-008", QStringLiteral("hostNetwork: true"),
        QStringLiteral("ports: [{containerPort: 80}]"), pass);

    container("SYS_ADMIN", "GL-POD-009", "{capabilities: {add: [SYS_ADMIN]}}",
        inApp("high", "capabilities.add[0]", "SYS_ADMIN"));
    container(
        "ALL", "GL-POD-009", "{capabilities: {add: [ALL]}}", inApp("high", "capabilities.add[0]", "ALL"));
    container("with CAP_", "GL-POD-009", "{capabilities: {add: [CAP_SYS_PTRACE]}}",
        inApp("high", "capabilities.add[0]", "CAP_SYS_PTRACE"));
    container("lower case", "GL-POD-009", "{capabilities: {add: [net_admin]}}",
        inApp("high", "capabilities.add[0]", "net_admin"));
    container("two", "GL-POD-009", "{capabilities: {add: [CHOWN, BPF, MAC_ADMIN]}}",
        fails("high", "container app",
            QStringLiteral("%1.securityContext.capabilities.add[1] = BPF; "
                           "%1.securityContext.capabilities.add[2] = MAC_ADMIN")
                .arg(QLatin1String(c0))));
    container("harmless ones", "GL-POD-009", "{capabilities: {add: [NET_BIND_SERVICE, CHOWN]}}", pass);
    container("dropped", "GL-POD-009", "{capabilities: {drop: [ALL, SYS_ADMIN]}}", pass);

    container("absent", "GL-POD-012", "{}", inApp("medium", "allowPrivilegeEscalation", "absent"));
    container("on", "GL-POD-012", "{allowPrivilegeEscalation: true}",
        inApp("medium", "allowPrivilegeEscalation", "true"));
    container("off", "GL-POD-012", "{allowPrivilegeEscalation: false}", pass);
    container("off but privileged", "GL-POD-012", "{allowPrivilegeEscalation: false, privileged: true}",
        inApp("medium", "allowPrivilegeEscalation", "false, but privileged"));
    container("off but SYS_ADMIN", "GL-POD-012",
        "{allowPrivilegeEscalation: false, capabilities: {add: [CAP_SYS_ADMIN]}}",
        inApp("medium", "allowPrivilegeEscalation", "false, but SYS_ADMIN is added"));
    container("off, other capability", "GL-POD-012",
        "{allowPrivilegeEscalation: false, capabilities: {add: [NET_ADMIN]}}", pass);
    pod("Windows", "GL-POD-012", "os: {name: windows}", notApplicable);
    pod("Windows by selector", "GL-POD-012", "nodeSelector: {kubernetes.io/os: windows}", notApplicable);
    pod("Linux by selector", "GL-POD-012", "nodeSelector: {kubernetes.io/os: linux}",
        inApp("medium", "allowPrivilegeEscalation", "absent"));

    container("nothing said", "GL-POD-013", "{}", inApp("medium", "runAsNonRoot", "absent"));
    container("user 0", "GL-POD-013", "{runAsUser: 0}", inApp("medium", "runAsUser", "0"));
    container("user 1000", "GL-POD-013", "{runAsUser: 1000}", pass);
    container("non-root", "GL-POD-013", "{runAsNonRoot: true}", pass);
    container(
        "non-root off", "GL-POD-013", "{runAsNonRoot: false}", inApp("medium", "runAsNonRoot", "false"));
    container("non-root off with a user", "GL-POD-013", "{runAsNonRoot: false, runAsUser: 1000}", pass);
    container(
        "a group is no user", "GL-POD-013", "{runAsGroup: 1000}", inApp("medium", "runAsNonRoot", "absent"));
    pod("pod non-root", "GL-POD-013", "securityContext: {runAsNonRoot: true}", pass);
    pod("pod user", "GL-POD-013", "securityContext: {runAsUser: 7}", pass);
    pod("pod user 0", "GL-POD-013", "securityContext: {runAsUser: 0}",
        fails("medium", "container app", QStringLiteral("spec.template.spec.securityContext.runAsUser = 0")));
    row("container false overrides pod true", "GL-POD-013",
        QStringLiteral("securityContext: {runAsNonRoot: true}"),
        QStringLiteral("securityContext: {runAsNonRoot: false}"), inApp("medium", "runAsNonRoot", "false"));
    row("container true overrides pod false", "GL-POD-013",
        QStringLiteral("securityContext: {runAsNonRoot: false}"),
        QStringLiteral("securityContext: {runAsNonRoot: true}"), pass);
    row("container user overrides pod user", "GL-POD-013", QStringLiteral("securityContext: {runAsUser: 7}"),
        QStringLiteral("securityContext: {runAsUser: 0}"), inApp("medium", "runAsUser", "0"));
    row("container user saves from pod user 0", "GL-POD-013",
        QStringLiteral("securityContext: {runAsUser: 0}"), QStringLiteral("securityContext: {runAsUser: 7}"),
        pass);
    pod("Windows", "GL-POD-013", "os: {name: windows}", notApplicable);
}

void PodChecksTest::judgesDeployments()
{
    QFETCH(QString, check);
    QFETCH(QString, pod);
    QFETCH(QString, container);
    QFETCH(QString, verdict);
    const Judged judged(deployment(pod.toStdString(), container.toStdString()));
    QCOMPARE(text(judged.verdict(check.toStdString(), "Deployment shop/web")), verdict);
}

void PodChecksTest::privilegedAndExposedIsCritical()
{
    const std::string workload = deployment("", "securityContext: {privileged: true}");
    const std::string service
        = "---\napiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec: {type: "
          "LoadBalancer, selector: {app: web}, ports: [{port: 80}]}\n"
          "status: {loadBalancer: {ingress: [{ip: 52.10.20.30}]}}\n";
    QVERIFY(text(Judged(workload + service).verdict("GL-POD-001", "Deployment shop/web"))
                .startsWith(QStringLiteral("fail critical")));
    std::string other = service;
    other.replace(other.find("app: web"), 8, "app: api");
    QVERIFY(text(Judged(workload + other).verdict("GL-POD-001", "Deployment shop/web"))
                .startsWith(QStringLiteral("fail high")));
}

void PodChecksTest::logFolderNeedsRightsToLogs_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("readOnly");
    QTest::addColumn<QString>("resource");
    QTest::addColumn<bool>("fails");
    QTest::newRow("pods/log") << "/var/log" << false << "pods/log" << true;
    QTest::newRow("nodes/log") << "/var/log" << false << "nodes/log" << true;
    QTest::newRow("nodes/proxy") << "/var/log" << false << "nodes/proxy" << true;
    QTest::newRow("everything") << "/var/log" << false << "'*'" << true;
    QTest::newRow("a folder of it") << "/var/log/pods" << false << "pods/log" << true;
    QTest::newRow("a folder above it") << "/var" << false << "pods/log" << true;
    QTest::newRow("pods alone") << "/var/log" << false << "pods" << false;
    QTest::newRow("read-only") << "/var/log" << true << "pods/log" << false;
    QTest::newRow("another folder") << "/var/logs" << false << "pods/log" << false;
}

void PodChecksTest::logFolderNeedsRightsToLogs()
{
    QFETCH(QString, path);
    QFETCH(bool, readOnly);
    QFETCH(QString, resource);
    QFETCH(bool, fails);
    const std::string yaml
        = deployment("serviceAccountName: agent\n" + hostPathVolume(path.toLatin1()).toStdString(),
              (readOnly ? mountReadOnly : mountIt).toStdString())
        + "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: logs}\nrules: "
          "[{apiGroups: [''], resources: ["
        + resource.toStdString()
        + "], verbs: [get]}]\n"
          "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: "
          "logs}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: logs}\n"
          "subjects: [{kind: ServiceAccount, name: agent, namespace: shop}]\n";
    const Judged judged(yaml, { .scope = inventory::Scope::Manifests });
    QCOMPARE(text(judged.verdict("GL-POD-007", "Deployment shop/web"))
                 .startsWith(QStringLiteral("fail medium volume v")),
        fails);
    if (!fails)
        QCOMPARE(text(judged.verdict("GL-POD-007", "Deployment shop/web")), QStringLiteral("pass"));
    // In a cluster whose roles were not read, "has no right" is not known.
    const Judged unread(deployment(
        hostPathVolume(path.toLatin1()).toStdString(), (readOnly ? mountReadOnly : mountIt).toStdString()));
    const bool looked = !readOnly && path != QStringLiteral("/var/logs");
    QCOMPARE(
        text(unread.verdict("GL-POD-007", "Deployment shop/web")).startsWith(QStringLiteral("not-assessed")),
        looked);
}

void PodChecksTest::claimsLeadToHostPaths()
{
    const std::string claimed
        = deployment("volumes: [{name: v, persistentVolumeClaim: {claimName: data}}]", mountIt.toStdString())
        + "---\napiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data, namespace: shop}\nspec: "
          "{volumeName: pv-1}\n"
          "---\napiVersion: v1\nkind: PersistentVolume\nmetadata: {name: pv-1}\nspec: {hostPath: {path: "
          "/}}\n";
    const Judged judged(claimed);
    QCOMPARE(text(judged.verdict("GL-POD-006", "Deployment shop/web")), mounted("critical", "/, writable"));
    const auto findings = judged.findings("GL-POD-006", "Deployment shop/web");
    QCOMPARE(findings[0]->related.size(), std::size_t { 1 });
    QCOMPARE(text(judged.inventory().object(findings[0]->related[0]).name), QStringLiteral("pv-1"));
    std::string elsewhere = claimed;
    elsewhere.replace(elsewhere.find("volumeName: pv-1"), 16, "volumeName: pv-2");
    QCOMPARE(text(Judged(elsewhere).verdict("GL-POD-006", "Deployment shop/web")), QStringLiteral("pass"));
}

void PodChecksTest::everyKindOfWorkloadIsJudged_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("apiVersion");
    QTest::addColumn<QString>("path");
    QTest::newRow("Pod") << "Pod"
                         << "v1"
                         << "spec";
    for (const char* kind : { "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet" })
        QTest::newRow(kind) << QString::fromLatin1(kind) << "apps/v1"
                            << "spec.template.spec";
    QTest::newRow("ReplicationController") << "ReplicationController"
                                           << "v1"
                                           << "spec.template.spec";
    QTest::newRow("Job") << "Job"
                         << "batch/v1"
                         << "spec.template.spec";
    QTest::newRow("CronJob") << "CronJob"
                             << "batch/v1"
                             << "spec.jobTemplate.spec.template.spec";
}

void PodChecksTest::everyKindOfWorkloadIsJudged()
{
    QFETCH(QString, kind);
    QFETCH(QString, apiVersion);
    QFETCH(QString, path);
    QString yaml = QStringLiteral("apiVersion: %1\nkind: %2\nmetadata: {name: w, namespace: shop}\n")
                       .arg(apiVersion, kind);
    QString spec = QStringLiteral(
        "{hostPID: true, containers: [{name: a, image: b, securityContext: {privileged: true}}]}");
    const QStringList keys = path.split(u'.');
    for (auto key = keys.crbegin(); key != keys.crend(); ++key)
        spec = key + 1 == keys.crend() ? QStringLiteral("%1: %2").arg(*key, spec)
                                       : QStringLiteral("{%1: %2}").arg(*key, spec);
    const Judged judged(QString(yaml + spec + u'\n').toStdString());
    const std::string object = kind.toStdString() + " shop/w";
    QCOMPARE(text(judged.verdict("GL-POD-002", object)),
        QStringLiteral("fail high | %1.hostPID = true").arg(path));
    QCOMPARE(text(judged.verdict("GL-POD-001", object)),
        QStringLiteral("fail high container a | %1.containers[0].securityContext.privileged = true")
            .arg(path));
}

void PodChecksTest::initAndEphemeralContainersCount()
{
    const Judged judged(
        "apiVersion: v1\nkind: Pod\nmetadata: {name: w, namespace: shop}\nspec:\n  containers: [{name: a, "
        "image: i}]\n"
        "  initContainers: [{name: b, image: i, securityContext: {privileged: true}}]\n"
        "  ephemeralContainers: [{name: c, image: i, securityContext: {privileged: true}}]\n");
    QCOMPARE(text(judged.verdict("GL-POD-001", "Pod shop/w")),
        QStringLiteral(
            "fail high container b | spec.initContainers[0].securityContext.privileged = true\n"
            "fail high container c | spec.ephemeralContainers[0].securityContext.privileged = true"));
}

void PodChecksTest::injectedSidecarsAddTheirPlaces()
{
    const std::string pod
        = "---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: web-1\n  namespace: shop\n  labels: {app: "
          "web}\n"
          "  ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: web, controller: true, uid: "
          "u}]\n"
          "spec:\n  hostPID: true\n  containers:\n  - {name: app, image: 'example.org/web:1'}\n"
          "  - {name: proxy, image: p, securityContext: {privileged: true}}\n";
    const Judged judged(deployment("hostPID: true", "") + pod);
    QCOMPARE(text(judged.verdict("GL-POD-001", "Deployment shop/web")),
        QStringLiteral("fail high container proxy | Pod shop/web-1 "
                       "spec.containers[1].securityContext.privileged = true"));
    // What the template says already is not said again for its pod.
    QCOMPARE(text(judged.verdict("GL-POD-002", "Deployment shop/web")), inPod("high", "hostPID"));
    QCOMPARE(text(judged.verdict("GL-POD-001", "Pod shop/web-1")), QStringLiteral("silent"));
}

} // namespace glacis::posture

using glacis::posture::PodChecksTest;
GLACIS_TEST(PodChecksTest)
#include "pod_checks_test.moc"
