// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whatever a request waits for, it ends within a second of being told so.
#include <algorithm>
#include <atomic>

#ifndef _WIN32
#include <dlfcn.h>
#include <netdb.h>
#endif

#include <proxy_server.h>

#include "asked.h"

using namespace glacis;
using namespace glacis::cluster;
using namespace glacis::test;

#ifndef _WIN32
namespace {
std::atomic<int> slowLookups { 0 };
}

/// Stands before the C library's, also for libcurl: a name server that does not answer, without one.
extern "C" int getaddrinfo(
    const char* node, const char* service, const addrinfo* hints, addrinfo** result) noexcept(false)
{
    using Lookup = int (*)(const char*, const char*, const addrinfo*, addrinfo**);
    static const auto real = reinterpret_cast<Lookup>(dlsym(RTLD_NEXT, "getaddrinfo"));
    if (node != nullptr && std::string_view(node) == "slow.invalid") {
        ++slowLookups;
        std::this_thread::sleep_for(6s);
        return EAI_AGAIN;
    }
    return real(node, service, hints, result);
}
#endif

class CancelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void endsWithinASecond_data();
    void endsWithinASecond();
    void beforeTheStartNothingIsSent();
    void othersGoOn();
    void theServerSeesTheEnd();
    void destructionEndsAll();
    void slowNamesHoldUpNobodyElse();
};

void CancelTest::endsWithinASecond_data()
{
    QTest::addColumn<QString>("phase");
    for (const char* phase : { "name", "connect", "TLS", "proxy", "SOCKS", "before the answer",
             "in the header", "in the body", "in a flood", "dripping" })
        QTest::newRow(phase) << QString::fromLatin1(phase);
}

