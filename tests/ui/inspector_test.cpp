// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The inspector on a real assessment: what it says of everything that can be selected, where it leads, and
// its manners at the window's side.
#include "made_assessment.h"
#include "test_main.h"

#include <findings/finding_facts.h>
#include <findings/finding_filter.h>
#include <findings/finding_view.h>
#include <findings/findings_table.h>
#include <inspector/graph_words.h>
#include <inspector/inspector.h>
#include <inspector/inspector_pane.h>
#include <inspector/part_widgets.h>
#include <shell/main_window.h>
#include <widgets/code_view.h>
#include <widgets/outside_text.h>
#include <widgets/plain_label.h>

#include <attack/describe.h>

#include <QApplication>
#include <QClipboard>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTextBlock>
#include <QToolButton>

#include <algorithm>
#include <set>

using namespace glacis;
using namespace glacis::ui;
using namespace Qt::StringLiterals;
using workspace::SourceRequest;
using workspace::Workspace;

class InspectorTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanup();
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
    void rowsLeadOn();
    void evidenceMarksTheFieldInTheObject();
    void copyButtonsCopyWhatTheyName();
    void tabsByKeyboard();
    void focusGoesThroughItInOrder();
    void readyEffectsKeepTabAndScroll();
    void newAssessmentEmptiesIt();
    void standsBesideThePagesThatWantIt();
    void comesAfterThePageByKeyboard();
    void showsTheNewAssessmentAfterAReload();
    void widthAndChoiceAreKept();
    void hostileAndLongTextsStayInside_data();
    void hostileAndLongTextsStayInside();
    void everyNodeEdgeWayAndFixCanBeTold();

private:
    [[nodiscard]] const assessment::Assessment& assessment() const { return *m_workspace->assessment(); }
    [[nodiscard]] const attack::Graph& graph() const { return assessment().graph; }
    [[nodiscard]] DescribeFrom from() const { return { assessment(), attackFacts(*m_workspace), m_index }; }
    void show(const Selection& selection);
    std::unique_ptr<Workspace> m_workspace; ///< holds votelab
    ObjectIndex m_index;
    std::unique_ptr<Inspector> m_inspector;
};

namespace {

SourceRequest practice(const char* name)
{
    SourceRequest request;
    request.practice = name;
    return request;
}

void read(Workspace& workspace, const char* name)
{
    QSignalSpy ready(&workspace, &Workspace::assessmentReady);
    workspace.open(practice(name));
    QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 1, 20000);
}

Selection of(Selection::Kind kind, std::vector<std::uint32_t> items)
{
    Selection selection;
    selection.kind = kind;
    selection.items = std::move(items);
    return selection;
}

std::vector<const posture::Finding*> allFindings(const assessment::Assessment& assessment)
{
    std::vector<const posture::Finding*> all;
    for (const posture::CheckResult& result : assessment.posture.results)
        for (const posture::Finding& finding : result.findings)
            all.push_back(&finding);
    return all;
}

Selection of(std::vector<const posture::Finding*> findings)
{
    Selection selection;
    selection.kind = Selection::Kind::Findings;
    selection.findings = std::move(findings);
    return selection;
}

const DescribedPart* part(const std::vector<DescribedPart>& parts, QStringView heading)
{
    for (const DescribedPart& p : parts)
        if (p.heading == heading)
            return &p;
    return nullptr;
}

bool says(const std::vector<DescribedChip>& chips, QStringView text)
{
    return std::any_of(chips.begin(), chips.end(), [&](const DescribedChip& c) { return c.text == text; });
}

template <class T> T* named(QWidget& root, const QString& accessibleName)
{
    for (T* widget : root.findChildren<T*>())
        if (widget->accessibleName() == accessibleName && widget->isVisibleTo(&root))
            return widget;
    return nullptr;
}

}

void InspectorTest::initTestCase()
{
    m_workspace = std::make_unique<Workspace>();
    (void)attackFacts(*m_workspace);
    read(*m_workspace, "votelab");
    QTRY_VERIFY(attackFacts(*m_workspace).isReady());
    m_index = ObjectIndex(assessment());
}

void InspectorTest::cleanup() { m_inspector.reset(); }

void InspectorTest::show(const Selection& selection)
{
    if (!m_inspector) {
        m_inspector = std::make_unique<Inspector>(*m_workspace);
        m_inspector->resize(344, 800);
        m_inspector->show();
    }
    m_inspector->show(selection);
    QTRY_VERIFY(!m_inspector->isBusy());
    QCoreApplication::processEvents();
}

