// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the schema of SARIF 2.1.0 requires of the parts that we write, checked by hand: closed sets of member
// names, required members, enumerations. The schema itself, where GLACIS_SARIF_SCHEMA names it, is asked too.
#include "sample.h"

#include <QFile>
#include <QProcess>
#include <QSet>
#include <QTemporaryDir>
#include <QUrl>

#include <report/uri.h>

using namespace glacis;
using glacis::test::parsed;
using glacis::test::Sample;

namespace {
QJsonObject run(const std::string& sarif)
{
    return parsed(sarif)[QLatin1String("runs")].toArray()[0].toObject();
}

/// Every member is one of the allowed ones (the schema says additionalProperties: false), the required ones
/// are there.
bool hasShape(const QJsonObject& object, const char* required, const char* optional)
{
    const auto names = [](const char* list) {
        const QStringList split = QString::fromLatin1(list).split(QLatin1Char(' '), Qt::SkipEmptyParts);
        return QSet<QString>(split.begin(), split.end());
    };
    const QStringList keys = object.keys();
    const QSet<QString> present(keys.begin(), keys.end());
    const QSet<QString> needed = names(required);
    const bool good = present.contains(needed) && (needed + names(optional)).contains(present);
    if (!good)
        qWarning() << "members" << keys << "required" << required << "optional" << optional;
    return good;
}

Sample* filled()
{
    auto* sample = new Sample;
    sample->fill();
    auto& inventory = sample->inventory();
    inventory.diagnostics.push_back(
        { inventory::Diagnostic::Level::Error, "a.yaml", 12, 1, "Pod x/y", "broken" });
    inventory.diagnostics.push_back({ inventory::Diagnostic::Level::Info, "", 0, 0, "", "nothing" });
    posture::Finding& pseudo = sample->fail(0, {}, Severity::Info);
    pseudo.pseudo = { "Endpoint", "kube-apiserver" };
    pseudo.message = test::Hostile;
    pseudo.places.push_back({ "", "", test::Hostile, {} });
    return sample;
}
}

class SarifTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void hasTheShapeOfTheSchema();
    void rulesAreTheCatalogue();
    void resultsPointAtRulesAndLines();
    void acceptedIsSuppressed();
    void otherStatesAreNoFailures();
    void messagesHoldNoLinksOrPlaceholders();
    void filesBecomeUris_data();
    void filesBecomeUris();
    void isValidByTheSchemaItself();
};

void SarifTest::hasTheShapeOfTheSchema()
{
    const std::unique_ptr<Sample> sample(filled());
    report::WriteOptions all;
    all.all = true;
    const QJsonObject log = parsed(report::writeSarif(sample->assessment(), all));
    QVERIFY(hasShape(log, "version runs", "$schema inlineExternalProperties properties"));
    QCOMPARE(log[QLatin1String("version")].toString(), QStringLiteral("2.1.0"));
    const QJsonObject run = log[QLatin1String("runs")].toArray()[0].toObject();
    QVERIFY(hasShape(run, "tool", "invocations columnKind results properties artifacts automationDetails"));
    QVERIFY(hasShape(run[QLatin1String("tool")].toObject(), "driver", "extensions properties"));
    QVERIFY(hasShape(run[QLatin1String("tool")].toObject()[QLatin1String("driver")].toObject(), "name",
        "version semanticVersion informationUri rules properties"));
    const QJsonObject invocation = run[QLatin1String("invocations")].toArray()[0].toObject();
    QVERIFY(hasShape(
        invocation, "executionSuccessful", "toolExecutionNotifications toolConfigurationNotifications"));
    for (const char* list : { "toolExecutionNotifications", "toolConfigurationNotifications" }) {
        const QJsonArray notifications = invocation[QLatin1String(list)].toArray();
        QVERIFY(!notifications.isEmpty());
        for (const QJsonValue& n : notifications)
            QVERIFY(hasShape(n.toObject(), "message", "level locations"));
    }
    const QJsonArray results = run[QLatin1String("results")].toArray();
    QCOMPARE(results.size(), 9);
    const QSet<QString> levels { QStringLiteral("none"), QStringLiteral("note"), QStringLiteral("warning"),
        QStringLiteral("error") };
    for (const QJsonValue& value : results) {
        const QJsonObject result = value.toObject();
        QVERIFY(hasShape(result, "message",
            "ruleId ruleIndex kind level locations partialFingerprints suppressions properties"));
        QVERIFY(hasShape(result[QLatin1String("message")].toObject(), "text", "markdown id arguments"));
        QVERIFY(levels.contains(result[QLatin1String("level")].toString()));
        if (result[QLatin1String("kind")].toString() != QLatin1String("fail"))
            QCOMPARE(result[QLatin1String("level")].toString(), QStringLiteral("none"));
        for (const QJsonValue& l : result[QLatin1String("locations")].toArray()) {
            const QJsonObject location = l.toObject();
            QVERIFY(hasShape(location, "", "physicalLocation logicalLocations"));
            const QJsonObject physical = location[QLatin1String("physicalLocation")].toObject();
            if (!physical.isEmpty()) {
                QVERIFY(hasShape(physical, "artifactLocation", "region"));
                QVERIFY(hasShape(
                    physical[QLatin1String("artifactLocation")].toObject(), "uri", "uriBaseId index"));
                if (physical.contains(QLatin1String("region")))
                    QVERIFY(physical[QLatin1String("region")].toObject()[QLatin1String("startLine")].toInt()
                        >= 1);
            }
            for (const QJsonValue& logical : location[QLatin1String("logicalLocations")].toArray())
                QVERIFY(hasShape(logical.toObject(), "", "name fullyQualifiedName kind properties"));
        }
    }
}

