// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "marked_cluster.h"
#include "sample.h"

#include <QElapsedTimer>
#include <QRegularExpression>

#include <report/document_writers.h>
#include <report/make_report.h>
#include <report/pseudonyms.h>

using namespace glacis;
using glacis::report::Pseudonyms;
using glacis::test::text;

class PseudonymsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void nothingThatJsonAndMarkdownPrintKeepsAName();
    void noEditionKeepsAName();
    void nothingElseIsNamedThatTheTestWouldMiss();
    void whatIsNoSecretStays_data();
    void whatIsNoSecretStays();
    void unknownPlacesAreHidden_data();
    void unknownPlacesAreHidden();
    void partsStayApart();
    void sameNameSamePseudonym();
    void otherObjectsChangeNothing();
    void otherClustersGiveOthers();
    void withoutUidNamesAreNumbered();
    void hidingTwiceChangesNothing();
    void isFast();

private:
    assessment::AssessmentPtr m_marked;
    std::shared_ptr<const Pseudonyms> m_names;
};

namespace {
inventory::InventoryPtr read(std::string_view manifests)
{
    inventory::ImportOptions options;
    options.scope = inventory::Scope::Cluster;
    auto inventory = inventory::importText(manifests, "/home/zzqanna/zzq dump/zzq.yaml", options);
    if (!inventory)
        qFatal("%s", inventory.error().message.c_str());
    return *inventory;
}

inventory::InventoryPtr marked()
{
    auto copy = std::make_shared<inventory::Inventory>(*read(test::MarkedCluster));
    copy->source.kind = "context";
    copy->source.name = "zzqadmin@zzqcluster";
    copy->source.apiServer = "https://api.zzq.example:6443";
    std::vector<inventory::Diagnostic> diagnostics;
    const auto facts = inventory::readFacts(test::MarkedFacts, "facts.yaml", copy->observations, diagnostics);
    if (!facts)
        qFatal("%s", facts.error().message.c_str());
    return copy;
}

void strings(const QJsonValue& value, QStringList& into)
{
    if (value.isString())
        into += value.toString();
    else if (value.isArray())
        for (const QJsonValue& item : value.toArray())
            strings(item, into);
    else if (value.isObject())
        for (const QJsonValue& item : value.toObject())
            strings(item, into);
}

bool bearsName(const std::string& hidden)
{
    return text(hidden).contains(QLatin1String("zzq"), Qt::CaseInsensitive);
}
}

void PseudonymsTest::initTestCase()
{
    auto catalogue = posture::Catalogue::load();
    QVERIFY(catalogue);
    auto made = assessment::assess(marked(), std::make_shared<posture::Policy>(),
        std::make_shared<const posture::Catalogue>(std::move(*catalogue)));
    QVERIFY(made);
    m_marked = *made;
    m_names = std::make_shared<Pseudonyms>(*m_marked->inventory);
}

void PseudonymsTest::nothingThatJsonAndMarkdownPrintKeepsAName()
{
    report::WriteOptions options;
    options.all = true;
    QString markdown = text(report::writeMarkdown(*m_marked, options));
    markdown.remove(QLatin1Char('\\')); // pseudonyms stand in for text, before it is escaped
    QStringList all = markdown.split(QLatin1Char('\n'));
    strings(test::parsed(report::writeJson(*m_marked, options)), all);
    QVERIFY(all.size() > 1000);
    QStringList kept;
    int named = 0;
    for (const QString& one : all) {
        named += one.contains(QLatin1String("zzq")) ? 1 : 0;
        const std::string hidden = m_names->hide(one.toStdString());
        if (bearsName(hidden))
            kept += one + QLatin1String("  →  ") + text(hidden);
    }
    QVERIFY(named > 500);
    kept.removeDuplicates();
    QVERIFY2(kept.isEmpty(), qPrintable(kept.mid(0, 30).join(QLatin1Char('\n'))));
}

void PseudonymsTest::noEditionKeepsAName()
{
    for (const auto edition :
        { report::Edition::Management, report::Edition::Engineer, report::Edition::Audit }) {
        report::ReportOptions options;
        options.edition = edition;
        options.names = m_names;
        const auto document = report::makeReport(*m_marked, options);
        QVERIFY(document);
        QStringList kept;
        for (const std::string& written :
            { report::writeDocumentMarkdown(*document), report::writeDocumentHtml(*document, {}) })
            for (const QString& line : text(written).split(QLatin1Char('\n')))
                if (bearsName(line.toStdString()))
                    kept += line.left(300);
        QVERIFY2(kept.isEmpty(), qPrintable(kept.mid(0, 20).join(QLatin1Char('\n'))));
    }
}

