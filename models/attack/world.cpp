// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <attack/world.h>

#include <algorithm>
#include <set>

#include <base/text.h>
#include <inventory/control_plane.h>
#include <network/addresses.h>
#include <network/admin_interfaces.h>

namespace glacis::attack {
namespace {
    std::string joined(std::string_view a, std::string_view b)
    {
        return b.empty() ? std::string(a) : std::string(a).append(".").append(b);
    }

    bool isSystemNamespace(std::string_view ns)
    {
        return ns == "kube-system" || ns == "kube-public" || ns == "kube-node-lease" || ns == "kube-flannel"
            || ns == "calico-system" || ns == "tigera-operator" || ns == "cilium";
    }

    // Programs that serve the cluster rather than its owner's business. Ends of image repositories.
    constexpr std::string_view AddonImages[]
        = { "ingress-nginx/controller", "ingress-nginx/kube-webhook-certgen", "nginx-ingress-controller",
              "traefik", "cert-manager-controller", "cert-manager-cainjector", "cert-manager-webhook",
              "cert-manager-startupapicheck", "metrics-server", "node-exporter", "kube-state-metrics",
              "prometheus", "alertmanager", "prometheus-operator", "prometheus-config-reloader", "grafana",
              "external-dns", "cluster-autoscaler", "kube-rbac-proxy", "kubernetesui/dashboard",
              "kubernetesui/metrics-scraper", "velero", "fluent-bit", "fluentd", "promtail", "loki",
              "coredns", "kube-proxy", "local-path-provisioner" };

