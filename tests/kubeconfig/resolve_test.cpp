// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cluster/kubeconfig.h>

#include "kubeconfig_fixture.h"

namespace glacis::cluster {

using test::contains;
using test::kubeconfig;

class ResolveTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void http_data();
    void http();
    void namesSimilarContexts();
    void takesTheFirstSetThatHasTheContext();
    void theCurrentContextOfTheFirstSetThatHasOne();
    void carriesItsFilesAndWhatIsHidden();
    void neverRepeatsWhatIsInAProxysUrl();
    void saysHowAUserIdentifies_data();
    void saysHowAUserIdentifies();
};

void ResolveTest::http_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<bool>("keepsCredentials");
    QTest::newRow("https") << QStringLiteral("https://a") << true;
    QTest::newRow("HTTPS") << QStringLiteral("HTTPS://a") << true;
    QTest::newRow("http") << QStringLiteral("http://a") << false;
    QTest::newRow("no scheme") << QStringLiteral("a:6443") << false;
    QTest::newRow("https in the path") << QStringLiteral("http://a/https://b") << false;
}

void ResolveTest::http()
{
    QFETCH(QString, server);
    QFETCH(bool, keepsCredentials);
    const auto user = "{token: secret, username: '', client-key-data: YQ==, as: viewer, as-groups: [g]}";
    const KubeconfigSet set
        = readKubeconfig(kubeconfig("{server: \"" + server.toStdString() + "\"}", user), "/k");
    const auto target = resolveContext(set, "x");
    QVERIFY2(target.has_value(), target ? "" : target.error().message.c_str());
    QCOMPARE(!target->user.token.empty(), keepsCredentials);
    QCOMPARE(target->user.clientKeyData.has_value(), keepsCredentials);
    QCOMPARE(target->user.impersonate, std::string("viewer"));
    QCOMPARE(target->user.impersonateGroups.size(), 1U);
    QCOMPARE(target->user.name, std::string("u"));
}

void ResolveTest::namesSimilarContexts()
{
    const KubeconfigSet set
        = readKubeconfig("contexts:\n- {name: production, context: {}}\n- {name: staging, context: "
                         "{}}\n- {name: arn:aws:eks:cluster/shop, context: {}}\n",
            "/k");
    const auto message = [&](const char* name) { return resolveContext(set, name).error().message; };
    QCOMPARE(message("prodution"), std::string("there is no context \"prodution\"; similar: \"production\""));
    QVERIFY(contains(message("shop"), "similar: \"arn:aws:eks:cluster/shop\""));
    QVERIFY(contains(message("STAGING"), "similar: \"staging\""));
    QVERIFY(contains(message("zzzz"), "there are \"production\", \"staging\", \"arn"));
    QVERIFY(contains(resolveContext(KubeconfigSet(), "a").error().message, "no kubeconfig with a context"));
    QVERIFY(!contains(message("a\x1b[31m"), "\x1b"));
    QVERIFY(message(std::string(5000, 'a').c_str()).size() < 500);
}

void ResolveTest::takesTheFirstSetThatHasTheContext()
{
    std::vector<KubeconfigSet> sets { readKubeconfig("", "/empty"),
        readKubeconfig(kubeconfig("{server: \"https://first\"}"), "/first"),
        readKubeconfig(kubeconfig("{server: \"https://second\"}"), "/second") };
    const auto target = resolveContext(sets, "x");
    QVERIFY(target && target->cluster.server == "https://first" && target->set == "/first");
    QVERIFY(contains(resolveContext(sets, "xx").error().message, "similar: \"x\", \"x\""));
}

void ResolveTest::theCurrentContextOfTheFirstSetThatHasOne()
{
    std::vector<KubeconfigSet> sets { readKubeconfig("contexts: [{name: x, context: {}}]", "/none"),
        readKubeconfig(kubeconfig("{server: \"https://second\"}"), "/second") };
    const auto target = resolveContext(sets, "");
    QVERIFY(target && target->cluster.server == "https://second" && target->file == "/second");
    sets.pop_back();
    QVERIFY(contains(resolveContext(sets, "").error().message, "no context was named"));
}

void ResolveTest::carriesItsFilesAndWhatIsHidden()
{
    test::Folder folder;
    folder.write("a", kubeconfig("{server: \"https://a\"}"));
    folder.write("b", kubeconfig("{server: \"https://b\"}"));
    folder.write("c", "users:\n- {name: other, user: {}}\n");
    folder.write("d", "users:\n- {name: other, user: {}}\n");
    const auto sets = loadKubeconfigs({ .files = { "a", "b", "c", "d" } }, folder.environment());
    const auto target = resolveContext(sets, "x");
    QVERIFY(target);
    QCOMPARE(target->files.size(), 4U);
    QCOMPARE(target->shadowed.size(), 3U); // not "other", which this context does not use
    QCOMPARE(target->files[target->shadowed[0].hidden.file].path, folder.path("b"));
}

void ResolveTest::neverRepeatsWhatIsInAProxysUrl()
{
    const KubeconfigSet set
        = readKubeconfig(kubeconfig("{server: \"https://a\", proxy-url: \"ftp://me:hunter2@proxy\"}"), "/k");
    const auto target = resolveContext(set, "x");
    QVERIFY(!target && !contains(target.error().message, "hunter2"));
}

void ResolveTest::saysHowAUserIdentifies_data()
{
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("kind");
    const auto row = [](const char* user, const char* kind) {
        QTest::newRow(user) << QString::fromLatin1(user) << QString::fromLatin1(kind);
    };
    row("{}", "none");
    row("{token: a}", "token");
    row("{token: a, tokenFile: b}", "token file");
    row("{username: a}", "basic");
    row("{client-certificate: a, client-key: b}", "client certificate");
    row("{client-key: b}", "none");
    row("{exec: {command: /opt/bin/aws}}", "exec: aws");
    row("{exec: {command: 'C:\\bin\\aws.exe'}}", "exec: aws.exe");
    row("{token: a, exec: {command: aws}}", "token"); // client-go: the plugin is then not asked
    row("{auth-provider: {name: gcp}}", "auth provider: gcp");
}

void ResolveTest::saysHowAUserIdentifies()
{
    QFETCH(QString, user);
    const KubeconfigSet set = readKubeconfig(kubeconfig("{}", user.toStdString()), "/k");
    QVERIFY(set.user("u"));
    QTEST(test::text(identityKind(*set.user("u"))), "kind");
}

GLACIS_TEST(ResolveTest)

} // namespace glacis::cluster

#include "resolve_test.moc"
