// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Does the client talk to the right server only, and does a person learn why it does not? The servers are
// real ones with certificates that are wrong on purpose.
#include <algorithm>
#include <map>

#include <test_main.h>

#include "product.h"

using namespace glacis;
using namespace glacis::live;
using cluster::Failure;
using cluster::Request;
using cluster::TestStep;
using glacis::test::text;

class ConnectionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void anotherAuthorityIsRefused();
    void theSystemsRootsDoNotKnowIt();
    void unknownIsTakenWhereThePersonSaysSo();
    void anotherNameIsRefused();
    void theNameOfTheKubeconfigIsAskedFor();
    void expiredIsRefused();
    void notYetValidIsRefused();
    void nobodyListens();
    void httpIsNotSpokenThere();
    void longAnswersTravelApart();
    void everyStepPassesForTheScanner();
    void lessRightsAreListed();
    void moreRightsAreListed();
    void aRefusedCertificateFailsItsStepAndSkipsTheRest();
    void aRefusedTokenFailsLaterThanTheConnection();

private:
    [[nodiscard]] Said hello(const LiveControlPlane& plane, const QJsonObject& cluster = {}) const
    {
        return whoAmI(
            kubeconfig(plane, { .user = certificateUser(plane.as("jane").certificate), .cluster = cluster }));
    }
    [[nodiscard]] cluster::ConnectionReport test(const KubeconfigWish& wish);
    std::unique_ptr<LiveControlPlane> m_plane;
    std::unique_ptr<cluster::Transport> m_transport;
};

namespace {

QString base64(const std::string& bytes)
{
    return QString::fromLatin1(QByteArray::fromStdString(bytes).toBase64());
}

std::unique_ptr<LiveControlPlane> serving(const test::CertificateWish& wish)
{
    auto plane = LiveControlPlane::start({ .serving = wish });
    if (!plane)
        qFatal("%s", plane.error().message.c_str());
    return std::move(*plane);
}

const TestStep* step(const cluster::ConnectionReport& report, TestStep::Id id)
{
    const auto found = std::find_if(
        report.steps.begin(), report.steps.end(), [&](const TestStep& s) { return s.id == id; });
    return found == report.steps.end() ? nullptr : &*found;
}

bool is(const cluster::ConnectionReport& report, TestStep::Id id, TestStep::State state)
{
    const TestStep* found = step(report, id);
    return found != nullptr && found->state == state;
}

std::string told(const cluster::ConnectionReport& report)
{
    std::string out;
    for (const TestStep& s : report.steps)
        out += s.what + " (" + std::to_string(static_cast<int>(s.state)) + "): " + s.result + ' ' + s.next
            + '\n';
    for (const std::string& right : report.missingRights)
        out += "missing: " + right + '\n';
    for (const std::string& right : report.excessRights)
        out += "excess: " + right + '\n';
    return out;
}

} // namespace

void ConnectionTest::initTestCase()
{
    if (const std::string why = LiveControlPlane::whyNot(); !why.empty())
        QSKIP(why.c_str());
    auto plane = LiveControlPlane::start({});
    QVERIFY2(plane, qPrintable(text(plane ? std::string() : plane.error().message)));
    m_plane = std::move(*plane);
    m_transport = std::make_unique<cluster::Transport>();
    QCOMPARE(hello(*m_plane).user, std::string("jane"));
}

void ConnectionTest::anotherAuthorityIsRefused()
{
    const test::Authority other("somebody else");
    const Said said
        = hello(*m_plane, { { QStringLiteral("certificate-authority-data"), base64(other.pem()) } });
    QVERIFY2(said.failure == Failure::CertificateUnknownAuthority, qPrintable(text(said.message)));
}

void ConnectionTest::theSystemsRootsDoNotKnowIt()
{
    const Said said = hello(*m_plane, { { QStringLiteral("certificate-authority-data"), QJsonValue::Null } });
    QVERIFY2(said.failure == Failure::CertificateUnknownAuthority, qPrintable(text(said.message)));
}

