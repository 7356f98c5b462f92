// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "test_main.h"

#include <pdf/line_breaks.h>

using namespace glacis::ui::pdf;
using namespace Qt::StringLiterals;

namespace {

/// Lines of text in which every character is as wide as 1.
QStringList linesOf(const QString& text, double width)
{
    const std::vector<double> advances(static_cast<std::size_t>(text.size()), 1.0);
    QStringList lines;
    qsizetype begin = 0;
    for (const qsizetype at : breakLines(text, advances, width)) {
        lines += text.mid(begin, at - begin);
        begin = text[at] == u' ' || text[at] == u'\n' ? at + 1 : at;
    }
    return lines << text.mid(begin);
}

}

class LineBreaksTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void breaksWhereAPersonWould_data();
    void breaksWhereAPersonWould();
    void nothingIsLost();
};

void LineBreaksTest::breaksWhereAPersonWould_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("width");
    QTest::addColumn<QStringList>("lines");
    QTest::newRow("empty") << QString() << 10.0 << QStringList { QString() };
    QTest::newRow("fits") << u"one two"_s << 7.0 << QStringList { u"one two"_s };
    QTest::newRow("spaces") << u"one two three"_s << 8.0 << QStringList { u"one two"_s, u"three"_s };
    QTest::newRow("words stay whole")
        << u"a cluster-admin b"_s << 14.0 << QStringList { u"a"_s, u"cluster-admin"_s, u"b"_s };
    QTest::newRow("path") << u"/var/run/docker.sock"_s << 12.0
                          << QStringList { u"/var/run/"_s, u"docker.sock"_s };
    QTest::newRow("camel case") << u"allowPrivilegeEscalation"_s << 16.0
                                << QStringList { u"allowPrivilege"_s, u"Escalation"_s };
    QTest::newRow("anywhere") << u"abcdefgh"_s << 3.0 << QStringList { u"abc"_s, u"def"_s, u"gh"_s };
    QTest::newRow("long word after a short one")
        << u"a spec.template.spec"_s << 10.0 << QStringList { u"a spec."_s, u"template."_s, u"spec"_s };
    QTest::newRow("given ends") << u"a\n\nb"_s << 10.0 << QStringList { u"a"_s, QString(), u"b"_s };
    QTest::newRow("narrower than a letter") << u"ab"_s << 0.1 << QStringList { u"a"_s, u"b"_s };
}

void LineBreaksTest::breaksWhereAPersonWould()
{
    QFETCH(QString, text);
    QFETCH(double, width);
    QTEST(linesOf(text, width), "lines");
}

void LineBreaksTest::nothingIsLost()
{
    const QString text
        = u"Deployment shop/web: spec.template.spec.containers[0].securityContext.privileged = true, "
          "and more-than-one-word"_s;
    for (int width = 1; width < 90; ++width) {
        const QStringList lines = linesOf(text, width);
        QCOMPARE(lines.join(QString()).remove(u' '), QString(text).remove(u' '));
        for (const QString& line : lines)
            QVERIFY2(line.trimmed().size() <= std::max(1, width), qPrintable(line));
    }
}

GLACIS_TEST(LineBreaksTest)
#include "line_breaks_test.moc"
