// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Expected values were checked with sigs.k8s.io/yaml 1.4.0 (YAMLToJSON), which kubectl uses.
#include "tree_text.h"

#include <test_main.h>

#include <QElapsedTimer>

using namespace glacis::test;

namespace {

void row(const char* name, const char* text, const char* expected)
{
    QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(expected);
}

} // namespace

class YamlReaderTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void plainScalars_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        const auto same = [](const char* text, const char* expected) { row(text, text, expected); };
        for (const char* text : { "true", "True", "TRUE", "y", "Y", "yes", "Yes", "YES", "on", "On", "ON" })
            same(text, "true");
        for (const char* text :
            { "false", "False", "FALSE", "n", "N", "no", "No", "NO", "off", "Off", "OFF" })
            same(text, "false");
        for (const char* text : { "null", "Null", "NULL", "~", "" })
            row(*text ? text : "empty", text, "null");
        for (const char* text : { "yEs", "nO", "oN", "tRue", "nULL", "t", "f", "o", "yess", "nul" })
            row(text, text, ("\"" + std::string(text) + "\"").c_str());
        same("0", "0");
        same("-0", "0");
        same("+0", "0");
        same("12", "12");
        same("+12", "12");
        same("-12", "-12");
        same("0644", "420");
        same("-0644", "-420");
        same("0o17", "15");
        same("0o8", "\"0o8\"");
        same("08", "8");
        same("00", "0");
        same("0x1F", "31");
        same("-0x1f", "-31");
        same("0x", "\"0x\"");
        same("0b101", "5");
        same("-0b11", "-3");
        same("0b2", "\"0b2\"");
        same("1_000", "1000");
        same("1__2_", "12");
        same("0x_1", "1");
        same("_1", "\"_1\"");
        same("9223372036854775807", "9223372036854775807");
        same("9223372036854775808", "9223372036854775808");
        same("18446744073709551615", "18446744073709551615");
        same("-9223372036854775808", "-9223372036854775808");
        // goyaml makes floats of larger ones; we keep the digits.
        same("123456789012345678901234567890", "123456789012345678901234567890");
        same("0xFFFFFFFFFFFFFFFFFF", "\"0xFFFFFFFFFFFFFFFFFF\"");
        same("1e3", "1000");
        same("1E5", "100000");
        same("1.5e+2", "150");
        same("1.0", "1");
        same("1.50", "1.5");
        same(".5", "0.5");
        same("-.5", "-0.5");
        same("+.5", "0.5");
        same("0.", "0");
        same("1.e3", "1000");
        same("0.1e1", "1");
        same("1e30", "1e+30");
        same("1e20", "100000000000000000000");
        same("1e21", "1e+21");
        same("0.000001", "0.000001");
        same("1e-7", "1e-7");
        same("1e400", "\"1e400\"");
        same("1e-400", "0");
        same("1e", "\"1e\"");
        same(".", "\".\"");
        same("._5", "\"._5\"");
        same("1.2.3", "\"1.2.3\"");
        same("12:30:45", "\"12:30:45\"");
        same("2001-01-01", "\"2001-01-01\"");
        same("2001-01-01T00:00:00Z", "\"2001-01-01T00:00:00Z\"");
        same("99999999-1", "\"99999999-1\"");
        same("10.0.0.1", "\"10.0.0.1\"");
        same("100m", "\"100m\"");
        same("1e3m", "\"1e3m\"");
        same("-x", "\"-x\"");
        same("--flag=1", "\"--flag=1\"");
        same("=", "\"=\"");
        same("a b  c", "\"a b  c\"");
        same("a:b", "\"a:b\"");
        same("a#b", "\"a#b\"");
        row("comment", "a #b", "\"a\"");
        row("number with comment", "1 # one", "1");
        row("in double quotes", "\"0644\"", "\"0644\"");
        row("in single quotes", "'yes'", "\"yes\"");
        row("escaped quote", "'it''s'", "\"it's\"");
        row("escapes", "\"a\\tb\\x41\\u00e9\\U0001F600\\/\"", "\"a\tbA\u00e9\U0001F600/\"");
        row("tag int", "!!int '12'", "12");
        row("tag int of hex", "!!int 0x1F", "31");
        row("tag str", "!!str 12", "\"12\"");
        row("tag str of nothing", "!!str", "\"\"");
        row("tag bool", "!!bool 'yes'", "true");
        row("tag float", "!!float 3", "3");
        row("tag null", "!!null ''", "null");
        row("tag binary", "!!binary aGVsbG8=", "\"hello\"");
        row("tag timestamp", "!!timestamp 2001-01-01", "\"2001-01-01\"");
        row("unknown tag makes text", "!foo 12", "\"12\"");
        row("quoted with the tag !", "! '12'", "\"12\"");
    }
    void plainScalars()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        const std::string document = "a: " + text.toStdString() + "\n";
        const std::string wanted = "{\"a\":" + expected.toStdString() + "}\n";
        QCOMPARE(QString::fromStdString(yaml(document)), QString::fromStdString(wanted));
        QCOMPARE(QString::fromStdString(yamlByLibrary(document)), QString::fromStdString(wanted));
    }

    void documents_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        row("keys that are no strings", "true: 1\n1: 2\n0x10: 3\n1.10: 4\n.inf: 5\n",
            "{\"true\":1,\"1\":2,\"16\":3,\"1.1\":4,\".inf\":5}\n");
        row("list in its key's column", "a:\n- 1\n- b: 2\n  c: 3\n-\nd: []\n",
            "{\"a\":[1,{\"b\":2,\"c\":3},null],\"d\":[]}\n");
        row("list in a list", "- - 1\n  - 2\n-\n  - 3\n", "[[1,2],[3]]\n");
        row("flow", "{a: [1, 'x', {b: c}], d: {}}\n", "{\"a\":[1,\"x\",{\"b\":\"c\"}],\"d\":{}}\n");
        row("literal", "a: |\n  x\n   y\n\n  z\n\nb: |-\n  x\nc: |+\n  x\n\n",
            "{\"a\":\"x\n y\n\nz\n\",\"b\":\"x\",\"c\":\"x\n\n\"}\n");
        row("literal with an indent", "a: |2\n    x\n", "{\"a\":\"  x\n\"}\n");
        row("folded", "a: >-\n  x\n  y\n\n  z\n", "{\"a\":\"x y\nz\"}\n");
        row("plain over lines", "a: x\n  y\n\n  z\n", "{\"a\":\"x y\nz\"}\n");
        row("quoted over lines", "a: 'x\n\n  y'\nb: \"x\n  y \\\n  z\"\n",
            "{\"a\":\"x\ny\",\"b\":\"x y z\"}\n");
        row("dash in a quoted line", "a: \"x\n- y\"\n", "{\"a\":\"x - y\"}\n");
        row("several", "---\na: 1\n---\n---\n# none\n---\nb: 2\n...\n", "{\"a\":1}\n{\"b\":2}\n");
        row("value behind ---", "--- {a: 1}\n--- text\n", "{\"a\":1}\n\"text\"\n");
        row("directive", "%YAML 1.1\n---\na: 1\n", "{\"a\":1}\n");
        row("only comments", "# a\n\n  # b\n", "");
        row("nothing", "", "");
        row("byte order mark", "\uFEFFa: 1\n", "{\"a\":1}\n");
        row("line ends of Windows", "a: 1\r\nb: |\r\n  x\r\n  y\r\n---\r\nc: 2\r\n",
            "{\"a\":1,\"b\":\"x\ny\n\"}\n{\"c\":2}\n");
        row("JSON", "{\"a\": [1, \"b\"],\n\t\"c\": null}", "{\"a\":[1,\"b\"],\"c\":null}\n");
        row("explicit keys", "? a\n: 1\n? b\n", "{\"a\":1,\"b\":null}\n");

        row("alias", "a: &x [1, {b: 2}]\nc: *x\n", "{\"a\":[1,{\"b\":2}],\"c\":[1,{\"b\":2}]}\n");
        row("alias of a key", "&k a: 1\nb: *k\n", "{\"a\":1,\"b\":\"a\"}\n");
        row("alias as a key", "a: &k 7\n*k : 1\n", "{\"a\":7,\"7\":1}\n");
        row("anchor named again", "a: &x 1\nb: &x 2\nc: *x\n", "{\"a\":1,\"b\":2,\"c\":2}\n");
        row("anchors end with the document", "a: &x 1\n---\nb: *x\n",
            "{\"a\":1}\n! 3: the alias *x has no anchor before it\n");
        row("merge", "a: &x {p: 1, q: 2}\nb:\n  <<: *x\n  q: 3\n",
            "{\"a\":{\"p\":1,\"q\":2},\"b\":{\"p\":1,\"q\":3}}\n");
        row("merge behind the key wins, as in kubectl", "a: &x {p: 1}\nb: {p: 2, <<: *x}\n",
            "{\"a\":{\"p\":1},\"b\":{\"p\":1}}\n");
        row("merge of a list: the first wins", "a: &x {p: 1}\nb: &y {p: 2, q: 3}\nc: {<<: [*x, *y]}\n",
            "{\"a\":{\"p\":1},\"b\":{\"p\":2,\"q\":3},\"c\":{\"p\":1,\"q\":3}}\n");
        row("merge within a merge", "a: &x {p: 1}\nb: &y {<<: *x, q: 2}\nc: {<<: *y, r: *y}\n",
            "{\"a\":{\"p\":1},\"b\":{\"p\":1,\"q\":2},\"c\":{\"p\":1,\"q\":2,\"r\":{\"p\":1,\"q\":2}}}\n");
        row("quoted << is a key", "a: {\"<<\": {b: 1}}\n", "{\"a\":{\"<<\":{\"b\":1}}}\n");
        row("merge of no mapping", "a: {<<: 1}\n",
            "! 1: the merge key << needs a mapping or a list of mappings\n");
        row("twice beside a merge", "x: &x {p: 1}\na: {<<: *x, b: 1, b: 2}\n",
            "! 2: the key \"b\" stands twice in one object, in line 2 and in line 2\n");
    }
    void documents()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        QCOMPARE(QString::fromStdString(yaml(text.toStdString())), expected);
    }

    void errors_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        row("a key twice", "a: 1\nb: 2\na: 3\n",
            "! 3: the key \"a\" stands twice in one object, in line 1 and in line 3\n");
        row("a key twice, spelled otherwise", "true: 1\nyes: 2\n",
            "! 2: the key \"true\" stands twice in one object, in line 1 and in line 2\n");
        row("tab", "a:\n\tb: 1\n",
            "! 2: is no valid YAML: a tab is used to indent; YAML allows only spaces\n");
        row("open quote", "a: 1\nb: \"x\nc: 2\n",
            "! 2: is no valid YAML: a text in quotes without its closing quote\n");
        row("indentation", "a:\n  b: 1\n c: 2\n",
            "! 3: is no valid YAML: a line that does not fit the indentation around it\n");
        row("no colon", "a: 1\nb\nc: 2\n",
            "! 2: is no valid YAML: a line without ': ' where a key is expected\n");
        row("two colons", "a: b: c\n",
            "! 1: is no valid YAML: a second ': ' in one line, or a key where none may stand\n");
        row("template", "a: {{ .Values.a }}\n", "! 1: a mapping or a list stands where a key is expected\n");
        row("reserved", "a: @b\n", "! 1: is no valid YAML: a character that cannot begin a value here\n");
        row("open bracket", "a: [1, 2\nb: 3\n",
            "! 2: is no valid YAML: ',' or ']' is missing in a list in brackets\n");
        row("infinity", "a: .inf\n", "! 1: infinity and NaN have no form in JSON\n");
        row("null as a key", "~: 1\n", "! 1: a key is empty or null\n");
        row("list as a key", "? [a]\n: 1\n", "! 1: a mapping or a list stands where a key is expected\n");
        row("tag that does not fit", "a: !!int x\n", "! 1: a value with the tag !!int is no integer\n");
        row("unknown alias", "a: *x\n", "! 1: the alias *x has no anchor before it\n");
        row("anchor in itself", "a: &x [1, *x]\n", "! 1: the anchor &x contains itself\n");
        row("other documents count", "a: 1\n---\nb: [\n---\nc: 3\n---\nd: 1\nd: 2\n---\ne: 5\n",
            "{\"a\":1}\n! 4: is no valid YAML: a value is missing\n{\"c\":3}\n"
            "! 8: the key \"d\" stands twice in one object, in line 7 and in line 8\n{\"e\":5}\n");
        row("an element of a list is lost alone", "items:\n- a: 1\n- b: 1\n  b: 2\n- c: 3\nkind: List\n",
            "! 4: the key \"b\" stands twice in one object, in line 3 and in line "
            "4\n{\"items\":[{\"a\":1},{\"c\":3}],\"kind\":\"List\"}\n");
        row("tab behind a line", "a: b\n\tc: d\n",
            "! 2: is no valid YAML: a tab is used to indent; YAML allows only spaces\n");
        row("an element with a fault is lost alone", "items:\n- a: 1\n- b: [\n- c: 3\n- d: 4\nkind: List\n",
            "! 4: is no valid YAML: a value is "
            "missing\n{\"items\":[{\"a\":1},{\"c\":3},{\"d\":4}],\"kind\":\"List\"}\n");
        row("faults in an indented list", "kind: List\nitems:\n  - a: 1\n  - b: [\n  - @\n  - d: 4\nz: 1\n",
            "! 5: is no valid YAML: a value is missing\n! 5: is no valid YAML: a character that cannot begin "
            "a value here\n"
            "{\"kind\":\"List\",\"items\":[{\"a\":1},{\"d\":4}],\"z\":1}\n");
        row("open quote in a list", "items:\n- a: 1\n- b: \"x\n- c: 3\nkind: List\n",
            "! 3: is no valid YAML: a text in quotes without its closing "
            "quote\n{\"items\":[{\"a\":1},{\"c\":3}],\"kind\":\"List\"}\n");
        row("fault behind a list", "items:\n- a: 1\n- b: 2\nkind: @\n",
            "! 4: is no valid YAML: a character that cannot begin a value "
            "here\n{\"items\":[{\"a\":1},{\"b\":2}]}\n");
        row("fault behind a list with a fault", "items:\n- a: 1\n- @\n- b: 2\nkind: @\n",
            "! 3: is no valid YAML: a character that cannot begin a value here\n! 5: is no valid YAML: a "
            "character that cannot begin a value here\n{\"items\":[{\"a\":1},{\"b\":2}]}\n");
        row("fault without a list", "a: 1\nb: @\n",
            "! 2: is no valid YAML: a character that cannot begin a value here\n");
        row("bad byte in a comment", "a: 1\n# x\\0y\n", "{\"a\":1}\n! 2: holds a NUL byte\n");
        row("NUL", "a: 1\n---\nb: x\\0y\n---\nc: 3\n", "{\"a\":1}\n! 3: holds a NUL byte\n{\"c\":3}\n");
        row("control character", "a: x\\1y\n", "! 1: holds the control character U+0001\n");
        row("no UTF-8", "a: x\\9y\nb: 2\n", "! 1: holds bytes that are no UTF-8 text\n");
        row("bad byte in a list", "items:\n- a: 1\n- b: x\\0y\n- c: 3\n",
            "! 3: holds a NUL byte\n{\"items\":[{\"a\":1},{\"c\":3}]}\n");
    }
    void errors()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        // \0, \1 and \9 stand for bytes that a QString cannot bring.
        text.replace(QStringLiteral("\\0"), QString(QChar(0xE000)))
            .replace(QStringLiteral("\\1"), QString(QChar(0xE001)))
            .replace(QStringLiteral("\\9"), QString(QChar(0xE009)));
        std::string bytes = text.toStdString();
        for (std::size_t at = bytes.find("\xEE\x80"); at != std::string::npos; at = bytes.find("\xEE\x80"))
            bytes.replace(at, 3, 1,
                bytes[at + 2] == '\x80'       ? '\0'
                    : bytes[at + 2] == '\x81' ? '\x01'
                                              : '\xFF');
        QCOMPARE(QString::fromStdString(yaml(bytes)), expected);
    }

    void itemsAreDocuments()
    {
        QCOMPARE(
            yamlItems("- a: 1\n- b: 2\n- c\n", true), std::string("{\"a\":1@1}@1\n{\"b\":2@2}@2\n\"c\"@3\n"));
        QCOMPARE(yamlItems("- a: 1\n- b: 1\n  b: 2\n- c: [}\n- d: 4\n"),
            std::string("{\"a\":1}\n! 3: the key \"b\" stands twice in one object, in line 2 and in line 3\n"
                        "! 4: is no valid YAML: a value is missing\n{\"d\":4}\n"));
    }
    void anAliasWithoutAnchorIsMarked()
    {
        DocumentReader reader;
        const auto& output = reader.readYaml("- a: *x\n- b\n", 1, {}, DocumentReader::Form::Items);
        QCOMPARE(output.errors.size(), std::size_t(1));
        QVERIFY(output.errors[0].undefinedAlias);
        QVERIFY(!output.errors[0].syntax);
        QCOMPARE(output.documents.size(), std::size_t(1));
    }
    void linesAreThoseOfKeys()
    {
        const std::string text = "# x\na:\n  b: 1\n\n  c:\n  - 2\n  -\n    d: |\n      x\n\n    e: x\n      "
                                 "y\n    f: 'a\n\n      b'\ng: 3\n---\n\nh: 1\n";
        const std::string expected = "{\"a\":{\"b\":1@3,\"c\":[2@6,{\"d\":\"x\n\"@8,\"e\":\"x "
                                     "y\"@11,\"f\":\"a\nb\"@13}@8]@5}@2,\"g\":3@16}@2\n{\"h\":1@19}@19\n";
        QCOMPARE(yaml(text, true), expected);
        QCOMPARE(yamlByLibrary(text, true), expected);
    }
    void quotedScalarsAreMarked()
    {
        DocumentReader reader;
        const auto& output = reader.readYaml("a: 1\nb: '1'\nc: |\n  1\n", 1, {});
        QVERIFY(!(*output.tree)[1].quoted);
        QVERIFY((*output.tree)[2].quoted);
        QVERIFY((*output.tree)[3].quoted);
    }

    void aliasBombsAreRefusedQuickly()
    {
        std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n";
        for (int i = 1; i < 10; ++i) {
            const std::string name = std::to_string(i);
            const std::string before = "*a" + std::to_string(i - 1);
            bomb += "a" + name + ": &a" + name + " [" + before;
            for (int k = 0; k < 8; ++k)
                bomb += ", " + before;
            bomb += "]\n";
        }
        QElapsedTimer timer;
        timer.start();
        const std::string shown = yaml(bomb + "---\nb: 1\n");
        QVERIFY2(shown.find("its aliases would grow it to more than") != std::string::npos, shown.c_str());
        QVERIFY(shown.ends_with("{\"b\":1}\n"));
        QVERIFY(timer.elapsed() < 5000);
    }
    void depthIsLimited()
    {
        const std::string deep(100'000, '[');
        const std::string braces = [] {
            std::string text;
            for (int i = 0; i < 50'000; ++i)
                text += "{a: ";
            return text;
        }();
        std::string indented;
        for (int i = 0; i < 300; ++i)
            indented += std::string(static_cast<std::size_t>(i), ' ') + "a:\n";
        std::string dashes;
        for (int i = 0; i < 50'000; ++i)
            dashes += "- ";
        for (const std::string& text : { deep, braces, indented, dashes, std::string("a: ") + deep }) {
            const std::string shown = yaml(text + "\n---\nb: 1\n");
            QVERIFY2(shown.find("nested deeper than 100 levels") != std::string::npos,
                shown.substr(0, 300).c_str());
            QVERIFY2(shown.ends_with("{\"b\":1}\n"), shown.substr(0, 300).c_str());
        }
    }
    void depthCostsOneElement()
    {
        const std::string deep = "a: " + std::string(1000, '[');
        QCOMPARE(yaml("items:\n- " + deep + "\n- b: 1\nkind: List\n"),
            std::string("! 2: nested deeper than 100 levels\n{\"items\":[{\"b\":1}],\"kind\":\"List\"}\n"));
        QCOMPARE(yamlItems("- x: 1\n- " + deep + "\n- b: 1\n"),
            std::string("{\"x\":1}\n! 2: nested deeper than 100 levels\n{\"b\":1}\n"));
    }
    void depthByAliasesIsLimited()
    {
        std::string text = "a0: &a0 [1]\n";
        for (int i = 1; i < 150; ++i)
            text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [*a" + std::to_string(i - 1)
                + "]\n";
        QVERIFY(yaml(text).find("levels by its aliases") != std::string::npos);
    }
    void nodesAreLimited()
    {
        QCOMPARE(yaml("[1,2,3,4,5]\n---\n[6]\n", false, { .maxNodes = 4 }),
            std::string("! 1: has more than 4 values\n[6]\n"));
        QCOMPARE(yaml("- 1\n- 2\n- 3\n- 4\n- 5\n---\n- 6\n", false, { .maxNodes = 4 }),
            std::string("! 4: has more than 4 values\n[6]\n"));
    }
    void textsThatAreNoYamlAreNamed()
    {
        QCOMPARE(yaml(std::string("\xFF\xFE") + std::string("a\0:\0", 4)),
            std::string("! 1: is UTF-16 text; only UTF-8 is read\n"));
        std::string halfUtf16; // without its byte order mark
        for (const char c : std::string_view("a: 1\nb: 2\nc: 3\nd: 4\n"))
            halfUtf16.append(1, c).append(1, '\0');
        QCOMPARE(yaml(halfUtf16), std::string("! 1: is no text but binary data\n"));
        std::string binary = "\x7F"
                             "ELF";
        for (int i = 0; i < 3000; ++i)
            binary += static_cast<char>(i * 31);
        QCOMPARE(yaml(binary), std::string("! 1: is no text but binary data\n"));
        QVERIFY(yaml(std::string(100, '%') + std::string("\n%TAG ! x\n") +
                    [] {
                        std::string text;
                        for (int i = 0; i < 1000; ++i)
                            text += "%TAG !a" + std::to_string(i) + "! b\n";
                        return text;
                    }())
                    .find("lines that begin with %")
            != std::string::npos);
    }
    /// Each must end within seconds: a quadratic scanner would need hours.
    void largeTextsTakeLinearTime_data()
    {
        QTest::addColumn<QString>("name");
        for (const char* name :
            { "long plain text", "long quoted text", "long flow list", "many keys in a line", "many anchors",
                "many documents", "long comment", "open quote before a long text", "many colons",
                "many broken elements", "spaces", "many broken documents" })
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void largeTextsTakeLinearTime()
    {
        QFETCH(QString, name);
        constexpr std::size_t size = 4'000'000;
        std::string text;
        const auto fill = [&](const char* begin, const char* part) {
            text = begin;
            while (text.size() < size)
                text += part;
        };
        if (name == QLatin1String("long plain text"))
            fill("a: ", "word\n ");
        else if (name == QLatin1String("long quoted text"))
            fill("a: \"", "word\n \\\" ");
        else if (name == QLatin1String("long flow list"))
            fill("a: [", "1, ");
        else if (name == QLatin1String("many keys in a line"))
            fill("a: {", "b, ");
        else if (name == QLatin1String("many anchors")) {
            for (int i = 0; text.size() < size; ++i)
                text += "- &a" + std::to_string(i) + " x\n";
        } else if (name == QLatin1String("many documents"))
            fill("", "---\na: 1\n");
        else if (name == QLatin1String("long comment"))
            fill("# ", "x");
        else if (name == QLatin1String("open quote before a long text"))
            fill("- '\n", "- a: b\n");
        else if (name == QLatin1String("many colons"))
            fill("a", ": ");
        else if (name == QLatin1String("many broken elements"))
            fill("items:\n", "- [}\n- a: 1\n");
        else if (name == QLatin1String("spaces"))
            fill("a:", " ");
        else
            fill("", "a: [\n---\n");
        QElapsedTimer timer;
        timer.start();
        const std::string shown = yaml(text);
        QVERIFY2(timer.elapsed() < 20'000, std::to_string(timer.elapsed()).c_str());
        QVERIFY2(std::count(shown.begin(), shown.end(), '!') < 3000, "too many errors");
    }
    void damagedTextsEndWell()
    {
        const std::string text = "kind: List\nitems:\n- a: &x [1, 'two']\n  b: |\n    x\n  <<: {p: *x}\n- "
                                 "\"c\": >-\n    y\n---\n{d: 1}\n";
        std::uint32_t random = 1;
        const auto next = [&] { return random = random * 1664525 + 1013904223, random >> 8; };
        static constexpr std::string_view bytes("{}[],:\"'\\\n x1-\t&*!|>#%\x01\xC3", 25);
        for (int i = 0; i < 5'000; ++i) {
            std::string damaged = text;
            for (std::uint32_t k = 0; k < 1 + next() % 4; ++k)
                damaged[next() % damaged.size()] = bytes[next() % bytes.size()];
            static_cast<void>(yaml(damaged)); // ends, and without a crash
        }
    }
};

GLACIS_TEST(YamlReaderTest)
#include "yaml_reader_test.moc"
