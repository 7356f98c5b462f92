// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the inspector says about nodes and steps of the attack graph.
#include <inspector/description.h>

#include <findings/finding_facts.h>
#include <inspector/graph_words.h>
#include <inspector/words.h>
#include <widgets/outside_text.h>
#include <widgets/severity_mark.h>

#include <attack/describe.h>

#include <algorithm>
#include <map>
#include <set>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;
    using inspect::counted;
    using inspect::words;
    using Kind = DescribedPart::Kind;

    constexpr std::size_t maxRows = 40; ///< of a list; the rest is counted
    constexpr std::size_t maxPlaces = 500; ///< that can be stepped through

    void addText(std::vector<DescribedPart>& parts, const char* heading, const QString& text)
    {
        if (!text.isEmpty())
            parts.push_back({ Kind::Text, words(heading), text });
    }

    void addRows(
        std::vector<DescribedPart>& parts, Kind kind, const QString& heading, std::vector<DescribedRow> rows)
    {
        if (!rows.empty())
            parts.push_back({ kind, heading, {}, std::move(rows) });
    }

    /// How many of all certain ways pass; nothing while that is being worked out, or when none must.
    void addShare(Description& d, const DescribeFrom& from, std::uint32_t through)
    {
        const attack::Search* search = from.assessment.search.get();
        if (!search || !from.facts.isReady() || through == 0)
            return;
        const std::uint32_t all = search->count(attack::WayClass::Certain);
        const QString text
            = words(QT_TRANSLATE_NOOP("Inspector",
                        "%1 of %2 certain ways from the Internet pass here and have no other way round."))
                  .arg(countText(through), countText(all));
        d.chips.push_back({ words(QT_TRANSLATE_NOOP("Inspector", "Choke point · %1 of %2"))
                                .arg(countText(through), countText(all)),
            Token::Critical, text });
        addText(d.why, QT_TRANSLATE_NOOP("Inspector", "Choke point"), text);
    }

    std::vector<DescribedRow> stepRows(const DescribeFrom& from, const std::vector<attack::EdgeIndex>& steps)
    {
        std::vector<DescribedRow> rows;
        for (std::size_t i = 0; i < steps.size() && i < maxRows; ++i)
            rows.push_back(stepRow(from, steps[i]));
        if (steps.size() > maxRows)
            rows.push_back(moreRow(steps.size() - maxRows));
        return rows;
    }

    std::vector<attack::EdgeIndex> stepsInto(const attack::Graph& graph, attack::NodeIndex node)
    {
        return { graph.in.begin() + graph.inStart[node], graph.in.begin() + graph.inStart[node + 1] };
    }

    std::vector<attack::EdgeIndex> stepsOutOf(const attack::Graph& graph, attack::NodeIndex node)
    {
        std::vector<attack::EdgeIndex> steps;
        for (std::uint32_t e = graph.outStart[node]; e < graph.outStart[node + 1]; ++e)
            steps.push_back(e);
        return steps;
    }

    void addOptions(const attack::Graph& graph, const std::vector<attack::EdgeIndex>& steps,
        std::vector<attack::OptionIndex>& options)
    {
        for (const attack::EdgeIndex e : steps) {
            const auto breaks = graph.breaksOf(graph.edges[e]);
            options.insert(options.end(), breaks.begin(), breaks.end());
        }
    }

    /// What keeps attackers from coming, and what then stops them from going on.
    void addFixes(Description& d, const DescribeFrom& from, std::vector<attack::OptionIndex> before,
        std::vector<attack::OptionIndex> after)
    {
        for (auto* options : { &before, &after }) {
            std::sort(options->begin(), options->end());
            options->erase(std::unique(options->begin(), options->end()), options->end());
        }
        std::erase_if(
            after, [&](auto option) { return std::binary_search(before.begin(), before.end(), option); });
        addRows(d.fix, Kind::Cards, words(QT_TRANSLATE_NOOP("Inspector", "Keeps attackers away")),
            optionCards(from, std::move(before)));
        addRows(d.fix, Kind::Cards, words(QT_TRANSLATE_NOOP("Inspector", "Stops them from going on")),
            optionCards(from, std::move(after)));
        if (d.fix.empty())
            d.fix.push_back({ Kind::Text, words(QT_TRANSLATE_NOOP("Inspector", "What to do")),
                words(QT_TRANSLATE_NOOP("Inspector", "No step to or from here can be broken by itself.")) });
    }

    /// Findings that the edge's justifications name, each once.
    std::vector<const posture::Finding*> findingsShowing(const DescribeFrom& from, const attack::Edge& edge)
    {
        std::vector<const posture::Finding*> found;
        for (const attack::Justification& because : from.assessment.graph.becauseOf(edge)) {
            if (because.check.empty())
                continue;
            std::vector<const posture::Finding*> sameField, others;
            for (const posture::Finding* f : from.index.findings(because.object)) {
                if (from.assessment.info(*f).id != because.check)
                    continue;
                const bool field = std::any_of(f->places.begin(), f->places.end(),
                    [&](const posture::Place& place) { return place.path == because.path; });
                (field ? sameField : others).push_back(f);
            }
            for (const posture::Finding* f : sameField.empty() ? others : sameField)
                if (std::find(found.begin(), found.end(), f) == found.end())
                    found.push_back(f);
            if (found.size() > maxRows)
                break;
        }
        return found;
    }

    QString edgeKicker(
        const DescribeFrom& from, const Selection& selection, const attack::Edge& edge, attack::NodeIndex to)
    {
        const attack::Graph& graph = from.assessment.graph;
        const QString ends = shortKindWord(graph.nodes[edge.from]) + u" → " + shortKindWord(graph.nodes[to]);
        return selection.way != attack::None && selection.step > 0
            ? words(QT_TRANSLATE_NOOP("Inspector", "Step %1 · %2")).arg(selection.step).arg(ends)
            : ends;
    }

    QString costText(int cost)
    {
        return counted(QT_TRANSLATE_NOOP("Inspector", "Cost 1"), QT_TRANSLATE_NOOP("Inspector", "Cost %1"),
            static_cast<std::uint64_t>(cost));
    }

    /// Binding, role, workload, …: each object of the evidence once, in its order.
    std::vector<DescribedRow> objectRows(
        const DescribeFrom& from, std::span<const attack::Justification> evidence)
    {
        std::vector<DescribedRow> rows;
        std::set<inventory::ObjectId> told;
        for (const attack::Justification& because : evidence) {
            if (!because.object.valid() || !told.insert(because.object).second)
                continue;
            if (rows.size() < maxRows)
                rows.push_back(objectRow(from, because.object));
        }
        if (told.size() > maxRows)
            rows.push_back(moreRow(told.size() - maxRows));
        return rows;
    }

    /// Steps of several edges or nodes, counted by what they are.
    std::vector<DescribedRow> countedByTitle(
        const DescribeFrom& from, const std::map<attack::EdgeKind, std::uint32_t>& kinds)
    {
        std::vector<std::pair<std::uint32_t, attack::EdgeKind>> sorted;
        sorted.reserve(kinds.size());
        for (const auto& [kind, count] : kinds)
            sorted.emplace_back(count, kind);
        std::stable_sort(
            sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
        std::vector<DescribedRow> rows;
        for (const auto& [count, kind] : sorted) {
            const attack::EdgeInfo* info
                = from.assessment.edges ? from.assessment.edges->find(name(kind)) : nullptr;
            DescribedRow row { info ? fromUtf8(info->title) : fromUtf8(name(kind)) };
            row.figure = u"×"_s + countText(count);
            rows.push_back(std::move(row));
        }
        return rows;
    }

}

