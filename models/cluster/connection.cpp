// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "connection.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <fstream>

#include <base/text.h>
#include <cluster/credential_file.h>
#include <cluster/discovery.h>
#include <cluster/lists.h>
#include <cluster/own_rights.h>
#include <cluster/server_version.h>
#include <inventory/provider.h>

namespace glacis::cluster {
namespace {

    using Clock = std::chrono::steady_clock;
    using State = TestStep::State;
    using Id = TestStep::Id;

    std::shared_ptr<CredentialSource> credentials(
        const ContextTarget& target, const ConnectionOptions& options)
    {
        return std::make_shared<CredentialSource>(target, options.exec);
    }

    Result<Endpoint> endpointOf(const ContextTarget& target, const ConnectionOptions& options)
    {
        auto endpoint = makeEndpoint(target.cluster, options.exec.environment);
        if (endpoint && !endpoint->caPem && !options.extraCaFile.empty()) {
            auto pem = readCredentialFile(options.extraCaFile, "extra CA file");
            if (!pem)
                return tl::unexpected(pem.error());
            endpoint->extraCaPem = pem->reveal();
        }
        return endpoint;
    }

    struct Advice {
        Failure failure;
        std::string_view next;
    };
    constexpr std::array advices {
        Advice { Failure::NameNotFound, "Check the server's name in the kubeconfig, and the VPN." },
        Advice {
            Failure::ConnectionRefused, "Check the port in the kubeconfig, and that the API server runs." },
        Advice { Failure::Unreachable, "Check the network or the VPN." },
        Advice {
            Failure::ConnectTimeout, "Check the VPN, and whether a firewall lets this machine through." },
        Advice { Failure::Timeout, "Try again; a proxy or load balancer between may hold the answer back." },
        Advice { Failure::CertificateUnknownAuthority,
            "Give the cluster's CA in the kubeconfig (certificate-authority), or the company's CA in the "
            "settings." },
        Advice { Failure::CertificateWrongName,
            "Use one of the names in the certificate, or set tls-server-name in the kubeconfig." },
        Advice { Failure::CertificateExpired, "Renew the server's certificate; check this machine's clock." },
        Advice { Failure::CertificateNotYetValid, "Check this machine's clock." },
        Advice { Failure::ClientCertificateRejected,
            "Fetch a new kubeconfig: the server does not accept this client certificate." },
        Advice { Failure::Proxy, "Check proxy-url in the kubeconfig, HTTPS_PROXY and NO_PROXY." },
        Advice { Failure::ProxyAuthentication, "Put user and password into the proxy's URL." },
        Advice { Failure::NotKubernetes,
            "Open the server's address in a browser: a sign-in page may stand before it." },
        Advice {
            Failure::Redirect, "Put the address that it leads to into the kubeconfig, if you trust it." },
        Advice { Failure::Unauthorized, "Sign in again, or fetch a new kubeconfig." },
        Advice { Failure::Forbidden, "Ask the cluster's owner for the scanner role." },
    };

    std::string nextOf(Failure failure)
    {
        const auto* const found = std::find_if(
            advices.begin(), advices.end(), [failure](const Advice& a) { return a.failure == failure; });
        return found == advices.end() ? std::string() : std::string(found->next);
    }

    class Test {
    public:
        Test(Transport& transport, const ContextTarget& target, const ConnectionOptions& options,
            const StopToken& stop, const std::function<void(const ConnectionReport&)>& changed)
            : m_transport(transport)
            , m_target(target)
            , m_options(options)
            , m_stop(stop)
            , m_changed(changed)
        {
            m_report.steps = testSteps();
        }

        ConnectionReport run()
        {
            const bool reached = kubeconfig() && credential() && connect();
            if (reached) {
                identity();
                if (resources())
                    rights();
            }
            for (TestStep& step : m_report.steps) {
                if (step.state == State::Waiting)
                    step.state = State::Skipped;
            }
            tell();
            return std::move(m_report);
        }

