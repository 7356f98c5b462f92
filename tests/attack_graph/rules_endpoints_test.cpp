// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// API server, Docker, etcd; admin interfaces, dashboards and stores that ask for nothing.
#include "objects.h"

namespace glacis::test {
namespace {
    using attack::EdgeKind;

    const std::string Node = PoliciesRead + node("worker-1");
    const std::string Public = PoliciesRead + publicNode("worker-1");
    const std::string Control = PoliciesRead
        + node("cp-1", "addresses: [{type: InternalIP, address: 10.0.0.1}]", ControlPlaneLabel);

    std::string apiServer(const std::string& flags = {}, const std::string& at = "cp-1")
    {
        return component("kube-apiserver", at, flags);
    }
    std::string etcd(const std::string& flags, const std::string& at = "cp-1")
    {
        return component("etcd", at, flags);
    }
    std::string clusterInfo(const std::string& server)
    {
        return object("ConfigMap", "kube-public/cluster-info",
            ", data: {kubeconfig: \"apiVersion: v1\\nkind: Config\\nclusters:\\n- cluster:\\n    server: "
                + server + "\\n\"}");
    }
    std::string args(const std::string& flags) { return "args: [" + flags + "]"; }
}

class RulesEndpointsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void publicApiServer_data();
    void publicApiServer() { verifyEdge(); }
    void manifestsSayNothingOfAnApiServer();
    void anonymousCallers_data();
    void anonymousCallers() { verifyEdge(); }
    void dockerByFacts_data();
    void dockerByFacts() { verifyEdge(); }
    void dockerByPods_data();
    void dockerByPods() { verifyEdge(); }
    void etcdThatAsksNobody_data();
    void etcdThatAsksNobody() { verifyEdge(); }
    void etcdThatHoldsPlainText_data();
    void etcdThatHoldsPlainText() { verifyEdge(); }
    void everyMemberOfEtcdIsADoor();
    void adminInterfaces_data();
    void adminInterfaces() { verifyEdge(); }
    void dashboards_data();
    void dashboards() { verifyEdge(); }
    void defaultPasswords_data();
    void defaultPasswords() { verifyEdge(); }
};

void RulesEndpointsTest::publicApiServer_data()
{
    edgeColumns();
    const std::string edge = "API_PUBLIC|internet|endpoint/apiserver";
    expect("public address", Node + clusterInfo("https://8.8.4.4:6443"), edge, "certain",
        "M2@kube-apiserver M3@edge");
    expect("on a web port no firewall helps", Node + clusterInfo("https://8.8.4.4"), edge, "certain",
        "M2@kube-apiserver");
    expect("private address", Node + clusterInfo("https://10.0.0.1:6443"), edge, "");
    expect("name of the inside", Node + clusterInfo("https://api.cluster.local:6443"), edge, "");
    expect("name that nobody resolved", Node + clusterInfo("https://api.example.com:6443"), edge, "possible");
    expect("name of a public address", Node + clusterInfo("https://api.example.com:6443"), edge, "certain",
        AnyBreaks, "dns: [{name: api.example.com, addresses: [8.8.4.4]}]");
    expect("name of a private address", Node + clusterInfo("https://api.example.com:6443"), edge, "", "",
        "dns: [{name: api.example.com, addresses: [10.0.0.1]}]");
    expect("by a fact", Node, edge, "certain", AnyBreaks,
        "endpoints: [{what: kube-apiserver, address: 8.8.4.4, port: 6443}]");
    expect("a fact goes before the objects", Node + clusterInfo("https://8.8.4.4:6443"), edge, "", "",
        "endpoints: [{what: kube-apiserver, address: 10.0.0.1, port: 6443}]");
    expect("nothing tells its address", Node, edge, "possible", "M2@kube-apiserver");
    expect("edge filter", Control + clusterInfo("https://8.8.4.4:6443"), edge, "", "",
        "filters: [{node: '*', chain: edge, allow: [10.0.0.0/8]}]");

    const std::string inside = "STRUCTURE|net/pods|endpoint/apiserver";
    expect("from the inside", Node + pod("shop/web"), inside, "certain", "");
    expect("from the inside, at its node", Control + apiServer() + pod("shop/web"), inside, "certain", "");
    expect("egress denied",
        Control + apiServer() + pod("shop/web") + policy("shop/deny", "policyTypes: [Egress]"),
        "STRUCTURE|net/shop|endpoint/apiserver", "", "", "network: {plugin: calico, enforcesPolicy: true}");
}

