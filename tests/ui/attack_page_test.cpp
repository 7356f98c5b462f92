// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The Attack path page with real events: pointer, wheel, keys, film, list, table, search, export.
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

class AttackPageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cleanup() { QGuiApplication::setLayoutDirection(Qt::LeftToRight); }
    void cheapestWayIsChosenAtOnce();
    void clickOnACardSelectsIt();
    void clickOnACurveSelectsItsStep();
    void wheelZoomsAtThePointer();
    void dragPansAndDoesNotSelect();
    void keysWalkAlongTheSteps();
    void farViewFitsEverything();
    void doubleClickOpensInPlace();
    void filmReachesTheEndAndCanBeScrubbed();
    void listAndArrowsChooseWays();
    void tableHoldsTheSameSteps();
    void possibleWaysAreDrawnWhenAsked();
    void withoutACertainWayThePossibleOnesLead();
    void assumedBreachShowsOtherWays();
    void nothingKnownSaysSo();
    void searchLightsAndZooms();
    void chokePointsAreRinged();
    void placesComeBack();
    void pictureIsExported_data();
    void pictureIsExported();
    void unknownEndingIsNoPicture();
    void miniMapMovesTheView();
    void modelsHold();
    void mirroredPageWalksTheOtherWay();
    void hostileNamesStayPlainAndInside();
    void fixIsDrawnAsCuts();
    void waysAreCountedWithinTheirClass();
    void pannedPictureIsTheSamePicture();
    void pausedFilmStaysPaused();
    void newAssessmentEndsFilmAndMenu();
    void severalCardsAreChosenTogether();
    void typingStaysOnAHit();
    void fittedPictureCanBeDragged();
    void nothingIsUnderTheHeadings();
    void assumedBreachComesBack();
    void chosenWayAgainComesBack();
    void moreWaysThanAreDrawnAreTold();
    void hiddenPageDrawsWhenShown();
};

namespace {

struct Attack {
    explicit Attack(assessment::AssessmentPtr assessment, QSize size = { 1180, 760 })
        : workspace([assessment](const auto&, const auto&, const auto&) -> Result<assessment::AssessmentPtr> {
            return assessment;
        })
        , page(workspace)
    {
        page.resize(size);
        page.show();
        QSignalSpy ready(&workspace, &workspace::Workspace::assessmentReady);
        workspace.open({ { "made.yaml" }, {}, {}, {}, {} });
        (void)ready.wait(5000);
        settle();
        canvas = page.findChild<PathCanvas*>();
        player = page.findChild<WayPlayer*>();
    }
    void settle()
    {
        QTRY_VERIFY(!page.isBusy());
        QCoreApplication::processEvents();
    }
    [[nodiscard]] const PathFigure& figure() const { return *canvas->figure(); }
    [[nodiscard]] int cardOf(const char* id) const
    {
        const auto node = figure().assessment->graph.find(id);
        const auto it = figure().scene.nodeOf.find(node);
        return it == figure().scene.nodeOf.end() ? -1 : static_cast<int>(it->second);
    }
    [[nodiscard]] QPoint centreOf(int card) const
    {
        return canvas->fromScene(figure().paint.cards[static_cast<std::size_t>(card)].box.center()).toPoint();
    }
    template <class T> T* child(const char* name) const
    {
        return page.findChild<T*>(QString::fromLatin1(name));
    }

