// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <test_main.h>

#include <credentials/classify.h>

using namespace glacis::credentials;

class RedactionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void onlyTheSecretIsReplaced_data();
    void onlyTheSecretIsReplaced();
    void harmlessTextStays_data();
    void harmlessTextStays();
};

void RedactionTest::onlyTheSecretIsReplaced_data()
{
    QTest::addColumn<QString>("redacted");
    // ◦ stands for the secret in the text and for the mark in the expectation.
    const auto add = [](const char* text) {
        QTest::newRow(text) << QString::fromUtf8(text).replace(
            QStringLiteral("◦"), glacis::test::text(redactedMark));
    };
    add("password: ◦");
    add("password=◦");
    add("db.password = ◦\nother = 1\n");
    add("{\"token\": \"◦\", \"user\": \"me\"}");
    add("{\"a\":\"{\\\"token\\\":\\\"◦\\\",\\\"b\\\":1}\"}");
    add("token: \"◦\" # rotate me");
    add("postgres://app:◦@db:5432/shop");
    add("urls: amqp://a:◦@x,amqp://b:◦@y");
    add("host=pg password=◦ dbname=shop");
    add("Server=x;Password=◦;Encrypt=true");
    add("https://a/?access_token=◦&x=1");
    add("kubectl set env deploy/web DB_PASSWORD=◦ --record");
    add("app --api-token ◦ --verbose");
    add("[\"--password\", \"◦\", \"-v\"]");
    add("- --password\n- ◦\n- -v\n");
    add("- name: DB_PASSWORD\n  value: ◦\n- name: A\n  value: b\n");
    add("[{\"name\":\"DB_PASSWORD\",\"value\":\"◦\"},{\"name\":\"A\",\"value\":\"b\"}]");
    add("secret:\n  password: |\n    ◦\n  user: a\n");
    add("{user: a, password: ◦}");
    add("Authorization: Basic ◦");
    add("${DB_PASSWORD:-◦}");
}

void RedactionTest::onlyTheSecretIsReplaced()
{
    QFETCH(QString, redacted);
    const std::string text = QString::fromUtf8(QTest::currentDataTag())
                                 .replace(QStringLiteral("◦"), QStringLiteral("kd83jdk7"))
                                 .toStdString();
    QCOMPARE(glacis::test::text(redactText(text, Rules())), redacted);
    QVERIFY(mayHoldCredential(text));
}

void RedactionTest::harmlessTextStays_data()
{
    QTest::addColumn<bool>("unused");
    for (const char* text :
        { "", "a", "app.kubernetes.io/name", "registry.example.com/sealed-secrets:0.24.1",
            "docker.io/library/reset-password:1.2", "system:serviceaccounts:kube-system",
            "kubernetes.io/service-account-token", "secretName: web-tls", "tokenExpirationSeconds: 3600",
            "{\"secretKeyRef\":{\"name\":\"db\",\"key\":\"password\"}}", "secretKey: postgresPassword",
            "automountServiceAccountToken: false", "password: $(DB_PASSWORD)", "password: ${DB_PASSWORD}",
            "password: {{ .Values.password }}", "password: \"\"", "password: null",
            "passwordFile: /run/secrets/db", "https://example.com/path?x=1", "https://host:8080/a@b",
            "mailto:me@example.com",
            "-----BEGIN CERTIFICATE-----\nMIIC5zCCAc+gAwIBAgIBADANBgkqhkiG9w0BAQsF\n-----END "
            "CERTIFICATE-----",
            "{\"password\": {\"type\": \"string\"}}", "$PASSWORD", "if [ -z \"$PASSWORD\" ]; then exit 1; fi",
            "export PASSWORD=\"$1\"", "password == other", "token := getToken()",
            "\"CHECK-CREDS-001:default:app-config:api_token\"", "the password is kept in a Secret",
            "resources: [\"secrets\", \"tokenreviews\"]", "monkey=banana77", "keyspace: orders7",
            "4bcff63911fcb4448bd4fdacec207030997caf25e9bea4045fa6c8c44de311d1", "password: ‹redacted›" })
        QTest::newRow(text) << true;
}

void RedactionTest::harmlessTextStays()
{
    const std::string text = QTest::currentDataTag();
    QCOMPARE(glacis::test::text(redactText(text, Rules())), glacis::test::text(text));
    QVERIFY(!mayHoldCredential(text));
}

GLACIS_TEST(RedactionTest)
#include "redaction_test.moc"
