// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QElapsedTimer>
#include <QSaveFile>

#include <cluster/kubeconfig_watch.h>

#include "kubeconfig_fixture.h"

namespace glacis::cluster {

using test::Folder;

class WatchTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tellsOfAChange();
    void tellsOfAReplacementTwice();
    void tellsOfAFileThatComes();
    void tellsOfAFolderThatComes();
    void tellsOfAFileThatGoes();
    void tellsOfANewFileInAFolder();
    void tellsManyChangesOnce();
    void tellsWithinAWhileThoughChangesDoNotCease();
    void isSilentWhenNothingChanges();
    void forgetsWhatItWatchedBefore();
    void loadsWhatWasChanged();
};

namespace {
    /// Counts what is told.
    struct Told {
        int times = 0;
        KubeconfigWatch watch { [this] { ++times; } };
        /// Waits for one more; false when none comes in time.
        [[nodiscard]] bool again()
        {
            const int before = times;
            return QTest::qWaitFor([&] { return times > before; }, 10'000);
        }
        /// Longer than what is held back.
        void settle() const { QTest::qWait(int(3 * KubeconfigWatch::pause.count())); }
    };

    void replace(const Folder& folder, const char* name, const char* content)
    {
        QSaveFile file(test::text(folder.path(name))); // writes beside, then renames
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        QVERIFY(file.commit());
    }
}

void WatchTest::tellsOfAChange()
{
    Folder folder;
    folder.write("config", "a");
    Told told;
    told.watch.setPaths({ folder.path("config") });
    folder.write("config", "ab");
    QVERIFY(told.again());
}

void WatchTest::tellsOfAReplacementTwice()
{
    Folder folder;
    folder.write("config", "a");
    Told told;
    told.watch.setPaths({ folder.path("config") });
    replace(folder, "config", "ab");
    QVERIFY(told.again());
    replace(folder, "config", "abc"); // the watch on the first file died with it
    QVERIFY(told.again());
    told.settle();
    folder.write("config", "abcd");
    QVERIFY(told.again());
}

void WatchTest::tellsOfAFileThatComes()
{
    Folder folder;
    Told told;
    told.watch.setPaths({ folder.path("config") });
    folder.write("config", "a");
    QVERIFY(told.again());
    told.settle();
    folder.write("config", "ab");
    QVERIFY(told.again());
}

void WatchTest::tellsOfAFolderThatComes()
{
    Folder folder;
    Told told;
    told.watch.setPaths({ folder.path("home/.kube/config"), folder.path("home/.kube") });
    folder.write("home/.kube/config", "a");
    QVERIFY(told.again());
    told.settle();
    folder.write("home/.kube/config", "ab");
    QVERIFY(told.again());
}

void WatchTest::tellsOfAFileThatGoes()
{
    Folder folder;
    folder.write("config", "a");
    Told told;
    told.watch.setPaths({ folder.path("config") });
    QFile::remove(test::text(folder.path("config")));
    QVERIFY(told.again());
    folder.write("config", "a");
    QVERIFY(told.again());
}

void WatchTest::tellsOfANewFileInAFolder()
{
    Folder folder;
    folder.write("kube/a", "a");
    Told told;
    told.watch.setPaths({ folder.path("kube"), folder.path("kube/a") });
    folder.write("kube/b", "b");
    QVERIFY(told.again());
}

void WatchTest::tellsManyChangesOnce()
{
    Folder folder;
    folder.write("config", "a");
    Told told;
    told.watch.setPaths({ folder.path("config") });
    for (int i = 0; i < 10; ++i)
        folder.write("config", std::string(std::size_t(i) + 2, 'a'));
    QVERIFY(told.again());
    told.settle();
    QCOMPARE(told.times, 1);
}

void WatchTest::tellsWithinAWhileThoughChangesDoNotCease()
{
    Folder folder;
    folder.write("config", "a");
    Told told;
    told.watch.setPaths({ folder.path("config") });
    QElapsedTimer clock;
    clock.start();
    for (std::size_t i = 2; told.times == 0 && clock.elapsed() < 20'000; ++i) {
        folder.write("config", std::string(i, 'a'));
        QTest::qWait(50);
    }
    QVERIFY(told.times > 0);
}

void WatchTest::isSilentWhenNothingChanges()
{
    Folder folder;
    folder.write("config", "a");
    Told told;
    told.watch.setPaths({ folder.path("config"), folder.path("gone/config") });
    folder.write("neighbour", "a"); // of the watched folder, but no path of ours
    told.settle();
    QCOMPARE(told.times, 0);
}

void WatchTest::forgetsWhatItWatchedBefore()
{
    Folder folder;
    folder.write("one/config", "a");
    folder.write("two/config", "a");
    Told told;
    told.watch.setPaths({ folder.path("one/config") });
    told.watch.setPaths({ folder.path("two/config"), "//server/share/config", "" });
    folder.write("one/config", "ab");
    told.settle();
    QCOMPARE(told.times, 0);
    folder.write("two/config", "ab");
    QVERIFY(told.again());
}

void WatchTest::loadsWhatWasChanged()
{
    Folder folder;
    const Environment environment = folder.environment();
    Told told;
    told.watch.setPaths(kubeconfigPaths({}, environment));
    QVERIFY(loadKubeconfigs({}, environment).front().contexts.empty());
    folder.write("home/.kube/config", test::kubeconfig("{server: \"https://a\"}"));
    QVERIFY(told.again());
    QCOMPARE(loadKubeconfigs({}, environment).front().contexts.size(), 1U);
}

GLACIS_TEST(WatchTest)

} // namespace glacis::cluster

#include "watch_test.moc"
