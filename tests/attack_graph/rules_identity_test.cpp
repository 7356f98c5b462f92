// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Identities: what RBAC lets them do, and who acts as whom.
#include "objects.h"

namespace glacis::test {
namespace {
    using attack::EdgeKind;

    const std::string Node = PoliciesRead + node("worker-1") + ns("shop") + ns("bank");
    const std::string Web = pod("shop/web");
    constexpr const char* Runner = "sa/ci/runner";
    const std::string CoreGroup = "''";
    const std::string InShop = "M10@rolebinding/shop/runner";
    const std::string Everywhere = "M10@clusterrolebinding/runner";
    const std::string Password = "env: [{name: DB_PASSWORD, value: kV9x-7Qm2-rT4w}]";

    std::string kubelet(const std::string& version)
    {
        return node("worker-1", "nodeInfo: {kubeletVersion: " + version + "}");
    }
}

class RulesIdentityTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everything_data();
    void everything() { verifyEdge(); }
    void subjects_data();
    void subjects() { verifyEdge(); }
    void commands_data();
    void commands() { verifyEdge(); }
    void commandsByGet_data();
    void commandsByGet() { verifyEdge(); }
    void serverVersionGoesFirst();
    void newPods_data();
    void newPods() { verifyEdge(); }
    void admission_data();
    void admission() { verifyEdge(); }
    void secrets_data();
    void secrets() { verifyEdge(); }
    void tokens_data();
    void tokens() { verifyEdge(); }
    void specifications_data();
    void specifications() { verifyEdge(); }
    void twoBindingsAreTwoEdges();
    void namespacedAdminRulesItsNamespace();
    void accountsOfPods_data();
    void accountsOfPods() { verifyEdge(); }
    void groups_data();
    void groups() { verifyEdge(); }
    void nodes_data();
    void nodes() { verifyEdge(); }
    void controlPlane_data();
    void controlPlane() { verifyEdge(); }
};

void RulesIdentityTest::everything_data()
{
    edgeColumns();
    const std::string edge = "CLUSTER_ADMIN|sa/ci/runner|jewel/cluster-admin";
    expect("cluster-admin", admin("ci/runner"), edge, "certain", "M10@clusterrolebinding/admin-runner");
    expect("the same by another name", runner("", rule("'*'", "'*'", "'*'")), edge, "certain", Everywhere);
    expect("a name without its rules",
        role("cluster-admin", rule(CoreGroup, "pods", "get")) + admin("ci/runner"), edge, "");
    expect("not every verb", runner("", rule("'*'", "'*'", "get, list")), edge, "");
    expect("not every group", runner("", rule(CoreGroup, "'*'", "'*'")), edge, "");
    expect("not every resource", runner("", rule("'*'", "pods", "'*'")), edge, "");
    expect("by name", runner("", rule("'*'", "'*'", "'*'", "one")), edge, "");
    expect("in one namespace", runner("shop", rule("'*'", "'*'", "'*'")), edge, "");
    expect("cluster-admin by a RoleBinding",
        binding("shop/admin", "ClusterRole/cluster-admin", serviceAccount("ci/runner")), edge, "");
    expect("no such role", binding("admin", "ClusterRole/none", serviceAccount("ci/runner")), edge, "");
    expect("role that nobody is bound to", role("all", rule("'*'", "'*'", "'*'")), edge, "");
}

