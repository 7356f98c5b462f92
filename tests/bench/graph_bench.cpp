// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Prints CPU time and wall time of each step from an imported cluster to its ways and fixes. The cluster is
// generated, with planted ways; every size and every sort of policies is a row of its own table. Nothing is
// asserted about time: compare rows of one machine.
//
//     bench_graph [--pods N] [--ways N] [--runs N] [--policies some|none|two]
//
// Without --pods: 5,000 and 50,000. Budget after import, to graph, ways and choke points: 60 ms and 600 ms.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <access/access.h>
#include <attack/attack.h>
#include <attack/search.h>
#include <inventory/import.h>
#include <network/exposure.h>
#include <network/reachability.h>

#include "cluster_generator.h"

namespace {

using namespace glacis;

[[noreturn]] void fail(const std::string& message)
{
    std::fprintf(stderr, "%s\n", message.c_str());
    std::exit(2);
}

struct Times {
    double cpu = 1e9, wall = 1e9; ///< milliseconds
};

/// The best of several runs of one step, by its name, in the order of the first run.
class Steps {
public:
    template <class Work> auto run(const char* name, bool counts, Work work)
    {
        const Stopwatch stopwatch(row(name, counts)); // read when the result is made: some cannot be moved
        return work();
    }
    void print(int pods) const
    {
        Times sum { 0, 0 };
        for (const Row& row : m_rows) {
            std::printf("  %-28s %9.2f ms CPU %9.2f ms wall%s\n", row.name, row.times.cpu, row.times.wall,
                row.counts ? "" : "   (on demand)");
            sum.cpu += row.counts ? row.times.cpu : 0;
            sum.wall += row.counts ? row.times.wall : 0;
        }
        std::printf("  %-28s %9.2f ms CPU %9.2f ms wall", "to ways and choke points", sum.cpu, sum.wall);
        if (const double budget = pods == 5000 ? 60 : pods == 50000 ? 600 : 0; budget > 0)
            std::printf("   budget %.0f ms (%.0f %%)", budget, 100 * sum.cpu / budget);
        std::printf("\n");
    }

private:
    struct Row {
        const char* name;
        bool counts; ///< for the budget
        Times times;
    };
    class Stopwatch {
    public:
        explicit Stopwatch(Times& times)
            : m_times(times)
            , m_wall(std::chrono::steady_clock::now())
            , m_cpu(std::clock())
        {
        }
        ~Stopwatch()
        {
            const double cpu = 1000.0 * static_cast<double>(std::clock() - m_cpu) / CLOCKS_PER_SEC;
            const std::chrono::duration<double, std::milli> wall = std::chrono::steady_clock::now() - m_wall;
            m_times.cpu = std::min(m_times.cpu, cpu);
            m_times.wall = std::min(m_times.wall, wall.count());
        }
        Stopwatch(const Stopwatch&) = delete;
        Stopwatch& operator=(const Stopwatch&) = delete;

