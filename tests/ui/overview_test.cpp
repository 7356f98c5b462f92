// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The Overview on the practice clusters and on assessments made by hand: what it says, and where it leads.
#include "made_assessment.h"
#include "test_main.h"

#include <findings/finding_facts.h>
#include <overview/fix_advice.h>
#include <overview/fixes_card.h>
#include <overview/overview_page.h>
#include <overview/rows.h>
#include <overview/summary.h>
#include <shell/attack_facts.h>
#include <shell/page_list.h>
#include <shell/status_line.h>
#include <theme/theme.h>
#include <widgets/charts.h>
#include <widgets/fitting_rows.h>
#include <widgets/plain_label.h>
#include <widgets/score_ring.h>

#include <inventory/practice.h>

#include <QApplication>
#include <QElapsedTimer>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QVBoxLayout>

#include <set>

using namespace glacis;
using namespace glacis::ui;
using namespace Qt::StringLiterals;

class OverviewTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void stageCardOpensItsFindings();
    void worstOfAStageOpensThatFinding();
    void chartsLeadToTheirFindings();
    void pathOpensTheAttackPath();
    void fixesBeginWithTheSmallestSet();
    void fixLeadsToItsOption();
    void skeletonStandsUntilFixesAreKnown();
    void hardenedClusterHasNothingToClose();
    void filesAloneSayThatNothingIsKnown();
    void emptySourceIsNotPraised();
    void stageJudgedInPartIsNotPraised();
    void unknownCountsAreNoZeros();
    void findingsOfANamespaceBelongToIt();
    void changesThatHaveNoRoomAreCounted();
    void fixesOfOneTitleAreToldApart();
    void adviceTellsHowSureItIs();
    void adviceForPossibleWaysSaysSo();
    void rowsThatDoNotFitAreLeftOut();
    void headingIsNeverTheLastRow();
    void coverageLeadsToWhatCouldNotBeSeen();
    void figuresOfAnOlderAssessmentAreDropped();
    void everythingImportantIsOnOneScreen_data();
    void everythingImportantIsOnOneScreen();
    void longNamesAndRightToLeftHoldTogether();
    void firstFrameIsQuick();

private:
    std::unique_ptr<Theme> m_theme;
};

namespace {

assessment::AssessmentPtr practice(const char* name)
{
    static std::map<std::string, assessment::AssessmentPtr> known;
    assessment::AssessmentPtr& kept = known[name];
    if (!kept) {
        workspace::SourceRequest request;
        request.practice = name;
        auto loaded = workspace::load(request, {}, [](const workspace::LoadProgress&) {});
        if (loaded)
            kept = *loaded;
    }
    return kept;
}

constexpr const char* loneDeployment
    = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop}\n"
      "spec: {selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, "
      "spec: {containers: [{name: web, image: web}]}}}\n";

struct Overview {
    explicit Overview(assessment::AssessmentPtr assessment, QSize size = { 1240, 800 })
        : workspace([this](const workspace::SourceRequest&, const StopToken&,
                        const auto&) -> Result<assessment::AssessmentPtr> { return given; })
        , given(std::move(assessment))
        , page(workspace)
        , wanted(&page, &Page::wanted)
    {
        page.resize(size);
        page.show();
        load();
    }
    void load()
    {
        QSignalSpy ready(&workspace, &workspace::Workspace::assessmentReady);
        workspace.open({ { "made.yaml" }, {}, {}, {}, {} });
        QTRY_COMPARE(ready.count(), 1);
        settle();
    }
    void settle()
    {
        QTRY_VERIFY(!page.isBusy());
        QTest::qWait(20); // layouts of layouts take a few turns of the event loop
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QCoreApplication::processEvents();
    }
    Location went() const { return wanted.isEmpty() ? Location {} : wanted.last().first().value<Location>(); }
    template <class T> QList<T*> visible()
    {
        QList<T*> found;
        for (T* widget : page.findChildren<T*>())
            if (widget->isVisible())
                found += widget;
        return found;
    }
    bool says(const QString& text)
    {
        for (const auto* label : visible<PlainLabel>())
            if (label->text().contains(text))
                return true;
        return false;
    }

