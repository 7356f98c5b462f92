// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where other attack graphs err, by their source: each test is named after what is true, and the comment says
// who gets it wrong and how. Kinds of step that this graph does not have yet are not here.
#include "drawn.h"

namespace glacis::test {
namespace {
    using attack::EdgeKind;

    Drawn files(const std::string& yaml) { return Drawn(yaml, {}, inventory::Scope::Manifests); }

    const std::string Documents = "\n---\n";

    /// A pod shop/web; fields of its spec in flow style: "hostPID: true, containers: [{name: a, image: a}]".
    std::string pod(const std::string& spec)
    {
        return "{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop}, spec: {" + spec + "}}"
            + Documents;
    }
    std::string container(const std::string& fields) { return "{name: app, image: app, " + fields + "}"; }

    /// The account ci/runner, bound by roles of its own. Kind Role: in `ns`; ClusterRole: everywhere.
    std::string bound(
        const std::string& kind, const std::string& name, const std::string& ns, const std::string& rules)
    {
        const std::string api = "apiVersion: rbac.authorization.k8s.io/v1, ";
        const std::string place = ns.empty() ? "" : ", namespace: " + ns;
        const std::string binding = ns.empty() ? "ClusterRoleBinding" : "RoleBinding";
        return "{" + api + "kind: " + kind + ", metadata: {name: " + name
            + (kind == "Role" ? place : std::string()) + "}, rules: [" + rules + "]}" + Documents + "{" + api
            + "kind: " + binding + ", metadata: {name: " + name + place
            + "}, roleRef: {apiGroup: rbac.authorization.k8s.io, kind: " + kind + ", name: " + name
            + "}, subjects: [{kind: ServiceAccount, name: runner, namespace: ci}]}" + Documents;
    }
    std::string rule(const std::string& group, const std::string& resource, const std::string& verb,
        const std::string& names = {})
    {
        return "{apiGroups: ['" + group + "'], resources: ['" + resource + "'], verbs: ['" + verb + "']"
            + (names.empty() ? "" : ", resourceNames: [" + names + "]") + "}";
    }

    std::string secret(const std::string& ns, const std::string& name)
    {
        return "{apiVersion: v1, kind: Secret, metadata: {name: " + name + ", namespace: " + ns
            + "}, type: Opaque}" + Documents;
    }
    std::string tokenSecret(const std::string& ns, const std::string& account)
    {
        return "{apiVersion: v1, kind: Secret, type: kubernetes.io/service-account-token, metadata: {name: "
            + account + "-token, namespace: " + ns
            + ", annotations: {kubernetes.io/service-account.name: " + account + "}}}" + Documents;
    }

    /// The account shop/admin is cluster-admin: worth being reached.
    const std::string Admin
        = "{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {name: admin}, "
          "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}, "
          "subjects: [{kind: ServiceAccount, name: admin, namespace: shop}]}"
        + Documents;

    constexpr const char* Runner = "sa/ci/runner";
    constexpr const char* Own = "own/shop/Pod/web";
    const std::string OntoNode = "|own/shop/Pod/web|node/?";
}

class OtherToolsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ruleForControllersCreatesPodsToo_data();
    void ruleForControllersCreatesPodsToo();
    void resourceOfAnotherGroupIsAnotherResource_data();
    void resourceOfAnotherGroupIsAnotherResource();
    void accountOfAnotherNamespaceMayBeBound();
    void rulesDoNotLendEachOtherVerbs();
    void clusterAdminOfOneNamespaceRulesThatNamespace();
    void runtimeSocketIsTheNode_data();
    void runtimeSocketIsTheNode();
    void serviceWithinTheClusterIsNotExposed();
    void rightByNameLeadsToThatObject();
    void initAndEphemeralContainersEscapeToo();
    void tokenThatIsNotMountedIsNotHeldInside();
    void everySpellingOfACapabilityCounts_data();
    void everySpellingOfACapabilityCounts();
    void rightsOfTwoBindingsAddUp();
    void rightsOfItsGroupsAreTheAccounts();
    void accountWithoutTokenSecretIsNotRead();
    void readingByNameIsNoListing();
    void capabilitiesOfTwoContainersDoNotAddUp();
    void mountOfASiblingIsNotOurs();
    void readOnlyMountWritesNothing();
    void secretsReachAContainerInEveryForm_data();
    void secretsReachAContainerInEveryForm();
    void execNeedsNoRightToReadThePod();
    void getOpensAShellToo();
    void rightsInOneNamespaceStayThere();
};

