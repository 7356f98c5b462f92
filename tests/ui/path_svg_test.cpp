// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The attack path as it stands in the HTML report, and the report's colours beside the window's.
#include "practice_assessment.h"
#include "test_main.h"

#include <attack/path_svg.h>
#include <theme/tokens.h>

#include <report/document_writers.h>
#include <report/html_style.h>
#include <report/make_report.h>
#include <report/pseudonyms.h>

#include <QFile>
#include <QGuiApplication>
#include <QSet>
#include <QXmlStreamReader>

#include <algorithm>
#include <array>

using namespace glacis;
using namespace Qt::StringLiterals;
using glacis::test::practiceAssessment;
using glacis::test::text;

namespace {

struct Drawing {
    explicit Drawing(const std::string& svg)
    {
        QXmlStreamReader xml(QByteArray::fromStdString(svg));
        while (!xml.atEnd()) {
            xml.readNext();
            if (xml.isStartElement()) {
                names.insert(xml.name().toString());
                for (const QXmlStreamAttribute& a : xml.attributes())
                    attributes.insert(a.qualifiedName().toString());
            } else if (xml.isCharacters() && !xml.isWhitespace()) {
                words += xml.text().toString();
            }
        }
        error = xml.errorString();
    }
    QSet<QString> names, attributes;
    QStringList words;
    QString error;
};

}

class PathSvgTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void isOneElementForAPage();
    void tellsCardsWayAndChokePoints();
    void namesAreHidden();
    void knowsNoFontOfThisMachine();
    void nothingToDrawIsEmpty();
    void sameAssessmentSameBytes();
    void reportHasTheWindowsColours();
    void reportsToLookAt();
};

void PathSvgTest::isOneElementForAPage()
{
#ifndef GLACIS_SVG
    QVERIFY(ui::attackSvg(practiceAssessment("votelab"), nullptr, ui::Tone::Light).empty());
#else
    for (const ui::Tone tone : { ui::Tone::Light, ui::Tone::Dark }) {
        const std::string svg = ui::attackSvg(practiceAssessment("votelab"), nullptr, tone);
        QVERIFY(svg.starts_with("<svg viewBox=\"0 0 ") && svg.ends_with("</svg>"));
        QVERIFY(svg.find(" width=\"100%\" role=\"img\"") != std::string::npos);
        const Drawing drawing(svg);
        QVERIFY2(drawing.error.isEmpty(), qPrintable(drawing.error));
        for (const char* name : { "title", "desc", "style", "image", "use", "a" })
            QVERIFY2(!drawing.names.contains(text(name)), name);
        for (const char* name : { "id", "href", "xlink:href", "style", "class", "xmlns" })
            QVERIFY2(!drawing.attributes.contains(text(name)), name);
        QVERIFY(svg.size() > 5'000 && svg.size() < 400'000);
        // No ground of its own: nothing as large as the sheet is filled.
        QVERIFY(svg.find(tone == ui::Tone::Light ? "#c81e33" : "#ff5c6c") != std::string::npos);
    }
#endif
}

#ifdef GLACIS_SVG
void PathSvgTest::tellsCardsWayAndChokePoints()
{
    const Drawing drawing(ui::attackSvg(practiceAssessment("votelab"), nullptr, ui::Tone::Light));
    for (const QString& word : { u"ENTRY"_s, u"STAGE 1"_s, u"STAGE 4"_s, u"Internet"_s, u"1"_s, u"2"_s })
        QVERIFY2(drawing.words.contains(word), qPrintable(word));
    QVERIFY(std::any_of(drawing.words.begin(), drawing.words.end(),
        [](const QString& w) { return w.startsWith(u"choke point · "_s); }));
}

void PathSvgTest::namesAreHidden()
{
    const auto assessment = practiceAssessment("votelab");
    const report::Pseudonyms names(*assessment->inventory);
    const Drawing open(ui::attackSvg(assessment, nullptr, ui::Tone::Light));
    const Drawing hidden(ui::attackSvg(assessment, &names, ui::Tone::Light));
    QVERIFY(hidden.error.isEmpty());
    QCOMPARE(hidden.words.size(), open.words.size());
    int changed = 0;
    for (qsizetype i = 0; i < open.words.size(); ++i)
        changed += open.words[i] == hidden.words[i] ? 0 : 1;
    QVERIFY(changed > 5);
    const auto tells = [](const Drawing& drawing, const QString& name) {
        return std::any_of(
            drawing.words.begin(), drawing.words.end(), [&](const QString& w) { return w.contains(name); });
    };
    QVERIFY(tells(open, u"worker-1"_s) && !tells(hidden, u"worker-1"_s));
}

