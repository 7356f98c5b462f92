// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Ways that were planted in a generated cluster are found as they were planted, and nothing else is certain:
// the rest has privileged pods, sockets and readers of Secrets, but nobody who gets there.
#include "drawn.h"

#include <cluster_generator.h>

namespace glacis::test {
namespace {
    using attack::Search;
    using attack::Way;
    using attack::WayClass;
    using bench::Planted;
    using bench::PlantedWay;
    using bench::Policies;

    constexpr int Pods = 300;
    constexpr int Ways = 12;

    struct Field {
        Field(int ways, std::uint64_t seed, Policies policies)
        {
            std::string yaml;
            planted
                = bench::generateCluster({ .pods = Pods, .ways = ways, .seed = seed, .policies = policies },
                    [&](const std::string&, const bench::Doc& doc) {
                        yaml += yaml.empty() ? "" : "---\n";
                        doc.yaml(yaml, 0);
                        yaml += '\n';
                    });
            drawn = std::make_unique<Drawn>(yaml, planted.facts);
            search = std::make_unique<Search>(drawn->graph, drawn->graph.find("internet"));
        }
        [[nodiscard]] std::string id(attack::NodeIndex node) const { return drawn->graph.nodes[node].id; }
        /// "certain reach/… → jewel/…: EXPOSED_SERVICE …" for every certain way, sorted.
        [[nodiscard]] std::vector<std::string> found() const
        {
            std::vector<std::string> all;
            for (const Way& way : search->ways()) {
                if (way.wayClass != WayClass::Certain)
                    continue;
                std::string text = id(way.firstStep) + " → " + id(way.jewel) + ':';
                for (const attack::EdgeIndex step : attack::stepsOf(drawn->graph, way))
                    text.append(" ").append(attack::name(drawn->graph.edges[step].kind));
                all.push_back(std::move(text));
            }
            std::sort(all.begin(), all.end());
            return all;
        }
        /// The same of what was planted.
        [[nodiscard]] std::vector<std::string> wanted() const
        {
            std::vector<std::string> all;
            for (const PlantedWay& way : planted.ways)
                for (const std::string& jewel : given(way.jewel)) {
                    std::string text = way.firstStep + " → " + jewel + ':';
                    for (const std::string& kind : way.kinds)
                        text.append(" ").append(kind);
                    all.push_back(std::move(text));
                }
            std::sort(all.begin(), all.end());
            return all;
        }
        /// A jewel and what it gives with it: a cluster-admin everything, all Secrets those of data stores.
        [[nodiscard]] std::vector<std::string> given(const std::string& jewel) const
        {
            std::vector<std::string> all { jewel };
            for (const attack::NodeIndex other : drawn->graph.jewels)
                if (id(other) != jewel
                    && (jewel == "jewel/cluster-admin"
                        || (jewel == "jewel/all-secrets" && id(other) == "jewel/datastore-credentials")))
                    all.push_back(id(other));
            return all;
        }

        Planted planted;
        std::unique_ptr<Drawn> drawn;
        std::unique_ptr<Search> search;
    };

    QString lines(const std::vector<std::string>& all)
    {
        QString text;
        for (const std::string& line : all)
            text += test::text(line) + QLatin1Char('\n');
        return text;
    }
}

class PlantedTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void generatedClusterHasNoCertainWay_data();
    void generatedClusterHasNoCertainWay();
    void plantedWaysAreAllThereAre_data();
    void plantedWaysAreAllThereAre();
    void withoutPoliciesNobodyElseGetsIn_data();
    void withoutPoliciesNobodyElseGetsIn();
    void everySortOfWayIsPlanted();
    void smallestSetClosesThem();
};

void PlantedTest::generatedClusterHasNoCertainWay_data()
{
    QTest::addColumn<int>("policies");
    QTest::newRow("policies in every second namespace") << static_cast<int>(Policies::EverySecond);
    QTest::newRow("no policies") << static_cast<int>(Policies::None);
    QTest::newRow("two policies in each namespace") << static_cast<int>(Policies::TwoEach);
}

