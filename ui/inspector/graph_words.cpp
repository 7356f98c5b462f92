// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <inspector/graph_words.h>

#include <attack/scene_words.h>
#include <findings/finding_facts.h>
#include <findings/finding_filter.h>
#include <inspector/words.h>
#include <widgets/outside_text.h>
#include <widgets/severity_mark.h>

#include <attack/describe.h>

#include <algorithm>
#include <tuple>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;
    using attack::NodeKind;
    using attack::WayClass;

    constexpr qsizetype longest = 1000; ///< letters of a sentence

    using inspect::counted;
    using inspect::words;

    /// Names of objects keep their letters: only a word that is none begins in upper case.
    QString capitalised(QString text)
    {
        const QStringView first = QStringView(text).left(text.indexOf(u' '));
        if (!text.isEmpty() && text.contains(u' ') && !first.contains(u'/'))
            text[0] = text[0].toUpper();
        return text;
    }

    QString endpointWord(std::string_view id)
    {
        return id.starts_with("endpoint/docker") ? words(QT_TRANSLATE_NOOP("Inspector", "Docker daemon"))
            : id.starts_with("endpoint/kubelet") ? words(QT_TRANSLATE_NOOP("Inspector", "Kubelet"))
            : id.starts_with("endpoint/etcd")    ? words(QT_TRANSLATE_NOOP("Inspector", "etcd"))
                                                 : words(QT_TRANSLATE_NOOP("Inspector", "API server"));
    }

    /// What the option closes alone, at the end of its line: "−11 ways"; "…" while that is unknown.
    void addEffect(DescribedRow& row, const DescribeFrom& from, attack::OptionIndex option)
    {
        row.figureInk = Token::Text3;
        row.figure = u"…"_s;
        if (!from.facts.isReady())
            return;
        const attack::OptionEffect* effect = from.facts.effectOf(option);
        if (!effect) {
            row.figure = words(QT_TRANSLATE_NOOP("Inspector", "none alone"));
            row.tip = words(QT_TRANSLATE_NOOP(
                "Inspector", "Alone it closes no way from the Internet: each goes on by another path."));
            return;
        }
        row.tip = words(
            QT_TRANSLATE_NOOP("Inspector", "Alone it closes %1 certain, %2 residual and %3 possible ways."))
                      .arg(countText(effect->closes), countText(effect->closesResidual),
                          countText(effect->closesPossible));
        if (effect->closes > 0) {
            row.figureInk = Token::Pass;
            row.figure = counted(QT_TRANSLATE_NOOP("Inspector", "−1 way"),
                QT_TRANSLATE_NOOP("Inspector", "−%1 ways"), effect->closes);
        } else if (effect->closesPossible > 0) {
            row.figure = words(QT_TRANSLATE_NOOP("Inspector", "−%1 possible"))
                             .arg(countText(effect->closesPossible));
        } else {
            row.figure = words(QT_TRANSLATE_NOOP("Inspector", "−%1 residual"))
                             .arg(countText(effect->closesResidual));
        }
    }

    Location attackPage(QStringView what, const std::string& id)
    {
        return { u"attack"_s, {}, {}, what + u':' + QString::fromStdString(id) };
    }

}

/// Beside the picture, without its places and glyphs, some kinds need more words than on a card.
QString nodeKindWord(const attack::Node& node)
{
    switch (node.kind) {
    case NodeKind::Endpoint:
        return endpointWord(node.id);
    case NodeKind::Reach:
        return words(QT_TRANSLATE_NOOP("Inspector", "Workload, reached"));
    case NodeKind::Own:
        return words(QT_TRANSLATE_NOOP("Inspector", "Workload, taken over"));
    case NodeKind::Held:
        return words(QT_TRANSLATE_NOOP("Inspector", "Workload on a taken node"));
    case NodeKind::Net:
        return words(QT_TRANSLATE_NOOP("Inspector", "Network"));
    case NodeKind::Node:
        return words(QT_TRANSLATE_NOOP("Inspector", "Node, as root"));
    case NodeKind::Scope:
        return words(QT_TRANSLATE_NOOP("Inspector", "Right"));
    case NodeKind::Credential:
        return words(QT_TRANSLATE_NOOP("Inspector", "Plain-text credential"));
    default:
        return kindCaption(node.kind, node.id);
    }
}

