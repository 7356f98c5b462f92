// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One list from its first page to its last. A list that could not be read whole says so; it is never taken
// for a short one. Internal to the collector.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <string>

#include <base/stop_token.h>
#include <cluster/api_client.h>
#include <cluster/page_pool.h>

namespace glacis::cluster {

/// What to ask for.
struct ListTarget {
    std::string path; ///< "/apis/apps/v1/namespaces/shop/deployments"
    std::string apiVersion, listKind; ///< "apps/v1", "DeploymentList"
    std::string ns; ///< of the path; empty: all of them
    bool secrets = false; ///< as a Table without objects
};

struct ListOutcome {
    Failure failure = Failure::None;
    std::string message; ///< why it is not whole, one sentence
    std::string detail;
    bool inconsistent = false; ///< its pages are of different moments
};

/// With a server that went away: counted from its last answer to anybody, so that a server that stays away is
/// not waited for once more by every list. Any thread.
class Patience {
public:
    explicit Patience(std::chrono::milliseconds limit)
        : m_limit(limit)
    {
        answered();
    }
    void answered() { m_last = now(); }
    [[nodiscard]] bool lasts(std::chrono::milliseconds longer) const
    {
        return now() + longer - m_last.load() <= m_limit;
    }

private:
    static std::chrono::milliseconds now()
    {
        return std::chrono::duration_cast<std::chrono::milliseconds>(
            std::chrono::steady_clock::now().time_since_epoch());
    }
    std::chrono::milliseconds m_limit;
    std::atomic<std::chrono::milliseconds> m_last {};
};

struct ListContext {
    ApiClient& client;
    inventory::Gathering& gathering;
    PagePool& pool;
    Patience& patience;
    unsigned pageSize = 500;
    std::function<void()> pageArrived; ///< any thread
};

/// Blocking. Pages are decoded by the pool; all of them are when this returns.
[[nodiscard]] ListOutcome readList(
    const ListContext& context, const ListTarget& target, const StopToken& stop);

} // namespace glacis::cluster