void RulesIdentityTest::subjects_data()
{
    edgeColumns();
    const auto bound
        = [](const std::string& subject) { return binding("admin", "ClusterRole/cluster-admin", subject); };
    const std::string to = "|jewel/cluster-admin";
    expect("user", bound(user("bob")), "CLUSTER_ADMIN|user/bob" + to, "certain");
    expect("group", bound(group("devs")), "CLUSTER_ADMIN|group/devs" + to, "certain");
    expect("account as a user", bound(user("system:serviceaccount:ci:runner")),
        "CLUSTER_ADMIN|sa/ci/runner" + to, "certain");
    expect("account of kube-system", bound(serviceAccount("kube-system/generic-garbage-collector")),
        "CLUSTER_ADMIN|sa/kube-system/generic-garbage-collector" + to, "certain");
    expect("account of kube-system as a user",
        bound(user("system:serviceaccount:kube-system:generic-garbage-collector")),
        "CLUSTER_ADMIN|sa/kube-system/generic-garbage-collector" + to, "certain");
    expect("the kubelet of a node", node("worker-1") + bound(user("system:node:worker-1")),
        "CLUSTER_ADMIN|user/system:node:worker-1" + to, "certain");
    expect("system:masters needs a certificate", bound(group("system:masters")),
        "CLUSTER_ADMIN|group/system:masters" + to, "");
    expect("component of the control plane", bound(user("system:kube-scheduler")),
        "CLUSTER_ADMIN|user/system:kube-scheduler" + to, "");
    expect("account of a RoleBinding's own namespace",
        role("shop/r", rule(CoreGroup, "secrets", "get"))
            + binding("shop/r", "Role/r", "{kind: ServiceAccount, name: web}"),
        "SECRET_READ|sa/shop/web|scope/read-secrets/shop", "certain");
    expect("account of another namespace", runner("shop", rule(CoreGroup, "secrets", "get")),
        "SECRET_READ|sa/ci/runner|scope/read-secrets/shop", "certain", InShop);
    expect("Role of another namespace",
        role("bank/r", rule(CoreGroup, "secrets", "get"))
            + binding("shop/r", "Role/r", serviceAccount("ci/runner")),
        "SECRET_READ|sa/ci/runner|scope/read-secrets/shop", "");
    expect("ClusterRole in one namespace",
        role("r", rule(CoreGroup, "secrets", "get"))
            + binding("shop/r", "ClusterRole/r", serviceAccount("ci/runner")),
        "SECRET_READ|sa/ci/runner|scope/read-secrets/shop", "certain", "M10@rolebinding/shop/r");
    expect("that ClusterRole is not everywhere",
        role("r", rule(CoreGroup, "secrets", "get"))
            + binding("shop/r", "ClusterRole/r", serviceAccount("ci/runner")),
        "SECRET_READ|sa/ci/runner|jewel/all-secrets", "");
}

void RulesIdentityTest::commands_data()
{
    edgeColumns();
    const std::string edge = "POD_EXEC|sa/ci/runner|scope/exec/shop";
    expect("create pods/exec", Node + Web + runner("shop", rule(CoreGroup, "pods/exec", "create")), edge,
        "certain", InShop);
    expect("any subresource of that name", Node + Web + runner("shop", rule(CoreGroup, "'*/exec'", "create")),
        edge, "certain");
    expect("every resource", Node + Web + runner("shop", rule(CoreGroup, "'*'", "create")), edge, "certain");
    expect("everywhere", Node + Web + runner("", rule(CoreGroup, "pods/exec", "create")),
        "POD_EXEC|sa/ci/runner|scope/exec/*", "certain", Everywhere);
    expect("into what runs", Node + Web + runner("shop", rule(CoreGroup, "pods/exec", "create")),
        "STRUCTURE|scope/exec/shop|own/shop/Pod/web", "certain");
    expect("into nothing else",
        Node + Web + pod("bank/db") + runner("shop", rule(CoreGroup, "pods/exec", "create")),
        "STRUCTURE|scope/exec/shop|own/bank/Pod/db", "");
    expect("into nothing that ended",
        Node + pod("shop/web", containers(), "worker-1", "Succeeded")
            + runner("shop", rule(CoreGroup, "pods/exec", "create")),
        "STRUCTURE|scope/exec/shop|own/shop/Pod/web", "");
    expect(
        "pods/* is dead text", Node + Web + runner("shop", rule(CoreGroup, "'pods/*'", "create")), edge, "");
    expect("create pods is not it", Node + Web + runner("shop", rule(CoreGroup, "pods", "create")), edge, "");
    expect(
        "another verb", Node + Web + runner("shop", rule(CoreGroup, "pods/exec", "list, delete")), edge, "");
    expect("another group", Node + Web + runner("shop", rule("apps", "pods/exec", "create")), edge, "");
    expect("logs", Node + Web + runner("shop", rule(CoreGroup, "pods/log", "get, create")), edge, "");
    expect("attach needs somebody who listens",
        Node + Web + runner("shop", rule(CoreGroup, "pods/attach", "create")), edge, "possible", InShop);
    const std::string byName = "POD_EXEC|sa/ci/runner|own/shop/Pod/web";
    expect("by name", Node + Web + runner("shop", rule(CoreGroup, "pods/exec", "create", "web")), byName,
        "certain", InShop);
    expect("by another name", Node + Web + runner("shop", rule(CoreGroup, "pods/exec", "create", "api")),
        byName, "");
    expect("by name, of another namespace",
        Node + Web + runner("bank", rule(CoreGroup, "pods/exec", "create", "web")), byName, "");
    expect("by name is not all", Node + Web + runner("shop", rule(CoreGroup, "pods/exec", "create", "web")),
        edge, "");
}

