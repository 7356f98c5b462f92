// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The report's document as HTML and Markdown, read back with an XML reader and the rules of each.
#include "sample.h"
#include "sample_document.h"

#include <base/text.h>
#include <report/document_anchors.h>
#include <report/document_writers.h>
#include <report/html_text.h>

#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QXmlStreamReader>

#include <algorithm>

using namespace glacis;
using namespace glacis::report;
using namespace Qt::StringLiterals;
using glacis::test::SampleDocument;
using glacis::test::text;

namespace {

/// What people have tried: each must stay text.
const std::string Attacks = test::Hostile
    + "</style><script>alert(1)</script>\"><img src=x onerror=alert(1)>&quot;&lt;b&gt; "
      "javascript:alert(1) '--><!--]]> \xE2\x80\xAE\xE2\x81\xA6 @import url(//evil.example/x)";

const HtmlPictures Pictures {
    "<svg viewBox=\"0 0 4 2\" role=\"img\"><path d=\"M0 0H4\"/></svg>",
    "<svg viewBox=\"0 0 4 2\" role=\"img\"><path d=\"M0 2H4\"/></svg>",
    "data:image/"
    "png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGPwOfQfAANrAg5sWywHAAAAAElFTkSuQmCC"
};

struct Element {
    QString name;
    QXmlStreamAttributes attributes;
};

/// Every element and all text of the page. Fails the test where it is not well-formed.
struct Page {
    explicit Page(const std::string& html)
    {
        QXmlStreamReader xml(QByteArray::fromStdString(html));
        while (!xml.atEnd()) {
            xml.readNext();
            if (xml.isStartElement())
                elements.append({ xml.name().toString(), xml.attributes() });
            else if (xml.isCharacters())
                words += xml.text();
        }
        if (xml.hasError())
            error = u"%1:%2 %3"_s.arg(xml.lineNumber()).arg(xml.columnNumber()).arg(xml.errorString());
    }
    [[nodiscard]] qsizetype count(const QString& name) const
    {
        return std::count_if(
            elements.begin(), elements.end(), [&](const Element& e) { return e.name == name; });
    }
    QList<Element> elements;
    QString words, error;
};

std::string html(const Document& document) { return writeDocumentHtml(document, Pictures); }

Document hostile() { return SampleDocument(Attacks).make(); }

}

class DocumentWritersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void htmlIsWellFormed_data();
    void htmlIsWellFormed();
    void htmlPassesTidy();
    void htmlTellsEveryBlock();
    void htmlFormsNothingFromOutside();
    void htmlFetchesAndRunsNothing();
    void htmlKeepsNamesWholeForCopying();
    void htmlLinksLeadSomewhere_data();
    void htmlLinksLeadSomewhere();
    void htmlNeedsNoPicture();
    void htmlHeadingsDescendByOne();
    void anchorsAreHarmlessAndUnique();
    void cssStringCannotEndTheSheet();
    void markdownTellsEveryBlock();
    void markdownFormsNothingFromOutside();
    void markdownTablesHaveTheirColumns();
    void markdownLinksLeadSomewhere();
    void markdownEscapesPipesInCellsAlone();
    void markdownEscapesTheBeginningOfALine_data();
    void markdownEscapesTheBeginningOfALine();
    void sameDocumentSameBytes();
    void largeDocument();
};

void DocumentWritersTest::htmlIsWellFormed_data()
{
    QTest::addColumn<std::string>("page");
    QTest::newRow("empty") << writeDocumentHtml({}, {});
    QTest::newRow("sample") << html(SampleDocument().make());
    QTest::newRow("hostile") << html(hostile());
    QTest::newRow("large") << html(SampleDocument().large(200));
    Document deep; // begins below its first level
    deep.blocks = { Heading { 3, "item", "a" }, Heading { 2, "part", "b" }, Heading { 1, "section", "c" },
        Heading { 3, "item", "d" }, Heading { 2, "part", "e" }, Heading { 2, "part", "f" } };
    QTest::newRow("uneven levels") << html(deep);
}

void DocumentWritersTest::htmlIsWellFormed()
{
    QFETCH(std::string, page);
    const Page read(page);
    QVERIFY2(read.error.isEmpty(), qPrintable(read.error));
    QCOMPARE(read.count(u"h1"_s), 1);
    QCOMPARE(read.count(u"main"_s), 1);
}

