// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The built program against a small API server on loopback: what a person types, sees and gets as exit code.
#include "cluster_home.h"
#include "test_main.h"

#include <made_cluster.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace glacis::test;

namespace {

QJsonObject json(const Outcome& outcome) { return QJsonDocument::fromJson(outcome.out).object(); }

}

class ClusterProgramTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void scansTheCurrentContext();
    void snapshotHoldsWhatTheServerGave();
    void namesTheRuleThatIsMissing();
    void strictCountsAListThatBroke();
    void unknownContextNamesThoseThatExist();
    void saysThatNobodyListens();
    void saysThatThereIsNoKubeconfig();
    void timeoutEndsAScan();
    void pluginRunsOnlyWhenAllowed();
    void roleIsYaml();
};

void ClusterProgramTest::scansTheCurrentContext()
{
    MadeCluster made;
    made.server.on("/api/v1/pods",
        glacis::test::json(listJson("v1", "PodList",
            R"({"metadata":{"name":"web","namespace":"shop"},"spec":{"containers":[{"name":"a","securityContext":{"privileged":true}}]}})")));
    Home home;
    home.write(QStringLiteral("k"), kubeconfig(made.server.url()));
    const Outcome text = home.run("scan --kubeconfig @k");
    QCOMPARE(text.code, 0);
    QVERIFY(text.out.contains("GL-POD-001"));
    const Outcome data = home.run("scan --kubeconfig @k --context made --format json");
    const QJsonObject source = json(data)[QLatin1String("source")].toObject();
    QCOMPARE(source[QLatin1String("kind")].toString(), QStringLiteral("context"));
    QCOMPARE(source[QLatin1String("name")].toString(), QStringLiteral("made"));
    QCOMPARE(source[QLatin1String("scope")].toString(), QStringLiteral("cluster"));
    QCOMPARE(source[QLatin1String("serverVersion")].toString(), QStringLiteral("v1.34.4"));
    QCOMPARE(source[QLatin1String("apiServer")].toString().toStdString(), made.server.url());
    QCOMPARE(home.run("scan --kubeconfig @k --fail-on high").code, 1);
}

void ClusterProgramTest::snapshotHoldsWhatTheServerGave()
{
    MadeCluster made;
    made.server.on("/api/v1/pods", glacis::test::json(listJson("v1", "PodList", podJson("shop", "web"))));
    Home home;
    home.write(QStringLiteral("k"), kubeconfig(made.server.url()));
    const Outcome saved = home.run("snapshot --kubeconfig @k -o @a.glacis");
    QVERIFY2(saved.code == 0, saved.err.constData());
    const auto scan = [&](const QByteArray& source) {
        QJsonObject result = json(home.run("scan --all --format json " + source));
        result.remove(QStringLiteral("time")); // of two readings
        return result;
    };
    const QJsonObject live = scan("--kubeconfig @k");
    const QJsonObject kept = scan("--snapshot @a.glacis");
    QVERIFY(!live[QLatin1String("findings")].toArray().isEmpty());
    QCOMPARE(kept[QLatin1String("findings")].toArray(), live[QLatin1String("findings")].toArray());
    QCOMPARE(kept[QLatin1String("coverage")].toObject(), live[QLatin1String("coverage")].toObject());
    QCOMPARE(kept[QLatin1String("source")].toObject()[QLatin1String("name")],
        live[QLatin1String("source")].toObject()[QLatin1String("name")]);
}

void ClusterProgramTest::namesTheRuleThatIsMissing()
{
    MadeCluster made;
    made.server.on("/api/v1/nodes", forbidden("nodes"));
    Home home;
    home.write(QStringLiteral("k"), kubeconfig(made.server.url()));
    const Outcome data = home.run("scan --kubeconfig @k --format json");
    QCOMPARE(data.code, 0); // a missing right is data
    bool named = false;
    const QJsonArray gaps
        = json(data)[QLatin1String("coverage")].toObject()[QLatin1String("notAssessed")].toArray();
    for (const auto& gap : gaps)
        named = named || gap.toObject()[QLatin1String("grant")].toString() == QStringLiteral("list nodes");
    QVERIFY(named);
}

void ClusterProgramTest::strictCountsAListThatBroke()
{
    MadeCluster made;
    made.server.on("/apis/batch/v1/jobs", status(500, "InternalError", "etcd is away"));
    Home home;
    home.write(QStringLiteral("k"), kubeconfig(made.server.url()));
    const Outcome plain = home.run("scan --kubeconfig @k");
    QCOMPARE(plain.code, 0);
    QVERIFY2(plain.err.contains("could not be read whole"), plain.err.constData());
    QCOMPARE(home.run("scan --kubeconfig @k --strict").code, 2);
}

