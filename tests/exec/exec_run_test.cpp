// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Plugins that behave, and those that do not.
#include "fake_plugin.h"

#include <slowdown.h>

#include <cluster/error_tail.h>

#include <atomic>
#include <chrono>
#include <thread>

using namespace glacis;
using namespace glacis::cluster;
using namespace glacis::test;
using std::chrono::milliseconds;

namespace {

/// Asks to stop after a while.
class StopsLater {
public:
    explicit StopsLater(milliseconds after)
        : m_thread([this, after] {
            std::this_thread::sleep_for(after);
            m_asked = std::chrono::steady_clock::now();
            m_source.requestStop();
        })
    {
    }
    ~StopsLater() { m_thread.join(); }
    StopsLater(const StopsLater&) = delete;
    StopsLater& operator=(const StopsLater&) = delete;
    [[nodiscard]] StopToken token() const { return m_source.token(); }
    [[nodiscard]] milliseconds sinceAsked() const
    {
        return std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - m_asked);
    }

private:
    StopSource m_source;
    std::chrono::steady_clock::time_point m_asked;
    std::thread m_thread;
};

long number(const std::string& text) { return QByteArray::fromStdString(text).trimmed().toLong(); }

/// A killed process needs a moment to be gone.
bool endsSoon(long pid)
{
    return pid > 0 && QTest::qWaitFor([pid] { return !isRunning(pid); }, 2000);
}

int openDescriptors()
{
    return static_cast<int>(
        QDir(QStringLiteral("/proc/self/fd")).entryList(QDir::AllEntries | QDir::System).size());
}

} // namespace

class ExecRunTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { GLACIS_NEEDS_SHELL(); }

    void tokenIsRead()
    {
        const PluginFolder folder;
        const auto answer = planAndRun(folder.target("token"), folder.options());
        QVERIFY2(answer, messageOf(answer).c_str());
        QCOMPARE(text(answer->token.reveal()), text(secretToken));
        QVERIFY(answer->certificatePem.empty());
        QVERIFY(!answer->expires);
    }

    void certificateAndKeyAreRead()
    {
        const PluginFolder folder;
        const auto answer = planAndRun(folder.target("pair"), folder.options());
        QVERIFY2(answer, messageOf(answer).c_str());
        GLACIS_CONTAINS(answer->certificatePem, "-----BEGIN CERTIFICATE-----\n");
        QVERIFY(answer->keyPem.reveal().find("PRIVATE KEY") != std::string_view::npos);
        QVERIFY(answer->token.empty());
    }

    void expiryIsRead()
    {
        const PluginFolder folder;
        const auto answer = planAndRun(folder.target("expiring"), folder.options());
        QVERIFY2(answer, messageOf(answer).c_str());
        QCOMPARE(answer->expires.value_or(0), std::int64_t { 1767229200 });
    }

    void faultsAreNamed_data()
    {
        QTest::addColumn<QString>("mode");
        QTest::addColumn<QString>("said");
        const auto row = [](const char* mode, const char* said) {
            QTest::newRow(mode) << QString::fromUtf8(mode) << QString::fromUtf8(said);
        };
        row("wrong-version",
            "answered in apiVersion “client.authentication.k8s.io/v1beta1”, expected that of the "
            "kubeconfig, client.authentication.k8s.io/v1");
        row("wrong-kind", "answered with kind “Secret”, expected ExecCredential");
        row("certificate-alone", "answered with a certificate but no key");
        row("key-alone", "answered with a key but no certificate");
        row("wrong-pair", "the key does not belong to the certificate");
        row("expired", "expired at 2025-12-31T23:00:00Z already");
        row("bad-time", "no RFC 3339 time");
        row("fails", "failed with exit code 7: it said “no session, run: aws sso login”");
        row("leaks", "failed with exit code 1: it said");
        row("dies", "was ended by signal 11");
        row("deep", "nested too deeply");
        row("nonsense", "answered with text that is not JSON");
        row("empty", "answered nothing");
        row("two", "more than one JSON document");
        row("no-status", "answered without a status");
        row("no-content", "neither a token nor a certificate");
        row("token-number", "is not a text");
        row("token-lines", "token that holds control characters");
        row("flood", "answered with more than 1 MiB and was ended");
        row("escapes", "failed with exit code 3: it said “red plainx last");
    }

    void faultsAreNamed()
    {
        QFETCH(QString, mode);
        QFETCH(QString, said);
        const PluginFolder folder;
        const auto answer = planAndRun(folder.target(mode.toUtf8().constData()), folder.options());
        QVERIFY(!answer);
        const std::string message = messageOf(answer);
        GLACIS_CONTAINS(message, said.toStdString());
        GLACIS_CONTAINS(message, "the credential plugin of user “dev” in /home/person/.kube/config ");
        QVERIFY(message.size() < 700);
        QVERIFY2(message.find('\x1b') == std::string::npos && message.find('\n') == std::string::npos,
            message.c_str());
    }

    void sleepersAreEndedAtTheLimit()
    {
        const PluginFolder folder;
        auto options = folder.options();
        options.limit = std::chrono::seconds(1);
        QElapsedTimer timer;
        timer.start();
        const auto answer = planAndRun(folder.target("sleep"), options);
        GLACIS_CONTAINS(messageOf(answer), "did not answer within 1 s and was ended");
        QVERIFY(timer.elapsed() < 5000LL * slowdown);
        QVERIFY(endsSoon(number(folder.read("child"))));
    }

    void cancelReturnsWithinASecond()
    {
        const PluginFolder folder;
        const StopsLater stop(milliseconds(400));
        const auto answer = planAndRun(folder.target("sleep"), folder.options(), stop.token());
        QCOMPARE(text(messageOf(answer)), QStringLiteral("cancelled"));
        QVERIFY(stop.sinceAsked() < milliseconds(1000));
        QVERIFY(endsSoon(number(folder.read("child"))));
    }

    void cancelEndsThoseThatIgnoreTheRequestToo()
    {
        const PluginFolder folder;
        const StopsLater stop(milliseconds(400));
        const auto answer = planAndRun(folder.target("stubborn"), folder.options(), stop.token());
        QCOMPARE(text(messageOf(answer)), QStringLiteral("cancelled"));
        QVERIFY(stop.sinceAsked() < milliseconds(1000));
        QVERIFY(endsSoon(number(folder.read("child"))));
    }

    /// A browser in which the person signed in.
    void whatASuccessfulPluginStartedLivesOn()
    {
        const PluginFolder folder;
        QElapsedTimer timer;
        timer.start();
        const auto answer = planAndRun(folder.target("children"), folder.options());
        QVERIFY2(answer, messageOf(answer).c_str()); // though they still hold standard output open
        QVERIFY(timer.elapsed() < 5000LL * slowdown);
        QTest::qWait(200);
        for (const char* file : { "child", "child2" })
            QVERIFY(isRunning(number(folder.read(file))));
        QVERIFY(killGroup(number(folder.read("group"))));
    }

    void whatLivesOnMayStillWrite()
    {
        const PluginFolder folder;
        const auto answer = planAndRun(folder.target("writes-later"), folder.options());
        QVERIFY2(answer, messageOf(answer).c_str());
        QTRY_COMPARE(text(folder.read("wrote")), QStringLiteral("done\n"));
    }

    void childrenOfAFailedPluginEndWithIt()
    {
        const PluginFolder folder;
        const auto answer = planAndRun(folder.target("failing-children"), folder.options());
        QVERIFY(!answer);
        QVERIFY(endsSoon(number(folder.read("child"))));
        QVERIFY(endsSoon(number(folder.read("child2"))));
    }

    void floodOfErrorsIsCapped()
    {
        const PluginFolder folder;
        auto options = folder.options();
        std::size_t longest = 0;
        options.progress
            = [&](const ExecProgress& p) { longest = std::max(longest, p.standardError.size()); };
        const auto answer = planAndRun(folder.target("flood-errors"), options);
        QVERIFY2(answer, messageOf(answer).c_str());
        QVERIFY(longest > 10000);
        QVERIFY(longest <= 16U << 10);
    }

    void deviceCodeIsShownWhileItWaits()
    {
        const PluginFolder folder;
        auto options = folder.options();
        std::string shown;
        const auto own = std::this_thread::get_id();
        bool elsewhere = false;
        options.progress = [&](const ExecProgress& p) {
            if (!p.standardError.empty() && shown.empty() && p.running < milliseconds(900) * slowdown)
                shown = p.standardError;
            elsewhere = elsewhere || std::this_thread::get_id() != own;
        };
        const auto answer = planAndRun(folder.target("device-code"), options);
        QVERIFY2(answer, messageOf(answer).c_str());
        QCOMPARE(text(shown), QStringLiteral("open https://example.com/device and enter ABCD-EFGH\n"));
        QVERIFY(!elsewhere);
    }

    void closedOutputIsWaitedFor()
    {
        const PluginFolder folder;
        const auto answer = planAndRun(folder.target("closes"), folder.options());
        QVERIFY2(answer, messageOf(answer).c_str());
        QCOMPARE(text(answer->token.reveal()), text(secretToken));
    }

    void argumentsArriveUnchangedAndWithoutAShell()
    {
        const PluginFolder folder;
        auto target = folder.target("arguments");
        target.user.exec->args = { "arguments", "two words", "$HOME", "`id`", "; touch x", "", "\"quoted\"" };
        const auto answer = planAndRun(target, folder.options());
        QVERIFY2(answer, messageOf(answer).c_str());
        QCOMPARE(text(folder.read("arguments")),
            text("<" + folder.path("plugin") + "><two words><$HOME><`id`><; touch x><><\"quoted\">"));
    }

    void pluginIsToldOfTheClusterWhenItAsks()
    {
        const PluginFolder folder;
        auto target = folder.target("info");
        target.cluster.tlsServerName = "inner.example.com";
        target.cluster.certificateAuthorityData = "PEM\n";
        target.cluster.proxyUrl = "http://proxy.example.com:3128";
        target.cluster.disableCompression = true;
        target.cluster.execExtension = R"({"audience":"x"})";
        target.user.exec->provideClusterInfo = true;
        auto answer = planAndRun(target, folder.options());
        QVERIFY2(answer, messageOf(answer).c_str());
        QCOMPARE(text(folder.read("info")),
            QStringLiteral(
                R"({"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","spec":{)"
                R"("cluster":{"server":"https://prod.example.com:6443",)"
                R"("tls-server-name":"inner.example.com","certificate-authority-data":"UEVNCg==",)"
                R"("proxy-url":"http://proxy.example.com:3128","disable-compression":true,)"
                R"("config":{"audience":"x"}},"interactive":false}})"));

        target.cluster.certificateAuthorityData.reset();
        target.cluster.certificateAuthority = folder.path("ca.pem");
        target.cluster.insecureSkipTlsVerify = true;
        folder.write("ca.pem", "FILE");
        answer = planAndRun(target, folder.options());
        QVERIFY2(answer, messageOf(answer).c_str());
        GLACIS_CONTAINS(folder.read("info"), R"("certificate-authority-data":"RklMRQ==")");
        GLACIS_CONTAINS(folder.read("info"), R"("insecure-skip-tls-verify":true)");

        target.user.exec->provideClusterInfo = false;
        answer = planAndRun(target, folder.options());
        QVERIFY2(answer, messageOf(answer).c_str());
        QCOMPARE(text(folder.read("info")),
            QStringLiteral(
                R"({"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","spec":{)"
                R"("interactive":false}})"));
    }

    void pluginGetsItsVariablesAndNothingElse()
    {
        const PluginFolder folder;
        auto target = folder.target("info");
        target.user.exec->env = { { "AWS_PROFILE", "prod" }, { "HOME", "/elsewhere" } };
        qputenv("GLACIS_OWN_VARIABLE", "x"); // of the process, not of the environment that was handed in
        const auto answer = planAndRun(target, folder.options());
        qunsetenv("GLACIS_OWN_VARIABLE");
        QVERIFY2(answer, messageOf(answer).c_str());
        const std::string env = folder.read("env");
        GLACIS_CONTAINS(env, "AWS_PROFILE=prod\n");
        GLACIS_CONTAINS(env, "HOME=/elsewhere\n");
        GLACIS_CONTAINS(env, "PATH=/usr/bin:/bin:/usr/sbin:/sbin\n");
        QVERIFY(env.find("GLACIS_OWN_VARIABLE") == std::string::npos);
        QVERIFY(folder.read("stdin").empty()); // and read did not hang
    }

    void descriptorsOfOursDoNotReachThePlugin()
    {
        if (!QFile::exists(QStringLiteral("/proc/self/fd")))
            QSKIP("no /proc here");
        const PluginFolder folder;
        std::FILE* open = std::fopen(folder.path("plugin").c_str(), "rb"); // without close-on-exec
        const auto answer = planAndRun(folder.target("info"), folder.options());
        std::fclose(open);
        QVERIFY2(answer, messageOf(answer).c_str());
        // ls has the folder itself open as 3.
        QCOMPARE(text(folder.read("descriptors")), QStringLiteral("0\n1\n2\n3\n"));
    }

    void manyRunsLeaveNothingBehind()
    {
        if (!QFile::exists(QStringLiteral("/proc/self/fd")))
            QSKIP("no /proc here");
        const PluginFolder folder;
        const int before = openDescriptors();
        for (int i = 0; i < 50; ++i) {
            const auto answer = planAndRun(folder.target(i % 2 == 0 ? "token" : "fails"), folder.options());
            QCOMPARE(static_cast<bool>(answer), i % 2 == 0);
        }
        QCOMPARE(openDescriptors(), before);
        QVERIFY(!hasChildren()); // zombies are children, too
    }

    void manyRunAtOnce()
    {
        const PluginFolder folder;
        std::atomic<int> good = 0;
        std::vector<std::thread> threads;
        for (int i = 0; i < 8; ++i)
            threads.emplace_back(
                [&] { good += planAndRun(folder.target("token"), folder.options()) ? 1 : 0; });
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(good.load(), 8);
    }

    void changedProgramIsNotRun()
    {
        const PluginFolder folder;
        const auto target = folder.target("token");
        const auto plan = planExec(target, folder.options(), {});
        QVERIFY2(plan, messageOf(plan).c_str());
        folder.writeProgram("plugin", std::string(PluginFolder::script()) + "# changed\n");
        const auto answer = runExec(*plan, target, folder.options(), {});
        GLACIS_CONTAINS(messageOf(answer), "has changed since it was approved");
        QCOMPARE(folder.starts(), 0);
    }

    void programWithoutInterpreterSaysWhy()
    {
        const PluginFolder folder;
        folder.writeProgram("plugin", "#!/nowhere/interpreter\n");
        const auto answer = planAndRun(folder.target("token"), folder.options());
        GLACIS_CONTAINS(messageOf(answer), "cannot be started: No such file or directory");
    }

    void escapesAreRemoved_data()
    {
        QTest::addColumn<QByteArray>("raw");
        QTest::addColumn<QByteArray>("shown");
        QTest::newRow("colour") << QByteArray("\x1b[1;31mred\x1b[0m") << QByteArray("red");
        QTest::newRow("title") << QByteArray("\x1b]0;evil\x07"
                                             "a\x1b]8;;http://x\x1b\\b")
                               << QByteArray("ab");
        QTest::newRow("device string") << QByteArray("\x1bPq#0\x1b\\x") << QByteArray("x");
        QTest::newRow("endless string") << QByteArray("\x1b]0;evil\nline") << QByteArray("\nline");
        QTest::newRow("two characters") << QByteArray("\x1b"
                                                      "cx\x1b(By")
                                        << QByteArray("xy");
        QTest::newRow("cut off") << QByteArray("a\x1b[3") << QByteArray("a");
        QTest::newRow("controls") << QByteArray("a\bb\x7f"
                                                "c\x01\td\r\ne\rf",
            13) << QByteArray("abc\td\ne\nf");
        QTest::newRow("eight-bit control") << QByteArray("a\xC2\x9B"
                                                         "31m")
                                           << QByteArray("a\xEF\xBF\xBD"
                                                         "31m");
        QTest::newRow("not UTF-8") << QByteArray("a\xFF"
                                                 "b")
                                   << QByteArray("a\xEF\xBF\xBD"
                                                 "b");
        QTest::newRow("direction") << QByteArray("a\xE2\x80\xAE"
                                                 "b")
                                   << QByteArray("a\xEF\xBF\xBD"
                                                 "b");
        const QByteArray endless = "\x1b]" + QByteArray(5000, 'x');
        QTest::newRow("string beyond all bounds") << endless << QByteArray(5000, 'x');
    }

    void escapesAreRemoved()
    {
        QFETCH(QByteArray, raw);
        QFETCH(QByteArray, shown);
        QCOMPARE(QByteArray::fromStdString(withoutEscapes(raw.toStdString())), shown);
    }

    void tailOfErrorsIsKept()
    {
        ErrorTail tail;
        for (int i = 0; i < 100000; ++i)
            tail.add("line " + std::to_string(i) + "\n");
        const std::string shown = tail.text();
        QCOMPARE(shown.size(), ErrorTail::kept);
        QVERIFY(shown.ends_with("line 99998\nline 99999\n"));
    }
};

GLACIS_TEST(ExecRunTest)
#include "exec_run_test.moc"
