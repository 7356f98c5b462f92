// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sockets.h"

#include <cstring>
#include <utility>

#ifdef _WIN32
#include <winsock2.h>
#include <ws2tcpip.h>
#else
#include <arpa/inet.h>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

namespace glacis::test {
namespace {
#ifdef _WIN32
    using Handle = SOCKET;
    using Length = int;
    using PollEntry = WSAPOLLFD;
    constexpr int sendFlags = 0;

    void startSockets()
    {
        static const bool started = [] {
            WSADATA data;
            return WSAStartup(MAKEWORD(2, 2), &data) == 0;
        }();
        (void)started;
    }
    void closeHandle(Handle handle) { closesocket(handle); }
    bool wouldBlock() { return WSAGetLastError() == WSAEWOULDBLOCK; }
    void unblock(Handle handle)
    {
        u_long on = 1;
        ioctlsocket(handle, FIONBIO, &on);
    }
    int pollOne(PollEntry& entry, int milliseconds) { return WSAPoll(&entry, 1, milliseconds); }
    constexpr int endOfWriting = SD_SEND;
    int sizeForCall(std::size_t size) { return static_cast<int>(std::min<std::size_t>(size, 1 << 20)); }
#else
    using Handle = int;
    using Length = socklen_t;
    using PollEntry = pollfd;
#ifdef MSG_NOSIGNAL
    constexpr int sendFlags = MSG_NOSIGNAL;
#else
    constexpr int sendFlags = 0; // macOS: the threads block the signal
#endif

    void startSockets() { }
    void closeHandle(Handle handle) { ::close(handle); }
    bool wouldBlock() { return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR; }
    void unblock(Handle handle) { ::fcntl(handle, F_SETFL, ::fcntl(handle, F_GETFL) | O_NONBLOCK); }
    int pollOne(PollEntry& entry, int milliseconds) { return ::poll(&entry, 1, milliseconds); }
    constexpr int endOfWriting = SHUT_WR;
    std::size_t sizeForCall(std::size_t size) { return size; }
#endif

    void setOption(Handle handle, int level, int name, int value)
    {
        ::setsockopt(handle, level, name, reinterpret_cast<const char*>(&value), sizeof value);
    }
}

Socket::Socket(Socket&& other) noexcept
    : m_handle(std::exchange(other.m_handle, -1))
{
}

Socket& Socket::operator=(Socket&& other) noexcept
{
    if (this != &other) {
        close();
        m_handle = std::exchange(other.m_handle, -1);
    }
    return *this;
}

Socket::~Socket() { close(); }

Socket Socket::listening(Family family, int backlog)
{
    startSockets();
    const auto handle = ::socket(family == Family::V6 ? AF_INET6 : AF_INET, SOCK_STREAM, 0);
    Socket result(static_cast<std::intptr_t>(handle));
    if (!result.valid())
        return {};
    sockaddr_in v4 {};
    v4.sin_family = AF_INET;
    v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    sockaddr_in6 v6 {};
    v6.sin6_family = AF_INET6;
    v6.sin6_addr.s6_addr[15] = 1;
    const bool six = family == Family::V6;
    const sockaddr* address
        = six ? reinterpret_cast<const sockaddr*>(&v6) : reinterpret_cast<const sockaddr*>(&v4);
    if (::bind(handle, address, static_cast<Length>(six ? sizeof v6 : sizeof v4)) != 0
        || ::listen(handle, backlog) != 0)
        return {};
    unblock(handle);
    return result;
}

Socket Socket::connecting(const std::string& address, std::uint16_t port)
{
    startSockets();
    const auto handle = ::socket(AF_INET, SOCK_STREAM, 0);
    Socket result(static_cast<std::intptr_t>(handle));
    sockaddr_in to {};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    if (!result.valid() || ::inet_pton(AF_INET, address.c_str(), &to.sin_addr) != 1)
        return {};
    unblock(handle);
    setOption(handle, IPPROTO_TCP, TCP_NODELAY, 1);
    (void)::connect(handle, reinterpret_cast<const sockaddr*>(&to), sizeof to);
    return result;
}

Socket Socket::connected(const std::string& address, std::uint16_t port)
{
    Socket result = connecting(address, port);
    if (!result.valid() || !result.wait(Direction::Write, std::chrono::milliseconds(2'000)))
        return {};
    int error = 0;
    Length length = sizeof error;
    ::getsockopt(
        static_cast<Handle>(result.m_handle), SOL_SOCKET, SO_ERROR, reinterpret_cast<char*>(&error), &length);
    return error == 0 ? std::move(result) : Socket();
}

std::uint16_t Socket::port() const
{
    sockaddr_storage address {};
    Length length = sizeof address;
    if (::getsockname(static_cast<Handle>(m_handle), reinterpret_cast<sockaddr*>(&address), &length) != 0)
        return 0;
    if (address.ss_family == AF_INET6)
        return ntohs(reinterpret_cast<const sockaddr_in6*>(&address)->sin6_port);
    return ntohs(reinterpret_cast<const sockaddr_in*>(&address)->sin_port);
}

Socket Socket::accept(std::chrono::milliseconds patience) const
{
    if (!wait(Direction::Read, patience))
        return {};
    const auto handle = ::accept(static_cast<Handle>(m_handle), nullptr, nullptr);
    Socket result(static_cast<std::intptr_t>(handle));
    if (!result.valid())
        return {};
    unblock(handle);
    setOption(handle, IPPROTO_TCP, TCP_NODELAY, 1);
    return result;
}

bool Socket::wait(Direction direction, std::chrono::milliseconds patience) const
{
    PollEntry entry {};
    entry.fd = static_cast<Handle>(m_handle);
    entry.events = direction == Direction::Read ? POLLIN : POLLOUT;
    return pollOne(entry, static_cast<int>(patience.count())) > 0;
}

std::ptrdiff_t Socket::read(char* to, std::size_t size) const
{
    const auto got = ::recv(static_cast<Handle>(m_handle), to, sizeForCall(size), 0);
    if (got >= 0)
        return static_cast<std::ptrdiff_t>(got);
    return wouldBlock() ? again : broken;
}

std::ptrdiff_t Socket::write(const char* from, std::size_t size) const
{
    const auto put = ::send(static_cast<Handle>(m_handle), from, sizeForCall(size), sendFlags);
    if (put >= 0)
        return static_cast<std::ptrdiff_t>(put);
    return wouldBlock() ? again : broken;
}

void Socket::endWriting() const { ::shutdown(static_cast<Handle>(m_handle), endOfWriting); }

void Socket::close()
{
    if (valid())
        closeHandle(static_cast<Handle>(std::exchange(m_handle, -1)));
}

void Socket::reset()
{
    if (!valid())
        return;
    linger now {};
    now.l_onoff = 1;
    ::setsockopt(static_cast<Handle>(m_handle), SOL_SOCKET, SO_LINGER, reinterpret_cast<const char*>(&now),
        sizeof now);
    close();
}

void blockBrokenPipeSignal()
{
#ifndef _WIN32
    sigset_t signals;
    ::sigemptyset(&signals);
    ::sigaddset(&signals, SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
#endif
}

} // namespace glacis::test