Description describeEdge(const DescribeFrom& from, const Selection& selection)
{
    const assessment::Assessment& assessment = from.assessment;
    const attack::Graph& graph = assessment.graph;
    const attack::EdgeIndex index = selection.items.front();
    const attack::Edge& edge = graph.edges[index];
    const attack::Way* way = assessment.search && selection.way < assessment.search->ways().size()
        ? &assessment.search->ways()[selection.way]
        : nullptr;
    const attack::NodeIndex to = way ? attack::nodeBehind(graph, *way, index) : edge.to;
    const attack::EdgeInfo* info = assessment.edges ? assessment.edges->find(name(edge.kind)) : nullptr;

    Description d;
    d.kicker = edgeKicker(from, selection, edge, to);
    d.kickerInk = edge.stage > 0 ? stageToken(edge.stage) : Token::Text3;
    d.title = stepTitle(assessment, index, to);
    d.chips.push_back({ certaintyWord(edge), certaintyInk(edge), certaintyText(edge) });
    if (edge.stage > 0)
        d.chips.push_back({ stageWord(edge.stage), Token::Text2, stageName(edge.stage) });
    if (info)
        for (const std::string& technique : info->attack)
            d.chips.push_back({ fromUtf8(technique), Token::Text2,
                words(QT_TRANSLATE_NOOP("Inspector", "ATT&CK technique")) });
    d.chips.push_back({ costText(edge.cost), Token::Text2,
        words(QT_TRANSLATE_NOOP("Inspector",
            "How hard the step is: 1 uses what the attacker holds, 3 an open service, 8 an escape or "
            "exploit, 20 an exploit that is only assumed")) });

    for (const attack::Justification& because : graph.becauseOf(edge)) {
        if (d.places.size() == maxPlaces)
            break;
        d.places.push_back(placeOf(assessment, because));
    }
    d.noEvidence = words(QT_TRANSLATE_NOOP(
        "Inspector", "This step follows from the two things that it joins: no field shows it."));

    if (info)
        d.why.push_back({ Kind::Text, {}, fromUtf8(info->does) });
    if (!d.places.empty())
        d.why.push_back(
            { Kind::Code, words(QT_TRANSLATE_NOOP("Inspector", "Evidence")), codeOf(d.places, {}) });
    std::vector<attack::OptionIndex> options;
    addOptions(graph, { index }, options);
    const auto cards = optionCards(from, options);
    addRows(d.why, Kind::Cards, words(QT_TRANSLATE_NOOP("Inspector", "Breaks if you…")), cards);
    addText(d.why, QT_TRANSLATE_NOOP("Inspector", "How sure it is"), certaintyText(edge));
    if (info)
        addText(d.why, QT_TRANSLATE_NOOP("Inspector", "What must hold"), fromUtf8(info->when));
    addShare(d, from, from.facts.certainWaysThroughEdge(index));
    std::vector<DescribedRow> findings;
    for (const posture::Finding* f : findingsShowing(from, edge))
        findings.push_back(findingRow(from, *f));
    addRows(d.why, Kind::Rows, words(QT_TRANSLATE_NOOP("Inspector", "Findings that show it")), findings);
    addRows(d.why, Kind::Rows, words(QT_TRANSLATE_NOOP("Inspector", "Objects behind it")),
        objectRows(from, graph.becauseOf(edge)));
    if (info)
        addText(d.why, QT_TRANSLATE_NOOP("Inspector", "How a defender notices"), fromUtf8(info->seen));
    addRows(d.why, Kind::Rows, words(QT_TRANSLATE_NOOP("Inspector", "From and to")),
        { nodeRow(from, edge.from), nodeRow(from, to) });
    if (selection.items.size() > 1)
        addRows(d.why, Kind::Rows, words(QT_TRANSLATE_NOOP("Inspector", "Equal steps beside it")),
            stepRows(from, { selection.items.begin() + 1, selection.items.end() }));

    addRows(d.fix, Kind::Cards, words(QT_TRANSLATE_NOOP("Inspector", "Breaks if you…")),
        optionCards(from, options, CardDepth::WithAbout));
    if (options.empty())
        d.fix.push_back({ Kind::Text, words(QT_TRANSLATE_NOOP("Inspector", "What to do")),
            words(QT_TRANSLATE_NOOP("Inspector",
                "Nothing breaks this step by itself: it lies in how the two are made. Break a step before "
                "it, and an attacker never comes this far.")) });
    return d;
}

