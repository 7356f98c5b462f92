// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a caller may rely on: the same picture each time, one that stays when little changes, any input.
#include "picture_text.h"
#include "slowdown.h"
#include "test_main.h"

#include <QElapsedTimer>
#include <QFile>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>
#include <thread>

using namespace glacis;
using namespace glacis::layout;
using namespace glacis::test;

namespace {

bool same(const LaneLayout& a, const LaneLayout& b)
{
    const auto lane = [](const Lane& l, const Lane& r) { return l.x == r.x && l.width == r.width; };
    return a.nodes == b.nodes && a.edges == b.edges && a.labels == b.labels && a.bounds == b.bounds
        && std::ranges::equal(a.lanes, b.lanes, lane);
}

/// The nodes of a lane from top to bottom.
std::vector<std::uint32_t> orderOf(const LaneInput& input, const LaneLayout& picture, std::uint32_t lane)
{
    std::vector<std::uint32_t> order;
    for (std::uint32_t i = 0; i < input.nodes.size(); ++i)
        if (input.nodes[i].lane == lane)
            order.push_back(i);
    std::ranges::sort(order, {}, [&](std::uint32_t i) { return picture.nodes[i].y; });
    return order;
}

LaneInput remembering(LaneInput input, const LaneLayout& picture)
{
    for (std::size_t i = 0; i < picture.nodes.size(); ++i)
        input.nodes[i].before = picture.nodes[i].centre().y;
    return input;
}

double apart(const Curve& a, const Curve& b)
{
    double least = 1e9;
    const std::vector<Point> other = sampled(b);
    const std::vector<Point> own = sampled(a);
    for (std::size_t k = own.size() / 4; k < own.size() * 3 / 4; ++k)
        for (const Point p : other)
            least = std::min(least, std::hypot(p.x - own[k].x, p.y - own[k].y));
    return least;
}

}

class LaneLayoutTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sameInputSamePicture();
    void samePictureOnManyThreads();
    void nothingMovesWhenNothingChanged();
    void openingAGroupLeavesTheRestInPlace();
    void nodesOfBeforeKeepTheirOrder();
    void edgesOfTheSameEndsRunSideBySide();
    void loopsStandAtTheRight();
    void anyInputIsAnswered();
    void absurdLabelsAreLeftOut();
    void thousandsInOneLane();
    void stopsSoon();
    void pictureIsAsKept_data();
    void pictureIsAsKept();
};

void LaneLayoutTest::sameInputSamePicture()
{
    const LaneInput input = generated({ .seed = 12, .nodes = 80, .edges = 120, .labels = 0.3 });
    const LaneLayout first = layOut(input);
    std::vector<std::vector<double>> elsewhere; // so that memory lies differently
    for (std::size_t k = 1; k < 60; ++k)
        elsewhere.emplace_back(k * 37, 1.0);
    QVERIFY(same(first, layOut(input)));
    const LaneInput copy = input;
    elsewhere.clear();
    QVERIFY(same(first, layOut(copy)));
}

void LaneLayoutTest::samePictureOnManyThreads()
{
    const LaneInput input = generated({ .seed = 13, .nodes = 60, .edges = 90, .labels = 0.3 });
    const LaneLayout alone = layOut(input);
    std::vector<LaneLayout> pictures(4);
    {
        std::vector<std::thread> threads;
        for (LaneLayout& p : pictures)
            threads.emplace_back([&input, &p] { p = layOut(input); });
        for (std::thread& t : threads)
            t.join();
    }
    for (const LaneLayout& p : pictures)
        QVERIFY(same(alone, p));
}

void LaneLayoutTest::nothingMovesWhenNothingChanged()
{
    for (const LaneInput& input : { mockUp().input, practiceCluster().input }) {
        const LaneConfig config { .width = 1100, .height = 720, .top = 50 };
        const LaneLayout before = layOut(input, config);
        const LaneLayout after = layOut(remembering(input, before), config);
        for (std::size_t i = 0; i < input.nodes.size(); ++i)
            QVERIFY2(std::abs(after.nodes[i].y - before.nodes[i].y) <= 1,
                qPrintable(QStringLiteral("%1: %2").arg(i).arg(after.nodes[i].y - before.nodes[i].y)));
    }
}

