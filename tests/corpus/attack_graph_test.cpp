// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The attack graph of outside manifests whose escape power and rights are known. They are files, so the node
// of every pod is the unknown one, "node/?". Escapes are counted as edge and container, from the edges'
// justifications.
#include "corpus_fixture.h"

#include "../attack_graph/drawn.h"

#include <QFile>
#include <QTemporaryDir>

namespace glacis::test {
namespace {
    using attack::EdgeKind;

    /// Files or folders below the corpus, and manifests of our own beside them.
    Drawn drawn(const std::vector<std::string>& below, const char* own = "")
    {
        std::vector<std::string> paths;
        for (const std::string& path : below)
            paths.push_back(corpus().toStdString() + '/' + path);
        const QTemporaryDir folder;
        if (*own) {
            QFile file(folder.filePath(QStringLiteral("own.yaml")));
            if (!file.open(QIODevice::WriteOnly))
                qFatal("cannot write %s", qPrintable(file.fileName()));
            file.write(own);
            file.close();
            paths.push_back(file.fileName().toStdString());
        }
        inventory::ImportOptions options;
        options.scope = inventory::Scope::Manifests;
        auto loaded = inventory::importPaths(paths, options);
        if (!loaded)
            qFatal("%s", loaded.error().message.c_str());
        return Drawn(std::move(*loaded));
    }

    /// Each way of a workload's container onto its node once for every container: "MODULE_LOAD PRIVILEGED".
    QStringList escapes(const Drawn& graph, const std::string& workload)
    {
        QStringList all;
        for (const attack::Edge& edge : graph.graph.edges) {
            if (graph.graph.nodes[edge.from].id != "own/" + workload
                || graph.graph.nodes[edge.to].id != "node/?")
                continue;
            std::set<std::string> containers;
            for (const attack::Justification& because : graph.graph.becauseOf(edge))
                containers.insert(because.container.str());
            for (std::size_t i = 0; i < containers.size(); ++i)
                all << text(attack::name(edge.kind));
        }
        all.sort();
        return all;
    }

    constexpr const char* TokenOfSuperadmin = R"(
apiVersion: v1
kind: Secret
metadata:
  name: superadmin-token
  namespace: kube-system
  annotations: {kubernetes.io/service-account.name: superadmin}
type: kubernetes.io/service-account-token
)";
}

class AttackGraphTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { GLACIS_NEED_CORPUS(); }
    void escapesOfBadPods_data();
    void escapesOfBadPods();
    void escapesOfKubeHoundPods_data();
    void escapesOfKubeHoundPods();
    void podsTogetherEscapeAsTheyDoAlone();
    void everyEscapeOfFilesLeadsToTheUnknownNode();
    void theNodesRootGivesItsTokens();
    void podCreationTakesNodes();
    void podSecurityKeepsCreatedPodsOffTheNode();
    void secretsListedInOneNamespace();
    void listedTokensAreIdentities();
    void sharedProcessesAreOrderedPairs();
    void boundAccountIsClusterAdmin();
    void systemMonitor();
    void healthCheck();
};

// "All escapes" of everything-allowed are those that the manifest grants: it adds no capability, so CGROUP,
// HOST_FD and SYS_PTRACE are not repeated beside PRIVILEGED, and neither is CORE_PATTERN: a privileged
// container writes its own /proc/sys, whatever it mounts.
//
// "Host write" of hostpath is three steps of ours, all from the one writable mount of `/`. A container
// runtime mounts it with what is mounted below (rbind), so the mount holds /proc/sys/kernel/core_pattern and
// the runtime's socket below /run too: both are real, and a fix that closes HOST_WRITE alone (readOnly: true)
// leaves RUNTIME_SOCKET standing.
void AttackGraphTest::escapesOfBadPods_data()
{
    QTest::addColumn<QString>("level");
    QTest::addColumn<QString>("pod");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* level, const char* pod, const char* expected) {
        QTest::newRow(level) << QString::fromLatin1(level) << QString::fromLatin1(pod)
                             << QString::fromLatin1(expected);
    };
    row("everything-allowed", "everything-allowed-exec-pod",
        "HOST_WRITE MODULE_LOAD NSENTER PRIVILEGED RUNTIME_SOCKET");
    row("priv-and-hostpid", "priv-and-hostpid-exec-pod", "MODULE_LOAD NSENTER PRIVILEGED");
    row("priv", "priv-exec-pod", "MODULE_LOAD PRIVILEGED");
    row("hostpath", "hostpath-exec-pod", "CORE_PATTERN HOST_WRITE RUNTIME_SOCKET");
    row("nothing-allowed", "nothing-allowed-exec-pod", "");
}

