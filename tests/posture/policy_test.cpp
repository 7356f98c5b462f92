// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "test_main.h"

#include <posture/policy.h>

namespace glacis::posture {

using test::text;

class PolicyTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsEveryField();
    void aMistakeNamesLineAndField_data();
    void aMistakeNamesLineAndField();
    void whatItDoesNotKnowIsAWarning_data();
    void whatItDoesNotKnowIsAWarning();
    void aMissingFileIsAnError();
};

void PolicyTest::readsEveryField()
{
    std::vector<inventory::Diagnostic> diagnostics;
    const auto policy = parsePolicy(R"(glacis: policy/v1
waivers:
  - fingerprint: 0123456789ABCDEF
    owner: platform team
    reason: replaced in March
    expires: 2027-03-31
  - check: GL-POD-004
    selector: {kind: DaemonSet, namespace: monitoring, name: node-*}
    owner: ops
    reason: reads counters
severities: {GL-POD-003: low}
excludedNamespaces: [dev-*, test]
credentials: {version: ours-3, strongWords: [Pin Code], allowedNames: [TOKEN_KIND], allowedValues: [none]}
trustedRegistries: [registry.example.org/]
jewels: [shop/StatefulSet/orders-db]
)",
        "p.yaml", diagnostics);
    QVERIFY2(policy, policy ? "" : policy.error().message.c_str());
    QVERIFY(diagnostics.empty());
    QCOMPARE(policy->waivers.size(), std::size_t { 2 });
    const Waiver& first = policy->waivers[0];
    QCOMPARE(text(first.fingerprint), QStringLiteral("0123456789abcdef"));
    QCOMPARE(text(first.owner), QStringLiteral("platform team"));
    QCOMPARE(text(first.expires), QStringLiteral("2027-03-31"));
    QCOMPARE(first.line, 3U);
    const Waiver& second = policy->waivers[1];
    QCOMPARE(text(second.check + second.kind + second.ns + second.name),
        QStringLiteral("GL-POD-004DaemonSetmonitoringnode-*"));
    QCOMPARE(policy->severities.at("GL-POD-003"), Severity::Low);
    QCOMPARE(policy->excludedNamespaces, (std::vector<std::string> { "dev-*", "test" }));
    QCOMPARE(text(policy->credentialRules.version), QStringLiteral("glacis-1+ours-3"));
    QCOMPARE(policy->credentialRules.extraStrongWords, std::vector<std::string> { "pin code" });
    QCOMPARE(policy->jewels.size(), std::size_t { 1 });
}

void PolicyTest::aMistakeNamesLineAndField_data()
{
    QTest::addColumn<QString>("yaml");
    QTest::addColumn<QString>("error");
    QTest::newRow("a list") << "- a"
                            << "p.yaml: line 1: expected a mapping";
    QTest::newRow("version") << "glacis: policy/v9"
                             << "line 1: field glacis: expected policy/v1";
    QTest::newRow("no owner") << "waivers:\n- {check: GL-POD-001, reason: r}"
                              << "line 2: a waiver needs an owner";
    QTest::newRow("blank owner") << "waivers:\n- {check: GL-POD-001, reason: r, owner: ' '}"
                                 << "line 2: a waiver needs an owner";
    QTest::newRow("no reason") << "waivers:\n- {check: GL-POD-001, owner: o}"
                               << "line 2: a waiver needs a reason";
    QTest::newRow("matches everything") << "waivers:\n- {owner: o, reason: r}"
                                        << "line 2: a waiver needs a fingerprint or a check";
    QTest::newRow("fingerprint") << "waivers:\n- {fingerprint: 12, owner: o, reason: r}"
                                 << "field fingerprint: expected 16 hexadecimal digits";
    QTest::newRow("date") << "waivers:\n- {check: GL-POD-001, owner: o, reason: r, expires: soon}"
                          << "field expires";
    QTest::newRow("selector that would widen")
        << "waivers:\n- {check: GL-POD-001, owner: o, reason: r, selector: {nmespace: a}}"
        << "field selector";
    QTest::newRow("severity") << "\nseverities: {GL-POD-001: awful}"
                              << "line 2: field severities.GL-POD-001";
    QTest::newRow("namespaces") << "excludedNamespaces: dev"
                                << "field excludedNamespaces: expected a list";
    QTest::newRow("broken YAML") << "a: ["
                                 << "p.yaml: line ";
    QTest::newRow("empty") << ""
                           << "expected one document";
}

void PolicyTest::aMistakeNamesLineAndField()
{
    QFETCH(QString, yaml);
    QFETCH(QString, error);
    std::vector<inventory::Diagnostic> diagnostics;
    const auto policy = parsePolicy(yaml.toStdString(), "p.yaml", diagnostics);
    QVERIFY(!policy);
    QVERIFY2(text(policy.error().message).contains(error), policy.error().message.c_str());
}

void PolicyTest::whatItDoesNotKnowIsAWarning_data()
{
    QTest::addColumn<QString>("yaml");
    QTest::addColumn<QString>("warning");
    QTest::newRow("field") << "glacis: policy/v1\nwaiver: []"
                           << "unknown field waiver";
    QTest::newRow("field of a waiver")
        << "glacis: policy/v1\nwaivers:\n- {check: GL-POD-001, owner: o, reason: r, until: x}"
        << "unknown field until in a waiver";
    QTest::newRow("check of a waiver")
        << "glacis: policy/v1\nwaivers:\n- {check: GL-XXX-001, owner: o, reason: r}"
        << "unknown check GL-XXX-001";
    QTest::newRow("check of a severity") << "glacis: policy/v1\nseverities: {GL-XXX-001: low}"
                                         << "unknown check GL-XXX-001";
    QTest::newRow("no version") << "jewels: []"
                                << "policy/v1";
}

void PolicyTest::whatItDoesNotKnowIsAWarning()
{
    QFETCH(QString, yaml);
    QFETCH(QString, warning);
    std::vector<inventory::Diagnostic> diagnostics;
    const auto policy = parsePolicy(yaml.toStdString(), "p.yaml", diagnostics);
    QVERIFY2(policy, policy ? "" : policy.error().message.c_str());
    QCOMPARE(diagnostics.size(), std::size_t { 1 });
    QCOMPARE(diagnostics[0].level, inventory::Diagnostic::Level::Warning);
    QVERIFY2(text(diagnostics[0].message).contains(warning), diagnostics[0].message.c_str());
}

void PolicyTest::aMissingFileIsAnError()
{
    std::vector<inventory::Diagnostic> diagnostics;
    QVERIFY(!readPolicy("/nowhere/policy.yaml", diagnostics));
    QVERIFY(!readPolicy("/", diagnostics));
}

} // namespace glacis::posture

using glacis::posture::PolicyTest;
GLACIS_TEST(PolicyTest)
#include "policy_test.moc"
