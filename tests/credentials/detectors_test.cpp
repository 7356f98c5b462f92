// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <test_main.h>

#include <credentials/classify.h>

#include <set>

using namespace glacis::credentials;

namespace {

std::string jwt(const char* header, const char* payload)
{
    const auto part = [](const char* json) {
        return QByteArray(json)
            .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals)
            .toStdString();
    };
    std::string token = part(header);
    token.append(".").append(part(payload)).append(".c2lnbmF0dXJlLW9mLXRoZS10b2tlbg");
    return token;
}

const std::string pemBody = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj\nMzEfYyjiWA4R4/"
                            "M2bS1GB4t7NXp98C3SC6dVMvDuictGeurT8jNbvJZHtCSuYEvu\n";

std::string pem(const std::string& label, const std::string& body)
{
    return std::string("-----BEGIN ")
        .append(label)
        .append("-----\n")
        .append(body)
        .append("-----END ")
        .append(label)
        .append("-----\n");
}

} // namespace

class DetectorsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void shapesAreRecognised_data();
    void shapesAreRecognised();
    void publicPartsOfAUrlAreKept();
    void aPasswordEqualToTheUserIsADefault();
    void defaultPasswordsAreMarked_data();
    void defaultPasswordsAreMarked();
    void lengthAndAlphabetAreClasses();
    void referencesAreListed();
    void whatARuleAllowsIsNoCredential();
    void theReuseRangeIsTheSecret();
    void aMaskedValueIsNoCredential();
    void weakNamesNeedRandomValues();
    void everyDetectorHasAName();
};

