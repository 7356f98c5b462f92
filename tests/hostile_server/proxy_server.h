// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A proxy on loopback: CONNECT tunnels and SOCKS 5 with names resolved here. Every name leads to 127.0.0.1,
// so that a test sees which name a client asked for without a resolver.
//
//     ProxyServer proxy({ .user = "me:secret" });
//     ... client over "http://me:secret@127.0.0.1:" + port ...
//     proxy.heads();   // { "CONNECT cluster.example:6443 HTTP/1.1\r\nHost: …\r\n" }
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "certificates.h"

namespace glacis::test {

struct ProxyOptions {
    enum class Kind : std::uint8_t { Http, Socks5 };
    Kind kind = Kind::Http;
    std::string user {}; ///< "name:password"; without it in Proxy-Authorization: 407
    std::string refusal {}; ///< whole answer to every CONNECT instead of a tunnel
    bool silent = false; ///< takes connections, answers nothing
    std::optional<Identity> tls {}; ///< speaks TLS with its clients, outside of the tunnels
};

class ProxyServer {
public:
    explicit ProxyServer(ProxyOptions options = {});
    ~ProxyServer();
    ProxyServer(const ProxyServer&) = delete;
    ProxyServer& operator=(const ProxyServer&) = delete;

    [[nodiscard]] std::uint16_t port() const;
    [[nodiscard]] std::string url() const; ///< "http://127.0.0.1:1234", "https://…" or "socks5://…"
    /// What clients said before the tunnel: heads of HTTP requests, or "SOCKS name:port".
    [[nodiscard]] std::vector<std::string> heads() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace glacis::test
