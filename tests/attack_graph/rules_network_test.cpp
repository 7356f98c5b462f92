// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// From the Internet to a workload, from there to the next, into a program by its flaw.
#include "objects.h"

namespace glacis::test {
namespace {
    using attack::EdgeKind;

    const std::string Node = PoliciesRead + node("worker-1");
    const std::string Public = PoliciesRead + publicNode("worker-1");
    const std::string Web = pod("shop/web", containers("ports: [{containerPort: 8080}]"));
    const std::string Database
        = pod("bank/db", containers("ports: [{containerPort: 5432, name: sql}]", "postgres:15"));
    constexpr const char* Enforced = "network: {plugin: calico, enforcesPolicy: true}";
    constexpr const char* NotEnforced = "network: {plugin: flannel, enforcesPolicy: false}";
    constexpr const char* Exposed = "EXPOSED_SERVICE|internet|reach/shop/Pod/web";
    constexpr const char* Route = "INGRESS_ROUTE|internet|reach/shop/Pod/web";
    const std::string DenyIngress = policy("shop/deny", "policyTypes: [Ingress]");

    std::string ports(int port)
    {
        return "ports: [{port: " + std::to_string(port) + ", targetPort: 8080, nodePort: 30080}]";
    }
    std::string balancer(int port, const std::string& address = "8.8.4.4", const std::string& more = {})
    {
        return service("shop/web", "type: LoadBalancer, " + ports(port) + more,
            address.empty() ? "" : "loadBalancer: {ingress: [{ip: " + address + "}]}");
    }
    const std::string NodePort = service("shop/web", "type: NodePort, " + ports(80));
    const std::string Inside = service("shop/web", ports(80));

    std::string ingress(const std::string& hosts, const std::string& address = "8.8.4.4",
        const std::string& to = "web", int port = 80)
    {
        std::string rules;
        for (std::size_t begin = 0; begin <= hosts.size();) {
            const auto end = std::min(hosts.find(' ', begin), hosts.size());
            rules += std::string(rules.empty() ? "" : ", ") + "{host: " + hosts.substr(begin, end - begin)
                + ", http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: " + to
                + ", port: {number: " + std::to_string(port) + "}}}}]}}";
            begin = end + 1;
        }
        return object("Ingress", "shop/web",
            ", spec: {rules: [" + rules + "]}"
                + (address.empty() ? "" : ", status: {loadBalancer: {ingress: [{ip: " + address + "}]}}"),
            {}, "networking.k8s.io/v1");
    }
}

class RulesNetworkTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void exposedServices_data();
    void exposedServices() { verifyEdge(); }
    void exposedPorts_data();
    void exposedPorts() { verifyEdge(); }
    void routes_data();
    void routes() { verifyEdge(); }
    void everyDoorOpensByItself();
    void sharedAddresses_data();
    void sharedAddresses() { verifyEdge(); }
    void neighbours_data();
    void neighbours() { verifyEdge(); }
    void ownFlows_data();
    void ownFlows() { verifyEdge(); }
    void flaws_data();
    void flaws() { verifyEdge(); }
    void flawOfAnotherPortIsOutOfReach();
    void manyNeighboursStayFewEdges();
    void entryOfTheBreachIsAnApplication();
};

