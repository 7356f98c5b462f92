// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// HTTP to API servers over libcurl: one engine thread drives all transfers, callers wait for theirs.
// Read-only by its argument (request.h); no redirects, no cookies, no netrc, no authentication of curl's own,
// only the proxy that the endpoint names.
//
//     Transport transport;
//     Reply reply = transport.send(endpoint, Request::get("/version"), credential.get(), {}, stop);
//     if (reply.failure != Failure::None) show(reply.message);
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <base/result.h>
#include <base/stop_token.h>
#include <cluster/credential_provider.h>
#include <cluster/request.h>

namespace glacis::cluster {

struct ClusterEntry;
struct Environment;

/// Where requests of one cluster go and how the other side is known.
struct Endpoint {
    bool https = true;
    std::string host; ///< as it stands in a URL: IPv6 in brackets
    std::uint16_t port = 443;
    std::string prefix; ///< path before every request's, without a slash at its end
    std::string tlsServerName; ///< empty: host
    std::optional<std::string> caPem; ///< the only roots; unset: the system's and `extraCaPem`
    std::string extraCaPem; ///< from the settings, beside the system's roots
    bool insecure = false; ///< insecure-skip-tls-verify
    std::string proxy; ///< URL with scheme and port; empty: none, whatever the environment says
    bool compression = true; ///< gzip; not on loopback
    [[nodiscard]] std::string authority() const; ///< "host:port"
};

/// From a kubeconfig entry: parses server and proxy, reads the CA file, decides the proxy (proxy-url, then
/// HTTPS_PROXY / HTTP_PROXY with NO_PROXY as Go reads them).
[[nodiscard]] Result<Endpoint> makeEndpoint(const ClusterEntry& cluster, const Environment& environment);

enum class Failure : std::uint8_t {
    None,
    Cancelled,
    NameNotFound, ///< DNS
    ConnectionRefused,
    Unreachable, ///< no route, host or network down
    ConnectTimeout,
    Timeout, ///< no first byte, or slower than 1 byte/s for 30 s, or the whole transfer's limit
    ConnectionLost, ///< reset, closed before the answer's end, stream error, damaged compression
    CertificateUnknownAuthority,
    CertificateWrongName,
    CertificateExpired,
    CertificateNotYetValid,
    CertificateOther,
    ClientCertificateRejected,
    TlsHandshake,
    Proxy, ///< not reachable or refuses the tunnel
    ProxyAuthentication, ///< 407
    TooLarge, ///< above a cap
    NotKubernetes, ///< HTML or another type where JSON was asked for
    Redirect, ///< 3xx, never followed
    Credential, ///< none to be had: nothing was sent
    Unauthorized, ///< 401
    Forbidden, ///< 403
    NotFound, ///< 404, 405, 406
    Expired, ///< 410
    TooManyRequests, ///< 429
    ServerError, ///< 5xx
    BadRequest, ///< any other 4xx
    Malformed, ///< not HTTP, or not what was asked for
};

struct Reply {
    Failure failure = Failure::None;
    std::string message; ///< one sentence for a person when failure is not None
    std::string detail; ///< the server's or the library's own words, printable, at most 2 KiB
    int status = 0; ///< 0: no answer
    std::string contentType;
    std::string body; ///< decompressed; jsonPadding more bytes are reserved behind its end
    std::optional<std::chrono::seconds> retryAfter;
    std::vector<std::string> warnings; ///< Warning headers' texts, printable
    std::uint64_t bytesReceived = 0; ///< on the wire
    bool http2 = false;
};

struct Limits {
    std::uint64_t maxBytes = 64ULL << 20; ///< of a body, decompressed
    std::uint64_t expectedBytes = 0; ///< room made for a body at its first byte; 0: grows as it comes
    std::chrono::milliseconds connect { 10'000 };
    std::chrono::milliseconds firstByte { 30'000 };
    std::chrono::seconds stalled { 30 }; ///< below 1 byte/s for so long
    std::chrono::seconds total { 300 };
};

/// A host that was contacted, for the list that the window shows.
struct Contact {
    std::string authority; ///< "10.0.0.1:6443"; a proxy has an entry of its own
    bool proxy = false;
    std::uint64_t requests = 0, bytesReceived = 0;
    std::int64_t first = 0, last = 0; ///< seconds since 1970 UTC
};

class Transport {
public:
    Transport();
    ~Transport(); ///< cancels what is under way
    Transport(const Transport&) = delete;
    Transport& operator=(const Transport&) = delete;

    /// Blocking, any thread, many at once. Returns within a second of stop. Never throws, never retries.
    [[nodiscard]] Reply send(const Endpoint& endpoint, const Request& request, const Credential* credential,
        const Limits& limits, const StopToken& stop);
    /// Since the transport was made.
    [[nodiscard]] std::vector<Contact> contacts() const;

private:
    struct Engine;
    std::unique_ptr<Engine> m_engine;
};

} // namespace glacis::cluster
