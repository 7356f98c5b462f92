// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Thousands of generated secrets in every shape and place: no output may hold four neighbouring characters of
// one.
#include <test_main.h>

#include <credentials/classify.h>

#include <random>

using namespace glacis::credentials;

namespace {

constexpr std::string_view hole = "§"; // where the secret goes in a template

struct Shape {
    const char* name;
    std::string before, after;
    /// Characters the secret may have here; others would end it or need an escape.
    std::string_view alphabet;
    std::size_t least = 5, most = 40;
};

constexpr std::string_view plain = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
constexpr std::string_view wild
    = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789!#%&*+,-./;=?@^_|~";
constexpr std::string_view inUrl
    = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789!#%&*+,-./;=?@^_~$";
constexpr std::string_view base64 = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789+/";
constexpr std::string_view hexadecimal = "0123456789abcdef";

std::string makeSecret(std::mt19937& random, const Shape& shape)
{
    std::string secret;
    const std::size_t length = shape.least + random() % (shape.most - shape.least + 1);
    // Begins and ends with letters and holds digits, capitals and small letters: no path, number, word or
    // reference.
    while (secret.size() < length)
        secret += shape.alphabet[random() % shape.alphabet.size()];
    secret.front() = shape.alphabet == hexadecimal ? 'e' : 'Q';
    secret[1] = '7';
    secret[2] = shape.alphabet == hexadecimal ? 'c' : 'x';
    secret.back() = shape.alphabet == hexadecimal ? 'd' : 'Z';
    return secret;
}

/// Four-character windows of the secret that do not stand in the surrounding text anyway.
QString leak(const std::string& secret, const std::string& surrounding, const std::string& output)
{
    for (std::size_t i = 0; i + 4 <= secret.size(); ++i) {
        const std::string window = secret.substr(i, 4);
        if (surrounding.find(window) == std::string::npos && output.find(window) != std::string::npos)
            return glacis::test::text(window);
    }
    return {};
}

std::string allFields(const Classification& c)
{
    std::string all = c.matchedWord + "\n" + c.publicPrefix + "\n" + c.urlScheme + "\n" + c.urlHost + "\n"
        + c.urlPort + "\n" + c.urlDatabase + "\n" + c.redacted;
    for (const std::string& reference : c.references)
        all += "\n" + reference;
    return all;
}

std::vector<Shape> textShapes()
{
    return {
        { "url", "postgres://app:", "@db.shop:5432/shop?sslmode=disable", inUrl },
        { "url without user", "redis://:", "@redis-master:6379/0", inUrl },
        { "url in json", "{\"url\":\"amqp://guest:", "@mq:5672\",\"x\":1}", inUrl },
        { "url in nested json", "{\"a\":\"{\\\"url\\\":\\\"amqp://guest:", "@mq:5672\\\"}\"}", plain },
        { "jdbc", "jdbc:mysql://mysql:3306/shop?user=root&password=", "&useSSL=false", plain },
        { "jdbc oracle", "jdbc:oracle:thin:scott/", "@ora:1521:xe", plain },
        { "driver", "app:", "@tcp(mysql:3306)/shop", plain },
        { "ado", "Server=mssql,1433;User Id=sa;Password=", ";Encrypt=true", plain },
        { "account key", "DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=",
            ";EndpointSuffix=core.windows.net", base64, 60, 88 },
        { "libpq", "host=db user=app password=", " dbname=shop", plain },
        { "properties", "a=1\nspring.datasource.password=", "\nb=2\n", wild },
        { "properties with colon", "a: 1\nspring.datasource.password: ", "\nb: 2\n", wild },
        { "env file", "DB_HOST=db\nDB_PASSWORD=", "\n", wild },
        { "env file quoted", "DB_HOST=db\nexport DB_PASSWORD='", "'\n", wild },
        { "yaml quoted", "db:\n  password: \"", "\"\n  user: a\n", wild },
        { "yaml block", "db:\n  password: |\n    ", "\n  user: a\n", wild },
        { "yaml flow", "db: {user: a, password: ", "}\n", plain },
        { "yaml name and value", "- name: DB_PASSWORD\n  value: ", "\n- name: B\n  value: c\n", wild },
        { "json", "{\"user\": \"a\", \"clientSecret\": \"", "\", \"b\": 1}", wild },
        { "json name and value", "{\"env\":[{\"name\":\"API_TOKEN\",\"value\":\"", "\"}]}", wild },
        { "nested json", "{\"spec\":\"{\\\"password\\\":\\\"", "\\\"}\"}", wild },
        { "json flags", "[\"--user\",\"a\",\"--password\",\"", "\"]", plain },
        { "flag", "tool --user a --password=", " --verbose", plain },
        { "flag and blank", "tool --user a --db-password ", " --verbose", plain },
        { "system property", "-Xmx1g -Djavax.net.ssl.keyStorePassword=", " -jar a.jar", plain },
        { "header", "Authorization: Bearer ", "", plain, 20, 60 },
        { "header in json", "{\"headers\":{\"Authorization\":\"Bearer ", "\"}}", plain, 20, 60 },
        { "bearer", "curl -H 'X: y' --oauth2 Bearer ", " x", plain, 20, 60 },
        { "github", "see ghp_", " there", plain, 36, 36 },
        { "stripe", "sk_live_", "", plain, 24, 24 },
        { "slack hook", "https://hooks.slack.com/services/T01AB2CD3/B04EF5GH6/", "", plain, 24, 24 },
        { "vault", "token hvs.", "", plain, 24, 100 },
        { "openshift", "sha256~", "", plain, 43, 43 },
        { "twilio", "x SK", " y", hexadecimal, 32, 32 },
        { "npmrc", "//registry.npmjs.org/:_authToken=", "\n", plain, 20, 40 },
        { "pem", "-----BEGIN PRIVATE KEY-----\n", "\n-----END PRIVATE KEY-----\n", base64, 64, 400 },
        { "signature", "https://a.blob.core.windows.net/c?sv=2022&sig=", "&se=2030", plain, 30, 50 },
        { "kubeconfig",
            "apiVersion: v1\nclusters: []\ncontexts: []\nusers:\n- name: a\n  user:\n    client-key-data: ",
            "\n", base64, 64, 400 },
    };
}

} // namespace

class SecrecyTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingOfASecretIsKept_data();
    void nothingOfASecretIsKept();
    void namesAloneHideTheWholeValue();
    void argumentsAreHidden();
    void encodedTextIsHidden();
    void redactionIsFoundByTheCheapTest();
};

void SecrecyTest::nothingOfASecretIsKept_data()
{
    QTest::addColumn<int>("index");
    int index = 0;
    for (const Shape& shape : textShapes())
        QTest::newRow(shape.name) << index++;
}

void SecrecyTest::nothingOfASecretIsKept()
{
    QFETCH(int, index);
    const Shape shape = textShapes()[static_cast<std::size_t>(index)];
    std::mt19937 random(static_cast<unsigned>(index) + 1U);
    const Rules rules;
    const std::string surrounding = std::string(shape.before).append(hole).append(shape.after);
    for (int round = 0; round < 400; ++round) {
        const std::string secret = makeSecret(random, shape);
        const std::string text = shape.before + secret + shape.after;
        QVERIFY2(mayHoldCredential(text), text.c_str());
        const std::string redacted = redactText(text, rules);
        QVERIFY2(leak(secret, surrounding, redacted).isEmpty(), (text + "\n→ " + redacted).c_str());
        QCOMPARE(redactText(redacted, rules), redacted);
        for (const Place place :
            { Place::EnvValue, Place::ConfigMapValue, Place::Annotation, Place::Other }) {
            const Classification c = classify("SETTING", text, place, rules);
            QVERIFY2(c.isCredential(), text.c_str());
            QVERIFY2(
                leak(secret, surrounding, allFields(c)).isEmpty(), (text + "\n→ " + allFields(c)).c_str());
            QVERIFY(c.secretBegin < c.secretEnd && c.secretEnd <= text.size());
            const Classification again = classify("SETTING", text, place, rules);
            QCOMPARE(allFields(again), allFields(c));
            QVERIFY(again.detector == c.detector && again.secretBegin == c.secretBegin
                && again.secretEnd == c.secretEnd);
        }
    }
}

