// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transfer.h"

#include <algorithm>

#include <inventory/reader.h>

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "proxy.h"
#include "trust_roots.h"

namespace glacis::cluster {
namespace {
    using namespace std::chrono_literals;
    constexpr std::uint64_t maxHeaderBytes = 256U << 10;
    constexpr std::uint64_t maxErrorBody = 64U << 10; ///< of answers that are no success: only read by people
    constexpr std::uint64_t wireSlack = 64U << 10; ///< what compression may add
    // Not "curl" or a browser's name: API servers indent JSON for those.
    constexpr const char* userAgent = "glacis/" GLACIS_VERSION;

    /// As Go's httpguts: anything but control characters.
    bool isHeaderValue(std::string_view value)
    {
        return std::none_of(value.begin(), value.end(), [](char c) {
            const auto byte = static_cast<unsigned char>(c);
            return (byte < 0x20 && c != '\t') || byte == 0x7f;
        });
    }

    bool isHeaderName(std::string_view name)
    {
        return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
                || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
        });
    }

    std::string base64(std::string_view text)
    {
        std::string result(4 * ((text.size() + 2) / 3) + 1, '\0');
        const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(result.data()),
            reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
        result.resize(static_cast<std::size_t>(size));
        return result;
    }

    void wipe(std::string& secret) { OPENSSL_cleanse(secret.data(), secret.size()); }

    std::int64_t secondsNow()
    {
        return std::chrono::duration_cast<std::chrono::seconds>(
            std::chrono::system_clock::now().time_since_epoch())
            .count();
    }
}

Transfer::Transfer(const Endpoint& endpoint, Request request, const Credential* credential,
    const Limits& limits, StopToken stop)
    : m_endpoint(endpoint)
    , m_request(std::move(request))
    , m_limits(limits)
    , m_stop(std::move(stop))
{
    // As client-go: what identifies somebody is not even loaded for a server without TLS.
    if (credential != nullptr && endpoint.https)
        m_credential = *credential;
}

Transfer::~Transfer()
{
    m_easy.reset(); // points into the rest
    for (const curl_slist* line = m_headers; line != nullptr; line = line->next)
        OPENSSL_cleanse(line->data, std::char_traits<char>::length(line->data));
    curl_slist_free_all(m_headers);
    curl_slist_free_all(m_connectTo);
}

std::optional<Reply> Transfer::refused(Failure failure, std::string message) const
{
    Reply reply;
    reply.failure = failure;
    reply.message = std::move(message);
    return reply;
}

template <class Value> void Transfer::set(CURLoption option, Value value)
{
    const CURLcode code = curl_easy_setopt(m_easy.get(), option, value);
    if (code != CURLE_OK && m_setUpError == CURLE_OK)
        m_setUpError = code;
}

void Transfer::setBlob(CURLoption option, std::string_view bytes)
{
    curl_blob blob {};
    blob.data = const_cast<char*>(bytes.data()); // only read
    blob.len = bytes.size();
    blob.flags = CURL_BLOB_NOCOPY;
    set(option, &blob);
}

void Transfer::addHeader(const std::string& line)
{
    if (curl_slist* longer = curl_slist_append(m_headers, line.c_str()))
        m_headers = longer;
    else
        m_setUpError = CURLE_OUT_OF_MEMORY;
}