void RulesNetworkTest::exposedServices_data()
{
    edgeColumns();
    expect("load balancer, web port", Public + Web + balancer(80), Exposed, "certain", "");
    expect("load balancer, other port", Public + Web + balancer(5432), Exposed, "certain", "M3@edge");
    expect("no status yet", Node + Web + balancer(80, {}), Exposed, "possible");
    expect("private address", Node + Web + balancer(80, "10.0.0.5"), Exposed, "");
    expect("whole Internet as source range",
        Node + Web + balancer(80, "8.8.4.4", ", loadBalancerSourceRanges: ['0.0.0.0/0']"), Exposed,
        "certain");
    expect("private source range",
        Node + Web + balancer(80, "8.8.4.4", ", loadBalancerSourceRanges: ['10.0.0.0/8']"), Exposed, "");
    expect("some source range",
        Node + Web + balancer(80, "8.8.4.4", ", loadBalancerSourceRanges: ['9.9.9.0/24']"), Exposed, "");
    expect("selects another pod",
        Node + Web
            + service(
                "shop/other", "type: LoadBalancer, " + ports(80), "loadBalancer: {ingress: [{ip: 8.8.4.4}]}"),
        Exposed, "");
    expect("Service of another namespace",
        Node + Web
            + service(
                "bank/web", "type: LoadBalancer, " + ports(80), "loadBalancer: {ingress: [{ip: 8.8.4.4}]}"),
        Exposed, "");
    expect("ClusterIP", Public + Web + Inside, Exposed, "");
    expect("EndpointSlice alone",
        Public + Web
            + object("EndpointSlice", "shop/web-1",
                ", addressType: IPv4, endpoints: [{addresses: [10.1.0.5], targetRef: {kind: Pod, name: web, "
                "namespace: shop}}], ports: [{port: 8080}]",
                ", labels: {kubernetes.io/service-name: web}", "discovery.k8s.io/v1"),
        Exposed, "");
    expect("scaled to 0",
        Public + controller("Deployment", "shop/web", containers(), ", replicas: 0") + balancer(80),
        "EXPOSED_SERVICE|internet|reach/shop/Deployment/web", "");

    expect("node port on a public node", Public + Web + NodePort, Exposed, "certain", "M3@edge");
    expect("node port without ExternalIP", Node + Web + NodePort, Exposed, "");
    expect("node port, nodes not read", PoliciesRead + Web + NodePort, Exposed, "possible");
    expect("public externalIP", Node + Web + service("shop/web", ports(5432) + ", externalIPs: [8.8.4.4]"),
        Exposed, "certain", "M3@edge");
    expect("private externalIP", Node + Web + service("shop/web", ports(80) + ", externalIPs: [10.0.0.9]"),
        Exposed, "");
}

void RulesNetworkTest::exposedPorts_data()
{
    edgeColumns();
    const std::string hostPort
        = pod("shop/web", containers("ports: [{containerPort: 8080, hostPort: 8443}]"));
    const std::string hostNetwork
        = pod("shop/web", "hostNetwork: true, " + containers("ports: [{containerPort: 8080}]"));
    expect("hostPort on a public node", Public + hostPort, Exposed, "certain", "M3@edge");
    expect("hostPort without ExternalIP", Node + hostPort, Exposed, "");
    expect("hostPort on loopback",
        Public
            + pod(
                "shop/web", containers("ports: [{containerPort: 8080, hostPort: 8443, hostIP: 127.0.0.1}]")),
        Exposed, "");
    expect("containerPort alone", Public + Web, Exposed, "");
    expect("host network on a public node", Public + hostNetwork, Exposed, "certain", "M3@edge");
    expect("host network without ExternalIP", Node + hostNetwork, Exposed, "");

    expect("policies not read", publicNode("worker-1") + hostPort, Exposed, "possible");
    expect("policy denies", Public + hostPort + DenyIngress, Exposed, "", "", Enforced);
    expect("policy that nobody enforces", Public + hostPort + DenyIngress, Exposed, "certain", AnyBreaks,
        NotEnforced);
    expect("policy lets the Internet in",
        Public + hostPort
            + policy(
                "shop/deny", "policyTypes: [Ingress], ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}]"),
        Exposed, "certain", AnyBreaks, Enforced);
    expect("policy for egress only", Public + hostPort + policy("shop/deny", "policyTypes: [Egress]"),
        Exposed, "certain", AnyBreaks, Enforced);
    expect("host network passes by the policy", Public + hostNetwork + DenyIngress, Exposed, "certain",
        AnyBreaks, Enforced);
    expect("edge filter", Public + hostPort, Exposed, "", "",
        "filters: [{node: '*', chain: edge, allow: [10.0.0.0/8]}]");
    expect("edge filter for another port", Public + hostPort, Exposed, "certain", AnyBreaks,
        "filters: [{node: '*', chain: edge, ports: [22], allow: [10.0.0.0/8]}]");
    expect("edge filter that lets all in", Public + hostPort, Exposed, "certain", AnyBreaks,
        "filters: [{node: '*', chain: edge, allow: [0.0.0.0/0]}]");
}

