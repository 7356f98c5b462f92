// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include <base/stop_token.h>

namespace glacis::cluster {

/// A token that trips when the caller's does or when the time is over, within 50 ms; has a thread of its own.
class Deadline {
public:
    /// limit 0: never over.
    Deadline(StopToken outer, std::chrono::milliseconds limit);
    ~Deadline();
    Deadline(const Deadline&) = delete;
    Deadline& operator=(const Deadline&) = delete;

    [[nodiscard]] StopToken token() const { return m_source.token(); }
    [[nodiscard]] bool isOver() const { return m_over; }

private:
    void watch(const StopToken& outer, std::chrono::milliseconds limit);
    StopSource m_source;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_done = false;
    std::atomic<bool> m_over { false };
    std::thread m_thread; // last: it uses the others
};

} // namespace glacis::cluster
