// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Marked secret values are planted in every place where one can stand; none may be found in what an import
// leaves.
#include "inventory_fixture.h"

#include <QFile>
#include <QTemporaryDir>

#include <inventory/snapshot.h>

#include <set>

using namespace glacis;
using namespace glacis::inventory;
using namespace glacis::test;

namespace {

// A value that every detector takes for a credential by the name beside it, with a number to tell them apart.
std::string planted(int i) { return "Zq9x" + std::to_string(100 + i) + "mARKeD"; }

std::string manifest()
{
    int i = 0;
    const auto next = [&] { return planted(i++); };
    std::string t;
    t += "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  namespace: shop\n  annotations:\n";
    t += "    kubectl.kubernetes.io/last-applied-configuration: '{\"spec\":{\"env\":\"" + next() + "\"}}'\n";
    t += "    example.org/api-token: " + next() + "\n    example.org/url: https://u:" + next()
        + "@h.example.org/x\n";
    t += "spec:\n  template:\n    metadata: {annotations: {db-password: " + next() + "}}\n    spec:\n";
    for (const char* list : { "initContainers", "containers", "ephemeralContainers" }) {
        t += std::string("      ") + list + ":\n      - name: c\n        env:\n";
        t += "        - {name: DB_PASSWORD, value: " + next() + "}\n";
        t += "        - {name: DATABASE_URL, value: 'postgres://app:" + next() + "@db:5432/shop'}\n";
        t += "        - {name: SETTINGS, value: '{\"password\": \"" + next() + "\"}'}\n";
        t += "        command: [sh, -c, 'export PGPASSWORD=" + next() + "; run']\n";
        t += "        args: [--password, " + next() + ", --token=" + next()
            + ", '-u', 'x', 'https://a:" + next() + "@b/c']\n";
        t += "        livenessProbe: {exec: {command: [curl, -u, 'admin:" + next() + "', http://x]}}\n";
        t += "        readinessProbe: {httpGet: {path: /, port: 1, httpHeaders: [{name: Authorization, "
             "value: 'Bearer "
            + next() + "'}, {name: X-Api-Key, value: " + next() + "}]}}\n";
        t += "        lifecycle: {preStop: {exec: {command: [sh, -c, 'mysql -p" + next() + "']}}}\n";
    }
    t += "      volumes:\n      - name: v\n        csi: {driver: d, volumeAttributes: {endpoint: 'https://k:"
        + next() + "@s3'}}\n";
    t += "---\napiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: shop, annotations: "
         "{kubectl.kubernetes.io/last-applied-configuration: '{\"data\":\""
        + next() + "\"}'}}\n";
    t += "data: {password: " + next() + "}\nstringData: {" + std::string("other: ") + next() + "}\n";
    t += "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: shop}\ndata: {any: " + next()
        + ", password: " + next() + "}\nbinaryData: {b: " + next() + "}\n";
    t += "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: cluster-info, namespace: "
         "kube-public}\ndata: {kubeconfig: \"users:\n- user:\n    token: "
        + next() + "\n\"}\n";
    t += "---\napiVersion: example.org/v1\nkind: Database\nmetadata: {name: d, namespace: shop}\nspec: "
         "{adminPassword: "
        + next() + ", url: 'mysql://r:" + next() + "@h/d', nested: [{apiKey: " + next() + "}]}\n";
    t += "---\napiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata: "
         "{name: w}\nwebhooks: [{name: a, clientConfig: {url: 'https://u:"
        + next() + "@hook.example.org/'}}]\n";
    t += "---\napiVersion: v1\nkind: Pod\nmetadata: {name: typed, namespace: shop}\nspec: {containers: "
         "[{name: c, env: [{name: DB_PASSWORD, value: 8"
        + std::string("765432109876") + "}]}]}\n";
    return t;
}

constexpr std::string_view numericSecret = "8765432109876";

} // namespace

class RedactionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingPlantedIsLeftInTheInventory();
    void nothingPlantedIsLeftInKeysThatComeAgain();
    void keysThatLookAlikeKeepTheirLetters();
    void nothingPlantedIsLeftInTheSnapshot();
    void literalsAreKeptAsFacts();
    void sameValueSameReuseGroup();
    void reuseGroupsDoNotDependOnThreads();

private:
    static void verifyClean(const std::string& text, const char* where);
};

void RedactionTest::verifyClean(const std::string& text, const char* where)
{
    const auto at = text.find("mARKeD");
    const std::string around
        = at == std::string::npos ? std::string() : text.substr(at > 80 ? at - 80 : 0, 160);
    QVERIFY2(around.empty(), (std::string(where) + ": ..." + around).c_str());
    QVERIFY2(text.find(numericSecret) == std::string::npos, where);
}

void RedactionTest::nothingPlantedIsLeftInTheInventory()
{
    const auto inv = read(manifest());
    QCOMPARE(inv->objects.size(), std::size_t(7));
    EvidenceReader evidence(inv);
    for (std::uint32_t i = 0; i < inv->objects.size(); ++i) {
        verifyClean(evidence.json(ObjectId { i }), "redacted JSON");
        verifyClean(evidence.yaml(ObjectId { i }, "spec").text, "YAML");
        for (const auto& annotation : inv->objects[i].annotations)
            verifyClean(annotation.value.str(), "annotation");
    }
    for (const auto& spec : inv->podSpecs) {
        for (const auto& c : spec.containers) {
            for (const auto& e : c.env)
                verifyClean(e.value.str(), "env");
            for (const auto* texts : { &c.command, &c.args }) {
                for (const Str text : *texts)
                    verifyClean(text.str(), "command or args");
            }
            for (const auto& l : c.literals)
                verifyClean(
                    l.publicPrefix.str() + l.urlHost.str() + l.urlDatabase.str() + l.key.str() + l.path.str(),
                    "literal");
        }
    }
    for (const auto& map : inv->configMaps) {
        for (const auto& kept : map.kept)
            verifyClean(kept.value.str(), "ConfigMap");
    }
    verifyClean(messages(*inv), "diagnostics");
}

