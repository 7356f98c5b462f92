// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <proxy_server.h>

#include "asked.h"

using namespace glacis;
using namespace glacis::cluster;
using namespace glacis::test;

class ProxyTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tunnelsCarryEverything();
    void theProxySeesNoCredential();
    void plainServersAreTunnelledToo();
    void socksResolvesNamesAtTheProxy();
    void tlsServerNameWorksThroughATunnel();
    void proxiesMaySpeakTls();
    void certificateOfAProxyIsChecked();
    void onlyTheEndpointDecides();
    void proxyTroubleIsTold_data();
    void proxyTroubleIsTold();
};

void ProxyTest::tunnelsCarryEverything()
{
    HostileServer server(secure());
    server.otherwise(json("{}"));
    const ProxyServer proxy({ .user = "me:secret" });
    Asked asked;
    Endpoint endpoint = tlsEndpoint(server.port(), authority().pem());
    endpoint.host = "kubernetes.default.svc"; // only the proxy knows where that is
    endpoint.proxy = "http://me:secret@127.0.0.1:" + std::to_string(proxy.port());
    const Reply reply = asked.get(endpoint, "/a");
    COMPARE_FAILURE(reply, Failure::None);
    QCOMPARE(reply.status, 200);
    QCOMPARE(proxy.heads().size(), std::size_t { 1 });
    VERIFY_CONTAINS(proxy.heads()[0], "CONNECT " + endpoint.authority() + " HTTP/1.1\r\n");
    const auto contacts = asked.transport.contacts();
    QCOMPARE(contacts.size(), std::size_t { 2 });
    QCOMPARE(contacts[0].authority, "127.0.0.1:" + std::to_string(proxy.port()));
    QVERIFY(contacts[0].proxy);
    QCOMPARE(contacts[1].authority, endpoint.authority());
    QVERIFY(!contacts[1].proxy);
}

void ProxyTest::theProxySeesNoCredential()
{
    HostileServer server(secure());
    server.otherwise(json("{}"));
    const ProxyServer proxy;
    Asked asked;
    Endpoint endpoint = tlsEndpoint(server.port(), authority().pem());
    endpoint.proxy = proxy.url();
    Credential credential = bearer("hunter2");
    credential.impersonation = { { "Impersonate-User", "jane" } };
    COMPARE_FAILURE(asked.get(endpoint, "/a", shortLimits(), &credential), Failure::None);
    QCOMPARE(*server.requests()[0].header("Authorization"), std::string("Bearer hunter2"));
    for (const char* part : { "uthorization", "hunter2", "Impersonate", "jane", "application/json" })
        QVERIFY2(!contains(proxy.heads()[0], part), part);
}

void ProxyTest::plainServersAreTunnelledToo()
{
    HostileServer server;
    server.otherwise(json("{}"));
    const ProxyServer proxy;
    Asked asked;
    Endpoint endpoint = plainEndpoint(server.port());
    endpoint.proxy = proxy.url();
    COMPARE_FAILURE(asked.get(endpoint, "/a"), Failure::None);
    VERIFY_CONTAINS(proxy.heads()[0], "CONNECT 127.0.0.1:");
    QCOMPARE(server.requests()[0].target, std::string("/a"));
}

void ProxyTest::socksResolvesNamesAtTheProxy()
{
    HostileServer server(secure());
    server.otherwise(json("{}"));
    const ProxyServer proxy({ .kind = ProxyOptions::Kind::Socks5 });
    Asked asked;
    Endpoint endpoint = tlsEndpoint(server.port(), authority().pem());
    endpoint.host = "kubernetes.default.svc";
    endpoint.proxy = "socks5h://127.0.0.1:" + std::to_string(proxy.port());
    COMPARE_FAILURE(asked.get(endpoint, "/a"), Failure::None);
    QCOMPARE(proxy.heads()[0], "SOCKS " + endpoint.authority());
}

void ProxyTest::tlsServerNameWorksThroughATunnel()
{
    HostileServer server(secure());
    server.otherwise(json("{}"));
    const ProxyServer proxy;
    Asked asked;
    Endpoint endpoint = tlsEndpoint(server.port(), authority().pem());
    endpoint.host = "bastion.example";
    endpoint.tlsServerName = "kubernetes.default.svc";
    endpoint.proxy = proxy.url();
    COMPARE_FAILURE(asked.get(endpoint, "/a"), Failure::None);
    VERIFY_CONTAINS(proxy.heads()[0], "CONNECT bastion.example:" + std::to_string(server.port()));
    QCOMPARE(*server.requests()[0].header("Host"), endpoint.authority());
}

void ProxyTest::proxiesMaySpeakTls()
{
    HostileServer server(secure());
    server.otherwise(json("{}"));
    const Authority company("Company Authority");
    const ProxyServer proxy(
        { .user = "me:secret", .tls = company.issue({ .commonName = "proxy", .names = { "127.0.0.1" } }) });
    Asked asked;
    Endpoint endpoint = tlsEndpoint(server.port(), authority().pem());
    endpoint.host = "kubernetes.default.svc";
    endpoint.extraCaPem = company.pem();
    endpoint.proxy = "https://me:secret@127.0.0.1:" + std::to_string(proxy.port());
    const Credential credential = bearer("hunter2");
    const Reply reply = asked.get(endpoint, "/a", shortLimits(), &credential);
    COMPARE_FAILURE(reply, Failure::None);
    QCOMPARE(*server.requests()[0].header("Authorization"), std::string("Bearer hunter2"));
    VERIFY_CONTAINS(proxy.heads()[0], "CONNECT " + endpoint.authority() + " HTTP/1.1\r\n");
    QVERIFY(!contains(proxy.heads()[0], "hunter2"));
}

