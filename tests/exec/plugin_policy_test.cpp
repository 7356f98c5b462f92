// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fake_plugin.h"

#include <cluster/plugin_policy.h>

using namespace glacis;
using namespace glacis::cluster;
using namespace glacis::test;

namespace {

constexpr const char* head = "apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\n";

/// The plugin's folder with this kuberc where kubectl looks for it.
ExecOptions with(const PluginFolder& folder, const std::string& kuberc)
{
    QDir().mkpath(text(folder.path("home/.kube")));
    folder.write("home/.kube/kuberc", kuberc);
    return folder.options();
}

std::string reasonAgainst(const PluginFolder& folder, const ExecOptions& options, const char* command = "")
{
    auto target = folder.target("token");
    if (*command)
        target.user.exec->command = command;
    const auto plan = planExec(target, options, {});
    return messageOf(plan);
}

} // namespace

class PluginPolicyTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { GLACIS_NEEDS_SHELL(); }

    void allowsAllWhereNothingIsSaid_data()
    {
        QTest::addColumn<QByteArray>("kuberc");
        QTest::newRow("no policy") << QByteArray(head);
        QTest::newRow("empty word") << QByteArray(head) + "credentialPluginPolicy: \"\"\n";
        QTest::newRow("allow all") << QByteArray(head) + "credentialPluginPolicy: AllowAll\n";
        QTest::newRow("empty file") << QByteArray();
        QTest::newRow("other kind") << QByteArray(
            "apiVersion: v1\nkind: Config\ncredentialPluginPolicy: DenyAll\n");
        QTest::newRow("aliases only") << QByteArray(head) + "aliases:\n- name: getn\n  command: get\n";
    }
    void allowsAllWhereNothingIsSaid()
    {
        QFETCH(const QByteArray, kuberc);
        const PluginFolder folder;
        QCOMPARE(text(reasonAgainst(folder, with(folder, kuberc.toStdString()))), QString());
    }

    void nothingIsAskedWithoutAFile()
    {
        const PluginFolder folder;
        QCOMPARE(text(reasonAgainst(folder, folder.options())), QString());
    }

    void denyAllPermitsNone()
    {
        const PluginFolder folder;
        const auto options = with(folder, std::string(head) + "credentialPluginPolicy: DenyAll\n");
        GLACIS_CONTAINS(reasonAgainst(folder, options), "may not run");
        GLACIS_CONTAINS(reasonAgainst(folder, options), "/home/.kube/kuberc permits none");
        QVERIFY(!planAndRun(folder.target("token"), options));
        QCOMPARE(folder.starts(), 0);
    }

    void allowlistTakesPathsAndNames_data()
    {
        QTest::addColumn<QByteArray>("entries"); // @ is the folder
        QTest::addColumn<bool>("permitted");
        QTest::newRow("its path") << QByteArray("- command: '@/plugin'") << true;
        QTest::newRow("as 1.35 writes it") << QByteArray("- name: '@/plugin'") << true;
        QTest::newRow("one of several") << QByteArray("- command: other\n- command: '@/plugin'") << true;
        QTest::newRow("with dots") << QByteArray("- command: '@/./plugin'") << true;
        QTest::newRow("another path") << QByteArray("- command: '@/other'") << false;
        QTest::newRow("name that is not in PATH") << QByteArray("- command: plugin") << false;
        QTest::newRow("relative path") << QByteArray("- command: './plugin'") << false;
        QTest::newRow("beginning only") << QByteArray("- command: '@/plug'") << false;
    }
    void allowlistTakesPathsAndNames()
    {
        QFETCH(QByteArray, entries);
        QFETCH(const bool, permitted);
        const PluginFolder folder;
        entries.replace("@", QByteArray::fromStdString(folder.path(".")).chopped(2));
        const auto options = with(folder,
            std::string(head) + "credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist:\n"
                + entries.toStdString() + '\n');
        const std::string reason = reasonAgainst(folder, options);
        if (permitted)
            QCOMPARE(text(reason), QString());
        else
            GLACIS_CONTAINS(reason, "does not list");
    }

    void namesAreLookedUp()
    {
        const PluginFolder folder;
        auto options = with(folder,
            std::string(head)
                + "credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist:\n- command: plugin\n");
        options.environment.variables["PATH"] = folder.path(".");
        QCOMPARE(text(reasonAgainst(folder, options, "plugin")), QString());
        QCOMPARE(text(reasonAgainst(folder, options)), QString()); // by its path, too
    }

    /// The text of the path normalises to the listed program, the system opens another.
    void linksDoNotLeadAround()
    {
        const PluginFolder folder;
        QDir().mkpath(text(folder.path("deep/a/b")));
        QDir().mkpath(text(folder.path("deep/bin")));
        QDir().mkpath(text(folder.path("bin")));
        folder.writeProgram("bin/plugin", "#!/bin/sh\n");
        folder.writeProgram("deep/bin/plugin", "#!/bin/sh\n");
        QVERIFY(QFile::link(text(folder.path("deep/a/b")), text(folder.path("link"))));
        const auto options = with(folder,
            std::string(head) + "credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist:\n- command: '"
                + folder.path("bin/plugin") + "'\n");
        QCOMPARE(text(reasonAgainst(folder, options, folder.path("bin/plugin").c_str())), QString());
        GLACIS_CONTAINS(
            reasonAgainst(folder, options, folder.path("link/../../bin/plugin").c_str()), "does not list");
        // A link to the folder itself is the same file.
        QVERIFY(QFile::link(text(folder.path("bin")), text(folder.path("tools"))));
        QCOMPARE(text(reasonAgainst(folder, options, folder.path("tools/plugin").c_str())), QString());
        // One to the file is another name, under which it may do something else.
        QVERIFY(QFile::link(text(folder.path("bin/plugin")), text(folder.path("bin/other"))));
        GLACIS_CONTAINS(reasonAgainst(folder, options, folder.path("bin/other").c_str()), "does not list");
    }

    void documentsOfOtherVersionsAreGonePast()
    {
        const PluginFolder folder;
        const std::string deny = std::string(head) + "credentialPluginPolicy: DenyAll\n";
        const std::string old = "apiVersion: kubectl.config.k8s.io/v1alpha1\nkind: Preference\n";
        GLACIS_CONTAINS(reasonAgainst(folder, with(folder, old + "---\n" + deny)), "permits none");
        QCOMPARE(text(reasonAgainst(folder, with(folder, old))), QString());
        const std::string other = "apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Something\n"
                                  "credentialPluginPolicy: DenyAll\n";
        QCOMPARE(text(reasonAgainst(folder, with(folder, other))), QString());
        const std::string later = "apiVersion: kubectl.config.k8s.io/v9\nkind: Preference\n"
                                  "credentialPluginPolicy: DenyAll\n";
        GLACIS_CONTAINS(reasonAgainst(folder, with(folder, later)), "kubectl.config.k8s.io/v9, expected");
    }

    void whatIsNotKnownIsNotPermitted_data()
    {
        QTest::addColumn<QByteArray>("kuberc");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("no YAML") << QByteArray("kind: {Preference") << QByteArray("line 2: is no valid YAML");
        QTest::newRow("another word") << QByteArray(head) + "credentialPluginPolicy: AllowList\n"
                                      << QByteArray("“AllowList”");
        QTest::newRow("no text") << QByteArray(head) + "credentialPluginPolicy: [DenyAll]\n"
                                 << QByteArray("no text");
        QTest::newRow("no entries") << QByteArray(head) + "credentialPluginPolicy: Allowlist\n"
                                    << QByteArray("is empty");
        QTest::newRow("list without policy")
            << QByteArray(head) + "credentialPluginAllowlist:\n- command: plugin\n"
            << QByteArray("is not Allowlist");
        QTest::newRow("empty entry") << QByteArray(head)
                + "credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist:\n- command: ''\n"
                                     << QByteArray("has no command");
        QTest::newRow("no list") << QByteArray(head)
                + "credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: plugin\n"
                                 << QByteArray("is no list");
    }
    void whatIsNotKnownIsNotPermitted()
    {
        QFETCH(const QByteArray, kuberc);
        QFETCH(const QByteArray, says);
        const PluginFolder folder;
        const std::string reason = reasonAgainst(folder, with(folder, kuberc.toStdString()));
        GLACIS_CONTAINS(reason, "is not known");
        GLACIS_CONTAINS(reason, says.toStdString());
    }

    void theVariableNamesAnotherFile()
    {
        const PluginFolder folder;
        auto options = with(folder, std::string(head) + "credentialPluginPolicy: AllowAll\n");
        folder.write("mine", std::string(head) + "credentialPluginPolicy: DenyAll\n");
        options.environment.variables["KUBERC"] = folder.path("mine");
        GLACIS_CONTAINS(reasonAgainst(folder, options), "/mine permits none");
        options.environment.variables["KUBERC"] = folder.path("missing");
        GLACIS_CONTAINS(reasonAgainst(folder, options), "does not exist");
        options.environment.variables["KUBERC"] = "mine"; // in the working folder
        GLACIS_CONTAINS(reasonAgainst(folder, options), "/mine permits none");
    }

    void offIsOff()
    {
        const PluginFolder folder;
        auto options = with(folder, std::string(head) + "credentialPluginPolicy: DenyAll\n");
        options.environment.variables["KUBERC"] = "off";
        QCOMPARE(text(reasonAgainst(folder, options)), QString());
        options.environment.variables.erase("KUBERC");
        options.environment.variables["KUBECTL_KUBERC"] = "False";
        QCOMPARE(text(reasonAgainst(folder, options)), QString());
    }
};

GLACIS_TEST(PluginPolicyTest)
#include "plugin_policy_test.moc"
