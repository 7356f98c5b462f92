// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Ways as a person follows them on a terminal: where it leads, step by step, by which field and line, what
// breaks it.
#include <report/paths.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <attack/describe.h>
#include <inventory/evidence.h>
#include <report/plain.h>
#include <report/text_parts.h>

namespace glacis::report {
namespace {
    using attack::EdgeIndex;
    using attack::Graph;
    using attack::Way;
    using attack::WayClass;

    std::string costWords(std::uint32_t cost) { return "cost " + std::to_string(cost); }

    class PathText {
    public:
        PathText(const assessment::Assessment& assessment, const Graph& graph, const attack::Search& search,
            const PathOptions& options)
            : m_assessment(assessment)
            , m_inventory(*assessment.inventory)
            , m_graph(graph)
            , m_search(search)
            , m_options(options)
            , m_ink(options.colour)
            , m_reader(assessment.inventory)
            , m_width(static_cast<std::size_t>(std::clamp(options.width, 60, 120)))
        {
        }

        std::string write()
        {
            head();
            constexpr std::pair<WayClass, const char*> Classes[] = { { WayClass::Certain, "" },
                { WayClass::Residual, "Residual: these use what a workload needs for its own work" },
                { WayClass::Possible, "Possible: these take a step that could not be verified" } };
            for (const auto& [wayClass, title] : Classes)
                ways(wayClass, title);
            chokePoints();
            close();
            return std::move(m_out);
        }

    private:
        /// hang: how much further lines stand in.
        void line(std::string_view text, std::size_t indent, std::size_t hang = 0)
        {
            for (const std::string& part : wrap(plain(text), m_width - indent - hang)) {
                append(m_out, std::string(indent, ' '), part, "\n");
                indent += std::exchange(hang, 0);
            }
        }

        void head()
        {
            const std::size_t certain = m_search.count(WayClass::Certain);
            const std::size_t residual = m_search.count(WayClass::Residual);
            const std::size_t possible = m_search.count(WayClass::Possible);
            const std::string from = m_search.ways().empty()
                ? std::string("there")
                : attack::inWords(m_graph.nodes[m_search.ways().front().entry]);
            std::string text = certain == 0
                ? "No certain way is open"
                : count(certain, "certain way", "certain ways") + (certain == 1 ? " is open" : " are open");
            if (!m_search.ways().empty())
                text += " from " + from;
            if (residual + possible > 0)
                text += "; besides " + (residual > 0 ? std::to_string(residual) + " residual" : std::string())
                    + (residual > 0 && possible > 0 ? " and " : "")
                    + (possible > 0 ? std::to_string(possible) + " possible" : std::string());
            append(m_out, m_ink.bold(plain(text)), ".\n");
        }

        void ways(WayClass wayClass, const char* title)
        {
            std::vector<std::vector<const Way*>> list;
            std::map<std::vector<EdgeIndex>, std::size_t> known;
            for (const Way& way : m_search.ways()) {
                if (way.wayClass != wayClass)
                    continue;
                // One path may take several jewels at its end: it is told once.
                const auto [at, isNew] = known.try_emplace(attack::stepsOf(m_graph, way), list.size());
                if (isNew)
                    list.emplace_back();
                list[at->second].push_back(&way);
            }
            if (list.empty())
                return;
            if (*title)
                append(m_out, "\n", m_ink.bold(title), "\n");
            // A way that was not verified is named; only certain ones are told in full, unless there is none.
            const bool whole = wayClass == WayClass::Certain || m_search.count(WayClass::Certain) == 0;
            const std::size_t most = m_options.limit == 0 ? list.size() : m_options.limit;
            for (std::size_t i = 0; i < list.size() && i < most; ++i) {
                ++m_number;
                if (whole)
                    path(list[i]);
                else
                    line(headline(list[i]), 2, 2);
            }
            if (list.size() > most)
                line("… and " + std::to_string(list.size() - most) + " more paths; --limit 0 shows all.", 2);
        }

