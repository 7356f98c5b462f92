// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How one transfer ended, before anybody judges it; and the judgement.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <cluster/answer_headers.h>
#include <cluster/peer_facts.h>
#include <cluster/transport.h>

namespace glacis::cluster {

enum class Limit : std::uint8_t { None, Connect, FirstByte, Stalled, Total };

struct Outcome {
    std::optional<Failure> decided; ///< by us: cancelled, too large, too slow
    Limit limit = Limit::None; ///< which, when decided is a timeout
    int curlCode = 0; ///< CURLcode
    std::string libraryWords; ///< CURLOPT_ERRORBUFFER
    long systemError = 0; ///< errno of connect()
    int status = 0;
    int proxyStatus = 0; ///< of the answer to CONNECT
    bool proxyCertificateBad = false;
    bool headComplete = false; ///< the empty line after the headers came
    bool sent = false; ///< connected, and TLS done
    bool http2 = false;
    std::uint64_t wireBytes = 0;
    AnswerHeaders headers;
    std::string body;
    PeerFacts peer;
};

/// Everything that a judgement may look at.
struct Case {
    const Endpoint& endpoint;
    const Request& request;
    const Limits& limits;
    const Outcome& outcome;
};

[[nodiscard]] Failure classify(const Case& what);
/// One sentence for a person; empty for Failure::None. Names hosts and certificates, never credentials.
[[nodiscard]] std::string explain(Failure failure, const Case& what);
/// Words of the server (a Status object's message, a page's title, plain text) or of the library; printable,
/// at most 2 KiB.
[[nodiscard]] std::string detailOf(const Case& what);
/// Takes the body out of the outcome.
[[nodiscard]] Reply replyOf(
    const Endpoint& endpoint, const Request& request, const Limits& limits, Outcome outcome);

/// A page for people: by its type, or by how it begins.
[[nodiscard]] bool isHtml(std::string_view contentType, std::string_view body);

} // namespace glacis::cluster
