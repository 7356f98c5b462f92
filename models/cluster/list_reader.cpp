// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Pages follow each other by the server's continue token, which lives about five minutes. What may go wrong,
// and what is done (after client-go's pager, except that a list is never asked for without pages):
//
//     410 on a later page     once: from the start again; then the rest as it is now, marked as of another
//     moment page above the cap      smaller pages: 500, 50, 5, 1 damaged page            once: from the
//     start again connection refused      waits a while (20 s) for the server to come back, asks for the same
//     page the same token twice    refused: the list would never end
#include "list_reader.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <unordered_set>

#include <base/text.h>
#include <cluster/json_text.h>
#include <inventory/reader.h>

namespace glacis::cluster {
namespace {

    using inventory::ListHead;

    constexpr std::uint32_t mostPages = 100'000;
    constexpr std::uint32_t mostEmptyPages = 100; // one after the other
    constexpr std::uint64_t mostExpected = 16U << 20;
    constexpr std::size_t longestToken = 64U << 10;
    constexpr std::chrono::milliseconds firstPause { 500 };
    constexpr std::chrono::milliseconds longestPause { 4'000 };

    bool isOutage(Failure failure)
    {
        return failure == Failure::ConnectionRefused || failure == Failure::ConnectionLost
            || failure == Failure::Unreachable || failure == Failure::ConnectTimeout
            || failure == Failure::Timeout;
    }

    /// What the decoding threads tell of a list's pages.
    class Decoding {
    public:
        void begin()
        {
            const std::lock_guard lock(m_mutex);
            ++m_open;
        }
        void end(const std::string& fault, ListHead head, std::uint32_t objects)
        {
            const std::lock_guard lock(m_mutex);
            if (m_fault.empty())
                m_fault = fault;
            m_head = std::move(head);
            m_objects = objects;
            --m_open;
            m_done.notify_all();
        }
        /// Waits for all pages that were begun; what the last one said of the list.
        ListHead wait()
        {
            std::unique_lock lock(m_mutex);
            m_done.wait(lock, [&] { return m_open == 0; });
            return m_head;
        }
        [[nodiscard]] std::string fault() const
        {
            const std::lock_guard lock(m_mutex);
            return m_fault;
        }
        [[nodiscard]] std::uint32_t objectsOfLast() const
        {
            const std::lock_guard lock(m_mutex);
            return m_objects;
        }
        void reset()
        {
            wait();
            m_fault.clear();
        }

    private:
        mutable std::mutex m_mutex;
        std::condition_variable m_done;
        std::uint32_t m_open = 0, m_objects = 0;
        std::string m_fault;
        ListHead m_head;
    };

    /// The token that a 410 may carry for the rest of the list as it is now.
    std::string tokenOfStatus(std::string_view body)
    {
        const JsonText text(body, { .maxDepth = 32, .maxNodes = 10'000 });
        return std::string(text.root()["metadata"]["continue"].text());
    }

    class ListReader {
    public:
        ListReader(const ListContext& context, const ListTarget& target, const StopToken& stop)
            : m_context(context)
            , m_target(target)
            , m_stop(stop)
            , m_pageSize(context.pageSize)
        {
        }

        ListOutcome run()
        {
            do {
                while (nextPage()) { }
                m_decoding.wait();
            } while (m_outcome.failure == Failure::None && !m_decoding.fault().empty() && again());
            if (m_outcome.failure == Failure::NotFound || m_outcome.failure == Failure::Forbidden)
                m_context.gathering.forget(m_target.path);
            return std::move(m_outcome);
        }

    private:
        /// False when the list has ended, one way or another.
        bool nextPage()
        {
            Reply reply = ask();
            if (m_outcome.failure != Failure::None)
                return false;
            if (reply.failure == Failure::Expired && m_number > 0)
                return expired(reply);
            if (reply.failure == Failure::TooLarge && m_pageSize > 1) {
                m_pageSize = std::max(m_pageSize / 10, 1U);
                return true;
            }
            if (reply.failure != Failure::None) {
                m_outcome.failure = reply.failure;
                m_outcome.message = std::move(reply.message);
                m_outcome.detail = std::move(reply.detail);
                return false;
            }
            m_expected = std::min<std::uint64_t>(
                reply.body.size() + reply.body.size() / 8, mostExpected); // pages are alike
            const auto early = m_target.secrets ? std::nullopt : inventory::headOfList(reply.body);
            decode(std::move(reply.body));
            m_context.pageArrived();
            const ListHead head = early ? *early : m_decoding.wait();
            if (!m_decoding.fault().empty())
                return again();
            return follow(head);
        }

        Reply ask()
        {
            std::vector<std::pair<std::string, std::string>> query { { "limit",
                std::to_string(m_pageSize) } };
            if (!m_token.empty())
                query.emplace_back("continue", m_token);
            if (m_target.secrets)
                query.emplace_back("includeObject", "None");
            // Names of Secrets are many small answers: they share a connection.
            const Request request = m_target.secrets ? Request::get(m_target.path, query, Accept::Table)
                                                     : Request::get(m_target.path, query).large();
            for (auto pause = firstPause;; pause = std::min(2 * pause, longestPause)) {
                Reply reply = m_context.client.call(request, m_stop, 0, m_expected);
                if (reply.status != 0)
                    m_context.patience.answered();
                if (!isOutage(reply.failure) || !m_context.patience.lasts(pause))
                    return reply;
                if (!sleep(pause)) {
                    fail(Failure::Cancelled, "cancelled");
                    return reply;
                }
            }
        }

        [[nodiscard]] bool sleep(std::chrono::milliseconds time) const
        {
            const auto until = std::chrono::steady_clock::now() + time;
            while (std::chrono::steady_clock::now() < until) {
                if (m_stop.stopRequested())
                    return false;
                std::this_thread::sleep_for(std::chrono::milliseconds(20));
            }
            return true;
        }

        void decode(std::string body)
        {
            m_decoding.begin();
            m_context.pool.add(
                [this, text = std::move(body), place = inventory::PagePlace { m_target.path, m_number }](
                    inventory::Gathering::Worker& worker) mutable {
                    const std::size_t size = text.size();
                    text.resize(size + inventory::DocumentReader::jsonPadding);
                    const std::string_view view = std::string_view(text).substr(0, size);
                    if (m_target.secrets) {
                        auto table = worker.readSecrets(place, view, m_target.ns);
                        m_decoding.end(table.fault, std::move(table.head),
                            static_cast<std::uint32_t>(table.rows.size()));
                    } else {
                        auto page = worker.read(place, view, m_target.apiVersion, m_target.listKind);
                        m_decoding.end(page.fault, std::move(page.head), page.objects);
                    }
                });
        }

        bool follow(const ListHead& head)
        {
            if (head.continueToken.empty())
                return false;
            if (head.continueToken.size() > longestToken)
                return fail(Failure::Malformed, "the server's continue token is longer than 64 KiB");
            if (!m_tokens.insert(std::hash<std::string> {}(head.continueToken)).second)
                return fail(Failure::Malformed,
                    "the server gave the same continue token twice: the list would never end");
            m_empty = m_decoding.objectsOfLast() > 0 ? 0 : m_empty + 1;
            if (++m_number >= mostPages || m_empty > mostEmptyPages)
                return fail(Failure::Malformed,
                    "the list has more pages than any cluster: it was ended after "
                        + std::to_string(m_number));
            m_token = head.continueToken;
            return true;
        }

        /// The version that the list began with is gone.
        bool expired(const Reply& reply)
        {
            if (!m_restarted) {
                restart();
                return true;
            }
            const std::string rest = tokenOfStatus(reply.body);
            if (rest.empty() || !m_tokens.insert(std::hash<std::string> {}(rest)).second)
                return fail(Failure::Expired,
                    "the list expired on its way (410) twice, after " + std::to_string(m_number) + " pages");
            m_outcome.inconsistent = true;
            m_token = rest;
            return true;
        }

        /// A page was damaged.
        bool again()
        {
            const std::string fault = m_decoding.fault();
            if (m_restarted || m_target.secrets)
                return fail(Failure::Malformed, fault);
            restart();
            return true;
        }

        void restart()
        {
            m_restarted = true;
            m_decoding.reset();
            m_context.gathering.forget(m_target.path);
            m_token.clear();
            m_tokens.clear();
            m_number = 0;
        }

        bool fail(Failure failure, std::string message)
        {
            m_outcome.failure = failure;
            m_outcome.message = std::move(message);
            return false;
        }

        const ListContext& m_context;
        const ListTarget& m_target;
        const StopToken& m_stop;
        unsigned m_pageSize;
        std::uint64_t m_expected = 0;
        Decoding m_decoding;
        ListOutcome m_outcome;
        std::string m_token;
        std::unordered_set<std::size_t> m_tokens;
        std::uint32_t m_number = 0, m_empty = 0;
        bool m_restarted = false;
    };

} // namespace

ListOutcome readList(const ListContext& context, const ListTarget& target, const StopToken& stop)
{
    return ListReader(context, target, stop).run();
}

} // namespace glacis::cluster