void RulesEndpointsTest::manifestsSayNothingOfAnApiServer()
{
    QVERIFY(!Drawn(Node, {}, inventory::Scope::Manifests).has("API_PUBLIC|internet|endpoint/apiserver"));
}

void RulesEndpointsTest::anonymousCallers_data()
{
    edgeColumns();
    const std::string edge = "API_ANONYMOUS|endpoint/apiserver|group/system:unauthenticated";
    const std::string reader = role("reader", rule("''", "secrets", "list"));
    const std::string bound
        = reader + binding("anyone", "ClusterRole/reader", group("system:unauthenticated"));
    const std::string off = ", '--anonymous-auth=false'";
    const std::string byFile = ", '--authentication-config=/etc/kubernetes/auth.yaml'";
    const auto answers = [](const std::string& status, const std::string& credentials = "none") {
        return "http: [{endpoint: kube-apiserver, path: /version, from: internet, credentials: " + credentials
            + ", status: " + status + "}]";
    };
    expect("on by default", Control + apiServer() + bound, edge, "certain", "");
    expect("switched on", Control + apiServer(", '--anonymous-auth=true'") + bound, edge, "certain");
    expect("switched off", Control + apiServer(off) + bound, edge, "");
    expect("flags not visible", Control + bound, edge, "possible", "");
    expect("decided by a file", Control + apiServer(byFile) + bound, edge, "possible");
    expect("one of two lets them pass", Control + node("cp-2") + apiServer() + apiServer(off, "cp-2") + bound,
        edge, "certain");
    expect("one of two is decided by a file",
        Control + node("cp-2") + apiServer(byFile) + apiServer(off, "cp-2") + bound, edge, "possible");
    expect("it answered", Control + apiServer(off) + bound, edge, "certain", AnyBreaks, answers("200"));
    expect("it knew the caller as anonymous", Control + bound, edge, "certain", AnyBreaks, answers("403"));
    expect("it refused", Control + apiServer() + bound, edge, "", "", answers("401"));
    expect(
        "it answered somebody else", Control + bound, edge, "possible", AnyBreaks, answers("200", "token"));

    expect("user system:anonymous",
        Control + apiServer() + reader + binding("anyone", "ClusterRole/reader", user("system:anonymous")),
        "API_ANONYMOUS|endpoint/apiserver|user/system:anonymous", "certain", "");
    expect("public-info-viewer only",
        Control + apiServer()
            + binding("info", "ClusterRole/system:public-info-viewer", group("system:unauthenticated")),
        edge, "");
    expect("reader of cluster-info only",
        Control + apiServer() + role("kube-public/info", rule("''", "configmaps", "get", "cluster-info"))
            + binding("kube-public/info", "Role/info", user("system:anonymous")),
        "API_ANONYMOUS|endpoint/apiserver|user/system:anonymous", "");
    expect("authenticated ones",
        Control + apiServer() + reader
            + binding("anyone", "ClusterRole/reader", group("system:authenticated")),
        edge, "");
    expect("a role that nobody has", Control + apiServer() + reader, edge, "");
}

