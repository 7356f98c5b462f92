// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include <QDirIterator>

#ifndef _WIN32
#include <sys/stat.h>
#endif

#include <cluster/kubeconfig_file.h>
#include <cluster/kubeconfig_read.h>

#include "kubeconfig_fixture.h"

namespace glacis::cluster {

using test::contains;
using test::Folder;
using test::kubeconfig;

class LoadTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void explicitFilesComeBeforeTheVariableAndThatBeforeHome();
    void nothingIsReadWhereNothingIsWanted();
    void withoutHomeTheWorkingFolderIsNotRead();
    void windowsHome_data();
    void windowsHome();
    void windowsHomeWithoutAnyFolderIsTheFirstThatIsSet();
    void listsOfWindows();
    void separatorsOfWindows();
    void addedFilesStandForThemselves();
    void addedFoldersGiveTheirKubeconfigs();
    void aFileThatIsNamedAndInAFolderIsOneSet();
    void tellsWhoMayRead();
    void tellsWhatLiesOutsideHome();
    void refusesPipes();
    void refusesDevices();
    void refusesLargeFiles();
    void refusesLargeTexts();
    void readsTheLargestFile();
    void linksAreFollowed();
    void previewsNeedNoFile();
    void pathsToWatch();
    void leavesFilesAsTheyAre();
    void base64_data();
    void base64();
    void everyCutOfAFileIsReadOrRefused();
    void refusesMoreEntriesThanAnybodyHas();
    void capsWhatItTells();
};

namespace {
    const std::string good = kubeconfig("{server: \"https://a\"}");

    std::string ids(const std::vector<KubeconfigSet>& sets, const Folder& folder)
    {
        std::string text;
        for (const KubeconfigSet& set : sets) {
            std::string id = set.id;
            if (id.starts_with(folder.path()))
                id = id.substr(folder.path().size() + 1);
            text += id + " ";
        }
        return text;
    }
}

void LoadTest::explicitFilesComeBeforeTheVariableAndThatBeforeHome()
{
    Folder folder;
    folder.write("home/.kube/config", good);
    folder.write("listed", good);
    folder.write("named", good);
    Environment environment = folder.environment();
    const auto file = [&](const KubeconfigSources& sources) {
        const auto sets = loadKubeconfigs(sources, environment);
        return sets.front().files.size() == 1 ? sets.front().files.front().path : std::string("not one");
    };
    QCOMPARE(file({}), folder.path("home/.kube/config"));
    environment.variables["KUBECONFIG"] = "";
    QCOMPARE(file({}), folder.path("home/.kube/config"));
    environment.variables["KUBECONFIG"] = "listed";
    QCOMPARE(file({}), folder.path("listed"));
    QCOMPARE(file({ .files = { "named" } }), folder.path("named"));
}

void LoadTest::nothingIsReadWhereNothingIsWanted()
{
    Folder folder;
    folder.write("home/.kube/config", good);
    const auto sets = loadKubeconfigs({ .usual = false }, folder.environment());
    QCOMPARE(sets.size(), 1U);
    QVERIFY(sets.front().files.empty());
    QCOMPARE(sets.front().id, std::string("usual"));
}

void LoadTest::withoutHomeTheWorkingFolderIsNotRead()
{
    Folder folder;
    folder.write(".kube/config", good);
    Environment environment = folder.environment();
    environment.variables.clear();
    QVERIFY(loadKubeconfigs({}, environment).front().files.empty());
}

void LoadTest::windowsHome_data()
{
    QTest::addColumn<QString>(
        "folders"); // that exist; with * they hold a .kube/config, with ! none may write
    QTest::addColumn<QString>("home");
    const auto row = [](const char* name, const char* folders, const char* home) {
        QTest::newRow(name) << QString::fromLatin1(folders) << QString::fromLatin1(home);
    };
    row("HOME with a config", "home* drive* profile*", "home");
    row("HOMEDRIVE and HOMEPATH before USERPROFILE for a config", "home drive* profile*", "drive");
    row("USERPROFILE with a config", "home drive profile*", "profile");
    row("no config: HOME", "home drive profile", "home");
    row("no config: USERPROFILE before HOMEDRIVE and HOMEPATH", "drive profile", "profile");
    row("no config: what can be written", "home! drive profile", "profile");
    row("nothing can be written: the first that exists", "profile! drive!", "profile");
    row("only HOMEDRIVE and HOMEPATH", "drive", "drive");
}

