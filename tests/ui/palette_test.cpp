// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The palette: what fits what, how fast, and the way by keyboard and mouse through it.
#include "made_assessment.h"
#include "test_main.h"

#include <palette/fuzzy_match.h>
#include <palette/palette.h>
#include <shell/main_window.h>

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QApplication>
#include <QDialog>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QListView>
#include <QMenuBar>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace glacis;
using namespace glacis::ui;
using namespace Qt::StringLiterals;
using workspace::SourceRequest;
using workspace::Workspace;

class PaletteTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void wordsMustAllBeFound();
    void betterFitsComeFirst_data();
    void betterFitsComeFirst();
    void matchedLettersAreTold();
    void hostileTextIsHarmless();
    void tableFindsWhatTheMaskLetsThrough();
    void keystrokeOnTwentyThousandEntriesIsQuick();
    void modelKeepsItsContract();
    void largeAssessmentsAreSearchedAside();
    void emptyQueryShowsWhatWasUsedFirst();
    void everyActionOfTheMenuBarIsFound();
    void keyboardFindsAndOpens();
    void objectLeadsToItsFindings();
    void podLeadsToTheFindingsOfItsOwner();
    void nodeLeadsIntoTheAttackPath();
    void escapeAndClickOutsideClose();
    void searchBoxOpensThePalette();
    void nothingFitsIsSaid();
    void rowsFollowTheTheme();

private:
    std::unique_ptr<Theme> m_theme;
};

namespace {

int scoreOf(const char* query, const char* title, const char* detail = "")
{
    const std::string text = *detail ? std::string(title) + ' ' + detail : std::string(title);
    return FuzzyMatcher(query).score(text, std::string_view(title).size()).value_or(-1);
}

struct Window {
    explicit Window(Theme& theme, assessment::AssessmentPtr assessment)
        : settings(folder.filePath(u"glacis.ini"_s))
        , workspace([assessment](const SourceRequest&, const StopToken&,
                        const auto&) -> Result<assessment::AssessmentPtr> { return assessment; })
        , window(workspace, theme, settings)
    {
        window.resize(1280, 800);
        window.show();
        QSignalSpy ready(&workspace, &Workspace::assessmentReady);
        window.open({ { "made.yaml" }, {}, {}, {}, {} });
        QTRY_COMPARE(ready.count(), 1);
        QTRY_VERIFY(window.isSettled());
    }
    Palette* palette() { return window.findChild<Palette*>(); }
    QLineEdit* edit() { return window.findChild<QLineEdit*>(u"paletteEdit"_s); }
    QListView* list() { return window.findChild<QListView*>(u"paletteList"_s); }
    /// Types, waits for the answer, and gives the titles of the first rows.
    QStringList type(const QString& text)
    {
        edit()->clear();
        QTest::keyClicks(edit(), text);
        return rows();
    }
    QStringList rows()
    {
        (void)QTest::qWaitFor([this] { return !palette()->isBusy(); });
        QStringList titles;
        for (int row = 0; row < std::min(8, list()->model()->rowCount()); ++row)
            titles += list()->model()->index(row, 0).data(PaletteModel::TitleRole).toString();
        return titles;
    }

    QTemporaryDir folder;
    Settings settings;
    Workspace workspace;
    MainWindow window;
};

const char* const deployment = R"(
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - {name: web, image: "registry/web:1", securityContext: {privileged: true}}
---
apiVersion: apps/v1
kind: ReplicaSet
metadata:
  {name: web-5d9c, namespace: shop, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: web, uid: a, controller: true}]}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "registry/web:1"}]}
---
apiVersion: v1
kind: Pod
metadata:
  {name: web-5d9c-x7k2p, namespace: shop, labels: {app: web}, ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web-5d9c, uid: b, controller: true}]}
spec: {containers: [{name: web, image: "registry/web:1"}]}
)";

}

void PaletteTest::initTestCase()
{
    m_theme = std::make_unique<Theme>(*qApp);
    m_theme->choose(Theme::Choice::Dark);
}

