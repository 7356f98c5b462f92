// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inventory_fixture.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <filesystem>

using namespace glacis;
using namespace glacis::inventory;
using namespace glacis::test;

class ImportTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void jsonListYamlListAndTypedListAgree();
    void largeListIsCutAndKeepsOrder_data();
    void largeListIsCutAndKeepsOrder();
    void typedListWithKindAfterItems();
    void emptyTypedListCountsAsRead();
    void brokenDocumentHidesNothingElse();
    void brokenItemInLargeListHidesNothingElse();
    void anchorsAcrossACutListWork();
    void helmKustomizeAndValuesArePassedOver();
    void foldersAreWalkedInOrder();
    void folderLoopBySymlinkEnds();
    void missingPathIsAnErrorButOthersAreRead();
    void onlyMissingPathsFail();
    void scopeIsToldByWhatFilesHold();
    void factsAreRead();
    void factsErrorsNameLineAndField_data();
    void factsErrorsNameLineAndField();
    void linesPointIntoTheFile();
    void cancelStops();

private:
    std::string put(const char* name, const std::string& text);
    std::unique_ptr<QTemporaryDir> m_folder;
};

void ImportTest::init() { m_folder = std::make_unique<QTemporaryDir>(); }

std::string ImportTest::put(const char* name, const std::string& text)
{
    const QString path = m_folder->filePath(QLatin1String(name));
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly)
        || file.write(text.data(), static_cast<qint64>(text.size())) != static_cast<qint64>(text.size()))
        qFatal("cannot write %s", name);
    return path.toStdString();
}

