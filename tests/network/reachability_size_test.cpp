// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A cluster of many namespaces with policies of their own: prints how long it takes, and holds the number of
// classes and the sparse list of targets to what they have to be.
#include "reachability_fixture.h"

#include <ctime>

using namespace glacis;
using namespace glacis::network;
using namespace glacis::test;

namespace {
/// Each namespace: nobody comes in or goes out, but its own workloads among themselves, DNS and monitoring.
std::string bigCluster(int namespaces, int owners)
{
    std::string out;
    for (int n = 0; n < 40; ++n)
        out += node("n" + std::to_string(n), "InternalIP", "10.20.0." + std::to_string(n + 1));
    for (int i = 0; i < namespaces; ++i) {
        const std::string ns = "ns" + std::to_string(i);
        out += namespaceOf(ns, "team: t" + std::to_string(i % 20));
        out += policy(ns, "deny",
            "podSelector: {}, policyTypes: [Ingress, Egress], egress: [{to: [{namespaceSelector: "
            "{matchLabels: {kubernetes.io/metadata.name: kube-system}}}], ports: [{port: 53, protocol: "
            "UDP}]}]");
        out += policy(ns, "own",
            "podSelector: {matchLabels: {tier: back}}, policyTypes: [Ingress, Egress], ingress: [{from: "
            "[{podSelector: {matchLabels: {tier: front}}}, {namespaceSelector: {}, podSelector: "
            "{matchLabels: {app: prometheus}}}]}], egress: [{to: [{podSelector: {}}]}]");
    }
    for (int i = 0; i < owners; ++i) {
        const std::string ns = "ns" + std::to_string(i % namespaces), name = "w" + std::to_string(i);
        const std::string tier = i / namespaces % 2 == 0 ? "front" : "back";
        out += "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: " + name + ", namespace: " + ns
            + "}\nspec: {template: {metadata: {labels: {app: " + name + ", tier: " + tier
            + "}}, spec: {containers: [{name: c, image: i}]}}}\n";
        for (int p = 0; p < 3; ++p)
            out += "---\napiVersion: v1\nkind: Pod\nmetadata: {name: " + name + "-" + std::to_string(p)
                + ", namespace: " + ns + ", labels: {app: " + name + ", tier: " + tier
                + ", pod-template-hash: x}, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: "
                + name + ", controller: true}]}\nspec: {nodeName: n" + std::to_string((i + p) % 40)
                + ", containers: [{name: c, image: i}]}\nstatus: {podIP: 10.244." + std::to_string(i / 80)
                + "." + std::to_string(i % 80 * 3 + p) + "}\n";
    }
    return out + running("kube-system", "dns", "10.244.250.1")
        + running("monitoring", "prometheus", "10.244.250.2");
}
}

class ReachabilitySizeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void manyNamespacesWithTheirOwnPolicies()
    {
        const int namespaces = qEnvironmentVariableIntValue("GLACIS_NAMESPACES") > 0
            ? qEnvironmentVariableIntValue("GLACIS_NAMESPACES")
            : 400;
        const int owners = qEnvironmentVariableIntValue("GLACIS_OWNERS") > 0
            ? qEnvironmentVariableIntValue("GLACIS_OWNERS")
            : 1500;
        const auto inventory = fromYaml(bigCluster(namespaces, owners));
        const Exposure exposure(*inventory);
        // Processor time: other work on the machine does not count.
        const auto milliseconds = [](std::clock_t since) {
            return 1000.0 * static_cast<double>(std::clock() - since) / CLOCKS_PER_SEC;
        };
        std::clock_t begin = std::clock();
        const Reachability reach(*inventory, exposure);
        const double built = milliseconds(begin);
        begin = std::clock();
        std::size_t links = 0;
        for (const PodClass& from : reach.sources())
            links += reach.openTargets(from.index).size();
        const double asked = milliseconds(begin);
        qInfo("%d owners, %d namespaces: built in %.1f ms, %zu kB, %zu sources, %zu targets; %zu open links "
              "found in %.1f ms",
            owners, namespaces, built, reach.memory() / 1024, reach.sources().size(), reach.targets().size(),
            links, asked);
        // Front and back of each namespace, dns, prometheus, the nodes.
        QCOMPARE(reach.sources().size(), static_cast<std::size_t>(2 * namespaces + 3));
        // Fronts let nobody in: they are alike as targets but for who may go out to them.
        QVERIFY(reach.targets().size() <= static_cast<std::size_t>(2 * namespaces + 3));
        // Each front to nothing but dns, each back to dns and its namespace (which lets backs only in from
        // fronts: nobody); prometheus to every back, to itself and dns; dns, nodes likewise to the open two.
        QVERIFY(links >= static_cast<std::size_t>(3 * namespaces));
        QVERIFY(links < static_cast<std::size_t>(6 * namespaces));
    }
};
GLACIS_TEST(ReachabilitySizeTest)
#include "reachability_size_test.moc"
