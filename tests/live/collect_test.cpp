// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A scan of a real server over the network: does it see what the files say, does it only read, what does it
// say about what it may not see?
#include <algorithm>
#include <fstream>
#include <set>

#include <QJsonArray>

#include <inventory/evidence.h>
#include <inventory/practice.h>
#include <resources/embedded.h>
#include <test_main.h>

#include "comparison.h"
#include "documents.h"
#include "object_loader.h"
#include "product.h"

using namespace glacis;
using namespace glacis::inventory;
using namespace glacis::live;
using glacis::test::text;

class CollectTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void votelabIsAssessedLikeItsFiles();
    void theServerSawOnlyReading();
    void theSourceSaysWhatItIs();
    void secretsComeWithoutValues();
    void smallPagesGiveTheSame();
    void aSmallerRoleSeesLessAndSaysSo();
    void oneNamespaceIsReadWhereNoMoreIsAllowed();
    void noRightsMeanNothingRead();
    void threeThousandPodsComeInPages();

private:
    std::unique_ptr<LiveControlPlane> m_plane;
    Scanner m_scanner;
};

namespace {

std::size_t pods(const Inventory& inventory)
{
    return static_cast<std::size_t>(std::count_if(inventory.workloads.begin(), inventory.workloads.end(),
        [](const Workload& w) { return w.kind == Kind::Pod; }));
}

/// A Role or ClusterRole with one rule, bound to a user.
void grant(const LiveControlPlane& plane, const std::string& user, const std::string& ns,
    const std::string& groups, const std::string& resources)
{
    const std::string kind = ns.empty() ? "ClusterRole" : "Role";
    const std::string name = "of-" + user;
    const std::string metadata
        = "metadata: {name: " + name + (ns.empty() ? std::string() : ", namespace: " + ns) + "}\n";
    const std::string yaml = "apiVersion: rbac.authorization.k8s.io/v1\nkind: " + kind + "\n" + metadata
        + "rules: [{apiGroups: [" + groups + "], resources: [" + resources + "], verbs: [get, list]}]\n"
        + "---\napiVersion: rbac.authorization.k8s.io/v1\nkind: " + kind + "Binding\n" + metadata
        + "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: " + kind + ", name: " + name + "}\n"
        + "subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: " + user + "}]\n";
    const LoadResult loaded = load(plane.admin(), objectsOfYaml(yaml), 1);
    if (!loaded.refused.empty())
        qFatal("%s", loaded.refused.front().c_str());
}

std::vector<AuditLine> lists(const LiveControlPlane& plane, std::string_view resource)
{
    std::vector<AuditLine> out;
    for (const AuditLine& line : of(plane.audited(), productAgent))
        if (line.verb == "list" && line.resource == resource)
            out.push_back(line);
    return out;
}

std::string factsFile(const LiveControlPlane& plane, std::string_view name)
{
    const std::string path = plane.folder() + "/facts.yaml";
    for (const resources::File& file : resources::practice())
        if (file.name == name)
            std::ofstream(path, std::ios::binary) << file.text;
    return path;
}

} // namespace

void CollectTest::initTestCase()
{
    if (const std::string why = LiveControlPlane::whyNot(); !why.empty())
        QSKIP(why.c_str());
    auto plane = LiveControlPlane::start({});
    QVERIFY2(plane, qPrintable(text(plane ? std::string() : plane.error().message)));
    m_plane = std::move(*plane);
    const LoadResult loaded = load(m_plane->admin(), practiceObjects({ "base", "votelab" }));
    QVERIFY2(loaded.refused.empty(), qPrintable(joined(loaded.refused)));
    m_scanner = applyScannerRole(*m_plane, { "configmaps", "secret-metadata" });
}

void CollectTest::cleanup()
{
    if (!QTest::currentTestFailed() || !m_plane)
        return;
    m_plane->keepFolder();
    qInfo("logs are kept in %s", m_plane->folder().c_str());
}

void CollectTest::votelabIsAssessedLikeItsFiles()
{
    cluster::CollectOptions options;
    options.factsFiles = { factsFile(*m_plane, "votelab.facts.yaml") };
    const auto scanned = scan(*m_plane, tokenUser(m_scanner.token), options);
    QVERIFY2(scanned, qPrintable(text(scanned ? std::string() : scanned.error().message)));
    const auto written = loadPractice("votelab", {});
    QVERIFY(written);

    std::vector<Exception> exceptions = serversOwn();
    const auto a = assessed(*written), b = assessed(*scanned);
    // The scanner's own binding reads Secrets' metadata, by which it could read their values: a finding.
    for (const std::string& name : m_scanner.names)
        if (name.starts_with("ClusterRoleBinding ") && name.ends_with("secret-metadata"))
            exceptions.push_back({ '+', " | " + name, "the scanner's own binding" });
    exceptions.push_back({ '+', "GL-ADM-001 | Namespace glacis ", "the scanner's own namespace" });
    exceptions.push_back({ '-', "GL-PLT-002 |", "files are read without a kubeconfig; here it passes" });
    const Difference findings = difference(findingLines(*a), findingLines(*b), exceptions);
    const Difference ways = difference(wayLines(*a), wayLines(*b), {});
    QVERIFY(wayLines(*a).size() > 10);
    QVERIFY2(ways.lines.empty(), qPrintable(joined(ways.lines)));
    QVERIFY2(findings.lines.empty(), qPrintable(joined(findings.lines)));
    QVERIFY2(findings.unused.empty(), qPrintable(joined(findings.unused)));
}

