// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "made_cluster.h"

#include <test_main.h>

#include <inventory/evidence.h>

#include <algorithm>
#include <set>
#include <thread>

using namespace glacis;
using namespace glacis::test;
using namespace std::chrono_literals;
using inventory::Kind;
using inventory::ReadState;

namespace {

std::string pods(int from, int count)
{
    std::string items;
    for (int i = from; i < from + count; ++i)
        items += (items.empty() ? "" : ",") + podJson("shop", "pod-" + std::to_string(i));
    return items;
}

std::string podPage(int from, int count, std::string_view token = {})
{
    return listJson("v1", "PodList", pods(from, count), token);
}

ReadState stateOf(const inventory::Inventory& inventory, Kind kind)
{
    return inventory.coverage.of(kind).state;
}

std::string messageOf(const Result<inventory::InventoryPtr>& result)
{
    return result ? std::string() : result.error().message;
}

} // namespace

class CollectorTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsAnEmptyClusterWhole();
    void followsPagesToTheEnd();
    void asksWithALimitAndTheServersToken();
    void asksForSecretsAsATableOfEachNamespace();
    void refusesSecretsThatAreNoTable_data();
    void refusesSecretsThatAreNoTable();
    void sendsNothingButGetsAndOneReview();
    void restartsAListThatExpired();
    void goesOnWithAnInconsistentRest();
    void failsAListThatExpiresTwice();
    void failsAListWhoseTokenRepeats();
    void takesSmallerPagesWhenOneIsTooLarge();
    void narrowsAForbiddenKindToNamespaces();
    void knowsAKindThatIsPermittedInEveryNamespace();
    void usesTheContextsNamespaceWhenNamespacesAreForbidden();
    void namesTheRuleThatWouldShowAKind();
    void failsWhenEverythingIsForbidden();
    void neverTakesABrokenListForAShortOne_data();
    void neverTakesABrokenListForAShortOne();
    void losesOnlyTheObjectThatIsTooDeep();
    void reportsWrongTypesOfOneObject();
    void waitsForAServerThatComesBack();
    void readsListsWhoseMetadataComesLast();
    void fallsBackToPlainDiscovery();
    void goesOnWithoutADeadGroup();
    void listsTheUsualKindsWithoutDiscovery();
    void saysWhatIsNoApiServer();
    void doesNotAskEachOfManyNamespacesForSecrets();
    void stopsWithinASecond_data();
    void stopsWithinASecond();
    void givesUpAtItsTimeout();
    void ordersObjectsWhateverArrivesFirst();
    void tellsProgress();
    void dropsValuesOfConfigMapsAndPods();
};

void CollectorTest::readsAnEmptyClusterWhole()
{
    MadeCluster made;
    const auto result = made.collect();
    QVERIFY2(result, messageOf(result).c_str());
    const inventory::Inventory& inventory = **result;
    QCOMPARE(inventory.source.kind, std::string("context"));
    QCOMPARE(inventory.source.name, std::string("made"));
    QCOMPARE(inventory.source.serverVersion, std::string("v1.34.4"));
    QCOMPARE(inventory.source.apiServer, made.server.url());
    QCOMPARE(inventory.source.scope, inventory::Scope::Cluster);
    for (std::size_t k = 0; k + 1 < inventory::KindCount; ++k) {
        const auto kind = static_cast<Kind>(k);
        const auto expected = kind == Kind::Endpoints ? ReadState::NotAsked : ReadState::Read;
        QVERIFY2(stateOf(inventory, kind) == expected, std::string(info(kind).name).c_str());
    }
    QCOMPARE(inventory.namespaces.size(), std::size_t(2));
}

void CollectorTest::followsPagesToTheEnd()
{
    MadeCluster made;
    made.server.on("/api/v1/pods",
        sequence({ json(podPage(0, 3, "t1")), json(podPage(3, 3, "t2")), json(podPage(6, 1)) }));
    const auto result = made.collect();
    QVERIFY2(result, messageOf(result).c_str());
    QCOMPARE((*result)->workloads.size(), std::size_t(7));
    QCOMPARE(stateOf(**result, Kind::Pod), ReadState::Read);
}

