// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Servers that lie, stop, flood or speak something else: each ends in a sentence and no body.
#include "asked.h"

using namespace glacis;
using namespace glacis::cluster;
using namespace glacis::test;

class HostileAnswersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void refusalsStandThoughTheirWordsBreakOff();
    void brokenAnswersAreNoAnswers_data();
    void brokenAnswersAreNoAnswers();
    void slowAnswersEnd_data();
    void slowAnswersEnd();
    void aSteadyDripIsRead();
    void tooMuchIsRefused_data();
    void tooMuchIsRefused();
    void theCapItselfIsAllowed();
    void statusesAreTold_data();
    void statusesAreTold();
    void statusObjectsAreQuoted();
    void outsideTextIsMadeHarmless();
    void otherServicesAreTold_data();
    void otherServicesAreTold();
};

void HostileAnswersTest::brokenAnswersAreNoAnswers_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<int>("failure");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char* kind, Failure failure, const char* sentence) {
        QTest::newRow(kind) << QString::fromLatin1(kind) << static_cast<int>(failure)
                            << QString::fromLatin1(sentence);
    };
    row("closes", Failure::ConnectionLost, "broke before an answer came");
    row("resets", Failure::ConnectionLost, "broke before an answer came");
    row("stops in header", Failure::ConnectionLost, "broke before");
    row("stops in body", Failure::ConnectionLost, "broke before the answer was complete");
    row("stops in chunks", Failure::ConnectionLost, "broke before the answer was complete");
    row("bad chunk", Failure::ConnectionLost, "broke before the answer was complete");
    row("length too small", Failure::ConnectionLost, "stops in the middle");
    row("no length, cut", Failure::ConnectionLost, "stops in the middle");
    row("empty", Failure::Malformed, "is not a JSON object");
    row("cut between items", Failure::ConnectionLost, "stops in the middle");
    row("cut in a string", Failure::ConnectionLost, "stops in the middle");
    row("two objects", Failure::Malformed, "is not a JSON object");
    row("negative length", Failure::Malformed, "did not answer in HTTP");
    row("damaged gzip", Failure::ConnectionLost, "is damaged");
    row("cut gzip", Failure::ConnectionLost, "stops in the middle"); // libcurl sees no fault in it
    row("no gzip at all", Failure::ConnectionLost, "is damaged");
    row("unknown encoding", Failure::ConnectionLost, "is damaged");
}