QString shortKindWord(const attack::Node& node)
{
    switch (node.kind) {
    case NodeKind::Reach:
    case NodeKind::Own:
    case NodeKind::Held:
        return words(QT_TRANSLATE_NOOP("Inspector", "Workload"));
    case NodeKind::Node:
        return words(QT_TRANSLATE_NOOP("Inspector", "Node"));
    case NodeKind::Credential:
        return words(QT_TRANSLATE_NOOP("Inspector", "Credential"));
    default:
        return nodeKindWord(node);
    }
}

Token nodeInk(const attack::Node& node)
{
    return node.kind == NodeKind::Jewel ? Token::Pass : stageToken(node.stage); // as its lane
}

QString nodeTitle(const attack::Node& node)
{
    if (node.kind == NodeKind::Jewel)
        return cardName(node); // one name for it, in the picture and beside it
    QString text = capitalised(shown(attack::inWords(node), longest));
    // Our own phrases begin in lower case, since they also stand inside sentences.
    if (!text.isEmpty() && node.kind == NodeKind::Breach)
        text[0] = text[0].toUpper();
    return text;
}

QString stepTitle(const assessment::Assessment& assessment, attack::EdgeIndex edge, attack::NodeIndex to)
{
    const attack::Graph& graph = assessment.graph;
    if (!assessment.edges) // an assessment made by hand may lack the catalogue
        return nodeTitle(graph.nodes[graph.edges[edge].from]) + u" → " + nodeTitle(graph.nodes[to]);
    return capitalised(shown(attack::caption(graph, graph.edges[edge], to, *assessment.edges), longest));
}

QString stepTitle(const assessment::Assessment& assessment, attack::EdgeIndex edge)
{
    return stepTitle(assessment, edge, assessment.graph.edges[edge].to);
}

QString certaintyWord(const attack::Edge& edge)
{
    return edge.certainty == attack::Certainty::Possible ? wayClassWord(WayClass::Possible)
        : edge.residual                                  ? wayClassWord(WayClass::Residual)
                                                         : wayClassWord(WayClass::Certain);
}

QString stepNote(const attack::Edge& edge, Certain certain)
{
    QStringList parts;
    if (edge.stage > 0)
        parts += stageName(edge.stage);
    const bool isCertain = edge.certainty == attack::Certainty::Certain && !edge.residual;
    if (!isCertain || certain == Certain::Said || parts.isEmpty())
        parts += certaintyWord(edge);
    return parts.join(u" · "_s);
}

QString certaintyText(const attack::Edge& edge)
{
    if (edge.certainty == attack::Certainty::Possible)
        return words(QT_TRANSLATE_NOOP("Inspector",
            "Possible: what this step needs could not be read in full, or is an assumption. It may be open, "
            "and it is not shown to be closed."));
    if (edge.residual)
        return words(QT_TRANSLATE_NOOP("Inspector",
            "Residual: the workload needs this for its own work, so the step stays for as long as the "
            "workload does."));
    return words(QT_TRANSLATE_NOOP(
        "Inspector", "Certain: everything that this step needs was seen in what has been read."));
}

Token certaintyInk(const attack::Edge& edge)
{
    return edge.certainty == attack::Certainty::Possible ? Token::Medium
        : edge.residual                                  ? Token::Text2
                                                         : Token::Critical;
}

QString classText(WayClass wayClass)
{
    switch (wayClass) {
    case WayClass::Certain:
        return words(QT_TRANSLATE_NOOP("Inspector",
            "Certain: every step of it was seen in what has been read. It is open until one of them "
            "breaks."));
    case WayClass::Residual:
        return words(QT_TRANSLATE_NOOP("Inspector",
            "Residual: it uses what a workload needs for its own work, and stays for as long as the workload "
            "does."));
    case WayClass::Possible:
        break;
    }
    return words(QT_TRANSLATE_NOOP("Inspector",
        "Possible: at least one step could not be read in full or is an assumption. It may be open, and it "
        "is not shown to be closed."));
}

