// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "judged.h"
#include "test_main.h"

namespace glacis::posture {

using inventory::Scope;
using test::Judged;
using test::text;

class EtcChecksTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void judgesEtcd_data();
    void judgesEtcd();
    void judgesTheApiServer_data();
    void judgesTheApiServer();
    void findsThePods_data();
    void findsThePods();
    void withoutPodsNothingIsAssessed_data();
    void withoutPodsNothingIsAssessed();
    void externalEtcdIsNotAmongThePods();
    void statedFactsDecide();
    void staticPodManifestsAreJudged();
    void countsThoughTheirPodsArePlatform();
};

namespace {
    std::string pod(const std::string& name, const std::string& labels, const std::string& container)
    {
        return "---\napiVersion: v1\nkind: Pod\nmetadata: {name: " + name
            + ", namespace: kube-system, labels: {" + labels
            + "}, annotations: {kubernetes.io/config.mirror: x}}\n" + "spec:\n  containers:\n  - " + container
            + "\n";
    }
    std::string etcd(const std::string& fields)
    {
        return pod(
            "etcd-cp", "component: etcd, tier: control-plane", "{name: etcd, image: e, " + fields + "}");
    }
    std::string apiServer(const std::string& fields)
    {
        return pod("kube-apiserver-cp", "component: kube-apiserver, tier: control-plane",
            "{name: kube-apiserver, image: a, " + fields + "}");
    }
    constexpr const char* etcdPod = "Pod kube-system/etcd-cp";
    constexpr const char* apiPod = "Pod kube-system/kube-apiserver-cp";
}

