// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Pods of known escape power, a vulnerable practice cluster, and another tool's labelled snapshot.
#include "corpus_fixture.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

using namespace glacis::test;

class SamplesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { GLACIS_NEED_CORPUS(); }
    void badPods_data();
    void badPods();
    void goat();
    void kubeHoundPods_data();
    void kubeHoundPods();
    void kubesplainingLabels();
};

namespace {

// Checks among `escapes` that fail in a folder or file of the corpus.
std::set<std::string> failing(const QString& below, const std::set<std::string>& among)
{
    std::set<std::string> out;
    for (const auto& failure : failuresOf({ corpus().toStdString() + '/' + below.toStdString() })) {
        if (among.count(failure.check))
            out.insert(failure.check);
    }
    return out;
}

// What gives a pod the node: privileged, host namespaces, host paths, capabilities, runtime socket.
const std::set<std::string> escapes { "GL-POD-001", "GL-POD-002", "GL-POD-003", "GL-POD-004", "GL-POD-005",
    "GL-POD-006", "GL-POD-009", "GL-DKR-007" };

QString text(const std::set<std::string>& names)
{
    QStringList all;
    for (const auto& name : names)
        all << QString::fromStdString(name);
    return all.join(QLatin1Char(' '));
}

} // namespace

void SamplesTest::badPods_data()
{
    QTest::addColumn<QString>("level");
    QTest::addColumn<QString>("expected");
    QTest::newRow("everything allowed")
        << "everything-allowed"
        << "GL-DKR-007 GL-POD-001 GL-POD-002 GL-POD-003 GL-POD-004 GL-POD-005 GL-POD-006";
    QTest::newRow("privileged and host PID") << "priv-and-hostpid"
                                             << "GL-POD-001 GL-POD-002";
    QTest::newRow("privileged") << "priv"
                                << "GL-POD-001";
    QTest::newRow("host path") << "hostpath"
                               << "GL-DKR-007 GL-POD-005 GL-POD-006";
    QTest::newRow("nothing allowed") << "nothing-allowed"
                                     << "";
}

void SamplesTest::badPods()
{
    QFETCH(QString, level);
    QFETCH(QString, expected);
    QCOMPARE(text(failing(QStringLiteral("badpods/") + level, escapes)), expected);
}

void SamplesTest::goat()
{
    QCOMPARE(text(failing(QStringLiteral("goat/insecure-rbac"), { "GL-RBAC-001" })),
        QStringLiteral("GL-RBAC-001"));
    QCOMPARE(text(failing(QStringLiteral("goat/system-monitor"),
                 { "GL-POD-001", "GL-POD-002", "GL-POD-006", "GL-SEC-001", "GL-SEC-002" })),
        QStringLiteral("GL-POD-001 GL-POD-002 GL-POD-006")); // its credential comes from a Secret: no literal
    QCOMPARE(text(failing(QStringLiteral("goat/health-check"), { "GL-POD-001", "GL-DKR-007" })),
        QStringLiteral("GL-DKR-007 GL-POD-001"));
}

void SamplesTest::kubeHoundPods_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("expected");
    QTest::newRow("privileged") << "CE_PRIV_MOUNT.yaml"
                                << "GL-POD-001";
    QTest::newRow("nsenter") << "CE_NSENTER.yaml"
                             << "GL-POD-001 GL-POD-002";
    QTest::newRow("module load") << "CE_MODULE_LOAD.yaml"
                                 << "GL-POD-009";
    QTest::newRow("host write") << "EXPLOIT_HOST_WRITE.yaml"
                                << "GL-DKR-007 GL-POD-005 GL-POD-006";
    QTest::newRow("control") << "CONTROL_POD.yaml"
                             << "";
}

void SamplesTest::kubeHoundPods()
{
    QFETCH(QString, file);
    QFETCH(QString, expected);
    QCOMPARE(text(failing(QStringLiteral("kubehound/") + file, escapes)), expected);
    QCOMPARE(text(failing(QStringLiteral("kubehound/POD_CREATE.yaml"), { "GL-RBAC-007" })),
        QStringLiteral("GL-RBAC-007"));
    QCOMPARE(text(failing(QStringLiteral("kubehound/TOKEN_LIST.yaml"), { "GL-RBAC-006" })),
        QStringLiteral("GL-RBAC-006"));
}

