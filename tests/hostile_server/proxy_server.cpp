// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "proxy_server.h"

#include <array>
#include <atomic>
#include <list>
#include <mutex>
#include <string_view>
#include <thread>

#include <openssl/evp.h>

#include "connection.h"
#include "sockets.h"

namespace glacis::test {
namespace {
    using namespace std::chrono_literals;
    constexpr std::chrono::milliseconds step = 10ms;

    std::string base64(const std::string& text)
    {
        std::string result(4 * ((text.size() + 2) / 3) + 1, '\0');
        const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(result.data()),
            reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
        result.resize(static_cast<std::size_t>(size));
        return result;
    }

    /// A socket, with TLS or without.
    struct Stream {
        const Socket& socket;
        SSL* tls = nullptr;

        [[nodiscard]] std::ptrdiff_t read(char* to, std::size_t size) const
        {
            return tls ? told(SSL_read(tls, to, static_cast<int>(size))) : socket.read(to, size);
        }
        [[nodiscard]] std::ptrdiff_t write(const char* from, std::size_t size) const
        {
            return tls ? told(SSL_write(tls, from, static_cast<int>(size))) : socket.write(from, size);
        }
        [[nodiscard]] bool wait(Socket::Direction direction, std::chrono::milliseconds patience) const
        {
            return socket.wait(direction, patience);
        }

    private:
        [[nodiscard]] std::ptrdiff_t told(int result) const
        {
            if (result > 0)
                return result;
            const int why = SSL_get_error(tls, result);
            return why == SSL_ERROR_WANT_READ || why == SSL_ERROR_WANT_WRITE ? Socket::again : Socket::broken;
        }
    };
}

struct ProxyServer::State {
    ProxyOptions options;
    Socket listener;
    std::uint16_t port = 0;
    std::atomic<bool> stop { false };
    mutable std::mutex mutex;
    std::vector<std::string> heads;
    std::list<std::thread> threads;
    std::thread acceptor;

