// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include <base/text.h>
#include <cluster/certificate.h>
#include <cluster/kubeconfig_review.h>

#include "kubeconfig_fixture.h"

namespace glacis::cluster {

using test::certificatePem;
using test::contains;
using test::kubeconfig;

class ReviewTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsCertificates();
    void refusesWhatIsNoCertificate_data();
    void refusesWhatIsNoCertificate();
    void aSoundContextHasNoRemark();
    void remarks_data();
    void remarks();
    void certificates_data();
    void certificates();
    void certificateFilesAreRead();
    void tokensThatEndSoonAreNotStatic();
    void filesThatOthersMayRead();
    void remarksNameFileAndLine();
    void noRemarkHoldsACredential();
    void factsSayThatTheContextWasExamined();
};

namespace {
    constexpr std::int64_t now = 1'795'000'000; // 2026-11-18
    constexpr std::int64_t day = 86'400;

    QString base64(std::string_view text)
    {
        return QString::fromLatin1(QByteArray(text.data(), qsizetype(text.size())).toBase64());
    }

    ContextTarget targetOf(const std::string& text, const std::string& path = "/k/config")
    {
        const auto target = resolveContext(readKubeconfig(text, path), "x");
        if (!target)
            qFatal("%s", target.error().message.c_str());
        return *target;
    }

    std::string ids(const std::vector<Remark>& remarks)
    {
        std::string all;
        for (const Remark& remark : remarks)
            all += (all.empty() ? "" : " ") + std::string(remark.what);
        return all;
    }

    std::string withCertificate(const test::CertificateWish& wish)
    {
        return kubeconfig("{server: \"https://a\"}",
            "{client-key-data: YQ==, client-certificate-data: " + base64(certificatePem(wish)).toStdString()
                + "}");
    }

    std::string token(const char* payload)
    {
        const auto part = [](const char* json) {
            return QByteArray(json)
                .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals)
                .toStdString();
        };
        return part("{\"alg\":\"RS256\"}") + "." + part(payload) + ".c2lnbmF0dXJl";
    }
}

