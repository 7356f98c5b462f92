// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inventory_fixture.h"

using namespace glacis;
using namespace glacis::inventory;
using namespace glacis::test;

class DecodeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void podTemplateOfEveryController_data();
    void podTemplateOfEveryController();
    void oldApiVersionsGiveTheSameIdentity();
    void containersKeepRoleAndIndex();
    void wrongTypeNamesFieldAndKeepsTheRest();
    void wrongTypesInEveryFieldNeverCrash();
    void ownersAreFollowedToTheTop();
    void mirrorPodIsItsOwnOwner();
    void circleOfOwnersEnds();
    void equalSpecsAreHeldOnce();
    void podWithInjectedSidecarDeviates();
    void podWithOnlyAdmissionDefaultsDoesNot();
    void secretKeepsOnlyTypeAndCount();
    void configMapKeepsOnlyWhatChecksRead();
    void networkPolicyTypesDefault();
    void unknownKindsAreCounted();
    void namespaceDefaultIsMarkedAssumed();
    void labelSelectorSemantics();
};

namespace {
constexpr const char* container = "containers: [{name: c, image: i, securityContext: {privileged: true}}]";
}

void DecodeTest::podTemplateOfEveryController_data()
{
    QTest::addColumn<QString>("head");
    QTest::addColumn<QString>("specPrefix");
    QTest::newRow("Pod") << "apiVersion: v1\nkind: Pod"
                         << "spec: {%1}";
    for (const char* kind : { "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet" })
        QTest::newRow(kind) << QStringLiteral("apiVersion: apps/v1\nkind: %1").arg(QLatin1String(kind))
                            << "spec: {template: {spec: {%1}}}";
    QTest::newRow("old Deployment") << "apiVersion: extensions/v1beta1\nkind: Deployment"
                                    << "spec: {template: {spec: {%1}}}";
    QTest::newRow("Job") << "apiVersion: batch/v1\nkind: Job"
                         << "spec: {template: {spec: {%1}}}";
    QTest::newRow("CronJob") << "apiVersion: batch/v1\nkind: CronJob"
                             << "spec: {jobTemplate: {spec: {template: {spec: {%1}}}}}";
    QTest::newRow("old CronJob") << "apiVersion: batch/v1beta1\nkind: CronJob"
                                 << "spec: {jobTemplate: {spec: {template: {spec: {%1}}}}}";
    QTest::newRow("ReplicationController") << "apiVersion: v1\nkind: ReplicationController"
                                           << "spec: {template: {spec: {%1}}}";
}

void DecodeTest::podTemplateOfEveryController()
{
    QFETCH(QString, head);
    QFETCH(QString, specPrefix);
    const QString text = head + QStringLiteral("\nmetadata: {name: x, namespace: ns1}\n")
        + specPrefix.arg(QLatin1String(container)) + QLatin1Char('\n');
    const auto inv = read(text.toStdString());
    QCOMPARE(inv->workloads.size(), std::size_t(1));
    const auto* spec = inv->spec(inv->workloads[0]);
    QVERIFY(spec);
    QCOMPARE(spec->containers.size(), std::size_t(1));
    QVERIFY(spec->containers[0].security.privileged == Tri::True);
    QVERIFY(inv->diagnostics.empty());
}

void DecodeTest::oldApiVersionsGiveTheSameIdentity()
{
    const auto inv
        = read("apiVersion: extensions/v1beta1\nkind: Ingress\nmetadata: {name: a, namespace: "
               "ns1}\nspec: {backend: {serviceName: s, servicePort: 80}}\n"
               "---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: a, "
               "namespace: ns1}\nspec: {defaultBackend: {service: {name: t, port: {name: web}}}}\n");
    QCOMPARE(inv->ingresses.size(), std::size_t(1));
    QVERIFY(inv->ingresses[0].defaultBackend.service == "t");
    QVERIFY(inv->object(inv->ingresses[0].id).apiVersion == "networking.k8s.io/v1");
    QVERIFY(contains(messages(*inv), "defined twice: also at test.yaml:1"));
}

void DecodeTest::containersKeepRoleAndIndex()
{
    const auto inv = read("apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  initContainers: [{name: "
                          "a}, {name: b}]\n  containers: [{name: c}]\n  ephemeralContainers: [{name: d}]\n");
    const auto* spec = inv->spec(inv->workloads[0]);
    QCOMPARE(spec->containers.size(), std::size_t(4));
    QCOMPARE(QString::fromStdString(spec->containers[1].path()), QStringLiteral("initContainers[1]"));
    QCOMPARE(QString::fromStdString(spec->containers[2].path()), QStringLiteral("containers[0]"));
    QCOMPARE(QString::fromStdString(spec->containers[3].path()), QStringLiteral("ephemeralContainers[0]"));
}

