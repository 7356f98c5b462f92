// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The practice clusters, whose answers are known: ways with the steps of their cheapest path, the smallest
// sets. Never totals: noise may add workloads that lead nowhere new.
#include "drawn.h"

namespace glacis::test {
namespace {
    using attack::Graph;
    using attack::NodeIndex;
    using attack::OptionIndex;
    using attack::Search;
    using attack::SmallestSets;
    using attack::Way;
    using attack::WayClass;

    constexpr std::string_view J1 = "jewel/datastore-credentials";
    constexpr std::string_view J2 = "jewel/all-secrets";
    constexpr std::string_view J3 = "jewel/cluster-admin";

    struct Lab {
        explicit Lab(std::string_view name)
            : drawn(Drawn::practice(name))
            , search(drawn.graph, drawn.graph.find("internet"))
        {
        }
        const Graph& graph() const { return drawn.graph; }

        [[nodiscard]] const Way* way(std::string_view firstStep, std::string_view jewel) const
        {
            for (const Way& w : search.ways())
                if (graph().nodes[w.firstStep].id == firstStep && graph().nodes[w.jewel].id == jewel)
                    return &w;
            return nullptr;
        }
        /// "certain 9: EXPOSED_SERVICE DOCKER_TCP …"; "closed" where the way is none.
        [[nodiscard]] QString told(std::string_view firstStep, std::string_view jewel) const
        {
            const Way* w = way(firstStep, jewel);
            if (!w)
                return QStringLiteral("closed");
            std::string text = std::string(name(w->wayClass)) + " " + std::to_string(w->cost) + ":";
            for (const attack::EdgeIndex e : attack::stepsOf(graph(), *w))
                text.append(" ").append(attack::name(graph().edges[e].kind));
            return test::text(text);
        }
        [[nodiscard]] std::vector<NodeIndex> goal(std::initializer_list<std::string_view> ids) const
        {
            std::vector<NodeIndex> nodes;
            for (const std::string_view id : ids)
                nodes.push_back(graph().find(id));
            return nodes;
        }
        /// All options of a card, or those whose target holds a word.
        [[nodiscard]] std::vector<OptionIndex> options(
            std::string_view card, std::string_view target = {}) const
        {
            std::vector<OptionIndex> found;
            for (OptionIndex i = 0; i < graph().options.size(); ++i)
                if (graph().options[i].card == card
                    && graph().options[i].target.find(target) != std::string::npos)
                    found.push_back(i);
            return found;
        }
        /// Each set as text: cards and targets shortened by what the golden list calls them, classes with
        /// '|'.
        [[nodiscard]] QStringList sets(const SmallestSets& result) const
        {
            QStringList all;
            for (const auto& set : result.sets) {
                QStringList members;
                for (const std::uint32_t c : set) {
                    QStringList alike;
                    for (const OptionIndex o : result.classes[c].options)
                        alike << shortName(graph().options[o]);
                    alike.sort();
                    members << alike.join(QLatin1Char('|'));
                }
                members.sort();
                all << members.join(QLatin1String(" + "));
            }
            all.sort();
            return all;
        }
        static QString shortName(const attack::BreakOption& option)
        {
            QString name = test::text(option.card);
            if (option.card == "M10" || option.card == "M8")
                name += QLatin1Char('(')
                    + test::text(std::string_view(option.target).substr(option.target.rfind('/') + 1))
                    + QLatin1Char(')');
            return name;
        }

        Drawn drawn;
        Search search;
    };

    std::vector<OptionIndex> together(std::initializer_list<std::vector<OptionIndex>> lists)
    {
        std::vector<OptionIndex> all;
        for (const auto& list : lists)
            all.insert(all.end(), list.begin(), list.end());
        return all;
    }
}

class PracticeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void goldenWays_data();
    void goldenWays();
    void thirdWayStaysOpenWithoutEtcd();
    void fifthWayStaysOpenWithoutAnonymousReaders();
    void smallestSets();
    void firewallCountsAsRootCauseOfNothing();
    void filtersOfTheHost();
    void hardenedTwin();
    void pluginThatDoesNotEnforce();
    void managedControlPlane();
    void oneAddressOfAContentNetwork();
    void everyVariantIsDeterministic();
};