void ReviewTest::readsCertificates()
{
    const auto facts = certificateFacts(certificatePem({ .commonName = "alice",
        .organisation = "dev",
        .notBefore = now - day,
        .notAfter = now + day,
        .alternativeNames = "DNS:a.example.com,IP:10.0.0.1,IP:2001:db8::1" }));
    QVERIFY(facts);
    QCOMPARE(facts->commonName, std::string("alice"));
    QCOMPARE(facts->organisations, std::vector<std::string> { "dev" });
    QCOMPARE(facts->issuer, std::string("alice"));
    QCOMPARE(
        facts->names, (std::vector<std::string> { "a.example.com", "10.0.0.1", "2001:db8:0:0:0:0:0:1" }));
    QCOMPARE(facts->notBefore, now - day);
    QCOMPARE(facts->notAfter, now + day);
    const auto chain = certificateFacts("# comment\n"
        + certificatePem({ .commonName = "first", .notBefore = 1, .notAfter = now })
        + certificatePem({ .commonName = "second", .notBefore = 1, .notAfter = now }));
    QVERIFY(chain && chain->commonName == "first");
    const auto far = certificateFacts(certificatePem({ .notBefore = 0, .notAfter = 4'102'444'800 })); // 2100
    QVERIFY(far && far->notAfter == 4'102'444'800);
    const auto noName
        = certificateFacts(certificatePem({ .commonName = "", .organisation = "o", .notAfter = now }));
    QVERIFY(noName && noName->commonName.empty());
    QCOMPARE(noName->issuer, std::string("O=o"));
}

void ReviewTest::refusesWhatIsNoCertificate_data()
{
    QTest::addColumn<QString>("pem");
    QTest::addColumn<QString>("message");
    const QString none = QStringLiteral("holds no certificate in PEM form");
    const QString bad = QStringLiteral("holds a certificate that is malformed");
    QTest::newRow("empty") << QString() << none;
    QTest::newRow("text") << QStringLiteral("certificate") << none;
    QTest::newRow("a key") << QStringLiteral("-----BEGIN PRIVATE KEY-----\nYQ==\n-----END PRIVATE KEY-----\n")
                           << none;
    QTest::newRow("no DER") << QStringLiteral(
        "-----BEGIN CERTIFICATE-----\nYQ==\n-----END CERTIFICATE-----\n")
                            << bad;
    QTest::newRow("no base64") << QStringLiteral(
        "-----BEGIN CERTIFICATE-----\n!!!\n-----END CERTIFICATE-----\n")
                               << bad;
    QTest::newRow("no end") << QStringLiteral("-----BEGIN CERTIFICATE-----\nYQ==\n") << bad;
}

void ReviewTest::refusesWhatIsNoCertificate()
{
    QFETCH(QString, pem);
    const auto facts = certificateFacts(pem.toStdString());
    QVERIFY(!facts);
    QTEST(test::text(facts.error().message), "message");
}

void ReviewTest::aSoundContextHasNoRemark()
{
    QCOMPARE(
        ids(reviewContext(targetOf(kubeconfig("{server: \"https://a\"}",
                              "{exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, "
                              "command: login}}")),
            now)),
        std::string());
    QCOMPARE(ids(reviewContext(
                 targetOf(withCertificate({ .notBefore = now - day, .notAfter = now + 60 * day })), now)),
        std::string());
}

void ReviewTest::remarks_data()
{
    QTest::addColumn<QString>("cluster");
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* cluster, const char* user, const char* expected) {
        QTest::addRow("%s %s", cluster, user)
            << QString::fromLatin1(cluster) << QString::fromLatin1(user) << QString::fromLatin1(expected);
    };
    row("{server: 'https://a', insecure-skip-tls-verify: true}", "{}", "insecure-skip-tls-verify");
    row("{server: 'http://a'}", "{token: a}", "plain-http"); // the token is not even loaded
    row("{server: 'a:6443'}", "{}", "plain-http");
    row("{server: 'HTTPS://a'}", "{}", "");
    row("{server: 'https://me:pass@a/b'}", "{}", "password-in-url");
    row("{server: 'https://a/b@c'}", "{}", "");
    row("{server: 'https://a', proxy-url: 'http://me:pass@proxy'}", "{}", "password-in-url");
    row("{server: 'https://a'}", "{token: abc}", "static-token");
    row("{server: 'https://a'}", "{token: a.b.c}", "static-token");
    row("{server: 'https://a'}", "{username: me, password: p}", "basic-auth");
    row("{server: 'https://a'}", "{as: viewer}", "impersonation");
    row("{server: 'https://a', insecure-skip-tls-verify: true}", "{token: a, as: viewer}",
        "insecure-skip-tls-verify static-token impersonation");
}

void ReviewTest::remarks()
{
    QFETCH(QString, cluster);
    QFETCH(QString, user);
    QTEST(
        test::text(ids(reviewContext(targetOf(kubeconfig(cluster.toStdString(), user.toStdString())), now))),
        "expected");
}

void ReviewTest::certificates_data()
{
    QTest::addColumn<qint64>("from");
    QTest::addColumn<qint64>("to");
    QTest::addColumn<QString>("organisation");
    QTest::addColumn<QString>("expected");
    const auto row
        = [](const char* name, qint64 from, qint64 to, const char* organisation, const char* expected) {
              QTest::newRow(name) << from << to << QString::fromLatin1(organisation)
                                  << QString::fromLatin1(expected);
          };
    row("ended", -2 * day, -1, "dev", "certificate-expired");
    row("ends this second", -day, 0, "dev", "certificate-expires-soon");
    row("ends in 30 days less a second", -day, 30 * day - 1, "dev", "certificate-expires-soon");
    row("ends in 30 days", -day, 30 * day, "dev", "");
    row("not yet valid", 1, 60 * day, "dev", "certificate-not-yet-valid");
    row("of system:masters", -day, 60 * day, "system:masters", "cluster-admin-certificate");
}

void ReviewTest::certificates()
{
    QFETCH(qint64, from);
    QFETCH(qint64, to);
    QFETCH(QString, organisation);
    const ContextTarget target = targetOf(withCertificate(
        { .organisation = organisation.toStdString(), .notBefore = now + from, .notAfter = now + to }));
    QTEST(test::text(ids(reviewContext(target, now))), "expected");
    QCOMPARE(certificateExpiry(target.user), std::optional<std::int64_t>(now + to));
}

void ReviewTest::certificateFilesAreRead()
{
    test::Folder folder;
    folder.write("crt", certificatePem({ .notBefore = 0, .notAfter = now - 1 }));
    folder.write("key", "k");
    const std::string text
        = kubeconfig("{server: \"https://a\"}", "{client-certificate: crt, client-key: key}");
    ContextTarget target = targetOf(text, folder.path("config"));
    QCOMPARE(ids(reviewContext(target, now)), std::string("certificate-expired"));
    QCOMPARE(certificateExpiry(target.user), std::optional<std::int64_t>(now - 1));
    folder.write("crt", "broken");
    QCOMPARE(ids(reviewContext(target, now)), std::string("certificate-unreadable"));
    QVERIFY(!certificateExpiry(target.user));
    QVERIFY(contains(reviewContext(target, now)[0].text, "it holds no certificate in PEM form"));
    QFile::remove(test::text(folder.path("crt")));
    QCOMPARE(ids(reviewContext(target, now)), std::string("certificate-unreadable"));
    QVERIFY(contains(reviewContext(target, now)[0].text, "it does not exist"));
    QVERIFY(!certificateExpiry(UserEntry()));
}

void ReviewTest::tokensThatEndSoonAreNotStatic()
{
    const auto remarks = [](const std::string& text) {
        return reviewContext(targetOf(kubeconfig("{server: \"https://a\"}", "{token: " + text + "}")), now);
    };
    QCOMPARE(ids(remarks(token("{\"exp\":1795003600}"))), std::string()); // in an hour
    const auto longer = remarks(token("{\"exp\":1826536000}"));
    QCOMPARE(ids(longer), std::string("static-token"));
    QVERIFY(contains(longer.front().text, "2027-11-18"));
    QCOMPARE(ids(remarks(token("{\"sub\":\"a\"}"))), std::string("static-token"));
    QCOMPARE(ids(remarks(token("{\"exp\":\"soon\"}"))), std::string("static-token"));
    QCOMPARE(ids(remarks(token("[1]"))), std::string("static-token"));
}

void ReviewTest::filesThatOthersMayRead()
{
#ifdef _WIN32
    QSKIP("file modes are of POSIX");
#else
    test::Folder folder;
    folder.write("token", "t", false);
    folder.write("config", kubeconfig("{server: \"https://a\"}", "{tokenFile: token}"), false);
    const auto sets = loadKubeconfigs({ .files = { "config" } }, folder.environment());
    const auto target = resolveContext(sets, "x");
    QVERIFY(target);
    const auto remarks = reviewContext(*target, now);
    QCOMPARE(ids(remarks), std::string("credential-readable-by-others readable-by-others")); // once a file
    QCOMPARE(remarks[0].file, folder.path("token"));
    QCOMPARE(remarks[1].file, folder.path("config"));
#endif
}

void ReviewTest::remarksNameFileAndLine()
{
    test::Folder folder;
    folder.write("a", "clusters:\n- {name: c, cluster: {server: \"http://a\"}}\n");
    folder.write("b", kubeconfig("{server: \"https://b\"}"));
    const auto target = resolveContext(loadKubeconfigs({ .files = { "a", "b" } }, folder.environment()), "x");
    QVERIFY(target);
    const auto remarks = reviewContext(*target, now);
    QCOMPARE(ids(remarks), std::string("plain-http shadowed"));
    QCOMPARE(remarks[0].file, folder.path("a"));
    QCOMPARE(remarks[0].line, 2U);
    QCOMPARE(remarks[0].entry, std::string("cluster c"));
    QCOMPARE(remarks[0].field, std::string("server"));
    QCOMPARE(remarks[1].file, folder.path("b"));
    QVERIFY(contains(remarks[1].text, folder.path("a")));
}

void ReviewTest::noRemarkHoldsACredential()
{
    inventory::Observations observations;
    addKubeconfigFacts(
        targetOf(kubeconfig(
            "{server: \"https://me:hunter2@a\", proxy-url: \"http://me:hunter2@b\"}", "{token: hunter2}")),
        now, observations);
    addKubeconfigFacts(targetOf(kubeconfig("{server: \"https://a\"}", "{username: me, password: hunter2}")),
        now, observations);
    QVERIFY(observations.kubeconfig.size() >= 6);
    for (const auto& observed : observations.kubeconfig) {
        const inventory::KubeconfigFact& f = observed.fact;
        QVERIFY(!contains(f.file + f.context + f.user + f.what + f.entry + f.field + f.detail, "hunter2"));
    }
}

void ReviewTest::factsSayThatTheContextWasExamined()
{
    inventory::Observations observations;
    addKubeconfigFacts(targetOf(kubeconfig("{server: \"https://a\"}", "{}")), now, observations);
    QCOMPARE(observations.kubeconfig.size(), 1U);
    const auto& observed = observations.kubeconfig.front();
    QCOMPARE(observed.fact.what, std::string("examined"));
    QCOMPARE(observed.fact.context, std::string("x"));
    QCOMPARE(observed.fact.user, std::string("u"));
    QCOMPARE(observed.fact.file, std::string("/k/config"));
    QCOMPARE(observed.source, std::string("kubeconfig"));
    QCOMPARE(observed.time, std::string("2026-11-18T11:06:40Z"));
    QVERIFY(observed.confidence == Confidence::Observed);
    addKubeconfigFacts(targetOf(kubeconfig("{server: \"http://a\"}", "{}")), now, observations);
    QCOMPARE(observations.kubeconfig.size(), 3U);
    QCOMPARE(observations.kubeconfig.back().fact.what, std::string("plain-http"));
}

GLACIS_TEST(ReviewTest)

} // namespace glacis::cluster

#include "review_test.moc"
