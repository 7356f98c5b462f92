// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What of an attack graph is drawn: nothing lost, nothing twice, hubs passed over, alike cards together.
#include "practice_assessment.h"
#include "test_main.h"

#include <attack/path_figure.h>
#include <attack/path_scene.h>

#include <attack/describe.h>

using namespace glacis;
using namespace glacis::ui;

class AttackSceneTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyWayIsDrawnStepByStep_data();
    void everyWayIsDrawnStepByStep();
    void numbersAreThoseOfTheCommandLine();
    void everyNodeStandsOnOneCardOfItsLane();
    void sameInputSameScene();
    void crowdedLanesPutAlikeCardsTogether();
    void openingShowsAllMembersAndClosingHidesThem();
    void onlyAskedClassesAreDrawn();
    void marksFollowTheWay();
    void cardsOfASmallFigureHoldTheirWords_data();
    void cardsOfASmallFigureHoldTheirWords();
    void mirroredFigureIsTheMirrorImage();
};

namespace {

PathScene sceneOf(const assessment::Assessment& a, SceneRequest request = { true, true, true, {}, 10, 4000 })
{
    return makeScene(a.graph, *a.search, request);
}

}

void AttackSceneTest::everyWayIsDrawnStepByStep_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("mostInLane");
    for (const char* name : { "votelab", "votelab-hardened", "votelab-dnat", "votelab-eks" })
        for (const int most : { 2, 10 })
            QTest::addRow("%s, %d in a lane", name, most) << QString::fromLatin1(name) << most;
}

void AttackSceneTest::everyWayIsDrawnStepByStep()
{
    QFETCH(QString, name);
    QFETCH(int, mostInLane);
    const auto a = test::practiceAssessment(name.toStdString());
    SceneRequest request { true, true, true, {}, static_cast<std::size_t>(mostInLane), 4000 };
    const PathScene scene = sceneOf(*a, request);
    QCOMPARE(scene.ways.size(), a->search->ways().size());
    for (const SceneWay& drawn : scene.ways) {
        const attack::Way& way = a->search->ways()[drawn.way];
        QVERIFY(!drawn.steps.empty());
        QCOMPARE(drawn.steps.front().fromNode, way.entry);
        QCOMPARE(drawn.steps.back().toNode, way.jewel);
        for (std::size_t i = 0; i < drawn.steps.size(); ++i) {
            const SceneStep& step = drawn.steps[i];
            if (i > 0)
                QCOMPARE(step.fromNode, drawn.steps[i - 1].toNode);
            QCOMPARE(scene.nodeOf.at(step.fromNode), step.from);
            QCOMPARE(scene.nodeOf.at(step.toNode), step.to);
            if (step.from == step.to) {
                QCOMPARE(step.edge, NoScene);
                continue;
            }
            const SceneEdge& edge = scene.edges[step.edge];
            QCOMPARE(edge.from, step.from);
            QCOMPARE(edge.to, step.to);
            QVERIFY(std::binary_search(edge.edges.begin(), edge.edges.end(), step.main));
            QVERIFY(edge.ways > 0);
        }
    }
}

void AttackSceneTest::numbersAreThoseOfTheCommandLine()
{
    const auto a = test::practiceAssessment("votelab");
    for (const SceneWay& drawn : sceneOf(*a).ways) {
        const auto told = attack::stepsOf(a->graph, a->search->ways()[drawn.way]);
        QCOMPARE(drawn.numbered, told.size());
        std::uint32_t number = 0;
        for (const SceneStep& step : drawn.steps)
            if (step.number > 0) {
                QCOMPARE(step.number, ++number);
                QCOMPARE(step.main, told[number - 1]);
            }
    }
}