void ConnectionTest::unknownIsTakenWhereThePersonSaysSo()
{
    const Said said = hello(*m_plane,
        { { QStringLiteral("certificate-authority-data"), QJsonValue::Null },
            { QStringLiteral("insecure-skip-tls-verify"), true } });
    QCOMPARE(said.user, std::string("jane"));
}

void ConnectionTest::anotherNameIsRefused()
{
    const auto plane = serving({ .commonName = "api", .names = { "api.somewhere.example" } });
    const Said said = hello(*plane);
    QVERIFY2(said.failure == Failure::CertificateWrongName, qPrintable(text(said.message)));
    QVERIFY2(said.message.find("api.somewhere.example") != std::string::npos, said.message.c_str());
}

void ConnectionTest::theNameOfTheKubeconfigIsAskedFor()
{
    const auto plane = serving({ .commonName = "api", .names = { "api.somewhere.example" } });
    const Said said
        = hello(*plane, { { QStringLiteral("tls-server-name"), QStringLiteral("api.somewhere.example") } });
    QVERIFY2(said.failure == Failure::None, qPrintable(text(said.message)));
    QCOMPARE(said.user, std::string("jane"));
    const Said other
        = hello(*m_plane, { { QStringLiteral("tls-server-name"), QStringLiteral("api.somewhere.example") } });
    QVERIFY2(other.failure == Failure::CertificateWrongName, qPrintable(text(other.message)));
}

void ConnectionTest::expiredIsRefused()
{
    using std::chrono::seconds;
    const auto plane
        = serving({ .commonName = "api", .names = { "127.0.0.1" }, .notBefore = -7200, .notAfter = -3600 });
    const Said said = hello(*plane);
    QVERIFY2(said.failure == Failure::CertificateExpired, qPrintable(text(said.message)));
}

void ConnectionTest::notYetValidIsRefused()
{
    using std::chrono::seconds;
    const auto plane
        = serving({ .commonName = "api", .names = { "127.0.0.1" }, .notBefore = 3600, .notAfter = 7200 });
    const Said said = hello(*plane);
    QVERIFY2(said.failure == Failure::CertificateNotYetValid, qPrintable(text(said.message)));
}

void ConnectionTest::nobodyListens()
{
    m_plane->stop();
    const Said said = hello(*m_plane);
    const auto back = m_plane->restart();
    QVERIFY2(said.failure == Failure::ConnectionRefused, qPrintable(text(said.message)));
    QVERIFY2(back, qPrintable(text(back ? std::string() : back.error().message)));
    QCOMPARE(hello(*m_plane).user, std::string("jane"));
}

void ConnectionTest::httpIsNotSpokenThere()
{
    const Said said = hello(*m_plane,
        { { QStringLiteral("certificate-authority-data"), QJsonValue::Null },
            { QStringLiteral("server"), text("http://127.0.0.1:" + std::to_string(m_plane->port())) } });
    QVERIFY(said.failure != Failure::None);
    QVERIFY(!said.message.empty());
}

cluster::ConnectionReport ConnectionTest::test(const KubeconfigWish& wish)
{
    const auto target = kubeconfig(*m_plane, wish);
    if (!target)
        qFatal("%s", target.error().message.c_str());
    return cluster::testConnection(*m_transport, *target, approving(), {}, {});
}

/// A list on its own HTTP/1.1 connection, small requests on one of HTTP/2 before and after it.
void ConnectionTest::longAnswersTravelApart()
{
    const auto target = kubeconfig(*m_plane, { .user = certificateUser(m_plane->admin().certificate) });
    QVERIFY(target);
    auto client = cluster::openClient(*m_transport, *target, approving());
    QVERIFY(client);
    const auto ask = [&](const Request& request) { return (*client)->call(request, {}); };
    QVERIFY(ask(Request::get("/version")).http2);
    const cluster::Reply list = ask(Request::get("/api/v1/namespaces").large());
    QCOMPARE(list.status, 200);
    QVERIFY(!list.http2);
    QVERIFY(ask(Request::get("/version")).http2);
}