void DetectorsTest::shapesAreRecognised_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("detector");
    const auto add = [](const char* what, const std::string& value, const char* detector) {
        QTest::newRow(what) << QByteArray::fromStdString(value) << QByteArray(detector);
    };
    const std::string alnum36 = "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8";
    add("aws id",
        "AKIA"
        "IOSFODNN7EXAMPLE",
        "aws-access-key-id");
    add("aws temporary id",
        "ASIA"
        "IOSFODNN7EXAMPLE",
        "aws-access-key-id");
    add("aws id too long",
        "AKIA"
        "IOSFODNN7EXAMPLEX",
        "none");
    add("aws id within a word",
        "XAKIA"
        "IOSFODNN7EXAMPLE",
        "none");
    add("aws id with a zero",
        "AKIA"
        "IOSFODNN0EXAMPLE",
        "none");
    add("github", "ghp_" + alnum36, "github-token");
    add("github too short", "ghp_" + alnum36.substr(1), "none");
    add("github sample", "ghp_" + std::string(36, 'x'), "none");
    add("github fine-grained",
        "github_pat_"
        "11ABCDEFG0abcdefghijkl_"
            + alnum36 + "a1B2c3D4e5F6g7H8i9J0k1L",
        "github-token");
    add("gitlab",
        "glpat-"
        "a1B2c3D4e5F6g7H8i9J0",
        "gitlab-token");
    add("google",
        "AIza"
        "SyA1234567890abcdefghijklmnopqrstuv",
        "google-api-key");
    add("slack",
        "xoxb-"
        "123456789012-1234567890123-abcdefghijklmnopqrstuvwx",
        "slack-token");
    add("slack word",
        "xoxb-"
        "is-the-prefix-of-a-slack-token",
        "none");
    add("slack hook",
        "https://hooks.slack.com/services/"
        "T01AB2CD3/B04EF5GH6/a1B2c3D4e5F6g7H8i9J0k1L2",
        "slack-token");
    add("slack hook sample",
        "https://hooks.slack.com/services/"
        "T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX",
        "none");
    add("stripe",
        "sk_live_"
        "4eC39HqLyjWDarjtT1zdp7dc",
        "stripe-key");
    add("stripe publishable",
        "pk_live_"
        "4eC39HqLyjWDarjtT1zdp7dc",
        "none");
    add("vault",
        "hvs."
        "CAESIJ1a2B3c4D5e6F7g8H9i0J1k2L3m4N5o6P7q8R9s0T1u2V3w4X5y6Z",
        "vault-token");
    add("vault old",
        "s."
        "a1B2c3D4e5F6g7H8i9J0k1L2",
        "vault-token");
    add("vault old within a host",
        "apps."
        "a1B2c3D4e5F6g7H8i9J0k1L2",
        "none");
    add("openshift",
        "sha256~"
        "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1V",
        "openshift-token");
    add("digest",
        "sha256:"
        "4bcff63911fcb4448bd4fdacec207030997caf25e9bea4045fa6c8c44de311d1",
        "none");
    add("age",
        "AGE-SECRET-KEY-1"
        "QQPQZPRYRX9R8RGRFR2RTRVRDRWR0RSR3RJRNR5R4RKRHRCRERMRURARQQ",
        "age-key");
    add("npm", "npm_" + alnum36, "npm-token");
    add("pypi", "pypi-AgEIcHlwaS5vcmcC" + alnum36 + alnum36, "pypi-token");
    add("sendgrid",
        "SG."
        "a1B2c3D4e5F6g7H8i9J0k1.a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1V",
        "sendgrid-key");
    add("twilio",
        "SK"
        "0123456789abcdef0123456789abcdef",
        "twilio-key");
    add("docker",
        "dckr_pat_"
        "a1B2c3D4e5F6g7H8i9J0k1L2m3N",
        "docker-token");
    add("other provider",
        "hf_"
        "aBcDeFgHiJkLmNoPqRsTuVwXyZaBcDeFgH",
        "provider-token");
    add("pem", pem("RSA PRIVATE KEY", pemBody), "private-key");
    add("pem in one line",
        "-----BEGIN PRIVATE KEY-----\\n" + std::string(80, 'A').replace(3, 4, "xyz9")
            + "\\n-----END PRIVATE KEY-----",
        "private-key");
    add("pem without body", pem("PRIVATE KEY", ""), "none");
    add("pem of a few letters", pem("PRIVATE KEY", "xxxxxxxx\n"), "none");
    add("pem certificate", pem("CERTIFICATE", pemBody), "none");
    add("pem public key", pem("PUBLIC KEY", pemBody), "none");
    add("pem in base64", QByteArray::fromStdString(pem("RSA PRIVATE KEY", pemBody)).toBase64().toStdString(),
        "private-key");
    add("certificate in base64",
        QByteArray::fromStdString(pem("CERTIFICATE", pemBody)).toBase64().toStdString(), "none");
    add("jwt", jwt(R"({"alg":"HS256","typ":"JWT"})", R"({"sub":"1234567890"})"), "json-web-token");
    add("jwt of a cluster",
        jwt(R"({"alg":"RS256","kid":"a"})",
            R"({"iss":"kubernetes/serviceaccount","sub":"system:serviceaccount:default:a"})"),
        "kubernetes-service-account-token");
    add("jwt of a bound token",
        jwt(R"({"alg":"RS256","kid":"a"})",
            R"({"iss":"https://oidc.example.com","kubernetes.io":{"namespace":"a"}})"),
        "kubernetes-service-account-token");
    add("jwt without alg", jwt(R"({"typ":"JWT","x":"0123456789"})", R"({"sub":"1234567890"})"), "none");
    add("three parts that are none", "eyJhbGciOiJIUzI1NiJ9.notjson.notjson", "none");
    add("url", "postgres://app:kd83jdk@db:5432/shop", "url-password");
    add("url percent", "mysql://root:p%40ss%3Aword@mysql:3306/app", "url-password");
    add("url slash in password", "postgres://app:kd/83@db:5432/shop", "url-password");
    add("url without password", "postgres://app@db:5432/shop", "none");
    add("url with port and at", "http://host:8080/img@2x.png", "none");
    add("url reference", "postgres://app:$(DB_PASSWORD)@db:5432/shop", "none");
    add("url braces", "postgres://app:${DB_PASSWORD}@db:5432/shop", "none");
    add("url template", "postgres://app:{{ .Values.password }}@db:5432/shop", "none");
    add("url placeholder", "postgres://app:<password>@db:5432/shop", "none");
    add("image digest", "oci://registry:5000/a/b@sha256:4bcff63911fcb4448bd4fdacec207030997caf25", "none");
    add("driver", "app:kd83jdk@tcp(mysql:3306)/shop", "connection-string");
    add("jdbc", "jdbc:postgresql://pg:5432/shop?user=app&password=kd83jdk", "connection-string");
    add("ado", "Server=mssql,1433;Database=shop;User Id=sa;Password=a b!c;Encrypt=true", "connection-string");
    add("libpq", "host=pg user=app password=kd83jdk dbname=shop", "connection-string");
    add("azure",
        "DefaultEndpointsProtocol=https;AccountName=shop;AccountKey="
        "Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MGFiY2RlZmdoaWprbG1ub3A=",
        "azure-storage-key");
    add("docker configuration", R"({"auths":{"r.example.com":{"auth":"Ym9iOmtkODNqZGtk"}}})",
        "docker-config-auth");
    add("kubeconfig token",
        "clusters: []\ncontexts: []\nusers:\n- name: a\n  user:\n    token: kd83jdk38dk3kd83kd8\n",
        "kubeconfig-key");
    add("kubeconfig key",
        "clusters: []\nusers:\n- name: a\n  user:\n    client-key-data: LS0tLS1CRUdJTi"
        "BSU0EgUFJJVkFURSBLRVktLS0tLQpNSUlFb3dJQkFBS0NBUUVB\n",
        "private-key");
    add("aws secret in a profile",
        "[default]\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/"
        "bPxRfiCYEXAMPLEKEY\n",
        "aws-secret-key");
    add("authorization", "Authorization: Basic Ym9iOmtkODNqZGtk", "authorization-header");
    add("base64 of a connection", QByteArray("postgres://app:kd83jdk@db:5432/shop").toBase64().toStdString(),
        "url-password");
    add("base64 twice", QByteArray("postgres://app:kd83jdk@db:5432/shop").toBase64().toBase64().toStdString(),
        "url-password");
    add("base64 of prose", QByteArray("the quick brown fox jumps over the lazy dog").toBase64().toStdString(),
        "none");
    add("prose", "Use a password: it protects your account", "none");
    add("uuid", "b1946ac9-2492-4f2a-8d2e-30e0b1f1c2d3", "none");
    add("git hash", "9fceb02d0ae598e95dc970b74767f19372d61af8", "none");
}