void AttackSceneTest::everyNodeStandsOnOneCardOfItsLane()
{
    const auto a = test::practiceAssessment("votelab");
    const PathScene scene = sceneOf(*a, { true, true, true, {}, 3, 4000 });
    std::set<attack::NodeIndex> seen;
    for (const SceneNode& card : scene.nodes)
        for (const attack::NodeIndex member : card.members) {
            QVERIFY2(seen.insert(member).second, a->graph.nodes[member].id.c_str());
            const attack::Node& node = a->graph.nodes[member];
            QVERIFY(node.kind != attack::NodeKind::Net && node.kind != attack::NodeKind::Scope);
            QCOMPARE(laneOf(node), card.lane);
            QCOMPARE(node.kind, card.kind);
        }
    QCOMPARE(seen.size(), scene.nodeOf.size());
}

void AttackSceneTest::sameInputSameScene()
{
    const auto a = test::practiceAssessment("votelab");
    const PathScene one = sceneOf(*a), two = sceneOf(*a);
    QCOMPARE(one.nodes.size(), two.nodes.size());
    for (std::size_t i = 0; i < one.nodes.size(); ++i) {
        QCOMPARE(one.nodes[i].members, two.nodes[i].members);
        QCOMPARE(one.nodes[i].key, two.nodes[i].key);
    }
    for (std::size_t i = 0; i < one.edges.size(); ++i)
        QCOMPARE(one.edges[i].edges, two.edges[i].edges);
}

void AttackSceneTest::crowdedLanesPutAlikeCardsTogether()
{
    const auto a = test::practiceAssessment("votelab");
    const auto cardsIn = [](const PathScene& scene, std::uint32_t lane) {
        return std::count_if(
            scene.nodes.begin(), scene.nodes.end(), [lane](const SceneNode& n) { return n.lane == lane; });
    };
    const PathScene wide = sceneOf(*a, { true, true, true, {}, 1000, 4000 });
    const PathScene tight = sceneOf(*a, { true, true, true, {}, 3, 4000 });
    QVERIFY(cardsIn(wide, 3) > 6);
    QVERIFY(cardsIn(tight, 3) < cardsIn(wide, 3));
    QVERIFY(std::none_of(
        wide.nodes.begin(), wide.nodes.end(), [](const SceneNode& n) { return n.isAggregate(); }));
    QVERIFY(std::any_of(
        tight.nodes.begin(), tight.nodes.end(), [](const SceneNode& n) { return n.isAggregate(); }));
    QCOMPARE(tight.nodeOf.size(), wide.nodeOf.size());
}

void AttackSceneTest::openingShowsAllMembersAndClosingHidesThem()
{
    const auto a = test::practiceAssessment("votelab");
    SceneRequest request { true, true, true, {}, 3, 4000 };
    const PathScene closed = sceneOf(*a, request);
    const auto group = std::find_if(
        closed.nodes.begin(), closed.nodes.end(), [](const SceneNode& n) { return n.isAggregate(); });
    QVERIFY(group != closed.nodes.end());
    request.opened.insert(group->key);
    // Some groups open by way of finer groups: open those as well.
    PathScene open = sceneOf(*a, request);
    for (int round = 0; round < 4; ++round) {
        for (const SceneNode& n : open.nodes)
            if (n.isAggregate() && !n.openedFrom.empty())
                request.opened.insert(n.key);
        open = sceneOf(*a, request);
    }
    for (const attack::NodeIndex member : group->members) {
        const SceneNode& card = open.nodes[open.nodeOf.at(member)];
        QCOMPARE(card.members.size(), std::size_t(1));
        QVERIFY(!card.openedFrom.empty());
    }
    QCOMPARE(open.nodeOf.size(), closed.nodeOf.size());
    request.opened.clear();
    QCOMPARE(sceneOf(*a, request).nodes.size(), closed.nodes.size());
}

void AttackSceneTest::onlyAskedClassesAreDrawn()
{
    const auto a = test::practiceAssessment("votelab");
    const PathScene certain = sceneOf(*a, { true, false, false, {}, 10, 4000 });
    QCOMPARE(certain.ways.size(), a->search->count(attack::WayClass::Certain));
    QVERIFY(std::all_of(
        certain.edges.begin(), certain.edges.end(), [](const SceneEdge& e) { return e.certain; }));
    const PathScene all = sceneOf(*a);
    QVERIFY(std::any_of(all.edges.begin(), all.edges.end(), [](const SceneEdge& e) { return !e.certain; }));
}

