// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the inspector says of everything that can be selected, on a real assessment.
#include "made_assessment.h"
#include "votelab.h"

#include <attack/scene_words.h>
#include <inspector/graph_words.h>
#include <widgets/outside_text.h>
#include <widgets/severity_mark.h>

#include <attack/describe.h>

#include <QElapsedTimer>

#include <set>

using namespace glacis;
using namespace glacis::ui;
using namespace Qt::StringLiterals;
using test::everyFinding;
using test::of;
using test::part;
using test::read;
using test::says;
using workspace::SourceRequest;
using workspace::Workspace;

class DescriptionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void findingTellsWhatItShowsInTheAttackPath();
    void notAssessedIsNeverToldAsFine();
    void severalFindingsAreSummedUp();
    void nodeTellsItsStepsAndItsFindings();
    void aggregateListsItsMembers();
    void stepTellsItsNumberAndWhatBreaksIt();
    void stepLeadsToBindingAndRole();
    void possibleStepSaysSo();
    void wayIsToldStepByStep();
    void fixTellsEveryClassApart();
    void unknownEffectsAreNotToldAsNone();
    void indexesOfAnOlderGraphShowNothing();
    void everyNodeEdgeWayAndFixCanBeTold();

private:
    [[nodiscard]] const assessment::Assessment& assessment() const { return *m_workspace->assessment(); }
    [[nodiscard]] const attack::Graph& graph() const { return assessment().graph; }
    [[nodiscard]] DescribeFrom from() const { return { assessment(), attackFacts(*m_workspace), m_index }; }
    std::unique_ptr<Workspace> m_workspace; ///< holds votelab
    ObjectIndex m_index;
};

void DescriptionTest::initTestCase()
{
    m_workspace = std::make_unique<Workspace>();
    (void)attackFacts(*m_workspace);
    read(*m_workspace, "votelab");
    QTRY_VERIFY(attackFacts(*m_workspace).isReady());
    m_index = ObjectIndex(assessment());
}

void DescriptionTest::findingTellsWhatItShowsInTheAttackPath()
{
    const int check = assessment().catalogue->indexOf("GL-DKR-001");
    const posture::Finding& finding = assessment().posture.results[std::size_t(check)].findings.front();
    QCOMPARE(finding.state, State::Fail);
    const Description d = describe(from(), of({ &finding }));
    QCOMPARE(d.title, u"The Docker API is open without TLS"_s);
    QCOMPARE(d.object, u"Node worker-1"_s);
    QCOMPARE(d.severity, std::optional(Severity::Critical));
    QVERIFY(says(d.chips, u"GL-DKR-001"));
    const DescribedPart* path = part(d.why, u"Shown in the attack path");
    QVERIFY(path);
    std::set<QString> steps;
    for (const DescribedRow& row : path->rows)
        steps.insert(row.to.item);
    QVERIFY(steps.contains(u"edge:DOCKER_TCP|endpoint/docker/worker-1|node/worker-1"_s));
    // Each of the steps does name this check on this object.
    for (const DescribedRow& row : path->rows) {
        const std::string id = row.to.item.mid(5).toStdString();
        for (std::uint32_t e = 0; e < graph().edges.size(); ++e)
            if (graph().edgeId(e) == id) {
                const auto because = graph().becauseOf(graph().edges[e]);
                QVERIFY(std::any_of(because.begin(), because.end(), [&](const attack::Justification& j) {
                    return j.check == "GL-DKR-001" && j.object == finding.object;
                }));
            }
    }
    const DescribedPart* fixes = part(d.fix, u"The attack breaks if you…");
    QVERIFY(fixes && !fixes->rows.empty());
    QVERIFY(fixes->rows.front().figure.startsWith(u"−"));
}

void DescriptionTest::notAssessedIsNeverToldAsFine()
{
    const auto made = test::madeAssessment(test::typicalFindings());
    Workspace workspace([made](const SourceRequest&, const StopToken&,
                            const auto&) -> Result<assessment::AssessmentPtr> { return made; });
    read(workspace, "made");
    const ObjectIndex index(*made);
    for (const posture::Finding* f : everyFinding(*made)) {
        if (f->state != State::NotAssessed)
            continue;
        const Description d = describe({ *made, attackFacts(workspace), index }, of({ f }));
        QVERIFY(says(d.chips, u"Not assessed"));
        const DescribedPart* unknown = part(d.why, u"Not assessed: this may be a problem or none");
        QVERIFY(unknown);
        QCOMPARE(unknown->text, u"no Node was read"_s);
        QVERIFY(!part(d.why, u"Evidence"));
        const Description both = describe({ *made, attackFacts(workspace), index }, of(everyFinding(*made)));
        const DescribedRow& last = part(both.why, u"By severity")->rows.back();
        QCOMPARE(last.text, u"Not assessed"_s);
        QCOMPARE(last.figure, u"1"_s);
        return;
    }
    QFAIL("no finding is not assessed");
}

