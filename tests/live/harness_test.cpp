// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Does the ground hold on which the other live tests stand? None of this touches the product's client.
#include <set>

#include <signal.h>

#include <QJsonArray>
#include <QJsonDocument>

#include <test_main.h>

#include "documents.h"
#include "generated_objects.h"
#include "live_control_plane.h"
#include "object_loader.h"

using namespace glacis;
using namespace glacis::live;
using glacis::test::text;

class HarnessTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void theServerIsTheStatedOne();
    void theWholeVotelabIsTaken();
    void theVariantsAreTakenToo_data();
    void theVariantsAreTakenToo();
    void theGeneratedClusterIsTaken();
    void objectsKeepWhatTheyWere();
    void ownersAreNamedByTheServersUids();
    void statusesAreKept();
    void aTableOfSecretsHoldsNoValues();
    void identitiesAreWhoTheyShouldBe();
    void anonymousIsAnswered();
    void theAuditLogTellsWhoAskedWhat();
    void trespassesAreSeen();
    void theServerComesBackWhereItWas();
    void childrenEndWithTheirOwner();

private:
    std::unique_ptr<LiveControlPlane> m_plane;
    std::vector<QJsonObject> m_objects;
    LoadResult m_loaded;
};

namespace {

QJsonArray itemsOf(const Answer& answer) { return answer.json().value(QLatin1String("items")).toArray(); }

QString lines(const std::vector<std::string>& all)
{
    QString out;
    for (const std::string& line : all)
        out += text(line) + QLatin1Char('\n');
    return out;
}

std::size_t count(const std::vector<QJsonObject>& objects, std::string_view kind)
{
    return static_cast<std::size_t>(std::count_if(
        objects.begin(), objects.end(), [&](const QJsonObject& o) { return textAt(o, "kind") == kind; }));
}

} // namespace

void HarnessTest::initTestCase()
{
    if (const std::string why = LiveControlPlane::whyNot(); !why.empty())
        QSKIP(why.c_str());
    auto plane = LiveControlPlane::start(
        { .tokens = { { "token-of-the-watchman", "watchman", { "guards", "night" } } } });
    QVERIFY2(plane, qPrintable(text(plane ? std::string() : plane.error().message)));
    m_plane = std::move(*plane);
    m_objects = practiceObjects({ "base", "votelab" });
    m_loaded = load(m_plane->admin(), m_objects);
}

void HarnessTest::cleanup()
{
    if (!QTest::currentTestFailed() || !m_plane)
        return;
    m_plane->keepFolder();
    qInfo("logs are kept in %s", m_plane->folder().c_str());
}

void HarnessTest::theServerIsTheStatedOne()
{
    const Answer version = AdminClient(m_plane->admin()).get("/version");
    const std::string git = textAt(version.json(), "gitVersion");
    QVERIFY2(git.starts_with("v1."), qPrintable(text(version.what())));
    QVERIFY(std::stoi(git.substr(3)) >= 34);
}

void HarnessTest::theWholeVotelabIsTaken()
{
    QVERIFY2(m_loaded.refused.empty(), qPrintable(lines(m_loaded.refused)));
    QCOMPARE(m_loaded.created + m_loaded.replaced, m_objects.size());
    QVERIFY(m_loaded.replaced > 30); // bootstrap roles and namespaces that every server has
    AdminClient admin(m_plane->admin());
    for (const auto& [kind, target] :
        { std::pair { "Pod", "/api/v1/pods" }, { "Node", "/api/v1/nodes" }, { "Secret", "/api/v1/secrets" },
            { "Deployment", "/apis/apps/v1/deployments" }, { "ReplicaSet", "/apis/apps/v1/replicasets" },
            { "Ingress", "/apis/networking.k8s.io/v1/ingresses" },
            { "NetworkPolicy", "/apis/networking.k8s.io/v1/networkpolicies" },
            { "Certificate", "/apis/cert-manager.io/v1/certificates" } }) {
        const auto served = static_cast<std::size_t>(itemsOf(admin.get(target)).size());
        QVERIFY2(served == count(m_objects, kind), kind);
    }
}

void HarnessTest::theVariantsAreTakenToo_data()
{
    QTest::addColumn<std::vector<std::string>>("layers");
    QTest::newRow("hardened") << std::vector<std::string> { "base", "hardened" };
    QTest::newRow("dnat") << std::vector<std::string> { "base", "votelab", "dnat" };
    QTest::newRow("flannel") << std::vector<std::string> { "base", "votelab", "flannel" };
    QTest::newRow("eks") << std::vector<std::string> { "base", "votelab", "eks" };
}

void HarnessTest::theVariantsAreTakenToo()
{
    QFETCH(std::vector<std::string>, layers);
    auto plane = LiveControlPlane::start({});
    QVERIFY2(plane, qPrintable(text(plane ? std::string() : plane.error().message)));
    const LoadResult loaded = load((*plane)->admin(), practiceObjects(layers));
    QVERIFY2(loaded.refused.empty(), qPrintable(lines(loaded.refused)));
}