/// Nothing may be left of what is no name: addresses are the one other thing that tells a cluster.
void PseudonymsTest::nothingElseIsNamedThatTheTestWouldMiss()
{
    report::WriteOptions options;
    options.all = true;
    QStringList all;
    strings(test::parsed(report::writeJson(*m_marked, options)), all);
    const QRegularExpression address(QLatin1String("(203\\.0\\.113|198\\.51\\.100|10\\.244)\\.[0-9]+"));
    for (const QString& one : all)
        QVERIFY2(!text(m_names->hide(one.toStdString())).contains(address), qPrintable(one));
}

void PseudonymsTest::whatIsNoSecretStays_data()
{
    QTest::addColumn<QString>("words");
    for (const char* words :
        { "Deployment", "GL-POD-001", "spec.template.spec.containers[0].securityContext.privileged",
            "/var/run/docker.sock", "the API server listens on 0.0.0.0:6443", "127.0.0.1:10248", "::1",
            "0.0.0.0/0", "::/0", "http://169.254.169.254/latest", "Group system:authenticated",
            "system:masters", "cluster-admin", "ClusterRoleBinding cluster-admin", "kube-system",
            "Kubernetes v1.29.3+k3s1 of 2026-11-20T10:00:00Z", "rbac.authorization.k8s.io/v1",
            "pods/exec, get,list nodes", "deployments.apps", "docker://24.0.9", "kernel 5.15.0-91-generic",
            "net.ipv4.ip_forward", "metadata.labels.pod-security.kubernetes.io/enforce",
            "It says so. And ends…", "rule verbs=* groups=\"\" resources=secrets", "web.yaml:17",
            "/etc/kubernetes/admin.conf", "kubernetes.default.svc", "port 2375 — open, “no TLS”" })
        QTest::newRow(words) << QString::fromUtf8(words);
}

void PseudonymsTest::whatIsNoSecretStays()
{
    QFETCH(QString, words);
    QCOMPARE(text(m_names->hide(words.toStdString())), words);
}

void PseudonymsTest::unknownPlacesAreHidden_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("pattern");
    const auto row = [](const char* words, const char* pattern) {
        QTest::newRow(words) << QString::fromUtf8(words) << QString::fromUtf8(pattern);
    };
    row("at 192.0.2.7:443", "at ip-[a-z2-7]{5}:443");
    row("192.0.2.0/24", "ip-[a-z2-7]{5}/24");
    row("[2001:db8::7]:443", "\\[ip-[a-z2-7]{5}\\]:443");
    row("2001:db8::/32", "ip-[a-z2-7]{5}/32");
    row("192.0.2.1-192.0.2.9", "ip-[a-z2-7]{5}-ip-[a-z2-7]{5}");
    row("https://nobody.example.org/login", "https://host-[a-z2-7]{5}/login");
    row("Nobody.Example.ORG", "host-[a-z2-7]{5}");
    row("*.apps.nobody.internal", "\\*\\.host-[a-z2-7]{5}");
    row("drizzle-web-7d4.internal.", "host-[a-z2-7]{5}\\.");
    row("A1.gr7.eu-west-1.eks.amazonaws.com", "host-[a-z2-7]{5}");
    row("node ip-10-0-1-5", "node host-[a-z2-7]{5}");
    row("mail x.y@example.org!", "mail user-[a-z2-7]{5}!");
}

void PseudonymsTest::unknownPlacesAreHidden()
{
    QFETCH(QString, words);
    QFETCH(QString, pattern);
    const QString hidden = text(m_names->hide(words.toStdString()));
    QVERIFY2(QRegularExpression(QRegularExpression::anchoredPattern(pattern)).match(hidden).hasMatch(),
        qPrintable(hidden));
    QCOMPARE(text(Pseudonyms(*m_marked->inventory).hide(words.toStdString())), hidden);
}