void RulesNetworkTest::routes_data()
{
    edgeColumns();
    expect("Ingress", Node + Web + Inside + ingress("shop.com"), Route, "certain", "");
    expect("Ingress without status", Node + Web + Inside + ingress("shop.com", {}), Route, "possible");
    expect("Ingress inside", Node + Web + Inside + ingress("shop.com", "10.0.0.5"), Route, "");
    expect("no such Service", Node + Web + Inside + ingress("shop.com", "8.8.4.4", "shop"), Route, "");
    expect("Service of another namespace", Node + Web + service("bank/web", ports(80)) + ingress("shop.com"),
        Route, "");
    expect("no such port", Node + Web + Inside + ingress("shop.com", "8.8.4.4", "web", 81), Route, "");
    expect("Service selects nobody",
        Node + pod("shop/api", containers("ports: [{containerPort: 8080}]")) + Inside + ingress("shop.com"),
        Route, "");
    expect("an Ingress is no exposed Service", Node + Web + Inside + ingress("shop.com"), Exposed, "");

    const std::string gateway = object("Gateway", "shop/front",
        ", spec: {gatewayClassName: g, listeners: [{name: web, port: 443, protocol: HTTPS}]}, "
        "status: {addresses: [{value: 8.8.4.4}]}",
        {}, "gateway.networking.k8s.io/v1");
    const auto route = [](const std::string& parent) {
        return object("HTTPRoute", "shop/web",
            ", spec: {parentRefs: [{name: " + parent
                + "}], hostnames: [shop.com], rules: [{backendRefs: [{name: web, port: 80}]}]}",
            {}, "gateway.networking.k8s.io/v1");
    };
    expect("Gateway", Node + Web + Inside + gateway + route("front"), Route, "certain", "");
    expect("Gateway without a route", Node + Web + Inside + gateway, Route, "");
    expect("route to another Gateway", Node + Web + Inside + gateway + route("back"), Route, "");
}

// Two Services are two edges: to close one leaves the other.
void RulesNetworkTest::everyDoorOpensByItself()
{
    const std::string second = object("Service", "shop/web-old",
        ", spec: {selector: {app: web}, type: LoadBalancer, " + ports(8443)
            + "}, status: {loadBalancer: {ingress: [{ip: 8.8.4.5}]}}");
    const Drawn both = drawnOf(Node + Web + balancer(5432) + second);
    const std::vector<std::string> doors { std::string(Exposed) + "|Service shop/web",
        std::string(Exposed) + "|Service shop/web-old" };
    QVERIFY(both.edges(EdgeKind::ExposedService) == doors);
    const std::vector<std::string> door { Exposed };
    QVERIFY(drawnOf(Node + Web + balancer(5432)).edges(EdgeKind::ExposedService) == door);
}

void RulesNetworkTest::sharedAddresses_data()
{
    edgeColumns();
    const std::string two = Node + Web + Inside + ingress("a.com b.com");
    expect("two names", two, "SHARED_ADDRESS|domain/a.com|address/8.8.4.4", "certain", "");
    expect("from the address on", two, "SHARED_ADDRESS|address/8.8.4.4|reach/shop/Pod/web", "certain", "");
    expect("one name", Node + Web + Inside + ingress("a.com"), "SHARED_ADDRESS|domain/a.com|address/8.8.4.4",
        "");
    expect("DNS facts", Node, "SHARED_ADDRESS|domain/a.com|address/8.8.4.4", "certain", "",
        "dns: [{name: a.com, addresses: [8.8.4.4]}, {name: b.com, addresses: [8.8.4.4]}]");
    expect("two addresses", Node, "SHARED_ADDRESS|domain/a.com|address/8.8.4.4", "", "",
        "dns: [{name: a.com, addresses: [8.8.4.4]}, {name: b.com, addresses: [8.8.4.5]}]");
    QVERIFY(!attack::isWalked(EdgeKind::SharedAddress));
}

