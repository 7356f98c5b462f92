// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Thousands of small random graphs: every answer of a Search is compared with one that is worked out from the
// definitions by trying everything.
#include <test_main.h>

#include "brute_force.h"
#include "made_graph.h"

#include <attack/exact_sets.h>
#include <attack/greedy_set.h>
#include <attack/search.h>

#include <random>
#include <set>

using namespace glacis;
using namespace glacis::attack;
using namespace glacis::attack::test;

namespace {
constexpr int Graphs = 10'000;

class Dice {
public:
    explicit Dice(std::uint32_t seed)
        : m_random(seed)
    {
    }
    // Not by a distribution: those differ between standard libraries.
    std::uint32_t upTo(std::uint32_t most) { return static_cast<std::uint32_t>(m_random() % (most + 1)); }
    bool oneIn(std::uint32_t n) { return m_random() % n == 0; }

private:
    std::mt19937 m_random;
};

// Few costs, so that paths tie; few nodes, so that they meet. Every third graph has neither possible nor
// residual edges, as most would otherwise have hardly a certain way.
Graph randomGraph(Dice& dice)
{
    GraphMaker made;
    std::vector<std::string> ids { "internet" };
    const std::uint32_t jewels = 1 + dice.upTo(2);
    for (std::uint32_t i = 0; i < jewels; ++i)
        ids.push_back("jewel/" + std::to_string(i));
    const std::uint32_t others = 1 + dice.upTo(5);
    for (std::uint32_t i = 0; i < others; ++i) {
        const std::array<const char*, 6> words { "own/", "net/", "scope/", "own/", "a/", "own/" };
        ids.push_back(words[dice.upTo(5)] + std::to_string(i));
    }
    for (const std::string& id : ids)
        made.node(id);
    const bool isPlain = dice.oneIn(3);
    const std::uint32_t edges = 2 + dice.upTo(static_cast<std::uint32_t>(ids.size()) * 2);
    std::set<std::tuple<std::string, std::string, EdgeKind>> known;
    std::vector<std::size_t> places;
    constexpr std::array<EdgeKind, 5> Kinds { EdgeKind::Structure, EdgeKind::Privileged, EdgeKind::Nsenter,
        EdgeKind::RunsAs, EdgeKind::SharedAddress };
    constexpr std::array<std::uint8_t, 4> Costs { 0, 1, 1, 3 };
    for (std::uint32_t i = 0; i < edges; ++i) {
        const auto last = static_cast<std::uint32_t>(ids.size() - 1);
        const std::string& from = dice.oneIn(4) ? ids.front() : ids[dice.upTo(last)];
        const std::string& to = ids[dice.upTo(last)];
        const EdgeKind kind = Kinds[dice.oneIn(12) ? 4 : dice.upTo(3)];
        if (!known.insert({ from, to, kind }).second)
            continue;
        MadeEdge edge;
        edge.cost = kind == EdgeKind::Structure ? std::uint8_t { 0 } : Costs[dice.upTo(3)];
        if (!isPlain && dice.oneIn(5))
            edge.certainty = Certainty::Possible;
        edge.residual = !isPlain && dice.oneIn(5);
        places.push_back(made.edge(kind, from, to, edge));
    }
    const std::uint32_t options = dice.upTo(8);
    constexpr std::array<std::uint8_t, 3> Efforts { 1, 3, 8 };
    const bool isCovered = dice.upTo(2) > 0; // else most graphs keep a way that nothing breaks
    const std::uint32_t rarity = 3 + dice.upTo(20); // of an edge among those of an option
    for (std::uint32_t i = 0; i < options; ++i) {
        std::vector<std::size_t> broken;
        for (std::size_t k = 0; k < places.size(); ++k)
            if (dice.oneIn(rarity) || (isCovered && k % options == i))
                broken.push_back(places[k]);
        made.option("M" + std::to_string(i), Efforts[dice.upTo(2)], broken);
    }
    return made.graph();
}

// Many short ways and options that break many first steps: what is taken early often becomes superfluous.
Graph randomCover(Dice& dice)
{
    GraphMaker made;
    std::vector<std::vector<std::size_t>> broken(6 + dice.upTo(6));
    for (std::uint32_t i = 0; i < 14; ++i) {
        const std::string own = "own/" + std::to_string(10 + i);
        for (const std::size_t place : { made.edge(EdgeKind::IngressRoute, "internet", own),
                 made.edge(EdgeKind::Privileged, own, "jewel/0") })
            for (auto& edges : broken)
                if (dice.oneIn(6))
                    edges.push_back(place);
    }
    for (std::size_t i = 0; i < broken.size(); ++i)
        made.option("M" + std::to_string(10 + i), static_cast<std::uint8_t>(1 + dice.upTo(2)), broken[i]);
    return made.graph();
}

std::set<std::pair<bool, std::uint32_t>> asSet(const std::vector<ChokePoint>& points)
{
    std::set<std::pair<bool, std::uint32_t>> out;
    for (const ChokePoint& point : points)
        out.insert({ point.isEdge, point.index });
    return out;
}

bool sameWays(const std::vector<Way>& a, const std::vector<Way>& b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Way& x, const Way& y) {
        return x.entry == y.entry && x.firstStep == y.firstStep && x.jewel == y.jewel
            && x.wayClass == y.wayClass && x.cost == y.cost && x.hops == y.hops && x.steps == y.steps;
    });
}

