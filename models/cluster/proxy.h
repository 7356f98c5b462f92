// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which proxy leads to a server: as Go decides it (golang.org/x/net/http/httpproxy, client-go's
// clientcmd), so that Glacis goes the same way as kubectl. libcurl itself is never asked.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <base/result.h>
#include <cluster/environment.h>

namespace glacis::cluster {

struct ProxyQuestion {
    std::string_view proxyUrl; ///< of the kubeconfig; wins and asks no NO_PROXY
    bool https = true; ///< of the server
    std::string_view host; ///< IPv6 with or without brackets
    std::uint16_t port = 443;
};

/// A URL with scheme and port, for libcurl (socks5 becomes socks5h: the proxy resolves names, as in Go);
/// empty: none. The message of a failure names the setting, never a password.
[[nodiscard]] Result<std::string> chooseProxy(const ProxyQuestion& question, const Environment& environment);

/// Whether NO_PROXY's text exempts the server: hosts (with all below them), .suffix, *.suffix, addresses,
/// CIDR ranges, each but ranges with ":port", and "*". Loopback is always exempt.
[[nodiscard]] bool exemptFromProxy(std::string_view noProxy, std::string_view host, std::uint16_t port);

/// "localhost", names below it, 127.0.0.0/8 and ::1.
[[nodiscard]] bool isLoopback(std::string_view host);

/// Without user and password: for messages.
[[nodiscard]] std::string shownProxy(std::string_view url);

} // namespace glacis::cluster
