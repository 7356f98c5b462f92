// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A transport and how tests ask it; a credential that does not change.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <thread>

#include <cluster/credential_provider.h>
#include <cluster/transport.h>

#include <hostile_server.h>
#include <slowdown.h>
#include <test_main.h>

namespace glacis::test {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

/// Of a server on this machine that speaks http.
inline cluster::Endpoint plainEndpoint(std::uint16_t port)
{
    cluster::Endpoint result;
    result.https = false;
    result.host = "127.0.0.1";
    result.port = port;
    result.compression = false;
    return result;
}

inline cluster::Endpoint tlsEndpoint(std::uint16_t port, const std::string& caPem)
{
    cluster::Endpoint result = plainEndpoint(port);
    result.https = true;
    result.caPem = caPem;
    return result;
}

inline const Authority& authority()
{
    static const Authority one("Test Authority");
    return one;
}

/// A TLS server whose certificate is for 127.0.0.1.
inline ServerOptions secure(ServerOptions options = {})
{
    options.tls = authority().issue(
        { .commonName = "kube-apiserver", .names = { "127.0.0.1", "localhost", "kubernetes.default.svc" } });
    return options;
}

inline cluster::Credential bearer(std::string_view token)
{
    cluster::Credential result;
    result.bearerToken = cluster::Wiped(token);
    return result;
}

/// Patient with slow builds, impatient with servers.
inline cluster::Limits shortLimits()
{
    cluster::Limits result;
    result.connect = 2'000ms * slowdown;
    result.firstByte = 2'000ms * slowdown;
    result.stalled = 20s;
    result.total = 60s;
    return result;
}

struct Asked {
    cluster::Transport transport;
    StopSource stop;

    cluster::Reply get(const cluster::Endpoint& endpoint, const std::string& path,
        const cluster::Limits& limits = shortLimits(), const cluster::Credential* credential = nullptr,
        cluster::Accept accept = cluster::Accept::Json)
    {
        return transport.send(
            endpoint, cluster::Request::get(path, {}, accept), credential, limits, stop.token());
    }
};

inline bool contains(const std::string& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

} // namespace glacis::test

/// Compares a reply's failure and shows its sentence when they differ.
#define COMPARE_FAILURE(reply, expected)                                                                     \
    do {                                                                                                     \
        const auto& replyToCompare = (reply);                                                                \
        QVERIFY2(replyToCompare.failure == (expected),                                                       \
            qPrintable(QStringLiteral("%1: %2 | %3")                                                         \
                           .arg(static_cast<int>(replyToCompare.failure))                                    \
                           .arg(glacis::test::text(replyToCompare.message),                                  \
                               glacis::test::text(replyToCompare.detail))));                                 \
    } while (false)
#define VERIFY_CONTAINS(whole, part)                                                                         \
    do {                                                                                                     \
        const std::string wholeToSearch = (whole);                                                           \
        QVERIFY2(glacis::test::contains(wholeToSearch, (part)), wholeToSearch.c_str());                      \
    } while (false)
