// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// GL-SEC-*. No row's value may show up in what is said about it.
#include "judged.h"
#include "test_main.h"

namespace glacis::posture {

using test::deployment;
using test::Judged;
using test::text;

class SecChecksTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void judgesVariables_data();
    void judgesVariables();
    void judgesCommands_data();
    void judgesCommands();
    void referencesMoveTheFinding_data();
    void referencesMoveTheFinding();
    void sameValueElsewhereIsSaid();
    void defaultPasswordsAreCalledSo();
};

namespace {
    // Made up in the shape of the real thing.
    const QString githubToken
        = QStringLiteral("ghp_") + QStringLiteral("aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0zA1bC2");
    const QString marked = QStringLiteral("zq7Marked4Value");

    QString stateAndSeverity(const std::string& verdict) { return text(verdict).section(u' ', 0, 1); }
}

void SecChecksTest::judgesVariables_data()
{
    QTest::addColumn<QString>("env");
    QTest::addColumn<QString>("byName"); // GL-SEC-001
    QTest::addColumn<QString>("byValue"); // GL-SEC-002
    QTest::newRow("strong name") << "{name: DB_PASSWORD, value: zq7Marked4Value}"
                                 << "fail high"
                                 << "pass";
    QTest::newRow("harmless name") << "{name: GREETING, value: zq7Marked4Value}"
                                   << "pass"
                                   << "pass";
    QTest::newRow("empty") << "{name: DB_PASSWORD, value: ''}"
                           << "pass"
                           << "pass";
    QTest::newRow("from a Secret") << "{name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: db, key: p}}}"
                                   << "pass"
                                   << "pass";
    QTest::newRow("a file") << "{name: DB_PASSWORD_FILE, value: /run/secrets/zq7Marked4Value}"
                            << "pass"
                            << "pass";
    QTest::newRow("a reference") << "{name: DB_PASSWORD, value: $(OTHER)}"
                                 << "pass"
                                 << "pass";
    QTest::newRow("token under any name")
        << QStringLiteral("{name: GREETING, value: %1}").arg(githubToken) << "pass"
        << "fail high";
    QTest::newRow("URL with password")
        << "{name: STORE, value: 'postgres://app:zq7Marked4Value@db:5432/shop'}"
        << "pass"
        << "fail high";
    QTest::newRow("URL without password") << "{name: STORE, value: 'postgres://db:5432/shop'}"
                                          << "pass"
                                          << "pass";
}

void SecChecksTest::judgesVariables()
{
    QFETCH(QString, env);
    QFETCH(QString, byName);
    QFETCH(QString, byValue);
    const Judged judged(deployment("", "env:\n- " + env.toStdString()));
    const std::string one = judged.verdict("GL-SEC-001", "Deployment shop/web");
    const std::string two = judged.verdict("GL-SEC-002", "Deployment shop/web");
    QCOMPARE(stateAndSeverity(one), byName);
    QCOMPARE(stateAndSeverity(two), byValue);
    for (const std::string& said : { one, two, judged.dump() }) {
        QVERIFY(!text(said).contains(marked));
        QVERIFY(!text(said).contains(githubToken.mid(4)));
    }
    if (byName == QStringLiteral("fail high"))
        QVERIFY2(text(one).startsWith(QStringLiteral(
                     "fail high container app env DB_PASSWORD | "
                     "spec.template.spec.containers[0].env[0].value = password, 8–15 characters")),
            one.c_str());
}

void SecChecksTest::judgesCommands_data()
{
    QTest::addColumn<QString>("fields");
    QTest::addColumn<QString>("verdict");
    QTest::newRow("flag") << "args: [--password=zq7Marked4Value]"
                          << "fail high";
    QTest::newRow("flag and value apart") << "args: [--password, zq7Marked4Value]"
                                          << "fail high";
    QTest::newRow("in command") << "command: [app, --password=zq7Marked4Value]"
                                << "fail high";
    QTest::newRow("in a script") << "command: [sh, -c, 'PGPASSWORD=zq7Marked4Value psql']"
                                 << "fail high";
    QTest::newRow("in a probe") << "livenessProbe: {exec: {command: [app, --password=zq7Marked4Value]}}"
                                << "fail high";
    QTest::newRow("in a hook") << "lifecycle: {preStop: {exec: {command: [app, --password=zq7Marked4Value]}}}"
                               << "fail high";
    QTest::newRow("a file") << "args: [--password-file=/run/secrets/p]"
                            << "pass";
    QTest::newRow("a reference") << "args: [--password=$(PW)]"
                                 << "pass";
    QTest::newRow("another flag") << "args: [--name=zq7Marked4Value]"
                                  << "pass";
}