void DetectorsTest::shapesAreRecognised()
{
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, detector);
    const Classification c = classify("SETTING", value.toStdString(), Place::ConfigMapValue, Rules());
    QCOMPARE(glacis::test::text(name(c.detector)), QString::fromUtf8(detector));
    QCOMPARE(c.isCredential(), detector != "none");
    if (c.isCredential())
        QVERIFY(c.redacted.find(redactedMark) != std::string::npos);
}

void DetectorsTest::publicPartsOfAUrlAreKept()
{
    const Classification url = classify(
        "X", "postgresql://app:kd83jdk@db.shop.svc:5432/shop?sslmode=disable", Place::EnvValue, Rules());
    QCOMPARE(url.urlScheme, std::string("postgresql"));
    QCOMPARE(url.urlHost, std::string("db.shop.svc"));
    QCOMPARE(url.urlPort, std::string("5432"));
    QCOMPARE(url.urlDatabase, std::string("shop"));
    QCOMPARE(url.redacted, std::string("postgresql://app:‹redacted›@db.shop.svc:5432/shop?sslmode=disable"));
    const Classification ado
        = classify("X", "Server=tcp:db.example.com,1433;Initial Catalog=shop;User ID=sa;Password=kd83jdk",
            Place::EnvValue, Rules());
    QCOMPARE(ado.urlHost, std::string("db.example.com"));
    QCOMPARE(ado.urlPort, std::string("1433"));
    const Classification driver
        = classify("X", "app:kd83jdk@tcp(mysql:3306)/shop?x=1", Place::EnvValue, Rules());
    QCOMPARE(driver.urlHost, std::string("mysql"));
    QCOMPARE(driver.urlDatabase, std::string("shop"));
    const Classification jdbc
        = classify("X", "jdbc:mysql://mysql:3306/shop?password=kd83jdk", Place::EnvValue, Rules());
    QCOMPARE(jdbc.urlScheme, std::string("mysql"));
    QCOMPARE(jdbc.urlPort, std::string("3306"));
}

void DetectorsTest::aPasswordEqualToTheUserIsADefault()
{
    QVERIFY(classify("X", "amqp://kd83jdk:kd83jdk@mq", Place::EnvValue, Rules()).defaultPassword);
    QVERIFY(!classify("X", "amqp://app:kd83jdk@mq", Place::EnvValue, Rules()).defaultPassword);
}

