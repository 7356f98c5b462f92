// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "judged.h"
#include "test_main.h"

#include <chrono>
#include <set>
#include <thread>

#include <base/text.h>

namespace glacis::posture {

using inventory::Scope;
using test::deployment;
using test::Judged;
using test::text;

class EngineTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyObjectHasOneVerdict();
    void anUndecodedFieldIsNeverAPass();
    void anUndecodedRoleMakesItsBindingsUnknown();
    void aFailureBesideAnUndecodedFieldStays();
    void aMissingTemplateIsNotAssessed();
    void waiverAccepts_data();
    void waiverAccepts();
    void theFirstMatchingWaiverIsNamed();
    void anExpiredWaiverDoesNotApply_data();
    void anExpiredWaiverDoesNotApply();
    void anUnusedWaiverIsReported();
    void severityIsOverridden();
    void excludedNamespacesAreLeftOut();
    void platformIsMarked_data();
    void platformIsMarked();
    void platformCountsNowhere();
    void countsArePerCheckAndObject();
    void coverageIsTheMeanOverChecks();
    void gapsNameReasonAndChecks();
    void nodesAreNotJudgedInManifests();
    void anEmptySourceHasNoScore();
    void findingsAreWorstFirst();
    void threadsChangeNothing();
    void stopsWhenAsked();
    void isFastEnough();
};

namespace {
    constexpr const char* web = "Deployment shop/web";

    Waiver waiver(const char* check)
    {
        Waiver w;
        w.check = check;
        w.owner = "ops";
        w.reason = "known";
        w.line = 7;
        return w;
    }

    Judged judgedWith(const std::string& yaml, std::vector<Waiver> waivers, std::int64_t now = 0)
    {
        Policy policy;
        policy.file = "policy.yaml";
        policy.waivers = std::move(waivers);
        policy.now = now;
        return Judged(yaml, { .policy = policy });
    }

    const std::string privileged = deployment("hostPID: true", "securityContext: {privileged: true}");
}

void EngineTest::everyObjectHasOneVerdict()
{
    const Judged judged(privileged + "---\n"
        + deployment("os: {name: windows}", "")
              .replace(deployment("os: {name: windows}", "").find("name: web"), 9, "name: win"));
    for (std::size_t i = 0; i < judged.posture().results.size(); ++i) {
        const CheckResult& result = judged.posture().results[i];
        std::set<std::uint32_t> seen;
        std::set<std::uint32_t> failing;
        for (const Finding& finding : result.findings) {
            if (finding.object.valid())
                failing.insert(finding.object.value);
        }
        for (const std::uint32_t id : failing)
            QVERIFY(seen.insert(id).second);
        for (const auto* list : { &result.passed, &result.notApplicable }) {
            QVERIFY(std::is_sorted(list->begin(), list->end()));
            for (const ObjectId id : *list)
                QVERIFY2(seen.insert(id.value).second, judged.assessment().catalogue->checks()[i].id.c_str());
        }
    }
}

void EngineTest::anUndecodedFieldIsNeverAPass()
{
    const Judged judged(deployment("hostPID: [1]", ""));
    const std::string said = judged.verdict("GL-POD-002", web);
    QVERIFY2(text(said).startsWith(
                 QStringLiteral("not-assessed: field spec.template.spec.hostPID could not be read")),
        said.c_str());
    QVERIFY(text(judged.verdict("GL-POD-001", web)).startsWith(QStringLiteral("not-assessed")));
    QCOMPARE(
        text(Judged(deployment("hostPID: false", "")).verdict("GL-POD-002", web)), QStringLiteral("pass"));
}

void EngineTest::anUndecodedRoleMakesItsBindingsUnknown()
{
    const auto yaml = [](const char* verbs) {
        return std::string("apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: "
                           "r}\nrules: [{apiGroups: [''], resources: [pods], verbs: ")
            + verbs
            + "}]\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: "
              "b}\n"
              "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: r}\nsubjects: [{kind: "
              "User, name: eve}]\n";
    };
    const std::string said = Judged(yaml("{a: b}")).verdict("GL-RBAC-005", "ClusterRoleBinding b");
    QVERIFY2(text(said).startsWith(QStringLiteral("not-assessed: ")), said.c_str());
    QVERIFY2(text(said).contains(QStringLiteral("rules[0].verbs")), said.c_str());
    QCOMPARE(
        text(Judged(yaml("[get]")).verdict("GL-RBAC-005", "ClusterRoleBinding b")), QStringLiteral("pass"));
}

