// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The twins and their variants: what differs carries its card, what is planted is found, what is hardened is
// quiet.
#include <algorithm>

#include <access/access.h>
#include <base/text.h>
#include <inventory/evidence.h>

#include "practice_fixture.h"

using namespace glacis;
using namespace glacis::inventory;
using namespace glacis::test;

class TwinsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyDifferenceCarriesItsCard();
    void votelabShowsWhatIsPlanted_data();
    void votelabShowsWhatIsPlanted();
    void hardenedLeavesOnlyTheExpected();
    void hardenedHoldsNoCredentialLiteral();
    void onlyRdkalvReadsAllSecretsOnWorkerOne();
    void dnatForwardsThePort();
    void flannelHasPoliciesThatNobodyEnforces();
    void eksShowsNoControlPlane();
    void aCdnAddressDoesNotAlarm();
};

namespace {
using Identity = std::tuple<std::string, std::string, std::string, std::string>;

struct Side {
    std::map<Identity, std::pair<std::string, std::string>> objects; ///< redacted JSON, card
};

constexpr std::string_view cardKey = "glacis.dev/card";

Side sideOf(const std::string& name)
{
    Side side;
    const InventoryPtr inventory = practice(name);
    EvidenceReader reader(inventory);
    for (std::uint32_t i = 0; i < inventory->objects.size(); ++i) {
        const Object& o = inventory->objects[i];
        if (o.assumed)
            continue;
        const Str* card = o.annotation(cardKey);
        side.objects[{ o.group.str(), o.kindName.str(), o.ns.str(), o.name.str() }]
            = { reader.json(ObjectId { i }), card ? card->str() : std::string() };
    }
    return side;
}

bool isCardList(std::string_view text)
{
    const auto isCard = [](std::string_view card) {
        const auto number = card.starts_with('M') ? parseInteger(card.substr(1)) : std::nullopt;
        return number && *number >= 1 && *number <= 16;
    };
    std::size_t count = 0;
    for (const std::string_view part : split(text, ','))
        count += isCard(trim(part)) ? 1 : 100;
    return count > 0 && count < 17;
}

std::string withoutCard(std::string json, const std::string& card)
{
    const std::string mark = '"' + std::string(cardKey) + "\":\"" + card + '"';
    if (const std::size_t at = json.find(mark); at != std::string::npos)
        json.erase(at, mark.size());
    return json;
}

void compare(const Side& a, const Side& b, Labels& wrong)
{
    for (const auto& [identity, object] : a.objects) {
        const auto& [json, card] = object;
        const auto other = b.objects.find(identity);
        const bool differs = other == b.objects.end()
            || withoutCard(json, card) != withoutCard(other->second.first, other->second.second);
        const std::string label
            = std::get<1>(identity) + ' ' + std::get<2>(identity) + '/' + std::get<3>(identity);
        if (differs && !isCardList(card))
            wrong.insert(label + " differs without a card");
        if (!differs && !card.empty())
            wrong.insert(label + " is the same and carries " + card);
    }
}
}

void TwinsTest::everyDifferenceCarriesItsCard()
{
    const Side grown = sideOf("votelab");
    const Side hardened = sideOf("votelab-hardened");
    Labels wrong;
    compare(grown, hardened, wrong);
    compare(hardened, grown, wrong);
    QVERIFY2(wrong.empty(), joined(wrong).c_str());
}