void SecChecksTest::judgesCommands()
{
    QFETCH(QString, fields);
    QFETCH(QString, verdict);
    const Judged judged(deployment("", fields.toStdString()));
    const std::string said = judged.verdict("GL-SEC-003", "Deployment shop/web");
    QCOMPARE(stateAndSeverity(said), verdict);
    QVERIFY(!text(judged.dump()).contains(marked));
}

void SecChecksTest::referencesMoveTheFinding_data()
{
    QTest::addColumn<QString>("fields");
    QTest::addColumn<QString>("locus"); // empty: no finding
    QTest::newRow("a literal used as a password")
        << "env: [{name: FIRST, value: zq7Marked4Value}, {name: DB_PASSWORD, value: $(FIRST)}]"
        << "container app env FIRST";
    QTest::newRow("a literal used on the command line")
        << "env: [{name: FIRST, value: zq7Marked4Value}]\nargs: [--password=$(FIRST)]"
        << "container app env FIRST";
    QTest::newRow("over two steps") << "env: [{name: FIRST, value: zq7Marked4Value}, {name: SECOND, value: "
                                       "$(FIRST)}, {name: DB_PASSWORD, value: $(SECOND)}]"
                                    << "container app env FIRST";
    QTest::newRow("the secret part of a URL")
        << "env: [{name: WHO, value: app}, {name: FIRST, value: zq7Marked4Value}, {name: STORE, value: "
           "'postgres://$(WHO):$(FIRST)@db/shop'}]"
        << "container app env FIRST";
    QTest::newRow("from a Secret") << "env: [{name: FIRST, valueFrom: {secretKeyRef: {name: s, key: k}}}, "
                                      "{name: DB_PASSWORD, value: $(FIRST)}]"
                                   << "";
    QTest::newRow("escaped: a template for the program, which uses nothing of the variable")
        << "env: [{name: FIRST, value: zq7Marked4Value}, {name: DB_PASSWORD, value: $$(FIRST)}]"
        << "";
    QTest::newRow("defined below")
        << "env: [{name: DB_PASSWORD, value: $(FIRST)}, {name: FIRST, value: zq7Marked4Value}]"
        << "";
    QTest::newRow("used for something else")
        << "env: [{name: FIRST, value: zq7Marked4Value}, {name: GREETING, value: $(FIRST)}]"
        << "";
}

void SecChecksTest::referencesMoveTheFinding()
{
    QFETCH(QString, fields);
    QFETCH(QString, locus);
    const Judged judged(deployment("", fields.toStdString()));
    const auto findings = judged.findings("GL-SEC-001", "Deployment shop/web");
    QCOMPARE(findings.size(), std::size_t { locus.isEmpty() ? 0U : 1U });
    if (!findings.empty())
        QCOMPARE(text(findings[0]->locus), locus);
}

void SecChecksTest::sameValueElsewhereIsSaid()
{
    const std::string env
        = "env: [{name: DB_PASSWORD, value: zq7Marked4Value}, {name: API_TOKEN, value: zq7Marked4Value}]";
    std::string other = deployment("", "env: [{name: DB_PASSWORD, value: zq7Marked4Value}]");
    other.replace(other.find("name: web"), 9, "name: api");
    const Judged judged(deployment("", env) + "---\n" + other);
    const std::string said = judged.verdict("GL-SEC-001", "Deployment shop/api");
    QVERIFY2(text(said).contains(QStringLiteral("also in 2 other places (group 1)")), said.c_str());
    const Judged alone(other);
    QVERIFY(!text(alone.verdict("GL-SEC-001", "Deployment shop/api")).contains(QStringLiteral("group")));
}

void SecChecksTest::defaultPasswordsAreCalledSo()
{
    const Judged judged(deployment("", "env: [{name: DB_PASSWORD, value: changeme}]"));
    QVERIFY(text(judged.verdict("GL-SEC-001", "Deployment shop/web"))
                .contains(QStringLiteral("a well-known default password")));
    QVERIFY(text(judged.findings("GL-SEC-001", "Deployment shop/web").at(0)->message)
                .contains(QStringLiteral("default password")));
}

} // namespace glacis::posture

using glacis::posture::SecChecksTest;
GLACIS_TEST(SecChecksTest)
#include "sec_checks_test.moc"