// KubeHound asks for the core group whatever the resource: a rule for apps or batch is missed.
void OtherToolsTest::ruleForControllersCreatesPodsToo_data()
{
    QTest::addColumn<QString>("group");
    QTest::addColumn<QString>("resource");
    for (const auto& [group, resource] : { std::pair("", "pods"), std::pair("", "replicationcontrollers"),
             std::pair("apps", "deployments"), std::pair("apps", "daemonsets"),
             std::pair("apps", "statefulsets"), std::pair("apps", "replicasets"), std::pair("batch", "jobs"),
             std::pair("batch", "cronjobs"), std::pair("*", "deployments"), std::pair("apps", "*") })
        QTest::addRow("%s/%s", group, resource)
            << QString::fromLatin1(group) << QString::fromLatin1(resource);
}

void OtherToolsTest::ruleForControllersCreatesPodsToo()
{
    QFETCH(QString, group);
    QFETCH(QString, resource);
    const Drawn graph
        = files(bound("Role", "r", "shop", rule(group.toStdString(), resource.toStdString(), "create"))
            + pod("containers: [{name: app, image: app}]"));
    QCOMPARE(text(graph.kindOf("POD_CREATE|sa/ci/runner|scope/create-pods/shop")), QStringLiteral("certain"));
    QVERIFY(graph.leads(Runner, "node/?"));
}

// The other side of the same error: what it does ask for does not exist.
void OtherToolsTest::resourceOfAnotherGroupIsAnotherResource_data()
{
    QTest::addColumn<QString>("group");
    QTest::addColumn<QString>("resource");
    for (const auto& [group, resource] : { std::pair("", "deployments"), std::pair("", "jobs"),
             std::pair("apps", "pods"), std::pair("apps", "jobs"), std::pair("batch", "deployments"),
             std::pair("example.org", "*"), std::pair("", "pods/log") })
        QTest::addRow("%s/%s", group, resource)
            << QString::fromLatin1(group) << QString::fromLatin1(resource);
}

void OtherToolsTest::resourceOfAnotherGroupIsAnotherResource()
{
    QFETCH(QString, group);
    QFETCH(QString, resource);
    const Drawn graph
        = files(bound("Role", "r", "shop", rule(group.toStdString(), resource.toStdString(), "create"))
            + pod("containers: [{name: app, image: app}]"));
    QVERIFY(graph.edges(EdgeKind::PodCreate).empty());
    QVERIFY(!graph.leads(Runner, "node/?"));
}

// KubeHound follows a RoleBinding only to subjects of its own namespace.
void OtherToolsTest::accountOfAnotherNamespaceMayBeBound()
{
    const Drawn graph = files(bound("Role", "r", "shop", rule("", "secrets", "get"))
        + "{apiVersion: v1, kind: Pod, metadata: {name: job, namespace: ci}, spec: {serviceAccountName: "
          "runner, "
          "containers: [{name: app, image: app}]}}");
    QVERIFY(graph.has("SECRET_READ|sa/ci/runner|scope/read-secrets/shop"));
    QVERIFY(graph.has("RUNS_AS|own/ci/Pod/job|sa/ci/runner"));
    QVERIFY(!graph.has("SECRET_READ|sa/ci/runner|scope/read-secrets/ci"));
}

// KubeHound looks for group, resource and verb in any of a role's rules.
void OtherToolsTest::rulesDoNotLendEachOtherVerbs()
{
    const Drawn graph
        = files(bound("ClusterRole", "r", "",
                    rule("", "secrets", "delete") + ", " + rule("", "configmaps", "list") + ", "
                        + rule("apps", "deployments", "get") + ", " + rule("", "services", "create"))
            + pod("containers: [{name: app, image: app}]"));
    QVERIFY(graph.edges(EdgeKind::SecretRead).empty());
    QVERIFY(graph.edges(EdgeKind::PodCreate).empty());
}