void DescriptionTest::severalFindingsAreSummedUp()
{
    auto findings = everyFinding(assessment());
    findings.resize(30);
    const Description d = describe(from(), of(findings));
    QCOMPARE(d.title, u"30 findings selected"_s);
    const auto sum = [](const DescribedPart* p) {
        int all = 0;
        for (const DescribedRow& row : p->rows)
            all += row.figure.toInt();
        return all;
    };
    QCOMPARE(sum(part(d.why, u"By severity")), 30);
    QCOMPARE(sum(part(d.why, u"Checks")), 30);
    QCOMPARE(sum(part(d.why, u"Namespaces")), 30);
    const DescribedPart* worst = part(d.why, u"The worst of them");
    QCOMPARE(worst->rows.size(), 5U);
    for (const DescribedRow& row : worst->rows)
        QCOMPARE(row.severity, std::optional(Severity::Critical));
    QVERIFY(part(d.fix, u"What to do, by check"));
    std::vector<const posture::Finding*> alike;
    for (const posture::Finding* f : everyFinding(assessment()))
        if (assessment().info(*f).id == "GL-RBAC-006")
            alike.push_back(f);
    QVERIFY(alike.size() > 1);
    QVERIFY(part(describe(from(), of(alike)).fix, u"One fix for all of them"));
}

void DescriptionTest::nodeTellsItsStepsAndItsFindings()
{
    const attack::NodeIndex node = graph().find("node/worker-1");
    const Description d = describe(from(), of(Selection::Kind::Nodes, { node }));
    QCOMPARE(d.title, u"Node worker-1"_s);
    QCOMPARE(d.object, u"Node worker-1"_s);
    const DescribedPart *in = part(d.why, u"How an attacker comes here"),
                        *out = part(d.why, u"Where it leads");
    QCOMPARE(in->rows.size(), std::size_t(graph().inStart[node + 1] - graph().inStart[node]));
    QCOMPARE(out->rows.size(), graph().out(node).size());
    for (const DescribedRow& row : in->rows)
        QVERIFY(row.to.page == u"attack" && row.to.item.endsWith(u"|node/worker-1"));
    const std::uint32_t through = attackFacts(*m_workspace).certainWaysThroughNode(node);
    QVERIFY(through > 0);
    QVERIFY(says(d.chips,
        u"Choke point · %1 of %2"_s.arg(through).arg(assessment().search->count(attack::WayClass::Certain))));
    const auto findings = m_index.findings(graph().nodes[node].object);
    QVERIFY(!findings.empty());
    const DescribedRow& all = part(d.why, u"Findings on the object")->rows.back();
    QCOMPARE(all.figure, QString::number(findings.size()));
    QCOMPARE(all.to.page, u"findings"_s);
    QCOMPARE(all.to.filter, u"kind:Node name:worker-1"_s);
}

void DescriptionTest::aggregateListsItsMembers()
{
    std::vector<std::uint32_t> nodes;
    for (std::uint32_t n = 0; n < graph().nodes.size(); ++n)
        if (graph().nodes[n].kind == attack::NodeKind::Own)
            nodes.push_back(n);
    const Description d = describe(from(), of(Selection::Kind::Nodes, nodes));
    QVERIFY(d.title.startsWith(QString::number(nodes.size()) + u" alike"));
    const DescribedPart* members = part(d.why, u"Members");
    QCOMPARE(members->rows.size(), std::min<std::size_t>(nodes.size(), 41));
    QCOMPARE(
        members->rows.front().to.item, u"node:"_s + QString::fromStdString(graph().nodes[nodes.front()].id));
    QVERIFY(d.places.size() > 1);
}

