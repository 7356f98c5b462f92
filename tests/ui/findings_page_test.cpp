// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The Findings page with real events: headings, columns, facets, completion, saved views, copies, and what
// stays when its rows are replaced.
#include "made_assessment.h"
#include "practice_assessment.h"
#include "slowdown.h"
#include "test_main.h"

#include <findings/facet_panel.h>
#include <findings/filter_completion.h>
#include <findings/findings_header.h>
#include <findings/findings_page.h>
#include <findings/findings_table.h>
#include <shell/main_window.h>
#include <theme/theme.h>
#include <widgets/plain_label.h>

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QElapsedTimer>
#include <QFile>
#include <QFileDialog>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSplitter>
#include <QTemporaryDir>
#include <QToolButton>

#include <algorithm>
#include <set>

using namespace glacis;
using namespace glacis::ui;
using namespace Qt::StringLiterals;
using Column = FindingColumn;

class FindingsPageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void headingsFoldByMouseAndKeyboard();
    void foldedGroupsStayFoldedOverReloads();
    void headingStaysInViewAndFoldsFromThere();
    void modelIsValidThroughGroupsAndFolds();
    void groupsAreChosenFromTheMenu();
    void clickSortsAndShiftClickAddsAColumn();
    void facetClickGoesIntoTheLineAndOutAgain();
    void facetsGiveWayToChips();
    void completionIsTakenByKeyboard();
    void complaintStandsBelowTheLine();
    void viewIsSavedUnderANameAndComesBack();
    void columnsAreChosenAndKept();
    void titlesAndObjectsAreWholeBeforeOthersStandBesideThem();
    void checksThatBeginAlikeAreToldApart();
    void copiesAreTablesOfOtherPrograms();
    void copiedNamesRunNoFormulaAndFormNoMarkup();
    void exportWritesAFileAndSaysSo();
    void severalSelectedFindingsAreTold();
    void headingTellsItsFindings();
    void selectionAndPlaceSurviveEveryAnswer();
    void reloadKeepsTheSelectionByFingerprint();
    void latestQuestionWins();
    void outsideTextStaysPlainEverywhere();
    void windowKeepsWhatThePageRemembers();
    void hundredThousandRowsKeepTheWindowFluid();
};

namespace {

struct Shown {
    explicit Shown(assessment::AssessmentPtr first, const QSize& size = { 1300, 700 })
        : assessment(std::move(first))
        , workspace([this](const workspace::SourceRequest&, const StopToken&,
                        const auto&) -> Result<assessment::AssessmentPtr> { return assessment; })
        , page(workspace)
    {
        page.resize(size);
        page.show();
        page.activateWindow();
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
        QTRY_VERIFY_WITH_TIMEOUT(!model().isBusy(), 20'000);
        QCoreApplication::processEvents();
    }
    FindingsTable& table() { return *page.findChild<FindingsTable*>(); }
    FindingsModel& model() { return table().findings(); }
    QLineEdit& line() { return *page.findChild<QLineEdit*>(u"filter"_s); }
    FacetPanel& facets() { return *page.findChild<FacetPanel*>(); }
    void press(int row)
    {
        const QRect rect = table().visualRect(model().QAbstractTableModel::index(row, int(Column::Title)));
        QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, rect.center());
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(&table(), key, modifiers); }
    QString current()
    {
        const int row = table().currentIndex().row();
        return model().group(row)
            ? u'#' + model().titleOfGroup(row)
            : model().QAbstractTableModel::index(row, int(Column::Object)).data().toString();
    }
    void choose(const char* menuButton, const QString& text)
    {
        auto* button = page.findChild<QAbstractButton*>(QString::fromLatin1(menuButton));
        auto* push = qobject_cast<QPushButton*>(button);
        QMenu* menu = push ? push->menu() : qobject_cast<QToolButton*>(button)->menu();
        Q_EMIT menu->aboutToShow(); // fills it; to pop it up would wait for a person
        for (QAction* action : menu->findChildren<QAction*>())
            if (action->text() == text)
                return action->trigger();
        for (QAction* action : menu->actions())
            if (action->text() == text)
                return action->trigger();
        QFAIL(qPrintable(u"no entry "_s + text));
    }

