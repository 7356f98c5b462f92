// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every way to say who one is, judged by what a real server makes of it.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <thread>

#include <QJsonArray>

#include <test_main.h>

#include "connect_proxy.h"
#include "product.h"

using namespace glacis;
using namespace glacis::live;
using cluster::Failure;
using glacis::test::text;

class IdentityTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void clientCertificate();
    void expiredClientCertificateIsRefused();
    void token();
    void wrongTokenIsRefused();
    void tokenFile();
    void tokenFileIsReadAgainAfterARefusal();
    void execPluginGivesAToken();
    void execPluginGivesACertificate();
    void execPluginIsNotRunWithoutApproval();
    void execPluginRunsAgainAfterARefusal();
    void execPluginRunsOnceForAll();
    void impersonation();
    void impersonationNeedsTheRight();
    void nobodyIsAnonymous();
    void nobodyIsRefusedWhereAnonymousIsOff();
    void throughAProxy();
    void proxyThatIsNotThere();

private:
    [[nodiscard]] std::string write(const std::string& name, const std::string& content) const;
    [[nodiscard]] std::string script(const std::string& name, const std::string& body) const;
    [[nodiscard]] Result<cluster::ContextTarget> target(const KubeconfigWish& wish) const
    {
        return kubeconfig(*m_plane, wish);
    }
    std::unique_ptr<LiveControlPlane> m_plane;
};

namespace {

constexpr const char* watchmansToken = "token-of-the-watchman";
constexpr const char* cooksToken = "token-of-the-cook";

#define SAID(what, who)                                                                                      \
    do {                                                                                                     \
        const Said said_ = (what);                                                                           \
        QVERIFY2(said_.failure == cluster::Failure::None, qPrintable(text(said_.message)));                  \
        QCOMPARE(text(said_.user), QString::fromUtf8(who));                                                  \
    } while (false)

bool has(const std::vector<std::string>& all, const std::string& one)
{
    return std::find(all.begin(), all.end(), one) != all.end();
}

/// Prints an ExecCredential whose status is this JSON.
std::string printing(const std::string& status)
{
    return "cat <<'END'\n{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"kind\":\"ExecCredential\","
           "\"status\":"
        + status + "}\nEND\n";
}

std::string jsonText(const std::string& text)
{
    std::string out = "\"";
    for (const char c : text)
        c == '\n' ? out.append("\\n") : out.append(1, c);
    return out + '"';
}

std::size_t linesIn(const std::string& file)
{
    std::ifstream in(file);
    return static_cast<std::size_t>(std::count(std::istreambuf_iterator<char>(in), {}, '\n'));
}

} // namespace

void IdentityTest::initTestCase()
{
    if (const std::string why = LiveControlPlane::whyNot(); !why.empty())
        QSKIP(why.c_str());
    auto plane = LiveControlPlane::start(
        { .tokens = { { watchmansToken, "watchman", { "guards" } }, { cooksToken, "cook" } } });
    QVERIFY2(plane, qPrintable(text(plane ? std::string() : plane.error().message)));
    m_plane = std::move(*plane);
}

std::string IdentityTest::write(const std::string& name, const std::string& content) const
{
    const std::string path = m_plane->folder() + '/' + name;
    std::ofstream(path, std::ios::binary) << content;
    return path;
}

std::string IdentityTest::script(const std::string& name, const std::string& body) const
{
    const std::string path = write(name, "#!/bin/sh\n" + body);
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
    return path;
}

void IdentityTest::clientCertificate()
{
    const Said said
        = whoAmI(target({ .user = certificateUser(m_plane->as("jane", { "devs" }).certificate) }));
    QVERIFY2(said.failure == Failure::None, qPrintable(text(said.message)));
    QCOMPARE(said.user, std::string("jane"));
    QVERIFY(has(said.groups, "devs"));
}

void IdentityTest::expiredClientCertificateIsRefused()
{
    using std::chrono::seconds;
    const test::Identity old
        = m_plane->authority().issue({ .commonName = "jane", .notBefore = -7200, .notAfter = -3600 });
    const Said said = whoAmI(target({ .user = certificateUser(old) }));
    QVERIFY2(said.failure == Failure::Unauthorized || said.failure == Failure::ClientCertificateRejected
            || said.failure == Failure::Credential,
        qPrintable(text(said.message)));
    QVERIFY(!said.message.empty());
    QVERIFY(said.user.empty());
}