void RulesIdentityTest::commandsByGet_data()
{
    edgeColumns();
    const std::string edge = "POD_EXEC|sa/ci/runner|scope/exec/shop";
    const std::string get = Web + runner("shop", rule(CoreGroup, "pods/exec", "get"));
    const std::string attach = Web + runner("shop", rule(CoreGroup, "pods/attach", "get"));
    expect("1.31", kubelet("v1.31.2") + get, edge, "certain", InShop);
    expect("1.32 may serve 1.35", kubelet("v1.32.0") + get, edge, "possible");
    expect("1.31 of a cloud", kubelet("v1.31.2-gke.100") + get, edge, "certain");
    expect("1.35", kubelet("v1.35.0") + get, edge, "");
    expect("1.36 of a cloud", kubelet("v1.36+") + get, edge, "");
    expect("2.0", kubelet("v2.0.0") + get, edge, "");
    expect("version not known", node("worker-1") + get, edge, "possible", InShop);
    expect("no version", kubelet("devel") + get, edge, "possible");
    expect("the newest kubelet counts",
        kubelet("v1.34.2") + node("worker-2", "nodeInfo: {kubeletVersion: v1.35.0}") + get, edge, "");
    expect("create from 1.35 on",
        kubelet("v1.35.0") + Web + runner("shop", rule(CoreGroup, "pods/exec", "create, get")), edge,
        "certain");
    expect("attach, 1.31", kubelet("v1.31.2") + attach, edge, "possible");
    expect("attach, 1.35", kubelet("v1.35.0") + attach, edge, "");
    expect("by name, 1.31",
        kubelet("v1.31.2") + Web + runner("shop", rule(CoreGroup, "pods/exec", "get", "web")),
        "POD_EXEC|sa/ci/runner|own/shop/Pod/web", "certain");
    expect("by name, 1.35",
        kubelet("v1.35.0") + Web + runner("shop", rule(CoreGroup, "pods/exec", "get", "web")),
        "POD_EXEC|sa/ci/runner|own/shop/Pod/web", "");
}

void RulesIdentityTest::serverVersionGoesFirst()
{
    const Drawn read
        = drawnOf(kubelet("v1.34.2") + Web + runner("shop", rule(CoreGroup, "pods/exec", "get")));
    for (const auto& [version, expected] :
        { std::pair("v1.35.1", ""), std::pair("v1.33.0", "certain"), std::pair("1.34+", "certain") }) {
        auto changed = std::make_shared<inventory::Inventory>(*read.inventory);
        changed->source.serverVersion = version;
        changed->finish();
        QCOMPARE(text(Drawn(std::move(changed)).kindOf("POD_EXEC|sa/ci/runner|scope/exec/shop")),
            QString::fromLatin1(expected));
    }
}

