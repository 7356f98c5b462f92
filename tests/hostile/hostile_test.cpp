// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Bad input beside a good object: an error, never a crash or a hang, and the good object is read and
// assessed. Run under the asan preset as well.
#include "../inventory/inventory_fixture.h"

#include <QElapsedTimer>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>

#include <algorithm>
#include <filesystem>
#include <random>

#if !defined(_WIN32)
#include <unistd.h>
#endif

#include <assessment/assessment.h>
#include <slowdown.h>

using namespace glacis;
using namespace glacis::inventory;
using namespace glacis::test;

class HostileTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void badFileBesideAGoodOne_data();
    void badFileBesideAGoodOne();
    void hugeLineStopsAtTheCap();
    void documentAboveTheCapIsLeftOut();
    void unreadableFileIsNamed();
    void foldersThatLoopEnd();
    void wrongValuesInEveryField();
    void mutatedManifestsNeverCrash();
};

namespace {
const std::string good = "apiVersion: v1\nkind: Pod\nmetadata: {name: good, namespace: ns1}\nspec: {hostPID: "
                         "true, containers: [{name: c}]}\n";

/// Assesses everything, and looks for the finding about the good Pod, which shares its node's processes.
bool goodIsAssessed(const InventoryPtr& inventory)
{
    static const auto catalogue = [] {
        auto loaded = posture::Catalogue::load();
        if (!loaded)
            qFatal("%s", loaded.error().message.c_str());
        return std::make_shared<const posture::Catalogue>(std::move(*loaded));
    }();
    static const auto policy = std::make_shared<const posture::Policy>();
    const auto assessed = assessment::assess(inventory, policy, catalogue);
    if (!assessed)
        return false;
    const ObjectId pod = inventory->find(Kind::Pod, "ns1", "good");
    const auto& findings
        = (*assessed)->posture.results[static_cast<std::size_t>(catalogue->indexOf("GL-POD-002"))].findings;
    return pod.valid() && std::any_of(findings.begin(), findings.end(), [&](const posture::Finding& f) {
        return f.object == pod && f.state == State::Fail;
    });
}

/// A user who is not root for as long as it lives, where that is possible: root may read every file.
class AsNobody {
public:
#if !defined(_WIN32)
    AsNobody() { m_changed = geteuid() == 0 && seteuid(65534) == 0; }
    ~AsNobody()
    {
        if (m_changed && seteuid(0) != 0)
            qFatal("cannot become root again");
    }

private:
    bool m_changed = false;
#endif
};

std::string repeated(const std::string& text, int times)
{
    std::string out;
    out.reserve(text.size() * static_cast<std::size_t>(times));
    for (int i = 0; i < times; ++i)
        out += text;
    return out;
}

std::string aliasBomb()
{
    std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 12; ++i) {
        std::string before = std::to_string(i - 1);
        text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " ["
            + repeated("*a" + before + ", ", 8) + "*a" + before + "]\n";
    }
    return text + "apiVersion: v1\nkind: Pod\n";
}
}