void EtcChecksTest::judgesEtcd_data()
{
    QTest::addColumn<QString>("check");
    QTest::addColumn<QString>("fields");
    QTest::addColumn<QString>("verdict"); // beginning of it
    const auto row = [](const char* name, const char* check, const char* fields, const char* verdict) {
        QTest::addRow("%s %s", check, name)
            << QString::fromLatin1(check) << QString::fromLatin1(fields) << QString::fromLatin1(verdict);
    };
    constexpr const char* tls = "GL-ETC-003";
    row("both files", tls, "command: [etcd, --cert-file=/c, --key-file=/k]", "pass");
    row("no certificate", tls, "command: [etcd, --key-file=/k]",
        "fail critical | spec.containers[0].command = --cert-file absent");
    row("no key", tls, "command: [etcd, --cert-file=/c]",
        "fail critical | spec.containers[0].command = --key-file absent");
    row("empty", tls, "command: [etcd, --cert-file=, --key-file=/k]",
        "fail critical | spec.containers[0].command[1] = --cert-file");
    row("flags in args", tls, "command: [etcd], args: [--cert-file, /c, --key-file, /k]", "pass");
    row("by variables", tls,
        "command: [etcd], env: [{name: ETCD_CERT_FILE, value: /c}, {name: ETCD_KEY_FILE, value: /k}]",
        "pass");
    row("variable from elsewhere", tls,
        "command: [etcd], env: [{name: ETCD_CERT_FILE, valueFrom: {configMapKeyRef: {name: m, key: k}}}]",
        "not-assessed: variable ETCD_CERT_FILE comes from another object");
    row("variables from elsewhere", tls, "command: [etcd], envFrom: [{configMapRef: {name: m}}]",
        "not-assessed: variables of etcd");
    row("a file decides", tls, "command: [etcd, --config-file=/f]",
        "not-assessed: etcd reads its settings from a file");
    row("a file decides whatever the flags say", tls,
        "command: [etcd, --config-file=/f, --cert-file=/c, --key-file=/k]", "not-assessed");
    row("automatic certificates", tls, "command: [etcd, --auto-tls]", "pass");
    row("peers' files are others", tls, "command: [etcd, --peer-cert-file=/c, --peer-key-file=/k]",
        "fail critical");
    constexpr const char* client = "GL-ETC-004";
    row("on", client, "command: [etcd, --client-cert-auth=true, --trusted-ca-file=/ca]", "pass");
    row("bare switch", client, "command: [etcd, --client-cert-auth, --trusted-ca-file=/ca]", "pass");
    row("one", client, "command: [etcd, --client-cert-auth=1, --trusted-ca-file=/ca]", "pass");
    row("absent", client, "command: [etcd, --trusted-ca-file=/ca]",
        "fail critical | spec.containers[0].command = --client-cert-auth absent");
    row("false", client, "command: [etcd, --client-cert-auth=false, --trusted-ca-file=/ca]",
        "fail critical | spec.containers[0].command[1] = --client-cert-auth false");
    row("false, apart", client, "command: [etcd, --client-cert-auth, 'false', --trusted-ca-file=/ca]",
        "fail critical");
    row("zero", client, "command: [etcd, --client-cert-auth=0, --trusted-ca-file=/ca]", "fail critical");
    row("f", client, "command: [etcd, --client-cert-auth=f, --trusted-ca-file=/ca]", "fail critical");
    row("no authority", client, "command: [etcd, --client-cert-auth=true]",
        "fail critical | spec.containers[0].command = --trusted-ca-file absent");
    row("peers' switch is another", client,
        "command: [etcd, --peer-client-cert-auth=true, --trusted-ca-file=/ca]", "fail critical");
    row("by variable", client,
        "command: [etcd, --trusted-ca-file=/ca], env: [{name: ETCD_CLIENT_CERT_AUTH, value: 'true'}]",
        "pass");
    row("the flag wins over the variable", client,
        "command: [etcd, --client-cert-auth=false, --trusted-ca-file=/ca], env: [{name: "
        "ETCD_CLIENT_CERT_AUTH, value: 'true'}]",
        "fail critical");
    constexpr const char* listen = "GL-ETC-007";
    row("https", listen,
        "command: [etcd, '--listen-client-urls=https://127.0.0.1:2379,https://10.0.0.1:2379']", "pass");
    row("http", listen, "command: [etcd, '--listen-client-urls=https://127.0.0.1:2379,http://10.0.0.1:2379']",
        "fail critical | spec.containers[0].command[1] = --listen-client-urls http://10.0.0.1:2379");
    row("http on loopback", listen,
        "command: [etcd, "
        "'--listen-client-urls=http://127.0.0.1:2379,http://localhost:2379,http://[::1]:2379']",
        "pass");
    row("http everywhere", listen, "command: [etcd, '--listen-client-urls=http://0.0.0.0:2379']",
        "fail critical");
    row("http on IPv6", listen, "command: [etcd, '--listen-client-urls=http://[2001:db8::1]:2379']",
        "fail critical");
    row("default", listen, "command: [etcd]", "pass");
    row("metrics are another listener", listen,
        "command: [etcd, '--listen-metrics-urls=http://0.0.0.0:2381']", "pass");
    row("by variable", listen,
        "command: [etcd], env: [{name: ETCD_LISTEN_CLIENT_URLS, value: 'http://0.0.0.0:2379'}]",
        "fail critical | spec.containers[0].env[0].value = ");
    row("resolved variable", listen,
        "command: [etcd, '--listen-client-urls=http://$(IP):2379'], env: [{name: IP, value: 127.0.0.1}]",
        "pass");
    row("unknown variable", listen,
        "command: [etcd, '--listen-client-urls=http://$(IP):2379'], env: [{name: IP, valueFrom: {fieldRef: "
        "{fieldPath: status.podIP}}}]",
        "not-assessed: variable IP");
}

void EtcChecksTest::judgesEtcd()
{
    QFETCH(QString, check);
    QFETCH(QString, fields);
    QFETCH(QString, verdict);
    const Judged judged(etcd(fields.toStdString()));
    const QString said = text(judged.verdict(check.toStdString(), etcdPod));
    QVERIFY2(said.startsWith(verdict), qPrintable(said));
}

