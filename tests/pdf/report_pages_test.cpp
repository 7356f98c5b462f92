// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "pdf_reading.h"
#include "practice_assessment.h"
#include "sample_document.h"
#include "test_main.h"

#include <report/make_report.h>
#include <report/pseudonyms.h>

#include <QImage>
#include <QPainter>

#include <set>
#include <variant>

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
    void everyPageTellsWhatItBelongsTo();
    void coverTellsTheVerdict();
    void contentsLeadToTheirPages();
    void headingsStandWithWhatFollows();
    void tableHeadIsOnEveryPageAndNoRowIsCut_data();
    void tableHeadIsOnEveryPageAndNoRowIsCut();
    void rowTallerThanAPageIsSplitAndNothingIsLost();
    void textStaysWithinTheMargins_data();
    void textStaysWithinTheMargins();
    void managementHasFourPagesAtMost_data();
    void managementHasFourPagesAtMost();
    void wholeReportsAreLaidOut_data();
    void wholeReportsAreLaidOut();
    void pictureHidesNames();
    void previewShowsTheSameText();
    void logoIsOnTheCover();
};

void ReportPagesTest::everyPageTellsWhatItBelongsTo()
{
    NEEDS("pdftotext");
    const auto pages = composed(sampleDocument());
    const QString file = writtenPdf(*pages, u"frames"_s);
    const QString count = QString::number(pages->count());
    QVERIFY(flat(textOf(file, 1)).contains(u"Confidential"_s));
    for (int page = 2; page <= pages->count(); ++page) {
        const QString text = flat(textOf(file, page));
        for (const QString& part : { u"votelab"_s, u"Confidential"_s, u"Glacis"_s,
                 QString(u"Page "_s + QString::number(page) + u" of "_s + count) })
            QVERIFY2(text.contains(part), qPrintable(part + u" | "_s + text));
    }
    QVERIFY(textOf(file, pages->pageOf(u"ways"_s) + 1).startsWith(u"votelab"_s));
    QVERIFY(flat(textOf(file, pages->pageOf(u"way-2"_s) + 1)).left(60).contains(u"Attack path"_s));
}

void ReportPagesTest::coverTellsTheVerdict()
{
    NEEDS("pdftotext");
    const QString text = flat(textOf(writtenPdf(*composed(sampleDocument()), u"cover"_s), 1));
    for (const QString& part : { u"Security posture of votelab"_s, u"Engineer edition"_s,
             u"every Secret and etcd"_s, u"Overall score"_s, u"Stage 4"_s, u"Not assessed"_s,
             u"14 problems"_s, u"Much could not be judged"_s, u"2026-11-20 10:00 UTC"_s, u"412 objects"_s })
        QVERIFY2(text.contains(part), qPrintable(part + u" | "_s + text));
}

void ReportPagesTest::contentsLeadToTheirPages()
{
    NEEDS("pdftotext");
    const auto pages = composed(sampleDocument());
    const QString file = writtenPdf(*pages, u"contents"_s);
    const QString contents = flat(textOf(file, 2));
    for (const auto& [anchor, title] : { std::pair { u"summary"_s, u"1 Summary"_s },
             { u"stage-3"_s, u"2.3 Stage 3: Container-to-host breakout"_s },
             { u"findings"_s, u"4 Findings"_s } }) {
        const int page = pages->pageOf(anchor) + 1;
        QVERIFY(page > 2);
        QVERIFY2(contents.contains(title), qPrintable(contents));
        QVERIFY(flat(textOf(file, page)).contains(title));
        const auto number = QString::number(page);
        QVERIFY2(contents.contains(QString(title + u' ' + number)) || contents.contains(number),
            qPrintable(contents));
    }
    QCOMPARE(pages->pageOf(u"nowhere"_s), -1);
}

void ReportPagesTest::headingsStandWithWhatFollows()
{
    NEEDS("pdftotext");
    // Wherever the page ends, a heading is on it only together with the text that it belongs to.
    for (int lines = 30; lines < 60; ++lines) {
        std::vector<report::Block> blocks;
        for (int i = 0; i < lines; ++i)
            blocks.push_back(report::Paragraph { plain("line") });
        blocks.push_back(report::Heading { 2, "Orphan", "orphan" });
        report::Table table;
        table.columns = { { "Headword" } };
        table.rows = { { { plain("Firstrow") } }, { { plain("Secondrow") } } };
        blocks.push_back(table);
        const auto pages = composed(documentOf(std::move(blocks)));
        const QString text = textOf(writtenPdf(*pages, u"orphan"_s), pages->pageOf(u"orphan"_s) + 1);
        QVERIFY2(text.contains(u"Orphan"_s) && text.contains(u"Headword"_s) && text.contains(u"Firstrow"_s),
            qPrintable(text));
    }
}