    void acceptAll();
    void greet(const Socket& socket);
    void serve(const Stream& client);
    /// The port behind; 0: no tunnel.
    std::uint16_t openHttp(const Stream& client);
    std::uint16_t openSocks(const Stream& client);
    void tunnel(const Stream& client, const Stream& server) const;
    /// Reads at least `size` bytes, or up to `end` when it is given.
    std::string read(const Stream& from, std::size_t size, std::string_view end = {}) const;
    bool write(const Stream& to, std::string_view bytes) const;
    void note(std::string head)
    {
        const std::lock_guard lock(mutex);
        heads.push_back(std::move(head));
    }
};

std::string ProxyServer::State::read(const Stream& from, std::size_t size, std::string_view end) const
{
    std::string result;
    // Byte by byte: what follows belongs to the tunnel.
    while (!stop.load() && (end.empty() ? result.size() < size : !result.ends_with(end))) {
        char byte = 0;
        const std::ptrdiff_t got = from.read(&byte, 1);
        if (got == 1)
            result += byte;
        else if (got == Socket::again)
            (void)from.wait(Socket::Direction::Read, step);
        else
            return {};
    }
    return result;
}

bool ProxyServer::State::write(const Stream& to, std::string_view bytes) const
{
    while (!bytes.empty() && !stop.load()) {
        const std::ptrdiff_t put = to.write(bytes.data(), bytes.size());
        if (put > 0)
            bytes.remove_prefix(static_cast<std::size_t>(put));
        else if (put == Socket::again)
            (void)to.wait(Socket::Direction::Write, step);
        else
            return false;
    }
    return bytes.empty();
}

std::uint16_t ProxyServer::State::openHttp(const Stream& client)
{
    const std::string head = read(client, 0, "\r\n\r\n");
    if (head.empty())
        return 0;
    note(head);
    if (!options.refusal.empty()) {
        write(client, options.refusal);
        return 0;
    }
    if (!options.user.empty() && head.find("Basic " + base64(options.user) + "\r\n") == std::string::npos) {
        write(client,
            "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"test\"\r\n"
            "Content-Length: 0\r\n\r\n");
        return 0;
    }
    const std::size_t version = head.find(" HTTP/");
    const std::size_t colon = head.rfind(':', version);
    if (!head.starts_with("CONNECT ") || colon == std::string::npos)
        return 0;
    write(client, "HTTP/1.1 200 Connection established\r\n\r\n");
    return static_cast<std::uint16_t>(std::stoi(head.substr(colon + 1)));
}

std::uint16_t ProxyServer::State::openSocks(const Stream& client)
{
    const std::string greeting = read(client, 2);
    if (greeting.size() < 2 || read(client, static_cast<unsigned char>(greeting[1])).empty())
        return 0;
    write(client, std::string_view("\x05\x00", 2));
    const std::string head = read(client, 4);
    if (head.size() < 4)
        return 0;
    std::string name;
    if (head[3] == 3) {
        const std::string size = read(client, 1);
        name = size.empty() ? "" : read(client, static_cast<unsigned char>(size[0]));
    } else {
        name = "an address: " + std::to_string(read(client, head[3] == 1 ? 4 : 16).size());
    }
    const std::string portBytes = read(client, 2);
    if (portBytes.size() < 2)
        return 0;
    const unsigned wanted = static_cast<unsigned>(static_cast<unsigned char>(portBytes[0])) * 256U
        + static_cast<unsigned char>(portBytes[1]);
    note("SOCKS " + name + ":" + std::to_string(wanted));
    write(client, std::string_view("\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x00", 10));
    return static_cast<std::uint16_t>(wanted);
}

void ProxyServer::State::tunnel(const Stream& client, const Stream& server) const
{
    std::array<char, 1 << 14> buffer {};
    const auto forward = [&](const Stream& from, const Stream& to) {
        const std::ptrdiff_t got = from.read(buffer.data(), buffer.size());
        if (got == Socket::again)
            return true;
        return got > 0 && write(to, { buffer.data(), static_cast<std::size_t>(got) });
    };
    while (!stop.load()) {
        // Two sockets, short waits: a test moves little.
        if (!client.wait(Socket::Direction::Read, 2ms))
            (void)server.wait(Socket::Direction::Read, 2ms);
        if (!forward(client, server) || !forward(server, client))
            return;
    }
}

void ProxyServer::State::serve(const Stream& client)
{
    if (options.silent) {
        while (!stop.load())
            std::this_thread::sleep_for(step);
        return;
    }
    const std::uint16_t behind
        = options.kind == ProxyOptions::Kind::Http ? openHttp(client) : openSocks(client);
    if (behind == 0)
        return;
    const Socket server = Socket::connected("127.0.0.1", behind);
    if (server.valid())
        tunnel(client, { server });
}

void ProxyServer::State::greet(const Socket& socket)
{
    if (!options.tls)
        return serve({ socket });
    ServerOptions server;
    server.tls = options.tls;
    const TlsContext context = makeTlsContext(server);
    const std::unique_ptr<SSL, FreeSession> session(SSL_new(context.get()));
    SSL_set_fd(session.get(), socket.handle());
    for (int result = 0; (result = SSL_accept(session.get())) != 1;) {
        if (stop.load() || SSL_get_error(session.get(), result) != SSL_ERROR_WANT_READ)
            return;
        (void)socket.wait(Socket::Direction::Read, step);
    }
    serve({ socket, session.get() });
}

void ProxyServer::State::acceptAll()
{
    while (!stop.load()) {
        Socket socket = listener.accept(20ms);
        if (socket.valid())
            threads.emplace_back([this, taken = std::move(socket)] {
                blockBrokenPipeSignal();
                greet(taken);
            });
    }
    for (std::thread& thread : threads)
        thread.join();
}

ProxyServer::ProxyServer(ProxyOptions options)
    : m_state(std::make_unique<State>())
{
    State& state = *m_state;
    state.options = std::move(options);
    state.listener = Socket::listening(Socket::Family::V4, 64);
    state.port = state.listener.port();
    state.acceptor = std::thread([&state] { state.acceptAll(); });
}

ProxyServer::~ProxyServer()
{
    m_state->stop = true;
    m_state->acceptor.join();
}

std::uint16_t ProxyServer::port() const { return m_state->port; }

std::string ProxyServer::url() const
{
    const ProxyOptions& options = m_state->options;
    const char* scheme = options.kind == ProxyOptions::Kind::Socks5 ? "socks5"
        : options.tls                                               ? "https"
                                                                    : "http";
    return std::string(scheme) + "://127.0.0.1:" + std::to_string(port());
}

std::vector<std::string> ProxyServer::heads() const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->heads;
}

} // namespace glacis::test