void HarnessTest::theGeneratedClusterIsTaken()
{
    const std::vector<QJsonObject> objects = generatedObjects(200);
    auto plane = LiveControlPlane::start({});
    QVERIFY2(plane, qPrintable(text(plane ? std::string() : plane.error().message)));
    const LoadResult loaded = load((*plane)->admin(), objects, 12);
    QVERIFY2(loaded.refused.empty(), qPrintable(lines(loaded.refused)));
    QCOMPARE(loaded.created + loaded.replaced, objects.size());
}

void HarnessTest::objectsKeepWhatTheyWere()
{
    AdminClient admin(m_plane->admin());
    for (const QJsonObject& written : m_objects) {
        if (textAt(written, "kind") != "Pod")
            continue;
        const QJsonObject served = admin
                                       .get("/api/v1/namespaces/" + textAt(written, "metadata.namespace")
                                           + "/pods/" + textAt(written, "metadata.name"))
                                       .json();
        QCOMPARE(textAt(served, "spec.nodeName"), textAt(written, "spec.nodeName"));
        QCOMPARE(at(served, "metadata.labels"), at(written, "metadata.labels"));
        const QJsonArray containers = at(served, "spec.containers").toArray();
        const QJsonArray asWritten = at(written, "spec.containers").toArray();
        QCOMPARE(containers.size(), asWritten.size());
        for (qsizetype i = 0; i < containers.size(); ++i)
            for (const char* field : { "name", "image", "command", "args", "volumeMounts" })
                QCOMPARE(containers[i].toObject().value(QLatin1String(field)),
                    asWritten[i].toObject().value(QLatin1String(field)));
    }
}

void HarnessTest::ownersAreNamedByTheServersUids()
{
    AdminClient admin(m_plane->admin());
    std::set<QString> uids;
    for (const char* target : { "/api/v1/nodes", "/apis/apps/v1/replicasets", "/apis/apps/v1/deployments",
             "/apis/apps/v1/daemonsets", "/apis/apps/v1/statefulsets", "/apis/batch/v1/jobs",
             "/apis/batch/v1/cronjobs" })
        for (const QJsonValue& item : itemsOf(admin.get(target)))
            uids.insert(at(item.toObject(), "metadata.uid").toString());
    int owned = 0;
    for (const char* target : { "/api/v1/pods", "/apis/apps/v1/replicasets", "/apis/batch/v1/jobs" }) {
        for (const QJsonValue& item : itemsOf(admin.get(target))) {
            for (const QJsonValue& owner : at(item.toObject(), "metadata.ownerReferences").toArray()) {
                QVERIFY(uids.contains(at(owner.toObject(), "uid").toString()));
                ++owned;
            }
        }
    }
    QVERIFY(owned > 60);
}

void HarnessTest::statusesAreKept()
{
    AdminClient admin(m_plane->admin());
    int running = 0;
    for (const QJsonValue& pod : itemsOf(admin.get("/api/v1/pods")))
        running += textAt(pod.toObject(), "status.phase") == "Running" ? 1 : 0;
    QVERIFY(running > 40);
    const QJsonObject node = admin.get("/api/v1/nodes/cp-1").json();
    QCOMPARE(textAt(node, "status.nodeInfo.kubeletVersion"), std::string("v1.32.4"));
    int balanced = 0;
    for (const QJsonValue& service : itemsOf(admin.get("/api/v1/services")))
        balanced += at(service.toObject(), "status.loadBalancer.ingress").toArray().empty() ? 0 : 1;
    const auto written = std::count_if(m_objects.begin(), m_objects.end(), [](const QJsonObject& o) {
        return textAt(o, "kind") == "Service" && !at(o, "status.loadBalancer.ingress").toArray().empty();
    });
    QCOMPARE(balanced, static_cast<int>(written));
}

void HarnessTest::aTableOfSecretsHoldsNoValues()
{
    AdminClient admin(m_plane->admin());
    const Answer whole = admin.get("/api/v1/secrets");
    std::set<std::string> values;
    for (const QJsonValue& secret : itemsOf(whole))
        for (const QJsonValue& value : at(secret.toObject(), "data").toObject())
            if (const std::string v = value.toString().toStdString(); v.size() > 8)
                values.insert(v);
    QVERIFY(!values.empty());
    const Answer table = admin.get(
        "/api/v1/secrets?includeObject=None", { "Accept: application/json;as=Table;v=v1;g=meta.k8s.io" });
    QCOMPARE(textAt(table.json(), "kind"), std::string("Table"));
    const QJsonArray rows = table.json().value(QLatin1String("rows")).toArray();
    QCOMPARE(rows.size(), itemsOf(whole).size());
    for (const QJsonValue& row : rows)
        QVERIFY(at(row.toObject(), "object").isNull());
    for (const std::string& value : values)
        QVERIFY(table.body.find(value) == std::string::npos);
}

