// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include <inventory/reader.h>

#include "asked.h"

using namespace glacis;
using namespace glacis::cluster;
using namespace glacis::test;

class TransportTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anAnswerComesWhole();
    void requestsSayWhatTheyShould();
    void onlyReadsAndReviewsLeave();
    void whatHasNoTargetIsNotSent();
    void connectionsAreKept();
    void compressedAnswersAreRead();
    void compressionIsAskedForOnlyWhereAllowed();
    void redirectsAreNotFollowed();
    void cookiesAreNotKept();
    void credentialsTravelInHeaders();
    void credentialsNeverTravelInClear();
    void headersCannotBeInjected_data();
    void headersCannotBeInjected();
    void prefixAndHostAreKept();
    void contactsAreListed();
    void manyThreadsAtOnce();
    void environmentOfLibcurlIsIgnored();
};

void TransportTest::anAnswerComesWhole()
{
    HostileServer server;
    std::string big = R"({"items":[)";
    for (int i = 0; i < 100'000; ++i)
        big += "\"0123456789\",";
    big += "0]}";
    server.on("/big", json(big, 200, { { "Warning", "299 - \"old\"" }, { "Retry-After", "3" } }));
    Asked asked;
    const Reply reply = asked.get(plainEndpoint(server.port()), "/big");
    COMPARE_FAILURE(reply, Failure::None);
    QVERIFY(reply.message.empty());
    QVERIFY(reply.body == big);
    QVERIFY(reply.body.capacity() >= reply.body.size() + inventory::DocumentReader::jsonPadding);
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.contentType, std::string("application/json"));
    QVERIFY(reply.warnings == std::vector<std::string> { "old" });
    QVERIFY(reply.retryAfter == 3s);
    QVERIFY(reply.bytesReceived > big.size() && reply.bytesReceived < big.size() + 1000);
}

void TransportTest::requestsSayWhatTheyShould()
{
    HostileServer server;
    server.otherwise(json("{}"));
    Asked asked;
    const Endpoint endpoint = plainEndpoint(server.port());
    COMPARE_FAILURE(asked.get(endpoint, "/a"), Failure::None);
    COMPARE_FAILURE(asked.get(endpoint, "/s", shortLimits(), nullptr, Accept::Table), Failure::None);
    COMPARE_FAILURE(
        asked.transport.send(endpoint, Request::ownRules("shop"), nullptr, shortLimits(), {}), Failure::None);
    const auto seen = server.requests();
    QCOMPARE(seen.size(), std::size_t { 3 });
    QCOMPARE(*seen[0].header("User-Agent"), std::string("glacis/" GLACIS_VERSION));
    QCOMPARE(*seen[0].header("Accept"), std::string("application/json"));
    QCOMPARE(*seen[0].header("Host"), endpoint.authority());
    QVERIFY(!seen[0].header("Accept-Encoding"));
    QVERIFY(!seen[0].header("Authorization"));
    QCOMPARE(seen[0].headers.size(), std::size_t { 3 });
    QCOMPARE(*seen[1].header("Accept"), std::string("application/json;as=Table;v=v1;g=meta.k8s.io"));
    QCOMPARE(seen[2].method, std::string("POST"));
    QCOMPARE(seen[2].body, Request::ownRules("shop").body());
    QCOMPARE(*seen[2].header("Content-Type"), std::string("application/json"));
    QVERIFY(!seen[2].header("Expect"));
}

void TransportTest::onlyReadsAndReviewsLeave()
{
    HostileServer server;
    server.otherwise(json("{}"));
    Asked asked;
    const Endpoint endpoint = plainEndpoint(server.port());
    for (const Request& request : { Request::get("/api/v1/pods", { { "limit", "500" } }),
             Request::get("/apis", {}, Accept::AggregatedDiscovery),
             Request::get("/api/v1/secrets", {}, Accept::Table), Request::ownRules("a"),
             Request::ownAccess("list", "", "pods"), Request::ownIdentity() })
        COMPARE_FAILURE(asked.transport.send(endpoint, request, nullptr, shortLimits(), {}), Failure::None);
    const auto seen = server.requests();
    QCOMPARE(seen.size(), std::size_t { 6 });
    for (const SeenRequest& request : seen) {
        const bool read = request.method == "GET" && request.body.empty();
        const bool review = request.method == "POST"
            && (request.target == "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews"
                || request.target == "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews"
                || request.target == "/apis/authentication.k8s.io/v1/selfsubjectreviews");
        QVERIFY2(read || review, qPrintable(text(request.method + " " + request.target)));
    }
}

void TransportTest::whatHasNoTargetIsNotSent()
{
    HostileServer server;
    Asked asked;
    COMPARE_FAILURE(asked.get(plainEndpoint(server.port()), "/a/../b"), Failure::BadRequest);
    COMPARE_FAILURE(asked.get(plainEndpoint(server.port()), "@elsewhere/"), Failure::BadRequest);
    QCOMPARE(server.connections(), 0U);
    QVERIFY(asked.transport.contacts().empty());
}