// KubeHound's namespaced cases lead to every namespace.
void OtherToolsTest::clusterAdminOfOneNamespaceRulesThatNamespace()
{
    const Drawn graph = files(
        "{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: "
        "owner, namespace: shop}, roleRef: {apiGroup: rbac.authorization.k8s.io, kind: "
        "ClusterRole, name: cluster-admin}, subjects: [{kind: ServiceAccount, name: "
        "runner, namespace: ci}]}"
        + Documents + pod("containers: [{name: app, image: app}]") + tokenSecret("bank", "teller")
        + "{apiVersion: v1, kind: Pod, metadata: {name: teller, namespace: bank}, spec: {containers: [{name: "
          "app, image: app}]}}"
        + Documents + "{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: "
        + "{pod-security.kubernetes.io/enforce: restricted}}}");
    QVERIFY(graph.edges(EdgeKind::ClusterAdmin).empty());
    QVERIFY(graph.has("SECRET_READ|sa/ci/runner|scope/read-secrets/shop"));
    QVERIFY(graph.has("POD_EXEC|sa/ci/runner|scope/exec/shop"));
    QVERIFY(graph.has("POD_CREATE|sa/ci/runner|scope/create-pods/shop"));
    QVERIFY(!graph.leads(Runner, "jewel/cluster-admin"));
    QVERIFY(!graph.leads(Runner, "jewel/all-secrets"));
    QVERIFY(!graph.leads(Runner, "own/bank/Pod/teller"));
}

// KubeHound's list of harmless host paths holds /var/run: no edge at all. A read-only mount of a socket still
// connects.
void OtherToolsTest::runtimeSocketIsTheNode_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("readOnly");
    for (const char* path : { "/var/run/docker.sock", "/run/docker.sock", "/var/run", "/run",
             "/run/containerd/containerd.sock", "/var/run/crio/crio.sock" })
        for (const bool readOnly : { false, true })
            QTest::addRow("%s%s", path, readOnly ? " read-only" : "")
                << QString::fromLatin1(path) << readOnly;
}

void OtherToolsTest::runtimeSocketIsTheNode()
{
    QFETCH(QString, path);
    QFETCH(bool, readOnly);
    const Drawn graph = files(pod("containers: ["
        + container(std::string("volumeMounts: [{name: run, mountPath: /x")
            + (readOnly ? ", readOnly: true" : "") + "}]")
        + "], volumes: [{name: run, hostPath: {path: " + path.toStdString() + "}}]"));
    QCOMPARE(text(graph.kindOf("RUNTIME_SOCKET" + OntoNode)), QStringLiteral("certain"));
}

// KubeHound takes every EndpointSlice for an external entry.
void OtherToolsTest::serviceWithinTheClusterIsNotExposed()
{
    const auto graph = [](const std::string& type, const std::string& status) {
        return files(
            "{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop, labels: {app: web}}, "
            "spec: {containers: [{name: app, image: app, ports: [{containerPort: 8080}]}]}}"
            + Documents
            + "{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: web-x, namespace: "
              "shop, "
              "labels: {kubernetes.io/service-name: web}}, addressType: IPv4, ports: [{port: 8080, protocol: "
              "TCP}], endpoints: [{addresses: [10.0.0.4], targetRef: {kind: Pod, name: web, namespace: "
              "shop}}]}"
            + Documents
            + "{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {type: " + type
            + ", selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}" + status + "}");
    };
    const Drawn inner = graph("ClusterIP", "");
    QVERIFY(inner.edges(EdgeKind::ExposedService).empty());
    QVERIFY(!inner.leads("internet", Own));
    const Drawn outer = graph("LoadBalancer", ", status: {loadBalancer: {ingress: [{ip: 192.1.0.7}]}}");
    QCOMPARE(text(outer.kindOf("EXPOSED_SERVICE|internet|reach/shop/Pod/web")), QStringLiteral("certain"));
    QVERIFY(outer.leads("internet", Own));
}

// KubeHound drops rules that name their objects.
void OtherToolsTest::rightByNameLeadsToThatObject()
{
    const Drawn reads = files(bound("Role", "r", "shop", rule("", "secrets", "get", "admin-token"))
        + tokenSecret("shop", "admin") + tokenSecret("shop", "other") + Admin);
    QVERIFY(reads.has("SECRET_READ|sa/ci/runner|secret/shop/admin-token"));
    QCOMPARE(reads.edges(EdgeKind::SecretRead).size(), std::size_t { 1 });
    QVERIFY(reads.leads(Runner, "jewel/cluster-admin"));
    const Drawn execs = files(bound("Role", "r", "shop", rule("", "pods/exec", "create", "web"))
        + pod("containers: [{name: app, image: app}]")
        + "{apiVersion: v1, kind: Pod, metadata: {name: other, namespace: shop}, spec: {containers: [{name: "
          "app, "
          "image: app}]}}");
    QCOMPARE(execs.edges(EdgeKind::PodExec),
        std::vector<std::string> { "POD_EXEC|sa/ci/runner|own/shop/Pod/web" });
}