void InspectorTest::findingTellsWhatItShowsInTheAttackPath()
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

void InspectorTest::notAssessedIsNeverToldAsFine()
{
    const auto made = test::madeAssessment(test::typicalFindings());
    Workspace workspace([made](const SourceRequest&, const StopToken&,
                            const auto&) -> Result<assessment::AssessmentPtr> { return made; });
    read(workspace, "made");
    const ObjectIndex index(*made);
    for (const posture::Finding* f : allFindings(*made)) {
        if (f->state != State::NotAssessed)
            continue;
        const Description d = describe({ *made, attackFacts(workspace), index }, of({ f }));
        QVERIFY(says(d.chips, u"Not assessed"));
        const DescribedPart* unknown = part(d.why, u"Not assessed: this may be a problem or none");
        QVERIFY(unknown);
        QCOMPARE(unknown->text, u"no Node was read"_s);
        QVERIFY(!part(d.why, u"Evidence"));
        const Description both = describe({ *made, attackFacts(workspace), index }, of(allFindings(*made)));
        const DescribedRow& last = part(both.why, u"By severity")->rows.back();
        QCOMPARE(last.text, u"Not assessed"_s);
        QCOMPARE(last.figure, u"1"_s);
        return;
    }
    QFAIL("no finding is not assessed");
}

void InspectorTest::severalFindingsAreSummedUp()
{
    auto findings = allFindings(assessment());
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
    for (const posture::Finding* f : allFindings(assessment()))
        if (assessment().info(*f).id == "GL-RBAC-006")
            alike.push_back(f);
    QVERIFY(alike.size() > 1);
    QVERIFY(part(describe(from(), of(alike)).fix, u"One fix for all of them"));
}

void InspectorTest::nodeTellsItsStepsAndItsFindings()
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
    // The filter that it leads to finds just these.
    const FindingIndexPtr index = FindingIndex::make(m_workspace->assessment());
    const FindingView found = answer(*index, { all.to.filter, {}, {} });
    for (const std::uint32_t i : found.rows)
        QCOMPARE(index->rows()[i].finding->object, graph().nodes[node].object);
    QVERIFY(!found.rows.empty());
}

void InspectorTest::aggregateListsItsMembers()
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

void InspectorTest::stepTellsItsNumberAndWhatBreaksIt()
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

void InspectorTest::stepLeadsToBindingAndRole()
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

void InspectorTest::possibleStepSaysSo()
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

void InspectorTest::wayIsToldStepByStep()
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

void InspectorTest::fixTellsEveryClassApart()
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

void InspectorTest::unknownEffectsAreNotToldAsNone()
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

void InspectorTest::indexesOfAnOlderGraphShowNothing()
{
    for (const Selection::Kind kind :
        { Selection::Kind::Nodes, Selection::Kind::Edge, Selection::Kind::Way, Selection::Kind::Option })
        QVERIFY(describe(from(), of(kind, { 4'000'000 })).empty());
    QVERIFY(describe(from(), {}).empty());
}

void InspectorTest::rowsLeadOn()
{
    show(of(Selection::Kind::Way, { 0 }));
    QSignalSpy wanted(m_inspector.get(), &Inspector::wanted);
    auto links = m_inspector->findChildren<RowLink*>();
    links.removeIf([](const RowLink* link) { return !link->isVisible(); }); // those of other tabs
    QVERIFY(links.size() >= 3);
    QTest::mouseClick(links[0], Qt::LeftButton);
    QCOMPARE(wanted.count(), 1);
    const auto first = wanted.takeFirst().front().value<Location>();
    QCOMPARE(first.page, u"attack"_s);
    QVERIFY(first.item.startsWith(u"edge:"));
    links[1]->setFocus();
    QTest::keyClick(links[1], Qt::Key_Return);
    QTest::keyClick(links[1], Qt::Key_Space);
    QCOMPARE(wanted.count(), 2);
    // A click that shows something else must not pull the row from under itself.
    connect(m_inspector.get(), &Inspector::wanted, this,
        [this] { m_inspector->show(of(Selection::Kind::Way, { 1 })); });
    QTest::mouseClick(links[0], Qt::LeftButton);
    QVERIFY(m_inspector->description().kicker.startsWith(u"Way 2"));
}

