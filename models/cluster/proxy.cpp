// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "proxy.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <memory>
#include <optional>

#include <base/text.h>
#include <inventory/tree_checks.h>

#include <curl/curl.h>
#include <openssl/x509v3.h>

#include "url.h"

namespace glacis::cluster {
namespace {
    /// Four or sixteen bytes in network order; empty: no address.
    std::string addressBytes(std::string_view text)
    {
        const std::unique_ptr<ASN1_OCTET_STRING, decltype(&ASN1_OCTET_STRING_free)> address(
            a2i_IPADDRESS(std::string(text).c_str()), &ASN1_OCTET_STRING_free);
        if (!address)
            return {};
        std::string bytes(reinterpret_cast<const char*>(ASN1_STRING_get0_data(address.get())),
            static_cast<std::size_t>(ASN1_STRING_length(address.get())));
        // ::ffff:10.0.0.1 is 10.0.0.1
        static constexpr std::string_view mapped { "\0\0\0\0\0\0\0\0\0\0\xff\xff", 12 };
        return bytes.starts_with(mapped) ? bytes.substr(mapped.size()) : bytes;
    }

    bool isLoopbackAddress(const std::string& bytes)
    {
        static constexpr std::string_view six { "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1", 16 };
        return bytes.size() == 4 ? bytes[0] == 127 : bytes == six;
    }

    std::string_view withoutBrackets(std::string_view host)
    {
        return host.size() >= 2 && host.front() == '[' && host.back() == ']' ? host.substr(1, host.size() - 2)
                                                                             : host;
    }

    /// "10.0.0.0/8"; nothing when it is no range.
    std::optional<bool> rangeHolds(std::string_view range, const std::string& address)
    {
        const std::size_t slash = range.find('/');
        if (slash == std::string_view::npos)
            return std::nullopt;
        const std::string net = addressBytes(range.substr(0, slash));
        const auto bits = parseInteger(range.substr(slash + 1));
        if (net.empty() || !bits || *bits < 0 || *bits > static_cast<std::int64_t>(8 * net.size()))
            return std::nullopt;
        if (net.size() != address.size())
            return false;
        for (std::size_t bit = 0; bit < static_cast<std::size_t>(*bits); ++bit) {
            const unsigned mask = 0x80U >> (bit % 8);
            const auto ours = static_cast<unsigned char>(address[bit / 8]);
            const auto theirs = static_cast<unsigned char>(net[bit / 8]);
            if (((ours ^ theirs) & mask) != 0)
                return false;
        }
        return true;
    }

    struct HostAndPort {
        std::string_view host, port;
    };

    /// As net.SplitHostPort: more than one colon outside of brackets is an address without a port.
    HostAndPort splitPort(std::string_view text)
    {
        const std::size_t colon = text.rfind(':');
        if (colon == std::string_view::npos)
            return { text, {} };
        if (text.front() == '[')
            return text[colon - 1] == ']' ? HostAndPort { text.substr(1, colon - 2), text.substr(colon + 1) }
                                          : HostAndPort { withoutBrackets(text), {} };
        if (text.find(':') != colon)
            return { text, {} };
        return { text.substr(0, colon), text.substr(colon + 1) };
    }

    bool entryMatches(
        std::string_view entry, const std::string& host, const std::string& address, std::string_view port)
    {
        if (const auto inRange = rangeHolds(entry, address))
            return *inRange;
        auto [name, wantedPort] = splitPort(entry);
        if (name.empty() || (!wantedPort.empty() && wantedPort != port))
            return false;
        const std::string wantedAddress = addressBytes(name);
        if (!wantedAddress.empty())
            return wantedAddress == address;
        if (name.starts_with("*."))
            name.remove_prefix(1);
        if (name.front() == '.')
            return host.ends_with(name);
        return host == name || host.ends_with("." + std::string(name));
    }

