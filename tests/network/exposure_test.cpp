// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "from_yaml.h"

#include <network/exposure.h>

#include <ctime>

using namespace glacis;
using namespace glacis::network;
using namespace glacis::test;
using inventory::Scope;

Q_DECLARE_METATYPE(glacis::network::Reach)

namespace {
constexpr const char* PublicStatus = "status: {loadBalancer: {ingress: [{ip: 104.21.63.124}]}}\n";

/// "NAME via reach address:port→target host" of every opening, for comparing.
QString lines(const inventory::Inventory& inventory, const Exposure& exposure)
{
    static constexpr const char* Names[] = { "public", "restricted", "private", "unknown" };
    QStringList out;
    for (const Opening& o : exposure.openings()) {
        const auto& object = inventory.object(inventory.workloads[inventory.owners[o.owner].workload].id);
        std::string line = object.name.str() + " " + std::string(name(o.via)) + " "
            + Names[static_cast<int>(o.reach)] + " " + o.address + ":" + std::to_string(o.port) + ">"
            + std::to_string(o.targetPort);
        if (!o.host.empty())
            line += " " + o.host;
        out += text(line);
    }
    return out.join(QLatin1Char('\n'));
}
QString openings(const std::string& yaml, const std::string& facts = {})
{
    const auto inventory = fromYaml(yaml, facts);
    return lines(*inventory, Exposure(*inventory));
}
QString ascii(const char* expected) { return QString::fromUtf8(expected); }

const std::string IngressWeb = R"(---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web, namespace: shop}
spec:
  ingressClassName: nginx
  rules:
  - host: Vote.com
    http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {name: web}}}}]}
)";
}

class ExposureTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void serviceSelectsByLabelsNotByDeclaredPorts()
    {
        QCOMPARE(
            openings(pod("web") + pod("other") + service("web", "  type: LoadBalancer\n") + PublicStatus),
            ascii("web LoadBalancer public 104.21.63.124:80>8080"));
    }

    void selectorStaysInItsNamespaceAndNeedsEveryLabel()
    {
        QCOMPARE(openings(pod("web", {}, "other") + service("web", "  type: LoadBalancer\n") + PublicStatus),
            QString());
        // "half" carries one of the two labels, so that the selector has somebody to leave out.
        const std::string half = "---\napiVersion: v1\nkind: Pod\nmetadata: {name: half, namespace: shop, "
                                 "labels: {tier: front}}\n"
                                 "spec: {containers: [{name: app, image: x}]}\n";
        const std::string twoLabels
            = "---\napiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec:\n"
              "  type: LoadBalancer\n  selector: {app: web, tier: front}\n  ports: [{port: 80}]\n";
        QCOMPARE(openings(pod("web") + half + twoLabels + PublicStatus), QString());
    }

    void podsOfADeploymentCountForIt()
    {
        const std::string deployment = R"(---
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop-web, namespace: shop, uid: d1}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: app, image: x, ports: [{name: http, containerPort: 9000}]}]}
---
apiVersion: apps/v1
kind: ReplicaSet
metadata: {name: shop-web-1, namespace: shop, uid: r1, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: shop-web, uid: d1, controller: true}]}
spec:
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: app, image: x, ports: [{name: http, containerPort: 9000}]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: shop-web-1-a, namespace: shop, labels: {app: web, extra: added}, ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: shop-web-1, uid: r1, controller: true}]}
spec: {containers: [{name: app, image: x, ports: [{name: http, containerPort: 9000}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {type: LoadBalancer, selector: {extra: added}, ports: [{port: 443, targetPort: http}]}
)";
        QCOMPARE(openings(deployment + PublicStatus),
            ascii("shop-web LoadBalancer public 104.21.63.124:443>9000"));
    }

    void serviceWithoutSelectorUsesItsEndpoints()
    {
        const std::string manual
            = "---\napiVersion: v1\nkind: Service\nmetadata: {name: manual, namespace: shop}\nspec:\n"
              "  type: LoadBalancer\n  ports: [{port: 80}]\n";
        const std::string byTarget = R"(---
apiVersion: v1
kind: Endpoints
metadata: {name: manual, namespace: shop}
subsets: [{addresses: [{ip: 10.1.1.1, targetRef: {kind: Pod, name: web, namespace: shop}}], ports: [{port: 80}]}]
)";
        QCOMPARE(openings(pod("web") + manual + PublicStatus + byTarget),
            ascii("web LoadBalancer public 104.21.63.124:80>80"));
        const std::string byAddress = R"(---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: manual-1, namespace: shop, labels: {kubernetes.io/service-name: manual}}
addressType: IPv4
endpoints: [{addresses: [10.1.1.7]}]
ports: [{port: 80}]
)";
        QCOMPARE(openings(pod("web", "status: {podIP: 10.1.1.7}\n") + manual + PublicStatus + byAddress),
            ascii("web LoadBalancer public 104.21.63.124:80>80"));
    }

    void externalNameHasNoBackends()
    {
        const std::string external = service("web", "  type: ExternalName\n  externalName: db.example.com\n");
        QCOMPARE(openings(pod("web") + external + IngressWeb), QString());
    }

    void loadBalancerReach_data()
    {
        QTest::addColumn<QString>("annotation");
        QTest::addColumn<QString>("spec");
        QTest::addColumn<QString>("status");
        QTest::addColumn<Reach>("reach");
        const auto row = [](const char* name, const char* annotation, const char* spec, const char* status,
                             Reach reach) {
            QTest::newRow(name) << ascii(annotation) << ascii(spec) << ascii(status) << reach;
        };
        const char* host = "hostname: shop-1.elb.eu-west-1.amazonaws.com";
        row("public ip", "", "", "ip: 104.21.63.124", Reach::Public);
        row("private ip", "", "", "ip: 10.0.0.5", Reach::Private);
        row("host name", "", "", host, Reach::Public);
        row("internal name of aws", "", "", "hostname: internal-shop-1.eu-west-1.elb.amazonaws.com",
            Reach::Private);
        row("localhost of docker desktop", "", "", "hostname: localhost", Reach::Private);
        row("no status", "", "", "", Reach::Unknown);
        row("aws internal", "service.beta.kubernetes.io/aws-load-balancer-internal: '0.0.0.0/0'", "", "",
            Reach::Private);
        row("aws internal off", "service.beta.kubernetes.io/aws-load-balancer-internal: 'false'", "", host,
            Reach::Public);
        row("aws scheme", "service.beta.kubernetes.io/aws-load-balancer-scheme: internal", "", host,
            Reach::Private);
        row("aws controller's default", "", "  loadBalancerClass: service.k8s.aws/nlb\n", host,
            Reach::Private);
        row("aws controller, internet-facing",
            "service.beta.kubernetes.io/aws-load-balancer-scheme: internet-facing",
            "  loadBalancerClass: service.k8s.aws/nlb\n", host, Reach::Public);
        row("gke", "networking.gke.io/load-balancer-type: Internal", "", "", Reach::Private);
        row("gke, old", "cloud.google.com/load-balancer-type: internal", "", "", Reach::Private);
        row("azure", "service.beta.kubernetes.io/azure-load-balancer-internal: 'true'", "", "",
            Reach::Private);
        row("alibaba", "service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type: intranet", "", "",
            Reach::Private);
        row("openstack", "service.beta.kubernetes.io/openstack-internal-load-balancer: 'true'", "", "",
            Reach::Private);
        row("oracle", "service.beta.kubernetes.io/oci-load-balancer-internal: 'true'", "", "",
            Reach::Private);
        row("tailscale", "", "  loadBalancerClass: tailscale\n", "hostname: web.tail1234.ts.net",
            Reach::Private);
        row("tailscale funnel", "tailscale.com/funnel: 'true'", "  loadBalancerClass: tailscale\n",
            "hostname: web.tail1234.ts.net", Reach::Public);
        row("internal annotation beside a public ip", "networking.gke.io/load-balancer-type: Internal", "",
            "ip: 104.21.63.124", Reach::Public);
        row("source ranges", "", "  loadBalancerSourceRanges: [192.0.2.0/24]\n", "ip: 104.21.63.124",
            Reach::Restricted);
        row("source ranges of all", "", "  loadBalancerSourceRanges: [192.0.2.0/24, 0.0.0.0/0]\n",
            "ip: 104.21.63.124", Reach::Public);
        row("source ranges in halves", "", "  loadBalancerSourceRanges: [0.0.0.0/1, 128.0.0.0/1]\n",
            "ip: 104.21.63.124", Reach::Public);
        row("source ranges before a status", "", "  loadBalancerSourceRanges: [192.0.2.0/24]\n", "",
            Reach::Restricted);
        row("source ranges by annotation",
            "service.beta.kubernetes.io/load-balancer-source-ranges: '192.0.2.0/24, 198.51.100.0/24'", "",
            "ip: 104.21.63.124", Reach::Restricted);
        row("whole Internet by annotation",
            "service.beta.kubernetes.io/load-balancer-source-ranges: '192.0.2.0/24,0.0.0.0/0'", "",
            "ip: 104.21.63.124", Reach::Public);
        row("field wins over annotation",
            "service.beta.kubernetes.io/load-balancer-source-ranges: '192.0.2.0/24'",
            "  loadBalancerSourceRanges: [0.0.0.0/0]\n", "ip: 104.21.63.124", Reach::Public);
    }
    void loadBalancerReach()
    {
        QFETCH(QString, annotation);
        QFETCH(QString, spec);
        QFETCH(QString, status);
        QFETCH(Reach, reach);
        const std::string metadata
            = annotation.isEmpty() ? "" : ", annotations: {" + annotation.toStdString() + "}";
        std::string yaml
            = pod("web") + service("web", "  type: LoadBalancer\n" + spec.toStdString(), metadata);
        if (!status.isEmpty())
            yaml += "status: {loadBalancer: {ingress: [{" + status.toStdString() + "}]}}\n";
        const auto inventory = fromYaml(yaml);
        const Exposure exposure(*inventory);
        QCOMPARE(exposure.openings().size(), std::size_t(1));
        QCOMPARE(static_cast<int>(exposure.openings()[0].reach), static_cast<int>(reach));
        QCOMPARE(exposure.isExposed(0), reach == Reach::Public || reach == Reach::Unknown);
    }

    void dnsTellsWhereAHostNameLeads()
    {
        const std::string yaml = pod("web") + service("web", "  type: LoadBalancer\n")
            + "status: {loadBalancer: {ingress: [{hostname: lb.example.com}]}}\n";
        QVERIFY(openings(yaml, "dns: [{name: lb.example.com, addresses: [10.1.2.3]}]\n")
                    .contains(ascii("private")));
        QVERIFY(openings(yaml, "dns: [{name: LB.example.com., addresses: [10.1.2.3, 104.21.63.124]}]\n")
                    .contains(ascii("public")));
    }

    void nodePortIsPublicWhereSomeNodeIs()
    {
        const std::string yaml = pod("web")
            + "---\napiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec:\n  type: "
              "NodePort\n"
              "  selector: {app: web}\n  ports: [{port: 80, targetPort: 8080, nodePort: 30080}]\n";
        QCOMPARE(openings(yaml), ascii("web NodePort unknown :30080>8080"));
        QCOMPARE(
            openings(yaml + node("a", "InternalIP", "10.0.0.1")), ascii("web NodePort private :30080>8080"));
        QCOMPARE(
            openings(yaml + node("a", "InternalIP", "10.0.0.1") + node("b", "ExternalIP", "104.21.63.124")),
            ascii("web NodePort public 104.21.63.124:30080>8080"));
        QCOMPARE(openings(yaml + node("b", "InternalIP", "104.21.63.124")),
            ascii("web NodePort public 104.21.63.124:30080>8080"));
        QCOMPARE(
            openings(yaml + node("b", "ExternalIP", "10.9.9.9")), ascii("web NodePort private :30080>8080"));
    }

    void nodePortsOfAnInternalLoadBalancerStayOpen()
    {
        const std::string yaml = pod("web")
            + "---\napiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop, annotations: "
              "{networking.gke.io/load-balancer-type: Internal}}\nspec:\n  type: LoadBalancer\n  selector: "
              "{app: web}\n"
              "  ports: [{port: 80, nodePort: 30080}]\n"
            + node("b", "ExternalIP", "104.21.63.124");
        QCOMPARE(openings(yaml),
            ascii("web LoadBalancer private :80>80\nweb NodePort public 104.21.63.124:30080>80"));
    }

    void hostPortFollowsTheNodeOfThePod()
    {
        const std::string more = "  nodeName: a\n";
        const auto yaml = [&](const std::string& nodeName) {
            return "---\napiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop}\nspec:\n  "
                   "nodeName: "
                + nodeName
                + "\n  containers: [{name: app, image: x, ports: [{containerPort: 8080, hostPort: 80}]}]\n"
                + node("a", "InternalIP", "10.0.0.1") + node("b", "ExternalIP", "104.21.63.124");
        };
        QCOMPARE(openings(yaml("a")), ascii("web hostPort private 10.0.0.1:80>8080"));
        QCOMPARE(openings(yaml("b")), ascii("web hostPort public 104.21.63.124:80>8080"));
        QCOMPARE(openings(yaml("gone")), ascii("web hostPort public 104.21.63.124:80>8080"));
    }

    void hostPortOnLoopbackIsPrivate()
    {
        QCOMPARE(openings("---\napiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers: "
                          "[{name: app, image: x, "
                          "ports: [{containerPort: 8080, hostPort: 80, hostIP: 127.0.0.1}]}]\n"
                     + node("b", "ExternalIP", "104.21.63.124")),
            ascii("web hostPort private 127.0.0.1:80>8080"));
    }

    void hostNetworkOpensWhatIsDeclared()
    {
        const std::string head
            = "---\napiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  hostNetwork: true\n";
        const std::string publicNode = node("b", "ExternalIP", "104.21.63.124");
        QCOMPARE(openings(head + "  containers: [{name: app, image: x, ports: [{containerPort: 8080}]}]\n"
                     + publicNode),
            ascii("web host network public 104.21.63.124:8080>8080"));
        const auto inventory = fromYaml(head + "  containers: [{name: app, image: x}]\n" + publicNode);
        const Exposure exposure(*inventory);
        QCOMPARE(lines(*inventory, exposure), ascii("web host network unknown 104.21.63.124:0>0"));
        QVERIFY(!exposure.isExposed(0));
    }

    void externalIpsOpenByAddress()
    {
        QCOMPARE(openings(pod("web") + service("web", "  externalIPs: [10.0.0.9, 104.21.63.124]\n")),
            ascii("web externalIPs private 10.0.0.9:80>8080\nweb externalIPs public 104.21.63.124:80>8080"));
    }

    void ingressFollowsServicePortByNameOrNumber()
    {
        const std::string base = pod("web") + service("web", "");
        const std::string status = "status: {loadBalancer: {ingress: [{ip: 104.21.63.124}]}}\n";
        QCOMPARE(
            openings(base + IngressWeb + status), ascii("web Ingress public 104.21.63.124:80>8080 vote.com"));
        std::string number = IngressWeb;
        number.replace(number.find("{name: web}}}}"), 14, "{number: 80}}}}");
        QCOMPARE(
            openings(base + number + status), ascii("web Ingress public 104.21.63.124:80>8080 vote.com"));
        std::string wrong = IngressWeb;
        wrong.replace(wrong.find("{name: web}}}}"), 14, "{number: 81}}}}");
        QCOMPARE(openings(base + wrong + status), QString());
    }

    void ingressWithTlsOpens443()
    {
        QCOMPARE(openings(pod("web") + service("web", "") + IngressWeb + "  tls: [{hosts: [vote.com]}]\n"),
            ascii("web Ingress unknown :443>8080 vote.com"));
    }

    void ingressOldBackendAndDefaultBackendCount()
    {
        const std::string old = R"(---
apiVersion: extensions/v1beta1
kind: Ingress
metadata: {name: web, namespace: shop}
spec: {backend: {serviceName: web, servicePort: 80}}
)";
        QCOMPARE(openings(pod("web") + service("web", "") + old), ascii("web Ingress unknown :80>8080"));
    }

    void ingressWithoutStatusStandsWhereItsControllerDoes()
    {
        const std::string controller = R"(---
apiVersion: v1
kind: Pod
metadata: {name: controller, namespace: ingress-nginx, labels: {app: ingress}}
spec: {containers: [{name: controller, image: "registry.k8s.io/ingress-nginx/controller:v1.9.0@sha256:0"}]}
---
apiVersion: v1
kind: Service
metadata: {name: controller, namespace: ingress-nginx}
spec: {type: LoadBalancer, selector: {app: ingress}, ports: [{port: 443}]}
)";
        const QString found
            = openings(pod("web") + service("web", "") + IngressWeb + controller + PublicStatus);
        QVERIFY2(
            found.contains(ascii("web Ingress public 104.21.63.124:80>8080 vote.com")), qPrintable(found));
        std::string other = IngressWeb;
        other.replace(other.find("Name: nginx"), 11, "Name: haproxy");
        const QString none = openings(pod("web") + service("web", "") + other + controller + PublicStatus);
        QVERIFY2(none.contains(ascii("web Ingress unknown :80>8080 vote.com")), qPrintable(none));
    }

    void anIngressLetsInWhomItsLoadBalancerLetsIn()
    {
        const std::string limited = R"(---
apiVersion: v1
kind: Service
metadata: {name: controller, namespace: ingress-nginx}
spec: {type: LoadBalancer, selector: {app: none}, loadBalancerSourceRanges: [192.0.2.0/24], ports: [{port: 443}]}
)";
        QCOMPARE(
            openings(pod("web") + service("web", "") + IngressWeb + PublicStatus + limited + PublicStatus),
            ascii("web Ingress restricted 104.21.63.124:80>8080 vote.com"));
    }

    void ingressReach_data()
    {
        QTest::addColumn<QString>("annotation");
        QTest::addColumn<QString>("status");
        QTest::addColumn<Reach>("reach");
        const auto row = [](const char* name, const char* annotation, const char* status, Reach reach) {
            QTest::newRow(name) << ascii(annotation) << ascii(status) << reach;
        };
        row("alb internal", "alb.ingress.kubernetes.io/scheme: internal", "", Reach::Private);
        row("alb internet-facing", "alb.ingress.kubernetes.io/scheme: internet-facing", "", Reach::Unknown);
        row("allow list", "nginx.ingress.kubernetes.io/whitelist-source-range: 192.0.2.0/24",
            "ip: 104.21.63.124", Reach::Restricted);
        row("allow list of all", "nginx.ingress.kubernetes.io/whitelist-source-range: '10.0.0.0/8,0.0.0.0/0'",
            "ip: 104.21.63.124", Reach::Public);
        row("app gateway", "appgw.ingress.kubernetes.io/use-private-ip: 'true'", "", Reach::Private);
        row("private status", "", "ip: 10.3.3.3", Reach::Private);
    }
    void ingressReach()
    {
        QFETCH(QString, annotation);
        QFETCH(QString, status);
        QFETCH(Reach, reach);
        std::string yaml = IngressWeb;
        if (!annotation.isEmpty())
            yaml.replace(yaml.find("namespace: shop}"), 16,
                "namespace: shop, annotations: {" + annotation.toStdString() + "}}");
        if (!status.isEmpty())
            yaml += "status: {loadBalancer: {ingress: [{" + status.toStdString() + "}]}}\n";
        const auto inventory = fromYaml(pod("web") + service("web", "") + yaml);
        const Exposure exposure(*inventory);
        QCOMPARE(exposure.openings().size(), std::size_t(1));
        QCOMPARE(static_cast<int>(exposure.openings()[0].reach), static_cast<int>(reach));
    }

    void gatewayRoutesAttachByParentReferences_data()
    {
        QTest::addColumn<QString>("gateway");
        QTest::addColumn<QString>("route");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* gateway, const char* route, const char* expected) {
            QTest::newRow(name) << ascii(gateway) << ascii(route) << ascii(expected);
        };
        const char* any = "{name: http, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}";
        row("all namespaces", any, "parentRefs: [{name: gw, namespace: infra}]",
            "web Gateway public 104.21.63.124:80>8080");
        row("same namespace only", "{name: http, port: 80, protocol: HTTP}",
            "parentRefs: [{name: gw, namespace: infra}]", "");
        row("no namespace given", any, "parentRefs: [{name: gw}]", "");
        row("another section", any, "parentRefs: [{name: gw, namespace: infra, sectionName: https}]", "");
        row("another port", any, "parentRefs: [{name: gw, namespace: infra, port: 443}]", "");
        row("a service as parent", any,
            "parentRefs: [{kind: Service, group: '', name: gw, namespace: infra}]", "");
        row("host of the route", any, "parentRefs: [{name: gw, namespace: infra}]\n  hostnames: [vote.com]",
            "web Gateway public 104.21.63.124:80>8080 vote.com");
        row("host within the listener's",
            "{name: http, port: 80, protocol: HTTP, hostname: '*.example.com', allowedRoutes: {namespaces: "
            "{from: All}}}",
            "parentRefs: [{name: gw, namespace: infra}]\n  hostnames: [a.example.com, vote.com]",
            "web Gateway public 104.21.63.124:80>8080 a.example.com");
        row("host outside the listener's",
            "{name: http, port: 80, protocol: HTTP, hostname: result.com, allowedRoutes: {namespaces: {from: "
            "All}}}",
            "parentRefs: [{name: gw, namespace: infra}]\n  hostnames: [vote.com]", "");
        row("protocol that takes no HTTP",
            "{name: tcp, port: 80, protocol: TCP, allowedRoutes: {namespaces: {from: All}}}",
            "parentRefs: [{name: gw, namespace: infra}]", "");
        row("a named port does not exist", any,
            "parentRefs: [{name: gw, namespace: infra}]\n  rules: [{backendRefs: [{name: web, port: 81}]}]",
            "");
        row("backend elsewhere without a grant", any,
            "parentRefs: [{name: gw, namespace: infra}]\n  rules: [{backendRefs: [{name: web, namespace: "
            "infra, port: 80}]}]",
            "");
    }
    void gatewayRoutesAttachByParentReferences()
    {
        QFETCH(QString, gateway);
        QFETCH(QString, route);
        QFETCH(QString, expected);
        std::string spec = route.toStdString();
        if (spec.find("rules:") == std::string::npos)
            spec += "\n  rules: [{backendRefs: [{name: web, port: 80}]}]";
        QCOMPARE(openings(pod("web") + service("web", "")
                     + "---\napiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: gw, "
                       "namespace: infra}\n"
                       "spec:\n  gatewayClassName: istio\n  listeners: ["
                     + gateway.toStdString() + "]\nstatus: {addresses: [{value: 104.21.63.124}]}\n"
                     + "---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: "
                       "web, namespace: shop}\n"
                       "spec:\n  "
                     + spec + "\n"),
            expected);
    }

    void openingsAreDescribedWithTheirField()
    {
        const auto inventory = fromYaml(pod("web") + service("web", "") + IngressWeb + PublicStatus);
        const Exposure exposure(*inventory);
        QCOMPARE(exposure.openings().size(), std::size_t(1));
        QCOMPARE(text(describe(*inventory, exposure.openings()[0])),
            ascii("Ingress shop/web at 104.21.63.124:80 (vote.com)"));
        const OpeningField field = fieldOf(*inventory, exposure.openings()[0]);
        QCOMPARE(text(field.path), ascii("spec.rules[0].host"));
        QCOMPARE(text(inventory->label(field.object)), ascii("Ingress shop/web"));
    }

    void manyPodsAndServicesTakeLinearTime()
    {
        // 60,000 bare pods that share two labels, 6,000 Services that pick ten each by a third.
        auto inventory = std::make_shared<inventory::Inventory>();
        inventory->strings = std::make_shared<StringPool>();
        const auto str = [&](const std::string& s) { return inventory->strings->intern(s); };
        const auto object = [&](inventory::Kind kind, const std::string& name, std::size_t typed) {
            inventory::Object o;
            o.kind = kind;
            o.kindName = str(std::string(inventory::info(kind).name));
            o.ns = str("shop");
            o.name = str(name);
            o.typed = static_cast<std::uint32_t>(typed);
            inventory->objects.push_back(o);
            return ObjectId { static_cast<std::uint32_t>(inventory->objects.size() - 1) };
        };
        inventory->podSpecs.emplace_back();
        constexpr int Services = 6000;
        for (int i = 0; i < Services * 10; ++i) {
            inventory::Workload w;
            w.id = object(inventory::Kind::Pod, "p" + std::to_string(i), inventory->workloads.size());
            w.spec = 0;
            w.podLabels = { { str("app"), str("a" + std::to_string(i / 10)) },
                { str("release"), str("prod") }, { str("tier"), str("web") } };
            inventory->workloads.push_back(w);
        }
        for (int i = 0; i < Services; ++i) {
            inventory::Service s;
            s.id = object(inventory::Kind::Service, "s" + std::to_string(i), inventory->services.size());
            s.type = str("LoadBalancer");
            s.selector = { { str("tier"), str("web") }, { str("release"), str("prod") },
                { str("app"), str("a" + std::to_string(i)) } };
            s.ports.push_back({ str("web"), {}, {}, 80, {}, 0 });
            inventory->services.push_back(s);
        }
        inventory->finish();
        const std::clock_t begin = std::clock(); // processor time: other programs do not count
        const Exposure exposure(*inventory);
        QCOMPARE(exposure.openings().size(), std::size_t(Services) * 10);
        const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
        QVERIFY2(seconds < 4, qPrintable(QString::number(seconds)));
    }
};
GLACIS_TEST(ExposureTest)
#include "exposure_test.moc"