// Of the cluster's own authority, and of none that this machine knows: neither may stand between.
void ProxyTest::certificateOfAProxyIsChecked()
{
    HostileServer server(secure());
    server.otherwise(json("{}"));
    const Authority company("Company Authority");
    const auto attempt = [&](const Identity& identity, const std::string& extra, bool insecure = false) {
        const ProxyServer proxy({ .tls = identity });
        Asked asked;
        Endpoint endpoint = tlsEndpoint(server.port(), authority().pem());
        endpoint.extraCaPem = extra;
        endpoint.insecure = insecure; // of the cluster, not of what stands before it
        endpoint.proxy = proxy.url();
        const Reply reply = asked.get(endpoint, "/a");
        COMPARE_FAILURE(reply, Failure::Proxy);
        VERIFY_CONTAINS(reply.message, "shows a certificate that this machine does not trust");
        QVERIFY(proxy.heads().empty());
    };
    const CertificateWish good { .commonName = "proxy", .names = { "127.0.0.1" } };
    attempt(company.issue(good), "");
    attempt(authority().issue(good), "");
    attempt(company.issue(good), "", true);
    attempt(company.issue({ .commonName = "proxy", .names = { "proxy.example" } }), company.pem());
    QVERIFY(server.requests().empty());
}

void ProxyTest::onlyTheEndpointDecides()
{
    HostileServer server(secure());
    server.otherwise(json("{}"));
    const ProxyServer proxy;
    Asked asked;
    Endpoint endpoint = tlsEndpoint(server.port(), authority().pem());
    endpoint.proxy = proxy.url();
    for (const char* name : { "no_proxy", "NO_PROXY" })
        qputenv(name, "*");
    const Reply reply = asked.get(endpoint, "/a");
    for (const char* name : { "no_proxy", "NO_PROXY" })
        qunsetenv(name);
    COMPARE_FAILURE(reply, Failure::None);
    QCOMPARE(proxy.heads().size(), std::size_t { 1 });
}

void ProxyTest::proxyTroubleIsTold_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<int>("failure");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char* kind, Failure failure, const char* sentence) {
        QTest::newRow(kind) << QString::fromLatin1(kind) << static_cast<int>(failure)
                            << QString::fromLatin1(sentence);
    };
    row("wants a password", Failure::ProxyAuthentication, "asks for a user and a password (HTTP 407)");
    row("refuses", Failure::Proxy, "refuses a tunnel");
    row("broken", Failure::Proxy, "cannot be used to reach");
    row("no proxy", Failure::Proxy, "cannot be used to reach");
    row("nobody there", Failure::Proxy, "cannot be used to reach");
    row("unknown name", Failure::Proxy, "could not be found");
    row("silent", Failure::ConnectTimeout, "through the proxy http://127.0.0.1");
    row("silent SOCKS", Failure::ConnectTimeout, "through the proxy socks5h://127.0.0.1");
    row("SOCKS that is none", Failure::Proxy, "cannot be used to reach");
}

void ProxyTest::proxyTroubleIsTold()
{
    QFETCH(const QString, kind);
    QFETCH(const int, failure);
    QFETCH(const QString, sentence);
    HostileServer server(secure());
    server.otherwise(json("{}"));
    ProxyOptions options;
    options.silent = kind.startsWith(u"silent");
    if (kind == u"wants a password")
        options.user = "me:right";
    else if (kind == u"refuses")
        options.refusal = "HTTP/1.1 403 Forbidden\r\nContent-Length: 5\r\n\r\n<b>no";
    else if (kind == u"broken")
        options.refusal = "HTTP/1.1 2";
    else if (kind == u"no proxy")
        options.refusal = "SSH-2.0-x\r\n";
    const ProxyServer proxy(options);
    const std::string at = "127.0.0.1:" + std::to_string(kind == u"nobody there" ? 1 : proxy.port());
    Asked asked;
    Endpoint endpoint = tlsEndpoint(server.port(), authority().pem());
    endpoint.proxy = kind.contains(u"SOCKS") ? "socks5h://" + at : "http://me:hunter2@" + at;
    if (kind == u"unknown name")
        endpoint.proxy = "http://me:hunter2@proxy.invalid:3128";
    ServerOptions web;
    web.greeting = [](Connection& connection) {
        connection.send("HTTP/1.1 400 Bad Request\r\n\r\n");
        connection.close();
        return false;
    };
    const HostileServer other(web);
    if (kind == u"SOCKS that is none")
        endpoint.proxy = "socks5h://127.0.0.1:" + std::to_string(other.port());
    const Credential credential = bearer("hunter3");
    Limits limits = shortLimits();
    limits.connect = 700ms;
    const Reply reply = asked.get(endpoint, "/a", limits, &credential);
    COMPARE_FAILURE(reply, static_cast<Failure>(failure));
    VERIFY_CONTAINS(reply.message, sentence.toStdString());
    QVERIFY(!contains(reply.message + reply.detail, "hunter"));
    QVERIFY(server.requests().empty());
}

GLACIS_TEST(ProxyTest)
#include "proxy_test.moc"
