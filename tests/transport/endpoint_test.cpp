// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <cluster/kubeconfig.h>
#include <cluster/proxy.h>
#include <cluster/transport.h>

#include "asked.h"

using namespace glacis;
using namespace glacis::cluster;
using glacis::test::text;

class EndpointTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void serversAreTakenApart_data();
    void serversAreTakenApart();
    void badServersAreRefused_data();
    void badServersAreRefused();
    void authoritiesAreReadOrRefused();
    void compressionIsOffOnLoopback();
    void proxyOfTheKubeconfigWins();
    void proxyOfTheEnvironment_data();
    void proxyOfTheEnvironment();
    void exemptions_data();
    void exemptions();
    void passwordsOfProxiesAreNotShown();
};

namespace {
ClusterEntry entry(std::string server)
{
    ClusterEntry result;
    result.name = "prod";
    result.server = std::move(server);
    return result;
}

Environment with(std::map<std::string, std::string> variables)
{
    Environment result;
    result.variables = std::move(variables);
    return result;
}
}

void EndpointTest::serversAreTakenApart_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("expected"); // scheme authority prefix
    QTest::newRow("usual") << "https://10.0.0.1:6443"
                           << "https 10.0.0.1:6443 ";
    QTest::newRow("default port") << "https://api.example.com/"
                                  << "https api.example.com:443 ";
    QTest::newRow("http") << "http://api.example.com"
                          << "http api.example.com:80 ";
    QTest::newRow("prefix") << "https://rancher/k8s/clusters/c-1/"
                            << "https rancher:443 /k8s/clusters/c-1";
    QTest::newRow("query and fragment") << "https://h:1/p?a=b#c"
                                        << "https h:1 /p";
    QTest::newRow("IPv6") << "https://[2001:db8::1]:6443"
                          << "https [2001:db8::1]:6443 ";
    QTest::newRow("IPv6 with zone") << "https://[fe80::1%25eth0]:6443"
                                    << "https [fe80::1%25eth0]:6443 ";
    QTest::newRow("upper case") << "HTTPS://Api.Example"
                                << "https Api.Example:443 ";
    QTest::newRow("no scheme") << "localhost:8080"
                               << "http localhost:8080 ";
}

void EndpointTest::serversAreTakenApart()
{
    QFETCH(const QString, server);
    QFETCH(const QString, expected);
    const auto endpoint = makeEndpoint(entry(server.toStdString()), {});
    QVERIFY2(endpoint, endpoint ? "" : endpoint.error().message.c_str());
    QCOMPARE(text((endpoint->https ? "https " : "http ") + endpoint->authority() + " " + endpoint->prefix),
        expected);
    QVERIFY(endpoint->proxy.empty());
}

void EndpointTest::badServersAreRefused_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("why");
    QTest::newRow("nothing") << ""
                             << "names no server";
    QTest::newRow("other scheme") << "ftp://h"
                                  << "https or http was expected";
    QTest::newRow("file") << "file:///etc/passwd"
                          << "cannot be used";
    QTest::newRow("user") << "https://me:hunter2@h:1"
                          << "users";
    QTest::newRow("port") << "https://h:99999"
                          << "is not a URL";
    QTest::newRow("port 0") << "https://h:0"
                            << "is not a URL";
    QTest::newRow("space") << "https://h h/"
                           << "is not a URL";
    QTest::newRow("line break") << "https://h/\r\nX: y"
                                << "is not a URL";
    QTest::newRow("no host") << "https://"
                             << "is not a URL";
}

void EndpointTest::badServersAreRefused()
{
    QFETCH(const QString, server);
    QFETCH(const QString, why);
    const auto endpoint = makeEndpoint(entry(server.toStdString()), {});
    QVERIFY(!endpoint);
    VERIFY_CONTAINS(endpoint.error().message, why.toStdString());
    VERIFY_CONTAINS(endpoint.error().message, "\"prod\"");
    QVERIFY(!test::contains(endpoint.error().message, "hunter2"));
}

