// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <attack/attack.h>

#include <attack/world.h>
#include <secrets/datastores.h>

namespace glacis::attack {
namespace {
    /// Ports that lead to something of their own get a reach node of their own, before any edge is drawn.
    void splitReaches(World& w)
    {
        for (const auto& observed : w.inventory.observations.exploitable)
            for (OwnerIndex owner = 0; owner < w.inventory.owners.size(); ++owner)
                if (w.exploitable(owner, observed.fact.port) == &observed)
                    w.splitReach(owner, observed.fact.port);
        w.forEachContainer([&](const PodView& pod, const Container& container) {
            if (const secrets::Datastore* store = w.storeOf(container.image))
                w.splitReach(pod.owner, store->port);
        });
    }

    void assumeBreach(World& w)
    {
        const NodeIndex entry = w.graph.node(NodeKind::Breach, "breach",
            { .label = "an application is taken over", .object = {}, .count = 1, .stage = 0 });
        for (OwnerIndex owner = 0; owner < w.inventory.owners.size(); ++owner)
            if (w.runs(owner) && w.isApplication(owner))
                w.graph.edge(EdgeKind::Structure, entry, w.own(owner));
    }
}

Graph buildGraph(const inventory::Inventory& inventory, const access::Access& access,
    const network::Exposure& exposure, const network::Reachability& reachability,
    const EdgeCatalogue& catalogue, const StopToken& stop)
{
    World world(inventory, access, exposure, reachability, catalogue, stop);
    (void)world.internet();
    splitReaches(world);
    // Credentials before rights (who may read them), rights before tokens and nodes (which are worth taking),
    // and anonymous callers last of these: they exist where a binding gave them something.
    for (const auto& rules : { networkRules(), credentialRules(), identityRules(), escapeRules(),
             endpointRules(), structureRules() })
        for (const RuleEntry& rule : rules)
            if (!stop.stopRequested())
                rule.function(world);
    assumeBreach(world);
    return world.graph.build();
}

} // namespace glacis::attack
