// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// cases/NAME.yaml with its cases/NAME.txt, and cases/NAME/ with the files that its KUBECONFIG (a list) or
// EXPLICIT (one path) names and its expected.txt. GLACIS_UPDATE_GOLDEN=1 writes the texts anew: read the
// difference before it is committed.
#include <algorithm>

#include <base/text.h>
#include <cluster/kubeconfig.h>

#include "case_dump.h"
#include "kubeconfig_fixture.h"

namespace glacis::cluster {

class CorpusTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsAsExpected_data();
    void readsAsExpected();
    void goldensHoldNoCredential();
    void thereAreEnoughCases();
};

namespace {
    const QString folder = QStringLiteral(GLACIS_KUBECONFIG_TESTS "/cases");

    QString content(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }

    QStringList caseNames()
    {
        QStringList names;
        const QFileInfoList all
            = QDir(folder).entryInfoList(QDir::Files | QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
        for (const QFileInfo& info : all) {
            if (info.isDir() ? info.fileName() != QLatin1String("files")
                             : info.suffix() == QLatin1String("yaml"))
                names.push_back(info.fileName());
        }
        return names;
    }

    QString goldenOf(const QString& name)
    {
        return name.endsWith(QLatin1String(".yaml")) ? folder % u'/' % name.chopped(5) % QLatin1String(".txt")
                                                     : folder % u'/' % name % QLatin1String("/expected.txt");
    }

    std::string read(const QString& name)
    {
        KubeconfigSources sources;
        Environment environment;
        environment.variables["HOME"] = "/nonexistent";
        environment.workingFolder = folder.toStdString();
        if (name.endsWith(QLatin1String(".yaml"))) {
            sources.files = { name.toStdString() };
        } else {
            const QString path = folder % u'/' % name;
            environment.workingFolder = path.toStdString();
            if (QFileInfo::exists(path % QLatin1String("/EXPLICIT")))
                sources.files = { content(path % QLatin1String("/EXPLICIT")).toStdString() };
            if (QFileInfo::exists(path % QLatin1String("/KUBECONFIG")))
                environment.variables["KUBECONFIG"]
                    = content(path % QLatin1String("/KUBECONFIG")).toStdString();
        }
        return test::dump(loadKubeconfigs(sources, environment).front(), environment.workingFolder + "/");
    }
}

void CorpusTest::readsAsExpected_data()
{
    QTest::addColumn<QString>("name");
    const QStringList names = caseNames();
    for (const QString& name : names)
        QTest::newRow(qPrintable(name)) << name;
}

void CorpusTest::readsAsExpected()
{
    QFETCH(QString, name);
    const std::string found = read(name);
    if (qEnvironmentVariableIntValue("GLACIS_UPDATE_GOLDEN") == 1) {
        QFile file(goldenOf(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(found.data(), qint64(found.size()));
    }
    QVERIFY2(QFileInfo::exists(goldenOf(name)), "no golden text");
    const QStringList expected = content(goldenOf(name)).split(u'\n');
    const QStringList lines = test::text(found).split(u'\n');
    for (qsizetype i = 0; i < std::max(expected.size(), lines.size()); ++i)
        QCOMPARE(lines.value(i), expected.value(i)); // line by line: a difference shows whole
}

void CorpusTest::goldensHoldNoCredential()
{
    const QStringList names = caseNames();
    for (const QString& name : names) {
        const QString golden = content(goldenOf(name));
        for (const char* value : { "example-token", "fake private", "hidden", "sha256~", "kubeconfig-u-" })
            QVERIFY2(!golden.contains(QLatin1String(value)), qPrintable(name));
    }
}

void CorpusTest::thereAreEnoughCases() { QVERIFY(caseNames().size() >= 60); }

GLACIS_TEST(CorpusTest)

} // namespace glacis::cluster

#include "corpus_test.moc"