void DocumentWritersTest::htmlPassesTidy()
{
    const QString tidy = QStandardPaths::findExecutable(u"tidy"_s);
    if (tidy.isEmpty())
        QSKIP("tidy is not installed");
    QTemporaryDir folder;
    const QString name = folder.filePath(u"report.html"_s);
    for (const Document& document : { SampleDocument().make(), hostile() }) {
        QFile file(name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::fromStdString(html(document)));
        file.close();
        QProcess run;
        run.start(tidy, { u"-e"_s, u"-q"_s, name });
        QVERIFY(run.waitForFinished());
        const QString said = QString::fromUtf8(run.readAllStandardError());
        QVERIFY2(run.exitCode() < 2, qPrintable(said)); // 1: warnings
        QStringList complaints;
        for (const QString& line : said.split(u'\n', Qt::SkipEmptyParts))
            // Attributes younger than tidy; elements that are drawn and hold no text.
            if (!line.contains(u"proprietary"_s) && !line.contains(u"trimming empty"_s))
                complaints += line;
        QVERIFY2(complaints.isEmpty(), qPrintable(complaints.join(u'\n')));
    }
}

void DocumentWritersTest::htmlTellsEveryBlock()
{
    const std::string out = html(SampleDocument().make());
    const Page page(out);
    for (const char* expected : { "Security posture of votelab", "Engineer edition", "Confidential",
             "2026-11-20", "all Secrets", "Network & API exposure", "partly assessed", "Not assessed",
             "Two domains share one address", "snapshot-2026-11-20.glacis", "needs no password", "open ways",
             "would show them", "kubernetes-dashboard-admin-binding.v1", "stage 2", "Problems by namespace",
             "kube-system", "Accepted problems are not counted.", "The cheapest ways through",
             "Docker on worker-1", "NodePort 32375", "docker.yaml:12", "GL-POD-001", "+3 more", "possible",
             "Certain", "cost 9", "What breaks it", "tlsverify: true", "Problems, worst first", "Critical",
             "Info", "3.1.1", "CIS 5.2.2, T1610", "    privileged: false\n", "Bind for a time." })
        QVERIFY2(page.words.contains(text(expected)), expected);
    QCOMPARE(page.count(u"article"_s), 2);
    QCOMPARE(page.count(u"figure"_s), 2);
    QVERIFY(page.count(u"dl"_s) == 2 && page.count(u"pre"_s) == 1 && page.count(u"time"_s) == 1);
    // Two tables, of problems and of bars: both have a name and heads.
    QVERIFY(page.count(u"table"_s) == 2 && page.count(u"caption"_s) == 2 && page.count(u"thead"_s) == 2);
    for (const Element& e : page.elements)
        if (e.name == u"th")
            QVERIFY(e.attributes.hasAttribute(u"scope"_s));
    QVERIFY(out.find("aria-label=\"Score: 100") == std::string::npos);
    QVERIFY(out.find("aria-label=\"Score: 92, partly assessed\"") != std::string::npos);
    QVERIFY(out.find("aria-label=\"Internet, Docker daemon of worker-1") != std::string::npos);
}

void DocumentWritersTest::htmlFormsNothingFromOutside()
{
    const std::string out = html(hostile());
    const Page page(out), calm(html(SampleDocument().make()));
    // The same elements, but for the places where a name may wrap.
    QStringList names, calmNames;
    for (const Element& e : page.elements)
        if (e.name != u"wbr")
            names += e.name;
    for (const Element& e : calm.elements)
        if (e.name != u"wbr")
            calmNames += e.name;
    QCOMPARE(names, calmNames);
    QVERIFY(page.words.contains(u"</style><script>alert(1)</script>\"><img src=x onerror=alert(1)>&quot;"_s));
    for (const QChar c : page.words)
        QVERIFY(c == u'\n' || (c >= u' ' && c != QChar(0x202E) && c != QChar(0x2066) && c != QChar(0xFFFF)));
    QVERIFY(isValidUtf8(out));
    for (const Element& e : page.elements)
        for (const QXmlStreamAttribute& a : e.attributes)
            QVERIFY2(!a.name().startsWith(u"on"), qPrintable(a.name().toString()));
}

