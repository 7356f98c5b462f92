// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The file itself: fonts, outline, links, metadata, the same bytes every time.
#include "pdf_reading.h"
#include "practice_assessment.h"
#include "sample_document.h"
#include "test_main.h"

#include <QElapsedTimer>
#include <QFile>
#include <QFont>
#include <QGuiApplication>
#include <QJsonArray>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>

#include <set>
#include <thread>

using namespace glacis;
using namespace glacis::test;
using namespace glacis::ui;
using namespace Qt::StringLiterals;

namespace {

std::shared_ptr<const ReportPages> samplePages()
{
    auto pages = ReportPages::compose({ sampleDocument(), practiceAssessment("votelab"), {}, {} }, Paper::A4);
    if (!pages)
        qFatal("compose: %s", pages.error().message.c_str());
    return *pages;
}

/// Objects of a file, by references such as "7 0 R".
class Objects {
public:
    explicit Objects(const QString& file)
        : m_all(objectsOf(file))
    {
    }
    [[nodiscard]] QJsonValue at(const QJsonValue& value) const
    {
        static const QRegularExpression reference(u"^\\d+ \\d+ R$"_s);
        if (!value.isString() || !reference.match(value.toString()).hasMatch())
            return value;
        return m_all.value(u"obj:"_s + value.toString()).toObject().value(u"value"_s);
    }
    [[nodiscard]] QJsonObject trailer() const
    {
        return m_all.value(u"trailer"_s).toObject().value(u"value"_s).toObject();
    }
    [[nodiscard]] QJsonObject root() const { return at(trailer().value(u"/Root"_s)).toObject(); }
    /// References of the pages in order.
    [[nodiscard]] QStringList pages() const
    {
        QStringList found;
        collect(root().value(u"/Pages"_s), found);
        return found;
    }

private:
    void collect(const QJsonValue& node, QStringList& found) const
    {
        const QJsonObject object = at(node).toObject();
        if (object.value(u"/Type"_s) == u"/Page"_s)
            found += node.toString();
        for (const QJsonValue& kid : object.value(u"/Kids"_s).toArray())
            collect(kid, found);
    }
    QJsonObject m_all;
};

struct OutlineItem {
    QString title;
    int level = 1;
    int page = -1; ///< from 0
    int count = 0;
};

void readOutline(const Objects& objects, const QJsonValue& first, int level, const QStringList& pages,
    std::vector<OutlineItem>& items)
{
    for (QJsonValue at = first; !at.isUndefined();) {
        const QJsonObject item = objects.at(at).toObject();
        QString title = item.value(u"/Title"_s).toString();
        title.remove(0, 2); // "u:" says that it is text
        items.push_back({ title, level,
            static_cast<int>(pages.indexOf(item.value(u"/Dest"_s).toArray().at(0).toString())),
            item.value(u"/Count"_s).toInt() });
        if (item.contains(u"/First"_s))
            readOutline(objects, item.value(u"/First"_s), level + 1, pages, items);
        at = item.value(u"/Next"_s);
    }
}

}

class ReportPdfTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void fileIsSound();
    void fontsAreEmbeddedSubsets();
    void documentDescribesItself();
    void documentWithoutTimeTellsNone();
    void outlineLeadsToTheHeadings();
    void linksLeadToPages();
    void sameInputSameBytes();
    void otherProcessWritesTheSame();
    void applicationFontChangesNothing();
    void otherThreadWritesTheSame();
    void cancelledLeavesNoFile();
    void failureNamesTheFile();
    void thousandsOfFindingsAreQuickAndSmall();
};

void ReportPdfTest::fileIsSound()
{
    NEEDS("qpdf");
    const QByteArray said = outputOf(u"qpdf"_s, { u"--check"_s, writtenPdf(*samplePages(), u"sound"_s) });
    QVERIFY2(said.contains("No syntax or stream encoding errors"), said.constData());
    QVERIFY2(!said.contains("WARNING"), said.constData());
}

void ReportPdfTest::fontsAreEmbeddedSubsets()
{
    NEEDS("pdffonts");
    const QString said
        = QString::fromUtf8(outputOf(u"pdffonts"_s, { writtenPdf(*samplePages(), u"fonts"_s) }));
    const QStringList lines = said.trimmed().split(u'\n').mid(2);
    QVERIFY2(lines.size() >= 3 && lines.size() <= 4, qPrintable(said));
    static const QRegularExpression all(u"yes yes yes +\\d+ +0$"_s);
    for (const QString& line : lines)
        QVERIFY2(line.contains(u"NotoSans"_s) && all.match(line.trimmed()).hasMatch(), qPrintable(line));
}