void RulesIdentityTest::newPods_data()
{
    edgeColumns();
    const std::string edge = "POD_CREATE|sa/ci/runner|scope/create-pods/shop";
    for (const auto& [api, resource] : { std::pair("''", "pods"), std::pair("''", "replicationcontrollers"),
             std::pair("apps", "deployments"), std::pair("apps", "daemonsets"),
             std::pair("apps", "statefulsets"), std::pair("apps", "replicasets"), std::pair("batch", "jobs"),
             std::pair("batch", "cronjobs"), std::pair("'*'", "'*'") })
        expect(std::string("create ") + api + " " + resource,
            Node + Web + runner("shop", rule(api, resource, "create")), edge, "certain", InShop);
    expect("deployments of the core group",
        Node + Web + runner("shop", rule(CoreGroup, "deployments", "create")), edge, "");
    expect("jobs of another group", Node + Web + runner("shop", rule("apps", "jobs", "create")), edge, "");
    expect(
        "only to list", Node + Web + runner("shop", rule(CoreGroup, "pods", "get, list, watch")), edge, "");
    expect("only to delete", Node + Web + runner("shop", rule(CoreGroup, "pods", "delete")), edge, "");
    expect("a subresource", Node + Web + runner("shop", rule(CoreGroup, "pods/log, pods/eviction", "create")),
        edge, "");
    expect("create by name gives nothing",
        Node + Web + runner("shop", rule(CoreGroup, "pods", "create", "web")), edge, "");
    expect("another kind of the group",
        Node + Web + runner("shop", rule("apps", "controllerrevisions", "create")), edge, "");
    expect("everywhere", Node + Web + runner("", rule(CoreGroup, "pods", "create")),
        "POD_CREATE|sa/ci/runner|scope/create-pods/*", "certain", Everywhere);

    const std::string creator = Node + Web + runner("shop", rule(CoreGroup, "pods", "create"));
    const std::string accounts = "STRUCTURE|scope/act-as/shop|sa/shop/boss";
    expect("takes an account of the namespace", creator + admin("shop/boss"), accounts, "certain");
    expect("no account of another namespace", creator + admin("bank/boss"),
        "STRUCTURE|scope/act-as/shop|sa/bank/boss", "");
    expect("an account without rights leads nowhere", creator + account("shop/boss"), accounts, "");
    expect("mounts a token Secret", creator + admin("shop/boss") + tokenSecret("shop/boss-token", "boss"),
        "STRUCTURE|scope/read-secrets/shop|secret/shop/boss-token", "certain");
    expect("any account, everywhere",
        Node + Web + runner("", rule(CoreGroup, "pods", "create")) + admin("bank/boss"),
        "STRUCTURE|scope/act-as/*|sa/bank/boss", "certain");
}

void RulesIdentityTest::admission_data()
{
    edgeColumns();
    const std::string edge = "STRUCTURE|scope/create-pods/shop|scope/run-on-nodes/*";
    const std::string wide = "STRUCTURE|scope/create-pods/*|scope/run-on-nodes/*";
    const std::string base = PoliciesRead + node("worker-1") + Web;
    const std::string here = base + runner("shop", rule(CoreGroup, "pods", "create"));
    const std::string all = base + runner("", rule(CoreGroup, "pods", "create"));
    const std::string others = ns("elsewhere", "restricted") + ns("ci", "restricted");
    expect("no label", here + ns("shop"), edge, "certain", "M8@namespace/shop");
    expect("privileged", here + ns("shop", "privileged"), edge, "certain");
    expect("baseline", here + ns("shop", "baseline"), edge, "");
    expect("restricted", here + ns("shop", "restricted"), edge, "");
    expect("a level that does not exist", here + ns("shop", "strict"), edge, "certain");
    expect("a warning refuses nothing",
        here + object("Namespace", "shop", {}, ", labels: {pod-security.kubernetes.io/warn: restricted}"),
        edge, "certain");
    expect("label of another namespace", here + ns("shop") + ns("bank", "restricted"), edge, "certain");
    expect("namespace not read", here, edge, "possible");
    const std::string file = component(
        "kube-apiserver", "worker-1", ", '--admission-control-config-file=/etc/kubernetes/psa.yaml'");
    expect("a default may stand in a file", here + ns("shop") + file, edge, "possible");
    expect("a label goes before the default", here + ns("shop", "privileged") + file, edge, "certain");
    const auto webhook = [](const std::string& name) {
        return object(
            "ValidatingWebhookConfiguration", name, ", webhooks: []", {}, "admissionregistration.k8s.io/v1");
    };
    expect("a policy engine decides", here + ns("shop") + webhook("kyverno-resource"), edge, "possible");
    expect("another webhook", here + ns("shop") + webhook("cert-manager-webhook"), edge, "certain");
    expect("everywhere, one is open", all + others + ns("shop"), wide, "certain", "M8@namespaces");
    expect("everywhere, all are closed", all + others + ns("shop", "restricted"), wide, "");
    expect("everywhere, one was not read", all + others, wide, "possible");
    expect("which node", here + ns("shop"), "STRUCTURE|scope/run-on-nodes/*|node/worker-1", "certain");
    expect("some node",
        PoliciesRead + pod("shop/web", containers(), {}, "Pending") + ns("shop")
            + runner("shop", rule(CoreGroup, "pods", "create")),
        "STRUCTURE|scope/run-on-nodes/*|node/?", "certain");
}