void AttackGraphTest::escapesOfBadPods()
{
    QFETCH(QString, level);
    QFETCH(QString, pod);
    QFETCH(QString, expected);
    const Drawn graph = drawn({ "badpods/" + level.toStdString() });
    const std::string workload = "default/Pod/" + pod.toStdString();
    QVERIFY(graph.graph.find("breach") != attack::None && graph.leads("breach", "own/" + workload));
    QCOMPARE(escapes(graph, workload).join(QLatin1Char(' ')), expected);
    QCOMPARE(graph.leads("own/" + workload, "node/?"), !expected.isEmpty());
}

void AttackGraphTest::escapesOfKubeHoundPods_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("pod");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* file, const char* pod, const char* expected) {
        QTest::newRow(pod) << QString::fromLatin1(file) << QString::fromLatin1(pod)
                           << QString::fromLatin1(expected);
    };
    row("CE_PRIV_MOUNT", "priv-pod", "MODULE_LOAD PRIVILEGED");
    row("CE_NSENTER", "nsenter-pod", "MODULE_LOAD NSENTER PRIVILEGED");
    row("CE_MODULE_LOAD", "modload-pod", "MODULE_LOAD");
    // As of badpods/hostpath.
    row("EXPLOIT_HOST_WRITE", "host-write-exploit-pod", "CORE_PATTERN HOST_WRITE RUNTIME_SOCKET");
    row("CONTROL_POD", "control-pod", "");
    row("SHARE_PS_NAMESPACE", "sharedps-pod1", "");
    row("POD_CREATE", "pod-create-pod", "");
    row("TOKEN_LIST", "tokenlist-pod", "");
}

void AttackGraphTest::escapesOfKubeHoundPods()
{
    QFETCH(QString, file);
    QFETCH(QString, pod);
    QFETCH(QString, expected);
    const Drawn graph = drawn({ "kubehound/" + file.toStdString() + ".yaml" });
    QCOMPARE(escapes(graph, "default/Pod/" + pod.toStdString()).join(QLatin1Char(' ')), expected);
}

void AttackGraphTest::podsTogetherEscapeAsTheyDoAlone()
{
    const Drawn all = drawn({ "kubehound" });
    QCOMPARE(escapes(all, "default/Pod/priv-pod").size(), 2);
    QCOMPARE(escapes(all, "default/Pod/nsenter-pod").size(), 3);
    QCOMPARE(escapes(all, "default/Pod/modload-pod").size(), 1);
    QCOMPARE(escapes(all, "default/Pod/control-pod").size(), 0);
    QVERIFY(all.kindOf("MODULE_LOAD|own/default/Pod/modload-pod|node/?") == "certain");
}

// The escape itself is certain; whose pods run on that node, nobody knows.
void AttackGraphTest::everyEscapeOfFilesLeadsToTheUnknownNode()
{
    const Drawn all = drawn({ "kubehound", "badpods", "goat" });
    int escaping = 0;
    for (const attack::Edge& edge : all.graph.edges) {
        if (all.graph.nodes[edge.to].kind != attack::NodeKind::Node)
            continue;
        QCOMPARE(text(all.graph.nodes[edge.to].id), QStringLiteral("node/?"));
        escaping += all.graph.nodes[edge.from].kind == attack::NodeKind::Own;
        if (all.graph.nodes[edge.from].kind == attack::NodeKind::Own)
            QVERIFY(edge.certainty == attack::Certainty::Certain);
    }
    QVERIFY(escaping > 20);
    for (const std::string& id : all.edges(EdgeKind::NodePods))
        QCOMPARE(text(all.kindOf(id)), QStringLiteral("possible"));
    for (const std::string& id : all.edges(EdgeKind::HostTokens))
        QCOMPARE(text(all.kindOf(id)), QStringLiteral("possible"));
}

