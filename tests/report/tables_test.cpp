// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// CSV, Markdown and JUnit: read back with readers that know the rules of each.
#include "sample.h"

#include <QXmlStreamReader>

#include <optional>

using namespace glacis;
using glacis::test::Sample;
using glacis::test::text;

namespace {
/// RFC 4180; nothing when the text breaks its rules.
std::optional<QList<QStringList>> readCsv(const std::string& csv)
{
    QList<QStringList> rows;
    QStringList row;
    std::string cell;
    std::size_t i = 0;
    while (i < csv.size()) {
        if (csv[i] == '"') {
            for (++i;; ++i) {
                if (i >= csv.size())
                    return std::nullopt;
                if (csv[i] == '"' && i + 1 < csv.size() && csv[i + 1] == '"')
                    cell += csv[++i]; // a doubled quote
                else if (csv[i] == '"')
                    break;
                else
                    cell += csv[i];
            }
            ++i;
        } else {
            while (i < csv.size() && csv[i] != ',' && csv[i] != '\r') {
                if (csv[i] == '"' || csv[i] == '\n')
                    return std::nullopt;
                cell += csv[i++];
            }
        }
        row << text(cell);
        cell.clear();
        if (i < csv.size() && csv[i] == ',') {
            ++i;
        } else if (csv.compare(i, 2, "\r\n") == 0) {
            i += 2;
            rows << row;
            row.clear();
        } else {
            return std::nullopt;
        }
    }
    return rows;
}

std::unique_ptr<Sample> hostile()
{
    auto sample = std::make_unique<Sample>();
    sample->inventory().source.name = test::Hostile;
    posture::Finding& finding = sample->fail(0, {}, Severity::High);
    finding.pseudo = { "Endpoint", test::Hostile };
    finding.message = test::Hostile;
    finding.locus = test::Hostile;
    finding.places.push_back({ test::Hostile, test::Hostile, test::Hostile, {} });
    return sample;
}
}

class TablesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void csvHasARowAFinding();
    void csvCellsAreNoFormulas_data();
    void csvCellsAreNoFormulas();
    void csvSurvivesHostileText();
    void markdownIsOneTableRowAFinding();
    void markdownFormsNoMarkUpFromOutside();
    void markdownKeepsLinkableTextInCode();
    void junitHasASuiteACheckAndACaseAnObject();
    void junitCountsAddUp();
    void junitSurvivesHostileText();
    void junitWithoutFindingsIsWellFormed();
};

void TablesTest::csvHasARowAFinding()
{
    Sample sample;
    sample.fill();
    const auto rows = readCsv(report::writeCsv(sample.assessment(), {}));
    QVERIFY(rows.has_value());
    QCOMPARE(rows->size(), 5);
    const QStringList header = rows->at(0);
    for (const QStringList& row : *rows)
        QCOMPARE(row.size(), header.size());
    const auto cell = [&](int row, const char* column) {
        return rows->at(row).at(header.indexOf(QString::fromLatin1(column)));
    };
    QCOMPARE(cell(1, "check"), QStringLiteral("GL-POD-001"));
    QCOMPARE(cell(1, "severity"), QStringLiteral("critical"));
    QCOMPARE(cell(1, "namespace"), QStringLiteral("shop"));
    QCOMPARE(cell(1, "line"), QStringLiteral("11"));
    QCOMPARE(cell(1, "frameworks"), QStringLiteral("cis-1.12 5.2.2; attack T1610; attack T1611"));
    QCOMPARE(cell(3, "stage"), QString());
    QCOMPARE(cell(4, "state"), QStringLiteral("accepted"));
    QCOMPARE(cell(4, "waiver_owner"), QStringLiteral("ops"));
}

void TablesTest::csvCellsAreNoFormulas_data()
{
    QTest::addColumn<QByteArray>("value");
    for (const char* value : { "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1",
             "\xEF\xBC\x9D"
             "1" })
        QTest::newRow(value) << QByteArray(value);
}

void TablesTest::csvCellsAreNoFormulas()
{
    QFETCH(QByteArray, value);
    Sample sample;
    posture::Finding& finding = sample.fail(0, {}, Severity::High);
    finding.pseudo = { "Endpoint", value.toStdString() };
    const auto rows = readCsv(report::writeCsv(sample.assessment(), {}));
    QVERIFY(rows.has_value());
    const QString name = rows->at(1).at(rows->at(0).indexOf(QStringLiteral("name")));
    QVERIFY2(name.startsWith(QLatin1Char('\'')), qPrintable(name));
}

void TablesTest::csvSurvivesHostileText()
{
    const auto sample = hostile();
    const auto rows = readCsv(report::writeCsv(sample->assessment(), {}));
    QVERIFY(rows.has_value());
    QCOMPARE(rows->size(), 2);
    QCOMPARE(rows->at(1).size(), rows->at(0).size());
}

void TablesTest::markdownIsOneTableRowAFinding()
{
    Sample sample;
    sample.fill();
    const QString out = text(report::writeMarkdown(sample.assessment(), {}));
    QVERIFY2(
        out.contains(QLatin1String(
            "| critical | fail | GL-POD-001 | `Pod shop/web` | A container runs privileged: Runs privileged "
            "(container app) | `spec.containers[0].securityContext.privileged = true` | `dir/web "
            "app.yaml:11` |\n")),
        qPrintable(out));
    QVERIFY(out.contains(QLatin1String("| 3 Least privilege &amp; RBAC | 38 |")));
    QVERIFY(out.contains(QLatin1String(
        "**2 problems** on 2 objects: 1 critical, 0 high, 1 medium, 0 low, 0 info. 1 problem accepted")));
    QVERIFY(out.contains(QLatin1String("| nodes | no Node was read | `get,list nodes` |")));
}

