// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "made_cluster.h"

#include <slowdown.h>
#include <test_main.h>

#include <cluster/discovery.h>
#include <cluster/own_rights.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

using namespace glacis;
using namespace glacis::test;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
using cluster::OwnRights;

namespace {

constexpr const char* rulesPath = "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews";
constexpr const char* accessPath = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

bool has(const std::vector<std::string>& all, const std::string& one)
{
    return std::find(all.begin(), all.end(), one) != all.end();
}

Behaviour rules(const std::string& list, bool incomplete)
{
    return json(
        R"({"kind":"SelfSubjectRulesReview","apiVersion":"authorization.k8s.io/v1","status":{"resourceRules":[)"
            + list + R"(],"nonResourceRules":[],"incomplete":)" + (incomplete ? "true" : "false") + "}}",
        201);
}

/// Answers each question by its body.
Behaviour deciding(const std::function<bool(const std::string& body)>& allowed)
{
    return [allowed](Connection& connection, const SeenRequest& request) {
        json(
            std::string(
                R"({"kind":"SelfSubjectAccessReview","apiVersion":"authorization.k8s.io/v1","status":{"allowed":)")
                + (allowed(request.body) ? "true" : "false") + "}}",
            201)(connection, request);
    };
}

bool asks(const std::string& body, const std::string& verb, const std::string& resource)
{
    const auto says = [&](const std::string& key, const std::string& value) {
        return body.find('"' + key + "\":\"" + value + '"') != std::string::npos;
    };
    return says("verb", verb) && says("resource", resource);
}

OwnRights rightsOf(MadeCluster& made, std::chrono::milliseconds patience = 5s, const StopToken& stop = {})
{
    cluster::Transport transport;
    const auto client = made.open(transport);
    if (!client)
        qFatal("%s", client.error().message.c_str());
    const cluster::Discovery discovery = cluster::discover(**client, {});
    return cluster::ownRights(**client, discovery, "default", stop, patience);
}

std::vector<inventory::Diagnostic> remarksOf(const inventory::Inventory& inventory)
{
    std::vector<inventory::Diagnostic> found;
    std::copy_if(inventory.diagnostics.begin(), inventory.diagnostics.end(), std::back_inserter(found),
        [](const inventory::Diagnostic& d) { return d.message.find("identity") != std::string::npos; });
    return found;
}

constexpr const char* everyList = R"({"verbs":["list"],"apiGroups":["*"],"resources":["*"]})";

} // namespace

class OwnRightsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aCompleteAnswerIsTaken();
    void anIncompleteAnswerIsAskedFor();
    void whatWasListedIsNotAskedFor();
    void unansweredStaysUnknown_data();
    void unansweredStaysUnknown();
    void aRefusalCountsThoughAnotherFailed();
    void silenceEndsWithPatience();
    void stops();
    void noRulesIsAFailure();
    void aScanTellsWhatItsIdentityNeedsNot();
    void aScanIsSilentWithoutAWholeAnswer_data();
    void aScanIsSilentWithoutAWholeAnswer();
};

void OwnRightsTest::aCompleteAnswerIsTaken()
{
    MadeCluster made;
    made.server.on(rulesPath,
        rules(R"({"verbs":["list"],"apiGroups":[""],"resources":["*"]},)"
              R"({"verbs":["get"],"apiGroups":[""],"resources":["secrets"]},)"
              R"({"verbs":["create"],"apiGroups":[""],"resources":["pods"],"resourceNames":["one"]})",
            false));
    const OwnRights rights = rightsOf(made);
    QVERIFY(rights.failure == cluster::Failure::None && !rights.incomplete);
    QVERIFY(has(rights.missing, "list deployments.apps"));
    QVERIFY(!has(rights.missing, "list pods"));
    QCOMPARE(rights.excess, std::vector<std::string> { "get secrets" });
    QVERIFY(made.server.requests(accessPath).empty());
}

void OwnRightsTest::anIncompleteAnswerIsAskedFor()
{
    MadeCluster made;
    made.server.on(rulesPath, rules({}, true));
    made.server.on(accessPath, deciding([](const std::string& body) {
        return (asks(body, "list", "pods") || asks(body, "list", "nodes") || asks(body, "create", "pods"))
            && body.find("\"subresource\"") == std::string::npos;
    }));
    const OwnRights rights = rightsOf(made);
    QVERIFY(rights.failure == cluster::Failure::None && rights.unknown.empty());
    QVERIFY(!has(rights.missing, "list pods") && !has(rights.missing, "list nodes"));
    QVERIFY(has(rights.missing, "list services") && has(rights.missing, "list deployments.apps"));
    QCOMPARE(rights.excess, std::vector<std::string> { "create pods" });
    for (const SeenRequest& request : made.server.requests(accessPath)) {
        QCOMPARE(request.method, std::string("POST"));
        QVERIFY(request.body.find("\"namespace\"") == std::string::npos); // of the whole cluster
    }
}

void OwnRightsTest::whatWasListedIsNotAskedFor()
{
    MadeCluster made;
    made.server.on(rulesPath,
        rules(
            std::string(everyList) + R"(,{"verbs":["get"],"apiGroups":[""],"resources":["secrets"]})", true));
    made.server.on(accessPath, deciding([](const std::string&) { return false; }));
    const OwnRights rights = rightsOf(made);
    QVERIFY(rights.unknown.empty() && rights.missing.empty());
    QCOMPARE(rights.excess, std::vector<std::string> { "get secrets" });
    const auto asked = made.server.requests(accessPath);
    QVERIFY(!asked.empty());
    for (const SeenRequest& request : asked)
        QVERIFY(!asks(request.body, "list", "pods") && !asks(request.body, "get", "secrets"));
}