void CollectorTest::asksWithALimitAndTheServersToken()
{
    MadeCluster made;
    made.options.pageSize = 3;
    made.server.on("/api/v1/pods", sequence({ json(podPage(0, 3, "a b&c=d")), json(podPage(3, 1)) }));
    QVERIFY(made.collect());
    const auto asked = made.server.requests("/api/v1/pods");
    QCOMPARE(asked.size(), std::size_t(2));
    QCOMPARE(asked[0].parameter("limit"), std::string("3"));
    QCOMPARE(asked[0].parameter("continue"), std::string());
    QCOMPARE(asked[1].parameter("continue"), std::string("a b&c=d"));
    QVERIFY(asked[0].target.find("resourceVersion") == std::string::npos);
}

void CollectorTest::asksForSecretsAsATableOfEachNamespace()
{
    MadeCluster made;
    made.server.on("/api/v1/namespaces/shop/secrets",
        json(secretTableJson({ "db Opaque 2", "tls kubernetes.io/tls 3" })));
    const auto result = made.collect();
    QVERIFY2(result, messageOf(result).c_str());
    const inventory::Inventory& inventory = **result;
    QCOMPARE(inventory.secrets.size(), std::size_t(2));
    QCOMPARE(inventory.object(inventory.secrets[0].id).name.str(), std::string("db"));
    QCOMPARE(inventory.object(inventory.secrets[0].id).ns.str(), std::string("shop"));
    QCOMPARE(inventory.secrets[0].keyCount, 2U);
    QCOMPARE(inventory.secrets[1].type.str(), std::string("kubernetes.io/tls"));
    QCOMPARE(inventory.secrets[1].keyCount, 3U);
    QCOMPARE(made.server.requests("/api/v1/secrets").size(), std::size_t(0));
    for (const char* ns : { "default", "shop" }) {
        const auto asked = made.server.requests("/api/v1/namespaces/" + std::string(ns) + "/secrets");
        QCOMPARE(asked.size(), std::size_t(1));
        QCOMPARE(asked[0].parameter("includeObject"), std::string("None"));
        const auto accept = asked[0].header("Accept");
        QVERIFY(accept.has_value());
        QVERIFY(accept->find("as=Table") != std::string::npos);
        QVERIFY2(accept->find(',') == std::string::npos, "no other form may be taken instead");
    }
}

void CollectorTest::refusesSecretsThatAreNoTable_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("a list of Secrets") << QByteArray(
        R"({"kind":"SecretList","apiVersion":"v1","metadata":{},"items":[{"metadata":{"name":"db","namespace":"shop"},"data":{"p":"czNjcjN0"}}]})");
    QTest::newRow("a Table with objects") << QByteArray(
        R"({"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{},"columnDefinitions":[{"name":"Name"},{"name":"Type"},{"name":"Data"}],"rows":[{"cells":["db","Opaque",1],"object":{"metadata":{"name":"db","annotations":{"x":"czNjcjN0"}}}}]})");
    QTest::newRow("a Table of other columns") << QByteArray(
        R"({"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{},"columnDefinitions":[{"name":"Name"}],"rows":[{"cells":["db"],"object":null}]})");
}

void CollectorTest::refusesSecretsThatAreNoTable()
{
    QFETCH(QByteArray, body);
    MadeCluster made;
    made.server.on("/api/v1/namespaces/shop/secrets", json(body.toStdString()));
    const auto result = made.collect();
    QVERIFY2(result, messageOf(result).c_str());
    QCOMPARE((*result)->secrets.size(), std::size_t(0));
    QCOMPARE(stateOf(**result, Kind::Secret), ReadState::Failed);
    for (const auto& d : (*result)->diagnostics)
        QVERIFY(d.message.find("czNjcjN0") == std::string::npos);
    for (const auto& blob : (*result)->blobs)
        QVERIFY(blob.compressed.find("czNjcjN0") == std::string::npos);
}

