// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One cluster: endpoint, credential and the manners of client-go (rest/with_retry.go): 429 and 5xx are tried
// again only when the server says Retry-After, at most 10 times and never longer than 60 s at once; a GET
// whose connection broke is tried again; a 401 renews the credential once.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include <cluster/credential_provider.h>
#include <cluster/transport.h>

namespace glacis::cluster {

struct ApiClientOptions {
    Limits limits;
    /// "The server asked to wait 7 s."; any thread, empty when the wait is over.
    std::function<void(const std::string&)> waiting;
    unsigned tries = 10; ///< of one request that the server asks to send later
    std::chrono::milliseconds longestWait { 60'000 }; ///< at once, whatever the server asks for
    std::chrono::milliseconds waitInAll { 180'000 }; ///< of one request
};

class ApiClient {
public:
    ApiClient(Transport& transport, Endpoint endpoint, std::shared_ptr<CredentialProvider> credentials,
        ApiClientOptions options = {});

    /// Blocking, any thread, many at once. maxBytes 0: the options' limit. expectedBytes: see
    /// Limits.
    [[nodiscard]] Reply call(const Request& request, const StopToken& stop, std::uint64_t maxBytes = 0,
        std::uint64_t expectedBytes = 0);

    /// One attempt, whatever comes of it: no waiting for a busy server, no other credential when this one is
    /// refused. For what is good to know and not worth more.
    [[nodiscard]] Reply tryOnce(const Request& request, const StopToken& stop, std::uint64_t maxBytes = 0);

    [[nodiscard]] const Endpoint& endpoint() const { return m_endpoint; }
    struct Figures {
        std::uint64_t requests = 0, retries = 0, bytesReceived = 0;
    };
    [[nodiscard]] Figures figures() const;
    /// Texts of Warning headers, each once, in order of appearance.
    [[nodiscard]] std::vector<std::string> warnings() const;

private:
    struct Waits;
    [[nodiscard]] Limits limitsOf(std::uint64_t maxBytes) const;
    [[nodiscard]] Reply sendOnce(
        const Request& request, const Limits& limits, const StopToken& stop, int attempts = 2);
    /// Whether to send again; has waited then, and otherwise completed the reply.
    [[nodiscard]] bool worthAnotherTry(Reply& reply, Waits& waits, const StopToken& stop) const;
    [[nodiscard]] bool wait(std::chrono::milliseconds time, const StopToken& stop) const;
    void note(const Reply& reply);
    Transport& m_transport;
    Endpoint m_endpoint;
    std::shared_ptr<CredentialProvider> m_credentials;
    ApiClientOptions m_options;
    mutable std::mutex m_mutex;
    std::vector<std::string> m_warnings;
    std::set<std::string> m_seenWarnings;
    std::atomic<std::uint64_t> m_requests { 0 }, m_retries { 0 }, m_bytes { 0 };
};

} // namespace glacis::cluster