void RulesNetworkTest::neighbours_data()
{
    edgeColumns();
    const std::string two = Node + Web + Database;
    const std::string hub = "STRUCTURE|net/pods|reach/bank/Pod/db:5432";
    const std::string whole = "STRUCTURE|net/pods|reach/bank/Pod/db";
    const std::string bundle = "M7@policies/bank+shop";
    expect("source", two, "NO_SEGMENTATION|own/shop/Pod/web|net/pods", "certain", "");
    expect("source, policies enforced", two, "NO_SEGMENTATION|own/shop/Pod/web|net/pods", "certain", bundle,
        Enforced);
    expect("target", two, whole, "certain", "");
    expect("target, policies enforced", two, whole, "certain", bundle, Enforced);
    expect("policies not read", node("worker-1") + Web + Database, whole, "possible");
    expect("target isolated", two + policy("bank/deny", "policyTypes: [Ingress]"), whole, "", "", Enforced);
    expect("target isolated, not enforced", two + policy("bank/deny", "policyTypes: [Ingress]"), whole,
        "certain", "", NotEnforced);
    expect("policy of another namespace", two + policy("shop/deny", "policyTypes: [Ingress]"), whole,
        "certain", AnyBreaks, Enforced);
    expect("target lets that port in",
        two + policy("bank/allow", "policyTypes: [Ingress], ingress: [{ports: [{port: 5432}]}]"), whole,
        "certain", AnyBreaks, Enforced);
    expect("target lets another port in",
        two + policy("bank/allow", "policyTypes: [Ingress], ingress: [{ports: [{port: 80}]}]"), whole, "", "",
        Enforced);
    expect("nobody listens", Node + Web + pod("bank/db", containers()), whole, "");
    expect("it does not run",
        Node + Web
            + controller(
                "Deployment", "bank/db", containers("ports: [{containerPort: 5432}]"), ", replicas: 0"),
        "STRUCTURE|net/pods|reach/bank/Deployment/db", "");
    expect("no node of its own for the only port", two, hub, "");
    expect("root on a node", two, "NO_SEGMENTATION|node/worker-1|net/nodes", "certain", "");
    expect("root on a node is bound by no policy", two + policy("bank/deny", "policyTypes: [Ingress]"),
        "NO_SEGMENTATION|node/worker-1|net/nodes", "certain", "", Enforced);
    expect("root on some node", PoliciesRead + pod("shop/web", containers(), {}, "Pending"),
        "NO_SEGMENTATION|node/?|net/pods", "possible", "");
    expect("host network is a node's", Node + pod("shop/web", "hostNetwork: true, " + containers()),
        "NO_SEGMENTATION|own/shop/Pod/web|net/nodes", "certain");
}

void RulesNetworkTest::ownFlows_data()
{
    edgeColumns();
    const auto client = [](const std::string& value, const std::string& name = "DB_HOST") {
        return pod("shop/web",
            containers(
                "ports: [{containerPort: 8080}], env: [{name: " + name + ", value: '" + value + "'}]"));
    };
    const std::string store
        = pod("bank/db",
              containers("ports: [{containerPort: 80}, {containerPort: 5432, name: sql}]", "postgres:15"))
        + service("bank/db", "ports: [{port: 5432, targetPort: sql}]");
    const std::string flow = "NO_SEGMENTATION|own/shop/Pod/web|reach/bank/Pod/db:5432";
    for (const char* value : { "db.bank", "db.bank.svc", "db.bank.svc.cluster.local", "db.bank:5432",
             "postgres://db.bank:5432/shop" })
        expect(value, Node + client(value) + store, flow, "residual", "");
    expect("a named port is that port", Node + client("db.bank") + store,
        "NO_SEGMENTATION|own/shop/Pod/web|reach/bank/Pod/db", "");
    for (const char* value : { "db", "db.other", "db.bank.example.com", "db.bank:80", "db.bank has moved" })
        expect(value, Node + client(value) + store, flow, "");
    expect("stays where policies allow it",
        Node + client("db.bank") + store
            + policy("bank/allow",
                "policyTypes: [Ingress], ingress: [{from: [{namespaceSelector: {}}], ports: [{port: "
                "5432}]}]"),
        flow, "residual", "", Enforced);
    expect("ends where policies deny it",
        Node + client("db.bank") + store + policy("bank/deny", "policyTypes: [Ingress]"), flow, "", "",
        Enforced);
}

