// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Crossings: few, and counted rightly.
#include "graphs.h"
#include "test_main.h"

#include <attack/layout/ordering.h>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace glacis::layout;
using namespace glacis::test;

namespace {

/// By comparing all pairs: what `crossings` must say where edges join neighbouring lanes only.
std::uint64_t countedPlainly(const LaneInput& input, const LaneLayout& picture)
{
    std::uint64_t count = 0;
    const auto y = [&](std::uint32_t node) { return picture.nodes[node].y; };
    for (std::size_t a = 0; a < input.edges.size(); ++a)
        for (std::size_t b = 0; b < a; ++b) {
            const LaneEdge &e = input.edges[a], &f = input.edges[b];
            if (input.nodes[e.from].lane == input.nodes[f.from].lane
                && (y(e.from) - y(f.from)) * (y(e.to) - y(f.to)) < 0)
                ++count;
        }
    return count;
}

/// Twenty-four sweeps by mean place and nothing else, the best kept: what the layout must beat.
std::uint64_t plainBarycentre(const LaneInput& input)
{
    Layered g = layered(input);
    std::uint64_t best = orderCost(g);
    const auto columns = static_cast<std::uint32_t>(g.columns.size());
    for (int sweep = 0; sweep < 24; ++sweep) {
        for (std::uint32_t k = 1; k < columns; ++k) {
            const std::uint32_t c = sweep % 2 == 0 ? k : columns - 1 - k;
            std::vector<double> mean(g.items.size());
            for (const std::uint32_t i : g.columns[c].order) {
                double sum = 0;
                const auto arms = sweep % 2 == 0 ? g.lefts(i) : g.rights(i);
                for (const Arm& a : arms)
                    sum += g.position[a.item];
                mean[i] = arms.empty() ? g.position[i] : sum / static_cast<double>(arms.size());
            }
            std::ranges::stable_sort(g.columns[c].order, {}, [&](std::uint32_t i) { return mean[i]; });
            g.numberPositions(c);
        }
        best = std::min(best, orderCost(g));
    }
    return best;
}

/// The least number of crossings of two lanes: all orders of the left one, and for each the best right one by
/// dynamic programming over subsets.
std::uint64_t leastOfTwoLanes(const LaneInput& input, std::size_t left, std::size_t right)
{
    std::vector<std::size_t> place(left);
    std::iota(place.begin(), place.end(), std::size_t(0));
    std::uint64_t best = ~0ULL;
    do {
        std::vector<std::vector<std::uint64_t>> above(right, std::vector<std::uint64_t>(right, 0));
        for (const LaneEdge& e : input.edges)
            for (const LaneEdge& f : input.edges)
                if (place[e.from] > place[f.from])
                    ++above[e.to - left][f.to - left]; // crossings when e's end stands above f's
        std::vector<std::uint64_t> least(std::size_t(1) << right, ~0ULL);
        least[0] = 0;
        for (std::size_t set = 0; set < least.size(); ++set)
            for (std::size_t next = 0; next < right; ++next) {
                if ((set >> next) & 1)
                    continue;
                std::uint64_t sum = least[set];
                for (std::size_t k = 0; k < right; ++k)
                    sum += (set >> k) & 1 ? above[k][next] : 0;
                std::uint64_t& with = least[set | (std::size_t(1) << next)];
                with = std::min(with, sum);
            }
        best = std::min(best, least.back());
    } while (std::ranges::next_permutation(place).found);
    return best;
}

}

class OrderTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void crossingsAreCountedRightly();
    void curvesCrossAsOftenAsTheirOrderSays();
    void longEdgesAreCountedInEachChannel();
    void fewerCrossingsThanPlainBarycentre_data();
    void fewerCrossingsThanPlainBarycentre();
    void neverMoreCrossingsThanAsGiven();
    void nearTheOptimumOfSmallGraphs();
    void longEdgesHardlyEverCrossTwice();
    void heavyEdgesCrossLess();
    void nodesOfOneLaneThatAreJoinedStandTogether();
};

void OrderTest::crossingsAreCountedRightly()
{
    for (std::uint64_t seed = 1; seed <= 8; ++seed) {
        const LaneInput input = generated({ .seed = seed, .nodes = 60, .edges = 90, .neighboursOnly = true });
        const LaneLayout picture = layOut(input);
        QCOMPARE(crossings(input, picture), countedPlainly(input, picture));
        Layered graph = layered(input);
        orderItems(graph, LaneConfig {}.sweeps, {});
        QCOMPARE(orderCost(graph), crossings(input, picture));
    }
}

