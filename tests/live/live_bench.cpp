// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How much does a scan over the network cost beyond the download itself? A generated cluster is put into a
// real API server; then the same lists are (a) fetched by a plain client on several connections, (b)
// collected and assessed by the product, (c) scanned by the program itself, whose peak memory is read.
// Figures are printed, nothing is asserted about time: compare rows of one machine, which the server shares.
//
//     live_bench [--pods N] [--runs N] [--connections N]        default: 5000, 12, 4
//     live_bench --serve                 a server to look at by hand, until standard input ends
//     live_bench --at KUBECONFIG         measures against one that is served already
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QCoreApplication>
#include <QTemporaryDir>

#include <assessment/assessment.h>

#include "generated_objects.h"
#include "object_loader.h"
#include "product.h"

namespace {

using namespace glacis;
using namespace glacis::live;
using Clock = std::chrono::steady_clock;

struct Options {
    int pods = 5000, runs = 12;
    unsigned connections = 4;
    bool serve = false; ///< measure nothing: print a kubeconfig and serve until standard input ends
    std::string at; ///< kubeconfig of a served cluster; empty: start and load one
};

[[noreturn]] void fail(const std::string& message)
{
    std::fprintf(stderr, "live_bench: %s\n", message.c_str());
    std::exit(2);
}

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Of all our threads so far, user and system, in seconds.
double cpuTime()
{
    rusage used {};
    ::getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

std::string continuation(const std::string& body)
{
    const std::string key = R"("continue":")"; // in the metadata at the beginning
    const std::size_t at = body.find(key);
    if (at > 1000) // none, or of an object's text
        return {};
    const std::size_t begin = at + key.size();
    return body.substr(begin, body.find('"', begin) - begin);
}

std::uint64_t fetchList(AdminClient& client, const std::string& list)
{
    std::vector<std::string> headers;
    std::string target = list + "?limit=500";
    if (list.ends_with("/secrets")) {
        headers.emplace_back("Accept: application/json;as=Table;v=v1;g=meta.k8s.io");
        target += "&includeObject=None";
    }
    std::uint64_t bytes = 0;
    std::string next;
    do {
        const Answer page = client.get(next.empty() ? target : target + "&continue=" + next, headers);
        if (!page.ok())
            fail(list + ": " + page.what());
        bytes += page.body.size();
        next = continuation(page.body);
    } while (!next.empty());
    return bytes;
}

std::uint64_t download(const AdminAccess& access, const std::vector<std::string>& lists, unsigned connections)
{
    std::atomic<std::size_t> next { 0 };
    std::atomic<std::uint64_t> bytes { 0 };
    std::vector<std::thread> threads;
    for (unsigned i = 0; i < connections; ++i) {
        threads.emplace_back([&] {
            AdminClient client(access);
            for (std::size_t n = next++; n < lists.size(); n = next++)
                bytes += fetchList(client, lists[n]);
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    return bytes;
}

struct Scan {
    double collect = 0, assess = 0, cpu = 0; ///< seconds; cpu of all our threads
    std::size_t objects = 0;
    std::uint64_t requests = 0, bytes = 0;
    std::vector<std::string> lists; ///< paths that it read, the longest first
    [[nodiscard]] double total() const { return collect + assess; }
};

Scan scan(const cluster::ContextTarget& target, unsigned connections)
{
    Scan out;
    const auto start = Clock::now();
    const double cpu = cpuTime();
    cluster::Transport transport;
    const auto client = cluster::openClient(transport, target, approving());
    if (!client)
        fail(client.error().message);
    cluster::CollectOptions options;
    options.context = target;
    options.lists = connections;
    const auto inventory = cluster::collect(**client, options, {});
    if (!inventory)
        fail(inventory.error().message);
    out.collect = secondsSince(start);
    const auto middle = Clock::now();
    auto catalogue = posture::Catalogue::load();
    const auto assessment = assessment::assess(*inventory, std::make_shared<const posture::Policy>(),
        std::make_shared<const posture::Catalogue>(std::move(*catalogue)));
    if (!assessment)
        fail(assessment.error().message);
    out.assess = secondsSince(middle);
    out.cpu = cpuTime() - cpu;
    out.objects = (*inventory)->objects.size();
    for (const Str path : (*inventory)->files)
        out.lists.push_back(path.str());
    std::stable_partition(
        out.lists.begin(), out.lists.end(), [](const std::string& path) { return path.ends_with("/pods"); });
    out.requests = (*client)->figures().requests;
    out.bytes = (*client)->figures().bytesReceived;
    return out;
}

/// MB of a process that runs our program by now; 0 where the system does not tell.
double peakMemory(pid_t process)
{
    const std::string folder = "/proc/" + std::to_string(process);
    std::error_code error;
    if (std::filesystem::read_symlink(folder + "/exe", error).filename() != "glacis")
        return 0;
    std::ifstream file(folder + "/status");
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("VmHWM:"))
            return std::stod(line.substr(6)) / 1e3; // KiB
    }
    return 0;
}

/// The program as a person runs it; its output goes to a file.
void runProgram(const std::string& kubeconfig, const std::string& output)
{
    const std::vector<std::string> line { GLACIS_PROGRAM, "scan", "--kubeconfig", kubeconfig, "--context",
        "live", "--format", "json", "-o", output };
    std::vector<char*> argv;
    argv.reserve(line.size() + 1);
    for (const std::string& word : line)
        argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    const auto start = Clock::now();
    const pid_t child = ::fork();
    if (child == 0) {
        ::execv(argv.front(), argv.data());
        ::_exit(127);
    }
    if (child < 0)
        fail("the program could not be started");
    // Not from wait4(): what it tells of a child's memory includes ours, from which it was forked.
    int status = 0;
    double peak = 0; // MB
    pid_t ended = 0;
    while ((ended = ::waitpid(child, &status, WNOHANG)) == 0) {
        peak = std::max(peak, peakMemory(child));
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    const double seconds = secondsSince(start);
    if (ended != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
        fail("the program ended with status " + std::to_string(status));
    std::printf("  glacis scan, own process      %8.2f s   peak memory %.0f MB\n", seconds, peak);
}

Options optionsOf(int argc, char** argv)
{
    Options out;
    for (int i = 1; i < argc; ++i) {
        const std::string name = argv[i];
        if (name == "--serve") {
            out.serve = true;
            continue;
        }
        if (name == "--at" && i + 1 < argc) {
            out.at = argv[++i];
            continue;
        }
        const int value = i + 1 < argc ? static_cast<int>(std::strtol(argv[i + 1], nullptr, 10)) : 0;
        if (value < 1 || (name != "--pods" && name != "--runs" && name != "--connections"))
            fail("usage: live_bench [--pods N] [--runs N] [--connections N] [--serve] [--at FILE]");
        if (name == "--pods")
            out.pods = value;
        else if (name == "--runs")
            out.runs = value;
        else
            out.connections = static_cast<unsigned>(value);
        ++i;
    }
    return out;
}

struct Times { ///< of one thing that was done several times, in seconds
    std::vector<double> wall, cpu;
    [[nodiscard]] double median() const { return middle(wall); }
    [[nodiscard]] double mean() const
    {
        return std::accumulate(wall.begin(), wall.end(), 0.0) / static_cast<double>(wall.size());
    }
    [[nodiscard]] double least() const { return *std::min_element(wall.begin(), wall.end()); }
    [[nodiscard]] double medianCpu() const { return middle(cpu); }

private:
    static double middle(std::vector<double> values)
    {
        std::sort(values.begin(), values.end());
        const std::size_t half = values.size() / 2;
        return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    }
};

/// Blocks of several downloads, then of as many scans, so that both meet the same machine. Not one by one:
/// the server's garbage collector would clear away during one what it made for the other. The first of a
/// block, which pays for the block before, is not counted.
void measure(const cluster::ContextTarget& target, const AdminAccess& access, const Options& options)
{
    constexpr int block = 4;
    Times plain, collect, whole;
    std::uint64_t bytes = 0;
    Scan last = scan(target, options.connections); // tells which lists there are
    for (int left = options.runs; left > 0; left -= block) {
        const int counted = std::min(left, block);
        for (int run = 0; run <= counted; ++run) {
            const auto start = Clock::now();
            const double before = cpuTime();
            bytes = download(access, last.lists, options.connections);
            if (run == 0)
                continue;
            plain.wall.push_back(secondsSince(start));
            plain.cpu.push_back(cpuTime() - before);
        }
        for (int run = 0; run <= counted; ++run) {
            last = scan(target, options.connections);
            if (run == 0)
                continue;
            collect.wall.push_back(last.collect);
            whole.wall.push_back(last.total());
            whole.cpu.push_back(last.cpu);
        }
    }
    const auto row = [](const char* name, const Times& times) {
        std::printf("  %-30s%8.2f%8.2f%8.2f s", name, times.median(), times.mean(), times.least());
    };
    std::printf(
        "%d runs, %u connections               median    mean   least\n", options.runs, options.connections);
    row("download alone", plain);
    std::printf("   %.1f MB of %zu lists, processor %.2f s\n", static_cast<double>(bytes) / 1e6,
        last.lists.size(), plain.medianCpu());
    row("connect and collect", collect);
    std::printf("   %.1f MB on the wire, %llu requests, %zu objects\n", static_cast<double>(last.bytes) / 1e6,
        static_cast<unsigned long long>(last.requests), last.objects);
    row("collect and assess", whole);
    std::printf("   processor %.2f s\n", whole.medianCpu());
    std::printf("  %-30s%8.2f%8.2f%8.2f\n", "collect and assess / download", whole.median() / plain.median(),
        whole.mean() / plain.mean(), whole.least() / plain.least());
    std::fflush(stdout);
}

/// A cluster that another run serves.
void measureAt(const Options& options)
{
    std::ifstream file(options.at, std::ios::binary);
    const std::string text { std::istreambuf_iterator<char>(file), {} };
    const auto target = cluster::resolveContext(cluster::readKubeconfig(text, options.at), "");
    if (!target)
        fail(target.error().message);
    measure(*target,
        { .url = target->cluster.server,
            .caPem = target->cluster.certificateAuthorityData.value_or(""),
            .token = std::string(target->user.token.reveal()) },
        options);
    const QTemporaryDir folder;
    runProgram(options.at, folder.filePath(QStringLiteral("findings.json")).toStdString());
}

void serveAndMeasure(const LiveControlPlane& plane, const Options& options)
{
    std::vector<QJsonObject> objects = generatedObjects(options.pods);
    const auto loading = Clock::now();
    const LoadResult loaded = load(plane.admin(), objects, 12);
    std::printf("%d pods: %zu objects loaded in %.1f s, %zu refused\n", options.pods, objects.size(),
        secondsSince(loading), loaded.refused.size());
    for (std::size_t i = 0; i < std::min<std::size_t>(loaded.refused.size(), 5); ++i)
        std::printf("  refused: %s\n", loaded.refused[i].c_str());
    objects = {};

    const Scanner scanner = applyScannerRole(plane, { "configmaps", "secret-metadata" });
    const KubeconfigWish wish { .user = tokenUser(scanner.token) };
    const auto target = kubeconfig(plane, wish);
    if (!target)
        fail(target.error().message);
    const std::string config = plane.folder() + "/kubeconfig";
    std::ofstream(config, std::ios::binary) << kubeconfigText(plane, wish);
    if (options.serve) {
        std::printf("%s\n", config.c_str());
        std::fflush(stdout);
        while (std::getchar() != EOF) { }
        return;
    }
    measure(*target, plane.withToken(scanner.token), options);
    runProgram(config, plane.folder() + "/findings.json");
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication app(argc, argv);
    const Options options = optionsOf(argc, argv);
    if (const std::string why = LiveControlPlane::whyNot(); !why.empty()) {
        std::printf("%s\n", why.c_str());
        return 0;
    }
    if (!options.at.empty()) {
        measureAt(options);
        return 0;
    }
    const auto plane = LiveControlPlane::start({});
    if (!plane)
        fail(plane.error().message);
    serveAndMeasure(**plane, options);
    return 0;
}