void DecodeTest::wrongTypeNamesFieldAndKeepsTheRest()
{
    const auto inv
        = read("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop}\nspec:\n  "
               "replicas: three\n  template:\n    spec:\n      hostPID: true\n      containers:\n      - "
               "name: c\n        securityContext:\n          privileged: \"true\"\n");
    QCOMPARE(inv->workloads.size(), std::size_t(1));
    QVERIFY(inv->spec(inv->workloads[0])->hostPid);
    QVERIFY(inv->spec(inv->workloads[0])->containers[0].security.privileged == Tri::Unset);
    const std::string text = messages(*inv);
    QVERIFY2(contains(text,
                 "error test.yaml:5 Deployment shop/web: spec.replicas: expected a whole number, found a "
                 "string \"three\""),
        text.c_str());
    QVERIFY2(
        contains(text,
            "test.yaml:12 Deployment shop/web: spec.template.spec.containers[0].securityContext.privileged: "
            "expected true or false, found a string \"true\""),
        text.c_str());
    QCOMPARE(inv->object(inv->workloads[0].id).badFields.size(), std::size_t(2));
}

// Replaces each scalar and container of a rich document by values of every other type, one at a time.
void DecodeTest::wrongTypesInEveryFieldNeverCrash()
{
    const std::string good
        = R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"a","namespace":"ns1","labels":{"a":"b"},"annotations":{"c":"d"},"ownerReferences":[{"kind":"X","name":"y"}]},"spec":{"replicas":1,"template":{"metadata":{"labels":{"a":"b"}},"spec":{"hostPID":false,"containers":[{"name":"c","image":"i","command":["x"],"args":["y"],"env":[{"name":"E","value":"v"},{"name":"F","valueFrom":{"secretKeyRef":{"name":"s","key":"k"}}}],"envFrom":[{"secretRef":{"name":"s"}}],"ports":[{"containerPort":1,"hostPort":2}],"volumeMounts":[{"name":"v","mountPath":"/x","readOnly":true}],"securityContext":{"privileged":true,"runAsUser":0,"capabilities":{"add":["ALL"]}},"livenessProbe":{"exec":{"command":["z"]}}}],"volumes":[{"name":"v","hostPath":{"path":"/"}},{"name":"w","projected":{"sources":[{"serviceAccountToken":{"path":"t"}}]}}],"tolerations":[{"key":"k"}]}}}})";
    int tried = 0;
    for (std::size_t at = 0; at < good.size(); ++at) {
        if (good[at] != ':')
            continue;
        std::size_t end = at + 1;
        if (good[end] == '"') {
            end = good.find('"', end + 1) + 1;
        } else if (good[end] == '{' || good[end] == '[') {
            int depth = 0;
            do {
                depth += good[end] == '{' || good[end] == '[' ? 1
                    : good[end] == '}' || good[end] == ']'    ? -1
                                                              : 0;
                ++end;
            } while (depth > 0);
        } else {
            end = good.find_first_of(",}]", end);
        }
        for (const char* other : { "null", "true", "7", "1.5", "99999999999999999999999", "\"s\"", "[]",
                 "[[1]]", "[null]", "{}", "{\"a\":{}}", "[{\"name\":[]}]" }) {
            std::string text = good;
            text.replace(at + 1, end - at - 1, other);
            const auto result = importText(text, "x.json", {});
            QVERIFY2(result.has_value(), text.c_str());
            ++tried;
        }
    }
    QVERIFY(tried > 500);
}

void DecodeTest::ownersAreFollowedToTheTop()
{
    const auto inv
        = read("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: ns1, uid: d1}\nspec: "
               "{template: {spec: {containers: [{name: c}]}}}\n"
               "---\napiVersion: apps/v1\nkind: ReplicaSet\nmetadata: {name: web-1, namespace: ns1, uid: r1, "
               "ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: web, uid: d1, controller: "
               "true}]}\nspec: {template: {spec: {containers: [{name: c}]}}}\n"
               "---\napiVersion: v1\nkind: Pod\nmetadata: {name: web-1-a, namespace: ns1, ownerReferences: "
               "[{apiVersion: apps/v1, kind: ReplicaSet, name: web-1, uid: r1, controller: true}]}\nspec: "
               "{nodeName: w, containers: [{name: c}]}\n"
               "---\napiVersion: v1\nkind: Pod\nmetadata: {name: lost, namespace: ns1, ownerReferences: "
               "[{apiVersion: example.org/v1, kind: Thing, name: t, uid: t1, controller: true}]}\nspec: "
               "{containers: [{name: c}]}\n");
    QCOMPARE(inv->owners.size(), std::size_t(2));
    QVERIFY(inv->object(inv->workloads[inv->owners[0].workload].id).name == "web");
    QCOMPARE(inv->owners[0].pods.size(), std::size_t(1));
    QVERIFY(inv->owners[0].deviating.empty());
    QVERIFY(inv->object(inv->workloads[inv->owners[1].workload].id).name == "lost");
}

