// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Outside manifests whose expectation is known (GLACIS_CORPUS): each file's verdict against ours, with the
// places where we differ on purpose and why.
#include <judged.h>
#include <test_main.h>

#include <QDir>
#include <QFileInfo>

#include <inventory/import.h>

using namespace glacis;
using namespace glacis::test;

namespace {
QString corpus() { return qEnvironmentVariable("GLACIS_CORPUS"); }

/// Some object fails one of the checks.
bool fails(const QString& path, std::initializer_list<const char*> checks)
{
    inventory::ImportOptions options;
    options.scope = inventory::Scope::Manifests;
    auto read = inventory::importPaths({ path.toStdString() }, options);
    if (!read)
        qFatal("%s", read.error().message.c_str());
    const Judged judged(*read, JudgeOptions {});
    for (const char* check : checks)
        if (judged.result(check).failed > 0)
            return true;
    return false;
}
}

class NetworkCorpusTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        if (corpus().isEmpty() || !QDir(corpus()).exists())
            QSKIP("no corpus");
    }

    void polarisFilesHaveTheVerdictOfTheirName_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("check");
        QTest::addColumn<bool>("expected");
        // Kubernetes isolates a pod that a policy selects for a direction, whether or not the policy has
        // rules for it: a policy without rules is the strictest one, not a missing one.
        const QStringList stricterThanTheyThink { QStringLiteral("failure.netpol_missing_ingress_rules.yaml"),
            QStringLiteral("failure.netpol_missing_egress_rules.yaml") };
        const std::pair<const char*, const char*> folders[]
            = { { "missingNetworkPolicy", "GL-NET-004" }, { "tlsSettingsMissing", "GL-EXP-008" } };
        for (const auto& [folder, check] : folders) {
            const QDir dir(corpus() + QStringLiteral("/polaris/") + QString::fromUtf8(folder));
            for (const QString& file : dir.entryList({ QStringLiteral("*.yaml") }, QDir::Files, QDir::Name)) {
                const bool failure
                    = file.startsWith(QStringLiteral("failure")) && !file.contains(QStringLiteral("mutated"));
                QTest::newRow(qPrintable(file)) << dir.filePath(file) << QString::fromUtf8(check)
                                                << (failure && !stricterThanTheyThink.contains(file));
            }
        }
    }
    void polarisFilesHaveTheVerdictOfTheirName()
    {
        QFETCH(QString, file);
        QFETCH(QString, check);
        QFETCH(bool, expected);
        QCOMPARE(fails(file, { check.toUtf8().constData() }), expected);
    }

    void regolibraryCasesAlertWhereWeFail_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::addColumn<QString>("check");
        const std::pair<const char*, const char*> rules[] = { { "host-network-access", "GL-POD-004" },
            { "ingress-no-tls", "GL-EXP-008" }, { "containers-mounting-docker-socket", "GL-DKR-007" } };
        for (const auto& [rule, check] : rules) {
            const QDir dir(corpus() + QStringLiteral("/regolibrary/") + QString::fromUtf8(rule)
                + QStringLiteral("/test"));
            for (const QString& name : dir.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name))
                QTest::newRow(qPrintable(QString::fromUtf8(rule) + QLatin1Char('/') + name))
                    << dir.filePath(name) << QString::fromUtf8(check);
        }
    }
    void regolibraryCasesAlertWhereWeFail()
    {
        QFETCH(QString, folder);
        QFETCH(QString, check);
        QFile expected(folder + QStringLiteral("/expected.json"));
        QVERIFY(expected.open(QIODevice::ReadOnly));
        const bool alerts = expected.readAll().trimmed() != "[]";
        QCOMPARE(fails(folder + QStringLiteral("/input"), { check.toUtf8().constData() }), alerts);
    }
};
GLACIS_TEST(NetworkCorpusTest)
#include "network_corpus_test.moc"