void PracticeTest::goldenWays_data()
{
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("jewel");
    QTest::addColumn<QString>("told");
    const auto row = [](const char* name, const char* first, std::string_view jewel, const char* told) {
        QTest::newRow(name) << QString::fromLatin1(first) << text(jewel) << QString::fromLatin1(told);
    };
    row("P1 Docker to all Secrets", "endpoint/docker/worker-1", J2,
        "certain 9: EXPOSED_SERVICE DOCKER_TCP NODE_PODS RUNS_AS SECRET_READ");
    row("P2 dashboard to cluster-admin", "reach/kubernetes-dashboard/Deployment/kubernetes-dashboard", J3,
        "certain 7: EXPOSED_SERVICE DASHBOARD_OPEN CLUSTER_ADMIN");
    row("P3 drizzle to all Secrets", "reach/drizzle/Deployment/drizzle-web", J2,
        "certain 16: INGRESS_ROUTE APP_EXPLOIT NO_SEGMENTATION ETCD_OPEN ETCD_AT_REST");
    row("P4 result to the stores' credentials", "reach/result/Deployment/result", J1,
        "certain 14: INGRESS_ROUTE APP_EXPLOIT NO_SEGMENTATION API_ANONYMOUS READ_POD_SPEC");
    row("P5 drizzle to the stores' credentials", "reach/drizzle/Deployment/drizzle-web", J1,
        "certain 14: INGRESS_ROUTE APP_EXPLOIT NO_SEGMENTATION API_ANONYMOUS READ_POD_SPEC");
    row("P6 API server to the stores' credentials", "endpoint/apiserver", J1,
        "certain 5: API_PUBLIC API_ANONYMOUS READ_POD_SPEC");
}

void PracticeTest::goldenWays()
{
    static const Lab lab("votelab");
    QFETCH(QString, first);
    QFETCH(QString, jewel);
    QFETCH(QString, told);
    QCOMPARE(lab.told(first.toStdString(), jewel.toStdString()), told);
}

// With etcd guarded the third way goes on by rdkalv's own token, and by the dashboard inside the cluster.
void PracticeTest::thirdWayStaysOpenWithoutEtcd()
{
    const Lab lab("votelab");
    const Way* third = lab.way("reach/drizzle/Deployment/drizzle-web", J2);
    QVERIFY(third);
    const auto number = static_cast<std::uint32_t>(third - lab.search.ways().data());
    const auto closed = [&](const std::vector<OptionIndex>& options) {
        const auto ways = lab.search.closedBy(options);
        return std::find(ways.begin(), ways.end(), number) != ways.end();
    };
    const auto etcd = together({ lab.options("M13"), lab.options("M14") });
    QVERIFY(!closed(etcd));
    // M8 alone leaves rdkalv's own token; without it too, the dashboard.
    const auto agent = lab.options("M10", "rdkalv");
    QVERIFY(!closed(together({ etcd, lab.options("M8") })));
    QVERIFY(!closed(together({ etcd, lab.options("M9") })));
    QVERIFY(!closed(together({ etcd, agent, lab.options("M8") })));
    QVERIFY(closed(together({ etcd, agent, lab.options("M8"), lab.options("M9") })));
}

void PracticeTest::fifthWayStaysOpenWithoutAnonymousReaders()
{
    const Lab lab("votelab");
    const Way* fifth = lab.way("reach/drizzle/Deployment/drizzle-web", J1);
    QVERIFY(fifth);
    const auto number = static_cast<std::uint32_t>(fifth - lab.search.ways().data());
    const auto ways = lab.search.closedBy(lab.options("M10", "public-view"));
    QVERIFY(std::find(ways.begin(), ways.end(), number) == ways.end());
    QVERIFY(lab.drawn.has("DEFAULT_CREDENTIAL|reach/vote/Deployment/db|jewel/datastore-credentials"));
    QVERIFY(lab.drawn.leads("own/drizzle/Deployment/drizzle-web", "reach/vote/Deployment/db"));
}

