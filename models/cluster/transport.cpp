// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The engine: one thread, one libcurl multi handle with its pool of connections. libcurl takes a pooled
// connection only for a request with the same authority, proxy, roots and client certificate.
#include "transport.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#ifndef _WIN32
#include <csignal>
#endif

#include <curl/curl.h>

#include "proxy.h"
#include "transfer.h"
#include "url.h"

namespace glacis::cluster {
namespace {
    constexpr int busyWait = 50, idleWait = 10'000; // milliseconds; stop tokens are looked at in between
    constexpr long pooledConnections = 32;
    /// An API server writes a long answer in small pieces: several are taken at once, which saves an eighth
    /// of a scan's processor time (live_bench). Not on Windows, whose sleeps last a tick of its clock, up to
    /// 16 ms.
    void gatherPieces()
    {
#ifndef _WIN32
        std::this_thread::sleep_for(std::chrono::microseconds(500));
#endif
    }

    void initialiseLibcurl()
    {
        static const CURLcode once = curl_global_init(CURL_GLOBAL_DEFAULT);
        (void)once;
    }

    /// With CURLOPT_NOSIGNAL libcurl leaves this to us: a write to a closed connection is an error, not the
    /// end of the process.
    void blockBrokenPipeSignal()
    {
#ifndef _WIN32
        sigset_t signals;
        sigemptyset(&signals);
        sigaddset(&signals, SIGPIPE);
        pthread_sigmask(SIG_BLOCK, &signals, nullptr);
#endif
    }

    std::int64_t secondsNow()
    {
        return std::chrono::duration_cast<std::chrono::seconds>(
            std::chrono::system_clock::now().time_since_epoch())
            .count();
    }

    struct FreeMulti {
        void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
    };
}

struct Transport::Engine {
    using TransferPtr = std::shared_ptr<Transfer>;

    std::unique_ptr<CURLM, FreeMulti> multi;
    std::map<CURL*, TransferPtr> active; ///< the thread's own

    mutable std::mutex mutex;
    std::condition_variable left;
    std::vector<TransferPtr> queue;
    bool stopping = false;
    unsigned callers = 0; ///< inside send()
    std::map<std::pair<std::string, bool>, Contact> contacts;

    std::thread thread;

    void run();
    void takeQueue();
    [[nodiscard]] bool receivesLong() const;
    void readMessages();
    void endOverdue();
    void end(CURL* easy, CURLcode code);
    void cancelAll();
    [[nodiscard]] bool isStopping() const
    {
        const std::lock_guard lock(mutex);
        return stopping;
    }
    /// Of the server and, when there is one, the proxy.
    template <class Change> void noteContacts(const Endpoint& endpoint, Change change);
};

template <class Change> void Transport::Engine::noteContacts(const Endpoint& endpoint, Change change)
{
    const std::lock_guard lock(mutex);
    const auto note = [&](const std::string& authority, bool proxy) {
        Contact& contact = contacts[{ authority, proxy }];
        contact.authority = authority;
        contact.proxy = proxy;
        contact.last = secondsNow();
        if (contact.first == 0)
            contact.first = contact.last;
        change(contact);
    };
    note(endpoint.authority(), false);
    if (const auto proxy = parseUrl(endpoint.proxy))
        note(proxy->host + ":" + std::to_string(proxy->port), true);
}

void Transport::Engine::run()
{
    blockBrokenPipeSignal();
    while (!isStopping()) {
        takeQueue();
        int running = 0;
        curl_multi_perform(multi.get(), &running);
        readMessages();
        endOverdue();
        int ready = 0;
        curl_multi_poll(multi.get(), nullptr, 0, active.empty() ? idleWait : busyWait, &ready);
        if (ready > 0 && receivesLong())
            gatherPieces();
    }
    cancelAll();
}

bool Transport::Engine::receivesLong() const
{
    return std::any_of(
        active.begin(), active.end(), [](const auto& entry) { return entry.second->isLong(); });
}

void Transport::Engine::takeQueue()
{
    std::vector<TransferPtr> fresh;
    {
        const std::lock_guard lock(mutex);
        fresh.swap(queue);
    }
    for (TransferPtr& transfer : fresh) {
        CURL* easy = transfer->handle();
        transfer->started();
        active.emplace(easy, std::move(transfer));
        if (curl_multi_add_handle(multi.get(), easy) != CURLM_OK)
            end(easy, CURLE_FAILED_INIT);
    }
}

void Transport::Engine::readMessages()
{
    int more = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi.get(), &more)) {
        if (message->msg == CURLMSG_DONE)
            end(message->easy_handle, message->data.result);
    }
}

