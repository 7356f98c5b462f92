// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Are the practice clusters whole: does every reference lead somewhere, is every pod where it says?
#include <QFile>
#include <QTemporaryDir>

#include <inventory/evidence.h>
#include <network/addresses.h>

#include "practice_fixture.h"

using namespace glacis;
using namespace glacis::inventory;
using namespace glacis::test;

class ClustersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void loadWithoutComplaint_data() { clusters(); }
    void loadWithoutComplaint();
    void unknownNameListsTheKnownOnes();
    void sourceSaysWhatItIs();
    void twinsHaveTheStatedSize_data();
    void twinsHaveTheStatedSize();
    void ownersExist_data() { clusters(); }
    void ownersExist();
    void podsStandOnTheirNodes_data() { clusters(); }
    void podsStandOnTheirNodes();
    void podsRunWhatTheirOwnersAsk_data() { clusters(); }
    void podsRunWhatTheirOwnersAsk();
    void servicesSelectSomething_data() { clusters(); }
    void servicesSelectSomething();
    void endpointsArePods_data() { clusters(); }
    void endpointsArePods();
    void podsFindWhatTheyMount_data() { clusters(); }
    void podsFindWhatTheyMount();
    void bindingsFindRolesAndAccounts_data() { clusters(); }
    void bindingsFindRolesAndAccounts();
    void factsNameWhatIsThere_data() { clusters(); }
    void factsNameWhatIsThere();
    void namespacesAreMarked_data() { clusters(); }
    void namespacesAreMarked();
    void evidencePointsIntoALayer();
    void factsOfThePersonAreAdded();

private:
    static void clusters()
    {
        QTest::addColumn<QString>("name");
        for (const PracticeCluster& cluster : practiceClusters())
            QTest::newRow(cluster.name.c_str()) << text(cluster.name);
    }
    static InventoryPtr current()
    {
        const QString* name = static_cast<QString*>(QTest::qData("name", qMetaTypeId<QString>()));
        return practice(name->toStdString());
    }
};

namespace {
/// Fails the test with the first of what was found, and says how many there are.
void expectNone(const Labels& wrong)
{
    if (!wrong.empty())
        QFAIL(qPrintable(text(std::to_string(wrong.size()) + " wrong:\n" + joined(wrong))));
}
}

void ClustersTest::loadWithoutComplaint()
{
    Labels complaints;
    for (const Diagnostic& d : current()->diagnostics)
        complaints.insert(d.file + ':' + std::to_string(d.line) + ": " + d.object + ": " + d.message);
    QCOMPARE(text(joined(complaints)),
        text(":0: Secret cert-manager/*: could not be read: forbidden; get,list secrets in namespace "
             "cert-manager would show them"));
    for (const PracticeCluster& cluster : practiceClusters())
        QVERIFY(!cluster.title.empty() && cluster.about.size() > 40);
}

void ClustersTest::unknownNameListsTheKnownOnes()
{
    const auto read = loadPractice("votelap", {});
    QVERIFY(!read);
    QCOMPARE(text(read.error().message),
        text("there is no practice cluster 'votelap'; known are votelab, votelab-hardened, votelab-dnat, "
             "votelab-flannel, votelab-eks, votelab-cdn"));
}

void ClustersTest::sourceSaysWhatItIs()
{
    const Source& source = practice("votelab")->source;
    QCOMPARE(text(source.kind), text("practice"));
    QCOMPARE(text(source.name), text("votelab"));
    QCOMPARE(source.scope, Scope::Cluster);
    QCOMPARE(source.captureTime, 1795168800); // 2026-11-20T10:00:00Z
    QCOMPARE(text(source.serverVersion), text("v1.32.4"));
}

void ClustersTest::twinsHaveTheStatedSize_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("votelab") << text("votelab");
    QTest::newRow("hardened") << text("votelab-hardened");
}