void RulesIdentityTest::secrets_data()
{
    edgeColumns();
    const std::string edge = "SECRET_READ|sa/ci/runner|scope/read-secrets/shop";
    const std::string all = "SECRET_READ|sa/ci/runner|jewel/all-secrets";
    for (const char* verb : { "get", "list", "watch", "'*'" }) {
        expect(std::string(verb) + " in the namespace", runner("shop", rule(CoreGroup, "secrets", verb)),
            edge, "certain", InShop);
        expect(std::string(verb) + " everywhere", runner("", rule(CoreGroup, "secrets", verb)), all,
            "certain", Everywhere);
    }
    expect("only to delete", runner("shop", rule(CoreGroup, "secrets", "delete, update, patch")), edge, "");
    expect("ConfigMaps", runner("shop", rule(CoreGroup, "configmaps", "get")), edge, "");
    expect("secrets of another group", runner("shop", rule("vault.example", "secrets", "get")), edge, "");
    expect("in the namespace is not everywhere", runner("shop", rule(CoreGroup, "secrets", "get")), all, "");
    expect("in another namespace", runner("bank", rule(CoreGroup, "secrets", "get")), edge, "");
    expect("the namespace's view hides them",
        binding("shop/view", "ClusterRole/view", serviceAccount("ci/runner")), edge, "");
    expect("the namespace's edit shows them",
        binding("shop/edit", "ClusterRole/edit", serviceAccount("ci/runner")), edge, "certain");
    const std::string one = "SECRET_READ|sa/ci/runner|secret/shop/db";
    expect("by name", secret("shop/db") + runner("shop", rule(CoreGroup, "secrets", "get", "db")), one,
        "certain", InShop);
    expect("by another name", secret("shop/db") + runner("shop", rule(CoreGroup, "secrets", "get", "tls")),
        one, "");
    expect("by name, everywhere", secret("shop/db") + runner("", rule(CoreGroup, "secrets", "get", "db")),
        one, "certain", Everywhere);
    expect("by name is not all", secret("shop/db") + runner("shop", rule(CoreGroup, "secrets", "get", "db")),
        edge, "");
}

void RulesIdentityTest::tokens_data()
{
    edgeColumns();
    const std::string edge = "TOKEN_SECRET|secret/shop/boss-token|sa/shop/boss";
    const std::string boss = admin("shop/boss") + runner("shop", rule(CoreGroup, "secrets", "get"));
    expect("token Secret", boss + tokenSecret("shop/boss-token", "boss"), edge, "certain",
        "M10@secret/shop/boss-token");
    expect("from all Secrets", boss + tokenSecret("shop/boss-token", "boss"),
        "TOKEN_SECRET|jewel/all-secrets|sa/shop/boss", "certain");
    expect("a Secret of another type", boss + tokenSecret("shop/boss-token", "boss", "Opaque"), edge, "");
    expect("no such Secret", boss, edge, "");
    expect("of another account", boss + tokenSecret("shop/boss-token", "other"), edge, "");
    expect("account without rights", tokenSecret("shop/boss-token", "boss"), edge, "");
    expect("among the Secrets of its namespace", boss + tokenSecret("shop/boss-token", "boss"),
        "STRUCTURE|scope/read-secrets/shop|secret/shop/boss-token", "certain");

    const std::string made = "TOKEN_SECRET|sa/ci/runner|scope/act-as/shop";
    const std::string create = rule(CoreGroup, "secrets", "create");
    const std::string get = rule(CoreGroup, "secrets", "get");
    expect(
        "create and read", admin("shop/boss") + runner("shop", create + ", " + get), made, "certain", InShop);
    expect("create alone", admin("shop/boss") + runner("shop", create), made, "");
    expect("read alone", admin("shop/boss") + runner("shop", get), made, "");
    expect("two bindings, each closes it",
        admin("shop/boss") + runner("shop", create, "creates") + runner("shop", get, "reads"), made,
        "certain", "M10@rolebinding/shop/creates M10@rolebinding/shop/reads");
    expect("read everywhere, create here",
        admin("shop/boss") + runner("shop", create, "creates") + runner("", get, "reads"), made, "certain",
        "M10@clusterrolebinding/reads M10@rolebinding/shop/creates");
    expect("create everywhere, read here",
        admin("shop/boss") + runner("", create, "creates") + runner("shop", get, "reads"), made, "certain");
    expect("in two namespaces",
        admin("shop/boss") + runner("shop", create, "creates") + runner("bank", get, "reads"), made, "");
    expect("read by name only",
        admin("shop/boss") + runner("shop", create + ", " + rule(CoreGroup, "secrets", "get", "db")), made,
        "");
}