// KubeHound and IceKube read spec.containers alone. What has ended when an attacker comes is possible only.
void OtherToolsTest::initAndEphemeralContainersEscapeToo()
{
    const std::string harmless = "containers: [{name: app, image: app}], ";
    const std::string fields = "securityContext: {privileged: true}";
    QCOMPARE(text(files(pod(harmless + "initContainers: [{name: i, image: i, " + fields + "}]"))
                      .kindOf("PRIVILEGED" + OntoNode)),
        QStringLiteral("possible"));
    QCOMPARE(text(files(pod(harmless + "initContainers: [{name: i, image: i, restartPolicy: Always, " + fields
                            + "}]"))
                      .kindOf("PRIVILEGED" + OntoNode)),
        QStringLiteral("certain"));
    QCOMPARE(text(files(pod(harmless + "ephemeralContainers: [{name: e, image: e, " + fields + "}]"))
                      .kindOf("PRIVILEGED" + OntoNode)),
        QStringLiteral("certain"));
}

// KubeHound gives every container its account. Root on the node has the token even where it is not mounted.
void OtherToolsTest::tokenThatIsNotMountedIsNotHeldInside()
{
    const std::string runs = "RUNS_AS|own/shop/Pod/web|sa/shop/admin";
    const std::string held = "RUNS_AS|held/shop/Pod/web|sa/shop/admin";
    const auto graph = [](const std::string& spec, const std::string& account) {
        return files(Admin + "{apiVersion: v1, kind: ServiceAccount, metadata: {name: admin, namespace: shop}"
            + account + "}" + Documents
            + pod("serviceAccountName: admin, " + spec + "containers: [{name: app, image: app}]"));
    };
    const Drawn mounted = graph("", "");
    QVERIFY(mounted.has(runs));
    const Drawn byPod = graph("automountServiceAccountToken: false, ", "");
    QVERIFY(!byPod.has(runs));
    QVERIFY(byPod.has(held));
    const Drawn byAccount = graph("", ", automountServiceAccountToken: false");
    QVERIFY(!byAccount.has(runs));
    const Drawn podWins
        = graph("automountServiceAccountToken: true, ", ", automountServiceAccountToken: false");
    QVERIFY(podWins.has(runs));
    const Drawn projected
        = graph("automountServiceAccountToken: false, volumes: [{name: t, projected: {sources: "
                "[{serviceAccountToken: {path: token}}]}}], ",
            "");
    QVERIFY(projected.has(runs));
}

// KubeHound compares with SYS_MODULE exactly.
void OtherToolsTest::everySpellingOfACapabilityCounts_data()
{
    QTest::addColumn<QString>("written");
    for (const char* written : { "SYS_MODULE", "CAP_SYS_MODULE", "sys_module", "ALL", "all" })
        QTest::newRow(written) << QString::fromLatin1(written);
}

void OtherToolsTest::everySpellingOfACapabilityCounts()
{
    QFETCH(QString, written);
    const Drawn graph = files(pod("containers: ["
        + container("securityContext: {capabilities: {add: [" + written.toStdString() + "]}}") + "]"));
    QCOMPARE(text(graph.kindOf("MODULE_LOAD" + OntoNode)), QStringLiteral("certain"));
}

// KubeHound looks at one role and one binding at a time. A token Secret needs somebody who creates it and
// reads what the control plane then fills in.
void OtherToolsTest::rightsOfTwoBindingsAddUp()
{
    const std::string creates = bound("Role", "creates", "shop", rule("", "secrets", "create"));
    const std::string reads = bound("Role", "reads", "shop", rule("", "secrets", "get"));
    QVERIFY(!files(Admin + reads).leads(Runner, "jewel/cluster-admin"));
    QVERIFY(!files(Admin + creates).leads(Runner, "jewel/cluster-admin"));
    const std::string one
        = bound("Role", "both", "shop", rule("", "secrets", "create") + ", " + rule("", "secrets", "get"));
    QVERIFY(files(Admin + one).leads(Runner, "jewel/cluster-admin"));
    QVERIFY(files(Admin + creates + reads).leads(Runner, "jewel/cluster-admin"));
    // In two namespaces they do not meet.
    QVERIFY(!files(Admin + creates + bound("Role", "reads", "bank", rule("", "secrets", "get")))
                 .leads(Runner, "jewel/cluster-admin"));
}