void ReportPdfTest::documentDescribesItself()
{
    NEEDS("pdfinfo");
    NEEDS("qpdf");
    const QString file = writtenPdf(*samplePages(), u"described"_s);
    const QString said = flat(QString::fromUtf8(outputOf(u"pdfinfo"_s, { u"-isodates"_s, file })));
    for (const QString& part : { u"Title: Security posture of votelab"_s, u"Author: Glacis"_s,
             u"Subject: Engineer edition · Confidential"_s, u"CreationDate: 2026-11-23T10:00:00"_s,
             u"ModDate: 2026-11-23T10:00:00"_s, u"Metadata Stream: yes"_s,
             u"Page size: 595 x 842 pts (A4)"_s })
        QVERIFY2(said.contains(part), qPrintable(part + u" | "_s + said));
    const QString xmp = QString::fromUtf8(outputOf(u"pdfinfo"_s, { u"-meta"_s, file }));
    QVERIFY2(xmp.contains(u">Security posture of votelab<"_s), qPrintable(xmp));
    QVERIFY(xmp.contains(u"<xmp:CreateDate>2026-11-23T10:00:00Z<"_s));
    const QJsonObject root = Objects(file).root();
    QCOMPARE(root.value(u"/Lang"_s).toString(), u"u:en"_s);
    QCOMPARE(root.value(u"/PageMode"_s).toString(), u"/UseOutlines"_s);
    QCOMPARE(root.value(u"/ViewerPreferences"_s).toObject().value(u"/DisplayDocTitle"_s).toBool(), true);
}

void ReportPdfTest::documentWithoutTimeTellsNone()
{
    NEEDS("pdfinfo");
    report::Document document = sampleDocument();
    document.made = 0;
    const auto pages = ReportPages::compose({ document, nullptr, {}, {} }, Paper::Letter);
    const QByteArray said = outputOf(u"pdfinfo"_s, { u"-meta"_s, writtenPdf(**pages, u"timeless"_s) })
        + outputOf(u"pdfinfo"_s, { writtenPdf(**pages, u"timeless"_s) });
    QVERIFY(said.contains("Glacis"));
    QVERIFY2(!said.contains("Date"), said.constData());
}

void ReportPdfTest::outlineLeadsToTheHeadings()
{
    NEEDS("qpdf");
    const auto pages = samplePages();
    const Objects objects(writtenPdf(*pages, u"outline"_s));
    std::vector<OutlineItem> items;
    readOutline(objects, objects.at(objects.root().value(u"/Outlines"_s)).toObject().value(u"/First"_s), 1,
        objects.pages(), items);
    const auto find = [&](const QString& title) {
        const auto it = std::find_if(
            items.begin(), items.end(), [&](const OutlineItem& item) { return item.title == title; });
        return it == items.end() ? OutlineItem {} : *it;
    };
    QCOMPARE(find(u"1 Summary"_s).page, pages->pageOf(u"summary"_s));
    QCOMPARE(find(u"1 Summary"_s).level, 1);
    QCOMPARE(find(u"2.4 Stage 4: Secrets & etcd exfiltration"_s).page, pages->pageOf(u"stage-4"_s));
    QCOMPARE(find(u"2.4 Stage 4: Secrets & etcd exfiltration"_s).level, 2);
    QCOMPARE(find(u"Docker socket mounted into a container"_s).page, pages->pageOf(u"check-dkr-001"_s));
    QCOMPARE(find(u"2 The four stages"_s).count, -4); // closed
    QCOMPARE(items.size(), 13U);
    for (const OutlineItem& item : items)
        QVERIFY2(item.page > 0, qPrintable(item.title));
}

void ReportPdfTest::linksLeadToPages()
{
    NEEDS("qpdf");
    const auto pages = samplePages();
    const Objects objects(writtenPdf(*pages, u"links"_s));
    const QStringList all = objects.pages();
    QCOMPARE(all.size(), pages->count());
    std::set<int> fromContents, fromSummary;
    for (int page = 0; page < all.size(); ++page)
        for (const QJsonValue& value :
            objects.at(objects.at(all[page]).toObject().value(u"/Annots"_s)).toArray()) {
            const QJsonObject link = objects.at(value).toObject();
            const QJsonArray destination = link.value(u"/Dest"_s).toArray();
            const int target = static_cast<int>(all.indexOf(destination.at(0).toString()));
            QVERIFY(target > 0);
            const double top = destination.at(3).toDouble();
            QVERIFY(top > 0 && top <= 842);
            const QJsonArray box = link.value(u"/Rect"_s).toArray();
            QVERIFY(box.at(0).toDouble() >= 50 && box.at(2).toDouble() <= 546 && box.at(1).toDouble() > 28
                && box.at(3).toDouble() < 815);
            if (page == 1)
                fromContents.insert(target);
            if (page == pages->pageOf(u"summary"_s))
                fromSummary.insert(target);
        }
    for (const QString& anchor : { u"summary"_s, u"stages"_s, u"attack-path"_s, u"findings"_s })
        QVERIFY2(fromContents.contains(pages->pageOf(anchor)), qPrintable(anchor));
    QVERIFY(fromSummary.contains(pages->pageOf(u"way-1"_s)));
}