void LoadTest::windowsHome()
{
    QFETCH(QString, folders);
    QFETCH(QString, home);
    Folder folder;
    Environment environment;
    environment.variables["HOME"] = folder.path("home");
    environment.variables["HOMEDRIVE"] = folder.path();
    environment.variables["HOMEPATH"] = "/drive";
    environment.variables["USERPROFILE"] = folder.path("profile");
    const QStringList names = folders.split(u' ');
    for (QString name : names) {
        const bool config = name.endsWith(u'*');
        const bool readOnly = name.endsWith(u'!');
        name = config || readOnly ? name.chopped(1) : name;
        QDir().mkpath(test::text(folder.path(name.toStdString())));
        if (config)
            folder.write(name.toStdString() + "/.kube/config", good);
        if (readOnly)
            QFile::setPermissions(
                test::text(folder.path(name.toStdString())), QFileDevice::ReadOwner | QFileDevice::ExeOwner);
    }
    QCOMPARE(homeFolder(environment, PathStyle::Windows), folder.path(home.toStdString()));
    QCOMPARE(homeFolder(environment, PathStyle::Posix), folder.path("home"));
}

void LoadTest::windowsHomeWithoutAnyFolderIsTheFirstThatIsSet()
{
    Environment environment;
    QCOMPARE(homeFolder(environment, PathStyle::Windows), std::string());
    environment.variables["HOMEDRIVE"] = "/nonexistent"; // alone it says nothing
    QCOMPARE(homeFolder(environment, PathStyle::Windows), std::string());
    environment.variables["HOMEPATH"] = "/drive";
    QCOMPARE(homeFolder(environment, PathStyle::Windows), std::string("/nonexistent/drive"));
    environment.variables["USERPROFILE"] = "/nonexistent/profile";
    QCOMPARE(homeFolder(environment, PathStyle::Windows), std::string("/nonexistent/profile"));
    environment.variables["USERPROFILE"] = "\\\\server\\profile"; // a share is not asked whether it is there
    environment.variables["HOMEPATH"] = "";
    QCOMPARE(homeFolder(environment, PathStyle::Windows), std::string("\\\\server\\profile"));
}

void LoadTest::listsOfWindows()
{
    using Names = std::vector<std::string>;
    QCOMPARE(listMembers("C:\\a;;\"D:\\x;y\";C:\\a;", PathStyle::Windows), (Names { "C:\\a", "D:\\x;y" }));
    QCOMPARE(listMembers("/a:/b;c::/a", PathStyle::Posix), (Names { "/a", "/b;c" }));
}

void LoadTest::separatorsOfWindows()
{
    QVERIFY(hasSeparator("bin\\login", PathStyle::Windows));
    QVERIFY(!hasSeparator("bin/login", PathStyle::Windows));
    QVERIFY(hasSeparator("bin/login", PathStyle::Posix));
    QVERIFY(!hasSeparator("bin\\login", PathStyle::Posix));
    for (const char* path : { "\\\\s\\f", "//s/f", "\\/s", "/\\s", "\\\\?\\C:\\f", "\\\\.\\pipe\\p" })
        QVERIFY2(isNetworkPath(path), path);
    for (const char* path : { "/s/f", "C:\\f", "f", "\\f", "", "/" })
        QVERIFY2(!isNetworkPath(path), path);
}