void RulesEndpointsTest::dockerByFacts_data()
{
    edgeColumns();
    const std::string edge = "DOCKER_TCP|endpoint/docker/worker-1|node/worker-1";
    const std::string exposed = "EXPOSED_SERVICE|internet|endpoint/docker/worker-1";
    const auto port = [](const std::string& more) { return "ports: [{node: worker-1, " + more + "}]"; };
    const std::string open = port("port: 2375, from: internet, state: open, service: docker, tls: none");
    expect("open", Public, edge, "certain", "M6@node/worker-1", open);
    expect("open to the Internet", Public, exposed, "certain", "M3@edge M4@node/worker-1 M5@node/worker-1",
        open);
    expect("open to the inside", Public + pod("shop/web"), "STRUCTURE|net/pods|endpoint/docker/worker-1",
        "certain", "M4@node/worker-1 M5@node/worker-1", open);
    expect("TLS that checks only the server", Public, edge, "certain", AnyBreaks,
        port("port: 2376, service: docker, tls: server"));
    expect("TLS that asks for a certificate", Public, edge, "", "",
        port("port: 2376, service: docker, tls: mutual"));
    expect("TLS not known", Public, edge, "possible", AnyBreaks, port("port: 2375, service: docker"));
    expect(
        "2375 without a service's name", Public, edge, "certain", AnyBreaks, port("port: 2375, tls: none"));
    expect("another service", Public, edge, "", "", port("port: 2375, service: http, tls: none"));
    expect("another port", Public, edge, "", "", port("port: 8080, tls: none"));
    expect("closed", Public, edge, "", "", port("port: 2375, state: closed"));
    expect("another node", Public, edge, "", "", "ports: [{node: worker-9, port: 2375, tls: none}]");
    expect(
        "seen from the inside only", Public, exposed, "", "", port("port: 2375, from: cluster, tls: none"));
    expect("nobody says from where", Public, exposed, "possible", AnyBreaks, port("port: 2375, tls: none"));
    expect("edge filter of today", Public, exposed, "", "",
        open + "\nfilters: [{node: '*', chain: edge, allow: [10.0.0.0/8]}]");
    expect("input filter of today", Public, exposed, "", "",
        open + "\nfilters: [{node: worker-1, chain: input, ports: [2375], allow: [10.0.0.0/8]}]");
}

void RulesEndpointsTest::dockerByPods_data()
{
    edgeColumns();
    const std::string edge = "DOCKER_TCP|endpoint/docker/worker-1|node/worker-1";
    const std::string exposed = "EXPOSED_SERVICE|internet|endpoint/docker/worker-1";
    const std::string translated
        = pod("ci/dind", containers("ports: [{containerPort: 2375, hostPort: 2375}]"));
    const std::string onHost
        = pod("ci/dind", "hostNetwork: true, " + containers("ports: [{containerPort: 2375}]"));
    expect("hostPort", Public + translated, edge, "possible", "M6@node/worker-1");
    expect("hostPort to the Internet", Public + translated, exposed, "certain", "M3@edge");
    expect("a policy selects the pod behind a hostPort", Public + translated, exposed, "certain",
        "M3@edge M7@policies/ci", "network: {plugin: calico, enforcesPolicy: true}");
    expect("host network", Public + onHost, edge, "possible", "M6@node/worker-1");
    expect("host network to the Internet", Public + onHost, exposed, "certain",
        "M3@edge M4@node/worker-1 M5@node/worker-1");
    expect("pod's own address only", Public + pod("ci/dind", containers("ports: [{containerPort: 2375}]")),
        edge, "");
    expect("another hostPort",
        Public + pod("ci/dind", containers("ports: [{containerPort: 2375, hostPort: 8080}]")), edge, "");
    expect("seen open", Public + translated, edge, "certain", AnyBreaks,
        "ports: [{node: worker-1, port: 2375, tls: none}]");
    expect("seen closed", Public + translated, edge, "", "",
        "ports: [{node: worker-1, port: 2375, state: closed}]");
    expect("closed to the Internet is open inside", Public + translated, edge, "possible", AnyBreaks,
        "ports: [{node: worker-1, port: 2375, from: internet, state: filtered}]");
    expect("closed to the Internet", Public + translated, exposed, "", "",
        "ports: [{node: worker-1, port: 2375, from: internet, state: filtered}]");
    expect("an endpoint is no reach", Public + translated, "EXPOSED_SERVICE|internet|reach/ci/Pod/dind", "");
    expect("completed",
        Public
            + pod("ci/dind", containers("ports: [{containerPort: 2375, hostPort: 2375}]"), "worker-1",
                "Succeeded"),
        edge, "");
}