Description describeNode(const DescribeFrom& from, attack::NodeIndex index)
{
    const assessment::Assessment& assessment = from.assessment;
    const attack::Graph& graph = assessment.graph;
    const attack::Node& node = graph.nodes[index];
    Description d;
    d.kicker
        = node.stage > 0 ? QString(nodeKindWord(node) + u" · " + stageWord(node.stage)) : nodeKindWord(node);
    d.kickerInk = node.stage > 0 ? nodeInk(node) : Token::Text3;
    d.title = nodeTitle(node);
    d.object = objectLabel(*assessment.inventory, node.object);
    if (node.stage > 0)
        d.chips.push_back({ stageWord(node.stage), Token::Text2, stageName(node.stage) });
    if (node.count > 1)
        d.chips.push_back({ counted(QT_TRANSLATE_NOOP("Inspector", "×1"),
                                QT_TRANSLATE_NOOP("Inspector", "×%1"), node.count),
            Token::Text2,
            words(QT_TRANSLATE_NOOP("Inspector", "Pods of a workload, or members of a group")) });

    addShare(d, from, from.facts.certainWaysThroughNode(index));
    const auto into = stepsInto(graph, index), out = stepsOutOf(graph, index);
    addRows(d.why, Kind::Rows, words(QT_TRANSLATE_NOOP("Inspector", "How an attacker comes here")),
        stepRows(from, into));
    addRows(d.why, Kind::Rows, words(QT_TRANSLATE_NOOP("Inspector", "Where it leads")), stepRows(from, out));
    if (into.empty() && out.empty())
        d.why.push_back({ Kind::Text, {},
            words(QT_TRANSLATE_NOOP("Inspector", "No step leads here or away from here.")) });
    std::vector<DescribedRow> findings;
    const auto onObject = from.index.findings(node.object);
    for (std::size_t i = 0; i < onObject.size() && i < maxRows; ++i)
        findings.push_back(findingRow(from, *onObject[i]));
    if (!onObject.empty()) {
        DescribedRow all { words(QT_TRANSLATE_NOOP("Inspector", "All findings of this object")) };
        all.figure = countText(onObject.size());
        all.to = toFindingsOf(from, node.object);
        findings.push_back(std::move(all));
    }
    addRows(d.why, Kind::Rows, words(QT_TRANSLATE_NOOP("Inspector", "Findings on the object")), findings);

    if (node.object.valid())
        d.places.push_back({ node.object, {}, d.object });
    for (const attack::EdgeIndex e : into)
        for (const attack::Justification& because : graph.becauseOf(graph.edges[e]))
            if (d.places.size() < maxPlaces)
                d.places.push_back(placeOf(assessment, because));
    d.noEvidence = words(QT_TRANSLATE_NOOP(
        "Inspector", "No object of the source stands for this: it is where steps begin or meet."));

    std::vector<attack::OptionIndex> before, after;
    addOptions(graph, into, before);
    addOptions(graph, out, after);
    addFixes(d, from, std::move(before), std::move(after));
    return d;
}

