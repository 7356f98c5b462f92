// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "parallel.h"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <thread>
#include <vector>

namespace glacis {

unsigned defaultThreadCount()
{
    if (const char* wanted = std::getenv("GLACIS_THREADS")) {
        const int count = std::atoi(wanted);
        if (count > 0)
            return static_cast<unsigned>(std::min(count, 64));
    }
    return std::clamp(std::thread::hardware_concurrency(), 1U, 16U);
}

void parallelFor(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& work)
{
    if (threads == 0)
        threads = defaultThreadCount();
    threads = static_cast<unsigned>(std::min<std::size_t>(threads, count));
    if (threads <= 1) {
        for (std::size_t i = 0; i < count; ++i)
            work(i);
        return;
    }
    std::atomic<std::size_t> next { 0 };
    const auto run = [&] {
        for (std::size_t i = next++; i < count; i = next++)
            work(i);
    };
    std::vector<std::thread> others;
    others.reserve(threads - 1);
    for (unsigned t = 1; t < threads; ++t)
        others.emplace_back(run);
    run();
    for (auto& thread : others)
        thread.join();
}

} // namespace glacis
