// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Notes on contexts outlive the program, and what is broken costs nothing but itself.
#include "test_main.h"

#include <clusters/cluster_book.h>

#include <QFile>
#include <QTemporaryDir>

using namespace glacis::ui;
using namespace Qt::StringLiterals;

class ClusterBookTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keepsNotesBetweenRuns();
    void aNoteThatSaysNothingIsRemoved();
    void onlyTheOwnerMayReadIt();
    void aBrokenFileCountsAsEmptyAndIsKept();
    void valuesOutOfRangeAreMended();
    void hugeAndUnreadableFilesAreNoHarm();
};

namespace {

void put(const QString& path, const QByteArray& text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

ClusterNote someNote()
{
    ClusterNote note;
    note.alias = "Production";
    note.group = "eu";
    note.favourite = true;
    note.lastScan = 1'790'000'000;
    note.score = 64;
    note.namespaces = { "shop", "payments" };
    note.secretsInManyNamespaces = true;
    note.reviewed = "abc";
    return note;
}

}

void ClusterBookTest::keepsNotesBetweenRuns()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"sub/clusters.json"_s);
    ClusterBook book(file);
    const std::string key = contextKey("usual", "a/b\"c");
    book.setNote(key, someNote());
    QVERIFY2(book.problem().isEmpty(), qPrintable(book.problem()));
    const ClusterBook again(file);
    QCOMPARE(again.note(key), someNote());
    QCOMPARE(again.groups(), std::vector<std::string> { "eu" });
    QCOMPARE(again.note(contextKey("other", "a/b\"c")), ClusterNote());
}

void ClusterBookTest::aNoteThatSaysNothingIsRemoved()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"clusters.json"_s);
    ClusterBook book(file);
    book.setNote(contextKey("s", "c"), someNote());
    book.setNote(contextKey("s", "c"), {});
    QFile read(file);
    QVERIFY(read.open(QIODevice::ReadOnly));
    QVERIFY(!read.readAll().contains("\"set\""));
}

void ClusterBookTest::onlyTheOwnerMayReadIt()
{
#ifdef Q_OS_WIN
    QSKIP("Windows inherits the folder's own protection.");
#else
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"clusters.json"_s);
    ClusterBook(file).setNote(contextKey("s", "c"), someNote());
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QVERIFY(!(QFile::permissions(file) & others));
#endif
}

void ClusterBookTest::aBrokenFileCountsAsEmptyAndIsKept()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"clusters.json"_s);
    for (const QByteArray text :
        { "{ half", "[]", "{\"version\":1}", "", "{\"version\":1,\"contexts\":{}}" }) {
        put(file, text);
        ClusterBook book(file);
        QVERIFY2(book.problem().contains(u"clusters.json"), text.constData());
        QCOMPARE(book.note(contextKey("s", "c")), ClusterNote());
        book.setNote(contextKey("s", "c"), someNote());
        QVERIFY(book.problem().isEmpty());
        QFile aside(file + u".broken");
        QVERIFY(aside.open(QIODevice::ReadOnly));
        QCOMPARE(aside.readAll(), text);
        QCOMPARE(ClusterBook(file).note(contextKey("s", "c")), someNote());
    }
}

void ClusterBookTest::valuesOutOfRangeAreMended()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"clusters.json"_s);
    put(file,
        R"({"version":7,"later":true,"contexts":[3,{"set":"s","context":"c","score":900,"lastScan":-5,"alias":7,
            "namespaces":["a",4,"b"],"favourite":"yes"}]})");
    const ClusterBook book(file);
    QVERIFY(book.problem().isEmpty());
    const ClusterNote note = book.note(contextKey("s", "c"));
    QCOMPARE(note.score, std::optional(100));
    QCOMPARE(note.lastScan, 0);
    QCOMPARE(note.alias, std::string());
    QCOMPARE(note.namespaces, (std::vector<std::string> { "a", "b" }));
    QVERIFY(!note.favourite);
}

void ClusterBookTest::hugeAndUnreadableFilesAreNoHarm()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"clusters.json"_s);
    put(file, QByteArray(5 << 20, ' '));
    QVERIFY(ClusterBook(file).problem().contains(u"4 MiB"));
    const ClusterBook nowhere(folder.path()); // a folder
    QVERIFY(!nowhere.problem().isEmpty());
}

GLACIS_TEST(ClusterBookTest)
#include "cluster_book_test.moc"