Description describeNodes(const DescribeFrom& from, const std::vector<attack::NodeIndex>& nodes)
{
    if (nodes.size() == 1)
        return describeNode(from, nodes.front());
    const attack::Graph& graph = from.assessment.graph;
    const attack::Node& first = graph.nodes[nodes.front()];
    const QString kind = nodeKindWord(first);
    const bool alike = std::all_of(nodes.begin(), nodes.end(),
        [&](attack::NodeIndex n) { return nodeKindWord(graph.nodes[n]) == kind; });
    Description d;
    d.kicker = alike ? kind : words(QT_TRANSLATE_NOOP("Inspector", "Selection"));
    d.title = words(QT_TRANSLATE_NOOP("Inspector", "%1 things together")).arg(countText(nodes.size()));
    if (alike)
        d.title = words(QT_TRANSLATE_NOOP("Inspector", "%1 alike: %2 and more"))
                      .arg(countText(nodes.size()), nodeTitle(first));
    std::set<Stage> stages;
    std::uint32_t most = 0;
    attack::NodeIndex worst = attack::None;
    std::map<attack::EdgeKind, std::uint32_t> into, out;
    std::vector<DescribedRow> members;
    std::vector<attack::OptionIndex> breakBefore, breakAfter;
    std::size_t findings = 0;
    const std::set<attack::NodeIndex> inside(nodes.begin(), nodes.end());
    for (const attack::NodeIndex n : nodes) {
        const attack::Node& node = graph.nodes[n];
        if (node.stage > 0)
            stages.insert(node.stage);
        if (const auto through = from.facts.certainWaysThroughNode(n); through > most) {
            most = through;
            worst = n;
        }
        const auto before = stepsInto(graph, n), after = stepsOutOf(graph, n);
        for (const attack::EdgeIndex e : before)
            if (!inside.contains(graph.edges[e].from))
                ++into[graph.edges[e].kind];
        for (const attack::EdgeIndex e : after)
            if (!inside.contains(graph.edges[e].to))
                ++out[graph.edges[e].kind];
        addOptions(graph, before, breakBefore);
        addOptions(graph, after, breakAfter);
        const std::size_t ofObject = from.index.findings(node.object).size();
        findings += ofObject;
        if (members.size() < maxRows) {
            DescribedRow row = nodeRow(from, n);
            if (alike)
                row.note.clear();
            row.figure = ofObject == 0 ? QString()
                                       : counted(QT_TRANSLATE_NOOP("Inspector", "1 finding"),
                                           QT_TRANSLATE_NOOP("Inspector", "%1 findings"), ofObject);
            members.push_back(std::move(row));
        }
        if (node.object.valid() && d.places.size() < maxPlaces)
            d.places.push_back({ node.object, {}, objectLabel(*from.assessment.inventory, node.object) });
    }
    if (nodes.size() > maxRows)
        members.push_back(moreRow(nodes.size() - maxRows));
    for (const Stage stage : stages)
        d.chips.push_back({ stageWord(stage), Token::Text2, stageName(stage) });
    if (findings > 0)
        d.chips.push_back({ counted(QT_TRANSLATE_NOOP("Inspector", "1 finding"),
            QT_TRANSLATE_NOOP("Inspector", "%1 findings"), findings) });
    if (worst != attack::None)
        addText(d.why, QT_TRANSLATE_NOOP("Inspector", "Choke point among them"),
            words(QT_TRANSLATE_NOOP("Inspector", "%1: %2 pass there and have no other way round."))
                .arg(nodeTitle(graph.nodes[worst]), waysCount(most)));
    addRows(d.why, Kind::Rows, words(QT_TRANSLATE_NOOP("Inspector", "Members")), members);
    addRows(d.why, Kind::Rows, words(QT_TRANSLATE_NOOP("Inspector", "How an attacker comes here")),
        countedByTitle(from, into));
    addRows(d.why, Kind::Rows, words(QT_TRANSLATE_NOOP("Inspector", "Where they lead")),
        countedByTitle(from, out));
    d.noEvidence = words(QT_TRANSLATE_NOOP("Inspector", "No object of the source stands for these."));
    addFixes(d, from, std::move(breakBefore), std::move(breakAfter));
    return d;
}

} // namespace glacis::ui