void SecrecyTest::namesAloneHideTheWholeValue()
{
    std::mt19937 random(7);
    const Rules rules;
    const Shape shape { "name", "", "", wild };
    for (const char* name : { "DB_PASSWORD", "apiToken", "client-secret", "spring.datasource.password",
             "AWS_SECRET_ACCESS_KEY", "Authorization", "BASIC_AUTH", "SIGNING_KEY" }) {
        for (int round = 0; round < 400; ++round) {
            std::string secret = makeSecret(random, shape);
            if (std::string_view(name) == "BASIC_AUTH")
                secret[3] = ':';
            else if (std::string_view(name) == "Authorization")
                secret.resize(secret.size() + 4, '0');
            for (const Place place : { Place::EnvValue, Place::ConfigMapValue, Place::Probe, Place::Other }) {
                const Classification c = classify(name, secret, place, rules);
                QVERIFY2(c.isCredential(), (std::string(name) + "=" + secret).c_str());
                QVERIFY2(
                    leak(secret, name, allFields(c)).isEmpty(), (secret + "\n→ " + allFields(c)).c_str());
            }
        }
    }
}

void SecrecyTest::argumentsAreHidden()
{
    std::mt19937 random(11);
    const Rules rules;
    const std::string h(hole);
    const std::vector<std::vector<std::string>> commands {
        { "app", "--db-password=§" },
        { "app", "--db-password", "§" },
        { "app", "--api-token", "§", "--verbose" },
        { "mysqldump", "-uroot", "-p§", "shop" },
        { "mongosh", "-u", "root", "-p", "§" },
        { "redis-cli", "-a", "§", "ping" },
        { "redis-server", "--requirepass", "§" },
        { "sshpass", "-p", "§", "ssh", "a@b" },
        { "curl", "-u", "me:§", "https://example.com" },
        { "curl", "--user=me:§", "https://example.com" },
        { "curl", "-H", "Authorization: Bearer §0000000000", "https://example.com" },
        { "sh", "-c", "PGPASSWORD=§ psql -h db -c 'select 1'" },
        { "sh", "-c", "set -e\nexport API_TOKEN='§'\nexec app" },
        { "bash", "-ec", "mysql -h db -uroot -p§ shop < /a.sql && curl -u me:§ http://x" },
        { "sh", "-c", "bash -c 'redis-cli -a § ping'" },
        { "app", "postgres://app:§@db/shop" },
        { "java", "-Dspring.datasource.password=§", "-jar", "a.jar" },
        { "mc", "alias", "set", "minio", "http://minio:9000", "minio", "§" },
        { "rabbitmqctl", "add_user", "app", "§" },
        { "kubectl", "create", "secret", "generic", "a", "--from-literal=password=§" },
    };
    for (std::size_t k = 0; k < commands.size(); ++k) {
        std::string surrounding;
        for (const std::string& part : commands[k])
            surrounding += part + "\n";
        for (int round = 0; round < 200; ++round) {
            const std::string secret = makeSecret(random, { "", "", "", plain });
            std::vector<std::string> filled;
            for (std::string part : commands[k]) {
                for (std::size_t at; (at = part.find(h)) != std::string::npos;)
                    part.replace(at, h.size(), secret);
                filled.push_back(part);
            }
            const std::vector<std::string_view> arguments(filled.begin(), filled.end());
            const auto findings = classifyArguments(arguments, rules);
            QVERIFY2(!findings.empty(), surrounding.c_str());
            for (const ArgumentFinding& finding : findings) {
                const std::string all = finding.flag + "\n" + allFields(finding.classification);
                QVERIFY2(leak(secret, surrounding, all).isEmpty(), (surrounding + "→ " + all).c_str());
                const Classification& c = finding.classification;
                QVERIFY(c.secretEnd <= filled[finding.index].size() && c.secretBegin < c.secretEnd);
            }
        }
    }
}

