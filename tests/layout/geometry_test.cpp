// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What holds for the geometry of every picture.
#include "picture_text.h"
#include "test_main.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

using namespace glacis::layout;
using namespace glacis::test;

namespace {

struct Case {
    Named graph;
    LaneConfig config;
    LaneLayout picture;
};

constexpr double hair = 1e-6;

const std::map<std::string, Case>& cases()
{
    static const std::map<std::string, Case> all = [] {
        std::map<std::string, Case> made;
        const LaneConfig window { .width = 1100, .height = 720, .top = 50 };
        made["mock-up"] = { mockUp(), window, {} };
        made["mock-up-no-room"] = { mockUp(), {}, {} };
        made["practice"] = { practiceCluster(), window, {} };
        made["practice-wide"] = { practiceCluster(), { .width = 3000, .height = 2400, .top = 50 }, {} };
        for (std::uint64_t seed = 1; seed <= 6; ++seed)
            made["small-" + std::to_string(seed)]
                = { { generated({ .seed = seed, .nodes = 24, .edges = 34, .labels = 0.4 }), {} }, window,
                      {} };
        for (std::uint64_t seed = 1; seed <= 3; ++seed)
            made["middle-" + std::to_string(seed)]
                = { { generated({ .seed = seed, .nodes = 90, .edges = 130, .labels = 0.2 }), {} }, {}, {} };
        made["dense"]
            = { { generated({ .seed = 5, .nodes = 30, .edges = 200, .labels = 0.1 }), {} }, window, {} };
        made["large"]
            = { { generated({ .seed = 9, .nodes = 300, .edges = 420, .labels = 0.05 }), {} }, {}, {} };
        made["one-lane"]
            = { { generated({ .seed = 2, .nodes = 30, .edges = 40, .lanes = 1, .labels = 0.5 }), {} }, {},
                  {} };
        Named sparse { generated({ .seed = 8, .nodes = 20, .edges = 26, .lanes = 3, .labels = 0.3 }), {} };
        for (LaneNode& n : sparse.input.nodes)
            n.lane = 1 + n.lane * 3; // 1, 4 and 7 of 9
        sparse.input.lanes = 9;
        made["empty-lanes"] = { sparse, window, {} };
        for (auto& [name, c] : made) {
            c.picture = layOut(c.graph.input, c.config);
            lookAt(name, c.graph, c.picture);
        }
        return made;
    }();
    return all;
}

Box withAbove(const LaneNode& node, const Box& box)
{
    return { box.x, box.y - node.above, box.width, box.height + node.above };
}

Box shrunk(const Box& b, double by) { return { b.x + by, b.y + by, b.width - 2 * by, b.height - 2 * by }; }

double distance(const Box& b, Point p)
{
    return std::hypot(
        std::max({ b.x - p.x, 0.0, p.x - b.right() }), std::max({ b.y - p.y, 0.0, p.y - b.bottom() }));
}

bool inside(const Box& outer, const Box& b)
{
    return b.x >= outer.x - hair && b.y >= outer.y - hair && b.right() <= outer.right() + hair
        && b.bottom() <= outer.bottom() + hair;
}

/// Of the control points: the curve lies within.
Box boundsOf(const Curve& curve)
{
    const auto [left, right] = std::ranges::minmax(curve, {}, &Point::x);
    const auto [top, bottom] = std::ranges::minmax(curve, {}, &Point::y);
    return { left.x, top.y, right.x - left.x, bottom.y - top.y };
}

bool onRim(const Box& b, Point p)
{
    return distance(b, p) < hair
        && (std::abs(p.x - b.x) < hair || std::abs(p.x - b.right()) < hair || std::abs(p.y - b.y) < hair
            || std::abs(p.y - b.bottom()) < hair);
}

}

class GeometryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void boxesStandApartInTheirLanes_data() { names(); }
    void boxesStandApartInTheirLanes();
    void lanesStandSideBySideWithinBounds_data() { names(); }
    void lanesStandSideBySideWithinBounds();
    void curvesJoinRimsAndCrossNoBox_data() { names(); }
    void curvesJoinRimsAndCrossNoBox();
    void curvesHaveNoKinks_data() { names(); }
    void curvesHaveNoKinks();
    void labelsLieAtTheirEdgesAndOverlapNothing_data() { names(); }
    void labelsLieAtTheirEdgesAndOverlapNothing();
    void roomIsFilled();
    void theChosenWayRunsStraight();
    void fewNodesStandInTheMiddleOfTheirNeighbours();
    void bracketsNest();
    void longEdgesTurnOnce();

