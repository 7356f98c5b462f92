// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "judged.h"
#include "test_main.h"

namespace glacis::posture {

using test::Judged;
using test::text;

class PltChecksTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void judgesTheKubeconfig_data();
    void judgesTheKubeconfig();
    void eachRemarkIsAFinding();
    void contextsAreJudgedApart();
    void withoutAConnectionNothingIsAssessed();
};

namespace {
    constexpr const char* check = "GL-PLT-002";

    inventory::KubeconfigFact fact(const char* what, const char* context = "prod")
    {
        return { .file = "/k/config",
            .context = context,
            .user = "dev",
            .what = what,
            .entry = "user dev",
            .field = "token",
            .detail = "the user \"dev\" does something",
            .line = 7 };
    }

    Judged judged(const std::vector<inventory::KubeconfigFact>& facts)
    {
        auto inventory = std::const_pointer_cast<inventory::Inventory>(test::imported(
            "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n")); // shared with nobody yet
        for (const auto& one : facts)
            inventory->observations.kubeconfig.push_back({ .fact = one,
                .source = "kubeconfig",
                .time = "2026-11-20T10:00:00Z",
                .confidence = Confidence::Observed });
        return Judged(inventory, {});
    }
}

void PltChecksTest::judgesTheKubeconfig_data()
{
    QTest::addColumn<QString>("verdict"); // empty: passes
    const auto row
        = [](const char* what, const char* verdict) { QTest::newRow(what) << QString::fromLatin1(verdict); };
    const auto fails = [&](const char* what, const char* severity) {
        QTest::newRow(what) << QStringLiteral("fail %1 %2 user dev | user dev, token = /k/config line 7")
                                   .arg(QLatin1String(severity), QLatin1String(what));
    };
    for (const char* what :
        { "insecure-skip-tls-verify", "plain-http", "password-in-url", "static-token", "basic-auth",
            "readable-by-others", "credential-readable-by-others", "cluster-admin-certificate" })
        fails(what, "high");
    for (const char* what : { "certificate-expired", "certificate-expires-soon", "certificate-not-yet-valid",
             "certificate-unreadable" })
        fails(what, "low");
    fails("shadowed", "info");
    fails("of-a-later-version", "high"); // in a snapshot: better said than lost
    row("impersonation", "");
    row("examined", "");
}

void PltChecksTest::judgesTheKubeconfig()
{
    QFETCH(QString, verdict);
    const Judged found = judged({ fact("examined"), fact(QTest::currentDataTag()) });
    QCOMPARE(text(found.verdict(check, "Kubeconfig prod")),
        verdict.isEmpty() ? QStringLiteral("silent") : verdict);
    QCOMPARE(found.result(check).pseudoPassed, verdict.isEmpty() ? 1U : 0U);
    QVERIFY(found.result(check).assessed());
}

void PltChecksTest::eachRemarkIsAFinding()
{
    const Judged found = judged({ fact("examined"), fact("static-token"), fact("certificate-expired") });
    const auto findings = found.findings(check, "Kubeconfig prod");
    QCOMPARE(findings.size(), 2U);
    QCOMPARE(findings[0]->message, std::string("The user \"dev\" does something"));
    QVERIFY(findings[0]->fingerprint != findings[1]->fingerprint);
    QVERIFY(findings[0]->confidence == Confidence::Observed);
    QVERIFY(!findings[0]->platform);
}

void PltChecksTest::contextsAreJudgedApart()
{
    const Judged found = judged({ fact("examined"), fact("static-token"), fact("examined", "dev") });
    QCOMPARE(found.findings(check, "Kubeconfig prod").size(), 1U);
    QCOMPARE(found.result(check).pseudoPassed, 1U);
}

void PltChecksTest::withoutAConnectionNothingIsAssessed()
{
    QCOMPARE(text(judged({}).verdict(check, "")),
        QStringLiteral("not-assessed: the source is not a connection made with a kubeconfig"));
    QCOMPARE(judged({}).result(check).pseudoPassed, 0U);
}

GLACIS_TEST(PltChecksTest)

} // namespace glacis::posture

#include "plt_checks_test.moc"