void RulesIdentityTest::specifications_data()
{
    edgeColumns();
    const std::string leaky = Node + pod("shop/web", containers(Password));
    const std::string deployment
        = Node + controller("Deployment", "shop/web", containers(Password), ", replicas: 0");
    const std::string edge = "READ_POD_SPEC|sa/ci/runner|scope/read-pods/shop";
    const auto reads
        = [](const std::string& api, const std::string& resource, const std::string& names = {}) {
              return runner("shop", rule(api, resource, "get", names));
          };
    for (const char* verb : { "get", "list", "watch" })
        expect(std::string(verb) + " pods", leaky + runner("shop", rule(CoreGroup, "pods", verb)), edge,
            "certain", InShop);
    expect("what stands there", leaky + reads(CoreGroup, "pods"),
        "STRUCTURE|scope/read-pods/shop|cred/shop/Pod/web/app/DB_PASSWORD", "certain",
        "M11@shop/Pod/web/app/DB_PASSWORD");
    expect("everywhere", leaky + runner("", rule(CoreGroup, "pods", "list")),
        "READ_POD_SPEC|sa/ci/runner|scope/read-pods/*", "certain", Everywhere);
    expect("view", leaky + binding("shop/view", "ClusterRole/view", serviceAccount("ci/runner")), edge,
        "certain", "M10@rolebinding/shop/view");
    expect("nothing to read", Node + Web + reads(CoreGroup, "pods"), edge, "");
    expect("in another namespace", leaky + runner("bank", rule(CoreGroup, "pods", "get")),
        "READ_POD_SPEC|sa/ci/runner|scope/read-pods/bank", "");
    expect("logs", leaky + reads(CoreGroup, "pods/log"), edge, "");
    expect("by Secret",
        Node
            + pod("shop/web",
                containers("env: [{name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: db, key: p}}}]"))
            + reads(CoreGroup, "pods"),
        edge, "");
    expect("an ended pod still shows it",
        Node + pod("shop/web", containers(Password), "worker-1", "Succeeded") + reads(CoreGroup, "pods"),
        edge, "certain");
    expect("by name", leaky + reads(CoreGroup, "pods", "web"),
        "READ_POD_SPEC|sa/ci/runner|cred/shop/Pod/web/app/DB_PASSWORD", "certain",
        "M10@rolebinding/shop/runner M11@shop/Pod/web/app/DB_PASSWORD");
    expect("by another name", leaky + reads(CoreGroup, "pods", "api"),
        "READ_POD_SPEC|sa/ci/runner|cred/shop/Pod/web/app/DB_PASSWORD", "");

    const std::string templates = "READ_POD_SPEC|sa/ci/runner|scope/read-deployments/shop";
    expect("template of what is scaled to 0", deployment + reads("apps", "deployments"), templates, "certain",
        InShop);
    expect("its ReplicaSet shows it too", deployment + reads("apps", "replicasets"),
        "READ_POD_SPEC|sa/ci/runner|scope/read-replicasets/shop", "certain");
    expect("it has no pod", deployment + reads(CoreGroup, "pods"), edge, "");
    expect("another kind", deployment + reads("apps", "statefulsets"),
        "READ_POD_SPEC|sa/ci/runner|scope/read-statefulsets/shop", "");
    expect("deployments of the core group", deployment + reads(CoreGroup, "deployments"), templates, "");
}

void RulesIdentityTest::twoBindingsAreTwoEdges()
{
    const std::string get = rule(CoreGroup, "secrets", "get");
    const Drawn drawn = drawnOf(runner("shop", get, "one") + runner("shop", get, "two"));
    const std::string edge = "SECRET_READ|sa/ci/runner|scope/read-secrets/shop";
    for (const char* name : { "rolebinding/shop/one", "rolebinding/shop/two" })
        QCOMPARE(text(joined(drawn.breaks(edge + "|" + name))), text(std::string("M10@") + name));
    QCOMPARE(drawn.edges(EdgeKind::SecretRead).size(), std::size_t { 2 });
    // Neither option removes both.
    for (const attack::BreakOption& option : drawn.graph.options)
        if (option.card == "M10")
            QCOMPARE(option.edges.size(), std::size_t { 1 });
}

