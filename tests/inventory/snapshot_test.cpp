// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inventory_fixture.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <inventory/snapshot.h>

#include <filesystem>
#include <random>

using namespace glacis;
using namespace glacis::inventory;
using namespace glacis::test;

class SnapshotTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void checksumsStayTheSame();
    void initTestCase();
    void whatIsWrittenIsReadBack();
    void factsOfTheKubeconfigAreKept();
    void fileIsForItsOwnerOnly();
    void writingIsAtomic();
    void sampleOfEveryVersionIsStillRead_data();
    void sampleOfEveryVersionIsStillRead();
    void otherFilesAreNoSnapshot();
    void newerVersionIsRefusedInWords();
    void truncationAtEveryLengthIsAnError();
    void everyFlippedByteIsNoticed();
    void hostileSizesAreRefused();
    void hostileContentBehindGoodChecksumsIsRefused();

private:
    QByteArray bytes() const;
    Result<InventoryPtr> readBytes(const QByteArray& bytes);
    QTemporaryDir m_folder;
    std::string m_file;
};

namespace {
constexpr const char* manifest = R"(
apiVersion: v1
kind: Node
metadata: {name: cp, labels: {node-role.kubernetes.io/control-plane: ''}}
status: {addresses: [{type: InternalIP, address: 10.0.0.1}], nodeInfo: {kubeletVersion: v1.34.1}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop, uid: u1, labels: {a: b}}
spec:
  replicas: 2
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: c
        image: nginx
        env: [{name: DB_PASSWORD, value: hunter2hunter2}, {name: URL, value: 'postgres://a:b4dsecret@db:5432/x'}]
        ports: [{containerPort: 80}]
        securityContext: {privileged: true, runAsUser: 0, capabilities: {add: [NET_ADMIN]}}
      volumes: [{name: v, hostPath: {path: /var/run/docker.sock}}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: r}
rules: [{apiGroups: [''], resources: [secrets], verbs: [get]}]
aggregationRule: {clusterRoleSelectors: [{matchLabels: {x: y}}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: p, namespace: kube-system}
spec: {podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}], ports: [{port: http, endPort: 90}]}]}
---
apiVersion: example.org/v1
kind: Thing
metadata: {name: t, namespace: shop}
spec: {replicas: wrong}
---
not: an object
)";

std::shared_ptr<Inventory> withKubeconfig()
{
    auto inventory = std::const_pointer_cast<Inventory>(read(manifest)); // shared with nobody yet
    for (const char* what : { "examined", "what" })
        inventory->observations.kubeconfig.push_back(
            { { "file", "context", "user", what, "entry", "field", "detail", 7 }, "kubeconfig",
                "2026-11-20T10:00:00Z", Confidence::Observed });
    return inventory;
}
}

void SnapshotTest::initTestCase()
{
    m_file = m_folder.filePath(QStringLiteral("a.glacis")).toStdString();
    QVERIFY(writeSnapshot(*read(manifest), m_file).has_value());
}

QByteArray SnapshotTest::bytes() const
{
    QFile file(QString::fromStdString(m_file));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

Result<InventoryPtr> SnapshotTest::readBytes(const QByteArray& changed)
{
    const QString path = m_folder.filePath(QStringLiteral("changed.glacis"));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(changed) != changed.size())
        qFatal("cannot write");
    file.close();
    return readSnapshot(path.toStdString());
}

void SnapshotTest::whatIsWrittenIsReadBack()
{
    const auto before = read(manifest);
    const auto after = readSnapshot(m_file);
    QVERIFY2(after.has_value(), after ? "" : after.error().message.c_str());
    const Inventory& a = *before;
    const Inventory& b = **after;
    QCOMPARE(b.objects.size(), a.objects.size());
    QVERIFY(b.source.scope == a.source.scope);
    QCOMPARE(b.diagnostics.size(), a.diagnostics.size());
    QCOMPARE(messages(b), messages(a));
    QVERIFY(b.coverage.isRead(Kind::Node) && !b.coverage.isRead(Kind::Secret));
    const auto& c = b.spec(workload(b, "web"))->containers[0];
    QVERIFY(c.security.privileged == Tri::True);
    QCOMPARE(c.security.runAsUser.value(), std::int64_t(0));
    QCOMPARE(c.literals.size(), std::size_t(2));
    QVERIFY(c.literals[1].urlHost == "db");
    QVERIFY(b.networkPolicies[0].ingressRules[0].ports[0].port->name == "http");
    QVERIFY(b.find(Kind::ClusterRole, "", "r").valid());
    EvidenceReader left(before);
    EvidenceReader right(*after);
    for (std::uint32_t i = 0; i < a.objects.size(); ++i) {
        QCOMPARE(right.json(ObjectId { i }), left.json(ObjectId { i }));
        QCOMPARE(right.line(ObjectId { i }, "metadata.name"), left.line(ObjectId { i }, "metadata.name"));
    }
    // Written again it is the same file.
    const std::string second = m_folder.filePath(QStringLiteral("b.glacis")).toStdString();
    QVERIFY(writeSnapshot(b, second).has_value());
    QFile file(QString::fromStdString(second));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), bytes());
}