void DocumentWritersTest::htmlFetchesAndRunsNothing()
{
    const std::string out = html(hostile());
    const Page page(out);
    QVERIFY(out.find("content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:;")
        != std::string::npos);
    QVERIFY(out.find("content=\"no-referrer\"") != std::string::npos);
    for (const Element& e : page.elements) {
        for (const char* name : { "script", "link", "iframe", "object", "embed", "form", "base", "audio" })
            QVERIFY2(e.name != text(name), name);
        for (const QXmlStreamAttribute& a : e.attributes) {
            const QString name = a.qualifiedName().toString();
            QVERIFY2(
                name != u"src" || a.value().startsWith(u"data:image/"), qPrintable(a.value().toString()));
            QVERIFY2(!name.endsWith(u"href") || a.value().startsWith(u'#'), qPrintable(a.value().toString()));
            QVERIFY(name != u"style" || !a.value().contains(u"url("));
        }
    }
    const auto begin = out.find("<style>"), end = out.find("</style>");
    const std::string sheet = out.substr(begin, end - begin);
    for (const char* word : { "url(", "@import", "http:", "//" })
        QVERIFY2(sheet.find(word) == std::string::npos, word);
    // A logo that is no picture of the page itself is left out.
    QCOMPARE(Page(writeDocumentHtml(hostile(), { {}, {}, "https://evil.example/x.png" })).count(u"img"_s), 0);
}

void DocumentWritersTest::htmlKeepsNamesWholeForCopying()
{
    std::string out;
    appendBreaking(out, "system:serviceaccount:kube-system/a", 12);
    QCOMPARE(out, std::string("system:<wbr/>serviceaccount:<wbr/>kube-<wbr/>system/<wbr/>a"));
    out.clear();
    appendBreaking(out, "web.yaml:17 and so on. https://x", 12);
    QCOMPARE(out, std::string("web.yaml:17 and so on. https://x"));
    out.clear();
    appendBreaking(out, "at 104.21.63.124:30443 for ingress.v1.2.3", 12);
    QCOMPARE(out, std::string("at 104.21.63.124:30443 for ingress.<wbr/>v1.2.3"));
    out.clear();
    appendBreaking(out, "https://registry.example/", 12);
    QCOMPARE(out, std::string("https://<wbr/>registry.<wbr/>example/"));
}

void DocumentWritersTest::htmlLinksLeadSomewhere_data()
{
    QTest::addColumn<std::string>("page");
    QTest::newRow("sample") << html(SampleDocument().make());
    QTest::newRow("hostile") << html(hostile());
    QTest::newRow("empty") << writeDocumentHtml({}, {});
}

void DocumentWritersTest::htmlLinksLeadSomewhere()
{
    QFETCH(std::string, page);
    const Page read(page);
    QSet<QString> ids;
    for (const Element& e : read.elements) {
        if (!e.attributes.hasAttribute(u"id"_s))
            continue;
        const QString id = e.attributes.value(u"id"_s).toString();
        QVERIFY2(!ids.contains(id), qPrintable(id));
        QVERIFY2(QRegularExpression(u"^[A-Za-z0-9-]+$"_s).match(id).hasMatch(), qPrintable(id));
        ids.insert(id);
    }
    int links = 0;
    for (const Element& e : read.elements)
        for (const char* name : { "href", "aria-labelledby" })
            if (e.attributes.hasAttribute(text(name))) {
                QString id = e.attributes.value(text(name)).toString();
                id.remove(u'#');
                QVERIFY2(ids.contains(id), qPrintable(id));
                ++links;
            }
    QVERIFY(links >= 2);
}

void DocumentWritersTest::htmlNeedsNoPicture()
{
    const Document document = SampleDocument().make();
    const Page none(writeDocumentHtml(document, {}));
    QVERIFY(none.error.isEmpty());
    QCOMPARE(none.count(u"figure"_s), 1);
    QVERIFY(!none.words.contains(u"The cheapest ways through"_s));
    const std::string one = writeDocumentHtml(document, { Pictures.attackLight, {} });
    QVERIFY(one.find("class=\"picture single\"") != std::string::npos);
    QCOMPARE(Page(one).count(u"figure"_s), 2);
    // Anything else than an svg element is none.
    QCOMPARE(Page(writeDocumentHtml(document, { "<?xml?><svg/>", {} })).count(u"figure"_s), 1);
}

void DocumentWritersTest::htmlHeadingsDescendByOne()
{
    int before = 0;
    for (const Element& e : Page(html(SampleDocument().make())).elements) {
        if (e.name.size() != 2 || e.name[0] != u'h' || !e.name[1].isDigit())
            continue;
        const int level = e.name[1].digitValue();
        QVERIFY2(level <= before + 1, qPrintable(e.attributes.value(u"id"_s).toString()));
        before = level;
    }
    QVERIFY(before > 0);
}