void RedactionTest::nothingPlantedIsLeftInKeysThatComeAgain()
{
    std::string text;
    for (int i = 0; i < 3; ++i)
        text += "---\napiVersion: example.org/v1\nkind: Database\nmetadata: {name: d" + std::to_string(i)
            + ", namespace: shop}\nspec: {'ftp://u:Zq9xmARKeD@h': 1, 'ftp://u:" + planted(i) + "@h': 1}\n";
    const auto inv = read(text);
    QCOMPARE(inv->objects.size(), std::size_t(3));
    EvidenceReader evidence(inv);
    for (std::uint32_t i = 0; i < 3; ++i)
        verifyClean(evidence.json(ObjectId { i }), "redacted JSON");
}

// Evidence remembers how short keys are written.
void RedactionTest::keysThatLookAlikeKeepTheirLetters()
{
    const std::string all = "{\"bcdefghi\":1,\"bXdeXgXi\":2,\"bYdeYgYi\":3,\"b\\\"dexg\\\"i\":4,\"\":5,\"b\":"
                            "6,\"bcd\\u0001fghi\":7}";
    std::string text;
    for (int i = 0; i < 3; ++i)
        text += "---\napiVersion: example.org/v1\nkind: Database\nmetadata: {name: d" + std::to_string(i)
            + ", namespace: shop}\nspec: " + all + "\n";
    const auto inv = read(text);
    QCOMPARE(inv->objects.size(), std::size_t(3));
    EvidenceReader evidence(inv);
    for (std::uint32_t i = 0; i < 3; ++i) {
        const std::string json = evidence.json(ObjectId { i });
        QVERIFY2(contains(json, all), json.c_str());
    }
}

void RedactionTest::nothingPlantedIsLeftInTheSnapshot()
{
    const QTemporaryDir folder;
    const std::string file = folder.filePath(QStringLiteral("a.glacis")).toStdString();
    QVERIFY(writeSnapshot(*read(manifest()), file).has_value());
    const auto again = readSnapshot(file);
    QVERIFY(again.has_value());
    EvidenceReader evidence(*again);
    for (std::uint32_t i = 0; i < (*again)->objects.size(); ++i)
        verifyClean(evidence.json(ObjectId { i }), "snapshot");
    QFile raw(QString::fromStdString(file));
    QVERIFY(raw.open(QIODevice::ReadOnly));
    verifyClean(raw.readAll().toStdString(), "snapshot bytes");
}

void RedactionTest::literalsAreKeptAsFacts()
{
    const auto inv = read(manifest());
    const auto* spec = inv->spec(workload(*inv, "web"));
    for (const auto& container : spec->containers) {
        std::set<std::string> paths;
        for (const auto& literal : container.literals)
            paths.insert(literal.path.str());
        for (const char* wanted : { "env[0].value", "env[1].value", "command[2]", "args[1]", "args[2]",
                 "args[5]", "livenessProbe.exec.command[2]", "readinessProbe.httpGet.httpHeaders[0].value",
                 "lifecycle.preStop.exec.command[2]" })
            QVERIFY2(paths.count(wanted), wanted);
    }
}

void RedactionTest::sameValueSameReuseGroup()
{
    const auto inv
        = read("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: c, env: [{name: "
               "A_PASSWORD, value: rosebud1}, {name: B_PASSWORD, value: other222}]}]}\n"
               "---\napiVersion: v1\nkind: Pod\nmetadata: {name: b}\nspec: {containers: [{name: c, env: "
               "[{name: C_PASSWORD, value: rosebud1}]}]}\n");
    const auto& a = inv->spec(workload(*inv, "a"))->containers[0].literals;
    const auto& b = inv->spec(workload(*inv, "b"))->containers[0].literals;
    QCOMPARE(a.size(), std::size_t(2));
    QCOMPARE(a[0].reuseGroup, 1U);
    QCOMPARE(a[1].reuseGroup, 2U);
    QCOMPARE(b[0].reuseGroup, 1U);
}

void RedactionTest::reuseGroupsDoNotDependOnThreads()
{
    std::string text;
    for (int i = 0; i < 3000; ++i)
        text += "apiVersion: v1\nkind: Pod\nmetadata: {name: p" + std::to_string(i)
            + "}\nspec: {containers: [{name: c, image: 'registry.example.org/some/long/image/name:"
            + std::to_string(i) + "', env: [{name: DB_PASSWORD, value: pw-" + std::to_string(i % 700)
            + "-zebra}, {name: PADDING, value: '" + std::string(900, 'x') + "'}]}]}\n---\n";
    const QTemporaryDir folder;
    QByteArray first;
    for (const unsigned threads : { 1U, 4U }) {
        ImportOptions options;
        options.threads = threads;
        const std::string file = folder.filePath(QStringLiteral("t%1.glacis").arg(threads)).toStdString();
        QVERIFY(writeSnapshot(*read(text, options), file).has_value());
        QFile raw(QString::fromStdString(file));
        QVERIFY(raw.open(QIODevice::ReadOnly));
        const QByteArray bytes = raw.readAll();
        if (first.isEmpty())
            first = bytes;
        QCOMPARE(bytes, first);
    }
}

GLACIS_TEST(RedactionTest)
#include "redaction_test.moc"
