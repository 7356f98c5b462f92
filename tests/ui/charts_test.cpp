// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Charts with real events: what is drawn where, what a click, a key and a screen reader find.
#include "test_main.h"

#include <theme/theme.h>
#include <widgets/charts.h>

#include <QAccessible>
#include <QApplication>
#include <QImage>
#include <QSignalSpy>

#include <set>

using namespace glacis;
using namespace glacis::ui;
using namespace Qt::StringLiterals;

class ChartsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void ringIsDrawnInTheColoursOfItsSeverities();
    void ringFollowsTheThemeAtRunTime();
    void ringTurnsTheOtherWayInRightToLeft();
    void emptyRingIsGood();
    void sliceAndLegendOpenTheSameSeverity();
    void barsAreAsLongAsTheirCounts();
    void segmentsStandInOrderWithoutOverlap_data();
    void segmentsStandInOrderWithoutOverlap();
    void singleProblemAmongThousandsIsSeen();
    void asManyBarsAsFitAreShown();
    void arrowsWalkAndEnterActivates();
    void releaseElsewhereActivatesNothing();
    void screenReaderFindsEveryItem();
    void countsAreToldInWords();
    void noBarsAreNoTrouble();

private:
    std::unique_ptr<Theme> m_theme;
};

namespace {

constexpr SeverityCounts someCounts { 1, 2, 4, 8, 16 }; // info … critical

QColor at(QWidget& widget, QPointF point) { return widget.grab().toImage().pixelColor(point.toPoint()); }

/// A point on the ring, in turns clockwise from twelve o'clock (against the clock when mirrored).
QPoint onRing(const DonutChart& chart, double turn)
{
    const QRectF ring = chart.ringRect();
    const double angle = turn * 2 * M_PI, radius = ring.width() / 2 * 0.88;
    const double across = chart.layoutDirection() == Qt::RightToLeft ? -1 : 1;
    return (ring.center() + QPointF(across * std::sin(angle) * radius, -std::cos(angle) * radius)).toPoint();
}

std::vector<ChartBar> someBars(int count)
{
    std::vector<ChartBar> bars;
    for (int i = 0; i < count; ++i)
        bars.push_back({ u"ns-%1"_s.arg(i), { 0, 1, 2, 3, static_cast<std::uint32_t>(count - i) } });
    return bars;
}

template <class Chart> void place(Chart& chart, QSize size)
{
    chart.resize(size);
    chart.show();
    QVERIFY(QTest::qWaitForWindowExposed(&chart));
}

}

void ChartsTest::initTestCase()
{
    m_theme = std::make_unique<Theme>(*qApp);
    m_theme->choose(Theme::Choice::Dark);
}

void ChartsTest::ringIsDrawnInTheColoursOfItsSeverities()
{
    DonutChart chart(u"By severity"_s);
    chart.setCounts(someCounts); // of 31: critical to 0.52, high to 0.77, medium to 0.90
    place(chart, { 360, 160 });
    QCOMPARE(at(chart, onRing(chart, 0.25)), colour(Token::Critical, Tone::Dark));
    QCOMPARE(at(chart, onRing(chart, 0.65)), colour(Token::High, Tone::Dark));
    QCOMPARE(at(chart, onRing(chart, 0.83)), colour(Token::Medium, Tone::Dark));
    chart.setCounts({ 0, 0, 5, 0, 0 });
    QCOMPARE(at(chart, onRing(chart, 0.25)), colour(Token::Medium, Tone::Dark));
    QCOMPARE(at(chart, onRing(chart, 0.75)), colour(Token::Medium, Tone::Dark));
}

void ChartsTest::ringFollowsTheThemeAtRunTime()
{
    DonutChart chart(u"By severity"_s);
    chart.setCounts(someCounts);
    place(chart, { 360, 160 });
    m_theme->choose(Theme::Choice::Light);
    QCOMPARE(at(chart, onRing(chart, 0.25)), colour(Token::Critical, Tone::Light));
    m_theme->choose(Theme::Choice::Dark);
    QCOMPARE(at(chart, onRing(chart, 0.25)), colour(Token::Critical, Tone::Dark));
}

void ChartsTest::ringTurnsTheOtherWayInRightToLeft()
{
    DonutChart chart(u"By severity"_s);
    chart.setCounts({ 0, 0, 0, 1, 1 });
    place(chart, { 360, 160 });
    const QPoint ltr = onRing(chart, 0.25);
    QVERIFY(ltr.x() > chart.ringRect().center().x() && ltr.x() < chart.width() / 2);
    QCOMPARE(at(chart, ltr), colour(Token::Critical, Tone::Dark));
    chart.setLayoutDirection(Qt::RightToLeft);
    const QPoint rtl = onRing(chart, 0.25);
    QVERIFY(rtl.x() < chart.ringRect().center().x() && rtl.x() > chart.width() / 2);
    QCOMPARE(at(chart, rtl), colour(Token::Critical, Tone::Dark));
    QSignalSpy activated(&chart, &Chart::activated);
    QTest::mouseClick(&chart, Qt::LeftButton, {}, rtl);
    QCOMPARE(activated.value(0).value(0), QVariant(0));
}