void ConnectionTest::everyStepPassesForTheScanner()
{
    const Scanner scanner = applyScannerRole(*m_plane, { "configmaps", "secret-metadata" });
    const auto target = kubeconfig(*m_plane, { .user = tokenUser(scanner.token) });
    QVERIFY(target);
    std::size_t changes = 0;
    const cluster::ConnectionReport report = cluster::testConnection(*m_transport, *target, approving(), {},
        [&](const cluster::ConnectionReport& now) { changes += now.steps.size() == 7 ? 1 : 0; });
    QVERIFY2(report.connected(), qPrintable(text(told(report))));
    for (const TestStep& s : report.steps)
        QVERIFY2(s.state == TestStep::State::Passed || s.state == TestStep::State::Warned,
            qPrintable(text(told(report))));
    QVERIFY(changes >= report.steps.size());
    QVERIFY(report.serverVersion.starts_with("v1."));
    QVERIFY(report.user.starts_with("system:serviceaccount:"));
    QVERIFY2(report.missingRights.empty(), qPrintable(text(told(report))));
}

void ConnectionTest::lessRightsAreListed()
{
    const cluster::ConnectionReport report
        = test({ .user = certificateUser(m_plane->as("stranger").certificate) });
    QVERIFY2(report.connected(), qPrintable(text(told(report))));
    QCOMPARE(report.user, std::string("stranger"));
    const auto& missing = report.missingRights;
    QVERIFY2(std::any_of(missing.begin(), missing.end(),
                 [](const std::string& right) { return right.find("nodes") != std::string::npos; }),
        qPrintable(text(told(report))));
    QVERIFY(report.excessRights.empty());
}

void ConnectionTest::moreRightsAreListed()
{
    const cluster::ConnectionReport report = test({ .user = certificateUser(m_plane->admin().certificate) });
    QVERIFY2(report.connected(), qPrintable(text(told(report))));
    QVERIFY2(report.missingRights.empty(), qPrintable(text(told(report))));
    QVERIFY2(!report.excessRights.empty(), qPrintable(text(told(report))));
}

void ConnectionTest::aRefusedCertificateFailsItsStepAndSkipsTheRest()
{
    const test::Authority other("somebody else");
    const cluster::ConnectionReport report = test({ .user = certificateUser(m_plane->as("jane").certificate),
        .cluster = { { QStringLiteral("certificate-authority-data"), base64(other.pem()) } } });
    QVERIFY(!report.connected());
    QVERIFY2(is(report, TestStep::Id::Connect, TestStep::State::Failed), qPrintable(text(told(report))));
    QVERIFY(!step(report, TestStep::Id::Connect)->next.empty());
    for (const TestStep::Id id :
        { TestStep::Id::Version, TestStep::Id::Identity, TestStep::Id::Discovery, TestStep::Id::Rights })
        QVERIFY2(is(report, id, TestStep::State::Skipped), qPrintable(text(told(report))));
}

void ConnectionTest::aRefusedTokenFailsLaterThanTheConnection()
{
    const cluster::ConnectionReport report = test({ .user = tokenUser("no-such-token") });
    QVERIFY2(is(report, TestStep::Id::Connect, TestStep::State::Passed), qPrintable(text(told(report))));
    QVERIFY2(std::any_of(report.steps.begin(), report.steps.end(),
                 [](const TestStep& s) { return s.state == TestStep::State::Failed; }),
        qPrintable(text(told(report))));
    QVERIFY(report.user.empty());
    QVERIFY(told(report).find("no-such-token") == std::string::npos);
}

GLACIS_TEST(ConnectionTest)
#include "connection_test.moc"