/// What is wrong with the credential; nothing when all could be added.
std::optional<std::string> Transfer::collectHeaders()
{
    addHeader("Accept: " + std::string(m_request.acceptHeader()));
    // The option would decode and ask; this header makes it only decode.
    if (!m_endpoint.compression)
        addHeader("Accept-Encoding:");
    if (m_request.isPost()) {
        addHeader("Content-Type: application/json");
        addHeader("Expect:");
    }
    if (!m_credential.bearerToken.empty()) {
        if (!isHeaderValue(m_credential.bearerToken.reveal()))
            return "The token contains a character that no HTTP header can carry.";
        std::string line = "Authorization: Bearer ";
        line += m_credential.bearerToken.reveal();
        addHeader(line);
        wipe(line);
    } else if (!m_credential.username.empty()) {
        std::string pair = m_credential.username + ":";
        pair += m_credential.password.reveal();
        std::string encoded = base64(pair);
        std::string line = "Authorization: Basic " + encoded;
        addHeader(line);
        wipe(pair);
        wipe(encoded);
        wipe(line);
    }
    for (const auto& [name, value] : m_credential.impersonation) {
        if (!isHeaderName(name) || !isHeaderValue(value))
            return "A name to act as contains a character that no HTTP header can carry.";
        // "Name;" is how libcurl is told of an empty value.
        std::string line = name;
        line += value.empty() ? ";" : ": ";
        line += value;
        addHeader(line);
    }
    return std::nullopt;
}

std::optional<Reply> Transfer::prepare()
{
    if (m_request.target().empty())
        return refused(Failure::BadRequest, "The request has no absolute path and was not sent.");
    if (auto wrong = collectHeaders())
        return refused(Failure::Credential, std::move(*wrong));
    if (m_credential.certificatePem.empty() != m_credential.keyPem.empty())
        return refused(Failure::Credential,
            m_credential.keyPem.empty() ? "The client certificate has no key."
                                        : "The client key has no certificate.");
    m_easy.reset(curl_easy_init());
    if (!m_easy)
        return refused(Failure::TooLarge, "There is not enough memory for another request.");
    setAddress();
    setProxy();
    setTls();
    setLimits();
    set(CURLOPT_HTTPHEADER, m_headers);
    if (m_setUpError != CURLE_OK)
        return refused(Failure::Malformed,
            "The request to " + m_endpoint.authority()
                + " could not be set up: " + curl_easy_strerror(m_setUpError) + ".");
    return std::nullopt;
}

void Transfer::setAddress()
{
    const bool otherName = m_endpoint.https && !m_endpoint.tlsServerName.empty()
        && m_endpoint.tlsServerName != m_endpoint.host;
    std::string host = m_endpoint.host;
    if (otherName) {
        // libcurl takes the name for SNI and for the check from the URL: so the name goes there, the
        // connection to the real host, and the Host header says what client-go would say.
        const bool six = m_endpoint.tlsServerName.find(':') != std::string::npos;
        host = six ? "[" + m_endpoint.tlsServerName + "]" : m_endpoint.tlsServerName;
        const std::string port = std::to_string(m_endpoint.port);
        m_connectTo
            = curl_slist_append(nullptr, (host + ":" + port + ":" + m_endpoint.host + ":" + port).c_str());
        set(CURLOPT_CONNECT_TO, m_connectTo);
        const bool usual = m_endpoint.port == 443;
        addHeader("Host: " + (usual ? m_endpoint.host : m_endpoint.authority()));
    }
    m_url = std::string(m_endpoint.https ? "https://" : "http://") + host + ":"
        + std::to_string(m_endpoint.port) + m_endpoint.prefix + m_request.target();
    set(CURLOPT_URL, m_url.c_str());
    set(CURLOPT_PATH_AS_IS, 1L);
    set(CURLOPT_PROTOCOLS_STR, m_endpoint.https ? "https" : "http");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    set(CURLOPT_USERAGENT, userAgent);
    set(CURLOPT_ACCEPT_ENCODING, "gzip");
    if (m_request.isPost()) {
        set(CURLOPT_POST, 1L);
        set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(m_request.body().size()));
        set(CURLOPT_POSTFIELDS, m_request.body().c_str());
    } else {
        set(CURLOPT_HTTPGET, 1L);
    }
    // Over TLS whatever both sides know; several requests share one HTTP/2 connection. Long answers go apart:
    // live_bench on 18,280 objects took 1.25 times the plain download so, 1.5 times over HTTP/2.
    if (m_endpoint.https && !m_request.isLarge()) {
        (void)curl_easy_setopt(m_easy.get(), CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
        set(CURLOPT_PIPEWAIT, 1L);
    } else {
        set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    }
    set(CURLOPT_TCP_KEEPALIVE, 1L);
    set(CURLOPT_NOSIGNAL, 1L);
#if LIBCURL_VERSION_NUM >= 0x075700
    // Else giving up during a slow name look-up would wait for its end.
    (void)curl_easy_setopt(m_easy.get(), CURLOPT_QUICK_EXIT, 1L);
#endif
}

