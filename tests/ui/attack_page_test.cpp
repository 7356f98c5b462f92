// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The Attack path page: film, list, table, entries, places, and what outlives a new assessment.
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

class AttackPageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cleanup() { QGuiApplication::setLayoutDirection(Qt::LeftToRight); }
    void cheapestWayIsChosenAtOnce();
    void filmReachesTheEndAndCanBeScrubbed();
    void listAndArrowsChooseWays();
    void tableHoldsTheSameSteps();
    void possibleWaysAreDrawnWhenAsked();
    void withoutACertainWayThePossibleOnesLead();
    void assumedBreachShowsOtherWays();
    void nothingKnownSaysSo();
    void placesComeBack();
    void modelsHold();
    void hostileNamesStayPlainAndInside();
    void waysAreCountedWithinTheirClass();
    void pausedFilmStaysPaused();
    void newAssessmentEndsFilmAndMenu();
    void assumedBreachComesBack();
    void chosenWayAgainComesBack();
    void moreWaysThanAreDrawnAreTold();
    void hiddenPageDrawsWhenShown();
};

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
