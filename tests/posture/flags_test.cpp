// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "test_main.h"

#include <base/str.h>
#include <inventory/host_paths.h>
#include <posture/check.h>

namespace glacis::posture {

using test::text;

class FlagsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsEverySpelling_data();
    void readsEverySpelling();
    void booleansAreGos_data();
    void booleansAreGos();
    void repeatedFlagsAddUp();
    void hostPathsHaveOneSpelling_data();
    void hostPathsHaveOneSpelling();
    void hostPathsAreRated_data();
    void hostPathsAreRated();
};

namespace {
    using inventory::HostPathRisk;
    using inventory::normalHostPath;
    using inventory::riskOfHostPath;
    struct Words {
        StringPool pool;
        inventory::Container container;
        Words(const QString& command, const QString& args)
        {
            for (const auto& [from, to] :
                { std::pair { &command, &container.command }, std::pair { &args, &container.args } }) {
                for (const QString& word : from->split(u'|', Qt::SkipEmptyParts))
                    to->push_back(pool.intern(word.toStdString()));
            }
        }
    };
}

void FlagsTest::readsEverySpelling_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<QString>("args");
    QTest::addColumn<QString>("value"); // of --cert-file
    QTest::addColumn<QString>("path");
    QTest::newRow("equals") << "etcd|--cert-file=/a"
                            << ""
                            << "/a"
                            << "command[1]";
    QTest::newRow("next word") << "etcd|--cert-file|/a"
                               << ""
                               << "/a"
                               << "command[1]";
    QTest::newRow("in args") << "etcd"
                             << "--x|--cert-file=/a"
                             << "/a"
                             << "args[1]";
    QTest::newRow("split over command and args") << "etcd|--cert-file"
                                                 << "/a"
                                                 << "/a"
                                                 << "command[1]";
    QTest::newRow("one dash") << "etcd|-cert-file=/a"
                              << ""
                              << "/a"
                              << "command[1]";
    QTest::newRow("underscore") << "etcd|--cert_file=/a"
                                << ""
                                << "/a"
                                << "command[1]";
    QTest::newRow("the last one wins") << "etcd|--cert-file=/a"
                                       << "--cert-file=/b"
                                       << "/b"
                                       << "args[0]";
    QTest::newRow("absent") << "etcd|--cert-file-x=/a"
                            << ""
                            << ""
                            << "command";
    QTest::newRow("absent, no command") << ""
                                        << "--x"
                                        << ""
                                        << "args";
    QTest::newRow("a switch before a flag") << "etcd|--cert-file|--key-file=/k"
                                            << ""
                                            << "true"
                                            << "command[1]";
    QTest::newRow("value with equals") << "etcd|--cert-file=/a=b"
                                       << ""
                                       << "/a=b"
                                       << "command[1]";
    QTest::newRow("value of another flag") << "etcd|--name=--cert-file=/a"
                                           << ""
                                           << ""
                                           << "command";
    QTest::newRow("shell script") << "/bin/sh|-c|exec etcd --cert-file=/a --x >/log 2>&1"
                                  << ""
                                  << "/a"
                                  << "command[2]";
    QTest::newRow("shell script in args") << "sh"
                                          << "-ec|exec etcd --cert-file '/a b'"
                                          << "/a b"
                                          << "args[1]";
    QTest::newRow("quoted in a script") << "sh|-c|etcd --cert-file=\"/a b\" --y"
                                        << ""
                                        << "/a b"
                                        << "command[2]";
    QTest::newRow("open quote in a script") << "sh|-c|etcd --cert-file=\"/a b"
                                            << ""
                                            << "/a b"
                                            << "command[2]";
    QTest::newRow("nothing after equals") << "etcd|--cert-file="
                                          << ""
                                          << ""
                                          << "command[1]";
    QTest::newRow("dashes alone") << "etcd|--|-|--cert-file=/a"
                                  << ""
                                  << "/a"
                                  << "command[3]";
}

void FlagsTest::readsEverySpelling()
{
    QFETCH(QString, command);
    QFETCH(QString, args);
    QFETCH(QString, value);
    QFETCH(QString, path);
    const Words words(command, args);
    const Flags flags(words.container);
    QCOMPARE(text(flags.value("--cert-file")), value);
    QCOMPARE(text(flags.path("--cert-file")), path);
}