void RulesEndpointsTest::etcdThatAsksNobody_data()
{
    edgeColumns();
    const std::string edge = "ETCD_OPEN|endpoint/etcd|jewel/etcd";
    const std::string wide = ", '--listen-client-urls=https://10.0.0.1:2379'";
    const std::string asks = ", '--client-cert-auth=true', '--trusted-ca-file=/pki/ca.crt'";
    expect("plain HTTP", Control + etcd(", '--listen-client-urls=http://10.0.0.1:2379'"), edge, "certain",
        "M13@etcd");
    expect("plain HTTP on every address",
        Control + etcd(", '--listen-client-urls=http://0.0.0.0:2379'" + asks), edge, "certain");
    expect(
        "plain HTTP on loopback", Control + etcd(", '--listen-client-urls=http://127.0.0.1:2379'"), edge, "");
    expect("plain HTTP on loopback beside TLS",
        Control + etcd(", '--listen-client-urls=http://127.0.0.1:2379,https://10.0.0.1:2379'" + asks), edge,
        "");
    expect("asks for certificates", Control + etcd(wide + asks), edge, "");
    expect("no client-cert-auth", Control + etcd(wide + ", '--trusted-ca-file=/pki/ca.crt'"), edge, "certain",
        "M13@etcd");
    expect("client-cert-auth off",
        Control + etcd(wide + ", '--client-cert-auth=false', '--trusted-ca-file=/pki/ca.crt'"), edge,
        "certain");
    expect("no trusted-ca-file", Control + etcd(wide + ", '--client-cert-auth=true'"), edge, "certain");
    expect("nothing but loopback by default", Control + etcd({}), edge, "");
    expect("settings in a file", Control + etcd(", '--config-file=/etc/etcd.yaml'"), edge, "possible",
        "M13@etcd");
    expect("no etcd among the pods", Control + apiServer(), edge, "");
    expect("label alone, another namespace",
        Control
            + object("Pod", "shop/etcd",
                ", spec: {nodeName: cp-1, containers: [{name: etcd, image: etcd, command: [etcd, "
                "'--listen-client-urls=http://0.0.0.0:2379']}]}, status: {phase: Running}",
                ", labels: {component: etcd}"),
        edge, "");

    const std::string open = Control + etcd(wide);
    expect("connection from pods", open + pod("shop/web"), "STRUCTURE|net/pods|endpoint/etcd", "certain",
        "M14@node/cp-1");
    expect("connection, settings in a file",
        Control + etcd(", '--config-file=/etc/etcd.yaml'") + pod("shop/web"),
        "STRUCTURE|net/pods|endpoint/etcd", "possible");
    expect("egress denied", open + pod("shop/web") + policy("shop/deny", "policyTypes: [Egress]"),
        "STRUCTURE|net/shop|endpoint/etcd", "", "", "network: {plugin: calico, enforcesPolicy: true}");
    expect("input filter", open + pod("shop/web"), "STRUCTURE|net/pods|endpoint/etcd", "", "",
        "filters: [{node: cp-1, chain: input, ports: [2379], allow: [192.168.7.0/24]}]");
}