void DecodeTest::mirrorPodIsItsOwnOwner()
{
    const auto inv
        = read("apiVersion: v1\nkind: Node\nmetadata: {name: cp}\n---\napiVersion: v1\nkind: Pod\nmetadata: "
               "{name: etcd-cp, namespace: kube-system, annotations: {kubernetes.io/config.mirror: abc}, "
               "ownerReferences: [{apiVersion: v1, kind: Node, name: cp, uid: n1, controller: true}]}\nspec: "
               "{nodeName: cp, containers: [{name: etcd}]}\n");
    QCOMPARE(inv->owners.size(), std::size_t(1));
    QVERIFY(inv->workloads[0].mirror);
    QVERIFY(inv->source.scope == Scope::Cluster);
}

void DecodeTest::circleOfOwnersEnds()
{
    const auto inv
        = read("apiVersion: apps/v1\nkind: ReplicaSet\nmetadata: {name: a, namespace: ns1, uid: a, "
               "ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: b, uid: "
               "b}]}\nspec: {template: {spec: {containers: [{name: c}]}}}\n"
               "---\napiVersion: apps/v1\nkind: ReplicaSet\nmetadata: {name: b, namespace: ns1, "
               "uid: b, ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: a, uid: "
               "a}]}\nspec: {template: {spec: {containers: [{name: c}]}}}\n");
    QCOMPARE(inv->ownerOfWorkload.size(), std::size_t(2));
    for (const auto owner : inv->ownerOfWorkload)
        QVERIFY(owner < inv->owners.size());
}

void DecodeTest::equalSpecsAreHeldOnce()
{
    std::string text;
    for (int i = 0; i < 20; ++i)
        text += "apiVersion: v1\nkind: Pod\nmetadata: {name: p" + std::to_string(i)
            + "}\nspec:\n  nodeName: n" + std::to_string(i)
            + "\n  containers: [{name: c, volumeMounts: [{name: kube-api-access-ab" + std::to_string(i)
            + ", mountPath: /t}]}]\n---\n";
    const auto inv = read(text);
    QCOMPARE(inv->workloads.size(), std::size_t(20));
    QCOMPARE(inv->podSpecs.size(), std::size_t(1));
    QVERIFY(inv->workloads[7].nodeName == "n7");
}

void DecodeTest::podWithInjectedSidecarDeviates()
{
    const auto inv
        = read("apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: d, namespace: ns1, uid: d1}\nspec: "
               "{template: {spec: {containers: [{name: c}]}}}\n"
               "---\napiVersion: v1\nkind: Pod\nmetadata: {name: d-1, namespace: ns1, ownerReferences: "
               "[{apiVersion: apps/v1, kind: DaemonSet, name: d, uid: d1, controller: true}]}\nspec: "
               "{containers: [{name: c}, {name: proxy, securityContext: {privileged: true}}]}\n");
    QCOMPARE(inv->owners.size(), std::size_t(1));
    QCOMPARE(inv->owners[0].deviating.size(), std::size_t(1));
}

void DecodeTest::podWithOnlyAdmissionDefaultsDoesNot()
{
    const auto inv
        = read("apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: d, namespace: ns1, uid: d1}\nspec: "
               "{template: {spec: {containers: [{name: c, ports: [{containerPort: 80}]}]}}}\n"
               "---\napiVersion: v1\nkind: Pod\nmetadata: {name: d-1, namespace: ns1, ownerReferences: "
               "[{apiVersion: apps/v1, kind: DaemonSet, name: d, uid: d1, controller: true}]}\nspec: "
               "{nodeName: w, serviceAccountName: default, tolerations: [{key: a, operator: Exists}], "
               "imagePullSecrets: [{name: r}], containers: [{name: c, ports: [{containerPort: 80, protocol: "
               "TCP}], volumeMounts: [{name: kube-api-access-xyz12, mountPath: "
               "/var/run/secrets/kubernetes.io/serviceaccount, readOnly: true}]}], volumes: [{name: "
               "kube-api-access-xyz12, projected: {sources: [{serviceAccountToken: {path: token}}]}}]}\n");
    QVERIFY(inv->owners[0].deviating.empty());
}