void CancelTest::endsWithinASecond()
{
    QFETCH(const QString, phase);
#ifdef _WIN32
    if (phase == u"name")
        QSKIP("The resolver cannot be replaced here");
#endif
    // Of connections that nobody takes, the kernel answers the first few; then it leaves them waiting.
    HostileServer unwilling({ .accepts = false });
    std::vector<Socket> queue;
    if (phase == u"connect") {
        for (int i = 0; i < 4; ++i)
            queue.push_back(Socket::connecting("127.0.0.1", unwilling.port()));
    }
    ServerOptions mute;
    mute.greeting = [](Connection& connection) { return connection.pause(1h); };
    HostileServer silentTls(mute);
    const ProxyServer silentProxy({ .silent = true });
    HostileServer server;
    server.on("/before-the-answer", silent());
    server.on("/in-the-header", [](Connection& connection, const SeenRequest&) {
        connection.send("HTTP/1.1 200 OK\r\nContent-Ty");
        connection.pause(1h);
    });
    server.on("/in-the-body", hangsInBody("{\"items\":[", 1000));
    server.on("/in-a-flood", endless("{", " ", 5'000'000'000, Length::Chunked));
    server.on("/dripping", drips(std::string(10'000, ' '), 5ms));
    Endpoint endpoint = plainEndpoint(server.port());
    if (phase == u"name") {
        endpoint.host = "slow.invalid";
    } else if (phase == u"connect") {
        endpoint.port = unwilling.port();
    } else if (phase == u"TLS") {
        endpoint = tlsEndpoint(silentTls.port(), authority().pem());
    } else if (phase == u"proxy" || phase == u"SOCKS") {
        endpoint.proxy = (phase == u"SOCKS" ? "socks5h://127.0.0.1:" : "http://127.0.0.1:")
            + std::to_string(silentProxy.port());
    }
    std::string path = "/" + phase.toStdString();
    std::replace(path.begin(), path.end(), ' ', '-');
    Limits limits;
    limits.maxBytes = std::uint64_t { 64 } << 30;
    Asked asked;
    Reply reply;
    std::thread caller([&] { reply = asked.get(endpoint, path, limits); });
    std::this_thread::sleep_for(400ms);
    const auto told = Clock::now();
    asked.stop.requestStop();
    caller.join();
    const auto took = Clock::now() - told;
    COMPARE_FAILURE(reply, Failure::Cancelled);
    QCOMPARE(reply.message, std::string("cancelled"));
    QVERIFY(reply.body.empty());
    QVERIFY(took < 1s);
}

void CancelTest::beforeTheStartNothingIsSent()
{
    HostileServer server;
    Asked asked;
    asked.stop.requestStop();
    COMPARE_FAILURE(asked.get(plainEndpoint(server.port()), "/a"), Failure::Cancelled);
    QCOMPARE(server.connections(), 0U);
    QVERIFY(asked.transport.contacts().empty());
}

void CancelTest::othersGoOn()
{
    HostileServer server;
    server.on("/quick", json("{}"));
    server.on("/slow", after(800ms, json("{}")));
    server.on("/never", silent());
    Asked asked;
    const Endpoint endpoint = plainEndpoint(server.port());
    StopSource one;
    Reply cancelled, slow;
    std::thread first([&] {
        cancelled = asked.transport.send(endpoint, Request::get("/never"), nullptr, {}, one.token());
    });
    std::thread second([&] { slow = asked.get(endpoint, "/slow"); });
    std::this_thread::sleep_for(200ms);
    one.requestStop();
    first.join();
    COMPARE_FAILURE(cancelled, Failure::Cancelled);
    COMPARE_FAILURE(asked.get(endpoint, "/quick"), Failure::None);
    second.join();
    COMPARE_FAILURE(slow, Failure::None);
}

void CancelTest::theServerSeesTheEnd()
{
    std::atomic<bool> closed { false };
    HostileServer server;
    server.on(
        "/a", [&](Connection& connection, const SeenRequest&) { closed = connection.waitForClose(10s); });
    Asked asked;
    std::thread caller([&] { (void)asked.get(plainEndpoint(server.port()), "/a", {}); });
    std::this_thread::sleep_for(200ms);
    asked.stop.requestStop();
    caller.join();
    QTRY_VERIFY_WITH_TIMEOUT(closed.load(), 1000 * slowdown);
}

void CancelTest::destructionEndsAll()
{
    HostileServer server;
    server.otherwise(silent());
    server.on("/quick", json("{}"));
    auto transport = std::make_unique<Transport>();
    std::vector<std::thread> callers;
    std::atomic<int> cancelled { 0 };
    std::atomic<bool> ending { false };
    const Endpoint endpoint = plainEndpoint(server.port());
    for (int i = 0; i < 8; ++i) {
        callers.emplace_back([&, i] {
            // Half of them wait for ever, half of them ask again and again.
            const Request request = Request::get(i % 2 == 0 ? "/quick" : "/never");
            while (transport->send(endpoint, request, nullptr, {}, {}).failure != Failure::Cancelled) {
                if (ending.load())
                    return;
            }
            ++cancelled;
        });
    }
    QTRY_VERIFY(server.requests().size() >= 8);
    // Nobody may begin a call on something that is being destroyed: those who ask again stop first.
    ending = true;
    for (std::size_t i = 0; i < callers.size(); i += 2)
        callers[i].join();
    const auto start = Clock::now();
    transport.reset();
    QVERIFY(Clock::now() - start < 1s * slowdown);
    for (std::size_t i = 1; i < callers.size(); i += 2)
        callers[i].join();
    QCOMPARE(cancelled.load(), 4);
}

void CancelTest::slowNamesHoldUpNobodyElse()
{
#ifdef _WIN32
    QSKIP("The resolver cannot be replaced here");
#else
    HostileServer server;
    server.on("/a", json("{}"));
    const auto start = Clock::now();
    {
        Asked asked;
        Endpoint slow = plainEndpoint(server.port());
        slow.host = "slow.invalid";
        std::thread caller([&] { (void)asked.get(slow, "/a", {}); });
        std::this_thread::sleep_for(200ms);
        asked.stop.requestStop();
        COMPARE_FAILURE(
            asked.transport.send(plainEndpoint(server.port()), Request::get("/a"), nullptr, {}, {}),
            Failure::None);
        caller.join();
    }
    QVERIFY(slowLookups.load() > 0); // the replacement was really asked
    QVERIFY(Clock::now() - start < 3s);
#endif
}

GLACIS_TEST(CancelTest)
#include "cancel_test.moc"