void ClusterProgramTest::unknownContextNamesThoseThatExist()
{
    Home home;
    home.write(QStringLiteral("k"), kubeconfig("https://127.0.0.1:1"));
    const Outcome outcome = home.run("scan --kubeconfig @k --context mode");
    QCOMPARE(outcome.code, 2);
    QVERIFY2(outcome.err.contains("mode") && outcome.err.contains("made"), outcome.err.constData());
}

void ClusterProgramTest::saysThatNobodyListens()
{
    std::string url;
    {
        const MadeCluster gone;
        url = gone.server.url();
    }
    Home home;
    home.write(QStringLiteral("k"), kubeconfig(url));
    const Outcome outcome = home.run("scan --kubeconfig @k");
    QCOMPARE(outcome.code, 2);
    QVERIFY2(outcome.err.contains("refuses the connection"), outcome.err.constData());
    QVERIFY(outcome.out.isEmpty());
}

void ClusterProgramTest::saysThatThereIsNoKubeconfig()
{
    const Home home;
    const Outcome outcome = home.run("scan");
    QCOMPARE(outcome.code, 2);
    QVERIFY2(outcome.err.contains("--practice votelab"), outcome.err.constData());
    const Outcome missing = home.run("scan --kubeconfig @none");
    QCOMPARE(missing.code, 2);
    QVERIFY2(missing.err.contains("none"), missing.err.constData());
}

void ClusterProgramTest::timeoutEndsAScan()
{
    MadeCluster made;
    made.server.on("/api/v1/pods", silent());
    Home home;
    home.write(QStringLiteral("k"), kubeconfig(made.server.url()));
    const Outcome outcome = home.run("scan --kubeconfig @k --timeout 1s");
    QCOMPARE(outcome.code, 2);
    QVERIFY2(outcome.err.contains("within 1 s"), outcome.err.constData());
}

void ClusterProgramTest::pluginRunsOnlyWhenAllowed()
{
#ifdef _WIN32
    QSKIP("the plugin of this test is a shell script");
#else
    ServerOptions options;
    const Authority authority("test CA");
    options.tls = authority.issue({ .commonName = "server", .names = { "127.0.0.1" } });
    HostileServer server(options);
    server.otherwise(status(401, "Unauthorized", "who are you"));
    Home home;
    const QString plugin = home.path(QStringLiteral("plugin"));
    home.writeProgram(QStringLiteral("plugin"),
        "#!/bin/sh\ntouch '" + home.path(QStringLiteral("ran")).toUtf8()
            + "'\necho "
              "'{\"apiVersion\":\"client.authentication.k8s.io/"
              "v1\",\"kind\":\"ExecCredential\",\"status\":{\"token\":\"t0ps3cret\"}}'\n");
    home.write(QStringLiteral("ca.pem"), QByteArray::fromStdString(authority.pem()));
    QByteArray config = kubeconfig(server.url(),
        "{exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, command: \""
            + plugin.toUtf8() + "\", args: [--profile, prod]}}");
    config.replace("cluster: {server:", "cluster: {certificate-authority: ca.pem, server:");
    home.write(QStringLiteral("k"), config);

    const Outcome refused = home.run("scan --kubeconfig @k");
    QCOMPARE(refused.code, 2);
    QVERIFY(!QFile::exists(home.path(QStringLiteral("ran"))));
    QVERIFY2(refused.err.contains(plugin.toUtf8()), refused.err.constData());
    QVERIFY(server.requests().empty());

    const Outcome allowed = home.run("scan --kubeconfig @k --allow-exec");
    QCOMPARE(allowed.code, 2); // the server refuses the token
    QVERIFY(QFile::exists(home.path(QStringLiteral("ran"))));
    QVERIFY(!server.requests().empty());
    QCOMPARE(server.requests().front().header("Authorization").value_or(""), std::string("Bearer t0ps3cret"));
    QVERIFY2(!allowed.err.contains("t0ps3cret"), allowed.err.constData());
#endif
}

void ClusterProgramTest::roleIsYaml()
{
    const Home home;
    const Outcome least = home.run("role");
    QCOMPARE(least.code, 0);
    QVERIFY(least.out.contains("kind: ClusterRole\n"));
    for (const char* never : { "secrets", "configmaps", "watch", "\"*\"", "get", "nodes/proxy", "pods/exec" })
        QVERIFY2(
            !QByteArray(least.out).replace("get the", "").contains(QByteArray("  - ").append(never)), never);
    QVERIFY(!least.out.contains("verbs: [get"));
    const Outcome more = home.run("role --with secret-metadata,configmaps");
    QVERIFY(more.out.contains("  - secrets\n"));
    QVERIFY(more.out.contains("glacis-scanner-configmaps"));
    const Outcome wrong = home.run("role --with everything");
    QCOMPARE(wrong.code, 2);
    QVERIFY2(wrong.err.contains("configmaps, secret-metadata"), wrong.err.constData());
}

GLACIS_TEST(ClusterProgramTest)
#include "cluster_program_test.moc"