void DocumentWritersTest::anchorsAreHarmlessAndUnique()
{
    Document document;
    for (const char* anchor : { "a b", "a-b", "a-b", "", "g-main", "\xC3\xA4" })
        document.blocks.emplace_back(Heading { 1, "x", anchor });
    document.blocks.emplace_back(Paragraph { { Run { "y", Face::Plain, "a b" } } });
    const DocumentAnchors anchors(document);
    QStringList found;
    for (const Block& block : document.blocks)
        if (const auto* heading = std::get_if<Heading>(&block))
            found += text(anchors.of(*heading));
    QCOMPARE(found, QStringList({ u"a-b"_s, u"a-b-2"_s, u"a-b-3"_s, u"section"_s, u"xg-main"_s, u"--"_s }));
    QCOMPARE(text(anchors.link("a b")), u"a-b"_s);
    QCOMPARE(text(anchors.link("a-b")), u"a-b-2"_s);
    QVERIFY(anchors.link("missing").empty());
    QVERIFY(anchors.isLinked("a-b") && !anchors.isLinked("a-b-2"));
}

void DocumentWritersTest::cssStringCannotEndTheSheet()
{
    QCOMPARE(cssString("a\"b\\c</style>"), std::string("\"a\\22 b\\5c c\\3c \\2f style\\3e \""));
    QCOMPARE(cssString("R\xC3\xBCgen 1"), std::string("\"R\xC3\xBCgen 1\""));
}

void DocumentWritersTest::markdownTellsEveryBlock()
{
    const QString out = text(writeDocumentMarkdown(SampleDocument().make()));
    for (const char* expected :
        { "# Security posture of votelab\n", "**Confidential**", "2026-11-20", "reach **all Secrets** in",
            "| [1 Network &amp; API exposure](#stages) | 61 | 6 |", "| 92, partly assessed |",
            "| **Overall** (the lowest stage) | **38** |", "| Source | `snapshot-2026-11-20.glacis` |",
            "- [1 Summary](#summary)\n  - [1.1 Problems by stage](#stages)\n",
            "<a id=\"summary\"></a>\n\n## 1 Summary\n", "[Way 1](#way-1) needs", "- **21** open ways\n",
            "> [!WARNING]\n> Nodes were not read", "2. **Narrow ClusterRoleBinding** `kubernetes",
            "| `kube-system` | 0 | 2 | 6 | 0 | 4 | 12 |", "### Way 1: Docker on worker-1",
            "Certain, cost 9\n",
            "1. The Internet reaches the Docker API of worker-1 (REACHES)\n   - NodePort 32375",
            ", `manifests/web.yaml:17`, [GL-POD-001](#gl-pod-001)\n", "   - and 3 more\n",
            "(NODE\\_CREDENTIALS, possible)",
            "What breaks it:\n\n- Require client certificates: `tlsverify: true`\n",
            "| Severity | Check | Object | Problem | Ways |\n|---|---|---|---|---:|\n",
            "| <a id=\"row-1\"></a>\xE2\x97\x86 Critical | [GL-POD-001](#gl-pod-001) |",
            "frontend`<br>`spec.template", "#### 3.1.1 \xE2\x97\x86 Critical: A container runs privileged\n",
            "```\nspec:\n  securityContext:\n    privileged: false\n" })
        QVERIFY2(out.contains(text(expected)), expected);
    QVERIFY(!out.contains(u"The cheapest ways through"_s));
}