void RulesIdentityTest::namespacedAdminRulesItsNamespace()
{
    const Drawn drawn = drawnOf(Node + pod("shop/web", containers(Password))
        + binding("shop/all", "ClusterRole/cluster-admin", serviceAccount("ci/runner")));
    for (const char* edge : { "SECRET_READ|sa/ci/runner|scope/read-secrets/shop",
             "POD_EXEC|sa/ci/runner|scope/exec/shop", "POD_CREATE|sa/ci/runner|scope/create-pods/shop",
             "READ_POD_SPEC|sa/ci/runner|scope/read-pods/shop" }) {
        QCOMPARE(text(drawn.kindOf(edge)), QStringLiteral("certain"));
        QCOMPARE(text(joined(drawn.breaks(edge))), QStringLiteral("M10@rolebinding/shop/all"));
    }
}

void RulesIdentityTest::accountsOfPods_data()
{
    edgeColumns();
    const std::string edge = "RUNS_AS|own/shop/Pod/web|sa/shop/boss";
    const std::string held = "RUNS_AS|held/shop/Pod/web|sa/shop/boss";
    const auto web = [](const std::string& more = {}, const std::string& account = "boss") {
        return Node + admin("shop/boss")
            + pod("shop/web", "serviceAccountName: " + account + ", " + more + containers());
    };
    const std::string unmounted = "automountServiceAccountToken: false, ";
    const std::string mounted = "automountServiceAccountToken: true, ";
    const std::string closedAccount = account("shop/boss", ", automountServiceAccountToken: false");
    expect("mounted by default", web(), edge, "certain", "");
    expect("the pod says no", web(unmounted), edge, "");
    expect("root on the node takes it anyway", web(unmounted), held, "certain");
    expect("the account says no", web() + closedAccount, edge, "");
    expect("the account says yes", web() + account("shop/boss", ", automountServiceAccountToken: true"), edge,
        "certain");
    expect("the pod overrides the account", web(mounted) + closedAccount, edge, "certain");
    expect("the pod's no goes first",
        web(unmounted) + account("shop/boss", ", automountServiceAccountToken: true"), edge, "");
    const std::string projected
        = "volumes: [{name: t, projected: {sources: [{serviceAccountToken: {path: token}}]}}], ";
    expect("projected token", web(unmounted + projected), edge, "certain");
    expect("projected token for another audience",
        web(unmounted
            + "volumes: [{name: t, projected: {sources: [{serviceAccountToken: {path: token, audience: "
              "vault}}]}}], "),
        edge, "");
    expect("another account", web({}, "other"), edge, "");
    expect("account without rights", Node + pod("shop/web", "serviceAccountName: boss, " + containers()),
        edge, "");
    expect("account of that name elsewhere",
        Node + admin("bank/boss") + pod("shop/web", "serviceAccountName: boss, " + containers()), edge, "");
    expect("the default account", Node + admin("shop/default") + pod("shop/web"),
        "RUNS_AS|own/shop/Pod/web|sa/shop/default", "certain");
    expect("completed",
        Node + admin("shop/boss")
            + pod("shop/web", "serviceAccountName: boss, " + containers(), "worker-1", "Succeeded"),
        edge, "");
    expect("a static pod has no account",
        Node + admin("kube-system/default") + component("kube-proxy", "worker-1"),
        "RUNS_AS|own/kube-system/Pod/kube-proxy-worker-1|sa/kube-system/default", "");
    expect("nor has root on its node",
        Node + admin("kube-system/default") + component("kube-proxy", "worker-1"),
        "NODE_PODS|node/worker-1|held/kube-system/Pod/kube-proxy-worker-1", "");
}