void HostileTest::badFileBesideAGoodOne_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<bool>("error"); // else a remark or nothing
    const auto row = [](const char* name, const std::string& text, bool error = true) {
        QTest::newRow(name) << QByteArray(text.data(), static_cast<qsizetype>(text.size())) << error;
    };
    row("broken YAML", "apiVersion: v1\nkind: Pod\n  metadata: x: y\n");
    row("tab indentation", "apiVersion: v1\nkind: Pod\nmetadata:\n\tname: x\n");
    row("deep YAML flow", std::string(200000, '[') + std::string(200000, ']'));
    row("deep YAML maps", repeated("{a: ", 100000));
    row("deep JSON",
        "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"a\":" + std::string(200000, '[') + std::string(200000, ']')
            + "}");
    row("deep JSON objects", repeated("{\"a\":", 100000));
    std::string indented;
    for (int i = 0; i < 2000; ++i)
        indented += std::string(static_cast<std::size_t>(i), ' ') + "a:\n";
    row("deep YAML blocks", indented);
    row("alias bomb", aliasBomb());
    row("self reference", "apiVersion: v1\nkind: Pod\nmetadata: &m {name: x, again: *m}\n");
    row("merge of itself", "a: &a\n  <<: *a\n  b: c\n");
    row("binary",
        std::string("\x7f"
                    "ELF\x02\x01\x01\0\0\0\0\xff\xfe\x80\x81",
            16));
    row("NUL bytes", std::string("apiVersion: v1\0kind: Pod\n", 25));
    row("only NUL bytes", std::string(5000, '\0'));
    row("UTF-16",
        std::string("\xff\xfe"
                    "a\0p\0i\0",
            8));
    row("UTF-16 big endian", std::string("\xfe\xff\0a\0p\0i", 8));
    row("invalid UTF-8", "apiVersion: v1\nkind: Pod\nmetadata: {name: \"\xc3\x28\"}\n");
    row("empty", "", false);
    row("only comments", "# nothing\n# here\n", false);
    row("only separators", "---\n---\n---\n", false);
    row("huge integer without a place", "a: 123456789012345678901234567890\n", false);
    row("huge integer in JSON",
        R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"x"},"spec":{"replicas":99999999999999999999,"template":{"spec":{"containers":[]}}}})");
    row("number beyond all numbers",
        "apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: {priority: 1e999, containers: []}\n", false);
    row("huge integer",
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x}\nspec: {replicas: "
        "123456789012345678901234567890, template: {spec: {containers: []}}}\n");
    row("duplicate keys", "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nmetadata: {name: b}\n");
    row("duplicate keys in JSON",
        R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},"metadata":{"name":"b"}})");
    row("cut JSON", R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":"a")");
    row("JSON with rubbish behind", R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"}} }}}])");
    row("no name", "apiVersion: v1\nkind: Pod\nspec: {}\n");
    row("name of wrong type", "apiVersion: v1\nkind: Pod\nmetadata: {name: [1]}\n");
    row("metadata of wrong type", "apiVersion: v1\nkind: Pod\nmetadata: text\n");
    row("spec of wrong type", "apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: [1, 2]\n");
    row("items of wrong type", "apiVersion: v1\nkind: PodList\nitems: {a: b}\n", false);
    row("list of lists of lists",
        "apiVersion: v1\nkind: List\nitems: [{apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: "
        "List, items: [{apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: List, items: "
        "[{apiVersion: v1, kind: List, items: [{a: b}]}]}]}]}]}]\n");
    row("number", "42\n", false);
    row("text", "just some words\n", false);
    row("long key", std::string(2'000'000, 'k') + ": v\n"); // YAML allows 1024 characters
    row("many flow entries", "[" + repeated("a, ", 1'000'000) + "a]\n", false);
    row("many colons", repeated("a: ", 300000));
    row("unclosed quote", "a: \"" + std::string(1'000'000, 'x'));
    row("unknown tag", "apiVersion: v1\nkind: Pod\nmetadata: {name: !!python/object:os.system x}\nspec: {}\n",
        false);
    row("ANSI and bidi in names",
        "apiVersion: v1\nkind: \"Pod\\e[31m\"\nmetadata: {name: \"\\u202Ex\\e[0m\"}\n", false);
}

void HostileTest::badFileBesideAGoodOne()
{
    QFETCH(QByteArray, content);
    QFETCH(bool, error);
    const QTemporaryDir folder;
    for (const char* name : { "a.yaml", "a.json" }) {
        QFile bad(folder.filePath(QLatin1String(name)));
        QVERIFY(bad.open(QIODevice::WriteOnly));
        bad.write(content);
    }
    QFile fine(folder.filePath(QStringLiteral("z.yaml")));
    QVERIFY(fine.open(QIODevice::WriteOnly));
    fine.write(good.data(), static_cast<qint64>(good.size()));
    fine.close();
    QElapsedTimer timer;
    timer.start();
    const auto inv = importPaths({ folder.path().toStdString() }, {});
    QVERIFY(inv.has_value());
    QVERIFY(goodIsAssessed(*inv));
    const std::string text = messages(**inv);
    QVERIFY2((*inv)->diagnostics.size() < 5000, "too many to be read by anybody");
    const bool hasError = contains(text, "error ");
    QVERIFY2(hasError == error, text.substr(0, 2000).c_str());
    QVERIFY2(timer.elapsed() < 60000 * slowdown, "took minutes"); // a hang, not a measurement
}