bool sameChokePoints(const std::vector<ChokePoint>& a, const std::vector<ChokePoint>& b)
{
    return asSet(a) == asSet(b)
        && std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const ChokePoint& x, const ChokePoint& y) {
               return x.index == y.index && x.isEdge == y.isEdge && x.closes == y.closes;
           });
}

bool sameEffects(const std::vector<OptionEffect>& a, const std::vector<OptionEffect>& b)
{
    return std::equal(
        a.begin(), a.end(), b.begin(), b.end(), [](const OptionEffect& x, const OptionEffect& y) {
            return x.option == y.option && x.closes == y.closes && x.closesResidual == y.closesResidual
                && x.closesPossible == y.closesPossible && x.ways == y.ways;
        });
}

bool sameSets(const SmallestSets& a, const SmallestSets& b)
{
    const auto sameClass = [](const OptionClass& x, const OptionClass& y) {
        return x.options == y.options && x.effort == y.effort;
    };
    return a.proof == b.proof && a.lowerBound == b.lowerBound && a.candidates == b.candidates
        && a.sets == b.sets && a.more == b.more && a.remains == b.remains
        && std::equal(a.classes.begin(), a.classes.end(), b.classes.begin(), b.classes.end(), sameClass);
}

std::vector<NodeIndex> randomGoal(const Graph& graph, Dice& dice)
{
    std::vector<NodeIndex> goal;
    for (const NodeIndex jewel : graph.jewels)
        if (dice.upTo(3) > 0)
            goal.push_back(jewel);
    return goal.empty() ? graph.jewels : goal;
}

std::vector<OptionIndex> randomOptions(const Graph& graph, Dice& dice, std::uint32_t oneIn)
{
    std::vector<OptionIndex> options;
    for (OptionIndex option = 0; option < graph.options.size(); ++option)
        if (dice.oneIn(oneIn))
            options.push_back(option);
    return options;
}

// Closes what can be closed, and nothing of it may be left out.
bool isClosingAndTight(
    const Graph& graph, const Search& search, const BruteForce& brute, std::uint32_t& several)
{
    Terrain terrain(graph, graph.find("internet"));
    terrain.group(search.ways());
    std::vector<OptionIndex> all;
    std::vector<std::vector<StepIndex>> steps;
    std::vector<std::uint8_t> efforts;
    for (OptionIndex option = 0; option < graph.options.size(); ++option) {
        all.push_back(option);
        steps.push_back(terrain.stepsOf(graph.options[option]));
        efforts.push_back(graph.options[option].effort);
    }
    std::vector<CutPart> parts;
    std::vector<UsedSteps> used;
    std::vector<std::uint32_t> toClose;
    const auto closable = brute.closedBy(all, {});
    for (std::uint32_t jewel = 0; jewel < terrain.relevant.jewels().size(); ++jewel) {
        CutPart part { { jewel }, { {} }, false };
        for (const Terrain::Member& way : terrain.waysTo(jewel, 0))
            if (std::binary_search(closable.begin(), closable.end(), way.way)) {
                part.ways.back().push_back(way);
                toClose.push_back(way.way);
            }
        used.push_back(usedSteps(terrain.relevant, part));
        parts.push_back(part);
    }
    std::sort(toClose.begin(), toClose.end());
    const auto closesAll = [&](const std::vector<OptionIndex>& options) {
        const auto closed = brute.closedBy(options, {});
        return std::includes(closed.begin(), closed.end(), toClose.begin(), toClose.end());
    };
    const ClassSet set
        = greedySet(terrain, parts, cutProblem(terrain.relevant, parts, used, steps, efforts), {});
    several += set.size() > 1 ? 1 : 0;
    for (std::size_t i = 0; i < set.size(); ++i) {
        ClassSet fewer = set;
        fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
        if (closesAll(fewer))
            return false;
    }
    return closesAll(set);
}
}

class SearchRandomTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void waysAndTheirCheapestPaths();
    void chokePoints();
    void effectsOfOptions();
    void smallestSets();
    void greedySetsCloseEverythingAndAreTight();

private:
    template <typename Check>
    void forRandomGraphs(int count, const Check& check, Graph (*make)(Dice&) = &randomGraph)
    {
        for (int i = 0; i < count; ++i) {
            Dice dice(static_cast<std::uint32_t>(i));
            const Graph graph = make(dice);
            const Search search(graph, graph.find("internet"));
            if (!check(graph, search, BruteForce(graph, graph.find("internet")), dice))
                QFAIL(qPrintable(QStringLiteral("graph of seed %1").arg(i)));
        }
    }
};

void SearchRandomTest::waysAndTheirCheapestPaths()
{
    std::array<std::uint32_t, 3> seen {};
    forRandomGraphs(Graphs, [&](const Graph&, const Search& search, const BruteForce& brute, Dice&) {
        for (const WayClass c : { WayClass::Certain, WayClass::Residual, WayClass::Possible })
            seen[static_cast<std::size_t>(c)] += search.count(c);
        return sameWays(search.ways(), brute.ways());
    });
    for (const std::uint32_t count : seen)
        QVERIFY(count > 1000);
}

void SearchRandomTest::chokePoints()
{
    std::uint32_t nodes = 0, edges = 0;
    forRandomGraphs(Graphs, [&](const Graph&, const Search& search, const BruteForce& brute, Dice&) {
        const auto points = search.chokePoints();
        for (const ChokePoint& point : points)
            ++(point.isEdge ? edges : nodes);
        return sameChokePoints(points, brute.chokePoints());
    });
    QVERIFY(nodes > 1000 && edges > 1000);
}

void SearchRandomTest::effectsOfOptions()
{
    std::uint32_t closing = 0;
    forRandomGraphs(
        Graphs, [&](const Graph& graph, const Search& search, const BruteForce& brute, Dice& dice) {
            const auto effects = search.effects();
            closing += static_cast<std::uint32_t>(effects.size());
            const auto options = randomOptions(graph, dice, 3);
            const auto masked = randomOptions(graph, dice, 6);
            return sameEffects(effects, brute.effects())
                && search.closedBy(options, masked) == brute.closedBy(options, masked);
        });
    QVERIFY(closing > 1000);
}

void SearchRandomTest::smallestSets()
{
    std::array<std::uint32_t, 4> seen {};
    std::array<std::uint32_t, 9> sizes {};
    forRandomGraphs(
        Graphs, [&](const Graph& graph, const Search& search, const BruteForce& brute, Dice& dice) {
            const auto goal = randomGoal(graph, dice);
            const auto excluded = dice.oneIn(3) ? randomOptions(graph, dice, 4) : std::vector<OptionIndex>();
            const SmallestSets sets = search.smallestSets(goal, excluded);
            ++seen[static_cast<std::size_t>(sets.proof)];
            if (!sets.sets.empty())
                ++sizes[sets.sets.front().size()];
            return sameSets(sets, brute.smallestSets(goal, excluded))
                && brute.isUnbreakable(sets.unbreakable, excluded)
                && sets.unbreakable.empty() == (sets.proof != SmallestSets::Proof::Impossible);
        });
    QVERIFY(seen[static_cast<std::size_t>(SmallestSets::Proof::Exact)] > 1000);
    QVERIFY(seen[static_cast<std::size_t>(SmallestSets::Proof::Impossible)] > 1000);
    QVERIFY(seen[static_cast<std::size_t>(SmallestSets::Proof::Nothing)] > 100);
    QVERIFY(sizes[1] > 500 && sizes[2] > 500 && sizes[3] > 50);
}

void SearchRandomTest::greedySetsCloseEverythingAndAreTight()
{
    std::uint32_t several = 0;
    const auto check = [&](const Graph& graph, const Search& search, const BruteForce& brute, Dice&) {
        return isClosingAndTight(graph, search, brute, several);
    };
    forRandomGraphs(Graphs / 4, check);
    forRandomGraphs(Graphs / 4, check, &randomCover);
    QVERIFY(several > 1000);
}

GLACIS_TEST(SearchRandomTest)
#include "search_random_test.moc"