void LaneLayoutTest::openingAGroupLeavesTheRestInPlace()
{
    const Named graph = practiceCluster();
    const LaneConfig config { .width = 1100, .height = 720, .top = 50 };
    const LaneLayout before = layOut(graph.input, config);
    for (const std::uint32_t opened : { 3u, 8u, 14u, 24u }) {
        constexpr std::uint32_t parts = 4;
        // The node becomes the first of its parts; each has all of its edges.
        LaneInput input = remembering(graph.input, before);
        const auto first = static_cast<std::uint32_t>(input.nodes.size());
        input.nodes.resize(first + parts - 1, input.nodes[opened]);
        for (const LaneEdge& e : graph.input.edges)
            for (std::uint32_t k = 0; k + 1 < parts; ++k)
                if (e.from == opened || e.to == opened) {
                    LaneEdge more = e;
                    (e.from == opened ? more.from : more.to) = first + k;
                    input.edges.push_back(more);
                }
        const LaneLayout after = layOut(input, config);
        lookAt("opened-" + std::to_string(opened), { input, graph.names }, after);
        for (std::uint32_t lane = 0; lane < input.lanes; ++lane) {
            std::vector<std::uint32_t> order = orderOf(input, after, lane),
                                       old = orderOf(graph.input, before, lane);
            std::erase_if(order, [&](std::uint32_t i) { return i == opened || i >= first; });
            std::erase(old, opened);
            QCOMPARE(order, old);
            for (const std::uint32_t i : old) {
                const double moved = std::abs(after.nodes[i].y - before.nodes[i].y);
                // In its own lane at most by what the parts need, elsewhere by what passing edges need.
                const bool own = lane == input.nodes[opened].lane;
                QVERIFY2(moved <= (own ? (parts - 1) * 72 + 20 : 24),
                    qPrintable(QStringLiteral("opened %1: %2 moved %3").arg(opened).arg(i).arg(moved)));
            }
        }
        // The parts stand one below the other, where the group stood.
        const std::vector<std::uint32_t> order = orderOf(input, after, input.nodes[opened].lane);
        const auto at = std::ranges::find(order, opened);
        double mean = 0;
        for (std::uint32_t k = 0; k < parts; ++k) {
            QCOMPARE(at[k], k == 0 ? opened : first + k - 1);
            mean += after.nodes[at[k]].centre().y / parts;
        }
        QVERIFY2(std::abs(mean - before.nodes[opened].centre().y)
                <= (parts - 1) * 36 + 12, // a full lane grows downwards
            qPrintable(
                QStringLiteral("opened %1: %2").arg(opened).arg(mean - before.nodes[opened].centre().y)));
    }
}

void LaneLayoutTest::nodesOfBeforeKeepTheirOrder()
{
    // Given crossed, with places that say so: they stay crossed. A third, new one goes where it likes.
    LaneInput input { .lanes = 2, .nodes = std::vector<LaneNode>(5), .edges = {} };
    input.nodes[2].lane = input.nodes[3].lane = input.nodes[4].lane = 1;
    input.nodes[0].before = 100;
    input.nodes[1].before = 200;
    input.nodes[2].before = 200;
    input.nodes[3].before = 100;
    input.edges = { { .from = 0, .to = 2 }, { .from = 1, .to = 3 }, { .from = 0, .to = 4 } };
    const LaneLayout picture = layOut(input);
    QVERIFY(picture.nodes[0].y < picture.nodes[1].y);
    QVERIFY(picture.nodes[3].y < picture.nodes[2].y);
    QCOMPARE(picture.nodes[0].centre().y, 100.0);
    QCOMPARE(picture.nodes[1].centre().y, 200.0);
}