void RulesNetworkTest::flaws_data()
{
    edgeColumns();
    const std::string edge = "APP_EXPLOIT|reach/shop/Pod/web|own/shop/Pod/web";
    expect("nobody knows of a flaw", Node + Web, edge, "possible", "");
    expect("stated flaw", Node + Web, edge, "certain", "",
        "exploitable: [{workload: shop/Pod/web, port: 8080, reason: old}]");
    expect("stated for every port", Node + Web, edge, "certain", "",
        "exploitable: [{workload: shop/Pod/web, reason: old}]");
    expect("flaw of another workload", Node + Web, edge, "possible", "",
        "exploitable: [{workload: shop/Pod/api, port: 8080}]");
    expect("flaw of another kind of that name", Node + Web, edge, "possible", "",
        "exploitable: [{workload: shop/Deployment/web, port: 8080}]");
    expect("nobody listens", Node + pod("shop/web", containers()), edge, "");
    expect("listens by its Service", Node + pod("shop/web", containers()) + Inside, edge, "possible");
}

// A fact for port 9091 is not usable by who may only open port 80.
void RulesNetworkTest::flawOfAnotherPortIsOutOfReach()
{
    const std::string web
        = pod("shop/web", containers("ports: [{containerPort: 8080}, {containerPort: 9091}]"));
    const Drawn drawn = drawnOf(
        Node + web + balancer(80), "exploitable: [{workload: shop/Pod/web, port: 9091, reason: old}]");
    QCOMPARE(text(drawn.kindOf("APP_EXPLOIT|reach/shop/Pod/web:9091|own/shop/Pod/web")),
        QStringLiteral("certain"));
    QCOMPARE(
        text(drawn.kindOf("APP_EXPLOIT|reach/shop/Pod/web|own/shop/Pod/web")), QStringLiteral("possible"));
    QVERIFY(drawn.has("EXPOSED_SERVICE|internet|reach/shop/Pod/web"));
    QVERIFY(!drawn.has("EXPOSED_SERVICE|internet|reach/shop/Pod/web:9091"));

    const Drawn limited = drawnOf(Node + web + Database
            + policy("shop/allow", "policyTypes: [Ingress], ingress: [{ports: [{port: 8080}]}]"),
        std::string("exploitable: [{workload: shop/Pod/web, port: 9091, reason: old}]\n") + Enforced);
    QVERIFY(limited.has("STRUCTURE|net/pods|reach/shop/Pod/web"));
    QVERIFY(!limited.has("STRUCTURE|net/pods|reach/shop/Pod/web:9091"));
}

void RulesNetworkTest::manyNeighboursStayFewEdges()
{
    constexpr int Count = 60;
    std::string yaml = Node;
    for (int i = 0; i < Count; ++i)
        yaml += pod("shop/web" + std::to_string(i), containers("ports: [{containerPort: 8080}]"));
    const Drawn drawn = drawnOf(yaml);
    QVERIFY(drawn.leads("own/shop/Pod/web0", "reach/shop/Pod/web59"));
    QVERIFY(drawn.graph.edges.size() < std::size_t { 10 } * Count);
}

void RulesNetworkTest::entryOfTheBreachIsAnApplication()
{
    const Drawn drawn = drawnOf(Node + Web + pod("kube-system/agent")
        + pod("watch/grafana", containers({}, "grafana/grafana:10"))
        + pod("shop/done", containers(), "worker-1", "Succeeded"));
    QVERIFY(drawn.has("STRUCTURE|breach|own/shop/Pod/web"));
    for (const char* other : { "own/kube-system/Pod/agent", "own/watch/Pod/grafana", "own/shop/Pod/done" })
        QVERIFY2(!drawn.has(std::string("STRUCTURE|breach|") + other), other);
}

GLACIS_TEST(RulesNetworkTest)

} // namespace glacis::test

#include "rules_network_test.moc"