void CollectorTest::sendsNothingButGetsAndOneReview()
{
    MadeCluster made;
    QVERIFY(made.collect());
    const auto all = made.server.requests();
    QVERIFY(all.size() > 30);
    QCOMPARE(
        made.server.requests("/apis/authorization.k8s.io/v1/selfsubjectrulesreviews").size(), std::size_t(1));
    for (const SeenRequest& request : all) {
        const bool review = request.target == "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews";
        QCOMPARE(request.method, std::string(review ? "POST" : "GET"));
        QCOMPARE(request.body.empty(), !review);
        QVERIFY2(request.target.find("watch") == std::string::npos, request.target.c_str());
        QVERIFY(request.header("User-Agent").value_or("").starts_with("glacis/"));
    }
}

void CollectorTest::restartsAListThatExpired()
{
    MadeCluster made;
    made.server.on("/api/v1/pods",
        sequence({ json(podPage(0, 3, "t1")), status(410, "Expired", "too old"), json(podPage(10, 2, "t2")),
            json(podPage(12, 1)) }));
    const auto result = made.collect();
    QVERIFY2(result, messageOf(result).c_str());
    QCOMPARE((*result)->workloads.size(), std::size_t(3)); // the first page is forgotten
    QCOMPARE(stateOf(**result, Kind::Pod), ReadState::Read);
    QVERIFY(!says(**result, "different moments"));
}

void CollectorTest::goesOnWithAnInconsistentRest()
{
    MadeCluster made;
    const std::string expired
        = R"({"kind":"Status","apiVersion":"v1","metadata":{"continue":"rest"},"status":"Failure","reason":"Expired","code":410})";
    made.server.on("/api/v1/pods",
        sequence({ json(podPage(0, 2, "t1")), json(expired, 410), json(podPage(0, 2, "t2")),
            json(expired, 410), json(podPage(2, 2)) }));
    const auto result = made.collect();
    QVERIFY2(result, messageOf(result).c_str());
    QCOMPARE((*result)->workloads.size(), std::size_t(4));
    QVERIFY(says(**result, "different moments"));
    QCOMPARE(made.server.requests("/api/v1/pods").back().parameter("continue"), std::string("rest"));
}

void CollectorTest::failsAListThatExpiresTwice()
{
    MadeCluster made;
    made.server.on("/api/v1/pods",
        sequence({ json(podPage(0, 2, "t1")), status(410, "Expired", ""), json(podPage(0, 2, "t2")),
            status(410, "Expired", "") }));
    const auto result = made.collect();
    QVERIFY2(result, messageOf(result).c_str());
    QCOMPARE(stateOf(**result, Kind::Pod), ReadState::Failed);
    QVERIFY(says(**result, "expired on its way (410) twice"));
    QCOMPARE(made.server.requests("/api/v1/pods").size(), std::size_t(4));
}

void CollectorTest::failsAListWhoseTokenRepeats()
{
    MadeCluster made;
    made.server.on("/api/v1/pods", json(podPage(0, 2, "again")));
    const auto result = made.collect();
    QVERIFY2(result, messageOf(result).c_str());
    QCOMPARE(stateOf(**result, Kind::Pod), ReadState::Failed);
    QVERIFY(says(**result, "same continue token twice"));
    QVERIFY(made.server.requests("/api/v1/pods").size() <= 2);
}

void CollectorTest::takesSmallerPagesWhenOneIsTooLarge()
{
    MadeCluster made;
    made.client.limits.maxBytes = 40'000;
    made.server.on("/api/v1/pods", [](Connection& connection, const SeenRequest& request) {
        const int limit = std::stoi(request.parameter("limit"));
        const int from = request.parameter("continue").empty() ? 0 : std::stoi(request.parameter("continue"));
        const int count = std::min(limit, 600 - from);
        const std::string next = from + count < 600 ? std::to_string(from + count) : std::string();
        connection.send(
            answerText(200, { { "Content-Type", "application/json" } }, podPage(from, count, next)));
    });
    const auto result = made.collect();
    QVERIFY2(result, messageOf(result).c_str());
    QCOMPARE((*result)->workloads.size(), std::size_t(600));
    QCOMPARE(stateOf(**result, Kind::Pod), ReadState::Read);
}

