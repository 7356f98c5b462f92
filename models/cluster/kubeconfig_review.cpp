// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cluster/kubeconfig_review.h>

#include <algorithm>

#include <base/text.h>
#include <cluster/certificate.h>
#include <cluster/kubeconfig_fields.h>
#include <cluster/kubeconfig_file.h>
#include <cluster/kubeconfig_read.h>
#include <inventory/reader.h>

namespace glacis::cluster {
namespace {

    constexpr std::int64_t day = 86'400;
    constexpr std::int64_t soon = 30 * day;
    // kubelets renew theirs hourly; what ends within a day needs no revoking.
    constexpr std::int64_t shortLived = day;
    constexpr std::string_view mastersGroup = "system:masters";

    std::string date(std::int64_t seconds) { return isoTime(seconds).substr(0, 10); }

    bool hasCertificate(const UserEntry& user)
    {
        return user.clientCertificateData || !user.clientCertificate.empty();
    }

    /// Of the data, else of the file; the message follows "it".
    Result<CertificateFacts> certificateOf(const UserEntry& user)
    {
        if (user.clientCertificateData)
            return certificateFacts(*user.clientCertificateData);
        const SmallFile file = readSmallFile(user.clientCertificate);
        if (file.state != SmallFile::State::Read)
            return failure(file.error);
        return certificateFacts(file.text);
    }