void ReportPagesTest::tableHeadIsOnEveryPageAndNoRowIsCut_data()
{
    QTest::addColumn<Paper>("paper");
    QTest::newRow("A4") << Paper::A4;
    QTest::newRow("Letter") << Paper::Letter;
}

void ReportPagesTest::tableHeadIsOnEveryPageAndNoRowIsCut()
{
    NEEDS("pdftotext");
    QFETCH(Paper, paper);
    constexpr int findings = 1000;
    const auto pages = composed(findingsDocument(findings), paper);
    const QString file = writtenPdf(*pages, u"rows"_s);
    qsizetype rows = 0;
    for (int page = pages->pageOf(u"findings"_s) + 1; page <= pages->count(); ++page) {
        const QString text = textOf(file, page);
        QCOMPARE(text.count(u"What is wrong"_s), 1);
        // The first line of every row, its last one, and what stands in the middle are on the same page.
        QCOMPARE(text.count(u"GL-POD-001"_s), text.count(u"privileged = true"_s));
        QCOMPARE(text.count(u"GL-POD-001"_s), text.count(u"may become root"_s));
        rows += text.count(u"GL-POD-001"_s);
    }
    QCOMPARE(rows, findings);
    QCOMPARE(pages->size(), paper == Paper::A4 ? QSizeF(595, 842) : QSizeF(612, 792));
    QCOMPARE(pages->pageOf(u"finding-999"_s), pages->count() - 1);
}

void ReportPagesTest::rowTallerThanAPageIsSplitAndNothingIsLost()
{
    NEEDS("pdftotext");
    std::string words;
    for (int i = 0; i < 3000; ++i)
        words += "w" + std::to_string(i) + " ";
    report::Table table;
    table.columns = { { "Number", 1, true, true }, { "Headword" } };
    table.rows = { { { plain("1"), plain("before") } }, { { plain("2"), plain(words) }, {}, plain(words) },
        { { plain("3"), plain("behind") } } };
    const auto pages = composed(documentOf({ table }));
    const QString file = writtenPdf(*pages, u"tall"_s);
    const QString text = flat(textOf(file));
    for (int i = 0; i < 3000; ++i)
        QCOMPARE(text.count(QString(u" w"_s + QString::number(i) + u' ')), 2);
    QVERIFY(text.contains(u"before"_s) && text.contains(u"behind"_s));
    for (int page = 3; page <= pages->count(); ++page)
        QVERIFY(textOf(file, page).contains(u"Headword"_s));
}

void ReportPagesTest::textStaysWithinTheMargins_data() { tableHeadIsOnEveryPageAndNoRowIsCut_data(); }

void ReportPagesTest::textStaysWithinTheMargins()
{
    NEEDS("pdftotext");
    QFETCH(Paper, paper);
    auto pages = ReportPages::compose({ sampleDocument(), practiceAssessment("votelab"), {}, {} }, paper);
    QVERIFY(pages);
    const QSizeF size = (*pages)->size();
    const std::vector<Word> words = wordsOf(writtenPdf(**pages, u"margins"_s));
    QVERIFY(words.size() > 500);
    for (const Word& word : words)
        QVERIFY2(word.box.left() >= 50 && word.box.right() <= size.width() - 50 && word.box.top() >= 30
                && word.box.bottom() <= size.height() - 28,
            qPrintable(u"page %1: %2"_s.arg(word.page).arg(word.text)));
}

void ReportPagesTest::managementHasFourPagesAtMost_data()
{
    QTest::addColumn<QString>("cluster");
    for (const char* cluster : { "votelab", "votelab-hardened", "votelab-eks" })
        QTest::newRow(cluster) << text(cluster);
}

