// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Small pieces and windows make every cut happen that a large file would see.
#include "tree_text.h"

#include <inventory/splitter.h>
#include <test_main.h>

#include <algorithm>
#include <random>

using namespace glacis::test;
using glacis::inventory::Piece;
using glacis::inventory::SplitOptions;
using glacis::inventory::Splitter;

namespace {

struct Result {
    std::string documents; ///< as show() gives them, one a line; items of cut lists like documents
    std::string kinds; ///< D, I, F for each piece
    std::string frames;
    std::string errors;
    std::size_t largest = 0;
    std::vector<glacis::inventory::SourceDocument> sources;
    std::vector<glacis::inventory::ListInfo> lists;
};

Splitter::Read reader(const std::string& text, std::size_t& at, std::size_t atMost)
{
    return [&text, &at, atMost](char* buffer, std::size_t capacity) {
        const std::size_t n = std::min({ capacity, text.size() - at, atMost });
        std::copy_n(text.data() + at, n, buffer);
        at += n;
        return n;
    };
}

Result split(
    const std::string& text, SplitOptions options, bool withLines = false, std::size_t readAtMost = SIZE_MAX)
{
    Result result;
    std::size_t at = 0;
    Splitter splitter(reader(text, at, readAtMost), options);
    static DocumentReader decoder;
    Piece piece;
    std::uint32_t expectedIndex = 0;
    while (splitter.next(piece)) {
        result.kinds += piece.content == Piece::Content::Documents ? 'D'
            : piece.content == Piece::Content::ListItems           ? 'I'
                                                                   : 'F';
        if (piece.index != expectedIndex++)
            result.errors += "wrong index\n";
        if (piece.content != Piece::Content::ListFrame
            && text.compare(static_cast<std::size_t>(piece.offset), piece.text.size(), piece.text) != 0)
            result.errors += "wrong offset\n";
        const auto line = static_cast<std::uint32_t>(
            1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(piece.offset), '\n'));
        if (piece.firstLine != line)
            result.errors += "wrong line\n";
        result.largest = std::max(result.largest, piece.text.size());
        result.lists.push_back(piece.list);
        const auto form = piece.content == Piece::Content::ListItems ? DocumentReader::Form::Items
                                                                     : DocumentReader::Form::Documents;
        const auto& output = piece.json ? decoder.readJson(piece.text, piece.firstLine, {})
                                        : decoder.readYaml(piece.text, piece.firstLine, {}, form);
        (piece.content == Piece::Content::ListFrame ? result.frames : result.documents)
            += show(output, withLines);
    }
    for (const auto& error : splitter.errors())
        result.errors += std::to_string(error.line) + ": " + error.message + "\n";
    result.sources = splitter.documents();
    return result;
}

/// What whole reading gives, with the elements of lists as documents of their own.
std::string wholly(const std::string& text, bool isJson)
{
    static DocumentReader decoder;
    std::string padded = text + std::string(DocumentReader::jsonPadding, ' ');
    const std::string_view view = std::string_view(padded).substr(0, text.size());
    const auto& output = isJson ? decoder.readJson(view, 1, {}) : decoder.readYaml(view, 1, {});
    std::string out;
    for (const auto& error : output.errors)
        out += "! " + error.message;
    for (const auto& document : output.documents) {
        const glacis::inventory::NodeRef root(*output.tree, document.root);
        const auto list = root.is(NodeType::Array) ? root : root["items"];
        if (!list.is(NodeType::Array)) {
            appendTree(out, *output.tree, document.root, true);
            out += '\n';
            continue;
        }
        for (const auto element : list) {
            appendTree(out, *output.tree, element.index(), true);
            out += '\n';
        }
    }
    return out;
}