void CollectTest::theServerSawOnlyReading()
{
    QVERIFY(scan(*m_plane, tokenUser(m_scanner.token)));
    const std::vector<AuditLine> asked = of(m_plane->audited(), productAgent);
    QVERIFY2(asked.size() > 20, "requests must be known by their User-Agent");
    const std::vector<std::string> wrong = trespasses(asked);
    QVERIFY2(wrong.empty(), qPrintable(joined(wrong)));
    // Nobody but the test's client and the product spoke as the scanner, under no other name.
    for (const AuditLine& line : m_plane->audited())
        if (line.user.starts_with("system:serviceaccount:glacis:"))
            QVERIFY2(line.userAgent.starts_with(productAgent), line.userAgent.c_str());
}

void CollectTest::theSourceSaysWhatItIs()
{
    const auto scanned = scan(*m_plane, tokenUser(m_scanner.token));
    QVERIFY(scanned);
    const Source& source = (*scanned)->source;
    QCOMPARE(source.kind, std::string("context"));
    QCOMPARE(source.name, std::string("live"));
    QVERIFY(source.scope == Scope::Cluster);
    QVERIFY(source.serverVersion.starts_with("v1."));
    QCOMPARE(source.apiServer, m_plane->url());
    QVERIFY(source.captureTime > 0);
    for (const Kind kind : { Kind::Pod, Kind::Node, Kind::Secret, Kind::ConfigMap, Kind::NetworkPolicy })
        QVERIFY((*scanned)->coverage.isRead(kind));
}

void CollectTest::secretsComeWithoutValues()
{
    const auto scanned = scan(*m_plane, tokenUser(m_scanner.token));
    QVERIFY(scanned);
    AdminClient admin(m_plane->admin());
    const QJsonArray served = admin.get("/api/v1/secrets").json().value(QLatin1String("items")).toArray();
    QCOMPARE((*scanned)->secrets.size(), static_cast<std::size_t>(served.size()));
    std::set<std::string> values;
    for (const auto& secret : served) {
        for (const auto& value : at(secret.toObject(), "data").toObject()) {
            if (const std::string v = value.toString().toStdString(); v.size() >= 8) {
                values.insert(v);
                values.insert(QByteArray::fromBase64(QByteArray::fromStdString(v)).toStdString());
            }
        }
    }
    QVERIFY(!values.empty());
    EvidenceReader reader(*scanned);
    for (std::uint32_t i = 0; i < (*scanned)->objects.size(); ++i) {
        if ((*scanned)->objects[i].kind != Kind::Secret)
            continue;
        const std::string json = reader.json(ObjectId { i });
        for (const std::string& value : values)
            QVERIFY(json.find(value) == std::string::npos);
    }
}

void CollectTest::smallPagesGiveTheSame()
{
    const auto whole = scan(*m_plane, tokenUser(m_scanner.token));
    cluster::CollectOptions options;
    options.pageSize = 7;
    const auto paged = scan(*m_plane, tokenUser(m_scanner.token), options);
    QVERIFY(whole && paged);
    const Difference difference
        = live::difference(findingLines(*assessed(*whole)), findingLines(*assessed(*paged)), {});
    QVERIFY2(difference.lines.empty(), qPrintable(joined(difference.lines)));
    QCOMPARE((*paged)->objects.size(), (*whole)->objects.size());
    const std::vector<AuditLine> asked = lists(*m_plane, "pods");
    QVERIFY(std::any_of(asked.begin(), asked.end(),
        [](const AuditLine& line) { return line.uri.find("continue=") != std::string::npos; }));
}