void PracticeTest::smallestSets()
{
    const Lab lab("votelab");
    const auto find
        = [&](std::initializer_list<std::string_view> goal, const std::vector<OptionIndex>& without = {}) {
              const SmallestSets result = lab.search.smallestSets(lab.goal(goal), without);
              if (result.proof != SmallestSets::Proof::Exact)
                  return QStringList { QStringLiteral("no proof") };
              return lab.sets(result);
          };
    QCOMPARE(find({ J2, J3 }), QStringList { QStringLiteral("M3 + M7") });
    QCOMPARE(find({ J1, J2, J3 }), QStringList { QStringLiteral("M3 + M7") });

    const auto firewall = lab.options("M3");
    const QStringList withoutFirewall = find({ J2, J3 }, firewall);
    QStringList expected;
    for (const char* docker : { "M4|M5", "M6" })
        for (const char* dashboard : { "M10(kubernetes-dashboard)", "M9" }) {
            QStringList members { QString::fromLatin1(docker), QStringLiteral("M7"),
                QString::fromLatin1(dashboard) };
            members.sort();
            expected << members.join(QLatin1String(" + "));
        }
    expected.sort();
    QCOMPARE(withoutFirewall, expected);

    QStringList four;
    for (const char* docker : { "M4|M5", "M6" })
        for (const char* dashboard : { "M10(kubernetes-dashboard)", "M9" })
            for (const char* anonymous : { "M2", "M10(public-view)", "M11" }) {
                QStringList members { QString::fromLatin1(docker), QStringLiteral("M7"),
                    QString::fromLatin1(dashboard), QString::fromLatin1(anonymous) };
                members.sort();
                four << members.join(QLatin1String(" + "));
            }
    four.sort();
    QCOMPARE(find({ J1, J2, J3 }, firewall), four);

    QStringList withoutPolicies;
    for (const char* etcd : { "M13", "M14" })
        for (const char* dashboard : { "M10(kubernetes-dashboard)", "M9" }) {
            QStringList members { QStringLiteral("M8(rdkalv)"), QStringLiteral("M10(rdkalv)"),
                QString::fromLatin1(etcd), QString::fromLatin1(dashboard) };
            members.sort();
            withoutPolicies << members.join(QLatin1String(" + "));
        }
    withoutPolicies.sort();
    QCOMPARE(find({ J2, J3 }, lab.options("M7")), withoutPolicies);
}

// The smallest set contains; every root cause is still an edge that stands and a finding that fails.
void PracticeTest::firewallCountsAsRootCauseOfNothing()
{
    const Lab lab("votelab");
    for (const char* id : { "PRIVILEGED|own/platform-agents/DaemonSet/rdkalv|node/worker-1",
             "DOCKER_TCP|endpoint/docker/worker-1|node/worker-1",
             "CLUSTER_ADMIN|sa/kubernetes-dashboard/kubernetes-dashboard|jewel/cluster-admin",
             "ETCD_OPEN|endpoint/etcd|jewel/etcd" }) {
        const attack::Edge* edge = lab.drawn.edge(id);
        QVERIFY2(edge, id);
        for (const OptionIndex option : lab.graph().breaksOf(*edge))
            QVERIFY(lab.graph().options[option].card != "M3" && lab.graph().options[option].card != "M7");
    }
}