void TwinsTest::votelabShowsWhatIsPlanted_data()
{
    QTest::addColumn<QString>("check");
    QTest::addColumn<QString>("object");
    const auto row = [](const char* check, const char* object) {
        QTest::addRow("%s %s", check, object) << QString::fromLatin1(check) << QString::fromLatin1(object);
    };
    row("GL-EXP-001", "Endpoint kube-apiserver");
    row("GL-EXP-002", "Endpoint kube-apiserver");
    row("GL-EXP-003", "Address 104.21.63.124");
    row("GL-EXP-004", "Service ingress-nginx/ingress-nginx-controller");
    row("GL-EXP-005", "Service kubernetes-dashboard/kubernetes-dashboard");
    row("GL-EXP-008", "Ingress vote/vote");
    row("GL-NET-001", "Namespace vote");
    row("GL-DKR-001", "Node worker-1");
    row("GL-DKR-004", "DaemonSet ci/docker-api");
    row("GL-DKR-005", "Deployment ci/runner");
    row("GL-DKR-007", "DaemonSet ci/docker-api");
    row("GL-DKR-007", "DaemonSet platform-agents/rdkalv");
    row("GL-DKR-008", "Node worker-1");
    row("GL-POD-001", "DaemonSet platform-agents/rdkalv");
    row("GL-POD-002", "DaemonSet platform-agents/rdkalv");
    row("GL-POD-004", "DaemonSet ci/docker-api");
    row("GL-POD-006", "DaemonSet platform-agents/rdkalv");
    row("GL-POD-009", "Deployment drizzle/drizzle-api");
    row("GL-DSH-001", "Deployment kubernetes-dashboard/kubernetes-dashboard");
    row("GL-DSH-002", "Deployment kubernetes-dashboard/kubernetes-dashboard");
    row("GL-DSH-003", "Deployment kubernetes-dashboard/kubernetes-dashboard");
    row("GL-DSH-004", "Deployment kubernetes-dashboard/kubernetes-dashboard");
    row("GL-RBAC-001", "ClusterRoleBinding kubernetes-dashboard");
    row("GL-RBAC-003", "ClusterRoleBinding public-view");
    row("GL-RBAC-005", "RoleBinding vote/devs");
    row("GL-RBAC-006", "ClusterRoleBinding rdkalv");
    row("GL-RBAC-006", "ClusterRoleBinding runner-edit");
    row("GL-RBAC-008", "ClusterRoleBinding rdkalv");
    row("GL-SEC-001", "Deployment vote/db");
    row("GL-SEC-001", "CronJob drizzle/export-orders");
    row("GL-SEC-002", "Deployment vote/worker");
    row("GL-SEC-002", "Deployment result/result");
    row("GL-ETC-001", "Pod kube-system/kube-apiserver-cp-1");
    row("GL-ETC-003", "Pod kube-system/etcd-cp-1");
    row("GL-ETC-004", "Pod kube-system/etcd-cp-1");
    row("GL-ETC-007", "Pod kube-system/etcd-cp-1");
    row("GL-ETC-008", "Pod kube-system/kube-apiserver-cp-1");
    row("GL-ADM-001", "Namespace vote");
}

void TwinsTest::votelabShowsWhatIsPlanted()
{
    QFETCH(QString, check);
    QFETCH(QString, object);
    const Labels found = failing("votelab", check.toStdString());
    QVERIFY2(found.contains(object.toStdString()), joined(found).c_str());
    // None of it stays on the twin.
    QVERIFY(!failing("votelab-hardened", check.toStdString()).contains(object.toStdString()));
}

void TwinsTest::hardenedLeavesOnlyTheExpected()
{
    Labels left;
    const assessment::Assessment& a = assessed("votelab-hardened");
    for (const posture::Finding* finding : a.findings(false))
        if (finding->state == State::Fail && finding->severity >= Severity::High)
            left.insert(a.info(*finding).id + ' ' + labelOf(*a.inventory, *finding));
    // An issuer of certificates and an ingress controller read Secrets everywhere, as in real life.
    QCOMPARE(text(joined(left)),
        text("GL-RBAC-006 ClusterRoleBinding cert-manager-cainjector\n"
             "GL-RBAC-006 ClusterRoleBinding cert-manager-controller-certificates\n"
             "GL-RBAC-006 ClusterRoleBinding cert-manager-controller-challenges\n"
             "GL-RBAC-006 ClusterRoleBinding cert-manager-controller-clusterissuers\n"
             "GL-RBAC-006 ClusterRoleBinding cert-manager-controller-issuers\n"
             "GL-RBAC-006 ClusterRoleBinding cert-manager-controller-orders\n"
             "GL-RBAC-006 ClusterRoleBinding ingress-nginx"));
}

