// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// From YAML to the attack graph, with edges and ways as text:
//
//     const Drawn drawn(yaml);
//     QVERIFY(drawn.has("PRIVILEGED|own/shop/Deployment/web|node/worker-1"));
#pragma once

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <QTest>

#include <access/access.h>
#include <attack/attack.h>
#include <attack/describe.h>
#include <attack/search.h>
#include <inventory/import.h>
#include <inventory/practice.h>
#include <network/exposure.h>
#include <network/reachability.h>
#include <test_main.h>

namespace glacis::test {

inline const attack::EdgeCatalogue& edgeCatalogue()
{
    static const auto catalogue = [] {
        auto loaded = attack::EdgeCatalogue::load();
        if (!loaded)
            qFatal("%s", loaded.error().message.c_str());
        return std::move(*loaded);
    }();
    return catalogue;
}

class Drawn {
public:
    explicit Drawn(inventory::InventoryPtr from)
        : inventory(std::move(from))
        , access(*inventory)
        , exposure(*inventory)
        , reachability(*inventory, exposure)
        , graph(attack::buildGraph(*inventory, access, exposure, reachability, edgeCatalogue()))
    {
    }
    /// facts: the text of a facts file; empty: none.
    explicit Drawn(std::string_view yaml, std::string_view facts = {},
        inventory::Scope scope = inventory::Scope::Cluster)
        : Drawn(read(yaml, facts, scope))
    {
    }
    [[nodiscard]] static Drawn practice(std::string_view name)
    {
        auto loaded = inventory::loadPractice(name, {});
        if (!loaded)
            qFatal("%s", loaded.error().message.c_str());
        return Drawn(std::move(*loaded));
    }

    /// The edge of this id, or nullptr.
    [[nodiscard]] const attack::Edge* edge(std::string_view id) const
    {
        for (attack::EdgeIndex e = 0; e < graph.edges.size(); ++e)
            if (graph.edgeId(e) == id)
                return &graph.edges[e];
        return nullptr;
    }
    [[nodiscard]] bool has(std::string_view id) const { return edge(id) != nullptr; }
    /// "certain", "residual", "possible", or "" where there is no such edge.
    [[nodiscard]] std::string kindOf(std::string_view id) const
    {
        const attack::Edge* e = edge(id);
        if (!e)
            return {};
        return e->certainty == attack::Certainty::Possible ? "possible"
            : e->residual                                  ? "residual"
                                                           : "certain";
    }
    /// Ids of all edges of one kind, sorted.
    [[nodiscard]] std::vector<std::string> edges(attack::EdgeKind kind) const
    {
        std::vector<std::string> ids;
        for (attack::EdgeIndex e = 0; e < graph.edges.size(); ++e)
            if (graph.edges[e].kind == kind)
                ids.push_back(graph.edgeId(e));
        std::sort(ids.begin(), ids.end());
        return ids;
    }
    [[nodiscard]] std::vector<std::string> breaks(std::string_view id) const
    {
        std::vector<std::string> ids;
        if (const attack::Edge* e = edge(id))
            for (const attack::OptionIndex option : graph.breaksOf(*e))
                ids.push_back(graph.options[option].id);
        return ids;
    }
    /// Does some edge, STRUCTURE included, or chain of them lead from one node to another? By walked edges.
    [[nodiscard]] bool leads(std::string_view from, std::string_view to) const
    {
        const attack::NodeIndex start = graph.find(from);
        const attack::NodeIndex end = graph.find(to);
        if (start == attack::None || end == attack::None)
            return false;
        std::vector<attack::NodeIndex> queue { start };
        std::set<attack::NodeIndex> seen { start };
        for (std::size_t i = 0; i < queue.size(); ++i)
            for (const attack::Edge& e : graph.out(queue[i]))
                if (attack::isWalked(e.kind) && seen.insert(e.to).second)
                    queue.push_back(e.to);
        return seen.contains(end);
    }

    inventory::InventoryPtr inventory;
    access::Access access;
    network::Exposure exposure;
    network::Reachability reachability;
    attack::Graph graph;

private:
    static inventory::InventoryPtr read(std::string_view yaml, std::string_view facts, inventory::Scope scope)
    {
        inventory::ImportOptions options;
        options.scope = scope;
        auto loaded = inventory::importText(yaml, "test.yaml", options);
        if (!loaded)
            qFatal("%s", loaded.error().message.c_str());
        if (facts.empty())
            return *loaded;
        auto changed = std::make_shared<inventory::Inventory>(**loaded);
        std::vector<inventory::Diagnostic> diagnostics;
        if (auto done = inventory::readFacts(facts, "facts.yaml", changed->observations, diagnostics); !done)
            qFatal("%s", done.error().message.c_str());
        changed->finish();
        return changed;
    }
};

} // namespace glacis::test
