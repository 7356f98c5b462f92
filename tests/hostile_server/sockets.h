// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// TCP on loopback, non-blocking, POSIX and Windows: as much as the servers of the tests need.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace glacis::test {

class Socket {
public:
    enum class Family : std::uint8_t { V4, V6 };
    enum class Direction : std::uint8_t { Read, Write };
    /// Results of read() and write() besides a number of bytes.
    static constexpr std::ptrdiff_t again = -1, broken = -2;

    Socket() = default;
    Socket(Socket&& other) noexcept;
    Socket& operator=(Socket&& other) noexcept;
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;
    ~Socket();

    /// A free port of 127.0.0.1 or ::1; not valid when the machine has no such address.
    [[nodiscard]] static Socket listening(Family family, int backlog);
    [[nodiscard]] static Socket connected(const std::string& address, std::uint16_t port);
    /// Without waiting for an answer.
    [[nodiscard]] static Socket connecting(const std::string& address, std::uint16_t port);

    [[nodiscard]] bool valid() const { return m_handle >= 0; }
    [[nodiscard]] std::uint16_t port() const;
    /// Not valid when nobody came in time.
    [[nodiscard]] Socket accept(std::chrono::milliseconds patience) const;
    [[nodiscard]] bool wait(Direction direction, std::chrono::milliseconds patience) const;
    /// 0: the other side has ended.
    [[nodiscard]] std::ptrdiff_t read(char* to, std::size_t size) const;
    [[nodiscard]] std::ptrdiff_t write(const char* from, std::size_t size) const;
    void endWriting() const;
    void close();
    void reset(); ///< closes with RST instead of FIN
    [[nodiscard]] int handle() const { return static_cast<int>(m_handle); }

private:
    explicit Socket(std::intptr_t handle)
        : m_handle(handle)
    {
    }
    std::intptr_t m_handle = -1;
};

/// In this thread a write to a closed connection is an error, not the end of the process.
void blockBrokenPipeSignal();

} // namespace glacis::test