void HarnessTest::identitiesAreWhoTheyShouldBe()
{
    const auto ask = [](const AdminAccess& access) {
        AdminClient client(access);
        return client
            .send("POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews",
                R"({"apiVersion":"authentication.k8s.io/v1","kind":"SelfSubjectReview"})")
            .json();
    };
    const QJsonObject watchman = ask(m_plane->withToken("token-of-the-watchman"));
    QCOMPARE(textAt(watchman, "status.userInfo.username"), std::string("watchman"));
    QVERIFY(at(watchman, "status.userInfo.groups").toArray().contains(QStringLiteral("night")));
    const QJsonObject jane = ask(m_plane->as("jane", { "devs" }));
    QCOMPARE(textAt(jane, "status.userInfo.username"), std::string("jane"));
    QVERIFY(at(jane, "status.userInfo.groups").toArray().contains(QStringLiteral("devs")));
    // RBAC decides: who was given nothing lists nothing.
    QCOMPARE(AdminClient(m_plane->as("jane")).get("/api/v1/nodes").status, 403);
    QCOMPARE(AdminClient(m_plane->withToken("wrong")).get("/api/v1/nodes").status, 401);
}

void HarnessTest::anonymousIsAnswered()
{
    QCOMPARE(AdminClient(m_plane->nobody()).get("/version").status, 200);
    QCOMPARE(AdminClient(m_plane->nobody()).get("/api/v1/nodes").status, 403);
    auto closed = LiveControlPlane::start({ .anonymous = Anonymous::Off });
    QVERIFY2(closed, qPrintable(text(closed ? std::string() : closed.error().message)));
    QCOMPARE(AdminClient((*closed)->nobody()).get("/version").status, 401);
}

void HarnessTest::theAuditLogTellsWhoAskedWhat()
{
    AdminClient(m_plane->as("auditee"))
        .send("GET", "/api/v1/secrets?limit=5", {}, { "User-Agent: glacis-audit-check" });
    const std::vector<AuditLine> asked = of(m_plane->audited(), "glacis-audit-check");
    QCOMPARE(asked.size(), std::size_t(1));
    QCOMPARE(asked.front().verb, std::string("list"));
    QCOMPARE(asked.front().uri, std::string("/api/v1/secrets?limit=5"));
    QCOMPARE(asked.front().resource, std::string("secrets"));
    QCOMPARE(asked.front().user, std::string("auditee"));
    QCOMPARE(asked.front().status, 403);
}

void HarnessTest::trespassesAreSeen()
{
    const std::string agent = "glacis-trespasser";
    AdminClient client(m_plane->admin());
    const auto ask = [&](const std::string& method, const std::string& target, const std::string& body = {}) {
        client.send(method, target, body, { "User-Agent: " + agent });
    };
    ask("GET", "/api/v1/pods?limit=1");
    ask("GET", "/version");
    ask("GET", "/api/v1/secrets?includeObject=None&limit=1");
    ask("POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews",
        R"({"apiVersion":"authentication.k8s.io/v1","kind":"SelfSubjectReview"})");
    QCOMPARE(lines(trespasses(of(m_plane->audited(), agent))), QString());
    ask("GET", "/api/v1/secrets?limit=1");
    ask("GET", "/api/v1/namespaces/default/secrets/some?includeObject=None");
    ask("GET", "/api/v1/pods?watch=true&timeoutSeconds=1");
    ask("GET", "/api/v1/nodes/cp-1/proxy/healthz");
    ask("POST", "/api/v1/namespaces", R"({"apiVersion":"v1","kind":"Namespace","metadata":{"name":"tt"}})");
    ask("DELETE", "/api/v1/namespaces/tt");
    const std::vector<std::string> seen = trespasses(of(m_plane->audited(), agent));
    QVERIFY2(seen.size() == 6, qPrintable(lines(seen)));
}

void HarnessTest::theServerComesBackWhereItWas()
{
    const qsizetype before = itemsOf(AdminClient(m_plane->admin()).get("/api/v1/pods")).size();
    m_plane->stop();
    QCOMPARE(AdminClient(m_plane->admin()).get("/readyz").status, 0);
    const auto back = m_plane->restart();
    QVERIFY2(back, qPrintable(text(back ? std::string() : back.error().message)));
    QCOMPARE(itemsOf(AdminClient(m_plane->admin()).get("/api/v1/pods")).size(), before);
}

void HarnessTest::childrenEndWithTheirOwner()
{
    pid_t id = 0;
    {
        auto child = ChildProcess::start({ "/bin/sleep", "600" }, m_plane->folder() + "/sleep.log");
        QVERIFY(child);
        id = child->id();
        QVERIFY(child->running());
    }
    QCOMPARE(::kill(id, 0), -1);
    auto missing = ChildProcess::start({ "/nowhere/at/all" }, m_plane->folder() + "/sleep.log");
    QTRY_VERIFY(missing && !missing->running());
}

GLACIS_TEST(HarnessTest)
#include "harness_test.moc"
