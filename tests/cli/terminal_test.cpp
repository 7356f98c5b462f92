// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The built program at a terminal: the question before a credential plugin runs, and a plugin that asks
// there.
#include "cluster_home.h"
#include "test_main.h"

#include <certificates.h>
#include <made_cluster.h>

#include <QElapsedTimer>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __APPLE__
#include <util.h>
#else
#include <pty.h>
#endif

using namespace glacis::test;

namespace {

/// A child that holds a terminal of its own; we are the person before it.
class AtTerminal {
public:
    AtTerminal(const Home& home, const QByteArray& line)
    {
        std::vector<QByteArray> words { QByteArray(GLACIS_PROGRAM) };
        for (const QString& word : home.words(line))
            words.push_back(word.toUtf8());
        std::vector<QByteArray> variables;
        for (const QString& variable : home.environment().toStringList())
            variables.push_back(variable.toUtf8());
        const auto pointers = [](std::vector<QByteArray>& texts) {
            std::vector<char*> out;
            for (QByteArray& text : texts)
                out.push_back(text.data());
            out.push_back(nullptr);
            return out;
        };
        const std::vector<char*> argv = pointers(words);
        const std::vector<char*> envp = pointers(variables);
        winsize size {};
        size.ws_col = 80;
        size.ws_row = 24;
        m_pid = ::forkpty(&m_terminal, nullptr, nullptr, &size);
        if (m_pid < 0)
            qFatal("forkpty: %s", std::strerror(errno));
        if (m_pid == 0) {
            ::execve(argv.front(), argv.data(), envp.data());
            ::_exit(127);
        }
    }
    ~AtTerminal()
    {
        if (m_pid > 0) {
            ::kill(m_pid, SIGKILL);
            ::waitpid(m_pid, nullptr, 0);
        }
        ::close(m_terminal);
    }
    AtTerminal(const AtTerminal&) = delete;
    AtTerminal& operator=(const AtTerminal&) = delete;

