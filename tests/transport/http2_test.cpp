// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <curl/curl.h>

#include <http2.h>

#include "asked.h"

using namespace glacis;
using namespace glacis::cluster;
using namespace glacis::test;

class Http2Test : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void requestsShareOneConnection();
    void brokenStreamsAreNoAnswers_data();
    void brokenStreamsAreNoAnswers();
    void oneStreamEndsAlone();
    void aServerThatLeavesIsAskedAnew();

private:
    /// A server and how it is reached.
    struct Running {
        std::shared_ptr<Http2Log> log = std::make_shared<Http2Log>();
        std::unique_ptr<HostileServer> server;
        Endpoint endpoint;
    };
    static Running run(const Http2Plan& plan)
    {
        Running result;
        ServerOptions options = secure();
        speakHttp2(options, plan, result.log);
        result.server = std::make_unique<HostileServer>(options);
        result.endpoint = tlsEndpoint(result.server->port(), authority().pem());
        return result;
    }
};

void Http2Test::initTestCase()
{
    if ((curl_version_info(CURLVERSION_NOW)->features & CURL_VERSION_HTTP2) == 0)
        QSKIP("This libcurl was built without HTTP/2");
}

void Http2Test::requestsShareOneConnection()
{
    // Nobody gets an answer before four wait on the same connection.
    const Running running = run({ .hold = 4 });
    Asked asked;
    std::vector<Reply> replies(4);
    std::vector<std::thread> threads;
    for (Reply& reply : replies)
        threads.emplace_back([&] { reply = asked.get(running.endpoint, "/a"); });
    for (std::thread& thread : threads)
        thread.join();
    for (const Reply& reply : replies) {
        COMPARE_FAILURE(reply, Failure::None);
        QVERIFY(reply.http2);
        VERIFY_CONTAINS(reply.body, "{\"stream\":");
        QCOMPARE(std::count_if(
                     replies.begin(), replies.end(), [&](const Reply& r) { return r.body == reply.body; }),
            1);
    }
    QCOMPARE(running.server->connections(), 1U);
}

void Http2Test::brokenStreamsAreNoAnswers_data()
{
    QTest::addColumn<int>("answer");
    QTest::newRow("reset in body") << static_cast<int>(Http2Answer::ResetInBody);
    QTest::newRow("reset at once") << static_cast<int>(Http2Answer::ResetAtOnce);
    QTest::newRow("noise") << static_cast<int>(Http2Answer::Noise);
}

void Http2Test::brokenStreamsAreNoAnswers()
{
    QFETCH(const int, answer);
    const Running running = run({ .answers = { static_cast<Http2Answer>(answer) } });
    Asked asked;
    const Reply reply = asked.get(running.endpoint, "/a");
    COMPARE_FAILURE(reply, Failure::ConnectionLost);
    QVERIFY(reply.body.empty());
    VERIFY_CONTAINS(reply.message, running.endpoint.authority());
}

void Http2Test::oneStreamEndsAlone()
{
    const Running running = run({ .answers = { Http2Answer::Nothing, Http2Answer::Whole } });
    Asked asked;
    Reply cancelled;
    std::thread caller([&] { cancelled = asked.get(running.endpoint, "/a", {}); });
    QTRY_COMPARE(running.log->requests.load(), 1U);
    const auto told = Clock::now();
    asked.stop.requestStop();
    caller.join();
    QVERIFY(Clock::now() - told < 1s);
    COMPARE_FAILURE(cancelled, Failure::Cancelled);
    COMPARE_FAILURE(asked.transport.send(running.endpoint, Request::get("/b"), nullptr, shortLimits(), {}),
        Failure::None);
}

void Http2Test::aServerThatLeavesIsAskedAnew()
{
    const Running running = run({ .answers = { Http2Answer::Leave } });
    Asked asked;
    for (int i = 0; i < 3; ++i) {
        const Reply reply = asked.get(running.endpoint, "/a");
        COMPARE_FAILURE(reply, Failure::None);
        QVERIFY(reply.http2);
    }
    QCOMPARE(running.server->connections(), 3U);
}

GLACIS_TEST(Http2Test)
#include "http2_test.moc"