void EndpointTest::authoritiesAreReadOrRefused()
{
    const QTemporaryDir folder;
    const auto write = [&](const QString& name, const QByteArray& content) {
        QFile file(folder.filePath(name));
        if (file.open(QIODevice::WriteOnly))
            file.write(content);
        return file.fileName().toStdString();
    };
    const auto make = [](const std::string& path) {
        ClusterEntry cluster = entry("https://h");
        cluster.certificateAuthority = path;
        return makeEndpoint(cluster, {});
    };
    const std::string pem = test::authority().pem();
    const auto good = make(write(QStringLiteral("ca äö.pem"), QByteArray::fromStdString(pem)));
    QVERIFY2(good, good ? "" : good.error().message.c_str());
    QVERIFY(good->caPem == pem);
    const auto missing = make(folder.filePath(QStringLiteral("missing")).toStdString());
    QVERIFY(!missing);
    VERIFY_CONTAINS(missing.error().message, "does not exist");
    VERIFY_CONTAINS(missing.error().message, "\"prod\"");
    VERIFY_CONTAINS(make(folder.path().toStdString()).error().message, "not a regular file");
    VERIFY_CONTAINS(make("\\\\host\\share\\ca.pem").error().message, "network share");
    VERIFY_CONTAINS(
        make(write(QStringLiteral("big"), QByteArray((5 << 20) + 1, 'x'))).error().message, "5 MiB");
    // Fails closed: nothing that could be trusted is not "trust the system's".
    VERIFY_CONTAINS(make(write(QStringLiteral("empty"), {})).error().message, "holds no certificate");
#ifndef _WIN32
    VERIFY_CONTAINS(make("/dev/zero").error().message, "not a regular file");
#endif
    ClusterEntry asData = entry("https://h");
    asData.certificateAuthorityData = "no PEM";
    VERIFY_CONTAINS(makeEndpoint(asData, {}).error().message, "holds no certificate");
    ClusterEntry named = entry("https://h");
    named.tlsServerName = "a/b";
    VERIFY_CONTAINS(makeEndpoint(named, {}).error().message, "tls-server-name");
}

void EndpointTest::compressionIsOffOnLoopback()
{
    QVERIFY(makeEndpoint(entry("https://10.0.0.1"), {})->compression);
    for (const char* server : { "https://127.0.0.1:6443", "https://localhost:6443", "https://[::1]:6443" })
        QVERIFY(!makeEndpoint(entry(server), {})->compression);
    ClusterEntry off = entry("https://10.0.0.1");
    off.disableCompression = true;
    QVERIFY(!makeEndpoint(off, {})->compression);
}

void EndpointTest::proxyOfTheKubeconfigWins()
{
    const Environment environment = with({ { "HTTPS_PROXY", "http://env:1" }, { "NO_PROXY", "*" } });
    const auto choose = [&](std::string url) {
        ClusterEntry cluster = entry("https://10.0.0.1:6443");
        cluster.proxyUrl = std::move(url);
        const auto endpoint = makeEndpoint(cluster, environment);
        return endpoint ? endpoint->proxy : "error: " + endpoint.error().message;
    };
    QCOMPARE(choose("http://p"), std::string("http://p:80"));
    QCOMPARE(choose("https://p"), std::string("https://p:443"));
    QCOMPARE(choose("socks5://p"), std::string("socks5h://p:1080"));
    QCOMPARE(choose("http://me:a%40b@p:3128/"), std::string("http://me:a%40b@p:3128"));
    for (const char* bad : { "p:3128", "ftp://p", "socks4://p", "http://", "http://p:0", "http://a b" })
        VERIFY_CONTAINS(choose(bad), "error: The proxy in proxy-url cannot be used");
    QVERIFY(!test::contains(choose("ftp://me:hunter2@p"), "hunter2"));
}

void EndpointTest::proxyOfTheEnvironment_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("variables"); // A=b C=d
    QTest::addColumn<QString>("expected");
    QTest::newRow("https") << "https://h"
                           << "HTTPS_PROXY=http://p:1 HTTP_PROXY=http://q:1"
                           << "http://p:1";
    QTest::newRow("lower case") << "https://h"
                                << "https_proxy=http://p:1"
                                << "http://p:1";
    QTest::newRow("upper first") << "https://h"
                                 << "HTTPS_PROXY=http://p:1 https_proxy=http://q:1"
                                 << "http://p:1";
    QTest::newRow("empty is unset") << "https://h"
                                    << "HTTPS_PROXY= https_proxy=http://q:1"
                                    << "http://q:1";
    QTest::newRow("not for https") << "https://h"
                                   << "HTTP_PROXY=http://q:1 ALL_PROXY=http://a:1"
                                   << "";
    QTest::newRow("http") << "http://h"
                          << "HTTPS_PROXY=http://p:1 HTTP_PROXY=http://q:1"
                          << "http://q:1";
    QTest::newRow("bare") << "https://h"
                          << "HTTPS_PROXY=p:3128"
                          << "http://p:3128";
    QTest::newRow("exempt") << "https://h"
                            << "HTTPS_PROXY=p:3128 NO_PROXY=h"
                            << "";
    QTest::newRow("exempt, lower case") << "https://h"
                                        << "HTTPS_PROXY=p:3128 no_proxy=h"
                                        << "";
    QTest::newRow("loopback") << "https://127.0.0.1:6443"
                              << "HTTPS_PROXY=p:3128"
                              << "";
    QTest::newRow("localhost") << "https://localhost:6443"
                               << "HTTPS_PROXY=p:3128"
                               << "";
    QTest::newRow("IPv6 loopback") << "https://[::1]:6443"
                                   << "HTTPS_PROXY=p:3128"
                                   << "";
    QTest::newRow("socks") << "https://h"
                           << "HTTPS_PROXY=socks5h://p"
                           << "socks5h://p:1080";
    QTest::newRow("nonsense") << "https://h"
                              << "HTTPS_PROXY=gopher://p"
                              << "error";
}