void DescriptionTest::stepTellsItsNumberAndWhatBreaksIt()
{
    for (std::uint32_t way = 0; way < assessment().search->ways().size(); ++way) {
        const auto steps = attack::stepsOf(graph(), assessment().search->ways()[way]);
        Selection selection = of(Selection::Kind::Edge, { steps[1] });
        selection.way = way;
        selection.step = 2;
        const attack::Edge& edge = graph().edges[steps[1]];
        const Description d = describe(from(), selection);
        QVERIFY2(d.kicker.startsWith(u"Step 2 · "), qPrintable(d.kicker));
        QVERIFY(d.title.size() > 10);
        const DescribedPart* cards = part(d.fix, u"Breaks if you…");
        QCOMPARE(cards ? cards->rows.size() : 0U, std::size_t(edge.breakCount));
        QCOMPARE(d.places.size(), std::size_t(edge.becauseCount));
        if (!cards)
            continue;
        // The figure of each card is what the search says that the option closes.
        for (const DescribedRow& row : cards->rows) {
            const std::string id = row.to.item.mid(7).toStdString();
            for (const attack::OptionIndex option : graph().breaksOf(edge)) {
                if (graph().options[option].id != id)
                    continue;
                const attack::OptionEffect* effect = attackFacts(*m_workspace).effectOf(option);
                if (effect && effect->closes > 1)
                    QCOMPARE(row.figure, u"−%1 ways"_s.arg(effect->closes));
                else if (!effect)
                    QCOMPARE(row.figure, u"none alone"_s);
            }
        }
    }
}

void DescriptionTest::stepLeadsToBindingAndRole()
{
    for (std::uint32_t e = 0; e < graph().edges.size(); ++e) {
        if (graph().edges[e].kind != attack::EdgeKind::ClusterAdmin)
            continue;
        const Description d = describe(from(), of(Selection::Kind::Edge, { e }));
        const DescribedPart* objects = part(d.why, u"Objects behind it");
        QVERIFY(objects);
        const DescribedRow& row = objects->rows.front();
        QVERIFY2(row.text.startsWith(u"ClusterRoleBinding "), qPrintable(row.text));
        QCOMPARE(row.to.page, u"findings"_s);
        QVERIFY(row.to.filter.startsWith(u"kind:ClusterRoleBinding name:"));
        return;
    }
    QFAIL("no step to cluster-admin");
}

void DescriptionTest::possibleStepSaysSo()
{
    int seen = 0;
    for (std::uint32_t e = 0; e < graph().edges.size(); ++e) {
        const attack::Edge& edge = graph().edges[e];
        const Description d = describe(from(), of(Selection::Kind::Edge, { e }));
        const bool possible = edge.certainty == attack::Certainty::Possible;
        QCOMPARE(says(d.chips, u"Possible"), possible);
        QCOMPARE(part(d.why, u"How sure it is")->text.contains(u"not shown to be closed"), possible);
        seen += possible ? 1 : 0;
    }
    QVERIFY(seen > 0);
}

void DescriptionTest::wayIsToldStepByStep()
{
    const attack::Way& way = assessment().search->ways().front();
    const Description d = describe(from(), of(Selection::Kind::Way, { 0 }));
    const auto steps = attack::stepsOf(graph(), way);
    const DescribedPart* path = part(d.why, u"Its cheapest path, step by step");
    QCOMPARE(path->rows.size(), steps.size());
    for (std::size_t i = 0; i < steps.size(); ++i) {
        QCOMPARE(path->rows[i].number, int(i) + 1);
        QCOMPARE(path->rows[i].to.item, u"edge:"_s + QString::fromStdString(graph().edgeId(steps[i])));
    }
    QVERIFY(says(d.chips, u"Certain"));
    QVERIFY(says(d.chips, u"Cost %1"_s.arg(way.cost)));
    const auto certain = assessment().search->count(attack::WayClass::Certain);
    QCOMPARE(d.kicker, u"Way 1 of %1 · certain"_s.arg(certain));
    // A step of a way tells its stage, whatever else it tells.
    for (std::uint32_t w = 0; w < assessment().search->ways().size(); ++w) {
        const Description told = describe(from(), of(Selection::Kind::Way, { w }));
        for (const DescribedRow& row : part(told.why, u"Its cheapest path, step by step")->rows)
            QVERIFY2(row.stage == 0 || row.note.startsWith(stageName(row.stage)), qPrintable(row.note));
    }
    // The jewel has one name and one colour, in the picture and beside it.
    const attack::Node& jewel = graph().nodes[way.jewel];
    const DescribedRow& end = part(d.why, u"Where it ends")->rows.front();
    QCOMPARE(end.text, cardName(jewel));
    QVERIFY(end.markInk == Token::Pass);
    QVERIFY(d.title.endsWith(cardName(jewel)));
    QCOMPARE(describe(from(), of(Selection::Kind::Nodes, { way.jewel })).title, cardName(jewel));
    // What is said to close it does close it.
    const DescribedPart* closes = part(d.fix, u"Closes if you…");
    QVERIFY(closes && !closes->rows.empty());
    for (const DescribedRow& row : closes->rows)
        for (std::uint32_t option = 0; option < graph().options.size(); ++option)
            if (toOption(graph(), option) == row.to) {
                const auto closed = assessment().search->closedBy({ option });
                QVERIFY(std::binary_search(closed.begin(), closed.end(), 0U));
            }
}

