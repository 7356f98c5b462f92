// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "outcome.h"

#include <algorithm>
#include <cerrno>

#include <base/text.h>
#include <inventory/reader.h>
#include <inventory/tree_checks.h>

#include <curl/curl.h>

namespace glacis::cluster {
namespace {
    constexpr std::size_t maxDetail = 2048 - 4;
    constexpr std::size_t maxStatusObject = 64U << 10;
    constexpr std::size_t longBody = 1U << 20;

    struct ByCode {
        int code;
        Failure failure;
    };
    constexpr ByCode curlCodes[] = {
        { CURLE_COULDNT_RESOLVE_HOST, Failure::NameNotFound },
        { CURLE_COULDNT_RESOLVE_PROXY, Failure::Proxy },
        { CURLE_PROXY, Failure::Proxy },
        { CURLE_UNSUPPORTED_PROTOCOL, Failure::Malformed }, // HTTP/0.9 is refused so
        { CURLE_URL_MALFORMAT, Failure::Malformed },
        { CURLE_WEIRD_SERVER_REPLY, Failure::Malformed },
        { CURLE_FILESIZE_EXCEEDED, Failure::TooLarge },
        { CURLE_OUT_OF_MEMORY, Failure::TooLarge },
        { CURLE_SSL_CLIENTCERT, Failure::ClientCertificateRejected },
        { CURLE_SSL_CERTPROBLEM, Failure::Credential },
        { CURLE_SSL_CACERT_BADFILE, Failure::CertificateOther },
        { CURLE_SSL_CONNECT_ERROR, Failure::TlsHandshake },
        { CURLE_SSL_CIPHER, Failure::TlsHandshake },
        { CURLE_SSL_ENGINE_INITFAILED, Failure::TlsHandshake },
    };

    constexpr ByCode statuses[] = {
        { 401, Failure::Unauthorized },
        { 403, Failure::Forbidden },
        { 404, Failure::NotFound },
        { 405, Failure::NotFound },
        { 406, Failure::NotFound },
        { 407, Failure::ProxyAuthentication },
        { 410, Failure::Expired },
        { 429, Failure::TooManyRequests },
    };

#ifdef _WIN32
    constexpr int refused = 10061, timedOut = 10060; // WSAECONNREFUSED, WSAETIMEDOUT
#else
    constexpr int refused = ECONNREFUSED, timedOut = ETIMEDOUT;
#endif

    Failure ofConnect(const Case& what)
    {
        if (!what.endpoint.proxy.empty())
            return Failure::Proxy;
        const long error = what.outcome.systemError;
        if (error == refused)
            return Failure::ConnectionRefused;
        if (error == timedOut)
            return Failure::ConnectTimeout;
        return Failure::Unreachable;
    }

    Failure ofCertificate(const Outcome& outcome)
    {
        if (outcome.proxyCertificateBad)
            return Failure::Proxy;
        switch (verifyFault(outcome.peer.verifyError)) {
        case VerifyFault::UnknownAuthority:
            return Failure::CertificateUnknownAuthority;
        case VerifyFault::Expired:
            return Failure::CertificateExpired;
        case VerifyFault::NotYetValid:
            return Failure::CertificateNotYetValid;
        case VerifyFault::Other:
            return Failure::CertificateOther;
        case VerifyFault::None:
            break; // the chain is fine: the name is not
        }
        return outcome.peer.subject.empty() && outcome.peer.names.empty() ? Failure::CertificateOther
                                                                          : Failure::CertificateWrongName;
    }

