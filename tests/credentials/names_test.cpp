// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <test_main.h>

#include <credentials/names.h>

using namespace glacis::credentials;

class NamesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void strengthFollowsTheWords_data();
    void strengthFollowsTheWords();
    void aWordOfTheRulesIsStrong();
    void anAllowedNameIsNeverStrong();
    void theMatchedWordIsOurs();
    void longAndForeignNamesAreSafe();
};

void NamesTest::strengthFollowsTheWords_data()
{
    QTest::addColumn<bool>("strong");
    const auto add = [](bool strong, std::initializer_list<const char*> names) {
        for (const char* name : names)
            QTest::newRow(name) << strong;
    };
    add(true,
        { "password", "PASSWORD", "DB_PASSWORD", "dbPassword", "DbPassword", "DBPASSWORD", "db.password",
            "db-password", "PGPASSWORD", "POSTGRESQL__PASSWORD", "MYSQL_PWD", "passwd", "PASSWD",
            "ROOT_PASSWD", "passphrase", "KEY_PASSPHRASE", "RABBITMQ_DEFAULT_PASS", "smtpPass", "dbpass",
            "rootpw", "bindpw", "BIND_PW", "secret", "JWT_SECRET", "clientSecret", "CLIENTSECRET",
            "SECRET_KEY", "secretKey", "SECRETKEY", "SECRET_ACCESS_KEY", "SECRET_KEY_BASE", "token",
            "API_TOKEN", "authToken", "AUTHTOKEN", "accessToken", "_authToken", "APIKEY", "apiKey", "APIKey",
            "X-API-KEY", "API_KEY_2", "API_KEY_PROD", "ACCESSKEY", "accessKey", "privateKey", "PRIVATE_KEY",
            "signingKey", "encryption-key", "MASTER_KEY", "AccountKey", "SharedAccessKey", "fernet_key",
            "LICENSE_KEY", "credentials", "DB_CREDS", "--password", "--requirepass", "masterauth",
            "PASSWORD_2", "ADMIN_PASSWORD_OLD", "passwordProd", "ERLANG_COOKIE", "BASIC_AUTH",
            "Authorization" });
    add(false,
        { "", "key", "KEY", "keyboard", "KEYBOARD_LAYOUT", "monkey", "publicKey", "PUBLIC_KEY", "keyspace",
            "KEYSPACE", "tokenizer", "TOKENIZER_PATH", "secretary", "passenger", "compass", "COMPASS_HOST",
            "bypass", "BYPASS", "trespass", "keycloak", "KEYCLOAK_URL", "hotkey", "turkey", "keystore",
            "TRUSTSTORE", "keyring", "author", "AUTHOR", "authority", "SECRET_NAME", "secretName",
            "secretKeyRef", "TOKEN_URL", "tokenUrl", "TOKEN_ENDPOINT", "PASSWORD_FILE", "passwordFile",
            "PASSWORDFILE", "PASSWORD_PATH", "SECRET_DIR", "API_KEY_HEADER", "API_KEY_NAME",
            "AWS_ACCESS_KEY_ID", "accessKeyId", "CLIENT_ID", "PASSWORD_MIN_LENGTH", "TOKEN_TTL",
            "TOKEN_EXPIRY", "JWT_ALG", "JWT_ALGORITHM", "JWT_ISSUER", "PASSWORD_ENABLED", "SECRET_TYPE",
            "PASSWORD_POLICY", "PASSWORD_RESET_TIMEOUT", "CSRF_COOKIE_NAME", "SSH_KNOWN_HOSTS", "FIRST_PASS",
            "PASS_THROUGH", "spassky", "HOSTNAME", "imagePullSecrets", "KEY_VAULT_NAME", "SITE_KEY",
            "publishableKey", "primary_key", "AUTH_ENABLED", "--password-file", "--token-ttl",
            "--secret-name", "--token-auth-file", "passwordless", "secretsmanager", "TOKENS_PER_MINUTE" });
}

void NamesTest::strengthFollowsTheWords()
{
    QFETCH(bool, strong);
    QCOMPARE(isStrongName(QTest::currentDataTag(), Rules()), strong);
}

void NamesTest::aWordOfTheRulesIsStrong()
{
    Rules rules;
    QVERIFY(!isStrongName("DB_LOSUNG", rules));
    rules.extraStrongWords = { "losung", "open sesame" };
    QVERIFY(isStrongName("DB_LOSUNG", rules));
    QVERIFY(isStrongName("openSesame", rules));
    QVERIFY(!isStrongName("LOSUNG_FILE", rules));
    QVERIFY(!isStrongName("open_door", rules));
    QCOMPARE(judgeName("OPEN_SESAME", rules).matchedWord(), std::string("open sesame"));
}

void NamesTest::anAllowedNameIsNeverStrong()
{
    Rules rules;
    rules.allowedNames = { "DEMO_PASSWORD", "TEST_*" };
    QVERIFY(!isStrongName("DEMO_PASSWORD", rules));
    QVERIFY(!isStrongName("TEST_TOKEN", rules));
    QVERIFY(isStrongName("DEMO_PASSWORD_2", rules));
    QVERIFY(isStrongName("A_TEST_TOKEN", rules));
}

void NamesTest::theMatchedWordIsOurs()
{
    QCOMPARE(judgeName("MY_Api_KEY", Rules()).matchedWord(), std::string("api key"));
    QCOMPARE(judgeName("xyzPASSWORD", Rules()).matchedWord(), std::string("password"));
    QCOMPARE(judgeName("BATCH_SALT", Rules()).matchedWord(), std::string("salt"));
}

void NamesTest::longAndForeignNamesAreSafe()
{
    const std::string longName = std::string(1000000, 'a') + "_PASSWORD";
    QVERIFY(isStrongName(longName, Rules()));
    std::string manyWords;
    for (int i = 0; i < 100000; ++i)
        manyWords += "a_";
    QVERIFY(isStrongName(manyWords + "token", Rules()));
    QVERIFY(!isStrongName(manyWords, Rules()));
    QVERIFY(isStrongName("\xff\xfe_password", Rules()));
    QVERIFY(isStrongName(std::string_view("a\0password", 10), Rules()));
    QVERIFY(!isStrongName("________", Rules()));
}

GLACIS_TEST(NamesTest)
#include "names_test.moc"