    workspace::Workspace workspace;
    assessment::AssessmentPtr given;
    OverviewPage page;
    QSignalSpy wanted;
};

}

void OverviewTest::initTestCase()
{
    qRegisterMetaType<Location>();
    m_theme = std::make_unique<Theme>(*qApp);
    m_theme->choose(Theme::Choice::Dark);
    QVERIFY(practice("votelab") && practice("votelab-hardened"));
}

void OverviewTest::stageCardOpensItsFindings()
{
    Overview o(practice("votelab"));
    for (int stage = 1; stage <= 4; ++stage) {
        auto* card = o.page.findChild<QAbstractButton*>(u"stage%1"_s.arg(stage));
        QTest::mouseClick(card, Qt::LeftButton, {}, QPoint(card->width() / 2, 20));
        QCOMPARE(o.went().page, u"findings"_s);
        QCOMPARE(o.went().filter, u"stage:%1"_s.arg(stage));
    }
}

void OverviewTest::worstOfAStageOpensThatFinding()
{
    Overview o(practice("votelab"));
    const Summary summary = summarise(*o.given, 5, 5);
    auto* card = o.page.findChild<QAbstractButton*>(u"stage2"_s);
    auto* worst = card->findChild<WorstLink*>();
    // Through the window, which finds out who stands there, as for the pointer of a person.
    QTest::mouseClick(o.page.windowHandle(), Qt::LeftButton, {},
        worst->mapTo(&o.page, QPoint(worst->width() / 2, worst->height() / 2)));
    QCOMPARE(o.went().finding, QString::fromStdString(summary.stages[1].worst->fingerprint));
    QVERIFY(o.went().filter.startsWith(u"check:"));
    worst->setFocus();
    QTest::keyClick(worst, Qt::Key_Space);
    QCOMPARE(o.wanted.count(), 2);
}

void OverviewTest::chartsLeadToTheirFindings()
{
    Overview o(practice("votelab"));
    auto* severities = o.page.findChild<DonutChart*>();
    QCOMPARE(severities->counts(), o.given->posture.bySeverity);
    QTest::mouseClick(severities, Qt::LeftButton, {}, severities->itemRect(1).center());
    QCOMPARE(o.went().filter, u"severity:high"_s);
    auto* namespaces = o.page.findChild<StackedBarChart*>();
    const Summary summary = summarise(*o.given, 5, 20);
    for (int bar = 0; bar < namespaces->itemCount(); ++bar) {
        const NamespaceSummary& ns = summary.namespaces[static_cast<std::size_t>(bar)];
        QCOMPARE(namespaces->bars()[static_cast<std::size_t>(bar)].total(), std::uint64_t(ns.total));
        QTest::mouseClick(namespaces, Qt::LeftButton, {}, namespaces->itemRect(bar).center());
        QCOMPARE(
            o.went().filter, u"ns:"_s + (ns.name.empty() ? u"(none)"_s : QString::fromStdString(ns.name)));
    }
}

void OverviewTest::pathOpensTheAttackPath()
{
    Overview o(practice("votelab"));
    QVERIFY(o.says(u"21 ways open · 15 possible"_s));
    QTest::mouseClick(o.page.findChild<QPushButton*>(u"openAttackPath"_s), Qt::LeftButton);
    QCOMPARE(o.went(), (Location { u"attack"_s, {}, {} }));
}