void TransportTest::connectionsAreKept()
{
    HostileServer server(secure());
    server.otherwise(json("{}"));
    Asked asked;
    for (int i = 0; i < 20; ++i)
        COMPARE_FAILURE(asked.get(tlsEndpoint(server.port(), authority().pem()), "/a"), Failure::None);
    QCOMPARE(server.connections(), 1U);
}

void TransportTest::compressedAnswersAreRead()
{
    HostileServer server;
    server.on("/a", gzipped(R"({"some":"json"})"));
    Asked asked;
    // Loopback: not asked for, but a server that sends it all the same is understood.
    const Reply reply = asked.get(plainEndpoint(server.port()), "/a");
    COMPARE_FAILURE(reply, Failure::None);
    QCOMPARE(reply.body, std::string(R"({"some":"json"})"));
    QVERIFY(!server.requests()[0].header("Accept-Encoding"));
}

void TransportTest::compressionIsAskedForOnlyWhereAllowed()
{
    HostileServer server;
    server.otherwise(json("{}"));
    Asked asked;
    Endpoint endpoint = plainEndpoint(server.port());
    endpoint.compression = true;
    COMPARE_FAILURE(asked.get(endpoint, "/a"), Failure::None);
    QCOMPARE(*server.requests()[0].header("Accept-Encoding"), std::string("gzip"));
}

void TransportTest::redirectsAreNotFollowed()
{
    HostileServer other;
    HostileServer server;
    for (const int status : { 301, 302, 303, 307, 308 }) {
        server.on("/a", answer(status, "text/html", "moved", { { "Location", other.url() + "/b?token=1" } }));
        Asked asked;
        const Reply reply = asked.get(plainEndpoint(server.port()), "/a");
        COMPARE_FAILURE(reply, Failure::Redirect);
        QCOMPARE(reply.status, status);
        VERIFY_CONTAINS(reply.message, "http://127.0.0.1");
        QVERIFY(!contains(reply.message, "token"));
    }
    QCOMPARE(other.connections(), 0U);
}

void TransportTest::cookiesAreNotKept()
{
    HostileServer server;
    server.on("/a", json("{}", 200, { { "Set-Cookie", "a=b" }, { "Alt-Svc", "h2=\":1\"" } }));
    Asked asked;
    for (int i = 0; i < 2; ++i)
        COMPARE_FAILURE(asked.get(plainEndpoint(server.port()), "/a"), Failure::None);
    QVERIFY(!server.requests()[1].header("Cookie"));
}

void TransportTest::credentialsTravelInHeaders()
{
    HostileServer server(secure());
    server.otherwise(json("{}"));
    Asked asked;
    const Endpoint endpoint = tlsEndpoint(server.port(), authority().pem());
    Credential credential = bearer("abc.def");
    credential.impersonation = { { "Impersonate-User", "jane" }, { "Impersonate-Group", "a" },
        { "Impersonate-Group", "b" }, { "Impersonate-Extra-x%2fy", "" } };
    COMPARE_FAILURE(asked.get(endpoint, "/a", shortLimits(), &credential), Failure::None);
    Credential basic;
    basic.username = "me";
    basic.password = Wiped("p\xc3\xa4ss:word");
    COMPARE_FAILURE(asked.get(endpoint, "/a", shortLimits(), &basic), Failure::None);
    const auto seen = server.requests();
    QCOMPARE(*seen[0].header("Authorization"), std::string("Bearer abc.def"));
    QCOMPARE(*seen[0].header("Impersonate-User"), std::string("jane"));
    QCOMPARE(*seen[0].header("Impersonate-Group"), std::string("a\nb"));
    QCOMPARE(*seen[0].header("Impersonate-Extra-x%2fy"), std::string());
    QCOMPARE(*seen[1].header("Authorization"), std::string("Basic bWU6cMOkc3M6d29yZA=="));
    QVERIFY(!seen[1].header("Impersonate-User"));
}

void TransportTest::credentialsNeverTravelInClear()
{
    HostileServer server;
    server.otherwise(json("{}"));
    Asked asked;
    Credential credential = bearer("abc.def");
    credential.impersonation = { { "Impersonate-User", "jane" } };
    COMPARE_FAILURE(asked.get(plainEndpoint(server.port()), "/a", shortLimits(), &credential), Failure::None);
    QVERIFY(!server.requests()[0].header("Authorization"));
    QVERIFY(!server.requests()[0].header("Impersonate-User"));
}

