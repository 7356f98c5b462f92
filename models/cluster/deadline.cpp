// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "deadline.h"

#include <utility>

namespace glacis::cluster {

Deadline::Deadline(StopToken outer, std::chrono::milliseconds limit)
    : m_thread([this, outer = std::move(outer), limit] { watch(outer, limit); })
{
}

Deadline::~Deadline()
{
    {
        const std::lock_guard lock(m_mutex);
        m_done = true;
        m_changed.notify_all();
    }
    m_thread.join();
}

void Deadline::watch(const StopToken& outer, std::chrono::milliseconds limit)
{
    using Clock = std::chrono::steady_clock;
    const auto start = Clock::now();
    std::unique_lock lock(m_mutex);
    while (!m_changed.wait_for(lock, std::chrono::milliseconds(50), [this] { return m_done; })) {
        m_over = m_over || (limit.count() > 0 && Clock::now() - start >= limit);
        if (outer.stopRequested() || m_over)
            m_source.requestStop();
    }
}

} // namespace glacis::cluster
