// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// An HTTP/1.1 server on loopback that obeys a test byte by byte and remembers whatever it was asked.
//
//     HostileServer server;
//     server.on("/version", json(R"({"gitVersion":"v1.34.4"})"));
//     server.on("/api/v1/pods", sequence({ json(page1), status(410, "Expired", "too old"), json(page2) }));
//     server.on("/api/v1/nodes", [](Connection& connection, const SeenRequest&) {
//         connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{");
//         connection.pause(10s);
//     });
//     ... client of server.url() ...
//     for (const SeenRequest& request : server.requests()) ...
//
// Behaviours run on the connections' own threads, several at once. Dropping the server ends them all within
// some 50 ms. Not for: HTTP/2 (http2.h), proxies (proxy_server.h).
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "certificates.h"
#include "sockets.h"

namespace glacis::test {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct SeenRequest {
    std::string method;
    std::string target; ///< path and query as sent
    Headers headers; ///< names as sent
    std::string body;
    unsigned connection = 0; ///< counts from 1 in order of acceptance

    [[nodiscard]] std::string path() const; ///< as sent, without the query
    /// Decoded value of a query's parameter; empty when it is missing.
    [[nodiscard]] std::string parameter(std::string_view name) const;
    /// Value of a header, any case; nothing when it is missing, joined by "\n" when it stands twice.
    [[nodiscard]] std::optional<std::string> header(std::string_view name) const;
};

/// One connection, seen from the server. Only the thread of its behaviour uses it.
class Connection {
public:
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection();

    /// Exactly these bytes. False when the other side has gone or the server ends.
    bool send(std::string_view bytes);
    /// The bytes one by one, with a pause after each.
    bool drip(std::string_view bytes, std::chrono::milliseconds pauseAfterEach);
    /// False when the server ends or the other side has closed meanwhile.
    bool pause(std::chrono::milliseconds time);
    /// Exactly so many bytes; fewer when the other side has gone or the server ends.
    [[nodiscard]] std::string read(std::size_t size);
    /// True when the other side closed in time.
    [[nodiscard]] bool waitForClose(std::chrono::milliseconds patience);
    void close(); ///< orderly: TLS and TCP
    void cutOff(); ///< FIN without the end of TLS
    void reset(); ///< RST
    [[nodiscard]] bool open() const;
    /// Server that ends; a client's common name when it showed a certificate.
    [[nodiscard]] bool stopping() const;
    [[nodiscard]] const std::string& clientName() const;

private:
    friend class HostileServer;
    struct State;
    explicit Connection(std::unique_ptr<State> state);
    [[nodiscard]] std::ptrdiff_t readSome(char* to, std::size_t size);
    std::unique_ptr<State> m_state;
};

/// Answers one request. The connection is kept unless the behaviour closes it.
using Behaviour = std::function<void(Connection&, const SeenRequest&)>;

struct ServerOptions {
    std::optional<Identity> tls {}; ///< unset: plain http
    std::string clientAuthority {}; ///< PEM; a client must show a certificate of it
    bool tls13 = true; ///< else 1.2 at most
    bool tls10Only = false; ///< speaks TLS 1.0 only
    Socket::Family family = Socket::Family::V4;
    bool accepts = true; ///< false: listens, but never takes a connection from the queue
    /// Runs before anything is read or TLS begins; false ends the connection.
    std::function<bool(Connection&)> greeting {};
    /// After TLS, instead of HTTP/1.1; see http2.h.
    std::function<void(Connection&)> instead {};
    std::string protocol = "http/1.1"; ///< what TLS agrees on (ALPN)
};

class HostileServer {
public:
    explicit HostileServer(ServerOptions options = {});
    ~HostileServer();
    HostileServer(const HostileServer&) = delete;
    HostileServer& operator=(const HostileServer&) = delete;

    [[nodiscard]] bool valid() const; ///< false where the machine has no IPv6
    [[nodiscard]] std::uint16_t port() const;
    /// "https://127.0.0.1:1234"; another name for the host when given.
    [[nodiscard]] std::string url(std::string_view host = {}) const;

    /// For requests of exactly this path (as sent), whatever method and query; replaces an earlier one.
    void on(std::string path, Behaviour behaviour);
    /// For the rest; before it is called: a Status 404 as an API server sends it.
    void otherwise(Behaviour behaviour);

    [[nodiscard]] std::vector<SeenRequest> requests() const;
    [[nodiscard]] std::vector<SeenRequest> requests(std::string_view path) const;
    [[nodiscard]] unsigned connections() const; ///< ever accepted
    [[nodiscard]] unsigned openConnections() const;
    /// What went wrong below HTTP: "tls: …", "request: …".
    [[nodiscard]] std::vector<std::string> faults() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

// --- Behaviours
// -----------------------------------------------------------------------------------------------

/// A whole answer's head and body with the right Content-Length.
[[nodiscard]] std::string answerText(int status, const Headers& headers, std::string_view body);
[[nodiscard]] std::string_view reasonOf(int status);

[[nodiscard]] Behaviour answer(int status, std::string contentType, std::string body, Headers headers = {});
[[nodiscard]] Behaviour json(std::string body, int status = 200, Headers headers = {});
/// A Status object as API servers send it.
[[nodiscard]] Behaviour status(int code, std::string reason, std::string message, Headers headers = {});
[[nodiscard]] std::string statusJson(int code, std::string_view reason, std::string_view message);
/// The answer is computed for each request.
[[nodiscard]] Behaviour computed(std::function<std::string(const SeenRequest&)> jsonBody);
/// One after the other over all connections; the last one goes on for ever.
[[nodiscard]] Behaviour sequence(std::vector<Behaviour> behaviours);
/// Then `next`.
[[nodiscard]] Behaviour after(std::chrono::milliseconds time, Behaviour next);

/// Sends these bytes and closes.
[[nodiscard]] Behaviour raw(std::string bytes);
/// Reads the request and never answers.
[[nodiscard]] Behaviour silent();
/// Closes without an answer.
[[nodiscard]] Behaviour closes();
[[nodiscard]] Behaviour resets();
/// Promises `promised` bytes of body, sends `body`, then closes.
[[nodiscard]] Behaviour stopsInBody(std::string body, std::uint64_t promised);
/// Promises `promised` bytes, sends `body`, then waits.
[[nodiscard]] Behaviour hangsInBody(std::string body, std::uint64_t promised);
/// Chunked; the last chunk is missing, then closes.
[[nodiscard]] Behaviour stopsInChunks(std::string body);
/// A body byte by byte.
[[nodiscard]] Behaviour drips(std::string body, std::chrono::milliseconds pauseAfterEach);
/// `unit` again and again until `bytes` of body are sent; Announced says so in Content-Length.
enum class Length : std::uint8_t { Announced, Chunked };
[[nodiscard]] Behaviour endless(std::string begin, std::string unit, std::uint64_t bytes, Length length);
/// JSON with Content-Encoding: gzip whatever was accepted.
[[nodiscard]] Behaviour gzipped(std::string body);
/// Some 6 KB on the wire for each MB that comes out.
[[nodiscard]] Behaviour gzipBomb(std::uint64_t unpacked);
[[nodiscard]] std::string gzip(std::string_view body); ///< stored, not made smaller

} // namespace glacis::test
