// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "test_main.h"

#include <set>

#include <QElapsedTimer>

#include <posture/check.h>
#include <resources/embedded.h>

namespace glacis::posture {

using test::text;

class CatalogueTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyFunctionHasOneEntryAndBack();
    void everyEntryIsWhole_data();
    void everyEntryIsWhole();
    void filesAreNamedAfterTheirCheck();
    void isFoundById();
    void aMistakeNamesFileAndField_data();
    void aMistakeNamesFileAndField();
};

void CatalogueTest::everyFunctionHasOneEntryAndBack()
{
    const auto catalogue = Catalogue::load();
    QVERIFY2(catalogue, catalogue ? "" : catalogue.error().message.c_str());
    std::set<std::string> functions;
    for (const CheckEntry& entry : allChecks()) {
        QVERIFY2(functions.insert(std::string(entry.id)).second, "registered twice");
        QVERIFY2(entry.function != nullptr, entry.id.data());
    }
    std::set<std::string> entries;
    for (const CheckInfo& info : catalogue->checks())
        entries.insert(info.id);
    for (const std::string& id : functions)
        QVERIFY2(entries.contains(id), ("no catalogue entry for " + id).c_str());
    for (const std::string& id : entries)
        QVERIFY2(functions.contains(id), ("no function for " + id).c_str());
}

void CatalogueTest::everyEntryIsWhole_data()
{
    QTest::addColumn<int>("index");
    const auto catalogue = Catalogue::load();
    QVERIFY2(catalogue, catalogue ? "" : catalogue.error().message.c_str());
    for (std::size_t i = 0; i < catalogue->checks().size(); ++i)
        QTest::newRow(catalogue->checks()[i].id.c_str()) << static_cast<int>(i);
}

void CatalogueTest::everyEntryIsWhole()
{
    QFETCH(int, index);
    const auto catalogue = Catalogue::load();
    const CheckInfo& info = catalogue->checks()[static_cast<std::size_t>(index)];
    QVERIFY(info.title.size() >= 10 && info.title.size() <= 70);
    QVERIFY2(!info.title.ends_with('.'), "a title is no sentence");
    QVERIFY2(info.why.size() >= 60 && info.why.size() <= 420, info.why.c_str());
    QVERIFY2(info.fix.size() >= 60 && info.fix.size() <= 480, info.fix.c_str());
    QVERIFY(info.why.ends_with('.') && info.fix.ends_with('.'));
    QVERIFY(info.why.find('\n') == std::string::npos && info.fix.find('\n') == std::string::npos);
    QVERIFY(!info.kcsa.empty());
    QVERIFY(info.stage <= StageCount);
    QVERIFY(!info.evidence.empty());
    QVERIFY(!info.frameworks.empty());
    static const std::set<std::string> known { "cis-1.12", "nsa", "attack", "ms-matrix", "kubescape", "trivy",
        "pss" };
    for (const FrameworkMapping& mapping : info.frameworks) {
        QVERIFY2(known.contains(mapping.framework), mapping.framework.c_str());
        QVERIFY(!mapping.ids.empty());
    }
}

void CatalogueTest::filesAreNamedAfterTheirCheck()
{
    const auto catalogue = Catalogue::load();
    QCOMPARE(resources::checks().size(), catalogue->checks().size());
    for (const resources::File& file : resources::checks()) {
        QVERIFY(file.name.ends_with(".yaml"));
        QVERIFY2(catalogue->find(file.name.substr(0, file.name.size() - 5)), file.name.data());
    }
}

void CatalogueTest::isFoundById()
{
    const auto catalogue = Catalogue::load();
    const CheckInfo* info = catalogue->find("GL-POD-001");
    QVERIFY(info);
    QCOMPARE(text(info->area), QStringLiteral("POD"));
    QCOMPARE(info->stage, Stage { 3 });
    QVERIFY(!catalogue->find("GL-POD-999"));
    QCOMPARE(catalogue->indexOf("ZZ"), -1);
}

namespace {
    const QString good = QStringLiteral(
        "id: GL-POD-001\ntitle: T\nseverity: high\nstage: 3\nkcsa: K\nlocus: container\nevidence: [objects]\n"
        "why: W.\nfix: F.\nframeworks: {cis-1.12: ['5.2.2']}\n");
}

void CatalogueTest::aMistakeNamesFileAndField_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<QString>("field"); // empty: good
    QTest::newRow("good") << ""
                          << ""
                          << "";
    QTest::newRow("no stage of its own") << "stage: 3"
                                         << "stage: null"
                                         << "";
    QTest::newRow("id") << "GL-POD-001"
                        << "POD-1"
                        << "id";
    QTest::newRow("id without number") << "GL-POD-001"
                                       << "GL-POD-X01"
                                       << "id";
    QTest::newRow("severity") << "high"
                              << "bad"
                              << "severity";
    QTest::newRow("stage too high") << "stage: 3"
                                    << "stage: 5"
                                    << "stage";
    QTest::newRow("stage missing") << "stage: 3\n"
                                   << ""
                                   << "stage";
    QTest::newRow("stage as text") << "stage: 3"
                                   << "stage: '3'"
                                   << "stage";
    QTest::newRow("title missing") << "title: T\n"
                                   << ""
                                   << "title";
    QTest::newRow("title empty") << "title: T"
                                 << "title: ''"
                                 << "title";
    QTest::newRow("locus") << "locus: container"
                           << "locus: place"
                           << "locus";
    QTest::newRow("evidence") << "[objects]"
                              << "[guess]"
                              << "evidence";
    QTest::newRow("no evidence") << "[objects]"
                                 << "[]"
                                 << "evidence";
    QTest::newRow("number that YAML would change") << "'5.2.2'"
                                                   << "1.10"
                                                   << "frameworks.cis-1.12";
    QTest::newRow("frameworks as a list") << "{cis-1.12: ['5.2.2']}"
                                          << "[a]"
                                          << "frameworks";
    QTest::newRow("unknown key") << "why: W."
                                 << "wy: W."
                                 << "wy";
}

void CatalogueTest::aMistakeNamesFileAndField()
{
    QFETCH(QString, from);
    QFETCH(QString, to);
    QFETCH(QString, field);
    QString yaml = good;
    if (!from.isEmpty())
        yaml.replace(from, to);
    const std::string utf8 = yaml.toStdString();
    const auto catalogue = Catalogue::parse({ { "GL-X.yaml", utf8 } });
    QCOMPARE(bool(catalogue), field.isEmpty());
    if (!catalogue)
        QVERIFY2(
            text(catalogue.error().message).startsWith(QStringLiteral("GL-X.yaml: field ") + field + u':'),
            catalogue.error().message.c_str());
    const auto twice = Catalogue::parse({ { "a.yaml", utf8 }, { "b.yaml", utf8 } });
    QVERIFY(!twice);
}

} // namespace glacis::posture

using glacis::posture::CatalogueTest;
GLACIS_TEST(CatalogueTest)
#include "catalogue_test.moc"