void ClustersTest::twinsHaveTheStatedSize()
{
    const InventoryPtr inventory = current();
    const auto pods = std::count_if(inventory->workloads.begin(), inventory->workloads.end(),
        [](const Workload& w) { return w.kind == Kind::Pod; });
    const auto within
        = [](std::size_t value, std::size_t low, std::size_t high) { return value >= low && value <= high; };
    QCOMPARE(inventory->nodes.size(), std::size_t(4));
    QVERIFY(within(inventory->namespaces.size(), 12, 13));
    QVERIFY(within(inventory->owners.size(), 33, 36));
    QVERIFY(within(static_cast<std::size_t>(pods), 57, 63));
    QVERIFY(within(inventory->serviceAccounts.size(), 28, 33));
    const auto bootstrap
        = std::count_if(inventory->objects.begin(), inventory->objects.end(), [](const Object& o) {
              return o.kind == Kind::ClusterRole && o.label("kubernetes.io/bootstrapping");
          });
    QVERIFY(bootstrap > 25);
}

void ClustersTest::ownersExist()
{
    const InventoryPtr inventory = current();
    std::map<std::string, const Object*> byUid;
    for (const Object& o : inventory->objects) {
        if (o.assumed)
            continue;
        QVERIFY2(!o.uid.empty(), qPrintable(text(o.kindName.str() + ' ' + o.name.str())));
        const auto [other, fresh] = byUid.emplace(o.uid.str(), &o);
        QVERIFY2(fresh, qPrintable(text(o.name.str() + " has the uid of " + other->second->name.str())));
    }
    Labels wrong;
    for (const Object& o : inventory->objects) {
        for (const OwnerReference& owner : o.owners) {
            const auto found = byUid.find(owner.uid.str());
            if (found == byUid.end() || !(found->second->name == owner.name)
                || !(found->second->kindName == owner.kind)
                || !(found->second->ns.empty() || found->second->ns == o.ns))
                wrong.insert(o.kindName.str() + ' ' + o.ns.str() + '/' + o.name.str());
        }
    }
    expectNone(wrong);
    // No pod is left without an owner, and no controller in between counts as one.
    for (const Owner& owner : inventory->owners) {
        const Workload& top = inventory->workloads[owner.workload];
        QVERIFY(top.kind != Kind::ReplicaSet);
        QVERIFY(top.kind != Kind::Pod || top.mirror);
    }
}

void ClustersTest::podsStandOnTheirNodes()
{
    const InventoryPtr inventory = current();
    std::map<std::string, std::pair<std::string, std::string>> nodes; // name → pods' range, address
    for (const Node& node : inventory->nodes) {
        QCOMPARE(node.podCidrs.size(), std::size_t(1));
        nodes[inventory->object(node.id).name.str()]
            = { node.podCidrs[0].str().substr(0, node.podCidrs[0].str().rfind('.') + 1),
                  node.addresses[0].address.str() };
    }
    Labels wrong;
    std::set<std::string> addresses;
    for (const Workload& w : inventory->workloads) {
        if (w.kind != Kind::Pod)
            continue;
        const auto node = nodes.find(w.nodeName.str());
        const bool host = inventory->spec(w)->hostNetwork;
        const bool good = node != nodes.end() && w.hostIp == node->second.second
            && (host ? w.podIp == w.hostIp
                     : w.podIp.view().starts_with(node->second.first)
                        && addresses.insert(w.podIp.str()).second)
            && (w.phase == "Running" || w.phase == "Succeeded");
        if (!good)
            wrong.insert(inventory->label(w.id));
    }
    expectNone(wrong);
}

void ClustersTest::podsRunWhatTheirOwnersAsk()
{
    const InventoryPtr inventory = current();
    Labels wrong;
    for (const Owner& owner : inventory->owners) {
        const Workload& top = inventory->workloads[owner.workload];
        // A StatefulSet's pods have the volumes of their claims besides.
        if (!owner.deviating.empty() && top.kind != Kind::StatefulSet)
            wrong.insert(inventory->label(top.id) + ": a pod differs from the template");
        if (top.replicas && static_cast<std::size_t>(*top.replicas) != owner.pods.size())
            wrong.insert(inventory->label(top.id) + ": number of pods");
    }
    expectNone(wrong);
}