QString effortText(int effort)
{
    return effort <= 1 ? words(QT_TRANSLATE_NOOP("Inspector", "small effort"))
        : effort <= 3  ? words(QT_TRANSLATE_NOOP("Inspector", "medium effort"))
                       : words(QT_TRANSLATE_NOOP("Inspector", "large effort"));
}

QString waysCount(std::uint32_t certain)
{
    return counted(QT_TRANSLATE_NOOP("Inspector", "1 certain way"),
        QT_TRANSLATE_NOOP("Inspector", "%1 certain ways"), certain);
}

DescribedRow optionCard(const DescribeFrom& from, attack::OptionIndex option, CardDepth depth)
{
    const attack::BreakOption& choice = from.assessment.graph.options[option];
    const attack::CardInfo* card = from.assessment.edges ? from.assessment.edges->card(choice.card) : nullptr;
    DescribedRow row { card ? fromUtf8(card->title) : shown(choice.card) };
    row.note = shown(choice.target, 1000) + u" · " + effortText(choice.effort);
    row.codeNote = true;
    addEffect(row, from, option);
    row.to = toOption(from.assessment.graph, option);
    if (card && depth == CardDepth::WithAbout)
        row.about = fromUtf8(card->about);
    return row;
}

std::vector<DescribedRow> optionCards(
    const DescribeFrom& from, std::vector<attack::OptionIndex> options, CardDepth depth)
{
    constexpr std::size_t most = 30;
    std::sort(options.begin(), options.end());
    options.erase(std::unique(options.begin(), options.end()), options.end());
    const auto key = [&](attack::OptionIndex option) {
        const attack::OptionEffect* effect = from.facts.effectOf(option);
        return std::tuple(effect ? -static_cast<std::int64_t>(effect->closes) : 0,
            effect ? -static_cast<std::int64_t>(effect->closesPossible + effect->closesResidual) : 0,
            from.assessment.graph.options[option].effort, option);
    };
    std::sort(options.begin(), options.end(), [&](auto a, auto b) { return key(a) < key(b); });
    std::vector<DescribedRow> rows;
    for (std::size_t i = 0; i < options.size() && i < most; ++i)
        rows.push_back(optionCard(from, options[i], depth));
    if (options.size() > most)
        rows.push_back(moreRow(options.size() - most));
    return rows;
}

DescribedRow nodeRow(const DescribeFrom& from, attack::NodeIndex index)
{
    const attack::Node& node = from.assessment.graph.nodes[index];
    DescribedRow row { nodeTitle(node), nodeKindWord(node) };
    row.stage = node.stage;
    row.markInk = nodeInk(node);
    row.to = toNode(from.assessment.graph, index);
    return row;
}

DescribedRow stepRow(const DescribeFrom& from, attack::EdgeIndex edge)
{
    const attack::Edge& e = from.assessment.graph.edges[edge];
    DescribedRow row { stepTitle(from.assessment, edge) };
    row.note = stepNote(e, Certain::Said);
    row.stage = e.stage;
    row.to = toEdge(from.assessment.graph, edge);
    return row;
}

DescribedRow findingRow(const DescribeFrom& from, const posture::Finding& finding)
{
    const posture::CheckInfo& check = from.assessment.info(finding);
    DescribedRow row { fromUtf8(check.title) };
    row.note = fromUtf8(check.id);
    if (finding.state != State::Fail)
        row.note += u" · " + stateWord(finding.state);
    if (!finding.locus.empty())
        row.note += u" · " + shown(finding.locus, 300);
    row.severity = finding.severity;
    if (!finding.fingerprint.empty())
        row.to = toFinding(finding);
    return row;
}

DescribedRow moreRow(std::size_t more)
{
    return { counted(
        QT_TRANSLATE_NOOP("Inspector", "and 1 more"), QT_TRANSLATE_NOOP("Inspector", "and %1 more"), more) };
}

