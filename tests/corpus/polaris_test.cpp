// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Polaris' own test manifests, one file at a time: the file name says whether its check fails.
#include "corpus_fixture.h"

#include <map>

using namespace glacis::test;

class PolarisTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void fileByFile_data();
    void fileByFile();
};

namespace {

// Their check → ours. Empty: ours is not written yet.
const std::map<std::string, std::set<std::string>>& mapping()
{
    static const std::map<std::string, std::set<std::string>> table {
        { "hostIPCSet", { "GL-POD-003" } }, { "hostPIDSet", { "GL-POD-002" } },
        { "hostNetworkSet", { "GL-POD-004" } }, { "hostPathSet", { "GL-POD-005" } },
        { "hostPortSet", { "GL-POD-008" } }, { "privilegeEscalationAllowed", { "GL-POD-012" } },
        { "runAsPrivileged", { "GL-POD-001" } }, { "runAsRootAllowed", { "GL-POD-013" } },
        { "dangerousCapabilities", { "GL-POD-009" } }, { "tlsSettingsMissing", { "GL-EXP-008" } },
        { "missingNetworkPolicy", { "GL-NET-004" } },
        { "sensitiveContainerEnvVar", { "GL-SEC-001", "GL-SEC-002" } },
        { "automountServiceAccountToken", { "GL-RBAC-021" } },
        { "clusterrolebindingClusterAdmin", { "GL-RBAC-001" } },
        { "rolebindingClusterAdminClusterRole", { "GL-RBAC-001" } },
        { "rolebindingClusterAdminRole", { "GL-RBAC-001" } },
        { "clusterrolePodExecAttach", { "GL-RBAC-008" } }, { "rolePodExecAttach", { "GL-RBAC-008" } },
        { "clusterrolebindingPodExecAttach", { "GL-RBAC-008" } },
        { "rolebindingClusterRolePodExecAttach", { "GL-RBAC-008" } },
        { "rolebindingRolePodExecAttach", { "GL-RBAC-008" } }, { "cpuLimitsMissing", {} }, // GL-POD-019
        { "memoryLimitsMissing", {} }, // GL-POD-019
        { "notReadOnlyRootFilesystem", {} }, // GL-POD-017
        { "insecureCapabilities", {} }, // GL-POD-011
        { "linuxHardening", {} }, // GL-POD-014, GL-POD-015
        { "procMount", {} }, // GL-POD-016
        { "hostProcess", {} }, // GL-POD-018
        { "sensitiveConfigmapContent", {} }, // GL-SEC-004
        { "tagNotSpecified", {} }, // GL-SUP-001
    };
    return table;
}

// Where we differ from the file's name, and why.
const std::map<std::string, std::string>& differences()
{
    static const std::string missingRole
        = "the role that the binding names is not in the file: we say not assessed, they say failure";
    static const std::string prefix
        = "a name that begins with system: or gce: can be chosen by anyone: it excuses nothing "
          "without the label that Kubernetes or the vendor puts on its own objects";
    static const std::map<std::string, std::string> table {
        { "clusterrolebindingPodExecAttach/failure.binding_points_to_missing_ref.yaml", missingRole },
        { "rolebindingClusterRolePodExecAttach/failure.binding_points_to_missing_ref.yaml", missingRole },
        { "rolebindingRolePodExecAttach/failure.binding_points_to_missing_ref.yaml", missingRole },
        { "clusterrolebindingClusterAdmin/success.gce_calico_binding.yaml", prefix },
        { "clusterrolebindingClusterAdmin/success.system_prefix_binding.yaml", prefix },
        { "clusterrolebindingPodExecAttach/success.gce_calico_binding.yaml", prefix },
        { "clusterrolebindingPodExecAttach/success.system_prefix_binding.yaml", prefix },
        { "rolebindingClusterAdminClusterRole/success.gce_calico_binding.yaml", prefix },
        { "rolebindingClusterAdminClusterRole/success.system_prefix_binding.yaml", prefix },
        { "rolebindingClusterAdminRole/success.gce_calico_binding.yaml", prefix },
        { "rolebindingClusterAdminRole/success.system_prefix_binding.yaml", prefix },
        { "rolebindingClusterRolePodExecAttach/success.gce_calico_binding.yaml", prefix },
        { "rolebindingClusterRolePodExecAttach/success.system_prefix_binding.yaml", prefix },
        { "rolebindingRolePodExecAttach/success.gce_calico_binding.yaml", prefix },
        { "rolebindingRolePodExecAttach/success.system_prefix_binding.yaml", prefix },
        { "clusterrolebindingPodExecAttach/"
          "success.defaultclusterrolebinding_system-controller-generic-garbage-collector.yaml",
            prefix },
        { "rolebindingRolePodExecAttach/success.role_binding_cluster_role_binding.yaml",
            "theirs looks only at bindings of Roles here; a RoleBinding of a ClusterRole allows exec as "
            "well" },
        { "missingNetworkPolicy/failure.netpol_missing_egress_rules.yaml",
            "a policy without egress rules forbids all egress: the pod is isolated, which is what we ask "
            "for" },
        { "missingNetworkPolicy/failure.netpol_missing_ingress_rules.yaml",
            "a policy without ingress rules forbids all ingress: the pod is isolated, which is what we ask "
            "for" },
        { "sensitiveContainerEnvVar/failure.value_private_key.yaml",
            "three dashes and five letters are no PEM block: there is no key in it" },
    };
    return table;
}

} // namespace

void PolarisTest::fileByFile_data()
{
    GLACIS_NEED_CORPUS();
    QTest::addColumn<QString>("path");
    const QDir root(corpus() + QStringLiteral("/polaris"));
    for (const QString& check : root.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        for (const QString& file :
            QDir(root.filePath(check)).entryList({ QStringLiteral("*.yaml") }, QDir::Files))
            QTest::newRow(qPrintable(check + QLatin1Char('/') + file))
                << root.filePath(check + QLatin1Char('/') + file);
    }
}

void PolarisTest::fileByFile()
{
    GLACIS_NEED_CORPUS();
    QFETCH(QString, path);
    const std::string check = QFileInfo(path).dir().dirName().toStdString();
    const QString file = QFileInfo(path).fileName();
    QVERIFY2(mapping().count(check), "a check of theirs that the table does not name");
    const auto& ours = mapping().at(check);
    if (ours.empty())
        QSKIP("our check for it is not written yet");
    bool fails = false;
    std::string seen;
    for (const auto& failure : failuresOf({ path.toStdString() })) {
        seen += ' ' + failure.check + '(' + failure.kind + ' ' + failure.name + ')';
        fails = fails || ours.count(failure.check);
    }
    const bool expected = file.startsWith(QLatin1String("failure"));
    if (differences().count(check + '/' + file.toStdString())) {
        QVERIFY2(fails != expected, "a stated difference is gone: take it off the list");
        return;
    }
    QVERIFY2(fails == expected, seen.c_str());
}

GLACIS_TEST(PolarisTest)
#include "polaris_test.moc"