void PlantedTest::generatedClusterHasNoCertainWay()
{
    QFETCH(int, policies);
    const Field field(0, 1, static_cast<Policies>(policies));
    QCOMPARE(lines(field.found()), QString());
    // Possible ones there are: what stands on the Internet may have a flaw, and some of it is privileged.
    QVERIFY(!field.search->ways().empty());
}

void PlantedTest::plantedWaysAreAllThereAre_data()
{
    QTest::addColumn<int>("seed");
    QTest::addColumn<int>("policies");
    for (int seed = 1; seed <= 5; ++seed)
        for (const Policies policies : { Policies::EverySecond, Policies::TwoEach })
            QTest::addRow(
                "seed %d, %s", seed, policies == Policies::TwoEach ? "two policies each" : "some policies")
                << seed << static_cast<int>(policies);
}

void PlantedTest::plantedWaysAreAllThereAre()
{
    QFETCH(int, seed);
    QFETCH(int, policies);
    const Field field(Ways, static_cast<std::uint64_t>(seed), static_cast<Policies>(policies));
    QCOMPARE(field.planted.ways.size(), static_cast<std::size_t>(Ways));
    QCOMPARE(lines(field.found()), lines(field.wanted()));
}

// Then the planted ways lead into one another and may get shorter, or to more; they begin where they did.
void PlantedTest::withoutPoliciesNobodyElseGetsIn_data()
{
    QTest::addColumn<int>("seed");
    for (int seed = 1; seed <= 5; ++seed)
        QTest::addRow("seed %d", seed) << seed;
}

void PlantedTest::withoutPoliciesNobodyElseGetsIn()
{
    QFETCH(int, seed);
    const Field field(Ways, static_cast<std::uint64_t>(seed), Policies::None);
    std::set<std::string> heads;
    std::set<std::string> wanted;
    for (const PlantedWay& way : field.planted.ways) {
        heads.insert(way.firstStep);
        for (const std::string& jewel : field.given(way.jewel))
            wanted.insert(way.firstStep + " → " + jewel);
    }
    for (const Way& way : field.search->ways()) {
        if (way.wayClass != WayClass::Certain)
            continue;
        QVERIFY2(heads.contains(field.id(way.firstStep)), field.id(way.firstStep).c_str());
        wanted.erase(field.id(way.firstStep) + " → " + field.id(way.jewel));
    }
    QCOMPARE(lines({ wanted.begin(), wanted.end() }), QString());
}

void PlantedTest::everySortOfWayIsPlanted()
{
    const Field field(8, 1, Policies::EverySecond);
    std::set<std::vector<std::string>> sorts;
    for (const PlantedWay& way : field.planted.ways)
        sorts.insert(way.kinds);
    QCOMPARE(sorts.size(), std::size_t { 8 });
}

void PlantedTest::smallestSetClosesThem()
{
    const Field field(4, 3, Policies::EverySecond);
    const attack::SmallestSets result = field.search->smallestSets(field.drawn->graph.jewels);
    QVERIFY(result.proof == attack::SmallestSets::Proof::Exact
        || result.proof == attack::SmallestSets::Proof::Greedy);
    for (const auto& set : result.sets) {
        std::vector<attack::OptionIndex> options;
        for (const std::uint32_t c : set)
            options.push_back(result.classes[c].options.front());
        const auto closed = field.search->closedBy(options);
        for (std::uint32_t w = 0; w < field.search->ways().size(); ++w)
            if (field.search->ways()[w].wayClass == WayClass::Certain)
                QVERIFY(std::binary_search(closed.begin(), closed.end(), w));
    }
}

GLACIS_TEST(PlantedTest)

} // namespace glacis::test

#include "planted_test.moc"
