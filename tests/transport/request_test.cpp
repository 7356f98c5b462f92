// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cluster/answer_headers.h>
#include <cluster/request.h>

#include <test_main.h>

using namespace glacis;
using namespace glacis::cluster;
using glacis::test::text;

class RequestTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void pathsAndQueriesAreEscaped();
    void pathsThatLeadElsewhereHaveNoTarget_data();
    void pathsThatLeadElsewhereHaveNoTarget();
    void onlyReviewsHaveABody();
    void namesInReviewsCannotBreakOut();
    void acceptHeadersAreExact();
    void retryAfterIsReadInBothForms();
    void warningsAreRead();
};

void RequestTest::pathsAndQueriesAreEscaped()
{
    QCOMPARE(Request::get("/version").target(), std::string("/version"));
    QCOMPARE(Request::get("/apis/rbac.authorization.k8s.io/v1/clusterroles/system:node").target(),
        std::string("/apis/rbac.authorization.k8s.io/v1/clusterroles/system:node"));
    QCOMPARE(
        Request::get("/a b/c?d#e%\r\n\xc3\xa4").target(), std::string("/a%20b/c%3Fd%23e%25%0D%0A%C3%A4"));
    QCOMPARE(Request::get("/api/v1/pods", { { "limit", "500" }, { "continue", "a+b/c=&d e" } }).target(),
        std::string("/api/v1/pods?limit=500&continue=a%2Bb%2Fc%3D%26d%20e"));
}

void RequestTest::pathsThatLeadElsewhereHaveNoTarget_data()
{
    QTest::addColumn<QString>("path");
    for (const char* path : { "", "version", "https://elsewhere/", "/..", "/a/../b", "/a/./b", "/a/..", "." })
        QTest::newRow(path) << QString::fromLatin1(path);
}

void RequestTest::pathsThatLeadElsewhereHaveNoTarget()
{
    QFETCH(const QString, path);
    QCOMPARE(Request::get(path.toStdString(), { { "a", "b" } }).target(), std::string());
}

void RequestTest::onlyReviewsHaveABody()
{
    QVERIFY(!Request::get("/version").isPost());
    const Request rules = Request::ownRules("shop");
    QVERIFY(rules.isPost());
    QCOMPARE(rules.target(), std::string("/apis/authorization.k8s.io/v1/selfsubjectrulesreviews"));
    QCOMPARE(rules.body(),
        std::string(R"({"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectRulesReview",)"
                    R"("spec":{"namespace":"shop"}})"));
    const Request access = Request::ownAccess("create", "", "pods/exec", "shop");
    QCOMPARE(access.target(), std::string("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews"));
    QCOMPARE(access.body(),
        std::string(R"({"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectAccessReview",)"
                    R"("spec":{"resourceAttributes":{"namespace":"shop","verb":"create","group":"",)"
                    R"("resource":"pods","subresource":"exec"}}})"));
    QVERIFY(
        Request::ownAccess("list", "apps", "deployments").body().find("\"namespace\"") == std::string::npos);
    const Request identity = Request::ownIdentity();
    QCOMPARE(identity.target(), std::string("/apis/authentication.k8s.io/v1/selfsubjectreviews"));
    QCOMPARE(identity.body(),
        std::string(R"({"apiVersion":"authentication.k8s.io/v1","kind":"SelfSubjectReview"})"));
}

void RequestTest::namesInReviewsCannotBreakOut()
{
    const std::string hostile = "a\"},\"x\":{\"";
    const std::string escaped = "\"namespace\":\"a\\\"},\\\"x\\\":{\\\"\"}}";
    QVERIFY(Request::ownRules(hostile).body().ends_with(escaped));
}

void RequestTest::acceptHeadersAreExact()
{
    const auto header
        = [](Accept accept) { return std::string(Request::get("/x", {}, accept).acceptHeader()); };
    QCOMPARE(header(Accept::Json), std::string("application/json"));
    QCOMPARE(header(Accept::AggregatedDiscovery),
        std::string("application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
                    "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,"
                    "application/json"));
    // No plain JSON behind it: a server that knows no Table must not send whole Secrets.
    QCOMPARE(header(Accept::Table), std::string("application/json;as=Table;v=v1;g=meta.k8s.io"));
}

void RequestTest::retryAfterIsReadInBothForms()
{
    constexpr std::int64_t now = 1'700'000'000; // Tue, 14 Nov 2023 22:13:20 GMT
    const auto seconds = [](std::string_view value) {
        const auto read = parseRetryAfter(value, now);
        return read ? static_cast<int>(read->count()) : -1;
    };
    QCOMPARE(seconds("7"), 7);
    QCOMPARE(seconds(" 0 "), 0);
    QCOMPARE(seconds("Tue, 14 Nov 2023 22:13:50 GMT"), 30);
    QCOMPARE(seconds("Tue, 14 Nov 2023 22:00:00 GMT"), 0);
    QCOMPARE(seconds("99999999999999999999999999"), 366 * 86'400);
    QCOMPARE(seconds("9999999999"), 366 * 86'400);
    for (const char* nonsense : { "", "-1", "soon", "1.5", "1e9", "0x10", "12 s" })
        QCOMPARE(seconds(nonsense), -1);
}

void RequestTest::warningsAreRead()
{
    using Texts = std::vector<std::string>;
    QVERIFY(parseWarnings(R"(299 - "v1 ComponentStatus is deprecated")")
        == Texts { "v1 ComponentStatus is deprecated" });
    const std::string several
        = "299 - \"a \\\"b\\\", c\" \"Tue, 14 Nov 2023 22:13:50 GMT\", 299 x \"d\", 199 - \"e\"";
    QVERIFY(parseWarnings(several) == (Texts { "a \"b\", c", "d" }));
    QVERIFY(parseWarnings(R"(299 - "never ends)").empty());
    QVERIFY(parseWarnings(R"("a" , "b" ,, "c")").empty());
    QVERIFY(parseWarnings("").empty());
    AnswerHeaders headers;
    readHeader("Warning: 299 - \"\x1b[31mred\"\r\n", 0, headers);
    QCOMPARE(headers.warnings.size(), std::size_t { 1 });
    QVERIFY(headers.warnings.front().find('\x1b') == std::string::npos);
    for (int i = 0; i < 1000; ++i)
        readHeader("warning: 299 - \"" + std::string(5000, 'x') + "\"", 0, headers);
    QCOMPARE(headers.warnings.size(), std::size_t { 100 });
    QVERIFY(headers.warnings.back().size() < 1100);
}

GLACIS_TEST(RequestTest)
#include "request_test.moc"