void TransportTest::headersCannotBeInjected_data()
{
    QTest::addColumn<QString>("token");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::newRow("token") << "a\r\nX-Evil: 1"
                           << ""
                           << "";
    QTest::newRow("token, bare line feed") << "a\nX-Evil: 1"
                                           << ""
                                           << "";
    QTest::newRow("token, zero byte") << QString::fromLatin1("a\0b", 3) << ""
                                      << "";
    QTest::newRow("value") << ""
                           << "Impersonate-User"
                           << "jane\r\nX-Evil: 1";
    QTest::newRow("value, zero byte") << ""
                                      << "Impersonate-User" << QString::fromLatin1("a\0b", 3);
    QTest::newRow("name") << ""
                          << "Impersonate-Extra-a: b\r\nX-Evil"
                          << "1";
    QTest::newRow("name with colon") << ""
                                     << "X-Evil: 1, b"
                                     << "1";
    QTest::newRow("empty name") << ""
                                << " "
                                << "1";
}

void TransportTest::headersCannotBeInjected()
{
    QFETCH(const QString, token);
    QFETCH(const QString, name);
    QFETCH(const QString, value);
    HostileServer server(secure());
    server.otherwise(json("{}"));
    Asked asked;
    Credential credential = bearer(token.toStdString());
    if (!name.isEmpty())
        credential.impersonation.emplace_back(name.toStdString(), value.toStdString());
    const Reply reply
        = asked.get(tlsEndpoint(server.port(), authority().pem()), "/a", shortLimits(), &credential);
    COMPARE_FAILURE(reply, Failure::Credential);
    QVERIFY(!contains(reply.message + reply.detail, "Evil"));
    QCOMPARE(server.connections(), 0U);
}

void TransportTest::prefixAndHostAreKept()
{
    HostileServer server;
    server.otherwise(json("{}"));
    Asked asked;
    Endpoint endpoint = plainEndpoint(server.port());
    endpoint.prefix = "/k8s/clusters/c-1";
    COMPARE_FAILURE(asked.get(endpoint, "/api/v1/pods"), Failure::None);
    QCOMPARE(server.requests()[0].target, std::string("/k8s/clusters/c-1/api/v1/pods"));
    HostileServer six({ .family = Socket::Family::V6 });
    if (!six.valid())
        QSKIP("This machine has no IPv6 on loopback");
    six.otherwise(json("{}"));
    endpoint.host = "[::1]";
    endpoint.port = six.port();
    COMPARE_FAILURE(asked.get(endpoint, "/a"), Failure::None);
    QCOMPARE(*six.requests()[0].header("Host"), endpoint.authority());
}

void TransportTest::contactsAreListed()
{
    HostileServer server;
    server.otherwise(json("{}"));
    Asked asked;
    for (int i = 0; i < 3; ++i)
        COMPARE_FAILURE(asked.get(plainEndpoint(server.port()), "/a"), Failure::None);
    const auto contacts = asked.transport.contacts();
    QCOMPARE(contacts.size(), std::size_t { 1 });
    QCOMPARE(contacts[0].authority, "127.0.0.1:" + std::to_string(server.port()));
    QCOMPARE(contacts[0].requests, std::uint64_t { 3 });
    QVERIFY(contacts[0].bytesReceived > 6);
    QVERIFY(contacts[0].first > 1'700'000'000 && contacts[0].last >= contacts[0].first);
    QVERIFY(!contacts[0].proxy);
}

void TransportTest::manyThreadsAtOnce()
{
    HostileServer server(secure());
    server.otherwise(
        computed([](const SeenRequest& request) { return "{\"target\":\"" + request.target + "\"}"; }));
    Asked asked;
    const Endpoint endpoint = tlsEndpoint(server.port(), authority().pem());
    std::atomic<int> right { 0 };
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 16; ++thread) {
        threads.emplace_back([&, thread] {
            for (int i = 0; i < 25; ++i) {
                const std::string path = "/t" + std::to_string(thread) + "/" + std::to_string(i);
                const Reply reply = asked.get(endpoint, path);
                right += reply.failure == Failure::None && reply.body == "{\"target\":\"" + path + "\"}" ? 1
                                                                                                         : 0;
            }
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    QCOMPARE(right.load(), 16 * 25);
    QCOMPARE(asked.transport.contacts()[0].requests, std::uint64_t { 16 * 25 });
}

void TransportTest::environmentOfLibcurlIsIgnored()
{
    HostileServer server;
    server.otherwise(json("{}"));
    HostileServer decoy;
    for (const char* name :
        { "http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY" })
        qputenv(name, QByteArray::fromStdString(decoy.url()));
    Asked asked;
    const Reply reply = asked.get(plainEndpoint(server.port()), "/a");
    for (const char* name :
        { "http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY" })
        qunsetenv(name);
    COMPARE_FAILURE(reply, Failure::None);
    QCOMPARE(decoy.connections(), 0U);
}

GLACIS_TEST(TransportTest)
#include "transport_test.moc"