void RulesIdentityTest::groups_data()
{
    edgeColumns();
    const auto bound = [](const std::string& name) {
        return Node + Web + pod("bank/db") + binding("everyone", "ClusterRole/cluster-admin", group(name));
    };
    const std::string web = "STRUCTURE|sa/shop/default|group/";
    expect("all accounts", bound("system:serviceaccounts"), web + "system:serviceaccounts", "certain");
    expect("accounts of the namespace", bound("system:serviceaccounts:shop"),
        web + "system:serviceaccounts:shop", "certain");
    expect("accounts of another namespace", bound("system:serviceaccounts:bank"),
        web + "system:serviceaccounts:bank", "");
    expect("all authenticated", bound("system:authenticated"), web + "system:authenticated", "certain");
    expect("anonymous ones are others", bound("system:unauthenticated"), web + "system:unauthenticated", "");
    expect("the token then counts", bound("system:authenticated"), "RUNS_AS|own/shop/Pod/web|sa/shop/default",
        "certain");
    expect("a group of people", bound("devs"), web + "devs", "");
    expect("kubelets", bound("system:nodes"), "STRUCTURE|user/system:node:worker-1|group/system:nodes",
        "certain");
    expect("kubelets are authenticated", bound("system:authenticated"),
        "STRUCTURE|user/system:node:worker-1|group/system:authenticated", "certain");
    expect("a user with a binding",
        bound("system:authenticated") + runner("", rule(CoreGroup, "secrets", "get"))
            + binding("bob", "ClusterRole/runner", user("bob")),
        "STRUCTURE|user/bob|group/system:authenticated", "certain");
    expect(
        "a group that has nothing", bound("system:serviceaccounts:bank"), web + "system:authenticated", "");
}

void RulesIdentityTest::nodes_data()
{
    edgeColumns();
    const std::string boss = admin("shop/boss");
    const auto web = [](const std::string& place) {
        return pod("shop/web", "serviceAccountName: boss, " + containers(), place,
            place.empty() ? "Pending" : "Running");
    };
    const std::string edge = "NODE_PODS|node/worker-1|held/shop/Pod/web";
    expect("a pod that is worth it", Node + boss + web("worker-1"), edge, "certain", "");
    expect("a pod that is not", Node + web("worker-1"), edge, "");
    expect("for its credential", Node + pod("shop/web", containers(Password)), edge, "certain");
    expect("a pod of another node", Node + boss + web("worker-2"), edge, "");
    expect(
        "an unknown node", PoliciesRead + boss + web({}), "NODE_PODS|node/?|held/shop/Pod/web", "possible");
    expect("node that only pods name", boss + web("worker-1"), edge, "certain");
    expect("the kubelet may ask for it too",
        Node + boss + web("worker-1") + binding("n", "ClusterRole/cluster-admin", group("system:nodes")),
        "NODE_PODS|user/system:node:worker-1|held/shop/Pod/web", "certain");
    expect("nothing starts from what root holds", Node + boss + web("worker-1"),
        "NO_SEGMENTATION|held/shop/Pod/web|net/pods", "");

    expect("the kubelet's identity", Node, "NODE_IDENTITY|node/worker-1|user/system:node:worker-1", "certain",
        "");
    expect("of no unknown node", PoliciesRead + web({}), "NODE_IDENTITY|node/?|user/system:node:?", "");
}

void RulesIdentityTest::controlPlane_data()
{
    edgeColumns();
    const std::string edge = "CONTROL_PLANE|node/cp-1|jewel/cluster-admin";
    expect("label", node("cp-1", {}, ControlPlaneLabel), edge, "certain", "");
    expect("label, etcd", node("cp-1", {}, ControlPlaneLabel), "CONTROL_PLANE|node/cp-1|jewel/etcd",
        "certain", "");
    expect("label, itself", node("cp-1", {}, ControlPlaneLabel),
        "STRUCTURE|node/cp-1|jewel/control-plane-node", "certain");
    expect("the older label", node("cp-1", {}, "node-role.kubernetes.io/master: ''"), edge, "certain");
    expect("a like label", node("cp-1", {}, "node-role.kubernetes.io/control-plane-backup: ''"), edge, "");
    expect("a value that says so", node("cp-1", {}, "role: control-plane"), edge, "");
    expect("a worker", node("cp-1", {}, "node-role.kubernetes.io/worker: ''"), edge, "");
    expect(
        "static pod of the API server", node("cp-1") + component("kube-apiserver", "cp-1"), edge, "certain");
    expect("static pod of etcd", node("cp-1") + component("etcd", "cp-1"), edge, "certain");
    expect("static pod, nodes not read", component("kube-apiserver", "cp-1"), edge, "certain");
    expect("another static pod", node("cp-1") + component("kube-proxy", "cp-1"), edge, "");
    expect("a pod that is not static",
        node("cp-1")
            + object("Pod", "kube-system/etcd",
                ", spec: {nodeName: cp-1, " + containers() + "}, status: {phase: Running}",
                ", labels: {component: etcd}"),
        edge, "");
}

GLACIS_TEST(RulesIdentityTest)

} // namespace glacis::test

#include "rules_identity_test.moc"
