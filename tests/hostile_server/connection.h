// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Inside of the servers: how a Connection is opened and TLS is set up.
#pragma once

#include <atomic>
#include <memory>
#include <string>

#include <openssl/ssl.h>

#include "hostile_server.h"

namespace glacis::test {

struct FreeContext {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};
struct FreeSession {
    void operator()(SSL* session) const { SSL_free(session); }
};
using TlsContext = std::unique_ptr<SSL_CTX, FreeContext>;

/// Null without options.tls.
[[nodiscard]] TlsContext makeTlsContext(const ServerOptions& options);

struct Connection::State {
    Socket socket;
    std::unique_ptr<SSL, FreeSession> tls;
    const std::atomic<bool>* stop = nullptr;
    std::string clientName;
    bool peerGone = false;
    std::string early; ///< read while a behaviour paused

    /// True when the handshake is done; else what went wrong.
    [[nodiscard]] bool handshake(SSL_CTX* context, std::string& fault);
    /// Waits in small steps; false when the server ends.
    [[nodiscard]] bool wait(Socket::Direction direction) const;
    /// Of an SSL call that returned `result`: true to call again.
    [[nodiscard]] bool wantsAgain(int result) const;
};

} // namespace glacis::test