void LaneLayoutTest::edgesOfTheSameEndsRunSideBySide()
{
    // Forward, back, past a lane, between neighbours of a lane and around one.
    LaneInput input { .lanes = 3, .nodes = {}, .edges = {} };
    for (std::uint32_t lane : { 0, 1, 2, 1, 1 })
        input.nodes.push_back(
            { .lane = lane, .before = 100.0 + 100.0 * static_cast<double>(input.nodes.size()) });
    const std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs { { 0, 1 }, { 0, 2 }, { 1, 3 },
        { 1, 4 } };
    for (const auto& [a, b] : pairs) {
        input.edges.push_back({ .from = a, .to = b });
        input.edges.push_back({ .from = a, .to = b });
        input.edges.push_back({ .from = b, .to = a });
    }
    const LaneLayout picture = layOut(input);
    lookAt("same-ends", { input, {} }, picture);
    for (std::size_t k = 0; k < input.edges.size(); k += 3)
        for (const auto& [a, b] : { std::pair(0, 1), std::pair(1, 2), std::pair(0, 2) }) {
            const double d = apart(picture.edges[k + std::size_t(a)], picture.edges[k + std::size_t(b)]);
            QVERIFY2(d > 2, qPrintable(QStringLiteral("edges %1: %2").arg(k).arg(d)));
        }
}

void LaneLayoutTest::loopsStandAtTheRight()
{
    LaneInput input {
        .lanes = 1, .nodes = { {} }, .edges = { { .from = 0, .to = 0 }, { .from = 0, .to = 0 } }
    };
    const LaneLayout picture = layOut(input);
    for (const Curve& c : picture.edges) {
        QCOMPARE(c.front().x, picture.nodes[0].right());
        QCOMPARE(c.back().x, picture.nodes[0].right());
        const double far = std::ranges::max(sampled(c), {}, &Point::x).x;
        QVERIFY(far > picture.nodes[0].right() + 8 && far < picture.nodes[0].right() + 40);
    }
    QVERIFY(apart(picture.edges[0], picture.edges[1]) > 1);
}

void LaneLayoutTest::anyInputIsAnswered()
{
    const double nan = std::nan(""), huge = 1e300;
    QVERIFY(layOut({ .lanes = 0, .nodes = {}, .edges = {} }).nodes.empty());
    QCOMPARE(layOut({ .lanes = 6, .nodes = {}, .edges = {} }).lanes.size(), std::size_t(6));
    const LaneInput bad { .lanes = 2,
        .nodes = { { .lane = 99, .width = nan, .height = -5, .above = nan, .before = huge },
            { .lane = 0, .width = -1, .height = huge, .before = -huge },
            { .lane = 1, .width = 0, .height = 0 },
            { .lane = 1, .width = huge, .height = nan, .above = -3 } },
        .edges = { { .from = 0, .to = 1, .weight = nan, .labelWidth = nan, .labelHeight = -1 },
            { .from = 1, .to = 3, .weight = -huge, .labelWidth = huge, .labelHeight = 3 },
            { .from = 2, .to = 2 }, { .from = 2, .to = 3, .weight = huge }, { .from = 0, .to = 77 },
            { .from = 4294967295u, .to = 0 } } };
    const LaneConfig worse { .nodeGap = nan,
        .spread = -1,
        .laneGap = nan,
        .edgeGap = -7,
        .margin = nan,
        .width = huge,
        .height = nan,
        .top = -huge,
        .sweeps = -4 };
    for (const LaneConfig& config : { LaneConfig {}, worse }) {
        const LaneLayout picture = layOut(bad, config);
        QCOMPARE(picture.nodes.size(), bad.nodes.size());
        QCOMPARE(picture.edges.size(), bad.edges.size());
        QCOMPARE(picture.labels.size(), bad.edges.size());
        QVERIFY(picture.edges[4].empty() && picture.edges[5].empty()); // they join nothing
        QCOMPARE(picture.nodes[0].width, 0.0);
        QCOMPARE(picture.nodes[0].height, 0.0);
        QVERIFY(picture.nodes[0].x >= picture.nodes[1].right());
        for (const Box& b : picture.nodes)
            QVERIFY(std::isfinite(b.x) && std::isfinite(b.y) && picture.bounds.contains(b.centre()));
        for (const Curve& c : picture.edges)
            for (const Point p : c)
                QVERIFY(std::isfinite(p.x) && std::isfinite(p.y));
        QVERIFY(std::isfinite(picture.bounds.width) && std::isfinite(picture.bounds.height));
    }
}

