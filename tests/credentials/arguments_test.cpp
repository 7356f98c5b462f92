// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <test_main.h>

#include <credentials/classify.h>

using namespace glacis::credentials;

namespace {

struct Line {
    const char* what;
    std::vector<const char*> arguments;
    /// "flag detector" of each finding, in order.
    std::vector<const char*> expected;
};

const std::vector<Line>& lines()
{
    static const std::vector<Line> all {
        { "flag with sign", { "app", "--password=kd83jdk" }, { "--password password-flag" } },
        { "flag with neighbour", { "app", "--password", "kd83jdk" }, { "--password password-flag" } },
        { "one dash", { "consul", "-token=kd83jdk3" }, { "-token password-flag" } },
        { "flag without value", { "app", "--password", "--verbose" }, {} },
        { "switch", { "app", "--enable-token-auth", "true" }, {} },
        { "reference", { "app", "--password=$(DB_PASSWORD)" }, {} },
        { "reference neighbour", { "app", "--password", "$(DB_PASSWORD)" }, {} },
        { "file flag", { "app", "--password-file=/run/secrets/db", "--token-ttl", "24h", "--secret-name=db" },
            {} },
        { "token auth file", { "kube-apiserver", "--token-auth-file=/etc/tokens.csv" }, {} },
        { "mysql attached", { "mysql", "-uroot", "-pkd83jdk", "shop" }, { "-p password-flag" } },
        { "mysql prompt", { "mysql", "-uroot", "-p", "shop" }, {} },
        { "mysqladmin in a path", { "/usr/bin/mysqladmin", "ping", "-pkd83jdk" }, { "-p password-flag" } },
        { "mysqldump reference", { "sh", "-c", "mysqldump -uroot -p$MYSQL_ROOT_PASSWORD shop" }, {} },
        { "mysqldump quoted reference", { "sh", "-c", "mysqldump -uroot -p\"${MYSQL_ROOT_PASSWORD}\" shop" },
            {} },
        { "redis", { "redis-cli", "-a", "kd83jdk", "ping" }, { "-a password-flag" } },
        { "redis in a probe", { "sh", "-c", "redis-cli -a \"$REDIS_PASSWORD\" ping" }, {} },
        { "redis server", { "redis-server", "--requirepass", "kd83jdk" }, { "--requirepass password-flag" } },
        { "mongosh", { "mongosh", "-u", "root", "-p", "kd83jdk" }, { "-p password-flag" } },
        { "sshpass", { "sshpass", "-pkd83jdk", "ssh", "a@b" }, { "-p password-flag" } },
        { "psql port", { "psql", "-p", "5432" }, {} },
        { "nginx prefix", { "nginx", "-p", "/etc/nginx" }, {} },
        { "mkdir", { "mkdir", "-p", "secret-data" }, {} },
        { "curl user", { "curl", "-u", "me:kd83jdk", "http://a" }, { "-u basic-auth-flag" } },
        { "curl user attached", { "curl", "-ume:kd83jdk", "http://a" }, { "-u basic-auth-flag" } },
        { "curl user long", { "curl", "--user", "me:kd83jdk", "http://a" }, { "--user basic-auth-flag" } },
        { "curl user without password", { "curl", "-u", "me", "http://a" }, {} },
        { "curl user reference", { "curl", "-u", "me:$(PASS)", "http://a" }, {} },
        { "curl of the image", { "-u", "me:kd83jdk", "http://a" }, { "-u basic-auth-flag" } },
        { "user and group", { "chroot", "-u", "1000:1000", "/a" }, {} },
        { "curl header", { "curl", "-H", "Authorization: Bearer kd83jdk38dk3kd83kd8", "http://a" },
            { "-H authorization-header" } },
        { "curl basic header", { "curl", "--header", "Authorization: Basic Ym9iOmtkODNqZGtk", "http://a" },
            { "--header authorization-header" } },
        { "curl header reference",
            { "sh", "-c", "curl -H \"Authorization: Bearer $(cat /var/run/secrets/token)\" http://a" }, {} },
        { "curl header variable", { "sh", "-c", "curl -H \"Authorization: Bearer ${TOKEN}\" http://a" }, {} },
        { "url", { "migrate", "-database", "postgres://a:kd83jdk@db/shop", "up" }, { " url-password" } },
        { "url in flag", { "app", "--db-url=postgres://a:kd83jdk@db/shop" }, { " url-password" } },
        { "url in strong flag", { "app", "--secret=postgres://a:kd83jdk@db/shop" },
            { "--secret url-password" } },
        { "token",
            { "app", "--x",
                "ghp_"
                "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8" },
            { "--x github-token" } },
        { "token in strong flag",
            { "app",
                "--token=ghp_"
                "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8" },
            { "--token github-token" } },
        { "pgpassword", { "sh", "-c", "PGPASSWORD=kd83jdk psql -h db" }, { "PGPASSWORD password-flag" } },
        { "pgpassword reference", { "sh", "-c", "PGPASSWORD=$POSTGRES_PASSWORD psql -h db" }, {} },
        { "export", { "/bin/bash", "-ec", "set -u\nexport API_TOKEN='kd83jdk3'\nexec app" },
            { "API_TOKEN password-flag" } },
        { "export reference", { "/bin/bash", "-c", "export TOKEN=$(cat /a); app" }, {} },
        { "export backticks", { "/bin/bash", "-c", "export TOKEN=`cat /a`; app" }, {} },
        { "env command", { "env", "DB_PASSWORD=kd83jdk", "app" }, { "DB_PASSWORD password-flag" } },
        { "nested shell", { "sh", "-c", "bash -c 'redis-cli -a kd83jdk ping'" }, { "-a password-flag" } },
        { "two in a script", { "sh", "-c", "PGPASSWORD=kd83jdk psql; mysql -pother77 shop" },
            { "PGPASSWORD password-flag", "-p password-flag" } },
        { "script of the image", { "-c", "export DB_PASSWORD=kd83jdk; app" },
            { "DB_PASSWORD password-flag" } },
        { "system property", { "java", "-Dspring.datasource.password=kd83jdk" },
            { "-Dspring.datasource.password password-flag" } },
        { "minio client", { "sh", "-c", "mc alias set m http://minio:9000 minio kd83jdk && mc mb m/a" },
            { "mc alias password-flag" } },
        { "rabbit", { "rabbitmqctl", "add_user", "app", "kd83jdk" }, { "add_user password-flag" } },
        { "htpasswd", { "htpasswd", "-bc", "/a", "me", "kd83jdk" }, { "htpasswd -b password-flag" } },
        { "from literal",
            { "kubectl", "create", "secret", "generic", "a", "--from-literal=password=kd83jdk" },
            { "password strong-name" } },
        { "key of a secret",
            { "kubectl", "get", "secret", "db-credentials", "-o", "jsonpath={.data.password}" }, {} },
        { "plain", { "nginx", "-g", "daemon off;" }, {} },
        { "kubelet flags",
            { "kubelet", "--authentication-token-webhook=true", "--rotate-certificates",
                "--tls-private-key-file=/a.key" },
            {} },
        { "leader election",
            { "manager", "--leader-elect", "--metrics-bind-address=:8080", "--webhook-secret-name",
                "webhook-cert" },
            {} },
        { "sleep", { "sh", "-c", "while true; do sleep 3600; done" }, {} },
        { "wait for",
            { "sh", "-c",
                "until pg_isready -h db -p 5432; do echo waiting for password reset; sleep 2; done" },
            {} },
        { "empty", {}, {} },
        { "empty texts", { "", "", "-", "--", "=" }, {} },
    };
    return all;
}

} // namespace

class ArgumentsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void findings_data();
    void findings();
    void otherSecretsOfTheArgumentAreRedactedToo();
    void theIndexNamesTheArgumentOfTheSecret();
    void rulesApply();
    void manySecretsInOneScriptAreAllRedacted();
};

void ArgumentsTest::findings_data()
{
    QTest::addColumn<int>("index");
    int index = 0;
    for (const Line& line : lines())
        QTest::newRow(line.what) << index++;
}

void ArgumentsTest::findings()
{
    QFETCH(int, index);
    const Line& line = lines()[static_cast<std::size_t>(index)];
    const std::vector<std::string_view> arguments(line.arguments.begin(), line.arguments.end());
    QStringList found;
    for (const ArgumentFinding& finding : classifyArguments(arguments, Rules()))
        found << glacis::test::text(finding.flag + " " + std::string(name(finding.classification.detector)));
    QStringList expected;
    for (const char* text : line.expected)
        expected << QString::fromUtf8(text);
    QCOMPARE(found, expected);
}

void ArgumentsTest::otherSecretsOfTheArgumentAreRedactedToo()
{
    const auto findings = classifyArguments(
        { "sh", "-c", "PGPASSWORD=kd83jdk psql postgres://a:zz77yy@db; curl -u me:qq55ww http://a" },
        Rules());
    QCOMPARE(findings.size(), std::size_t { 3 });
    for (const ArgumentFinding& finding : findings)
        QCOMPARE(finding.classification.redacted,
            std::string(
                "PGPASSWORD=‹redacted› psql postgres://a:‹redacted›@db; curl -u me:‹redacted› http://a"));
}

void ArgumentsTest::theIndexNamesTheArgumentOfTheSecret()
{
    const std::vector<std::string_view> arguments { "app", "--user", "a", "--password", "kd83jdk" };
    const auto findings = classifyArguments(arguments, Rules());
    QCOMPARE(findings.size(), std::size_t { 1 });
    QCOMPARE(findings[0].index, std::size_t { 4 });
    QCOMPARE(findings[0].classification.matchedWord, std::string("password"));
    QCOMPARE(findings[0].classification.redacted, std::string(redactedMark));
}

void ArgumentsTest::rulesApply()
{
    Rules rules;
    rules.allowedNames = { "--demo-*", "PGPASSWORD" };
    rules.allowedValues = { "kd83jdk" };
    rules.extraStrongWords = { "losung" };
    QVERIFY(classifyArguments({ "a", "--demo-password=x77y" }, rules).empty());
    QVERIFY(classifyArguments({ "sh", "-c", "PGPASSWORD=x77y psql" }, rules).empty());
    QVERIFY(classifyArguments({ "a", "--password", "kd83jdk" }, rules).empty());
    QCOMPARE(classifyArguments({ "a", "--losung", "x77y" }, rules).size(), std::size_t { 1 });
}

void ArgumentsTest::manySecretsInOneScriptAreAllRedacted()
{
    std::string script;
    for (int i = 0; i < 5000; ++i)
        script += "PGPASSWORD=kd83jdk psql\n";
    const auto findings = classifyArguments({ "sh", "-c", script }, Rules());
    QVERIFY(!findings.empty() && findings.size() <= 64);
    QVERIFY(findings.front().classification.redacted.find("kd83") == std::string::npos);
}

GLACIS_TEST(ArgumentsTest)
#include "arguments_test.moc"
