// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Flags as kubeadm gives them, less what needs other programs: admission that waits for controllers
// (ServiceAccount tokens, quota) or would change what the test wrote (PodSecurity, taints, tolerations), and
// webhooks, which nobody answers here.
#include "live_control_plane.h"

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <base/text.h>

namespace glacis::live {
namespace {

    namespace fs = std::filesystem;
    using Clock = std::chrono::steady_clock;

    constexpr auto patience = std::chrono::seconds(120); // sanitizers and loaded machines included

    constexpr std::string_view auditPolicy = R"(apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules: [{level: Metadata}]
)";

    constexpr std::string_view withoutAdmission
        = "ServiceAccount,PodSecurity,ResourceQuota,TaintNodesByCondition,DefaultTolerationSeconds,"
          "DefaultStorageClass,DefaultIngressClass,StorageObjectInUseProtection,"
          "MutatingAdmissionWebhook,ValidatingAdmissionWebhook";

    std::string variable(const char* name)
    {
        const char* value = std::getenv(name);
        return value ? value : "";
    }

    bool executable(const std::string& path) { return ::access(path.c_str(), X_OK) == 0; }

    std::string inPath(const std::string& name)
    {
        const std::string path = variable("PATH");
        for (const std::string_view folder : split(path, ':'))
            if (const std::string full = std::string(folder) + '/' + name;
                !folder.empty() && executable(full))
                return full;
        return {};
    }

    std::string cacheFolder()
    {
        std::string cache = variable("XDG_CACHE_HOME");
        if (cache.empty())
            cache = variable("HOME") + "/.cache";
        return cache + "/glacis/controlplane/" + GLACIS_CONTROL_PLANE_VERSION;
    }

    struct Programs {
        std::string apiServer, etcd, missing;
    };

    Programs programs()
    {
        Programs out;
        if (const std::string assets = variable("KUBEBUILDER_ASSETS"); !assets.empty()) {
            out.apiServer = assets + "/kube-apiserver";
            out.etcd = assets + "/etcd";
            if (!executable(out.apiServer) || !executable(out.etcd))
                out.missing = "KUBEBUILDER_ASSETS does not hold kube-apiserver and etcd";
            return out;
        }
        out.apiServer = cacheFolder() + "/kube-apiserver";
        out.etcd = inPath("etcd");
        if (!executable(out.apiServer))
            out.missing = "there is no " + out.apiServer + "; packaging/controlplane.sh builds it";
        else if (out.etcd.empty())
            out.missing = "there is no etcd in PATH";
        return out;
    }

    /// All at once, so that they differ. Somebody else may take one before it is used: unlikely, and then the
    /// start fails with a clear log.
    template <std::size_t N> std::array<std::uint16_t, N> freePorts()
    {
        std::array<std::uint16_t, N> ports {};
        std::array<int, N> sockets {};
        for (std::size_t i = 0; i < N; ++i) {
            sockets[i] = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
            sockaddr_in address {};
            address.sin_family = AF_INET;
            address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
            socklen_t size = sizeof address;
            if (::bind(sockets[i], reinterpret_cast<sockaddr*>(&address), size) == 0
                && ::getsockname(sockets[i], reinterpret_cast<sockaddr*>(&address), &size) == 0)
                ports[i] = ntohs(address.sin_port);
        }
        for (const int socket : sockets)
            ::close(socket);
        return ports;
    }

    std::string tail(const std::string& path, std::size_t bytes)
    {
        std::ifstream in(path, std::ios::binary);
        std::ostringstream text;
        text << in.rdbuf();
        const std::string all = text.str();
        return all.size() > bytes ? all.substr(all.size() - bytes) : all;
    }

    std::string joined(const std::vector<std::string>& parts)
    {
        std::string out;
        for (const std::string& part : parts)
            out.append(out.empty() ? "" : ",").append(part);
        return out;
    }