void TablesTest::markdownFormsNoMarkUpFromOutside()
{
    const auto sample = hostile();
    const QString out = text(report::writeMarkdown(sample->assessment(), {}));
    int rows = 0;
    for (const QString& line : out.split(QLatin1Char('\n'))) {
        // Outside of code spans nothing of the hostile text may stand unescaped.
        QString rest;
        for (int i = 0; i < line.size();) {
            int fence = 0;
            while (i + fence < line.size() && line[i + fence] == QLatin1Char('`'))
                ++fence;
            if (fence == 0) {
                rest += line[i++];
                continue;
            }
            const int close = static_cast<int>(line.indexOf(QString(fence, QLatin1Char('`')), i + fence));
            QVERIFY2(close > 0, qPrintable(line)); // every span ends on its line
            QVERIFY(!line.mid(i, close - i).contains(QLatin1String("|"))
                || line.mid(i, close - i).contains(QLatin1String("\\|")));
            i = close + fence;
        }
        QVERIFY2(!rest.contains(QLatin1String("evil")) && !rest.contains(QLatin1Char('<')), qPrintable(rest));
        if (line.startsWith(QLatin1String("| high"))) {
            ++rows;
            QCOMPARE(rest.count(QLatin1Char('|')), 8);
        }
    }
    QCOMPARE(rows, 1);
}

void TablesTest::markdownKeepsLinkableTextInCode()
{
    Sample sample;
    posture::Finding& finding = sample.fail(0, {}, Severity::High);
    finding.pseudo = { "Endpoint", "x" };
    finding.message = "opens www.example.org to all";
    posture::Finding& plain = sample.fail(1, {}, Severity::High);
    plain.pseudo = { "Endpoint", "x" };
    plain.message = "has *stars* and _lines_ and a|pipe";
    const QString out = text(report::writeMarkdown(sample.assessment(), {}));
    QVERIFY(out.contains(QLatin1String("`opens www.example.org to all`")));
    QVERIFY(out.contains(QLatin1String("has \\*stars\\* and \\_lines\\_ and a\\|pipe")));
}

void TablesTest::junitHasASuiteACheckAndACaseAnObject()
{
    Sample sample;
    sample.fill();
    const std::string expected = R"(<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="glacis" tests="3" failures="2" errors="0" skipped="1" time="0">
  <testsuite name="GL-POD-001 A container runs privileged" tests="1" failures="1" errors="0" skipped="0" time="0">
    <testcase name="Pod shop/web" classname="GL-POD-001" file="dir/web app.yaml" line="11" time="0">
      <failure message="A container runs privileged" type="critical">Runs privileged (container app)
  spec.containers[0].securityContext.privileged = true  dir/web app.yaml:11
Runs privileged (container side)
  spec.containers[1].securityContext.privileged = true  dir/web app.yaml:15
What to do: Set privileged to false.</failure>
    </testcase>
  </testsuite>
  <testsuite name="GL-RBAC-001 A binding gives too much" tests="2" failures="1" errors="0" skipped="1" time="0">
    <testcase name="ClusterRoleBinding everyone" classname="GL-RBAC-001" file="dir/web app.yaml" line="21" time="0">
      <failure message="A binding gives too much" type="medium">Gives view to everyone
  roleRef.name = view  dir/web app.yaml:21
What to do: Bind less.</failure>
    </testcase>
    <testcase name="Pod other/calm" classname="GL-RBAC-001" file="dir/web app.yaml" line="24" time="0">
      <skipped message="accepted by ops: old, goes in May"/>
    </testcase>
  </testsuite>
</testsuites>
)";
    QCOMPARE(text(report::writeJunit(sample.assessment(), {})), text(expected));
}

void TablesTest::junitCountsAddUp()
{
    Sample sample;
    sample.fill();
    report::WriteOptions all;
    all.all = true;
    const std::string xml = report::writeJunit(sample.assessment(), all);
    QXmlStreamReader reader(QByteArray::fromStdString(xml));
    int tests = 0, failures = 0, skipped = 0, said = -1;
    while (!reader.atEnd()) {
        reader.readNext();
        if (!reader.isStartElement())
            continue;
        if (reader.name() == QLatin1String("testsuites"))
            said = reader.attributes().value(QLatin1String("tests")).toInt();
        tests += reader.name() == QLatin1String("testcase") ? 1 : 0;
        failures += reader.name() == QLatin1String("failure") ? 1 : 0;
        skipped += reader.name() == QLatin1String("skipped") ? 1 : 0;
    }
    QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
    QCOMPARE(tests, said);
    QCOMPARE(failures, 3); // with the platform's
    QCOMPARE(skipped, 3); // accepted, not assessed, not applicable
}

void TablesTest::junitSurvivesHostileText()
{
    const auto sample = hostile();
    QXmlStreamReader reader(QByteArray::fromStdString(report::writeJunit(sample->assessment(), {})));
    QString name;
    while (!reader.atEnd()) {
        reader.readNext();
        if (reader.isStartElement() && reader.name() == QLatin1String("testcase"))
            name = reader.attributes().value(QLatin1String("name")).toString();
    }
    QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
    QVERIFY(name.startsWith(QLatin1String("Endpoint =1|`<b>\"&'")));
}

void TablesTest::junitWithoutFindingsIsWellFormed()
{
    Sample sample;
    QXmlStreamReader reader(QByteArray::fromStdString(report::writeJunit(sample.assessment(), {})));
    while (!reader.atEnd())
        reader.readNext();
    QVERIFY(!reader.hasError());
}

GLACIS_TEST(TablesTest)
#include "tables_test.moc"