namespace {
const std::map<std::string, Behaviour>& broken()
{
    static const std::string head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    static const std::string packed = gzip(R"({"items":[1,2,3]})");
    static const std::map<std::string, Behaviour> all {
        { "closes", closes() },
        { "resets", resets() },
        { "stops in header", raw("HTTP/1.1 200 OK\r\nContent-Type: appl") },
        { "stops in body", stopsInBody(R"({"items":[]})", 1000) },
        { "stops in chunks", stopsInChunks(R"({"items":[]})") },
        { "bad chunk", raw(head + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n") },
        { "length too small", raw(head + "Content-Length: 5\r\n\r\n{\"items\":[]}") },
        { "no length, cut", raw(head + "\r\n{\"items\":[1,2") },
        { "cut between items", raw(head + "\r\n{\"items\":[{\"a\":1}") },
        { "cut in a string", raw(head + "\r\n{\"a\":\"}\\\"}") },
        { "two objects", raw(head + "\r\n{}{}") },
        { "empty", raw(head + "Content-Length: 0\r\n\r\n") },
        { "negative length", raw(head + "Content-Length: -5\r\n\r\n{}") },
        { "damaged gzip",
            raw(head + "Content-Encoding: gzip\r\nContent-Length: " + std::to_string(packed.size())
                + "\r\n\r\n" + packed.substr(0, packed.size() - 6) + "xxxxxx") },
        { "cut gzip",
            raw(head + "Content-Encoding: gzip\r\nContent-Length: 20\r\n\r\n" + packed.substr(0, 20)) },
        { "no gzip at all", raw(head + "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}") },
        { "unknown encoding", raw(head + "Content-Encoding: rot13\r\nContent-Length: 2\r\n\r\n{}") },
    };
    return all;
}
}

void HostileAnswersTest::brokenAnswersAreNoAnswers()
{
    QFETCH(const QString, kind);
    QFETCH(const int, failure);
    QFETCH(const QString, sentence);
    for (const bool tls : { false, true }) {
        HostileServer server(tls ? secure() : ServerOptions {});
        server.on("/a", broken().at(kind.toStdString()));
        Asked asked;
        const Reply reply = asked.get(
            tls ? tlsEndpoint(server.port(), authority().pem()) : plainEndpoint(server.port()), "/a");
        COMPARE_FAILURE(reply, static_cast<Failure>(failure));
        VERIFY_CONTAINS(reply.message, sentence.toStdString());
        VERIFY_CONTAINS(reply.message, "127.0.0.1:" + std::to_string(server.port()));
        if (reply.failure != Failure::Malformed)
            QCOMPARE(reply.body, std::string());
    }
}

void HostileAnswersTest::slowAnswersEnd_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("sentence");
    for (const auto& [kind, sentence] : { std::pair("silent", "did not begin to answer within"),
             std::pair("drips its header", "did not begin to answer within"),
             std::pair("hangs in body", "stopped sending in the middle"),
             std::pair("drips its body", "stopped sending in the middle"),
             std::pair("hangs after header", "stopped sending in the middle") })
        QTest::newRow(kind) << QString::fromLatin1(kind) << QString::fromLatin1(sentence);
}

void HostileAnswersTest::slowAnswersEnd()
{
    QFETCH(const QString, kind);
    QFETCH(const QString, sentence);
    const std::map<std::string, Behaviour> slow {
        { "silent", silent() },
        { "drips its header",
            [](Connection& connection, const SeenRequest&) {
                connection.drip("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n", 500ms);
            } },
        { "hangs in body", hangsInBody("{\"items\":[", 1000) },
        { "drips its body", drips(std::string(1000, ' '), 1500ms) },
        { "hangs after header",
            [](Connection& connection, const SeenRequest&) {
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
                connection.pause(1h);
            } },
    };
    HostileServer server;
    server.on("/a", slow.at(kind.toStdString()));
    Asked asked;
    Limits limits = shortLimits();
    limits.firstByte = 300ms;
    limits.stalled = 1s;
    const auto start = Clock::now();
    const Reply reply = asked.get(plainEndpoint(server.port()), "/a", limits);
    COMPARE_FAILURE(reply, Failure::Timeout);
    VERIFY_CONTAINS(reply.message, sentence.toStdString());
    QVERIFY(reply.body.empty());
    QVERIFY(Clock::now() - start < 10s * slowdown);
}

void HostileAnswersTest::aSteadyDripIsRead()
{
    HostileServer server;
    server.on("/a", drips(R"({"kind":"slow but alive"})", 100ms));
    Asked asked;
    Limits limits = shortLimits();
    limits.stalled = 1s;
    limits.firstByte = 500ms * slowdown;
    COMPARE_FAILURE(asked.get(plainEndpoint(server.port()), "/a", limits), Failure::None);
    limits.total = 1s;
    const Reply cut = asked.get(plainEndpoint(server.port()), "/a", limits);
    COMPARE_FAILURE(cut, Failure::Timeout);
    VERIFY_CONTAINS(cut.message, "did not finish its answer within 1 s");
}

void HostileAnswersTest::tooMuchIsRefused_data()
{
    QTest::addColumn<QString>("kind");
    for (const char* kind : { "5 GB announced", "5 GB in chunks", "gzip bomb", "endless headers",
             "one long header", "gzip of nothing" })
        QTest::newRow(kind) << QString::fromLatin1(kind);
}

void HostileAnswersTest::tooMuchIsRefused()
{
    QFETCH(const QString, kind);
    constexpr std::uint64_t fiveGigabytes = 5'000'000'000;
    const std::map<std::string, Behaviour> floods {
        { "5 GB announced",
            endless("{\"items\":[", "{\"kind\":\"Pod\"},", fiveGigabytes, Length::Announced) },
        { "5 GB in chunks", endless("{\"items\":[", "{\"kind\":\"Pod\"},", fiveGigabytes, Length::Chunked) },
        { "gzip bomb", gzipBomb(fiveGigabytes) },
        { "endless headers",
            [](Connection& connection, const SeenRequest&) {
                connection.send("HTTP/1.1 200 OK\r\n");
                while (connection.send("X-Filler: " + std::string(100, 'x') + "\r\n")) { }
            } },
        { "one long header",
            [](Connection& connection, const SeenRequest&) {
                connection.send("HTTP/1.1 200 OK\r\nX-Filler: ");
                while (connection.send(std::string(10'000, 'x'))) { }
            } },
        { "gzip of nothing", // empty stored blocks for ever: many bytes come, none comes out
            [](Connection& connection, const SeenRequest&) {
                connection.send(
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n\r\n");
                connection.send(gzip("").substr(0, 10));
                std::string blocks;
                for (int i = 0; i < 10'000; ++i)
                    blocks += std::string("\0\0\0\xff\xff", 5);
                while (connection.send(blocks)) { }
            } },
    };
    HostileServer server;
    server.on("/a", floods.at(kind.toStdString()));
    Asked asked;
    Limits limits = shortLimits();
    limits.maxBytes = 3U << 20;
    const Reply reply = asked.get(plainEndpoint(server.port()), "/a", limits);
    if (kind == u"one long header")
        QVERIFY(reply.failure != Failure::None && !reply.message.empty());
    else
        COMPARE_FAILURE(reply, Failure::TooLarge);
    if (reply.failure == Failure::TooLarge)
        VERIFY_CONTAINS(reply.message, "is larger than 3 MiB");
    QVERIFY(reply.body.empty());
    // libcurl reports what comes out at once, what comes in only after up to a hundred of its buffers.
    QVERIFY(reply.bytesReceived < (kind == u"gzip of nothing" ? 40U << 20 : 8U << 20));
    // The connection is gone, and the next request is not disturbed.
    server.on("/b", json("{}"));
    COMPARE_FAILURE(asked.get(plainEndpoint(server.port()), "/b", limits), Failure::None);
}

void HostileAnswersTest::theCapItselfIsAllowed()
{
    HostileServer server;
    const std::string body = "{\"a\":\"" + std::string(992, 'x') + "\"}";
    QCOMPARE(body.size(), std::size_t { 1000 });
    server.on("/plain", json(body));
    server.on("/chunked", [&](Connection& connection, const SeenRequest&) {
        connection.send(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n3e8\r\n"
            + body + "\r\n0\r\n\r\n");
    });
    server.on("/gzip", gzipped(body));
    Asked asked;
    Limits limits = shortLimits();
    for (const char* path : { "/plain", "/chunked" }) {
        limits.maxBytes = 1000;
        COMPARE_FAILURE(asked.get(plainEndpoint(server.port()), path, limits), Failure::None);
        limits.maxBytes = 999;
        COMPARE_FAILURE(asked.get(plainEndpoint(server.port()), path, limits), Failure::TooLarge);
    }
    limits.maxBytes = 999;
    COMPARE_FAILURE(asked.get(plainEndpoint(server.port()), "/gzip", limits), Failure::TooLarge);
}

void HostileAnswersTest::statusesAreTold_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("failure");
    QTest::addColumn<QString>("sentence");
    const auto row = [](int status, Failure failure, const char* sentence) {
        QTest::addRow("%d", status) << status << static_cast<int>(failure) << QString::fromLatin1(sentence);
    };
    row(201, Failure::None, "");
    row(204, Failure::NotKubernetes, "");
    row(302, Failure::Redirect, "never followed");
    row(400, Failure::BadRequest, "error 400");
    row(401, Failure::Unauthorized, "does not accept the credential (401)");
    row(403, Failure::Forbidden, "does not allow this identity to read /api/v1/pods (403)");
    row(404, Failure::NotFound, "does not serve /api/v1/pods");
    row(405, Failure::NotFound, "does not serve");
    row(406, Failure::NotFound, "does not serve");
    row(407, Failure::ProxyAuthentication, "407");
    row(409, Failure::BadRequest, "error 409");
    row(410, Failure::Expired, "no longer has the rest");
    row(422, Failure::BadRequest, "error 422");
    row(429, Failure::TooManyRequests, "does not say for how long");
    row(500, Failure::ServerError, "error 500");
    row(503, Failure::ServerError, "error 503");
    row(599, Failure::ServerError, "error 599");
    row(700, Failure::Malformed, "status 700");
}

void HostileAnswersTest::statusesAreTold()
{
    QFETCH(const int, status);
    QFETCH(const int, failure);
    QFETCH(const QString, sentence);
    HostileServer server;
    server.otherwise(status == 204 ? raw("HTTP/1.1 204 No Content\r\n\r\n")
                                   : test::status(status, "Reason", "its own words"));
    Asked asked;
    const Reply reply = asked.get(plainEndpoint(server.port()), "/api/v1/pods");
    COMPARE_FAILURE(reply, static_cast<Failure>(failure));
    QCOMPARE(reply.status, status);
    VERIFY_CONTAINS(reply.message, sentence.toStdString());
    if (status >= 300)
        QCOMPARE(reply.detail, std::string("its own words"));
    if (reply.failure != Failure::None)
        QVERIFY(reply.message.ends_with('.') && reply.message.find('\n') == std::string::npos);
}

void HostileAnswersTest::statusObjectsAreQuoted()
{
    HostileServer server;
    Asked asked;
    const auto detail = [&](Behaviour behaviour) {
        server.on("/a", std::move(behaviour));
        return asked.get(plainEndpoint(server.port()), "/a").detail;
    };
    QCOMPARE(detail(answer(404, "text/plain", "404 page not found\n")), std::string("404 page not found"));
    QCOMPARE(detail(answer(502, "text/html", "<html><head><TITLE> Bad gateway </TITLE>")),
        std::string("Bad gateway"));
    // Of anything else nothing is shown.
    QCOMPARE(detail(json("[1,2]", 500)), std::string());
    QCOMPARE(detail(json(R"({"message":{"a":1}})", 500)), std::string());
    QCOMPARE(detail(json(std::string(100'000, '['), 500)), std::string());
    QCOMPARE(detail(json(std::string(1000, '[') + std::string(1000, ']'), 500)), std::string());
    QVERIFY(detail(test::status(500, "x", std::string(50'000, 'y'))).size() <= 2048);
    // The server's own hint that it speaks TLS.
    server.on("/a", answer(400, "text/plain", "Client sent an HTTP request to an HTTPS server.\n"));
    VERIFY_CONTAINS(asked.get(plainEndpoint(server.port()), "/a").message, "should begin with https://");
}

void HostileAnswersTest::outsideTextIsMadeHarmless()
{
    HostileServer server;
    server.on("/a",
        answer(403, "text/plain\x1b[2J", "\x1b[31mred\x07\xff\xfe\r\n",
            { { "Warning", "299 - \"\x1b[2J\"" }, { "Location", "\x1b[2J" } }));
    server.on("/b", answer(200, "text/\x1b[31mred", "x"));
    Asked asked;
    for (const char* path : { "/a", "/b" }) {
        const Reply reply = asked.get(plainEndpoint(server.port()), path);
        std::string all = reply.message + reply.detail + reply.contentType;
        for (const std::string& warning : reply.warnings)
            all += warning;
        QVERIFY(reply.failure != Failure::None);
        QVERIFY2(all.find('\x1b') == std::string::npos && all.find('\x07') == std::string::npos, all.c_str());
        QVERIFY(all.find('\xff') == std::string::npos);
    }
}

void HostileAnswersTest::otherServicesAreTold_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<int>("failure");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char* kind, Failure failure, const char* sentence) {
        QTest::newRow(kind) << QString::fromLatin1(kind) << static_cast<int>(failure)
                            << QString::fromLatin1(sentence);
    };
    row("web page", Failure::NotKubernetes, "answered with a web page instead of JSON");
    row("web page that calls itself plain", Failure::NotKubernetes, "web page instead of JSON");
    row("web page not found", Failure::NotKubernetes, "web page instead of JSON");
    row("web page forbidden", Failure::Forbidden, "with a web page: something in between");
    row("plain text", Failure::NotKubernetes, "text/plain where JSON was expected");
    row("YAML", Failure::NotKubernetes, "application/yaml where JSON was expected");
    row("no type", Failure::NotKubernetes, "something without a type");
    row("text as JSON", Failure::Malformed, "is not a JSON object");
    row("ssh", Failure::Malformed, "did not answer in HTTP");
    row("http/0.9", Failure::Malformed, "did not answer in HTTP");
    row("noise", Failure::Malformed, "did not answer in HTTP");
}

void HostileAnswersTest::otherServicesAreTold()
{
    QFETCH(const QString, kind);
    QFETCH(const int, failure);
    QFETCH(const QString, sentence);
    const std::string page = "<!DOCTYPE html><html><title>Sign in</title><body>{}</body></html>";
    const std::map<std::string, Behaviour> others {
        { "web page", answer(200, "text/html; charset=utf-8", page) },
        { "web page that calls itself plain", answer(200, "text/plain", "\n " + page) },
        { "web page not found", answer(404, "text/html", page) },
        { "web page forbidden", answer(403, "text/html", page) },
        { "plain text", answer(200, "text/plain", "ok") },
        { "YAML", answer(200, "application/yaml", "a: b") },
        { "no type", raw("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}") },
        { "text as JSON", json("ok") },
        { "ssh", raw("SSH-2.0-OpenSSH_9.2p1\r\n") },
        { "http/0.9", raw("{\"items\":[]}") },
        { "noise", raw(std::string("\x15\x03\x01\x00\x02\x02\x16\x00\r\n", 10)) },
    };
    HostileServer server;
    server.on("/a", others.at(kind.toStdString()));
    Asked asked;
    const Reply reply = asked.get(plainEndpoint(server.port()), "/a");
    COMPARE_FAILURE(reply, static_cast<Failure>(failure));
    VERIFY_CONTAINS(reply.message, sentence.toStdString());
}

void HostileAnswersTest::refusalsStandThoughTheirWordsBreakOff()
{
    for (const auto& [code, failure] : { std::pair(401, Failure::Unauthorized),
             std::pair(403, Failure::Forbidden), std::pair(410, Failure::Expired) }) {
        HostileServer server;
        server.otherwise([code = code](Connection& connection, const SeenRequest&) {
            connection.send("HTTP/1.1 " + std::to_string(code)
                + " No\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"kind\":");
            connection.close();
        });
        Transport transport;
        const Reply reply = transport.send(plainEndpoint(server.port()), Request::get("/a"), nullptr, {}, {});
        COMPARE_FAILURE(reply, failure);
        QVERIFY(reply.body.empty());
    }
}

GLACIS_TEST(HostileAnswersTest)
#include "hostile_answers_test.moc"