DescribedPlace placeOf(const assessment::Assessment& assessment, const attack::Justification& because)
{
    DescribedPlace place { because.object, because.path };
    place.objectText = objectLabel(*assessment.inventory, because.object);
    place.value = shownLines(because.evidence, 2000);
    if (!std::string_view(because.container).empty())
        place.objectText += u" · " + shown(std::string_view(because.container), 260);
    place.source = shown(because.observation, 400);
    return place;
}

QString codeOf(const std::vector<DescribedPlace>& places, const QString& own)
{
    constexpr std::size_t most = 4;
    constexpr qsizetype longestValue = 240; // in full under Evidence
    QStringList lines;
    QString object = own;
    for (std::size_t i = 0; i < places.size() && i < most; ++i) {
        const DescribedPlace& place = places[i];
        if (place.objectText != object && !place.objectText.isEmpty())
            lines += place.objectText;
        object = place.objectText;
        if (!place.field.empty())
            lines += shown(place.field, 1000);
        if (!place.value.isEmpty())
            lines += u"  " + shown(place.value.toStdString(), longestValue);
        if (!place.source.isEmpty())
            lines += u"  " + words(QT_TRANSLATE_NOOP("Inspector", "from %1")).arg(place.source);
    }
    if (places.size() > most)
        lines += moreRow(places.size() - most).text;
    return lines.join(u'\n');
}

Location toNode(const attack::Graph& graph, attack::NodeIndex node)
{
    return attackPage(u"node", graph.nodes[node].id);
}

Location toEdge(const attack::Graph& graph, attack::EdgeIndex edge)
{
    return attackPage(u"edge", graph.edgeId(edge));
}

Location toWay(const attack::Graph& graph, const attack::Way& way)
{
    return attackPage(u"way", attack::idOf(graph, way));
}

Location toOption(const attack::Graph& graph, attack::OptionIndex option)
{
    return attackPage(u"option", graph.options[option].id);
}

Location toFinding(const posture::Finding& finding)
{
    return { u"findings"_s, {}, QString::fromStdString(finding.fingerprint) };
}

Location toFindingsOf(const DescribeFrom& from, inventory::ObjectId id)
{
    const auto findings = from.index.findings(id);
    if (findings.empty())
        return {};
    const inventory::Object& object = from.assessment.inventory->object(id);
    QStringList terms { FindingFilter::term("kind", std::string_view(object.kindName)) };
    if (!std::string_view(object.ns).empty())
        terms += FindingFilter::term("ns", std::string_view(object.ns));
    terms += FindingFilter::term("name", std::string_view(object.name));
    // Without these terms the page leaves out what is the platform's own and what was not assessed.
    const auto isShown = [](const posture::Finding* f) {
        return !f->platform && (f->state == State::Fail || f->state == State::Accepted);
    };
    if (std::none_of(findings.begin(), findings.end(), isShown)) {
        if (findings.front()->platform)
            terms += FindingFilter::term("platform", "yes");
        if (findings.front()->state == State::NotAssessed)
            terms += FindingFilter::term("state", name(State::NotAssessed));
    }
    return { u"findings"_s, terms.join(u' '), {} };
}

Location toObject(const DescribeFrom& from, inventory::ObjectId object)
{
    if (Location findings = toFindingsOf(from, object); !findings.page.isEmpty())
        return findings;
    if (const auto nodes = from.index.nodes(object); !nodes.empty())
        return toNode(from.assessment.graph, nodes.front());
    return {};
}

DescribedRow objectRow(const DescribeFrom& from, inventory::ObjectId object)
{
    DescribedRow row { objectLabel(*from.assessment.inventory, object) };
    if (const std::size_t findings = from.index.findings(object).size(); findings > 0)
        row.figure = counted(QT_TRANSLATE_NOOP("Inspector", "1 finding"),
            QT_TRANSLATE_NOOP("Inspector", "%1 findings"), findings);
    row.to = toObject(from, object);
    return row;
}

} // namespace glacis::ui