    private:
        TestStep& begin(Id id)
        {
            TestStep& step = *std::find_if(
                m_report.steps.begin(), m_report.steps.end(), [id](const TestStep& s) { return s.id == id; });
            step.state = State::Running;
            m_began = Clock::now();
            tell();
            return step;
        }
        bool end(TestStep& step, State state, std::string result)
        {
            step.state = state;
            step.result = std::move(result);
            step.milliseconds
                = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - m_began).count();
            tell();
            return state != State::Failed;
        }
        bool fail(TestStep& step, Failure failure, std::string message, std::string detail)
        {
            step.next = nextOf(failure);
            step.detail = std::move(detail);
            return end(step, State::Failed, std::move(message));
        }
        void tell() const
        {
            if (m_changed)
                m_changed(m_report);
        }

        bool kubeconfig()
        {
            TestStep& step = begin(Id::Kubeconfig);
            auto endpoint = endpointOf(m_target, m_options);
            if (!endpoint) {
                step.next = "Mend the entry in " + m_target.file + ".";
                return end(step, State::Failed, endpoint.error().message);
            }
            m_endpoint = std::move(*endpoint);
            std::string words = m_target.cluster.server;
            if (!m_endpoint.proxy.empty())
                words += ", through a proxy";
            if (m_endpoint.insecure) {
                step.next = "Replace insecure-skip-tls-verify by the cluster's CA.";
                return end(step, State::Warned, words + "; the server's certificate is not checked");
            }
            return end(step, State::Passed, std::move(words));
        }

        bool credential()
        {
            TestStep& step = begin(Id::Credential);
            m_credentials = credentials(m_target, m_options);
            const auto credential = m_credentials->current(m_stop);
            if (!credential)
                return fail(step, Failure::Credential, credential.error().message, {});
            return end(step, State::Passed, identityKind(m_target.user));
        }

        bool connect()
        {
            TestStep& step = begin(Id::Connect);
            m_client = std::make_unique<ApiClient>(m_transport, m_endpoint, m_credentials,
                ApiClientOptions {
                    .limits = { .total = std::chrono::seconds(30) }, .waiting = m_options.waiting });
            const ServerVersion version = serverVersion(*m_client, m_stop);
            // Any answer of an API server shows that name, connection and certificate are right.
            const bool answered = version.failure == Failure::None || version.failure == Failure::Unauthorized
                || version.failure == Failure::Forbidden;
            if (!answered)
                return fail(step, version.failure, version.message, version.detail);
            end(step, State::Passed, m_endpoint.authority() + " answers");
            TestStep& second = begin(Id::Version);
            if (version.failure != Failure::None)
                return fail(second, version.failure, version.message, version.detail);
            m_report.serverVersion = version.gitVersion;
            m_report.provider = inventory::providerOf(version.gitVersion, m_endpoint.host);
            return end(second, State::Passed,
                "Kubernetes " + version.gitVersion
                    + (m_report.provider.empty() ? "" : " (" + m_report.provider + ")"));
        }

        void identity()
        {
            TestStep& step = begin(Id::Identity);
            const OwnIdentity identity = ownIdentity(*m_client, m_stop);
            if (identity.failure == Failure::Unauthorized) {
                fail(step, identity.failure, identity.message, identity.detail);
                return;
            }
            if (identity.failure != Failure::None) {
                end(step, State::Warned, "The server does not tell who we are: " + identity.message);
                return;
            }
            m_report.user = identity.user;
            m_report.groups = identity.groups;
            const bool anonymous = identity.user == "system:anonymous";
            step.next = anonymous ? "No credential of this context was accepted." : "";
            end(step, anonymous ? State::Warned : State::Passed, identity.user);
        }