void InspectorTest::evidenceMarksTheFieldInTheObject()
{
    const posture::Finding* privileged = nullptr;
    for (const posture::Finding* f : allFindings(assessment()))
        if (assessment().info(*f).id == "GL-POD-001" && !privileged)
            privileged = f;
    QVERIFY(privileged);
    show(of({ privileged }));
    m_inspector->openTab(Inspector::EvidenceTab);
    auto* yaml = m_inspector->findChild<CodeView*>();
    QVERIFY(yaml->isVisible());
    const auto marks = yaml->extraSelections();
    QCOMPARE(marks.size(), 1);
    QCOMPARE(marks.front().cursor.block().text().trimmed(), u"privileged: true"_s);
    // A step's evidence may stand on another object: each place shows its own.
    for (std::uint32_t e = 0; e < graph().edges.size(); ++e) {
        const auto because = graph().becauseOf(graph().edges[e]);
        if (because.size() < 2 || because[0].object == because[1].object || !because[1].object.valid())
            continue;
        show(of(Selection::Kind::Edge, { e }));
        QTest::mouseClick(named<QToolButton>(*m_inspector, u"Next place"_s), Qt::LeftButton);
        QTRY_VERIFY(!m_inspector->isBusy());
        const inventory::Object& object = assessment().inventory->object(because[1].object);
        QVERIFY(yaml->toPlainText().contains(u"name: " + shown(std::string_view(object.name))));
        return;
    }
    QFAIL("no step with evidence on two objects");
}

void InspectorTest::copyButtonsCopyWhatTheyName()
{
    const posture::Finding* finding = nullptr;
    for (const posture::Finding* f : allFindings(assessment()))
        if (!finding && f->object.valid() && !f->places.empty() && !f->places.front().object.valid()
            && !f->places.front().path.empty())
            finding = f;
    show(of({ finding }));
    const auto copied = [this](const QString& name) -> QString {
        QApplication::clipboard()->clear();
        auto* button = named<QToolButton>(*m_inspector, name);
        if (!button)
            return u"no button "_s + name;
        QTest::mouseClick(button, Qt::LeftButton);
        return QApplication::clipboard()->text();
    };
    QCOMPARE(copied(u"Copy the object's name"_s), m_inspector->description().object);
    const QString all = copied(u"Copy all of it as text"_s);
    QVERIFY(all.contains(m_inspector->description().title));
    QVERIFY(all.contains(fromUtf8(assessment().info(*finding).fix)));
    m_inspector->openTab(Inspector::EvidenceTab);
    QCOMPARE(copied(u"Copy the field's path"_s), shown(finding->places.front().path));
    QVERIFY(copied(u"Copy file and line"_s).contains(u".yaml:"));
    QVERIFY(copied(u"Copy the YAML"_s).startsWith(u"apiVersion:"));
}

void InspectorTest::tabsByKeyboard()
{
    show(of(Selection::Kind::Way, { 0 }));
    auto* tabs = m_inspector->findChild<QTabBar*>();
    tabs->setFocus();
    QTest::keyClick(tabs, Qt::Key_Right);
    QCOMPARE(tabs->currentIndex(), int(Inspector::EvidenceTab));
    auto* yaml = m_inspector->findChild<CodeView*>();
    yaml->setFocus();
    QTest::keyClick(yaml, Qt::Key_Tab, Qt::ControlModifier);
    QCOMPARE(tabs->currentIndex(), int(Inspector::Fix));
    QTest::keyClick(tabs, Qt::Key_Tab, Qt::ControlModifier);
    QCOMPARE(tabs->currentIndex(), int(Inspector::Why));
    QTest::keyClick(tabs, Qt::Key_Backtab, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(tabs->currentIndex(), int(Inspector::Fix));
}

void InspectorTest::focusGoesThroughItInOrder()
{
    show(of(Selection::Kind::Way, { 0 }));
    show(of(Selection::Kind::Way, { 1 })); // rows made anew
    QVERIFY(QTest::qWaitForWindowActive(m_inspector.get()));
    auto* tabs = m_inspector->findChild<QTabBar*>();
    tabs->setFocus();
    QStringList items;
    for (int i = 0; i < 3; ++i) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        auto* link = qobject_cast<RowLink*>(QApplication::focusWidget());
        QVERIFY(link);
        items += link->target().item;
    }
    QStringList steps;
    for (const DescribedRow& row :
        part(m_inspector->description().why, u"Its cheapest path, step by step")->rows)
        steps += row.to.item;
    QCOMPARE(items, steps.mid(0, 3));
}

