// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The reader of common YAML against libyaml, on texts that a generator glues from tokens: most are broken, a
// third are good, and both must agree on every value, line and error.
#include "tree_text.h"

#include <test_main.h>

#include <random>

using namespace glacis::test;

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
};

GLACIS_TEST(YamlBlockTest)
#include "yaml_block_test.moc"