void DocumentWritersTest::markdownFormsNothingFromOutside()
{
    const QString out = text(writeDocumentMarkdown(hostile()));
    // Outside code, no tag but our own two, no link but within the page, no mention.
    static const QRegularExpression fenced(u"^(`{3,})\\n.*?\\n\\1\\n"_s,
        QRegularExpression::MultilineOption | QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression span(u"(?<![`\\\\])(`+)(?!`).*?(?<!`)\\1(?!`)"_s);
    QString bare = out;
    bare.remove(fenced);
    bare.remove(span);
    bare.remove(QRegularExpression(u"<a id=\"[A-Za-z0-9-]+\"></a>"_s)).remove(u"<br>"_s);
    QVERIFY(!bare.contains(u'<'));
    QVERIFY(!bare.contains(u'@') && !bare.contains(u"www."_s) && !bare.contains(u"//"_s));
    static const QRegularExpression link(u"(?<!\\\\)\\]\\((?!#[A-Za-z0-9-]+\\))"_s);
    QVERIFY2(!bare.contains(link), qPrintable(link.match(bare).captured()));
    for (const QChar c : out)
        QVERIFY(c == u'\n' || (c >= u' ' && c != QChar(0x202E) && c != QChar(0x2066)));
}

void DocumentWritersTest::markdownTablesHaveTheirColumns()
{
    for (const Document& document : { SampleDocument().make(), hostile() }) {
        qsizetype columns = 0;
        int rows = 0;
        const QStringList lines = text(writeDocumentMarkdown(document)).split(u'\n');
        for (const QString& line : lines) {
            if (!line.startsWith(u'|')) {
                columns = 0;
                continue;
            }
            QString cells = line;
            cells.remove(u"\\\\|"_s).remove(u"\\|"_s);
            if (columns == 0)
                columns = cells.count(u'|');
            QVERIFY2(cells.count(u'|') == columns, qPrintable(line));
            ++rows;
        }
        QVERIFY(rows > 15);
    }
}

void DocumentWritersTest::markdownLinksLeadSomewhere()
{
    const QString out = text(writeDocumentMarkdown(SampleDocument().make()));
    static const QRegularExpression link(u"\\]\\(#([^)]*)\\)"_s);
    int links = 0;
    for (auto it = link.globalMatch(out); it.hasNext(); ++links) {
        const QString id = it.next().captured(1);
        QVERIFY2(out.count(u"<a id=\"%1\"></a>"_s.arg(id)) == 1, qPrintable(id));
    }
    QVERIFY(links > 8);
}

void DocumentWritersTest::markdownEscapesPipesInCellsAlone()
{
    const Text code { Run { "a|b", Face::Code } };
    Document document;
    document.blocks.emplace_back(Paragraph { code });
    document.blocks.emplace_back(Table { "t", { Column { "c" } }, { TableRow { { code } } } });
    const std::string out = writeDocumentMarkdown(document);
    QVERIFY2(out.find("\n\n`a|b`\n\n| c |\n|---|\n| `a\\|b` |\n") != std::string::npos, out.c_str());
}

void DocumentWritersTest::markdownEscapesTheBeginningOfALine_data()
{
    QTest::addColumn<std::string>("outside");
    QTest::addColumn<std::string>("written");
    QTest::newRow("list") << std::string("- x") << std::string("\\- x");
    QTest::newRow("plus") << std::string("+ x") << std::string("\\+ x");
    QTest::newRow("number") << std::string("12. x") << std::string("12\\. x");
    QTest::newRow("bracket") << std::string("1) x") << std::string("1\\) x");
    QTest::newRow("rule") << std::string("===") << std::string("\\===");
    QTest::newRow("heading") << std::string("# x") << std::string("\\# x");
    QTest::newRow("quote") << std::string("> x") << std::string("&gt; x");
    QTest::newRow("indent") << std::string("    x") << std::string("x");
    QTest::newRow("formula") << std::string("$a$") << std::string("\\$a\\$");
    QTest::newRow("pipe in code") << std::string("`|") << std::string("\\`\\|");
    QTest::newRow("number alone") << std::string("12") << std::string("12");
}

void DocumentWritersTest::markdownEscapesTheBeginningOfALine()
{
    QFETCH(std::string, outside);
    QFETCH(std::string, written);
    Document document;
    document.blocks.emplace_back(Paragraph { { Run { outside } } });
    const std::string out = writeDocumentMarkdown(document);
    QVERIFY2(out.ends_with("\n\n" + written + "\n\n"), out.c_str());
}

void DocumentWritersTest::sameDocumentSameBytes()
{
    QCOMPARE(html(SampleDocument().make()), html(SampleDocument().make()));
    QCOMPARE(writeDocumentMarkdown(SampleDocument().make()), writeDocumentMarkdown(SampleDocument().make()));
}

/// Writes the pages where GLACIS_REPORT_OUT says, to be looked at.
void DocumentWritersTest::largeDocument()
{
    const Document document = SampleDocument().large(3000);
    QElapsedTimer timer;
    timer.start();
    const std::string out = html(document);
    const double seconds = static_cast<double>(timer.nsecsElapsed()) / 1e9;
    qInfo("%.1f MB of HTML, %.0f MB/s", static_cast<double>(out.size()) / 1e6,
        static_cast<double>(out.size()) / 1e6 / seconds);
    QVERIFY(out.find("id=\"many-2999\"") != std::string::npos);
    QVERIFY(out.find("content-visibility:auto") != std::string::npos);
    const QString folder = qEnvironmentVariable("GLACIS_REPORT_OUT");
    if (folder.isEmpty())
        return;
    const auto save = [&](const QString& name, const std::string& bytes) {
        QFile file(folder + u'/' + name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::fromStdString(bytes));
    };
    save(u"large.html"_s, out);
    save(u"sample.html"_s, html(SampleDocument().make()));
    save(u"hostile.html"_s, html(hostile()));
    save(u"sample.md"_s, writeDocumentMarkdown(SampleDocument().make()));
    save(u"hostile.md"_s, writeDocumentMarkdown(hostile()));
}

GLACIS_TEST(DocumentWritersTest)
#include "document_writers_test.moc"