    /// Waits until the screen shows it.
    [[nodiscard]] bool shows(const QByteArray& text)
    {
        QElapsedTimer timer;
        timer.start();
        while (!m_screen.contains(text)) {
            if (timer.hasExpired(20'000) || !look(100))
                return m_screen.contains(text);
        }
        return true;
    }
    void type(const QByteArray& keys) const
    {
        if (::write(m_terminal, keys.constData(), static_cast<std::size_t>(keys.size())) < 0)
            qFatal("the terminal is gone");
    }
    /// Exit code; 1000 + signal when one ended it; -1: it did not end.
    [[nodiscard]] int end()
    {
        QElapsedTimer timer;
        timer.start();
        int status = 0;
        while (::waitpid(m_pid, &status, WNOHANG) == 0) {
            if (timer.hasExpired(30'000))
                return -1;
            look(20);
        }
        m_pid = -1;
        while (look(0)) { }
        return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
    }
    [[nodiscard]] QByteArray screen() const { return m_screen; }

private:
    bool look(int milliseconds)
    {
        pollfd watched { m_terminal, POLLIN, 0 };
        if (::poll(&watched, 1, milliseconds) <= 0)
            return milliseconds > 0;
        char bytes[4096];
        const auto count = ::read(m_terminal, bytes, sizeof bytes);
        if (count <= 0)
            return false;
        m_screen.append(bytes, static_cast<qsizetype>(count));
        return true;
    }

    pid_t m_pid = -1;
    int m_terminal = -1;
    QByteArray m_screen;
};

/// A server, and a kubeconfig whose user has a plugin.
struct Place {
    /// made: the server is a small cluster; else it refuses every token.
    explicit Place(const QByteArray& plugin, const QByteArray& mode = "IfAvailable", bool made = false)
    {
        ServerOptions options;
        options.tls = authority.issue({ .commonName = "server", .names = { "127.0.0.1" } });
        if (made) {
            cluster = std::make_unique<MadeCluster>(std::vector<std::string> { "shop" }, options);
            server = &cluster->server;
        } else {
            alone = std::make_unique<HostileServer>(options);
            alone->otherwise(status(401, "Unauthorized", "who are you"));
            server = alone.get();
        }
        home.writeProgram(QStringLiteral("plugin"), "#!/bin/sh\n" + plugin);
        home.write(QStringLiteral("ca.pem"), QByteArray::fromStdString(authority.pem()));
        QByteArray config = kubeconfig(server->url(),
            "{exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: " + mode + ", command: \""
                + home.path(QStringLiteral("plugin")).toUtf8() + "\", args: [--profile, prod]}}");
        config.replace("cluster: {server:", "cluster: {certificate-authority: ca.pem, server:");
        home.write(QStringLiteral("k"), config);
    }
    [[nodiscard]] std::string tokenSent() const
    {
        const auto requests = server->requests();
        return requests.empty() ? "" : requests.front().header("Authorization").value_or("");
    }

    Authority authority { "test CA" };
    std::unique_ptr<HostileServer> alone;
    std::unique_ptr<MadeCluster> cluster;
    HostileServer* server = nullptr; ///< of the two
    Home home;
};

const QByteArray scan = "scan --kubeconfig @k";
const QByteArray question = "[N] no: ";

QByteArray answerWith(const QByteArray& token)
{
    return "printf '{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"kind\":\"ExecCredential\","
           "\"status\":{\"token\":\"%s\"}}' "
        + token + "\n";
}

}

class TerminalTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        const int terminal = ::posix_openpt(O_RDWR | O_NOCTTY);
        const bool there = terminal >= 0 && ::grantpt(terminal) == 0 && ::unlockpt(terminal) == 0
            && QFile::exists(QString::fromUtf8(::ptsname(terminal)));
        const int reason = errno;
        if (terminal >= 0)
            ::close(terminal);
        if (!there)
            QSKIP(QByteArray("no pseudo-terminal can be opened here: ")
                      .append(std::strerror(reason))
                      .constData());
    }
    void asksBeforeAPluginRuns_data();
    void asksBeforeAPluginRuns();
    void remembersAYesForever();
    void interruptAtTheQuestionEndsAll();
    void pluginMayAskThePerson_data();
    void pluginMayAskThePerson();
    void pluginMayAskInTheMiddleOfAScan();
    void pluginThatMayNotAskSeesNoTerminal();
    void interruptEndsAPluginThatWaits();
};

void TerminalTest::asksBeforeAPluginRuns_data()
{
    QTest::addColumn<QByteArray>("keys");
    QTest::addColumn<bool>("runs");
    QTest::newRow("yes") << QByteArray("y\n") << true;
    QTest::newRow("no") << QByteArray("n\n") << false;
    QTest::newRow("only Enter") << QByteArray("\n") << false;
    QTest::newRow("another word") << QByteArray("yes\n") << false;
    QTest::newRow("end of input") << QByteArray("\x04") << false;
}

void TerminalTest::asksBeforeAPluginRuns()
{
    QFETCH(QByteArray, keys);
    QFETCH(bool, runs);
    const Place place("touch \"$0.ran\"\n" + answerWith("t0ken"));
    const QString ran = place.home.path(QStringLiteral("plugin.ran"));
    AtTerminal program(place.home, scan);
    QVERIFY2(program.shows(question), program.screen().constData());
    QVERIFY(!QFile::exists(ran));
    for (const char* word : { "--profile", "sha256 ", "its answer goes to " })
        QVERIFY2(program.screen().contains(word), word);
    QVERIFY(program.screen().contains(place.home.path(QStringLiteral("plugin")).toUtf8()));
    QVERIFY(place.server->requests().empty());
    program.type(keys);
    QCOMPARE(program.end(), 2); // refused here, or by the server
    QCOMPARE(QFile::exists(ran), runs);
    QCOMPARE(place.tokenSent(), runs ? std::string("Bearer t0ken") : std::string());
    QVERIFY(!program.screen().contains("t0ken"));
}

void TerminalTest::remembersAYesForever()
{
    const Place place(answerWith("t0ken"));
    {
        AtTerminal program(place.home, scan);
        QVERIFY(program.shows(question));
        program.type("a\n");
        QCOMPARE(program.end(), 2);
    }
    AtTerminal again(place.home, scan);
    QCOMPARE(again.end(), 2);
    QVERIFY2(!again.screen().contains(question), again.screen().constData());
    place.home.writeProgram(QStringLiteral("plugin"), "#!/bin/sh\n# another\n" + answerWith("t0ken"));
    AtTerminal changed(place.home, scan);
    QVERIFY2(changed.shows(question), changed.screen().constData());
}

void TerminalTest::interruptAtTheQuestionEndsAll()
{
    const Place place(answerWith("t0ken"));
    AtTerminal program(place.home, scan);
    QVERIFY(program.shows(question));
    program.type("\x03");
    const int code = program.end();
    QVERIFY2(code == 130 || code == 1000 + SIGINT, QByteArray::number(code).constData());
    QVERIFY(place.server->requests().empty());
}

void TerminalTest::pluginMayAskThePerson_data()
{
    QTest::addColumn<QByteArray>("mode");
    QTest::newRow("if available") << QByteArray("IfAvailable");
    QTest::newRow("always") << QByteArray("Always");
}

// A background process that reads the terminal would be stopped, and the scan would wait forever.
void TerminalTest::pluginMayAskThePerson()
{
    QFETCH(QByteArray, mode);
    // A refused token is asked for anew, once: this one then has none.
    const Place place("[ -e \"$0.ran\" ] && exit 1\ntouch \"$0.ran\"\n"
                      "printf 'PIN, please: ' >&2\nread pin\ncase \"$KUBERNETES_EXEC_INFO\" in\n"
                      "  *'\"interactive\":true'*) ;;\n  *) pin=untold ;;\nesac\nsleep 1\n"
            + answerWith("\"pin-$pin\""),
        mode);
    AtTerminal program(place.home, scan + " --allow-exec");
    QVERIFY2(program.shows("PIN, please: "), program.screen().constData());
    program.type("4711\n");
    const int code = program.end();
    QVERIFY2(code == 2, program.screen().constData());
    QCOMPARE(place.tokenSent(), std::string("Bearer pin-4711"));
    // Nothing of ours stands between the question and what was typed.
    QVERIFY2(program.screen().contains("PIN, please: 4711"), program.screen().constData());
    QVERIFY2(!program.screen().contains("waiting for the credential plugin"), program.screen().constData());
}

// The lists that go on meanwhile have a progress to tell, and do not.
void TerminalTest::pluginMayAskInTheMiddleOfAScan()
{
    const Place place("echo x >> \"$0.runs\"\nprintf \"PIN $(wc -l < \"$0.runs\"): \" >&2\nread pin\n"
            + answerWith("\"pin-$pin\""),
        "Always", true);
    const std::string pods = listJson("v1", "PodList", podJson("shop", "web"));
    using namespace std::chrono_literals;
    place.server->on(
        "/api/v1/pods", sequence({ after(500ms, status(401, "Unauthorized", "expired")), json(pods) }));
    // Under way when the pods are refused, and there while the person looks for the number.
    for (const auto& [path, kind] : std::vector<std::pair<std::string, std::string>> {
             { "/api/v1/nodes", "NodeList" }, { "/api/v1/services", "ServiceList" },
             { "/api/v1/configmaps", "ConfigMapList" }, { "/api/v1/serviceaccounts", "ServiceAccountList" } })
        place.server->on(path, after(1200ms, json(listJson("v1", kind, ""))));
    for (const auto& [path, kind] :
        std::vector<std::pair<std::string, std::string>> { { "/apis/apps/v1/deployments", "DeploymentList" },
            { "/apis/apps/v1/replicasets", "ReplicaSetList" },
            { "/apis/apps/v1/daemonsets", "DaemonSetList" },
            { "/apis/apps/v1/statefulsets", "StatefulSetList" } })
        place.server->on(path, after(1200ms, json(listJson("apps/v1", kind, ""))));
    AtTerminal program(place.home, scan + " --allow-exec");
    QVERIFY2(program.shows("PIN 1: "), program.screen().constData());
    program.type("1\n");
    QVERIFY2(program.shows("PIN 2: "), program.screen().constData());
    QTest::qWait(1500);
    program.type("2\n");
    const int code = program.end();
    QVERIFY2(code == 0, program.screen().constData());
    QVERIFY2(program.screen().contains("PIN 2: 2"), program.screen().constData());
    QVERIFY2(program.screen().mid(program.screen().indexOf("PIN 2: ")).contains(" of "),
        "no progress was told after the plugin");
    QCOMPARE(place.server->requests("/api/v1/pods").back().header("Authorization").value_or(""),
        std::string("Bearer pin-2"));
}

void TerminalTest::pluginThatMayNotAskSeesNoTerminal()
{
    const Place place("if read pin; then pin=read; else pin=nothing; fi\n"
                      "if (exec < /dev/tty) 2> /dev/null; then pin=terminal; fi\n"
            + answerWith("\"$pin\""),
        "Never");
    AtTerminal program(place.home, scan + " --allow-exec");
    QCOMPARE(program.end(), 2);
    QCOMPARE(place.tokenSent(), std::string("Bearer nothing"));
}

void TerminalTest::interruptEndsAPluginThatWaits()
{
    const Place place("echo 'waiting for a key' >&2\nread key\n" + answerWith("t0ken"));
    AtTerminal program(place.home, scan + " --allow-exec");
    QVERIFY2(program.shows("waiting for a key"), program.screen().constData());
    program.type("\x03"); // goes to the plugin, which holds the terminal
    QCOMPARE(program.end(), 2);
    QVERIFY(place.server->requests().empty());
}

GLACIS_TEST(TerminalTest)
#include "terminal_test.moc"
