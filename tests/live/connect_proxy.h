// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A proxy on loopback that knows CONNECT and nothing else, in a thread of its own.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace glacis::live {

class ConnectProxy {
public:
    ConnectProxy();
    ~ConnectProxy();
    ConnectProxy(const ConnectProxy&) = delete;
    ConnectProxy& operator=(const ConnectProxy&) = delete;

    [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(m_port); }
    /// First lines of the requests so far: "CONNECT 127.0.0.1:6443 HTTP/1.1".
    [[nodiscard]] std::vector<std::string> asked() const;
    /// Everything that clients sent before the tunnel stood.
    [[nodiscard]] std::string heads() const;

private:
    void serve();
    void tunnel(int client);
    std::uint16_t m_port = 0;
    int m_listener = -1;
    std::atomic<bool> m_ending { false };
    mutable std::mutex m_mutex;
    std::vector<std::string> m_asked;
    std::string m_heads;
    std::vector<std::thread> m_tunnels;
    std::thread m_thread;
};

} // namespace glacis::live