void LoadTest::addedFilesStandForThemselves()
{
    Folder folder;
    folder.write("home/.kube/config", good);
    folder.write("b", good);
    folder.write("a", good);
    const auto sets = loadKubeconfigs({ .added = { "b", "a", "gone", "a", "" } }, folder.environment());
    QCOMPARE(ids(sets, folder), std::string("usual a b gone "));
    for (const KubeconfigSet& set : sets)
        QVERIFY(set.shadowed.empty());
    QCOMPARE(sets[1].contexts.size(), 1U);
    QVERIFY(sets[3].files.front().state == KubeconfigFile::State::Missing);
    QCOMPARE(sets[3].diagnostics.size(), 1U);
    const auto target = resolveContext(sets, "x");
    QVERIFY(target && target->set == "usual");
}

void LoadTest::addedFoldersGiveTheirKubeconfigs()
{
    Folder folder;
    folder.write("kube/prod", good);
    folder.write("kube/dev.yaml", good);
    folder.write("kube/broken.yaml", "clusters: [");
    folder.write("kube/notes.txt", "clusters: [");
    folder.write("kube/deployment.yaml", "kind: Deployment\napiVersion: apps/v1\n");
    folder.write("kube/empty.yaml", "");
    folder.write("kube/.hidden.yaml", good);
    folder.write("kube/cache/deeper.yaml", good);
    folder.write("kube/mistyped.yaml", "clusters: 1\n");
    const auto sets = loadKubeconfigs({ .usual = false, .added = { "kube" } }, folder.environment());
    QCOMPARE(
        ids(sets, folder), std::string("usual kube/broken.yaml kube/dev.yaml kube/mistyped.yaml kube/prod "));
}

void LoadTest::aFileThatIsNamedAndInAFolderIsOneSet()
{
    Folder folder;
    folder.write("home/.kube/config", good);
    folder.write("home/.kube/other", good);
    const auto sets = loadKubeconfigs(
        { .added = { "home/.kube", folder.path("home/.kube/other") } }, folder.environment());
    QCOMPARE(ids(sets, folder), std::string("usual home/.kube/other "));
    // Named by a person it is shown by itself, since merging may hide what is in it.
    QCOMPARE(ids(loadKubeconfigs({ .added = { "home/.kube/config" } }, folder.environment()), folder),
        std::string("usual home/.kube/config "));
}

void LoadTest::tellsWhoMayRead()
{
#ifdef _WIN32
    QSKIP("file modes are of POSIX");
#else
    Folder folder;
    folder.write("a", good);
    const auto readable = [&](mode_t mode) {
        ::chmod(folder.path("a").c_str(), mode);
        return loadKubeconfigs({ .files = { "a" } }, folder.environment())
            .front()
            .files.front()
            .readableByOthers;
    };
    QVERIFY(!readable(0600));
    QVERIFY(!readable(0400));
    QVERIFY(!readable(0622));
    QVERIFY(readable(0640));
    QVERIFY(readable(0604));
#endif
}

void LoadTest::tellsWhatLiesOutsideHome()
{
    Folder folder;
    folder.write("home/.kube/config", good);
    folder.write("home/.kubernetes/config", good);
    folder.write("a", good);
    const auto outside = [&](const char* file) {
        return loadKubeconfigs({ .files = { file } }, folder.environment()).front().files.front().outsideHome;
    };
    QVERIFY(!outside("home/.kube/config"));
    QVERIFY(outside("home/.kubernetes/config"));
    QVERIFY(outside("home/.kube/../../a"));
}

void LoadTest::refusesPipes()
{
#ifdef _WIN32
    QSKIP("named pipes of POSIX");
#else
    Folder folder;
    QCOMPARE(::mkfifo(folder.path("pipe").c_str(), 0600), 0);
    // Returns at all: nobody writes into the pipe.
    const auto sets = loadKubeconfigs({ .files = { "pipe" } }, folder.environment());
    QVERIFY(sets.front().files.front().state == KubeconfigFile::State::Broken);
    QVERIFY(contains(sets.front().files.front().error, "no regular file but a pipe"));
    folder.write(
        "a", kubeconfig("{server: \"https://a\", certificate-authority: pipe}", "{tokenFile: pipe}"));
    const auto target
        = resolveContext(loadKubeconfigs({ .files = { "a" } }, folder.environment()).front(), "x");
    QVERIFY(!target);
    QVERIFY(contains(target.error().message, "as tokenFile, but it is no regular file"));
    QVERIFY(contains(target.error().message, "as certificate-authority, but it is no regular file"));
#endif
}