void CollectorTest::narrowsAForbiddenKindToNamespaces()
{
    MadeCluster made;
    made.server.on("/api/v1/pods", forbidden("pods"));
    made.server.on("/api/v1/namespaces/shop/pods", json(podPage(0, 2)));
    made.server.on("/api/v1/namespaces/default/pods", forbidden("pods"));
    const auto result = made.collect();
    QVERIFY2(result, messageOf(result).c_str());
    QCOMPARE((*result)->workloads.size(), std::size_t(2));
    const auto& coverage = (*result)->coverage.of(Kind::Pod);
    QCOMPARE(coverage.state, ReadState::Forbidden);
    QCOMPARE(coverage.grant, std::string("list pods"));
    QCOMPARE(
        coverage.reason, std::string("reading pods is permitted in 1 namespace only, forbidden in default"));
}

void CollectorTest::knowsAKindThatIsPermittedInEveryNamespace()
{
    MadeCluster made;
    made.server.on("/api/v1/pods", forbidden("pods"));
    made.server.on("/api/v1/namespaces/shop/pods", json(podPage(0, 2)));
    made.server.on("/api/v1/namespaces/default/pods", json(podPage(0, 0)));
    const auto result = made.collect();
    QVERIFY2(result, messageOf(result).c_str());
    QCOMPARE(stateOf(**result, Kind::Pod), ReadState::Read);
}

void CollectorTest::usesTheContextsNamespaceWhenNamespacesAreForbidden()
{
    MadeCluster made;
    made.options.context.ns = "shop";
    made.options.namespaces = { "web" };
    made.server.on("/api/v1/namespaces", forbidden("namespaces"));
    made.server.on("/api/v1/pods", forbidden("pods"));
    made.server.on("/api/v1/namespaces/shop/pods", json(podPage(0, 2)));
    made.server.on("/api/v1/namespaces/web/pods", json(listJson("v1", "PodList", podJson("web", "front"))));
    const auto result = made.collect();
    QVERIFY2(result, messageOf(result).c_str());
    QCOMPARE((*result)->workloads.size(), std::size_t(3));
    QCOMPARE(stateOf(**result, Kind::Pod), ReadState::Forbidden); // of others nothing is known
    QCOMPARE(stateOf(**result, Kind::Namespace), ReadState::Forbidden);
    QCOMPARE(stateOf(**result, Kind::Secret), ReadState::Forbidden);
    QCOMPARE((*result)->coverage.of(Kind::Namespace).grant, std::string("list namespaces"));
}

void CollectorTest::namesTheRuleThatWouldShowAKind()
{
    MadeCluster made;
    made.server.on("/apis/rbac.authorization.k8s.io/v1/clusterroles", forbidden("clusterroles"));
    const auto result = made.collect();
    QVERIFY2(result, messageOf(result).c_str());
    QCOMPARE((*result)->coverage.of(Kind::ClusterRole).grant,
        std::string("list clusterroles.rbac.authorization.k8s.io"));
    QCOMPARE(
        (*result)->coverage.of(Kind::ClusterRole).reason, std::string("reading clusterroles is forbidden"));
}

void CollectorTest::failsWhenEverythingIsForbidden()
{
    MadeCluster made;
    made.server.otherwise(forbidden("it"));
    for (const auto& request : { "/api/v1/namespaces", "/api", "/apis", "/version" })
        made.server.on(request, forbidden("it"));
    MadeCluster other; // a server that knows nothing but refusals
    HostileServer closed;
    closed.otherwise(forbidden("it"));
    other.options.context.cluster.server = closed.url();
    const auto result = other.collect();
    QVERIFY(!result);
    QVERIFY2(messageOf(result).find("refuses every list") != std::string::npos, messageOf(result).c_str());
}

void CollectorTest::neverTakesABrokenListForAShortOne_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("message");
    const char* names[] = { "cut off in its body", "cut off between chunks", "damaged JSON", "another kind",
        "items are a string", "HTML", "a Status with 200", "continue is a number", "nothing", "server error",
        "gzip bomb" };
    for (int i = 0; i < 11; ++i)
        QTest::newRow(names[i]) << i << QString();
}