void SarifTest::rulesAreTheCatalogue()
{
    const std::unique_ptr<Sample> sample(filled());
    const QJsonArray rules = run(report::writeSarif(sample->assessment(), {}))[QLatin1String("tool")]
                                 .toObject()[QLatin1String("driver")]
                                 .toObject()[QLatin1String("rules")]
                                 .toArray();
    QCOMPARE(rules.size(), 2);
    const QJsonObject rule = rules[0].toObject();
    QVERIFY(hasShape(rule, "id", "shortDescription fullDescription help defaultConfiguration properties"));
    QCOMPARE(rule[QLatin1String("id")].toString(), QStringLiteral("GL-POD-001"));
    QVERIFY(rule[QLatin1String("help")].toObject()[QLatin1String("text")].toString().contains(
        QLatin1String("Set privileged to false.")));
    QCOMPARE(rule[QLatin1String("defaultConfiguration")].toObject()[QLatin1String("level")].toString(),
        QStringLiteral("error"));
    QCOMPARE(rule[QLatin1String("properties")].toObject()[QLatin1String("security-severity")].toString(),
        QStringLiteral("8.0"));
}

void SarifTest::resultsPointAtRulesAndLines()
{
    Sample sample;
    sample.fill();
    const QJsonArray results
        = run(report::writeSarif(sample.assessment(), {}))[QLatin1String("results")].toArray();
    QCOMPARE(results.size(), 4);
    const QJsonObject first = results[0].toObject();
    QCOMPARE(first[QLatin1String("ruleId")].toString(), QStringLiteral("GL-POD-001"));
    QCOMPARE(first[QLatin1String("ruleIndex")].toInt(-1), 0);
    QCOMPARE(results[2].toObject()[QLatin1String("ruleIndex")].toInt(-1), 1);
    QCOMPARE(results[2].toObject()[QLatin1String("level")].toString(), QStringLiteral("warning"));
    const QJsonObject location = first[QLatin1String("locations")].toArray()[0].toObject();
    const QJsonObject physical = location[QLatin1String("physicalLocation")].toObject();
    QCOMPARE(physical[QLatin1String("artifactLocation")].toObject()[QLatin1String("uri")].toString(),
        QStringLiteral("dir/web%20app.yaml"));
    QCOMPARE(physical[QLatin1String("region")].toObject()[QLatin1String("startLine")].toInt(), 11);
    QCOMPARE(location[QLatin1String("logicalLocations")]
                 .toArray()[0]
                 .toObject()[QLatin1String("fullyQualifiedName")]
                 .toString(),
        QStringLiteral("Pod/shop/web"));
    QVERIFY(!first[QLatin1String("partialFingerprints")].toObject().isEmpty());
}

void SarifTest::acceptedIsSuppressed()
{
    Sample sample;
    sample.fill();
    const QJsonArray results
        = run(report::writeSarif(sample.assessment(), {}))[QLatin1String("results")].toArray();
    QVERIFY(!results[0].toObject().contains(QLatin1String("suppressions")));
    const QJsonObject suppression
        = results[3].toObject()[QLatin1String("suppressions")].toArray()[0].toObject();
    QVERIFY(hasShape(suppression, "kind", "status justification"));
    QCOMPARE(suppression[QLatin1String("kind")].toString(), QStringLiteral("external"));
    QCOMPARE(suppression[QLatin1String("justification")].toString(), QStringLiteral("old, goes in May"));
}