namespace {
const std::string podA
    = R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":"a","namespace":"ns1"},"spec":{"containers":[{"name":"c"}]}})";

std::string pods(int count, bool json, bool withKind)
{
    std::string text = json ? "{\"apiVersion\": \"v1\",\n \"kind\": \"PodList\",\n \"items\": [\n"
                            : "apiVersion: v1\nitems:\n";
    for (int i = 0; i < count; ++i) {
        const std::string name = "p" + std::to_string(i);
        if (json)
            text += std::string(i ? ",\n" : "") + "  {"
                + (withKind ? R"("apiVersion":"v1","kind":"Pod",)" : "") + R"("metadata":{"name":")" + name
                + R"(","namespace":"ns1"},"spec":{"containers":[{"name":"c","image":")"
                + std::string(1500, 'i') + "\"}]}}";
        else
            text += std::string("- ") + (withKind ? "apiVersion: v1\n  kind: Pod\n  " : "")
                + "metadata: {name: " + name
                + ", namespace: ns1}\n  spec:\n    containers:\n    - name: c\n      image: "
                + std::string(1500, 'i') + '\n';
    }
    return text + (json ? "\n]}\n" : "kind: PodList\n");
}
}

void ImportTest::jsonListYamlListAndTypedListAgree()
{
    for (const std::string& text :
        std::vector<std::string> { "{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[" + podA + "]}",
            "{\"apiVersion\":\"v1\",\"kind\":\"PodList\",\"items\":[{\"metadata\":{\"name\":\"a\","
            "\"namespace\":\"ns1\"},\"spec\":{\"containers\":[{\"name\":\"c\"}]}}]}",
            "apiVersion: v1\nkind: List\nitems:\n- " + podA + "\n", podA, "[" + podA + "]",
            "---\n" + podA + "\n---\n# nothing\n---\n" }) {
        const auto inv = read(text);
        QVERIFY2(inv->workloads.size() == 1, text.c_str());
        QVERIFY(inv->object(inv->workloads[0].id).apiVersion == "v1");
        QVERIFY2(inv->diagnostics.empty(), messages(*inv).c_str());
    }
}

void ImportTest::largeListIsCutAndKeepsOrder_data()
{
    QTest::addColumn<bool>("json");
    QTest::addColumn<bool>("withKind");
    QTest::newRow("JSON") << true << true;
    QTest::newRow("JSON typed list") << true << false;
    QTest::newRow("YAML") << false << true;
}

void ImportTest::largeListIsCutAndKeepsOrder()
{
    QFETCH(bool, json);
    QFETCH(bool, withKind);
    const auto inv = read(pods(3000, json, withKind));
    QVERIFY2(inv->diagnostics.empty(), messages(*inv).c_str());
    QCOMPARE(inv->workloads.size(), std::size_t(3000));
    for (std::uint32_t i = 0; i < 3000; ++i) {
        const Object& o = inv->object(inv->workloads[i].id);
        QCOMPARE(o.name.str(), "p" + std::to_string(i));
        QCOMPARE(o.document, i + 1);
    }
    QCOMPARE(inv->object(inv->workloads[2999].id).line, json ? 2999U + 4 : 3U + 2999 * (withKind ? 7U : 5U));
}

void ImportTest::typedListWithKindAfterItems()
{
    const auto inv = read(pods(3000, false, false)); // kind: PodList stands at the end, items have none
    QVERIFY2(inv->diagnostics.empty(), messages(*inv).c_str());
    QCOMPARE(inv->workloads.size(), std::size_t(3000));
}

void ImportTest::emptyTypedListCountsAsRead()
{
    const auto inv = read(
        R"({"kind":"NetworkPolicyList","apiVersion":"networking.k8s.io/v1","metadata":{"resourceVersion":"1"},"items":[]})");
    QVERIFY(inv->coverage.isRead(Kind::NetworkPolicy));
    QVERIFY(!inv->coverage.isRead(Kind::Pod));
    QVERIFY(!inv->coverage.of(Kind::Pod).reason.empty());
}

void ImportTest::brokenDocumentHidesNothingElse()
{
    const auto inv = read(podA
        + "\n---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: b\n  bad: [1, 2\nspec: x\n---\napiVersion: "
          "v1\nkind: Pod\nmetadata: {name: c}\nspec: {containers: []}\n");
    QCOMPARE(inv->workloads.size(), std::size_t(2));
    const std::string text = messages(*inv);
    QVERIFY2(contains(text, "error test.yaml:"), text.c_str());
    QCOMPARE(inv->object(inv->workloads[1].id).document, 3U);
}

void ImportTest::brokenItemInLargeListHidesNothingElse()
{
    std::string text = pods(3000, false, true);
    const auto at = text.find("- apiVersion: v1\n  kind: Pod\n  metadata: {name: p1500,");
    text.insert(text.find("  spec:", at), "  status: [broken\n");
    const auto inv = read(text);
    QVERIFY2(contains(messages(*inv), "error test.yaml:"), messages(*inv).c_str());
    QVERIFY2(inv->workloads.size() > 2000, std::to_string(inv->workloads.size()).c_str());
}

void ImportTest::anchorsAcrossACutListWork()
{
    std::string text = pods(3000, false, true);
    const auto first = text.find("    containers:");
    text.insert(first + 15, " &shared");
    const auto last = text.rfind("    containers:\n");
    text.replace(last, text.find("kind: PodList") - last, "    containers: *shared\n");
    const auto inv = read(text);
    QVERIFY2(inv->diagnostics.empty(), messages(*inv).c_str());
    QCOMPARE(inv->workloads.size(), std::size_t(3000));
    QCOMPARE(inv->spec(inv->workloads[2999])->containers.size(), std::size_t(1));
}

void ImportTest::helmKustomizeAndValuesArePassedOver()
{
    put("chart/templates/a.yaml",
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Release.Name }}\n{{- if .Values.x }}\n  labels: "
        "{}\n{{- end }}\n");
    put("chart/values.yaml", "replicas: 3\nimage: {tag: x}\n");
    put("kustomization.yaml",
        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [a.yaml]\n");
    put("good.yaml", podA);
    put("notes.txt", "not looked at");
    const auto inv = importPaths({ m_folder->path().toStdString() }, {});
    QVERIFY(inv.has_value());
    QCOMPARE((*inv)->workloads.size(), std::size_t(1));
    const std::string text = messages(**inv);
    QVERIFY2(contains(text, "Helm template"), text.c_str());
    QVERIFY2(contains(text, "values.yaml:1 : no apiVersion and kind"), text.c_str());
    QVERIFY2(contains(text, "Kustomization"), text.c_str());
    for (const auto& d : (*inv)->diagnostics)
        QVERIFY2(d.level == Diagnostic::Level::Info, text.c_str());
}