void PaletteTest::wordsMustAllBeFound()
{
    QVERIFY(scoreOf("web", "shop/web") > 0);
    QVERIFY(scoreOf("WEB", "shop/web") > 0);
    QVERIFY(scoreOf("deploy web", "shop/web", "Deployment") > 0);
    QVERIFY(scoreOf("shw", "shop/web") > 0);
    QCOMPARE(scoreOf("deploy web", "shop/web", "Service"), -1);
    QCOMPARE(scoreOf("bew", "shop/web"), -1);
    QVERIFY(FuzzyMatcher("  ").empty());
    QCOMPARE(scoreOf("rbac", "for debian packages"), -1); // strewn over the text by chance
    QVERIFY(scoreOf("dply", "shop/web", "Deployment") > 0);
    QVERIFY(scoreOf("pod-001", "A container runs privileged", "Deployment shop/web · GL-POD-001") > 0);
    const std::string far = "a" + std::string(300, '-') + "z";
    QVERIFY(FuzzyMatcher("az").score(far, far.size())); // however wide the gap
}

void PaletteTest::betterFitsComeFirst_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QByteArray>("better");
    QTest::addColumn<QByteArray>("worse");
    const auto row = [](const char* query, const char* better, const char* worse) {
        QTest::addRow("%s", query) << QByteArray(query) << QByteArray(better) << QByteArray(worse);
    };
    row("rdk", "platform-agents/rdkalv", "drizzle-disk");
    row("vote", "vote", "vote/vote-frontend");
    row("vote", "vote/db", "result/vote");
    row("ps", "Pod Secrets", "apps");
    row("find", "Findings", "Find a finding in a profile index");
    row("settings", "Settings", "shop/settings-service");
    row("dash", "kubernetes-dashboard", "database-shard");
    row("cA", "clusterAdmin", "mecca");
}

void PaletteTest::betterFitsComeFirst()
{
    QFETCH(QByteArray, query);
    QFETCH(QByteArray, better);
    QFETCH(QByteArray, worse);
    const int a = scoreOf(query.constData(), better.constData());
    const int b = scoreOf(query.constData(), worse.constData());
    QVERIFY2(a > b, qPrintable(u"%1 against %2"_s.arg(a).arg(b)));
}

void PaletteTest::matchedLettersAreTold()
{
    using Positions = std::vector<std::uint16_t>;
    QCOMPARE(FuzzyMatcher("web").positions("shop/web", 8), (Positions { 5, 6, 7 }));
    QCOMPARE(FuzzyMatcher("sw").positions("shop/web", 8), (Positions { 0, 5 }));
    QCOMPARE(FuzzyMatcher("web sh").positions("shop/web", 8), (Positions { 0, 1, 5, 6, 7 }));
    QVERIFY(FuzzyMatcher("x").positions("shop/web", 8).empty());
}