void Transfer::setProxy()
{
    // Both always: an empty text keeps libcurl from asking the environment.
    set(CURLOPT_PROXY, m_endpoint.proxy.c_str());
    set(CURLOPT_NOPROXY, "");
    if (m_endpoint.proxy.empty())
        return;
    set(CURLOPT_PROXYAUTH, static_cast<long>(CURLAUTH_BASIC));
    // Also for http servers: the proxy sees a name and a port, never a header of ours.
    if (m_endpoint.proxy.starts_with("http"))
        set(CURLOPT_HTTPPROXYTUNNEL, 1L);
    set(CURLOPT_HEADEROPT, static_cast<long>(CURLHEADER_SEPARATE));
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
}

void Transfer::setTls()
{
    const bool proxyTls = m_endpoint.proxy.starts_with("https:");
    if (!m_endpoint.https && !proxyTls)
        return;
    const long verify = m_endpoint.insecure ? 0L : 1L;
    set(CURLOPT_SSL_VERIFYPEER, verify);
    set(CURLOPT_SSL_VERIFYHOST, m_endpoint.insecure ? 0L : 2L);
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set(CURLOPT_PROXY_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    // libcurl's own defaults (a bundle and a folder from when it was built) are not ours.
    set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
    set(CURLOPT_CAINFO, static_cast<const char*>(nullptr));
    set(CURLOPT_PROXY_CAPATH, static_cast<const char*>(nullptr));
    set(CURLOPT_PROXY_CAINFO, static_cast<const char*>(nullptr));
    const bool systemRoots = !m_endpoint.caPem;
    if (!m_endpoint.extraCaPem.empty())
        m_roots = bundleWith(m_endpoint.extraCaPem);
    const auto useSystemRoots = [&](CURLoption file, CURLoption blob, CURLoption options) {
        if (m_roots)
            setBlob(blob, *m_roots);
        else if (!systemBundle().empty())
            set(file, systemBundle().c_str());
        if (systemBundle().empty())
            set(options, static_cast<long>(CURLSSLOPT_NATIVE_CA));
    };
    if (systemRoots)
        useSystemRoots(CURLOPT_CAINFO, CURLOPT_CAINFO_BLOB, CURLOPT_SSL_OPTIONS);
    else
        setBlob(CURLOPT_CAINFO_BLOB, *m_endpoint.caPem);
    if (proxyTls)
        useSystemRoots(CURLOPT_PROXY_CAINFO, CURLOPT_PROXY_CAINFO_BLOB, CURLOPT_PROXY_SSL_OPTIONS);
    if (!m_credential.certificatePem.empty()) {
        setBlob(CURLOPT_SSLCERT_BLOB, m_credential.certificatePem);
        set(CURLOPT_SSLCERTTYPE, "PEM");
        setBlob(CURLOPT_SSLKEY_BLOB, m_credential.keyPem.reveal());
        set(CURLOPT_SSLKEYTYPE, "PEM");
        set(CURLOPT_KEYPASSWD, ""); // an encrypted key fails instead of asking on a terminal
    }
    if (m_endpoint.https) {
        // Only for sentences: without them TLS works as well.
        (void)curl_easy_setopt(m_easy.get(), CURLOPT_SSL_CTX_FUNCTION, &Transfer::watchTls);
        (void)curl_easy_setopt(m_easy.get(), CURLOPT_SSL_CTX_DATA, this);
    }
}

void Transfer::setLimits()
{
    // 0 would mean libcurl's own.
    set(CURLOPT_CONNECTTIMEOUT_MS,
        static_cast<long>(std::clamp<std::int64_t>(m_limits.connect.count(), 1, 3'600'000)));
    set(CURLOPT_MAXFILESIZE_LARGE,
        static_cast<curl_off_t>(std::clamp<std::uint64_t>(m_limits.maxBytes, 1, std::uint64_t { 1 } << 62)));
    set(CURLOPT_BUFFERSIZE, 256L << 10);
    set(CURLOPT_ERRORBUFFER, m_errorText);
    set(CURLOPT_WRITEFUNCTION, &Transfer::takeBody);
    set(CURLOPT_WRITEDATA, this);
    set(CURLOPT_HEADERFUNCTION, &Transfer::takeHeader);
    set(CURLOPT_HEADERDATA, this);
    set(CURLOPT_XFERINFOFUNCTION, &Transfer::watchProgress);
    set(CURLOPT_XFERINFODATA, this);
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_PRIVATE, this);
}

