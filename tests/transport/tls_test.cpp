// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "asked.h"

using namespace glacis;
using namespace glacis::cluster;
using namespace glacis::test;

class TlsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void badCertificatesAreTold_data();
    void badCertificatesAreTold();
    void noBadCertificateGetsAToken();
    void namesInCertificatesAreHarmless();
    void insecureTakesAnything();
    void tlsServerNameIsWhatCounts();
    void extraAuthorityStandsBesideTheSystems();
    void clientCertificatesAreShown_data();
    void clientCertificatesAreShown();
    void clientCertificatesKeepTheirConnections();
    void badClientCertificatesAreTold();
    void trustDecidesWhoSharesAConnection();
    void othersThanTlsAreTold();
};

namespace {
ServerOptions with(Identity identity)
{
    ServerOptions options;
    options.tls = std::move(identity);
    return options;
}
}

void TlsTest::badCertificatesAreTold_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<int>("failure");
    QTest::addColumn<QStringList>("parts");
    const auto row = [](const char* kind, Failure failure, const QStringList& parts) {
        QTest::newRow(kind) << QString::fromLatin1(kind) << static_cast<int>(failure) << parts;
    };
    row("unknown authority", Failure::CertificateUnknownAuthority,
        { QStringLiteral("\"Another Authority\""), QStringLiteral("does not vouch for") });
    row("same name, other key", Failure::CertificateUnknownAuthority,
        { QStringLiteral("\"Test Authority\"") });
    row("wrong name", Failure::CertificateWrongName,
        { QStringLiteral("is for kubernetes, 10.96.0.1 and api.example.com"),
            QStringLiteral("not for 127.0.0.1") });
    row("no name", Failure::CertificateWrongName, { QStringLiteral("names no host") });
    row("many names", Failure::CertificateWrongName, { QStringLiteral("and 32 more") });
    row("expired", Failure::CertificateExpired,
        { QStringLiteral("expired on 20"), QStringLiteral("(3 days ago)"), QStringLiteral("clock") });
    row("not yet valid", Failure::CertificateNotYetValid,
        { QStringLiteral("is valid only from 20"), QStringLiteral("(in 4 hours)"), QStringLiteral("clock") });
    row("old TLS", Failure::TlsHandshake, { QStringLiteral("TLS 1.2 or newer") });
    row("no TLS", Failure::TlsHandshake, { QStringLiteral("does not speak TLS") });
    row("closes at once", Failure::TlsHandshake, {});
}

