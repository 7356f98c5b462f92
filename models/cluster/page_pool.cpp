// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "page_pool.h"

namespace glacis::cluster {

PagePool::PagePool(inventory::Gathering& gathering, unsigned threads)
    : m_capacity(threads + 3) // a fetcher each may hand over its page and ask for the next
{
    for (unsigned i = 0; i < threads; ++i)
        m_threads.emplace_back([this, &gathering] { work(gathering); });
}

PagePool::~PagePool()
{
    {
        const std::lock_guard lock(m_mutex);
        m_closed = true;
        m_work.notify_all();
    }
    for (std::thread& thread : m_threads)
        thread.join();
}

void PagePool::add(Job job)
{
    std::unique_lock lock(m_mutex);
    m_space.wait(lock, [&] { return m_jobs.size() < m_capacity; });
    m_jobs.push_back(std::move(job));
    m_work.notify_one();
}

void PagePool::work(inventory::Gathering& gathering)
{
    inventory::Gathering::Worker worker(gathering);
    for (;;) {
        Job job;
        {
            std::unique_lock lock(m_mutex);
            m_work.wait(lock, [&] { return !m_jobs.empty() || m_closed; });
            if (m_jobs.empty())
                return;
            job = std::move(m_jobs.front());
            m_jobs.pop_front();
            m_space.notify_one();
        }
        job(worker);
    }
}

} // namespace glacis::cluster
