// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The reader of common YAML against libyaml: both must agree on every node, line and error. On texts glued
// from tokens (most are broken, a third are good), on texts written as people write them, and on damaged
// manifests. GLACIS_MUTATIONS=100000 looks longer, GLACIS_SEED elsewhere.
#include "block_yaml_maker.h"
#include "tree_text.h"

#include <test_main.h>

#include <QDirIterator>
#include <QFile>

#include <inventory/yaml_block.h>

using namespace glacis::test;

namespace {

std::string quotedLines(const std::string& text)
{
    std::string out;
    for (const char c : text)
        out += c == '\n' ? std::string("\\n\n")
            : c == '\t'  ? std::string("\\t")
            : c == ' '   ? std::string("·")
                         : std::string(1, c);
    return out;
}

/// All that a reader says of each node, so that nothing can differ unseen.
std::string dump(const DocumentReader::Output& output)
{
    std::string out = show(output);
    for (const auto& document : output.documents) {
        const auto& nodes = *output.tree;
        for (std::uint32_t i = document.root; i < nodes[document.root].end; ++i)
            out.append(std::to_string(nodes[i].end - document.root))
                .append(" line ")
                .append(std::to_string(nodes[i].line))
                .append(" of ")
                .append(std::to_string(nodes[i].count))
                .append(" type ")
                .append(std::to_string(static_cast<int>(nodes[i].type)))
                .append(nodes[i].quoted ? " quoted " : " ")
                .append(nodes[i].key)
                .append("=")
                .append(nodes[i].text)
                .append("\n");
    }
    return out;
}
std::string here(const std::string& text)
{
    DocumentReader reader;
    return dump(reader.readYaml(text, 1, {}));
}
std::string byLibrary(const std::string& text)
{
    DocumentReader reader;
    const std::size_t mark = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    return dump(reader.readYaml("#\r\n" + text.substr(mark), 0, {}));
}
/// Is it a single document that the reader of common YAML takes, so that the comparison means something?
bool isTaken(const std::string& text)
{
    Tree tree;
    DocumentReader::Output output;
    glacis::inventory::TextArena arena;
    const ReadLimits limits;
    glacis::inventory::YamlTree builder(tree, output, arena, limits, DocumentReader::Form::Documents);
    return glacis::inventory::readBlockYaml(text, 1, builder, arena);
}

int rounds(int usual)
{
    const int asked = qEnvironmentVariableIntValue("GLACIS_MUTATIONS");
    return asked > 0 ? asked : usual;
}
unsigned seed() { return static_cast<unsigned>(qEnvironmentVariableIntValue("GLACIS_SEED")); }

std::vector<std::string> manifestsOfTests()
{
    std::vector<std::string> texts;
    QDirIterator files(QStringLiteral(GLACIS_SOURCE_DIR "/tests"), { QStringLiteral("*.yaml") }, QDir::Files,
        QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.open(QIODevice::ReadOnly) && file.size() < 64 * 1024)
            texts.push_back(file.readAll().toStdString());
    }
    std::sort(texts.begin(), texts.end());
    return texts;
}

/// A line lost, doubled, moved, or in another column; a byte lost, changed or added.
void damage(std::string& text, BlockYamlMaker& maker)
{
    static constexpr std::string_view spice = "{}[]:,-&*!|>'\"%@`#\n\t \\~<=?x0\xC3";
    const std::size_t at = maker.below(text.size());
    const std::size_t start = text.rfind('\n', at) + 1; // npos + 1 is 0
    const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
    if (start >= end) {
        text += 'x';
        return;
    }
    const std::string line = text.substr(start, end - start);
    switch (maker.below(8)) {
    case 0:
        text.erase(start, line.size());
        break;
    case 1:
        text.insert(end, line);
        break;
    case 2:
        text.erase(start, line.size());
        text.insert(text.empty() ? 0 : text.rfind('\n', maker.below(text.size())) + 1, line);
        break;
    case 3:
        text.insert(start, std::string(1 + maker.below(4), ' '));
        break;
    case 4:
        if (line.front() == ' ')
            text.erase(start, 1 + maker.below(2));
        break;
    case 5:
        text.erase(at, 1 + maker.below(6));
        break;
    case 6:
        text[at] = spice[maker.below(spice.size())];
        break;
    default:
        text.insert(at, 1, spice[maker.below(spice.size())]);
    }
    if (text.empty())
        text = "x";
}

}

class YamlBlockTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void agreesWithLibyaml_data()
    {
        QTest::addColumn<unsigned>("seed");
        for (unsigned seed = 1; seed <= 8; ++seed)
            QTest::newRow(std::to_string(seed).c_str()) << seed;
    }
    void agreesWithLibyaml()
    {
        QFETCH(unsigned, seed);
        static const char* const tokens[] = { "a", "b", "key", "value", "- ", "-", "\n", "\n", "\n  ", "\n  ",
            "\n    ", "\n- ", "\n  - ", ": ", ": ", ": ", ":\n  ", ":\n    ", ":\n- ", "'", "\"", "''", "\\n",
            "\\\n", "|", "|-\n  ", ">\n    ", ">-\n  ", "|+\n", "|2\n", "  ", " ", " #c", "#", "# x\n", "{}",
            "[]", "true", "12", "0644", "1e3", "~", "null", "items", "metadata", "x: y", "\n\n", "\n \n",
            "\t", "---", "\n---\n", "...", "<<", "a b c", "  - a: b\n", "    c: d", "\"q\"", "'s'", "-x",
            ":x", "?x", "? ", "é", "k: |\n   l1\n    l2\n   l3\n\n", "k: >\n  l1\n  l2\n\n   l3\n  l4\n",
            "\"a\\u0041\\\n   b\n   c\"", "&x ", "*x", "!t ", "\\", "@", "`", "%", "[a, b]", "{a: b}",
            "yes: no" };
        std::mt19937 random(seed);
        int good = 0;
        for (int i = 0; i < 3000; ++i) {
            const bool items = random() % 5 == 0;
            std::string text = items ? "- " : random() % 3 == 0 ? "a:\n  " : "";
            for (std::size_t k = 1 + random() % 25; k > 0; --k)
                text += tokens[random() % std::size(tokens)];
            const auto form = items ? DocumentReader::Form::Items : DocumentReader::Form::Documents;
            const std::string here = yaml(text, true, {}, form);
            const std::string there = yamlByLibrary(text, true, form);
            if (here != there) {
                qWarning("text number %d:\n%s", i, text.c_str());
                QCOMPARE(here, there);
            }
            good += here.find('!') == std::string::npos && !here.empty();
        }
        QVERIFY(good > 300); // or the generator tests nothing
    }

    void agreesOnWhatPeopleWrite()
    {
        int taken = 0, good = 0;
        const int all = rounds(8000);
        for (int i = 0; i < all; ++i) {
            BlockYamlMaker maker(seed() + static_cast<unsigned>(i));
            std::string text = maker.text();
            for (std::size_t faults = maker.chance(4) ? 1 + maker.below(3) : 0; faults > 0; --faults)
                damage(text, maker);
            const std::string mine = here(text);
            const std::string theirs = byLibrary(text);
            if (mine != theirs)
                qWarning(
                    "text of seed %u:\n%s", seed() + static_cast<unsigned>(i), quotedLines(text).c_str());
            QCOMPARE(QString::fromStdString(mine), QString::fromStdString(theirs));
            taken += isTaken(text) ? 1 : 0;
            good += mine.find("! ") == std::string::npos ? 1 : 0;
        }
        qInfo("%d texts, %d without a fault, %d read without libyaml", all, good, taken);
        QVERIFY(taken > all / 4); // or the comparison says nothing
        QVERIFY(good > all / 4);
    }

    void windowsLineEndsChangeNothing()
    {
        for (int i = 0; i < rounds(2000); ++i) {
            BlockYamlMaker maker(seed() + static_cast<unsigned>(i));
            const std::string text = maker.text();
            std::string windows;
            for (const char c : text)
                windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
            const std::string mine = here(text);
            if (mine != here(windows))
                qWarning(
                    "text of seed %u:\n%s", seed() + static_cast<unsigned>(i), quotedLines(text).c_str());
            QCOMPARE(QString::fromStdString(here(windows)), QString::fromStdString(mine));
        }
    }

    void agreesOnDamagedManifests()
    {
        const std::vector<std::string> manifests = manifestsOfTests();
        QVERIFY(manifests.size() > 5);
        for (const std::string& whole : manifests)
            QCOMPARE(QString::fromStdString(here(whole)), QString::fromStdString(byLibrary(whole)));
        BlockYamlMaker maker(seed());
        for (int i = 0; i < rounds(3000); ++i) {
            std::string text = manifests[maker.below(manifests.size())];
            if (text.size() > 4000) { // a part, so that a round is quick
                const std::size_t from = text.find('\n', maker.below(text.size() - 3000));
                text = from == std::string::npos ? text.substr(0, 3000) : text.substr(from + 1, 3000);
            }
            if (text.empty())
                continue;
            for (std::size_t faults = 1 + maker.below(4); faults > 0; --faults)
                damage(text, maker);
            const std::string mine = here(text);
            const std::string theirs = byLibrary(text);
            if (mine != theirs)
                qWarning("text number %d:\n%s", i, quotedLines(text).c_str());
            QCOMPARE(QString::fromStdString(mine), QString::fromStdString(theirs));
        }
    }
};

GLACIS_TEST(YamlBlockTest)
#include "yaml_block_test.moc"