        bool resources()
        {
            TestStep& step = begin(Id::Discovery);
            m_discovery = discover(*m_client, m_stop);
            const Discovery& discovery = m_discovery;
            if (discovery.failure != Failure::None)
                return fail(step, discovery.failure, discovery.message, discovery.detail);
            std::string words = std::to_string(discovery.resources.size()) + " resources";
            if (!discovery.deadGroups.empty()) {
                words += "; " + printable(discovery.deadGroups.front()) + " does not answer";
                step.next = "A scan goes on without it.";
                return end(step, State::Warned, std::move(words));
            }
            return end(step, State::Passed, std::move(words));
        }

        void rights()
        {
            TestStep& step = begin(Id::Rights);
            const OwnRights rights = ownRights(*m_client, m_discovery, m_target.ns, m_stop);
            if (rights.failure != Failure::None) {
                end(step, State::Warned, "No preview: " + rights.message);
                return;
            }
            m_report.missingRights = rights.missing;
            m_report.excessRights = rights.excess;
            m_report.unknownRights = rights.unknown;
            if (!rights.excess.empty())
                step.next = "A scan never needs these; use the scanner role for it.";
            else if (!rights.missing.empty())
                step.next = "The scanner role grants what is missing.";
            std::string words = !rights.missing.empty()
                ? std::to_string(rights.missing.size()) + " lists are not permitted"
                : rights.unknown.empty() ? "may list all that a scan reads"
                                         : "nothing that a scan reads is refused";
            if (!rights.excess.empty())
                words += "; may also " + rights.excess.front()
                    + (rights.excess.size() > 1 ? " and " + std::to_string(rights.excess.size() - 1) + " more"
                                                : "");
            if (!rights.unknown.empty())
                words += "; the server could not tell of " + std::to_string(rights.unknown.size())
                    + (rights.unknown.size() == 1 ? " right" : " rights");
            const bool clear = rights.missing.empty() && rights.excess.empty() && rights.unknown.empty();
            end(step, clear ? State::Passed : State::Warned, std::move(words));
        }

        Transport& m_transport;
        const ContextTarget& m_target;
        const ConnectionOptions& m_options;
        const StopToken& m_stop;
        const std::function<void(const ConnectionReport&)>& m_changed;
        ConnectionReport m_report;
        Endpoint m_endpoint;
        Discovery m_discovery;
        std::shared_ptr<CredentialSource> m_credentials;
        std::unique_ptr<ApiClient> m_client;
        Clock::time_point m_began;
    };

} // namespace

Result<std::unique_ptr<ApiClient>> openClient(
    Transport& transport, const ContextTarget& target, const ConnectionOptions& options)
{
    auto endpoint = endpointOf(target, options);
    if (!endpoint)
        return tl::unexpected(endpoint.error());
    return std::make_unique<ApiClient>(transport, std::move(*endpoint), credentials(target, options),
        ApiClientOptions { .limits = {}, .waiting = options.waiting });
}

bool ConnectionReport::connected() const
{
    return std::any_of(steps.begin(), steps.end(),
        [](const TestStep& step) { return step.id == Id::Version && step.state == State::Passed; });
}

std::vector<TestStep> testSteps()
{
    constexpr std::array<std::pair<Id, std::string_view>, 7> titles { {
        { Id::Kubeconfig, "Context in the kubeconfig" },
        { Id::Credential, "Credential" },
        { Id::Connect, "Name, connection and certificate" },
        { Id::Version, "Version of the server" },
        { Id::Identity, "Who the server takes us for" },
        { Id::Discovery, "Resources served" },
        { Id::Rights, "What a scan may read" },
    } };
    std::vector<TestStep> steps;
    steps.reserve(titles.size());
    for (const auto& [id, title] : titles)
        steps.push_back({ id, State::Waiting, std::string(title), {}, {}, {}, 0 });
    return steps;
}

ConnectionReport testConnection(Transport& transport, const ContextTarget& target,
    const ConnectionOptions& options, const StopToken& stop,
    const std::function<void(const ConnectionReport&)>& changed)
{
    return Test(transport, target, options, stop, changed).run();
}

} // namespace glacis::cluster