void OwnRightsTest::unansweredStaysUnknown_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("forbidden") << 403 << QByteArray("{}");
    QTest::newRow("no status") << 201 << QByteArray("{}");
    QTest::newRow("authorizer failed")
        << 201 << QByteArray(R"({"status":{"allowed":false,"evaluationError":"webhook is away"}})");
    QTest::newRow("a word") << 201 << QByteArray(R"({"status":{"allowed":"true"}})");
}

/// Unknown is neither "may" nor "may not".
void OwnRightsTest::unansweredStaysUnknown()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    MadeCluster made;
    made.server.on(rulesPath, rules({}, true));
    made.server.on(accessPath, json(body.toStdString(), status));
    const OwnRights rights = rightsOf(made);
    QVERIFY(rights.failure == cluster::Failure::None);
    QVERIFY(has(rights.unknown, "list pods") && has(rights.unknown, "get secrets"));
    QVERIFY(rights.missing.empty());
    QVERIFY(rights.excess.empty());
}

void OwnRightsTest::silenceEndsWithPatience()
{
    MadeCluster made;
    made.server.on(rulesPath, rules({}, true));
    made.server.on(
        accessPath, [](Connection& connection, const SeenRequest&) { (void)connection.pause(60s); });
    const auto start = Clock::now();
    const OwnRights rights = rightsOf(made, 300ms);
    QVERIFY(Clock::now() - start < 5s);
    QVERIFY(has(rights.unknown, "list pods") && rights.missing.empty());
}

void OwnRightsTest::stops()
{
    MadeCluster made;
    made.server.on(rulesPath, rules({}, true));
    made.server.on(
        accessPath, [](Connection& connection, const SeenRequest&) { (void)connection.pause(60s); });
    StopSource source;
    Clock::time_point asked;
    std::thread later([&] {
        std::this_thread::sleep_for(200ms);
        asked = Clock::now();
        source.requestStop();
    });
    const OwnRights rights = rightsOf(made, 50s, source.token());
    const auto ended = Clock::now();
    later.join();
    QVERIFY(ended - asked < 1s);
    QVERIFY(rights.failure == cluster::Failure::Cancelled);
}

/// One that failed, and one that refuses.
void OwnRightsTest::aRefusalCountsThoughAnotherFailed()
{
    MadeCluster made;
    made.server.on(rulesPath, rules({}, true));
    made.server.on(accessPath,
        json(R"({"status":{"allowed":false,"denied":true,"evaluationError":"webhook is away"}})", 201));
    const OwnRights rights = rightsOf(made);
    QVERIFY(has(rights.missing, "list pods") && rights.unknown.empty());
}

void OwnRightsTest::noRulesIsAFailure()
{
    MadeCluster made;
    made.server.on(rulesPath, json("{}", 201));
    const OwnRights rights = rightsOf(made);
    QVERIFY(rights.failure == cluster::Failure::Malformed);
    QVERIFY(!rights.message.empty());
}

void OwnRightsTest::aScanTellsWhatItsIdentityNeedsNot()
{
    MadeCluster made;
    made.server.on(rulesPath, rules(R"({"verbs":["*"],"apiGroups":["*"],"resources":["*"]})", false));
    const auto inventory = made.collect();
    QVERIFY2(inventory, inventory ? "" : inventory.error().message.c_str());
    const auto remarks = remarksOf(**inventory);
    QCOMPARE(remarks.size(), std::size_t(1));
    const std::string& text = remarks.front().message;
    QVERIFY2(text.starts_with("more rights than needed: this identity may also get secrets, "), text.c_str());
    QVERIFY2(
        text.find(" more (in namespace default), and the scanner role") != std::string::npos, text.c_str());
    QVERIFY(remarks.front().level == inventory::Diagnostic::Level::Info);
}

void OwnRightsTest::aScanIsSilentWithoutAWholeAnswer_data()
{
    QTest::addColumn<QString>("kind");
    for (const char* kind : { "only what is needed", "incomplete", "refused", "no rules", "silent", "busy" })
        QTest::newRow(kind) << QString::fromLatin1(kind);
}

void OwnRightsTest::aScanIsSilentWithoutAWholeAnswer()
{
    QFETCH(const QString, kind);
    MadeCluster made;
    std::atomic<bool> waited { false };
    made.client.waiting = [&](const std::string&) { waited = true; };
    if (kind == u"only what is needed")
        made.server.on(rulesPath, rules(everyList, false));
    else if (kind == u"incomplete")
        made.server.on(rulesPath, rules(everyList, true));
    else if (kind == u"refused")
        made.server.on(rulesPath, status(403, "Forbidden", "no"));
    else if (kind == u"no rules")
        made.server.on(rulesPath, json("{}", 201));
    else if (kind == u"busy")
        made.server.on(rulesPath, status(429, "TooManyRequests", "later", { { "Retry-After", "30" } }));
    else
        made.server.on(
            rulesPath, [](Connection& connection, const SeenRequest&) { (void)connection.pause(60s); });
    const auto start = Clock::now();
    const auto inventory = made.collect();
    QVERIFY2(inventory, inventory ? "" : inventory.error().message.c_str());
    QVERIFY(Clock::now() - start < 4s * slowdown); // of 30 or 60
    QVERIFY(!waited);
    QVERIFY(remarksOf(**inventory).empty());
    QCOMPARE(made.server.requests(rulesPath).size(), std::size_t(1));
    QVERIFY(made.server.requests(accessPath).empty());
}

GLACIS_TEST(OwnRightsTest)
#include "own_rights_test.moc"
