// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pdf_reading.h"
#include "practice_assessment.h"
#include "sample_document.h"
#include "test_main.h"

#include <report/make_report.h>

#include <QElapsedTimer>

using namespace glacis;
using namespace glacis::test;
using namespace glacis::ui;
using namespace Qt::StringLiterals;

namespace {

std::shared_ptr<const ReportPages> composed(report::Document document, Paper paper = Paper::A4)
{
    auto pages = ReportPages::compose({ std::move(document), nullptr, {}, {} }, paper);
    if (!pages)
        qFatal("compose: %s", pages.error().message.c_str());
    return *pages;
}

}

class ReportPagesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sample();
    void editions_data();
    void editions();
    void thousandsOfFindingsAreQuick();
};

void ReportPagesTest::sample()
{
    auto pages = ReportPages::compose({ sampleDocument(), practiceAssessment("votelab"), {}, {} }, Paper::A4);
    QVERIFY(pages);
    QVERIFY(!writtenPdf(**pages, u"sample"_s).isEmpty());
}

void ReportPagesTest::editions_data()
{
    QTest::addColumn<int>("edition");
    QTest::addColumn<QString>("cluster");
    for (const char* cluster : { "votelab", "votelab-hardened" })
        for (const auto edition :
            { report::Edition::Management, report::Edition::Engineer, report::Edition::Audit })
            QTest::addRow("%s %d", cluster, static_cast<int>(edition))
                << static_cast<int>(edition) << text(cluster);
}

void ReportPagesTest::editions()
{
    QFETCH(int, edition);
    QFETCH(QString, cluster);
    const auto assessment = practiceAssessment(cluster.toStdString());
    report::ReportOptions options;
    options.edition = static_cast<report::Edition>(edition);
    options.classification = "Confidential";
    options.made = 1'795'428'000;
    auto document = report::makeReport(*assessment, options);
    QVERIFY(document);
    auto pages = ReportPages::compose({ std::move(*document), assessment, {}, {} }, Paper::A4);
    QVERIFY(pages);
    QVERIFY(!writtenPdf(**pages, cluster + QString::number(edition)).isEmpty());
}

void ReportPagesTest::thousandsOfFindingsAreQuick()
{
    QElapsedTimer timer;
    timer.start();
    const auto pages = composed(findingsDocument(3000));
    const qint64 laidOut = timer.restart();
    const auto bytes = reportPdf(*pages);
    QVERIFY(bytes);
    qInfo() << pages->count() << "pages:" << laidOut << "ms +" << timer.elapsed() << "ms," << bytes->size();
}

GLACIS_TEST(ReportPagesTest)
#include "report_pages_test.moc"