void OrderTest::curvesCrossAsOftenAsTheirOrderSays()
{
    // Some in a wide window, some with edges so steep and dense that they turn one after the other.
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        const LaneInput input
            = generated({ .seed = seed, .nodes = 50, .edges = 100, .lanes = 3, .neighboursOnly = true });
        const LaneLayout picture = layOut(input, { .width = seed % 2 == 0 ? 0.0 : 1500.0 });
        std::vector<std::vector<double>> heights; // at fifty places of the edge's channel
        for (std::size_t e = 0; e < input.edges.size(); ++e) {
            const Lane &left = picture.lanes[input.nodes[input.edges[e].from].lane],
                       &right = picture.lanes[input.nodes[input.edges[e].to].lane];
            const std::vector<Point> points = sampled(picture.edges[e], 100);
            auto at = points.begin();
            heights.emplace_back();
            for (int k = 0; k <= 50; ++k) {
                const double x = left.x + left.width + k * (right.x - left.x - left.width) / 50;
                while (std::next(at) != points.end() && std::next(at)->x < x)
                    ++at;
                const Point a = *at, b = std::next(at) == points.end() ? *at : *std::next(at);
                heights.back().push_back(b.x > a.x ? a.y + (b.y - a.y) * (x - a.x) / (b.x - a.x) : b.y);
            }
        }
        std::uint64_t drawn = 0;
        for (std::size_t a = 0; a < heights.size(); ++a)
            for (std::size_t b = 0; b < a; ++b) {
                if (input.nodes[input.edges[a].from].lane != input.nodes[input.edges[b].from].lane)
                    continue;
                std::uint64_t crossed = 0;
                double last = 0;
                for (std::size_t k = 0; k < heights[a].size(); ++k) {
                    const double apart = heights[a][k] - heights[b][k];
                    if (std::abs(apart) < 0.3) // sampling
                        continue;
                    crossed += apart * last < 0 ? 1 : 0;
                    last = apart;
                }
                QVERIFY2(crossed <= 1, qPrintable(QStringLiteral("%1 and %2").arg(a).arg(b)));
                drawn += crossed;
            }
        QCOMPARE(drawn, crossings(input, picture));
    }
}

void OrderTest::longEdgesAreCountedInEachChannel()
{
    for (const bool backwards : { false, true }) {
        // A long edge from the top to the bottom past two straight ones that hold it apart: one crossing
        // each.
        LaneInput input { .lanes = 4, .nodes = {}, .edges = {} };
        for (std::uint32_t lane : { 0, 1, 2, 3, 0, 3 })
            input.nodes.push_back({ .lane = lane, .before = input.nodes.size() < 4 ? 200.0 : 0 });
        input.nodes[4].before = 100;
        input.nodes[5].before = 300;
        input.edges = { { .from = 0, .to = 1 }, { .from = 1, .to = 2 }, { .from = 2, .to = 3 },
            { .from = backwards ? 5u : 4u, .to = backwards ? 4u : 5u } };
        QCOMPARE(crossings(input, layOut(input)), std::uint64_t(1));
    }
}

void OrderTest::fewerCrossingsThanPlainBarycentre_data()
{
    QTest::addColumn<unsigned>("nodes");
    QTest::addColumn<double>("share"); // of what plain barycentre leaves, at most
    QTest::newRow("200") << 200u << 0.90;
    QTest::newRow("1000") << 1000u << 0.97;
    QTest::newRow("3000") << 3000u << 0.99;
}

void OrderTest::fewerCrossingsThanPlainBarycentre()
{
    QFETCH(unsigned, nodes);
    QFETCH(double, share);
    const LaneInput input
        = generated({ .seed = 7, .nodes = nodes, .edges = nodes * 5 / 4, .neighboursOnly = true });
    Layered graph = layered(input);
    const std::uint64_t asGiven = orderCost(graph), plain = plainBarycentre(input);
    orderItems(graph, LaneConfig {}.sweeps, {});
    const std::uint64_t ours = orderCost(graph);
    qInfo("%u nodes: %llu as given, %llu by barycentre, %llu", nodes,
        static_cast<unsigned long long>(asGiven), static_cast<unsigned long long>(plain),
        static_cast<unsigned long long>(ours));
    QVERIFY(static_cast<double>(ours) <= share * static_cast<double>(plain));
    QVERIFY(ours * 2 < asGiven);
}

void OrderTest::neverMoreCrossingsThanAsGiven()
{
    for (std::uint32_t seed = 1; seed <= 60; ++seed) {
        const std::uint32_t size = 4 + seed % 23;
        const LaneInput input
            = generated({ .seed = seed, .nodes = size, .edges = size * (1 + seed % 3), .labels = 0.1 });
        Layered given = layered(input);
        orderAsGiven(given);
        Layered ordered = given;
        orderItems(ordered, seed % 2 == 0 ? 0 : 24, {});
        QVERIFY(orderCost(ordered) <= orderCost(given));
    }
}