void DetectorsTest::defaultPasswordsAreMarked_data()
{
    QTest::addColumn<bool>("isDefault");
    for (const char* value :
        { "123456", "12345678", "1111", "changeme", "CHANGE_ME", "change-me!", "admin", "Admin123",
            "password", "Password1!", "P@ssw0rd", "secret", "postgres", "minioadmin", "guest", "root",
            "letmein", "Harbor12345", "my-secret-pw", "your-password-here", "replace-me", "admin2024" })
        QTest::newRow(value) << true;
    for (const char* value :
        { "kd83jdk", "correct horse battery", "99812734", "Tr0ub4dor&3", "enterprise-bus-77" })
        QTest::newRow(value) << false;
}

void DetectorsTest::defaultPasswordsAreMarked()
{
    QFETCH(bool, isDefault);
    const Classification c = classify("DB_PASSWORD", QTest::currentDataTag(), Place::EnvValue, Rules());
    QVERIFY(c.isCredential());
    QCOMPARE(c.detector, Detector::StrongName);
    QCOMPARE(c.defaultPassword, isDefault);
    QCOMPARE(c.redacted, std::string(redactedMark));
    QVERIFY(!c.byValue);
}

void DetectorsTest::lengthAndAlphabetAreClasses()
{
    const auto judge
        = [](const std::string& value) { return classify("DB_PASSWORD", value, Place::EnvValue, Rules()); };
    QCOMPARE(judge("kd83jdk").length, LengthClass::UpTo7);
    QCOMPARE(judge("kd83jdk8").length, LengthClass::UpTo15);
    QCOMPARE(judge(std::string(16, 'k') + "8").length, LengthClass::UpTo31);
    QCOMPARE(judge(std::string(32, 'k') + "8").length, LengthClass::UpTo63);
    QCOMPARE(judge(std::string(64, 'k') + "8").length, LengthClass::From64);
    QCOMPARE(judge("99812734").alphabet, Alphabet::Digits);
    QCOMPARE(judge("c0ffee77").alphabet, Alphabet::Hex);
    QCOMPARE(judge("zebraZEBRA").alphabet, Alphabet::Letters);
    QCOMPARE(judge("zebra77").alphabet, Alphabet::Alphanumeric);
    QCOMPARE(judge("zebra+/77==").alphabet, Alphabet::Base64);
    QCOMPARE(judge("zebra 77!").alphabet, Alphabet::Printable);
    QCOMPARE(judge("zebrä").alphabet, Alphabet::Mixed);
}

void DetectorsTest::referencesAreListed()
{
    const auto list
        = [](std::string_view value) { return classify("DB_PASSWORD", value, Place::EnvValue, Rules()); };
    using Names = std::vector<std::string>;
    QCOMPARE(list("$(PASSWORD)").references, Names { "PASSWORD" });
    QVERIFY(!list("$(PASSWORD)").isCredential());
    QCOMPARE(list("$(A)-$(B)-$(A)").references, (Names { "A", "B" }));
    QVERIFY(list("$$(PASSWORD)").references.empty());
    QVERIFY(!list("$$(PASSWORD)").isCredential()); // "$(PASSWORD)" in the container: a template
    QVERIFY(!list("$$$$(PASSWORD)").isCredential());
    QVERIFY(!list("Bearer $$(TOKEN)").isCredential());
    QVERIFY(list("$$(PASSWORD)kd83jdk9wq").isCredential());
    QVERIFY(list("$$(kd83 jdk9!)").isCredential()); // no name
    QVERIFY(list("$$(kd83jdk9").isCredential());
    QCOMPARE(list("$$$(X)").references, Names { "X" });
    QVERIFY(!list("$$$(X)").isCredential()); // a dollar and a reference
    QVERIFY(list("$$$kd83jdk9").isCredential());
    QVERIFY(list("$(unclosed").references.empty());
    QCOMPARE(
        classify("X", "postgres://u:$(P)@$(H)/d", Place::EnvValue, Rules()).references, (Names { "P", "H" }));
}