private:
    static void names()
    {
        QTest::addColumn<QString>("name");
        for (const auto& [name, c] : cases())
            QTest::newRow(name.c_str()) << text(name);
    }
    static const Case& current()
    {
        QFETCH(QString, name);
        return cases().at(name.toStdString());
    }
};

void GeometryTest::boxesStandApartInTheirLanes()
{
    const auto& [graph, config, picture] = current();
    const std::vector<LaneNode>& nodes = graph.input.nodes;
    QCOMPARE(picture.nodes.size(), nodes.size());
    std::vector<std::vector<std::size_t>> lanes(graph.input.lanes);
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const Box& b = picture.nodes[i];
        const Lane& lane = picture.lanes[nodes[i].lane];
        QCOMPARE(b.width, nodes[i].width);
        QCOMPARE(b.height, nodes[i].height);
        QVERIFY(b.x >= lane.x - hair && b.right() <= lane.x + lane.width + hair);
        QVERIFY(std::abs(b.centre().x - lane.x - lane.width / 2) < hair);
        lanes[nodes[i].lane].push_back(i);
    }
    for (std::vector<std::size_t>& lane : lanes) {
        std::ranges::sort(lane, {}, [&](std::size_t i) { return picture.nodes[i].y; });
        for (std::size_t k = 1; k < lane.size(); ++k) {
            const double gap
                = withAbove(nodes[lane[k]], picture.nodes[lane[k]]).y - picture.nodes[lane[k - 1]].bottom();
            QVERIFY2(gap >= config.nodeGap - hair, qPrintable(QString::number(gap)));
        }
    }
}

void GeometryTest::lanesStandSideBySideWithinBounds()
{
    const auto& [graph, config, picture] = current();
    QCOMPARE(picture.lanes.size(), std::size_t(graph.input.lanes));
    double right = config.margin;
    double left = 0;
    std::vector<char> used(graph.input.lanes, 0);
    for (const LaneNode& n : graph.input.nodes)
        used[n.lane] = 1;
    for (std::size_t k = 0; k < picture.lanes.size(); ++k) {
        const Lane& lane = picture.lanes[k];
        QVERIFY(lane.x >= left && lane.x >= config.margin);
        if (used[k]) {
            QVERIFY(lane.x >= right - hair);
            right = lane.x + lane.width + config.laneGap;
        } else {
            QCOMPARE(lane.width, 0.0);
        }
        left = lane.x + lane.width + 1; // a place of its own
    }
    const Box within = shrunk(picture.bounds, config.margin);
    for (std::size_t i = 0; i < picture.nodes.size(); ++i) {
        QVERIFY(inside(within, withAbove(graph.input.nodes[i], picture.nodes[i])));
        QVERIFY(picture.nodes[i].y - graph.input.nodes[i].above >= config.top + config.margin - hair);
    }
    for (const Box& l : picture.labels)
        QVERIFY(l == Box {} || inside(picture.bounds, l));
    for (const Curve& c : picture.edges)
        for (const Point p : sampled(c, 8))
            if (!picture.bounds.contains(p))
                QFAIL("a curve leaves the bounds");
    QVERIFY(picture.bounds.width >= config.width && picture.bounds.height >= config.height);
}

void GeometryTest::curvesJoinRimsAndCrossNoBox()
{
    const auto& [graph, config, picture] = current();
    for (std::size_t e = 0; e < picture.edges.size(); ++e) {
        const Curve& curve = picture.edges[e];
        const LaneEdge& edge = graph.input.edges[e];
        QVERIFY(curve.size() >= 4 && curve.size() % 3 == 1);
        QVERIFY(onRim(picture.nodes[edge.from], curve.front()));
        QVERIFY(onRim(picture.nodes[edge.to], curve.back()));
        const Box around = boundsOf(curve);
        const std::vector<Point> points = sampled(curve);
        for (std::size_t i = 0; i < picture.nodes.size(); ++i) {
            const Box inner = shrunk(picture.nodes[i], 1);
            if (!inner.overlaps(around))
                continue;
            for (const Point p : points)
                if (inner.contains(p))
                    QFAIL(qPrintable(
                        QStringLiteral("edge %1 crosses node %2 at %3, %4").arg(e).arg(i).arg(p.x).arg(p.y)));
        }
    }
}

