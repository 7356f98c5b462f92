// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The attack graph as JSON (CLI.md). Additions to the page: nodes' kind and object; edges' title, evidence
// and observation of what justifies them.
#include <report/paths.h>

#include <attack/describe.h>
#include <report/selection.h>

namespace glacis::report {
namespace {
    void stage(JsonWriter& json, Stage value)
    {
        json.key("stage");
        if (value == 0)
            json.null();
        else
            json.value(static_cast<int>(value));
    }

    void object(JsonWriter& json, const inventory::Inventory& inventory, inventory::ObjectId id)
    {
        json.key("object");
        if (!id.valid()) {
            json.null();
            return;
        }
        const ObjectName name = objectName(inventory, id);
        json.beginObject().member("apiVersion", name.apiVersion).member("kind", name.kind);
        json.key("namespace");
        if (name.ns.empty())
            json.null();
        else
            json.value(name.ns);
        json.member("name", name.name).endObject();
    }

    void text(JsonWriter& json, std::string_view key, std::string_view value)
    {
        json.key(key);
        if (value.empty())
            json.null();
        else
            json.value(value);
    }

    void node(JsonWriter& json, const inventory::Inventory& inventory, const attack::Node& n)
    {
        json.beginObject().member("id", n.id).member("kind", name(n.kind)).member("label", n.label);
        stage(json, n.stage);
        json.member("count", n.count);
        object(json, inventory, n.object);
        json.endObject();
    }

    void edge(JsonWriter& json, const inventory::Inventory& inventory, const attack::Graph& graph,
        attack::EdgeIndex index)
    {
        const attack::Edge& e = graph.edges[index];
        json.beginObject().member("id", graph.edgeId(index)).member("kind", name(e.kind));
        json.member("from", graph.nodes[e.from].id).member("to", graph.nodes[e.to].id);
        json.member("cost", static_cast<int>(e.cost));
        json.member("confidence", e.certainty == attack::Certainty::Certain ? "certain" : "possible");
        stage(json, e.stage);
        json.member("residual", e.residual);
        json.key("breaks").beginArray();
        for (const attack::OptionIndex option : graph.breaksOf(e))
            json.value(graph.options[option].id);
        json.endArray().key("because").beginArray();
        for (const attack::Justification& j : graph.becauseOf(e)) {
            json.beginObject();
            text(json, "check", j.check);
            object(json, inventory, j.object);
            text(json, "path", j.path);
            text(json, "container", j.container.view());
            text(json, "evidence", j.evidence);
            text(json, "observation", j.observation);
            json.endObject();
        }
        json.endArray().endObject();
    }

    void path(JsonWriter& json, const attack::Graph& graph, const attack::Way& way)
    {
        json.beginObject().member("id", attack::idOf(graph, way)).member("entry", graph.nodes[way.entry].id);
        json.member("firstStep", graph.nodes[way.firstStep].id).member("jewel", graph.nodes[way.jewel].id);
        json.member("cost", way.cost).member("class", name(way.wayClass));
        json.key("steps").beginArray();
        for (const attack::EdgeIndex step : way.steps)
            json.value(graph.edgeId(step));
        json.endArray().endObject();
    }
}

void writeGraph(JsonWriter& json, const assessment::Assessment& assessment)
{
    const attack::Graph& graph = assessment.graph;
    const auto isShown = [](const attack::Node& n) { return n.kind != attack::NodeKind::Breach; };
    json.key("nodes").beginArray();
    for (const attack::Node& n : graph.nodes)
        if (isShown(n))
            node(json, *assessment.inventory, n);
    json.endArray().key("edges").beginArray();
    for (attack::EdgeIndex i = 0; i < graph.edges.size(); ++i)
        if (isShown(graph.nodes[graph.edges[i].from]))
            edge(json, *assessment.inventory, graph, i);
    json.endArray().key("paths").beginArray();
    if (assessment.search)
        for (const attack::Way& way : assessment.search->ways())
            path(json, graph, way);
    json.endArray();
}

std::string writePathsJson(
    const attack::Graph& graph, const attack::Search& search, const PathOptions& options)
{
    JsonWriter json(2);
    json.beginObject().key("paths").beginArray();
    std::size_t written = 0;
    for (const attack::Way& way : search.ways()) {
        if (options.limited && options.limit != 0 && written == options.limit)
            break;
        path(json, graph, way);
        ++written;
    }
    json.endArray().endObject();
    return json.take() + '\n';
}

} // namespace glacis::report