    assessment::AssessmentPtr assessment;
    workspace::Workspace workspace;
    FindingsPage page;
};

assessment::AssessmentPtr typical() { return test::madeAssessment(test::typicalFindings()); }

}

void FindingsPageTest::headingsFoldByMouseAndKeyboard()
{
    Shown s(typical());
    s.model().setGrouping({ Grouping::By::Namespace });
    QCOMPARE(s.model().rowCount(), 8); // shop 3, agents 1, cluster-wide 1, and their headings
    QVERIFY(s.model().group(0));
    s.press(0);
    QVERIFY(s.model().isFolded(0));
    QCOMPARE(s.model().rowCount(), 5);
    QCOMPARE(s.current(), u"#shop"_s);
    s.table().setFocus();
    s.key(Qt::Key_Right);
    QCOMPARE(s.model().rowCount(), 8);
    s.key(Qt::Key_Down);
    s.key(Qt::Key_Down);
    QCOMPARE(s.current(), u"vote"_s);
    s.key(Qt::Key_Left); // to its heading
    QCOMPARE(s.current(), u"#shop"_s);
    s.key(Qt::Key_Left);
    QVERIFY(s.model().isFolded(0));
    s.key(Qt::Key_Space);
    QVERIFY(!s.model().isFolded(0));
    s.model().setAllFolded(true);
    QCOMPARE(s.model().rowCount(), 3);
    s.model().setAllFolded(false);
    QCOMPARE(s.model().rowCount(), 8);
    s.page.setLayoutDirection(Qt::RightToLeft); // outwards is to the right
    s.table().setCurrentIndex(s.model().QAbstractTableModel::index(0, 0));
    s.key(Qt::Key_Right);
    QVERIFY(s.model().isFolded(0));
}

void FindingsPageTest::foldedGroupsStayFoldedOverReloads()
{
    Shown s(typical());
    s.model().setGrouping({ Grouping::By::Namespace });
    s.model().setFolded(0, true);
    s.line().setText(u"severity:high+"_s);
    QVERIFY(s.model().isFolded(s.model().rowOfGroup("shop")));
    s.line().clear();
    s.assessment = typical();
    s.load();
    QVERIFY(s.model().isFolded(s.model().rowOfGroup("shop")));
    QVERIFY(!s.model().isFolded(s.model().rowOfGroup("agents")));
    // Who is sent to a finding in a folded group sees it.
    s.page.arrive({ u"findings"_s, {}, u"f2"_s });
    QCOMPARE(s.current(), u"vote"_s);
}

void FindingsPageTest::headingStaysInViewAndFoldsFromThere()
{
    Shown s(test::madeAssessment(test::manyFindings(400)), { 1300, 400 });
    s.model().setGrouping({ Grouping::By::Check });
    s.table().verticalScrollBar()->setValue(500);
    const int rows = s.model().rowCount();
    QTest::mouseClick(s.table().viewport(), Qt::LeftButton, {}, QPoint(200, 10)); // where row 15 was
    QVERIFY(s.model().isFolded(0));
    QVERIFY(s.model().rowCount() < rows);
    QVERIFY(s.table().rowViewportPosition(0) >= 0);
}

void FindingsPageTest::modelIsValidThroughGroupsAndFolds()
{
    FindingsModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    FacetModel facets;
    QAbstractItemModelTester other(&facets, QAbstractItemModelTester::FailureReportingMode::Fatal);
    connect(&model, &FindingsModel::shown, &facets, [&] { facets.show(model.view()); });
    model.setGrouping({ Grouping::By::Check });
    model.setAssessment(test::madeAssessment(test::manyFindings(200)));
    const QPersistentModelIndex kept(model.QAbstractTableModel::index(7, 3));
    const posture::Finding* finding = model.finding(7);
    model.setSort({ { Column::Object, Qt::DescendingOrder } });
    QCOMPARE(model.finding(kept.row()), finding);
    for (int row = model.rowCount() - 1; row >= 0; --row)
        if (model.group(row))
            model.setFolded(row, row % 2 == 0);
    model.setSort({});
    model.setAllFolded(true);
    model.setAllFolded(false);
    facets.toggleMore(FilterKey::Namespace);
    model.setFilter(u"ns:ns-7"_s);
    model.setGrouping({ Grouping::By::Framework, "nsa" });
    facets.toggleMore(FilterKey::Namespace);
    model.setFilter({});
    model.setAssessment(test::hostileAssessment("<b>x</b>"));
    model.setGrouping({ Grouping::By::Object });
    model.setAssessment(nullptr);
    QCOMPARE(model.rowCount(), 0);
}

