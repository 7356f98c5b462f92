// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <from_yaml.h>
#include <judged.h>

using namespace glacis;
using namespace glacis::test;
using inventory::Scope;

namespace {
QString ascii(const char* expected) { return QString::fromUtf8(expected); }

QString verdict(
    const char* check, const char* object, const std::string& yaml, Scope scope = Scope::Manifests)
{
    return text(Judged(fromYaml(yaml, {}, scope), JudgeOptions {}).verdict(check, object));
}
std::string policy(const std::string& spec, const std::string& ns = "shop")
{
    return "---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p, namespace: " + ns
        + "}\nspec: " + spec + "\n";
}
std::string cilium(const std::string& spec)
{
    return "---\napiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: c, namespace: "
           "shop}\nspec: "
        + spec + "\n";
}
std::string calico(const std::string& spec)
{
    return "---\napiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata: {name: k, namespace: "
           "shop}\nspec: "
        + spec + "\n";
}
std::string calicoGlobal(const std::string& spec)
{
    return "---\napiVersion: projectcalico.org/v3\nkind: GlobalNetworkPolicy\nmetadata: {name: g}\nspec: "
        + spec + "\n";
}
const std::string Shop = "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n" + pod("web");
constexpr const char* Ns = "Namespace shop";
constexpr const char* Web = "Pod shop/web";
}

class NetChecksTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // ---- GL-NET-001
    void namespacesNeedAPolicyOfAnyKind()
    {
        QCOMPARE(verdict("GL-NET-001", Ns, Shop), ascii("fail medium | metadata.name = no NetworkPolicy"));
        QCOMPARE(verdict("GL-NET-001", Ns, Shop + policy("{podSelector: {matchLabels: {app: db}}}")),
            ascii("pass"));
        QCOMPARE(
            verdict("GL-NET-001", Ns, Shop + cilium("{endpointSelector: {}, ingress: [{}]}")), ascii("pass"));
        QCOMPARE(verdict("GL-NET-001", Ns, Shop + calico("{selector: \"app == 'web'\"}")), ascii("pass"));
        QCOMPARE(verdict("GL-NET-001", Ns, Shop + policy("{podSelector: {}}", "other")),
            ascii("fail medium | metadata.name = no NetworkPolicy"));
    }

    void aNamespaceThatOnlyPodsNameIsAPseudoObject()
    {
        QCOMPARE(
            verdict("GL-NET-001", Ns, pod("web")), ascii("fail medium | metadata.name = no NetworkPolicy"));
        const Judged judged(fromYaml(pod("web"), {}, Scope::Manifests), JudgeOptions {});
        QVERIFY(!judged.findings("GL-NET-001", Ns).at(0)->object.valid());
        QCOMPARE(judged.findings("GL-NET-001", Ns).at(0)->confidence, Confidence::Inferred);
    }

    void emptyAndSystemNamespacesAreNotLookedAt()
    {
        const std::string empty = "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n";
        QCOMPARE(verdict("GL-NET-001", Ns, empty), ascii("silent"));
        QCOMPARE(
            verdict("GL-NET-001", "Namespace kube-system", pod("web", {}, "kube-system")), ascii("silent"));
    }

    void clusterWidePoliciesCountForANamespace()
    {
        QCOMPARE(verdict("GL-NET-001", Ns, Shop + calicoGlobal("{types: [Ingress]}")), ascii("pass"));
        QCOMPARE(
            verdict("GL-NET-001", Ns, Shop + calicoGlobal("{selector: \"app == 'web'\", types: [Ingress]}")),
            ascii("not-assessed: cluster-wide Cilium or Calico policies may select its pods"));
    }

    void absenceNeedsThatPoliciesWereAskedFor()
    {
        for (const char* check : { "GL-NET-001", "GL-NET-002", "GL-NET-004" })
            QVERIFY2(verdict(check, "", Shop, Scope::Cluster).startsWith(ascii("not-assessed")), check);
        const std::string list
            = "---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicyList\nitems: []\n";
        QVERIFY(verdict("GL-NET-001", Ns, Shop + list, Scope::Cluster).startsWith(ascii("fail medium")));
    }

    // ---- GL-NET-002
    void defaultDenySelectsAllAndAllowsNothing()
    {
        const char* fail = "fail medium | metadata.name = no policy denies ingress by default";
        QCOMPARE(verdict("GL-NET-002", Ns, Shop), ascii(fail));
        QCOMPARE(verdict("GL-NET-002", Ns, Shop + policy("{podSelector: {}, policyTypes: [Ingress]}")),
            ascii("pass"));
        QCOMPARE(verdict("GL-NET-002", Ns, Shop + policy("{podSelector: {}}")), ascii("pass"));
        QCOMPARE(verdict("GL-NET-002", Ns, Shop + policy("{podSelector: {}, policyTypes: [Egress]}")),
            ascii(fail));
        QCOMPARE(verdict("GL-NET-002", Ns,
                     Shop + policy("{podSelector: {}, ingress: [{from: [{podSelector: {}}]}]}")),
            ascii(fail));
        QCOMPARE(verdict("GL-NET-002", Ns, Shop + policy("{podSelector: {matchLabels: {app: web}}}")),
            ascii(fail));
        QCOMPARE(verdict("GL-NET-002", Ns, Shop + cilium("{endpointSelector: {}, ingress: [{}]}")),
            ascii("not-assessed: what its Cilium or Calico policies allow is not evaluated"));
    }

    // ---- GL-NET-004
    void podsAreJudgedInBothDirections_data()
    {
        QTest::addColumn<QString>("policies");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const std::string& policies, const char* expected) {
            QTest::newRow(name) << text(policies) << ascii(expected);
        };
        const char* in = "fail medium ingress | metadata.labels = no policy with policyTypes Ingress";
        const char* out = "fail medium egress | metadata.labels = no policy with policyTypes Egress";
        row("no policy", "",
            "fail medium egress | metadata.labels = no policy with policyTypes Egress\nfail medium ingress | "
            "metadata.labels = no policy "
            "with policyTypes Ingress");
        row("both", policy("{podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress, Egress]}"),
            "pass");
        row("ingress only", policy("{podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress]}"), out);
        row("egress only", policy("{podSelector: {}, policyTypes: [Egress]}"), in);
        row("default types", policy("{podSelector: {}, ingress: [], egress: [{}]}"), "pass");
        row("expression",
            policy("{podSelector: {matchExpressions: [{key: app, operator: In, values: [web, db]}]}, "
                   "policyTypes: [Ingress, Egress]}"),
            "pass");
        row("expression that leaves it out",
            policy("{podSelector: {matchExpressions: [{key: app, operator: NotIn, values: [web]}]}, "
                   "policyTypes: [Ingress, Egress]}"),
            "fail medium egress | metadata.labels = no policy with policyTypes Egress\nfail medium ingress | "
            "metadata.labels = no policy "
            "with policyTypes Ingress");
        row("another namespace", policy("{podSelector: {}, policyTypes: [Ingress, Egress]}", "other"),
            "fail medium egress | metadata.labels = no policy with policyTypes Egress\nfail medium ingress | "
            "metadata.labels = no policy "
            "with policyTypes Ingress");
        row("cilium",
            cilium("{endpointSelector: {matchLabels: {'k8s:app': web}}, ingress: [{}], egress: [{}]}"),
            "pass");
        row("calico, unknown selector", calico("{selector: \"app == 'web'\", types: [Ingress, Egress]}"),
            "not-assessed: Cilium or Calico policies with selectors that are not evaluated may select its "
            "pods");
        row("calico, all", calico("{selector: all(), types: [Ingress, Egress]}"), "pass");
    }
    void podsAreJudgedInBothDirections()
    {
        QFETCH(QString, policies);
        QFETCH(QString, expected);
        QCOMPARE(verdict("GL-NET-004", Web, Shop + policies.toStdString()), expected);
    }

    void labelsOfAllPodsOfAnOwnerMustBeSelected()
    {
        const std::string set = R"(---
apiVersion: apps/v1
kind: Deployment
metadata: {name: d, namespace: shop, uid: u}
spec: {template: {metadata: {labels: {app: web, v: new}}, spec: {containers: [{name: a, image: x}]}}}
---
apiVersion: v1
kind: Pod
metadata: {name: old, namespace: shop, labels: {app: web}, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: d, uid: u, controller: true}]}
spec: {containers: [{name: a, image: x}]}
)";
        QCOMPARE(verdict("GL-NET-004", "Deployment shop/d",
                     set + policy("{podSelector: {matchLabels: {v: new}}, policyTypes: [Ingress, Egress]}"))
                     .count(ascii("fail medium")),
            2);
        QCOMPARE(
            verdict("GL-NET-004", "Deployment shop/d",
                set + policy("{podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress, Egress]}")),
            ascii("pass"));
    }

    void podsOnTheHostNetworkAreNotApplicable()
    {
        QCOMPARE(verdict("GL-NET-004", Web, pod("web", "  hostNetwork: true\n")), ascii("not-applicable"));
    }

    // ---- GL-NET-005
    void policiesThatAllowEverything_data()
    {
        QTest::addColumn<QString>("spec");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* spec, const char* expected) {
            QTest::newRow(name) << ascii(spec) << ascii(expected);
        };
        row("empty rule", "{podSelector: {}, ingress: [{}]}", "fail high | spec.ingress[0] = {}");
        row("second rule", "{podSelector: {}, ingress: [{from: [{podSelector: {}}]}, {}]}",
            "fail high | spec.ingress[1] = {}");
        row("whole Internet",
            "{podSelector: {}, ingress: [{from: [{podSelector: {}}, {ipBlock: {cidr: 0.0.0.0/0}}]}]}",
            "fail high | spec.ingress[0].from[1].ipBlock.cidr = the whole Internet, every port");
        row("whole Internet of v6", "{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: '::/0'}}]}]}",
            "fail high | spec.ingress[0].from[0].ipBlock.cidr = the whole Internet, every port");
        row("with an exception",
            "{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}}]}]}",
            "pass");
        row("with a port",
            "{podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}], ports: [{port: 80}]}]}",
            "pass");
        row("everybody on one port", "{podSelector: {}, ingress: [{ports: [{port: 80}]}]}", "pass");
        row("egress", "{podSelector: {}, policyTypes: [Egress], egress: [{}]}",
            "fail high | spec.egress[0] = {}");
        row("rules of a direction that is off", "{podSelector: {}, policyTypes: [Ingress], egress: [{}]}",
            "pass");
        row("deny all", "{podSelector: {}}", "pass");
    }
    void policiesThatAllowEverything()
    {
        QFETCH(QString, spec);
        QFETCH(QString, expected);
        QCOMPARE(verdict("GL-NET-005", "NetworkPolicy shop/p", policy(spec.toStdString())), expected);
    }

    void rulesOfOtherPoliciesAreNotAssessed()
    {
        QCOMPARE(verdict("GL-NET-005", "CiliumNetworkPolicy shop/c",
                     cilium("{endpointSelector: {}, ingress: [{fromEntities: [all]}]}")),
            ascii("not-assessed: rules of this kind are not evaluated"));
    }
};
GLACIS_TEST(NetChecksTest)
#include "net_checks_test.moc"
