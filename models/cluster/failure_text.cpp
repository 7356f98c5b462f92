// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One sentence for each way to fail: what happened, to whom, and what to look at.
#include "outcome.h"

#include <algorithm>
#include <chrono>

#include <base/text.h>
#include <inventory/tree_checks.h>

#include <curl/curl.h>

#include "proxy.h"
#include "url.h"

namespace glacis::cluster {
namespace {
    std::string shown(std::string_view text, std::size_t limit = 120)
    {
        return inventory::excerpt(text, limit);
    }

    std::string server(const Case& what) { return shown(what.endpoint.authority()); }

    std::string path(const Case& what)
    {
        const std::string& target = what.request.target();
        return shown(std::string_view(target).substr(0, target.find('?')));
    }

    std::string seconds(std::chrono::milliseconds time)
    {
        const auto whole = time.count() / 1000, tenths = time.count() % 1000 / 100;
        return std::to_string(whole) + (tenths != 0 ? "." + std::to_string(tenths) : "") + " s";
    }

    std::string bytes(std::uint64_t count)
    {
        if (count >= 1U << 20)
            return std::to_string(count >> 20) + " MiB";
        return count >= 1U << 10 ? std::to_string(count >> 10) + " KiB" : std::to_string(count) + " bytes";
    }

    std::string listed(const std::vector<std::string>& names)
    {
        constexpr std::size_t most = 8;
        std::string result;
        for (std::size_t i = 0; i < std::min(names.size(), most); ++i)
            result += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + shown(names[i], 80);
        if (names.size() > most)
            result += " and " + std::to_string(names.size() - most) + " more";
        return result;
    }

    std::string nameAsked(const Case& what)
    {
        return shown(what.endpoint.tlsServerName.empty() ? what.endpoint.host : what.endpoint.tlsServerName);
    }

    std::int64_t now()
    {
        return std::chrono::duration_cast<std::chrono::seconds>(
            std::chrono::system_clock::now().time_since_epoch())
            .count();
    }

    /// "3 days", "5 hours", "2 minutes"
    std::string span(std::int64_t length)
    {
        struct Unit {
            std::int64_t seconds;
            const char* name;
        };
        static constexpr Unit units[] = { { 86'400, "day" }, { 3'600, "hour" }, { 60, "minute" } };
        for (const Unit& unit : units) {
            if (const std::int64_t count = length / unit.seconds; count > 0)
                return std::to_string(count) + " " + unit.name + (count == 1 ? "" : "s");
        }
        return "less than a minute";
    }

    std::string whoseCertificate(const Case& what)
    {
        return what.outcome.peer.failedIsAuthority ? "The authority \"" + shown(what.outcome.peer.issuer)
                + "\" behind the certificate of " + server(what)
                                                   : "The certificate of " + server(what);
    }

    std::string cancelled(const Case&) { return "cancelled"; }

    std::string nameNotFound(const Case& what)
    {
        return "The name " + shown(what.endpoint.host)
            + " could not be found: check the server's address in the kubeconfig, the network and any VPN.";
    }

    std::string connectionRefused(const Case& what)
    {
        return server(what)
            + " refuses the connection: nothing listens there, or a firewall on the way rejects it.";
    }

    std::string unreachable(const Case& what)
    {
        return server(what) + " cannot be reached from this machine: check the network and any VPN.";
    }

    std::string connectTimeout(const Case& what)
    {
        const std::string through = what.endpoint.proxy.empty()
            ? ""
            : " through the proxy " + shown(shownProxy(what.endpoint.proxy));
        return "No connection to " + server(what) + through + " within " + seconds(what.limits.connect)
            + ": the address may be wrong, or a firewall or a missing VPN swallows the packets.";
    }

    std::string timeout(const Case& what)
    {
        switch (what.outcome.limit) {
        case Limit::Stalled:
            return server(what) + " stopped sending in the middle of its answer for "
                + seconds(what.limits.stalled) + ".";
        case Limit::Total:
            return server(what) + " did not finish its answer within " + seconds(what.limits.total) + ".";
        case Limit::Connect:
        case Limit::FirstByte:
        case Limit::None:
            break;
        }
        return server(what) + " took the request but did not begin to answer within "
            + seconds(what.limits.firstByte) + ".";
    }