void SnapshotTest::factsOfTheKubeconfigAreKept()
{
    const auto inventory = withKubeconfig();
    QVERIFY(inventory->observations.empty()); // nothing was observed of the cluster
    const std::string file = m_folder.filePath(QStringLiteral("facts.glacis")).toStdString();
    QVERIFY(writeSnapshot(*inventory, file).has_value());
    const auto after = readSnapshot(file);
    QVERIFY2(after.has_value(), after ? "" : after.error().message.c_str());
    QCOMPARE((*after)->observations.kubeconfig.size(), std::size_t(2));
    const auto& observed = (*after)->observations.kubeconfig.back();
    const KubeconfigFact& fact = observed.fact;
    QCOMPARE(fact.file + fact.context + fact.user + fact.what + fact.entry + fact.field + fact.detail,
        std::string("filecontextuserwhatentryfielddetail"));
    QCOMPARE(fact.line, 7U);
    QCOMPARE(observed.source, std::string("kubeconfig"));
    QCOMPARE(observed.time, std::string("2026-11-20T10:00:00Z"));
    QVERIFY(observed.confidence == Confidence::Observed);
    QVERIFY(snapshotHash(*inventory) != snapshotHash(*read(manifest)));
}

void SnapshotTest::fileIsForItsOwnerOnly()
{
#if defined(Q_OS_UNIX)
    const auto mode = std::filesystem::status(m_file).permissions();
    QCOMPARE(static_cast<unsigned>(mode), 0600U);
#else
    QSKIP("file modes are POSIX");
#endif
}

void SnapshotTest::writingIsAtomic()
{
    const QTemporaryDir folder;
    const std::string file = folder.filePath(QStringLiteral("x.glacis")).toStdString();
    QVERIFY(writeSnapshot(*read(manifest), file).has_value());
    QVERIFY(writeSnapshot(*read(manifest), file).has_value());
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
    QVERIFY(!writeSnapshot(*read(manifest), folder.path().toStdString() + "/absent/x.glacis").has_value());
}

void SnapshotTest::sampleOfEveryVersionIsStillRead_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("facts"); // of the kubeconfig, since 1.1
    QTest::newRow("1.0") << QStringLiteral(GLACIS_TEST_DATA "/v1_0.glacis") << 0;
    QTest::newRow("1.1") << QStringLiteral(GLACIS_TEST_DATA "/v1_1.glacis") << 2;
}

void SnapshotTest::sampleOfEveryVersionIsStillRead()
{
    QFETCH(QString, file);
    QFETCH(int, facts);
    if (qEnvironmentVariableIsSet("GLACIS_WRITE_SAMPLE"))
        QVERIFY(
            writeSnapshot(facts == 0 ? *read(manifest) : *withKubeconfig(), file.toStdString()).has_value());
    const auto inv = readSnapshot(file.toStdString());
    QVERIFY2(inv.has_value(), inv ? "" : inv.error().message.c_str());
    QCOMPARE((*inv)->objects.size(), std::size_t(5));
    QCOMPARE((*inv)->observations.kubeconfig.size(), std::size_t(facts));
    QVERIFY((*inv)->spec(workload(**inv, "web"))->volumes[0].path == "/var/run/docker.sock");
}

void SnapshotTest::otherFilesAreNoSnapshot()
{
    for (const QByteArray& other : { QByteArray(), QByteArray("GLACIS"),
             QByteArray("apiVersion: v1\nkind: Pod\n"), QByteArray(1000, '\0') }) {
        const auto result = readBytes(other);
        QVERIFY(!result.has_value());
        QVERIFY(contains(result.error().message, "is no Glacis snapshot"));
    }
    QVERIFY(!readSnapshot("/absent.glacis").has_value());
}