        std::string headline(const std::vector<const Way*>& ways) const
        {
            std::vector<std::string> jewels;
            for (const Way* way : ways)
                jewels.push_back(attack::inWords(m_graph.nodes[way->jewel]));
            return attack::inWords(m_graph.nodes[ways.front()->firstStep]) + " → " + joined(jewels, 8) + "  ("
                + costWords(ways.front()->cost) + ")";
        }

        void path(const std::vector<const Way*>& ways)
        {
            const std::string number = std::to_string(m_number);
            std::string lead = m_ink.bold(number) + "  ";
            for (const std::string& part : wrap(plain(headline(ways)), m_width - number.size() - 2)) {
                append(m_out, lead.empty() ? "" : "\n", lead,
                    lead.empty() ? std::string(number.size() + 2, ' ') : std::string(), m_ink.bold(part),
                    "\n");
                lead.clear();
            }
            std::size_t place = 0;
            for (const EdgeIndex e : attack::stepsOf(m_graph, *ways.front()))
                step(*ways.front(), e, ++place);
            breaks(*ways.front());
        }

        void step(const Way& way, EdgeIndex index, std::size_t number)
        {
            const attack::Edge& edge = m_graph.edges[index];
            std::string text = std::to_string(number) + ". "
                + attack::caption(
                    m_graph, edge, attack::nodeBehind(m_graph, way, index), *m_assessment.edges);
            if (edge.certainty == attack::Certainty::Possible)
                text += " (not verified)";
            line(text, 3, 3);
            std::string detail(name(edge.kind));
            if (edge.stage != 0)
                detail += ", stage " + std::to_string(edge.stage);
            append(m_out, "      ", m_ink.faint(detail), "\n");
            constexpr std::size_t Most = 3;
            const auto because = m_graph.becauseOf(edge);
            std::set<std::string> said;
            for (std::size_t i = 0; i < because.size() && said.size() < Most; ++i) {
                std::string reason = justification(because[i]);
                if (!reason.empty() && said.insert(reason).second)
                    line(reason, 6, 2);
            }
        }

        std::string justification(const attack::Justification& j)
        {
            std::string text = j.evidence;
            if (!j.observation.empty())
                text += ", from " + j.observation;
            if (!j.object.valid())
                return text;
            text += text.empty() ? "" : " — ";
            text += m_inventory.label(j.object);
            if (!j.path.empty())
                text += " " + j.path;
            const inventory::Object& object = m_inventory.object(j.object);
            if (!object.assumed && object.file < m_inventory.files.size()) {
                std::uint32_t at = object.line;
                if (!j.path.empty())
                    if (const std::uint32_t field = m_reader.line(j.object, j.path); field != 0)
                        at = field;
                text += ", " + m_inventory.files[object.file].str()
                    + (at ? ":" + std::to_string(at) : std::string());
            }
            if (!j.check.empty())
                text += " [" + std::string(j.check) + "]";
            return text;
        }

        void breaks(const Way& way)
        {
            std::vector<std::string> options;
            std::set<attack::OptionIndex> seen;
            for (const EdgeIndex e : way.steps)
                for (const attack::OptionIndex option : m_graph.breaksOf(m_graph.edges[e]))
                    if (seen.insert(option).second)
                        options.push_back(m_graph.options[option].id);
            if (options.empty())
                line("Nothing that Glacis knows breaks a step of this path.", 3);
            else
                line("Broken by " + joined(options, 8), 3, 3);
        }

        /// Where certain ways all pass: the first that close most, with their share.
        void chokePoints()
        {
            const std::size_t certain = m_search.count(WayClass::Certain);
            if (certain < 2)
                return;
            constexpr std::size_t Most = 5;
            std::size_t shown = 0;
            for (const attack::ChokePoint& point : m_search.chokePoints()) {
                // A first step closes its own ways: that is no news. An edge says more than the node behind
                // it.
                if (!point.isEdge
                    || m_graph.nodes[m_graph.edges[point.index].from].kind == attack::NodeKind::Internet)
                    continue;
                if (shown == Most || point.closes < 2)
                    break;
                if (shown++ == 0)
                    append(m_out, "\n", m_ink.bold("Where several of them pass"), "\n");
                const attack::Edge& edge = m_graph.edges[point.index];
                line("• " + std::to_string(point.closes) + " of " + std::to_string(certain) + ": "
                        + attack::caption(m_graph, edge, edge.to, *m_assessment.edges) + " ("
                        + std::string(name(edge.kind)) + ")",
                    2, 2);
            }
        }

