// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fake_plugin.h"

#include <slowdown.h>

#include <cluster/credential.h>
#include <cluster/credential_file.h>
#include <cluster/impersonation.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <thread>

#if !defined(_WIN32)
#include <sys/stat.h>
#endif

using namespace glacis;
using namespace glacis::cluster;
using namespace glacis::test;
using std::chrono::milliseconds;

namespace {

using Headers = std::vector<std::pair<std::string, std::string>>;

/// A user without a plugin.
ContextTarget plain(const PluginFolder& folder)
{
    auto target = folder.target("token");
    target.user.exec.reset();
    return target;
}

/// Time that a test sets.
struct Clock {
    std::shared_ptr<std::atomic<std::int64_t>> now
        = std::make_shared<std::atomic<std::int64_t>>(1767225600); // 2026-01-01T00:00:00Z
    void pass(std::int64_t seconds) const { *now += seconds; }
    [[nodiscard]] ExecOptions in(ExecOptions options) const
    {
        options.clock = [time = now] { return time->load(); };
        return options;
    }
};

QString tokenOf(const Result<CredentialPtr>& credential)
{
    return credential ? text((*credential)->bearerToken.reveal()) : QStringLiteral("no credential");
}

/// The file's time a little later: some file systems count in whole seconds.
void touchLater(const std::string& path, int seconds)
{
    const std::filesystem::path file(path);
    std::filesystem::last_write_time(
        file, std::filesystem::last_write_time(file) + std::chrono::seconds(seconds));
}

} // namespace

class CredentialTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void staticOnesAreTakenOver()
    {
        const PluginFolder folder;
        auto target = plain(folder);
        target.user.token = Wiped("abc");
        CredentialSource source(target, folder.options());
        const auto first = source.current({});
        QCOMPARE(tokenOf(first), QStringLiteral("abc"));
        QCOMPARE((*first)->generation, std::uint64_t { 1 });
        QCOMPARE(source.current({})->get(), first->get()); // nothing has changed
        QVERIFY(!source.rejected(**first));

        target.user.token = {};
        target.user.username = "admin";
        target.user.password = Wiped("pass");
        CredentialSource basic(target, folder.options());
        const auto pair = basic.current({});
        QVERIFY(pair);
        QCOMPARE(text((*pair)->username), QStringLiteral("admin"));
        QCOMPARE(text((*pair)->password.reveal()), QStringLiteral("pass"));
        QVERIFY(!basic.rejected(**pair));
    }

    void pluginIsIgnoredBesideAnythingElse()
    {
        GLACIS_NEEDS_SHELL();
        const PluginFolder folder;
        folder.write("token", "from-file\n");
        const MadePair pair = makePair("dev");
        const std::pair<const char*, std::function<void(UserEntry&)>> others[] {
            { "token", [](UserEntry& u) { u.token = Wiped("t"); } },
            { "token file", [&](UserEntry& u) { u.tokenFile = folder.path("token"); } },
            { "basic", [](UserEntry& u) { u.username = "admin"; } },
            { "certificate",
                [&](UserEntry& u) {
                    u.clientCertificateData = pair.certificate;
                    u.clientKeyData = Wiped(pair.key);
                } },
        };
        for (const auto& [what, set] : others) {
            auto target = folder.target("token");
            set(target.user);
            CredentialSource source(target, folder.options());
            const auto credential = source.current({});
            QVERIFY2(credential, what);
            QVERIFY2(!(*credential)->bearerToken.same(Wiped(secretToken)), what);
        }
        QCOMPARE(folder.starts(), 0);
    }

    void nothingSecretGoesToPlainHttp()
    {
        const PluginFolder folder;
        auto target = folder.target("token");
        target.cluster.server = "HTTP://prod.example.com";
        target.user.token = Wiped("abc");
        target.user.username = "admin";
        target.user.password = Wiped("pass");
        target.user.impersonate = "jane";
        CredentialSource source(target, folder.options());
        const auto credential = source.current({});
        QVERIFY(credential);
        QVERIFY((*credential)->bearerToken.empty());
        QVERIFY((*credential)->username.empty());
        QVERIFY(((*credential)->impersonation == Headers { { "Impersonate-User", "jane" } }));
    }

    void tokenFileIsReadAgain()
    {
        const PluginFolder folder;
        const Clock clock;
        auto target = plain(folder);
        target.user.tokenFile = folder.path("token");
        target.user.token = Wiped("from-kubeconfig"); // the file wins
        folder.write("token", "  one \n");
        CredentialSource source(target, clock.in(folder.options()));
        const auto first = source.current({});
        QCOMPARE(tokenOf(first), QStringLiteral("one"));
        folder.write("token", "two");
        clock.pass(49);
        QCOMPARE(tokenOf(source.current({})), QStringLiteral("one"));
        clock.pass(1); // 60 s less 10 s
        const auto second = source.current({});
        QCOMPARE(tokenOf(second), QStringLiteral("two"));
        QCOMPARE((*second)->generation, std::uint64_t { 2 });
        QVERIFY(source.rejected(**first)); // an older one: there is a newer

        QFile::remove(text(target.user.tokenFile));
        clock.pass(100);
        QCOMPARE(tokenOf(source.current({})), QStringLiteral("two")); // the last good one
        folder.write("token", "");
        clock.pass(100);
        QCOMPARE(tokenOf(source.current({})), QStringLiteral("two"));
    }

    void tokenFileIsReadAtOnceWhenTheServerRefuses()
    {
        const PluginFolder folder;
        const Clock clock;
        auto target = plain(folder);
        target.user.tokenFile = folder.path("token");
        folder.write("token", "one");
        CredentialSource source(target, clock.in(folder.options()));
        const auto first = source.current({});
        QVERIFY(first);
        QVERIFY(!source.rejected(**first)); // the file holds the same
        folder.write("token", "two");
        QVERIFY(source.rejected(**first));
        const auto second = source.current({});
        QCOMPARE(tokenOf(second), QStringLiteral("two"));

        QFile::remove(text(target.user.tokenFile));
        QVERIFY(!source.rejected(**second));
        const auto none = source.current({}); // dropped: not sent again
        GLACIS_CONTAINS(messageOf(none), "the token file " + target.user.tokenFile + " cannot be read");
        GLACIS_CONTAINS(messageOf(none), "user “dev” in /home/person/.kube/config");
    }

    void oddFilesAreRefused()
    {
        GLACIS_NEEDS_SHELL();
        const PluginFolder folder;
        const auto said = [&](const std::string& path) {
            auto target = plain(folder);
            target.user.tokenFile = path;
            CredentialSource source(target, folder.options());
            return messageOf(source.current({}));
        };
        GLACIS_CONTAINS(said("/dev/zero"), "is not a regular file");
        GLACIS_CONTAINS(said(folder.path("")), "is not a regular file");
        GLACIS_CONTAINS(said("\\\\host\\share\\token"), "lies on another machine");
        GLACIS_CONTAINS(said("//host/share/token"), "lies on another machine");
        folder.write("large", std::string((1U << 20) + 1, 'x'));
        GLACIS_CONTAINS(said(folder.path("large")), "larger than 1 MiB");
        folder.write("fits", std::string(1U << 20, 'x'));
        GLACIS_CONTAINS(said(folder.path("fits")) + "fine", "fine");
        folder.write("lines", std::string(secretToken) + "\nX-Other: header\n");
        GLACIS_CONTAINS(said(folder.path("lines")), "holds control characters");
        folder.write("blank", " \n");
        GLACIS_CONTAINS(said(folder.path("blank")), "is empty");
#if !defined(_WIN32)
        QCOMPARE(::mkfifo(folder.path("pipe").c_str(), 0600), 0);
        GLACIS_CONTAINS(said(folder.path("pipe")), "is not a regular file"); // and does not hang
#endif
    }

    void brokenTokensAreNotSent()
    {
        const PluginFolder folder;
        auto target = plain(folder);
        target.user.token = Wiped(std::string(secretToken) + "\r\nX-Other: header");
        CredentialSource source(target, folder.options());
        GLACIS_CONTAINS(messageOf(source.current({})), "a token with control characters");
    }

    void certificateFilesAreReadAgainWhenTheyChange()
    {
        const PluginFolder folder;
        const MadePair old = makePair("old");
        const MadePair next = makePair("new");
        folder.write("tls.crt", old.certificate);
        folder.write("tls.key", old.key);
        auto target = plain(folder);
        target.user.clientCertificate = folder.path("tls.crt");
        target.user.clientKey = folder.path("tls.key");
        CredentialSource source(target, folder.options());
        const auto first = source.current({});
        QVERIFY2(first, messageOf(first).c_str());
        QCOMPARE(text((*first)->certificatePem), text(old.certificate));
        QCOMPARE(text((*first)->keyPem.reveal()), text(old.key));
        QVERIFY(!source.rejected(**first));

        folder.write("tls.crt", next.certificate);
        touchLater(folder.path("tls.crt"), 2);
        QCOMPARE(text((*source.current({}))->certificatePem), text(old.certificate)); // half of a rotation
        folder.write("tls.key", next.key);
        touchLater(folder.path("tls.key"), 2);
        QVERIFY(source.rejected(**first));
        const auto second = source.current({});
        QCOMPARE(text((*second)->certificatePem), text(next.certificate));
        QCOMPARE(text((*second)->keyPem.reveal()), text(next.key));
        QCOMPARE((*second)->generation, std::uint64_t { 2 });

        QFile::remove(text(target.user.clientKey));
        QCOMPARE(source.current({})->get(), second->get());
    }

    void certificateFaultsAreNamed()
    {
        const PluginFolder folder;
        const MadePair pair = makePair("dev");
        auto target = plain(folder);
        const auto said = [&] {
            CredentialSource source(target, folder.options());
            return messageOf(source.current({}));
        };
        target.user.clientCertificateData = pair.certificate;
        GLACIS_CONTAINS(said(), "has a client certificate but no client key");
        target.user.clientKeyData = Wiped(makePair("other").key);
        GLACIS_CONTAINS(
            said(), "(in the kubeconfig) cannot be used: the key does not belong to the certificate");
        target.user.clientKeyData = Wiped("nonsense");
        GLACIS_CONTAINS(said(), "the key is not PEM");
        target.user.clientKeyData
            = Wiped("-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAA=\n-----END ENCRYPTED PRIVATE KEY-----\n");
        GLACIS_CONTAINS(said(), "the key is encrypted");
        target.user.clientKeyData = Wiped(pair.key);
        QCOMPARE(text(said()), QString());
        target.user.clientCertificateData = "nonsense";
        GLACIS_CONTAINS(said(), "the certificate is not PEM");
        target.user.clientCertificateData.reset();
        target.user.clientCertificate = folder.path("missing.crt");
        GLACIS_CONTAINS(said(), "the client certificate " + folder.path("missing.crt") + " cannot be read");
    }

    void impersonationBecomesHeaders()
    {
        const PluginFolder folder;
        auto target = plain(folder);
        target.user.impersonate = "jane@example.com";
        target.user.impersonateUid = "42";
        target.user.impersonateGroups = { "dev", "ops" };
        target.user.impersonateExtra = { { "Example.com/Scope s%", { "view", "ädit" } } };
        CredentialSource source(target, folder.options());
        const auto credential = source.current({});
        QVERIFY2(credential, messageOf(credential).c_str());
        QVERIFY(((*credential)->impersonation
            == Headers { { "Impersonate-User", "jane@example.com" }, { "Impersonate-Uid", "42" },
                { "Impersonate-Group", "dev" }, { "Impersonate-Group", "ops" },
                { "Impersonate-Extra-Example.com%2FScope%20s%25", "view" },
                { "Impersonate-Extra-Example.com%2FScope%20s%25", "ädit" } }));
    }

    void impersonationThatNoHeaderCanHoldIsRefused()
    {
        const auto said = [](const std::function<void(UserEntry&)>& set) {
            UserEntry user;
            user.name = "dev";
            user.impersonate = "jane";
            set(user);
            return messageOf(impersonationHeaders(user));
        };
        GLACIS_CONTAINS(said([](UserEntry& u) { u.impersonate = "a\r\nX-Other: b"; }), "Impersonate-User");
        GLACIS_CONTAINS(said([](UserEntry& u) { u.impersonateUid = "a\n"; }), "Impersonate-Uid");
        GLACIS_CONTAINS(said([](UserEntry& u) {
            u.impersonateGroups = { "x", std::string("a\0", 2) };
        }),
            "Impersonate-Group");
        GLACIS_CONTAINS(said([](UserEntry& u) {
            u.impersonateExtra = { { "k\n", { "v\n" } } };
        }),
            "Impersonate-Extra-k%0A");
        GLACIS_CONTAINS(said([](UserEntry& u) {
            u.impersonate.clear();
            u.impersonateGroups = { "x" };
        }),
            "names no user in “as”");
    }

    void authProvidersNameTheirReplacement()
    {
        const PluginFolder folder;
        const auto said = [&](const char* provider, bool exec) {
            auto target = exec ? folder.target("token") : plain(folder);
            target.user.authProvider = provider;
            CredentialSource source(target, folder.options());
            return messageOf(source.current({}));
        };
        GLACIS_CONTAINS(said("gcp", false), "gke-gcloud-auth-plugin");
        GLACIS_CONTAINS(said("azure", false), "kubelogin convert-kubeconfig");
        GLACIS_CONTAINS(said("oidc", false), "kubectl oidc-login");
        GLACIS_CONTAINS(said("own\x1b", false), "the auth provider “own\uFFFD”");
        GLACIS_CONTAINS(said("gcp", true), "expected one of them");
    }

    void pluginRunsOnceForAllWhoWait()
    {
        GLACIS_NEEDS_SHELL();
        const PluginFolder folder;
        CredentialSource source(folder.target("slow"), folder.options());
        std::atomic<int> good = 0;
        std::vector<std::thread> threads;
        for (int i = 0; i < 8; ++i)
            threads.emplace_back([&] { good += tokenOf(source.current({})) == text(secretToken) ? 1 : 0; });
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(good.load(), 8);
        QCOMPARE(folder.starts(), 1);
        QVERIFY(source.current({}));
        QCOMPARE(folder.starts(), 1); // without an expiry it is good until a 401
    }

    void failureIsSharedByAllWhoWait()
    {
        GLACIS_NEEDS_SHELL();
        const PluginFolder folder;
        auto target = folder.target("fails");
        folder.writeProgram(
            "plugin", "#!/bin/sh\necho start >> \"$PLUGIN_FOLDER/starts\"\nsleep 0.7\nexit 7\n");
        CredentialSource source(target, folder.options());
        std::atomic<int> failed = 0;
        std::vector<std::thread> threads;
        for (int i = 0; i < 8; ++i)
            threads.emplace_back([&] { failed += source.current({}) ? 0 : 1; });
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(failed.load(), 8);
        QCOMPARE(folder.starts(), 1);
    }

    void whoGivesUpDoesNotFailTheOthers()
    {
        GLACIS_NEEDS_SHELL();
        const PluginFolder folder;
        CredentialSource source(folder.target("slow"), folder.options());
        StopSource stop;
        std::string first;
        std::thread givesUp([&] { first = messageOf(source.current(stop.token())); });
        while (folder.starts() == 0)
            std::this_thread::sleep_for(milliseconds(5));
        QString second;
        std::thread waits([&] { second = tokenOf(source.current({})); });
        std::this_thread::sleep_for(milliseconds(50));
        stop.requestStop();
        givesUp.join();
        waits.join();
        QCOMPARE(text(first), QStringLiteral("cancelled"));
        QCOMPARE(second, text(secretToken));
        QCOMPARE(folder.starts(), 2);
    }

    void whoWaitsCanGiveUp()
    {
        GLACIS_NEEDS_SHELL();
        const PluginFolder folder;
        CredentialSource source(folder.target("sleep"), folder.options());
        StopSource all;
        StopSource one;
        std::thread runs([&] { static_cast<void>(source.current(all.token())); });
        while (folder.starts() == 0)
            std::this_thread::sleep_for(milliseconds(5));
        std::thread stops([&] {
            std::this_thread::sleep_for(milliseconds(200));
            one.requestStop();
        });
        QElapsedTimer timer;
        timer.start();
        const std::string said = messageOf(source.current(one.token()));
        const auto took = timer.elapsed();
        stops.join();
        all.requestStop();
        runs.join();
        QCOMPARE(text(said), QStringLiteral("cancelled"));
        QVERIFY(took < 1200 * slowdown);
    }

    void expiryRunsThePluginAgain()
    {
        GLACIS_NEEDS_SHELL();
        const PluginFolder folder;
        const Clock clock;
        CredentialSource source(folder.target("expiring"), clock.in(folder.options()));
        QVERIFY(source.current({}));
        clock.pass(3599); // no leeway
        QVERIFY(source.current({}));
        QCOMPARE(folder.starts(), 1);
        clock.pass(1);
        const auto late = source.current({}); // the fake says the same time again
        QCOMPARE(folder.starts(), 2);
        GLACIS_CONTAINS(messageOf(late), "expired at 2026-01-01T01:00:00Z already");
    }

    void refusedAnswerIsAskedForOnceMore()
    {
        GLACIS_NEEDS_SHELL();
        const PluginFolder folder;
        const Clock clock;
        CredentialSource source(folder.target("numbered"), clock.in(folder.options()));
        const auto first = source.current({});
        QVERIFY2(first, messageOf(first).c_str());
        QVERIFY(source.rejected(**first));
        QVERIFY(source.rejected(**first)); // a second thread with the same: no second count
        const auto second = source.current({});
        QVERIFY(second);
        QVERIFY(tokenOf(second) != tokenOf(first));
        QVERIFY((*second)->generation > (*first)->generation);
        QVERIFY(source.rejected(**first)); // late news of the first
        QCOMPARE(source.current({})->get(), second->get());
        QCOMPARE(folder.starts(), 2);
        QVERIFY(!source.rejected(**second)); // twice in a row
        GLACIS_CONTAINS(messageOf(source.current({})), "twice in a row (401)");
        QCOMPARE(folder.starts(), 2);
    }

    void answerThatWasGoodForAWhileBeginsANewRow()
    {
        GLACIS_NEEDS_SHELL();
        const PluginFolder folder;
        const Clock clock;
        CredentialSource source(folder.target("numbered"), clock.in(folder.options()));
        for (int i = 0; i < 4; ++i) {
            const auto credential = source.current({});
            QVERIFY2(credential, messageOf(credential).c_str());
            clock.pass(600);
            QVERIFY(source.rejected(**credential));
        }
        QCOMPARE(folder.starts(), 4);
    }

    void twoFailuresEndIt()
    {
        GLACIS_NEEDS_SHELL();
        const PluginFolder folder;
        CredentialSource source(folder.target("fails"), folder.options());
        GLACIS_CONTAINS(messageOf(source.current({})), "failed with exit code 7");
        GLACIS_CONTAINS(messageOf(source.current({})), "failed with exit code 7");
        const std::string third = messageOf(source.current({}));
        GLACIS_CONTAINS(third, "failed with exit code 7");
        GLACIS_CONTAINS(third, "twice in a row: it is not run again until you connect anew");
        QCOMPARE(folder.starts(), 2);
        CredentialSource anew(folder.target("token"), folder.options());
        QVERIFY(anew.current({}));
    }

    void cancelledRunsAreNoFailures()
    {
        GLACIS_NEEDS_SHELL();
        const PluginFolder folder;
        auto options = folder.options();
        CredentialSource source(folder.target("sleep"), options);
        for (int i = 1; i <= 3; ++i) {
            StopSource stop;
            std::thread stops([&] {
                while (folder.starts() < i)
                    std::this_thread::sleep_for(milliseconds(5));
                stop.requestStop();
            });
            const std::string said = messageOf(source.current(stop.token()));
            stops.join();
            QCOMPARE(text(said), QStringLiteral("cancelled"));
        }
        QCOMPARE(folder.starts(), 3);
    }

    void nothingRunsWithoutAYes()
    {
        GLACIS_NEEDS_SHELL();
        const PluginFolder folder;
        auto options = folder.options();
        options.approve = nullptr;
        CredentialSource silent(folder.target("token"), options);
        const std::string said = messageOf(silent.current({}));
        GLACIS_CONTAINS(
            said, "nobody has approved this command: " + folder.path("plugin") + " token (file's SHA-256 ");
        int asked = 0;
        options.approve = [&](const ExecInvocation&, const StopToken&) {
            ++asked;
            return ExecVerdict::Refuse;
        };
        CredentialSource source(folder.target("token"), options);
        for (int i = 0; i < 4; ++i)
            GLACIS_CONTAINS(messageOf(source.current({})), "nobody has approved this command");
        QCOMPARE(asked, 1); // a no is not asked for again
        QCOMPARE(folder.starts(), 0);
    }

    void aYesHoldsForThisConnectionUntilTheCommandChanges()
    {
        GLACIS_NEEDS_SHELL();
        const PluginFolder folder;
        const Clock clock;
        auto options = clock.in(folder.options());
        std::vector<std::string> asked;
        options.approve = [&](const ExecInvocation& plan, const StopToken&) {
            asked.push_back(plan.sha256);
            return ExecVerdict::Run;
        };
        CredentialSource source(folder.target("numbered"), options);
        const auto again = [&] {
            const auto credential = source.current({});
            clock.pass(600);
            return credential && source.rejected(**credential);
        };
        QVERIFY(again());
        QVERIFY(again());
        QCOMPARE(asked.size(), std::size_t { 1 });
        folder.writeProgram("plugin", std::string(PluginFolder::script()) + "# changed\n");
        QVERIFY(again());
        QCOMPARE(asked.size(), std::size_t { 2 });
        QVERIFY(asked[0] != asked[1]);
    }

    void keptApprovalsNeedNoQuestion()
    {
        GLACIS_NEEDS_SHELL();
        const PluginFolder folder;
        auto options = folder.options();
        options.approve = nullptr;
        const auto approvals = std::make_shared<ExecApprovals>(folder.path("approvals.json"));
        options.approvals = approvals;
        CredentialSource source(folder.target("token"), options);
        QVERIFY(!source.current({}));
        const auto plan = planExec(folder.target("token"), options, {});
        QVERIFY(plan);
        QVERIFY(approvals->approve(*plan));
        QCOMPARE(tokenOf(source.current({})), text(secretToken)); // approved meanwhile
    }

    void pluginsCredentialActsAsSomebodyElseToo()
    {
        GLACIS_NEEDS_SHELL();
        const PluginFolder folder;
        auto target = folder.target("pair");
        target.user.impersonate = "jane";
        CredentialSource source(target, folder.options());
        const auto credential = source.current({});
        QVERIFY2(credential, messageOf(credential).c_str());
        QVERIFY(!(*credential)->certificatePem.empty());
        QVERIFY(!(*credential)->keyPem.empty());
        QVERIFY(((*credential)->impersonation == Headers { { "Impersonate-User", "jane" } }));
    }

    void cancelledBeforehandDoesNothing()
    {
        const PluginFolder folder;
        StopSource stop;
        stop.requestStop();
        CredentialSource source(folder.target("token"), folder.options());
        QCOMPARE(text(messageOf(source.current(stop.token()))), QStringLiteral("cancelled"));
        QCOMPARE(folder.starts(), 0);
    }
};

GLACIS_TEST(CredentialTest)
#include "credential_test.moc"