void SnapshotTest::newerVersionIsRefusedInWords()
{
    QByteArray newer = bytes();
    newer[8] = 9;
    const auto result = readBytes(newer);
    QVERIFY(!result.has_value());
    QVERIFY2(contains(result.error().message, "was written by a newer Glacis (snapshot format 9"),
        result.error().message.c_str());
}

void SnapshotTest::truncationAtEveryLengthIsAnError()
{
    const QByteArray whole = bytes();
    for (qsizetype length = 0; length < whole.size(); length += length < 300 ? 1 : 37) {
        const auto result = readBytes(whole.left(length));
        QVERIFY(!result.has_value());
        QVERIFY(!result.error().message.empty());
    }
}

void SnapshotTest::everyFlippedByteIsNoticed()
{
    const QByteArray whole = bytes();
    for (qsizetype at = 0; at < whole.size(); at += at < 300 ? 1 : 13) {
        QByteArray changed = whole;
        changed[at] = static_cast<char>(changed[at] ^ 0x41);
        QVERIFY2(!readBytes(changed).has_value(), std::to_string(at).c_str());
    }
}

namespace {
void put(QByteArray& bytes, qsizetype at, quint64 value)
{
    for (int i = 0; i < 8; ++i)
        bytes[at + i] = static_cast<char>(value >> (8 * i) & 0xFF);
}

// Makes the checksums right again after a change: what somebody does who wants to harm.
void seal(QByteArray& bytes)
{
    constexpr std::uint64_t seed = 0x676C61636973ULL;
    const int sections = static_cast<unsigned char>(bytes[14]);
    qsizetype at = 16 + sections * 32 + 8;
    const auto number = [&](qsizetype from) {
        quint64 value = 0;
        for (int i = 7; i >= 0; --i)
            value = value << 8 | static_cast<unsigned char>(bytes[from + i]);
        return value;
    };
    for (int s = 0; s < sections; ++s) {
        const auto stored = static_cast<qsizetype>(number(16 + s * 32 + 16));
        if (at + stored <= bytes.size())
            put(bytes, 16 + s * 32 + 24,
                hash64(std::string_view(bytes.constData() + at, static_cast<std::size_t>(stored)), seed));
        at += stored;
    }
    put(bytes, 16 + sections * 32,
        hash64(std::string_view(bytes.constData(), static_cast<std::size_t>(16 + sections * 32)), seed));
}
}

void SnapshotTest::hostileSizesAreRefused()
{
    for (int section = 0; section < 4; ++section) {
        for (const quint64 size : { quint64(1) << 62, quint64(3) << 30, ~quint64(0), quint64(1) << 31 }) {
            QByteArray changed = bytes();
            put(changed, 16 + section * 32 + 8, size);
            seal(changed);
            QVERIFY(!readBytes(changed).has_value());
            changed = bytes();
            put(changed, 16 + section * 32 + 16, size);
            put(changed, 16 + 4 * 32, 0);
            QVERIFY(!readBytes(changed).has_value());
        }
    }
}

void SnapshotTest::hostileContentBehindGoodChecksumsIsRefused()
{
    std::mt19937 random(7);
    const QByteArray whole = bytes();
    for (int round = 0; round < 1500; ++round) {
        QByteArray changed = whole;
        for (auto flips = 1 + random() % 3; flips > 0; --flips)
            changed[static_cast<qsizetype>(
                152 + random() % static_cast<std::uint_fast32_t>(whole.size() - 152))]
                = static_cast<char>(random());
        seal(changed);
        const auto result = readBytes(changed); // refused, or a harmless difference: never a crash
        if (result) {
            EvidenceReader evidence(*result);
            for (std::uint32_t i = 0; i < (*result)->objects.size(); ++i)
                static_cast<void>(evidence.line(ObjectId { i }, "metadata.name"));
        }
    }
}

// Files carry these sums: another way to compute them must give the same.
void SnapshotTest::checksumsStayTheSame()
{
    std::string text;
    std::uint64_t sum = 0;
    for (int i = 0; i < 64; ++i) {
        sum = sum * 31 + hash64(text, 7);
        text.push_back(static_cast<char>(i * 37 + 129));
    }
    QCOMPARE(sum, std::uint64_t { 0xEE6CD7EA31327A16 });
}

GLACIS_TEST(SnapshotTest)
#include "snapshot_test.moc"