void AttackSceneTest::marksFollowTheWay()
{
    const auto a = test::practiceAssessment("votelab");
    const PathFigurePtr figure = makeFigure(a, nullptr, { .scene = { true, false, false, {}, 10, 4000 } });
    const auto longest = std::max_element(figure->scene.ways.begin(), figure->scene.ways.end(),
        [](const SceneWay& x, const SceneWay& y) { return x.numbered < y.numbered; });
    QVERIFY(longest->numbered >= 4);
    const PathMarks half = marksOf(*figure, *longest, 2);
    const PathMarks whole = marksOf(*figure, *longest, UINT32_MAX);
    const auto count
        = [](const std::vector<bool>& flags) { return std::count(flags.begin(), flags.end(), true); };
    QCOMPARE(count(half.curves), count(whole.curves));
    QCOMPARE(count(half.reached), 2);
    QCOMPARE(count(whole.reached), count(whole.curves));
    QCOMPARE(*std::max_element(whole.numbers.begin(), whole.numbers.end()), longest->numbered);
}

// Two lines of words stand in a card at their usual size, however narrow the picture is.
void AttackSceneTest::cardsOfASmallFigureHoldTheirWords_data()
{
    QTest::addColumn<QSize>("room");
    QTest::addColumn<bool>("shrinks");
    QTest::newRow("wide") << QSize(900, 300) << false;
    QTest::newRow("usual") << QSize(600, 240) << true;
    QTest::newRow("narrow") << QSize(420, 240) << true;
    QTest::newRow("narrow and high") << QSize(380, 400) << true;
}

void AttackSceneTest::cardsOfASmallFigureHoldTheirWords()
{
    QFETCH(const QSize, room);
    QFETCH(const bool, shrinks);
    const auto a = test::practiceAssessment("votelab");
    FigureRequest request { .scene = { true, false, false, {}, 7, 4 },
        .width = double(room.width()),
        .height = double(room.height()),
        .compact = true };
    const auto least = [&](const PathFigure& figure, double scale) {
        double height = 1e9;
        for (const PaintedCard& card : figure.paint.cards)
            height = std::min(height, card.box.height());
        return height * scale;
    };
    const auto shown = [&](const PathFigure& figure) {
        return least(figure, shrinking(figure, request.width, request.height));
    };
    const PathFigurePtr roomy
        = makeFigure(a, nullptr, { .scene = request.scene, .width = 2000, .height = 2000, .compact = true });
    const double needed = least(*roomy, 1);
    const PathFigurePtr plain = makeFigure(a, nullptr, request);
    const PathFigurePtr fitted = makeFittedFigure(a, request);
    QCOMPARE(shown(*plain) < needed - 0.5, shrinks);
    QVERIFY2(shown(*fitted) > needed - 0.5, qPrintable(QString::number(shown(*fitted))));
    const double scale = shrinking(*fitted, request.width, request.height);
    QVERIFY(fitted->paint.bounds.width() * scale <= request.width + 0.5);
    QVERIFY(fitted->paint.bounds.height() * scale <= request.height + 0.5);
}

void AttackSceneTest::mirroredFigureIsTheMirrorImage()
{
    const auto a = test::practiceAssessment("votelab");
    FigureRequest request { .scene = { true, false, false, {}, 10, 4000 } };
    const PathFigurePtr left = makeFigure(a, nullptr, request);
    request.mirrored = true;
    const PathFigurePtr right = makeFigure(a, nullptr, request);
    const double width = left->paint.bounds.width();
    for (std::size_t i = 0; i < left->paint.cards.size(); ++i) {
        const QRectF one = left->paint.cards[i].box, two = right->paint.cards[i].box;
        QVERIFY(std::abs(one.left() - (width - two.right())) < 1e-6);
        QCOMPARE(one.top(), two.top());
    }
    QVERIFY(left->paint.cards.front().box.left() < right->paint.cards.front().box.left());
}

GLACIS_TEST(AttackSceneTest)

#include "attack_scene_test.moc"