void CollectorTest::neverTakesABrokenListForAShortOne()
{
    QFETCH(int, kind);
    const std::string page = podPage(0, 3);
    const std::vector<Behaviour> behaviours { stopsInBody(page.substr(0, page.size() / 2), page.size()),
        stopsInChunks(page.substr(0, page.size() / 2)), json(page.substr(0, page.size() - 20)),
        json(listJson("v1", "ServiceList", "")),
        json(R"({"kind":"PodList","apiVersion":"v1","metadata":{},"items":"none"})"),
        answer(200, "text/html", "<html><body>Sign in</body></html>"), json(statusJson(200, "Odd", "odd")),
        json(R"({"kind":"PodList","apiVersion":"v1","metadata":{"continue":7},"items":[]})"), json(""),
        status(500, "InternalError", "etcd is away"), gzipBomb(200U << 20) };
    MadeCluster made;
    made.options.patience = 1s;
    made.server.on("/api/v1/pods", behaviours[static_cast<std::size_t>(kind)]);
    const auto result = made.collect();
    QVERIFY2(result, messageOf(result).c_str());
    QCOMPARE(stateOf(**result, Kind::Pod), ReadState::Failed);
    QVERIFY(!(*result)->coverage.of(Kind::Pod).reason.empty());
    QVERIFY(says(**result, "could not be read whole"));
    QCOMPARE(stateOf(**result, Kind::Service), ReadState::Read); // and the rest is there
}

void CollectorTest::losesOnlyTheObjectThatIsTooDeep()
{
    std::string deep = R"({"metadata":{"name":"deep","namespace":"shop"},"spec":{"x":)";
    for (int i = 0; i < 150; ++i)
        deep += R"({"a":)";
    deep += "1";
    deep.append(150, '}');
    deep += "}}";
    MadeCluster made;
    made.server.on(
        "/api/v1/pods", json(listJson("v1", "PodList", pods(0, 1) + "," + deep + "," + pods(1, 1))));
    const auto result = made.collect();
    QVERIFY2(result, messageOf(result).c_str());
    QCOMPARE((*result)->workloads.size(), std::size_t(2));
    QVERIFY(says(**result, "an object was left out"));
}

void CollectorTest::reportsWrongTypesOfOneObject()
{
    MadeCluster made;
    made.server.on("/api/v1/pods",
        json(listJson("v1", "PodList",
            pods(0, 1)
                + R"(,{"metadata":{"name":"odd","namespace":"shop"},"spec":{"hostNetwork":"yes","containers":7}})")));
    const auto result = made.collect();
    QVERIFY2(result, messageOf(result).c_str());
    QCOMPARE((*result)->workloads.size(), std::size_t(2));
    QVERIFY(says(**result, "spec.hostNetwork: expected"));
}

void CollectorTest::waitsForAServerThatComesBack()
{
    MadeCluster made;
    made.server.on("/api/v1/pods",
        sequence({ json(podPage(0, 2, "t1")), resets(), resets(), resets(), resets(), json(podPage(2, 2)) }));
    const auto result = made.collect();
    QVERIFY2(result, messageOf(result).c_str());
    QCOMPARE((*result)->workloads.size(), std::size_t(4));
    QCOMPARE(stateOf(**result, Kind::Pod), ReadState::Read);
}

void CollectorTest::readsListsWhoseMetadataComesLast()
{
    MadeCluster made;
    const auto page = [](const char* name, const char* token) {
        return json(
            R"({"apiVersion":"cilium.io/v2","items":[{"apiVersion":"cilium.io/v2","kind":"CiliumNetworkPolicy","metadata":{"name":")"
            + std::string(name)
            + R"(","namespace":"shop"},"spec":{"endpointSelector":{}}}],"kind":"CiliumNetworkPolicyList","metadata":{"continue":")"
            + token + R"(","resourceVersion":"9"}})");
    };
    made.server.on(
        "/apis/cilium.io/v2/ciliumnetworkpolicies", sequence({ page("one", "t1"), page("two", "") }));
    const auto result = made.collect();
    QVERIFY2(result, messageOf(result).c_str());
    QCOMPARE((*result)->networkPolicies.size(), std::size_t(2));
}