void RulesEndpointsTest::etcdThatHoldsPlainText_data()
{
    edgeColumns();
    const std::string edge = "ETCD_AT_REST|jewel/etcd|jewel/all-secrets";
    const std::string flag = ", '--encryption-provider-config=/etc/kubernetes/enc.yaml'";
    expect("flag absent", Control + apiServer(), edge, "certain", "M12@etcd");
    expect("flag without a file", Control + apiServer(", '--encryption-provider-config='"), edge, "certain");
    expect("the file may begin with identity", Control + apiServer(flag), edge, "possible", "M12@etcd");
    expect("control plane not visible", Node, edge, "possible", "M12@etcd");
    expect("one of two API servers", Control + node("cp-2") + apiServer(flag) + apiServer({}, "cp-2"), edge,
        "certain");
    expect("read and found encrypted", Control + apiServer(flag), edge, "", "",
        "etcd: [{encryptedAtRest: true}]");
    expect("read and found plain", Control + apiServer(flag), edge, "certain", AnyBreaks,
        "etcd: [{encryptedAtRest: false}]");
    expect("who writes to etcd", Node, "ETCD_WRITE|jewel/etcd|jewel/cluster-admin", "certain", "");
}

// With several members, to guard one leaves the others.
void RulesEndpointsTest::everyMemberOfEtcdIsADoor()
{
    const std::string wide = ", '--listen-client-urls=https://0.0.0.0:2379'";
    const Drawn drawn = drawnOf(Control
        + node("cp-2", "addresses: [{type: InternalIP, address: 10.0.0.2}]", ControlPlaneLabel) + etcd(wide)
        + etcd(wide, "cp-2") + pod("shop/web"));
    for (const char* place : { "node/cp-1", "node/cp-2" }) {
        const std::string door = std::string("STRUCTURE|net/pods|endpoint/etcd|") + place;
        QCOMPARE(text(drawn.kindOf(door)), QStringLiteral("certain"));
        QCOMPARE(text(joined(drawn.breaks(door))), text(std::string("M14@") + place));
    }
    QCOMPARE(text(joined(drawn.breaks("ETCD_OPEN|endpoint/etcd|jewel/etcd"))), QStringLiteral("M13@etcd"));
}

void RulesEndpointsTest::adminInterfaces_data()
{
    edgeColumns();
    const auto tool = [](const std::string& image, const std::string& more = {}) {
        return Node
            + pod("ops/tool",
                "serviceAccountName: tool, " + containers("ports: [{containerPort: 8080}]" + more, image));
    };
    const std::string code = "ADMIN_INTERFACE|reach/ops/Pod/tool|own/ops/Pod/tool";
    const std::string identity = "ADMIN_INTERFACE|reach/ops/Pod/tool|sa/ops/tool";
    expect("code", tool("weaveworks/scope:1", ", " + args("--no-probe")), code, "certain", "M9@ops/Pod/tool");
    expect("code, login switched off", tool("codercom/code-server:4", ", " + args("'--auth=none'")), code,
        "certain");
    expect("code, login not known", tool("jenkins/jenkins:2"), code, "possible", "M9@ops/Pod/tool");
    expect("identity", tool("octant:1"), identity, "certain", "M9@ops/Pod/tool");
    expect("identity, login not known", tool("argoproj/argocd:v2", ", " + args("argocd-server")), identity,
        "possible");
    expect("identity, login switched off",
        tool("argoproj/argocd:v2", ", " + args("argocd-server, --disable-auth")), identity, "certain");
    expect("data of no store", tool("mlflow:2"),
        "ADMIN_INTERFACE|reach/ops/Pod/tool|jewel/datastore-credentials", "");
    expect("informs only", tool("prom/prometheus:v2"), code, "");
    expect("grafana informs only", tool("grafana/grafana:10"), code, "");
    expect("a like name", tool("example/jenkins-exporter:1"), code, "");
    expect("a dashboard has its own step",
        tool("kubernetesui/dashboard:v2", ", " + args("--enable-skip-login")), identity, "");
    expect("scaled to 0",
        Node + controller("Deployment", "ops/tool", containers({}, "weaveworks/scope:1"), ", replicas: 0"),
        "ADMIN_INTERFACE|reach/ops/Deployment/tool|own/ops/Deployment/tool", "");
}