void OtherToolsTest::rightsOfItsGroupsAreTheAccounts()
{
    const Drawn graph
        = files("{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: "
                "{name: all}, roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, "
                "name: cluster-admin}, subjects: [{kind: Group, name: 'system:serviceaccounts:"
                "shop', apiGroup: rbac.authorization.k8s.io}]}"
            + Documents + pod("containers: [{name: app, image: app}]")
            + "{apiVersion: v1, kind: Pod, metadata: {name: other, namespace: bank}, spec: {containers: "
              "[{name: app, "
              "image: app}]}}");
    QVERIFY(graph.leads(Own, "jewel/cluster-admin"));
    QVERIFY(!graph.leads("own/bank/Pod/other", "jewel/cluster-admin"));
}

// KubeHound leads from reading Secrets to every account. Since 1.24 none has a token Secret of itself.
void OtherToolsTest::accountWithoutTokenSecretIsNotRead()
{
    const std::string reads = bound("Role", "r", "shop", rule("", "secrets", "list")) + Admin;
    QVERIFY(!files(reads + secret("shop", "settings")).leads(Runner, "sa/shop/admin"));
    const Drawn graph = files(reads + tokenSecret("shop", "admin"));
    QVERIFY(graph.has("TOKEN_SECRET|secret/shop/admin-token|sa/shop/admin"));
    QVERIFY(graph.leads(Runner, "jewel/cluster-admin"));
}

// KubeHound's guess of token names from `get` alone: our graph reads what is there, whoever may list or not,
// but a rule for one name gives that one.
void OtherToolsTest::readingByNameIsNoListing()
{
    const Drawn graph = files(bound("Role", "r", "shop", rule("", "secrets", "get", "settings")) + Admin
        + secret("shop", "settings") + tokenSecret("shop", "admin"));
    QVERIFY(graph.has("SECRET_READ|sa/ci/runner|secret/shop/settings"));
    QVERIFY(!graph.leads(Runner, "sa/shop/admin"));
}

// IceKube unites the capabilities of all containers of a pod.
void OtherToolsTest::capabilitiesOfTwoContainersDoNotAddUp()
{
    const auto two = [](const std::string& first, const std::string& second) {
        return files(pod(
            "hostPID: true, containers: [{name: a, image: a, securityContext: {capabilities: {add: [" + first
            + "]}}}, {name: b, image: b, securityContext: {capabilities: {add: [" + second + "]}}}]"));
    };
    const Drawn apart = two("SYS_ADMIN", "SYS_PTRACE");
    QVERIFY(!apart.has("NSENTER" + OntoNode));
    QVERIFY(apart.has("CGROUP" + OntoNode));
    const Drawn together = two("SYS_ADMIN, SYS_PTRACE", "CHOWN");
    QVERIFY(together.has("NSENTER" + OntoNode));
    const attack::Edge* edge = together.edge("NSENTER" + OntoNode);
    for (const attack::Justification& because : together.graph.becauseOf(*edge))
        QCOMPARE(text(because.container.view()), QStringLiteral("a"));
}

// KubeHound joins a container that runs as root with any mount of its pod.
void OtherToolsTest::mountOfASiblingIsNotOurs()
{
    const Drawn graph
        = files(pod("containers: [{name: a, image: a, securityContext: {runAsUser: 0}}, {name: b, "
                    "image: b, securityContext: {runAsUser: 1000}, volumeMounts: [{name: proc, "
                    "mountPath: /x}]}], volumes: [{name: proc, hostPath: {path: /proc}}]"));
    QCOMPARE(text(graph.kindOf("CORE_PATTERN" + OntoNode)), QStringLiteral("possible"));
    const attack::Edge* edge = graph.edge("CORE_PATTERN" + OntoNode);
    for (const attack::Justification& because : graph.graph.becauseOf(*edge))
        QCOMPARE(text(because.container.view()), QStringLiteral("b"));
}

// KubeHound's core pattern looks at no readOnly.
void OtherToolsTest::readOnlyMountWritesNothing()
{
    const Drawn graph = files(pod("containers: ["
        + container(
            "securityContext: {runAsUser: 0}, volumeMounts: [{name: proc, mountPath: /x, readOnly: true}]")
        + "], volumes: [{name: proc, hostPath: {path: /proc}}]"));
    QVERIFY(!graph.has("CORE_PATTERN" + OntoNode));
    QVERIFY(!graph.has("HOST_WRITE" + OntoNode));
}