void ReportPdfTest::sameInputSameBytes()
{
    const auto first = reportPdf(*samplePages());
    QTest::qSleep(1100); // QPdfWriter writes the time of day to the second
    const auto pages = samplePages();
    const auto second = reportPdf(*pages), third = reportPdf(*pages);
    QVERIFY(first && second && third);
    QVERIFY(*first == *second);
    QVERIFY(*second == *third);
}

void ReportPdfTest::otherProcessWritesTheSame()
{
    NEEDS("qpdf");
    // Qt's hash tables have another order in every process; fonts stand in one.
    QByteArray files[2];
    for (int i = 0; i < 2; ++i) {
        const QTemporaryDir folder;
        QProcess again;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"GLACIS_TEST_OUTPUT"_s, folder.path());
        environment.remove(u"QT_HASH_SEED"_s);
        if (i == 0)
            environment.insert(u"QT_HASH_SEED"_s, u"0"_s);
        again.setProcessEnvironment(environment);
        again.start(QCoreApplication::applicationFilePath(), { u"fileIsSound"_s });
        QVERIFY(again.waitForFinished(120'000));
        QFile file(folder.filePath(u"sound.pdf"_s));
        QVERIFY(file.open(QIODevice::ReadOnly));
        files[i] = file.readAll();
    }
    QVERIFY(files[0].size() > 10'000);
    QVERIFY(files[0] == files[1]);
}

void ReportPdfTest::applicationFontChangesNothing()
{
    const auto before = reportPdf(*samplePages());
    const QFont old = QGuiApplication::font();
    QFont large(u"Noto Sans Mono"_s);
    large.setPixelSize(26);
    QGuiApplication::setFont(large);
    const auto after = reportPdf(*samplePages());
    QGuiApplication::setFont(old);
    QVERIFY(before && after);
    QVERIFY(*before == *after);
}

void ReportPdfTest::otherThreadWritesTheSame()
{
    const auto here = reportPdf(*samplePages());
    const auto assessment = practiceAssessment("votelab");
    Result<QByteArray> there = failure("not run");
    std::thread([&] {
        const auto pages = ReportPages::compose({ sampleDocument(), assessment, {}, {} }, Paper::A4);
        if (pages)
            there = reportPdf(**pages);
    }).join();
    QVERIFY(here && there);
    QVERIFY(*here == *there);
}

void ReportPdfTest::cancelledLeavesNoFile()
{
    StopSource before;
    before.requestStop();
    const auto none
        = ReportPages::compose({ findingsDocument(100), nullptr, {}, {} }, Paper::A4, before.token());
    QVERIFY(!none);
    QCOMPARE(none.error().message, std::string("cancelled"));

    StopSource amid;
    double reached = 0;
    const auto stopLater = [&](double share) {
        reached = share;
        if (share > 0.3)
            amid.requestStop();
    };
    const auto pages = ReportPages::compose({ findingsDocument(500), nullptr, {}, {} }, Paper::A4);
    QVERIFY(pages);
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"report.pdf"_s);
    const auto written = writeReportPdf(**pages, file, amid.token(), stopLater);
    QVERIFY(!written);
    QCOMPARE(written.error().message, std::string("cancelled"));
    QVERIFY(!QFile::exists(file));
    QVERIFY2(reached < 0.5, qPrintable(QString::number(reached)));
}

void ReportPdfTest::failureNamesTheFile()
{
    const auto written = writeReportPdf(*samplePages(), u"/nonexistent/report.pdf"_s);
    QVERIFY(!written);
    QVERIFY(text(written.error().message).contains(u"/nonexistent/report.pdf"_s));
}

void ReportPdfTest::thousandsOfFindingsAreQuickAndSmall()
{
    std::vector<double> told;
    const auto tell = [&](double share) { told.push_back(share); };
    QElapsedTimer timer;
    timer.start();
    const auto pages = ReportPages::compose({ findingsDocument(3000), nullptr, {}, {} }, Paper::A4, {}, tell);
    QVERIFY(pages);
    const qint64 laidOut = timer.restart();
    const auto bytes = reportPdf(**pages, {}, tell);
    QVERIFY(bytes);
    qInfo() << (*pages)->count() << "pages:" << laidOut << "ms +" << timer.elapsed() << "ms,"
            << bytes->size();
    QVERIFY(bytes->size() < 10'000'000);
    QVERIFY(std::all_of(told.begin(), told.end(), [](double share) { return share >= 0 && share <= 1; }));
    QVERIFY(told.size() > 100);
}

GLACIS_TEST(ReportPdfTest)
#include "report_pdf_test.moc"