    /// Until `ready` or until the program ended.
    template <class Ready> bool waitFor(ChildProcess& child, Ready ready)
    {
        const auto limit = Clock::now() + patience;
        while (Clock::now() < limit && child.running()) {
            if (ready())
                return true;
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
        return false;
    }

} // namespace

std::string LiveControlPlane::whyNot()
{
    const std::string missing = programs().missing;
    return missing.empty() ? missing
                           : "no live tests: " + missing; // tests/live/CMakeLists.txt knows the words
}

LiveControlPlane::LiveControlPlane(LiveControlPlaneOptions options, std::string apiServer, std::string etcd)
    : m_options(std::move(options))
    , m_apiServerProgram(std::move(apiServer))
    , m_etcdProgram(std::move(etcd))
    , m_adminPair(m_authority.issue({ .commonName = "live-admin", .organisations = { "system:masters" } }))
{
    const auto ports = freePorts<3>();
    m_port = ports[0];
    m_etcdPort = ports[1];
    m_peerPort = ports[2];
}

LiveControlPlane::~LiveControlPlane()
{
    m_apiServer.kill();
} // it has nothing to save, and would wait for clients

Result<std::unique_ptr<LiveControlPlane>> LiveControlPlane::start(LiveControlPlaneOptions options)
{
    Programs found = programs();
    if (!found.missing.empty())
        return failure(found.missing);
    std::unique_ptr<LiveControlPlane> plane(
        new LiveControlPlane(std::move(options), std::move(found.apiServer), std::move(found.etcd)));
    if (!plane->m_folder.isValid())
        return failure("no temporary folder could be made");
    plane->writeFiles();
    if (auto started = plane->startEtcd(); !started)
        return tl::unexpected(started.error());
    if (auto started = plane->startApiServer(); !started)
        return tl::unexpected(started.error());
    return plane;
}

void LiveControlPlane::write(const std::string& name, const std::string& text) const
{
    std::ofstream(file(name), std::ios::binary) << text;
    fs::permissions(file(name), fs::perms::owner_read | fs::perms::owner_write);
}

void LiveControlPlane::writeFiles() const
{
    const test::Identity serving = m_authority.issue(m_options.serving);
    const test::Identity accounts = test::signingKeys();
    write("ca.crt", m_authority.pem());
    write("apiserver.crt", serving.certificatePem);
    write("apiserver.key", serving.keyPem);
    write("sa.pub", accounts.certificatePem);
    write("sa.key", accounts.keyPem);
    write("audit-policy.yaml", std::string(auditPolicy));
    std::string tokens;
    for (const StaticToken& t : m_options.tokens) // csv: token, user, uid, "group,group"
        tokens += t.token + ',' + t.user + ',' + t.user + ",\"" + joined(t.groups) + "\"\n";
    write("tokens.csv", tokens);
}

Result<void> LiveControlPlane::startEtcd()
{
    const std::string client = "http://127.0.0.1:" + std::to_string(m_etcdPort);
    const std::string peer = "http://127.0.0.1:" + std::to_string(m_peerPort);
    auto child = ChildProcess::start(
        { m_etcdProgram, "--name=live", "--data-dir=" + file("etcd"), "--listen-client-urls=" + client,
            "--advertise-client-urls=" + client, "--listen-peer-urls=" + peer,
            "--initial-advertise-peer-urls=" + peer, "--initial-cluster=live=" + peer,
            "--quota-backend-bytes=2147483648", "--log-level=warn" },
        file("etcd.log"));
    if (!child)
        return tl::unexpected(child.error());
    m_etcd = std::move(*child);
    AdminClient probe({ .url = client, .caPem = m_authority.pem() });
    if (!waitFor(m_etcd, [&] { return probe.get("/health").ok(); }))
        return failure("etcd did not start:\n" + logs());
    return {};
}

std::vector<std::string> LiveControlPlane::apiServerLine() const
{
    std::vector<std::string> line { m_apiServerProgram,
        "--etcd-servers=http://127.0.0.1:" + std::to_string(m_etcdPort), "--bind-address=127.0.0.1",
        "--advertise-address=127.0.0.1", "--secure-port=" + std::to_string(m_port),
        "--endpoint-reconciler-type=none", "--service-cluster-ip-range=10.96.0.0/12",
        "--tls-cert-file=" + file("apiserver.crt"), "--tls-private-key-file=" + file("apiserver.key"),
        "--client-ca-file=" + file("ca.crt"),
        "--service-account-issuer=https://kubernetes.default.svc.cluster.local",
        "--service-account-key-file=" + file("sa.pub"),
        "--service-account-signing-key-file=" + file("sa.key"), "--authorization-mode=Node,RBAC",
        std::string("--anonymous-auth=") + (m_options.anonymous == Anonymous::On ? "true" : "false"),
        "--allow-privileged=true", "--disable-admission-plugins=" + std::string(withoutAdmission),
        "--audit-policy-file=" + file("audit-policy.yaml"), "--audit-log-path=" + file("audit.log"),
        "--max-requests-inflight=2000", "--max-mutating-requests-inflight=2000", "--profiling=false" };
    if (!m_options.tokens.empty())
        line.push_back("--token-auth-file=" + file("tokens.csv"));
    return line;
}

Result<void> LiveControlPlane::startApiServer()
{
    auto child = ChildProcess::start(apiServerLine(), file("apiserver.log"));
    if (!child)
        return tl::unexpected(child.error());
    m_apiServer = std::move(*child);
    // A server whose certificate is wrong on purpose is asked as well: only its readiness matters here.
    AdminAccess access = admin();
    access.trustsAnyone = true;
    if (!waitFor(m_apiServer, [&] { return AdminClient(access).get("/readyz").ok(); }))
        return failure("the API server did not start:\n" + logs());
    return {};
}

void LiveControlPlane::stop() { m_apiServer.kill(); }

Result<void> LiveControlPlane::restart()
{
    m_apiServer.kill();
    return startApiServer();
}

AdminAccess LiveControlPlane::admin() const
{
    return { .url = url(), .caPem = m_authority.pem(), .certificate = m_adminPair };
}

AdminAccess LiveControlPlane::as(const std::string& user, const std::vector<std::string>& groups) const
{
    AdminAccess access = nobody();
    access.certificate = m_authority.issue({ .commonName = user, .organisations = groups });
    return access;
}

AdminAccess LiveControlPlane::withToken(const std::string& token) const
{
    AdminAccess access = nobody();
    access.token = token;
    return access;
}

AdminAccess LiveControlPlane::nobody() const { return { .url = url(), .caPem = m_authority.pem() }; }

std::string LiveControlPlane::logs() const
{
    return tail(file("etcd.log"), 2000) + tail(file("apiserver.log"), 6000);
}

} // namespace glacis::live
