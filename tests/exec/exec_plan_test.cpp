// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where programs are found when a desktop launch left nearly no PATH, and what is refused before anything
// runs.
#include "fake_plugin.h"

#include <slowdown.h>

#include <base/sha256.h>
#include <cluster/child_process.h>
#include <cluster/program_lookup.h>

#include <chrono>
#include <thread>

using namespace glacis;
using namespace glacis::cluster;
using namespace glacis::test;
using std::chrono::milliseconds;

namespace {

constexpr const char* name = "glacis-fake-plugin";

ContextTarget named(const PluginFolder& folder, const char* command = name)
{
    auto target = folder.target("token");
    target.user.exec->command = command;
    return target;
}

/// A login shell: a script that gets -l -c COMMAND.
std::string shellWith(std::string_view profile)
{
    return "#!/bin/sh\necho \"$1 $2\" >> \"$PLUGIN_FOLDER/shell-asked\"\n" + std::string(profile)
        + "\neval \"$3\"\n";
}

} // namespace

class ExecPlanTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { GLACIS_NEEDS_SHELL(); }
    void init() { forgetLoginShell(); }

    void absolutePathIsTakenAsItIs()
    {
        const PluginFolder folder;
        auto target = folder.target("token");
        target.user.exec->env = { { "A", "b" } };
        const auto plan = planExec(target, folder.options(), {});
        QVERIFY2(plan, messageOf(plan).c_str());
        QCOMPARE(text(plan->program), text(folder.path("plugin")));
        QCOMPARE(text(plan->invokedAs), text(folder.path("plugin")));
        QCOMPARE(text(plan->foundIn), QStringLiteral("absolute path"));
        QCOMPARE(text(plan->sha256), text(sha256Hex(PluginFolder::script())));
        QCOMPARE(text(plan->kubeconfig), QStringLiteral("/home/person/.kube/config"));
        QCOMPARE(text(plan->user), QStringLiteral("dev"));
        QCOMPARE(text(plan->server), QStringLiteral("https://prod.example.com:6443"));
        QVERIFY((plan->env == std::vector<std::pair<std::string, std::string>> { { "A", "b" } }));
        QCOMPARE(folder.starts(), 0); // planning runs nothing
    }

    // Two files of KUBECONFIG: the context stands in one, the user with its plugin in the other.
    void namesTheFileThatNamesThePlugin()
    {
        const PluginFolder folder;
        auto target = folder.target("token");
        target.files.resize(2);
        target.files[0].path = target.file;
        target.files[1].path = "/home/person/team.yaml";
        target.user.place.file = 1;
        const auto plan = planExec(target, folder.options(), {});
        QVERIFY2(plan, messageOf(plan).c_str());
        QCOMPARE(text(plan->kubeconfig), QStringLiteral("/home/person/team.yaml"));
        target.user.exec->command = "/no/such/program";
        GLACIS_CONTAINS(messageOf(planExec(target, folder.options(), {})), "in /home/person/team.yaml");
    }

    void linksAreResolvedButTheNameIsKept()
    {
        const PluginFolder folder;
        QVERIFY(QFile::link(text(folder.path("plugin")), text(folder.path("aws"))));
        auto target = folder.target("arguments");
        target.user.exec->command = folder.path("aws");
        const auto plan = planExec(target, folder.options(), {});
        QVERIFY2(plan, messageOf(plan).c_str());
        QCOMPARE(text(plan->program), text(folder.path("plugin")));
        QCOMPARE(text(plan->invokedAs), text(folder.path("aws")));

        // A shell under another name: told a script, it calls itself by the name it was started with.
        QVERIFY(QFile::link(QStringLiteral("/bin/sh"), text(folder.path("tool"))));
        target.user.exec->command = folder.path("tool");
        target.user.exec->args = { "-c", "printf %s \"$0\" > \"$PLUGIN_FOLDER/name\"" };
        QVERIFY(!planAndRun(target, folder.options()));
        QCOMPARE(text(folder.read("name")), text(folder.path("tool")));
    }

    void orderIsPathSettingsShellKnownFolders()
    {
        const PluginFolder folder;
        auto options = folder.options();
        const auto where = [&](const char* expected) {
            forgetLoginShell();
            const auto plan = planExec(named(folder), options, {});
            return plan ? text(plan->foundIn) == QString::fromUtf8(expected)
                        : (qWarning("%s", messageOf(plan).c_str()), false);
        };
        folder.writeProgram("home/.local/bin/glacis-fake-plugin", PluginFolder::script());
        QVERIFY(where("known folder"));

        folder.writeProgram("profile/glacis-fake-plugin", PluginFolder::script());
        folder.writeProgram(
            "shell", shellWith("echo 'Welcome! PATH=/nowhere'; PATH=$PLUGIN_FOLDER/profile:$PATH"));
        options.environment.variables["SHELL"] = folder.path("shell");
        options.askLoginShell = true;
        QVERIFY(where("login shell"));
        QCOMPARE(text(folder.read("shell-asked")), QStringLiteral("-l -c\n")); // never -i
        options.askLoginShell = false;
        QVERIFY(where("known folder"));
        options.askLoginShell = true;

        folder.writeProgram("chosen/glacis-fake-plugin", PluginFolder::script());
        options.searchFolders = { "relative", folder.path("chosen") };
        QVERIFY(where("settings"));

        folder.writeProgram("bin/glacis-fake-plugin", PluginFolder::script());
        options.environment.variables["PATH"] = "/usr/bin:/bin:" + folder.path("bin");
        QVERIFY(where("PATH"));
        QCOMPARE(text(folder.read("shell-asked")), QStringLiteral("-l -c\n")); // asked only when needed
    }

    void shellIsAskedOnceAndItsPathReachesThePlugin()
    {
        const PluginFolder folder;
        auto options = folder.options();
        folder.writeProgram("profile/glacis-fake-plugin", PluginFolder::script());
        folder.writeProgram("shell", shellWith("PATH=$PLUGIN_FOLDER/profile:relative:/usr/bin:/bin"));
        options.environment.variables["SHELL"] = folder.path("shell");
        options.askLoginShell = true;
        auto target = named(folder);
        target.user.exec->args = { "info" };
        const QByteArray before = qgetenv("PATH");
        for (int i = 0; i < 3; ++i) {
            const auto answer = planAndRun(target, options);
            QVERIFY2(answer, messageOf(answer).c_str());
        }
        QCOMPARE(text(folder.read("shell-asked")), QStringLiteral("-l -c\n"));
        GLACIS_CONTAINS(
            folder.read("env"), "PATH=/usr/bin:/bin:/usr/sbin:/sbin:" + folder.path("profile") + '\n');
        QCOMPARE(qgetenv("PATH"), before);
    }

    void slowShellIsGivenUp()
    {
        const PluginFolder folder;
        auto options = folder.options();
        folder.writeProgram("shell", shellWith("sleep 600"));
        options.environment.variables["SHELL"] = folder.path("shell");
        options.askLoginShell = true;
        options.loginShellLimit = milliseconds(300);
        QElapsedTimer timer;
        timer.start();
        const std::string first = messageOf(planExec(named(folder), options, {}));
        const std::string second = messageOf(planExec(named(folder), options, {}));
        QVERIFY(timer.elapsed() < 3000 * slowdown);
        GLACIS_CONTAINS(first, "did not tell its PATH within 1 s");
        QCOMPARE(text(second), text(first));
        QCOMPARE(text(folder.read("shell-asked")), QStringLiteral("-l -c\n")); // the failure is kept

        forgetLoginShell(); // "try again"
        GLACIS_CONTAINS(messageOf(planExec(named(folder), options, {})), "within 1 s");
        QCOMPARE(text(folder.read("shell-asked")), QStringLiteral("-l -c\n-l -c\n"));
    }

    void slowShellIsCancelled()
    {
        const PluginFolder folder;
        auto options = folder.options();
        folder.writeProgram("shell", shellWith("sleep 600"));
        options.environment.variables["SHELL"] = folder.path("shell");
        options.askLoginShell = true;
        StopSource stop;
        std::thread stopper([&] {
            std::this_thread::sleep_for(milliseconds(300));
            stop.requestStop();
        });
        QElapsedTimer timer;
        timer.start();
        const auto plan = planExec(named(folder), options, stop.token());
        const auto took = timer.elapsed();
        stopper.join();
        QCOMPARE(text(messageOf(plan)), QStringLiteral("cancelled"));
        QVERIFY(took < 1300 * slowdown);
    }

    void shellThatFailsIsSaidInTheMessage()
    {
        const PluginFolder folder;
        auto options = folder.options();
        folder.writeProgram("shell", "#!/bin/sh\necho hello; exit 1\n");
        options.environment.variables["SHELL"] = folder.path("shell");
        options.askLoginShell = true;
        GLACIS_CONTAINS(messageOf(planExec(named(folder), options, {})), "did not tell its PATH)");
    }

    void missingProgramCarriesTheHintWithoutControlCharacters()
    {
        const PluginFolder folder;
        auto target = named(folder);
        target.user.exec->installHint = "Install it from\nhttps://example.com\x1b[2J";
        const auto plan = planExec(target, folder.options(), {});
        const std::string message = messageOf(plan);
        GLACIS_CONTAINS(message,
            "the credential plugin of user “dev” in /home/person/.kube/config cannot be run: the command "
            "glacis-fake-plugin was not found in PATH, the usual folders. Install it "
            "from\nhttps://example.com");
        QVERIFY(message.find('\x1b') == std::string::npos);
    }

    void fileThatMayNotBeExecutedIsNamed()
    {
        const PluginFolder folder;
        auto options = folder.options();
        folder.write("bin/glacis-fake-plugin", "#!/bin/sh\n");
        options.environment.variables["PATH"] = folder.path("bin");
        GLACIS_CONTAINS(messageOf(planExec(named(folder), options, {})),
            folder.path("bin/glacis-fake-plugin") + " is there but may not be executed");
        const auto absolute = named(folder, folder.path("bin/glacis-fake-plugin").c_str());
        GLACIS_CONTAINS(messageOf(planExec(absolute, options, {})), "may not be executed");
    }

    void foldersAndRelativePathsAreRefused()
    {
        const PluginFolder folder;
        auto options = folder.options();
        GLACIS_CONTAINS(messageOf(planExec(named(folder, folder.path("home/..").c_str()), options, {})),
            "does not exist");
        folder.write("home/x", "");
        GLACIS_CONTAINS(messageOf(planExec(named(folder, folder.path("home").c_str()), options, {})),
            "not a regular file");
        GLACIS_CONTAINS(
            messageOf(planExec(named(folder, "./plugin"), options, {})), "neither an absolute path");
        GLACIS_CONTAINS(
            messageOf(planExec(named(folder, "//host/share/plugin"), options, {})), "of this machine");
        GLACIS_CONTAINS(messageOf(planExec(named(folder, ""), options, {})), "the command is empty");
        // The current folder is never looked at, whatever PATH says.
        const QString before = QDir::currentPath();
        QDir::setCurrent(QFileInfo(text(folder.path("plugin"))).path());
        options.environment.variables["PATH"] = ":.:/usr/bin";
        GLACIS_CONTAINS(messageOf(planExec(named(folder, "plugin"), options, {})), "was not found");
        QDir::setCurrent(before);
    }

    void contractIsChecked()
    {
        const PluginFolder folder;
        auto options = folder.options();
        auto target = folder.target("token");
        ExecSpec& spec = *target.user.exec;
        spec.apiVersion = "client.authentication.k8s.io/v1alpha1";
        GLACIS_CONTAINS(messageOf(planExec(target, options, {})), "v1alpha1, which Kubernetes 1.24 removed");
        spec.apiVersion = "v2";
        GLACIS_CONTAINS(messageOf(planExec(target, options, {})), "has apiVersion “v2”, expected");
        spec.apiVersion = "client.authentication.k8s.io/v1";
        spec.interactiveMode.reset();
        GLACIS_CONTAINS(messageOf(planExec(target, options, {})), "has no interactiveMode");
        spec.apiVersion = "client.authentication.k8s.io/v1beta1";
        QVERIFY(planExec(target, options, {}));
        spec.interactiveMode = InteractiveMode::Always;
        GLACIS_CONTAINS(messageOf(planExec(target, options, {})), "it needs a terminal");
        spec.interactiveMode = InteractiveMode::Never;
        spec.args = { std::string("a\0b", 3) };
        GLACIS_CONTAINS(messageOf(planExec(target, options, {})), "an argument with a zero byte");
        spec.args.clear();
        spec.env = { { "A=B", "c" } };
        GLACIS_CONTAINS(messageOf(planExec(target, options, {})), "no program can be given: “A=B”");
        target.user.exec.reset();
        GLACIS_CONTAINS(messageOf(planExec(target, options, {})), "names no credential plugin");
    }

    void windowsNamesPreferExe()
    {
        using Names = std::vector<std::string>;
        QVERIFY((windowsFileNames("aws", ".COM;.EXE;.BAT;.CMD;.VBS;.JS")
            == Names { "aws.exe", "aws.com", "aws.cmd", "aws.bat" }));
        QVERIFY((windowsFileNames("aws", "") == Names { "aws.exe" }));
        QVERIFY((windowsFileNames("aws.CMD", ".EXE") == Names { "aws.CMD" }));
        QVERIFY((windowsFileNames("gke.io", ".EXE") == Names { "gke.io.exe" }));
    }

    void batchFilesGetNothingThatTheirShellInterprets()
    {
        QVERIFY(checkBatchArguments("C:\\x\\gcloud.cmd", { "get-token", "--cluster", "a b", "C:\\d\\" }));
        for (const char* bad : { "a\"b", "%PATH%", "a&calc", "a|b", "a^b", "(a)", "a\nb", "!x!", "<a", ">a" })
            QVERIFY2(!checkBatchArguments("C:\\x\\gcloud.CMD", { "ok", bad }), bad);
        GLACIS_CONTAINS(messageOf(checkBatchArguments("C:\\x\\a.bat", { "ok", "a&b" })), "argument 2 holds");
        QVERIFY(!checkBatchArguments("C:\\100%\\a.bat", {}));
        QVERIFY(checkBatchArguments("C:\\x\\aws.exe", { "a\"b&c" }));
    }

    void windowsCommandLinesAreSplitAgainAsTheyWere()
    {
        const std::string line
            = windowsCommandLine({ "C:\\a b\\x.exe", "", "a\"b", "c\\", "d\\\"e", "f g\\\\" });
        const char* expected = "\"C:\\a b\\x.exe\" \"\" \"a\\\"b\" \"c\\\\\" "
                               "\"d\\\\\\\"e\" \"f g\\\\\\\\\"";
        QCOMPARE(text(line), QString::fromUtf8(expected));
    }
};

GLACIS_TEST(ExecPlanTest)
#include "exec_plan_test.moc"
