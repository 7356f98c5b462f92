// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "from_yaml.h"

#include <network/exposure.h>

using namespace glacis;
using namespace glacis::network;
using namespace glacis::test;

namespace {
QString ascii(const char* expected) { return QString::fromUtf8(expected); }

/// "ADDRESS host(ns,ns) host() [node] [api] [admin] [objects]"
QString shared(const std::string& yaml, const std::string& facts = {})
{
    const auto inventory = fromYaml(yaml, facts);
    const Exposure exposure(*inventory);
    QStringList out;
    for (const SharedAddress& address : exposure.sharedAddresses()) {
        std::string line = address.address;
        for (const auto& host : address.hosts) {
            line += " " + host.name + "(";
            for (const auto& ns : host.namespaces)
                line += (line.ends_with('(') ? "" : ",") + ns;
            line += ")";
        }
        line += address.isNode ? " node" : "";
        line += address.isApiServer ? " api" : "";
        line += address.isAdminInterface ? " admin" : "";
        line += address.fromObjects ? " objects" : "";
        out += text(line);
    }
    return out.join(QLatin1Char('\n'));
}

std::string ingress(const std::string& name, const std::string& ns, const std::string& host,
    const std::string& address, const std::string& more = {})
{
    return "---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: " + name
        + ", namespace: " + ns + "}\nspec:\n  rules: [{host: '" + host + "'}]\n" + more
        + (address.empty() ? "" : "status: {loadBalancer: {ingress: [{" + address + "}]}}\n");
}
}

class SharedAddressesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void twoDomainsOnTheAddressOfANodeAreOneGroup()
    {
        QCOMPARE(shared(ingress("vote", "vote", "Vote.com", "ip: 104.21.63.124")
                     + ingress("result", "result", "result.com.", "ip: 104.21.63.124")
                     + ingress("alone", "shop", "shop.com", "ip: 104.21.63.125")
                     + node("w", "ExternalIP", "104.21.63.124")),
            ascii("104.21.63.124 result.com(result) vote.com(vote) node objects"));
    }

    void dnsFactsGroupNamesAndTakeOverWhatObjectsSay()
    {
        const std::string facts
            = "dns: [{name: vote.com, addresses: [104.21.63.124]}, {name: drizzle.com, addresses: "
              "[104.21.63.124, 104.21.63.126]}, {name: other.com, addresses: [104.21.63.127]}]\n";
        QCOMPARE(shared(ingress("vote", "vote", "vote.com", ""), facts),
            ascii("104.21.63.124 drizzle.com() vote.com(vote)"));
    }

    void aLoadBalancerByNameIsJoinedWithItsAnswers()
    {
        const std::string yaml = ingress("vote", "vote", "vote.com", "hostname: lb.example.com")
            + ingress("result", "result", "result.com", "hostname: lb.example.com");
        QCOMPARE(shared(yaml), ascii("lb.example.com result.com(result) vote.com(vote) objects"));
        QCOMPARE(shared(yaml,
                     "dns: [{name: lb.example.com, addresses: [104.21.63.124]}, {name: vote.com, addresses: "
                     "[104.21.63.124]}]\n"),
            ascii("104.21.63.124 lb.example.com() result.com(result) vote.com(vote) objects"));
    }

    void theApiServersAddressIsKnownByFactOrName()
    {
        const std::string dns = "dns: [{name: vote.com, addresses: [104.21.63.124]}, {name: api.vote.com, "
                                "addresses: [104.21.63.124]}]\n";
        QCOMPARE(
            shared("", dns + "endpoints: [{what: kube-apiserver, address: 104.21.63.124, port: 6443}]\n"),
            ascii("104.21.63.124 api.vote.com() vote.com() api"));
        QCOMPARE(shared("",
                     dns
                         + "endpoints: [{what: kube-apiserver, address: api.vote.com, port: 6443, target: "
                           "node/cp-1}]\n"),
            ascii("104.21.63.124 api.vote.com() vote.com() api"));
        QCOMPARE(shared("",
                     dns + "endpoints: [{what: ssh, address: 104.21.63.124, port: 22, target: node/cp-1}]\n"),
            ascii("104.21.63.124 api.vote.com() vote.com() node"));
    }

    void wildcardsThatServeANameAreNoFurtherDomain()
    {
        QCOMPARE(shared(ingress("a", "shop", "a.example.com", "ip: 104.21.63.124",
                     "  tls: [{hosts: ['*.example.com']}]\n")),
            QString());
        QCOMPARE(shared(ingress("a", "shop", "a.example.com", "ip: 104.21.63.124",
                     "  tls: [{hosts: ['*.vote.com', a.example.com]}]\n")),
            ascii("104.21.63.124 *.vote.com(shop) a.example.com(shop) objects"));
    }

    void gatewaysGiveListenersAndRoutes()
    {
        const std::string yaml = R"(---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: gw, namespace: infra}
spec:
  listeners:
  - {name: http, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}
  - {name: own, port: 443, protocol: HTTPS, hostname: gw.com}
status: {addresses: [{value: 104.21.63.124}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: vote, namespace: vote}
spec:
  parentRefs: [{name: gw, namespace: infra}]
  hostnames: [vote.com]
  rules: [{backendRefs: [{name: web, port: 80}]}]
)";
        QCOMPARE(shared(yaml), ascii("104.21.63.124 gw.com() vote.com(vote) objects"));
    }

    void anAdminInterfaceBesideADomainIsMarked()
    {
        const std::string jenkins = R"(---
apiVersion: v1
kind: Pod
metadata: {name: ci, namespace: ci, labels: {app: ci}}
spec: {containers: [{name: ci, image: "jenkins/jenkins:lts"}]}
---
apiVersion: v1
kind: Service
metadata: {name: ci, namespace: ci, annotations: {external-dns.alpha.kubernetes.io/hostname: "ci.com, vote.com"}}
spec: {type: LoadBalancer, selector: {app: ci}, ports: [{port: 80}]}
status: {loadBalancer: {ingress: [{ip: 104.21.63.124}]}}
)";
        QCOMPARE(shared(jenkins), ascii("104.21.63.124 ci.com(ci) vote.com(ci) admin objects"));
    }
};
GLACIS_TEST(SharedAddressesTest)
#include "shared_addresses_test.moc"