        void close()
        {
            if (m_search.count(WayClass::Certain) > 0)
                append(m_out, "\n", m_ink.bold("Next: "), "glacis fixes --minimal ",
                    plain(m_options.sourceArgument), " names the fewest changes that close them.\n");
            else if (m_search.ways().empty())
                line("Nothing that was read opens a way from there to a crown jewel. That says nothing of "
                     "what was not "
                     "read; glacis paths --from breach "
                        + m_options.sourceArgument + " tells how far a taken-over application leads.",
                    0);
        }

        const assessment::Assessment& m_assessment;
        const inventory::Inventory& m_inventory;
        const Graph& m_graph;
        const attack::Search& m_search;
        const PathOptions& m_options;
        Ink m_ink;
        inventory::EvidenceReader m_reader;
        std::size_t m_width;
        std::size_t m_number = 0;
        std::string m_out;
    };
}

std::string writePathsText(const assessment::Assessment& assessment, const Graph& graph,
    const attack::Search& search, const PathOptions& options)
{
    return PathText(assessment, graph, search, options).write();
}

// ---- Graphviz

namespace {
    std::string quoted(std::string_view text)
    {
        std::string out = "\"";
        for (const char c : plain(text)) {
            if (c == '"' || c == '\\')
                out += '\\';
            out += c;
        }
        return out + '"';
    }
}

std::string writePathsDot(const Graph& graph, const attack::Search& search, const PathOptions& options)
{
    std::set<EdgeIndex> edges;
    std::set<EdgeIndex> uncertain;
    std::size_t taken = 0;
    for (const Way& way : search.ways()) {
        if (options.limited && options.limit != 0 && taken++ == options.limit)
            break;
        edges.insert(way.steps.begin(), way.steps.end());
    }
    std::map<int, std::set<attack::NodeIndex>> byStage;
    for (const EdgeIndex e : edges)
        for (const attack::NodeIndex n : { graph.edges[e].from, graph.edges[e].to })
            byStage[graph.nodes[n].kind == attack::NodeKind::Jewel ? 5 : graph.nodes[n].stage].insert(n);
    std::string out = "digraph attack_paths {\n  rankdir=LR;\n  node [shape=box, style=rounded];\n";
    for (const auto& [stage, nodes] : byStage) {
        const std::string title = stage == 5 ? "Crown jewels"
            : stage == 0
            ? "Entry"
            : "Stage " + std::to_string(stage) + ": " + std::string(stageTitle(static_cast<Stage>(stage)));
        append(out, "  subgraph cluster_", std::to_string(stage), " {\n    label=", quoted(title), ";\n");
        for (const attack::NodeIndex n : nodes)
            append(out, "    ", quoted(graph.nodes[n].id),
                " [label=", quoted(attack::inWords(graph.nodes[n])), "];\n");
        out += "  }\n";
    }
    for (const EdgeIndex e : edges) {
        const attack::Edge& edge = graph.edges[e];
        append(out, "  ", quoted(graph.nodes[edge.from].id), " -> ", quoted(graph.nodes[edge.to].id));
        const bool structure = edge.kind == attack::EdgeKind::Structure;
        append(out, " [label=", structure ? std::string("\"\"") : quoted(name(edge.kind)),
            edge.certainty == attack::Certainty::Possible ? ", style=dashed"
                : edge.residual                           ? ", style=dotted"
                                                          : "",
            "];\n");
    }
    return out + "}\n";
}

} // namespace glacis::report
