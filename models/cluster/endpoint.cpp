// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// From a kubeconfig's cluster entry to an Endpoint, as client-go's DefaultServerUrlFor and TLSConfigFor do
// it.
#include "transport.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <cluster/environment.h>
#include <cluster/kubeconfig.h>
#include <inventory/tree_checks.h>

#include "proxy.h"
#include "url.h"

namespace glacis::cluster {
namespace {
    constexpr std::uintmax_t maxCaBytes = 5U << 20;

    std::string inQuotes(std::string_view text) { return "\"" + inventory::excerpt(text, 200) + "\""; }

    /// Opening \\host\share makes Windows offer the person's password hash to that host.
    bool isNetworkPath(std::string_view path)
    {
        return path.starts_with("\\\\") || path.starts_with("//") || path.starts_with("\\/")
            || path.starts_with("/\\");
    }

    Result<std::string> readCa(const std::string& path, const std::string& clusterName)
    {
        const auto wrong = [&](std::string_view why) {
            return failure("The certificate authority " + inQuotes(path) + " of cluster "
                + inQuotes(clusterName) + " cannot be used: " + std::string(why) + ".");
        };
        if (isNetworkPath(path))
            return wrong("it lies on a network share, which is never opened from a kubeconfig");
        const std::filesystem::path file(std::u8string(path.begin(), path.end()));
        std::error_code error;
        const auto status = std::filesystem::status(file, error);
        if (error || !std::filesystem::exists(status))
            return wrong("the file does not exist");
        if (!std::filesystem::is_regular_file(status))
            return wrong("it is not a regular file");
        std::ifstream stream(file, std::ios::binary);
        std::string text;
        char part[1 << 14];
        while (stream && text.size() <= maxCaBytes) {
            stream.read(part, sizeof part);
            text.append(part, static_cast<std::size_t>(stream.gcount()));
        }
        if (stream.bad() || (!stream.eof() && text.empty()))
            return wrong("the file cannot be read");
        if (text.size() > maxCaBytes)
            return wrong("it is larger than 5 MiB");
        return text;
    }

    /// A name that may stand in a URL and in a certificate.
    bool isServerName(std::string_view name)
    {
        return !name.empty() && name.size() <= 253 && std::all_of(name.begin(), name.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'
                || c == '.' || c == ':' || c == '_';
        });
    }

    Result<std::optional<std::string>> authorityOf(const ClusterEntry& cluster)
    {
        std::optional<std::string> pem;
        const bool asData = cluster.certificateAuthorityData && !cluster.certificateAuthorityData->empty();
        if (asData) {
            pem = cluster.certificateAuthorityData;
        } else if (!cluster.certificateAuthority.empty()) {
            auto text = readCa(cluster.certificateAuthority, cluster.name);
            if (!text)
                return tl::unexpected(text.error());
            pem = std::move(*text);
        }
        // Without one certificate nothing could be trusted: closed, not open.
        if (pem && pem->find("-----BEGIN ") == std::string::npos)
            return failure("The certificate authority of cluster " + inQuotes(cluster.name)
                + (asData ? "" : " in " + inQuotes(cluster.certificateAuthority))
                + " holds no certificate in PEM form.");
        return pem;
    }
}

std::string Endpoint::authority() const { return host + ":" + std::to_string(port); }

Result<Endpoint> makeEndpoint(const ClusterEntry& cluster, const Environment& environment)
{
    const auto wrong = [&](std::string_view why) {
        return failure("The server " + inQuotes(shownProxy(cluster.server)) + " of cluster "
            + inQuotes(cluster.name) + " cannot be used: " + std::string(why) + ".");
    };
    if (cluster.server.empty())
        return failure("The cluster " + inQuotes(cluster.name) + " names no server.");
    auto pem = authorityOf(cluster);
    if (!pem)
        return tl::unexpected(pem.error());
    Endpoint result;
    result.caPem = std::move(*pem);
    result.insecure = cluster.insecureSkipTlsVerify;
    // "10.0.0.1:6443": client-go takes https when there is something to say about TLS.
    const bool bare = cluster.server.find("://") == std::string::npos;
    const std::string_view assumed = result.caPem || result.insecure ? "https://" : "http://";
    const auto url = parseUrl(bare ? std::string(assumed) + cluster.server : cluster.server);
    if (!url)
        return wrong("it is not a URL such as https://10.0.0.1:6443");
    if (url->scheme != "https" && url->scheme != "http")
        return wrong("https or http was expected");
    if (!url->user.empty() || !url->password.empty())
        return wrong("a user and a password belong into the kubeconfig's users, not into the URL");
    result.https = url->scheme == "https";
    result.host = url->host;
    result.port = url->port != 0 ? url->port : result.https ? 443 : 80;
    result.prefix = url->path;
    while (result.prefix.ends_with('/'))
        result.prefix.pop_back();
    if (!cluster.tlsServerName.empty()) {
        if (!isServerName(cluster.tlsServerName))
            return failure("The tls-server-name " + inQuotes(cluster.tlsServerName) + " of cluster "
                + inQuotes(cluster.name) + " is not a host name.");
        result.tlsServerName = cluster.tlsServerName;
    }
    result.compression = !cluster.disableCompression && !isLoopback(result.host);
    auto proxy = chooseProxy(
        { .proxyUrl = cluster.proxyUrl, .https = result.https, .host = result.host, .port = result.port },
        environment);
    if (!proxy)
        return tl::unexpected(proxy.error());
    result.proxy = std::move(*proxy);
    return result;
}

} // namespace glacis::cluster