    /// Of an error below HTTP.
    Failure ofLibrary(const Case& what)
    {
        const Outcome& outcome = what.outcome;
        const int code = outcome.curlCode;
        if (outcome.proxyStatus == 407)
            return Failure::ProxyAuthentication;
        if (outcome.proxyStatus >= 300)
            return Failure::Proxy;
        if (code == CURLE_COULDNT_CONNECT)
            return ofConnect(what);
        if (code == CURLE_OPERATION_TIMEDOUT)
            return outcome.sent ? Failure::Timeout : Failure::ConnectTimeout;
        // Before our own verdict: libcurl mixes them up. With TLS 1.3 it comes only when we already read.
        if (refusesClientCertificate(outcome.peer)
            || outcome.libraryWords.find("alert certificate required") != std::string::npos)
            return Failure::ClientCertificateRejected;
        if (code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_ISSUER_ERROR)
            return ofCertificate(outcome);
        const auto* found = std::find_if(std::begin(curlCodes), std::end(curlCodes),
            [&](const ByCode& entry) { return entry.code == code; });
        if (found != std::end(curlCodes))
            return found->failure;
        // Before anything was sent through it, a tunnel that breaks is the proxy's matter.
        return !outcome.sent && !what.endpoint.proxy.empty() && outcome.peer.subject.empty()
            ? Failure::Proxy
            : Failure::ConnectionLost;
    }

    bool isJsonType(std::string_view type)
    {
        return type == "application/json" || (type.starts_with("application/") && type.ends_with("+json"));
    }

    enum class Wholeness : std::uint8_t { Whole, StopsInTheMiddle, NoObject };

    /// Only the brackets are counted: a piece of a JSON object never closes its first one. libcurl does not
    /// notice every early end (a stream that HTTP/2 resets, compression that stops, a length that lies), and
    /// an answer that stops in the middle must never count as a short one.
    Wholeness wholeness(std::string_view body)
    {
        body = trim(body);
        if (!body.starts_with('{'))
            return Wholeness::NoObject;
        std::size_t depth = 0;
        bool inString = false;
        for (std::size_t i = 0; i < body.size(); ++i) {
            const char c = body[i];
            if (inString) {
                if (c == '\\')
                    ++i;
                else
                    inString = c != '"';
            } else if (c == '"') {
                inString = true;
            } else if (c == '{' || c == '[') {
                ++depth;
            } else if ((c == '}' || c == ']') && --depth == 0) {
                return i + 1 == body.size() ? Wholeness::Whole : Wholeness::NoObject;
            }
        }
        return Wholeness::StopsInTheMiddle;
    }

    Failure ofContent(const Case& what)
    {
        const Outcome& outcome = what.outcome;
        if (isHtml(outcome.headers.contentType, outcome.body) || !isJsonType(outcome.headers.contentType))
            return Failure::NotKubernetes;
        // What reads a long list looks at each of its brackets itself.
        if (outcome.body.size() > longBody && outcome.body.starts_with('{')
            && trim(outcome.body).ends_with('}'))
            return Failure::None;
        switch (wholeness(outcome.body)) {
        case Wholeness::StopsInTheMiddle:
            return Failure::ConnectionLost;
        case Wholeness::NoObject:
            return Failure::Malformed;
        case Wholeness::Whole:
            break;
        }
        return Failure::None;
    }

    Failure ofStatus(const Case& what)
    {
        const int status = what.outcome.status;
        const auto* found = std::find_if(std::begin(statuses), std::end(statuses),
            [&](const ByCode& entry) { return entry.code == status; });
        Failure result = Failure::Malformed;
        if (found != std::end(statuses))
            result = found->failure;
        else if (status >= 300 && status < 400)
            result = Failure::Redirect;
        else if (status >= 400 && status < 500)
            result = Failure::BadRequest;
        else if (status >= 500 && status < 600)
            result = Failure::ServerError;
        // "Not found" from a sign-in page says nothing about the cluster.
        if (result == Failure::NotFound && isHtml(what.outcome.headers.contentType, what.outcome.body))
            result = Failure::NotKubernetes;
        return result;
    }

    std::string titleOf(std::string_view page)
    {
        const std::string lower = toLower(page.substr(0, maxStatusObject));
        const std::size_t open = lower.find("<title");
        const std::size_t begin = open == std::string::npos ? open : lower.find('>', open);
        if (begin == std::string::npos)
            return {};
        const std::size_t end = std::min(lower.find('<', begin), lower.size());
        return std::string(trim(page.substr(begin + 1, end - begin - 1)));
    }