void FindingsPageTest::groupsAreChosenFromTheMenu()
{
    Shown s(typical());
    s.choose("groupButton", u"Stage"_s);
    QVERIFY(s.model().asked().grouping.by == Grouping::By::Stage);
    QVERIFY(s.page.findChild<QPushButton*>(u"groupButton"_s)->accessibleName().contains(u"Stage"));
    s.choose("groupButton", u"CIS 1.12"_s);
    QCOMPARE(s.model().asked().grouping.framework, std::string("cis-1.12"));
    s.choose("groupButton", u"Fold All Groups"_s);
    QCOMPARE(s.model().rowCount(), int(s.model().view().groups.size()));
}

void FindingsPageTest::clickSortsAndShiftClickAddsAColumn()
{
    Shown s(test::madeAssessment(test::manyFindings(60)), { 2000, 700 });
    auto* header = s.page.findChild<FindingsHeader*>();
    const auto click = [&](Column column, Qt::KeyboardModifiers modifiers = {}) {
        const QPoint at(header->sectionViewportPosition(int(column)) + 20, header->height() / 2);
        QTest::mouseClick(header->viewport(), Qt::LeftButton, modifiers, at);
    };
    click(Column::Severity); // worst first comes first
    QVERIFY((s.model().asked().sort == std::vector<SortKey> { { Column::Severity, Qt::DescendingOrder } }));
    click(Column::Object, Qt::ShiftModifier);
    click(Column::Severity, Qt::ShiftModifier);
    QVERIFY((s.model().asked().sort
        == std::vector<SortKey> {
            { Column::Severity, Qt::AscendingOrder }, { Column::Object, Qt::AscendingOrder } }));
    for (int row = 1; row < s.model().rowCount(); ++row) {
        const auto cell = [&](int r, Column c, int role) {
            return s.model().QAbstractTableModel::index(r, int(c)).data(role);
        };
        const int a = cell(row - 1, Column::Severity, FindingsModel::SeverityRole).toInt();
        const int b = cell(row, Column::Severity, FindingsModel::SeverityRole).toInt();
        QVERIFY(a < b
            || (a == b
                && cell(row - 1, Column::Object, Qt::DisplayRole).toString()
                    <= cell(row, Column::Object, Qt::DisplayRole).toString()));
    }
    QCOMPARE(s.model().headerData(int(Column::Object), Qt::Horizontal, Qt::AccessibleTextRole).toString(),
        u"Object, ascending, sort column 2"_s);
    click(Column::Object); // alone: by this one
    QVERIFY((s.model().asked().sort == std::vector<SortKey> { { Column::Object, Qt::AscendingOrder } }));
    click(Column::Object);
    click(Column::Object);
    QVERIFY(s.model().asked().sort.empty());
}

void FindingsPageTest::facetClickGoesIntoTheLineAndOutAgain()
{
    Shown s(typical());
    QVERIFY(s.facets().isVisible());
    const auto press = [&](FilterKey key, const char* value) {
        const int row = s.facets().facets().rowOf(key, value);
        QVERIFY2(row >= 0, value);
        const QModelIndex index = s.facets().facets().index(row);
        s.facets().scrollTo(index);
        QTest::mouseClick(s.facets().viewport(), Qt::LeftButton, {}, s.facets().visualRect(index).center());
    };
    press(FilterKey::Namespace, "shop");
    QCOMPARE(s.line().text(), u"ns:shop"_s);
    press(FilterKey::Severity, "critical");
    press(FilterKey::Severity, "low");
    QCOMPARE(s.line().text(), u"severity:critical,low ns:shop"_s);
    QCOMPARE(s.model().rowCount(), 2);
    const int low = s.facets().facets().rowOf(FilterKey::Severity, "low");
    QCOMPARE(s.facets().facets().index(low).data(Qt::CheckStateRole).toInt(), int(Qt::Checked));
    press(FilterKey::Namespace, "shop");
    s.facets().setFocus();
    s.facets().setCurrentIndex(s.facets().facets().index(low));
    QTest::keyClick(&s.facets(), Qt::Key_Space);
    QCOMPARE(s.line().text(), u"severity:critical"_s);
    // What is chosen can be taken back even when nothing is left of it.
    s.line().setText(u"ns:agents zebra"_s);
    press(FilterKey::Namespace, "agents");
    QCOMPARE(s.line().text(), u"zebra"_s);
}