    workspace::Workspace workspace;
    AttackPage page;
    PathCanvas* canvas = nullptr;
    WayPlayer* player = nullptr;
};

void wheel(QWidget* on, QPoint at, int delta)
{
    QWheelEvent event(QPointF(at), on->mapToGlobal(QPointF(at)), {}, { 0, delta }, Qt::NoButton,
        Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(on, &event);
}

}

void AttackPageTest::cheapestWayIsChosenAtOnce()
{
    Attack a(test::practiceAssessment("votelab"));
    const attack::Search& search = *a.figure().search;
    QCOMPARE(a.page.selection().kind, Selection::Kind::Way);
    QCOMPARE(a.page.selection().items, std::vector<std::uint32_t> { 0 });
    QCOMPARE(a.player->steps(), attack::stepsOf(a.figure().assessment->graph, search.ways().front()).size());
    const auto& marked = a.canvas->marks().cards;
    QCOMPARE(std::count(marked.begin(), marked.end(), true) > 2, true);
}

void AttackPageTest::clickOnACardSelectsIt()
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

void AttackPageTest::clickOnACurveSelectsItsStep()
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

void AttackPageTest::wheelZoomsAtThePointer()
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

void AttackPageTest::dragPansAndDoesNotSelect()
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

void AttackPageTest::keysWalkAlongTheSteps()
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

void AttackPageTest::farViewFitsEverything()
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

void AttackPageTest::doubleClickOpensInPlace()
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

void AttackPageTest::filmReachesTheEndAndCanBeScrubbed()
{
    Attack a(test::practiceAssessment("votelab"));
    auto* play = a.child<QAbstractButton>("playButton");
    QTest::mouseClick(play, Qt::LeftButton);
    QVERIFY(a.player->isPlaying());
    QTRY_VERIFY_WITH_TIMEOUT(a.player->step() >= 1, 4000);
    QCOMPARE(a.page.selection().kind, Selection::Kind::Edge);
    QCOMPARE(a.page.selection().step, a.player->step());
    QTest::mouseClick(play, Qt::LeftButton);
    QVERIFY(!a.player->isPlaying());
    auto* track = a.page.findChild<WayTrack*>();
    QTest::keyClick(track, Qt::Key_End);
    QCOMPARE(a.player->step(), a.player->steps());
    QTest::keyClick(track, Qt::Key_Left);
    QCOMPARE(a.player->step(), a.player->steps() - 1);
    QTest::mouseClick(track, Qt::LeftButton, {}, QPoint(6, 10));
    QCOMPARE(a.player->step(), 0U);
    const auto& reached = a.canvas->marks().reached;
    QCOMPARE(std::count(reached.begin(), reached.end(), true), 0);
    QTest::keyClick(&a.page, Qt::Key_Period);
    QCOMPARE(a.player->step(), 1U);
    QTest::keyClick(&a.page, Qt::Key_Space);
    QVERIFY(a.player->isPlaying());
    a.player->pause();
}

void AttackPageTest::listAndArrowsChooseWays()
{
    Attack a(test::practiceAssessment("votelab"));
    auto* list = a.page.findChild<WaysList*>();
    QVERIFY(list->isVisible());
    QCOMPARE(list->model()->rowCount(), static_cast<int>(a.figure().search->ways().size()));
    QTest::mouseClick(
        list->viewport(), Qt::LeftButton, {}, list->visualRect(list->model()->index(2, 0)).center());
    QCOMPARE(a.page.selection().items.front(), 2U);
    QTest::mouseClick(a.child<QToolButton>("nextWay"), Qt::LeftButton);
    QCOMPARE(a.page.selection().items.front(), 3U);
    QCOMPARE(list->currentIndex().row(), 3);
    QTest::keyClick(list, Qt::Key_Down);
    QCOMPARE(a.page.selection().items.front(), 4U);
    QTest::mouseClick(a.child<QAbstractButton>("toggleList"), Qt::LeftButton);
    QVERIFY(!list->isVisible());
}

void AttackPageTest::tableHoldsTheSameSteps()
{
    Attack a(test::practiceAssessment("votelab"));
    QTest::mouseClick(a.child<QAbstractButton>("toggleTable"), Qt::LeftButton);
    auto* table = a.child<QTableView>("stepsTable");
    QVERIFY(table->isVisible());
    std::uint32_t steps = 0;
    for (const SceneWay& way : a.figure().scene.ways)
        steps += way.numbered;
    QCOMPARE(table->model()->rowCount(), static_cast<int>(steps));
    const auto cell = [&](int row, StepsModel::Column column) {
        return table->model()->index(row, static_cast<int>(column)).data().toString();
    };
    QCOMPARE(cell(0, StepsModel::Column::From), u"the Internet"_s);
    QVERIFY(cell(0, StepsModel::Column::What).contains(cell(0, StepsModel::Column::To)));
    table->setFocus();
    table->selectRow(1);
    QCOMPARE(a.page.selection().kind, Selection::Kind::Edge);
    QCOMPARE(a.page.selection().step, 2U);
}

void AttackPageTest::possibleWaysAreDrawnWhenAsked()
{
    Attack a(test::practiceAssessment("votelab"));
    const std::size_t before = a.figure().scene.ways.size();
    QCOMPARE(before, a.figure().search->count(attack::WayClass::Certain));
    QTest::mouseClick(a.child<QAbstractButton>("togglePossible"), Qt::LeftButton);
    QCOMPARE(a.figure().scene.ways.size(), a.figure().search->ways().size());
    const auto& curves = a.figure().paint.curves;
    QVERIFY(std::any_of(curves.begin(), curves.end(), [](const PaintedCurve& c) { return c.dashed; }));
    QVERIFY(std::any_of(curves.begin(), curves.end(), [](const PaintedCurve& c) { return !c.dashed; }));
}

void AttackPageTest::withoutACertainWayThePossibleOnesLead()
{
    Attack a(test::practiceAssessment("votelab-hardened"));
    QCOMPARE(a.figure().search->count(attack::WayClass::Certain), 0U);
    QVERIFY(!a.figure().scene.empty());
    auto* banner = a.child<Banner>("waysBanner");
    QVERIFY(banner->isVisible());
    QCOMPARE(banner->title(), u"No certain way is open"_s);
    const auto& curves = a.figure().paint.curves;
    QVERIFY(std::all_of(curves.begin(), curves.end(), [](const PaintedCurve& c) { return c.dashed; }));
}

void AttackPageTest::assumedBreachShowsOtherWays()
{
    Attack a(test::practiceAssessment("votelab"));
    const std::size_t fromInternet = a.figure().search->ways().size();
    auto* from = a.child<QPushButton>("entryButton");
    from->menu()->actions().last()->trigger();
    a.settle();
    QVERIFY(a.figure().search->ways().size() != fromInternet);
    QCOMPARE(a.figure().scene.nodes.front().kind, attack::NodeKind::Breach);
    QVERIFY(a.player->isVisible());
    from->menu()->actions().first()->trigger();
    a.settle();
    QCOMPARE(a.figure().search->ways().size(), fromInternet);
}

void AttackPageTest::nothingKnownSaysSo()
{
    Attack a(test::assessedText("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: b}\n"));
    QVERIFY(!a.player->isVisible());
    QVERIFY(!a.canvas->isVisible());
    QVERIFY(a.page.findChildren<QPushButton*>().size() > 0);
    QCOMPARE(a.page.selection().kind, Selection::Kind::Nothing);
}

void AttackPageTest::searchLightsAndZooms()
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

void AttackPageTest::chokePointsAreRinged()
{
    Attack a(test::practiceAssessment("votelab"));
    const auto& chokes = a.canvas->marks().chokes;
    const auto ringed = std::count_if(
        chokes.begin(), chokes.end(), [](const PathMarks::Choke& c) { return !c.words.isEmpty(); });
    QVERIFY(ringed >= 1 && ringed <= 3);
    QTest::mouseClick(a.child<QAbstractButton>("toggleChokes"), Qt::LeftButton);
    QVERIFY(a.canvas->marks().chokes.empty());
}

void AttackPageTest::placesComeBack()
{
    Attack a(test::practiceAssessment("votelab"));
    const auto& graph = a.figure().assessment->graph;
    a.page.arrive({ u"attack"_s, {}, {}, u"node:endpoint/docker/worker-1"_s });
    QCOMPARE(a.page.selection().items.front(), graph.find("endpoint/docker/worker-1"));
    QCOMPARE(a.page.here().item, u"node:endpoint/docker/worker-1"_s);
    const auto edge = a.figure().scene.ways.back().steps.front().main;
    const QString edgeItem = u"edge:"_s + QString::fromStdString(graph.edgeId(edge));
    a.page.arrive({ u"attack"_s, {}, {}, edgeItem });
    QCOMPARE(a.page.selection().kind, Selection::Kind::Edge);
    QCOMPARE(a.page.here().item, edgeItem);
    const QString wayItem
        = u"way:"_s + QString::fromStdString(attack::idOf(graph, a.figure().search->ways()[5]));
    a.page.arrive({ u"attack"_s, {}, {}, wayItem });
    QCOMPARE(a.page.selection().items, std::vector<std::uint32_t> { 5 });
    QCOMPARE(a.page.here().item, wayItem);
    const QString option = u"option:"_s + QString::fromStdString(graph.options.front().id);
    a.page.arrive({ u"attack"_s, {}, {}, option });
    QCOMPARE(a.page.here().item, option);
    a.page.arrive({ u"attack"_s, {}, {}, u"node:no/such"_s });
    QCOMPARE(a.page.here().item, option); // nothing of that name: nothing changes
}

void AttackPageTest::pictureIsExported_data()
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

void AttackPageTest::pictureIsExported()
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

void AttackPageTest::unknownEndingIsNoPicture()
{
    QVERIFY(!pictureFormat(u"a.bmp"_s).has_value());
    QVERIFY(!pictureFormat(u"png"_s).has_value());
    QVERIFY(pictureFormat(u"A.PNG"_s).has_value());
}

void AttackPageTest::miniMapMovesTheView()
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

void AttackPageTest::modelsHold()
{
    const auto a = test::practiceAssessment("votelab");
    WaysModel ways;
    QAbstractItemModelTester first(&ways, QAbstractItemModelTester::FailureReportingMode::Fatal);
    ways.setSearch(a, searchOf(a));
    QCOMPARE(ways.rowCount(), static_cast<int>(a->search->ways().size()));
    ways.setSearch(nullptr, nullptr);
    QCOMPARE(ways.rowCount(), 0);
    StepsModel steps;
    QAbstractItemModelTester second(&steps, QAbstractItemModelTester::FailureReportingMode::Fatal);
    const PathFigurePtr figure = makeFigure(a, nullptr, { .scene = { true, true, true, {}, 10, 4000 } });
    steps.setFigure(figure);
    for (int row = 0; row < steps.rowCount(); ++row) {
        const StepsModel::Place place = steps.place(row);
        QCOMPARE(steps.rowOf(place.way, place.step), row);
        for (int column = 0; column < StepsModel::ColumnCount; ++column)
            QVERIFY(!steps.index(row, column).data().toString().isEmpty());
    }
    steps.setFigure(nullptr);
    QCOMPARE(steps.rowCount(), 0);
}

void AttackPageTest::mirroredPageWalksTheOtherWay()
{
    QGuiApplication::setLayoutDirection(Qt::RightToLeft);
    Attack a(test::practiceAssessment("votelab"));
    QVERIFY(a.figure().mirrored);
    a.canvas->setFocus();
    QTest::keyClick(a.canvas, Qt::Key_Left);
    QTest::keyClick(a.canvas, Qt::Key_Left);
    QCOMPARE(a.canvas->currentCard(), static_cast<int>(a.figure().scene.ways.front().steps.front().to));
}

void AttackPageTest::hostileNamesStayPlainAndInside()
{
    // Mark-up, an override of the text's direction, and a name of 253 characters.
    const std::string base = "<b>&amp;\xE2\x80\xAE" + std::string(240, 'w');
    Attack a(test::assessedText(test::crowdedCluster(12, base)));
    QVERIFY(!a.figure().scene.empty());
    for (const PaintedCard& card : a.figure().paint.cards) {
        QVERIFY(!card.name.contains(QChar(0x202E)) && !card.detail.contains(QChar(0x202E)));
        QVERIFY(card.box.width() < 400);
    }
    for (const QLabel* label : a.page.findChildren<QLabel*>())
        QCOMPARE(label->textFormat(), Qt::PlainText);
    for (int row = 0; row < a.page.findChild<WaysList*>()->model()->rowCount(); ++row) {
        const QString tip
            = a.page.findChild<WaysList*>()->model()->index(row, 0).data(Qt::ToolTipRole).toString();
        QVERIFY(!Qt::mightBeRichText(tip) || !tip.contains(u"<b>&"_s));
    }
    QCOMPARE(a.page.size(), QSize(1180, 760));
}

void AttackPageTest::fixIsDrawnAsCuts()
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

void AttackPageTest::waysAreCountedWithinTheirClass()
{
    Attack a(test::practiceAssessment("votelab"));
    const attack::Search& search = *a.figure().search;
    const auto told = [&] {
        QStringList texts;
        for (const QLabel* label : a.player->findChildren<QLabel*>())
            texts += label->text();
        return texts.join(u'\n');
    };
    const auto certain = search.count(attack::WayClass::Certain);
    QVERIFY(told().contains(u"Way 1 of %1 · certain"_s.arg(certain)));
    a.page.findChild<WaysList*>()->wayChosen(static_cast<int>(certain));
    QVERIFY2(told().contains(u"Way 1 of %1 · possible"_s.arg(search.count(attack::WayClass::Possible))),
        qPrintable(told()));
}

/// Panning moves what was painted and adds strips: the result must be what a fresh painting gives.
void AttackPageTest::pannedPictureIsTheSamePicture()
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

void AttackPageTest::pausedFilmStaysPaused()
{
    setMotionReduced(true); // steps come by a timer then
    Attack a(test::practiceAssessment("votelab"));
    a.player->play();
    a.player->pause();
    a.player->play();
    a.player->pause();
    const std::uint32_t step = a.player->step();
    QTest::qWait(1100);
    QCOMPARE(a.player->step(), step);
    a.player->play();
    QTRY_COMPARE_WITH_TIMEOUT(a.player->step(), step + 1, 2000);
    QTest::qWait(300);
    QCOMPARE(a.player->step(), step + 1); // one chain of steps, not two
    a.player->pause();
    setMotionReduced(false);
}

void AttackPageTest::newAssessmentEndsFilmAndMenu()
{
    auto current = test::practiceAssessment("votelab");
    workspace::Workspace workspace([&current](const auto&, const auto&,
                                       const auto&) -> Result<assessment::AssessmentPtr> { return current; });
    AttackPage page(workspace);
    page.resize(1180, 760);
    page.show();
    QSignalSpy ready(&workspace, &workspace::Workspace::assessmentReady);
    workspace.open({ { "a" }, {}, {}, {}, {} });
    QTRY_COMPARE(ready.count(), 1);
    QTRY_VERIFY(!page.isBusy());
    auto* player = page.findChild<WayPlayer*>();
    auto* canvas = page.findChild<PathCanvas*>();
    player->play();
    const int last = static_cast<int>(canvas->figure()->scene.nodes.size()) - 1;
    QContextMenuEvent wanted(QContextMenuEvent::Keyboard, QPoint(), QPoint());
    canvas->setCurrentCard(last);
    QApplication::sendEvent(canvas->viewport(), &wanted);
    Q_EMIT canvas->menuWanted(last, -1, QPoint(10, 10));
    const auto menus = page.findChildren<QMenu*>();
    current = test::practiceAssessment("votelab-hardened"); // fewer cards
    workspace.reload();
    QTRY_COMPARE(ready.count(), 2);
    QTRY_VERIFY(!page.isBusy());
    for (QMenu* menu : menus)
        for (QAction* action : menu->actions())
            if (action->text().startsWith(u"Copy"_s) || action->text().startsWith(u"Show everything"_s))
                action->trigger();
    QVERIFY(!player->isPlaying());
    QCOMPARE(canvas->figure()->assessment, current);
    QVERIFY(static_cast<int>(canvas->figure()->scene.nodes.size()) <= last);
    for (QMenu* menu : menus)
        menu->close();
}

void AttackPageTest::severalCardsAreChosenTogether()
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

void AttackPageTest::typingStaysOnAHit()
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

void AttackPageTest::fittedPictureCanBeDragged()
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

void AttackPageTest::nothingIsUnderTheHeadings()
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

void AttackPageTest::assumedBreachComesBack()
{
    Attack a(test::practiceAssessment("votelab"));
    const Location internet = a.page.here();
    a.child<QPushButton>("entryButton")->menu()->actions().last()->trigger();
    a.settle();
    const Location breach = a.page.here();
    QVERIFY(!(breach == internet));
    a.page.arrive(internet);
    a.settle();
    QCOMPARE(a.figure().scene.nodes.front().kind, attack::NodeKind::Internet);
    QCOMPARE(a.page.here().item, internet.item);
    a.page.arrive(breach);
    a.settle();
    QCOMPARE(a.figure().scene.nodes.front().kind, attack::NodeKind::Breach);
    QCOMPARE(a.page.here().item, breach.item);
}

void AttackPageTest::chosenWayAgainComesBack()
{
    Attack a(test::practiceAssessment("votelab"));
    auto* list = a.page.findChild<WaysList*>();
    QTest::mouseClick(
        a.canvas->viewport(), Qt::LeftButton, {}, a.centreOf(a.cardOf("endpoint/docker/worker-1")));
    QCOMPARE(a.page.selection().kind, Selection::Kind::Nodes);
    QTest::mouseClick(
        list->viewport(), Qt::LeftButton, {}, list->visualRect(list->model()->index(0, 0)).center());
    QCOMPARE(a.page.selection().kind, Selection::Kind::Way);
}

void AttackPageTest::moreWaysThanAreDrawnAreTold()
{
    const auto a = test::practiceAssessment("votelab");
    SceneRequest request { true, true, true, {}, 10, 3 };
    const PathScene cut = makeScene(a->graph, *a->search, request);
    QCOMPARE(cut.ways.size(), std::size_t(3));
    QCOMPARE(cut.left, a->search->ways().size() - 3);
    request.also = 7;
    const PathScene more = makeScene(a->graph, *a->search, request);
    QCOMPARE(more.ways.back().way, 7U);
}

void AttackPageTest::hiddenPageDrawsWhenShown()
{
    const auto assessment = test::practiceAssessment("votelab");
    workspace::Workspace workspace(
        [assessment](const auto&, const auto&, const auto&) -> Result<assessment::AssessmentPtr> {
            return assessment;
        });
    AttackPage page(workspace);
    QSignalSpy ready(&workspace, &workspace::Workspace::assessmentReady);
    workspace.open({ { "a" }, {}, {}, {}, {} });
    QTRY_COMPARE(ready.count(), 1);
    auto* canvas = page.findChild<PathCanvas*>();
    QVERIFY(!canvas->figure());
    QCOMPARE(page.selection().kind, Selection::Kind::Way); // the inspector need not wait
    page.resize(1000, 700);
    page.show();
    QTRY_VERIFY(canvas->figure());
    QVERIFY(page.findChild<WayPlayer*>()->isVisible());
}

GLACIS_TEST(AttackPageTest)

#include "attack_page_test.moc"