void InspectorTest::readyEffectsKeepTabAndScroll()
{
    Workspace workspace;
    Inspector inspector(workspace);
    inspector.resize(344, 400);
    inspector.show();
    QSignalSpy ready(&attackFacts(workspace), &AttackFacts::ready);
    const auto hasShare = [&] { return part(inspector.description().why, u"Choke point") != nullptr; };
    bool busy = false, shareTold = true;
    connect(&workspace, &Workspace::assessmentReady, this, [&] { // before the effects can be there
        const attack::NodeIndex node = workspace.assessment()->graph.find("node/worker-1");
        inspector.show(of(Selection::Kind::Nodes, { node }));
        inspector.openTab(Inspector::Fix);
        busy = inspector.isBusy();
        shareTold = hasShare();
    });
    workspace.open(practice("votelab"));
    QTRY_COMPARE(ready.count(), 1);
    QVERIFY(busy);
    QVERIFY(!shareTold);
    QVERIFY(hasShare());
    QCOMPARE(inspector.findChild<QTabBar*>()->currentIndex(), int(Inspector::Fix));
}

void InspectorTest::newAssessmentEmptiesIt()
{
    Workspace workspace;
    Inspector inspector(workspace);
    read(workspace, "votelab");
    inspector.show(of(Selection::Kind::Way, { 0 }));
    QVERIFY(!inspector.description().empty());
    const std::weak_ptr<const assessment::Assessment> old = workspace.assessment();
    read(workspace, "votelab-hardened");
    QVERIFY(inspector.description().empty());
    QCOMPARE(inspector.selection().kind, Selection::Kind::Nothing);
    QTRY_VERIFY(old.expired()); // nobody holds on to what is gone
}

void InspectorTest::standsBesideThePagesThatWantIt()
{
    QTemporaryDir folder;
    Theme theme(*qApp);
    Settings settings(folder.filePath(u"glacis.ini"_s));
    Workspace workspace;
    MainWindow window(workspace, theme, settings);
    window.resize(1280, 800);
    window.show();
    read(workspace, "votelab");
    auto* inspector = window.findChild<Inspector*>();
    auto* action = window.findChild<QAction*>(u"toggleInspector"_s);
    window.go({ u"overview"_s, {}, {} });
    QVERIFY(!inspector->isVisible());
    QVERIFY(!action->isEnabled());
    window.go({ u"findings"_s, {}, {} });
    QVERIFY(inspector->isVisible());
    QVERIFY(inspector->finding());
    QVERIFY(action->isEnabled() && action->isChecked());
    auto* table = window.findChild<FindingsTable*>();
    table->setFocus();
    const posture::Finding* first = inspector->finding();
    QTest::keyClick(table, Qt::Key_Down);
    QVERIFY(inspector->finding() && inspector->finding() != first);
    QTest::keyClick(table, Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(inspector->selection().findings.size(), 2U);
    QTest::mouseClick(inspector->findChild<QToolButton*>(u"closeInspector"_s), Qt::LeftButton);
    QVERIFY(!inspector->isVisible());
    QVERIFY(!action->isChecked());
    window.go({ u"overview"_s, {}, {} });
    window.go({ u"findings"_s, {}, {} });
    QVERIFY(!inspector->isVisible()); // closed means closed
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QTest::keyClick(&window, Qt::Key_I, Qt::ControlModifier);
    QVERIFY(inspector->isVisible());
    QVERIFY(!inspector->description().empty()); // it caught up
    // A jump is a step of the way: Back returns.
    QTRY_VERIFY(window.isSettled());
    const Location here = window.here();
    Q_EMIT inspector->wanted({ u"findings"_s, u"ns:ci"_s, {} });
    QCOMPARE(window.here().filter, u"ns:ci"_s);
    QTest::keyClick(&window, Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(window.here(), here);
}

void InspectorTest::comesAfterThePageByKeyboard()
{
    QTemporaryDir folder;
    Theme theme(*qApp);
    Settings settings(folder.filePath(u"glacis.ini"_s));
    Workspace workspace;
    MainWindow window(workspace, theme, settings);
    window.resize(1280, 800);
    window.show();
    read(workspace, "votelab");
    window.go({ u"findings"_s, {}, {} });
    QTRY_VERIFY(window.isSettled());
    QVERIFY(QTest::qWaitForWindowActive(&window));
    auto* page = window.findChild<QWidget*>(u"findingsPage"_s);
    auto* inspector = window.findChild<Inspector*>();
    window.findChild<FindingsTable*>()->setFocus();
    for (int i = 0; i < 30 && !inspector->isAncestorOf(QApplication::focusWidget()); ++i) {
        QVERIFY(page->isAncestorOf(QApplication::focusWidget()));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    }
    QVERIFY(inspector->isAncestorOf(QApplication::focusWidget()));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Backtab, Qt::ShiftModifier);
    QVERIFY(page->isAncestorOf(QApplication::focusWidget()));
}

void InspectorTest::showsTheNewAssessmentAfterAReload()
{
    QTemporaryDir folder;
    Theme theme(*qApp);
    Settings settings(folder.filePath(u"glacis.ini"_s));
    Workspace workspace;
    MainWindow window(workspace, theme, settings);
    window.resize(1280, 800);
    window.show();
    read(workspace, "votelab");
    window.go({ u"findings"_s, {}, {} });
    auto* table = window.findChild<FindingsTable*>();
    table->setFocus();
    QTest::keyClick(table, Qt::Key_End, Qt::ControlModifier);
    auto* inspector = window.findChild<Inspector*>();
    const std::weak_ptr<const assessment::Assessment> old = workspace.assessment();
    read(workspace, "votelab-hardened");
    QTRY_VERIFY(window.isSettled());
    QTRY_VERIFY(old.expired());
    const auto now = allFindings(*workspace.assessment());
    QVERIFY(std::find(now.begin(), now.end(), inspector->finding()) != now.end());
    QCOMPARE(
        inspector->description().title, fromUtf8(workspace.assessment()->info(*inspector->finding()).title));
}

void InspectorTest::widthAndChoiceAreKept()
{
    Workspace workspace;
    InspectorPane pane(new QWidget, workspace);
    QVERIFY(pane.isOpen());
    pane.restore("500 closed");
    QVERIFY(!pane.isOpen());
    QCOMPARE(pane.state(), QByteArray("500 closed"));
    pane.restore("rubbish");
    pane.restore("-7 open");
    QCOMPARE(pane.state(), QByteArray("500 open"));
    pane.restore("1 open");
    QVERIFY(pane.state().split(' ').front().toInt() >= 200); // a sliver would be of no use
}

void InspectorTest::hostileAndLongTextsStayInside_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<Qt::LayoutDirection>("direction");
    for (const auto direction : { Qt::LeftToRight, Qt::RightToLeft }) {
        const char* side = direction == Qt::LeftToRight ? "ltr" : "rtl";
        QTest::addRow("253 letters, %s", side) << QString(253, u'w') << direction;
        QTest::addRow("mark-up, %s", side)
            << u"<b>bold</b><img src='file:///etc/passwd'>&amp;&quit\u202E"_s << direction;
        QTest::addRow("right to left, %s", side) << u"مرحبا بالعالم"_s.repeated(8) << direction;
    }
}