void SarifTest::otherStatesAreNoFailures()
{
    Sample sample;
    sample.fill();
    report::WriteOptions all;
    all.all = true;
    QStringList kinds;
    for (const QJsonValue& r :
        run(report::writeSarif(sample.assessment(), all))[QLatin1String("results")].toArray())
        kinds << r.toObject()[QLatin1String("kind")].toString();
    QCOMPARE(
        kinds.join(QLatin1Char(' ')), QStringLiteral("fail fail fail fail fail open pass notApplicable"));
}

void SarifTest::messagesHoldNoLinksOrPlaceholders()
{
    const std::unique_ptr<Sample> sample(filled());
    const QJsonArray results
        = run(report::writeSarif(sample->assessment(), {}))[QLatin1String("results")].toArray();
    const QString message
        = results[4].toObject()[QLatin1String("message")].toObject()[QLatin1String("text")].toString();
    QVERIFY(message.contains(QLatin1String("kube-apiserver")));
    QVERIFY2(!message.contains(QLatin1String("](")), qPrintable(message));
    QVERIFY2(message.contains(QLatin1String("{{0}}")), qPrintable(message));
    QVERIFY(!message.contains(QChar(0x1B)));
}

void SarifTest::filesBecomeUris_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("uri");
    QTest::newRow("relative") << QStringLiteral("a/b.yaml") << QStringLiteral("a/b.yaml");
    QTest::newRow("leading dot") << QStringLiteral("././a.yaml") << QStringLiteral("a.yaml");
    QTest::newRow("space and percent") << QStringLiteral("a b%.yaml") << QStringLiteral("a%20b%25.yaml");
    QTest::newRow("colon is no scheme") << QStringLiteral("http:x.yaml") << QStringLiteral("http%3Ax.yaml");
    QTest::newRow("absolute") << QStringLiteral("/tmp/a.yaml") << QStringLiteral("file:///tmp/a.yaml");
    QTest::newRow("two slashes are no host") << QStringLiteral("//x/a") << QStringLiteral("file:///x/a");
    QTest::newRow("drive") << QStringLiteral("C:\\d\\a b.yaml") << QStringLiteral("file:///C:/d/a%20b.yaml");
    QTest::newRow("share") << QStringLiteral("\\\\srv\\d\\a.yaml") << QStringLiteral("file://srv/d/a.yaml");
    QTest::newRow("hash and question") << QStringLiteral("a#b?c") << QStringLiteral("a%23b%3Fc");
    QTest::newRow("umlaut") << QStringLiteral("ä") << QStringLiteral("%C3%A4");
}

void SarifTest::filesBecomeUris()
{
    QFETCH(QString, file);
    QFETCH(QString, uri);
    const QString made = test::text(report::fileUri(file.toStdString()));
    QCOMPARE(made, uri);
    QVERIFY(QUrl(made, QUrl::StrictMode).isValid());
}

void SarifTest::isValidByTheSchemaItself()
{
    const QString schema = qEnvironmentVariable("GLACIS_SARIF_SCHEMA");
    if (schema.isEmpty())
        QSKIP("GLACIS_SARIF_SCHEMA names no sarif-schema-2.1.0.json");
    const std::unique_ptr<Sample> sample(filled());
    report::WriteOptions all;
    all.all = true;
    QTemporaryDir dir;
    QFile file(dir.filePath(QStringLiteral("out.sarif")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray::fromStdString(report::writeSarif(sample->assessment(), all)));
    file.close();
    QProcess python;
    python.start(QStringLiteral("python3"),
        { QStringLiteral("-c"),
            QStringLiteral(
                "import json, sys\n"
                "try:\n"
                "    import jsonschema\n"
                "except ImportError:\n"
                "    sys.exit(77)\n"
                "jsonschema.validate(json.load(open(sys.argv[1])), json.load(open(sys.argv[2])))\n"),
            file.fileName(), schema });
    if (!python.waitForFinished(60000) || python.exitCode() == 77)
        QSKIP("python3 with jsonschema is not there");
    QVERIFY2(python.exitCode() == 0, python.readAllStandardError().constData());
}

GLACIS_TEST(SarifTest)
#include "sarif_test.moc"