void FindingsPageTest::facetsGiveWayToChips()
{
    Shown s(typical(), { 1300, 600 });
    auto* chip = s.page.findChild<QAbstractButton*>(u"severity-critical"_s);
    auto* button = s.page.findChild<QToolButton*>(u"facetsButton"_s);
    QVERIFY(s.facets().isVisible() && !chip->isVisible());
    QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(!s.facets().isVisible() && chip->isVisible());
    QTest::mouseClick(button, Qt::LeftButton);
    s.page.resize(700, 600);
    QCoreApplication::processEvents();
    QVERIFY(!s.facets().isVisible() && chip->isVisible());
    QTest::mouseClick(chip, Qt::LeftButton);
    QCOMPARE(s.line().text(), u"severity:critical"_s);
}

void FindingsPageTest::completionIsTakenByKeyboard()
{
    Shown s(typical());
    s.line().setFocus();
    QVERIFY(QTest::qWaitForWindowActive(&s.page));
    QTest::keyClicks(&s.line(), u"na"_s);
    auto* list = s.page.window()->findChild<FilterCompletion*>();
    QVERIFY(list->isVisible());
    QTest::keyClick(&s.line(), Qt::Key_Tab);
    QCOMPARE(s.line().text(), u"ns:"_s); // and goes on with the values
    QVERIFY(list->isVisible() && s.line().hasFocus());
    QCOMPARE(list->model()->rowCount(), 4);
    QTest::keyClick(&s.line(), Qt::Key_Down);
    QTest::keyClick(&s.line(), Qt::Key_Up);
    QTest::keyClick(&s.line(), Qt::Key_Return);
    QCOMPARE(s.line().text(), u"ns:shop "_s);
    QVERIFY(!list->isVisible());
    QCOMPARE(s.model().rowCount(), 3);
    QTest::keyClicks(&s.line(), u"kin"_s);
    QVERIFY(list->isVisible());
    QTest::keyClick(&s.line(), Qt::Key_Escape); // closes the list, not the filter
    QVERIFY(!list->isVisible());
    QCOMPARE(s.line().text(), u"ns:shop kin"_s);
    QTest::keyClick(&s.line(), Qt::Key_Escape);
    QCOMPARE(s.line().text(), QString());
    QTest::keyClicks(&s.line(), u"ki"_s);
    QVERIFY(list->isVisible());
    s.facets().setFocus();
    QVERIFY(!list->isVisible());
}

void FindingsPageTest::complaintStandsBelowTheLine()
{
    Shown s(typical());
    auto* hint = s.page.findChild<ElidedLabel*>(u"filterHint"_s);
    QVERIFY(!hint->isVisible());
    s.line().setText(u"foo:bar "_s);
    QVERIFY(hint->isVisible());
    QVERIFY(hint->text().contains(u"foo"));
    s.line().setText(u"ns:nowhere "_s);
    QVERIFY(hint->text().contains(u"nowhere"));
    s.line().clear();
    QVERIFY(!hint->isVisible());
}

void FindingsPageTest::viewIsSavedUnderANameAndComesBack()
{
    QByteArray kept;
    {
        Shown s(typical());
        s.line().setText(u"ns:shop"_s);
        s.model().setGrouping({ Grouping::By::Check });
        s.choose("viewsButton", u"Save This View…"_s);
        auto* name = s.page.findChild<QLineEdit*>(u"viewName"_s);
        QVERIFY(name->isVisible());
        QTest::keyClick(name, Qt::Key_Return); // no name yet
        QVERIFY(name->isVisible());
        name->setFocus();
        QTest::keyClicks(name, u"Shop & checks"_s);
        QTest::keyClick(name, Qt::Key_Return);
        QVERIFY(!name->isVisible());
        s.choose("viewsButton", u"Critical and high"_s);
        QCOMPARE(s.line().text(), u"severity:high+"_s);
        QVERIFY(!s.model().isGrouped());
        kept = s.page.saveState();
        QVERIFY(!kept.contains("severity:high+")); // the present filter is nobody's business
    }
    Shown s(typical());
    s.page.restoreState(kept);
    s.choose("viewsButton", u"Shop && checks"_s);
    QCOMPARE(s.line().text(), u"ns:shop"_s);
    QVERIFY(s.model().asked().grouping.by == Grouping::By::Check);
    QCOMPARE(s.model().view().matches, std::size_t(3));
    for (const QByteArray& nonsense :
        { QByteArray(), QByteArray("x"), QByteArray("{\"columns\":3,\"views\":{}}") })
        s.page.restoreState(nonsense);
}

