// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reachability from the Internet, filters that a person stated, and plugins that enforce nothing.
#include "reachability_fixture.h"

using namespace glacis;
using namespace glacis::network;
using namespace glacis::test;

namespace {
constexpr Verdict Yes = Verdict::Allowed;
constexpr Verdict No = Verdict::Denied;
constexpr Verdict Maybe = Verdict::Unknown;

const std::string Nodes = node("n1", "InternalIP", "10.20.0.11")
    + "---\napiVersion: v1\nkind: Node\nmetadata: {name: n2}\nstatus: {addresses: [{type: InternalIP, "
      "address: 10.20.0.12}, {type: ExternalIP, address: 104.21.63.124}]}\n"
    + policy("elsewhere", "none", "podSelector: {}");

/// A pod on n2 with Docker's port, on the host's network or by a host port.
std::string docker(bool hostNetwork)
{
    return "---\napiVersion: v1\nkind: Pod\nmetadata: {name: docker, namespace: ci, labels: {app: "
           "docker}}\nspec: {nodeName: n2, "
        + std::string(hostNetwork ? "hostNetwork: true, " : "")
        + "containers: [{name: c, image: x, ports: [{containerPort: 2375, hostPort: 2375}]}]}\nstatus: "
          "{podIP: "
        + (hostNetwork ? "10.20.0.12" : "10.244.2.9") + "}\n";
}
std::string filter(
    const std::string& node, const std::string& chain, const std::string& ports, const std::string& allow)
{
    return "filters: [{node: \"" + node + "\", chain: " + chain + ", ports: [" + ports + "], allow: [" + allow
        + "]}]\n";
}
std::string loadBalancer(const std::string& more = {}, const std::string& ranges = {})
{
    return "---\napiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec: {type: "
           "LoadBalancer, selector: {app: web}, ports: [{port: 80, targetPort: 8080}]"
        + more + ranges + "}\nstatus: {loadBalancer: {ingress: [{ip: 104.21.63.124}]}}\n";
}
std::string web() { return running("shop", "web", "10.244.2.2", "n2"); }
std::string only(const std::string& peer) // whom shop/web lets in, on 8080
{
    return policy("shop", "p", "podSelector: {}, ingress: [{from: [" + peer + "], ports: [{port: 8080}]}]");
}
const std::string Controller
    = "---\napiVersion: v1\nkind: Pod\nmetadata: {name: controller, namespace: ingress-nginx, labels: {app: "
      "nginx}}\n"
      "spec: {nodeName: n2, containers: [{name: c, image: registry.k8s.io/ingress-nginx/controller:v1, "
      "ports: [{containerPort: 80, hostPort: 80}]}]}\nstatus: {podIP: 10.244.2.80}\n";
const std::string Route = R"(---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web, namespace: shop}
spec: {ingressClassName: nginx, rules: [{host: vote.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]}
status: {loadBalancer: {ingress: [{ip: 104.21.63.124}]}}
)";
}

class ReachabilityInternetTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // ---- filters inside

    void inputFiltersGuardTheNodesOwnProcesses()
    {
        const std::string cluster = Nodes + docker(true) + web() + running("shop", "far", "10.244.1.2");
        const std::string guard = filter("n2", "input", "2375", "10.30.0.0/24");
        const Net open(cluster);
        QCOMPARE(open.ask("shop/far", "ci/docker", 2375), Yes);
        QCOMPARE(open.askNode("shop/far", "n2", 2375), Yes);
        const Net net(cluster, guard);
        QCOMPARE(net.ask("shop/far", "ci/docker", 2375), No);
        QCOMPARE(net.ask("shop/far", "ci/docker", 22), Yes);
        QCOMPARE(net.askNode("shop/far", "n2", 2375), No);
        QCOMPARE(net.askNode("shop/far", "n1", 2375), Yes);
        QCOMPARE(net.askNode("ci/docker", "n2", 2375), Yes); // by loopback
        QVERIFY2(net.why("shop/far", "ci/docker", 2375)
                     .contains(QLatin1String(
                         "the input filter on n2 lets only 10.30.0.0/24 to port 2375 (port scan)")),
            qPrintable(net.why("shop/far", "ci/docker", 2375)));
        QVERIFY(text(net.reach.explainNode(net.owner("shop/far"), net.node("n2"), { "TCP", 2375 }).text())
                    .startsWith(QLatin1String("Denied: the input filter")));
    }

    void aPodCountsByItsOwnAndItsNodesAddress()
    {
        const std::string cluster = Nodes + docker(true) + running("shop", "far", "10.244.1.2");
        QCOMPARE(
            Net(cluster, filter("n2", "input", "2375", "10.20.0.0/24")).ask("shop/far", "ci/docker", 2375),
            Yes);
        QCOMPARE(
            Net(cluster, filter("n2", "input", "2375", "10.244.0.0/16")).ask("shop/far", "ci/docker", 2375),
            Yes);
        QCOMPARE(
            Net(cluster, filter("n2", "input", "2375", "10.20.0.12/32")).ask("shop/far", "ci/docker", 2375),
            No);
        QCOMPARE(Net(cluster, filter("*", "input", "2375", "")).ask("shop/far", "ci/docker", 2375), No);
    }

    void filtersDoNotConcernPodsOfTheNode()
    {
        const std::string cluster = Nodes + docker(false) + running("shop", "far", "10.244.1.2");
        for (const std::string chain : { "input", "edge" })
            QCOMPARE(Net(cluster, filter("*", chain, "", "")).ask("shop/far", "ci/docker", 2375), Yes);
        QCOMPARE(
            Net(Nodes + docker(true) + web(), filter("*", "edge", "", "")).ask("shop/web", "ci/docker", 2375),
            Yes);
    }

    void aFactThatNamesThePortGoesBeforeOneForAll()
    {
        const std::string facts = "filters: [{node: \"*\", chain: edge, ports: [], allow: []}, {node: \"*\", "
                                  "chain: edge, ports: [80, 443], allow: [0.0.0.0/0]}]\n";
        const Net net(Nodes + web(), facts);
        QCOMPARE(net.reach.fromInternetToNode(net.node("n2"), { "TCP", 443 }), Yes);
        QCOMPARE(net.reach.fromInternetToNode(net.node("n2"), { "TCP", 2375 }), No);
        const std::string twice = "filters: [{node: n2, chain: input, ports: [22], allow: [0.0.0.0/0]}, "
                                  "{node: n2, chain: input, ports: [22], allow: [10.0.0.0/8]}]\n";
        const Net both(Nodes + web(), twice);
        QCOMPARE(both.reach.fromInternetToNode(both.node("n2"), { "TCP", 22 }), No); // one more never opens
        QCOMPARE(both.reach.fromInternetToNode(both.node("n1"), { "TCP", 22 }), Yes);
    }

    void filtersTellSourcesApartOnlyWhereTheyMust()
    {
        const std::string cluster = Nodes + docker(true) + web() + running("shop", "far", "10.244.1.2");
        QCOMPARE(Net(cluster, filter("n2", "input", "2375", "10.30.0.0/24")).reach.sources().size(),
            std::size_t(2));
        QVERIFY(Net(cluster, filter("n2", "input", "2375", "10.20.0.11/32")).reach.sources().size() > 2);
        QCOMPARE(Net(cluster, filter("n2", "edge", "2375", "10.20.0.11/32")).reach.sources().size(),
            std::size_t(2));
    }

    // ---- host network against host port

    void onTheHostsNetworkTheInputFilterSeesThePort()
    {
        const std::string cluster = Nodes + docker(true);
        QCOMPARE(Net(cluster).internet("ci/docker", Via::HostNetwork), Yes);
        QCOMPARE(Net(cluster, filter("n2", "input", "2375", "10.30.0.0/24"))
                     .internet("ci/docker", Via::HostNetwork),
            No);
        QCOMPARE(Net(cluster, filter("n1", "input", "2375", "10.30.0.0/24"))
                     .internet("ci/docker", Via::HostNetwork),
            Yes);
        QCOMPARE(
            Net(cluster, filter("n2", "input", "80", "10.30.0.0/24")).internet("ci/docker", Via::HostNetwork),
            Yes);
        QCOMPARE(Net(cluster, filter("n2", "forward", "2375", "10.30.0.0/24"))
                     .internet("ci/docker", Via::HostNetwork),
            Yes);
        QCOMPARE(
            Net(cluster, filter("*", "edge", "2375", "10.30.0.0/24")).internet("ci/docker", Via::HostNetwork),
            No);
        // A policy does not select it.
        QCOMPARE(
            Net(cluster + policy("ci", "deny", "podSelector: {}")).internet("ci/docker", Via::HostNetwork),
            Yes);
    }

    void byAHostPortItDoesNot()
    {
        const std::string cluster = Nodes + docker(false);
        QCOMPARE(Net(cluster).internet("ci/docker", Via::HostPort), Yes);
        QCOMPARE(
            Net(cluster, filter("n2", "input", "2375", "10.30.0.0/24")).internet("ci/docker", Via::HostPort),
            Yes);
        QCOMPARE(Net(cluster, filter("n2", "forward", "2375", "10.30.0.0/24"))
                     .internet("ci/docker", Via::HostPort),
            No);
        QCOMPARE(Net(cluster, filter("n1", "forward", "2375", "10.30.0.0/24"))
                     .internet("ci/docker", Via::HostPort),
            Yes);
        QCOMPARE(
            Net(cluster, filter("n2", "edge", "2375", "10.30.0.0/24")).internet("ci/docker", Via::HostPort),
            No);
        QCOMPARE(
            Net(cluster + policy("ci", "deny", "podSelector: {}")).internet("ci/docker", Via::HostPort), No);
        const Net net(cluster + policy("ci", "deny", "podSelector: {}"));
        QVERIFY(text(net.reach.explain(net.opening("ci/docker", Via::HostPort)).text())
                    .contains(QLatin1String("NetworkPolicy ci/deny isolates ci/docker")));
    }

    void aForwardFilterSeesTheTargetPortAndTheEdgeTheOutsidePort()
    {
        const std::string cluster = Nodes + web() + loadBalancer();
        QCOMPARE(Net(cluster).internet("shop/web", Via::LoadBalancer), Yes);
        QCOMPARE(Net(cluster, filter("*", "forward", "80", "")).internet("shop/web", Via::LoadBalancer), Yes);
        QCOMPARE(
            Net(cluster, filter("*", "forward", "8080", "")).internet("shop/web", Via::LoadBalancer), No);
        QCOMPARE(Net(cluster, filter("*", "edge", "8080", "")).internet("shop/web", Via::LoadBalancer), Yes);
        QCOMPARE(Net(cluster, filter("*", "edge", "80", "")).internet("shop/web", Via::LoadBalancer), No);
        QCOMPARE(Net(cluster, filter("n2", "edge", "80", "")).internet("shop/web", Via::LoadBalancer),
            No); // its address
        QCOMPARE(Net(cluster, filter("n1", "edge", "80", "")).internet("shop/web", Via::LoadBalancer), Yes);
    }

    // ---- policies of what stands behind

    void reachDecidesFirst()
    {
        const Net restricted(Nodes + web() + loadBalancer(", loadBalancerSourceRanges: [8.8.8.0/24]"));
        QCOMPARE(restricted.internet("shop/web", Via::LoadBalancer), No);
        QVERIFY(text(restricted.reach.explain(restricted.opening("shop/web", Via::LoadBalancer)).text())
                    .contains(QLatin1String("limited to source ranges")));
        const std::string pending
            = "---\napiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec: {type: "
              "LoadBalancer, selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}\n";
        QCOMPARE(Net(Nodes + web() + pending).internet("shop/web", Via::LoadBalancer), Maybe);
        QCOMPARE(Net(Nodes + web() + pending + policy("shop", "deny", "podSelector: {}"))
                     .internet("shop/web", Via::LoadBalancer),
            No);
    }

    void aPolicyMustAdmitTheInternetOrTheNodeThatTranslates()
    {
        const std::string cluster = Nodes + web() + loadBalancer();
        const auto via = [&](const std::string& peer) {
            return Net(cluster + only(peer)).internet("shop/web", Via::LoadBalancer);
        };
        QCOMPARE(via("{ipBlock: {cidr: 0.0.0.0/0}}"), Yes);
        QCOMPARE(via("{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}}"), Yes);
        QCOMPARE(via("{ipBlock: {cidr: 8.8.8.0/24}}"), Yes);
        QCOMPARE(via("{ipBlock: {cidr: 10.20.0.0/16}}"), Yes); // the node's own address
        QCOMPARE(via("{ipBlock: {cidr: 10.99.0.0/16}}"), No);
        QCOMPARE(via("{ipBlock: {cidr: 8.8.8.0/24, except: [8.8.8.0/25, 8.8.8.128/25]}}"), No);
        QCOMPARE(via("{namespaceSelector: {}}"), No);
        QCOMPARE(via("{podSelector: {}}"), No);
        QCOMPARE(Net(cluster + policy("shop", "p", "podSelector: {}, ingress: [{ports: [{port: 80}]}]"))
                     .internet("shop/web", Via::LoadBalancer),
            No);
        QCOMPARE(Net(cluster + policy("shop", "p", "podSelector: {}, ingress: [{ports: [{port: http}]}]"))
                     .internet("shop/web", Via::LoadBalancer),
            Yes);
    }

    void externalTrafficPolicyLocalKeepsTheSource()
    {
        const std::string cluster = Nodes + web() + loadBalancer(", externalTrafficPolicy: Local");
        QCOMPARE(
            Net(cluster + only("{ipBlock: {cidr: 10.20.0.0/16}}")).internet("shop/web", Via::LoadBalancer),
            No);
        QCOMPARE(
            Net(cluster + only("{ipBlock: {cidr: 0.0.0.0/0}}")).internet("shop/web", Via::LoadBalancer), Yes);
    }

    void aNodePortIsOpenOnEveryPublicNode()
    {
        const std::string service
            = "---\napiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec: {type: "
              "NodePort, selector: {app: web}, ports: [{port: 80, targetPort: 8080, nodePort: 31000}]}\n";
        const std::string third = node("n3", "ExternalIP", "104.21.63.125");
        QCOMPARE(Net(Nodes + web() + service).internet("shop/web", Via::NodePort), Yes);
        QCOMPARE(Net(Nodes + web() + service, filter("n2", "edge", "31000", ""))
                     .internet("shop/web", Via::NodePort),
            No);
        QCOMPARE(Net(Nodes + third + web() + service, filter("n2", "edge", "31000", ""))
                     .internet("shop/web", Via::NodePort),
            Yes);
        QCOMPARE(Net(Nodes + third + web() + service, filter("*", "edge", "31000", "10.0.0.0/8"))
                     .internet("shop/web", Via::NodePort),
            No);
        QCOMPARE(
            Net(Nodes + web() + service, filter("*", "input", "", "")).internet("shop/web", Via::NodePort),
            Yes);
    }

    void anUdpServiceIsAskedForUdp()
    {
        const std::string service
            = "---\napiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec: {type: "
              "LoadBalancer, selector: {app: web}, ports: [{port: 53, protocol: UDP}]}\nstatus: "
              "{loadBalancer: {ingress: [{ip: 104.21.63.124}]}}\n";
        QCOMPARE(
            Net(Nodes + web() + service
                + policy("shop", "p", "podSelector: {}, ingress: [{ports: [{port: 53, protocol: UDP}]}]"))
                .internet("shop/web", Via::LoadBalancer),
            Yes);
        QCOMPARE(Net(Nodes + web() + service
                     + policy("shop", "p", "podSelector: {}, ingress: [{ports: [{port: 53}]}]"))
                     .internet("shop/web", Via::LoadBalancer),
            No);
    }

    // ---- through a controller

    void anIngressComesFromItsControllersPods()
    {
        const std::string cluster = Nodes + web() + Controller + Route;
        QCOMPARE(Net(cluster).internet("shop/web", Via::Ingress), Yes);
        QCOMPARE(
            Net(cluster + policy("shop", "deny", "podSelector: {}")).internet("shop/web", Via::Ingress), No);
        QCOMPARE(
            Net(cluster
                + only("{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ingress-nginx}}}"))
                .internet("shop/web", Via::Ingress),
            Yes);
        QCOMPARE(
            Net(cluster + only("{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: other}}}"))
                .internet("shop/web", Via::Ingress),
            No);
        QCOMPARE(Net(cluster + only("{ipBlock: {cidr: 8.0.0.0/8}}")).internet("shop/web", Via::Ingress), No);
        // The controller's own egress, and the way to the controller.
        QCOMPARE(Net(cluster + policy("ingress-nginx", "out", "podSelector: {}, policyTypes: [Egress]"))
                     .internet("shop/web", Via::Ingress),
            No);
        QCOMPARE(Net(cluster + policy("ingress-nginx", "in", "podSelector: {}"))
                     .internet("shop/web", Via::Ingress),
            No);
        QCOMPARE(Net(cluster, filter("n2", "edge", "80", "")).internet("shop/web", Via::Ingress), No);
        const Net net(cluster + policy("shop", "deny", "podSelector: {}"));
        const QString why = text(net.reach.explain(net.opening("shop/web", Via::Ingress)).text());
        const Net shut(cluster + policy("ingress-nginx", "in", "podSelector: {}"));
        const QString shutWhy = text(shut.reach.explain(shut.opening("shop/web", Via::Ingress)).text());
        QVERIFY2(shutWhy.contains(
                     QLatin1String("NetworkPolicy ingress-nginx/in isolates ingress-nginx/controller")),
            qPrintable(shutWhy));
        QVERIFY2(why.contains(QLatin1String("ingress-nginx/controller answers for it"))
                && why.contains(QLatin1String("NetworkPolicy shop/deny isolates shop/web")),
            qPrintable(why));
    }

    void withoutAControllerAnIsolatedTargetIsUnknown()
    {
        const std::string cluster = Nodes + web() + Route;
        QCOMPARE(Net(cluster).internet("shop/web", Via::Ingress), Yes);
        QCOMPARE(Net(cluster + only("{podSelector: {}}")).internet("shop/web", Via::Ingress), Maybe);
        QCOMPARE(Net(cluster + policy("shop", "p", "podSelector: {}, ingress: [{ports: [{port: 8080}]}]"))
                     .internet("shop/web", Via::Ingress),
            Yes);
    }

    void unreadPoliciesMakeUnknown()
    {
        const std::string cluster = node("n2", "ExternalIP", "104.21.63.124") + web() + loadBalancer();
        QCOMPARE(Net(cluster).internet("shop/web", Via::LoadBalancer), Maybe);
        QCOMPARE(Net(cluster, {}, inventory::Scope::Manifests).internet("shop/web", Via::LoadBalancer), Yes);
    }

    // ---- plugins

    void aPluginThatEnforcesNothingVoidsPolicies()
    {
        const std::string cluster = Nodes + web() + running("shop", "far", "10.244.1.2")
            + policy("shop", "deny", "podSelector: {}, policyTypes: [Ingress, Egress]");
        QCOMPARE(Net(cluster).ask("shop/far", "shop/web"), No);
        const Net stated(cluster, "network: {plugin: flannel, enforcesPolicy: false}\n");
        QCOMPARE(stated.ask("shop/far", "shop/web"), Yes);
        QCOMPARE(stated.reach.plugin().enforces, No);
        QCOMPARE(text(stated.reach.plugin().why), QStringLiteral("network fact (port scan)"));
        QVERIFY(stated.why("shop/far", "shop/web")
                    .contains(QLatin1String("flannel does not enforce NetworkPolicies")));
    }

    void pluginsAreKnownByTheirDaemonSets_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("container");
        QTest::addColumn<QString>("plugin");
        QTest::addColumn<int>("enforces");
        const auto row = [](const char* title, const char* name, const char* container, const char* plugin,
                             Verdict enforces) {
            QTest::newRow(title) << QString::fromUtf8(name) << QString::fromUtf8(container)
                                 << QString::fromUtf8(plugin) << static_cast<int>(enforces);
        };
        row("flannel", "kube-flannel-ds", "image: docker.io/flannel/flannel:v0.25", "flannel", No);
        row("calico", "calico-node", "image: docker.io/calico/node:v3.28", "calico", Yes);
        row("cilium by image", "cni", "image: \"quay.io/cilium/cilium:v1.16@sha256:abc\"", "cilium", Yes);
        row("aws alone", "aws-node", "image: x.dkr.ecr.us-west-2.amazonaws.com/amazon-k8s-cni:v1.12",
            "aws-vpc-cni", No);
        row("aws told to", "aws-node",
            "image: x.amazonaws.com/amazon/aws-network-policy-agent:v1.1, args: "
            "[--enable-network-policy=true]",
            "aws-vpc-cni", Yes);
        row("aws told not to", "aws-node",
            "image: x.amazonaws.com/amazon/aws-network-policy-agent:v1.1, args: "
            "[--enable-network-policy=false]",
            "aws-vpc-cni", No);
        row("kindnet", "kindnet", "image: docker.io/kindest/kindnetd:v20250214-acbabc1a", "kindnet", Yes);
        row("old kindnet", "kindnet", "image: docker.io/kindest/kindnetd:v20230511-dc714da8", "kindnet", No);
        row("nothing", "log-agent", "image: fluent-bit", "", Maybe);
    }
    void pluginsAreKnownByTheirDaemonSets()
    {
        QFETCH(QString, name);
        QFETCH(QString, container);
        QFETCH(QString, plugin);
        QFETCH(int, enforces);
        const std::string daemon
            = "---\napiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: " + name.toStdString()
            + ", namespace: kube-system}\nspec: {template: {spec: {hostNetwork: true, containers: [{name: c, "
            + container.toStdString() + "}]}}}\n";
        const Net net(Nodes + daemon);
        QCOMPARE(text(net.reach.plugin().name), plugin);
        QCOMPARE(static_cast<int>(net.reach.plugin().enforces), enforces);
        // What enforces wins over what does not.
        const std::string calico = "---\napiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: calico-node, "
                                   "namespace: kube-system}\nspec: {template: {spec: {hostNetwork: true, "
                                   "containers: [{name: c, image: calico/node:v3}]}}}\n";
        QCOMPARE(
            Net(Nodes + daemon + (plugin == QLatin1String("calico") ? "" : calico)).reach.plugin().enforces,
            Yes);
    }
};
GLACIS_TEST(ReachabilityInternetTest)
#include "reachability_internet_test.moc"
