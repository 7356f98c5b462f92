// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pdf_reading.h"
#include "practice_assessment.h"
#include "sample_document.h"
#include "test_main.h"

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
    void thousandsOfFindingsAreQuick();
};

void ReportPagesTest::sample()
{
    auto pages = ReportPages::compose({ sampleDocument(), practiceAssessment("votelab"), {}, {} }, Paper::A4);
    QVERIFY(pages);
    QVERIFY(!writtenPdf(**pages, u"sample"_s).isEmpty());
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
