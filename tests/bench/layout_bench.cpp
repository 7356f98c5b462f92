// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Prints what the layout of the attack path takes and how many crossings are left, on generated graphs of six
// lanes: edges to the next lane, or of any length with loops, ways back and labels. The best of several runs.
// Nothing is asserted about time: compare rows of one machine.
//
//     bench_layout [--nodes N] [--runs N]
//
// Without --nodes: 100, 500, 3,000 and 10,000. Budget: 500 nodes 5 ms, 3,000 nodes 50 ms, 10,000 nodes 400
// ms.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <thread>
#include <utility>
#include <vector>

#include <attack/layout/lane_layout.h>

#include "numbers.h"

namespace {

using namespace glacis;
using namespace glacis::layout;

enum class Shape { Neighbours, Any, Labelled };

LaneInput graph(int nodes, int edges, Shape shape)
{
    constexpr int lanes = 6;
    bench::Numbers numbers(static_cast<std::uint64_t>(nodes));
    LaneInput input { .lanes = lanes, .nodes = {}, .edges = {} };
    for (int i = 0; i < nodes; ++i)
        input.nodes.push_back({ .lane = static_cast<std::uint32_t>(numbers.below(lanes)) });
    while (static_cast<int>(input.edges.size()) < edges) {
        LaneEdge e { .from = static_cast<std::uint32_t>(numbers.below(nodes)),
            .to = static_cast<std::uint32_t>(numbers.below(nodes)) };
        const std::uint32_t from = input.nodes[e.from].lane, to = input.nodes[e.to].lane;
        if (shape == Shape::Neighbours ? to != from + 1 : from > to && numbers.below(4) != 0)
            continue;
        e.weight = numbers.below(100) == 0 ? 10 : 1;
        if (shape == Shape::Labelled && numbers.below(10) == 0) {
            e.labelWidth = 80;
            e.labelHeight = 16;
        }
        input.edges.push_back(e);
    }
    return input;
}

using Clock = std::chrono::steady_clock;

double since(Clock::time_point start)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

void row(int nodes, const char* name, Shape shape, int runs)
{
    const int edges = nodes == 500 ? 800 : nodes * 5 / 4;
    const LaneInput input = graph(nodes, edges, shape);
    double best = 1e9, cpu = 1e9;
    LaneLayout picture;
    for (int k = 0; k < runs; ++k) {
        const Clock::time_point start = Clock::now();
        const std::clock_t spent = std::clock();
        picture = layOut(input, { .width = 1100, .height = 720 });
        cpu = std::min(cpu, 1000.0 * static_cast<double>(std::clock() - spent) / CLOCKS_PER_SEC);
        best = std::min(best, since(start));
    }
    std::printf("%6d nodes %6d edges  %-22s %8.2f ms CPU %8.2f ms wall %9llu crossings   %.0f x %.0f\n",
        nodes, edges, name, cpu, best, static_cast<unsigned long long>(crossings(input, picture)),
        picture.bounds.width, picture.bounds.height);
}

/// The longest that a stop was not heard, asked at many moments.
void stopping(int nodes)
{
    const LaneInput input = graph(nodes, nodes * 5 / 4, Shape::Any);
    const Clock::time_point begin = Clock::now();
    static_cast<void>(layOut(input));
    const double whole = since(begin);
    double worst = 0;
    constexpr int moments = 12;
    for (int k = 0; k < moments; ++k) {
        StopSource source;
        double waited = 0;
        std::thread worker([&] { static_cast<void>(layOut(input, {}, source.token())); });
        std::this_thread::sleep_for(std::chrono::duration<double, std::milli>(whole * k / moments));
        const Clock::time_point asked = Clock::now();
        source.requestStop();
        worker.join();
        waited = since(asked);
        worst = std::max(worst, waited);
    }
    std::printf("%7d nodes: stops within %.1f ms\n", nodes, worst);
}

} // namespace

int main(int argc, char** argv)
{
    std::vector<int> sizes { 100, 500, 3000, 10000 };
    int runs = 5;
    for (int k = 1; k + 1 < argc; k += 2) {
        if (std::strcmp(argv[k], "--nodes") == 0)
            sizes = { std::max(1, static_cast<int>(std::strtol(argv[k + 1], nullptr, 10))) };
        else if (std::strcmp(argv[k], "--runs") == 0)
            runs = std::max(1, static_cast<int>(std::strtol(argv[k + 1], nullptr, 10)));
    }
    for (const int nodes : sizes)
        for (const auto& [name, shape] : { std::pair("to the next lane", Shape::Neighbours),
                 std::pair("of any length", Shape::Any), std::pair("every tenth labelled", Shape::Labelled) })
            row(nodes, name, shape, runs);
    stopping(sizes.back());
}