void EtcChecksTest::judgesTheApiServer_data()
{
    QTest::addColumn<QString>("check");
    QTest::addColumn<QString>("command");
    QTest::addColumn<QString>("verdict");
    constexpr const char* rest = "GL-ETC-001";
    constexpr const char* etcdLink = "GL-ETC-008";
    const auto row = [](const char* name, const char* check, const char* command, const char* verdict) {
        QTest::addRow("%s %s", check, name)
            << QString::fromLatin1(check) << QString::fromLatin1(command) << QString::fromLatin1(verdict);
    };
    row("configured", rest, "kube-apiserver, --encryption-provider-config=/e.yaml", "pass");
    row("absent", rest, "kube-apiserver, --x",
        "fail high | spec.containers[0].command = --encryption-provider-config absent");
    row("empty", rest, "kube-apiserver, --encryption-provider-config=", "fail high");
    row("reload alone is nothing", rest, "kube-apiserver, --encryption-provider-config-automatic-reload=true",
        "fail high");
    row("whole", etcdLink,
        "kube-apiserver, '--etcd-servers=https://127.0.0.1:2379', --etcd-cafile=/a, --etcd-certfile=/b, "
        "--etcd-keyfile=/c",
        "pass");
    row("no authority", etcdLink,
        "kube-apiserver, '--etcd-servers=https://127.0.0.1:2379', --etcd-certfile=/b, --etcd-keyfile=/c",
        "fail high | spec.containers[0].command = --etcd-cafile absent");
    row("no certificate", etcdLink,
        "kube-apiserver, '--etcd-servers=https://127.0.0.1:2379', --etcd-cafile=/a, --etcd-keyfile=/c",
        "fail high | spec.containers[0].command = --etcd-certfile absent");
    row("no key", etcdLink,
        "kube-apiserver, '--etcd-servers=https://127.0.0.1:2379', --etcd-cafile=/a, --etcd-certfile=/c",
        "fail high | spec.containers[0].command = --etcd-keyfile absent");
    row("http", etcdLink,
        "kube-apiserver, '--etcd-servers=https://10.0.0.1:2379,http://10.0.0.2:2379', --etcd-cafile=/a, "
        "--etcd-certfile=/b, --etcd-keyfile=/c",
        "fail critical | spec.containers[0].command[1] = --etcd-servers http://10.0.0.2:2379");
    row("http in a second flag", etcdLink,
        "kube-apiserver, '--etcd-servers=https://10.0.0.1:2379', '--etcd-servers=HTTP://10.0.0.2:2379', "
        "--etcd-cafile=/a, --etcd-certfile=/b, --etcd-keyfile=/c",
        "fail critical");
    row("http on the own node", etcdLink, "kube-apiserver, '--etcd-servers=http://127.0.0.1:2379'",
        "fail high");
    row("a socket", etcdLink, "kube-apiserver, '--etcd-servers=unix://kine.sock'", "pass");
}

void EtcChecksTest::judgesTheApiServer()
{
    QFETCH(QString, check);
    QFETCH(QString, command);
    QFETCH(QString, verdict);
    const Judged judged(apiServer("command: [" + command.toStdString() + "]"));
    const QString said = text(judged.verdict(check.toStdString(), apiPod));
    QVERIFY2(said.startsWith(verdict), qPrintable(said));
}