void OverviewTest::fixesBeginWithTheSmallestSet()
{
    Overview o(practice("votelab"));
    const attack::SmallestSets& sets = *attackFacts(o.workspace).smallest();
    QCOMPARE(o.page.findChild<PlainLabel*>(u"fixesSummary"_s)->text(),
        u"%1 changes close all 21 ways (proven: no smaller set exists)"_s.arg(sets.sets.front().size()));
    const FixAdvice advice = fixAdvice(*o.given, *attackFacts(o.workspace).effects(), sets, 5);
    QCOMPARE(advice.lines.size(), 5U);
    std::vector<attack::OptionIndex> chosen;
    for (std::size_t i = 0; i < advice.lines.size(); ++i) {
        QCOMPARE(advice.lines[i].inSet, i < sets.sets.front().size());
        QCOMPARE(advice.lines[i].of, 21U);
        if (advice.lines[i].inSet)
            chosen.push_back(advice.lines[i].option);
        else
            QVERIFY(advice.lines[i].closes > 0);
    }
    // What the card promises holds: these changes leave no certain way.
    std::size_t certain = 0;
    for (const std::uint32_t way : o.given->search->closedBy(chosen))
        certain += o.given->search->ways()[way].wayClass == attack::WayClass::Certain ? 1 : 0;
    QCOMPARE(certain, 21U);
    QVERIFY(o.visible<FixRow>().size() >= 3);
}

void OverviewTest::fixLeadsToItsOption()
{
    Overview o(practice("votelab"));
    FixRow* first = o.visible<FixRow>().front();
    QVERIFY(first->accessibleName().startsWith(u"1. "));
    QVERIFY(first->accessibleDescription().contains(u"closes 11 of 21"));
    QTest::mouseClick(first, Qt::LeftButton);
    QCOMPARE(o.went().page, u"attack"_s);
    QVERIFY(o.went().item.startsWith(u"option:M"));
    const std::string id = o.went().item.mid(7).toStdString();
    QVERIFY(std::any_of(o.given->graph.options.begin(), o.given->graph.options.end(),
        [&](const attack::BreakOption& option) { return option.id == id; }));
}

void OverviewTest::skeletonStandsUntilFixesAreKnown()
{
    workspace::Workspace workspace(
        [](const workspace::SourceRequest&, const StopToken&,
            const auto&) -> Result<assessment::AssessmentPtr> { return practice("votelab"); });
    OverviewPage page(workspace);
    page.resize(1240, 800);
    page.show();
    QVERIFY(!page.isBusy()); // nothing is open
    bool waited = false;
    connect(&workspace, &workspace::Workspace::assessmentReady, &page, [&] { waited = page.isBusy(); });
    workspace.open({ { "made.yaml" }, {}, {}, {}, {} });
    QTRY_VERIFY(waited);
    QTRY_VERIFY(!page.isBusy());
    QVERIFY(!page.findChildren<FixRow*>().isEmpty());
}

void OverviewTest::hardenedClusterHasNothingToClose()
{
    Overview o(practice("votelab-hardened"));
    QVERIFY(o.says(u"No certain way"_s));
    QVERIFY(o.says(u"No certain way is open"_s));
    QVERIFY(o.visible<FixRow>().isEmpty());
    // Seven high findings are no reason to rest.
    auto* begin = o.page.findChild<QPushButton*>(u"worstFindings"_s);
    QCOMPARE(begin->text(), u"Start with the 7 high findings"_s);
    QTest::mouseClick(begin, Qt::LeftButton);
    QCOMPARE(o.went().filter, u"severity:high+"_s);
}

void OverviewTest::filesAloneSayThatNothingIsKnown()
{
    Overview o(test::assessedText("apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop}\n"
                                  "spec: {hostPID: true, containers: [{name: c, image: nginx}]}\n"));
    QVERIFY(o.says(u"Not known from these files"_s));
    QVERIFY(o.says(u"No way is known"_s));
    QVERIFY(!o.page.findChild<QPushButton*>(u"openAttackPath"_s)->isVisible());
    QTest::mouseClick(o.page.findChild<QPushButton*>(u"worstFindings"_s), Qt::LeftButton);
    QCOMPARE(o.went().filter, u"severity:high+"_s);
}