void FlagsTest::booleansAreGos_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<bool>("whenTrue"); // boolean(flag, true)
    QTest::addColumn<bool>("whenFalse"); // boolean(flag, false)
    for (const char* yes : { "--a", "--a=true", "--a=1", "--a=t", "--a=T", "--a=TRUE", "--a=True", "--a|true",
             "--a|word", "--a|--b" })
        QTest::newRow(yes) << QString::fromLatin1(yes) << true << true;
    for (const char* no : { "--a=false", "--a=0", "--a=f", "--a=F", "--a=FALSE", "--a=False", "--a|false",
             "--a=true|--a=false" })
        QTest::newRow(no) << QString::fromLatin1(no) << false << false;
    for (const char* neither : { "--b", "--a=yes", "--a=" })
        QTest::newRow(neither) << QString::fromLatin1(neither) << true << false;
}

void FlagsTest::booleansAreGos()
{
    QFETCH(QString, command);
    QFETCH(bool, whenTrue);
    QFETCH(bool, whenFalse);
    const Words words(command, {});
    const Flags flags(words.container);
    QCOMPARE(flags.boolean("--a", true), whenTrue);
    QCOMPARE(flags.boolean("--a", false), whenFalse);
}

void FlagsTest::repeatedFlagsAddUp()
{
    const Words words(QStringLiteral("kube-apiserver|--etcd-servers=a"), QStringLiteral("--etcd-servers|b"));
    const Flags flags(words.container);
    const std::vector<std::string_view> expected { "a", "b" };
    QCOMPARE(flags.values("--etcd-servers"), expected);
}

void FlagsTest::hostPathsHaveOneSpelling_data()
{
    QTest::addColumn<QString>("written");
    QTest::addColumn<QString>("normal");
    QTest::newRow("root") << "/"
                          << "/";
    QTest::newRow("empty") << ""
                           << "/";
    QTest::newRow("slashes") << "//etc///kubernetes//"
                             << "/etc/kubernetes";
    QTest::newRow("dots") << "/etc/./x/../kubernetes/."
                          << "/etc/kubernetes";
    QTest::newRow("above the root") << "/../../etc"
                                    << "/etc";
    QTest::newRow("var run") << "/var/run/docker.sock"
                             << "/run/docker.sock";
    QTest::newRow("var running is another folder") << "/var/running"
                                                   << "/var/running";
    QTest::newRow("Windows") << "C:\\Windows\\System32\\"
                             << "c:/windows/system32";
    QTest::newRow("Windows root") << "C:\\"
                                  << "c:/";
    QTest::newRow("case counts") << "/ETC"
                                 << "/ETC";
}

void FlagsTest::hostPathsHaveOneSpelling()
{
    QFETCH(QString, written);
    QFETCH(QString, normal);
    QCOMPARE(text(normalHostPath(written.toStdString())), normal);
}

void FlagsTest::hostPathsAreRated_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("risk");
    const auto rows = [](HostPathRisk risk, std::initializer_list<const char*> paths) {
        for (const char* path : paths)
            QTest::newRow(path) << QString::fromLatin1(path) << static_cast<int>(risk);
    };
    rows(HostPathRisk::Root,
        { "/", "/etc", "/root", "/var/lib/kubelet", "/var/lib", "/var", "/var/lib/kubelet/pki", "c:/" });
    rows(HostPathRisk::Sensitive,
        { "/proc", "/sys/fs/cgroup", "/etc/kubernetes", "/etc/cron.d", "/var/lib/docker", "/root/.ssh",
            "/usr/bin", "/run", "/dev" });
    rows(HostPathRisk::None,
        { "/data", "/etcetera", "/var/log", "/mnt/etc", "/rootfs", "/etc/localtime",
            "/var/lib/kubelet/device-plugins", "/usr/share", "/dev/fuse", "/home/app" });
}

void FlagsTest::hostPathsAreRated()
{
    QFETCH(QString, path);
    QFETCH(int, risk);
    QCOMPARE(static_cast<int>(riskOfHostPath(path.toStdString())), risk);
}

} // namespace glacis::posture

using glacis::posture::FlagsTest;
GLACIS_TEST(FlagsTest)
#include "flags_test.moc"