void PathSvgTest::knowsNoFontOfThisMachine()
{
    const QString svg = text(ui::attackSvg(practiceAssessment("votelab"), nullptr, ui::Tone::Light));
    for (qsizetype at = svg.indexOf(u"font-family=\""_s); at >= 0;
         at = svg.indexOf(u"font-family=\""_s, at + 1)) {
        const QString family = svg.mid(at + 13, svg.indexOf(u'"', at + 13) - at - 13);
        QVERIFY2(
            family == u"system-ui,sans-serif"_s || family == u"ui-monospace,monospace"_s, qPrintable(family));
    }
    QVERIFY(svg.count(u"<text"_s) > 20 && svg.count(u"<text"_s) == svg.count(u" textLength=\""_s));
}

void PathSvgTest::nothingToDrawIsEmpty()
{
    QVERIFY(ui::attackSvg(nullptr, nullptr, ui::Tone::Light).empty());
    QVERIFY(
        ui::attackSvg(std::make_shared<const assessment::Assessment>(), nullptr, ui::Tone::Light).empty());
}

void PathSvgTest::sameAssessmentSameBytes()
{
    const auto assessment = practiceAssessment("votelab");
    const std::string svg = ui::attackSvg(assessment, nullptr, ui::Tone::Dark);
    QVERIFY(!svg.empty() && svg == ui::attackSvg(assessment, nullptr, ui::Tone::Dark));
    // Whatever size of type a person has chosen for the window.
    const QFont usual = QGuiApplication::font();
    QFont large = usual;
    large.setPixelSize(22);
    QGuiApplication::setFont(large);
    const std::string again = ui::attackSvg(assessment, nullptr, ui::Tone::Dark);
    QGuiApplication::setFont(usual);
    QVERIFY(svg == again);
}
#else
void PathSvgTest::tellsCardsWayAndChokePoints() { QSKIP("built without SVG"); }
void PathSvgTest::namesAreHidden() { QSKIP("built without SVG"); }
void PathSvgTest::knowsNoFontOfThisMachine() { QSKIP("built without SVG"); }
void PathSvgTest::nothingToDrawIsEmpty() { QSKIP("built without SVG"); }
void PathSvgTest::sameAssessmentSameBytes() { QSKIP("built without SVG"); }
#endif

void PathSvgTest::reportHasTheWindowsColours()
{
    std::size_t found = 0;
    for (const report::HtmlColour& colour : report::htmlColours())
        for (const ui::TokenRow& row : ui::tokenTable())
            if (row.name == colour.name) {
                QCOMPARE(QColor(text(colour.dark)), QColor(row.dark));
                QCOMPARE(QColor(text(colour.light)), QColor(row.light));
                ++found;
            }
    QCOMPARE(found, report::htmlColours().size());
}

/// Whole reports with their pictures, where GLACIS_REPORT_OUT says.
void PathSvgTest::reportsToLookAt()
{
    const QString folder = qEnvironmentVariable("GLACIS_REPORT_OUT");
    if (folder.isEmpty())
        QSKIP("GLACIS_REPORT_OUT names no folder");
    const auto assessment = practiceAssessment("votelab");
    for (const report::Edition edition :
        { report::Edition::Management, report::Edition::Engineer, report::Edition::Audit }) {
        const auto document = report::makeReport(*assessment,
            { .edition = edition, .classification = "Confidential", .mark = 1, .made = 1'795'168'800 });
        QVERIFY(document.has_value());
        const auto save = [&](const char* ending, const std::string& bytes) {
            QFile file(folder + u'/' + text(report::name(edition)) + text(ending));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(QByteArray::fromStdString(bytes));
        };
        save(".html",
            report::writeDocumentHtml(*document,
                { ui::attackSvg(assessment, nullptr, ui::Tone::Light),
                    ui::attackSvg(assessment, nullptr, ui::Tone::Dark) }));
        save(".md", report::writeDocumentMarkdown(*document));
    }
}

GLACIS_TEST(PathSvgTest)
#include "path_svg_test.moc"
