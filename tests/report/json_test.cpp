// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sample.h"

using namespace glacis;
using glacis::test::parsed;
using glacis::test::Sample;

namespace {
QJsonArray findings(const std::string& json) { return parsed(json)[QLatin1String("findings")].toArray(); }
}

class JsonTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void hasEveryMemberOfTheContract();
    void findingHasEveryMemberOfTheContract();
    void placesCarryFileAndLine();
    void isOrderedWorstFirst();
    void allAddsWhatIsHidden();
    void filtersByCheckAndNamespace();
    void acceptedCarriesItsWaiver();
    void observationsNameTheirSubject();
    void hostileTextStaysText();
    void sameBytesEveryTime();
};

void JsonTest::hasEveryMemberOfTheContract()
{
    Sample sample;
    sample.fill();
    sample.inventory().diagnostics.push_back(
        { inventory::Diagnostic::Level::Error, "a.yaml", 12, 3, "", "broken" });
    const QJsonObject root = parsed(report::writeJson(sample.assessment(), {}));
    const QStringList members { QStringLiteral("schema"), QStringLiteral("version"), QStringLiteral("time"),
        QStringLiteral("source"), QStringLiteral("credentialRules"), QStringLiteral("coverage"),
        QStringLiteral("diagnostics"), QStringLiteral("observations"), QStringLiteral("scores"),
        QStringLiteral("findings"), QStringLiteral("nodes"), QStringLiteral("edges"),
        QStringLiteral("paths") };
    for (const QString& member : members)
        QVERIFY2(root.contains(member), qPrintable(member));
    QCOMPARE(root[QLatin1String("schema")].toString(), QStringLiteral("glacis.dev/assessment/v1"));
    QCOMPARE(root[QLatin1String("time")].toString(), QStringLiteral("2027-01-15T08:00:00Z"));
    const QJsonObject source = root[QLatin1String("source")].toObject();
    QCOMPARE(source[QLatin1String("kind")].toString(), QStringLiteral("path"));
    QCOMPARE(source[QLatin1String("name")].toString(), QStringLiteral("dir"));
    QCOMPARE(source[QLatin1String("scope")].toString(), QStringLiteral("manifests"));
    const QJsonObject coverage = root[QLatin1String("coverage")].toObject();
    QCOMPARE(coverage[QLatin1String("percent")].toDouble(), 97.0);
    const QJsonObject gap = coverage[QLatin1String("notAssessed")].toArray()[0].toObject();
    QCOMPARE(gap[QLatin1String("what")].toString(), QStringLiteral("nodes"));
    QCOMPARE(gap[QLatin1String("grant")].toString(), QStringLiteral("get,list nodes"));
    const QJsonObject diagnostic = root[QLatin1String("diagnostics")].toArray()[0].toObject();
    QCOMPARE(diagnostic[QLatin1String("file")].toString(), QStringLiteral("a.yaml"));
    QCOMPARE(diagnostic[QLatin1String("line")].toInt(), 12);
    QCOMPARE(diagnostic[QLatin1String("document")].toInt(), 3);
    QCOMPARE(diagnostic[QLatin1String("severity")].toString(), QStringLiteral("error"));
    const QJsonObject scores = root[QLatin1String("scores")].toObject();
    QCOMPARE(scores[QLatin1String("overall")].toInt(), 38);
    const QJsonArray stages = scores[QLatin1String("stages")].toArray();
    QCOMPARE(stages.size(), 4);
    QCOMPARE(stages[0].toObject()[QLatin1String("stage")].toInt(), 1);
    QCOMPARE(stages[0].toObject()[QLatin1String("score")].toInt(), 61);
    QVERIFY(stages[1].toObject()[QLatin1String("score")].isNull());
    QVERIFY(scores[QLatin1String("ways")].isNull());
    QVERIFY(root[QLatin1String("nodes")].toArray().isEmpty());
}