    std::string connectionLost(const Case& what)
    {
        if (what.outcome.curlCode == CURLE_BAD_CONTENT_ENCODING)
            return "The compressed answer of " + server(what) + " is damaged and was not used.";
        if (what.outcome.curlCode == CURLE_OK && what.outcome.headComplete)
            return "The answer of " + server(what) + " for " + path(what)
                + " stops in the middle and was not used.";
        return "The connection to " + server(what)
            + (!what.outcome.headComplete ? " broke before an answer came."
                                          : " broke before the answer was complete.");
    }

    std::string unknownAuthority(const Case& what)
    {
        const std::string issuer = shown(what.outcome.peer.issuer);
        return "The certificate of " + server(what) + " comes from \"" + issuer + "\", which "
            + (what.endpoint.caPem
                    ? "the kubeconfig's certificate authority does not vouch for: the kubeconfig "
                      "may belong to another cluster, or somebody sits in between."
                    : "this machine does not trust: the kubeconfig should name the cluster's "
                      "certificate authority.");
    }

    std::string wrongName(const Case& what)
    {
        const PeerFacts& peer = what.outcome.peer;
        const std::string isFor = peer.names.empty() ? "names no host" : "is for " + listed(peer.names);
        return "The certificate of " + server(what) + " " + isFor + ", not for " + nameAsked(what)
            + ": the address or tls-server-name in the kubeconfig should be one of its names.";
    }

    std::string expired(const Case& what)
    {
        const std::int64_t end = what.outcome.peer.notAfter;
        return whoseCertificate(what) + " expired on " + isoTime(end) + " (" + span(now() - end)
            + " ago): it must be renewed, or this machine's clock is wrong.";
    }

    std::string notYetValid(const Case& what)
    {
        const std::int64_t begin = what.outcome.peer.notBefore;
        return whoseCertificate(what) + " is valid only from " + isoTime(begin) + " (in "
            + span(begin - now()) + "): this machine's clock may be behind.";
    }

    std::string certificateOther(const Case& what)
    {
        if (what.outcome.curlCode == CURLE_SSL_CACERT_BADFILE)
            return "The certificate authority for " + server(what)
                + " holds no certificate that can be read.";
        const std::string& words = what.outcome.peer.verifyWords;
        return "The certificate of " + server(what) + " cannot be trusted"
            + (words.empty() ? "." : ": " + shown(words) + ".");
    }

    std::string clientCertificateRejected(const Case& what)
    {
        return server(what)
            + " demands a client certificate that it trusts and did not accept ours: it may have expired, or "
              "belong to another cluster.";
    }

    std::string tlsHandshake(const Case& what)
    {
        if (what.outcome.libraryWords.find("wrong version number") != std::string::npos)
            return server(what)
                + " does not speak TLS: perhaps the address should begin with http://, or another "
                  "service listens there.";
        return "No encrypted connection to " + server(what)
            + " could be agreed on: TLS 1.2 or newer is needed on both sides.";
    }

    std::string proxyFailed(const Case& what)
    {
        const std::string proxy = "The proxy " + shown(shownProxy(what.endpoint.proxy));
        if (what.outcome.proxyCertificateBad)
            return proxy + " shows a certificate that this machine does not trust.";
        if (what.outcome.proxyStatus != 0)
            return proxy + " refuses a tunnel to " + server(what) + " (HTTP "
                + std::to_string(what.outcome.proxyStatus) + ").";
        if (what.outcome.curlCode == CURLE_COULDNT_RESOLVE_PROXY)
            return proxy + " could not be found: check its name in proxy-url or in the environment.";
        return proxy + " cannot be used to reach " + server(what)
            + ": it refuses the connection or does not answer as a proxy.";
    }

    std::string proxyAuthentication(const Case& what)
    {
        return "The proxy " + shown(shownProxy(what.endpoint.proxy))
            + " asks for a user and a password (HTTP 407): put them into its URL.";
    }

    std::string tooLarge(const Case& what)
    {
        return "The answer of " + server(what) + " is larger than " + bytes(what.limits.maxBytes)
            + " and was not read to its end.";
    }

    std::string notKubernetes(const Case& what)
    {
        const Outcome& outcome = what.outcome;
        if (isHtml(outcome.headers.contentType, outcome.body))
            return server(what)
                + " answered with a web page instead of JSON: a sign-in page, a captive portal or "
                  "a proxy may stand in between.";
        const std::string type = outcome.headers.contentType.empty() ? "something without a type"
                                                                     : shown(outcome.headers.contentType);
        return server(what) + " answered with " + type
            + " where JSON was expected: it may not be a Kubernetes API.";
    }