void LaneLayoutTest::absurdLabelsAreLeftOut()
{
    LaneInput input = mockUp().input;
    input.edges[0].labelWidth = 401;
    input.edges[0].labelHeight = 16;
    input.edges[1].labelWidth = 400;
    input.edges[1].labelHeight = 16;
    const LaneLayout picture = layOut(input);
    QVERIFY(picture.labels[0] == Box {});
    QCOMPARE(picture.labels[1].width, 400.0);
}

void LaneLayoutTest::thousandsInOneLane()
{
    const LaneInput input = generated({ .seed = 3, .nodes = 3000, .edges = 3000, .lanes = 1 });
    QElapsedTimer timer;
    timer.start();
    const LaneLayout picture = layOut(input);
    QVERIFY(timer.elapsed() < 4000 * slowdown);
    const std::vector<std::uint32_t> order = orderOf(input, picture, 0);
    for (std::size_t k = 1; k < order.size(); ++k)
        QVERIFY(picture.nodes[order[k]].y >= picture.nodes[order[k - 1]].bottom() + 28);
    QVERIFY(picture.bounds.width < 500);
}

void LaneLayoutTest::stopsSoon()
{
    const LaneInput input = generated({ .seed = 1, .nodes = 8000, .edges = 10000 });
    StopSource source;
    LaneLayout picture;
    std::thread worker([&] { picture = layOut(input, {}, source.token()); });
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    source.requestStop();
    QElapsedTimer timer;
    timer.start();
    worker.join();
    QVERIFY2(timer.elapsed() < 60 * slowdown, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(picture.nodes.empty());
}

void LaneLayoutTest::pictureIsAsKept_data()
{
    QTest::addColumn<QString>("file");
    for (const char* file : { "diamond", "brackets", "labels" })
        QTest::newRow(file) << QString::fromLatin1(file);
}

void LaneLayoutTest::pictureIsAsKept()
{
    QFETCH(QString, file);
    const std::string path = GLACIS_TEST_DATA "/" + file.toStdString();
    std::stringstream description;
    description << std::ifstream(path + ".graph").rdbuf();
    const Named graph = parsed(description.str());
    QVERIFY(!graph.input.nodes.empty());
    const LaneLayout picture = layOut(graph.input, { .width = 700, .height = 360, .top = 40 });
    lookAt(file.toStdString(), graph, picture);
    const std::string now = asText(graph, picture);
    if (qEnvironmentVariableIsSet("GLACIS_WRITE_GOLDEN")) {
        std::ofstream(path + ".picture") << now;
        QSKIP("written");
    }
    std::ifstream kept(path + ".picture");
    QVERIFY2(kept.is_open(), "no such picture: run with GLACIS_WRITE_GOLDEN=1 and look at it");
    std::istringstream lines(now);
    std::string is, was;
    for (int line = 1;; ++line) {
        const bool more = bool(std::getline(lines, is)), expected = bool(std::getline(kept, was));
        if (!more && !expected)
            break;
        if (more != expected || is != was)
            QFAIL(qPrintable(QStringLiteral("line %1\nis   %2\nwas  %3")
                                 .arg(line)
                                 .arg(more ? text(is) : QStringLiteral("(ended)"),
                                     expected ? text(was) : QStringLiteral("(ended)"))));
    }
}

GLACIS_TEST(LaneLayoutTest)
#include "lane_layout_test.moc"