void CollectorTest::fallsBackToPlainDiscovery()
{
    MadeCluster made;
    made.server.on("/api", json(R"({"kind":"APIVersions","versions":["v1"]})"));
    made.server.on("/apis",
        json(
            R"({"kind":"APIGroupList","apiVersion":"v1","groups":[{"name":"apps","versions":[{"groupVersion":"apps/v1","version":"v1"}]},{"name":"metrics.k8s.io","versions":[{"groupVersion":"metrics.k8s.io/v1beta1","version":"v1beta1"}]}]})"));
    made.server.on("/api/v1",
        json(
            R"({"kind":"APIResourceList","groupVersion":"v1","resources":[{"name":"pods","kind":"Pod","namespaced":true,"verbs":["list"]},{"name":"pods/log","kind":"Pod","namespaced":true,"verbs":["get"]},{"name":"namespaces","kind":"Namespace","namespaced":false,"verbs":["list"]},{"name":"endpoints","kind":"Endpoints","namespaced":true,"verbs":["list"]}]})"));
    made.server.on("/apis/apps/v1",
        json(
            R"({"kind":"APIResourceList","groupVersion":"apps/v1","resources":[{"name":"deployments","kind":"Deployment","namespaced":true,"verbs":["list"]}]})"));
    made.server.on("/apis/metrics.k8s.io/v1beta1", status(503, "ServiceUnavailable", "down"));
    const auto result = made.collect();
    QVERIFY2(result, messageOf(result).c_str());
    QCOMPARE(stateOf(**result, Kind::Deployment), ReadState::Read);
    QCOMPARE(stateOf(**result, Kind::Endpoints), ReadState::Read); // no slices here
    QCOMPARE(stateOf(**result, Kind::EndpointSlice), ReadState::Absent);
    QCOMPARE(stateOf(**result, Kind::Ingress), ReadState::Absent);
    QVERIFY(says(**result, "metrics.k8s.io/v1beta1 is registered, but does not answer"));
}

void CollectorTest::goesOnWithoutADeadGroup()
{
    MadeCluster made;
    made.server.on("/apis",
        json(
            R"({"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/v2","items":[{"metadata":{"name":"cilium.io"},"versions":[{"version":"v2","resources":[],"freshness":"Stale"}]}]})"));
    const auto result = made.collect();
    QVERIFY2(result, messageOf(result).c_str());
    QCOMPARE(stateOf(**result, Kind::CiliumNetworkPolicy), ReadState::Failed); // not "there are none"
    QCOMPARE(stateOf(**result, Kind::Gateway), ReadState::Absent);
}

void CollectorTest::listsTheUsualKindsWithoutDiscovery()
{
    MadeCluster made;
    made.server.on("/api", forbidden("discovery"));
    made.server.on("/apis", forbidden("discovery"));
    made.server.on("/version", forbidden("version"));
    made.server.on("/api/v1/pods", json(podPage(0, 2)));
    made.server.on("/apis/cilium.io/v2/ciliumnetworkpolicies", status(404, "NotFound", "none"));
    const auto result = made.collect();
    QVERIFY2(result, messageOf(result).c_str());
    QCOMPARE((*result)->workloads.size(), std::size_t(2));
    QCOMPARE(stateOf(**result, Kind::CiliumNetworkPolicy), ReadState::Absent);
    QVERIFY(says(**result, "the usual ones were tried"));
}

void CollectorTest::saysWhatIsNoApiServer()
{
    MadeCluster made;
    made.server.on("/version", answer(200, "text/html", "<html>Welcome to the portal</html>"));
    const auto html = made.collect();
    QVERIFY(!html);
    made.server.on("/version", json(R"({"hello":"world"})"));
    const auto other = made.collect();
    QVERIFY(!other);
    QVERIFY2(
        messageOf(other).find("is no Kubernetes API server") != std::string::npos, messageOf(other).c_str());
    QCOMPARE(made.server.requests("/api").size(), std::size_t(0));
}

void CollectorTest::doesNotAskEachOfManyNamespacesForSecrets()
{
    std::vector<std::string> names;
    for (int i = 0; i < 501; ++i)
        names.push_back("ns-" + std::to_string(i));
    MadeCluster made(names);
    made.options.namespaces = { "ns-7" };
    made.server.on("/api/v1/namespaces/ns-7/secrets", json(secretTableJson({ "db Opaque 1" })));
    const auto result = made.collect();
    QVERIFY2(result, messageOf(result).c_str());
    QCOMPARE((*result)->secrets.size(), std::size_t(1));
    QCOMPARE(stateOf(**result, Kind::Secret), ReadState::Forbidden);
    QVERIFY((*result)->coverage.of(Kind::Secret).reason.find("501") != std::string::npos);
    made.options.secretsInManyNamespaces = true;
    const auto all = made.collect();
    QVERIFY2(all, messageOf(all).c_str());
    QCOMPARE(stateOf(**all, Kind::Secret), ReadState::Read);
}