void Transport::Engine::endOverdue()
{
    const auto now = Transfer::Clock::now();
    std::vector<CURL*> overdue;
    for (const auto& [easy, transfer] : active) {
        if (transfer->overdue(now))
            overdue.push_back(easy);
    }
    for (CURL* easy : overdue)
        end(easy, CURLE_ABORTED_BY_CALLBACK);
}

void Transport::Engine::end(CURL* easy, CURLcode code)
{
    const auto found = active.find(easy);
    if (found == active.end())
        return;
    const TransferPtr transfer = std::move(found->second);
    active.erase(found);
    curl_multi_remove_handle(multi.get(), easy);
    transfer->ended(code);
    noteContacts(
        transfer->endpoint(), [&](Contact& contact) { contact.bytesReceived += transfer->wireBytes(); });
}

void Transport::Engine::cancelAll()
{
    takeQueue();
    while (!active.empty()) {
        active.begin()->second->cancel();
        end(active.begin()->first, CURLE_ABORTED_BY_CALLBACK);
    }
}

Transport::Transport()
    : m_engine(std::make_unique<Engine>())
{
    initialiseLibcurl();
    Engine& engine = *m_engine;
    engine.multi.reset(curl_multi_init());
    curl_multi_setopt(engine.multi.get(), CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_MULTIPLEX));
    curl_multi_setopt(engine.multi.get(), CURLMOPT_MAXCONNECTS, pooledConnections);
    engine.thread = std::thread([&engine] { engine.run(); });
}

Transport::~Transport()
{
    Engine& engine = *m_engine;
    {
        const std::lock_guard lock(engine.mutex);
        engine.stopping = true;
    }
    curl_multi_wakeup(engine.multi.get());
    engine.thread.join();
    std::unique_lock lock(engine.mutex);
    engine.left.wait(lock, [&] { return engine.callers == 0; });
}

Reply Transport::send(const Endpoint& endpoint, const Request& request, const Credential* credential,
    const Limits& limits, const StopToken& stop)
{
    Engine& engine = *m_engine;
    const auto transfer = std::make_shared<Transfer>(endpoint, request, credential, limits, stop);
    if (auto refused = transfer->prepare())
        return std::move(*refused);
    bool taken = false;
    if (!stop.stopRequested()) {
        const std::lock_guard lock(engine.mutex);
        if (!engine.stopping) {
            engine.queue.push_back(transfer);
            ++engine.callers;
            taken = true;
        }
    }
    if (!taken) {
        Reply reply;
        reply.failure = Failure::Cancelled;
        reply.message = "cancelled";
        return reply;
    }
    engine.noteContacts(endpoint, [](Contact& contact) { ++contact.requests; });
    curl_multi_wakeup(engine.multi.get());
    Reply reply = transfer->await();
    // Under the lock to the end: the destructor may be waiting for exactly this.
    const std::lock_guard lock(engine.mutex);
    if (--engine.callers == 0)
        engine.left.notify_all();
    return reply;
}

std::vector<Contact> Transport::contacts() const
{
    const std::lock_guard lock(m_engine->mutex);
    std::vector<Contact> result;
    for (const auto& [key, contact] : m_engine->contacts)
        result.push_back(contact);
    return result;
}

} // namespace glacis::cluster