/// As split(), with small lists, which stay whole, taken apart too.
std::string flatly(const std::string& text, SplitOptions options, std::size_t readAtMost, std::string& errors)
{
    std::string out;
    std::size_t at = 0;
    Splitter splitter(reader(text, at, readAtMost), options);
    static DocumentReader decoder;
    Piece piece;
    while (splitter.next(piece)) {
        if (piece.content == Piece::Content::ListFrame)
            continue;
        const bool items = piece.content == Piece::Content::ListItems;
        const auto& output = piece.json
            ? decoder.readJson(piece.text, piece.firstLine, {})
            : decoder.readYaml(piece.text, piece.firstLine, {},
                items ? DocumentReader::Form::Items : DocumentReader::Form::Documents);
        for (const auto& error : output.errors)
            errors += error.message + "\n";
        for (const auto& document : output.documents) {
            const glacis::inventory::NodeRef root(*output.tree, document.root);
            const auto list = root.is(NodeType::Array) ? root : root["items"];
            if (items || !list.is(NodeType::Array)) {
                appendTree(out, *output.tree, document.root, true);
                out += '\n';
                continue;
            }
            for (const auto element : list) {
                appendTree(out, *output.tree, element.index(), true);
                out += '\n';
            }
        }
    }
    for (const auto& error : splitter.errors())
        errors += error.message + "\n";
    return out;
}

/// Moves lines apart, so that a few items are enough text to be cut. Blanks in JSON, comments in YAML.
std::string spread(std::string text)
{
    const std::string filler
        = text.starts_with('{') ? std::string(200, ' ') + "\n" : "\n# " + std::string(200, 'x') + "\n";
    for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + filler.size()))
        text.replace(at, 1, filler);
    return text;
}

class Random {
public:
    explicit Random(unsigned seed)
        : m_engine(seed)
    {
    }
    std::size_t below(std::size_t limit) { return m_engine() % limit; }
    std::string word()
    {
        static const char* const words[] = { "a", "name", "{", "}", "[", "\\", "\\\\", "\"", "\\\"", "x: y",
            "- z", "---", "items", "é", "\n", " ", ",", "]}" };
        std::string out;
        for (std::size_t i = below(5); i > 0; --i)
            out += words[below(std::size(words))];
        return out;
    }

private:
    std::mt19937 m_engine;
};

std::string quoted(const std::string& text)
{
    std::string out = "\"";
    for (const char c : text)
        out += c == '"' ? "\\\"" : c == '\\' ? "\\\\" : c == '\n' ? "\\n" : std::string(1, c);
    return out + "\"";
}

std::string jsonValue(Random& random, int depth, const std::string& newline)
{
    const std::size_t kind = random.below(depth > 3 ? 3 : 5);
    if (kind < 2)
        return quoted(random.word());
    if (kind == 2)
        return std::to_string(random.below(1000));
    std::string out(1, kind == 3 ? '[' : '{');
    const std::size_t count = random.below(4);
    for (std::size_t i = 0; i < count; ++i) {
        out += (i ? "," : "") + newline;
        if (kind == 4)
            out += quoted("k" + std::to_string(i) + random.word()) + ": ";
        out += jsonValue(random, depth + 1, newline);
    }
    return out + newline + (kind == 3 ? ']' : '}');
}

std::string jsonFile(Random& random)
{
    std::string out;
    const std::string newline = random.below(2) ? "\n  " : "";
    for (std::size_t documents = 1 + random.below(3); documents > 0; --documents) {
        const std::size_t shape = random.below(4);
        std::string items;
        const std::size_t count = shape == 3 ? 1 : random.below(12);
        for (std::size_t i = 0; i < count; ++i)
            items += (i ? "," : "") + newline + "{\"n\": " + jsonValue(random, 0, newline) + "}";
        if (shape == 0)
            out += "{\"kind\": \"List\"," + newline + "\"items\": [" + items
                + "], \"metadata\": {\"items\": [1]}}";
        else if (shape == 1)
            out += "{" + newline + "\"metadata\": {}, \"items\" :" + newline + "[" + items + newline
                + "],\n\"kind\": \"List\"}";
        else if (shape == 2)
            out += "[" + items + "]";
        else
            out += items;
        out += "\n";
    }
    return out;
}

