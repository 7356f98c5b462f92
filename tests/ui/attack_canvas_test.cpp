// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The attack path's picture with real events: pointer, wheel, keys, search, map, export.
#include "attack_fixture.h"
#include "made_assessment.h"
#include "practice_assessment.h"
#include "test_main.h"

#include <attack/attack_page.h>
#include <attack/canvas_overlays.h>
#include <attack/path_canvas.h>
#include <attack/path_export.h>
#include <attack/steps_model.h>
#include <attack/way_player.h>
#include <attack/ways_list.h>
#include <theme/motion.h>
#include <theme/theme.h>
#include <widgets/banner.h>
#include <widgets/chip.h>

#include <attack/describe.h>

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QContextMenuEvent>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTextDocument>
#include <QToolButton>
#include <QWheelEvent>
#include <QXmlStreamReader>

using namespace glacis;
using namespace glacis::ui;
using namespace Qt::StringLiterals;
using test::Attack;

class AttackCanvasTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cleanup() { QGuiApplication::setLayoutDirection(Qt::LeftToRight); }
    void clickOnACardSelectsIt();
    void clickOnACurveSelectsItsStep();
    void wheelZoomsAtThePointer();
    void dragPansAndDoesNotSelect();
    void keysWalkAlongTheSteps();
    void farViewFitsEverything();
    void doubleClickOpensInPlace();
    void searchLightsAndZooms();
    void chokePointsAreRinged();
    void pictureIsExported_data();
    void pictureIsExported();
    void unknownEndingIsNoPicture();
    void miniMapMovesTheView();
    void mirroredPageWalksTheOtherWay();
    void fixIsDrawnAsCuts();
    void pannedPictureIsTheSamePicture();
    void severalCardsAreChosenTogether();
    void typingStaysOnAHit();
    void fittedPictureCanBeDragged();
    void nothingIsUnderTheHeadings();
};