    struct Scheme {
        std::string_view name;
        std::string_view forCurl;
        std::uint16_t port; ///< Go's; libcurl's own would be 1080 for all
        bool inKubeconfig;
    };
    constexpr std::array schemes = {
        Scheme { "http", "http", 80, true },
        Scheme { "https", "https", 443, true },
        Scheme { "socks5", "socks5h", 1080, true },
        Scheme { "socks5h", "socks5h", 1080, false },
    };

    Result<std::string> normalised(std::string_view setting, std::string_view url, bool fromKubeconfig)
    {
        const auto wrong = [&](std::string_view why) {
            return failure(
                "The proxy in " + std::string(setting) + " cannot be used: " + std::string(why) + ".");
        };
        // Go takes HTTPS_PROXY=host:port for http://host:port.
        const bool bare = url.find("://") == std::string_view::npos;
        if (bare && fromKubeconfig)
            return wrong("a URL with http://, https:// or socks5:// was expected");
        const auto parsed = parseUrl(bare ? "http://" + std::string(url) : std::string(url));
        if (!parsed)
            return wrong("it is not a URL");
        const auto* scheme = std::find_if(
            schemes.begin(), schemes.end(), [&](const Scheme& s) { return s.name == parsed->scheme; });
        if (scheme == schemes.end() || (fromKubeconfig && !scheme->inKubeconfig))
            return wrong(
                "http, https or socks5 was expected, not \"" + inventory::excerpt(parsed->scheme) + "\"");
        std::string result = std::string(scheme->forCurl) + "://";
        if (!parsed->user.empty() || !parsed->password.empty()) // still escaped, as they were written
            result += parsed->user + (parsed->password.empty() ? "" : ":" + parsed->password) + "@";
        return result + parsed->host + ":" + std::to_string(parsed->port != 0 ? parsed->port : scheme->port);
    }

    struct Setting {
        std::string name, value;
    };
    /// The first that is not empty.
    Setting firstOf(const Environment& environment, std::initializer_list<const char*> names)
    {
        for (const char* name : names) {
            if (auto value = environment.variable(name); value && !value->empty())
                return { name, *value };
        }
        return {};
    }
}

bool isLoopback(std::string_view host)
{
    const std::string name = toLower(withoutBrackets(host));
    return name == "localhost" || name.ends_with(".localhost") || isLoopbackAddress(addressBytes(name));
}

bool exemptFromProxy(std::string_view noProxy, std::string_view host, std::uint16_t port)
{
    const std::string name = toLower(trim(withoutBrackets(host)));
    const std::string address = addressBytes(name);
    if (name == "localhost" || isLoopbackAddress(address))
        return true;
    const std::string portText = std::to_string(port);
    for (const std::string_view part : split(noProxy, ',')) {
        const std::string entry = toLower(trim(part));
        if (entry == "*" || (!entry.empty() && entryMatches(entry, name, address, portText)))
            return true;
    }
    return false;
}

Result<std::string> chooseProxy(const ProxyQuestion& question, const Environment& environment)
{
    if (!question.proxyUrl.empty())
        return normalised("proxy-url", question.proxyUrl, true);
    const Setting proxy = question.https ? firstOf(environment, { "HTTPS_PROXY", "https_proxy" })
                                         : firstOf(environment, { "HTTP_PROXY", "http_proxy" });
    if (proxy.value.empty())
        return std::string();
    const Setting noProxy = firstOf(environment, { "NO_PROXY", "no_proxy" });
    if (exemptFromProxy(noProxy.value, question.host, question.port))
        return std::string();
    return normalised(proxy.name, proxy.value, false);
}

std::string shownProxy(std::string_view url)
{
    const std::size_t scheme = url.find("://");
    const std::size_t begin = scheme == std::string_view::npos ? 0 : scheme + 3;
    const std::size_t end = std::min(url.find_first_of("/?#", begin), url.size());
    const std::size_t at = url.substr(0, end).rfind('@');
    if (at == std::string_view::npos)
        return printable(url);
    return printable(std::string(url.substr(0, begin)) + std::string(url.substr(at + 1)));
}

} // namespace glacis::cluster