void ClustersTest::servicesSelectSomething()
{
    const InventoryPtr inventory = current();
    const network::Exposure exposure(*inventory);
    Labels wrong;
    std::set<std::string> addresses;
    for (const Service& service : inventory->services) {
        const std::string label = inventory->label(service.id);
        if (service.selector.empty()) {
            if (label != "Service default/kubernetes" && label != "Service drizzle/mail-relay")
                wrong.insert(label + ": no selector");
        } else if (exposure.ownersSelectedBy(service).empty()) {
            wrong.insert(label + ": selects nothing");
        }
        if (service.clusterIp != "None" && !addresses.insert(service.clusterIp.str()).second)
            wrong.insert(label + ": address taken");
    }
    for (const Ingress& ingress : inventory->ingresses) {
        for (const IngressRule& rule : ingress.rules)
            for (const IngressPath& path : rule.paths)
                if (!inventory->find(Kind::Service, inventory->object(ingress.id).ns, path.backend.service)
                         .valid())
                    wrong.insert(inventory->label(ingress.id) + ": no Service");
        for (const IngressTls& tls : ingress.tls)
            if (!inventory->find(Kind::Secret, inventory->object(ingress.id).ns, tls.secret).valid())
                wrong.insert(inventory->label(ingress.id) + ": no certificate");
        if (!inventory->find(Kind::IngressClass, {}, ingress.className).valid())
            wrong.insert(inventory->label(ingress.id) + ": no class");
    }
    expectNone(wrong);
}

void ClustersTest::endpointsArePods()
{
    const InventoryPtr inventory = current();
    Labels wrong;
    std::set<std::pair<std::string, std::string>> served;
    for (const Endpoints& slice : inventory->endpoints) {
        const Object& object = inventory->object(slice.id);
        served.emplace(object.ns.str(), slice.service.str());
        if (!inventory->find(Kind::Service, object.ns, slice.service).valid())
            wrong.insert(inventory->label(slice.id) + ": no Service " + slice.service.str());
        for (const Endpoint& endpoint : slice.endpoints) {
            if (endpoint.targetName.empty())
                continue;
            const ObjectId pod = inventory->find(Kind::Pod, endpoint.targetNamespace, endpoint.targetName);
            if (!pod.valid()
                || !(inventory->workloads[inventory->object(pod).typed].podIp == endpoint.addresses.at(0)))
                wrong.insert(inventory->label(slice.id) + ": " + endpoint.targetName.str());
        }
    }
    for (const Service& service : inventory->services) {
        const Object& object = inventory->object(service.id);
        if (!served.contains({ object.ns.str(), object.name.str() }))
            wrong.insert(inventory->label(service.id) + ": no EndpointSlice");
    }
    expectNone(wrong);
}

void ClustersTest::podsFindWhatTheyMount()
{
    const InventoryPtr inventory = current();
    Labels wrong;
    const auto need = [&](const Workload& w, Kind kind, Str name) {
        const Str ns = inventory->object(w.id).ns;
        if (!inventory->find(kind, ns, name).valid())
            wrong.insert(inventory->label(w.id) + ": no " + std::string(info(kind).name) + ' ' + name.str());
    };
    for (const Workload& w : inventory->workloads) {
        const PodSpec* spec = inventory->spec(w);
        QVERIFY(spec);
        need(w, Kind::ServiceAccount, spec->serviceAccount);
        std::set<std::string> volumes;
        for (const Volume& volume : spec->volumes) {
            volumes.insert(volume.name.str());
            if (volume.type == VolumeType::Secret)
                need(w, Kind::Secret, volume.refName);
            else if (volume.type == VolumeType::ConfigMap)
                need(w, Kind::ConfigMap, volume.refName);
            else if (volume.type == VolumeType::PersistentVolumeClaim)
                need(w, Kind::PersistentVolumeClaim, volume.refName);
        }
        for (const Container& container : spec->containers) {
            for (const EnvVar& variable : container.env) {
                if (variable.source == EnvSource::SecretKey)
                    need(w, Kind::Secret, variable.refName);
                else if (variable.source == EnvSource::ConfigMapKey)
                    need(w, Kind::ConfigMap, variable.refName);
            }
            for (const VolumeMount& mount : container.mounts)
                if (w.kind == Kind::Pod && !volumes.contains(mount.name.str()))
                    wrong.insert(inventory->label(w.id) + ": no volume " + mount.name.str());
        }
    }
    expectNone(wrong);
}