void OrderTest::nearTheOptimumOfSmallGraphs()
{
    std::uint64_t ours = 0, least = 0;
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        const std::size_t left = 3 + seed % 3, right = 4 + seed % 3;
        LaneInput input { .lanes = 2, .nodes = std::vector<LaneNode>(left + right), .edges = {} };
        for (std::size_t i = left; i < left + right; ++i)
            input.nodes[i].lane = 1;
        std::uint64_t state = seed * 77;
        const auto below = [&](std::size_t limit) {
            state = state * 6364136223846793005ULL + 1442695040888963407ULL;
            return static_cast<std::uint32_t>((state >> 33) % limit);
        };
        for (std::size_t e = 0; e < left * right / 2; ++e)
            input.edges.push_back(
                { .from = below(left), .to = static_cast<std::uint32_t>(left) + below(right) });
        const std::uint64_t one = crossings(input, layOut(input)), best = leastOfTwoLanes(input, left, right);
        QVERIFY(one >= best);
        QVERIFY2(one <= best + best / 4 + 1, qPrintable(QStringLiteral("%1, not %2").arg(one).arg(best)));
        ours += one;
        least += best;
    }
    qInfo("%llu crossings, %llu at least", static_cast<unsigned long long>(ours),
        static_cast<unsigned long long>(least));
    QVERIFY(ours * 100 <= least * 105);
}

void OrderTest::longEdgesHardlyEverCrossTwice()
{
    int once = 0, more = 0;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const LaneInput input = generated({ .seed = seed, .nodes = 24, .edges = 34, .labels = 0.5 });
        Layered g = layered(input);
        orderItems(g, LaneConfig {}.sweeps, {});
        // Where each edge stands in each column that it touches.
        std::vector<std::vector<std::int64_t>> at(
            input.edges.size(), std::vector<std::int64_t>(g.columns.size(), -1));
        for (const Joint& j : g.joints) {
            at[j.edge][g.items[j.left].column] = g.position[j.left];
            at[j.edge][g.items[j.right].column] = g.position[j.right];
        }
        for (std::size_t a = 0; a < at.size(); ++a)
            for (std::size_t b = 0; b < a; ++b) {
                int crossed = 0;
                std::int64_t last = 0;
                for (std::size_t c = 0; c < g.columns.size(); ++c) {
                    if (at[a][c] < 0 || at[b][c] < 0 || at[a][c] == at[b][c])
                        continue;
                    const std::int64_t side = at[a][c] < at[b][c] ? 1 : -1;
                    crossed += last * side < 0 ? 1 : 0;
                    last = side;
                }
                once += crossed == 1 ? 1 : 0;
                more += crossed > 1 ? 1 : 0;
            }
    }
    qInfo("%d pairs cross once, %d more often", once, more);
    QVERIFY(once > 100 && more * 50 <= once);
}

void OrderTest::heavyEdgesCrossLess()
{
    // Four to four, everyone to everyone: crossings there must be, but not of a single heavy edge.
    LaneInput input { .lanes = 2, .nodes = {}, .edges = {} };
    for (std::uint32_t i = 0; i < 8; ++i)
        input.nodes.push_back({ .lane = i / 4 });
    for (std::uint32_t a = 0; a < 4; ++a)
        for (std::uint32_t b = 4; b < 8; ++b)
            input.edges.push_back({ .from = a, .to = b, .weight = a == 1 && b == 6 ? 30.0 : 1.0 });
    const LaneLayout picture = layOut(input);
    int above = 0, below = 0;
    for (std::size_t i = 0; i < 4; ++i)
        above += picture.nodes[i].y < picture.nodes[1].y ? 1 : 0;
    for (std::size_t i = 4; i < 8; ++i)
        below += picture.nodes[i].y > picture.nodes[6].y ? 1 : 0;
    QCOMPARE(above * below + (3 - above) * (3 - below), 0);
}

void OrderTest::nodesOfOneLaneThatAreJoinedStandTogether()
{
    // A chain inside a lane, given in a muddle.
    LaneInput input { .lanes = 2, .nodes = std::vector<LaneNode>(7), .edges = {} };
    const std::vector<std::uint32_t> chain { 3, 0, 6, 2, 5, 1, 4 };
    for (std::size_t k = 1; k < chain.size(); ++k)
        input.edges.push_back({ .from = chain[k - 1], .to = chain[k] });
    const LaneLayout picture = layOut(input);
    for (const Curve& c : picture.edges) {
        QCOMPARE(c.size(), std::size_t(4)); // a straight line down or up
        QCOMPARE(c.front().x, c.back().x);
    }
}

GLACIS_TEST(OrderTest)
#include "order_test.moc"