void ImportTest::foldersAreWalkedInOrder()
{
    put("b.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: second}\nspec: {containers: []}\n");
    put("a/z.json", podA);
    put(".git/config.yaml", "a: b\n");
    const auto inv = importPaths({ m_folder->path().toStdString() }, {});
    QVERIFY(inv.has_value());
    QCOMPARE((*inv)->files.size(), std::size_t(2));
    QVERIFY((*inv)->files[0].view().ends_with("a/z.json"));
    QVERIFY((*inv)->object((*inv)->workloads[1].id).name == "second");
}

void ImportTest::folderLoopBySymlinkEnds()
{
    put("a/x.yaml", podA);
    std::error_code error;
    std::filesystem::create_directory_symlink(
        m_folder->path().toStdString(), m_folder->filePath(QStringLiteral("a/loop")).toStdString(), error);
    if (error)
        QSKIP("links cannot be made here");
    const auto inv = importPaths({ m_folder->path().toStdString() }, {});
    QVERIFY(inv.has_value());
    QCOMPARE((*inv)->files.size(), std::size_t(1));
}

void ImportTest::missingPathIsAnErrorButOthersAreRead()
{
    const std::string good = put("good.yaml", podA);
    const auto inv = importPaths({ good, good + ".absent" }, {});
    QVERIFY(inv.has_value());
    QCOMPARE((*inv)->workloads.size(), std::size_t(1));
    QVERIFY(contains(messages(**inv), "good.yaml.absent:0 : does not exist"));
}

void ImportTest::onlyMissingPathsFail()
{
    const auto inv = importPaths({ m_folder->filePath(QStringLiteral("absent")).toStdString() }, {});
    QVERIFY(!inv.has_value());
    QVERIFY(contains(inv.error().message, "does not exist"));
}

void ImportTest::scopeIsToldByWhatFilesHold()
{
    QVERIFY(read(podA)->source.scope == Scope::Manifests);
    const std::string cluster
        = "apiVersion: v1\nkind: Node\nmetadata: {name: node1}\n---\napiVersion: v1\nkind: "
          "Service\nmetadata: {name: dns, namespace: kube-system}\n";
    QVERIFY(read(cluster)->source.scope == Scope::Cluster);
    ImportOptions options;
    options.scope = Scope::Manifests;
    QVERIFY(read(cluster, options)->source.scope == Scope::Manifests);
}

void ImportTest::factsAreRead()
{
    const std::string facts = put("facts.yaml", R"(glacis: facts/v1
source: port scan of 2026-11-20
time: 2026-11-20T10:00:00Z
dns:         [{name: vote.com, addresses: [104.21.63.124]}]
endpoints:   [{what: kube-apiserver, address: 104.21.63.124, port: 6443, target: node/cp-1}]
ports:       [{node: worker-1, port: 2375, from: internet, state: open, service: docker, tls: none}]
http:        [{endpoint: kube-apiserver, path: /version, from: internet, credentials: none, status: 200}]
filters:     [{node: worker-1, chain: input, ports: [2375], allow: [10.30.0.0/24]}]
exploitable: [{workload: drizzle/Deployment/drizzle-web, port: 8080, reason: "old image"}]
network:     {plugin: calico, enforcesPolicy: true}
etcd:        [{encryptedAtRest: false, how: "etcdctl get"}]
)");
    ImportOptions options;
    options.factsFiles = { facts };
    const auto inv = importPaths({ put("a.yaml", podA) }, options);
    QVERIFY2(inv.has_value(), inv ? "" : inv.error().message.c_str());
    const auto& o = (*inv)->observations;
    QCOMPARE(o.dns.size(), std::size_t(1));
    QCOMPARE(o.endpoints[0].fact.port, 6443);
    QCOMPARE(QString::fromStdString(o.ports[0].fact.tls), QStringLiteral("none"));
    QCOMPARE(o.filters[0].fact.ports.front(), 2375);
    QVERIFY(o.network[0].fact.enforcesPolicy);
    QVERIFY(o.etcd[0].confidence == Confidence::Stated);
    QCOMPARE(QString::fromStdString(o.http[0].source), QStringLiteral("port scan of 2026-11-20"));
    QVERIFY((*inv)->diagnostics.empty());
}