void FindingsPageTest::columnsAreChosenAndKept()
{
    Shown s(typical());
    auto* header = s.page.findChild<FindingsHeader*>();
    s.choose("columnsButton", u"Stage"_s);
    s.choose("columnsButton", u"Severity"_s);
    QVERIFY(!header->isSectionHidden(int(Column::Stage)));
    QVERIFY(header->isSectionHidden(int(Column::Severity)));
    header->moveSection(header->visualIndex(int(Column::Stage)), 0);
    header->resizeSection(int(Column::Stage), 222);
    s.model().setSort({ { Column::Stage, Qt::DescendingOrder } });
    const QByteArray kept = s.page.saveState();
    Shown other(typical());
    other.page.restoreState(kept);
    QVERIFY(other.table().shownColumns() == s.table().shownColumns());
    QCOMPARE(int(other.table().shownColumns().front()), int(Column::Stage));
    QCOMPARE(other.table().horizontalHeader()->sectionSize(int(Column::Stage)), 222);
    QVERIFY(other.model().asked().sort == s.model().asked().sort);
    other.choose("columnsButton", u"Choose by Room"_s);
    QVERIFY(!other.table().isColumnHidden(int(Column::Severity)));
    QVERIFY(other.table().isColumnHidden(int(Column::Stage)));
}

void FindingsPageTest::titlesAndObjectsAreWholeBeforeOthersStandBesideThem()
{
    Shown s(glacis::test::practiceAssessment("votelab"),
        { 898, 700 }); // beside the inspector in a window of 1440
    const QFontMetrics metrics(s.table().font());
    for (const Column column : { Column::Title, Column::Object })
        for (int row = 0; row < 20; ++row) {
            const QString text = s.model().QAbstractTableModel::index(row, int(column)).data().toString();
            QVERIFY2(
                metrics.horizontalAdvance(text) + 20 <= s.table().columnWidth(int(column)), qPrintable(text));
        }
    QVERIFY(s.table().isColumnHidden(int(Column::Namespace)));
    // What a person made wider stays so.
    s.table().setColumnWidth(int(Column::Object), 300);
    s.page.resize(1298, 700);
    s.settle();
    QCOMPARE(s.table().columnWidth(int(Column::Object)), 300);
    QVERIFY(!s.table().isColumnHidden(int(Column::Namespace)));
    s.table().resetColumns();
    QVERIFY(s.table().columnWidth(int(Column::Object)) < 300);
}

void FindingsPageTest::checksThatBeginAlikeAreToldApart()
{
    Shown s(glacis::test::practiceAssessment("votelab"));
    const FacetModel& facets = s.facets().facets();
    int lines = 0, tall = 0;
    for (int row = 0; row < facets.rowCount(); ++row) {
        if (facets.row(row).kind != FacetModel::Kind::Value)
            continue;
        const int height = s.facets().sizeHintForIndex(facets.index(row)).height();
        if (facets.row(row).key != FilterKey::Check)
            lines = height;
        else
            tall += height > lines ? 1 : 0;
        QVERIFY(!facets.index(row).data(Qt::ToolTipRole).toString().isEmpty());
    }
    QVERIFY(tall > 3); // sentences wrap, names do not
}