namespace {

void wheel(QWidget* on, QPoint at, int delta)
{
    QWheelEvent event(QPointF(at), on->mapToGlobal(QPointF(at)), {}, { 0, delta }, Qt::NoButton,
        Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(on, &event);
}

}

void AttackCanvasTest::clickOnACardSelectsIt()
{
    Attack a(test::practiceAssessment("votelab"));
    QSignalSpy selected(&a.page, &Page::selected);
    const int card = a.cardOf("endpoint/docker/worker-1");
    QVERIFY(card >= 0);
    QTest::mouseClick(a.canvas->viewport(), Qt::LeftButton, {}, a.centreOf(card));
    QCOMPARE(selected.count(), 1);
    QCOMPARE(a.page.selection().kind, Selection::Kind::Nodes);
    QCOMPARE(a.page.selection().items.front(), a.figure().assessment->graph.find("endpoint/docker/worker-1"));
    QCOMPARE(a.canvas->marks().selectedCards, std::vector<int> { card });
    // The ground lets go again: back to the way.
    QTest::mouseClick(
        a.canvas->viewport(), Qt::LeftButton, {}, QPoint(3, a.canvas->viewport()->height() - 3));
    QCOMPARE(a.page.selection().kind, Selection::Kind::Way);
}

void AttackCanvasTest::clickOnACurveSelectsItsStep()
{
    Attack a(test::practiceAssessment("votelab"));
    const auto& way = a.figure().scene.ways.front();
    const SceneStep& step = way.steps.front();
    const PaintedCurve& curve = a.figure().paint.curves[step.edge];
    const QPoint at = a.canvas->fromScene(curve.path.pointAtPercent(0.6)).toPoint();
    QTest::mouseClick(a.canvas->viewport(), Qt::LeftButton, {}, at);
    QCOMPARE(a.page.selection().kind, Selection::Kind::Edge);
    QCOMPARE(a.page.selection().items.front(), step.main);
    QCOMPARE(a.page.selection().step, 1U);
    QCOMPARE(a.page.selection().way, 0U);
    QCOMPARE(a.player->step(), 1U);
}

void AttackCanvasTest::wheelZoomsAtThePointer()
{
    Attack a(test::practiceAssessment("votelab"));
    const QPoint at = a.centreOf(a.cardOf("endpoint/docker/worker-1"));
    const QPointF before = a.canvas->toScene(at);
    const double scale = a.canvas->scale();
    for (int i = 0; i < 4; ++i)
        wheel(a.canvas->viewport(), at, 120);
    QVERIFY(a.canvas->scale() > scale * 1.5);
    const QPointF after = a.canvas->toScene(at);
    QVERIFY2((after - before).manhattanLength() < 4,
        qPrintable(QString::number((after - before).manhattanLength())));
    for (int i = 0; i < 60; ++i)
        wheel(a.canvas->viewport(), at, -120);
    QVERIFY(a.canvas->scale() > 0.05);
    QCOMPARE(detailAt(a.canvas->scale()), PathDetail::Block);
}

void AttackCanvasTest::dragPansAndDoesNotSelect()
{
    Attack a(test::practiceAssessment("votelab"));
    a.canvas->zoomBy(2);
    QSignalSpy selected(&a.page, &Page::selected);
    const int card = a.cardOf("endpoint/docker/worker-1");
    a.canvas->zoomToCard(card);
    const QPoint from = a.centreOf(card);
    QTest::mousePress(a.canvas->viewport(), Qt::LeftButton, {}, from);
    QTest::mouseMove(a.canvas->viewport(), from + QPoint(30, 20));
    QTest::mouseMove(a.canvas->viewport(), from + QPoint(70, 45));
    QTest::mouseRelease(a.canvas->viewport(), Qt::LeftButton, {}, from + QPoint(70, 45));
    const QPoint moved = a.centreOf(card) - from;
    QVERIFY2((moved - QPoint(70, 45)).manhattanLength() < 4, qPrintable(QString::number(moved.x())));
    QCOMPARE(selected.count(), 0);
}

void AttackCanvasTest::keysWalkAlongTheSteps()
{
    Attack a(test::practiceAssessment("votelab"));
    a.canvas->setFocus();
    QTest::keyClick(a.canvas, Qt::Key_Right);
    QCOMPARE(a.canvas->currentCard(), 0); // the entry
    const SceneWay& way = a.figure().scene.ways.front();
    for (const SceneStep& step : way.steps) {
        QTest::keyClick(a.canvas, Qt::Key_Right);
        QCOMPARE(a.canvas->currentCard(), static_cast<int>(step.to));
        QCOMPARE(a.page.selection().kind, Selection::Kind::Nodes);
    }
    QTest::keyClick(a.canvas, Qt::Key_Left);
    QCOMPARE(a.canvas->currentCard(), static_cast<int>(way.steps.back().from));
    const std::uint32_t lane = a.figure().paint.cards[way.steps.front().to].lane;
    a.canvas->setCurrentCard(static_cast<int>(way.steps.front().to));
    QTest::keyClick(a.canvas, Qt::Key_Down);
    if (a.canvas->currentCard() == static_cast<int>(way.steps.front().to))
        QTest::keyClick(a.canvas, Qt::Key_Up); // it was the lowest
    QCOMPARE(a.figure().paint.cards[static_cast<std::size_t>(a.canvas->currentCard())].lane, lane);
    QVERIFY(a.canvas->currentCard() != static_cast<int>(way.steps.front().to));
    QVERIFY(a.canvas->accessibleDescription().contains(
        a.figure().paint.cards[static_cast<std::size_t>(a.canvas->currentCard())].name));
}

void AttackCanvasTest::farViewFitsEverything()
{
    Attack a(test::practiceAssessment("votelab"));
    a.canvas->zoomBy(3);
    QVERIFY(!a.canvas->visibleScene().contains(a.figure().paint.bounds));
    QTest::keyClick(a.canvas, Qt::Key_0);
    QVERIFY(a.canvas->visibleScene().adjusted(-2, -2, 2, 2).contains(a.figure().paint.bounds));
    a.page.resize(900, 600);
    a.settle();
    QVERIFY(a.canvas->visibleScene().adjusted(-2, -2, 2, 2).contains(a.figure().paint.bounds));
}

void AttackCanvasTest::doubleClickOpensInPlace()
{
    // A crowd: forty Services open to the Internet, each before a pod with the same right.
    std::string yaml = test::crowdedCluster(40);
    Attack a(test::assessedText(yaml));
    const auto& nodes = a.figure().scene.nodes;
    const auto group
        = std::find_if(nodes.begin(), nodes.end(), [](const SceneNode& n) { return n.isAggregate(); });
    QVERIFY(group != nodes.end());
    const std::size_t cards = nodes.size(), members = group->members.size();
    const attack::NodeIndex first = group->members.front();
    const auto card = static_cast<int>(group - nodes.begin());
    a.canvas->zoomToCard(card);
    const QPoint at = a.centreOf(card);
    QTest::mouseDClick(a.canvas->viewport(), Qt::LeftButton, {}, at);
    QVERIFY(a.figure().scene.nodes.size() > cards);
    const int now = static_cast<int>(a.figure().scene.nodeOf.at(first));
    QVERIFY2((a.centreOf(now) - at).manhattanLength() < 4, "what the eye holds has moved");
    QVERIFY(a.figure().scene.nodes[static_cast<std::size_t>(now)].members.size() < members);
    // What was opened goes back by keyboard.
    a.canvas->setCurrentCard(now);
    QTest::keyClick(a.canvas, Qt::Key_Backspace);
    QCOMPARE(a.figure().scene.nodes.size(), cards);
}

void AttackCanvasTest::searchLightsAndZooms()
{
    Attack a(test::practiceAssessment("votelab"));
    a.page.focusFilter();
    auto* find = a.child<QLineEdit>("findInPicture");
    find->setFocus();
    QTest::keyClicks(find, u"docker"_s);
    const int card = a.cardOf("endpoint/docker/worker-1");
    QVERIFY(a.canvas->marks().lit[static_cast<std::size_t>(card)]);
    if (QApplication::focusWidget() == find) {
        QCOMPARE(a.canvas->currentCard(), card);
        QVERIFY(a.canvas->visibleScene().contains(
            a.figure().paint.cards[static_cast<std::size_t>(card)].box.center()));
    }
    find->clear();
    QVERIFY(a.canvas->marks().lit.empty());
}

void AttackCanvasTest::chokePointsAreRinged()
{
    Attack a(test::practiceAssessment("votelab"));
    const auto& chokes = a.canvas->marks().chokes;
    const auto ringed = std::count_if(
        chokes.begin(), chokes.end(), [](const PathMarks::Choke& c) { return !c.words.isEmpty(); });
    QVERIFY(ringed >= 1 && ringed <= 3);
    QTest::mouseClick(a.child<QAbstractButton>("toggleChokes"), Qt::LeftButton);
    QVERIFY(a.canvas->marks().chokes.empty());
}

void AttackCanvasTest::pictureIsExported_data()
{
    QTest::addColumn<QString>("ending");
    QTest::addColumn<QByteArray>("begin");
    QTest::newRow("PNG") << u"png"_s << QByteArray("\x89PNG");
    QTest::newRow("DOT") << u"dot"_s << QByteArray("digraph");
    QTest::newRow("PDF") << u"pdf"_s << QByteArray("%PDF-1.");
#ifdef GLACIS_SVG
    QTest::newRow("SVG") << u"svg"_s << QByteArray("<?xml");
#endif
}

void AttackCanvasTest::pictureIsExported()
{
    QFETCH(QString, ending);
    QFETCH(QByteArray, begin);
    const auto a = test::practiceAssessment("votelab");
    const PathFigurePtr figure = makeFigure(a, nullptr, { .scene = { true, false, false, {}, 10, 4000 } });
    const PathMarks marks = marksOf(*figure, figure->scene.ways.front(), UINT32_MAX);
    QTemporaryDir folder;
    const QString file = folder.filePath(u"picture."_s + ending);
    const auto format = pictureFormat(file);
    QVERIFY(format.has_value());
    const auto written = exportPath(*figure, marks, Tone::Light, u"R&D.yaml <b>x</b>"_s, file, *format);
    QVERIFY2(written.has_value(), written ? "" : written.error().message.c_str());
    QFile read(file);
    QVERIFY(read.open(QIODevice::ReadOnly));
    QVERIFY(read.peek(8).startsWith(begin));
    if (ending == u"png"_s) {
        const QImage image(file);
        QVERIFY(image.width() > figure->paint.bounds.width());
        QCOMPARE(image.pixelColor(2, 2), colour(Token::Panel, Tone::Light));
    }
    if (ending == u"svg"_s) {
        QXmlStreamReader xml(&read);
        while (!xml.atEnd())
            xml.readNext();
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    }
    const auto failed = exportPath(
        *figure, marks, Tone::Light, u"x"_s, folder.filePath(u"no/such/place."_s + ending), *format);
    QVERIFY(!failed.has_value());
    QVERIFY(QString::fromStdString(failed.error().message).contains(u"no/such/place"_s));
}

void AttackCanvasTest::unknownEndingIsNoPicture()
{
    QVERIFY(!pictureFormat(u"a.bmp"_s).has_value());
    QVERIFY(!pictureFormat(u"png"_s).has_value());
    QVERIFY(pictureFormat(u"A.PNG"_s).has_value());
}

void AttackCanvasTest::miniMapMovesTheView()
{
    Attack a(test::practiceAssessment("votelab"));
    auto* map = a.page.findChild<MiniMap*>();
    QVERIFY(!map->isVisible());
    a.canvas->zoomBy(2.5);
    QVERIFY(map->isVisible());
    QTest::mouseClick(map, Qt::LeftButton, {}, QPoint(8, 8));
    const QPointF first = a.canvas->visibleScene().center();
    QTest::mouseClick(map, Qt::LeftButton, {}, QPoint(map->width() - 8, map->height() - 8));
    const QPointF second = a.canvas->visibleScene().center();
    QVERIFY(second.x() > first.x() + 100 && second.y() > first.y() + 50);
}

void AttackCanvasTest::mirroredPageWalksTheOtherWay()
{
    QGuiApplication::setLayoutDirection(Qt::RightToLeft);
    Attack a(test::practiceAssessment("votelab"));
    QVERIFY(a.figure().mirrored);
    a.canvas->setFocus();
    QTest::keyClick(a.canvas, Qt::Key_Left);
    QTest::keyClick(a.canvas, Qt::Key_Left);
    QCOMPARE(a.canvas->currentCard(), static_cast<int>(a.figure().scene.ways.front().steps.front().to));
}

void AttackCanvasTest::fixIsDrawnAsCuts()
{
    Attack a(test::practiceAssessment("votelab"));
    const auto& options = a.figure().assessment->graph.options;
    const auto edge = std::find_if(
        options.begin(), options.end(), [](const attack::BreakOption& o) { return o.id == "M3@edge"; });
    QVERIFY(edge != options.end());
    a.page.arrive({ u"attack"_s, {}, {}, u"option:M3@edge"_s });
    const PathMarks& marks = a.canvas->marks();
    QCOMPARE(marks.cuts.size(), a.figure().paint.curves.size());
    std::size_t cuts = 0;
    for (std::size_t i = 0; i < marks.cuts.size(); ++i) {
        const auto& of = a.figure().scene.edges[i].edges;
        const bool breaks = std::any_of(of.begin(), of.end(), [&](attack::EdgeIndex e) {
            return std::binary_search(edge->edges.begin(), edge->edges.end(), e);
        });
        QCOMPARE(marks.cuts[i], breaks);
        cuts += breaks ? 1 : 0;
    }
    QVERIFY(cuts > 0);
    QVERIFY(!marks.numbers.empty()); // the way stays in view
}

/// Panning moves what was painted and adds strips: the result must be what a fresh painting gives.
void AttackCanvasTest::pannedPictureIsTheSamePicture()
{
    Attack a(test::practiceAssessment("votelab"));
    a.canvas->zoomBy(1.7);
    (void)a.canvas->viewport()->grab();
    const QPoint from(300, 300);
    QTest::mousePress(a.canvas->viewport(), Qt::LeftButton, {}, from);
    for (const QPoint step : { QPoint(20, 12), QPoint(55, -30), QPoint(-80, -70), QPoint(-31, 44) }) {
        QTest::mouseMove(a.canvas->viewport(), from + step);
        (void)a.canvas->viewport()->grab();
    }
    QTest::mouseRelease(a.canvas->viewport(), Qt::LeftButton, {}, from + QPoint(-31, 44));
    QTest::mouseMove(a.canvas->viewport(), QPoint(2, 2)); // nothing is lit there
    a.canvas->setMarks(a.canvas->marks()); // paints everything anew
    const QImage fresh = a.canvas->viewport()->grab().toImage();
    QTest::mousePress(a.canvas->viewport(), Qt::LeftButton, {}, from);
    QTest::mouseMove(a.canvas->viewport(), from + QPoint(40, 33));
    (void)a.canvas->viewport()->grab();
    QTest::mouseMove(a.canvas->viewport(), from);
    const QImage moved = a.canvas->viewport()->grab().toImage();
    QTest::mouseRelease(a.canvas->viewport(), Qt::LeftButton, {}, from);
    QCOMPARE(moved.size(), fresh.size());
    int different = 0;
    for (int y = 0; y < fresh.height(); ++y)
        for (int x = 0; x < fresh.width(); ++x)
            different += qAbs(qGray(fresh.pixel(x, y)) - qGray(moved.pixel(x, y))) > 24 ? 1 : 0;
    QVERIFY2(different < fresh.width() * fresh.height() / 500, qPrintable(QString::number(different)));
}

void AttackCanvasTest::severalCardsAreChosenTogether()
{
    Attack a(test::practiceAssessment("votelab"));
    const int one = a.cardOf("endpoint/docker/worker-1"), two = a.cardOf("node/worker-1");
    QTest::mouseClick(a.canvas->viewport(), Qt::LeftButton, {}, a.centreOf(one));
    QTest::mouseClick(a.canvas->viewport(), Qt::LeftButton, Qt::ControlModifier, a.centreOf(two));
    QCOMPARE(a.page.selection().items.size(), std::size_t(2));
    QCOMPARE(a.canvas->marks().selectedCards, (std::vector<int> { one, two }));
    QTest::mouseClick(a.canvas->viewport(), Qt::LeftButton, Qt::ControlModifier, a.centreOf(two));
    QCOMPARE(a.page.selection().items.size(), std::size_t(1));
}

void AttackCanvasTest::typingStaysOnAHit()
{
    Attack a(test::practiceAssessment("votelab"));
    auto* find = a.child<QLineEdit>("findInPicture");
    find->setFocus();
    std::vector<int> seen;
    for (const char letter : { 'w', 'o', 'r', 'k' }) {
        QTest::keyClick(find, letter);
        seen.push_back(a.canvas->currentCard());
    }
    QCOMPARE(seen[3], seen[2]);
    QTest::keyClick(find, Qt::Key_Return);
    QVERIFY(a.canvas->currentCard() != seen[3]); // Enter goes on
    QTest::keyClicks(find, u"zzz"_s);
    QVERIFY(find->property("nothing").toBool());
}

void AttackCanvasTest::fittedPictureCanBeDragged()
{
    Attack a(test::practiceAssessment("votelab"));
    QVERIFY(a.canvas->isFitted());
    const int card = a.cardOf("endpoint/docker/worker-1");
    const QPoint from = a.centreOf(card);
    QTest::mousePress(a.canvas->viewport(), Qt::LeftButton, {}, from);
    QTest::mouseMove(a.canvas->viewport(), from + QPoint(20, 15));
    QTest::mouseMove(a.canvas->viewport(), from + QPoint(50, 35));
    QTest::mouseRelease(a.canvas->viewport(), Qt::LeftButton, {}, from + QPoint(50, 35));
    QVERIFY((a.centreOf(card) - from - QPoint(50, 35)).manhattanLength() < 4);
}

void AttackCanvasTest::nothingIsUnderTheHeadings()
{
    Attack a(test::practiceAssessment("votelab"));
    const int card = a.cardOf("endpoint/apiserver");
    a.canvas->zoomBy(2);
    a.canvas->zoomToCard(card);
    // Scrolled under the band of headings.
    const QPoint from = a.centreOf(card);
    QTest::mousePress(a.canvas->viewport(), Qt::LeftButton, {}, from);
    QTest::mouseMove(a.canvas->viewport(), from - QPoint(0, 30));
    QTest::mouseMove(a.canvas->viewport(), QPoint(from.x(), 20));
    QTest::mouseRelease(a.canvas->viewport(), Qt::LeftButton, {}, QPoint(from.x(), 20));
    QVERIFY(a.centreOf(card).y() < 54);
    QTest::mouseClick(a.canvas->viewport(), Qt::LeftButton, {}, a.centreOf(card));
    QCOMPARE(a.page.selection().kind, Selection::Kind::Way);
}

GLACIS_TEST(AttackCanvasTest)

#include "attack_canvas_test.moc"