    /// `exp` of a JSON web token; nothing when the token is none or has none. Nothing is verified.
    std::optional<std::int64_t> tokenExpiry(const Wiped& token)
    {
        const std::vector<std::string_view> parts = split(token.reveal(), '.');
        if (parts.size() != 3 || parts[1].size() > 65'536)
            return std::nullopt;
        std::string payload(parts[1]);
        std::replace(payload.begin(), payload.end(), '-', '+');
        std::replace(payload.begin(), payload.end(), '_', '/');
        payload.append((4 - payload.size() % 4) % 4, '=');
        std::string json;
        if (!decodeBase64(payload, json))
            return std::nullopt;
        json.reserve(json.size() + inventory::DocumentReader::jsonPadding);
        inventory::DocumentReader reader;
        const auto& output = reader.readJson(json, 1, { .maxDepth = 16, .maxNodes = 10'000 });
        if (output.documents.size() != 1 || !output.errors.empty())
            return std::nullopt;
        const inventory::NodeRef root(*output.tree, output.documents.front().root);
        return parseInteger(root["exp"].text());
    }

    bool hasPassword(std::string_view url)
    {
        const std::size_t start = url.find("://");
        const std::string_view rest = start == std::string_view::npos ? url : url.substr(start + 3);
        return rest.substr(0, rest.find_first_of("/?#")).find('@') != std::string_view::npos;
    }

    class Review {
    public:
        Review(const ContextTarget& target, std::int64_t now)
            : m_target(target)
            , m_now(now)
        {
        }

        std::vector<Remark> all()
        {
            ofCluster();
            ofUser();
            ofFiles();
            ofShadows();
            return std::move(m_remarks);
        }

    private:
        const KubeconfigFile* file(Place place) const
        {
            return place.file < m_target.files.size() ? &m_target.files[place.file] : nullptr;
        }

        void say(std::string_view what, Place place, std::string entry, std::string field, std::string text)
        {
            const KubeconfigFile* in = file(place);
            m_remarks.push_back({ what, in ? in->path : m_target.file, place.line, std::move(entry),
                std::move(field), std::move(text) });
        }

        void ofCluster()
        {
            const ClusterEntry& cluster = m_target.cluster;
            const std::string entry = "cluster " + cluster.name;
            const std::string head = "the cluster " + inQuotes(cluster.name) + " ";
            if (cluster.insecureSkipTlsVerify)
                say(remark::insecure, cluster.place, entry, "insecure-skip-tls-verify",
                    head + "is not checked to be the right one: whoever stands in between can answer for it");
            if (!toLower(cluster.server.substr(0, 8)).starts_with("https://"))
                say(remark::plainHttp, cluster.place, entry, "server",
                    head + "is reached without TLS: everybody on the way reads and changes what is said");
            if (hasPassword(cluster.server))
                say(remark::passwordInUrl, cluster.place, entry, "server",
                    head + "has a user name or password in its server's URL");
            if (hasPassword(cluster.proxyUrl))
                say(remark::passwordInUrl, cluster.place, entry, "proxy-url",
                    head + "has a user name or password in its proxy's URL");
        }

        void ofUser()
        {
            const UserEntry& user = m_target.user;
            const std::string entry = "user " + user.name;
            const std::string head = "the user " + inQuotes(user.name) + " ";
            if (!user.token.empty()) {
                const auto expiry = tokenExpiry(user.token);
                if (!expiry || *expiry - m_now > shortLived)
                    say(remark::staticToken, user.place, entry, "token",
                        head + "has a token in the file "
                            + (expiry ? "that is good until " + date(*expiry)
                                      : "that does not say when it ends"));
            }
            if (!user.username.empty() || !user.password.empty())
                say(remark::basic, user.place, entry, "password",
                    head + "has a user name and password in the file, which current API servers do not take");
            ofCertificate(user, entry, head);
            credentialFile(user.clientKey, "client-key", entry, head);
            credentialFile(user.tokenFile, "tokenFile", entry, head);
            if (!user.impersonate.empty())
                say(remark::impersonation, user.place, entry, "as",
                    head + "acts as " + inQuotes(user.impersonate)
                        + ": what is seen is what that identity may see");
        }

        void ofCertificate(const UserEntry& user, const std::string& entry, const std::string& head)
        {
            if (!hasCertificate(user))
                return;
            const std::string field
                = user.clientCertificateData ? "client-certificate-data" : "client-certificate";
            const Result<CertificateFacts> facts = certificateOf(user);
            if (!facts) {
                say(remark::certificateUnread, user.place, entry, field,
                    head + "names a client certificate that cannot be read: it " + facts.error().message);
                return;
            }
            if (facts->notAfter < m_now)
                say(remark::expired, user.place, entry, field,
                    head + "has a client certificate that ended on " + date(facts->notAfter));
            else if (facts->notBefore > m_now)
                say(remark::notYetValid, user.place, entry, field,
                    head + "has a client certificate that is not valid before " + date(facts->notBefore));
            else if (facts->notAfter - m_now < soon)
                say(remark::expiresSoon, user.place, entry, field,
                    head + "has a client certificate that ends on " + date(facts->notAfter));
            if (std::find(facts->organisations.begin(), facts->organisations.end(), mastersGroup)
                != facts->organisations.end())
                say(remark::clusterAdmin, user.place, entry, field,
                    head
                        + "is in the group system:masters by its certificate: it may do everything, and no "
                          "role "
                          "can take that away before "
                        + date(facts->notAfter));
        }

        void credentialFile(const std::string& path, const std::string& field, const std::string& entry,
            const std::string& head)
        {
            if (path.empty() || !lookAtSmallFile(path).readableByOthers)
                return;
            m_remarks.push_back({ remark::credentialReadable, path, 0, entry, field,
                head + "names a " + field + " that other accounts of this computer may read" });
        }

        void ofFiles()
        {
            std::vector<std::string> said;
            const auto look = [&](const std::string& path, bool readable) {
                if (!readable || std::find(said.begin(), said.end(), path) != said.end())
                    return;
                said.push_back(path);
                m_remarks.push_back({ remark::readable, path, 0, {}, {},
                    "other accounts of this computer may read the kubeconfig; its mode should be 0600" });
            };
            for (const Place place : { m_target.user.place, m_target.cluster.place })
                if (const KubeconfigFile* in = file(place))
                    look(in->path, in->readableByOthers);
            for (const KubeconfigFile& one : m_target.files)
                if (one.path == m_target.file)
                    look(one.path, one.readableByOthers);
        }

        void ofShadows()
        {
            for (const ShadowedEntry& entry : m_target.shadowed) {
                const KubeconfigFile* winner = file(entry.winner);
                say(remark::shadowed, entry.hidden, entry.what + " " + entry.name, {},
                    "the " + entry.what + " " + inQuotes(entry.name)
                        + " of this file is not used: one of that name stands in "
                        + (winner ? winner->path : "an earlier file"));
            }
        }

        const ContextTarget& m_target;
        std::int64_t m_now;
        std::vector<Remark> m_remarks;
    };

} // namespace

std::vector<Remark> reviewContext(const ContextTarget& target, std::int64_t now)
{
    return Review(target, now).all();
}

std::optional<std::int64_t> certificateExpiry(const UserEntry& user)
{
    if (!hasCertificate(user))
        return std::nullopt;
    const Result<CertificateFacts> facts = certificateOf(user);
    return facts ? std::optional(facts->notAfter) : std::nullopt;
}

void addKubeconfigFacts(const ContextTarget& target, std::int64_t now, inventory::Observations& observations)
{
    const auto add = [&](inventory::KubeconfigFact fact) {
        fact.context = target.context;
        fact.user = target.user.name;
        observations.kubeconfig.push_back(
            { std::move(fact), "kubeconfig", isoTime(now), Confidence::Observed });
    };
    add({ .file = target.file,
        .context = {},
        .user = {},
        .what = "examined",
        .entry = {},
        .field = {},
        .detail = "the context's entries were examined",
        .line = 0 });
    for (const Remark& remark : reviewContext(target, now))
        add({ .file = remark.file,
            .context = {},
            .user = {},
            .what = std::string(remark.what),
            .entry = remark.entry,
            .field = remark.field,
            .detail = remark.text,
            .line = remark.line });
}

} // namespace glacis::cluster
