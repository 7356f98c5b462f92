// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cluster/api_client.h>

#include "asked.h"

using namespace glacis;
using namespace glacis::cluster;
using namespace glacis::test;

namespace {
/// Gives tokens one after the other: the next one after each rejection.
class Tokens : public CredentialProvider {
public:
    explicit Tokens(std::vector<std::string> tokens)
        : m_tokens(std::move(tokens))
    {
    }
    Result<CredentialPtr> current(const StopToken&) override
    {
        const std::lock_guard lock(m_mutex);
        if (m_tokens.empty())
            return failure("The plugin said no.");
        Credential credential = bearer(m_tokens[m_next]);
        credential.generation = m_next;
        return std::make_shared<const Credential>(std::move(credential));
    }
    bool rejected(const Credential& credential) override
    {
        const std::lock_guard lock(m_mutex);
        ++rejections;
        if (credential.generation == m_next && m_next + 1 < m_tokens.size())
            ++m_next;
        return credential.generation < m_next;
    }
    int rejections = 0;

private:
    std::mutex m_mutex;
    std::vector<std::string> m_tokens;
    std::size_t m_next = 0;
};

ApiClientOptions quick()
{
    ApiClientOptions options;
    options.limits = shortLimits();
    options.longestWait = 200ms;
    options.waitInAll = 10s;
    return options;
}

Behaviour busy(const std::string& retryAfter, int code = 429)
{
    return test::status(code, "TooManyRequests", "slow down", { { "Retry-After", retryAfter } });
}
}

class ApiClientTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void slowDownIsObeyed_data();
    void slowDownIsObeyed();
    void withoutRetryAfterThereIsNoSecondTry_data();
    void withoutRetryAfterThereIsNoSecondTry();
    void patienceEnds();
    void longWaitsAreCutAndTold();
    void waitingCanBeCancelled();
    void brokenConnectionsAreTriedAgain();
    void brokenReviewsAreToo();
    void refusedTokensAreRenewedOnce();
    void withoutCredentialNothingIsSent();
    void warningsAndFiguresAreKept();
    void capOfOneCall();
    void manyThreadsShareOneClient();
};

void ApiClientTest::slowDownIsObeyed_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("retryAfter");
    QTest::addColumn<bool>("post");
    QTest::newRow("429") << 429 << "1" << false;
    QTest::newRow("429 at once") << 429 << "0" << false;
    QTest::newRow("429 date in the past") << 429 << "Tue, 14 Nov 2023 22:13:50 GMT" << false;
    QTest::newRow("429 review") << 429 << "1" << true;
    QTest::newRow("500") << 500 << "1" << false;
    QTest::newRow("503") << 503 << "1" << false;
}

void ApiClientTest::slowDownIsObeyed()
{
    QFETCH(const int, code);
    QFETCH(const QString, retryAfter);
    QFETCH(const bool, post);
    HostileServer server;
    server.otherwise(sequence({ busy(retryAfter.toStdString(), code), busy(retryAfter.toStdString(), code),
        json(R"({"done":true})") }));
    Asked asked;
    std::vector<std::string> said;
    ApiClientOptions options = quick();
    options.waiting = [&](const std::string& sentence) { said.push_back(sentence); };
    ApiClient client(asked.transport, plainEndpoint(server.port()), nullptr, options);
    const auto start = Clock::now();
    const Reply reply = client.call(post ? Request::ownIdentity() : Request::get("/a"), {});
    COMPARE_FAILURE(reply, Failure::None);
    QCOMPARE(reply.body, std::string(R"({"done":true})"));
    QVERIFY(Clock::now() - start >= 200ms);
    QCOMPARE(server.requests().size(), std::size_t { 3 });
    QCOMPARE(client.figures().requests, std::uint64_t { 3 });
    QCOMPARE(client.figures().retries, std::uint64_t { 2 });
    QCOMPARE(said.size(), std::size_t { 4 });
    VERIFY_CONTAINS(said[0], "The server asked to wait");
    QVERIFY(said[1].empty() && said[3].empty());
}

void ApiClientTest::withoutRetryAfterThereIsNoSecondTry_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("retryAfter");
    QTest::newRow("429 without") << 429 << "";
    QTest::newRow("429 nonsense") << 429 << "soon";
    QTest::newRow("429 negative") << 429 << "-5";
    QTest::newRow("500 without") << 500 << "";
    QTest::newRow("403 with") << 403 << "1";
    QTest::newRow("404 with") << 404 << "1";
    QTest::newRow("302 with") << 302 << "1";
}

