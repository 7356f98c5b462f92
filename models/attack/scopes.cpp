// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <attack/scopes.h>

#include <unordered_map>

#include <algorithm>

#include <base/text.h>
#include <inventory/control_plane.h>
#include <inventory/flags.h>

namespace glacis::attack {

// ---- admission

PodAdmission::PodAdmission(const Inventory& inventory)
    : m_inventory(inventory)
    , m_hasPolicyEngine(!inventory.admissionPolicyBindings.empty())
{
    // The file of this flag is on the host.
    for (const inventory::ComponentView& server : inventory::controlPlane(inventory, "kube-apiserver"))
        m_mayHaveDefaultLevel = m_mayHaveDefaultLevel
            || inventory::Flags(server.container).has("--admission-control-config-file");
    for (const auto& configuration : inventory.webhooks) {
        const std::string name = toLower(inventory.object(configuration.id).name);
        for (const char* engine : { "kyverno", "gatekeeper", "kubewarden", "policy" })
            m_hasPolicyEngine = m_hasPolicyEngine || name.find(engine) != std::string::npos;
    }
}

std::optional<Certainty> PodAdmission::admits(std::string_view ns) const
{
    const ObjectId id = m_inventory.find(Kind::Namespace, {}, ns);
    if (!id.valid())
        return Certainty::Possible;
    const Str* level = m_inventory.object(id).label("pod-security.kubernetes.io/enforce");
    if (level && (*level == "baseline" || *level == "restricted"))
        return std::nullopt;
    return level || !m_mayHaveDefaultLevel ? Certainty::Certain : Certainty::Possible;
}

std::optional<Certainty> PodAdmission::letsTakeNodes(std::string_view ns) const
{
    const auto& all = m_inventory.namespaceNames();
    std::optional<Certainty> best;
    if (!ns.empty())
        best = admits(ns);
    else if (all.empty())
        best = Certainty::Possible;
    for (std::size_t i = 0; ns.empty() && i < all.size() && best != Certainty::Certain; ++i)
        if (const auto here = admits(all[i]))
            best = here;
    return best && m_hasPolicyEngine ? Certainty::Possible : best;
}

// ---- hubs

NodeIndex Scopes::scope(std::string_view right, std::string_view ns, bool& isNew)
{
    const std::string id = "scope/" + std::string(right) + "/" + (ns.empty() ? "*" : std::string(ns));
    isNew = m_world.graph.find(id) == None;
    return m_world.graph.node(NodeKind::Scope, id,
        { .label = std::string(right) + (ns.empty() ? " everywhere" : " in " + std::string(ns)),
            .object = {},
            .count = 1,
            .stage = right.starts_with("read") ? Stage { 4 } : Stage { 3 } });
}

NodeIndex Scopes::exec(std::string_view ns)
{
    bool isNew = false;
    const NodeIndex hub = scope("exec", ns, isNew);
    if (!isNew)
        return hub;
    const auto join = [&](OwnerIndex owner) {
        if (m_world.runs(owner))
            structure(hub, m_world.own(owner));
    };
    if (ns.empty())
        for (OwnerIndex owner = 0; owner < m_world.inventory.owners.size(); ++owner)
            join(owner);
    else
        for (const OwnerIndex owner : m_world.ownersIn(ns))
            join(owner);
    return hub;
}

NodeIndex Scopes::readSecrets(std::string_view ns)
{
    if (ns.empty())
        return m_world.jewel("all-secrets", "all Secrets");
    bool isNew = false;
    const NodeIndex hub = scope("read-secrets", ns, isNew);
    if (isNew)
        for (const NodeIndex secret : m_world.secretsIn(ns))
            structure(hub, secret);
    return hub;
}

NodeIndex Scopes::createPods(std::string_view ns)
{
    bool isNew = false;
    const NodeIndex hub = scope("create-pods", ns, isNew);
    if (!isNew)
        return hub;
    // A new pod mounts any Secret and takes any account of its namespace.
    structure(hub, readSecrets(ns));
    structure(hub, accounts(ns));
    if (const auto certainty = m_admission.letsTakeNodes(ns))
        m_world.graph.edge(EdgeKind::Structure, hub, anyNode(), { .certainty = *certainty, .support = {} })
            .breaks("M8", ns.empty() ? "namespaces" : "namespace/" + std::string(ns));
    return hub;
}

NodeIndex Scopes::accounts(std::string_view ns)
{
    bool isNew = false;
    const NodeIndex hub = scope("act-as", ns, isNew);
    if (isNew)
        m_accountHubs.emplace_back(hub, std::string(ns));
    return hub;
}

NodeIndex Scopes::readSpecs(Kind kind, std::string_view ns)
{
    bool isNew = false;
    const NodeIndex hub = scope("read-" + std::string(inventory::info(kind).resource), ns, isNew);
    if (!isNew)
        return hub;
    m_world.forEachLiteralIn(ns, [&](const World::LiteralCredential& credential) {
        if (m_world.showsTemplate(credential.owner, kind))
            m_world.graph.edge(EdgeKind::Structure, hub, credential.node)
                .because(credential.because)
                .breaks("M11", credential.target);
    });
    return hub;
}

void Scopes::finish(const std::set<NodeIndex>& powerful)
{
    std::unordered_map<std::string_view, std::vector<NodeIndex>> byNamespace; // "": all
    for (const NodeIndex account : powerful) {
        const Node& node = m_world.graph.nodes()[account];
        if (node.kind != NodeKind::ServiceAccount)
            continue;
        const std::string_view place = std::string_view(node.id).substr(3);
        byNamespace[place.substr(0, place.find('/'))].push_back(account);
        byNamespace[{}].push_back(account);
    }
    for (const auto& [hub, ns] : m_accountHubs)
        if (const auto accounts = byNamespace.find(ns); accounts != byNamespace.end())
            for (const NodeIndex account : accounts->second)
                structure(hub, account);
}

NodeIndex Scopes::anyNode()
{
    bool isNew = false;
    const NodeIndex hub = scope("run-on-nodes", "", isNew);
    if (isNew)
        for (const Machine& machine : m_world.machines)
            structure(hub, machine.node);
    return hub;
}

} // namespace glacis::attack