void FindingsPageTest::copiesAreTablesOfOtherPrograms()
{
    Shown s(typical());
    s.page.arrive({ u"findings"_s, {}, u"f0"_s });
    s.key(Qt::Key_Down, Qt::ShiftModifier);
    s.choose("exportButton", u"Copy as CSV"_s);
    QStringList lines = QApplication::clipboard()->text().split(u"\r\n"_s);
    QCOMPARE(lines.size(), qsizetype(3));
    QVERIFY(lines[0].startsWith(u"Severity,Check,Title"));
    QVERIFY(lines[1].startsWith(u"Critical,GL-POD-001,"));
    s.choose("exportButton", u"Copy as Markdown"_s);
    lines = QApplication::clipboard()->text().split(u'\n');
    QCOMPARE(lines.size(), qsizetype(4));
    QVERIFY(lines[1].startsWith(u"| --- | --- |"));
    QVERIFY(lines[2].contains(u"| `web` |"));
    s.key(Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QApplication::clipboard()->text().split(u'\n').size(), qsizetype(2));
    s.table().clearSelection(); // nothing selected: all that is shown
    s.choose("exportButton", u"Copy as CSV"_s);
    QCOMPARE(QApplication::clipboard()->text().split(u"\r\n"_s).size(), qsizetype(6));
}

void FindingsPageTest::copiedNamesRunNoFormulaAndFormNoMarkup()
{
    std::vector<test::MadeFinding> findings = test::typicalFindings();
    findings.resize(1);
    findings[0].name = "=HYPERLINK(\"x\")|[a](b)\n`code`";
    const FindingIndexPtr index = FindingIndex::make(test::madeAssessment(findings));
    const std::vector<Column> columns { Column::Object, Column::State };
    const std::string csv = findingsText(*index, { 0 }, columns, TextFormat::Csv);
    QCOMPARE(
        QString::fromStdString(csv), u"Object,State\r\n\"'=HYPERLINK(\"\"x\"\")|[a](b) `code`\",Open\r\n"_s);
    const std::string markdown = findingsText(*index, { 0 }, columns, TextFormat::Markdown);
    QCOMPARE(QString::fromStdString(markdown).split(u'\n')[2],
        u"| ``=HYPERLINK(\"x\")\\|[a](b) `code` `` | Open |"_s);
    QVERIFY(findingsText(*index, { 0 }, columns, TextFormat::TabSeparated).find('\n')
        == findingsText(*index, { 0 }, columns, TextFormat::TabSeparated).size() - 1);
}

void FindingsPageTest::exportWritesAFileAndSaysSo()
{
    Shown s(typical());
    QTemporaryDir folder;
    auto* hint = s.page.findChild<ElidedLabel*>(u"filterHint"_s);
    const auto exportTo = [&](const QString& path) {
        s.choose("exportButton", u"Export to a File…"_s);
        auto* dialog = s.page.findChild<QFileDialog*>();
        QVERIFY(dialog);
        Q_EMIT dialog->fileSelected(path);
        dialog->close();
        QTRY_VERIFY(hint->isVisible() && !hint->text().isEmpty());
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    };
    exportTo(folder.filePath(u"a.csv"_s));
    QVERIFY2(hint->text().startsWith(u"5 row"), qPrintable(hint->text()));
    QFile csv(folder.filePath(u"a.csv"_s));
    QVERIFY(csv.open(QIODevice::ReadOnly));
    QCOMPARE(csv.readAll().count("\r\n"), 6); // all, with a heading: one selected row is no choice
    hint->setText({});
    exportTo(folder.filePath(u"b.md"_s));
    QFile markdown(folder.filePath(u"b.md"_s));
    QVERIFY(markdown.open(QIODevice::ReadOnly));
    QVERIFY(markdown.readAll().startsWith("| Severity |"));
    hint->setText({});
    exportTo(folder.filePath(u"not/there.csv"_s));
    QVERIFY2(hint->text().contains(u"could not be written"), qPrintable(hint->text()));
}