void LoadTest::refusesDevices()
{
#ifdef _WIN32
    QSKIP("devices of POSIX");
#else
    const auto sets = loadKubeconfigs({ .files = { "/dev/zero" } }, Folder().environment());
    QVERIFY(contains(sets.front().files.front().error, "device"));
#endif
}

void LoadTest::refusesLargeFiles()
{
    Folder folder;
    folder.write("a", std::string(maxKubeconfigBytes + 1, '#'));
    const auto sets = loadKubeconfigs({ .files = { "a" } }, folder.environment());
    QVERIFY(sets.front().files.front().state == KubeconfigFile::State::Broken);
    QVERIFY(contains(sets.front().files.front().error, "larger than the 5 MiB"));
}

void LoadTest::refusesLargeTexts()
{
    const KubeconfigSet set = readKubeconfig(std::string(maxKubeconfigBytes + 1, '#'), "/a");
    QVERIFY(set.files.front().state == KubeconfigFile::State::Broken);
    QCOMPARE(set.diagnostics.size(), 1U);
}

void LoadTest::readsTheLargestFile()
{
    Folder folder;
    folder.write("a", good + std::string(maxKubeconfigBytes - good.size() - 1, '#') + "\n");
    const auto sets = loadKubeconfigs({ .files = { "a" } }, folder.environment());
    QCOMPARE(sets.front().contexts.size(), 1U);
}

void LoadTest::linksAreFollowed()
{
    Folder folder;
    folder.write("real/a", kubeconfig("{server: \"https://a\", certificate-authority: ca}"));
    if (!QFile::link(test::text(folder.path("real/a")), test::text(folder.path("link"))))
        QSKIP("no links here");
    const auto sets = loadKubeconfigs({ .files = { "link" } }, folder.environment());
    // As client-go: relative to where the link is, not to where it leads.
    QCOMPARE(sets.front().clusters.front().certificateAuthority, folder.path("ca"));
}

void LoadTest::previewsNeedNoFile()
{
    const KubeconfigSet set = readKubeconfig(
        kubeconfig("{server: \"https://a\", certificate-authority: pki/ca}"), "/nowhere/config");
    QCOMPARE(set.id, std::string("/nowhere/config"));
    QVERIFY(set.files.front().state == KubeconfigFile::State::Read);
    QCOMPARE(set.clusters.front().certificateAuthority, std::string("/nowhere/pki/ca"));
    QVERIFY(set.user("u") && set.context("x") && !set.cluster("d"));
}

void LoadTest::pathsToWatch()
{
    Folder folder;
    folder.write("added/a.yaml", good);
    Environment environment = folder.environment();
    const auto has = [](const std::vector<std::string>& paths, const std::string& path) {
        return std::find(paths.begin(), paths.end(), path) != paths.end();
    };
    const auto paths = kubeconfigPaths({ .added = { "added", "gone/b", "//server/share/c" } }, environment);
    for (const char* path : { "home/.kube/config", "home/.kube", "added", "added/a.yaml", "gone/b", "gone" })
        QVERIFY2(has(paths, folder.path(path)), path);
    QVERIFY(!has(paths, "//server/share/c"));
    environment.variables["KUBECONFIG"] = "one:two";
    const auto listed = kubeconfigPaths({}, environment);
    QVERIFY(has(listed, folder.path("one")) && has(listed, folder.path("two")));
    QVERIFY(!has(listed, folder.path("home/.kube/config")));
}

