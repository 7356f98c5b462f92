// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "from_yaml.h"

#include <network/exposure.h>
#include <network/selection.h>

using namespace glacis;
using namespace glacis::network;
using namespace glacis::test;
using inventory::KeyValues;

namespace {
QString ascii(const char* expected) { return QString::fromUtf8(expected); }

QString addresses(const inventory::Inventory& inventory)
{
    QStringList out;
    for (const auto& a : apiServerAddresses(inventory))
        out += text(a.host + ":" + std::to_string(a.port) + " " + a.source);
    return out.join(QLatin1Char('\n'));
}

const std::string ClusterInfo = R"(---
apiVersion: v1
kind: ConfigMap
metadata: {name: cluster-info, namespace: kube-public}
data:
  kubeconfig: |
    apiVersion: v1
    clusters:
    - cluster:
        server: https://info.example.com:6443
      name: ""
    kind: Config
)";
const std::string Kubeadm = R"(---
apiVersion: v1
kind: ConfigMap
metadata: {name: kubeadm-config, namespace: kube-system}
data:
  ClusterConfiguration: |
    apiVersion: kubeadm.k8s.io/v1beta3
    controlPlaneEndpoint: "cp.example.com:8443"
    kind: ClusterConfiguration
)";

inventory::NetworkPolicy policyFor(StringPool& pool, const char* key, const char* value, bool known)
{
    inventory::NetworkPolicy policy;
    policy.selectionKnown = known;
    policy.ingress = true;
    policy.pods.present = true;
    if (key)
        policy.pods.matchLabels.push_back({ pool.intern(key), pool.intern(value) });
    return policy;
}
}

class ApiServerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theFirstSourceThatKnowsWins()
    {
        const auto facts = fromYaml(ClusterInfo + Kubeadm,
            "endpoints: [{what: kube-apiserver, address: 104.21.63.124, port: 6443}]\n");
        QCOMPARE(addresses(*facts), ascii("104.21.63.124:6443 endpoints fact (port scan)"));

        auto kubeconfig = std::make_shared<inventory::Inventory>(*fromYaml(ClusterInfo + Kubeadm));
        kubeconfig->source.apiServer = "https://Vote.com";
        QCOMPARE(addresses(*kubeconfig), ascii("vote.com:443 the kubeconfig in use"));

        QCOMPARE(addresses(*fromYaml(ClusterInfo + Kubeadm)),
            ascii("info.example.com:6443 ConfigMap kube-public/cluster-info"));
        QCOMPARE(
            addresses(*fromYaml(Kubeadm)), ascii("cp.example.com:8443 ConfigMap kube-system/kubeadm-config"));
        QCOMPARE(addresses(*fromYaml(pod("web"))), QString());
    }

    void otherEndpointsAreNotTheApiServer()
    {
        QCOMPARE(addresses(*fromYaml(
                     pod("web"), "endpoints: [{what: etcd, address: 104.21.63.124, port: 2379}]\n")),
            QString());
    }

    void jsonTextIsReadToo()
    {
        const std::string json
            = "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: cluster-info, namespace: kube-public}\n"
              "data: {kubeconfig: '{\"clusters\":[{\"cluster\":{\"server\":\"https://10.0.0.1:6443\"}}]}'}\n";
        QCOMPARE(addresses(*fromYaml(json)), ascii("10.0.0.1:6443 ConfigMap kube-public/cluster-info"));
    }

    void isolationHasThreeAnswers()
    {
        inventory::Inventory inventory;
        inventory.strings = std::make_shared<StringPool>();
        StringPool& pool = *inventory.strings;
        const auto add = [&](inventory::Kind kind, const char* ns, inventory::NetworkPolicy policy) {
            inventory::Object object;
            object.kind = kind;
            object.ns = pool.intern(ns);
            object.name = pool.intern("p" + std::to_string(inventory.objects.size()));
            object.typed = static_cast<std::uint32_t>(inventory.networkPolicies.size());
            policy.id = { static_cast<std::uint32_t>(inventory.objects.size()) };
            inventory.objects.push_back(object);
            inventory.networkPolicies.push_back(policy);
        };
        add(inventory::Kind::NetworkPolicy, "shop", policyFor(pool, "app", "web", true));
        add(inventory::Kind::CalicoNetworkPolicy, "calico", policyFor(pool, nullptr, "", false));
        add(inventory::Kind::NetworkPolicy, "closed", policyFor(pool, nullptr, "", true));
        inventory.finish();

        const KeyValues web { { pool.intern("tier"), pool.intern("front") },
            { pool.intern("app"), pool.intern("web") } };
        const KeyValues db { { pool.intern("app"), pool.intern("db") } };
        const auto check = [&](const char* ns, const KeyValues& labels, bool egress, Isolation expected) {
            const PolicyIndex index(inventory);
            QCOMPARE(static_cast<int>(isolation(inventory, ns, labels, egress)), static_cast<int>(expected));
            QCOMPARE(static_cast<int>(index.isolation(ns, labels, egress)), static_cast<int>(expected));
        };
        check("shop", web, false, Isolation::Isolated);
        check("shop", web, true, Isolation::NotIsolated);
        check("shop", db, false, Isolation::NotIsolated);
        check("other", web, false, Isolation::NotIsolated);
        check("calico", db, false, Isolation::Unknown);
        check("calico", db, true, Isolation::NotIsolated);
        check("closed", db, false, Isolation::Isolated);
        check("closed", {}, false, Isolation::Isolated);

        add(inventory::Kind::CiliumClusterwideNetworkPolicy, "", policyFor(pool, "app", "db", true));
        inventory.finish();
        check("other", db, false, Isolation::Isolated);
        add(inventory::Kind::CalicoGlobalNetworkPolicy, "", policyFor(pool, nullptr, "", false));
        inventory.finish();
        check("other", db, false, Isolation::Isolated);
        check("other", web, false, Isolation::Unknown);
    }
};
GLACIS_TEST(ApiServerTest)
#include "api_server_test.moc"