void ChartsTest::emptyRingIsGood()
{
    DonutChart chart(u"By severity"_s);
    place(chart, { 360, 160 });
    QCOMPARE(at(chart, onRing(chart, 0.4)), colour(Token::Pass, Tone::Dark));
    QSignalSpy activated(&chart, &Chart::activated);
    QTest::mouseClick(&chart, Qt::LeftButton, {}, onRing(chart, 0.4));
    QCOMPARE(activated.count(), 0);
}

void ChartsTest::sliceAndLegendOpenTheSameSeverity()
{
    DonutChart chart(u"By severity"_s);
    chart.setCounts(someCounts);
    place(chart, { 360, 160 });
    QSignalSpy activated(&chart, &Chart::activated);
    QTest::mouseClick(&chart, Qt::LeftButton, {}, onRing(chart, 0.65));
    QTest::mouseClick(&chart, Qt::LeftButton, {}, chart.itemRect(1).center());
    QCOMPARE(activated.count(), 2);
    QCOMPARE(activated[0][0].toInt(), 1);
    QCOMPARE(activated[1][0].toInt(), 1);
    QCOMPARE(DonutChart::severityOf(1), Severity::High);
    QTest::mouseClick(&chart, Qt::LeftButton, {}, chart.ringRect().center()); // the hole is no slice
    QCOMPARE(activated.count(), 2);
}

void ChartsTest::barsAreAsLongAsTheirCounts()
{
    StackedBarChart chart(u"By namespace"_s);
    chart.setBars({ { u"a"_s, { 0, 0, 0, 0, 40 } }, { u"b"_s, { 0, 0, 0, 0, 20 } } });
    place(chart, { 400, 80 });
    const QRectF first = chart.segmentRect(0, Severity::Critical);
    const QRectF second = chart.segmentRect(1, Severity::Critical);
    QVERIFY(first.width() > 100);
    QVERIFY(std::abs(first.width() - 2 * second.width()) < 0.01);
    QCOMPARE(at(chart, second.center()), colour(Token::Critical, Tone::Dark));
    QCOMPARE(at(chart, { first.right() - 10, second.center().y() }), colour(Token::Line, Tone::Dark));
    QVERIFY(chart.segmentRect(0, Severity::Low).isEmpty());
}

void ChartsTest::segmentsStandInOrderWithoutOverlap_data()
{
    QTest::addColumn<Qt::LayoutDirection>("direction");
    QTest::newRow("left to right") << Qt::LeftToRight;
    QTest::newRow("right to left") << Qt::RightToLeft;
}

void ChartsTest::segmentsStandInOrderWithoutOverlap()
{
    QFETCH(Qt::LayoutDirection, direction);
    StackedBarChart chart(u"By namespace"_s);
    chart.setLayoutDirection(direction);
    chart.setBars({ { u"a"_s, someCounts }, { u"b"_s, { 100, 1, 1, 1, 1 } } });
    place(chart, { 400, 80 });
    for (int bar = 0; bar < 2; ++bar) {
        QRectF before;
        for (int s = 4; s >= 0; --s) {
            const QRectF box = chart.segmentRect(bar, static_cast<Severity>(s));
            QVERIFY(box.width() >= 2 && chart.itemRect(bar).contains(box.toAlignedRect()));
            if (!before.isNull())
                QVERIFY(direction == Qt::LeftToRight ? std::abs(box.left() - before.right()) < 0.01
                                                     : std::abs(box.right() - before.left()) < 0.01);
            before = box;
        }
    }
}