void EtcChecksTest::findsThePods_data()
{
    QTest::addColumn<QString>("yaml");
    QTest::addColumn<QString>("container"); // found as etcd; empty: none
    const auto row = [](const char* name, const std::string& yaml, const char* container) {
        QTest::newRow(name) << QString::fromStdString(yaml) << QString::fromLatin1(container);
    };
    row("by label", pod("p", "component: etcd", "{name: a, image: i}"), "a");
    row("by label of kOps", pod("p", "k8s-app: etcd", "{name: a, image: i}"), "a");
    row("the container of that name",
        pod("p", "component: etcd", "{name: side, image: i}\n  - {name: etcd, image: i}"), "etcd");
    row("by program", pod("p", "", "{name: a, image: i, command: [/usr/local/bin/etcd, --x]}"), "a");
    row("behind a wrapper",
        pod("p", "", "{name: a, image: i, command: [/go-runner, --log-file=/l, /usr/local/bin/etcd, --x]}"),
        "a");
    row("in a script", pod("p", "", "{name: a, image: i, command: [/bin/sh, -c, 'exec /usr/bin/etcd --x']}"),
        "a");
    row("another label", pod("p", "component: etcd-backup", "{name: a, image: i, command: [etcd]}"), "");
    row("another program", pod("p", "", "{name: a, image: i, command: [etcdctl, get]}"), "");
    row("a mention in a flag", pod("p", "", "{name: a, image: i, command: [app, --store=etcd]}"), "");
    std::string elsewhere = pod("p", "component: etcd", "{name: a, image: i, command: [etcd]}");
    elsewhere.replace(elsewhere.find("kube-system"), 11, "store");
    row("in another namespace", elsewhere, "");
}

void EtcChecksTest::findsThePods()
{
    QFETCH(QString, yaml);
    QFETCH(QString, container);
    const auto inventory = test::imported(yaml.toStdString());
    const auto found = controlPlane(*inventory, "etcd");
    QCOMPARE(found.size(), std::size_t { container.isEmpty() ? 0U : 1U });
    if (!found.empty())
        QCOMPARE(text(found[0].container.name), container);
}

void EtcChecksTest::withoutPodsNothingIsAssessed_data()
{
    QTest::addColumn<QString>("yaml");
    QTest::addColumn<bool>("cluster");
    QTest::addColumn<QString>("visible"); // GL-ETC-011 for Endpoint kube-apiserver, or the whole check
    QTest::addColumn<QString>("reason"); // of the others
    const QString proxy
        = QString::fromStdString(pod("kube-proxy-1", "k8s-app: kube-proxy", "{name: kube-proxy, image: i}"));
    const QString worker
        = QStringLiteral("---\napiVersion: v1\nkind: Node\nmetadata: {name: node-1}\nstatus: "
                         "{nodeInfo: {kubeletVersion: v1.31.0-eks-1}}\n");
    QTest::newRow("managed") << proxy + worker << true << "fail info"
                             << "managed control plane";
    // Who cannot see the nodes cannot know that none of them runs the control plane.
    QTest::newRow("nodes not read") << proxy << true << "not-assessed: the source holds no nodes"
                                    << "the source holds no nodes";
    QTest::newRow("k3s") << proxy
            + QStringLiteral("---\napiVersion: v1\nkind: Node\nmetadata: {name: node-1}\nstatus: {nodeInfo: "
                             "{kubeletVersion: v1.29.1+k3s2}}\n")
                         << true << "fail info"
                         << "process of the node (k3s)";
    QTest::newRow("no pods of kube-system") << "apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: "
                                               "b}\nspec: {containers: [{name: c, image: i}]}\n"
                                            << true << "not-assessed: no pod of kube-system"
                                            << "no pod of kube-system";
    QTest::newRow("pods not read") << "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n"
                                   << true << "not-assessed: the source holds no pods"
                                   << "the source holds no pods";
    QTest::newRow("manifests") << proxy << false << "not-assessed: manifests do not hold"
                               << "manifests do not hold the control plane";
}

void EtcChecksTest::withoutPodsNothingIsAssessed()
{
    QFETCH(QString, yaml);
    QFETCH(bool, cluster);
    QFETCH(QString, visible);
    QFETCH(QString, reason);
    const Judged judged(yaml.toStdString(), { .scope = cluster ? Scope::Cluster : Scope::Manifests });
    const bool whole = visible.startsWith(QStringLiteral("not-assessed"));
    const QString eleven = text(judged.verdict("GL-ETC-011", whole ? "" : "Endpoint kube-apiserver"));
    QVERIFY2(eleven.startsWith(visible), qPrintable(eleven));
    for (const char* check : { "GL-ETC-001", "GL-ETC-003", "GL-ETC-004", "GL-ETC-007", "GL-ETC-008" }) {
        const QString said = text(judged.verdict(check, ""));
        QVERIFY2(
            said.startsWith(QStringLiteral("not-assessed: ")) && said.contains(reason), qPrintable(said));
    }
}