void DetectorsTest::whatARuleAllowsIsNoCredential()
{
    Rules rules;
    rules.allowedNames = { "DEMO_*", "GITHUB_TOKEN" };
    rules.allowedValues = { "kd83jdk", "my/secret/file/path" };
    QVERIFY(!classify("DEMO_PASSWORD", "other", Place::EnvValue, rules).isCredential());
    QVERIFY(!classify(
        "GITHUB_TOKEN", std::string("ghp_") + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8", Place::EnvValue, rules)
                 .isCredential());
    QVERIFY(!classify("DB_PASSWORD", "kd83jdk", Place::EnvValue, rules).isCredential());
    QVERIFY(!classify("DB_URL", "postgres://a:kd83jdk@b", Place::EnvValue, rules).isCredential());
    QVERIFY(!classify("aws_secret", "my/secret/file/path", Place::EnvValue, rules).isCredential());
    QVERIFY(classify("DB_PASSWORD", "kd83jdl", Place::EnvValue, rules).isCredential());
    QCOMPARE(redactText("password: kd83jdk", rules), std::string("password: kd83jdk"));
}

void DetectorsTest::theReuseRangeIsTheSecret()
{
    const std::string url = "postgres://app:kd83jdk@db/shop";
    const Classification c = classify("X", url, Place::EnvValue, Rules());
    QCOMPARE(url.substr(c.secretBegin, c.secretEnd - c.secretBegin), std::string("kd83jdk"));
    const std::string properties = "a=1\nspring.datasource.password = kd83jdk\nb=2\n";
    const Classification p = classify("application.properties", properties, Place::ConfigMapValue, Rules());
    QCOMPARE(properties.substr(p.secretBegin, p.secretEnd - p.secretBegin), std::string("kd83jdk"));
    QCOMPARE(p.matchedWord, std::string("password"));
}

void DetectorsTest::aMaskedValueIsNoCredential()
{
    for (const char* value :
        { "‹redacted›", "***", "********", "[REDACTED]", "<hidden>", "null", "none", "true", "" })
        QVERIFY2(!classify("DB_PASSWORD", value, Place::EnvValue, Rules()).isCredential(), value);
}

void DetectorsTest::weakNamesNeedRandomValues()
{
    const auto judge = [](const char* name, const char* value) {
        return classify(name, value, Place::EnvValue, Rules()).detector;
    };
    QCOMPARE(judge("APP_KEY", "kXp2s5v8yBdEfGhJmNqRtWzAcFiLoPuD"), Detector::WeakName);
    QCOMPARE(judge("APP_KEY", "base64:qk3Wm0ZcV8u2YtRz5oXn1pLsD7eHfGj4aBvCxTyUiOE="), Detector::WeakName);
    QCOMPARE(judge("APP_KEY", "9c1b2a3d4e5f60718293a4b5c6d7e8f9"),
        Detector::WeakName); // hexadecimal digits under "key"
    QCOMPARE(judge("APP_KEY", "kXp2s5v8yBdE"), Detector::None); // too short
    QCOMPARE(judge("APP_KEY", "my-shop-application-key-of-2024"), Detector::None);
    QCOMPARE(judge("APP_KEY", "b1946ac9-2492-4f2a-8d2e-30e0b1f1c2d3"), Detector::None);
    QCOMPARE(judge("APP_KEY", "registry.example.com/shop/app:v1.2.3"), Detector::None);
    QCOMPARE(judge("CACHE_KEY", "kXp2s5v8yBdEfGhJmNqRtWzAcFiLoPuD"), Detector::None);
    QCOMPARE(judge("CONFIG_HASH", "4bcff63911fcb4448bd4fdacec207030"), Detector::None);
    QCOMPARE(judge("SETTING", "kXp2s5v8yBdEfGhJmNqRtWzAcFiLoPuD"), Detector::None);
}

void DetectorsTest::everyDetectorHasAName()
{
    std::set<std::string_view> names;
    for (int d = 0; d <= static_cast<int>(Detector::ProviderToken); ++d) {
        names.insert(name(static_cast<Detector>(d)));
        QVERIFY(!title(static_cast<Detector>(d)).empty());
    }
    QCOMPARE(names.size(), static_cast<std::size_t>(Detector::ProviderToken) + 1);
    QCOMPARE(weight(Detector::AwsAccessKeyId), Weight::Information);
    QCOMPARE(weight(Detector::GoogleApiKey), Weight::Information);
    QCOMPARE(weight(Detector::PrivateKey), Weight::Key);
    QCOMPARE(weight(Detector::StrongName), Weight::Credential);
}

GLACIS_TEST(DetectorsTest)
#include "detectors_test.moc"