std::string yamlFile(Random& random)
{
    std::string out;
    for (std::size_t documents = 1 + random.below(3); documents > 0; --documents) {
        out += random.below(3) ? "---\n" : "--- # x\n";
        const bool list = random.below(2);
        const bool rootList = !list && random.below(3) == 0;
        if (list)
            out += random.below(2) ? "kind: List\nitems:\n" : "apiVersion: v1\nitems: # all\n";
        const std::size_t count = list || rootList ? random.below(10) : 1;
        if (count == 0)
            out += list ? "" : "a: 1\n";
        for (std::size_t i = 0; i < count; ++i) {
            const char* const dash = list || rootList ? "- " : "";
            const char* const indent = list || rootList ? "  " : "";
            out += std::string(dash) + "a: " + quoted(random.word()) + "\n" + indent + "b:\n" + indent
                + "- 1\n" + indent + "- " + quoted(random.word()) + "\n";
            if (random.below(2))
                out += std::string(indent) + "c: |\n" + indent + "  ---\n" + indent + "  - x\n\n# comment\n";
            if (random.below(4) == 0)
                out += "\n# comment\n";
        }
        if (list && random.below(2))
            out += "metadata:\n  items:\n  - 1\nz:\n- 1\n";
    }
    return out;
}

} // namespace

class SplitterTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aJsonListIsCutBetweenItems()
    {
        const std::string text
            = spread("{\"kind\": \"PodList\", \"apiVersion\": \"v1\", \"items\": [\n {\"a\": 1},\n {\"b\": "
                     "[{}, \"]}\"]},\n {\"c\": 3}\n], \"metadata\": {\"z\": 1}}\n");
        const Result result = split(text, { .pieceBytes = 10, .windowBytes = 8 });
        QCOMPARE(result.documents, std::string("{\"a\":1}\n{\"b\":[{},\"]}\"]}\n{\"c\":3}\n"));
        QCOMPARE(result.frames,
            std::string(
                "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"items\":[],\"metadata\":{\"z\":1}}\n"));
        QCOMPARE(result.errors, std::string());
        QVERIFY(result.kinds.size() >= 4);
        QCOMPARE(result.kinds.back(), 'F');
        QCOMPARE(result.lists[0].kind, std::string("PodList"));
        QCOMPARE(result.lists[0].apiVersion, std::string("v1"));
        QCOMPARE(result.sources.size(), std::size_t(1));
        QVERIFY(result.sources[0].split);
        QCOMPARE(result.sources[0].end, text.rfind('}') + 1);
    }
    void aYamlListIsCutBetweenItems()
    {
        const std::string text = spread("apiVersion: v1\nitems:\n- a: 1\n- b:\n  - 2\n\n# x\n- c:\n    - "
                                        "d\nkind: List\nmetadata:\n  z: 1\n---\ne: 5\n");
        const Result result = split(text, { .pieceBytes = 6, .windowBytes = 8 });
        QCOMPARE(result.documents, std::string("{\"a\":1}\n{\"b\":[2]}\n{\"c\":[\"d\"]}\n{\"e\":5}\n"));
        QCOMPARE(result.frames,
            std::string("{\"apiVersion\":\"v1\",\"items\":null,\"kind\":\"List\",\"metadata\":{\"z\":1}}\n"));
        QVERIFY(result.kinds.ends_with("IFD") && result.kinds.size() >= 4);
        QCOMPARE(result.errors, std::string());
    }
    void smallListsStayWhole()
    {
        QCOMPARE(split("{\"items\": [{}, {}]}", {}).kinds, std::string("D"));
        QCOMPARE(split("items:\n- a: 1\n- b: 2\n", {}).kinds, std::string("D"));
        QCOMPARE(split("kind: PodList\nitems: []\n", {}).documents,
            std::string("{\"kind\":\"PodList\",\"items\":[]}\n"));
    }
    void itemsOfOtherKindsAreNotCut()
    {
        const std::string text
            = spread("{\"kind\": \"Menu\", \"items\": [{\"a\": 1},\n{\"b\": 2},\n{\"c\": 3}]}");
        QCOMPARE(split(text, { .pieceBytes = 4, .windowBytes = 8 }).kinds, std::string("D"));
        QCOMPARE(split(spread("kind: Menu\nitems:\n- a: 1\n- b: 2\n- c: 3\n"),
                     { .pieceBytes = 4, .windowBytes = 8 })
                     .kinds,
            std::string("D"));
    }
    void framesKnowTheirTailsLine()
    {
        const std::string text = spread("{\"items\": [\n{},\n{},\n{}\n],\n\"kind\": \"List\"}");
        std::size_t at = 0;
        Splitter splitter(reader(text, at, SIZE_MAX), { .pieceBytes = 2, .windowBytes = 4 });
        Piece piece;
        bool seen = false;
        while (splitter.next(piece)) {
            if (piece.content != Piece::Content::ListFrame)
                continue;
            seen = true;
            QVERIFY(piece.text.substr(piece.tailAt).starts_with("],"));
            QCOMPARE(piece.tailLine, 5U);
            QCOMPARE(piece.firstLine, 1U);
            QVERIFY(piece.lastOfDocument);
        }
        QVERIFY(seen);
    }
    void jsonAndYamlMayFollowEachOther()
    {
        QCOMPARE(split("{\"a\": 1}\n{\"b\": 2}\n---\n{\"c\": 3}\n---\nd: 4\n---\n{\"e\": 5}\n", {}).documents,
            std::string("{\"a\":1}\n{\"b\":2}\n{\"c\":3}\n{\"d\":4}\n{\"e\":5}\n"));
    }
    void formatIsTakenFromTheText_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isJson");
        QTest::newRow("object") << QStringLiteral(" \n{ \"a\": 1}") << true;
        QTest::newRow("empty object") << QStringLiteral("{ }") << true;
        QTest::newRow("array") << QStringLiteral("[ { \"a\": 1}]") << true;
        QTest::newRow("flow mapping") << QStringLiteral("{a: 1}") << false;
        QTest::newRow("template") << QStringLiteral("{{ .Values }}") << false;
        QTest::newRow("flow list") << QStringLiteral("[a, b]") << false;
        QTest::newRow("array of templates") << QStringLiteral("[{{x}}]") << false;
        QTest::newRow("yaml") << QStringLiteral("a: {\"b\": 1}") << false;
        QTest::newRow("after ---") << QStringLiteral("---\n{\"a\": 1}") << false;
    }
    void formatIsTakenFromTheText()
    {
        QFETCH(QString, text);
        QFETCH(bool, isJson);
        const std::string bytes = text.toStdString();
        std::size_t at = 0;
        Splitter splitter(reader(bytes, at, 1), {});
        Piece piece;
        QVERIFY(splitter.next(piece));
        QCOMPARE(piece.json, isJson);
    }
    void nothingGivesNothing()
    {
        for (const char* text : { "", "\n\n", "# a\n# b", "---\n---\n# x\n", "\xEF\xBB\xBF", "   " }) {
            const Result result = split(text, {});
            QCOMPARE(result.kinds, std::string());
            QCOMPARE(result.errors, std::string());
        }
    }
    void marksOfEncodings()
    {
        QCOMPARE(split("\xEF\xBB\xBF{\"a\": 1}", {}).documents, std::string("{\"a\":1}\n"));
        QCOMPARE(split("\xEF\xBB\xBF"
                       "a: 1",
                     {})
                     .documents,
            std::string("{\"a\":1}\n"));
        QCOMPARE(split(std::string("\xFF\xFE{\0}\0", 6), {}).errors,
            std::string("1: is UTF-16 text; only UTF-8 is read\n"));
        QCOMPARE(split(std::string("\xFE\xFF\0{\0}", 6), {}).errors,
            std::string("1: is UTF-16 text; only UTF-8 is read\n"));
    }
    void lineEndsOfWindows()
    {
        const Result result
            = split(spread("items:\r\n- a: 1\r\n- b: 2\r\n- c: 3\r\nkind: List\r\n---\r\nd: 4\r\n"),
                { .pieceBytes = 4, .windowBytes = 8 });
        QCOMPARE(result.documents, std::string("{\"a\":1}\n{\"b\":2}\n{\"c\":3}\n{\"d\":4}\n"));
        QCOMPARE(result.frames, std::string("{\"items\":null,\"kind\":\"List\"}\n"));
    }
    void directivesStayWithTheirDocument()
    {
        const Result result = split(
            spread("a: 1\n...\n%YAML 1.1\n---\nb: 2\n---\nc: 3\n"), { .pieceBytes = 4, .windowBytes = 8 });
        QCOMPARE(result.documents, std::string("{\"a\":1}\n{\"b\":2}\n{\"c\":3}\n"));
    }
    void textBetweenJsonValuesIsReported()
    {
        const Result result = split("{\"a\": 1}\nhello\nworld\n{\"b\": 2} x\n{\"c\": 3}\n", {});
        QCOMPARE(result.documents, std::string("{\"a\":1}\n{\"b\":2}\n{\"c\":3}\n"));
        QCOMPARE(result.errors,
            std::string(
                "2: text between JSON values\n3: text between JSON values\n4: text between JSON values\n"));
    }
    void anItemAboveTheCapIsPassedOver()
    {
        const std::string large(5000, 'x');
        const SplitOptions options { .pieceBytes = 100, .windowBytes = 64, .maxDocumentBytes = 1000 };
        Result result = split("{\"items\": [\n{\"a\": 1},\n{\"b\": \"" + large
                + "\"},\n{\"c\": 3}], \"kind\": \"List\"}\n{\"d\": 4}",
            options);
        QCOMPARE(result.documents, std::string("{\"a\":1}\n{\"c\":3}\n{\"d\":4}\n"));
        QCOMPARE(result.frames, std::string("{\"items\":[],\"kind\":\"List\"}\n"));
        QCOMPARE(result.errors,
            std::string("2: an item of the list is larger than 1000 bytes and was passed over\n"));
        result
            = split("{\"items\": [\n{\"b\": \"" + large + "\"},\n{\"c\": 3}], \"kind\": \"List\"}", options);
        QCOMPARE(result.documents, std::string("{\"c\":3}\n"));
        QCOMPARE(result.frames, std::string("{\"items\":[],\"kind\":\"List\"}\n"));
        result = split("items:\n- a: 1\n- b: " + large + "\n- c: 3\nkind: List\n---\nd: 4\n", options);
        QCOMPARE(result.documents, std::string("{\"a\":1}\n{\"c\":3}\n{\"d\":4}\n"));
        QCOMPARE(result.frames, std::string("{\"items\":null,\"kind\":\"List\"}\n"));
        QCOMPARE(result.errors,
            std::string("3: an item of the list is larger than 1000 bytes and was passed over\n"));
        result = split("items:\n- a: 1\n- b: " + large + "\n", options);
        QCOMPARE(result.documents, std::string("{\"a\":1}\n"));
    }
    void aDocumentAboveTheCapIsPassedOver()
    {
        const std::string large(5000, 'x');
        const SplitOptions options { .pieceBytes = 100, .windowBytes = 64, .maxDocumentBytes = 1000 };
        Result result = split("{\"a\": 1}\n{\"b\": \"" + large + "\"}\n{\"c\": 3}", options);
        QCOMPARE(result.documents, std::string("{\"a\":1}\n{\"c\":3}\n"));
        QCOMPARE(result.errors, std::string("2: a document is larger than 1000 bytes and was passed over\n"));
        result = split("a: 1\n---\nb: " + large + "\n---\nc: 3\n", options);
        QCOMPARE(result.documents, std::string("{\"a\":1}\n{\"c\":3}\n"));
        QCOMPARE(result.errors, std::string("2: a document is larger than 1000 bytes and was passed over\n"));
        result = split("{\"items\": [{\"a\": 1}, {\"b\": 2}, {\"c\": 3}, "
                       "{\"dddddddddddddddddddddddddddddddddddddddddddddddddd\": 3}, {\"b\": 2}, "
                       "{\"dddddddddddddddddddddddddddddddddddddddddddddddddd\": 3}], \"z\": \""
                + large + "\"}\n{\"c\": 3}",
            options);
        QVERIFY(result.documents.ends_with("{\"c\":3}\n"));
        QVERIFY2(result.errors.find("after its items") != std::string::npos, result.errors.c_str());
    }
    void oneEndlessLineNeedsLittleMemory()
    {
        for (const char* begin :
            { "{\"a\": \"", "a: ", "[[[[", "{\"items\": [{\"a\": 1}, {\"b\": \"", "\x01\x02" }) {
            std::uint64_t given = 0;
            std::size_t most = 0;
            Splitter splitter(
                [&](char* buffer, std::size_t capacity) -> std::size_t {
                    most = std::max(most, capacity);
                    if (given > (64U << 20))
                        return 0;
                    std::fill_n(buffer, capacity, 'x');
                    if (given == 0)
                        std::copy_n(begin, std::string_view(begin).size(), buffer);
                    given += capacity;
                    return capacity;
                },
                { .maxDocumentBytes = 4U << 20 });
            Piece piece;
            std::size_t pieces = 0;
            for (; splitter.next(piece); ++pieces)
                QVERIFY(piece.capacity <= (16U << 20));
            QVERIFY(pieces <= 2);
            QCOMPARE(splitter.errors().size(), std::size_t(1));
            QCOMPARE(splitter.errors()[0].line, 1U);
            QVERIFY(splitter.errors()[0].message.find("larger than 4 MiB") != std::string::npos);
        }
    }
    void aListThatEndsEarlyKeepsItsItems()
    {
        const SplitOptions options { .pieceBytes = 4, .windowBytes = 8 };
        Result result = split(spread("{\"kind\": \"List\", \"items\": [{\"a\": 1},\n{\"b\": 2},\n"), options);
        QCOMPARE(result.documents, std::string("{\"a\":1}\n{\"b\":2}\n"));
        QCOMPARE(result.frames, std::string("{\"kind\":\"List\",\"items\":[]}\n"));
        QCOMPARE(result.errors, std::string("3: the text ends inside of a list\n"));
        // An item that ends early is told by who reads it, and only there.
        for (const char* last : { "{\"c\"", "{\"c\": [1, ", "{\"c\": \"x" }) {
            result = split(
                spread("{\"kind\": \"List\", \"items\": [{\"a\": 1},\n{\"b\": 2},\n" + std::string(last)),
                options);
            QVERIFY2(result.documents.starts_with("{\"a\":1}\n{\"b\":2}\n! 3: "), result.documents.c_str());
            QCOMPARE(std::count(result.documents.begin(), result.documents.end(), '!'), 1);
            QCOMPARE(result.errors, std::string());
        }
        result = split(spread("items:\n- a: 1\n- b: 2\n"), options);
        QCOMPARE(result.documents, std::string("{\"a\":1}\n{\"b\":2}\n"));
    }
    void aWrongCutShows()
    {
        const std::string text = "items:\n- a: 1\n" + std::string(200, '\n') + "- b: \"x\n- y\"\n"
            + std::string(200, '\n') + "- c: 3\nkind: List\n";
        const Result result = split(text, { .pieceBytes = 4, .windowBytes = 8 });
        QVERIFY(result.documents.find("! ") != std::string::npos);
        QCOMPARE(split(text, {}).documents,
            std::string("{\"items\":[{\"a\":1},{\"b\":\"x - y\"},{\"c\":3}],\"kind\":\"List\"}\n"));
    }

    void piecesGiveWhatTheWholeGives_data()
    {
        QTest::addColumn<bool>("isJson");
        QTest::newRow("JSON") << true;
        QTest::newRow("YAML") << false;
    }
    void piecesGiveWhatTheWholeGives()
    {
        QFETCH(bool, isJson);
        for (unsigned seed = 1; seed <= 400; ++seed) {
            Random random(seed);
            const std::string text = isJson ? jsonFile(random) : yamlFile(random);
            const std::string expected = wholly(text, isJson);
            QVERIFY2(expected.find('!') == std::string::npos, (text + "\n" + expected).c_str());
            for (int round = 0; round < 4; ++round) {
                const SplitOptions options { .pieceBytes = 1 + random.below(200),
                    .windowBytes = 1 + random.below(150) };
                std::string errors;
                const std::string got = flatly(text, options, 1 + random.below(200), errors);
                QCOMPARE(errors, std::string());
                if (got != expected) {
                    qWarning("seed %u, pieces of %zu, windows of %zu\n%s", seed, options.pieceBytes,
                        options.windowBytes, text.c_str());
                    QCOMPARE(got, expected);
                }
            }
        }
    }
    void damagedFilesEndWell()
    {
        for (unsigned seed = 1; seed <= 400; ++seed) {
            Random random(seed);
            std::string text = seed % 2 ? jsonFile(random) : yamlFile(random);
            for (std::size_t k = random.below(4); k > 0 && !text.empty(); --k)
                text[random.below(text.size())] = "{}[]\"\\\n,:- \x00"[random.below(12)];
            const Result result = split(text,
                { .pieceBytes = 1 + random.below(200),
                    .windowBytes = 1 + random.below(150),
                    .maxDocumentBytes = 100 });
            QVERIFY2(result.errors.find("wrong") == std::string::npos, text.c_str());
        }
    }
};

GLACIS_TEST(SplitterTest)
#include "splitter_test.moc"