void ReportPagesTest::managementHasFourPagesAtMost()
{
    QFETCH(QString, cluster);
    const auto assessment = practiceAssessment(cluster.toStdString());
    for (const Paper paper : { Paper::A4, Paper::Letter }) {
        auto document = report::makeReport(*assessment, { .edition = report::Edition::Management });
        QVERIFY(document);
        const auto pages = ReportPages::compose({ std::move(*document), assessment, {}, {} }, paper);
        QVERIFY(pages);
        (void)writtenPdf(**pages, u"short-"_s + cluster + QString::number(int(paper)));
        QVERIFY2((*pages)->count() <= 4, qPrintable(QString::number((*pages)->count())));
    }
}

void ReportPagesTest::wholeReportsAreLaidOut_data()
{
    QTest::addColumn<report::Edition>("edition");
    QTest::newRow("management") << report::Edition::Management;
    QTest::newRow("engineer") << report::Edition::Engineer;
    QTest::newRow("audit") << report::Edition::Audit;
}

void ReportPagesTest::wholeReportsAreLaidOut()
{
    NEEDS("pdftotext");
    QFETCH(report::Edition, edition);
    const auto assessment = practiceAssessment("votelab");
    report::ReportOptions options;
    options.edition = edition;
    options.classification = "Confidential";
    options.made = 1'795'428'000;
    auto document = report::makeReport(*assessment, options);
    QVERIFY(document);
    QStringList anchors;
    for (const report::Block& block : document->blocks)
        if (const auto* heading = std::get_if<report::Heading>(&block))
            anchors += text(heading->anchor);
    const auto pages = ReportPages::compose({ std::move(*document), assessment, {}, {} }, Paper::A4);
    QVERIFY(pages);
    for (const QString& anchor : anchors)
        QVERIFY2((*pages)->pageOf(anchor) > 0, qPrintable(anchor));
    const QString all = textOf(writtenPdf(**pages, u"edition-"_s + text(report::name(edition))));
    QVERIFY(all.contains(u"Attack path"_s));
    QVERIFY2(all.contains(u"CROWN JEWELS"_s), "the picture's words are text");
}

void ReportPagesTest::pictureHidesNames()
{
    NEEDS("pdftotext");
    const auto assessment = practiceAssessment("votelab");
    const auto names = std::make_shared<const report::Pseudonyms>(*assessment->inventory);
    const auto drawn = [&](std::shared_ptr<const report::Pseudonyms> hidden, const QString& name) {
        auto pages = ReportPages::compose(
            { documentOf({ report::AttackPicture {} }), assessment, std::move(hidden), {} }, Paper::A4);
        return pages ? textOf(writtenPdf(**pages, name)) : QString();
    };
    const QString open = drawn(nullptr, u"open"_s), hidden = drawn(names, u"hidden"_s);
    for (const QString& name : { u"drizzle-web"_s, u"worker-1"_s, u"result"_s }) {
        QVERIFY2(open.contains(name), qPrintable(open));
        QVERIFY2(!hidden.contains(name), qPrintable(hidden));
    }
    QVERIFY(hidden.contains(u"Internet"_s));
}

void ReportPagesTest::previewShowsTheSameText()
{
    const auto pages = composed(sampleDocument());
    for (int page = 0; page < pages->count(); ++page) {
        QImage image(pages->size().toSize(), QImage::Format_RGB32);
        image.fill(Qt::black);
        QPainter painter(&image);
        pages->paint(page, painter);
        painter.end();
        QCOMPARE(image.pixelColor(image.width() - 2, image.height() - 2), QColor(Qt::white));
        std::set<QRgb> colours;
        for (int y = 0; y < image.height(); y += 2)
            for (int x = 0; x < image.width(); x += 2)
                colours.insert(image.pixel(x, y));
        QVERIFY2(colours.size() > 20, qPrintable(QString::number(page)));
    }
}

void ReportPagesTest::logoIsOnTheCover()
{
    QImage logo(300, 100, QImage::Format_RGB32);
    logo.fill(Qt::magenta);
    const auto pages = ReportPages::compose({ sampleDocument(), nullptr, {}, logo }, Paper::A4);
    QVERIFY(pages);
    QImage image((*pages)->size().toSize(), QImage::Format_RGB32);
    QPainter painter(&image);
    (*pages)->paint(0, painter);
    painter.end();
    int magenta = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            magenta += image.pixelColor(x, y) == QColor(Qt::magenta);
    QVERIFY2(magenta > 3000, qPrintable(QString::number(magenta)));
}

GLACIS_TEST(ReportPagesTest)
#include "report_pages_test.moc"
