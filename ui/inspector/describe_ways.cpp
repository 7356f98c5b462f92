// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the inspector says about a whole way and about a break option.
#include <inspector/description.h>

#include <attack/scene_words.h>
#include <inspector/graph_words.h>
#include <inspector/words.h>
#include <widgets/outside_text.h>
#include <widgets/severity_mark.h>

#include <attack/describe.h>

#include <algorithm>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;
    using attack::WayClass;
    using inspect::counted;
    using inspect::words;
    using Kind = DescribedPart::Kind;

    constexpr std::size_t maxRows = 40; ///< of a list; the rest is counted
    constexpr std::size_t maxPlaces = 500; ///< that can be stepped through

    QString titleOf(const attack::Graph& graph, const attack::Way& way)
    {
        return words(QT_TRANSLATE_NOOP("Inspector", "%1 → %2"))
            .arg(nodeTitle(graph.nodes[way.firstStep]), nodeTitle(graph.nodes[way.jewel]));
    }

    /// Ways are counted within their class, as everywhere else: "Way 1 of 21 · certain".
    QString numberOf(const attack::Search& search, std::uint32_t index)
    {
        const auto& ways = search.ways();
        const WayClass wayClass = ways[index].wayClass;
        const auto before = std::count_if(ways.begin(), ways.begin() + index,
            [wayClass](const attack::Way& way) { return way.wayClass == wayClass; });
        return words(QT_TRANSLATE_NOOP("Inspector", "Way %1 of %2 · %3"))
            .arg(countText(static_cast<std::uint64_t>(before) + 1), countText(search.count(wayClass)),
                wayClassWord(wayClass).toLower());
    }

    Token classInk(WayClass wayClass)
    {
        return wayClass == WayClass::Certain ? Token::Critical
            : wayClass == WayClass::Possible ? Token::Medium
                                             : Token::Text2;
    }

    std::vector<DescribedRow> rowsOfSteps(
        const DescribeFrom& from, const attack::Way& way, const std::vector<attack::EdgeIndex>& steps)
    {
        const attack::Graph& graph = from.assessment.graph;
        std::vector<DescribedRow> rows;
        for (const attack::EdgeIndex e : steps) {
            const attack::Edge& edge = graph.edges[e];
            DescribedRow row = stepRow(from, e);
            row.text = stepTitle(from.assessment, e, attack::nodeBehind(graph, way, e));
            row.number = static_cast<int>(rows.size()) + 1;
            row.note = stepNote(edge, Certain::Silent);
            rows.push_back(std::move(row));
        }
        return rows;
    }

    std::vector<DescribedPlace> placesOf(
        const assessment::Assessment& assessment, const std::vector<attack::EdgeIndex>& steps)
    {
        std::vector<DescribedPlace> places;
        for (const attack::EdgeIndex e : steps)
            for (const attack::Justification& because :
                assessment.graph.becauseOf(assessment.graph.edges[e])) {
                if (places.size() == maxPlaces)
                    return places;
                DescribedPlace place = placeOf(assessment, because);
                place.shows = stepTitle(assessment, e);
                places.push_back(std::move(place));
            }
        return places;
    }

    /// Does a set of the fewest changes hold it, or its equal?
    bool isInASmallestSet(const attack::SmallestSets& smallest, attack::OptionIndex option)
    {
        for (const auto& set : smallest.sets)
            for (const std::uint32_t c : set)
                if (const auto& options = smallest.classes[c].options;
                    std::find(options.begin(), options.end(), option) != options.end())
                    return true;
        return false;
    }

}

Description describeWay(const DescribeFrom& from, std::uint32_t index)
{
    const attack::Graph& graph = from.assessment.graph;
    const attack::Way& way = from.assessment.search->ways()[index];
    const auto steps = attack::stepsOf(graph, way);
    Description d;
    d.kicker = numberOf(*from.assessment.search, index);
    d.title = titleOf(graph, way);
    d.chips.push_back({ wayClassWord(way.wayClass), classInk(way.wayClass), classText(way.wayClass) });
    d.chips.push_back({ counted(QT_TRANSLATE_NOOP("Inspector", "1 step"),
        QT_TRANSLATE_NOOP("Inspector", "%1 steps"), steps.size()) });
    d.chips.push_back(
        { words(QT_TRANSLATE_NOOP("Inspector", "Cost %1")).arg(countText(way.cost)), Token::Text2,
            words(QT_TRANSLATE_NOOP("Inspector",
                "The sum of its steps: 1 uses what the attacker holds, 3 an open service, 8 an escape or "
                "exploit")) });
    d.why.push_back({ Kind::Text, {}, classText(way.wayClass) });
    d.why.push_back({ Kind::Rows, words(QT_TRANSLATE_NOOP("Inspector", "Its cheapest path, step by step")),
        {}, rowsOfSteps(from, way, steps) });
    d.why.push_back({ Kind::Rows, words(QT_TRANSLATE_NOOP("Inspector", "Where it ends")), {},
        { nodeRow(from, way.jewel) } });
    d.places = placesOf(from.assessment, steps);
    d.noEvidence = words(QT_TRANSLATE_NOOP("Inspector", "No field shows the steps of this way."));

    if (const auto* effects = from.facts.effects()) {
        std::vector<attack::OptionIndex> closing;
        for (const attack::OptionEffect& effect : *effects)
            if (std::binary_search(effect.ways.begin(), effect.ways.end(), index))
                closing.push_back(effect.option);
        if (closing.empty())
            d.fix.push_back({ Kind::Text, words(QT_TRANSLATE_NOOP("Inspector", "What closes it")),
                words(QT_TRANSLATE_NOOP("Inspector",
                    "No single change closes this way: it goes on by another path. The fewest changes that "
                    "close all ways stand in the Overview.")) });
        else
            d.fix.push_back({ Kind::Cards, words(QT_TRANSLATE_NOOP("Inspector", "Closes if you…")), {},
                optionCards(from, closing) });
    } else {
        d.fix.push_back({ Kind::Text, words(QT_TRANSLATE_NOOP("Inspector", "What closes it")),
            words(QT_TRANSLATE_NOOP("Inspector", "Working out what closes this way…")) });
    }
    return d;
}

