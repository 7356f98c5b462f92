// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "test_main.h"

#include <app/plugin_words.h>

using glacis::app::PluginWords;
using glacis::test::text;

class PluginWordsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void linesAreGivenOnceAndWhole();
    void aLineWithoutEndIsGivenWhenItRests();
    void aTailThatLostItsBeginningGoesOn();
    void halfACharacterIsNoOtherText();
    void anotherTextBeginsAnew();
    void nothingGivesNothing();
    void aQuestionIsGivenAsItStands();
};

void PluginWordsTest::linesAreGivenOnceAndWhole()
{
    PluginWords words;
    QCOMPARE(text(words.fresh("open https://a.example/device and en")), QString());
    QCOMPARE(text(words.fresh("open https://a.example/device and enter ABCD\nwait")),
        QStringLiteral("open https://a.example/device and enter ABCD\n"));
    QCOMPARE(text(words.fresh("open https://a.example/device and enter ABCD\nwaiting\nthen\n")),
        QStringLiteral("waiting\nthen\n"));
    QCOMPARE(text(words.fresh("open https://a.example/device and enter ABCD\nwaiting\nthen\n")), QString());
}

void PluginWordsTest::aLineWithoutEndIsGivenWhenItRests()
{
    PluginWords words;
    QCOMPARE(text(words.fresh("Code: ABCD")), QString());
    QCOMPARE(text(words.fresh("Code: ABCD")), QStringLiteral("Code: ABCD\n"));
    QCOMPARE(text(words.fresh("Code: ABCD")), QString());
    QCOMPARE(text(words.fresh("Code: ABCD\ndone\n")), QStringLiteral("done\n"));
}

void PluginWordsTest::aTailThatLostItsBeginningGoesOn()
{
    std::string all;
    for (int i = 0; i < 100; ++i)
        all += "line " + std::to_string(i) + '\n';
    PluginWords words;
    QCOMPARE(text(words.fresh(all)), text(all));
    QVERIFY(all.size() < 1024);
    all += std::string(1000, '-') + '\n';
    const std::string more = all + "line 100\nline 101\n";
    QCOMPARE(text(words.fresh(all)), QString(1000, QLatin1Char('-')) + QLatin1Char('\n'));
    QCOMPARE(text(words.fresh(more.substr(300))), QStringLiteral("line 100\nline 101\n"));
    QCOMPARE(text(words.fresh("line 101\n")), QString()); // the shortest rest
}

void PluginWordsTest::halfACharacterIsNoOtherText()
{
    PluginWords words;
    QCOMPARE(text(words.fresh("first line\ncaf\xef\xbf\xbd")), QStringLiteral("first line\n"));
    QCOMPARE(text(words.fresh("first line\ncaf\xc3\xa9\n")), QStringLiteral("café\n"));
}

void PluginWordsTest::anotherTextBeginsAnew()
{
    PluginWords words;
    QCOMPARE(text(words.fresh("first\n")), QStringLiteral("first\n"));
    QCOMPARE(text(words.fresh("second\n")), QStringLiteral("second\n"));
}

void PluginWordsTest::nothingGivesNothing()
{
    PluginWords words;
    QCOMPARE(text(words.fresh({})), QString());
    QCOMPARE(text(words.fresh("a\n")), QStringLiteral("a\n"));
    QCOMPARE(text(words.fresh({})), QString());
}

void PluginWordsTest::aQuestionIsGivenAsItStands()
{
    PluginWords words;
    QCOMPARE(text(words.asWritten("User: ")), QStringLiteral("User: "));
    QCOMPARE(text(words.asWritten("User: ")), QString());
    QCOMPARE(text(words.asWritten("User: \nPassword: ")), QStringLiteral("\nPassword: "));
    QCOMPARE(text(words.asWritten("User: \nPassword: \nthanks\n")), QStringLiteral("\nthanks\n"));
}

GLACIS_TEST(PluginWordsTest)
#include "plugin_words_test.moc"