void OverviewTest::emptySourceIsNotPraised()
{
    Overview o(test::assessedText("a: b\n"));
    QVERIFY(o.says(u"Nothing could be assessed"_s));
    QVERIFY(!o.says(u"worst findings are the place"_s));
    QVERIFY(!o.page.findChild<QPushButton*>(u"worstFindings"_s));
    auto* ring = o.page.findChild<DonutChart*>();
    const QRect box = ring->ringRect();
    const QImage image = ring->grab().toImage();
    QCOMPARE(
        image.pixelColor(box.right() - box.width() / 20, box.center().y()), colour(Token::Line, Tone::Dark));
    QVERIFY(!o.page.findChild<StackedBarChart*>()->isVisible());
}

/// A lone Deployment has no problem of stage 2, and most checks of the stage have nothing to look at.
void OverviewTest::stageJudgedInPartIsNotPraised()
{
    Overview o(test::assessedText(loneDeployment));
    auto* card = o.page.findChild<QAbstractButton*>(u"stage2"_s);
    QVERIFY(o.given->posture.scores.stages[1]);
    const Summary summary = summarise(*o.given, 5, 5);
    QVERIFY(summary.stages[1].isPartlyJudged());
    QVERIFY(!summarise(*practice("votelab-hardened"), 5, 5).stages[1].isPartlyJudged());
    QVERIFY(o.says(u"Nothing found in what was read"_s));
    QVERIFY(!o.says(u"Nothing open here"_s));
    QVERIFY(card->toolTip().contains(
        u"%1 of %2 checks"_s.arg(summary.stages[1].silent).arg(summary.stages[1].applying)));
    const QImage ring = card->findChild<ScoreRing*>()->grab().toImage();
    const QColor top = ring.pixelColor(ring.width() / 2, 3);
    QCOMPARE(top, colour(Token::Text3, Tone::Dark));
}

void OverviewTest::unknownCountsAreNoZeros()
{
    const auto countOf = [](const char* page, const assessment::Assessment& assessment) {
        for (const PageEntry& entry : pageList())
            if (qstrcmp(entry.id, page) == 0)
                return entry.count(assessment);
        return std::optional<std::uint64_t>();
    };
    const auto empty = test::assessedText("a: b\n"), lone = test::assessedText(loneDeployment);
    QVERIFY(!countOf("attack", *empty) && !countOf("findings", *empty));
    QVERIFY(!countOf("attack", *lone));
    QVERIFY(countOf("findings", *lone).value_or(0) > 0);
    QCOMPARE(countOf("attack", *practice("votelab-hardened")), std::optional<std::uint64_t>(0)); // known
}

void OverviewTest::findingsOfANamespaceBelongToIt()
{
    const auto lone = test::assessedText(loneDeployment);
    const Summary summary = summarise(*lone, 5, 5);
    QCOMPARE(summary.namespaces.size(), 1U);
    QCOMPARE(summary.namespaces.front().name, std::string("shop"));
    QCOMPARE(summary.namespaces.front().total, summary.total);
    QCOMPARE(objectLabel({ nullptr, nullptr, "Namespace", "shop", "shop" }), u"Namespace shop"_s);
    QCOMPARE(objectPath("Namespace", "shop", "shop"), std::string("Namespace/shop"));
    QCOMPARE(objectPath("Deployment", "shop", "web"), std::string("Deployment/shop/web"));
}

void OverviewTest::changesThatHaveNoRoomAreCounted()
{
    Overview o(practice("votelab"));
    auto* more = o.page.findChild<QPushButton*>(u"moreFixes"_s);
    QVERIFY(!more->isVisible()); // both changes of the set are in view
    // Rows that give way to a small card are counted at its title, and the link leads to where all are.
    auto* rows = o.page.findChild<FixesCard*>()->findChild<FittingRows*>();
    rows->setRows({ new QWidget });
    Q_EMIT rows->fitted(1);
    QVERIFY(more->isVisible());
    QCOMPARE(more->text(), u"1 more ›"_s);
    QTest::mouseClick(more, Qt::LeftButton);
    QCOMPARE(o.went(), (Location { u"attack"_s, {}, {} }));
}