// docker-api in the host's network is behind the input chain and no NetworkPolicy; with a hostPort it is
// DNATed past the input chain, to a pod that a policy selects.
void PracticeTest::filtersOfTheHost()
{
    const auto breaks = [](const Lab& lab) {
        QStringList cards;
        for (const std::string& id : lab.drawn.breaks("EXPOSED_SERVICE|internet|endpoint/docker/worker-1"))
            cards << text(std::string_view(id).substr(0, id.find('@')));
        return cards.join(QLatin1Char(' '));
    };
    const Lab plain("votelab");
    QCOMPARE(breaks(plain), QStringLiteral("M3 M4 M5"));
    const Lab translated("votelab-dnat");
    QCOMPARE(breaks(translated), QStringLiteral("M3 M7"));
    QCOMPARE(translated.told("endpoint/docker/worker-1", J2),
        QStringLiteral("certain 9: EXPOSED_SERVICE DOCKER_TCP NODE_PODS RUNS_AS SECRET_READ"));
    for (const char* card : { "M3", "M6", "M7" }) {
        const auto closed = translated.search.closedBy(translated.options(card));
        const Way* first = translated.way("endpoint/docker/worker-1", J2);
        QVERIFY(std::find(closed.begin(), closed.end(),
                    static_cast<std::uint32_t>(first - translated.search.ways().data()))
            != closed.end());
    }
}

void PracticeTest::hardenedTwin()
{
    const Lab lab("votelab-hardened");
    QCOMPARE(lab.search.count(WayClass::Certain), 0U);
    for (const Way& way : lab.search.ways())
        if (way.wayClass == WayClass::Residual)
            QCOMPARE(text(lab.graph().nodes[way.jewel].id), text(J1));
    QCOMPARE(lab.told("reach/result/Deployment/result", J1),
        QStringLiteral("residual 12: INGRESS_ROUTE APP_EXPLOIT CRED_FROM_SECRET"));
    QCOMPARE(lab.search.smallestSets(lab.goal({ J1 })).proof, SmallestSets::Proof::Nothing);
    // Whoever takes over an application gets no further for certain.
    const Search breach(lab.graph(), lab.graph().find("breach"));
    QCOMPARE(breach.count(WayClass::Certain), 0U);
}

void PracticeTest::pluginThatDoesNotEnforce()
{
    const Lab lab("votelab-flannel");
    QVERIFY(lab.options("M7").empty());
    QCOMPARE(lab.told("reach/drizzle/Deployment/drizzle-web", J2),
        QStringLiteral("certain 16: INGRESS_ROUTE APP_EXPLOIT NO_SEGMENTATION ETCD_OPEN ETCD_AT_REST"));
}

void PracticeTest::managedControlPlane()
{
    const Lab lab("votelab-eks");
    QVERIFY(lab.graph().find("endpoint/etcd") == attack::None);
    QVERIFY(!lab.way("endpoint/apiserver", J2)
        || lab.way("endpoint/apiserver", J2)->wayClass != WayClass::Certain);
}

void PracticeTest::oneAddressOfAContentNetwork()
{
    // Names on one address of a content network are drawn and open nothing.
    const Lab lab("votelab-cdn");
    const Lab twin("votelab-hardened");
    QVERIFY(lab.drawn.has("SHARED_ADDRESS|domain/vote.com|address/203.0.113.80"));
    QCOMPARE(lab.search.count(WayClass::Certain), 0U);
    QCOMPARE(lab.search.ways().size(), twin.search.ways().size());
}

void PracticeTest::everyVariantIsDeterministic()
{
    for (const inventory::PracticeCluster& cluster : inventory::practiceClusters()) {
        const Lab a(cluster.name);
        const Lab b(cluster.name);
        QCOMPARE(a.graph().nodes.size(), b.graph().nodes.size());
        QCOMPARE(a.graph().edges.size(), b.graph().edges.size());
        for (attack::EdgeIndex e = 0; e < a.graph().edges.size(); ++e)
            QCOMPARE(text(a.graph().edgeId(e)), text(b.graph().edgeId(e)));
        QCOMPARE(a.search.ways().size(), b.search.ways().size());
    }
}

GLACIS_TEST(PracticeTest)

} // namespace glacis::test

#include "practice_test.moc"
