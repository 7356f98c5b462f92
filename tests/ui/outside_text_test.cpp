// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "test_main.h"

#include <inspector/evidence_loader.h>
#include <widgets/outside_text.h>
#include <widgets/plain_label.h>

#include <QTextDocument>

using namespace glacis::ui;
using namespace Qt::StringLiterals;

class OutsideTextTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void oneLineHasNoControlOrDirection_data();
    void oneLineHasNoControlOrDirection();
    void linesKeepTheirEnds();
    void longTextIsCutBeforeItIsDecoded();
    void toolTipsReadBackAsTheSameText();
    void longWordsBreakInsteadOfWideningTheWindow();
    void evidenceIsAWindowAroundTheMarkedLine();
};

void OutsideTextTest::oneLineHasNoControlOrDirection_data()
{
    QTest::addColumn<QByteArray>("in");
    QTest::addColumn<QString>("out");
    QTest::newRow("plain") << QByteArray("web") << u"web"_s;
    QTest::newRow("newline and tab") << QByteArray("a\nb\tc") << u"a b c"_s;
    QTest::newRow("nul and escape") << QByteArray("a\0b\x1b[31m", 8) << u"a\uFFFDb\uFFFD[31m"_s;
    QTest::newRow("right-to-left override") << QByteArray("a\xE2\x80\xAE"
                                                          "b")
                                            << u"a\uFFFDb"_s;
    QTest::newRow("isolate") << QByteArray("a\xE2\x81\xA6"
                                           "b")
                             << u"a\uFFFDb"_s;
    QTest::newRow("broken UTF-8") << QByteArray("a\xFF"
                                                "b")
                                  << u"a\uFFFDb"_s;
    QTest::newRow("line separator") << QByteArray("a\xE2\x80\xA8"
                                                  "b")
                                    << u"a b"_s;
    QTest::newRow("Hebrew stays") << QByteArray("\xD7\xA9\xD7\x9C") << u"\u05E9\u05DC"_s;
}

void OutsideTextTest::oneLineHasNoControlOrDirection()
{
    QFETCH(QByteArray, in);
    QTEST(shown(std::string_view(in.data(), std::size_t(in.size()))), "out");
}

void OutsideTextTest::linesKeepTheirEnds() { QCOMPARE(shownLines("a\n\tb\x01"), u"a\n\tb\uFFFD"_s); }

void OutsideTextTest::longTextIsCutBeforeItIsDecoded()
{
    const std::string huge(50'000'000, 'x');
    QCOMPARE(shown(huge, 10), u"xxxxxxxxxx…"_s);
    // Two characters of two units each: the second does not fit, and no half of it stays.
    QCOMPARE(shown("\xF0\x9F\x98\x80\xF0\x9F\x98\x80", 3), QString::fromUtf8("\xF0\x9F\x98\x80…"));
}

void OutsideTextTest::toolTipsReadBackAsTheSameText()
{
    const QString nasty = u"<b>bold</b> <img src=file:///etc/passwd> & <script>"_s;
    QTextDocument document;
    document.setHtml(toolTipText(nasty));
    QCOMPARE(document.toPlainText(), nasty);
    QCOMPARE(withoutMnemonic(u"a&b"_s), u"a&&b"_s);
}

void OutsideTextTest::longWordsBreakInsteadOfWideningTheWindow()
{
    TextBlock block(QString(253, u'w'));
    QVERIFY(block.minimumSizeHint().width() < 200);
    QVERIFY(block.heightForWidth(200) > 4 * block.heightForWidth(4000));
    block.setMaximumLines(2);
    QCOMPARE(block.heightForWidth(200), 2 * TextBlock(u"w"_s).heightForWidth(4000));
    ElidedLabel label(QString(253, u'w'));
    QVERIFY(label.minimumSizeHint().width() < 200);
}

void OutsideTextTest::evidenceIsAWindowAroundTheMarkedLine()
{
    std::string yaml;
    for (int i = 1; i <= 5000; ++i)
        yaml += "line: " + std::to_string(i) + "\n";
    const Evidence evidence = windowOf(yaml, 4000, 10);
    QCOMPARE(evidence.firstLine, 3990);
    QVERIFY(evidence.yaml.startsWith(u"line: 3990\n"));
    QVERIFY(evidence.yaml.endsWith(u"line: 4010"));
    QCOMPARE(windowOf("a\nb", 0).yaml, u"a\nb"_s);
    QCOMPARE(windowOf(std::string(1'000'000, 'x'), 1).yaml.size(), 401);
    QVERIFY(windowOf("", 7).yaml.isEmpty());
}

GLACIS_TEST(OutsideTextTest)
#include "outside_text_test.moc"