void OverviewTest::fixesOfOneTitleAreToldApart()
{
    const assessment::AssessmentPtr votelab = practice("votelab");
    const auto effects = votelab->search->effects();
    const FixAdvice advice = fixAdvice(*votelab, effects, {}, effects.size());
    std::set<QString> titles;
    for (const FixLine& line : advice.lines)
        QVERIFY2(titles.insert(line.title).second, qPrintable(line.title));
    QVERIFY(std::any_of(advice.lines.begin(), advice.lines.end(),
        [](const FixLine& line) { return line.target == u"network edge"; }));
    QCOMPARE(effortWord('M'), u"medium effort"_s);
}

void OverviewTest::adviceTellsHowSureItIs()
{
    const assessment::AssessmentPtr votelab = practice("votelab");
    const attack::Search& search = *votelab->search;
    attack::SmallestSets sets = search.smallestSets(votelab->graph.jewels);
    const auto effects = search.effects();
    sets.proof = attack::SmallestSets::Proof::Greedy;
    sets.lowerBound = 1;
    QCOMPARE(fixAdvice(*votelab, effects, sets, 5).summary, u"2 changes close all 21 ways (fewer may do)"_s);
    sets.lowerBound = 2;
    QVERIFY(fixAdvice(*votelab, effects, sets, 5).summary.contains(u"proven"));
    sets.proof = attack::SmallestSets::Proof::Impossible;
    QVERIFY(fixAdvice(*votelab, effects, sets, 5).summary.startsWith(u"Not every way can be closed"));
    // A change that closes nothing alone stands in the set all the same.
    const FixAdvice together = fixAdvice(*votelab, {}, sets, 5);
    QCOMPARE(together.lines.size(), 2U);
    QCOMPARE(closesText(together.lines.front()), u"closes only together"_s);
}

void OverviewTest::adviceForPossibleWaysSaysSo()
{
    const assessment::AssessmentPtr hardened = practice("votelab-hardened");
    attack::OptionEffect effect;
    effect.closesPossible = 1;
    QVERIFY(!hardened->graph.options.empty());
    const FixAdvice advice = fixAdvice(*hardened, { effect }, {}, 5);
    QCOMPARE(advice.lines.size(), 1U);
    QVERIFY(advice.summary.contains(u"only possible"));
    QCOMPARE(closesText(advice.lines.front()), u"closes 1 of 2 possible"_s);
}

void OverviewTest::rowsThatDoNotFitAreLeftOut()
{
    FittingRows rows(2);
    std::vector<QWidget*> ten;
    for (int i = 0; i < 10; ++i) {
        auto* row = new QWidget;
        row->setFixedHeight(30);
        auto* column = new QVBoxLayout(row);
        column->addSpacing(30);
        column->setContentsMargins(0, 0, 0, 0);
        ten.push_back(row);
    }
    rows.setRows(ten);
    QSignalSpy fitted(&rows, &FittingRows::fitted);
    rows.resize(300, 200);
    rows.show();
    QTRY_COMPARE(rows.shownRows(), 6);
    for (int i = 0; i < 10; ++i)
        QCOMPARE(ten[static_cast<std::size_t>(i)]->isVisible(), i < 6);
    QVERIFY(ten[5]->geometry().bottom() < rows.height());
    QVERIFY(ten[5]->geometry().bottom() > rows.height() - 14); // what is left stands between them
    rows.resize(300, 20);
    QTRY_COMPARE(rows.shownRows(), 2);
    QCOMPARE(rows.minimumSizeHint().height(), 62);
}