void EngineTest::aFailureBesideAnUndecodedFieldStays()
{
    const Judged judged(deployment("hostPID: [1]\nhostNetwork: true", ""));
    QVERIFY(text(judged.verdict("GL-POD-004", web)).startsWith(QStringLiteral("fail high")));
}

void EngineTest::aMissingTemplateIsNotAssessed()
{
    const Judged none(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop}\nspec: {}\n");
    QVERIFY(text(none.verdict("GL-POD-002", web)).startsWith(QStringLiteral("not-assessed")));
    const Judged empty("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop}\nspec: "
                       "{template: {spec: {containers: []}}}\n");
    QVERIFY(text(empty.verdict("GL-POD-001", web)).startsWith(QStringLiteral("not-assessed")));
}

void EngineTest::waiverAccepts_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("ns");
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("accepts");
    QTest::newRow("the whole check") << ""
                                     << ""
                                     << "" << true;
    QTest::newRow("all of it") << "Deployment"
                               << "shop"
                               << "web" << true;
    QTest::newRow("stars") << ""
                           << "sh*"
                           << "w*" << true;
    QTest::newRow("another kind") << "DaemonSet"
                                  << ""
                                  << "" << false;
    QTest::newRow("another namespace") << ""
                                       << "shop2"
                                       << "" << false;
    QTest::newRow("a prefix without star") << ""
                                           << "sho"
                                           << "" << false;
    QTest::newRow("another name") << ""
                                  << ""
                                  << "api" << false;
}

void EngineTest::waiverAccepts()
{
    QFETCH(QString, kind);
    QFETCH(QString, ns);
    QFETCH(QString, name);
    QFETCH(bool, accepts);
    Waiver w = waiver("GL-POD-002");
    w.kind = kind.toStdString();
    w.ns = ns.toStdString();
    w.name = name.toStdString();
    const Judged judged = judgedWith(privileged, { w });
    const Finding* finding = judged.findings("GL-POD-002", web).at(0);
    QCOMPARE(finding->state, accepts ? State::Accepted : State::Fail);
    QCOMPARE(text(finding->waiverOwner), accepts ? QStringLiteral("ops") : QString());
    QCOMPARE(text(finding->reason), accepts ? QStringLiteral("known") : QString());
    QCOMPARE(judged.posture().diagnostics.size(), std::size_t { accepts ? 0U : 1U });
    // It never accepts what another check says, and an accepted finding leaves the score.
    QCOMPARE(judged.findings("GL-POD-001", web).at(0)->state, State::Fail);
    const Judged plain(privileged);
    QCOMPARE(judged.posture().scores.stages[2].value() >= plain.posture().scores.stages[2].value(), true);
    QCOMPARE(judged.posture().byStage[3], plain.posture().byStage[3] - (accepts ? 1 : 0));
}

void EngineTest::theFirstMatchingWaiverIsNamed()
{
    const Judged plain(privileged);
    Waiver byPrint = waiver("");
    byPrint.fingerprint = plain.findings("GL-POD-002", web).at(0)->fingerprint;
    byPrint.owner = "print";
    const Waiver byCheck = waiver("GL-POD-002");
    QCOMPARE(
        text(judgedWith(privileged, { byPrint, byCheck }).findings("GL-POD-002", web).at(0)->waiverOwner),
        QStringLiteral("print"));
    const Judged judged = judgedWith(privileged, { byCheck, byPrint });
    QCOMPARE(text(judged.findings("GL-POD-002", web).at(0)->waiverOwner), QStringLiteral("ops"));
    QVERIFY(judged.posture().diagnostics.empty()); // both match: none is unused
}

