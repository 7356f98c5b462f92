// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Polaris' own examples, file by file: "failure.*" must fail our check, "success.*" must not. A finding that
// is marked as the platform's is no failure. Where we differ on purpose the reason stands here.
#include "judged.h"

#include <QDir>
#include <QFileInfo>

#include <map>

#include <test_main.h>

using namespace glacis;
using glacis::test::Judged;
using glacis::test::text;

namespace {

struct Folder {
    const char* name;
    const char* check;
    inventory::Kind kind;
};
constexpr Folder folders[] {
    { "clusterrolePodExecAttach", "GL-RBAC-008", inventory::Kind::ClusterRole },
    { "rolePodExecAttach", "GL-RBAC-008", inventory::Kind::Role },
    { "clusterrolebindingPodExecAttach", "GL-RBAC-008", inventory::Kind::ClusterRoleBinding },
    { "rolebindingClusterRolePodExecAttach", "GL-RBAC-008", inventory::Kind::RoleBinding },
    { "rolebindingRolePodExecAttach", "GL-RBAC-008", inventory::Kind::RoleBinding },
    { "clusterrolebindingClusterAdmin", "GL-RBAC-001", inventory::Kind::ClusterRoleBinding },
    { "rolebindingClusterAdminClusterRole", "GL-RBAC-001", inventory::Kind::RoleBinding },
    { "rolebindingClusterAdminRole", "GL-RBAC-001", inventory::Kind::RoleBinding },
    { "automountServiceAccountToken", "GL-RBAC-021", inventory::Kind::Pod },
};

constexpr const char* byName
    = "a name alone exempts nobody: the binding gives everything to an ordinary user";
constexpr const char* dangling
    = "the role is not in the source: what it would grant is unknown, so it is not assessed (a binding "
      "without its role becomes GL-RBAC-024)";

const std::map<std::string, const char*>& differences()
{
    static const std::map<std::string, const char*> table {
        { "clusterrolebindingPodExecAttach/failure.binding_points_to_missing_ref.yaml", dangling },
        { "rolebindingClusterRolePodExecAttach/failure.binding_points_to_missing_ref.yaml", dangling },
        { "rolebindingRolePodExecAttach/failure.binding_points_to_missing_ref.yaml", dangling },
        { "clusterrolebindingPodExecAttach/success.system_prefix_binding.yaml", byName },
        { "rolebindingClusterRolePodExecAttach/success.system_prefix_binding.yaml", byName },
        { "rolebindingRolePodExecAttach/success.system_prefix_binding.yaml", byName },
        { "clusterrolebindingClusterAdmin/success.system_prefix_binding.yaml", byName },
        { "rolebindingClusterAdminClusterRole/success.system_prefix_binding.yaml", byName },
        { "rolebindingClusterAdminRole/success.system_prefix_binding.yaml", byName },
        { "clusterrolebindingPodExecAttach/success.gce_calico_binding.yaml", byName },
        { "rolebindingClusterRolePodExecAttach/success.gce_calico_binding.yaml", byName },
        { "rolebindingRolePodExecAttach/success.gce_calico_binding.yaml", byName },
        { "clusterrolebindingClusterAdmin/success.gce_calico_binding.yaml", byName },
        { "rolebindingClusterAdminClusterRole/success.gce_calico_binding.yaml", byName },
        { "rolebindingClusterAdminRole/success.gce_calico_binding.yaml", byName },
        { "clusterrolebindingPodExecAttach/"
          "success.defaultclusterrolebinding_system-controller-generic-garbage-collector.yaml",
            "the binding's subject is not the shipped account but an ordinary user" },
        { "rolebindingRolePodExecAttach/success.role_binding_cluster_role_binding.yaml",
            "that check looks at Roles only; a RoleBinding to a ClusterRole with every right lets its user "
            "exec all the same" },
    };
    return table;
}

} // namespace

class RbacCorpusTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void verdictInTheFileName_data();
    void verdictInTheFileName();
    void everyDifferenceIsThere();
};

namespace {
QString polaris() { return qEnvironmentVariable("GLACIS_CORPUS") + QStringLiteral("/polaris"); }
}

void RbacCorpusTest::verdictInTheFileName_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("check");
    QTest::addColumn<int>("kind");
    if (!QFileInfo(polaris()).isDir())
        QSKIP("skipped: no corpus");
    for (const auto& folder : folders) {
        const QDir dir(polaris() + QLatin1Char('/') + QLatin1String(folder.name));
        for (const auto& file : dir.entryList({ QStringLiteral("*.yaml") }, QDir::Files, QDir::Name))
            QTest::addRow("%s/%s", folder.name, qPrintable(file))
                << QString::fromLatin1(folder.name) << file << QString::fromLatin1(folder.check)
                << static_cast<int>(folder.kind);
    }
}

void RbacCorpusTest::verdictInTheFileName()
{
    QFETCH(QString, folder);
    QFETCH(QString, file);
    QFETCH(QString, check);
    QFETCH(int, kind);
    const std::string name = folder.toStdString().append("/").append(file.toStdString());
    auto inventory = inventory::importPaths({ polaris().toStdString().append("/").append(name) }, {});
    QVERIFY2(inventory, inventory ? "" : inventory.error().message.c_str());
    const Judged judged(*inventory, {});
    bool failed = false;
    for (const auto& finding : judged.result(check.toStdString()).findings)
        failed = failed
            || (finding.state == State::Fail && !finding.platform && finding.object.valid()
                && judged.inventory().object(finding.object).kind == static_cast<inventory::Kind>(kind));
    const bool expected = file.startsWith(QLatin1String("failure"));
    const auto difference = differences().find(name);
    if (difference == differences().end()) {
        QCOMPARE(failed, expected);
        return;
    }
    QVERIFY2(failed != expected, "listed as a difference, but there is none");
    qInfo("differs: %s", difference->second);
}

void RbacCorpusTest::everyDifferenceIsThere()
{
    if (!QFileInfo(polaris()).isDir())
        QSKIP("skipped: no corpus");
    for (const auto& [file, reason] : differences())
        QVERIFY2(QFileInfo::exists(polaris() + QLatin1Char('/') + QString::fromStdString(file)), reason);
}

GLACIS_TEST(RbacCorpusTest)
#include "rbac_corpus_test.moc"
