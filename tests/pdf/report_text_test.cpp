// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Text of every kind on a page: it is found and copied from the PDF as it was, and stays on its page.
#include "pdf_reading.h"
#include "sample_document.h"
#include "test_main.h"

using namespace glacis;
using namespace glacis::report;
using namespace glacis::test;
using namespace glacis::ui;
using namespace Qt::StringLiterals;

namespace {

QString fileOf(std::vector<Block> blocks, const QString& name)
{
    auto pages = ReportPages::compose({ documentOf(std::move(blocks)), nullptr, {}, {} }, Paper::A4);
    if (!pages)
        qFatal("compose: %s", pages.error().message.c_str());
    return writtenPdf(**pages, name);
}

QString withoutSpace(const QString& text) { return flat(text).remove(u' '); }

/// A long name in which a lost or doubled character is seen.
std::string longName(std::size_t length)
{
    std::string name;
    while (name.size() < length)
        name += std::to_string(name.size()) + "x";
    name.resize(length);
    return name;
}

}

class ReportTextTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void namesAreCopiedAsTheyAre();
    void nameWithoutBreakIsWholeInEveryBlock();
    void ligaturesAreLetters();
    void controlsAndMarkUpAreShown();
    void emptyTextsAreNoTrouble();
    void rightToLeftStandsAtTheRight_data();
    void rightToLeftStandsAtTheRight();
    void signsOfOtherScriptsAreFound();
};

void ReportTextTest::initTestCase() { NEEDS("pdftotext"); }

void ReportTextTest::namesAreCopiedAsTheyAre()
{
    const std::string path = "spec.template.spec.containers[0].securityContext.allowPrivilegeEscalation";
    Table table;
    table.columns = { { "Name" }, { "Path", 0.3 } };
    table.rows = { { { { code("kube-system/a-name") }, { code(path) } } } };
    const QString text = textOf(fileOf({ table }, u"names"_s));
    QVERIFY(text.contains(u"kube-system/a-name"_s));
    // Nothing that cannot be seen was put in where the path is broken.
    QVERIFY2(withoutSpace(text).contains(glacis::test::text(path)), qPrintable(text));
    for (const char16_t hidden : { u'\u200B', u'\u00AD', u'\u2028' })
        QVERIFY(!text.contains(hidden));
}

void ReportTextTest::nameWithoutBreakIsWholeInEveryBlock()
{
    const std::string name = longName(5000);
    Table table;
    table.columns = { { "Severity", 1, true }, { "Name", 1, true }, { "What" } };
    table.rows = { { { { severity(Severity::High) }, { code(name) }, plain("what") } } };
    WayStory way;
    way.headline = plain("way");
    way.steps.push_back({ plain(name), "KIND", 1, true, {}, 0 });
    const std::vector<std::pair<QString, Block>> blocks { { u"paragraph"_s, Paragraph { plain(name) } },
        { u"table"_s, table }, { u"items"_s, Items { false, { plain(name) } } },
        { u"facts"_s, Facts { { { "Name", plain(name) } } } }, { u"code"_s, CodeBlock { name } },
        { u"way"_s, way }, { u"heading"_s, Heading { 1, name, "long" } } };
    for (const auto& [kind, block] : blocks) {
        const QString file = fileOf({ block }, u"long-"_s + kind);
        QString all;
        for (const Word& word : wordsOf(file)) {
            QVERIFY2(word.box.left() > 50 && word.box.right() < 545, qPrintable(kind + word.text));
            QVERIFY2(word.box.top() > 25 && word.box.bottom() < 817, qPrintable(kind + word.text));
            // Header and footer stand between the parts.
            if (word.box.top() > 70 && word.box.bottom() < 790 && word.text != u"what")
                all += word.text;
        }
        QVERIFY2(all.contains(text(name)), qPrintable(kind + u": "_s + all.left(400)));
    }
}

void ReportTextTest::ligaturesAreLetters()
{
    const QString text = textOf(fileOf({ Paragraph { plain("office traffic flow affix") } }, u"ligatures"_s));
    QVERIFY2(text.contains(u"office traffic flow affix"_s), qPrintable(text));
}

