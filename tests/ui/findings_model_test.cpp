// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "made_assessment.h"
#include "slowdown.h"
#include "test_main.h"

#include <findings/finding_filter.h>
#include <findings/findings_model.h>

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QSignalSpy>

using namespace glacis;
using namespace glacis::ui;
using namespace Qt::StringLiterals;
using Column = FindingsModel::Column;

class FindingsModelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void showsOpenAndAcceptedWorstFirst();
    void countsProblemsAndNotRows();
    void staysAValidModelThroughEverything();
    void filtersByTerms_data();
    void filtersByTerms();
    void severityTermIsReplacedAndNothingElse_data();
    void severityTermIsReplacedAndNothingElse();
    void sortsByEveryColumnBothWays_data();
    void sortsByEveryColumnBothWays();
    void sortingKeepsPersistentIndexesOnTheirFinding();
    void severitySortsByRankNotByWord();
    void thirdClickReturnsToWorstFirst();
    void findsByFingerprintEvenWhenFilteredAway();
    void hundredThousandRowsFilterAndSortWithoutAPause();
};

namespace {

QStringList names(const FindingsModel& model)
{
    QStringList result;
    for (int row = 0; row < model.rowCount(); ++row)
        result += model.index(row, int(Column::Object)).data().toString();
    return result;
}

}

void FindingsModelTest::showsOpenAndAcceptedWorstFirst()
{
    FindingsModel model;
    model.setAssessment(test::madeAssessment(test::typicalFindings()));
    // High: GL-POD-002 before GL-SEC-001; what is accepted comes after all that is open.
    QCOMPARE(names(model), (QStringList { u"web"_s, u"probe"_s, u"vote"_s, u"db"_s, u"admins"_s }));
    QCOMPARE(model.total(), std::size_t(7));
}

void FindingsModelTest::countsProblemsAndNotRows()
{
    std::vector<test::MadeFinding> findings = test::typicalFindings();
    test::MadeFinding more = findings.front(); // the same check on the same object
    more.locus = "container sidecar";
    more.severity = Severity::High;
    findings.insert(findings.begin() + 1, more);
    FindingsModel model;
    model.setAssessment(test::madeAssessment(findings));
    QCOMPARE(model.rowCount(), 6); // one is accepted
    QCOMPARE(model.problemTotal(), std::size_t(4));
    QCOMPARE(model.problemsShown(), std::size_t(4));
    model.setFilter(u"ns:shop check:GL-POD-001"_s);
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.problemsShown(), std::size_t(1));
    model.setFilter(u"sidecar"_s);
    QCOMPARE(model.problemsShown(), std::size_t(1));
    model.setFilter(u"state:accepted"_s);
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.problemsShown(), std::size_t(0));
    model.setAssessment(nullptr);
    QCOMPARE(model.problemTotal(), std::size_t(0));
}

void FindingsModelTest::staysAValidModelThroughEverything()
{
    FindingsModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.sort(0);
    model.setAssessment(test::madeAssessment(test::typicalFindings()));
    model.setFilter(u"ns:shop"_s);
    for (int column = 0; column < model.columnCount(); ++column)
        model.sort(column, Qt::DescendingOrder);
    model.setFilter(u"nothing has this name"_s);
    model.sort(1);
    model.setFilter({});
    model.setAssessment(test::hostileAssessment("<b>x</b>"));
    model.setAssessment(nullptr);
    QCOMPARE(model.rowCount(), 0);
}