void HostileTest::hugeLineStopsAtTheCap()
{
    // 1 GiB of one line, given piece by piece: memory stays at the cap for documents.
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("line.yaml"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    const qint64 size = qint64(1) << 30;
    if (!file.resize(size)) // a sparse file: zeros
        QSKIP("no room for a file of 1 GiB");
    file.seek(0);
    file.write("a: ");
    file.seek(size - static_cast<qint64>(good.size()) - 5);
    file.write("\n---\n");
    file.write(good.data(), static_cast<qint64>(good.size()));
    file.close();
    ImportOptions options;
    options.maxDocumentBytes = 64ULL << 20;
    const auto inv = importPaths({ path.toStdString() }, options);
    QVERIFY(inv.has_value());
    QVERIFY2(contains(messages(**inv), "error "), messages(**inv).c_str());
    QVERIFY(goodIsAssessed(*inv));
}

void HostileTest::documentAboveTheCapIsLeftOut()
{
    ImportOptions options;
    options.maxDocumentBytes = 1 << 20;
    for (const bool json : { false, true }) {
        const std::string large = json
            ? R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":"large"},"x":")"
                + std::string(3 << 20, 'x') + "\"}\n"
            : "apiVersion: v1\nkind: Pod\nmetadata: {name: large}\nx: " + std::string(3 << 20, 'x')
                + "\n---\n";
        const std::string small = json
            ? R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":"good","namespace":"ns1"},"spec":{"containers":[]}})"
            : good;
        const auto inv = read(small + (json ? "\n" : "---\n") + large + small, options);
        QVERIFY2(contains(messages(*inv), "error "), messages(*inv).c_str());
        QVERIFY(!inv->find(Kind::Pod, "default", "large").valid());
        QVERIFY(inv->find(Kind::Pod, "ns1", "good").valid());
    }
}

void HostileTest::unreadableFileIsNamed()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("secret.yaml"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("a: b");
    file.close();
    file.setPermissions(QFileDevice::Permissions());
    QFile fine(folder.filePath(QStringLiteral("z.yaml")));
    QVERIFY(fine.open(QIODevice::WriteOnly));
    fine.write(good.data(), static_cast<qint64>(good.size()));
    fine.close();
    // For whoever the test becomes; the group stays root's.
    const auto all = QFileDevice::ReadOwner | QFileDevice::ExeOwner | QFileDevice::ReadGroup
        | QFileDevice::ExeGroup | QFileDevice::ReadOther | QFileDevice::ExeOther;
    QVERIFY(fine.setPermissions(all));
    QVERIFY(QFile::setPermissions(folder.path(), all | QFileDevice::WriteOwner));
    Result<InventoryPtr> inv = failure("not read");
    {
        const AsNobody nobody;
        QFile again(path);
        if (again.open(QIODevice::ReadOnly))
            QSKIP("this user may read every file");
        inv = importPaths({ folder.path().toStdString() }, {});
    }
    QVERIFY(inv.has_value());
    QVERIFY2(contains(messages(**inv), "secret.yaml:0 : cannot be opened"), messages(**inv).c_str());
    QVERIFY(goodIsAssessed(*inv));
}

void HostileTest::foldersThatLoopEnd()
{
    const QTemporaryDir folder;
    const std::filesystem::path root = folder.path().toStdString();
    std::filesystem::create_directories(root / "a" / "b");
    std::error_code error;
    std::filesystem::create_directory_symlink(root, root / "a" / "b" / "up", error);
    if (error)
        QSKIP("links cannot be made here");
    std::filesystem::create_directory_symlink("self", root / "a" / "self", error);
    std::filesystem::create_symlink("second.yaml", root / "a" / "first.yaml", error);
    std::filesystem::create_symlink("first.yaml", root / "a" / "second.yaml", error);
    std::filesystem::create_symlink("nowhere.yaml", root / "a" / "dangling.yaml", error);
    QFile fine(folder.filePath(QStringLiteral("a/b/z.yaml")));
    QVERIFY(fine.open(QIODevice::WriteOnly));
    fine.write(good.data(), static_cast<qint64>(good.size()));
    fine.close();
    const auto inv = importPaths({ folder.path().toStdString() }, {});
    QVERIFY(inv.has_value());
    QCOMPARE((*inv)->workloads.size(), std::size_t(1)); // and not again by the loop
    QVERIFY(goodIsAssessed(*inv));
}