void EngineTest::anExpiredWaiverDoesNotApply_data()
{
    QTest::addColumn<QString>("expires");
    QTest::addColumn<QString>("now");
    QTest::addColumn<bool>("applies");
    QTest::newRow("never") << ""
                           << "2030-01-01T00:00:00Z" << true;
    QTest::newRow("before") << "2026-12-31"
                            << "2026-12-30T12:00:00Z" << true;
    QTest::newRow("last second of the day") << "2026-12-31"
                                            << "2026-12-31T23:59:59Z" << true;
    QTest::newRow("the day after") << "2026-12-31"
                                   << "2027-01-01T00:00:00Z" << false;
    QTest::newRow("a time") << "2026-12-31T10:00:00Z"
                            << "2026-12-31T10:00:00Z" << false;
    QTest::newRow("no clock") << "2020-01-01"
                              << "" << true;
}

void EngineTest::anExpiredWaiverDoesNotApply()
{
    QFETCH(QString, expires);
    QFETCH(QString, now);
    QFETCH(bool, applies);
    Waiver w = waiver("GL-POD-002");
    w.expires = expires.toStdString();
    const Judged judged
        = judgedWith(privileged, { w }, now.isEmpty() ? 0 : parseIsoTime(now.toStdString()).value());
    QCOMPARE(judged.findings("GL-POD-002", web).at(0)->state, applies ? State::Accepted : State::Fail);
    QCOMPARE(judged.posture().diagnostics.size(), std::size_t { applies ? 0U : 1U });
    if (!applies) {
        const inventory::Diagnostic& said = judged.posture().diagnostics[0];
        QVERIFY2(text(said.message).contains(QStringLiteral("expired on ") + expires), said.message.c_str());
        QCOMPARE(said.line, 7U);
        QCOMPARE(text(said.file), QStringLiteral("policy.yaml"));
    }
}

void EngineTest::anUnusedWaiverIsReported()
{
    Waiver w = waiver("");
    w.fingerprint = "0000000000000000";
    const Judged judged = judgedWith(privileged, { w, waiver("GL-POD-003") });
    QCOMPARE(judged.posture().diagnostics.size(), std::size_t { 2 });
    QVERIFY(text(judged.posture().diagnostics[0].message)
                .contains(QStringLiteral("0000000000000000 (ops) matches no finding")));
    QVERIFY(text(judged.posture().diagnostics[1].message).contains(QStringLiteral("GL-POD-003")));
}

void EngineTest::severityIsOverridden()
{
    Policy policy;
    policy.severities.emplace("GL-POD-002", Severity::Low);
    const Judged judged(privileged, { .policy = policy });
    QCOMPARE(judged.findings("GL-POD-002", web).at(0)->severity, Severity::Low);
    QCOMPARE(judged.findings("GL-POD-001", web).at(0)->severity, Severity::High);
    QCOMPARE(judged.findings("GL-POD-002", web).at(0)->fingerprint,
        Judged(privileged).findings("GL-POD-002", web).at(0)->fingerprint);
}

void EngineTest::excludedNamespacesAreLeftOut()
{
    std::string other = privileged;
    other.replace(other.find("namespace: shop"), 15, "namespace: dev-1");
    Policy policy;
    policy.excludedNamespaces = { "dev-*" };
    const Judged judged(
        privileged + "---\n" + other + "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: dev-1}\n",
        { .policy = policy });
    const Judged without(privileged);
    QVERIFY(!text(judged.dump()).contains(QStringLiteral("dev-1")));
    QCOMPARE(judged.posture().scores.stages[2], without.posture().scores.stages[2]);
    QCOMPARE(text(judged.posture().gaps.back().what), QStringLiteral("namespace dev-*"));
    QCOMPARE(text(judged.posture().gaps.back().reason), QStringLiteral("left out by the policy"));
}

