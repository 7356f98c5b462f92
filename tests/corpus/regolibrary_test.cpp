// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Test cases of Kubescape's rule library, case by case: the objects (kind and name) in expected.json fail, no
// others.
#include "corpus_fixture.h"

#include <map>

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace glacis::test;

class RegolibraryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void caseByCase_data();
    void caseByCase();
};

namespace {

struct Rule {
    std::set<std::string> ours; ///< empty: not written yet
};

const std::map<std::string, Rule>& mapping()
{
    static const std::map<std::string, Rule> table {
        { "automount-default-service-account", { { "GL-RBAC-021" } } },
        { "containers-mounting-docker-socket", { { "GL-DKR-007" } } },
        { "host-network-access", { { "GL-POD-004" } } }, { "ingress-no-tls", { { "GL-EXP-008" } } },
        { "insecure-capabilities", { { "GL-POD-009" } } },
        { "rule-privileged-container",
            { { "GL-POD-001", "GL-POD-009" } } }, // theirs counts SYS_ADMIN as privileged,
        { "CVE-2021-25742", {} }, // GL-EXP-011
        { "drop-capability-netraw", {} }, // GL-POD-010
        { "ensure-default-service-accounts-has-only-default-roles", {} }, // GL-RBAC-020
        { "linux-hardening", {} }, // GL-POD-014, GL-POD-015
        { "pod-security-admission-restricted-applied-1", { { "GL-ADM-001" } } },
        { "resource-policies", {} }, // GL-POD-019
        { "rule-can-access-proxy-subresource", {} }, // GL-RBAC-014
        { "rule-can-approve-cert-signing-request", {} }, // GL-RBAC-015
        { "rule-credentials-configmap", {} }, // GL-SEC-004
        { "rule-excessive-delete-rights-v1", {} }, // no check of ours yet
        { "rule-identify-old-k8s-registry", {} }, // GL-SUP-002
        { "set-hostprocess-true", {} }, // GL-POD-018
    };
    return table;
}

// Where we differ from expected.json, and why.
const std::map<std::string, std::string>& differences()
{
    static const std::string account
        = "theirs fails the ServiceAccount that lets tokens be mounted, ours the workload that "
          "mounts one: there is no workload in this case";
    static const std::map<std::string, std::string> table {
        { "automount-default-service-account/both-mount", account },
        { "automount-default-service-account/both-mount-default", account },
        { "automount-default-service-account/sa-mount", account },
    };
    return table;
}

std::set<std::string> expectedObjects(const QString& file)
{
    QFile in(file);
    if (!in.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(file));
    std::set<std::string> names;
    for (const auto& alert : QJsonDocument::fromJson(in.readAll()).array()) {
        for (const auto& object :
            alert[QLatin1String("alertObject")][QLatin1String("k8sApiObjects")].toArray()) {
            const QString name = object[QLatin1String("metadata")][QLatin1String("name")].toString();
            names.insert(object[QLatin1String("kind")].toString().toStdString() + ' ' + name.toStdString());
        }
    }
    return names;
}

std::string joined(const std::set<std::string>& names)
{
    std::string text;
    for (const auto& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return '{' + text + '}';
}

} // namespace

void RegolibraryTest::caseByCase_data()
{
    GLACIS_NEED_CORPUS();
    QTest::addColumn<QString>("folder");
    const QDir root(corpus() + QStringLiteral("/regolibrary"));
    for (const QString& rule : root.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const QDir cases(root.filePath(rule + QStringLiteral("/test")));
        for (const QString& one : cases.entryList(QDir::Dirs | QDir::NoDotAndDotDot))
            QTest::newRow(qPrintable(rule + QLatin1Char('/') + one)) << cases.filePath(one);
    }
}

void RegolibraryTest::caseByCase()
{
    GLACIS_NEED_CORPUS();
    QFETCH(QString, folder);
    const std::string name = QTest::currentDataTag();
    const std::string rule = name.substr(0, name.find('/'));
    QVERIFY2(mapping().count(rule), "a rule of theirs that the table does not name");
    const Rule& ours = mapping().at(rule);
    if (ours.ours.empty())
        QSKIP("our check for it is not written yet");
    std::set<std::string> found;
    for (const auto& failure : failuresOf({ folder.toStdString() + "/input" })) {
        if (ours.ours.count(failure.check))
            found.insert(failure.kind + ' ' + failure.name);
    }
    const auto expected = expectedObjects(folder + QStringLiteral("/expected.json"));
    if (differences().count(name)) {
        QVERIFY2(found != expected, "a stated difference is gone: take it off the list");
        return;
    }
    QVERIFY2(found == expected, ("ours " + joined(found) + ", theirs " + joined(expected)).c_str());
}

GLACIS_TEST(RegolibraryTest)
#include "regolibrary_test.moc"