void ClustersTest::bindingsFindRolesAndAccounts()
{
    const InventoryPtr inventory = current();
    Labels wrong;
    for (const RoleBinding& binding : inventory->bindings) {
        const Object& object = inventory->object(binding.id);
        const bool cluster = binding.roleKind == "ClusterRole";
        if (!inventory
                 ->find(
                     cluster ? Kind::ClusterRole : Kind::Role, cluster ? Str() : object.ns, binding.roleName)
                 .valid())
            wrong.insert(inventory->label(binding.id) + ": no role " + binding.roleName.str());
        for (const Subject& subject : binding.subjects) {
            // Kubernetes' own bindings name accounts that only some clusters have.
            if (subject.kind == "ServiceAccount" && !object.label("kubernetes.io/bootstrapping")
                && !inventory->serviceAccount(subject.ns, subject.name))
                wrong.insert(inventory->label(binding.id) + ": no account " + subject.name.str());
        }
    }
    expectNone(wrong);
}

void ClustersTest::factsNameWhatIsThere()
{
    const InventoryPtr inventory = current();
    const Observations& facts = inventory->observations;
    QVERIFY(!facts.endpoints.empty() && !facts.dns.empty() && !facts.network.empty());
    for (const auto& port : facts.ports)
        QVERIFY(inventory->find(Kind::Node, {}, port.fact.node).valid());
    for (const auto& exploitable : facts.exploitable) {
        const std::string& w = exploitable.fact.workload; // "drizzle/Deployment/drizzle-web"
        const std::size_t first = w.find('/');
        const std::size_t second = w.find('/', first + 1);
        const ObjectId id = inventory->find(
            kindByName(w.substr(first + 1, second - first - 1)), w.substr(0, first), w.substr(second + 1));
        QVERIFY2(id.valid(), w.c_str());
        const PodSpec* spec = inventory->spec(inventory->workloads[inventory->object(id).typed]);
        bool listens = false;
        for (const Container& container : spec->containers)
            for (const ContainerPort& port : container.ports)
                listens = listens || port.containerPort == exploitable.fact.port;
        QVERIFY2(listens, w.c_str());
    }
}

void ClustersTest::namespacesAreMarked()
{
    const InventoryPtr inventory = current();
    for (const Namespace& ns : inventory->namespaces) {
        const Str* mark = inventory->object(ns.id).label("glacis.dev/practice");
        QVERIFY2(mark && *mark == "true", inventory->object(ns.id).name.str().c_str());
    }
    // Objects stand only in namespaces that exist.
    QCOMPARE(inventory->namespaces.size(), inventory->namespaceNames().size());
}

void ClustersTest::evidencePointsIntoALayer()
{
    const InventoryPtr inventory = practice("votelab");
    const ObjectId rdkalv = inventory->find(Kind::DaemonSet, "platform-agents", "rdkalv");
    QVERIFY(rdkalv.valid());
    const Object& object = inventory->object(rdkalv);
    QCOMPARE(text(inventory->files[object.file]), text("practice/votelab.23-platform-agents.yaml"));
    EvidenceReader reader(inventory);
    const std::uint32_t line
        = reader.line(rdkalv, "spec.template.spec.containers[0].securityContext.privileged");
    QFile file(QStringLiteral(GLACIS_SOURCE_DIR "/resources/practice/votelab.23-platform-agents.yaml"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QList<QByteArray> lines = file.readAll().split('\n');
    QCOMPARE(lines.at(static_cast<qsizetype>(line) - 1).trimmed(), QByteArray("privileged: true"));
}

void ClustersTest::factsOfThePersonAreAdded()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("more.yaml"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("glacis: facts/v1\nports:\n- {node: worker-2, port: 22, state: open}\n");
    file.close();
    ImportOptions options;
    options.factsFiles = { path.toStdString() };
    const auto read = loadPractice("votelab", options);
    QVERIFY(read);
    const auto& ports = (*read)->observations.ports;
    QCOMPARE(ports.size(), std::size_t(2));
    QCOMPARE(ports[0].fact.port, 2375);
    QCOMPARE(ports[1].fact.port, 22);
    options.factsFiles = { "/nowhere/facts.yaml" };
    QVERIFY(!loadPractice("votelab", options));
}

GLACIS_TEST(ClustersTest)
#include "clusters_test.moc"