void ApiClientTest::withoutRetryAfterThereIsNoSecondTry()
{
    QFETCH(const int, code);
    QFETCH(const QString, retryAfter);
    HostileServer server;
    server.otherwise(
        sequence({ retryAfter.isEmpty() ? test::status(code, "x", "y") : busy(retryAfter.toStdString(), code),
            json("{}") }));
    Asked asked;
    ApiClient client(asked.transport, plainEndpoint(server.port()), nullptr, quick());
    QCOMPARE(client.call(Request::get("/a"), {}).status, code);
    QCOMPARE(server.requests().size(), std::size_t { 1 });
}

void ApiClientTest::patienceEnds()
{
    HostileServer server;
    server.otherwise(busy("0"));
    Asked asked;
    ApiClient client(asked.transport, plainEndpoint(server.port()), nullptr, quick());
    const Reply reply = client.call(Request::get("/a"), {});
    COMPARE_FAILURE(reply, Failure::TooManyRequests);
    QCOMPARE(server.requests().size(), std::size_t { 10 });
    VERIFY_CONTAINS(reply.message, "asked 10 times");
    QCOMPARE(reply.detail, std::string("slow down"));
}

void ApiClientTest::longWaitsAreCutAndTold()
{
    HostileServer server;
    server.otherwise(busy("99999999999999"));
    Asked asked;
    ApiClientOptions options = quick();
    options.waitInAll = 700ms;
    std::vector<std::string> said;
    options.waiting = [&](const std::string& sentence) { said.push_back(sentence); };
    ApiClient client(asked.transport, plainEndpoint(server.port()), nullptr, options);
    const Reply reply = client.call(Request::get("/a"), {});
    COMPARE_FAILURE(reply, Failure::TooManyRequests);
    QCOMPARE(server.requests().size(), std::size_t { 4 }); // 200 ms three times, a fourth would be too much
    VERIFY_CONTAINS(reply.message, "still asks to wait for 31622400 s");
    VERIFY_CONTAINS(said[0], "wait 31622400 s; Glacis asks again after 1 s.");
    QVERIFY(said.back().empty());
}

void ApiClientTest::waitingCanBeCancelled()
{
    HostileServer server;
    server.otherwise(busy("50"));
    Asked asked;
    ApiClient client(asked.transport, plainEndpoint(server.port()), nullptr, {});
    Reply reply;
    std::thread caller([&] { reply = client.call(Request::get("/a"), asked.stop.token()); });
    QTRY_COMPARE(server.requests().size(), std::size_t { 1 });
    std::this_thread::sleep_for(200ms);
    const auto told = Clock::now();
    asked.stop.requestStop();
    caller.join();
    QVERIFY(Clock::now() - told < 1s);
    COMPARE_FAILURE(reply, Failure::Cancelled);
}

void ApiClientTest::brokenConnectionsAreTriedAgain()
{
    for (const Behaviour& broken : { closes(), resets(), stopsInBody("{}", 100), stopsInChunks("{}") }) {
        HostileServer server;
        server.otherwise(sequence({ broken, broken, json(R"({"third":1})") }));
        Asked asked;
        ApiClient client(asked.transport, plainEndpoint(server.port()), nullptr, quick());
        const Reply reply = client.call(Request::get("/a"), {});
        COMPARE_FAILURE(reply, Failure::None);
        QCOMPARE(reply.body, std::string(R"({"third":1})"));
        QCOMPARE(client.figures().retries, std::uint64_t { 2 });
    }
    HostileServer server;
    server.otherwise(closes());
    Asked asked;
    ApiClient client(asked.transport, plainEndpoint(server.port()), nullptr, quick());
    COMPARE_FAILURE(client.call(Request::get("/a"), {}), Failure::ConnectionLost);
    QCOMPARE(server.requests().size(), std::size_t { 3 });
}

void ApiClientTest::brokenReviewsAreToo()
{
    HostileServer server;
    server.otherwise(closes());
    Asked asked;
    ApiClient client(asked.transport, plainEndpoint(server.port()), nullptr, quick());
    COMPARE_FAILURE(client.call(Request::ownIdentity(), {}), Failure::ConnectionLost);
    QCOMPARE(server.requests().size(), std::size_t { 3 });
}

