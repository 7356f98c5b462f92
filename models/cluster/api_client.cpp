// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api_client.h"

#include <algorithm>
#include <thread>

namespace glacis::cluster {
namespace {
    using namespace std::chrono_literals;
    constexpr std::chrono::milliseconds shortestWait = 100ms; ///< also for "Retry-After: 0"
    constexpr std::chrono::milliseconds afterBrokenConnection[] = { 200ms, 800ms };
    constexpr std::chrono::milliseconds nap = 20ms; ///< between looks at the stop token
    constexpr std::size_t maxWarnings = 500;

    std::string seconds(std::chrono::milliseconds time)
    {
        return std::to_string((time.count() + 999) / 1000) + " s";
    }

    Reply cancelled()
    {
        Reply reply;
        reply.failure = Failure::Cancelled;
        reply.message = "cancelled";
        return reply;
    }

    bool mayComeLater(const Reply& reply)
    {
        return reply.retryAfter && (reply.status == 429 || reply.status >= 500);
    }
}

struct ApiClient::Waits {
    unsigned asked = 0; ///< that the server asked for
    std::chrono::milliseconds inAll {}; ///< of those
    std::size_t broken = 0; ///< connections
};

ApiClient::ApiClient(Transport& transport, Endpoint endpoint, std::shared_ptr<CredentialProvider> credentials,
    ApiClientOptions options)
    : m_transport(transport)
    , m_endpoint(std::move(endpoint))
    , m_credentials(std::move(credentials))
    , m_options(std::move(options))
{
}

Reply ApiClient::call(
    const Request& request, const StopToken& stop, std::uint64_t maxBytes, std::uint64_t expectedBytes)
{
    Limits limits = limitsOf(maxBytes);
    limits.expectedBytes = expectedBytes;
    Waits waits;
    for (;;) {
        Reply reply = sendOnce(request, limits, stop);
        if (!worthAnotherTry(reply, waits, stop))
            return reply;
        ++m_retries;
    }
}

Reply ApiClient::tryOnce(const Request& request, const StopToken& stop, std::uint64_t maxBytes)
{
    return sendOnce(request, limitsOf(maxBytes), stop, 1);
}

Limits ApiClient::limitsOf(std::uint64_t maxBytes) const
{
    Limits limits = m_options.limits;
    if (maxBytes != 0)
        limits.maxBytes = maxBytes;
    return limits;
}

/// Once, or twice when the first credential was refused and there is another.
Reply ApiClient::sendOnce(const Request& request, const Limits& limits, const StopToken& stop, int attempts)
{
    Reply reply;
    for (int attempt = 0; attempt < attempts; ++attempt) {
        CredentialPtr credential;
        if (m_credentials) {
            auto current = m_credentials->current(stop);
            if (!current) {
                if (stop.stopRequested())
                    return cancelled();
                reply = {};
                reply.failure = Failure::Credential;
                reply.message = std::move(current.error().message);
                return reply;
            }
            credential = std::move(*current);
        }
        reply = m_transport.send(m_endpoint, request, credential.get(), limits, stop);
        note(reply);
        if (attempts == 1 || reply.failure != Failure::Unauthorized || !credential
            || !m_credentials->rejected(*credential))
            break;
        if (attempt == 0)
            ++m_retries;
    }
    return reply;
}

bool ApiClient::worthAnotherTry(Reply& reply, Waits& waits, const StopToken& stop) const
{
    const auto waitFor = [&](std::chrono::milliseconds time) {
        if (wait(time, stop))
            return true;
        reply = cancelled();
        return false;
    };
    if (reply.failure == Failure::ConnectionLost) {
        // A review is no exception: the server stores nothing of it.
        if (waits.broken >= std::size(afterBrokenConnection))
            return false;
        return waitFor(afterBrokenConnection[waits.broken++]);
    }
    if (!mayComeLater(reply))
        return false;
    const std::chrono::milliseconds asked = *reply.retryAfter;
    const std::chrono::milliseconds time = std::clamp(asked, shortestWait, m_options.longestWait);
    if (++waits.asked >= m_options.tries || waits.inAll + time > m_options.waitInAll) {
        reply.message += " It was asked " + std::to_string(waits.asked)
            + (waits.asked == 1 ? " time" : " times") + " within " + seconds(waits.inAll)
            + " and still asks to wait for " + seconds(asked) + ".";
        return false;
    }
    waits.inAll += time;
    if (m_options.waiting)
        m_options.waiting("The server asked to wait " + seconds(asked)
            + (asked > time ? "; Glacis asks again after " + seconds(time) + "." : "."));
    const bool again = waitFor(time);
    if (m_options.waiting)
        m_options.waiting({});
    return again;
}

bool ApiClient::wait(std::chrono::milliseconds time, const StopToken& stop) const
{
    const auto end = std::chrono::steady_clock::now() + time;
    for (auto now = std::chrono::steady_clock::now(); now < end; now = std::chrono::steady_clock::now()) {
        if (stop.stopRequested())
            return false;
        std::this_thread::sleep_for(std::min<std::chrono::steady_clock::duration>(nap, end - now));
    }
    return !stop.stopRequested();
}

void ApiClient::note(const Reply& reply)
{
    ++m_requests;
    m_bytes += reply.bytesReceived;
    const std::lock_guard lock(m_mutex);
    for (const std::string& warning : reply.warnings) {
        if (m_warnings.size() < maxWarnings && m_seenWarnings.insert(warning).second)
            m_warnings.push_back(warning);
    }
}

ApiClient::Figures ApiClient::figures() const
{
    return { m_requests.load(), m_retries.load(), m_bytes.load() };
}

std::vector<std::string> ApiClient::warnings() const
{
    const std::lock_guard lock(m_mutex);
    return m_warnings;
}

} // namespace glacis::cluster
