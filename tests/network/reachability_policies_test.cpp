// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// NetworkPolicy as the Kubernetes documentation defines it, recipe by recipe.
#include "reachability_fixture.h"

using namespace glacis;
using namespace glacis::network;
using namespace glacis::test;

namespace {
constexpr Verdict Yes = Verdict::Allowed;
constexpr Verdict No = Verdict::Denied;
constexpr Verdict Maybe = Verdict::Unknown;
const std::string DenyAll = policy("shop", "deny", "podSelector: {}");
}

Q_DECLARE_METATYPE(glacis::network::Verdict)

class ReachabilityPoliciesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void withoutPoliciesEverybodyReachesEverybody()
    {
        const Net net(smallCluster());
        QCOMPARE(net.ask("shop/web", "shop/db", 5432), Yes);
        QCOMPARE(net.ask("ops/tool", "shop/db", 1), Yes);
        QCOMPARE(net.reach.link(0, 0).ports.all, true);
        // One class for pods, one for the host's network and the nodes' roots, and as few targets.
        QCOMPARE(net.reach.sources().size(), std::size_t(2));
        QCOMPARE(net.reach.targets().size(), std::size_t(2));
        QCOMPARE(text(net.reach.sources()[net.reach.sourceOf(net.owner("shop/web"))].name),
            QStringLiteral("pods"));
        QCOMPARE(
            text(net.reach.sources()[net.reach.sourceOfNode(net.node("n2"))].name), QStringLiteral("nodes"));
        QCOMPARE(net.reach.sourceOfNode(net.node("n1")), net.reach.sourceOf(net.owner("ops/agent")));
    }

    void denyAllIngressIsolatesTheNamespaceOnly()
    {
        const Net net(smallCluster() + DenyAll);
        QCOMPARE(net.ask("shop/web", "shop/db"), No);
        QCOMPARE(net.ask("ops/tool", "shop/db"), No);
        QCOMPARE(net.ask("shop/web", "ops/tool"), Yes); // egress is free
        QVERIFY(net.reach.targets()[net.reach.targetOf(net.owner("shop/db"))].isolated);
        QVERIFY(!net.reach.sources()[net.reach.sourceOf(net.owner("shop/db"))].isolated);
    }

    void allowAllOverridesDenyAll()
    {
        const Net net(smallCluster() + DenyAll + policy("shop", "all", "podSelector: {}, ingress: [{}]"));
        QCOMPARE(net.ask("ops/tool", "shop/db", 5432), Yes);
    }

    void emptyListOfPeersMeansEveryone()
    {
        const Net net(smallCluster()
            + policy("shop", "p", "podSelector: {}, ingress: [{from: [], ports: [{port: 80}]}]"));
        QCOMPARE(net.ask("ops/tool", "shop/db", 80), Yes);
        QCOMPARE(net.ask("ops/tool", "shop/db", 81), No);
        QCOMPARE(net.ask("ops/tool", "shop/db", 80, "UDP"), No); // TCP where no protocol is given
    }

    void podSelectorStaysInTheNamespaceOfThePolicy()
    {
        const Net net(smallCluster()
            + policy("shop", "p",
                "podSelector: {matchLabels: {app: db}}, ingress: [{from: [{podSelector: {matchLabels: {app: "
                "web}}}]}]"));
        QCOMPARE(net.ask("shop/web", "shop/db"), Yes);
        QCOMPARE(net.ask("shop/probe", "shop/db"), No);
        QCOMPARE(net.ask("ops/web", "shop/db"), No);
        QCOMPARE(net.ask("shop/probe", "shop/web"), Yes); // not selected
    }

    void namespaceSelectorMeansAllItsPods()
    {
        const Net net(smallCluster()
            + policy("shop", "p",
                "podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {team: ops}}}]}]"));
        QCOMPARE(net.ask("ops/tool", "shop/db"), Yes);
        QCOMPARE(net.ask("ops/web", "shop/db"), Yes);
        QCOMPARE(net.ask("shop/web", "shop/db"), No);
    }

    void bothSelectorsInOnePeerAreAnd()
    {
        const Net net(smallCluster()
            + policy("shop", "p",
                "podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {team: ops}}, "
                "podSelector: {matchLabels: {app: web}}}]}]"));
        QCOMPARE(net.ask("ops/web", "shop/db"), Yes);
        QCOMPARE(net.ask("ops/tool", "shop/db"), No);
        QCOMPARE(net.ask("shop/web", "shop/db"), No);
    }

    void selectorsInTwoPeersAreOr()
    {
        const Net net(smallCluster()
            + policy("shop", "p",
                "podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {team: ops}}}, "
                "{podSelector: {matchLabels: {app: web}}}]}]"));
        QCOMPARE(net.ask("ops/tool", "shop/db"), Yes);
        QCOMPARE(net.ask("shop/web", "shop/db"), Yes);
        QCOMPARE(net.ask("shop/probe", "shop/db"), No);
    }

    void emptyNamespaceSelectorMeansEveryPodButNoAddress()
    {
        const Net net(smallCluster()
            + policy("shop", "p", "podSelector: {}, ingress: [{from: [{namespaceSelector: {}}]}]"));
        QCOMPARE(net.ask("ops/tool", "shop/db"), Yes);
        QCOMPARE(net.ask("ops/agent", "shop/db"), No); // n1's address, db is on n2
    }

    void everyNamespaceHasItsNameAsLabel()
    {
        // No Namespace object for "bare" is in the source.
        const std::string bare = running("bare", "x", "10.244.1.9");
        for (const std::string selector :
            { "matchLabels: {kubernetes.io/metadata.name: bare}",
                "matchExpressions: [{key: kubernetes.io/metadata.name, operator: In, values: [bare, other]}]",
                "matchExpressions: [{key: kubernetes.io/metadata.name, operator: NotIn, values: [shop, "
                "ops]}]" }) {
            const Net net(smallCluster() + bare
                + policy("shop", "p",
                    "podSelector: {}, ingress: [{from: [{namespaceSelector: {" + selector + "}}]}]"));
            QCOMPARE(net.ask("bare/x", "shop/db"), Yes);
            QCOMPARE(net.ask("ops/tool", "shop/db"), No);
        }
    }

    void matchExpressionsSelect()
    {
        const Net net(smallCluster()
            + policy("shop", "p",
                "podSelector: {matchExpressions: [{key: app, operator: In, values: [db]}]}, ingress: [{from: "
                "[{podSelector: {matchExpressions: [{key: app, operator: NotIn, values: [probe]}]}}]}]"));
        QCOMPARE(net.ask("shop/web", "shop/db"), Yes);
        QCOMPARE(net.ask("shop/probe", "shop/db"), No);
        QCOMPARE(net.ask("shop/probe", "shop/web"), Yes);
    }

    void egressNeedsBothSides()
    {
        const std::string out = policy("shop", "out",
            "podSelector: {matchLabels: {app: web}}, policyTypes: [Egress], egress: [{to: [{podSelector: "
            "{matchLabels: {app: db}}}], ports: [{port: 5432}]}]");
        const Net net(smallCluster() + out);
        QCOMPARE(net.ask("shop/web", "shop/db", 5432), Yes);
        QCOMPARE(net.ask("shop/web", "shop/db", 80), No);
        QCOMPARE(net.ask("shop/web", "shop/probe", 5432), No);
        QCOMPARE(net.ask("shop/probe", "shop/db", 80), Yes);
        QCOMPARE(net.ask("shop/db", "shop/web", 80), Yes); // Egress only: nobody is kept from web
        const Net both(smallCluster() + out
            + policy("shop", "in", "podSelector: {matchLabels: {app: db}}, ingress: []"));
        QCOMPARE(both.ask("shop/web", "shop/db", 5432), No);
    }

    void policyTypesDefault()
    {
        // Without policyTypes: Ingress always, Egress when rules stand there.
        const Net net(smallCluster()
            + policy(
                "shop", "p", "podSelector: {matchLabels: {app: web}}, egress: [{to: [{podSelector: {}}]}]"));
        QCOMPARE(net.ask("shop/web", "shop/db"), Yes);
        QCOMPARE(net.ask("shop/web", "ops/tool"), No);
        QCOMPARE(net.ask("shop/db", "shop/web"), No);
        // Rules of a type that policyTypes leaves out count for nothing.
        const Net only(smallCluster()
            + policy("shop", "p",
                "podSelector: {}, policyTypes: [Egress], ingress: [{from: [{podSelector: {}}]}]"));
        QCOMPARE(only.ask("ops/tool", "shop/db"), Yes);
        QCOMPARE(only.ask("shop/web", "shop/db"), No);
    }

    void dnsOnlyEgress()
    {
        const Net net(smallCluster() + running("kube-system", "dns", "10.244.2.53")
            + policy("shop", "p",
                "podSelector: {}, policyTypes: [Egress], egress: [{to: [{namespaceSelector: {matchLabels: "
                "{kubernetes.io/metadata.name: kube-system}}}], ports: [{port: 53, protocol: UDP}, {port: "
                "53, protocol: TCP}]}]"));
        QCOMPARE(net.ask("shop/web", "kube-system/dns", 53, "UDP"), Yes);
        QCOMPARE(net.ask("shop/web", "kube-system/dns", 53), Yes);
        QCOMPARE(net.ask("shop/web", "kube-system/dns", 443), No);
        QCOMPARE(net.ask("shop/web", "ops/tool", 53, "UDP"), No);
        QCOMPARE(net.askNode("shop/web", "n2", 10250), No);
        const auto link = net.reach.link(
            net.reach.sourceOf(net.owner("shop/web")), net.reach.targetOf(net.owner("kube-system/dns")));
        QCOMPARE(link.ports.ranges.size(), std::size_t(2));
        QCOMPARE(link.ports.ranges[0], (PortSet::Range { "TCP", 53, 53 }));
        QCOMPARE(link.ports.ranges[1], (PortSet::Range { "UDP", 53, 53 }));
        QVERIFY(link.unknown.empty());
    }

    void ipBlockMatchesPodsWithItsExceptions()
    {
        const Net net(smallCluster()
            + policy("shop", "p",
                "podSelector: {matchLabels: {app: db}}, ingress: [{from: [{ipBlock: {cidr: 10.244.0.0/16, "
                "except: [10.244.1.4/32, 10.244.1.5/32]}}]}]"));
        QCOMPARE(net.ask("shop/web", "shop/db"), Yes);
        QCOMPARE(net.ask("shop/probe", "shop/db"), No);
        QCOMPARE(net.ask("ops/tool", "shop/db"), No);
        QCOMPARE(net.ask("ops/web", "shop/db"), Yes);
        const Net out(smallCluster()
            + policy("shop", "p",
                "podSelector: {}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0, except: "
                "[10.244.2.0/24, 10.20.0.11/32]}}]}]"));
        QCOMPARE(out.ask("shop/web", "shop/db"), No);
        QCOMPARE(out.ask("shop/web", "ops/tool"), Yes);
        QCOMPARE(out.askNode("shop/web", "n1", 10250), No);
        QCOMPARE(out.askNode("shop/web", "n2", 10250), Yes);
        QCOMPARE(out.ask("shop/web", "ops/agent"), No); // has its node's address
    }

    void ipv6DoesNotMeanIpv4()
    {
        const Net net(smallCluster() + running("shop", "six", "\"fd00::5\"")
            + policy("shop", "p",
                "podSelector: {matchLabels: {app: db}}, ingress: [{from: [{ipBlock: {cidr: \"::/0\"}}]}]"));
        QCOMPARE(net.ask("shop/six", "shop/db"), Yes);
        QCOMPARE(net.ask("shop/web", "shop/db"), No);
    }

    void rangesOfPorts()
    {
        const Net net(smallCluster()
            + policy("shop", "p",
                "podSelector: {}, ingress: [{ports: [{port: 8000, endPort: 8010}, {protocol: UDP}]}]"));
        QCOMPARE(net.ask("ops/tool", "shop/db", 7999), No);
        QCOMPARE(net.ask("ops/tool", "shop/db", 8000), Yes);
        QCOMPARE(net.ask("ops/tool", "shop/db", 8010), Yes);
        QCOMPARE(net.ask("ops/tool", "shop/db", 8011), No);
        QCOMPARE(net.ask("ops/tool", "shop/db", 1, "UDP"), Yes);
        QCOMPARE(net.ask("ops/tool", "shop/db", 1, "SCTP"), No);
    }

    void namedPortsAreThoseOfTheTarget()
    {
        const std::string other
            = "---\napiVersion: v1\nkind: Pod\nmetadata: {name: alt, namespace: shop, labels: {app: alt}}\n"
              "spec: {containers: [{name: c, image: x, ports: [{name: http, containerPort: 9090}]}]}\n"
              "status: {podIP: 10.244.2.7}\n";
        const Net in(smallCluster() + other
            + policy("shop", "p", "podSelector: {}, ingress: [{ports: [{port: http}]}]"));
        QCOMPARE(in.ask("ops/tool", "shop/db", 8080), Yes);
        QCOMPARE(in.ask("ops/tool", "shop/db", 9090), No);
        QCOMPARE(in.ask("ops/tool", "shop/alt", 9090), Yes);
        QCOMPARE(in.ask("ops/tool", "shop/alt", 8080), No);
        QCOMPARE(in.ask("ops/tool", "shop/db", 8080, "UDP"), No);
        const Net out(smallCluster() + other
            + policy("ops", "p",
                "podSelector: {}, policyTypes: [Egress], egress: [{ports: [{port: http}, {port: dns}, {port: "
                "dns, protocol: UDP}]}]"));
        QCOMPARE(out.ask("ops/tool", "shop/db", 8080), Yes);
        QCOMPARE(out.ask("ops/tool", "shop/alt", 9090), Yes);
        QCOMPARE(out.ask("ops/tool", "shop/alt", 8080), No);
        QCOMPARE(out.ask("ops/tool", "shop/db", 53, "UDP"), Yes);
        QCOMPARE(out.ask("ops/tool", "shop/db", 53), No); // the name is of a UDP port
        QCOMPARE(out.askNode("ops/tool", "n1", 8080), No);
    }

    void hostNetworkPodsAreNodes()
    {
        // No ingress policy selects them, no podSelector means them, no egress policy binds them.
        const Net net(smallCluster()
            + policy("ops", "deny", "podSelector: {}, policyTypes: [Ingress, Egress]")
            + policy("shop", "p",
                "podSelector: {}, ingress: [{from: [{namespaceSelector: {}, podSelector: {matchLabels: {app: "
                "agent}}}]}]"));
        QCOMPARE(net.ask("shop/web", "ops/agent", 2375), Yes);
        QCOMPARE(net.ask("ops/tool", "ops/agent", 2375), No); // tool's own egress
        QCOMPARE(net.ask("ops/agent", "shop/db"), No);
        const Net byAddress(smallCluster()
            + policy("shop", "p", "podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 10.20.0.0/16}}]}]"));
        QCOMPARE(byAddress.ask("ops/agent", "shop/db"), Yes);
        QCOMPARE(byAddress.ask("ops/tool", "shop/db"), No);
        QCOMPARE(byAddress.reach.allows(byAddress.reach.sourceOfNode(byAddress.node("n2")),
                     byAddress.owner("shop/web"), { "TCP", 80 }),
            Yes);
    }

    void nodesReachTheirOwnPods()
    {
        const Net net(smallCluster() + DenyAll);
        QCOMPARE(net.ask("ops/agent", "shop/web"), Yes); // both on n1
        QCOMPARE(net.ask("ops/agent", "shop/db"), No);
        QCOMPARE(net.reach.allows(
                     net.reach.sourceOf(net.owner("ops/agent")), net.owner("shop/web"), { "TCP", 80 }),
            No);
        QCOMPARE(net.reach.onSameNode(net.node("n1")),
            (std::vector { net.owner("shop/web"), net.owner("shop/probe") }));
        QCOMPARE(net.reach.onSameNode(net.node("n2")), (std::vector { net.owner("shop/db") }));
        QVERIFY(
            net.why("ops/agent", "shop/web").contains(QLatin1String("no policy stops what a node sends")));
    }

    void anOwnerCanWhatAnyOfItsPodsCan()
    {
        const std::string set = R"(---
apiVersion: apps/v1
kind: Deployment
metadata: {name: api, namespace: shop, uid: u1}
spec:
  template: {metadata: {labels: {app: api}}, spec: {containers: [{name: c, image: x}]}}
---
apiVersion: v1
kind: Pod
metadata: {name: api-1, namespace: shop, labels: {app: api, track: old}, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: api, uid: u1, controller: true}]}
spec: {containers: [{name: c, image: x}]}
status: {podIP: 10.244.1.21}
---
apiVersion: v1
kind: Pod
metadata: {name: api-2, namespace: shop, labels: {app: api, track: new}, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: api, uid: u1, controller: true}]}
spec: {containers: [{name: c, image: x}]}
status: {podIP: 10.244.1.22}
)";
        const Net net(smallCluster() + set
            + policy("shop", "p",
                "podSelector: {matchLabels: {app: db}}, ingress: [{from: [{podSelector: {matchLabels: "
                "{track: new}}}]}]")
            + policy("shop", "q", "podSelector: {matchLabels: {track: old}}"));
        QCOMPARE(net.ask("shop/api", "shop/db"), Yes);
        QCOMPARE(net.ask("shop/web", "shop/db"), No);
        QCOMPARE(net.ask("shop/web", "shop/api"), Yes); // its new pod takes all
    }

    void templatesCountWhereNoPodRuns()
    {
        const std::string sleeping = R"(---
apiVersion: apps/v1
kind: Deployment
metadata: {name: api, namespace: shop}
spec: {replicas: 0, template: {metadata: {labels: {app: api}}, spec: {containers: [{name: c, image: x}]}}}
---
apiVersion: v1
kind: Node
metadata: {name: n3}
spec: {podCIDRs: [10.244.3.0/24]}
---
apiVersion: v1
kind: Pod
metadata: {name: done, namespace: shop, labels: {app: done}}
spec: {containers: [{name: c, image: x}]}
status: {phase: Succeeded, podIP: 10.244.9.9}
)";
        const Net net(smallCluster() + sleeping
            + policy("shop", "p",
                "podSelector: {matchLabels: {app: db}}, ingress: [{from: [{podSelector: {matchLabels: {app: "
                "api}}}]}]")
            + policy("shop", "q",
                "podSelector: {matchLabels: {app: web}}, ingress: [{from: [{ipBlock: {cidr: "
                "10.244.3.0/24}}]}]")
            + policy("shop", "r",
                "podSelector: {matchLabels: {app: probe}}, ingress: [{from: [{ipBlock: {cidr: "
                "10.244.9.0/24}}]}]"));
        QCOMPARE(net.ask("shop/api", "shop/db"), Yes);
        QCOMPARE(net.ask("shop/api", "shop/web"), Yes); // by the range of a node's pods
        QCOMPARE(net.ask("shop/web", "shop/db"), No);
        QCOMPARE(net.ask("shop/done", "shop/probe"), No); // a finished pod has no address any more
    }

    void aPeerOfNothingMeansNobody()
    {
        const Net net(smallCluster() + policy("shop", "p", "podSelector: {}, ingress: [{from: [{}]}]"));
        QCOMPARE(net.ask("shop/web", "shop/db"), No);
    }

    void openTargetsAreThoseWhoseLinkIsNotDenied()
    {
        const Net net(smallCluster() + DenyAll
            + policy("shop", "p",
                "podSelector: {matchLabels: {app: db}}, ingress: [{from: [{podSelector: {matchLabels: {app: "
                "web}}}]}]"));
        for (const PodClass& from : net.reach.sources()) {
            const auto open = net.reach.openTargets(from.index);
            for (const PodClass& to : net.reach.targets()) {
                const bool listed = std::find(open.begin(), open.end(), to.index) != open.end();
                QCOMPARE(listed, net.reach.link(from.index, to.index).verdict != No);
            }
        }
    }

    void namesAreUniqueAndReadable()
    {
        const Net net(smallCluster() + DenyAll
            + policy("shop", "p",
                "podSelector: {matchLabels: {app: db}}, ingress: [{from: [{podSelector: {matchLabels: {app: "
                "web}}}]}]"));
        QStringList names;
        for (const PodClass& from : net.reach.sources())
            names += text(from.name);
        QVERIFY2(names.contains(QStringLiteral("shop app=web")), qPrintable(names.join(QLatin1Char(','))));
        QVERIFY(names.contains(QStringLiteral("nodes")));
        QCOMPARE(QSet<QString>(names.begin(), names.end()).size(), names.size());
    }

    void otherPoliciesMakeUnknown()
    {
        const std::string cilium
            = "---\napiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: c, namespace: "
              "shop}\n"
              "spec: {endpointSelector: {matchLabels: {app: db}}, ingress: [{fromEndpoints: [{}]}]}\n";
        const Net net(smallCluster() + cilium);
        QCOMPARE(net.ask("shop/web", "shop/db"), Maybe);
        QCOMPARE(net.ask("shop/db", "shop/web"), Yes); // ingress only, web is not selected
        QCOMPARE(net.ask("shop/web", "shop/probe"), Yes);
        const auto link = net.reach.link(
            net.reach.sourceOf(net.owner("shop/web")), net.reach.targetOf(net.owner("shop/db")));
        QVERIFY(link.ports.empty());
        QVERIFY(link.unknown.all);
        // It may widen what a Kubernetes policy denies.
        QCOMPARE(Net(smallCluster() + cilium + DenyAll).ask("shop/web", "shop/db"), Maybe);
        QVERIFY(net.why("shop/web", "shop/db")
                    .contains(QLatin1String("CiliumNetworkPolicy shop/c may select shop/db")));
        const Net calico(smallCluster()
            + "---\napiVersion: projectcalico.org/v3\nkind: GlobalNetworkPolicy\nmetadata: {name: g}\nspec: "
              "{selector: \"app == 'x'\", types: [Egress]}\n");
        QCOMPARE(calico.ask("shop/web", "ops/tool"), Maybe);
        QCOMPARE(calico.ask("ops/agent", "ops/tool"), Yes); // its node's traffic
        QCOMPARE(calico.ask("shop/web", "ops/agent"), Maybe);
        // The other side denies, whatever the policy says.
        QCOMPARE(Net(smallCluster()
                     + "---\napiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata: {name: g, "
                       "namespace: ops}\nspec: {selector: \"app == 'x'\", types: [Egress]}\n"
                     + DenyAll)
                     .ask("ops/tool", "shop/db"),
            No);
    }

    void unreadPoliciesMakeUnknownInAClusterOnly()
    {
        const std::string pods = node("n1", "InternalIP", "10.20.0.11") + running("shop", "web", "10.244.1.2")
            + running("shop", "db", "10.244.1.3");
        QCOMPARE(Net(pods).ask("shop/web", "shop/db"), Maybe);
        QCOMPARE(Net(pods, {}, inventory::Scope::Manifests).ask("shop/web", "shop/db"), Yes);
        const std::string emptyList
            = "---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicyList\nitems: []\n";
        QCOMPARE(Net(pods + emptyList).ask("shop/web", "shop/db"), Yes);
        // Nothing to be read where the plugin enforces nothing.
        QCOMPARE(
            Net(pods, "network: {plugin: flannel, enforcesPolicy: false}\n").ask("shop/web", "shop/db"), Yes);
        QVERIFY(Net(pods)
                    .why("shop/web", "shop/db")
                    .contains(QLatin1String("NetworkPolicies could not be read")));
    }

    void damagedPoliciesMakeUnknown()
    {
        // What stands in its rules nobody knows: neither an absence nor a refusal.
        const auto inventory = inventory::importText(
            smallCluster() + policy("shop", "p", "podSelector: {matchLabels: {app: db}}, ingress: hello"),
            "t.yaml", {});
        QVERIFY(inventory);
        const Exposure exposure(**inventory);
        const Reachability reach(**inventory, exposure);
        bool unknown = false;
        for (const PodClass& to : reach.targets())
            unknown = unknown || reach.link(0, to.index).verdict == Maybe;
        QVERIFY(unknown);
    }

    void aStoppedOneCanBeAskedAndMoved()
    {
        const Net net(smallCluster());
        StopSource stop;
        stop.requestStop();
        Reachability stopped(*net.inventory, net.exposure, stop.token());
        const Reachability moved = std::move(stopped);
        QCOMPARE(moved.allows(moved.sourceOf(0), 0, { "TCP", 80 }), No);
        QVERIFY(moved.memory() > 0);
    }

    void explanationsNameThePolicyAndItsRule()
    {
        const Net net(smallCluster()
            + policy("shop", "db-from-web",
                "podSelector: {matchLabels: {app: db}}, ingress: [{ports: [{port: 1}]}, {from: "
                "[{podSelector: {matchLabels: {app: web}}}], ports: [{port: 5432}]}]"));
        const auto why = net.reach.explain(net.owner("shop/web"), net.owner("shop/db"), { "TCP", 5432 });
        QCOMPARE(why.verdict, Yes);
        QCOMPARE(text(why.causes.back().path), QStringLiteral("spec.ingress[1]"));
        QCOMPARE(text(net.inventory->label(why.causes.back().object)),
            QStringLiteral("NetworkPolicy shop/db-from-web"));
        QCOMPARE(text(why.text()),
            QStringLiteral("Allowed: no policy selects shop/web for egress; NetworkPolicy shop/db-from-web "
                           "lets app=web in on TCP 5432."));
        QCOMPARE(net.why("shop/probe", "shop/db", 5432),
            QStringLiteral("Denied: NetworkPolicy shop/db-from-web isolates shop/db for ingress and no rule "
                           "of it lets this in on TCP 5432."));
        QCOMPARE(net.why("shop/db", "shop/web"),
            QStringLiteral(
                "Allowed: no policy selects shop/db for egress; no policy selects shop/web for ingress."));
    }
};

GLACIS_TEST(ReachabilityPoliciesTest)
#include "reachability_policies_test.moc"
