// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which of a user's ways to identify itself count, and in what order, is client-go's: tools/clientcmd
// client_config.go, transport/token_source.go, transport/cert_rotation.go, plugin/pkg/client/auth/exec.
#include "credential.h"

#include <algorithm>
#include <mutex>

#include <base/text.h>
#include <cluster/credential_file.h>
#include <cluster/exec_flight.h>
#include <cluster/impersonation.h>
#include <cluster/key_pair.h>

namespace glacis::cluster {
namespace {

    constexpr std::int64_t tokenPeriod = 60; // seconds that a token file's content is good for
    constexpr std::int64_t tokenLeeway = 10; // and how much earlier it is read again

    /// What a removed or unsupported auth provider is replaced by.
    struct ProviderAdvice {
        std::string_view name, advice;
    };
    constexpr ProviderAdvice providers[] {
        { "gcp",
            "use the credential plugin gke-gcloud-auth-plugin, which “gcloud container clusters "
            "get-credentials” writes into the kubeconfig" },
        { "azure",
            "use the credential plugin kubelogin, which “kubelogin convert-kubeconfig” writes into "
            "the kubeconfig" },
        { "oidc", "use a credential plugin for OpenID Connect, such as “kubectl oidc-login get-token”" },
    };

    bool isPlainHttp(std::string_view server) { return toLower(server).starts_with("http://"); }

    bool hasExec(const UserEntry& user)
    {
        const bool certificate = !user.clientCertificate.empty() || user.clientCertificateData;
        return user.exec && user.token.empty() && user.tokenFile.empty() && user.username.empty()
            && !certificate;
    }

    std::string subjectOf(const ContextTarget& target)
    {
        return "user “" + printable(target.user.name) + "” in " + printable(target.userFile());
    }

    std::string providerText(const ContextTarget& target)
    {
        const std::string& name = target.user.authProvider;
        const auto* known = std::find_if(std::begin(providers), std::end(providers),
            [&](const ProviderAdvice& provider) { return provider.name == name; });
        return subjectOf(target) + " uses the auth provider “" + printable(name)
            + "”, which Glacis does not have: "
            + std::string(known != std::end(providers)
                    ? known->advice
                    : "use a credential plugin (exec), a token or a client certificate");
    }

    /// transport/token_source.go: read again when 50 s old; the last good one is kept when that fails.
    class TokenFile {
    public:
        explicit TokenFile(std::string path)
            : m_path(std::move(path))
        {
        }
        [[nodiscard]] Result<Wiped> current(std::int64_t now)
        {
            const bool fresh = now >= m_readAt && now < m_readAt + tokenPeriod - tokenLeeway;
            if (!m_token.empty() && fresh)
                return m_token;
            auto read = readNow();
            if (read) {
                m_token = std::move(*read);
                m_readAt = now;
            } else if (m_token.empty()) {
                return tl::unexpected(read.error());
            }
            return m_token;
        }
        /// True when the file holds another one.
        [[nodiscard]] bool rejected(std::int64_t now)
        {
            auto read = readNow();
            const bool other = read && !read->same(m_token);
            m_token = read ? std::move(*read) : Wiped();
            m_readAt = now;
            return other;
        }

    private:
        [[nodiscard]] Result<Wiped> readNow() const
        {
            const auto text = readCredentialFile(m_path, "token file");
            if (!text)
                return tl::unexpected(text.error());
            const std::string_view token = trim(text->reveal());
            if (token.empty())
                return failure("the token file " + m_path + " is empty");
            if (breaksHeader(token))
                return failure(
                    "the token file " + m_path + " holds control characters, expected one token in one line");
            return Wiped(token);
        }

        std::string m_path;
        Wiped m_token;
        std::int64_t m_readAt = 0;
    };

    /// A certificate and its key, each given as data or as a file; files are read again when they change. A
    /// pair that does not fit (only one of two files is new yet) leaves the last good one.
    class CertificatePair {
    public:
        explicit CertificatePair(const UserEntry& user)
            : m_user(user)
        {
        }
        [[nodiscard]] Result<const KeyPair*> current()
        {
            const Stamps now = stamps();
            if (m_pair && now == m_stamps)
                return &*m_pair;
            auto read = readNow();
            if (read) {
                m_pair = std::move(*read);
                m_stamps = now;
            } else if (!m_pair) {
                return tl::unexpected(read.error());
            }
            return &*m_pair;
        }
        [[nodiscard]] bool changed() const { return m_pair && !(stamps() == m_stamps); }

    private:
        struct Stamps {
            FileStamp certificate, key;
            friend bool operator==(Stamps, Stamps) = default;
        };
        [[nodiscard]] Stamps stamps() const
        {
            return { m_user.clientCertificateData ? FileStamp() : fileStamp(m_user.clientCertificate),
                m_user.clientKeyData ? FileStamp() : fileStamp(m_user.clientKey) };
        }
        [[nodiscard]] Result<KeyPair> readNow() const
        {
            KeyPair pair;
            if (m_user.clientCertificateData) {
                pair.certificatePem = *m_user.clientCertificateData;
            } else {
                const auto file = readCredentialFile(m_user.clientCertificate, "client certificate");
                if (!file)
                    return tl::unexpected(file.error());
                pair.certificatePem = file->reveal();
            }
            if (m_user.clientKeyData) {
                pair.keyPem = *m_user.clientKeyData;
            } else if (m_user.clientKey.empty()) {
                return failure(
                    "user “" + printable(m_user.name) + "” has a client certificate but no client key");
            } else {
                auto file = readCredentialFile(m_user.clientKey, "client key");
                if (!file)
                    return tl::unexpected(file.error());
                pair.keyPem = std::move(*file);
            }
            if (const auto fits = checkKeyPair(pair.certificatePem, pair.keyPem); !fits)
                return failure("the client certificate of user “" + printable(m_user.name) + "” ("
                    + (m_user.clientCertificateData ? "in the kubeconfig" : m_user.clientCertificate)
                    + ") cannot be used: " + fits.error().message);
            return pair;
        }

