// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "judged.h"

#include <test_main.h>

using namespace glacis;
using glacis::test::Judged;
using glacis::test::text;

class AdmChecksTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void podSecurityLabels_data();
    void podSecurityLabels();
    void systemNamespaceIsPlatform();
    void clusterDefaultMakesItAGuess();
    void noNamespacesReadIsNotAssessed();
    void filesOnlyInfer();
};

void AdmChecksTest::podSecurityLabels_data()
{
    QTest::addColumn<QString>("labels");
    QTest::addColumn<QString>("verdict");
    const auto row = [](const char* name, const char* labels, const char* verdict) {
        QTest::newRow(name) << QString::fromLatin1(labels) << QString::fromLatin1(verdict);
    };
    row("none", "{}", "fail medium | metadata.labels = absent");
    row("baseline", "{pod-security.kubernetes.io/enforce: baseline}", "pass");
    row("restricted", "{pod-security.kubernetes.io/enforce: restricted}", "pass");
    row("privileged refuses nothing", "{pod-security.kubernetes.io/enforce: privileged}",
        "fail medium | metadata.labels.pod-security.kubernetes.io/enforce = privileged");
    row("no such level", "{pod-security.kubernetes.io/enforce: strict}",
        "fail medium | metadata.labels.pod-security.kubernetes.io/enforce = strict");
    row("warn only", "{pod-security.kubernetes.io/warn: baseline}", "fail low | metadata.labels = absent");
    row("audit only", "{pod-security.kubernetes.io/audit: restricted}",
        "fail low | metadata.labels = absent");
    row("warns of nothing", "{pod-security.kubernetes.io/warn: privileged}",
        "fail medium | metadata.labels = absent");
    row("version alone", "{pod-security.kubernetes.io/enforce-version: latest}",
        "fail medium | metadata.labels = absent");
}

void AdmChecksTest::podSecurityLabels()
{
    QFETCH(QString, labels);
    QFETCH(QString, verdict);
    const Judged judged(
        "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: " + labels.toStdString() + "}\n");
    QCOMPARE(text(judged.verdict("GL-ADM-001", "Namespace shop")), verdict);
}

void AdmChecksTest::systemNamespaceIsPlatform()
{
    const Judged judged("apiVersion: v1\nkind: Namespace\nmetadata: {name: kube-system}\n");
    const auto found = judged.findings("GL-ADM-001", "Namespace kube-system");
    QCOMPARE(found.size(), std::size_t(1));
    QVERIFY(found[0]->platform);
}

void AdmChecksTest::clusterDefaultMakesItAGuess()
{
    const char* server = R"(apiVersion: v1
kind: Pod
metadata:
  name: kube-apiserver-cp
  namespace: kube-system
  labels: {component: kube-apiserver, tier: control-plane}
  annotations: {kubernetes.io/config.mirror: x}
spec:
  containers:
  - name: kube-apiserver
    image: registry.k8s.io/kube-apiserver:v1.33.0
    command: [kube-apiserver, --admission-control-config-file=/etc/kubernetes/admission.yaml]
---
apiVersion: v1
kind: Namespace
metadata: {name: shop}
)";
    const Judged judged(server);
    const auto found = judged.findings("GL-ADM-001", "Namespace shop");
    QCOMPARE(found.size(), std::size_t(1));
    QVERIFY(found[0]->confidence == Confidence::Inferred);
    QVERIFY(found[0]->message.find("default") != std::string::npos);
}

void AdmChecksTest::noNamespacesReadIsNotAssessed()
{
    const Judged judged("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: b}\n");
    QVERIFY(judged.verdict("GL-ADM-001", "").starts_with("not-assessed"));
}

void AdmChecksTest::filesOnlyInfer()
{
    const Judged judged("apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n",
        { .scope = inventory::Scope::Manifests });
    QVERIFY(judged.findings("GL-ADM-001", "Namespace shop").at(0)->confidence == Confidence::Inferred);
}

GLACIS_TEST(AdmChecksTest)
#include "adm_checks_test.moc"