void OverviewTest::headingIsNeverTheLastRow()
{
    FittingRows rows(1);
    std::vector<QWidget*> three;
    for (int i = 0; i < 3; ++i) {
        auto* row = new QWidget;
        auto* column = new QVBoxLayout(row);
        column->addSpacing(30);
        column->setContentsMargins(0, 0, 0, 0);
        three.push_back(row);
    }
    FittingRows::makeHeading(*three[1]);
    rows.setRows(three);
    rows.resize(300, 70);
    rows.show();
    QTRY_COMPARE(rows.shownRows(), 1);
    rows.resize(300, 100);
    QTRY_COMPARE(rows.shownRows(), 3);
}

void OverviewTest::coverageLeadsToWhatCouldNotBeSeen()
{
    Overview o(practice("votelab"));
    QSignalSpy details(&o.page, &Page::coverageWanted);
    auto* button = o.page.findChild<QPushButton*>(u"coverageDetails"_s);
    QCOMPARE(button->text(), gapsText(*o.given));
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(details.count(), 1);
    QVERIFY(o.says(u"11 · not in cert-manager"_s));
    QVERIFY(o.says(u"% of checks"_s));
}

void OverviewTest::figuresOfAnOlderAssessmentAreDropped()
{
    Overview o(practice("votelab"));
    o.given = practice("votelab-hardened");
    o.workspace.open({ { "made.yaml" }, {}, {}, {}, {} });
    QTRY_COMPARE(o.workspace.assessment(), o.given);
    o.settle();
    QCOMPARE(o.page.findChild<DonutChart*>()->counts(), o.given->posture.bySeverity);
    QVERIFY(o.visible<FixRow>().isEmpty());
}

void OverviewTest::everythingImportantIsOnOneScreen_data()
{
    QTest::addColumn<QString>("cluster");
    QTest::addColumn<QSize>("size");
    for (const QString& cluster : { u"votelab"_s, u"votelab-hardened"_s }) {
        QTest::addRow("%s, window of 1440 by 900", qPrintable(cluster)) << cluster << QSize(1240, 790);
        QTest::addRow("%s, window as it opens", qPrintable(cluster)) << cluster << QSize(1163, 777);
    }
}

void OverviewTest::everythingImportantIsOnOneScreen()
{
    QFETCH(QString, cluster);
    QFETCH(QSize, size);
    Overview o(practice(qPrintable(cluster)), size);
    auto* area = o.page.findChild<QScrollArea*>();
    QCOMPARE(area->verticalScrollBar()->maximum(), 0);
    for (const auto* rows : o.visible<FittingRows>())
        QVERIFY(rows->shownRows() == 0 || rows->childrenRect().bottom() <= rows->height());
}

void OverviewTest::longNamesAndRightToLeftHoldTogether()
{
    const std::string name(253, 'w');
    Overview o(test::hostileAssessment(name), { 1240, 795 });
    o.page.setLayoutDirection(Qt::RightToLeft);
    o.settle();
    auto* area = o.page.findChild<QScrollArea*>();
    QVERIFY(area->widget()->width() <= area->viewport()->width());
    auto* chart = o.page.findChild<StackedBarChart*>();
    const QRectF bar = chart->segmentRect(0, Severity::Critical);
    QVERIFY(bar.width() > 60); // the name leaves the bar its room
    QVERIFY(bar.right() < chart->width() * 0.7); // and stands at the right
    QVERIFY(chart->itemText(0).contains(QString(200, u'w')));
}

void OverviewTest::firstFrameIsQuick()
{
    workspace::Workspace workspace;
    QElapsedTimer timer;
    timer.start();
    OverviewPage page(workspace);
    page.resize(1240, 795);
    (void)page.grab();
    qInfo("page made and drawn: %lld ms", timer.elapsed());
    QVERIFY(timer.elapsed() < 500); // fifty alone; the machine of a test may be busy
    Overview o(practice("votelab"));
    timer.restart();
    (void)o.page.grab();
    qInfo("page drawn with content: %lld ms", timer.elapsed());
    QVERIFY(timer.elapsed() < 500);
}

GLACIS_TEST(OverviewTest)
#include "overview_test.moc"