void ChartsTest::singleProblemAmongThousandsIsSeen()
{
    StackedBarChart chart(u"By namespace"_s);
    chart.setBars({ { u"a"_s, { 0, 0, 90'000, 0, 1 } }, { u"b"_s, { 0, 0, 0, 0, 1 } } });
    place(chart, { 400, 80 });
    for (int bar = 0; bar < 2; ++bar) {
        const QRectF box = chart.segmentRect(bar, Severity::Critical);
        QVERIFY(box.width() >= 2.5);
        QVERIFY(chart.itemRect(bar).contains(box.toAlignedRect()));
    }
    // What small segments take more than their share, the large one gives: the bar ends where it would.
    const double end = chart.segmentRect(0, Severity::Medium).right();
    chart.setBars({ { u"a"_s, { 0, 0, 90'001, 0, 0 } } });
    QVERIFY(std::abs(end - chart.segmentRect(0, Severity::Medium).right()) < 0.01);
}

void ChartsTest::asManyBarsAsFitAreShown()
{
    StackedBarChart chart(u"By namespace"_s);
    QSignalSpy fitted(&chart, &StackedBarChart::fitted);
    chart.setBars(someBars(10));
    place(chart, { 400, 100 });
    const int few = chart.itemCount();
    QVERIFY(few >= 3 && few < 10);
    QVERIFY(chart.rect().contains(chart.itemRect(few - 1)));
    QCOMPARE(fitted.last().first().toInt(), few);
    chart.resize(400, 300);
    QCOMPARE(chart.itemCount(), 10);
    QVERIFY(chart.rect().contains(chart.itemRect(9)));
    QVERIFY(chart.accessibleDescription().contains(u"ns-9"));
    QCOMPARE(fitted.last().first().toInt(), 10);
}

void ChartsTest::arrowsWalkAndEnterActivates()
{
    StackedBarChart chart(u"By namespace"_s);
    chart.setBars(someBars(4));
    place(chart, { 400, 120 });
    chart.setFocus(Qt::TabFocusReason);
    QSignalSpy activated(&chart, &Chart::activated);
    QTest::keyClick(&chart, Qt::Key_Down);
    QTest::keyClick(&chart, Qt::Key_Down);
    QTest::keyClick(&chart, Qt::Key_Up);
    QTest::keyClick(&chart, Qt::Key_Return);
    QTest::keyClick(&chart, Qt::Key_End);
    QTest::keyClick(&chart, Qt::Key_Down); // stays
    QTest::keyClick(&chart, Qt::Key_Space);
    QTest::keyClick(&chart, Qt::Key_Home);
    QTest::keyClick(&chart, Qt::Key_Enter);
    QCOMPARE(activated.count(), 3);
    QCOMPARE(activated[0][0].toInt(), 1);
    QCOMPARE(activated[1][0].toInt(), 3);
    QCOMPARE(activated[2][0].toInt(), 0);
}

void ChartsTest::releaseElsewhereActivatesNothing()
{
    StackedBarChart chart(u"By namespace"_s);
    chart.setBars(someBars(4));
    place(chart, { 400, 120 });
    QSignalSpy activated(&chart, &Chart::activated);
    QTest::mousePress(&chart, Qt::LeftButton, {}, chart.itemRect(0).center());
    QTest::mouseRelease(&chart, Qt::LeftButton, {}, chart.itemRect(2).center());
    QTest::mouseClick(&chart, Qt::RightButton, {}, chart.itemRect(1).center());
    QCOMPARE(activated.count(), 0);
    QTest::mouseMove(&chart, chart.itemRect(2).center());
    QCOMPARE(chart.hovered(), 2);
}

void ChartsTest::screenReaderFindsEveryItem()
{
    StackedBarChart chart(u"Problems by namespace"_s);
    chart.setBars({ { u"shop"_s, { 0, 0, 0, 5, 3 } }, { u"vote"_s, { 1, 0, 0, 0, 0 } } });
    place(chart, { 400, 100 });
    chart.setFocus(Qt::TabFocusReason);
    QAccessibleInterface* face = QAccessible::queryAccessibleInterface(&chart);
    QVERIFY(face);
    QCOMPARE(face->role(), QAccessible::List);
    QCOMPARE(face->text(QAccessible::Name), u"Problems by namespace"_s);
    QCOMPARE(face->text(QAccessible::Description), u"shop: 3 Critical, 5 High; vote: 1 Info"_s);
    QCOMPARE(face->childCount(), 2);
    QAccessibleInterface* bar = face->child(1);
    QVERIFY(bar && bar->isValid());
    QCOMPARE(bar->role(), QAccessible::ListItem);
    QCOMPARE(bar->text(QAccessible::Name), u"vote: 1 Info"_s);
    QCOMPARE(bar->rect().size(), chart.itemRect(1).size());
    QCOMPARE(face->indexOfChild(bar), 1);
    QCOMPARE(face->child(1), bar); // the same one for the same bar
    QCOMPARE(bar->parent(), face);
    QTest::keyClick(&chart, Qt::Key_Down);
    QCOMPARE(face->focusChild(), bar);
    QSignalSpy activated(&chart, &Chart::activated);
    bar->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QCOMPARE(activated.value(0).value(0), QVariant(1));
    chart.setBars({ { u"shop"_s, { 0, 0, 0, 5, 3 } } });
    QVERIFY(!bar->isValid());
}

void ChartsTest::countsAreToldInWords()
{
    QCOMPARE(countsInWords({ 0, 0, 0, 5, 3 }), u"3 Critical, 5 High"_s);
    QCOMPARE(countsInWords({}), u"none"_s);
    DonutChart chart(u"By severity"_s);
    chart.setCounts(someCounts);
    QCOMPARE(chart.accessibleDescription(), u"Critical: 16; High: 8; Medium: 4; Low: 2; Info: 1"_s);
}

void ChartsTest::noBarsAreNoTrouble()
{
    StackedBarChart chart(u"By namespace"_s);
    place(chart, { 300, 40 });
    QTest::keyClick(&chart, Qt::Key_Return);
    QTest::mouseClick(&chart, Qt::LeftButton);
    chart.setBars({ { QString(253, u'w'), someCounts } });
    chart.resize(120, 30); // less than it asks for
    QVERIFY(!chart.grab().isNull());
    chart.setBars({});
    QCOMPARE(chart.itemCount(), 0);
    QVERIFY(!chart.grab().isNull());
}

GLACIS_TEST(ChartsTest)
#include "charts_test.moc"