void DecodeTest::secretKeepsOnlyTypeAndCount()
{
    const auto inv = read("apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: ns1}\ntype: "
                          "kubernetes.io/tls\ndata: {a: eA==, b: eQ==}\nstringData: {c: zzzzzz}\n");
    QCOMPARE(inv->secrets.size(), std::size_t(1));
    QCOMPARE(inv->secrets[0].keyCount, 3U);
    QVERIFY(inv->secrets[0].type == "kubernetes.io/tls");
    QVERIFY(!contains(EvidenceReader(inv).json(inv->secrets[0].id), "eA=="));
    QVERIFY(!contains(EvidenceReader(inv).json(inv->secrets[0].id), "zzzzzz"));
}

void DecodeTest::configMapKeepsOnlyWhatChecksRead()
{
    const auto inv
        = read("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: kube-proxy, namespace: kube-system}\ndata: "
               "{config.conf: 'metricsBindAddress: 0.0.0.0'}\n---\napiVersion: v1\nkind: "
               "ConfigMap\nmetadata: {name: app, namespace: ns1}\ndata: {a: plain-value}\n");
    QCOMPARE(inv->configMaps.size(), std::size_t(2));
    QCOMPARE(inv->configMaps[0].kept.size(), std::size_t(1));
    QVERIFY(inv->configMaps[1].kept.empty());
    QVERIFY(!contains(EvidenceReader(inv).json(inv->configMaps[1].id), "plain-value"));
}

void DecodeTest::networkPolicyTypesDefault()
{
    const auto inv = read(
        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: a}\nspec: {podSelector: "
        "{}}\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: b}\nspec: "
        "{podSelector: {}, egress: [{}]}\n---\napiVersion: networking.k8s.io/v1\nkind: "
        "NetworkPolicy\nmetadata: {name: c}\nspec: {podSelector: {}, policyTypes: [Egress]}\n");
    QVERIFY(inv->networkPolicies[0].ingress && !inv->networkPolicies[0].egress);
    QVERIFY(inv->networkPolicies[1].ingress && inv->networkPolicies[1].egress);
    QVERIFY(!inv->networkPolicies[2].ingress && inv->networkPolicies[2].egress);
}

void DecodeTest::unknownKindsAreCounted()
{
    const auto inv
        = read("apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata: {name: a, namespace: "
               "ns1}\n---\napiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata: {name: b, "
               "namespace: "
               "ns1}\n---\napiVersion: serving.knative.dev/v1\nkind: Service\nmetadata: {name: k, namespace: "
               "ns1}\n");
    const auto kinds = inv->otherKinds();
    QCOMPARE(kinds.size(), std::size_t(2));
    QCOMPARE(QString::fromStdString(kinds[0].first), QStringLiteral("monitoring.coreos.com/ServiceMonitor"));
    QCOMPARE(kinds[0].second, std::size_t(2));
    QVERIFY(inv->services.empty());
}

void DecodeTest::namespaceDefaultIsMarkedAssumed()
{
    const auto inv = read("apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: "
                          "[]}\n---\napiVersion: v1\nkind: Node\nmetadata: {name: node1}\n");
    QVERIFY(inv->object(inv->workloads[0].id).ns == "default");
    QVERIFY(inv->object(inv->workloads[0].id).namespaceAssumed);
    QVERIFY(inv->object(inv->nodes[0].id).ns.empty());
}

void DecodeTest::labelSelectorSemantics()
{
    const auto inv = read(
        "apiVersion: v1\nkind: Pod\nmetadata: {name: p, labels: {a: '1', b: '2'}}\nspec: {containers: []}\n"
        "---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: n1}\nspec: "
        "{podSelector: {matchExpressions: [{key: a, operator: In, values: ['1', '3']}, {key: c, operator: "
        "DoesNotExist}, {key: c, operator: NotIn, values: [x]}]}}\n"
        "---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: n2}\nspec: "
        "{podSelector: {matchLabels: {a: '1'}, matchExpressions: [{key: b, operator: NotIn, values: "
        "['2']}]}}\n");
    QVERIFY(inv->networkPolicies[0].pods.matches(inv->workloads[0].podLabels));
    QVERIFY(!inv->networkPolicies[1].pods.matches(inv->workloads[0].podLabels));
}

GLACIS_TEST(DecodeTest)
#include "decode_test.moc"