CURLcode Transfer::watchTls(CURL*, void* context, void* self)
{
    (void)watchPeer(context, static_cast<Transfer*>(self)->m_peer);
    return CURLE_OK;
}

bool Transfer::exceeded()
{
    m_outcome.decided = Failure::TooLarge;
    return true;
}

std::size_t Transfer::takeBody(char* bytes, std::size_t, std::size_t size, void* self)
{
    auto& transfer = *static_cast<Transfer*>(self);
    std::string& body = transfer.m_outcome.body;
    long status = 0;
    curl_easy_getinfo(transfer.m_easy.get(), CURLINFO_RESPONSE_CODE, &status);
    if (status >= 300) {
        body.append(bytes, std::min<std::size_t>(size, maxErrorBody - std::min(body.size(), maxErrorBody)));
        return size;
    }
    // Our own count: before 8.20 libcurl's limit does not see what compression unfolds to.
    const std::uint64_t needed = std::uint64_t { body.size() } + size;
    if (needed > transfer.m_limits.maxBytes && transfer.exceeded())
        return 0;
    const std::uint64_t expected = std::min(transfer.m_limits.expectedBytes, transfer.m_limits.maxBytes);
    const std::size_t capacity
        = (body.empty() ? std::max(needed, expected) : needed) + inventory::DocumentReader::jsonPadding;
    if (body.capacity() < capacity)
        body.reserve(std::max<std::size_t>(capacity, 2 * body.capacity()));
    body.append(bytes, size);
    return size;
}

std::size_t Transfer::takeHeader(char* bytes, std::size_t, std::size_t size, void* self)
{
    auto& transfer = *static_cast<Transfer*>(self);
    transfer.m_headerBytes += size;
    if (transfer.m_headerBytes > maxHeaderBytes && transfer.exceeded())
        return 0;
    transfer.m_began = true;
    const std::string_view line(bytes, size);
    if (line.starts_with("HTTP/")) {
        transfer.m_outcome.headers = {}; // of an answer such as "100 Continue" nothing is kept
        transfer.m_outcome.headComplete = false;
    } else if (line == "\r\n" || line == "\n") {
        transfer.m_outcome.headComplete = true;
    } else if (!transfer.m_outcome.headComplete) { // else trailers
        readHeader(line, secondsNow(), transfer.m_outcome.headers);
    }
    return size;
}

int Transfer::watchProgress(void* self, curl_off_t, curl_off_t now, curl_off_t, curl_off_t)
{
    auto& transfer = *static_cast<Transfer*>(self);
    const auto received = static_cast<std::uint64_t>(std::max<curl_off_t>(now, 0));
    const std::uint64_t allowed = transfer.m_limits.maxBytes;
    const bool tooMuch = received > allowed && received - allowed > wireSlack;
    return tooMuch && transfer.exceeded() ? 1 : 0;
}