void ImportTest::factsErrorsNameLineAndField_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("message");
    QTest::newRow("no header") << "dns: []"
                               << "glacis: facts/v1";
    QTest::newRow("port range") << "glacis: facts/v1\nports:\n- {node: a, port: 99999}"
                                << "f.yaml:3: ports[0].port: expected a number from 1 to 65535";
    QTest::newRow("list") << "glacis: facts/v1\ndns: {name: a}"
                          << "f.yaml:2: dns: expected a list";
    QTest::newRow("word") << "glacis: facts/v1\nports: [{node: a, port: 1, tls: yes}]"
                          << "expected one of none, server, mutual";
    QTest::newRow("missing") << "glacis: facts/v1\ndns: [{addresses: [1.2.3.4]}]"
                             << "expected a field \"name\"";
    QTest::newRow("syntax") << "glacis: facts/v1\ndns: ["
                            << "f.yaml:";
    QTest::newRow("empty") << ""
                           << "is empty";
}

void ImportTest::factsErrorsNameLineAndField()
{
    QFETCH(QString, text);
    QFETCH(QString, message);
    Observations observations;
    std::vector<Diagnostic> diagnostics;
    const auto done = readFacts(text.toStdString(), "f.yaml", observations, diagnostics);
    QVERIFY(!done.has_value());
    QVERIFY2(contains(done.error().message, message.toStdString()), done.error().message.c_str());
    QVERIFY(observations.empty());
}

void ImportTest::linesPointIntoTheFile()
{
    const auto inv
        = read("# head\napiVersion: v1\nkind: Pod\nmetadata:\n  name: p\n  annotations:\n    a.b/c: "
               "x\nspec:\n  containers:\n  - name: a\n    securityContext:\n      privileged: true\n  - "
               "name: b\n    env:\n    - name: DB_PASSWORD\n      value: hunter2hunter2\n");
    EvidenceReader evidence(inv);
    const ObjectId id = inv->workloads[0].id;
    QCOMPARE(evidence.line(id, "spec.containers[0].securityContext.privileged"), 12U);
    QCOMPARE(evidence.line(id, "spec.containers[1].env[0].value"), 16U);
    QCOMPARE(evidence.line(id, "metadata.annotations.a.b/c"), 7U);
    QCOMPARE(evidence.line(id, "spec.containers[1].securityContext.runAsUser"), 13U); // the nearest parent
    const auto yaml = evidence.yaml(id, "spec.containers[0].securityContext.privileged");
    QCOMPARE(QString::fromStdString(yaml.text)
                 .split(QLatin1Char('\n'))
                 .value(static_cast<int>(yaml.markedLine) - 1)
                 .trimmed(),
        QStringLiteral("privileged: true"));
}

void ImportTest::cancelStops()
{
    StopSource stop;
    stop.requestStop();
    ImportOptions options;
    options.stop = stop.token();
    const auto inv = importText(podA, "a", options);
    QVERIFY(!inv.has_value());
    QCOMPARE(QString::fromStdString(inv.error().message), QStringLiteral("cancelled"));
}

GLACIS_TEST(ImportTest)
#include "import_test.moc"
