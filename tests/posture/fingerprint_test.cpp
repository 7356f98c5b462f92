// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "judged.h"
#include "test_main.h"

#include <set>

#include <base/sha256.h>

namespace glacis::posture {

using test::deployment;
using test::Judged;
using test::text;

class FingerprintTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void isWhatTheModelSays();
    void staysTheSame_data();
    void staysTheSame();
    void isAnother_data();
    void isAnother();
    void isStableAgainstTheOrderOfLists();
};

namespace {
    constexpr const char* base
        = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop, uid: u1}\n"
          "spec: {template: {spec: {containers: [{name: app, image: i, env: [{name: DB_PASSWORD, value: "
          "hidden7Value}]}]}}}\n";
    QString only(const Judged& judged, std::string_view check)
    {
        const auto& findings = judged.result(check).findings;
        return findings.size() == 1 ? text(findings[0].fingerprint)
                                    : QStringLiteral("%1 findings").arg(findings.size());
    }
}

void FingerprintTest::isWhatTheModelSays()
{
    const std::string expected
        = sha256Hex("GL-SEC-001|apps/Deployment/shop/web|container app env DB_PASSWORD", 16);
    QCOMPARE(only(Judged(base), "GL-SEC-001"), text(expected));
}

void FingerprintTest::staysTheSame_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::newRow("another value") << "hidden7Value"
                                   << "other8Word9";
    QTest::newRow("another uid") << "uid: u1"
                                 << "uid: u2";
    QTest::newRow("an old apiVersion") << "apps/v1"
                                       << "extensions/v1beta1";
    QTest::newRow("another image") << "image: i"
                                   << "image: j";
    QTest::newRow("a variable before it") << "env: ["
                                          << "env: [{name: A, value: b}, ";
    QTest::newRow("a container before it") << "containers: ["
                                           << "containers: [{name: first, image: x}, ";
    QTest::newRow("labels") << "uid: u1"
                            << "labels: {a: b}";
}

void FingerprintTest::staysTheSame()
{
    QFETCH(QString, from);
    QFETCH(QString, to);
    QString changed = QString::fromLatin1(base);
    QVERIFY(changed.contains(from));
    changed.replace(from, to);
    QCOMPARE(only(Judged(changed.toStdString()), "GL-SEC-001"), only(Judged(base), "GL-SEC-001"));
}

void FingerprintTest::isAnother_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::newRow("namespace") << "namespace: shop"
                               << "namespace: other";
    QTest::newRow("name") << "name: web"
                          << "name: api";
    QTest::newRow("kind") << "kind: Deployment"
                          << "kind: StatefulSet";
    QTest::newRow("container") << "name: app"
                               << "name: main";
    QTest::newRow("variable") << "DB_PASSWORD"
                              << "API_PASSWORD";
}

void FingerprintTest::isAnother()
{
    QFETCH(QString, from);
    QFETCH(QString, to);
    QString changed = QString::fromLatin1(base);
    QVERIFY(changed.contains(from));
    changed.replace(from, to);
    const QString other = only(Judged(changed.toStdString()), "GL-SEC-001");
    QCOMPARE(other.size(), 16);
    QVERIFY(other != only(Judged(base), "GL-SEC-001"));
}

void FingerprintTest::isStableAgainstTheOrderOfLists()
{
    const auto prints = [](const std::string& yaml) {
        std::set<std::string> all;
        const Judged judged(yaml);
        for (const Finding* finding : judged.assessment().findings(true))
            all.insert(std::string(judged.assessment().info(*finding).id) + " " + finding->fingerprint);
        return all;
    };
    const std::string a = "{name: a, image: i, ports: [{containerPort: 1, hostPort: 1}], securityContext: "
                          "{privileged: true, capabilities: {add: [BPF, SYS_ADMIN]}}}";
    const std::string b = "{name: b, image: i, volumeMounts: [{name: v, mountPath: /x}, {name: w, mountPath: "
                          "/y}], env: [{name: B_TOKEN, value: x9yz8w7v}]}";
    const std::string v = "{name: v, hostPath: {path: /}}";
    const std::string w = "{name: w, hostPath: {path: /etc}}";
    const std::string head = "apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: shop}\nspec: ";
    const auto one = prints(head + "{containers: [" + a + ", " + b + "], volumes: [" + v + ", " + w + "]}\n");
    const auto two = prints(head + "{volumes: [" + w + ", " + v + "], containers: [" + b + ", " + a + "]}\n");
    QVERIFY(one.size() > 8);
    QCOMPARE(two, one);
}

} // namespace glacis::posture

using glacis::posture::FingerprintTest;
GLACIS_TEST(FingerprintTest)
#include "fingerprint_test.moc"