std::uint64_t Transfer::received() const
{
    curl_off_t body = 0;
    curl_easy_getinfo(m_easy.get(), CURLINFO_SIZE_DOWNLOAD_T, &body);
    return m_headerBytes + static_cast<std::uint64_t>(std::max<curl_off_t>(body, 0));
}

bool Transfer::overdue(Clock::time_point now)
{
    const auto tooSlow = [&](Failure failure, Limit limit) {
        m_outcome.decided = failure;
        m_outcome.limit = limit;
        return true;
    };
    if (m_stop.stopRequested()) {
        cancel();
        return true;
    }
    if (now - m_start > m_limits.total)
        return tooSlow(m_sentAt ? Failure::Timeout : Failure::ConnectTimeout, Limit::Total);
    if (!m_sentAt) {
        curl_off_t sent = 0;
        curl_easy_getinfo(m_easy.get(), CURLINFO_PRETRANSFER_TIME_T, &sent);
        if (sent == 0)
            return now - m_start > m_limits.connect && tooSlow(Failure::ConnectTimeout, Limit::Connect);
        m_sentAt = now;
        m_windowStart = now;
    }
    if (!m_began) {
        m_windowStart = now;
        return now - *m_sentAt > m_limits.firstByte && tooSlow(Failure::Timeout, Limit::FirstByte);
    }
    if (now - m_windowStart < m_limits.stalled)
        return false;
    // One byte per second of the window, at least.
    const std::uint64_t bytes = received();
    if (bytes - m_windowBytes < static_cast<std::uint64_t>(m_limits.stalled.count()))
        return tooSlow(Failure::Timeout, Limit::Stalled);
    m_windowStart = now;
    m_windowBytes = bytes;
    return false;
}

void Transfer::ended(CURLcode code)
{
    m_wireBytes = received();
    Outcome& outcome = m_outcome;
    CURL* easy = m_easy.get();
    long number = 0;
    curl_off_t time = 0;
    outcome.curlCode = code;
    outcome.libraryWords = m_errorText;
    if (outcome.libraryWords.empty() && code != CURLE_OK && !outcome.decided)
        outcome.libraryWords = curl_easy_strerror(code);
    outcome.wireBytes = m_wireBytes;
    if (curl_easy_getinfo(easy, CURLINFO_OS_ERRNO, &number) == CURLE_OK)
        outcome.systemError = number;
    if (curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &number) == CURLE_OK)
        outcome.status = static_cast<int>(number);
    if (curl_easy_getinfo(easy, CURLINFO_HTTP_CONNECTCODE, &number) == CURLE_OK)
        outcome.proxyStatus = static_cast<int>(number);
    if (curl_easy_getinfo(easy, CURLINFO_PROXY_SSL_VERIFYRESULT, &number) == CURLE_OK)
        outcome.proxyCertificateBad = number != 0;
    if (curl_easy_getinfo(easy, CURLINFO_HTTP_VERSION, &number) == CURLE_OK)
        outcome.http2 = number == CURL_HTTP_VERSION_2_0;
    if (curl_easy_getinfo(easy, CURLINFO_PRETRANSFER_TIME_T, &time) == CURLE_OK)
        outcome.sent = time > 0;
    // A copy: the connection lives on and may still write into the other.
    outcome.peer = *m_peer;
    m_easy.reset();
    {
        const std::lock_guard lock(m_mutex);
        m_ended = true;
    }
    m_wake.notify_all();
}

Reply Transfer::await()
{
    std::unique_lock lock(m_mutex);
    // The engine looks at the token too; should it ever be held up, the caller leaves on its own.
    Clock::time_point patience = Clock::time_point::max();
    while (!m_ended) {
        m_wake.wait_for(lock, 50ms);
        if (m_ended || !m_stop.stopRequested())
            continue;
        if (patience == Clock::time_point::max())
            patience = Clock::now() + 300ms;
        else if (Clock::now() > patience)
            return *refused(Failure::Cancelled, "cancelled");
    }
    return replyOf(m_endpoint, m_request, m_limits, std::move(m_outcome));
}

} // namespace glacis::cluster