// Their snapshot holds lists of objects by resource, without kinds; the test makes manifests of it.
void SamplesTest::kubesplainingLabels()
{
    QFile file(corpus() + QStringLiteral("/kubesplaining/snapshots/minimal-risky.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonObject resources
        = QJsonDocument::fromJson(file.readAll())[QLatin1String("resources")].toObject();
    const QMap<QString, QPair<QString, QString>> kinds {
        { QStringLiteral("namespaces"), { QStringLiteral("v1"), QStringLiteral("Namespace") } },
        { QStringLiteral("pods"), { QStringLiteral("v1"), QStringLiteral("Pod") } },
        { QStringLiteral("deployments"), { QStringLiteral("apps/v1"), QStringLiteral("Deployment") } },
        { QStringLiteral("service_accounts"), { QStringLiteral("v1"), QStringLiteral("ServiceAccount") } },
        { QStringLiteral("cluster_roles"),
            { QStringLiteral("rbac.authorization.k8s.io/v1"), QStringLiteral("ClusterRole") } },
        { QStringLiteral("cluster_role_bindings"),
            { QStringLiteral("rbac.authorization.k8s.io/v1"), QStringLiteral("ClusterRoleBinding") } },
        { QStringLiteral("network_policies"),
            { QStringLiteral("networking.k8s.io/v1"), QStringLiteral("NetworkPolicy") } },
        { QStringLiteral("config_maps"), { QStringLiteral("v1"), QStringLiteral("ConfigMap") } },
    };
    QJsonArray items;
    for (auto it = resources.begin(); it != resources.end(); ++it) {
        QString key = it.key();
        if (!kinds.contains(key)) {
            for (const QString& known : kinds.keys()) {
                if (QString(known).remove(QLatin1Char('_'))
                    == QString(key).remove(QLatin1Char('_')).toLower())
                    key = known;
            }
        }
        if (!kinds.contains(key))
            continue;
        for (const auto& value : it.value().toArray()) {
            QJsonObject object = value.toObject();
            object[QLatin1String("apiVersion")] = kinds[key].first;
            object[QLatin1String("kind")] = kinds[key].second;
            items.append(object);
        }
    }
    const QTemporaryDir folder;
    QFile out(folder.filePath(QStringLiteral("list.json")));
    QVERIFY(out.open(QIODevice::WriteOnly));
    out.write(QJsonDocument(
        QJsonObject { { QStringLiteral("apiVersion"), QStringLiteral("v1") },
            { QStringLiteral("kind"), QStringLiteral("List") }, { QStringLiteral("items"), items } })
                  .toJson());
    out.close();
    std::set<std::string> found;
    for (const auto& failure : failuresOf({ out.fileName().toStdString() }))
        found.insert(failure.check + ' ' + failure.kind + ' ' + (failure.ns.empty() ? "" : failure.ns + '/')
            + failure.name);
    std::string all;
    for (const auto& one : found)
        all += one + '\n';
    // Their ids → ours: KUBE-ESCAPE-001/003/006, NETPOL-COVERAGE-001, NETPOL-WEAKNESS, PODSEC-APE-001,
    // PRIVESC-001/005, PSA-LABELS-001
    for (const char* wanted : { "GL-POD-001 Deployment default/risky", "GL-POD-004 Deployment default/risky",
             "GL-POD-005 Deployment default/risky", "GL-NET-001 Namespace default",
             "GL-NET-005 NetworkPolicy flat-network/allow-broad", "GL-POD-012 Deployment default/risky",
             "GL-POD-012 Deployment flat-network/api", "GL-ADM-001 Namespace default" })
        QVERIFY2(found.count(wanted), (std::string(wanted) + " is missing among\n" + all).c_str());
    QVERIFY2(all.find("GL-RBAC-006 ClusterRoleBinding ") != std::string::npos, all.c_str());
    QVERIFY2(all.find("GL-RBAC-007 ClusterRoleBinding ") != std::string::npos, all.c_str());
    // Their deny list.
    QVERIFY(!found.count("GL-POD-001 Deployment flat-network/api"));
    QVERIFY(all.find("GL-RBAC-001") == std::string::npos);
}

GLACIS_TEST(SamplesTest)
#include "samples_test.moc"