void TlsTest::badCertificatesAreTold()
{
    QFETCH(const QString, kind);
    QFETCH(const int, failure);
    QFETCH(const QStringList, parts);
    const Authority another("Another Authority"), twin("Test Authority");
    const std::vector<std::string> here { "127.0.0.1" };
    std::vector<std::string> many;
    for (int i = 0; i < 40; ++i)
        many.push_back("n" + std::to_string(i) + ".example");
    const auto options = [&]() -> ServerOptions {
        if (kind == u"unknown authority")
            return with(another.issue({ .commonName = "a", .names = here }));
        if (kind == u"same name, other key")
            return with(twin.issue({ .commonName = "a", .names = here }));
        if (kind == u"wrong name")
            return with(authority().issue(
                { .commonName = "a", .names = { "kubernetes", "10.96.0.1", "api.example.com" } }));
        if (kind == u"no name")
            return with(authority().issue({ .commonName = "a" }));
        if (kind == u"many names")
            return with(authority().issue({ .commonName = "a", .names = many }));
        if (kind == u"expired")
            return with(authority().issue(
                { .commonName = "a", .names = here, .notBefore = -864'000, .notAfter = -3 * 86'400 - 60 }));
        if (kind == u"not yet valid")
            return with(
                authority().issue({ .commonName = "a", .names = here, .notBefore = 4 * 3'600 + 120 }));
        if (kind == u"old TLS") {
            ServerOptions old = secure();
            old.tls10Only = true;
            return old;
        }
        if (kind == u"closes at once") {
            ServerOptions closing = secure();
            closing.greeting = [](Connection& connection) {
                connection.close();
                return false;
            };
            return closing;
        }
        ServerOptions plain; // that does not wait for the end of what it does not understand
        plain.greeting = [](Connection& connection) {
            connection.send("HTTP/1.1 400 Bad Request\r\n\r\n");
            connection.close();
            return false;
        };
        return plain;
    }();
    HostileServer server(options);
    Asked asked;
    const Reply reply = asked.get(tlsEndpoint(server.port(), authority().pem()), "/a");
    COMPARE_FAILURE(reply, static_cast<Failure>(failure));
    for (const QString& part : parts)
        VERIFY_CONTAINS(reply.message, part.toStdString());
    VERIFY_CONTAINS(reply.message, "127.0.0.1:" + std::to_string(server.port()));
    QVERIFY(server.requests().empty());
}

void TlsTest::noBadCertificateGetsAToken()
{
    const Authority another("Another Authority");
    HostileServer server(with(another.issue({ .commonName = "a", .names = { "127.0.0.1" } })));
    server.otherwise(json("{}"));
    Asked asked;
    const Credential credential = bearer("hunter2");
    const Reply reply
        = asked.get(tlsEndpoint(server.port(), authority().pem()), "/a", shortLimits(), &credential);
    COMPARE_FAILURE(reply, Failure::CertificateUnknownAuthority);
    QVERIFY(!contains(reply.message + reply.detail, "hunter2"));
    // Neither is the system's list of authorities a way around the given one, nor the other way round.
    Endpoint systems = tlsEndpoint(server.port(), {});
    systems.caPem.reset();
    const Reply unknown = asked.get(systems, "/a", shortLimits(), &credential);
    COMPARE_FAILURE(unknown, Failure::CertificateUnknownAuthority);
    VERIFY_CONTAINS(unknown.message, "this machine does not trust");
    QVERIFY(server.requests().empty());
}

void TlsTest::namesInCertificatesAreHarmless()
{
    const Authority evil("\x1b[31mred\nauthority");
    HostileServer server(with(evil.issue({ .commonName = "a", .names = { "127.0.0.1" } })));
    Asked asked;
    const Reply reply = asked.get(tlsEndpoint(server.port(), authority().pem()), "/a");
    COMPARE_FAILURE(reply, Failure::CertificateUnknownAuthority);
    QVERIFY(reply.message.find('\x1b') == std::string::npos && reply.message.find('\n') == std::string::npos);
}

void TlsTest::insecureTakesAnything()
{
    const Authority another("Another Authority");
    HostileServer server(
        with(another.issue({ .commonName = "a", .names = { "elsewhere" }, .notAfter = -60 })));
    server.otherwise(json("{}"));
    Asked asked;
    Endpoint endpoint = tlsEndpoint(server.port(), {});
    endpoint.caPem.reset();
    endpoint.insecure = true;
    COMPARE_FAILURE(asked.get(endpoint, "/a"), Failure::None);
    // What was once let through is not let through when it matters: no connection is shared.
    endpoint.insecure = false;
    QVERIFY(asked.get(endpoint, "/a").failure != Failure::None);
    endpoint.caPem = another.pem();
    QVERIFY(asked.get(endpoint, "/a").failure != Failure::None);
    QCOMPARE(server.requests().size(), std::size_t { 1 });
}

void TlsTest::tlsServerNameIsWhatCounts()
{
    HostileServer server(
        with(authority().issue({ .commonName = "a", .names = { "inside.example", "10.0.0.7" } })));
    server.otherwise(json("{}"));
    Asked asked;
    Endpoint endpoint = tlsEndpoint(server.port(), authority().pem());
    COMPARE_FAILURE(asked.get(endpoint, "/a"), Failure::CertificateWrongName);
    // Of the connections that this makes, none may be used for another name.
    for (const char* name : { "inside.example", "10.0.0.7" }) {
        endpoint.tlsServerName = name;
        COMPARE_FAILURE(asked.get(endpoint, "/a"), Failure::None);
        QCOMPARE(*server.requests().back().header("Host"), endpoint.authority());
        QCOMPARE(server.requests().back().target, std::string("/a"));
    }
    endpoint.tlsServerName = "outside.example";
    const Reply reply = asked.get(endpoint, "/a");
    COMPARE_FAILURE(reply, Failure::CertificateWrongName);
    VERIFY_CONTAINS(reply.message, "not for outside.example");
    endpoint.tlsServerName.clear();
    COMPARE_FAILURE(asked.get(endpoint, "/a"), Failure::CertificateWrongName);
    QCOMPARE(server.requests().size(), std::size_t { 2 });
}

void TlsTest::extraAuthorityStandsBesideTheSystems()
{
    HostileServer server(secure());
    server.otherwise(json("{}"));
    Asked asked;
    Endpoint endpoint = tlsEndpoint(server.port(), {});
    endpoint.caPem.reset();
    endpoint.extraCaPem = authority().pem();
    COMPARE_FAILURE(asked.get(endpoint, "/a"), Failure::None);
    // Not where the kubeconfig names its own: that one is the only root.
    const Authority another("Another Authority");
    endpoint.caPem = another.pem();
    COMPARE_FAILURE(asked.get(endpoint, "/a"), Failure::CertificateUnknownAuthority);
}

void TlsTest::clientCertificatesAreShown_data()
{
    QTest::addColumn<bool>("tls13");
    QTest::newRow("TLS 1.3") << true;
    QTest::newRow("TLS 1.2") << false;
}

void TlsTest::clientCertificatesAreShown()
{
    QFETCH(const bool, tls13);
    const Authority clients("Clients"), strangers("Strangers");
    ServerOptions options = secure();
    options.clientAuthority = clients.pem();
    options.tls13 = tls13;
    HostileServer server(options);
    server.otherwise([](Connection& connection, const SeenRequest&) {
        connection.send(answerText(200, { { "Content-Type", "application/json" } },
            "{\"you\":\"" + connection.clientName() + "\"}"));
    });
    const Endpoint endpoint = tlsEndpoint(server.port(), authority().pem());
    const auto as = [](const Identity& identity) {
        Credential credential;
        credential.certificatePem = identity.certificatePem;
        credential.keyPem = Wiped(identity.keyPem);
        return credential;
    };
    Asked asked;
    const Credential jane = as(clients.issue({ .commonName = "jane", .organisations = { "ops" } }));
    const Reply good = asked.get(endpoint, "/a", shortLimits(), &jane);
    COMPARE_FAILURE(good, Failure::None);
    QCOMPARE(good.body, std::string(R"({"you":"jane"})"));
    // Nobody: the server ends the connection; the sentence says why.
    const Reply none = asked.get(endpoint, "/a");
    COMPARE_FAILURE(none, Failure::ClientCertificateRejected);
    VERIFY_CONTAINS(none.message, "demands a client certificate");
    const Credential stranger = as(strangers.issue({ .commonName = "eve" }));
    COMPARE_FAILURE(asked.get(endpoint, "/a", shortLimits(), &stranger), Failure::ClientCertificateRejected);
    const Credential old = as(clients.issue({ .commonName = "old", .notBefore = -864'000, .notAfter = -60 }));
    COMPARE_FAILURE(asked.get(endpoint, "/a", shortLimits(), &old), Failure::ClientCertificateRejected);
    QCOMPARE(server.requests().size(), std::size_t { 1 });
}

void TlsTest::clientCertificatesKeepTheirConnections()
{
    const Authority clients("Clients");
    ServerOptions options = secure();
    options.clientAuthority = clients.pem();
    HostileServer server(options);
    server.otherwise([](Connection& connection, const SeenRequest&) {
        connection.send(answerText(200, { { "Content-Type", "application/json" } },
            "{\"you\":\"" + connection.clientName() + "\"}"));
    });
    const Endpoint endpoint = tlsEndpoint(server.port(), authority().pem());
    Asked asked;
    std::vector<Credential> people;
    for (const char* name : { "ann", "bob", "cho" }) {
        const Identity identity = clients.issue({ .commonName = name });
        people.emplace_back();
        people.back().certificatePem = identity.certificatePem;
        people.back().keyPem = Wiped(identity.keyPem);
    }
    for (int round = 0; round < 5; ++round) {
        for (std::size_t i = 0; i < people.size(); ++i) {
            const Reply reply = asked.get(endpoint, "/a", shortLimits(), &people[i]);
            COMPARE_FAILURE(reply, Failure::None);
            static constexpr const char* names[] = { "ann", "bob", "cho" };
            QCOMPARE(reply.body, "{\"you\":\"" + std::string(names[i]) + "\"}");
        }
    }
    QCOMPARE(server.connections(), 3U);
}

void TlsTest::badClientCertificatesAreTold()
{
    HostileServer server(secure());
    server.otherwise(json("{}"));
    Asked asked;
    const Endpoint endpoint = tlsEndpoint(server.port(), authority().pem());
    const Identity one = authority().issue({ .commonName = "one" }),
                   two = authority().issue({ .commonName = "two" });
    const auto failureOf = [&](const std::string& certificate, const std::string& key) {
        Credential credential;
        credential.certificatePem = certificate;
        credential.keyPem = Wiped(key);
        const Reply reply = asked.get(endpoint, "/a", shortLimits(), &credential);
        // A key never stands in a message.
        return reply.failure == Failure::Credential && !contains(reply.message + reply.detail, "-----")
            ? reply.message
            : "other: " + reply.message + reply.detail;
    };
    VERIFY_CONTAINS(failureOf(one.certificatePem, two.keyPem), "belong together");
    VERIFY_CONTAINS(failureOf("nonsense", one.keyPem), "must be PEM");
    VERIFY_CONTAINS(failureOf(one.certificatePem, "nonsense"), "must be PEM");
    VERIFY_CONTAINS(failureOf(one.certificatePem, encryptedKey(one.keyPem, "secret")), "have no password");
    VERIFY_CONTAINS(failureOf(one.certificatePem, ""), "has no key");
    VERIFY_CONTAINS(failureOf("", one.keyPem), "has no certificate");
    QVERIFY(server.requests().empty());
}

void TlsTest::trustDecidesWhoSharesAConnection()
{
    const Authority another("Another Authority");
    HostileServer server(secure());
    server.otherwise(json("{}"));
    Asked asked;
    COMPARE_FAILURE(asked.get(tlsEndpoint(server.port(), authority().pem()), "/a"), Failure::None);
    COMPARE_FAILURE(
        asked.get(tlsEndpoint(server.port(), another.pem()), "/a"), Failure::CertificateUnknownAuthority);
    QCOMPARE(server.requests().size(), std::size_t { 1 });
    COMPARE_FAILURE(asked.get(tlsEndpoint(server.port(),
                                  "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
                        "/a"),
        Failure::CertificateOther);
}

void TlsTest::othersThanTlsAreTold()
{
    // http:// to a TLS port: an alert comes back, which is no HTTP.
    HostileServer server(secure());
    Asked asked;
    const Reply reply = asked.get(plainEndpoint(server.port()), "/a");
    QVERIFY(reply.failure == Failure::Malformed || reply.failure == Failure::ConnectionLost);
    QVERIFY(!reply.message.empty());
}

GLACIS_TEST(TlsTest)
#include "tls_test.moc"