void FindingsModelTest::filtersByTerms_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QStringList>("rows");
    const auto row = [](const char* filter, const QStringList& rows) {
        QTest::newRow(filter) << QString::fromLatin1(filter) << rows;
    };
    row("severity:critical", { u"web"_s });
    row("sev:critical,low", { u"web"_s, u"db"_s });
    row("severity:high+", { u"web"_s, u"probe"_s, u"vote"_s });
    row("ns:shop", { u"web"_s, u"vote"_s, u"db"_s });
    row("NS:SHOP", { u"web"_s, u"vote"_s, u"db"_s });
    row("ns:sh", {});
    row("ns:sh*", { u"web"_s, u"vote"_s, u"db"_s });
    row("ns:(none)", { u"admins"_s });
    row("-ns:shop", { u"probe"_s, u"admins"_s });
    row("kind:deployment ns:shop", { u"web"_s, u"vote"_s });
    row("check:POD-002", { u"probe"_s, u"db"_s });
    row("state:accepted", { u"admins"_s });
    row("state:not-assessed", { u"cp-1"_s });
    row("state:any platform:any",
        { u"web"_s, u"kube-proxy"_s, u"probe"_s, u"vote"_s, u"db"_s, u"admins"_s, u"cp-1"_s });
    row("platform:yes", { u"kube-proxy"_s });
    row("db_password", { u"vote"_s });
    row("\"process ids\"", { u"probe"_s, u"db"_s });
    row("\"process nothing\"", {});
    row("process ids", { u"probe"_s, u"db"_s });
    row("name:web", { u"web"_s });
    row("severity:", { u"web"_s, u"probe"_s, u"vote"_s, u"db"_s, u"admins"_s });
    row("severity:nonsense", {});
    row("http://nowhere", {});
    row("-", { u"web"_s, u"probe"_s, u"vote"_s, u"db"_s, u"admins"_s }); // a dash stands in every check id
    row("\"", { u"web"_s, u"probe"_s, u"vote"_s, u"db"_s, u"admins"_s });
    row("stage:4", { u"vote"_s });
}

void FindingsModelTest::filtersByTerms()
{
    QFETCH(QString, filter);
    FindingsModel model;
    model.setAssessment(test::madeAssessment(test::typicalFindings()));
    model.setFilter(filter);
    QTEST(names(model), "rows");
}

void FindingsModelTest::severityTermIsReplacedAndNothingElse_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::newRow("added") << u"ns:shop"_s << u"severity:critical,high ns:shop"_s;
    QTest::newRow("replaced") << u"ns:shop severity:low"_s << u"severity:critical,high ns:shop"_s;
    QTest::newRow("quotes stay") << u"\"two words\" sev:low"_s << u"severity:critical,high \"two words\""_s;
}

void FindingsModelTest::severityTermIsReplacedAndNothingElse()
{
    QFETCH(QString, before);
    QTEST(FindingFilter::withSeverities(before, { Severity::Critical, Severity::High }), "after");
    QCOMPARE(FindingFilter(u"severity:critical,high"_s).severities(),
        (std::vector { Severity::Critical, Severity::High }));
    QCOMPARE(FindingFilter::term("ns", "two words"), u"ns:\"two words\""_s);
}

void FindingsModelTest::sortsByEveryColumnBothWays_data()
{
    QTest::addColumn<int>("column");
    for (int column = int(Column::Check); column < FindingsModel::ColumnCount; ++column)
        if (column != int(Column::State)) // by rank, not by word
            QTest::addRow("%d", column) << column;
}

void FindingsModelTest::sortsByEveryColumnBothWays()
{
    QFETCH(int, column);
    FindingsModel model;
    model.setAssessment(test::madeAssessment(test::manyFindings(300)));
    for (const Qt::SortOrder order : { Qt::AscendingOrder, Qt::DescendingOrder }) {
        model.sort(column, order);
        for (int row = 1; row < model.rowCount(); ++row) {
            const QByteArray a = model.index(row - 1, column).data().toString().toUtf8();
            const QByteArray b = model.index(row, column).data().toString().toUtf8();
            QVERIFY2(
                order == Qt::AscendingOrder ? a <= b : a >= b, qPrintable(QString::fromUtf8(a + " / " + b)));
        }
    }
}