    std::string redirect(const Case& what)
    {
        const auto url = parseUrl(what.outcome.headers.location);
        const std::string to = url ? " to " + shown(url->scheme + "://" + url->host) : "";
        return server(what) + " redirects" + to
            + ", which is never followed: the kubeconfig should name the final address.";
    }

    std::string credential(const Case& what)
    {
        return "The client certificate or its key for " + server(what)
            + " cannot be used: both must be PEM, belong together and have no password.";
    }

    std::string unauthorized(const Case& what)
    {
        return server(what)
            + " does not accept the credential (401): it may have expired or belong to another "
              "cluster.";
    }

    std::string byPage(const Case& what)
    {
        return isHtml(what.outcome.headers.contentType, what.outcome.body)
            ? " with a web page: something in between may have answered"
            : "";
    }

    std::string forbidden(const Case& what)
    {
        return server(what) + " does not allow this identity to read " + path(what) + " (403)" + byPage(what)
            + ".";
    }

    std::string notFound(const Case& what) { return server(what) + " does not serve " + path(what) + "."; }

    std::string expiredList(const Case& what)
    {
        return server(what) + " no longer has the rest of the list " + path(what) + " (410).";
    }

    std::string tooManyRequests(const Case& what)
    {
        const auto wait = what.outcome.headers.retryAfter;
        return server(what) + " asks to slow down (429)"
            + (wait ? ", for " + seconds(*wait) + "." : " and does not say for how long.");
    }

    std::string statusFailed(const Case& what)
    {
        const std::string says = detailOf(what);
        // The API server itself hints at http:// on its https port.
        if (says.find("HTTP request to an HTTPS server") != std::string::npos)
            return server(what) + " speaks TLS: the kubeconfig's address should begin with https://.";
        return server(what) + " answered with error " + std::to_string(what.outcome.status) + byPage(what)
            + ".";
    }

    std::string malformed(const Case& what)
    {
        if (what.outcome.curlCode != CURLE_OK)
            return server(what) + " did not answer in HTTP: another service may listen there.";
        if (what.outcome.status >= 200 && what.outcome.status < 300)
            return "The answer of " + server(what) + " for " + path(what)
                + " is not a JSON object and was not used.";
        return server(what) + " answered in a way that HTTP does not know (status "
            + std::to_string(what.outcome.status) + ").";
    }

    struct Sentence {
        Failure failure;
        std::string (*write)(const Case&);
    };
    constexpr Sentence sentences[] = {
        { Failure::Cancelled, cancelled },
        { Failure::NameNotFound, nameNotFound },
        { Failure::ConnectionRefused, connectionRefused },
        { Failure::Unreachable, unreachable },
        { Failure::ConnectTimeout, connectTimeout },
        { Failure::Timeout, timeout },
        { Failure::ConnectionLost, connectionLost },
        { Failure::CertificateUnknownAuthority, unknownAuthority },
        { Failure::CertificateWrongName, wrongName },
        { Failure::CertificateExpired, expired },
        { Failure::CertificateNotYetValid, notYetValid },
        { Failure::CertificateOther, certificateOther },
        { Failure::ClientCertificateRejected, clientCertificateRejected },
        { Failure::TlsHandshake, tlsHandshake },
        { Failure::Proxy, proxyFailed },
        { Failure::ProxyAuthentication, proxyAuthentication },
        { Failure::TooLarge, tooLarge },
        { Failure::NotKubernetes, notKubernetes },
        { Failure::Redirect, redirect },
        { Failure::Credential, credential },
        { Failure::Unauthorized, unauthorized },
        { Failure::Forbidden, forbidden },
        { Failure::NotFound, notFound },
        { Failure::Expired, expiredList },
        { Failure::TooManyRequests, tooManyRequests },
        { Failure::ServerError, statusFailed },
        { Failure::BadRequest, statusFailed },
        { Failure::Malformed, malformed },
    };
}

std::string explain(Failure failure, const Case& what)
{
    const auto* found = std::find_if(std::begin(sentences), std::end(sentences),
        [&](const Sentence& sentence) { return sentence.failure == failure; });
    return found == std::end(sentences) ? std::string() : found->write(what);
}

} // namespace glacis::cluster
