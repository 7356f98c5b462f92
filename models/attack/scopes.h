// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The hubs of rights, scope/RIGHT/NAMESPACE, with what they lead to, made when first asked for. A right over
// many objects so costs one edge and not one for each object. Internal to attack/.
//
//     Scopes scopes(world);
//     world.graph.edge(EdgeKind::PodExec, identity, scopes.exec("shop"));
//     scopes.finish(world.powerful); // when all rights are known
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <attack/world.h>

namespace glacis::attack {

/// Does admission let a pod in that takes its node? Pod Security's labels, as far as they can be read.
class PodAdmission {
public:
    explicit PodAdmission(const Inventory& inventory);
    /// ns empty: in some namespace. Nothing: no. Possible: labels could not be read, the API server may have
    /// a default level, or a policy engine decides by rules that are no part of Kubernetes.
    [[nodiscard]] std::optional<Certainty> letsTakeNodes(std::string_view ns) const;

private:
    [[nodiscard]] std::optional<Certainty> admits(std::string_view ns) const;

    const Inventory& m_inventory;
    bool m_mayHaveDefaultLevel = false;
    bool m_hasPolicyEngine = false;
};

/// ns empty: the whole cluster.
class Scopes {
public:
    explicit Scopes(World& world)
        : m_world(world)
        , m_admission(world.inventory)
    {
    }

    NodeIndex exec(std::string_view ns);
    NodeIndex readSecrets(std::string_view ns);
    NodeIndex createPods(std::string_view ns);
    NodeIndex accounts(std::string_view ns); ///< every ServiceAccount of the namespace that leads on
    NodeIndex readSpecs(Kind kind, std::string_view ns);
    /// Joins the hubs of accounts with those that turned out to lead on.
    void finish(const std::set<NodeIndex>& powerful);

private:
    NodeIndex scope(std::string_view right, std::string_view ns, bool& isNew);
    NodeIndex anyNode();
    void structure(NodeIndex from, NodeIndex to) { m_world.graph.edge(EdgeKind::Structure, from, to); }

    World& m_world;
    PodAdmission m_admission;
    std::vector<std::pair<NodeIndex, std::string>> m_accountHubs;
};

} // namespace glacis::attack