    private:
        Times& m_times;
        std::chrono::steady_clock::time_point m_wall;
        std::clock_t m_cpu;
    };
    Times& row(const char* name, bool counts)
    {
        const auto at = std::find_if(m_rows.begin(), m_rows.end(),
            [&](const Row& known) { return std::strcmp(known.name, name) == 0; });
        return (at == m_rows.end() ? m_rows.emplace_back(Row { name, counts, {} }) : *at).times;
    }
    std::vector<Row> m_rows;
};

std::pair<inventory::InventoryPtr, bench::Planted> generated(const bench::ClusterOptions& options)
{
    const auto folder = std::filesystem::temp_directory_path()
        / ("glacis-bench-graph-" + std::to_string(options.pods) + '-'
            + std::to_string(static_cast<int>(options.policies)));
    const std::string objects = (folder / "json").string();
    const std::string facts = (folder / "facts.yaml").string();
    bench::Planted planted = bench::writeCluster(options, objects, bench::Layout::JsonLists);
    inventory::ImportOptions import;
    import.scope = inventory::Scope::Cluster;
    if (!planted.facts.empty()) {
        std::ofstream(facts, std::ios::binary) << planted.facts;
        import.factsFiles = { facts };
    }
    auto read = inventory::importPaths({ objects }, import);
    std::filesystem::remove_all(folder);
    if (!read)
        fail(read.error().message);
    return { *read, std::move(planted) };
}

void checkPlanted(const bench::Planted& planted, const attack::Graph& graph, const attack::Search& search)
{
    std::set<std::pair<std::string, std::string>> certain;
    for (const attack::Way& way : search.ways())
        if (way.wayClass == attack::WayClass::Certain)
            certain.insert({ graph.nodes[way.firstStep].id, graph.nodes[way.jewel].id });
    for (const bench::PlantedWay& way : planted.ways)
        if (!certain.contains({ way.firstStep, way.jewel }))
            fail("planted, not found: " + way.firstStep + " to " + way.jewel);
}

const char* name(attack::SmallestSets::Proof proof)
{
    using Proof = attack::SmallestSets::Proof;
    return proof == Proof::Exact ? "exact" : proof == Proof::Greedy ? "greedy" : "none";
}

void measure(const bench::ClusterOptions& options, const attack::EdgeCatalogue& catalogue, int runs)
{
    const auto [inventory, planted] = generated(options);
    Steps steps;
    for (int i = 0; i < runs; ++i) {
        const bool last = i == runs - 1;
        const auto access = steps.run("access", true, [&] { return access::Access(*inventory); });
        const auto exposure = steps.run("exposure", true, [&] { return network::Exposure(*inventory); });
        const auto reachability
            = steps.run("reachability", true, [&] { return network::Reachability(*inventory, exposure); });
        const auto graph = steps.run("graph", true,
            [&] { return attack::buildGraph(*inventory, access, exposure, reachability, catalogue); });
        const auto search = steps.run(
            "search, all ways", true, [&] { return attack::Search(graph, graph.find("internet")); });
        const auto chokePoints = steps.run("choke points", true, [&] { return search.chokePoints(); });
        const auto effects = steps.run("effects of options", false, [&] { return search.effects(); });
        const auto sets
            = steps.run("smallest sets", false, [&] { return search.smallestSets(graph.jewels); });
        const auto breach = steps.run(
            "search from a breach", false, [&] { return attack::Search(graph, graph.find("breach")); });
        if (!last)
            continue;
        checkPlanted(planted, graph, search);
        steps.print(options.pods);
        std::printf(
            "  %zu nodes, %zu edges, %zu options, %.1f MiB; reachability %.1f MiB, %zu source and %zu "
            "target classes\n",
            graph.nodes.size(), graph.edges.size(), graph.options.size(),
            static_cast<double>(graph.memory()) / 1048576.0,
            static_cast<double>(reachability.memory()) / 1048576.0, reachability.sources().size(),
            reachability.targets().size());
        std::printf("  ways: %u certain, %u residual, %u possible (from a breach %zu); %zu choke points, %zu "
                    "options with effect; smallest set %zu of %u candidates (%s)\n\n",
            search.count(attack::WayClass::Certain), search.count(attack::WayClass::Residual),
            search.count(attack::WayClass::Possible), breach.ways().size(), chokePoints.size(),
            effects.size(), sets.sets.empty() ? std::size_t { 0 } : sets.sets.front().size(), sets.candidates,
            name(sets.proof));
        std::fflush(stdout);
    }
}

std::optional<bench::Policies> policiesNamed(const char* text)
{
    using bench::Policies;
    if (!std::strcmp(text, "some"))
        return Policies::EverySecond;
    if (!std::strcmp(text, "none"))
        return Policies::None;
    if (!std::strcmp(text, "two"))
        return Policies::TwoEach;
    return std::nullopt;
}

} // namespace

int main(int argc, char** argv)
{
    std::vector<int> sizes { 5000, 50000 };
    std::vector<bench::Policies> sorts { bench::Policies::EverySecond, bench::Policies::None,
        bench::Policies::TwoEach };
    int ways = 24;
    int runs = 5;
    for (int i = 1; i + 1 < argc; i += 2) {
        if (!std::strcmp(argv[i], "--pods"))
            sizes = { std::max(1, std::atoi(argv[i + 1])) };
        else if (!std::strcmp(argv[i], "--ways"))
            ways = std::max(0, std::atoi(argv[i + 1]));
        else if (!std::strcmp(argv[i], "--runs"))
            runs = std::max(1, std::atoi(argv[i + 1]));
        else if (const auto sort = policiesNamed(argv[i + 1]); sort && !std::strcmp(argv[i], "--policies"))
            sorts = { *sort };
        else
            fail(std::string("unknown option ") + argv[i]);
    }
    const auto catalogue = attack::EdgeCatalogue::load();
    if (!catalogue)
        fail(catalogue.error().message);
    for (const int pods : sizes)
        for (const bench::Policies policies : sorts) {
            const char* told = policies == bench::Policies::None ? "no NetworkPolicy"
                : policies == bench::Policies::TwoEach           ? "two NetworkPolicies in each namespace"
                                                       : "a NetworkPolicy in every second namespace";
            std::printf("%d pods, %d planted ways, %s, best of %d runs\n", pods, ways, told, runs);
            std::fflush(stdout);
            measure({ .pods = pods, .ways = ways, .policies = policies }, *catalogue, runs);
        }
    return 0;
}