    bool isAddonImage(std::string_view image)
    {
        const network::ImageName parsed = network::parseImage(image);
        return std::any_of(std::begin(AddonImages), std::end(AddonImages),
            [&](std::string_view tail) { return parsed.endsWith(tail); });
    }
}

Justification PodView::at(std::string_view check, std::string_view below, std::string evidence) const
{
    return { .check = check,
        .object = specObject,
        .path = joined(specPath, below),
        .evidence = std::move(evidence),
        .container = {},
        .observation = {} };
}

Justification PodView::at(
    std::string_view check, const Container& container, std::string_view below, std::string evidence) const
{
    return { .check = check,
        .object = specObject,
        .path = joined(joined(specPath, container.path()), below),
        .evidence = std::move(evidence),
        .container = container.name,
        .observation = {} };
}

bool hasEnded(const Container& container)
{
    return container.role == inventory::ContainerRole::Init && container.restartPolicy != "Always";
}

World::World(const Inventory& from, const access::Access& rights, const network::Exposure& exposed,
    const network::Reachability& reachable, const EdgeCatalogue& catalogue, StopToken token)
    : inventory(from)
    , access(rights)
    , exposure(exposed)
    , reachability(reachable)
    , graph(catalogue)
    , stop(std::move(token))
    , m_own(from.owners.size(), None)
    , m_held(from.owners.size(), None)
    , m_reach(from.owners.size(), None)
    , m_members(from.owners.size())
    , m_worthHolding(from.owners.size(), false)
{
    for (std::uint32_t i = 0; i < inventory.ownerOfWorkload.size(); ++i)
        if (inventory.ownerOfWorkload[i] < m_members.size())
            m_members[inventory.ownerOfWorkload[i]].push_back(i);
    findMachines();
    for (OwnerIndex owner = 0; owner < inventory.owners.size(); ++owner)
        m_ownersByNamespace[objectOf(owner).ns.view()].push_back(owner);
    for (const inventory::Secret& secret : inventory.secrets)
        if (secret.type == "kubernetes.io/service-account-token")
            m_tokenSecrets[inventory.object(secret.id).ns.view()].push_back(inventory.object(secret.id).name);
    findExploitable();
    findPorts();
    findFlows();
    findSegments();
    findSources();
    findReused();
}

namespace {
    std::string credentialPath(
        const std::string& workload, const Container& container, const inventory::CredentialLiteral& literal)
    {
        const std::string_view key = literal.key.empty() ? literal.path.view() : literal.key.view();
        return std::string(workload).append("/").append(container.name.view()).append("/").append(key);
    }
}

void World::findReused()
{
    std::set<std::string> seen; // a deviating pod repeats its owner's literals
    forEachContainer([&](const PodView& pod, const Container& container) {
        for (const inventory::CredentialLiteral& literal : container.literals) {
            if (literal.reuseGroup == 0)
                continue;
            const std::string path = credentialPath(pathOf(pod.owner), container, literal);
            if (!seen.insert(path).second)
                continue;
            ReusedCredential& reused = m_reused[literal.reuseGroup];
            if (reused.places++ == 0)
                reused.first = path;
        }
    });
}

std::string World::credentialTarget(
    const PodView& pod, const Container& container, const inventory::CredentialLiteral& literal) const
{
    const auto at = m_reused.find(literal.reuseGroup);
    if (literal.reuseGroup == 0 || at == m_reused.end())
        return credentialPath(pathOf(pod.owner), container, literal);
    std::string target = at->second.first;
    if (at->second.places > 1)
        target.append("+").append(std::to_string(at->second.places - 1)).append(" more");
    return target;
}

void World::addLiteral(
    const PodView& pod, const Container& container, const inventory::CredentialLiteral& literal)
{
    const std::string path = credentialPath(pathOf(pod.owner), container, literal);
    const std::string id = "cred/" + path;
    if (graph.find(id) != None)
        return; // a deviating pod repeats its owner's
    const std::string_view key = literal.key.empty() ? literal.path.view() : literal.key.view();
    const NodeIndex node = graph.node(NodeKind::Credential, id,
        { .label = std::string(key), .object = pod.workload.id, .count = 1, .stage = 4 });
    const bool command
        = literal.place == credentials::Place::Command || literal.place == credentials::Place::Args;
    m_literalsByNamespace[pod.object.ns.view()].push_back(static_cast<std::uint32_t>(m_literals.size()));
    m_literals.push_back({ pod.owner, hasEnded(container), node, credentialTarget(pod, container, literal),
        pod.at(command            ? "GL-SEC-003"
                : literal.byValue ? "GL-SEC-002"
                                  : "GL-SEC-001",
            container, literal.path, std::string(key) + ", a credential in plain text") });
}

std::vector<NodeIndex> World::secretsIn(std::string_view ns)
{
    if (const auto tokens = m_tokenSecrets.find(ns); tokens != m_tokenSecrets.end())
        for (const Str name : tokens->second)
            (void)secret(ns, name);
    const auto known = m_secretsByNamespace.find(std::string(ns));
    return known == m_secretsByNamespace.end() ? std::vector<NodeIndex>() : known->second;
}

const secrets::Datastore* World::storeOf(Str image)
{
    const auto [at, isNew] = m_storeOfImage.try_emplace(image, nullptr);
    if (isNew)
        at->second = secrets::datastoreOfImage(image);
    return at->second;
}

bool World::namesStore(Str name)
{
    const auto [at, isNew] = m_namesStore.try_emplace(name, false);
    if (isNew)
        at->second = secrets::namesDatastore(name);
    return at->second;
}

std::span<const OwnerIndex> World::ownersIn(std::string_view ns) const
{
    const auto at = m_ownersByNamespace.find(ns);
    return at == m_ownersByNamespace.end() ? std::span<const OwnerIndex>() : at->second;
}

bool World::leadsOn(std::string_view ns, std::string_view account) const
{
    const NodeIndex node = graph.find("sa/" + std::string(ns) + "/" + std::string(account));
    return node != None && powerful.contains(node);
}

bool World::isWorthHolding(OwnerIndex owner) const
{
    bool worth = m_worthHolding[owner];
    if (!worth && hasAccount(owner))
        forEachPodOf(
            owner, [&](const PodView& pod) { worth = worth || leadsOn(pod.object.ns, accountOf(pod.spec)); });
    return worth;
}

bool World::hasAccount(OwnerIndex owner) const
{
    return !inventory.workloads[inventory.owners[owner].workload].mirror;
}

// The pod's own setting wins over its ServiceAccount's; neither set means yes.
bool World::mountsToken(const PodView& pod) const
{
    if (!hasAccount(pod.owner))
        return false;
    for (const inventory::Volume& volume : pod.spec.volumes)
        for (const inventory::ProjectedSource& source : volume.projected)
            if (source.token && source.audience.empty())
                return true;
    if (pod.spec.automountToken != inventory::Tri::Unset)
        return pod.spec.automountToken == inventory::Tri::True;
    const inventory::ServiceAccount* account = inventory.serviceAccount(pod.object.ns, accountOf(pod.spec));
    return !account || account->automountToken != inventory::Tri::False;
}

bool World::showsTemplate(OwnerIndex owner, Kind kind, std::string_view name) const
{
    // What controllers make is not in every source.
    const Kind top = objectOf(owner).kind;
    const bool made = (kind == Kind::Pod && runs(owner))
        || (kind == Kind::ReplicaSet && top == Kind::Deployment)
        || (kind == Kind::Job && top == Kind::CronJob && runs(owner));
    return (made && name.empty())
        || std::any_of(m_members[owner].begin(), m_members[owner].end(), [&](std::uint32_t i) {
               const inventory::Workload& workload = inventory.workloads[i];
               return workload.kind == kind && (name.empty() || inventory.object(workload.id).name == name);
           });
}

void World::findExploitable()
{
    if (inventory.observations.exploitable.empty())
        return;
    std::unordered_map<std::string, OwnerIndex> byPath;
    for (OwnerIndex owner = 0; owner < inventory.owners.size(); ++owner)
        byPath.emplace(pathOf(owner), owner);
    for (const auto& observed : inventory.observations.exploitable)
        if (const auto at = byPath.find(observed.fact.workload); at != byPath.end())
            m_exploitable[at->second].push_back(&observed);
}

const inventory::Observed<inventory::ExploitableFact>* World::exploitable(
    OwnerIndex owner, std::int32_t port) const
{
    const auto at = m_exploitable.find(owner);
    if (at == m_exploitable.end())
        return nullptr;
    for (const auto* observed : at->second) {
        // Port 0: of the fact, every port; of the question, any that has no reach node of its own.
        const auto split = m_split.find(owner);
        const bool own = split != m_split.end() && split->second.contains(observed->fact.port);
        if (observed->fact.port == 0 || observed->fact.port == port || (port == 0 && !own))
            return observed;
    }
    return nullptr;
}

bool World::isEndpointPort(OwnerIndex owner, std::int32_t port) const
{
    const inventory::PodSpec* spec = inventory.spec(inventory.workloads[inventory.owners[owner].workload]);
    if (!spec)
        return false;
    const bool docker = port == 2375 || port == 2376 || port == 4243;
    const bool onHost = spec->hostNetwork
        || std::any_of(spec->containers.begin(), spec->containers.end(), [&](const Container& container) {
               return std::any_of(container.ports.begin(), container.ports.end(),
                   [&](const auto& p) { return p.hostPort != 0 && p.containerPort == port; });
           });
    if (docker)
        return onHost;
    const bool component = port == 2379 || port == 2380 || port == 2381 || port == 6443 || port == 10250
        || port == 10255 || port == 10257 || port == 10259;
    return component && spec->hostNetwork && isSystem(owner);
}

void World::findSources()
{
    const auto& sources = reachability.sources();
    m_net.assign(sources.size(), None);
    std::vector<bool> used(sources.size(), false);
    for (OwnerIndex owner = 0; owner < inventory.owners.size(); ++owner)
        if (runs(owner) && reachability.sourceOf(owner) < used.size())
            used[reachability.sourceOf(owner)] = true;
    for (const Machine& machine : machines)
        if (machine.index != None && reachability.sourceOfNode(machine.index) < used.size())
            used[reachability.sourceOfNode(machine.index)] = true;
    for (std::uint32_t i = 0; i < used.size(); ++i)
        if (used[i])
            m_usedSources.push_back(i);
}

void World::findMachines()
{
    machinesOf.resize(inventory.owners.size());
    std::map<std::string_view, std::uint32_t> nodeByName; // also of nodes that only pods name
    for (std::uint32_t i = 0; i < inventory.nodes.size(); ++i)
        nodeByName.emplace(inventory.object(inventory.nodes[i].id).name, i);
    std::vector<std::vector<std::string_view>> names(inventory.owners.size());
    const bool manifests = inventory.source.scope == inventory::Scope::Manifests;
    bool unknown = false;
    for (OwnerIndex owner = 0; owner < inventory.owners.size(); ++owner) {
        const inventory::Owner& entry = inventory.owners[owner];
        const inventory::Workload& top = inventory.workloads[entry.workload];
        for (const std::uint32_t p : entry.pods) {
            const inventory::Workload& pod = inventory.workloads[p];
            if (pod.phase == "Succeeded" || pod.phase == "Failed")
                continue;
            names[owner].push_back(pod.nodeName.empty() ? std::string_view("?") : pod.nodeName.view());
            if (!pod.nodeName.empty())
                nodeByName.try_emplace(pod.nodeName, None);
        }
        // Files describe what will run; nobody knows where.
        if (manifests && names[owner].empty() && top.replicas.value_or(1) != 0 && !top.suspended
            && top.spec != UINT32_MAX)
            names[owner].push_back("?");
        std::sort(names[owner].begin(), names[owner].end());
        names[owner].erase(std::unique(names[owner].begin(), names[owner].end()), names[owner].end());
        unknown = unknown || std::find(names[owner].begin(), names[owner].end(), "?") != names[owner].end();
    }
    std::set<std::string_view> staticPods; // nodes that run the API server or etcd, whatever their labels
    const inventory::ControlPlane components(inventory);
    for (const char* component : { "kube-apiserver", "etcd" })
        for (const inventory::ComponentView& view : components.component(component))
            if (view.pod.mirror && !view.pod.nodeName.empty())
                staticPods.insert(view.pod.nodeName);
    std::map<std::string_view, MachineIndex> machineByName;
    const auto add = [&](std::string_view name, std::uint32_t index) {
        machineByName.emplace(name, static_cast<MachineIndex>(machines.size()));
        Machine machine;
        machine.name = name;
        machine.index = index;
        ObjectId object;
        if (index != None) {
            object = inventory.nodes[index].id;
            machine.controlPlane = inventory.nodes[index].isControlPlane(inventory.object(object));
        }
        machine.controlPlane = machine.controlPlane || staticPods.contains(name);
        machine.node = graph.node(NodeKind::Node, "node/" + machine.name,
            { .label = machine.known() ? machine.name : "some node",
                .object = object,
                .count = 1,
                .stage = 3 });
        machines.push_back(std::move(machine));
    };
    for (const auto& [name, index] : nodeByName)
        add(name, index);
    if (unknown || (machines.empty() && !inventory.owners.empty()))
        add("?", None);
    for (OwnerIndex owner = 0; owner < names.size(); ++owner) {
        for (const std::string_view name : names[owner]) {
            const MachineIndex machine = machineByName.find(name)->second;
            machinesOf[owner].push_back(machine);
            machines[machine].owners.push_back(owner);
        }
        std::sort(machinesOf[owner].begin(), machinesOf[owner].end());
    }
}

std::uint32_t World::podCount(OwnerIndex owner) const
{
    return std::max<std::uint32_t>(1, static_cast<std::uint32_t>(inventory.owners[owner].pods.size()));
}

const inventory::Object& World::objectOf(OwnerIndex owner) const
{
    return inventory.object(inventory.workloads[inventory.owners[owner].workload].id);
}

bool World::isSystem(OwnerIndex owner) const { return isSystemNamespace(objectOf(owner).ns); }

bool World::isApplication(OwnerIndex owner) const { return m_application[owner]; }

std::string World::pathOf(OwnerIndex owner) const
{
    const inventory::Object& object = objectOf(owner);
    return object.ns.str().append("/").append(object.kindName.view()).append("/").append(object.name.view());
}

std::string_view World::accountOf(const inventory::PodSpec& spec) const
{
    return spec.serviceAccount.empty() ? std::string_view("default") : spec.serviceAccount.view();
}

// ---- segmentation

void World::findSegments()
{
    m_application.assign(inventory.owners.size(), false);
    m_segmentable.assign(inventory.owners.size(), false);
    for (OwnerIndex owner = 0; owner < inventory.owners.size(); ++owner) {
        if (isSystem(owner))
            continue;
        const inventory::PodSpec* spec
            = inventory.spec(inventory.workloads[inventory.owners[owner].workload]);
        const bool addon = spec && !spec->containers.empty()
            && std::all_of(spec->containers.begin(), spec->containers.end(),
                [](const Container& c) { return isAddonImage(c.image); });
        m_application[owner] = !addon && !exposure.adminOf(owner);
    }
    // A namespace with one application is an application's namespace.
    std::set<std::string_view> namespaces;
    for (OwnerIndex owner = 0; owner < inventory.owners.size(); ++owner)
        if (m_application[owner] && runs(owner))
            namespaces.insert(objectOf(owner).ns);
    m_segmentTarget = "policies/";
    std::size_t shown = 0;
    for (const std::string_view ns : namespaces) {
        if (shown == 8) {
            m_segmentTarget.append("+").append(std::to_string(namespaces.size() - shown)).append(" more");
            break;
        }
        m_segmentTarget.append(shown++ == 0 ? "" : "+").append(ns);
    }
    const bool enforced = reachability.plugin().enforces == network::Verdict::Allowed;
    for (OwnerIndex owner = 0; owner < inventory.owners.size() && enforced; ++owner) {
        const inventory::PodSpec* spec
            = inventory.spec(inventory.workloads[inventory.owners[owner].workload]);
        m_segmentable[owner] = spec && !spec->hostNetwork && namespaces.contains(objectOf(owner).ns);
    }
}

// ---- nodes of the graph

NodeIndex World::workloadNode(NodeKind kind, std::vector<NodeIndex>& cache, OwnerIndex owner, Stage stage)
{
    if (cache[owner] == None) {
        const inventory::Object& object = objectOf(owner);
        cache[owner] = graph.node(kind, std::string(name(kind)) + "/" + pathOf(owner),
            { .label = object.name.str(),
                .object = inventory.workloads[inventory.owners[owner].workload].id,
                .count = podCount(owner),
                .stage = stage });
    }
    return cache[owner];
}

NodeIndex World::own(OwnerIndex owner) { return workloadNode(NodeKind::Own, m_own, owner, 3); }
NodeIndex World::held(OwnerIndex owner) { return workloadNode(NodeKind::Held, m_held, owner, 3); }

NodeIndex World::reach(OwnerIndex owner, std::int32_t port)
{
    if (const auto split = m_split.find(owner); split != m_split.end())
        if (const auto at = split->second.find(port); at != split->second.end())
            return at->second;
    return workloadNode(NodeKind::Reach, m_reach, owner, 1);
}

void World::splitReach(OwnerIndex owner, std::int32_t port)
{
    // With one port there is nothing to tell apart.
    if (m_ports[owner].size() < 2 || port == 0)
        return;
    const inventory::Object& object = objectOf(owner);
    const std::string number = std::to_string(port);
    m_split[owner].try_emplace(port,
        graph.node(NodeKind::Reach, "reach/" + pathOf(owner) + ":" + number,
            { .label = object.name.str() + ":" + number,
                .object = inventory.workloads[inventory.owners[owner].workload].id,
                .count = podCount(owner),
                .stage = 1 }));
}

std::vector<std::pair<std::int32_t, NodeIndex>> World::reachNodes(OwnerIndex owner)
{
    std::vector<std::pair<std::int32_t, NodeIndex>> all;
    const auto split = m_split.find(owner);
    if (split != m_split.end())
        all.assign(split->second.begin(), split->second.end());
    const bool others = split == m_split.end()
        || std::any_of(m_ports[owner].begin(), m_ports[owner].end(),
            [&](std::int32_t port) { return !split->second.contains(port); });
    if (others)
        all.emplace_back(0, workloadNode(NodeKind::Reach, m_reach, owner, 1));
    return all;
}

NodeIndex World::serviceAccount(std::string_view ns, std::string_view name)
{
    std::string id("sa/");
    id.append(ns).append("/").append(name);
    const NodeIndex known = graph.find(id);
    if (known != None)
        return known;
    return graph.node(NodeKind::ServiceAccount, id,
        { .label = std::string(name),
            .object = inventory.find(Kind::ServiceAccount, ns, name),
            .count = 1,
            .stage = 3 });
}

NodeIndex World::identity(const access::Identity& who)
{
    using Of = access::Identity::Kind;
    if (who.kind == Of::ServiceAccount)
        return serviceAccount(who.ns, who.name);
    const NodeKind kind = who.kind == Of::Group ? NodeKind::Group : NodeKind::User;
    return graph.node(kind, std::string(name(kind)) + "/" + who.name,
        { .label = who.name, .object = {}, .count = 1, .stage = 3 });
}

NodeIndex World::secret(std::string_view ns, std::string_view name)
{
    std::string id("secret/");
    id.append(ns).append("/").append(name);
    const NodeIndex known = graph.find(id);
    if (known != None)
        return known;
    const NodeIndex node = graph.node(NodeKind::Secret, id,
        { .label = std::string(name),
            .object = inventory.find(Kind::Secret, ns, name),
            .count = 1,
            .stage = 4 });
    m_secretsByNamespace[std::string(ns)].push_back(node);
    return node;
}

NodeIndex World::jewel(std::string_view name, std::string_view label)
{
    return graph.node(NodeKind::Jewel, "jewel/" + std::string(name),
        { .label = std::string(label), .object = {}, .count = 1, .stage = 4 });
}

NodeIndex World::endpoint(std::string_view id, std::string_view label, Stage stage)
{
    return graph.node(NodeKind::Endpoint, "endpoint/" + std::string(id),
        { .label = std::string(label), .object = {}, .count = 1, .stage = stage });
}

NodeIndex World::internet()
{
    return graph.node(
        NodeKind::Internet, "internet", { .label = "Internet", .object = {}, .count = 1, .stage = 0 });
}

NodeIndex World::net(std::uint32_t sourceClass)
{
    if (m_net[sourceClass] == None) {
        const network::PodClass& group = reachability.sources()[sourceClass];
        m_net[sourceClass] = graph.node(NodeKind::Net, "net/" + group.name,
            { .label = group.name,
                .object = {},
                .count = static_cast<std::uint32_t>(group.owners.size() + group.nodes.size()),
                .stage = 1 });
    }
    return m_net[sourceClass];
}

NodeIndex World::netOf(const Machine& machine)
{
    if (machine.index != None)
        return net(reachability.sourceOfNode(machine.index));
    for (const std::uint32_t source : m_usedSources)
        if (reachability.sources()[source].hostNetwork)
            return net(source);
    return m_usedSources.empty() ? None : net(m_usedSources.front());
}

} // namespace glacis::attack