void JsonTest::findingHasEveryMemberOfTheContract()
{
    Sample sample;
    sample.fill();
    const QJsonArray list = findings(report::writeJson(sample.assessment(), {}));
    QCOMPARE(list.size(), 4); // two loci, one binding, one accepted
    const QStringList members { QStringLiteral("check"), QStringLiteral("title"), QStringLiteral("severity"),
        QStringLiteral("stage"), QStringLiteral("state"), QStringLiteral("platform"),
        QStringLiteral("object"), QStringLiteral("related"), QStringLiteral("container"),
        QStringLiteral("path"), QStringLiteral("evidence"), QStringLiteral("places"),
        QStringLiteral("confidence"), QStringLiteral("frameworks"), QStringLiteral("kcsa"),
        QStringLiteral("fixes"), QStringLiteral("fingerprint"), QStringLiteral("waiver") };
    for (const QJsonValue& value : list) {
        for (const QString& member : members)
            QVERIFY2(value.toObject().contains(member), qPrintable(member));
    }
    const QJsonObject first = list[0].toObject();
    QCOMPARE(first[QLatin1String("check")].toString(), QStringLiteral("GL-POD-001"));
    QCOMPARE(first[QLatin1String("severity")].toString(), QStringLiteral("critical"));
    QCOMPARE(first[QLatin1String("stage")].toInt(), 3);
    QCOMPARE(first[QLatin1String("state")].toString(), QStringLiteral("fail"));
    QCOMPARE(first[QLatin1String("platform")].toBool(true), false);
    const QJsonObject object = first[QLatin1String("object")].toObject();
    QCOMPARE(object[QLatin1String("apiVersion")].toString(), QStringLiteral("v1"));
    QCOMPARE(object[QLatin1String("kind")].toString(), QStringLiteral("Pod"));
    QCOMPARE(object[QLatin1String("namespace")].toString(), QStringLiteral("shop"));
    QCOMPARE(object[QLatin1String("name")].toString(), QStringLiteral("web"));
    QCOMPARE(first[QLatin1String("container")].toString(), QStringLiteral("app"));
    QCOMPARE(first[QLatin1String("path")].toString(),
        QStringLiteral("spec.containers[0].securityContext.privileged"));
    QCOMPARE(first[QLatin1String("evidence")].toString(), QStringLiteral("true"));
    QCOMPARE(first[QLatin1String("confidence")].toString(), QStringLiteral("configured"));
    QCOMPARE(first[QLatin1String("frameworks")].toObject()[QLatin1String("attack")].toArray().size(), 2);
    QCOMPARE(first[QLatin1String("fingerprint")].toString().size(), 16);
    QVERIFY(first[QLatin1String("waiver")].isNull());
    QVERIFY(first[QLatin1String("fixes")].toArray().isEmpty());
    const QJsonObject binding = list[2].toObject();
    QVERIFY(binding[QLatin1String("stage")].isNull());
    QVERIFY(binding[QLatin1String("object")].toObject()[QLatin1String("namespace")].isNull());
    const QJsonObject subject = binding[QLatin1String("related")].toArray()[0].toObject();
    QCOMPARE(subject[QLatin1String("kind")].toString(), QStringLiteral("Group"));
    QCOMPARE(subject[QLatin1String("name")].toString(), QStringLiteral("system:authenticated"));
}

void JsonTest::placesCarryFileAndLine()
{
    Sample sample;
    sample.fill();
    const QJsonArray list = findings(report::writeJson(sample.assessment(), {}));
    const QJsonObject first = list[0].toObject()[QLatin1String("places")].toArray()[0].toObject();
    QCOMPARE(first[QLatin1String("file")].toString(), QStringLiteral("dir/web app.yaml"));
    QCOMPARE(first[QLatin1String("line")].toInt(), 11);
    QCOMPARE(
        list[1].toObject()[QLatin1String("places")].toArray()[0].toObject()[QLatin1String("line")].toInt(),
        15);
}

void JsonTest::isOrderedWorstFirst()
{
    Sample sample;
    sample.fill();
    QStringList severities;
    for (const QJsonValue& value : findings(report::writeJson(sample.assessment(), {})))
        severities << value.toObject()[QLatin1String("severity")].toString();
    QCOMPARE(severities.join(QLatin1Char(' ')), QStringLiteral("critical high medium low"));
}

void JsonTest::allAddsWhatIsHidden()
{
    Sample sample;
    sample.fill();
    report::WriteOptions all;
    all.all = true;
    const QJsonArray list = findings(report::writeJson(sample.assessment(), all));
    QStringList states;
    int platform = 0;
    for (const QJsonValue& value : list) {
        states << value.toObject()[QLatin1String("state")].toString();
        platform += value.toObject()[QLatin1String("platform")].toBool() ? 1 : 0;
    }
    QCOMPARE(states.join(QLatin1Char(' ')),
        QStringLiteral("fail fail fail fail accepted not-assessed pass not-applicable"));
    QCOMPARE(platform, 1);
    QVERIFY(list[5].toObject()[QLatin1String("object")].isNull());
    QCOMPARE(list[5].toObject()[QLatin1String("reason")].toString(), QStringLiteral("no Node was read"));
    QCOMPARE(report::chosenFindings(sample.assessment(), all).size(), std::size_t { 8 });
}

void JsonTest::filtersByCheckAndNamespace()
{
    Sample sample;
    sample.fill();
    report::WriteOptions options;
    options.checks = { "GL-RBAC-001" };
    QCOMPARE(findings(report::writeJson(sample.assessment(), options)).size(), 2);
    options.checks.clear();
    options.namespaces = { "shop" };
    QCOMPARE(findings(report::writeJson(sample.assessment(), options)).size(),
        2); // not the cluster-scoped binding
    options.namespaces = { "shop", "other" };
    QCOMPARE(findings(report::writeJson(sample.assessment(), options)).size(), 3);
    options.namespaces = { "sho" };
    QCOMPARE(findings(report::writeJson(sample.assessment(), options)).size(), 0);
}