void IdentityTest::token()
{
    SAID(whoAmI(target({ .user = tokenUser(watchmansToken) })), "watchman");
    SAID(whoAmI(target({ .user = tokenUser(serviceAccountToken(*m_plane, "default", "robot")) })),
        "system:serviceaccount:default:robot");
}

void IdentityTest::wrongTokenIsRefused()
{
    const Said said = whoAmI(target({ .user = tokenUser("no-such-token") }));
    QVERIFY2(said.failure == Failure::Unauthorized, qPrintable(text(said.message + said.detail)));
    QVERIFY(said.message.find("no-such-token") == std::string::npos);
}

void IdentityTest::tokenFile()
{
    const std::string file = write("token", std::string(watchmansToken) + "\n");
    SAID(whoAmI(target({ .user = tokenFileUser(file) })), "watchman");
    // Relative to the kubeconfig that names it, which stands in the control plane's folder.
    SAID(whoAmI(target({ .user = tokenFileUser("token") })), "watchman");
}

void IdentityTest::tokenFileIsReadAgainAfterARefusal()
{
    // A token that the server withdraws: its account is deleted.
    const std::string first = serviceAccountToken(*m_plane, "default", "leaving");
    const std::string file = write("rotated", first);
    const auto wanted = target({ .user = tokenFileUser(file) });
    QVERIFY(wanted);
    cluster::Transport transport;
    const auto client = cluster::openClient(transport, *wanted, approving());
    QVERIFY(client);
    SAID(whoAmI(**client), "system:serviceaccount:default:leaving");
    QVERIFY(AdminClient(m_plane->admin())
                .send("DELETE", "/api/v1/namespaces/default/serviceaccounts/leaving")
                .ok());
    static_cast<void>(write("rotated", cooksToken));
    // The server keeps what it knew of a token for some seconds.
    QTRY_VERIFY_WITH_TIMEOUT(whoAmI(**client).user == "cook", 60'000);
}

void IdentityTest::execPluginGivesAToken()
{
    const std::string plugin
        = script("give-token", printing(R"({"token":")" + std::string(watchmansToken) + R"("})"));
    SAID(whoAmI(target({ .user = execUser(plugin) })), "watchman");
}

void IdentityTest::execPluginGivesACertificate()
{
    const test::Identity pair = m_plane->as("carpenter").certificate;
    const std::string plugin = script("give-certificate",
        printing("{\"clientCertificateData\":" + jsonText(pair.certificatePem)
            + ",\"clientKeyData\":" + jsonText(pair.keyPem) + "}"));
    SAID(whoAmI(target({ .user = execUser(plugin) })), "carpenter");
}

void IdentityTest::execPluginIsNotRunWithoutApproval()
{
    const std::string mark = m_plane->folder() + "/ran";
    const std::string plugin = script("leave-mark",
        "touch '" + mark + "'\n" + printing(R"({"token":")" + std::string(watchmansToken) + R"("})"));
    for (const bool asked : { false, true }) {
        cluster::ConnectionOptions options = approving();
        options.exec.approve = nullptr;
        if (asked)
            options.exec.approve = [](const cluster::ExecInvocation&, const StopToken&) {
                return cluster::ExecVerdict::Refuse;
            };
        const Said said = whoAmI(target({ .user = execUser(plugin) }), options);
        QVERIFY(said.failure == Failure::Credential);
        QVERIFY(!std::filesystem::exists(mark));
    }
}

void IdentityTest::execPluginRunsAgainAfterARefusal()
{
    const std::string source = write("plugin-token", "outdated");
    const std::string runs = m_plane->folder() + "/runs";
    const std::string plugin = script("give-what-stands",
        "echo run >> '" + runs + "'\ntoken=$(cat '" + source + "')\n"
            + "printf '{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"kind\":\"ExecCredential\","
              "\"status\":{\"token\":\"%s\"}}' \"$token\"\n"
            + "echo '" + cooksToken + "' | tr -d '\\n' > '" + source + "'\n");
    // The first run gives a token that the server refuses; the second what stands there by then.
    SAID(whoAmI(target({ .user = execUser(plugin) })), "cook");
    QCOMPARE(linesIn(runs), std::size_t(2));
}

void IdentityTest::execPluginRunsOnceForAll()
{
    const std::string runs = m_plane->folder() + "/slow-runs";
    const std::string plugin = script("be-slow",
        "echo run >> '" + runs + "'\nsleep 1\n"
            + printing(R"({"token":")" + std::string(watchmansToken) + R"("})"));
    const auto wanted = target({ .user = execUser(plugin) });
    QVERIFY(wanted);
    cluster::Transport transport;
    const auto client = cluster::openClient(transport, *wanted, approving());
    QVERIFY(client);
    std::vector<Said> said(4);
    std::vector<std::thread> threads;
    for (Said& one : said)
        threads.emplace_back([&] { one = whoAmI(**client); });
    for (std::thread& thread : threads)
        thread.join();
    for (const Said& one : said)
        QCOMPARE(one.user, std::string("watchman"));
    QCOMPARE(linesIn(runs), std::size_t(1));
}

void IdentityTest::impersonation()
{
    QJsonObject user = certificateUser(m_plane->admin().certificate);
    user.insert(QStringLiteral("as"), QStringLiteral("jane"));
    user.insert(QStringLiteral("as-groups"), QJsonArray { QStringLiteral("devs"), QStringLiteral("night") });
    const Said said = whoAmI(target({ .user = user }));
    QVERIFY2(said.failure == Failure::None, qPrintable(text(said.message)));
    QCOMPARE(said.user, std::string("jane"));
    QVERIFY(has(said.groups, "devs") && has(said.groups, "night"));
    QVERIFY(!has(said.groups, "system:masters"));
}

void IdentityTest::impersonationNeedsTheRight()
{
    QJsonObject user = tokenUser(watchmansToken);
    user.insert(QStringLiteral("as"), QStringLiteral("jane"));
    QVERIFY(whoAmI(target({ .user = user })).failure == Failure::Forbidden);
}

void IdentityTest::nobodyIsAnonymous()
{
    // Strangers may not even ask who they are (system:basic-user is for the authenticated).
    QVERIFY(whoAmI(target({})).failure == Failure::Forbidden);
    const std::vector<AuditLine> asked = of(m_plane->audited(), productAgent);
    QVERIFY(!asked.empty());
    QCOMPARE(asked.back().user, std::string("system:anonymous"));
}

void IdentityTest::nobodyIsRefusedWhereAnonymousIsOff()
{
    auto closed = LiveControlPlane::start({ .anonymous = Anonymous::Off });
    QVERIFY2(closed, qPrintable(text(closed ? std::string() : closed.error().message)));
    QVERIFY(whoAmI(kubeconfig(**closed, {})).failure == Failure::Unauthorized);
    SAID(
        whoAmI(kubeconfig(**closed, { .user = certificateUser((*closed)->as("jane").certificate) })), "jane");
}

void IdentityTest::throughAProxy()
{
    ConnectProxy proxy;
    const auto wanted = target({ .user = tokenUser(watchmansToken),
        .cluster = { { QStringLiteral("proxy-url"), text(proxy.url()) } } });
    QVERIFY(wanted);
    {
        cluster::Transport transport;
        const auto client = cluster::openClient(transport, *wanted, approving());
        QVERIFY(client);
        SAID(whoAmI(**client), "watchman");
        const std::vector<cluster::Contact> contacts = transport.contacts();
        QVERIFY(std::any_of(contacts.begin(), contacts.end(),
            [&](const cluster::Contact& c) { return c.proxy && proxy.url().ends_with(c.authority); }));
    }
    QCOMPARE(proxy.asked().size(), std::size_t(1));
    QVERIFY(proxy.asked().front().starts_with("CONNECT 127.0.0.1:" + std::to_string(m_plane->port())));
    QVERIFY(proxy.heads().find(watchmansToken) == std::string::npos);
}

void IdentityTest::proxyThatIsNotThere()
{
    std::string gone;
    {
        const ConnectProxy proxy;
        gone = proxy.url();
    }
    const Said said = whoAmI(target(
        { .user = tokenUser(watchmansToken), .cluster = { { QStringLiteral("proxy-url"), text(gone) } } }));
    QVERIFY(said.failure == Failure::Proxy);
}

GLACIS_TEST(IdentityTest)
#include "identity_test.moc"