void TwinsTest::hardenedHoldsNoCredentialLiteral()
{
    const InventoryPtr inventory = practice("votelab-hardened");
    for (const Workload& w : inventory->workloads)
        for (const Container& container : inventory->spec(w)->containers)
            for (const CredentialLiteral& literal : container.literals)
                QVERIFY2(credentials::weight(literal.detector) == credentials::Weight::Information,
                    inventory->label(w.id).c_str());
}

void TwinsTest::onlyRdkalvReadsAllSecretsOnWorkerOne()
{
    const assessment::Assessment& a = assessed("votelab");
    Labels readers;
    Labels readersOnOthers;
    for (const Workload& w : a.inventory->workloads) {
        if (w.kind != Kind::Pod)
            continue;
        const std::string ns = a.inventory->object(w.id).ns.str();
        const std::string account = a.inventory->spec(w)->serviceAccount.str();
        access::Request request;
        request.verb = "list";
        request.resource = "secrets";
        if (a.access->allows(access::Identity::serviceAccount(ns, account), request))
            (w.nodeName == "worker-1" ? readers : readersOnOthers).insert(ns + '/' + account);
    }
    QCOMPARE(text(joined(readers)), text("platform-agents/rdkalv"));
    QCOMPARE(text(joined(readersOnOthers)),
        text("cert-manager/cert-manager\ncert-manager/cert-manager-cainjector\nci/runner\n"
             "ingress-nginx/ingress-nginx\nkubernetes-dashboard/kubernetes-dashboard\nplatform-agents/"
             "rdkalv"));
}

void TwinsTest::dnatForwardsThePort()
{
    const InventoryPtr inventory = practice("votelab-dnat");
    const ObjectId id = inventory->find(Kind::DaemonSet, "ci", "docker-api");
    const PodSpec* spec = inventory->spec(inventory->workloads[inventory->object(id).typed]);
    QVERIFY(!spec->hostNetwork);
    QCOMPARE(spec->containers[0].ports[0].hostPort, 2375);
    QCOMPARE(inventory->objects.size(), practice("votelab")->objects.size());
}

void TwinsTest::flannelHasPoliciesThatNobodyEnforces()
{
    const InventoryPtr inventory = practice("votelab-flannel");
    QVERIFY(inventory->networkPolicies.size() > 20);
    QVERIFY(!inventory->observations.network.front().fact.enforcesPolicy);
    for (const Object& o : inventory->objects)
        QVERIFY2(o.name.view().find("calico") == std::string_view::npos || o.kind == Kind::ConfigMap,
            o.name.str().c_str());
}

void TwinsTest::eksShowsNoControlPlane()
{
    const InventoryPtr inventory = practice("votelab-eks");
    QCOMPARE(inventory->nodes.size(), std::size_t(3));
    for (const Node& node : inventory->nodes)
        QVERIFY(node.providerId.view().starts_with("aws:///"));
    for (const Workload& w : inventory->workloads)
        QVERIFY(!w.mirror);
    QCOMPARE(text(joined(failing("votelab-eks", "GL-ETC-011"))), text("Endpoint kube-apiserver"));
    QVERIFY(failing("votelab-eks", "GL-ETC-001").empty());
}

void TwinsTest::aCdnAddressDoesNotAlarm()
{
    const assessment::Assessment& a = assessed("votelab-cdn");
    bool seen = false;
    for (const posture::Finding* finding : a.findings(true)) {
        if (a.info(*finding).id != "GL-EXP-003")
            continue;
        seen = true;
        QCOMPARE(text(finding->pseudo.name), text("203.0.113.80"));
        QCOMPARE(finding->severity, Severity::Info);
    }
    QVERIFY(seen);
}

GLACIS_TEST(TwinsTest)
#include "twins_test.moc"