/// At 300 units every row, chip and text stays within the inspector, in every tab, and no text is cut.
void InspectorTest::hostileAndLongTextsStayInside()
{
    QFETCH(QString, name);
    QFETCH(Qt::LayoutDirection, direction);
    const auto made = test::hostileAssessment(name.toStdString());
    Workspace workspace([made](const SourceRequest&, const StopToken&,
                            const auto&) -> Result<assessment::AssessmentPtr> { return made; });
    Inspector inspector(workspace);
    inspector.setLayoutDirection(direction);
    inspector.resize(300, 700);
    inspector.show();
    read(workspace, "made");
    for (const auto& findings : { std::vector { allFindings(*made).front() }, allFindings(*made) })
        for (const auto tab : { Inspector::Why, Inspector::EvidenceTab, Inspector::Fix }) {
            inspector.show(of(findings));
            inspector.openTab(tab);
            QTRY_VERIFY(!inspector.isBusy());
            QTest::qWait(10);
            QCOMPARE(inspector.width(), 300);
            for (QWidget* widget : inspector.findChildren<QWidget*>()) {
                if (!widget->isVisible())
                    continue;
                const int left = widget->mapTo(&inspector, QPoint(0, 0)).x();
                QVERIFY2(left >= 0 && left + widget->width() <= 300,
                    qPrintable(
                        u"%1 %2: %3 + %4"_s
                            .arg(QString::fromLatin1(widget->metaObject()->className()), widget->objectName())
                            .arg(left)
                            .arg(widget->width())));
                if (const auto* label = qobject_cast<QLabel*>(widget)) {
                    QVERIFY(qobject_cast<const PlainLabel*>(widget));
                    QVERIFY(!label->text().contains(u'\u202E'));
                }
                if (const auto* block = qobject_cast<TextBlock*>(widget))
                    QVERIFY2(
                        block->height() >= block->heightForWidth(block->width()), qPrintable(block->text()));
            }
        }
}

/// Nothing of a real graph is left without a title, and no list grows without end.
void InspectorTest::everyNodeEdgeWayAndFixCanBeTold()
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

GLACIS_TEST(InspectorTest)
#include "inspector_test.moc"