void CollectorTest::stopsWithinASecond_data()
{
    QTest::addColumn<QString>("path");
    for (const char* path :
        { "/version", "/apis", "/api/v1/namespaces", "/api/v1/pods", "/api/v1/namespaces/shop/secrets" })
        QTest::newRow(path) << QString::fromUtf8(path);
}

void CollectorTest::stopsWithinASecond()
{
    QFETCH(QString, path);
    MadeCluster made;
    made.server.on(path.toStdString(), silent());
    StopSource stop;
    std::thread stopper([&] {
        std::this_thread::sleep_for(400ms);
        stop.requestStop();
    });
    const auto began = std::chrono::steady_clock::now();
    const auto result = made.collect(stop.token());
    const auto took = std::chrono::steady_clock::now() - began;
    stopper.join();
    QVERIFY(!result);
    QVERIFY2(took < 1400ms, std::to_string(took / 1ms).c_str());
}

void CollectorTest::givesUpAtItsTimeout()
{
    MadeCluster made;
    made.server.on("/api/v1/pods", silent());
    made.options.timeout = 1s;
    const auto result = made.collect();
    QVERIFY(!result);
    QVERIFY2(messageOf(result).find("within 1 s") != std::string::npos, messageOf(result).c_str());
}

void CollectorTest::ordersObjectsWhateverArrivesFirst()
{
    const auto names = [](std::chrono::milliseconds podsAfter, std::chrono::milliseconds jobsAfter) {
        MadeCluster made;
        made.server.on("/api/v1/pods", after(podsAfter, json(podPage(0, 3))));
        made.server.on("/apis/apps/v1/deployments",
            after(jobsAfter,
                json(listJson("apps/v1", "DeploymentList",
                    R"({"metadata":{"name":"web","namespace":"shop"},"spec":{"template":{"spec":{"containers":[]}}}})"))));
        const auto result = made.collect();
        std::vector<std::string> out;
        if (result) {
            for (const auto& object : (*result)->objects)
                out.push_back(object.name.str());
        }
        return out;
    };
    const auto first = names(0ms, 150ms);
    QVERIFY(first.size() >= 6);
    QCOMPARE(names(150ms, 0ms), first);
}

void CollectorTest::tellsProgress()
{
    MadeCluster made;
    std::set<cluster::CollectProgress::Step> steps;
    std::uint32_t most = 0;
    made.server.on("/api/v1/pods", after(120ms, json(podPage(0, 3))));
    made.options.progress = [&](const cluster::CollectProgress& p) {
        steps.insert(p.step);
        most = std::max(most, p.listsDone);
        QVERIFY(p.listsDone <= p.listsTotal);
    };
    QVERIFY(made.collect());
    QCOMPARE(steps.size(), std::size_t(4));
    QVERIFY(most > 0);
}

void CollectorTest::dropsValuesOfConfigMapsAndPods()
{
    MadeCluster made;
    made.server.on("/api/v1/configmaps",
        json(listJson("v1", "ConfigMapList",
            R"({"metadata":{"name":"settings","namespace":"shop"},"data":{"DB_PASSWORD":"hunter2-hunter2"}})")));
    made.server.on("/api/v1/pods",
        json(listJson("v1", "PodList",
            R"({"metadata":{"name":"web","namespace":"shop"},"spec":{"containers":[{"name":"a","env":[{"name":"DB_PASSWORD","value":"hunter2-hunter2"}]}]}})")));
    const auto result = made.collect();
    QVERIFY2(result, messageOf(result).c_str());
    inventory::EvidenceReader reader(*result);
    for (std::uint32_t i = 0; i < (*result)->objects.size(); ++i)
        QVERIFY(reader.json(inventory::ObjectId { i }).find("hunter2") == std::string::npos);
}

GLACIS_TEST(CollectorTest)
#include "collector_test.moc"
