// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Decodes pages on threads of its own while the threads that fetch wait for the next ones. Bounded: a fetcher
// that is faster than the decoders waits, so that memory stays at a few pages. Internal to the collector.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include <inventory/gathering.h>

namespace glacis::cluster {

class PagePool {
public:
    using Job = std::function<void(inventory::Gathering::Worker&)>;

    PagePool(inventory::Gathering& gathering, unsigned threads);
    ~PagePool(); ///< does what was added, then ends
    PagePool(const PagePool&) = delete;
    PagePool& operator=(const PagePool&) = delete;

    void add(Job job); ///< waits while the pool is full; any thread

private:
    void work(inventory::Gathering& gathering);
    std::mutex m_mutex;
    std::condition_variable m_work, m_space;
    std::deque<Job> m_jobs;
    std::size_t m_capacity;
    bool m_closed = false;
    std::vector<std::thread> m_threads;
};

} // namespace glacis::cluster
