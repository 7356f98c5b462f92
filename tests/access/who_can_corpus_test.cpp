// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// rbac-tool's example clusters: question and expected subjects stand in the comments of each file.
#include <access/access.h>
#include <inventory/import.h>

#include <QDir>
#include <QFile>
#include <QRegularExpression>

#include <map>
#include <set>

#include <test_main.h>

using namespace glacis;
using namespace glacis::access;

namespace {

using Subjects = std::set<std::string>; // "User jane", "ServiceAccount test/sa"

struct Example {
    Request request;
    Subjects expected;
};

Example exampleIn(const QString& yaml)
{
    Example out;
    static const QRegularExpression question(QStringLiteral("who-can (\\S+) (\\S+)"));
    static const QRegularExpression row(
        QStringLiteral("^#\\s+(User|Group|ServiceAccount)\\s*\\|\\s*(\\S+)\\s*\\|\\s*([^\\s|]*)"));
    for (const auto& line : yaml.split(QLatin1Char('\n'))) {
        if (!line.startsWith(QLatin1Char('#')))
            continue;
        if (const auto asked = question.match(line); asked.hasMatch() && out.request.verb.empty()) {
            out.request.verb = asked.captured(1).toStdString();
            auto what = asked.captured(2).toStdString();
            if (what.starts_with('/')) {
                out.request.url = what;
                continue;
            }
            if (const auto slash = what.find('/'); slash != std::string::npos) {
                out.request.name = what.substr(slash + 1);
                what.resize(slash);
            }
            out.request.resource = what == "pod" ? "pods" : what;
        } else if (const auto subject = row.match(line); subject.hasMatch()) {
            const auto kind = subject.captured(1).toStdString();
            const auto ns = subject.captured(3).toStdString();
            out.expected.insert(kind + " " + (kind == "ServiceAccount" ? ns + "/" : std::string())
                + subject.captured(2).toStdString());
        }
    }
    return out;
}

/// Everybody named in a binding who may do it in some namespace or group that the source names.
Subjects whoCan(const inventory::Inventory& inventory, const Access& access, Request request)
{
    std::set<std::string> namespaces { "" }, groups { "" };
    for (const auto& role : inventory.roles) {
        for (const auto& rule : role.rules) {
            for (const Str group : rule.apiGroups)
                groups.insert(group.str());
        }
    }
    for (const auto ns : inventory.namespaceNames())
        namespaces.insert(ns.str());
    Subjects out;
    for (const auto& binding : access.bindings()) {
        for (const auto& subject : binding.binding->subjects) {
            const bool account = subject.kind == "ServiceAccount";
            const std::string ns = subject.ns.empty() ? binding.ns : subject.ns.str();
            const auto who = account      ? Identity::serviceAccount(ns, subject.name)
                : subject.kind == "Group" ? Identity::group(subject.name)
                                          : Identity::user(subject.name);
            for (const auto& space : namespaces) {
                for (const auto& group : groups) {
                    request.ns = space;
                    request.group = group;
                    if (access.allows(who, request))
                        out.insert(subject.kind.str() + " " + (account ? ns + "/" : std::string())
                            + subject.name.str());
                }
            }
        }
    }
    return out;
}

const std::map<std::string, std::pair<Subjects, const char*>>& differences()
{
    static const std::map<std::string, std::pair<Subjects, const char*>> table {
        { "gatewat-api-operator.yaml",
            { {}, "the role lists create, update, delete and patch: nobody may get" } },
        { "nonresourceurl-reader.yaml",
            { {}, "a RoleBinding never grants URLs; system:masters is outside RBAC" } },
    };
    return table;
}

QString corpus() { return qEnvironmentVariable("GLACIS_CORPUS") + QStringLiteral("/rbac-tool/whocan"); }

} // namespace

class WhoCanCorpusTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void subjectsInTheComments_data()
    {
        QTest::addColumn<QString>("file");
        const QDir dir(corpus());
        const auto files = dir.entryList({ QStringLiteral("*.yaml") }, QDir::Files, QDir::Name);
        if (files.isEmpty())
            QSKIP("skipped: no corpus");
        for (const auto& file : files)
            QTest::newRow(qPrintable(file)) << file;
    }
    void subjectsInTheComments()
    {
        QFETCH(QString, file);
        QFile source(corpus() + QLatin1Char('/') + file);
        QVERIFY(source.open(QIODevice::ReadOnly));
        const auto yaml = source.readAll();
        const auto example = exampleIn(QString::fromUtf8(yaml));
        QVERIFY(!example.request.verb.empty() && !example.expected.empty());
        const auto inventory = inventory::importText(yaml.toStdString(), file.toStdString(), {});
        QVERIFY(inventory);
        const Access access(**inventory);
        const auto found = whoCan(**inventory, access, example.request);
        const auto difference = differences().find(file.toStdString());
        if (difference == differences().end()) {
            QCOMPARE(found, example.expected);
            return;
        }
        QCOMPARE(found, difference->second.first);
        qInfo("differs: %s", difference->second.second);
    }
};

GLACIS_TEST(WhoCanCorpusTest)
#include "who_can_corpus_test.moc"