void LoadTest::leavesFilesAsTheyAre()
{
    Folder folder;
    folder.write("home/.kube/.kubeconfig", good); // client-go would copy it to config
    folder.write("added/a", good);
    const auto listing = [&] {
        QStringList all;
        QDirIterator it(test::text(folder.path()), QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot,
            QDirIterator::Subdirectories);
        while (it.hasNext()) {
            const QFileInfo info(it.next());
            all.push_back(info.filePath() % u' ' % QString::number(info.lastModified().toMSecsSinceEpoch()));
        }
        all.sort();
        return all;
    };
    const QStringList before = listing();
    const auto sets = loadKubeconfigs({ .added = { "added" } }, folder.environment());
    QVERIFY(resolveContext(sets, "x"));
    QCOMPARE(listing(), before);
}

void LoadTest::base64_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("good");
    QTest::addColumn<QString>("decoded");
    const auto row = [](const char* text, bool good, const char* decoded) {
        QTest::newRow(text) << QString::fromLatin1(text) << good << QString::fromLatin1(decoded);
    };
    row("", true, "");
    row("YQ==", true, "a");
    row("YWI=", true, "ab");
    row("YWJj", true, "abc");
    row("YW\nJj\r\n", true, "abc");
    row("YW Jj", false, "");
    row("YQ", false, "");
    row("YQ=", false, "");
    row("YQ===", false, "");
    row("Y===", false, "");
    row("====", false, "");
    row("YQ==YQ==", false, "");
    row("Y_-j", false, "");
}

void LoadTest::base64()
{
    QFETCH(QString, text);
    QFETCH(QString, decoded);
    std::string out;
    QTEST(decodeBase64(text.toStdString(), out), "good");
    if (!decoded.isEmpty())
        QCOMPARE(test::text(out), decoded);
}

void LoadTest::everyCutOfAFileIsReadOrRefused()
{
    const std::string text
        = kubeconfig("{server: \"https://a\", extensions: [{name: e, extension: {a: [1, \"\\u00e9\"]}}]}",
            "{exec: {command: a, args: [b], env: [{name: c, value: d}]}, as-user-extra: {k: [v]}}");
    for (std::size_t size = 0; size <= text.size(); ++size) {
        const KubeconfigSet set = readKubeconfig(std::string_view(text).substr(0, size), "/a");
        QCOMPARE(set.files.size(), 1U);
        const bool broken = set.files.front().state == KubeconfigFile::State::Broken;
        QCOMPARE(broken, !set.files.front().error.empty());
        QVERIFY(!broken || (set.clusters.empty() && set.users.empty() && set.contexts.empty()));
    }
}

void LoadTest::refusesMoreEntriesThanAnybodyHas()
{
    std::string text = "contexts:\n";
    for (int i = 0; i < 10'000; ++i)
        text += "- {name: c" + std::to_string(i) + "}\n";
    QCOMPARE(readKubeconfig(text, "/a").contexts.size(), 10'000U);
    const KubeconfigSet set = readKubeconfig(text + "- {name: one-more}\n", "/a");
    QVERIFY(contains(set.files.front().error, "/a, line 10002: contexts has more than the 10000 entries"));
    QVERIFY(set.contexts.empty());
}

void LoadTest::capsWhatItTells()
{
    std::string text = "contexts:\n";
    for (int i = 0; i < 1000; ++i)
        text += "- {name: c" + std::to_string(i) + ", odd: 1, context: {cluster: none, user: none}}\n";
    const KubeconfigSet set = readKubeconfig(text, "/a");
    QCOMPARE(set.contexts.size(), 1000U);
    QVERIFY(set.diagnostics.size() <= 200);
    const KubeconfigSet broken = readKubeconfig(text + "- 1\n", "/a");
    QVERIFY(std::any_of(broken.diagnostics.begin(), broken.diagnostics.end(), // not crowded out
        [](const inventory::Diagnostic& d) { return d.level == inventory::Diagnostic::Level::Error; }));
}

GLACIS_TEST(LoadTest)

} // namespace glacis::cluster

#include "load_test.moc"