void JsonTest::acceptedCarriesItsWaiver()
{
    Sample sample;
    sample.fill();
    const QJsonArray list = findings(report::writeJson(sample.assessment(), {}));
    const QJsonObject waiver = list[3].toObject()[QLatin1String("waiver")].toObject();
    QCOMPARE(waiver[QLatin1String("owner")].toString(), QStringLiteral("ops"));
    QCOMPARE(waiver[QLatin1String("reason")].toString(), QStringLiteral("old, goes in May"));
    QCOMPARE(waiver[QLatin1String("expires")].toString(), QStringLiteral("2027-05-01"));
}

void JsonTest::observationsNameTheirSubject()
{
    Sample sample;
    inventory::Observed<inventory::PortFact> port;
    port.fact = { "worker-1", 2375, "internet", "open", "docker", "none" };
    port.source = "port scan";
    port.time = "2026-11-20T10:00:00Z";
    sample.inventory().observations.ports.push_back(port);
    inventory::Observed<inventory::EndpointFact> endpoint;
    endpoint.fact = { "kube-apiserver", "203.0.113.5", 6443, "node/cp-1" };
    sample.inventory().observations.endpoints.push_back(endpoint);
    inventory::Observed<inventory::KubeconfigFact> kubeconfig;
    kubeconfig.fact = { "/k/config", "prod", "dev", "static-token", "user dev", "token", "A token.", 7 };
    kubeconfig.confidence = Confidence::Observed;
    sample.inventory().observations.kubeconfig.push_back(kubeconfig);
    const QJsonArray list
        = parsed(report::writeJson(sample.assessment(), {}))[QLatin1String("observations")].toArray();
    QCOMPARE(list.size(), 3);
    const QJsonObject third = list[2].toObject();
    QCOMPARE(third[QLatin1String("kind")].toString(), QStringLiteral("kubeconfig"));
    QCOMPARE(third[QLatin1String("subject")].toString(), QStringLiteral("kubeconfig/prod"));
    QCOMPARE(third[QLatin1String("confidence")].toString(), QStringLiteral("observed"));
    const QJsonObject value = third[QLatin1String("value")].toObject();
    QCOMPARE(value[QLatin1String("what")].toString(), QStringLiteral("static-token"));
    QCOMPARE(value[QLatin1String("file")].toString(), QStringLiteral("/k/config"));
    QCOMPARE(value[QLatin1String("line")].toInt(), 7);
    QCOMPARE(list[0].toObject()[QLatin1String("subject")].toString(), QStringLiteral("endpoint/apiserver"));
    const QJsonObject second = list[1].toObject();
    QCOMPARE(second[QLatin1String("kind")].toString(), QStringLiteral("port"));
    QCOMPARE(second[QLatin1String("subject")].toString(), QStringLiteral("node/worker-1"));
    QCOMPARE(second[QLatin1String("value")].toObject()[QLatin1String("port")].toInt(), 2375);
    QCOMPARE(second[QLatin1String("confidence")].toString(), QStringLiteral("stated"));
    QCOMPARE(second[QLatin1String("time")].toString(), QStringLiteral("2026-11-20T10:00:00Z"));
}

void JsonTest::hostileTextStaysText()
{
    Sample sample;
    auto& finding = sample.fail(0, sample.find(inventory::Kind::Pod, "shop", "web"), Severity::High);
    finding.message = test::Hostile;
    finding.places.push_back({ "app", test::Hostile, test::Hostile, {} });
    const QJsonArray list = findings(report::writeJson(sample.assessment(), {}));
    QCOMPARE(list.size(), 1);
    const QString evidence = list[0].toObject()[QLatin1String("evidence")].toString();
    QVERIFY(evidence.startsWith(QLatin1String("=1|`<b>\"&'\n[x](http://evil.example)")));
    QVERIFY(evidence.contains(QChar(0xFFFD))); // the broken byte
}

void JsonTest::sameBytesEveryTime()
{
    Sample a, b;
    a.fill();
    b.fill();
    report::WriteOptions all;
    all.all = true;
    QCOMPARE(test::text(report::writeJson(a.assessment(), all)),
        test::text(report::writeJson(b.assessment(), all)));
    QVERIFY(report::writeJson(a.assessment(), all)
                .starts_with("{\n  \"schema\": \"glacis.dev/assessment/v1\",\n"));
}

GLACIS_TEST(JsonTest)
#include "json_test.moc"