void GeometryTest::curvesHaveNoKinks()
{
    const LaneLayout& picture = current().picture;
    for (const Curve& c : picture.edges)
        for (std::size_t k = 3; k + 3 < c.size(); k += 3) {
            const Point in { c[k].x - c[k - 1].x, c[k].y - c[k - 1].y };
            const Point out { c[k + 1].x - c[k].x, c[k + 1].y - c[k].y };
            const double lengths = std::hypot(in.x, in.y) * std::hypot(out.x, out.y);
            QVERIFY(lengths > 0);
            QVERIFY2(
                (in.x * out.x + in.y * out.y) / lengths > 0.9999, "two pieces do not share their direction");
        }
}

void GeometryTest::labelsLieAtTheirEdgesAndOverlapNothing()
{
    const auto& [graph, config, picture] = current();
    for (std::size_t e = 0; e < picture.labels.size(); ++e) {
        const Box& label = picture.labels[e];
        const LaneEdge& edge = graph.input.edges[e];
        QCOMPARE(label.width, edge.labelWidth);
        QCOMPARE(label.height, edge.labelHeight);
        if (edge.labelWidth == 0)
            continue;
        const std::vector<Point> points = sampled(picture.edges[e]);
        const double nearest = distance(
            label, *std::ranges::min_element(points, {}, [&](Point p) { return distance(label, p); }));
        QVERIFY2(nearest < 6, qPrintable(QStringLiteral("edge %1: %2 away").arg(e).arg(nearest)));
        for (std::size_t i = 0; i < picture.nodes.size(); ++i)
            if (label.overlaps(withAbove(graph.input.nodes[i], picture.nodes[i])))
                QFAIL(qPrintable(QStringLiteral("label of edge %1 covers node %2").arg(e).arg(i)));
        for (std::size_t o = 0; o < e; ++o)
            if (label.overlaps(picture.labels[o]))
                QFAIL(qPrintable(QStringLiteral("labels of edges %1 and %2 overlap").arg(o).arg(e)));
    }
}

void GeometryTest::roomIsFilled()
{
    const LaneInput input = mockUp().input;
    const LaneLayout narrow = layOut(input),
                     wide = layOut(input, { .width = narrow.bounds.width + 200, .height = 900 });
    QCOMPARE(wide.bounds.width, narrow.bounds.width + 200);
    QCOMPARE(wide.bounds.height, 900.0);
    // All lanes share the new width.
    for (std::size_t k = 1; k < narrow.lanes.size(); ++k)
        QVERIFY(wide.lanes[k].x - wide.lanes[k - 1].x >= narrow.lanes[k].x - narrow.lanes[k - 1].x + 20);
    const auto used = [](const LaneLayout& p) {
        const auto [top, bottom] = std::ranges::minmax(p.nodes, {}, &Box::y);
        return bottom.bottom() - top.y;
    };
    QVERIFY(used(wide) > used(narrow) + 60);
    // Channels grow to a sensible width only; then the picture stands in the middle.
    const LaneLayout vast = layOut(input, { .width = 6000, .height = 5000 });
    QCOMPARE(vast.bounds.width, 6000.0);
    const double left = vast.lanes.front().x, right = 6000 - vast.lanes.back().x - vast.lanes.back().width;
    QVERIFY(left > 1000 && std::abs(left - right) < 60);
    for (std::size_t k = 1; k < vast.lanes.size(); ++k)
        QVERIFY(vast.lanes[k].x - vast.lanes[k - 1].x - vast.lanes[k - 1].width < 5 * LaneConfig {}.laneGap);
}

