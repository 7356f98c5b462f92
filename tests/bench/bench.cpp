// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Prints wall time, CPU time, peak memory and MB/s of each step on a generated cluster. Every row runs in a
// process of its own, so that its peak memory is its own. Nothing is asserted about time: compare rows of one
// machine.
//
//     bench [--pods N] [--runs N] [--folder DIR]
//     bench --write DIR [--pods N] [--ways N]   writes the cluster as JSON and DIR.facts.yaml, measures
//     nothing
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <string>
#include <vector>

#if !defined(_WIN32)
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#endif

#include <assessment/assessment.h>
#include <inventory/import.h>
#include <inventory/snapshot.h>
#include <report/writers.h>

#include "cluster_generator.h"

namespace {

using namespace glacis;
using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point begin)
{
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

inventory::InventoryPtr mustImport(const std::string& path)
{
    auto read = inventory::importPaths({ path }, {});
    if (!read) {
        std::fprintf(stderr, "%s\n", read.error().message.c_str());
        std::exit(2);
    }
    return *read;
}

inventory::InventoryPtr mustLoad(const std::string& file)
{
    auto read = inventory::readSnapshot(file);
    if (!read) {
        std::fprintf(stderr, "%s\n", read.error().message.c_str());
        std::exit(2);
    }
    return *read;
}

assessment::AssessmentPtr mustAssess(inventory::InventoryPtr inventory)
{
    auto catalogue = posture::Catalogue::load();
    if (!catalogue)
        std::exit(2);
    auto done = assessment::assess(std::move(inventory), std::make_shared<posture::Policy>(),
        std::make_shared<posture::Catalogue>(std::move(*catalogue)));
    if (!done)
        std::exit(2);
    return *done;
}

std::size_t print(const assessment::Assessment& assessment)
{
    return report::writeText(assessment, {}).size();
}

/// The steps, each a whole process. The number printed is a time measured inside, or 0 for the whole process.
const std::map<std::string, std::function<double(const std::string& folder)>>& steps()
{
    static const std::map<std::string, std::function<double(const std::string&)>> table {
        { "json-import", [](const std::string& d) { return mustImport(d + "/json") ? 0.0 : 0.0; } },
        { "json-scan",
            [](const std::string& d) { return print(*mustAssess(mustImport(d + "/json"))) ? 0.0 : 1.0; } },
        { "yaml-import", [](const std::string& d) { return mustImport(d + "/yaml") ? 0.0 : 0.0; } },
        { "yaml-scan",
            [](const std::string& d) { return print(*mustAssess(mustImport(d + "/yaml"))) ? 0.0 : 1.0; } },
        { "yaml-list-scan",
            [](const std::string& d) {
                return print(*mustAssess(mustImport(d + "/yaml-list"))) ? 0.0 : 1.0;
            } },
        { "snapshot-write",
            [](const std::string& d) {
                const auto inventory = mustImport(d + "/json");
                const auto begin = Clock::now();
                if (!inventory::writeSnapshot(*inventory, d + "/cluster.glacis"))
                    std::exit(2);
                return secondsSince(begin);
            } },
        { "snapshot-load", [](const std::string& d) { return mustLoad(d + "/cluster.glacis") ? 0.0 : 0.0; } },
        { "snapshot-scan",
            [](const std::string& d) {
                return print(*mustAssess(mustLoad(d + "/cluster.glacis"))) ? 0.0 : 1.0;
            } },
        { "assess",
            [](const std::string& d) {
                const auto inventory = mustLoad(d + "/cluster.glacis");
                mustAssess(inventory);
                const auto begin = Clock::now();
                mustAssess(inventory);
                return secondsSince(begin);
            } },
    };
    return table;
}

std::uint64_t folderBytes(const std::string& path)
{
    std::uint64_t bytes = 0;
    std::error_code error;
    if (std::filesystem::is_regular_file(path, error))
        return std::filesystem::file_size(path, error);
    for (const auto& entry : std::filesystem::directory_iterator(path, error))
        bytes += entry.file_size();
    return bytes;
}

struct Measured {
    double wall = 0, cpu = 0, inside = 0, peakMiB = 0;
    bool good = false;
};

#if !defined(_WIN32)
Measured runStep(const char* program, const std::string& step, const std::string& folder)
{
    int ends[2];
    if (::pipe(ends) != 0)
        return {};
    const auto begin = Clock::now();
    const pid_t child = ::fork();
    if (child == 0) {
        ::dup2(ends[1], STDOUT_FILENO);
        ::close(ends[0]);
        ::execl(program, program, "--step", step.c_str(), "--folder", folder.c_str(),
            static_cast<char*>(nullptr));
        ::_exit(127);
    }
    ::close(ends[1]);
    char text[64] {};
    const auto got = ::read(ends[0], text, sizeof text - 1);
    ::close(ends[0]);
    int status = 0;
    rusage use {};
    ::wait4(child, &status, 0, &use);
    Measured m;
    m.wall = secondsSince(begin);
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
    };
    m.cpu = seconds(use.ru_utime) + seconds(use.ru_stime);
#if defined(__APPLE__)
    m.peakMiB = static_cast<double>(use.ru_maxrss) / 1048576.0;
#else
    m.peakMiB = static_cast<double>(use.ru_maxrss) / 1024.0;
#endif
    m.inside = got > 0 ? std::atof(text) : 0;
    m.good = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    return m;
}
#else
Measured runStep(const char*, const std::string& step, const std::string& folder)
{
    Measured m;
    const auto begin = Clock::now();
    m.inside = steps().at(step)(folder);
    m.wall = secondsSince(begin);
    m.good = true;
    return m;
}
#endif

