// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// As much HTTP/2 (RFC 9113) as it takes to answer and to misbehave: requests are counted, not read.
//
//     auto log = std::make_shared<Http2Log>();
//     ServerOptions options = secure();
//     speakHttp2(options, { .answers = { Http2Answer::ResetInBody, Http2Answer::Whole } }, log);
//     HostileServer server(options);
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

#include "hostile_server.h"

namespace glacis::test {

enum class Http2Answer : std::uint8_t {
    Whole, ///< {"stream":N}
    ResetInBody, ///< a piece of JSON, then RST_STREAM
    ResetAtOnce,
    Nothing,
    Leave, ///< a whole answer, then GOAWAY and the end of the connection
    Noise, ///< no frame at all
};

struct Http2Plan {
    std::vector<Http2Answer> answers { Http2Answer::Whole }; ///< request by request; the last one goes on
    unsigned hold = 1; ///< answers only when so many requests wait on one connection, the last one first
};

struct Http2Log {
    std::atomic<unsigned> requests { 0 };
    std::atomic<unsigned> resets { 0 }; ///< sent by the client
};

/// Makes a TLS server speak HTTP/2 only.
void speakHttp2(ServerOptions& options, Http2Plan plan, std::shared_ptr<Http2Log> log);

} // namespace glacis::test