void CollectTest::aSmallerRoleSeesLessAndSaysSo()
{
    grant(*m_plane, "lesser", "", "\"\", apps", "namespaces, pods, deployments, replicasets");
    const auto scanned = scan(*m_plane, certificateUser(m_plane->as("lesser").certificate));
    QVERIFY2(scanned, qPrintable(text(scanned ? std::string() : scanned.error().message)));
    const Inventory& inventory = **scanned;
    AdminClient admin(m_plane->admin());
    QCOMPARE(pods(inventory),
        static_cast<std::size_t>(
            admin.get("/api/v1/pods").json().value(QLatin1String("items")).toArray().size()));
    QVERIFY(inventory.coverage.isRead(Kind::Pod));
    for (const Kind kind : { Kind::Node, Kind::Secret, Kind::ConfigMap, Kind::ClusterRoleBinding }) {
        const KindCoverage& coverage = inventory.coverage.of(kind);
        QVERIFY(coverage.state == ReadState::Forbidden);
        QVERIFY(!coverage.grant.empty());
        QVERIFY(!coverage.reason.empty());
    }
    QVERIFY(inventory.coverage.of(Kind::Node).grant.find("nodes") != std::string::npos);
    // Unknown is never pass: no check of nodes has a verdict.
    const auto assessment = assessed(*scanned);
    QVERIFY(assessment->posture.coveragePercent < 100.0);
}

void CollectTest::oneNamespaceIsReadWhereNoMoreIsAllowed()
{
    grant(*m_plane, "tenant", "vote", "\"\", apps", "pods, services, deployments, replicasets");
    cluster::CollectOptions options;
    options.namespaces = { "vote" };
    const auto scanned = scan(*m_plane, certificateUser(m_plane->as("tenant").certificate), options);
    QVERIFY2(scanned, qPrintable(text(scanned ? std::string() : scanned.error().message)));
    AdminClient admin(m_plane->admin());
    const QJsonArray served
        = admin.get("/api/v1/namespaces/vote/pods").json().value(QLatin1String("items")).toArray();
    QVERIFY(!served.empty());
    QCOMPARE(pods(**scanned), static_cast<std::size_t>(served.size()));
    for (const Workload& workload : (*scanned)->workloads)
        QVERIFY((*scanned)->object(workload.id).ns == "vote");
}

void CollectTest::noRightsMeanNothingRead()
{
    const auto scanned = scan(*m_plane, certificateUser(m_plane->as("stranger").certificate));
    if (!scanned) { // every list was refused
        QVERIFY(!scanned.error().message.empty());
        return;
    }
    for (const Kind kind : { Kind::Pod, Kind::Node, Kind::Secret, Kind::Namespace, Kind::Role })
        QVERIFY((*scanned)->coverage.of(kind).state == ReadState::Forbidden);
    QCOMPARE(pods(**scanned), std::size_t(0));
    const auto assessment = assessed(*scanned);
    for (const posture::CheckResult& result : assessment->posture.results)
        QCOMPARE(result.passed.size(), std::size_t(0));
}

void CollectTest::threeThousandPodsComeInPages()
{
    auto plane = LiveControlPlane::start({});
    QVERIFY2(plane, qPrintable(text(plane ? std::string() : plane.error().message)));
    const QJsonObject pod
        = objectsOfYaml("apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: many}\n"
                        "spec: {nodeName: n1, containers: [{name: c, image: registry.example/app:1.0}]}\n")
              .front();
    std::vector<QJsonObject> objects
        = objectsOfYaml("apiVersion: v1\nkind: Namespace\nmetadata: {name: many}\n");
    for (int i = 0; i < 3000; ++i) {
        QJsonObject one = pod;
        QJsonObject metadata = one.value(QLatin1String("metadata")).toObject();
        metadata.insert(QLatin1String("name"), text("pod-" + std::to_string(i)));
        one.insert(QLatin1String("metadata"), metadata);
        objects.push_back(one);
    }
    const LoadResult loaded = load((*plane)->admin(), objects, 12);
    QVERIFY2(loaded.refused.empty(), qPrintable(joined(loaded.refused)));
    const Scanner scanner = applyScannerRole(**plane, {});
    const auto scanned = scan(**plane, tokenUser(scanner.token));
    QVERIFY2(scanned, qPrintable(text(scanned ? std::string() : scanned.error().message)));
    QCOMPARE(pods(**scanned), std::size_t(3000));
    const std::vector<AuditLine> pages = lists(**plane, "pods");
    QCOMPARE(pages.size(), std::size_t(6)); // of 500 each
    for (const AuditLine& page : pages)
        QVERIFY(page.uri.find("limit=500") != std::string::npos);
    const std::vector<std::string> wrong = trespasses(of((*plane)->audited(), productAgent));
    QVERIFY2(wrong.empty(), qPrintable(joined(wrong)));
    // Neither Secrets nor ConfigMaps were asked for by who has no right to them; if asked, then as a table.
    QVERIFY((*scanned)->coverage.of(Kind::Secret).state == ReadState::Forbidden);
}

GLACIS_TEST(CollectTest)
#include "collect_test.moc"