void GeometryTest::theChosenWayRunsStraight()
{
    for (const Named& graph : { mockUp(), practiceCluster() }) {
        const LaneLayout picture = layOut(graph.input, { .width = 1100, .height = 720 });
        for (std::size_t e = 0; e < graph.input.edges.size(); ++e)
            if (graph.input.edges[e].weight > 1) {
                const auto [left, right] = std::ranges::minmax(picture.edges[e], {}, &Point::x);
                const auto [top, bottom] = std::ranges::minmax(picture.edges[e], {}, &Point::y);
                QVERIFY2(std::min(right.x - left.x, bottom.y - top.y) < 1, qPrintable(QString::number(e)));
            }
    }
}

void GeometryTest::fewNodesStandInTheMiddleOfTheirNeighbours()
{
    // One to five, and five to one.
    LaneInput input { .lanes = 3, .nodes = { { .lane = 0 }, { .lane = 2 } }, .edges = {} };
    for (std::uint32_t k = 0; k < 5; ++k) {
        input.nodes.push_back({ .lane = 1 });
        input.edges.push_back({ .from = 0, .to = k + 2 });
        input.edges.push_back({ .from = k + 2, .to = 1 });
    }
    const LaneLayout picture = layOut(input, { .height = 800 });
    double mean = 0;
    for (std::size_t k = 2; k < 7; ++k)
        mean += picture.nodes[k].centre().y / 5;
    QVERIFY(std::abs(picture.nodes[0].centre().y - mean) < 2);
    QVERIFY(std::abs(picture.nodes[1].centre().y - mean) < 2);
    // In the middle of the room, evenly.
    QVERIFY(std::abs(mean - 400) < 2);
    std::vector<double> y;
    for (std::size_t k = 2; k < 7; ++k)
        y.push_back(picture.nodes[k].y);
    std::ranges::sort(y);
    for (std::size_t k = 2; k < y.size(); ++k)
        QVERIFY(std::abs(y[k] - y[k - 1] - (y[1] - y[0])) < 2);
}

void GeometryTest::bracketsNest()
{
    // In a column of five: 0-1 neighbours, 0-2, 0-4 and 1-3. The last cross, the others must not.
    LaneInput input { .lanes = 1, .nodes = std::vector<LaneNode>(5), .edges = {} };
    for (std::size_t k = 0; k < 5; ++k)
        input.nodes[k].before = 100.0 * static_cast<double>(k) + 100;
    input.edges
        = { { .from = 0, .to = 1 }, { .from = 2, .to = 0 }, { .from = 0, .to = 4 }, { .from = 1, .to = 3 } };
    const LaneLayout picture = layOut(input);
    const auto far
        = [&](std::size_t e) { return std::ranges::max(sampled(picture.edges[e]), {}, &Point::x).x; };
    QVERIFY(std::abs(far(0) - picture.nodes[0].centre().x) < 1);
    QCOMPARE(picture.edges[0].front().y, picture.nodes[0].bottom());
    QVERIFY(far(1) >= picture.nodes[0].right() + 10);
    QVERIFY(far(2) >= far(1) + LaneConfig {}.edgeGap - hair);
    QVERIFY(
        std::abs(far(3) - far(1)) >= LaneConfig {}.edgeGap - hair); // they run side by side between 1 and 2
    // The inner one leaves below the outer one, where it goes.
    QVERIFY(picture.edges[1].back().y > picture.edges[2].front().y);
}

void GeometryTest::longEdgesTurnOnce()
{
    // From far above to far below past two lanes: one turn, no stairs.
    LaneInput input { .lanes = 4, .nodes = {}, .edges = { { .from = 0, .to = 3 } } };
    for (const std::uint32_t lane : { 0, 1, 2, 3 })
        input.nodes.push_back({ .lane = lane, .before = lane == 0 ? 100.0 : lane == 3 ? 700.0 : 400.0 });
    const LaneLayout picture = layOut(input);
    int turns = 0;
    const Curve& c = picture.edges[0];
    for (std::size_t k = 0; k + 3 < c.size(); k += 3)
        turns += c[k].y != c[k + 3].y ? 1 : 0;
    QCOMPARE(turns, 1);
}

GLACIS_TEST(GeometryTest)
#include "geometry_test.moc"