void AttackGraphTest::theNodesRootGivesItsTokens()
{
    const Drawn graph = drawn({ "kubehound/EXPLOIT_HOST_WRITE.yaml", "kubehound/POD_CREATE.yaml" });
    QCOMPARE(
        text(graph.kindOf("HOST_TOKENS|own/default/Pod/host-write-exploit-pod|sa/default/pod-create-sa")),
        QStringLiteral("possible"));
    QVERIFY(graph.has("NODE_PODS|node/?|held/default/Pod/pod-create-pod"));
    QVERIFY(graph.has("RUNS_AS|held/default/Pod/pod-create-pod|sa/default/pod-create-sa"));
    // Alone there is no token worth taking: the account `default` may do nothing.
    const Drawn alone = drawn({ "kubehound/EXPLOIT_HOST_WRITE.yaml" });
    QVERIFY(alone.edges(EdgeKind::HostTokens).empty());
    QVERIFY(alone.edges(EdgeKind::NodePods).empty());
}

void AttackGraphTest::podCreationTakesNodes()
{
    const Drawn graph = drawn({ "kubehound/POD_CREATE.yaml" });
    QCOMPARE(text(graph.kindOf("RUNS_AS|own/default/Pod/pod-create-pod|sa/default/pod-create-sa")),
        QStringLiteral("certain"));
    QCOMPARE(text(graph.kindOf("POD_CREATE|sa/default/pod-create-sa|scope/create-pods/default")),
        QStringLiteral("certain"));
    QVERIFY(graph.leads("own/default/Pod/pod-create-pod", "node/?"));
}

void AttackGraphTest::podSecurityKeepsCreatedPodsOffTheNode()
{
    for (const char* level : { "baseline", "restricted" }) {
        const std::string labelled
            = std::string("apiVersion: v1\nkind: Namespace\nmetadata:\n  name: default\n  labels:\n"
                          "    pod-security.kubernetes.io/enforce: ")
            + level + '\n';
        const Drawn graph = drawn({ "kubehound/POD_CREATE.yaml" }, labelled.c_str());
        QVERIFY(graph.has("POD_CREATE|sa/default/pod-create-sa|scope/create-pods/default"));
        QVERIFY2(!graph.leads("own/default/Pod/pod-create-pod", "node/?"), level);
    }
    // Warnings and audits keep nothing out, nor does the level that allows everything.
    for (const char* label :
        { "pod-security.kubernetes.io/warn: restricted", "pod-security.kubernetes.io/audit: restricted",
            "pod-security.kubernetes.io/enforce: privileged" }) {
        const std::string labelled
            = std::string("apiVersion: v1\nkind: Namespace\nmetadata:\n  name: default\n  labels:\n    ")
            + label + '\n';
        QVERIFY2(drawn({ "kubehound/POD_CREATE.yaml" }, labelled.c_str())
                     .leads("own/default/Pod/pod-create-pod", "node/?"),
            label);
    }
}

void AttackGraphTest::secretsListedInOneNamespace()
{
    const Drawn graph = drawn({ "kubehound/TOKEN_LIST.yaml" });
    QCOMPARE(text(graph.kindOf("SECRET_READ|sa/default/tokenlist-sa|scope/read-secrets/default")),
        QStringLiteral("certain"));
    QVERIFY(!graph.leads("sa/default/tokenlist-sa", "jewel/all-secrets"));
}

