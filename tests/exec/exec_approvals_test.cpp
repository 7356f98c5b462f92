// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fake_plugin.h"

#include <cluster/exec_words.h>

#include <functional>
#include <thread>

using namespace glacis;
using namespace glacis::cluster;
using namespace glacis::test;

namespace {

ExecInvocation invocation()
{
    ExecInvocation plan;
    plan.program = "/usr/local/aws-cli/aws";
    plan.invokedAs = "/usr/local/bin/aws";
    plan.args = { "eks", "get-token", "--cluster-name", "prod" };
    plan.env = { { "AWS_PROFILE", "prod" } };
    plan.sha256 = std::string(64, 'a');
    plan.foundIn = "PATH";
    plan.kubeconfig = "/home/person/.kube/config";
    plan.user = "dev";
    plan.server = "https://prod.example.com";
    return plan;
}

} // namespace

class ExecApprovalsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void approvalIsKeptOverRuns()
    {
        const PluginFolder folder;
        const std::string file = folder.path("data/deeper/approvals.json");
        {
            ExecApprovals approvals(file);
            QVERIFY(approvals.problem().empty());
            QVERIFY(!approvals.isApproved(invocation()));
            QVERIFY(approvals.approve(invocation()));
            QVERIFY(approvals.approve(invocation())); // twice is once
            QVERIFY(approvals.isApproved(invocation()));
        }
        ExecApprovals approvals(file);
        QVERIFY2(approvals.problem().empty(), approvals.problem().c_str());
        QVERIFY(approvals.isApproved(invocation()));
        QCOMPARE(approvals.all().size(), std::size_t { 1 });
        QVERIFY(approvals.all().front() == invocation());
#if !defined(_WIN32)
        QCOMPARE(QFile::permissions(text(file)) & QFileDevice::Permissions(0x0FFF & ~0x7000),
            QFileDevice::ReadUser | QFileDevice::WriteUser);
#endif
        QVERIFY(approvals.revoke(approvals.all().front()));
        QVERIFY(!approvals.isApproved(invocation()));
        QVERIFY(ExecApprovals(file).all().empty());
    }

    void anyChangeAsksAgain()
    {
        const PluginFolder folder;
        ExecApprovals approvals(folder.path("approvals.json"));
        QVERIFY(approvals.approve(invocation()));
        const std::pair<const char*, std::function<void(ExecInvocation&)>> changes[] {
            { "program", [](ExecInvocation& i) { i.program = "/tmp/aws"; } },
            { "name", [](ExecInvocation& i) { i.invokedAs = "/tmp/aws"; } },
            { "argument", [](ExecInvocation& i) { i.args.back() = "other"; } },
            { "more arguments", [](ExecInvocation& i) { i.args.emplace_back("--debug"); } },
            { "fewer arguments", [](ExecInvocation& i) { i.args.pop_back(); } },
            { "arguments split otherwise",
                [](ExecInvocation& i) {
                    i.args = { "ekst", "get-token", "--cluster-name", "prod" };
                } },
            { "variable", [](ExecInvocation& i) { i.env.front().second = "other"; } },
            { "more variables", [](ExecInvocation& i) { i.env.emplace_back("LD_PRELOAD", "/tmp/x.so"); } },
            { "hash", [](ExecInvocation& i) { i.sha256.back() = 'b'; } },
            { "server", [](ExecInvocation& i) { i.server = "https://evil.example.com"; } },
            { "kubeconfig", [](ExecInvocation& i) { i.kubeconfig = "/tmp/config"; } },
        };
        for (const auto& [what, change] : changes) {
            ExecInvocation changed = invocation();
            change(changed);
            QVERIFY2(!approvals.isApproved(changed), what);
        }
        ExecInvocation elsewhere = invocation(); // how it was found and for whom says nothing of what runs
        elsewhere.foundIn = "settings";
        elsewhere.user = "dev2";
        QVERIFY(approvals.isApproved(elsewhere));
    }

    void brokenFilesCountAsNone_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("cut") << QByteArray("{\"version\": 1, \"approvals\": [{\"program");
        QTest::newRow("other version") << QByteArray("{\"version\": 2, \"approvals\": []}");
        QTest::newRow("other shape") << QByteArray("{\"version\": 1, \"approvals\": {\"a\": 1}}");
        QTest::newRow("no digest") << QByteArray(
            "{\"version\": 1, \"approvals\": [{\"program\": \"/usr/bin/aws\"}]}");
        QTest::newRow("no object") << QByteArray("{\"version\": 1, \"approvals\": [1, \"x\"]}");
        QTest::newRow("deep") << QByteArray(100000, '[');
    }

    void brokenFilesCountAsNone()
    {
        QFETCH(QByteArray, bytes);
        const PluginFolder folder;
        folder.write("approvals.json", bytes.toStdString());
        ExecApprovals approvals(folder.path("approvals.json"));
        GLACIS_CONTAINS(approvals.problem(), "cannot be read and count as none");
        GLACIS_CONTAINS(approvals.problem(), folder.path("approvals.json"));
        QVERIFY(approvals.all().empty());
        QVERIFY(!approvals.isApproved(invocation()));
        QVERIFY(approvals.approve(invocation())); // and it can be used again
        QVERIFY(ExecApprovals(folder.path("approvals.json")).isApproved(invocation()));
    }

    void fileThatCannotBeWrittenApprovesNothing()
    {
        const PluginFolder folder;
        folder.write("file", "x");
        ExecApprovals approvals(folder.path("file/approvals.json"));
        const auto approved = approvals.approve(invocation());
        GLACIS_CONTAINS(messageOf(approved), "cannot be written");
        QVERIFY(!approvals.isApproved(invocation()));
    }

    void secretsAreNotWritten()
    {
        const PluginFolder folder;
        ExecInvocation plan = invocation();
        plan.env = { { "OIDC_CLIENT_SECRET", std::string(secretToken) } };
        plan.args = { "--password", std::string(secretToken), "--token=" + std::string(secretToken) };
        const std::string file = folder.path("approvals.json");
        ExecApprovals approvals(file);
        QVERIFY(approvals.approve(plan));
        static_cast<void>(checkedMessage(folder.read("approvals.json")));
        static_cast<void>(checkedMessage(commandText(plan)));
        static_cast<void>(checkedMessage(notApprovedText(plan)));
        ExecApprovals again(file);
        QVERIFY(again.isApproved(plan));
        ExecInvocation other = plan; // that they are hidden does not make them equal
        other.env.front().second.back() = 'X';
        QVERIFY(!again.isApproved(other));
        QVERIFY(again.revoke(again.all().front())); // the redacted one
        QVERIFY(!again.isApproved(plan));
    }

    void revokedElsewhereStaysRevoked()
    {
        const PluginFolder folder;
        ExecApprovals window(folder.path("approvals.json"));
        QVERIFY(window.approve(invocation()));
        ExecApprovals commandLine(folder.path("approvals.json"));
        QVERIFY(window.revoke(invocation()));
        ExecInvocation other = invocation();
        other.args.emplace_back("--debug");
        QVERIFY(commandLine.approve(other));
        QVERIFY(!ExecApprovals(folder.path("approvals.json")).isApproved(invocation()));
        QVERIFY(ExecApprovals(folder.path("approvals.json")).isApproved(other));
    }

    void manyThreadsMayAsk()
    {
        const PluginFolder folder;
        ExecApprovals approvals(folder.path("approvals.json"));
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&approvals, i] {
                ExecInvocation mine = invocation();
                mine.args.push_back(std::to_string(i));
                for (int k = 0; k < 5; ++k) {
                    static_cast<void>(approvals.approve(mine));
                    static_cast<void>(approvals.isApproved(invocation()));
                }
            });
        }
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(ExecApprovals(folder.path("approvals.json")).all().size(), std::size_t { 4 });
    }

    void commandIsShownAsItWouldRun()
    {
        ExecInvocation plan = invocation();
        plan.args = { "a b", "\x1b[31m", "" };
        QCOMPARE(text(commandText(plan)),
            QStringLiteral("AWS_PROFILE=prod /usr/local/aws-cli/aws 'a b' \uFFFD[31m ''"));
        const std::string said = notApprovedText(invocation());
        for (const char* part : { "“dev”", "/home/person/.kube/config", "nobody has approved",
                 "AWS_PROFILE=prod /usr/local/aws-cli/aws eks get-token --cluster-name prod",
                 "called as /usr/local/bin/aws", "https://prod.example.com", "Approve it" })
            GLACIS_CONTAINS(said, part);
        GLACIS_CONTAINS(said, std::string(64, 'a'));
    }
};

GLACIS_TEST(ExecApprovalsTest)
#include "exec_approvals_test.moc"