void DescriptionTest::fixTellsEveryClassApart()
{
    for (const attack::OptionEffect& effect : *attackFacts(*m_workspace).effects()) {
        const Description d = describe(from(), of(Selection::Kind::Option, { effect.option }));
        const DescribedPart* counts = part(d.why, u"What it closes alone");
        QVERIFY(counts);
        QCOMPARE(counts->rows.front().figure,
            u"%1 of %2"_s.arg(effect.closes).arg(assessment().search->count(attack::WayClass::Certain)));
        QCOMPARE(counts->rows.back().text, u"Possible"_s);
        QVERIFY(counts->rows.back().figure.startsWith(QString::number(effect.closesPossible)));
        QCOMPARE(part(d.why, u"Ways that it closes")->rows.size(), effect.ways.size());
        QCOMPARE(
            part(d.why, u"Steps that it breaks")->rows.size(), graph().options[effect.option].edges.size());
    }
}

void DescriptionTest::unknownEffectsAreNotToldAsNone()
{
    Workspace never; // has no assessment: its facts know nothing
    const DescribeFrom blind { assessment(), attackFacts(never), m_index };
    const attack::OptionIndex option = attackFacts(*m_workspace).effects()->front().option;
    QCOMPARE(optionCard(blind, option).figure, u"…"_s);
    const Description d = describe(blind, of(Selection::Kind::Option, { option }));
    QVERIFY(part(d.why, u"What it closes")->text.startsWith(u"Working out"));
    const Description way = describe(blind, of(Selection::Kind::Way, { 0 }));
    QVERIFY(part(way.fix, u"What closes it")->text.startsWith(u"Working out"));
}

void DescriptionTest::indexesOfAnOlderGraphShowNothing()
{
    for (const Selection::Kind kind :
        { Selection::Kind::Nodes, Selection::Kind::Edge, Selection::Kind::Way, Selection::Kind::Option })
        QVERIFY(describe(from(), of(kind, { 4'000'000 })).empty());
    QVERIFY(describe(from(), {}).empty());
}

/// Nothing of a real graph is left without a title, and no list grows without end.
void DescriptionTest::everyNodeEdgeWayAndFixCanBeTold()
{
    QElapsedTimer timer;
    timer.start();
    int told = 0;
    const auto tell = [&](Selection::Kind kind, std::size_t count) {
        for (std::uint32_t i = 0; i < count; ++i) {
            const Description d = describe(from(), of(kind, { i }));
            QVERIFY(!d.title.isEmpty());
            QVERIFY(!d.why.empty() && !d.fix.empty());
            QVERIFY(!d.places.empty() || !d.noEvidence.isEmpty());
            for (const auto* parts : { &d.why, &d.fix })
                for (const DescribedPart& p : *parts)
                    QVERIFY(p.rows.size() <= 42 && (!p.rows.empty() || !p.text.isEmpty()));
            ++told;
        }
    };
    tell(Selection::Kind::Nodes, graph().nodes.size());
    tell(Selection::Kind::Edge, graph().edges.size());
    tell(Selection::Kind::Way, assessment().search->ways().size());
    tell(Selection::Kind::Option, graph().options.size());
    qInfo("%d descriptions: %.2f ms each", told, double(timer.elapsed()) / told);
}

GLACIS_TEST(DescriptionTest)
#include "description_test.moc"