void FindingsModelTest::sortingKeepsPersistentIndexesOnTheirFinding()
{
    FindingsModel model;
    model.setAssessment(test::madeAssessment(test::manyFindings(500)));
    const QPersistentModelIndex kept(model.index(123, int(Column::Object)));
    const QString name = kept.data().toString();
    for (int column = 0; column < FindingsModel::ColumnCount; ++column) {
        model.sort(column, column % 2 == 0 ? Qt::DescendingOrder : Qt::AscendingOrder);
        QCOMPARE(kept.data().toString(), name);
    }
}

void FindingsModelTest::severitySortsByRankNotByWord()
{
    FindingsModel model;
    model.setAssessment(test::madeAssessment(test::typicalFindings()));
    model.sort(int(Column::Severity), Qt::AscendingOrder);
    QCOMPARE(names(model), (QStringList { u"db"_s, u"admins"_s, u"probe"_s, u"vote"_s, u"web"_s }));
    model.sort(int(Column::Severity), Qt::DescendingOrder);
    QCOMPARE(names(model), (QStringList { u"web"_s, u"probe"_s, u"vote"_s, u"admins"_s, u"db"_s }));
}

void FindingsModelTest::thirdClickReturnsToWorstFirst()
{
    FindingsModel model;
    model.setAssessment(test::madeAssessment(test::typicalFindings()));
    const QStringList worstFirst = names(model);
    model.sort(int(Column::Object));
    QVERIFY(names(model) != worstFirst);
    model.sort(-1);
    QCOMPARE(names(model), worstFirst);
}

void FindingsModelTest::findsByFingerprintEvenWhenFilteredAway()
{
    FindingsModel model;
    model.setAssessment(test::madeAssessment(test::typicalFindings()));
    model.setFilter(u"ns:agents"_s);
    const posture::Finding* web = model.byFingerprint("f0");
    QVERIFY(web);
    QCOMPARE(model.rowOf(web), -1);
    QCOMPARE(model.byFingerprint("nonsense"), nullptr);
    QCOMPARE(model.byFingerprint(""), nullptr);
}

void FindingsModelTest::hundredThousandRowsFilterAndSortWithoutAPause()
{
    FindingsModel model;
    QElapsedTimer timer;
    const auto assessment = test::madeAssessment(test::manyFindings(100'000));
    QSignalSpy shown(&model, &FindingsModel::shown);
    const auto measure = [&](const char* what, const auto& ask) {
        shown.clear();
        timer.start();
        ask();
        const qint64 asked = timer.elapsed();
        QVERIFY(shown.count() > 0 || shown.wait(20'000));
        QVERIFY(!model.isBusy());
        qInfo("%-28s %4lld ms, of which the window waits %lld ms", what, timer.elapsed(), asked);
        QCOMPARE(shown.count(), 1);
        // Generous: the machine of a test may be busy. Alone it takes a tenth of this.
        QVERIFY2(timer.elapsed() < 1500 * test::slowdown, what);
    };
    measure("load", [&] { model.setAssessment(assessment); });
    measure("filter by term", [&] { model.setFilter(u"severity:high ns:ns-7"_s); });
    measure("filter by missing word", [&] { model.setFilter(u"zebra"_s); });
    measure("filter by common word", [&] { model.setFilter(u"runs with"_s); });
    measure("clear", [&] { model.setFilter({}); });
    for (const Column column : { Column::Object, Column::Severity })
        measure("sort", [&] { model.sort(int(column), Qt::DescendingOrder); });
    measure("sort by three columns", [&] {
        model.setSort({ { Column::Namespace, Qt::AscendingOrder }, { Column::Title, Qt::DescendingOrder },
            { Column::Object, Qt::AscendingOrder } });
    });
    QCOMPARE(model.rowCount(), 100'000);
    measure("group by namespace", [&] { model.setGrouping({ Grouping::By::Namespace }); });
    measure("group by object", [&] { model.setGrouping({ Grouping::By::Object }); });
    measure("filter when grouped", [&] { model.setFilter(u"web-99"_s); });
    qInfo("memory of the index: %.1f MB", double(model.index()->memory()) / 1e6);
}

GLACIS_TEST(FindingsModelTest)
#include "findings_model_test.moc"