    /// message of a meta.k8s.io/v1 Status.
    std::string statusMessage(const std::string& body)
    {
        if (body.size() > maxStatusObject)
            return {};
        std::string padded = body;
        padded.reserve(padded.size() + inventory::DocumentReader::jsonPadding);
        inventory::DocumentReader reader;
        const auto& output = reader.readJson(padded, 1, { .maxDepth = 32, .maxNodes = 10'000 });
        if (output.documents.empty())
            return {};
        const inventory::NodeRef root(*output.tree, output.documents.front().root);
        const inventory::NodeRef message = root["message"];
        return message.is(inventory::NodeType::String) ? std::string(message.text()) : std::string();
    }
}

bool isHtml(std::string_view contentType, std::string_view body)
{
    if (contentType == "text/html" || contentType == "application/xhtml+xml")
        return true;
    if (isJsonType(contentType))
        return false;
    const std::string begin = toLower(trim(body.substr(0, 256)));
    return begin.starts_with("<!doctype html") || begin.starts_with("<html");
}

namespace {
    bool isBreak(int curlCode)
    {
        constexpr int breaks[] = { CURLE_PARTIAL_FILE, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_HTTP2,
            CURLE_HTTP2_STREAM, CURLE_GOT_NOTHING };
        return std::find(std::begin(breaks), std::end(breaks), curlCode) != std::end(breaks);
    }
}

Failure classify(const Case& what)
{
    const Outcome& outcome = what.outcome;
    if (outcome.decided)
        return *outcome.decided;
    // A request that is refused before its body was read may end in a reset of the stream: the refusal
    // stands, whether or not its words came whole.
    if (outcome.headComplete && outcome.status >= 400 && isBreak(outcome.curlCode))
        return ofStatus(what);
    if (outcome.curlCode != CURLE_OK)
        return ofLibrary(what);
    // libcurl takes a connection that ends among the headers for an answer without a body.
    if (!outcome.headComplete)
        return Failure::ConnectionLost;
    if (outcome.status >= 200 && outcome.status < 300)
        return ofContent(what);
    return ofStatus(what);
}

std::string detailOf(const Case& what)
{
    const Outcome& outcome = what.outcome;
    std::string words;
    if (outcome.curlCode != CURLE_OK || outcome.decided) {
        words = outcome.libraryWords;
        if (outcome.peer.verifyError != 0)
            words += (words.empty() ? "" : "; ") + outcome.peer.verifyWords;
    } else if (isHtml(outcome.headers.contentType, outcome.body)) {
        words = titleOf(outcome.body);
    } else if (outcome.status >= 300) {
        words = statusMessage(outcome.body);
        if (words.empty() && outcome.headers.contentType == "text/plain")
            words = outcome.body;
    }
    return inventory::excerpt(trim(words), maxDetail);
}

Reply replyOf(const Endpoint& endpoint, const Request& request, const Limits& limits, Outcome outcome)
{
    const Case what { endpoint, request, limits, outcome };
    Reply reply;
    reply.failure = classify(what);
    if (reply.failure != Failure::None) {
        reply.message = explain(reply.failure, what);
        reply.detail = detailOf(what);
    }
    reply.status = outcome.status;
    reply.contentType = outcome.headers.contentType;
    reply.retryAfter = outcome.headers.retryAfter;
    reply.warnings = std::move(outcome.headers.warnings);
    reply.bytesReceived = outcome.wireBytes;
    reply.http2 = outcome.http2;
    // What a broken transfer left is nobody's answer. Moved, so that the padding stays reserved.
    if (!outcome.decided && outcome.curlCode == CURLE_OK && reply.failure != Failure::ConnectionLost)
        reply.body = std::move(outcome.body);
    return reply;
}

} // namespace glacis::cluster