void EngineTest::platformIsMarked_data()
{
    QTest::addColumn<QString>("yaml");
    QTest::addColumn<QString>("object");
    QTest::addColumn<bool>("platform");
    const auto workload = [](const char* name, const char* metadata, bool platform) {
        const QString yaml = QStringLiteral("apiVersion: v1\nkind: Pod\nmetadata: {%1}\nspec: {hostPID: "
                                            "true, containers: [{name: a, image: i}]}\n")
                                 .arg(QLatin1String(metadata));
        QTest::newRow(name) << yaml << QString() << platform;
    };
    workload("static pod",
        "name: etcd-cp, namespace: kube-system, annotations: {kubernetes.io/config.mirror: x}", true);
    workload("static pod elsewhere",
        "name: etcd-cp, namespace: shop, annotations: {kubernetes.io/config.mirror: x}", false);
    workload("static pod's manifest",
        "name: kube-apiserver-cp, namespace: kube-system, labels: {component: kube-apiserver, tier: "
        "control-plane}",
        true);
    workload("those labels on another name",
        "name: mine, namespace: kube-system, labels: {component: kube-apiserver, tier: control-plane}",
        false);
    workload("those labels elsewhere",
        "name: kube-apiserver-cp, namespace: shop, labels: {component: kube-apiserver, tier: control-plane}",
        false);
    workload("known add-on", "name: storage-provisioner, namespace: kube-system", true);
    workload("known add-on's name elsewhere", "name: storage-provisioner, namespace: shop", false);
    workload("add-on manager's",
        "name: a, namespace: kube-system, labels: {addonmanager.kubernetes.io/mode: Reconcile}", true);
    workload("that label elsewhere",
        "name: a, namespace: shop, labels: {addonmanager.kubernetes.io/mode: Reconcile}", false);
    workload("unknown in kube-system", "name: a, namespace: kube-system", false);
    // The exporter counts as shipped only whole: its registry, a DaemonSet, unprivileged, read-only.
    const auto exporter = [](const char* name, const char* kind, const char* container, bool platform) {
        const QString yaml
            = QStringLiteral("apiVersion: apps/v1\nkind: %1\nmetadata: {name: e, namespace: monitoring}\n"
                             "spec: {template: {spec: {hostPID: true, containers: [{name: e, %2}]}}}\n")
                  .arg(QLatin1String(kind), QLatin1String(container));
        QTest::newRow(name) << yaml << QString() << platform;
    };
    exporter("node exporter", "DaemonSet",
        "image: 'quay.io/prometheus/node-exporter:v1.8.2', volumeMounts: [{name: r, mountPath: /r, readOnly: "
        "true}]",
        true);
    exporter("node exporter of another registry", "DaemonSet",
        "image: 'evil.example/prometheus/node-exporter:v1.8.2'", false);
    exporter("node exporter that is privileged", "DaemonSet",
        "image: 'prom/node-exporter:v1.8.2', securityContext: {privileged: true}", false);
    exporter("node exporter that writes", "DaemonSet",
        "image: 'prom/node-exporter:v1.8.2', volumeMounts: [{name: r, mountPath: /r}]", false);
    exporter("node exporter as a Deployment", "Deployment", "image: 'prom/node-exporter:v1.8.2'", false);
    const auto binding = [](const char* name, const char* metadata, const char* role, const char* subject,
                             bool platform) {
        const QString yaml = QStringLiteral(
            "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {%1}\n"
            "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: '%2'}\nsubjects: [%3]\n")
                                 .arg(QLatin1String(metadata), QLatin1String(role), QLatin1String(subject));
        QTest::newRow(name) << yaml << QStringLiteral("binding") << platform;
    };
    binding("shipped binding", "name: cluster-admin, labels: {kubernetes.io/bootstrapping: rbac-defaults}",
        "cluster-admin", "{kind: Group, name: 'system:masters'}", true);
    binding("shipped binding with a guest",
        "name: cluster-admin, labels: {kubernetes.io/bootstrapping: rbac-defaults}", "cluster-admin",
        "{kind: Group, name: 'system:masters'}, {kind: User, name: eve}", false);
    binding("label on an own binding", "name: mine, labels: {kubernetes.io/bootstrapping: rbac-defaults}",
        "cluster-admin", "{kind: User, name: 'system:anonymous'}", false);
    binding("system name on an own binding", "name: 'system:mine'", "cluster-admin",
        "{kind: ServiceAccount, name: a, namespace: shop}", false);
    binding("discovery for everybody", "name: 'system:public-info-viewer'", "system:public-info-viewer",
        "{kind: Group, name: 'system:unauthenticated'}", true);
    binding("more than discovery for everybody", "name: 'system:public-info-viewer'", "view",
        "{kind: Group, name: 'system:unauthenticated'}", false);
}

void EngineTest::platformIsMarked()
{
    QFETCH(QString, yaml);
    QFETCH(bool, platform);
    const auto inventory = test::imported(yaml.toStdString());
    QCOMPARE(inventory->objects.size(), std::size_t { 1 });
    QCOMPARE(isPlatform(*inventory, ObjectId { 0 }), platform);
}

