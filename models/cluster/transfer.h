// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One request on its way: made and awaited by the caller's thread, driven by the engine's. Owns a copy of
// all it needs, so that a caller may leave before it ends.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include <base/stop_token.h>
#include <cluster/credential_provider.h>
#include <cluster/outcome.h>
#include <cluster/transport.h>

#include <curl/curl.h>

namespace glacis::cluster {

class Transfer {
public:
    using Clock = std::chrono::steady_clock;

    Transfer(const Endpoint& endpoint, Request request, const Credential* credential, const Limits& limits,
        StopToken stop);
    ~Transfer();
    Transfer(const Transfer&) = delete;
    Transfer& operator=(const Transfer&) = delete;

    /// Caller: sets up libcurl. A reply when the request cannot be sent as it is; nothing has left then.
    [[nodiscard]] std::optional<Reply> prepare();
    /// Caller: until it has ended, or a moment after the stop token says so.
    [[nodiscard]] Reply await();

    // The engine's.
    [[nodiscard]] CURL* handle() const { return m_easy.get(); }
    void started() { m_start = Clock::now(); }
    /// Whether it must end now: stopped, or too slow. decided and limit are set then.
    [[nodiscard]] bool overdue(Clock::time_point now);
    void cancel() { m_outcome.decided = Failure::Cancelled; }
    /// Out of libcurl's hands already. Wakes the caller.
    void ended(CURLcode code);
    /// A long answer is on its way.
    [[nodiscard]] bool isLong() const { return m_outcome.body.size() >= 64U << 10; }
    [[nodiscard]] const Endpoint& endpoint() const { return m_endpoint; }
    [[nodiscard]] std::uint64_t wireBytes() const { return m_wireBytes; } ///< after ended()

private:
    struct FreeEasy {
        void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
    };
    [[nodiscard]] std::optional<Reply> refused(Failure failure, std::string message) const;
    [[nodiscard]] std::optional<std::string> collectHeaders();
    void addHeader(const std::string& line);
    [[nodiscard]] std::optional<Reply> setUp();
    void setAddress();
    void setProxy();
    void setTls();
    void setLimits();
    template <class Value> void set(CURLoption option, Value value);
    void setBlob(CURLoption option, std::string_view bytes);
    [[nodiscard]] std::uint64_t received() const;
    [[nodiscard]] bool exceeded();

    static std::size_t takeBody(char* bytes, std::size_t, std::size_t size, void* self);
    static std::size_t takeHeader(char* bytes, std::size_t, std::size_t size, void* self);
    static int watchProgress(void* self, curl_off_t, curl_off_t now, curl_off_t, curl_off_t);
    static CURLcode watchTls(CURL*, void* context, void* self);

    const Endpoint m_endpoint;
    const Request m_request;
    const Limits m_limits;
    const StopToken m_stop;
    Credential m_credential; ///< empty: none

    // libcurl points into these.
    std::string m_url;
    curl_slist* m_headers = nullptr;
    curl_slist* m_connectTo = nullptr;
    std::shared_ptr<const std::string> m_roots;
    char m_errorText[CURL_ERROR_SIZE] = {};
    std::unique_ptr<CURL, FreeEasy> m_easy;
    CURLcode m_setUpError = CURLE_OK;

    // The engine's while it drives the transfer.
    Outcome m_outcome;
    std::shared_ptr<PeerFacts> m_peer = std::make_shared<PeerFacts>();
    std::uint64_t m_headerBytes = 0;
    Clock::time_point m_start;
    std::optional<Clock::time_point> m_sentAt;
    Clock::time_point m_windowStart; ///< of the measurement of speed
    std::uint64_t m_windowBytes = 0;
    bool m_began = false; ///< a first line of the answer came
    std::uint64_t m_wireBytes = 0;

    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_ended = false; ///< m_outcome is the caller's from now on
};

} // namespace glacis::cluster