Description describeOption(const DescribeFrom& from, attack::OptionIndex index)
{
    const attack::Graph& graph = from.assessment.graph;
    const attack::BreakOption& option = graph.options[index];
    const attack::CardInfo* card = from.assessment.edges ? from.assessment.edges->card(option.card) : nullptr;
    const attack::OptionEffect* effect = from.facts.effectOf(index);
    Description d;
    d.kicker = words(QT_TRANSLATE_NOOP("Inspector", "Fix %1")).arg(shown(option.card));
    d.kickerInk = Token::Pass;
    d.title = card ? fromUtf8(card->title) : shown(option.card);
    d.object = shown(option.target, 1000);
    QString effort = effortText(option.effort);
    if (!effort.isEmpty())
        effort[0] = effort[0].toUpper();
    d.chips.push_back({ effort, Token::Text2,
        words(QT_TRANSLATE_NOOP("Inspector", "Small: minutes to an hour. Medium: a day. Large: days.")) });
    if (const attack::SmallestSets* smallest = from.facts.smallest();
        smallest && isInASmallestSet(*smallest, index))
        d.chips.push_back({ words(QT_TRANSLATE_NOOP("Inspector", "In the smallest set")), Token::Pass,
            words(QT_TRANSLATE_NOOP(
                "Inspector", "One of the fewest changes that together close all certain ways")) });

    if (card)
        d.why.push_back(
            { Kind::Text, words(QT_TRANSLATE_NOOP("Inspector", "What it changes")), fromUtf8(card->about) });
    if (!from.facts.isReady()) {
        d.why.push_back({ Kind::Text, words(QT_TRANSLATE_NOOP("Inspector", "What it closes")),
            words(QT_TRANSLATE_NOOP("Inspector", "Working out which ways it closes…")) });
    } else if (!effect) {
        d.why.push_back({ Kind::Text, words(QT_TRANSLATE_NOOP("Inspector", "What it closes")),
            words(QT_TRANSLATE_NOOP("Inspector",
                "Alone it closes no way from the Internet: each goes on by another path. It breaks the steps "
                "below.")) });
    } else {
        DescribedPart counts { Kind::Rows, words(QT_TRANSLATE_NOOP("Inspector", "What it closes alone")) };
        const auto count = [&](WayClass wayClass, std::uint32_t closes) {
            const std::uint32_t all = from.assessment.search->count(wayClass);
            if (all == 0)
                return;
            DescribedRow row { wayClassWord(wayClass) };
            row.figure
                = words(QT_TRANSLATE_NOOP("Inspector", "%1 of %2")).arg(countText(closes), countText(all));
            row.figureInk = closes > 0 ? Token::Pass : Token::Text3;
            counts.rows.push_back(std::move(row));
        };
        count(WayClass::Certain, effect->closes);
        count(WayClass::Residual, effect->closesResidual);
        count(WayClass::Possible, effect->closesPossible);
        d.why.push_back(std::move(counts));
        DescribedPart ways { Kind::Rows, words(QT_TRANSLATE_NOOP("Inspector", "Ways that it closes")) };
        for (std::size_t i = 0; i < effect->ways.size() && i < maxRows; ++i) {
            const attack::Way& way = from.assessment.search->ways()[effect->ways[i]];
            DescribedRow row { titleOf(graph, way), wayClassWord(way.wayClass) };
            row.to = toWay(graph, way);
            ways.rows.push_back(std::move(row));
        }
        if (effect->ways.size() > maxRows)
            ways.rows.push_back(moreRow(effect->ways.size() - maxRows));
        d.why.push_back(std::move(ways));
    }
    DescribedPart steps { Kind::Rows, words(QT_TRANSLATE_NOOP("Inspector", "Steps that it breaks")) };
    for (std::size_t i = 0; i < option.edges.size() && i < maxRows; ++i)
        steps.rows.push_back(stepRow(from, option.edges[i]));
    if (option.edges.size() > maxRows)
        steps.rows.push_back(moreRow(option.edges.size() - maxRows));
    if (!steps.rows.empty())
        d.why.push_back(std::move(steps));
    d.places = placesOf(from.assessment, option.edges);
    d.noEvidence = words(QT_TRANSLATE_NOOP("Inspector", "No field shows the steps that it breaks."));
    DescribedRow self = optionCard(from, index, CardDepth::WithAbout);
    self.to = {};
    d.fix.push_back(
        { Kind::Cards, words(QT_TRANSLATE_NOOP("Inspector", "What to do")), {}, { std::move(self) } });
    return d;
}

} // namespace glacis::ui