void EndpointTest::proxyOfTheEnvironment()
{
    QFETCH(const QString, server);
    QFETCH(const QString, variables);
    QFETCH(const QString, expected);
    Environment environment;
    const QStringList pairs = variables.split(u' ');
    for (const QString& pair : pairs)
        environment.variables[pair.section(u'=', 0, 0).toStdString()] = pair.section(u'=', 1).toStdString();
    const auto endpoint = makeEndpoint(entry(server.toStdString()), environment);
    QCOMPARE(endpoint ? text(endpoint->proxy) : QStringLiteral("error"), expected);
}

void EndpointTest::exemptions_data()
{
    QTest::addColumn<QString>("list");
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("exempt");
    const auto row = [](const char* list, const char* host, bool exempt) {
        QTest::addRow("%s %s", list, host)
            << QString::fromLatin1(list) << QString::fromLatin1(host) << exempt;
    };
    row("", "a.example.com", false);
    row("*", "a.example.com", true);
    row("example.com", "example.com", true);
    row("example.com", "a.example.com", true);
    row("example.com", "badexample.com", false);
    row(".example.com", "a.example.com", true);
    row(".example.com", "example.com", false);
    row("*.example.com", "a.example.com", true);
    row("*.example.com", "example.com", false);
    row("other, EXAMPLE.com ", "A.Example.COM", true);
    row("example.com:6443", "example.com", true);
    row("example.com:443", "example.com", false);
    row("10.0.0.0/8", "10.1.2.3", true);
    row("10.0.0.0/8", "11.1.2.3", false);
    row("10.0.0.0/33", "10.1.2.3", false);
    row("0.0.0.0/0", "10.1.2.3", true);
    row("10.1.2.3", "10.1.2.3", true);
    row("10.1.2.3:6443", "10.1.2.3", true);
    row("10.1.2.3:443", "10.1.2.3", false);
    row("10.1.2", "10.1.2.3", false);
    row("2001:db8::/32", "[2001:db8::1]", true);
    row("2001:db8::/32", "[2001:db9::1]", false);
    row("[2001:db8::1]:6443", "[2001:db8::1]", true);
    row("[2001:db8::1]:443", "[2001:db8::1]", false);
    row("2001:db8:0::1", "[2001:db8::1]", true);
    row(":6443", "h", false);
    row(",,", "h", false);
    row("[", "h", false);
    row("[]:1,]:,.,*.", "h", false);
    row("", "localhost", true);
    row("", "127.9.9.9", true);
    row("", "[::1]", true);
}

void EndpointTest::exemptions()
{
    QFETCH(const QString, list);
    QFETCH(const QString, host);
    QTEST(exemptFromProxy(list.toStdString(), host.toStdString(), 6443), "exempt");
}

void EndpointTest::passwordsOfProxiesAreNotShown()
{
    QCOMPARE(shownProxy("http://me:secret@p:1"), std::string("http://p:1"));
    QCOMPARE(shownProxy("http://me:se@cret@p:1/x@y"), std::string("http://p:1/x@y"));
    QCOMPARE(shownProxy("me:secret@p"), std::string("p"));
    QCOMPARE(shownProxy("http://p:1/a@b"), std::string("http://p:1/a@b"));
    QCOMPARE(shownProxy(""), std::string());
}

GLACIS_TEST(EndpointTest)
#include "endpoint_test.moc"
