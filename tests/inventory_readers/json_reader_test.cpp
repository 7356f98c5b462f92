// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tree_text.h"

#include <test_main.h>

using namespace glacis::test;

class JsonReaderTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsValues_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* text, const char* expected) {
            QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(expected);
        };
        row("empty object", "{}", "{}\n");
        row("nested", "{\"a\": [1, {\"b\": null}], \"c\": true}", "{\"a\":[1,{\"b\":null}],\"c\":true}\n");
        row("escapes", "{\"a\\\"b\": \"x\\n\\u00e9\\ud83d\\ude00\\\\\"}",
            "{\"a\"b\":\"x\n\u00e9\U0001F600\\\"}\n");
        row("lone surrogates become U+FFFD", "[\"\\ud800\", \"\\udc00x\", \"\\ud800\\u0041\"]",
            "[\"\uFFFD\",\"\uFFFDx\",\"\uFFFDA\"]\n");
        row("numbers keep their text", "[0, -1, 1.50, 1e3, 123456789012345678901234567890]",
            "[0,-1,1.50,1e3,123456789012345678901234567890]\n");
        row("several values", "{\"a\":1}\n{\"a\":2} [3]", "{\"a\":1}\n{\"a\":2}\n[3]\n");
        row("values of a list cut at its commas", ",{\"a\":1},\n{\"a\":2},\n", "{\"a\":1}\n{\"a\":2}\n");
        row("nothing", " \n ", "");
        row("scalars", "1 \"x\" null", "1\n\"x\"\nnull\n");
        row("an object's managedFields are left out",
            "{\"metadata\": {\"managedFields\": [{\"a\": [1, {\"]}\": \"]}\"}]}, 2], \"name\": \"x\"}, "
            "\"b\": 1}",
            "{\"metadata\":{\"managedFields\":[],\"name\":\"x\"},\"b\":1}\n");
        row("and those of a list's items",
            "{\"metadata\": {}, \"items\": [{\"metadata\": {\"managedFields\": [{}]}}, {\"metadata\": "
            "{\"managedFields\": []}}]}",
            "{\"metadata\":{},\"items\":[{\"metadata\":{\"managedFields\":[]}},{\"metadata\":{"
            "\"managedFields\":[]}}]}\n");
        row("and of elements of an array", "[{\"metadata\": {\"managedFields\": [1]}}]",
            "[{\"metadata\":{\"managedFields\":[]}}]\n");
        row("what is called so elsewhere stays",
            "{\"managedFields\": [1], \"spec\": {\"managedFields\": [2], \"metadata\": {\"managedFields\": "
            "[3]}}}",
            "{\"managedFields\":[1],\"spec\":{\"managedFields\":[2],\"metadata\":{\"managedFields\":[3]}}}"
            "\n");
        row("also in a list",
            "{\"list\": [{\"metadata\": {\"managedFields\": [1]}}], \"a\": {\"metadata\": [[1]]}}",
            "{\"list\":[{\"metadata\":{\"managedFields\":[1]}}],\"a\":{\"metadata\":[[1]]}}\n");
        row("managedFields that are no array", "{\"metadata\": {\"managedFields\": {\"a\": 1}}}",
            "{\"metadata\":{\"managedFields\":{\"a\":1}}}\n");
        row("deep but allowed", "[[[[[[[[[[]]]]]]]]]]", "[[[[[[[[[[]]]]]]]]]]\n");
    }
    void readsValues()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        QCOMPARE(QString::fromStdString(json(text.toStdString())), expected);
    }

    void linesAreThoseOfKeys()
    {
        QCOMPARE(json("{\n \"a\":\n  1,\n\n \"b\": [\n  2,\n  {}\n ]\n}\n{\n}", true),
            std::string("{\"a\":1@2,\"b\":[2@6,{}@7]@5}@1\n{}@10\n"));
    }
    void manyLinesAreCountedInOneText()
    {
        std::string text = "[";
        for (int i = 0; i < 5000; ++i)
            text += i % 3 ? "1,\n" : "1,\n\n\n";
        text += "\"last\"]";
        DocumentReader reader;
        const std::size_t size = text.size();
        text.append(DocumentReader::jsonPadding, ' ');
        const auto& output = reader.readJson(std::string_view(text).substr(0, size), 7, {});
        QCOMPARE(output.tree->back().line,
            static_cast<std::uint32_t>(7 + std::count(text.begin(), text.end(), '\n')));
    }

    void reportsErrors_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* text, const char* expected) {
            QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(expected);
        };
        row("a key twice", "{\"a\": 1,\n\"b\": 2,\n\"a\": 3}",
            "! 3: the key \"a\" stands twice in one object, in line 1 and in line 3\n");
        row("a key twice, once escaped", "{\"a\": 1, \"\\u0061\": 3}",
            "! 1: the key \"a\" stands twice in one object, in line 1 and in line 1\n");
        row("no comma", "{\"a\": 1 \"b\": 2}", "! 1: ',' or '}' is expected\n");
        row("a comma too many", "{\"a\": 1,}", "! 1: a comma before }\n");
        row("in an array", "[1,]", "! 1: a value is expected before ']'\n[1]\n");
        row("no colon", "{\"a\" 1}", "! 1: a colon is expected after the key \"a\"\n");
        row("no quotes", "{a: 1}", "! 1: a key in quotes is expected\n");
        row("ends early", "{\"a\": {\"b\": 1", "! 1: the text ends inside of an object\n");
        row("ends before a value", "{\"a\":", "! 1: the text ends where a value is expected\n");
        row("open quote", "{\"a\":\n\"b}", "! 2: a text without its closing quote\n");
        row("quote not closed in its line", "{\"a\": \"b,\n\"c\": 1}",
            "! 1: a text without its closing quote\n");
        row("control character", "[\"a\tb\"]", "! 1: a control character in a text\n");
        row("literal", "[truth]", "! 1: truth is no value of JSON\n[]\n");
        row("leading zero", "{\"a\": 012}", "! 1: 012 is no number of JSON\n");
        row("plus", "{\"a\": +1}", "! 1: +1 is no value of JSON\n");
        row("bare point", "{\"a\": 1.}", "! 1: 1. is no number of JSON\n");
        row("escape", "{\"a\": \"\\x\"}", "! 1: a text holds \\ followed by x\n");
        row("short escape", "{\"a\": \"\\u12\"}",
            "! 1: a \\u in a text is not followed by four hexadecimal digits\n");
        row("another value still counts", "{\"a\": tru}\n{\"b\": 1}",
            "! 1: tru is no value of JSON\n{\"b\":1}\n");
        row("an element of a list is lost alone",
            "{\"items\": [{\"a\": 1},\n{\"a\": 1, \"a\": 2},\n{\"c\": 3}], \"kind\": \"List\"}",
            "! 2: the key \"a\" stands twice in one object, in line 2 and in line "
            "2\n{\"items\":[{\"a\":1},{\"c\":3}],\"kind\":\"List\"}\n");
        row("an element with a fault is lost alone",
            "{\"items\": [{\"a\": [1 2]},\n{\"c\": 3}], \"kind\": \"List\"}",
            "! 1: ',' or ']' is expected\n{\"items\":[{\"c\":3}],\"kind\":\"List\"}\n");
        row("a bracket forgotten in an element", "{\"items\": [{\"a\": [1},{\"c\": 3}], \"kind\": \"List\"}",
            "! 1: ',' or ']' is expected\n{\"items\":[{\"c\":3}],\"kind\":\"List\"}\n");
        row("a list that ends early keeps its elements",
            "{\"kind\": \"List\", \"items\": [{\"a\": 1}, {\"b\":",
            "! 1: the text ends where a value is expected\n{\"kind\":\"List\",\"items\":[{\"a\":1}]}\n");
        row("a broken value between two in lines", "{\"a\": 1},\n{\"b\": \"x},\n{\"c\": 3}\n",
            "{\"a\":1}\n! 2: a text without its closing quote\n{\"c\":3}\n");
        row("brackets in managedFields that do not fit",
            "{\"items\": [{\"metadata\": {\"managedFields\": [{]}},\n{\"c\": 3}], \"kind\": \"List\"}",
            "! 1: a key in quotes is expected\n{\"items\":[{\"c\":3}],\"kind\":\"List\"}\n");
        row("managedFields without an end", "{\"metadata\": {\"managedFields\": [{\"a\": 1}",
            "! 1: the text ends inside of an array\n");
        row("not JSON at all", "hello world", "! 1: hello is no value of JSON\n");
        row("stray brackets", "}]}", "! 1: a value is expected before '}'\n");
    }
    void reportsErrors()
    {
        QFETCH(QString, text);
        QFETCH(QString, expected);
        QCOMPARE(QString::fromStdString(json(text.toStdString())), expected);
    }

    void bytesThatAreNoUtf8BecomeReplacementCharacters()
    {
        QCOMPARE(json("{\"a\": \"x\xFFy\", \"b\": \"\xC3\xA9\"}"),
            std::string("{\"a\":\"x\xEF\xBF\xBDy\",\"b\":\"\xC3\xA9\"}\n"));
    }
    void aKeyTwiceIsFoundInLargeObjects()
    {
        std::string text = "{";
        for (int i = 0; i < 1000; ++i)
            text.append("\"key").append(std::to_string(i)).append("\": 1,\n");
        QCOMPARE(json(text + "\"key1000\": 1}").substr(0, 8), std::string("{\"key0\":"));
        QCOMPARE(json(text + "\"key500\": 1}"),
            std::string(
                "! 1001: the key \"key500\" stands twice in one object, in line 501 and in line 1001\n"));
    }
    void deepManagedFieldsAreReadLikeAllElse()
    {
        const auto nested
            = [](std::size_t levels) { return std::string(levels, '[') + std::string(levels, ']'); };
        const auto note
            = [](const std::string& value) { return "{\"metadata\":{\"managedFields\":" + value + "}}"; };
        QCOMPARE(json(note(nested(63))), note("[]") + '\n');
        QCOMPARE(json(note(nested(64))), note(nested(64)) + '\n');
        QCOMPARE(json(note(nested(200))), std::string("! 1: nested deeper than 100 levels\n"));
    }
    void depthIsLimited()
    {
        const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
        QCOMPARE(
            json(deep + "\n{\"a\": 1}"), std::string("! 1: nested deeper than 100 levels\n[]\n{\"a\":1}\n"));
        QCOMPARE(json("{\"items\": [" + deep + ", 7]}"),
            std::string("! 1: nested deeper than 100 levels\n{\"items\":[7]}\n"));
        QCOMPARE(json(std::string(1'000'000, '[')).substr(0, 37),
            std::string("! 1: nested deeper than 100 levels\n! "));
        QCOMPARE(json("[[1]]", false, { .maxDepth = 2 }), std::string("[[1]]\n"));
        QCOMPARE(
            json("[[[1]]]", false, { .maxDepth = 2 }), std::string("! 1: nested deeper than 2 levels\n[]\n"));
    }
    void nodesAreLimited()
    {
        QCOMPARE(json("[1,2,3,4,5] [6]", false, { .maxNodes = 4 }),
            std::string("! 1: has more than 4 values\n[6]\n"));
    }
    void errorsAreLimited()
    {
        std::string text;
        for (int i = 0; i < 100'000; ++i)
            text += "x,\n";
        const std::string shown = json(text);
        QVERIFY(std::count(shown.begin(), shown.end(), '\n') <= 1001);
    }
    void messagesHoldLittleOfTheText()
    {
        QVERIFY(json("{\"a\": " + std::string(5000, 'x') + "}").size() < 200);
        QVERIFY(json("{\"" + std::string(5000, 'k') + "\" 1}").size() < 200);
    }
    void aReaderCanBeUsedAgain()
    {
        DocumentReader reader;
        QCOMPARE(json(reader, "[\"\\u0041\"]"), std::string("[\"A\"]\n"));
        QCOMPARE(json(reader, "[\"a\", }"),
            std::string(
                "! 1: a value is expected before '}'\n! 1: the text ends inside of an array\n[\"a\"]\n"));
        QCOMPARE(json(reader, "[\"b\"]"), std::string("[\"b\"]\n"));
    }
    void everyPrefixOfATextEndsWell()
    {
        const std::string text = "{\"kind\": \"List\", \"items\": [{\"a\": \"x\\n\\u0041\", \"b\": [1.5e3, "
                                 "true]}, {\"c\": null}], \"z\": {}} [1]";
        for (std::size_t length = 0; length <= text.size(); ++length) {
            const std::string shown = json(text.substr(0, length));
            QVERIFY2(shown.find("wrong count") == std::string::npos, shown.c_str());
        }
    }
    void damagedTextsEndWell()
    {
        const std::string text = "{\"kind\": \"List\", \"items\": [{\"a\": \"x\\n\", \"b\": [1.5e3, "
                                 "true]},\n {\"c\": null}],\n \"z\": {}}\n[1]";
        DocumentReader reader;
        std::uint32_t random = 1;
        const auto next = [&] { return random = random * 1664525 + 1013904223, random >> 8; };
        static constexpr std::string_view bytes("{}[],:\"\\\n x1-\x01\xC3", 16);
        for (int i = 0; i < 20'000; ++i) {
            std::string damaged = text;
            for (std::uint32_t k = 0; k < 1 + next() % 4; ++k)
                damaged[next() % damaged.size()] = bytes[next() % bytes.size()];
            const std::string shown = json(reader, damaged);
            QVERIFY2(shown.find("wrong count") == std::string::npos, damaged.c_str());
        }
    }
};

GLACIS_TEST(JsonReaderTest)
#include "json_reader_test.moc"