void RulesEndpointsTest::dashboards_data()
{
    edgeColumns();
    const auto dashboard
        = [](const std::string& flags, const std::string& image = "kubernetesui/dashboard:v2.7.0") {
              return Node
                  + pod("board/board",
                      "serviceAccountName: board, "
                          + containers("ports: [{containerPort: 9090}], " + args(flags), image));
          };
    const std::string edge = "DASHBOARD_OPEN|reach/board/Pod/board|sa/board/board";
    expect("skip login", dashboard("--enable-skip-login"), edge, "certain", "M9@board/Pod/board");
    expect("skip login, spelt out", dashboard("'--enable-skip-login=true'"), edge, "certain");
    expect("skip login switched off", dashboard("'--enable-skip-login=false'"), edge, "");
    expect("with its login", dashboard("--auto-generate-certificates"), edge, "");
    expect("tokens in clear", dashboard("--enable-insecure-login"), edge, "possible", "M9@board/Pod/board");
    expect("insecure port", dashboard("'--insecure-port=9090'"), edge, "possible");
    expect("insecure port switched off", dashboard("'--insecure-port=0'"), edge, "");
    expect("another program with that flag", dashboard("--enable-skip-login", "example/board:1"), edge, "");
    expect("headlamp with its account",
        dashboard("--unsafe-use-service-account-token", "ghcr.io/headlamp-k8s/headlamp:v1"), edge, "certain");
    expect("headlamp", dashboard("--in-cluster", "ghcr.io/headlamp-k8s/headlamp:v1"), edge, "");
}

void RulesEndpointsTest::defaultPasswords_data()
{
    edgeColumns();
    const auto store = [](const std::string& env, const std::string& image = "postgres:15", int port = 5432) {
        return Node
            + pod("bank/db",
                containers(
                    "ports: [{containerPort: " + std::to_string(port) + "}], env: [" + env + "]", image));
    };
    const std::string edge = "DEFAULT_CREDENTIAL|reach/bank/Pod/db|jewel/datastore-credentials";
    const std::string common = "{name: POSTGRES_PASSWORD, value: postgres}";
    expect("well-known password", store(common), edge, "certain", "M11@bank/Pod/db/app/POSTGRES_PASSWORD");
    expect("a password of its own", store("{name: POSTGRES_PASSWORD, value: kV9x-7Qm2-rT4w}"), edge, "");
    expect("from a Secret", store("{name: POSTGRES_PASSWORD, valueFrom: {secretKeyRef: {name: db, key: p}}}"),
        edge, "");
    expect("lets everybody in", store("{name: POSTGRES_HOST_AUTH_METHOD, value: trust}"), edge, "certain",
        "M11@bank/Pod/db");
    expect("asks for a password", store("{name: POSTGRES_HOST_AUTH_METHOD, value: scram-sha-256}"), edge, "");
    expect("empty password", store("{name: MYSQL_ALLOW_EMPTY_PASSWORD, value: 'yes'}", "mysql:8", 3306), edge,
        "certain");
    expect("no store", store(common, "example/app:1"), edge, "");
    expect("a client's tool", store(common, "dpage/pgadmin4-ui:7"), edge, "");
    expect("listens on another port", store(common, "postgres:15", 8080), edge, "possible");
    expect("init container with the store's image",
        Node
            + pod("bank/db",
                "initContainers: [{name: wait, image: 'postgres:15', env: [" + common + "]}], "
                    + containers("ports: [{containerPort: 5432}]")),
        edge, "");
    expect("does not run",
        Node
            + controller(
                "Deployment", "bank/db", containers("env: [" + common + "]", "postgres:15"), ", replicas: 0"),
        "DEFAULT_CREDENTIAL|reach/bank/Deployment/db|jewel/datastore-credentials", "");
}

GLACIS_TEST(RulesEndpointsTest)

} // namespace glacis::test

#include "rules_endpoints_test.moc"