void PaletteTest::hostileTextIsHarmless()
{
    EntryTable table;
    const std::string nasty = "<b>bold</b>\xE2\x80\xAE" + std::string(100'000, '\xFF') + "end";
    table.add(EntryKind::Object, nasty, nasty, 0);
    table.add(EntryKind::Object, "", "", 1);
    std::vector<PaletteHit> hits;
    table.match("bold", 0, hits);
    QCOMPARE(hits.size(), std::size_t(1));
    QVERIFY(table.text(0).size() < 1000);
    (void)FuzzyMatcher(std::string(100'000, 'a')).score(std::string(100'000, 'a'), 100'000);
    table.match(std::string(5000, ' ') + std::string("\xFF\x00 b", 4), 0, hits);
}

void PaletteTest::tableFindsWhatTheMaskLetsThrough()
{
    EntryTable table;
    table.add(EntryKind::Object, "shop/web", "Deployment", 7);
    table.add(EntryKind::Object, "shop/db", "StatefulSet", 8);
    table.add(EntryKind::Object, "größe", "ConfigMap", 9);
    const auto found = [&table](const char* query) {
        std::vector<PaletteHit> hits;
        table.match(query, 3, hits);
        keepBest(hits, 10);
        std::vector<std::uint32_t> targets;
        for (const PaletteHit& hit : hits)
            targets.push_back(table[hit.row].target);
        return targets;
    };
    QCOMPARE(found("shop"), (std::vector<std::uint32_t> { 8, 7 })); // the shorter one first
    QCOMPARE(found("SHOP DEPL"), (std::vector<std::uint32_t> { 7 }));
    QCOMPARE(found("öß"), (std::vector<std::uint32_t> { 9 }));
    QVERIFY(found("zzz").empty());
    QCOMPARE(table.title(0), std::string_view("shop/web"));
    QCOMPARE(table.detail(0), std::string_view("Deployment"));
}

void PaletteTest::keystrokeOnTwentyThousandEntriesIsQuick()
{
    EntryTable table;
    const char* const kinds[] = { "Deployment", "Service", "ConfigMap", "ServiceAccount", "RoleBinding" };
    const char* const names[] = { "frontend", "payments-gateway", "user-profile", "search-index", "mailer" };
    for (std::uint32_t i = 0; i < 20'000; ++i)
        table.add(EntryKind::Object,
            "team-" + std::to_string(i % 200) + '/' + names[i % 5] + '-' + std::to_string(i), kinds[i % 5],
            i);
    qint64 worst = 0;
    for (const char* query :
        { "p", "pa", "pay", "paym", "paymen", "payments 19", "e", "team front dep", "qqq" }) {
        QElapsedTimer timer;
        timer.start();
        std::vector<PaletteHit> hits;
        table.match(query, 0, hits);
        keepBest(hits, PaletteModel::maxRows);
        worst = std::max(worst, timer.nsecsElapsed() / 1000);
        QVERIFY(!hits.empty() || std::string_view(query) == "qqq");
    }
    qInfo("the slowest keystroke on 20,000 entries took %lld us", static_cast<long long>(worst));
#ifdef NDEBUG
    QVERIFY(worst < 100'000); // 15 ms alone; the machine of a test may be busy
#endif
}

void PaletteTest::modelKeepsItsContract()
{
    PaletteModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QAction action(u"Reload"_s);
    action.setShortcut(Qt::Key_F5);
    model.setCommands(
        { { EntryKind::Action, u"Reload"_s, u"File"_s, u"reload"_s, Glyph::Reload, &action } }, {});
    QCOMPARE(model.rowCount(), 1);
    model.setAssessment(test::madeAssessment(test::typicalFindings()));
    QTRY_VERIFY(!model.isBusy());
    model.setQuery(u"e"_s);
    QVERIFY(model.rowCount() > 3);
    model.setQuery(u"relo"_s);
    QCOMPARE(model.index(0, 0).data(PaletteModel::TitleRole).toString(), u"Reload"_s);
    QCOMPARE(model.index(0, 0).data(PaletteModel::KeysRole).toString(), u"F5"_s);
    QCOMPARE(model.index(0, 0).data(PaletteModel::TitleMatchRole).value<QList<int>>(),
        (QList<int> { 0, 1, 2, 3 }));
    model.setAssessment({});
    model.setQuery({});
    QCOMPARE(model.rowCount(), 1);
}

void PaletteTest::largeAssessmentsAreSearchedAside()
{
    PaletteModel model;
    model.setAssessment(test::madeAssessment(test::manyFindings(20'000)));
    QTRY_VERIFY_WITH_TIMEOUT(!model.isBusy(), 20'000);
    QSignalSpy answered(&model, &PaletteModel::answered);
    model.setQuery(u"a"_s);
    if (model.isBusy()) { // so many entries: the answer comes later, of the last query only
        model.setQuery(u"qqqqq"_s);
        QTRY_VERIFY(!model.isBusy());
        QTRY_COMPARE(answered.count(), 1);
        QCOMPARE(model.rowCount(), 0);
        model.setQuery(u"a"_s);
        QTRY_VERIFY(!model.isBusy());
    }
    QVERIFY(model.rowCount() > 0);
    QVERIFY(model.rowCount() <= static_cast<int>(PaletteModel::maxRows));
    model.setQuery(u"ab"_s);
    model.setAssessment({}); // while it may still be searching
    QTRY_VERIFY(!model.isBusy());
    QCOMPARE(model.rowCount(), 0);
}

void PaletteTest::emptyQueryShowsWhatWasUsedFirst()
{
    Window w(*m_theme, test::madeAssessment(test::typicalFindings()));
    w.window.openPalette();
    QCOMPARE(w.rows().front(), u"Overview"_s);
    w.type(u"keyboard sh"_s);
    QTest::keyClick(w.edit(), Qt::Key_Return);
    QCOMPARE(w.settings.usedCommands(), QStringList { u"shortcuts"_s });
    w.window.findChild<QDialog*>(u"shortcutSheet"_s)->close();
    w.window.openPalette();
    QCOMPARE(w.rows().front(), u"Keyboard Shortcuts"_s);
    w.type(u"web deployment"_s);
    const QString object = w.rows().front();
    QTest::keyClick(w.edit(), Qt::Key_Return);
    w.window.openPalette();
    QCOMPARE(w.rows().front(), object);
    QCOMPARE(w.settings.usedCommands().size(), 1); // what a cluster holds is not written down
}

void PaletteTest::everyActionOfTheMenuBarIsFound()
{
    Window w(*m_theme, test::madeAssessment(test::typicalFindings()));
    w.window.openPalette();
    const auto* model = w.palette()->model();
    QStringList ids;
    for (int row = 0; row < model->rowCount(); ++row)
        if (const PaletteCommand* command = model->command(row))
            ids += command->id;
    int seen = 0;
    const std::function<void(const QMenu&)> walk = [&](const QMenu& menu) {
        for (const QAction* action : menu.actions()) {
            if (action->menu())
                walk(*action->menu());
            else if (!action->isSeparator() && action->isEnabled() && !action->objectName().isEmpty()) {
                QVERIFY2(ids.contains(action->objectName()), qPrintable(action->objectName()));
                ++seen;
            }
        }
    };
    for (const QAction* top : w.window.menuBar()->actions())
        walk(*top->menu());
    QVERIFY(seen > 20);
    // And every action of the window stands in the menu bar.
    for (const QAction* action : w.window.actions())
        if (action->isEnabled())
            QVERIFY2(ids.contains(action->objectName()), qPrintable(action->objectName()));
}

void PaletteTest::keyboardFindsAndOpens()
{
    Window w(*m_theme, test::madeAssessment(test::typicalFindings()));
    QVERIFY(QTest::qWaitForWindowActive(&w.window));
    QTest::keyClick(&w.window, Qt::Key_K, Qt::ControlModifier);
    QVERIFY(w.palette()->isVisible());
    QVERIFY(w.edit()->hasFocus());
    QCOMPARE(w.type(u"findi"_s).front(), u"Findings"_s);
    QTest::keyClick(w.edit(), Qt::Key_Return);
    QVERIFY(!w.palette()->isVisible());
    QCOMPARE(w.window.here().page, u"findings"_s);

    QTest::keyClick(&w.window, Qt::Key_K, Qt::ControlModifier);
    const int last = w.list()->model()->rowCount() - 1;
    const auto row = [&w] { return w.list()->currentIndex().row(); };
    QCOMPARE(row(), 0);
    QTest::keyClick(w.edit(), Qt::Key_Down);
    QTest::keyClick(w.edit(), Qt::Key_Down);
    QCOMPARE(row(), 2);
    QTest::keyClick(w.edit(), Qt::Key_Up);
    QCOMPARE(row(), 1);
    QTest::keyClick(w.edit(), Qt::Key_PageDown);
    QVERIFY(row() > 5);
    QTest::keyClick(w.edit(), Qt::Key_PageUp);
    QTest::keyClick(w.edit(), Qt::Key_Up);
    QTest::keyClick(w.edit(), Qt::Key_Up);
    QCOMPARE(row(), last); // round the end
    QTest::keyClick(&w.window, Qt::Key_K, Qt::ControlModifier);
    QVERIFY(!w.palette()->isVisible());
}

void PaletteTest::objectLeadsToItsFindings()
{
    Window w(*m_theme, test::madeAssessment(test::typicalFindings()));
    w.window.openPalette();
    w.type(u"shop/web deployment"_s);
    const QModelIndex first = w.list()->model()->index(0, 0);
    QTest::mouseClick(w.list()->viewport(), Qt::LeftButton, {}, w.list()->visualRect(first).center());
    QCOMPARE(w.window.here().page, u"findings"_s);
    const Location here = w.window.here();
    QVERIFY2(here.filter == u"kind:Deployment ns:shop name:web"_s || !here.finding.isEmpty(),
        qPrintable(here.filter));
    w.window.openPalette();
    for (int row = 0; row < w.palette()->model()->rowCount(); ++row)
        QVERIFY(w.palette()->model()->kind(row) != EntryKind::Finding || row < 6);
}

void PaletteTest::podLeadsToTheFindingsOfItsOwner()
{
    const auto index = AssessmentIndex::make(test::assessedText(deployment));
    QStringList filters;
    for (std::size_t row = 0; row < index->table().size(); ++row)
        if (index->table()[row].kind == EntryKind::Object)
            filters += index->location(row).filter;
    QCOMPARE(filters.size(), 3);
    for (const QString& filter : filters)
        QCOMPARE(filter, u"kind:Deployment ns:shop name:web"_s);
}

void PaletteTest::nodeLeadsIntoTheAttackPath()
{
    const auto assessment = test::assessedText(deployment);
    const auto index = AssessmentIndex::make(assessment);
    std::size_t nodes = 0;
    QStringList titles;
    for (std::size_t row = 0; row < index->table().size(); ++row) {
        if (index->table()[row].kind != EntryKind::Node)
            continue;
        ++nodes;
        const Location location = index->location(row);
        QCOMPARE(location.page, u"attack"_s);
        QVERIFY(location.item.startsWith(u"node:"_s));
        QVERIFY(assessment->graph.find(location.item.mid(5).toStdString()) != attack::None);
        titles += test::text(index->table().text(row));
    }
    QVERIFY(nodes > 0);
    QCOMPARE(titles.count(u"shop/web Workload"_s), 1); // of the ways to hold it, one
}

void PaletteTest::escapeAndClickOutsideClose()
{
    Window w(*m_theme, test::madeAssessment(test::typicalFindings()));
    QVERIFY(QTest::qWaitForWindowActive(&w.window));
    auto* before = w.window.findChild<QAbstractButton*>(u"go-findings"_s);
    before->setFocus();
    w.window.openPalette();
    QTest::keyClick(w.edit(), Qt::Key_Escape);
    QVERIFY(!w.palette()->isVisible());
    QVERIFY(before->hasFocus());
    w.window.openPalette();
    QTest::mouseClick(w.palette(), Qt::LeftButton, {}, QPoint(5, w.palette()->height() - 5));
    QVERIFY(!w.palette()->isVisible());
}

void PaletteTest::searchBoxOpensThePalette()
{
    Window w(*m_theme, test::madeAssessment(test::typicalFindings()));
    QTest::mouseClick(w.window.findChild<QAbstractButton*>(u"searchBox"_s), Qt::LeftButton);
    QVERIFY(w.palette()->isVisible());
    w.window.resize(740, 500);
    QTest::qWait(20);
    QCOMPARE(w.palette()->geometry(), w.window.rect());
    QVERIFY(w.window.rect().contains(QRect(w.edit()->mapTo(&w.window, QPoint()), w.edit()->size())));
}

void PaletteTest::nothingFitsIsSaid()
{
    Window w(*m_theme, test::madeAssessment(test::typicalFindings()));
    w.window.openPalette(u"qqqqzzzz"_s);
    QVERIFY(!w.list()->isVisible());
    QTest::keyClick(w.edit(), Qt::Key_Return); // and nothing happens
    QVERIFY(w.palette()->isVisible());
    w.type(u"over"_s);
    QVERIFY(w.list()->isVisible());
}

/// The darkest and the lightest pixel of the rows: dark words on a light ground, or the other way round.
void PaletteTest::rowsFollowTheTheme()
{
    Window w(*m_theme, test::madeAssessment(test::typicalFindings()));
    for (const auto choice : { Theme::Choice::Light, Theme::Choice::Dark }) {
        m_theme->choose(choice);
        w.window.openPalette(u"e"_s);
        QTest::qWait(10);
        const QImage rows = w.list()->viewport()->grab().toImage();
        const QColor current = rows.pixelColor(rows.width() / 2, 5);
        QCOMPARE(current.lightness() > 128, choice == Theme::Choice::Light);
        int strongest = 0; // distance of the second row's ink from its ground
        const int second = w.list()->visualRect(w.list()->model()->index(1, 0)).center().y();
        const int ground = colour(Token::Card, m_theme->tone()).lightness();
        for (int x = 0; x < rows.width(); ++x)
            for (int y = second - 8; y < second + 8; ++y)
                strongest = std::max(strongest, std::abs(rows.pixelColor(x, y).lightness() - ground));
        QVERIFY2(strongest > 120, qPrintable(QString::number(strongest)));
    }
}

GLACIS_TEST(PaletteTest)
#include "palette_test.moc"