void EngineTest::platformCountsNowhere()
{
    const std::string pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: storage-provisioner, namespace: "
                            "kube-system}\nspec: {hostPID: true, containers: [{name: a, image: i}]}\n";
    const Judged judged(pod);
    QVERIFY(judged.findings("GL-POD-002", "Pod kube-system/storage-provisioner").at(0)->platform);
    QCOMPARE(judged.posture().scores.stages[2], std::optional<int>(100));
    QCOMPARE(judged.posture().byStage[3], 0U);
    for (const Finding* finding : judged.assessment().findings(false))
        QVERIFY(!finding->platform);
    QVERIFY(judged.assessment().findings(true).size() > judged.assessment().findings(false).size());
}

void EngineTest::countsArePerCheckAndObject()
{
    const std::string two = "apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: shop}\nspec:\n  "
                            "automountServiceAccountToken: false\n  containers:\n"
                            "  - {name: a, image: i, securityContext: {privileged: true, runAsUser: 5}}\n  - "
                            "{name: b, image: i, securityContext: {privileged: true, runAsUser: 5}}\n";
    const Judged judged(two, { .scope = Scope::Manifests });
    QCOMPARE(judged.result("GL-POD-001").failed, 2U); // findings
    QCOMPARE(judged.result("GL-POD-012").failed, 2U);
    QCOMPARE(judged.posture().bySeverity[static_cast<std::size_t>(Severity::High)], 1U); // objects
    QCOMPARE(judged.posture().byStage[3], 2U);
}

void EngineTest::coverageIsTheMeanOverChecks()
{
    // By hand from the results: assessed / (assessed + not assessed) objects, mean over checks that said
    // anything.
    const Judged judged(deployment("hostPID: [1]", "") + "---\n" + privileged);
    double sum = 0;
    int checks = 0;
    for (const CheckResult& result : judged.posture().results) {
        std::set<std::string> failing;
        for (const Finding& f : result.findings) {
            if (f.state != State::NotAssessed)
                failing.insert(std::to_string(f.object.value) + f.pseudo.name);
        }
        const double assessed
            = static_cast<double>(failing.size() + result.passed.size() + result.pseudoPassed);
        if (assessed + result.notAssessed == 0)
            continue;
        sum += assessed / (assessed + result.notAssessed);
        ++checks;
    }
    QVERIFY(checks > 10);
    QVERIFY(qAbs(judged.posture().coveragePercent - 100.0 * sum / checks) < 1e-9);
    QVERIFY(judged.posture().coveragePercent < 100.0);
}

void EngineTest::gapsNameReasonAndChecks()
{
    auto inventory = std::const_pointer_cast<inventory::Inventory>(
        test::imported(privileged)); // built here, shared with nobody yet
    auto& pods = inventory->coverage.kinds[static_cast<std::size_t>(Kind::Pod)];
    pods = { inventory::ReadState::Forbidden, "forbidden", "get,list pods" };
    const Judged judged(inventory, {});
    const auto& gaps = judged.posture().gaps;
    const auto it
        = std::find_if(gaps.begin(), gaps.end(), [](const CoverageGap& gap) { return gap.what == "pods"; });
    QVERIFY(it != gaps.end());
    QCOMPARE(text(it->reason), QStringLiteral("forbidden"));
    QCOMPARE(text(it->grant), QStringLiteral("get,list pods"));
    const std::set<std::string> ids(it->checks.begin(), it->checks.end());
    QVERIFY(ids.contains("GL-ETC-001") && ids.contains("GL-ETC-011"));
    std::set<std::pair<std::string, std::string>> seen;
    for (const CoverageGap& gap : gaps)
        QVERIFY2(seen.emplace(gap.what, gap.reason).second, gap.reason.c_str());
}

void EngineTest::nodesAreNotJudgedInManifests()
{
    const Judged judged(privileged, { .scope = Scope::Manifests });
    for (const CheckInfo& info : judged.assessment().catalogue->checks()) {
        const bool nodesOnly = std::all_of(info.evidence.begin(), info.evidence.end(),
            [](Evidence e) { return e == Evidence::Nodes || e == Evidence::ControlPlane; });
        if (nodesOnly)
            QVERIFY2(text(judged.verdict(info.id, "")).startsWith(QStringLiteral("not-assessed: manifests ")),
                info.id.c_str());
    }
}