void SecrecyTest::encodedTextIsHidden()
{
    const Rules rules;
    std::mt19937 random(13);
    for (int round = 0; round < 300; ++round) {
        const std::string secret = makeSecret(random, { "", "", "", plain, 8, 40 });
        QByteArray encoded
            = QByteArray::fromStdString("db:\n  host: pg\n  password: " + secret + "\n").toBase64();
        for (int depth = 0; depth < 2; ++depth, encoded = encoded.toBase64()) {
            const std::string text = encoded.toStdString();
            const Classification c = classify("CONFIG_B64", text, Place::EnvValue, rules);
            QVERIFY(c.isCredential());
            QVERIFY(leak(text, "", allFields(c)).isEmpty());
            QCOMPARE(redactText(text, rules), std::string(redactedMark));
            QVERIFY(mayHoldCredential(text));
        }
    }
}

void SecrecyTest::redactionIsFoundByTheCheapTest()
{
    // Texts of random pieces that look like shapes, whole or broken, at every offset.
    static const std::vector<std::string> pieces { "password", "PASSWORD", "dbPassword", "token", "--token",
        "secret", "apiKey", "pwd", "pw", "jwt", "auth", "name", "value", "key", "=", ":", ": ", "= ", " ",
        "\n", "\"", "\\\"", "'", ",", ";", "&", "?", "{", "}", "[", "]", "- ", "|", "://", "@", "@tcp(", ")",
        ":thin:", "/", "a", "B7", "x9Z", "$(A)", "${B}", "{{c}}", "true", "123456", "changeme", "/etc/x",
        "hunter2", "eyJ", "eyJhbGciOiJIUzI1NiJ9", ".", "eyJzdWIiOiIxIn0", "sig", "-----BEGIN ", "PRIVATE KEY",
        "-----", "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7",
        "AKIA"
        "IOSFODNN7EXAMPLE",
        "ghp_"
        "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8",
        "Bearer ", "Basic ", "authorization",
        "LS0tLS1CRUdJTi"
        "BSU0EgUFJJVkFURSBLRVktLS0tLQ",
        "s.", "hvs.", "\xff", std::string(1, '\0'), "ü", "cGFzc3dvcmQ9aHVudGVyMg==", "cookie", "http",
        "export " };
    std::mt19937 random(17);
    Rules rules;
    Rules custom;
    custom.extraStrongWords = { "open sesame", "losung" };
    custom.allowedNames = { "PASSWORD" };
    custom.allowedValues = { "hunter2" };
    int changed = 0;
    for (int round = 0; round < 200000; ++round) {
        std::string text;
        for (std::size_t n = 1 + random() % 12; n > 0; --n)
            text += pieces[random() % pieces.size()];
        const bool differs = redactText(text, rules) != text;
        changed += differs;
        QVERIFY2(!differs || mayHoldCredential(text), text.c_str());
        if (redactText(text, custom) != text)
            QVERIFY2(mayHoldCredential(text, custom), text.c_str());
    }
    QVERIFY2(changed > 20000, qPrintable(QString::number(changed)));
    QVERIFY(mayHoldCredential("losung=abrakadabra7", custom));
    QCOMPARE(redactText("losung=abrakadabra7", custom), std::string("losung=").append(redactedMark));
}

GLACIS_TEST(SecrecyTest)
#include "secrecy_test.moc"