/// Around a name everything is as it was, and every name keeps the place that it had.
void PseudonymsTest::partsStayApart()
{
    const auto check = [this](const char* words, const char* pattern) {
        QString whole = QString::fromLatin1(pattern);
        whole.replace(QLatin1Char('~'), QLatin1String("[a-z2-7]{5}"));
        const QString hidden = text(m_names->hide(words));
        QVERIFY2(QRegularExpression(QRegularExpression::anchoredPattern(whole)).match(hidden).hasMatch(),
            qPrintable(hidden));
    };
    check("own/zzqshop/Deployment/zzq-web", "own/ns-~/Deployment/workload-~");
    check("user system:serviceaccount:zzqshop:zzq-robot", "user system:serviceaccount:ns-~:account-~");
    check("registry.zzq.example:5000/zzqteam/zzqweb:1.2-zzq@sha256:"
          "aaaabbbbccccdddd1111222233334444aaaabbbbccccdddd1111222233334444",
        "image-~:5000/[a-z]+-~/[a-z]+-~:tag-~@sha256:digest-~");
    check("zzqdb:5432", "workload-~:5432");
    check("image registry.k8s.io/etcd:3.5.12", "image registry\\.k8s\\.io/etcd:tag-~");
    check("Deployment zzqshop/zzqshop in zzqshop", "Deployment ns-~/workload-~ in ns-~");
    check("seen by (zzqsource by Anna (old)) at night", "seen by \\(source-~\\) at night");
    check("M10@clusterrolebinding/zzq-all", "M10@clusterrolebinding/binding-~");
    check("ServiceAccounts 'zzq-robot', zzqshop's", "ServiceAccounts 'account-~', ns-~'s");
    check("GROUP \"Zzq zzq Users\" may", "GROUP \"group-~\" may");
    check("/home/zzqanna/zzq dump/zzq.yaml:17", "/home/[a-z]+-~/file-~/file-~\\.yaml:17");
    check("zzqdb.zzqshop.svc.cluster.local:80", "workload-~\\.ns-~\\.svc\\.cluster\\.local:80");
    check("data.zzq.key", "data\\.key-~");
    check("spec.rules[0].host", "spec\\.rules\\[0\\]\\.host");
}

void PseudonymsTest::sameNameSamePseudonym()
{
    const Pseudonyms again(*marked());
    for (const char* words : { "zzq-web", "zzqshop", "ServiceAccount zzqshop/zzq-robot", "198.51.100.20" })
        QCOMPARE(text(again.hide(words)), text(m_names->hide(words)));
    QVERIFY(m_names->hide("zzq-web") != m_names->hide("zzqdb"));
    const std::string shop = m_names->hide("zzqshop");
    QVERIFY(m_names->hide("Deployment zzqshop/zzq-web").find(shop + "/") != std::string::npos);
}

void PseudonymsTest::otherObjectsChangeNothing()
{
    const Pseudonyms more(*read(std::string(test::MarkedCluster)
        + "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: aaa}\n---\napiVersion: apps/v1\n"
          "kind: Deployment\nmetadata: {name: bbb, namespace: aaa}\n"));
    const Pseudonyms before(*read(test::MarkedCluster));
    for (const char* words : { "zzq-web", "zzqshop", "ZZQ_PASSWORD", "ServiceAccount zzqshop/zzq-robot" })
        QCOMPARE(text(more.hide(words)), text(before.hide(words)));
}

void PseudonymsTest::otherClustersGiveOthers()
{
    std::string other(test::MarkedCluster);
    other.replace(other.find("0c5a8a3e"), 8, "1111aaaa");
    QVERIFY(Pseudonyms(*read(other)).hide("zzq-web") != m_names->hide("zzq-web"));
    QVERIFY(Pseudonyms(*read(other)).hide("192.0.2.7") != m_names->hide("192.0.2.7"));
}

void PseudonymsTest::withoutUidNamesAreNumbered()
{
    const auto inventory = read("apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop}\nspec: "
                                "{containers: [{name: main, image: workload-1}]}\n---\n"
                                "apiVersion: v1\nkind: Pod\nmetadata: {name: db, namespace: shop}\n");
    const Pseudonyms names(*inventory);
    // A name that reads like a pseudonym is none.
    QCOMPARE(text(names.hide("Pod shop/web, Pod shop/db")), text("Pod ns-1/workload-3, Pod ns-1/workload-2"));
    QCOMPARE(text(names.hide("workload-1")), text("image-1"));
    QVERIFY(!text(names.hide("at 192.0.2.7")).contains(text("192")));
    QCOMPARE(text(Pseudonyms(*inventory).hide("at 192.0.2.7")), text(names.hide("at 192.0.2.7")));
}

void PseudonymsTest::hidingTwiceChangesNothing()
{
    report::WriteOptions options;
    options.all = true;
    QStringList all;
    strings(test::parsed(report::writeJson(*m_marked, options)), all);
    for (const QString& one : all) {
        const std::string once = m_names->hide(one.toStdString());
        QCOMPARE(text(m_names->hide(once)), text(once));
    }
}

void PseudonymsTest::isFast()
{
    const std::string words = "ServiceAccount zzqshop/zzq-robot may run commands in running pods (create on "
                              "pods/exec) in every namespace, by ClusterRole zzq:reader at 192.0.2.7";
    QElapsedTimer clock;
    clock.start();
    for (int i = 0; i < 10'000; ++i)
        (void)m_names->hide(words);
    QVERIFY2(clock.elapsed() < 1000, qPrintable(QString::number(clock.elapsed())));
}

GLACIS_TEST(PseudonymsTest)
#include "pseudonyms_test.moc"
