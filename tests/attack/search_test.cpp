// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <test_main.h>

#include "made_graph.h"

#include <attack/search.h>

using namespace glacis;
using namespace glacis::attack;
using namespace glacis::attack::test;

namespace {
constexpr MadeEdge Possible { 1, Certainty::Possible, false };
constexpr MadeEdge Residual { 1, Certainty::Certain, true };
using Proof = SmallestSets::Proof;

// "own/a own/b": the nodes of a path behind the entry.
std::string nodesOf(const Graph& graph, const std::vector<EdgeIndex>& path)
{
    std::string text;
    for (const EdgeIndex e : path)
        text += (text.empty() ? "" : " ") + graph.nodes[graph.edges[e].to].id;
    return text;
}

// "certain own/a → jewel/x 12/3: own/a node/n jewel/x"
std::string described(const Graph& graph, const Way& way)
{
    return std::string(name(way.wayClass)) + " " + graph.nodes[way.firstStep].id + " → "
        + graph.nodes[way.jewel].id + " " + std::to_string(way.cost) + "/" + std::to_string(way.hops) + ": "
        + nodesOf(graph, way.steps);
}

std::vector<std::string> described(const Graph& graph, const Search& search)
{
    std::vector<std::string> lines;
    for (const Way& way : search.ways())
        lines.push_back(described(graph, way));
    return lines;
}

// "own/a 2", "PRIVILEGED|own/a|node/n 1"
std::vector<std::string> described(const Graph& graph, const std::vector<ChokePoint>& points)
{
    std::vector<std::string> lines;
    for (const ChokePoint& point : points)
        lines.push_back((point.isEdge ? graph.edgeId(point.index) : graph.nodes[point.index].id) + " "
            + std::to_string(point.closes));
    return lines;
}

// "M1@a|M2@b M3": classes by their options, apart by spaces.
std::vector<std::string> described(const Graph& graph, const SmallestSets& sets)
{
    std::vector<std::string> lines;
    for (const auto& set : sets.sets) {
        std::string line;
        for (const std::uint32_t c : set) {
            line += line.empty() ? "" : " ";
            for (std::size_t i = 0; i < sets.classes[c].options.size(); ++i)
                line += (i == 0 ? "" : "|") + graph.options[sets.classes[c].options[i]].id;
        }
        lines.push_back(line);
    }
    return lines;
}

using Lines = std::vector<std::string>;

// Three paths a-b, b-c, a-c, each with two options: two of the three close them, one never does.
void addTriangle(GraphMaker& made, int number)
{
    const std::string n = std::to_string(100 + number);
    std::map<std::string, std::vector<std::size_t>> options;
    for (const auto& [first, second] : { std::pair("a", "b"), std::pair("b", "c"), std::pair("a", "c") }) {
        const std::string own = "own/" + n + first + second;
        options[first].push_back(made.edge(EdgeKind::IngressRoute, "internet", own));
        options[second].push_back(made.edge(EdgeKind::Privileged, own, "jewel/x"));
    }
    for (const auto& [id, edges] : options)
        made.option("M" + n + id, id == "c" ? std::uint8_t { 1 } : std::uint8_t { 3 }, edges);
}
}

#define COMPARE_LINES(actual, ...)                                                                           \
    do {                                                                                                     \
        const Lines got = (actual);                                                                          \
        const Lines wanted __VA_ARGS__;                                                                      \
        if (got != wanted)                                                                                   \
            for (const std::string& line : got)                                                              \
                qWarning("got: %s", line.c_str());                                                           \
        QVERIFY(got == wanted);                                                                              \
    } while (false)

class SearchTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aWayIsAHeadOfAFirstStepAndAJewel()
    {
        GraphMaker made;
        made.edge(EdgeKind::IngressRoute, "internet", "own/a", { .cost = 3 });
        made.edge(EdgeKind::ExposedService, "internet", "own/a", { .cost = 3 }); // the same way
        made.edge(EdgeKind::Structure, "internet", "own/b", { .cost = 0 });
        made.edge(EdgeKind::Privileged, "own/a", "own/b", { .cost = 8 });
        made.edge(EdgeKind::ClusterAdmin, "own/b", "jewel/x");
        made.edge(EdgeKind::Structure, "jewel/x", "jewel/y", { .cost = 0 });
        made.edge(EdgeKind::IngressRoute, "internet", "own/c"); // reaches nothing
        const Graph graph = made.graph();
        COMPARE_LINES(described(graph, Search(graph, graph.find("internet"))),
            { "certain own/b → jewel/x 1/1: own/b jewel/x",
                "certain own/b → jewel/y 1/1: own/b jewel/x jewel/y",
                "certain own/a → jewel/x 12/3: own/a own/b jewel/x",
                "certain own/a → jewel/y 12/3: own/a own/b jewel/x jewel/y" });
    }

    void aFirstStepMayEndAtTheJewel()
    {
        GraphMaker made;
        made.edge(EdgeKind::ExposedService, "internet", "jewel/x", { .cost = 3 });
        const Graph graph = made.graph();
        COMPARE_LINES(described(graph, Search(graph, graph.find("internet"))),
            { "certain jewel/x → jewel/x 3/1: jewel/x" });
    }

    void contextIsNotWalked()
    {
        GraphMaker made;
        made.edge(EdgeKind::SharedAddress, "internet", "own/a");
        made.edge(EdgeKind::Privileged, "own/a", "jewel/x");
        made.edge(EdgeKind::IngressRoute, "internet", "own/b");
        made.edge(EdgeKind::SharedProcesses, "own/b", "jewel/x");
        const Graph graph = made.graph();
        QVERIFY(Search(graph, graph.find("internet")).ways().empty());
    }

    void theClassIsThatOfTheBestPath()
    {
        GraphMaker made;
        made.edge(EdgeKind::IngressRoute, "internet", "own/a");
        made.edge(EdgeKind::Privileged, "own/a", "jewel/x", { .cost = 8 });
        made.edge(EdgeKind::Nsenter, "own/a", "jewel/x", Possible); // cheaper, but not certain
        made.edge(EdgeKind::IngressRoute, "internet", "own/b");
        made.edge(EdgeKind::CredInEnv, "own/b", "jewel/x", Residual);
        made.edge(EdgeKind::IngressRoute, "internet", "own/c", Possible); // counts as a step like any other
        made.edge(EdgeKind::Privileged, "own/c", "jewel/x");
        made.edge(EdgeKind::IngressRoute, "internet", "own/d");
        made.edge(EdgeKind::CredInEnv, "own/d", "jewel/x", { 1, Certainty::Possible, true });
        const Graph graph = made.graph();
        const Search search(graph, graph.find("internet"));
        COMPARE_LINES(described(graph, search),
            { "certain own/a → jewel/x 9/2: own/a jewel/x", "residual own/b → jewel/x 2/2: own/b jewel/x",
                "possible own/c → jewel/x 2/2: own/c jewel/x",
                "possible own/d → jewel/x 2/2: own/d jewel/x" });
        QCOMPARE(search.count(WayClass::Certain), 1U);
        QCOMPARE(search.count(WayClass::Residual), 1U);
        QCOMPARE(search.count(WayClass::Possible), 2U);
    }

    void theFirstStepIsOfTheClassAsWell()
    {
        GraphMaker made;
        made.edge(EdgeKind::ExposedService, "internet", "own/a", Possible); // cheaper
        made.edge(EdgeKind::IngressRoute, "internet", "own/a", { .cost = 3 });
        made.edge(EdgeKind::Privileged, "own/a", "jewel/x");
        const Graph graph = made.graph();
        COMPARE_LINES(described(graph, Search(graph, graph.find("internet"))),
            { "certain own/a → jewel/x 4/2: own/a jewel/x" });
    }

    void ofEqualCostFewerHopsThenFewerEdgesThenLowerNodes()
    {
        GraphMaker made;
        made.edge(EdgeKind::IngressRoute, "internet", "own/start");
        made.edge(EdgeKind::Privileged, "own/start", "own/a", { .cost = 1 }); // two hops
        made.edge(EdgeKind::Privileged, "own/a", "jewel/x", { .cost = 1 });
        made.edge(EdgeKind::Privileged, "own/start", "net/b", { .cost = 2 }); // one hop, two more edges
        made.edge(EdgeKind::Structure, "net/b", "net/c", { .cost = 0 });
        made.edge(EdgeKind::Structure, "net/c", "jewel/x", { .cost = 0 });
        made.edge(EdgeKind::Privileged, "own/start", "net/z", { .cost = 2 }); // one hop, one more edge
        made.edge(EdgeKind::Structure, "net/z", "jewel/x", { .cost = 0 });
        made.edge(EdgeKind::Privileged, "own/start", "net/y", { .cost = 2 }); // the same by a lower node
        made.edge(EdgeKind::Structure, "net/y", "jewel/x", { .cost = 0 });
        const auto higher = made.edge(EdgeKind::Nsenter, "own/start", "net/y", { .cost = 2 });
        const Graph graph = made.graph();
        const Search search(graph, graph.find("internet"));
        COMPARE_LINES(
            described(graph, search), { "certain own/start → jewel/x 3/2: own/start net/y jewel/x" });
        QVERIFY(made.at(higher) != search.ways().front().steps[1]); // PRIVILEGED comes first
    }

    void circlesWithoutCostEnd()
    {
        GraphMaker made;
        made.edge(EdgeKind::Structure, "internet", "net/a", { .cost = 0 });
        made.edge(EdgeKind::Structure, "net/a", "net/b", { .cost = 0 });
        made.edge(EdgeKind::Structure, "net/b", "net/a", { .cost = 0 });
        made.edge(EdgeKind::Structure, "net/b", "jewel/x", { .cost = 0 });
        const Graph graph = made.graph();
        COMPARE_LINES(described(graph, Search(graph, graph.find("internet"))),
            { "certain net/a → jewel/x 0/0: net/a net/b jewel/x" });
    }

    void anEntryThatIsAbsentOrAJewelHasNoWays()
    {
        GraphMaker made;
        made.edge(EdgeKind::IngressRoute, "internet", "jewel/x");
        made.edge(EdgeKind::PodExec, "jewel/x", "own/a");
        made.edge(EdgeKind::Privileged, "own/a", "jewel/x");
        const Graph graph = made.graph();
        for (const NodeIndex entry : { graph.find("breach"), graph.find("jewel/x") }) {
            const Search search(graph, entry);
            QVERIFY(search.ways().empty());
            QVERIFY(search.chokePoints().empty());
            QVERIFY(search.effects().empty());
            QVERIFY(search.smallestSets(graph.jewels).proof == Proof::Nothing);
        }
        const Graph empty;
        QVERIFY(Search(empty, None).ways().empty());
    }

    void chokePointsLieOnAllPathsOfAWay()
    {
        GraphMaker made;
        made.edge(EdgeKind::IngressRoute, "internet", "own/a");
        made.edge(EdgeKind::IngressRoute, "internet", "own/b");
        made.edge(EdgeKind::NoSegmentation, "own/a", "net/hub");
        made.edge(EdgeKind::NoSegmentation, "own/b", "net/hub");
        made.edge(EdgeKind::Structure, "net/hub", "own/c", { .cost = 0 });
        made.edge(EdgeKind::Privileged, "own/c", "node/n"); // two kinds: neither is needed
        made.edge(EdgeKind::Nsenter, "own/c", "node/n");
        made.edge(EdgeKind::ControlPlane, "node/n", "jewel/x");
        const Graph graph = made.graph();
        COMPARE_LINES(described(graph, Search(graph, graph.find("internet")).chokePoints()),
            { "node/n 2", "own/c 2", "CONTROL_PLANE|node/n|jewel/x 2", "own/a 1", "own/b 1",
                "INGRESS_ROUTE|internet|own/a 1", "INGRESS_ROUTE|internet|own/b 1",
                "NO_SEGMENTATION|own/a|net/hub 1", "NO_SEGMENTATION|own/b|net/hub 1" });
    }

    void aChokePointOfAnotherHeadCountsItsWaysToo()
    {
        GraphMaker made;
        made.edge(EdgeKind::IngressRoute, "internet", "own/a");
        made.edge(EdgeKind::IngressRoute, "internet", "own/b");
        made.edge(EdgeKind::ExposedService, "internet", "own/b"); // masking one keeps the way
        made.edge(EdgeKind::Privileged, "own/a", "own/b");
        made.edge(EdgeKind::Privileged, "own/b", "jewel/x");
        made.edge(EdgeKind::Nsenter, "own/b", "jewel/x");
        const Graph graph = made.graph();
        COMPARE_LINES(described(graph, Search(graph, graph.find("internet")).chokePoints()),
            { "own/b 2", "own/a 1", "INGRESS_ROUTE|internet|own/a 1", "PRIVILEGED|own/a|own/b 1" });
    }

    void possiblePathsDoNotKeepACertainWayOpen()
    {
        GraphMaker made;
        made.edge(EdgeKind::IngressRoute, "internet", "own/a");
        const auto sure = made.edge(EdgeKind::Privileged, "own/a", "jewel/x");
        made.edge(EdgeKind::Nsenter, "own/a", "jewel/x", Possible);
        made.edge(EdgeKind::IngressRoute, "internet", "own/b", Residual);
        made.edge(EdgeKind::Nsenter, "own/b", "own/c", Possible);
        made.edge(EdgeKind::Privileged, "own/b", "own/a");
        made.option("M8@a", 1, { sure });
        const Graph graph = made.graph();
        const Search search(graph, graph.find("internet"));
        COMPARE_LINES(described(graph, search),
            { "certain own/a → jewel/x 2/2: own/a jewel/x",
                "residual own/b → jewel/x 3/3: own/b own/a jewel/x" });
        QCOMPARE(search.closedBy({ 0 }), std::vector<std::uint32_t>({ 0, 1 }));
        const auto effects = search.effects();
        QCOMPARE(effects.size(), 1U);
        QCOMPARE(effects[0].closes, 1U);
        QCOMPARE(effects[0].closesResidual, 1U);
        QCOMPARE(effects[0].closesPossible, 0U);
        QCOMPARE(effects[0].ways, std::vector<std::uint32_t>({ 0, 1 }));
    }

    void whatIsDoneBeforeIsNotCountedAgain()
    {
        GraphMaker made;
        const auto first = made.edge(EdgeKind::IngressRoute, "internet", "own/a");
        const auto one = made.edge(EdgeKind::Privileged, "own/a", "jewel/x");
        const auto two = made.edge(EdgeKind::Nsenter, "own/a", "jewel/x");
        made.option("M1", 1, { one });
        made.option("M2", 3, { two });
        made.option("M3", 1, { first });
        const Graph graph = made.graph();
        const Search search(graph, graph.find("internet"));
        QVERIFY(search.closedBy({ 0 }).empty());
        QVERIFY(search.closedBy({ 1 }).empty());
        QCOMPARE(search.closedBy({ 0 }, { 1 }), std::vector<std::uint32_t> { 0 });
        QCOMPARE(search.closedBy({ 0, 1 }), std::vector<std::uint32_t> { 0 });
        QVERIFY(search.closedBy({ 0 }, { 2 }).empty());
        COMPARE_LINES(described(graph, search.smallestSets(graph.jewels)), { "M3" });
        COMPARE_LINES(described(graph, search.smallestSets(graph.jewels, { 2 })), { "M1 M2" });
    }

    void effectsAreOrderedByWaysThenEffortThenId()
    {
        GraphMaker made;
        std::vector<std::size_t> all;
        for (const std::string own : { "own/a", "own/b", "own/c" })
            all.push_back(made.edge(EdgeKind::IngressRoute, "internet", own));
        for (const std::string own : { "own/a", "own/b", "own/c" })
            all.push_back(made.edge(EdgeKind::Privileged, own, "jewel/x"));
        made.option("M1", 3, { all[0] });
        made.option("M2", 1, { all[4] });
        made.option("M3", 1, { all[5] });
        made.option("M4", 8, { all[0], all[1] });
        made.option("M5", 1, {});
        const Graph graph = made.graph();
        std::vector<OptionIndex> order;
        for (const OptionEffect& effect : Search(graph, graph.find("internet")).effects())
            order.push_back(effect.option);
        QCOMPARE(order, std::vector<OptionIndex>({ 3, 1, 2, 0 }));
    }

    void optionsThatBreakTheSameAreOneChoice()
    {
        GraphMaker made;
        const auto docker = made.edge(EdgeKind::ExposedService, "internet", "endpoint/docker");
        const auto root = made.edge(EdgeKind::DockerTcp, "endpoint/docker", "node/n");
        made.edge(EdgeKind::ControlPlane, "node/n", "jewel/x");
        const auto elsewhere = made.edge(EdgeKind::Privileged, "own/idle", "node/n"); // on no way
        made.option("M4@n", 3, { docker });
        made.option("M5@n", 1, { docker, elsewhere });
        made.option("M6@n", 1, { root });
        made.option("M9@idle", 1, { elsewhere });
        const Graph graph = made.graph();
        const SmallestSets sets = Search(graph, graph.find("internet")).smallestSets(graph.jewels);
        QVERIFY(sets.proof == Proof::Exact);
        COMPARE_LINES(described(graph, sets), { "M5@n|M4@n", "M6@n" }); // the easier one stands for both
        QCOMPARE(sets.candidates, 2U);
        QCOMPARE(sets.lowerBound, 1U);
        QCOMPARE(int(sets.classes[0].effort), 1);
    }

    void fewestOptionsBeforeLeastEffort()
    {
        GraphMaker made;
        const auto a = made.edge(EdgeKind::IngressRoute, "internet", "own/a");
        const auto b = made.edge(EdgeKind::IngressRoute, "internet", "own/b");
        made.edge(EdgeKind::Privileged, "own/a", "jewel/x");
        made.edge(EdgeKind::Privileged, "own/b", "jewel/x");
        made.option("M1", 1, { a });
        made.option("M2", 1, { b });
        made.option("M7", 8, { a, b });
        made.option("M9", 3, { a, b });
        const Graph graph = made.graph();
        COMPARE_LINES(
            described(graph, Search(graph, graph.find("internet")).smallestSets(graph.jewels)), { "M9|M7" });
    }

    void setsOfOneSizeAreListedByEffortThenId()
    {
        GraphMaker made;
        const auto a = made.edge(EdgeKind::IngressRoute, "internet", "own/a");
        const auto b = made.edge(EdgeKind::Privileged, "own/a", "own/b");
        const auto c = made.edge(EdgeKind::Privileged, "own/b", "jewel/x");
        made.option("M1", 8, { a });
        made.option("M2", 1, { c });
        made.option("M3", 1, { b });
        const Graph graph = made.graph();
        const SmallestSets sets = Search(graph, graph.find("internet")).smallestSets(graph.jewels);
        COMPARE_LINES(described(graph, sets), { "M2", "M3", "M1" });
        QVERIFY(!sets.more);
    }

    void onlyTheGoalMustBeClosed()
    {
        GraphMaker made;
        const auto a = made.edge(EdgeKind::EtcdOpen, "own/a", "jewel/etcd");
        const auto rest = made.edge(EdgeKind::EtcdAtRest, "jewel/etcd", "jewel/secrets");
        made.edge(EdgeKind::IngressRoute, "internet", "own/a");
        made.edge(EdgeKind::CredInEnv, "own/a", "jewel/data", Residual);
        made.option("M12", 3, { rest });
        made.option("M13", 3, { a });
        const Graph graph = made.graph();
        const Search search(graph, graph.find("internet"));
        COMPARE_LINES(
            described(graph, search.smallestSets({ graph.find("jewel/secrets") })), { "M12", "M13" });
        // Who must not reach etcd does not get on from there either: M12 is no candidate.
        const SmallestSets both = search.smallestSets(graph.jewels);
        COMPARE_LINES(described(graph, both), { "M13" });
        QCOMPARE(both.candidates, 1U);
        QCOMPARE(both.remains.size(), 1U);
        QVERIFY(search.ways()[both.remains[0]].wayClass == WayClass::Residual);
        const SmallestSets data = search.smallestSets({ graph.find("jewel/data") });
        QVERIFY(data.proof == Proof::Nothing && data.sets.empty());
        QCOMPARE(data.remains, both.remains);
    }

    void whatNothingBreaksIsShownAndTheRestClosed()
    {
        GraphMaker made;
        const auto a = made.edge(EdgeKind::IngressRoute, "internet", "own/a");
        made.edge(EdgeKind::Privileged, "own/a", "jewel/x");
        made.edge(EdgeKind::IngressRoute, "internet", "own/b", { .cost = 3 });
        const auto b = made.edge(EdgeKind::Privileged, "own/b", "jewel/x", { .cost = 1 });
        made.edge(EdgeKind::Nsenter, "own/b", "jewel/x", { .cost = 8 }); // no option
        made.option("M1@a", 1, { a });
        made.option("M8@b", 1, { b });
        const Graph graph = made.graph();
        const Search search(graph, graph.find("internet"));
        const SmallestSets sets = search.smallestSets(graph.jewels);
        QVERIFY(sets.proof == Proof::Impossible);
        QCOMPARE(sets.unbreakable.size(), 2U);
        QVERIFY(graph.edges[sets.unbreakable[1]].kind == EdgeKind::Nsenter);
        COMPARE_LINES(described(graph, sets), { "M1@a" });
        QCOMPARE(sets.lowerBound, 1U);
        const SmallestSets none = search.smallestSets(graph.jewels, { 0, 1 });
        QVERIFY(none.proof == Proof::Impossible && none.sets.empty() && none.classes.empty());
    }

    void moreSetsThanAreListedAreSaidToExist()
    {
        GraphMaker made;
        for (int i = 0; i < 8; ++i) // 24 candidates, sets of 16, 3^8 of them
            addTriangle(made, i);
        const Graph graph = made.graph();
        const SmallestSets sets = Search(graph, graph.find("internet")).smallestSets(graph.jewels);
        QVERIFY(sets.proof == Proof::Exact);
        QCOMPARE(sets.candidates, 24U);
        QCOMPARE(sets.sets.size(), 64U);
        QVERIFY(sets.more);
        for (const auto& set : sets.sets) {
            QCOMPARE(set.size(), 16U);
            unsigned effort = 0;
            for (const std::uint32_t c : set)
                effort += sets.classes[c].effort;
            QCOMPARE(effort, 8U * (1 + 3)); // every triangle by its easy option and another one
        }
        QVERIFY(std::is_sorted(sets.sets.begin(), sets.sets.end()));
    }

    void manyCandidatesAreProvenWhenThatIsEasy()
    {
        GraphMaker made;
        std::vector<std::size_t> all;
        for (int i = 10; i < 60; ++i) {
            const std::string own = "own/" + std::to_string(i);
            const auto first = made.edge(EdgeKind::IngressRoute, "internet", own);
            made.option("M1@" + own, 1, { first });
            all.push_back(first);
            made.edge(EdgeKind::Privileged, own, "node/n");
        }
        const auto last = made.edge(EdgeKind::ControlPlane, "node/n", "own/z");
        made.edge(EdgeKind::ClusterAdmin, "own/z", "jewel/x");
        made.option("M2@z", 8, { last });
        made.option("M3@edge", 3, all);
        const Graph graph = made.graph();
        const SmallestSets sets = Search(graph, graph.find("internet")).smallestSets(graph.jewels);
        QVERIFY(sets.proof == Proof::Exact);
        QCOMPARE(sets.candidates, 52U);
        COMPARE_LINES(described(graph, sets), { "M3@edge", "M2@z" });
    }

    void whatIsTooHardIsAnsweredWithoutProof()
    {
        GraphMaker made;
        for (int i = 0; i < 21; ++i)
            addTriangle(made, i);
        const Graph graph = made.graph();
        const Search search(graph, graph.find("internet"));
        const SmallestSets sets = search.smallestSets(graph.jewels);
        QVERIFY(sets.proof == Proof::Greedy);
        QCOMPARE(sets.candidates, 63U);
        QVERIFY(sets.lowerBound >= 21 && sets.lowerBound <= 42);
        QCOMPARE(sets.sets.size(), 1U);
        QCOMPARE(sets.sets[0].size(), 42U);
        std::vector<OptionIndex> options;
        for (const std::uint32_t c : sets.sets[0])
            options.push_back(sets.classes[c].options.front());
        QCOMPARE(search.closedBy(options).size(), search.ways().size());
    }

    void moreThan64JewelsAreToldApart()
    {
        GraphMaker made;
        std::vector<std::size_t> first;
        for (int i = 0; i < 130; ++i) {
            const std::string own = "own/" + std::to_string(i % 3);
            first.push_back(made.edge(EdgeKind::CredInEnv, own, "jewel/" + std::to_string(1000 + i)));
        }
        for (const std::string own : { "own/0", "own/1", "own/2" })
            made.edge(EdgeKind::IngressRoute, "internet", own);
        made.option("M1", 1, { first[0], first[63], first[64], first[129] });
        const Graph graph = made.graph();
        const Search search(graph, graph.find("internet"));
        QCOMPARE(search.ways().size(), 130U);
        QCOMPARE(search.closedBy({ 0 }).size(), 4U);
        QCOMPARE(search.effects().at(0).closes, 4U);
        QCOMPARE(search.chokePoints().size(), 130U + 3 + 3);
    }

    void longPathsNeedNoStack()
    {
        GraphMaker made;
        const auto id = [](int i) { return "own/" + std::to_string(1'000'000 + i); };
        constexpr int Length = 30'000;
        made.edge(EdgeKind::IngressRoute, "internet", id(0));
        for (int i = 0; i + 1 < Length; ++i)
            made.edge(EdgeKind::Privileged, id(i), id(i + 1));
        const auto last = made.edge(EdgeKind::ClusterAdmin, id(Length - 1), "jewel/x");
        made.option("M1", 1, { last });
        const Graph graph = made.graph();
        const Search search(graph, graph.find("internet"));
        QCOMPARE(search.ways().at(0).hops, std::uint32_t { Length + 1 });
        QCOMPARE(search.chokePoints().size(), std::size_t { 2 * Length + 1 });
        QCOMPARE(search.effects().at(0).closes, 1U);
        QVERIFY(search.smallestSets(graph.jewels).proof == Proof::Exact);
    }

    void whoIsAskedToStopStops()
    {
        GraphMaker made;
        for (int i = 0; i < 8; ++i)
            addTriangle(made, i);
        const Graph graph = made.graph();
        StopSource source;
        source.requestStop();
        QVERIFY(Search(graph, graph.find("internet"), source.token()).ways().empty());
        const Search search(graph, graph.find("internet"));
        QVERIFY(!search.ways().empty());
        QVERIFY(search.effects(source.token()).empty());
        const SmallestSets sets = search.smallestSets(graph.jewels, {}, source.token());
        QVERIFY(sets.proof == Proof::Greedy && sets.sets.empty());
    }
};

GLACIS_TEST(SearchTest)
#include "search_test.moc"