struct Row {
    const char* title;
    const char* step;
    const char* input; ///< for MB/s; empty: none
    double budgetSeconds; ///< for 5,000 pods on 2 cores; 0: none
    double budgetMiB;
};

bool printRow(const char* program, const Row& row, const std::string& folder, int runs, bool budgets)
{
    Measured best;
    best.wall = 1e9;
    best.inside = 1e9;
    for (int i = 0; i < runs; ++i) {
        const Measured m = runStep(program, row.step, folder);
        if (!m.good)
            return false;
        best.peakMiB = std::max(best.peakMiB, m.peakMiB);
        best.inside = std::min(best.inside, m.inside);
        if (m.wall < best.wall) {
            best.wall = m.wall;
            best.cpu = m.cpu;
        }
    }
    const double wall = best.inside > 0 ? best.inside : best.wall;
    std::printf("%-34s %8.3f s", row.title, wall);
    if (best.inside > 0)
        std::printf(" %10s %10s", "", "");
    else
        std::printf(" %8.3f s %6.0f MiB", best.cpu, best.peakMiB);
    if (*row.input)
        std::printf(" %7.0f MB/s", static_cast<double>(folderBytes(folder + row.input)) / 1e6 / wall);
    else
        std::printf(" %12s", "");
    if (budgets && row.budgetSeconds > 0) {
        std::printf("   budget %.2f s", row.budgetSeconds);
        if (row.budgetMiB > 0)
            std::printf(", %.0f MiB", row.budgetMiB);
        std::printf(" (%.0f %%)", 100 * wall / row.budgetSeconds);
    }
    std::printf("\n");
    std::fflush(stdout);
    return true;
}

} // namespace

int main(int argc, char** argv)
{
    int pods = 5000;
    int runs = 3;
    int ways = 0;
    std::string folder;
    std::string step;
    std::string write;
    for (int i = 1; i + 1 < argc; i += 2) {
        if (!std::strcmp(argv[i], "--pods"))
            pods = std::atoi(argv[i + 1]);
        else if (!std::strcmp(argv[i], "--runs"))
            runs = std::max(1, std::atoi(argv[i + 1]));
        else if (!std::strcmp(argv[i], "--folder"))
            folder = argv[i + 1];
        else if (!std::strcmp(argv[i], "--step"))
            step = argv[i + 1];
        else if (!std::strcmp(argv[i], "--write"))
            write = argv[i + 1];
        else if (!std::strcmp(argv[i], "--ways"))
            ways = std::atoi(argv[i + 1]);
    }
    if (!write.empty()) {
        const bench::Planted planted
            = bench::writeCluster({ .pods = pods, .ways = ways }, write, bench::Layout::JsonLists);
        std::ofstream facts(write + ".facts.yaml");
        facts << planted.facts;
        return facts.good() ? 0 : 1;
    }
    if (!step.empty()) {
        const auto found = steps().find(step);
        if (found == steps().end())
            return 2;
        std::printf("%.6f", found->second(folder));
        return 0;
    }
    const bool temporary = folder.empty();
    if (temporary)
        folder = (std::filesystem::temp_directory_path() / ("glacis-bench-" + std::to_string(pods))).string();
    using bench::Layout;
    bench::writeCluster({ .pods = pods }, folder + "/json", Layout::JsonLists);
    bench::writeCluster({ .pods = pods }, folder + "/yaml", Layout::YamlDocuments);
    bench::writeCluster({ .pods = pods }, folder + "/yaml-list", Layout::YamlList);
    std::printf("%d pods: JSON %.0f MiB, YAML %.0f MiB, best of %d runs, warm page cache\n\n", pods,
        static_cast<double>(folderBytes(folder + "/json")) / 1048576,
        static_cast<double>(folderBytes(folder + "/yaml")) / 1048576, runs);
    std::printf("%-34s %10s %10s %10s %12s\n", "step", "wall", "CPU", "peak", "input");
    const Row rows[] = {
        { "import JSON", "json-import", "/json", 0, 0 },
        { "JSON to printed findings", "json-scan", "/json", 0.5, 200 },
        { "import YAML", "yaml-import", "/yaml", 0, 0 },
        { "YAML documents to printed findings", "yaml-scan", "/yaml", 0.7, 200 },
        { "YAML list to printed findings", "yaml-list-scan", "/yaml-list", 0.7, 200 },
        { "snapshot write (alone)", "snapshot-write", "", 0, 0 },
        { "snapshot load", "snapshot-load", "/cluster.glacis", 0, 0 },
        { "snapshot to printed findings", "snapshot-scan", "/cluster.glacis", 0.15, 64 },
        { "assessment (alone)", "assess", "", 0.06, 0 },
    };
    bool good = true;
    for (const Row& row : rows)
        good = printRow(argv[0], row, folder, runs, pods == 5000) && good;
    std::printf("\nsnapshot file %.2f MiB%s\n",
        static_cast<double>(folderBytes(folder + "/cluster.glacis")) / 1048576,
        pods == 5000 ? "   budget 6 MiB" : "");
    if (temporary)
        std::filesystem::remove_all(folder);
    return good ? 0 : 1;
}