// IceKube finds Secret volumes and env[].valueFrom of spec.containers, nothing else. An init container has
// ended when an attacker comes: what it was given he finds in the pod's other containers at best.
void OtherToolsTest::secretsReachAContainerInEveryForm_data()
{
    QTest::addColumn<QString>("spec");
    QTest::addColumn<QString>("kind");
    const auto row = [](const char* name, const std::string& spec, const char* kind = "residual") {
        QTest::newRow(name) << text(spec) << QString::fromLatin1(kind);
    };
    const std::string harmless = "containers: [{name: app, image: app}], ";
    row("env",
        "containers: [" + container("env: [{name: P, valueFrom: {secretKeyRef: {name: postgres, key: p}}}]")
            + "]");
    row("envFrom", "containers: [" + container("envFrom: [{secretRef: {name: postgres}}]") + "]");
    row("volume",
        "containers: [" + container("volumeMounts: [{name: v, mountPath: /x}]")
            + "], volumes: [{name: v, secret: {secretName: postgres}}]");
    row("projected",
        "containers: [" + container("volumeMounts: [{name: v, mountPath: /x}]")
            + "], volumes: [{name: v, projected: {sources: [{secret: {name: postgres}}]}}]");
    row("init container",
        harmless + "initContainers: [{name: i, image: i, envFrom: [{secretRef: {name: postgres}}]}]",
        "possible");
    row("ephemeral container",
        harmless + "ephemeralContainers: [{name: e, image: e, envFrom: [{secretRef: {name: postgres}}]}]");
}

void OtherToolsTest::secretsReachAContainerInEveryForm()
{
    QFETCH(QString, spec);
    QFETCH(QString, kind);
    const Drawn graph = files(pod(spec.toStdString()));
    QVERIFY(graph.has("CRED_FROM_SECRET|held/shop/Pod/web|secret/shop/postgres"));
    QCOMPARE(text(graph.kindOf("CRED_FROM_SECRET|own/shop/Pod/web|secret/shop/postgres")), kind);
}

// IceKube asks for `get` on the pod as well; only kubectl does, the API server does not.
void OtherToolsTest::execNeedsNoRightToReadThePod()
{
    const Drawn graph = files(bound("Role", "r", "shop", rule("", "pods/exec", "create"))
        + pod("containers: [{name: app, image: app}]"));
    QVERIFY(graph.leads(Runner, Own));
}

// A WebSocket begins with GET, so the verb that RBAC sees is get; from 1.35 on the API server asks for create
// as well. KubeHound and IceKube know create alone.
void OtherToolsTest::getOpensAShellToo()
{
    const auto graph = [](const std::string& kubelet) {
        const std::string node = "{apiVersion: v1, kind: Node, metadata: {name: worker}, status: {nodeInfo: "
                                 "{kubeletVersion: "
            + kubelet + "}}}" + Documents;
        return files(bound("Role", "r", "shop", rule("", "pods/exec", "get"))
            + (kubelet.empty() ? std::string() : node) + pod("containers: [{name: app, image: app}]"));
    };
    const std::string edge = "POD_EXEC|sa/ci/runner|scope/exec/shop";
    QCOMPARE(text(graph("").kindOf(edge)), QStringLiteral("possible"));
    const Drawn before = graph("v1.31.1");
    QCOMPARE(text(before.kindOf(edge)), QStringLiteral("certain"));
    QVERIFY(before.leads(Runner, Own));
    QCOMPARE(text(graph("v1.35.0").kindOf(edge)), QString());
}

// KubeHound leads from a namespaced right to create pods to all nodes at once, whatever admission says; and
// from there to what another namespace holds only by way of a node.
void OtherToolsTest::rightsInOneNamespaceStayThere()
{
    const Drawn graph = files(bound("Role", "r", "shop", rule("", "pods", "create"))
        + "{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: "
          "{pod-security.kubernetes.io/enforce: baseline}}}"
        + Documents + Admin + tokenSecret("bank", "teller")
        + "{apiVersion: v1, kind: Pod, metadata: {name: teller, namespace: bank}, spec: {containers: [{name: "
          "app, image: app}]}}");
    QVERIFY(!graph.leads(Runner, "node/?"));
    // But the new pod may run as any account of its namespace.
    QVERIFY(graph.leads(Runner, "sa/shop/admin"));
    QVERIFY(!graph.leads(Runner, "own/bank/Pod/teller"));
}

GLACIS_TEST(OtherToolsTest)

} // namespace glacis::test

#include "other_tools_test.moc"