void EngineTest::anEmptySourceHasNoScore()
{
    const Judged judged("apiVersion: example.org/v1\nkind: Thing\nmetadata: {name: a, namespace: b}\n",
        { .scope = Scope::Manifests });
    QCOMPARE(judged.posture().scores.stages[2], std::optional<int>());
}

void EngineTest::findingsAreWorstFirst()
{
    std::string other = deployment(
        "volumes: [{name: v, hostPath: {path: /etc}}]", "volumeMounts: [{name: v, mountPath: /x}]");
    other.replace(other.find("name: web"), 9, "name: api");
    const Judged judged(privileged + "---\n" + other);
    const auto findings = judged.assessment().findings(true);
    const auto key = [&](const Finding* f) {
        return std::tuple(-static_cast<int>(f->severity), judged.assessment().info(*f).id,
            f->object.valid() ? judged.inventory().object(f->object).ns.str() + "/"
                    + judged.inventory().object(f->object).kindName.str() + "/"
                    + judged.inventory().object(f->object).name.str()
                              : f->pseudo.name,
            f->locus);
    };
    for (std::size_t i = 1; i < findings.size(); ++i)
        QVERIFY(key(findings[i - 1]) < key(findings[i]));
    QCOMPARE(findings.front()->severity, Severity::Critical);
}

namespace {
    std::string manyWorkloads(int count)
    {
        std::string yaml;
        for (int i = 0; i < count; ++i) {
            const std::string n = std::to_string(i);
            yaml += "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: w" + n + ", namespace: ns"
                + std::to_string(i % 40) + "}\nspec:\n  template:\n    metadata: {labels: {app: w" + n
                + "}}\n    spec:\n      hostNetwork: " + (i % 7 ? "false" : "true")
                + "\n      containers:\n      - {name: a, image: 'i:" + n
                + "', env: [{name: A_TOKEN, value: v" + std::to_string(i % 50)
                + "x9z8}, {name: B, value: c}]}\n      - {name: b, image: i, args: [--x, --y=" + n
                + "], securityContext: {privileged: " + (i % 11 ? "false" : "true") + "}}\n";
        }
        return yaml;
    }
}

void EngineTest::threadsChangeNothing()
{
    const auto inventory = test::imported(manyWorkloads(300));
    Policy policy;
    policy.waivers = { waiver("GL-POD-004"), waiver("GL-POD-003") };
    const std::string one = Judged(inventory, { .policy = policy, .threads = 1 }).dump();
    QVERIFY(one.size() > 10'000);
    for (int round = 0; round < 5; ++round)
        QCOMPARE(Judged(inventory, { .policy = policy, .threads = 4 }).dump(), one);
}

void EngineTest::stopsWhenAsked()
{
    const auto inventory = test::imported(manyWorkloads(2000));
    StopSource source;
    source.requestStop();
    const auto refused = assessment::assess(inventory, nullptr, test::catalogue(), source.token());
    QVERIFY(!refused);
    QCOMPARE(text(refused.error().message), QStringLiteral("cancelled"));

    // On a busy machine the stop may come after the end: then it is tried again.
    bool stopped = false;
    for (int attempt = 0; attempt < 50 && !stopped; ++attempt) {
        StopSource later;
        std::thread stopper([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
            later.requestStop();
        });
        const auto result = assessment::assess(inventory, nullptr, test::catalogue(), later.token(), 1);
        stopper.join();
        stopped = !result;
    }
    QVERIFY(stopped);
}

void EngineTest::isFastEnough()
{
    const auto inventory = test::imported(manyWorkloads(1500));
    double best = 1e9;
    for (int i = 0; i < 5; ++i) {
        const auto result = assessment::assess(inventory, nullptr, test::catalogue());
        QVERIFY(result);
        best = std::min(best, (*result)->seconds);
    }
    qInfo("1,500 workloads: %.1f ms", best * 1000);
    QVERIFY(best < 1.0); // a guard against quadratic work; tests/bench holds the real budget
}

} // namespace glacis::posture

using glacis::posture::EngineTest;
GLACIS_TEST(EngineTest)
#include "engine_test.moc"