void ReportTextTest::controlsAndMarkUpAreShown()
{
    const std::string hostile = "<b onclick=\"x()\">bold</b> &amp; \u202Eevil\u202C \u2066x\u2069 bell\a end";
    Document document = documentOf({ Heading { 1, hostile, "h" }, Paragraph { plain(hostile) } });
    document.title = document.cluster = document.classification = document.subtitle = hostile;
    auto pages = ReportPages::compose({ document, nullptr, {}, {} }, Paper::A4);
    QVERIFY(pages);
    const QString file = writtenPdf(**pages, u"hostile"_s);
    const QString text = flat(textOf(file));
    QVERIFY2(text.contains(u"<b onclick=\"x()\">bold</b> &amp; \uFFFDevil\uFFFD \uFFFDx\uFFFD"_s),
        qPrintable(text));
    NEEDS("qpdf");
    QVERIFY(!outputOf(u"qpdf"_s, { u"--check"_s, file }).isEmpty());
}

void ReportTextTest::emptyTextsAreNoTrouble()
{
    Table table;
    table.columns = { {}, {} };
    table.rows = { {}, { { {}, {} } }, { { plain("") } } };
    const Document document = [&] {
        Document d;
        d.blocks = { Heading {}, Heading { 9, "", "" }, Paragraph {}, Items { true, { {} } }, Items {},
            Facts {}, Facts { { {} } }, Table {}, table, Scores {}, Figures {}, Figures { { {} } }, Bars {},
            Bars { "", { {} } }, AttackPicture {}, WayStory {}, CodeBlock {} };
        return d;
    }();
    for (const Edition edition : { Edition::Management, Edition::Engineer }) {
        Document d = document;
        d.edition = edition;
        const auto pages = ReportPages::compose({ d, nullptr, {}, {} }, Paper::Letter);
        QVERIFY(pages);
        QVERIFY(!writtenPdf(**pages, u"empty"_s).isEmpty());
    }
    const auto nothing = ReportPages::compose({}, Paper::A4);
    QVERIFY(nothing);
    QVERIFY((*nothing)->count() >= 1);
}

void ReportTextTest::rightToLeftStandsAtTheRight_data()
{
    QTest::addColumn<QString>("paragraph");
    QTest::addColumn<QString>("word"); ///< as it is found in the PDF
    QTest::newRow("Hebrew") << u"שלום עולם"_s << u"שלום"_s;
    QTest::newRow("Arabic") << u"مرحبا بالعالم"_s << u"مرحبا"_s;
    QTest::newRow("mixed") << u"שלום shop/web עולם"_s << u"shop/web"_s;
}

void ReportTextTest::rightToLeftStandsAtTheRight()
{
    QFETCH(QString, paragraph);
    QFETCH(QString, word);
    Table table;
    table.columns = { { "Name" }, { "Other" } };
    table.rows = { { { plain(paragraph.toStdString()), plain("x") } } };
    const QString file = fileOf({ Paragraph { plain(paragraph.toStdString()) }, table },
        u"reversed-"_s + text(QTest::currentDataTag()));
    double right = 0;
    for (const Word& w : wordsOf(file))
        if (w.page == 2 && w.box.top() > 70 && w.box.bottom() < 100)
            right = std::max(right, w.box.right());
    QVERIFY2(right > 540 && right < 545, qPrintable(QString::number(right)));
    // Joined letters come as presentation forms, which every search reads as the letters.
    const QString found = textOf(file, 2).normalized(QString::NormalizationForm_KC);
    QVERIFY2(found.contains(word), qPrintable(found));
}

void ReportTextTest::signsOfOtherScriptsAreFound()
{
    const QString text
        = textOf(fileOf({ Paragraph { plain("a → b ≥ 3 × 4 … Ünïcödé Ελλάδα Москва") } }, u"signs"_s));
    QVERIFY2(text.contains(u"a → b ≥ 3 × 4 … Ünïcödé Ελλάδα Москва"_s), qPrintable(text));
}

GLACIS_TEST(ReportTextTest)
#include "report_text_test.moc"