/// Every scalar of real manifests becomes, one after the other, what does not belong there.
void HostileTest::wrongValuesInEveryField()
{
    static const char* const values[] = { "[1, x]", "{a: b}", "text", "12", "true", "null", "-1", "1.5",
        "123456789012345678901234567890", "1e999", "''" };
    QFile file(QStringLiteral(GLACIS_SOURCE_DIR "/tests/data/example-shop/cluster/20-shop.yaml"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n');
    static const QRegularExpression field(QStringLiteral("^(\\s*(?:- )*[^\\s#][^:]*: +)(\\S.*)$"));
    int changed = 0;
    const qsizetype step = std::max<qsizetype>(1, lines.size() / 150);
    for (qsizetype i = 0; i < lines.size(); i += step) {
        const QRegularExpressionMatch match = field.match(lines[i]);
        if (!match.hasMatch())
            continue;
        const QString before = lines[i];
        const char* value = values[static_cast<std::size_t>(changed++) % std::size(values)];
        for (const char* wrong : { value, values[0], values[1], values[8] }) {
            lines[i] = match.captured(1) + QString::fromLatin1(wrong);
            const auto inv = importText(lines.join(u'\n').toStdString() + "\n---\n" + good, "shop.yaml", {});
            QVERIFY(inv.has_value());
            QVERIFY2(goodIsAssessed(*inv), qPrintable(lines[i]));
        }
        lines[i] = before;
    }
    QVERIFY(changed > 50);
}

// A seeded walk through damaged manifests; GLACIS_MUTATIONS=100000 looks longer, GLACIS_SEED elsewhere.
void HostileTest::mutatedManifestsNeverCrash()
{
    const std::string yaml = good + "---\n" + R"(apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop, labels: &l {app: web}}
spec:
  template:
    metadata: {labels: *l}
    spec:
      containers:
      - name: c
        env: [{name: DB_PASSWORD, value: hunter2}, {name: U, value: 'postgres://a:b@c/d'}]
        command: [sh, -c, "mysql -psecret -u x"]
        args: ["--token=abc", '-H', "Authorization: Bearer x"]
        securityContext: {<<: {privileged: true}, runAsUser: 0x10}
---
apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: Secret, metadata: {name: s}, data: {a: YQ==}}
)";
    const std::string json
        = R"({"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},"spec":{"containers":[{"name":"c","env":[{"name":"A_TOKEN","value":"x\u0041"}]}]}},{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"b"},"data":{"k":"v"}}]})";
    const int rounds = qEnvironmentVariableIntValue("GLACIS_MUTATIONS") > 0
        ? qEnvironmentVariableIntValue("GLACIS_MUTATIONS")
        : 3000;
    std::mt19937 random(static_cast<unsigned>(qEnvironmentVariableIntValue("GLACIS_SEED")) + 42U);
    static constexpr char spice[] = "{}[]:,-&*!|>'\"%@`#\n\t \\0\xff\xc3~<=?";
    for (int round = 0; round < rounds; ++round) {
        std::string text = round % 2 ? yaml : json;
        for (auto changes = 1 + random() % 6; changes > 0; --changes) {
            const std::size_t at = random() % text.size();
            switch (random() % 5) {
            case 0:
                text[at] = static_cast<char>(random());
                break;
            case 1:
                text.erase(at, 1 + random() % 20);
                break;
            case 2:
                text.insert(at, 1, spice[random() % (sizeof spice - 1)]);
                break;
            case 3:
                text.insert(at, text.substr(random() % text.size(), random() % 60));
                break;
            default:
                text[at] = spice[random() % (sizeof spice - 1)];
            }
            if (text.empty())
                text = "x";
        }
        // A good document behind a broken one is not lost. (JSON has no mark between documents.)
        const bool beside = round % 2 && text.front() != '{' && text.front() != '[';
        if (beside)
            text += "\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: beside}\nspec: {hostPID: true}\n";
        const auto inv = importText(text, "m.yaml", {});
        QVERIFY(inv.has_value());
        if (beside)
            QVERIFY2((*inv)->find(Kind::Pod, "default", "beside").valid(), text.c_str());
        if (round % 16 == 1)
            static_cast<void>(goodIsAssessed(*inv));
        EvidenceReader evidence(*inv);
        for (std::uint32_t i = 0; i < (*inv)->objects.size(); ++i)
            static_cast<void>(evidence.yaml(ObjectId { i }, "spec"));
    }
}

GLACIS_TEST(HostileTest)
#include "hostile_test.moc"