void EtcChecksTest::externalEtcdIsNotAmongThePods()
{
    const Judged judged(apiServer("command: [kube-apiserver, '--etcd-servers=https://10.9.9.9:2379', "
                                  "--etcd-cafile=/a, --etcd-certfile=/b, --etcd-keyfile=/c]"));
    for (const char* check : { "GL-ETC-003", "GL-ETC-004", "GL-ETC-007" })
        QVERIFY(text(judged.verdict(check, ""))
                    .startsWith(QStringLiteral("not-assessed: etcd is not among the pods")));
    QCOMPARE(text(judged.verdict("GL-ETC-008", apiPod)), QStringLiteral("pass"));
    QCOMPARE(text(judged.verdict("GL-ETC-011", apiPod)), QStringLiteral("pass"));
}

void EtcChecksTest::statedFactsDecide()
{
    const auto withFact = [](const std::string& yaml, bool encrypted, Scope scope) {
        auto inventory = std::const_pointer_cast<inventory::Inventory>(
            test::imported(yaml, scope)); // built here, shared with nobody yet
        inventory->observations.etcd.push_back(
            { .fact = { .encryptedAtRest = encrypted, .how = "etcdctl get" },
                .source = "facts",
                .time = "2026-11-20T10:00:00Z" });
        return Judged(inventory, {});
    };
    const std::string plain = apiServer("command: [kube-apiserver]");
    const std::string configured = apiServer("command: [kube-apiserver, --encryption-provider-config=/e]");
    QCOMPARE(
        text(withFact(plain, true, Scope::Cluster).verdict("GL-ETC-001", apiPod)), QStringLiteral("pass"));
    const Judged denied = withFact(configured, false, Scope::Cluster);
    QVERIFY(text(denied.verdict("GL-ETC-001", apiPod))
                .startsWith(QStringLiteral("fail high |  = encryptedAtRest: false, by etcdctl get")));
    QCOMPARE(denied.findings("GL-ETC-001", apiPod).at(0)->confidence, Confidence::Stated);
    const std::string alone = "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n";
    QVERIFY(text(withFact(alone, false, Scope::Manifests).verdict("GL-ETC-001", "Endpoint etcd"))
                .startsWith(QStringLiteral("fail high")));
    QCOMPARE(withFact(alone, true, Scope::Manifests).result("GL-ETC-001").pseudoPassed, 1U);
}

void EtcChecksTest::staticPodManifestsAreJudged()
{
    const Judged judged(etcd("command: [etcd]"), { .scope = Scope::Manifests });
    QVERIFY(text(judged.verdict("GL-ETC-003", etcdPod)).startsWith(QStringLiteral("fail critical")));
    QCOMPARE(text(judged.verdict("GL-ETC-011", etcdPod)), QStringLiteral("pass"));
    QVERIFY(text(judged.verdict("GL-ETC-001", "")).startsWith(QStringLiteral("not-assessed")));
}

void EtcChecksTest::countsThoughTheirPodsArePlatform()
{
    const Judged judged(etcd("command: [etcd]"));
    QVERIFY(!judged.findings("GL-ETC-003", etcdPod).at(0)->platform);
    QVERIFY(judged.findings("GL-POD-012", etcdPod).at(0)->platform);
    QVERIFY(judged.posture().scores.stages[3].value() <= 49);
}

} // namespace glacis::posture

using glacis::posture::EtcChecksTest;
GLACIS_TEST(EtcChecksTest)
#include "etc_checks_test.moc"