void FindingsPageTest::severalSelectedFindingsAreTold()
{
    Shown s(typical());
    QSignalSpy told(&s.page, &Page::selected);
    s.page.arrive({ u"findings"_s, {}, u"f0"_s });
    s.key(Qt::Key_Down, Qt::ShiftModifier);
    s.key(Qt::Key_Down, Qt::ShiftModifier);
    QVERIFY(told.count() >= 2);
    const Selection selection = s.page.selection();
    QVERIFY(selection.kind == Selection::Kind::Findings);
    QCOMPARE(selection.findings.size(), std::size_t(3));
    QCOMPARE(selection.findings[0]->fingerprint, std::string("f0"));
    s.key(Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(s.page.selection().findings.size(), std::size_t(5));
}

void FindingsPageTest::headingTellsItsFindings()
{
    Shown s(typical());
    s.model().setGrouping({ Grouping::By::Namespace });
    s.table().setCurrentIndex(s.model().QAbstractTableModel::index(0, 0));
    QCOMPARE(s.page.selection().findings.size(), std::size_t(3));
    QCOMPARE(s.model().QAbstractTableModel::index(0, 4).data(Qt::AccessibleTextRole).toString(),
        u"Group shop, 3 problems, worst: Critical"_s);
}

void FindingsPageTest::selectionAndPlaceSurviveEveryAnswer()
{
    Shown s(test::madeAssessment(test::manyFindings(900)), { 1300, 500 });
    s.page.arrive({ u"findings"_s, {}, u"f777"_s });
    s.key(Qt::Key_Down, Qt::ShiftModifier);
    const auto selected = s.page.selection().findings;
    QCOMPARE(selected.size(), std::size_t(2));
    const int y = s.table().visualRect(s.table().currentIndex()).top();
    s.model().setSort({ { Column::Object, Qt::DescendingOrder } });
    auto now = s.page.selection().findings;
    QCOMPARE(std::set(now.begin(), now.end()), std::set(selected.begin(), selected.end()));
    QVERIFY(s.table().viewport()->rect().intersects(s.table().visualRect(s.table().currentIndex())));
    s.model().setSort({});
    QCOMPARE(s.table().visualRect(s.table().currentIndex()).top(), y);
    s.line().setText(u"zebra"_s);
    QVERIFY(s.page.selection().findings.empty());
    s.line().setText(u"severity:info"_s);
    s.line().clear();
    now = s.page.selection().findings;
    QCOMPARE(std::set(now.begin(), now.end()), std::set(selected.begin(), selected.end()));
}

void FindingsPageTest::reloadKeepsTheSelectionByFingerprint()
{
    Shown s(typical());
    s.page.arrive({ u"findings"_s, {}, u"f6"_s });
    std::vector<test::MadeFinding> findings = test::typicalFindings();
    s.assessment = test::madeAssessment(findings);
    s.load();
    QCOMPARE(s.page.selection().findings.size(), std::size_t(1));
    QCOMPARE(s.page.selection().findings[0]->fingerprint, std::string("f6"));
    QCOMPARE(s.current(), u"db"_s);
}

/// Asked faster than answered: what is shown in the end is the last question, and the selection lives.
void FindingsPageTest::latestQuestionWins()
{
    Shown s(test::madeAssessment(test::manyFindings(FindingsModel::atOnce + 3000)));
    s.page.arrive({ u"findings"_s, {}, u"f70"_s });
    QSignalSpy shown(&s.model(), &FindingsModel::shown);
    for (const QString& text : { u"s"_s, u"se"_s, u"ns:ns-1"_s, u"ns:ns-10"_s, u"severity:high"_s })
        s.line().setText(text);
    s.model().setGrouping({ Grouping::By::Severity });
    QVERIFY(s.page.isBusy());
    s.settle();
    QVERIFY(shown.count() >= 1 && shown.count() < 6);
    QCOMPARE(s.model().view().query.filter, u"severity:high"_s);
    QCOMPARE(s.model().view().groups.size(), std::size_t(1));
    s.line().clear();
    s.assessment = test::madeAssessment(test::manyFindings(FindingsModel::atOnce + 3000));
    s.load(); // while the line's question is under way
    QCOMPARE(s.model().assessment(), s.workspace.assessment());
    QCOMPARE(s.model().view().query.filter, QString());
    QCOMPARE(s.page.selection().findings[0]->fingerprint, std::string("f70"));
}

void FindingsPageTest::outsideTextStaysPlainEverywhere()
{
    const std::string hostile = "<b>x</b>&y\xE2\x80\xAE" + std::string(253, 'w');
    Shown s(test::hostileAssessment(hostile), { 1300, 600 });
    s.model().setFilter(u"state:any"_s);
    s.model().setGrouping({ Grouping::By::Namespace });
    const auto isPlain = [](const QString& text) {
        return !text.contains(u'\u202E') && (!text.startsWith(u"<qt>") || !text.contains(u"<b>"));
    };
    int names = 0;
    for (const QAbstractItemModel* model : { s.table().model(), s.facets().model() })
        for (int row = 0; row < model->rowCount(); ++row)
            for (int column = 0; column < model->columnCount(); ++column)
                for (const int role : { Qt::DisplayRole, Qt::ToolTipRole, Qt::AccessibleTextRole }) {
                    const QString text = model->index(row, column).data(role).toString();
                    QVERIFY2(isPlain(text), qPrintable(text));
                    names += text.contains(u"www") ? 1 : 0;
                }
    QVERIFY(names > 10);
    s.line().setText(u"ns:nowhere<b>\u202E x"_s);
    QVERIFY(isPlain(s.page.findChild<ElidedLabel*>(u"filterHint"_s)->text()));
    for (const QSize& size : { QSize(560, 500), QSize(720, 500), QSize(1300, 500) }) {
        s.page.resize(size);
        QCoreApplication::processEvents();
        QCOMPARE(s.page.width(), size.width()); // no name forces the page wide
    }
}

void FindingsPageTest::windowKeepsWhatThePageRemembers()
{
    QTemporaryDir folder;
    Theme theme(*qApp);
    for (int run = 0; run < 2; ++run) {
        Settings settings(folder.filePath(u"kept.ini"_s));
        workspace::Workspace workspace(
            [](const workspace::SourceRequest&, const StopToken&,
                const auto&) -> Result<assessment::AssessmentPtr> { return typical(); });
        MainWindow window(workspace, theme, settings);
        window.show();
        QSignalSpy ready(&workspace, &workspace::Workspace::assessmentReady);
        window.open({ { "kept.yaml" }, {}, {}, {}, {} });
        QTRY_COMPARE(ready.count(), 1);
        window.go({ u"findings"_s, {}, {} });
        FindingsModel& model = window.findChild<FindingsTable*>()->findings();
        if (run == 0)
            model.setGrouping({ Grouping::By::Stage });
        else
            QVERIFY(model.asked().grouping.by == Grouping::By::Stage);
        window.close();
    }
}

/// The size is small by default: GLACIS_BENCH_FINDINGS=100000 measures what the budget speaks of.
void FindingsPageTest::hundredThousandRowsKeepTheWindowFluid()
{
    const int count = qEnvironmentVariableIntValue("GLACIS_BENCH_FINDINGS");
    Shown s(test::madeAssessment(test::manyFindings(std::size_t(count > 0 ? count : 8000))));
    QVERIFY(QTest::qWaitForWindowExposed(&s.page));
    QSignalSpy shown(&s.model(), &FindingsModel::shown);
    const auto measure = [&](const char* what, const auto& ask) {
        shown.clear();
        QElapsedTimer timer;
        timer.start();
        ask();
        const qint64 asked = timer.elapsed();
        qint64 longest = 0; // turn of the event loop
        while (s.model().isBusy() || s.workspace.isLoading()) {
            const qint64 before = timer.elapsed();
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 5);
            longest = std::max(longest, timer.elapsed() - before);
        }
        s.table().repaint();
        qInfo("%-24s key %2lld ms, longest turn %2lld ms, shown after %3lld ms", what, asked, longest,
            timer.elapsed());
        QVERIFY2(asked < 200 * test::slowdown, what);
    };
    measure("filter, a letter", [&] { s.line().setText(u"w"_s); });
    measure("filter, a word", [&] { s.line().setText(u"web-77"_s); });
    measure("filter, a term", [&] { s.line().setText(u"severity:high"_s); });
    measure("filter, cleared", [&] { s.line().clear(); });
    measure("sort by object", [&] { s.model().setSort({ { Column::Object, Qt::DescendingOrder } }); });
    measure("group by check", [&] { s.model().setGrouping({ Grouping::By::Check }); });
    measure("group by namespace", [&] { s.model().setGrouping({ Grouping::By::Namespace }); });
    measure("fold all", [&] { s.model().setAllFolded(true); });
    measure("unfold all", [&] { s.model().setAllFolded(false); });
    measure("fold one", [&] { s.model().setFolded(0, true); });
    measure("no groups", [&] { s.model().setGrouping({}); });
    s.table().selectAll();
    measure("sort, all selected", [&] { s.model().setSort({}); });
    measure("reload", [&] { s.workspace.reload(); });
}

GLACIS_TEST(FindingsPageTest)
#include "findings_page_test.moc"