        const UserEntry& m_user;
        std::optional<KeyPair> m_pair;
        Stamps m_stamps;
    };

    bool sameContent(const Credential& a, const Credential& b)
    {
        return a.bearerToken.same(b.bearerToken) && a.username == b.username && a.password.same(b.password)
            && a.certificatePem == b.certificatePem && a.keyPem.same(b.keyPem)
            && a.impersonation == b.impersonation;
    }

} // namespace

struct CredentialSource::State {
    ContextTarget target;
    ExecOptions options;
    std::mutex mutex;
    std::optional<TokenFile> tokenFile;
    std::optional<CertificatePair> certificate;
    std::optional<ExecFlight> exec;
    CredentialPtr last;
    std::uint64_t lastFlown = 0; ///< number of the plugin's answer that `last` holds

    State(ContextTarget t, ExecOptions o)
        : target(std::move(t))
        , options(std::move(o))
    {
        const UserEntry& user = target.user;
        if (isPlainHttp(target.cluster.server))
            return; // nothing secret is ever sent in clear
        if (!user.tokenFile.empty())
            tokenFile.emplace(user.tokenFile);
        if (!user.clientCertificate.empty() || user.clientCertificateData)
            certificate.emplace(user);
        if (hasExec(user))
            exec.emplace(target, options);
    }

    [[nodiscard]] Result<void> addToken(Credential& credential)
    {
        const UserEntry& user = target.user;
        credential.bearerToken = user.token;
        if (tokenFile) {
            auto read = tokenFile->current(secondsNow(options));
            if (read)
                credential.bearerToken = std::move(*read);
            else if (user.token.empty())
                return failure(subjectOf(target) + ": " + read.error().message);
        }
        if (breaksHeader(credential.bearerToken.reveal()))
            return failure(subjectOf(target) + " has a token with control characters, expected one line");
        return {};
    }

    /// Everything but a plugin's answer.
    [[nodiscard]] Result<Credential> fromKubeconfig()
    {
        Credential credential;
        auto headers = impersonationHeaders(target.user);
        if (!headers)
            return tl::unexpected(headers.error());
        credential.impersonation = std::move(*headers);
        if (isPlainHttp(target.cluster.server))
            return credential;
        const UserEntry& user = target.user;
        if (!user.authProvider.empty())
            return failure(user.exec ? subjectOf(target)
                        + " names an auth provider and a credential plugin, expected one of them"
                                     : providerText(target));
        if (const auto added = addToken(credential); !added)
            return tl::unexpected(added.error());
        if (!user.username.empty()) {
            credential.username = user.username;
            credential.password = user.password;
        }
        if (certificate) {
            const auto pair = certificate->current();
            if (!pair)
                return tl::unexpected(pair.error());
            credential.certificatePem = (*pair)->certificatePem;
            credential.keyPem = (*pair)->keyPem;
        }
        return credential;
    }

    [[nodiscard]] CredentialPtr keep(Credential credential)
    {
        if (last && sameContent(*last, credential))
            return last;
        credential.generation = last ? last->generation + 1 : 1;
        last = std::make_shared<const Credential>(std::move(credential));
        return last;
    }

    [[nodiscard]] CredentialPtr withAnswer(Credential credential, const FlownAnswer& flown)
    {
        // A run that brought the same again is a change: a 401 to the old one says nothing of the new.
        if (last && lastFlown == flown.number)
            return last;
        if (last && lastFlown > flown.number)
            return last; // another thread was faster with a newer one
        credential.bearerToken = flown.answer.token;
        credential.certificatePem = flown.answer.certificatePem;
        credential.keyPem = flown.answer.keyPem;
        credential.generation = flown.number;
        lastFlown = flown.number;
        last = std::make_shared<const Credential>(std::move(credential));
        return last;
    }
};

CredentialSource::CredentialSource(ContextTarget target, ExecOptions exec)
    : m_state(std::make_unique<State>(std::move(target), std::move(exec)))
{
}

CredentialSource::~CredentialSource() = default;

Result<CredentialPtr> CredentialSource::current(const StopToken& stop)
{
    if (stop.stopRequested())
        return failure("cancelled");
    std::unique_lock lock(m_state->mutex);
    auto credential = m_state->fromKubeconfig();
    if (!credential)
        return tl::unexpected(credential.error());
    if (!m_state->exec)
        return m_state->keep(std::move(*credential));
    lock.unlock(); // the plugin has its own queue
    const auto flown = m_state->exec->current(stop);
    if (!flown)
        return tl::unexpected(flown.error());
    lock.lock();
    return m_state->withAnswer(std::move(*credential), **flown);
}

bool CredentialSource::rejected(const Credential& credential)
{
    if (m_state->exec)
        return m_state->exec->rejected(credential.generation);
    const std::scoped_lock lock(m_state->mutex);
    if (!m_state->last || credential.generation != m_state->last->generation)
        return true; // it was an older one
    const bool otherToken = m_state->tokenFile && m_state->tokenFile->rejected(secondsNow(m_state->options));
    const bool otherPair = m_state->certificate && m_state->certificate->changed();
    return otherToken || otherPair;
}

} // namespace glacis::cluster
