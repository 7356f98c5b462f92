// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One thread a tunnel; only addresses of this machine are connected to.
#include "connect_proxy.h"

#include <array>

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <base/text.h>

namespace glacis::live {
namespace {

    constexpr int tick = 50; // ms: how often a thread looks whether to end

    sockaddr_in loopback(std::uint16_t port)
    {
        sockaddr_in address {};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        return address;
    }

    bool sendAll(int to, const char* data, std::size_t size)
    {
        while (size > 0) {
            const ssize_t sent = ::send(to, data, size, MSG_NOSIGNAL);
            if (sent <= 0)
                return false;
            data += sent;
            size -= static_cast<std::size_t>(sent);
        }
        return true;
    }

    /// False when the side has nothing more.
    bool pass(int from, int to)
    {
        std::array<char, 16384> buffer;
        const ssize_t got = ::recv(from, buffer.data(), buffer.size(), 0);
        return got > 0 && sendAll(to, buffer.data(), static_cast<std::size_t>(got));
    }

} // namespace

ConnectProxy::ConnectProxy()
{
    m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    ::bind(m_listener, reinterpret_cast<sockaddr*>(&address), size);
    ::listen(m_listener, 16);
    ::getsockname(m_listener, reinterpret_cast<sockaddr*>(&address), &size);
    m_port = ntohs(address.sin_port);
    m_thread = std::thread([this] { serve(); });
}

ConnectProxy::~ConnectProxy()
{
    m_ending = true;
    m_thread.join();
    for (std::thread& tunnel : m_tunnels)
        tunnel.join();
    ::close(m_listener);
}

std::vector<std::string> ConnectProxy::asked() const
{
    const std::lock_guard lock(m_mutex);
    return m_asked;
}

std::string ConnectProxy::heads() const
{
    const std::lock_guard lock(m_mutex);
    return m_heads;
}

void ConnectProxy::serve()
{
    while (!m_ending) {
        pollfd waiting { m_listener, POLLIN, 0 };
        if (::poll(&waiting, 1, tick) <= 0)
            continue;
        const int client = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (client >= 0)
            m_tunnels.emplace_back([this, client] { tunnel(client); });
    }
}

void ConnectProxy::tunnel(int client)
{
    std::string head;
    char c = 0;
    while (head.find("\r\n\r\n") == std::string::npos && head.size() < 8192 && ::recv(client, &c, 1, 0) == 1)
        head += c;
    {
        const std::lock_guard lock(m_mutex);
        m_asked.push_back(head.substr(0, head.find('\r')));
        m_heads += head;
    }
    const std::string start = "CONNECT 127.0.0.1:";
    const auto port = head.starts_with(start)
        ? parseInteger(head.substr(start.size(), head.find(' ', start.size()) - start.size()))
        : std::nullopt;
    const int server = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = loopback(static_cast<std::uint16_t>(port.value_or(0)));
    if (!port || ::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        const std::string_view no = "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n";
        sendAll(client, no.data(), no.size());
    } else {
        const std::string_view yes = "HTTP/1.1 200 Connection established\r\n\r\n";
        bool open = sendAll(client, yes.data(), yes.size());
        while (open && !m_ending) {
            std::array<pollfd, 2> sides { pollfd { client, POLLIN, 0 }, pollfd { server, POLLIN, 0 } };
            if (::poll(sides.data(), sides.size(), tick) <= 0)
                continue;
            if (sides[0].revents != 0)
                open = pass(client, server);
            if (open && sides[1].revents != 0)
                open = pass(server, client);
        }
    }
    ::close(server);
    ::close(client);
}

} // namespace glacis::live