// Since 1.24 an account has no token Secret of itself; one that exists is worth its account.
void AttackGraphTest::listedTokensAreIdentities()
{
    constexpr const char* token = R"(
apiVersion: v1
kind: Secret
metadata:
  name: creator-token
  namespace: default
  annotations: {kubernetes.io/service-account.name: pod-create-sa}
type: kubernetes.io/service-account-token
)";
    const std::vector<std::string> files { "kubehound/TOKEN_LIST.yaml", "kubehound/POD_CREATE.yaml" };
    QVERIFY(!drawn(files).leads("sa/default/tokenlist-sa", "sa/default/pod-create-sa"));
    const Drawn graph = drawn(files, token);
    QVERIFY(graph.has("TOKEN_SECRET|secret/default/creator-token|sa/default/pod-create-sa"));
    QVERIFY(graph.leads("sa/default/tokenlist-sa", "sa/default/pod-create-sa"));
    // Of another namespace it is out of reach.
    const Drawn other = drawn({ "kubehound/TOKEN_LIST.yaml", "goat/insecure-rbac" }, TokenOfSuperadmin);
    QVERIFY(other.has("TOKEN_SECRET|secret/kube-system/superadmin-token|sa/kube-system/superadmin"));
    QVERIFY(!other.leads("sa/default/tokenlist-sa", "sa/kube-system/superadmin"));
}

void AttackGraphTest::sharedProcessesAreOrderedPairs()
{
    const Drawn graph = drawn({ "kubehound/SHARE_PS_NAMESPACE.yaml" });
    const auto pairs = [&](const char* pod) {
        const std::string own = std::string("own/default/Pod/") + pod;
        const attack::Edge* edge = graph.edge("SHARED_PROCESSES|" + own + '|' + own);
        return edge ? static_cast<int>(edge->becauseCount) : 0;
    };
    QCOMPARE(pairs("sharedps-pod1"), 6);
    QCOMPARE(pairs("sharedps-pod2"), 2);
    QCOMPARE(graph.edges(EdgeKind::SharedProcesses).size(), std::size_t { 2 });
}

void AttackGraphTest::boundAccountIsClusterAdmin()
{
    // The role itself is built in and not among the files.
    const Drawn graph = drawn({ "goat/insecure-rbac" });
    QCOMPARE(text(graph.kindOf("CLUSTER_ADMIN|sa/kube-system/superadmin|jewel/cluster-admin")),
        QStringLiteral("certain"));
    QCOMPARE(text(graph.breaks("CLUSTER_ADMIN|sa/kube-system/superadmin|jewel/cluster-admin").front()),
        QStringLiteral("M10@clusterrolebinding/superadmin"));
}

void AttackGraphTest::systemMonitor()
{
    const Drawn graph = drawn({ "goat/system-monitor" });
    QCOMPARE(escapes(graph, "default/Deployment/system-monitor-deployment").join(QLatin1Char(' ')),
        QStringLiteral("HOST_WRITE MODULE_LOAD NSENTER PRIVILEGED RUNTIME_SOCKET"));
    // Its credential comes from a Secret, and is none of a data store.
    for (const attack::Node& node : graph.graph.nodes)
        QVERIFY2(node.kind != attack::NodeKind::Credential, node.id.c_str());
    QVERIFY(graph.edges(EdgeKind::CredInEnv).empty());
    // A ClusterIP Service exposes nothing.
    QVERIFY(graph.edges(EdgeKind::ExposedService).empty());
}

void AttackGraphTest::healthCheck()
{
    const Drawn graph = drawn({ "goat/health-check" });
    // The mount is the socket alone: nothing can be written beside it.
    QCOMPARE(escapes(graph, "default/Deployment/health-check-deployment").join(QLatin1Char(' ')),
        QStringLiteral("MODULE_LOAD PRIVILEGED RUNTIME_SOCKET"));
}

GLACIS_TEST(AttackGraphTest)

} // namespace glacis::test

#include "attack_graph_test.moc"