void ApiClientTest::refusedTokensAreRenewedOnce()
{
    HostileServer server(secure());
    server.otherwise([](Connection& connection, const SeenRequest& request) {
        const bool good = request.header("Authorization") == "Bearer good";
        (good ? json("{}") : test::status(401, "Unauthorized", "Unauthorized"))(connection, request);
    });
    Asked asked;
    const Endpoint endpoint = tlsEndpoint(server.port(), authority().pem());
    const auto renewing = std::make_shared<Tokens>(std::vector<std::string> { "old", "good" });
    ApiClient client(asked.transport, endpoint, renewing, quick());
    COMPARE_FAILURE(client.call(Request::get("/a"), {}), Failure::None);
    COMPARE_FAILURE(client.call(Request::get("/b"), {}), Failure::None);
    QCOMPARE(server.requests().size(), std::size_t { 3 });
    QCOMPARE(renewing->rejections, 1);
    // One renewal for one request, whatever comes of it.
    const auto many
        = std::make_shared<Tokens>(std::vector<std::string> { "hunter1", "hunter2", "hunter3", "good" });
    ApiClient stubborn(asked.transport, endpoint, many, quick());
    const Reply refused = stubborn.call(Request::get("/a"), {});
    COMPARE_FAILURE(refused, Failure::Unauthorized);
    QVERIFY(!contains(refused.message + refused.detail, "hunter"));
    QCOMPARE(server.requests("/a").size(), std::size_t { 2 + 2 });
    // A token that cannot change is sent once.
    const auto fixed = std::make_shared<Tokens>(std::vector<std::string> { "bad" });
    ApiClient unchanging(asked.transport, endpoint, fixed, quick());
    COMPARE_FAILURE(unchanging.call(Request::get("/c"), {}), Failure::Unauthorized);
    QCOMPARE(server.requests("/c").size(), std::size_t { 1 });
}

void ApiClientTest::withoutCredentialNothingIsSent()
{
    HostileServer server;
    Asked asked;
    ApiClient client(asked.transport, plainEndpoint(server.port()),
        std::make_shared<Tokens>(std::vector<std::string> {}), quick());
    const Reply reply = client.call(Request::get("/a"), {});
    COMPARE_FAILURE(reply, Failure::Credential);
    QCOMPARE(reply.message, std::string("The plugin said no."));
    QCOMPARE(server.connections(), 0U);
    QCOMPARE(client.figures().requests, std::uint64_t { 0 });
}

void ApiClientTest::warningsAndFiguresAreKept()
{
    HostileServer server;
    server.on("/a", json("{}", 200, { { "Warning", "299 - \"first\"" }, { "Warning", "299 - \"second\"" } }));
    server.on("/b", json("{}", 200, { { "Warning", "299 - \"second\", 299 - \"third\"" } }));
    Asked asked;
    ApiClient client(asked.transport, plainEndpoint(server.port()), nullptr, quick());
    for (const char* path : { "/a", "/b", "/a" })
        COMPARE_FAILURE(client.call(Request::get(path), {}), Failure::None);
    QVERIFY(client.warnings() == (std::vector<std::string> { "first", "second", "third" }));
    QCOMPARE(client.figures().requests, std::uint64_t { 3 });
    QVERIFY(client.figures().bytesReceived > 300);
}

void ApiClientTest::capOfOneCall()
{
    HostileServer server;
    server.otherwise(json("{\"a\":\"" + std::string(1000, 'x') + "\"}"));
    Asked asked;
    ApiClient client(asked.transport, plainEndpoint(server.port()), nullptr, quick());
    COMPARE_FAILURE(client.call(Request::get("/a"), {}, 100), Failure::TooLarge);
    COMPARE_FAILURE(client.call(Request::get("/a"), {}), Failure::None);
}

void ApiClientTest::manyThreadsShareOneClient()
{
    HostileServer server(secure());
    server.otherwise(sequence({ test::status(401, "x", "y"), busy("0"), closes(), json("{}") }));
    Asked asked;
    ApiClient client(asked.transport, tlsEndpoint(server.port(), authority().pem()),
        std::make_shared<Tokens>(std::vector<std::string> { "a", "b", "c" }), quick());
    std::atomic<int> good { 0 };
    std::vector<std::thread> threads;
    for (int i = 0; i < 16; ++i)
        threads.emplace_back([&] {
            for (int k = 0; k < 10; ++k)
                good += client.call(Request::get("/a"), {}).failure == Failure::None ? 1 : 0;
        });
    for (std::thread& thread : threads)
        thread.join();
    QCOMPARE(good.load(), 160);
}

GLACIS_TEST(ApiClientTest)
#include "api_client_test.moc"
