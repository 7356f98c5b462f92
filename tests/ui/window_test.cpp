// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The window with real events: what it shows for an empty, a typical, a hostile and a broken source, and the
// manners that hold for every widget in it.
#include "made_assessment.h"
#include "practice_assessment.h"
#include "test_main.h"

#include <findings/findings_table.h>
#include <inspector/inspector.h>
#include <overview/rows.h>
#include <overview/summary.h>
#include <shell/main_window.h>
#include <shell/navigation_bar.h>
#include <shell/page_list.h>
#include <shell/status_line.h>
#include <widgets/banner.h>
#include <widgets/plain_label.h>

#include <QAbstractButton>
#include <QAccessible>
#include <QApplication>
#include <QButtonGroup>
#include <QClipboard>
#include <QComboBox>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QElapsedTimer>
#include <QFileDialog>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTextDocument>
#include <QTextEdit>
#include <QToolButton>

#include <thread>

using namespace glacis;
using namespace glacis::ui;
using namespace Qt::StringLiterals;
using workspace::SourceRequest;
using workspace::Workspace;

class WindowTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void emptyWindowOffersTheNextStep();
    void typicalSourceFillsOverviewAndFindings();
    void everyShownTextIsPlain_data();
    void everyShownTextIsPlain();
    void everyInteractiveWidgetHasANameAndIsReachable();
    void brokenSourceSaysWhyAndWhatToDo();
    void brokenReloadKeepsWhatIsShown();
    void loadingShowsProgressAndCancels();
    void stageCardLeadsToItsFindings();
    void allCountsAreOfProblems();
    void worstRowSelectsItsFinding();
    void backAndForwardReturnToTheSamePlace();
    void shortcutsReachTheirPages();
    void filterKeepsTheSelectionAndFiltersByChip();
    void droppedFilesAreOpened();
    void statusLineOpensWhatCouldNotBeSeen();
    void copyButtonsCopy();
    void sizesAndDirectionsHoldTogether_data();
    void sizesAndDirectionsHoldTogether();
    void noTextIsCut();
    void themeSwitchesWithoutRestart();
    void stateIsKept();
    void firstFrameIsQuick();

private:
    std::unique_ptr<Theme> m_theme;
};

namespace {

const std::string hostile = "<b>bold</b><img src='file:///etc/passwd'>&amp;&quit <a href=x>a</a>\xE2\x80\xAE";

QStringList allPages()
{
    QStringList ids;
    for (const PageEntry& entry : pageList())
        ids += QString::fromLatin1(entry.id);
    return ids;
}

struct Window {
    explicit Window(Theme& theme, assessment::AssessmentPtr assessment = nullptr)
        : settings(folder.filePath(u"glacis.ini"_s))
        , workspace([assessment](const SourceRequest& r, const StopToken& stop,
                        const auto& report) -> Result<assessment::AssessmentPtr> {
            if (r.paths.front() == "broken.yaml")
                return failure("broken.yaml cannot be opened: " + hostile);
            if (r.paths.front() == "slow.yaml") {
                report({ workspace::LoadProgress::Step::Reading, 3'000'000, 12'000'000, 1200, "a/b.yaml" });
                while (!stop.stopRequested())
                    std::this_thread::sleep_for(std::chrono::milliseconds(1));
                return failure("cancelled");
            }
            return assessment;
        })
        , window(workspace, theme, settings)
    {
        window.resize(1280, 800);
        window.show();
        if (assessment)
            load("made.yaml");
    }
    void load(const char* path)
    {
        QSignalSpy ready(&workspace, &Workspace::assessmentReady),
            failed(&workspace, &Workspace::loadingFailed);
        window.open({ { path }, {}, {}, {}, {} });
        QTRY_COMPARE(ready.count() + failed.count(), 1);
        settle();
    }
    void settle()
    {
        QTRY_VERIFY(window.isSettled());
        QTest::qWait(20); // layouts of layouts take a few turns of the event loop
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QCoreApplication::processEvents();
    }
    template <class T> T* child(const char* name = nullptr)
    {
        return window.findChild<T*>(name ? QString::fromLatin1(name) : QString());
    }
    QString here() const { return window.here().page; }

    QTemporaryDir folder;
    Settings settings;
    Workspace workspace;
    MainWindow window;
};

QList<QWidget*> visibleWidgets(QWidget& root)
{
    QList<QWidget*> widgets;
    for (QWidget* widget : root.findChildren<QWidget*>())
        if (widget->isVisibleTo(&root))
            widgets += widget;
    return widgets;
}

bool isInteractive(const QWidget* widget)
{
    return qobject_cast<const QAbstractButton*>(widget) || qobject_cast<const QLineEdit*>(widget)
        || qobject_cast<const QAbstractItemView*>(widget) || qobject_cast<const QPlainTextEdit*>(widget)
        || qobject_cast<const QTabBar*>(widget) || qobject_cast<const QComboBox*>(widget);
}

/// Where a sink guesses between plain and rich text, the text must read the same after the guess.
QString afterGuessing(const QString& text)
{
    if (!Qt::mightBeRichText(text))
        return text;
    QTextDocument document;
    document.setHtml(text);
    return document.toPlainText();
}

}

void WindowTest::initTestCase()
{
    m_theme = std::make_unique<Theme>(*qApp);
    m_theme->choose(Theme::Choice::Dark);
}

void WindowTest::emptyWindowOffersTheNextStep()
{
    Window w(*m_theme);
    auto* empty = w.child<QWidget>("emptyState");
    QVERIFY(empty && empty->isVisible());
    QCOMPARE(empty->findChildren<QPushButton*>().size(), 4);
    QVERIFY(empty->findChild<QPushButton*>(u"emptyConnect"_s));
    auto* first = empty->findChildren<QPushButton*>().front();
    QCOMPARE(first->property("kind").toString(), u"primary"_s);
    QVERIFY(first->menu() && !first->menu()->isEmpty()); // what needs no file of one's own
    for (const auto* label : w.child<StatusLine>()->findChildren<PlainLabel*>())
        QVERIFY(label->text() != u"Read-only" || !label->isVisible());
    QTest::mouseClick(w.child<QPushButton>("emptyOpenFile"), Qt::LeftButton);
    auto* dialog = w.child<QFileDialog>("openDialog");
    QVERIFY(dialog);
    dialog->reject();
}

void WindowTest::typicalSourceFillsOverviewAndFindings()
{
    Window w(*m_theme, test::madeAssessment(test::typicalFindings()));
    QCOMPARE(w.here(), u"overview"_s);
    QCOMPARE(w.window.findChildren<WorstRow*>().size(), 3); // one a check
    w.window.go({ u"findings"_s, {}, {} });
    w.settle();
    QCOMPARE(w.here(), u"findings"_s);
    auto* table = w.child<FindingsTable>();
    QCOMPARE(table->model()->rowCount(), 5);
    QVERIFY(w.child<Inspector>()->finding());
}

void WindowTest::everyShownTextIsPlain_data()
{
    QTest::addColumn<QString>("page");
    for (const QString& page : allPages())
        QTest::newRow(qPrintable(page)) << page;
}

void WindowTest::everyShownTextIsPlain()
{
    QFETCH(QString, page);
    Window w(*m_theme, test::hostileAssessment(hostile));
    w.window.go({ page, {}, {} });
    w.settle();
    QTest::mouseClick(w.child<QPushButton>("coverageButton"), Qt::LeftButton);
    w.load("broken.yaml");
    int labels = 0, hits = 0;
    for (QWidget* widget : w.window.findChildren<QWidget*>()) {
        if (const auto* label = qobject_cast<QLabel*>(widget)) {
            ++labels;
            QCOMPARE(label->textFormat(), Qt::PlainText);
            QVERIFY(qobject_cast<PlainLabel*>(widget));
            hits += label->text().contains(u"<b>bold</b>") ? 1 : 0;
            QVERIFY(!label->text().contains(u'\u202E'));
        }
        QVERIFY(!qobject_cast<QTextEdit*>(widget)); // QPlainTextEdit has no rich text
        const QString tip = widget->toolTip();
        if (tip.contains(u"bold")) {
            ++hits;
            QVERIFY2(afterGuessing(tip).contains(u"<b>bold</b>"), qPrintable(tip));
        }
        if (const auto* button = qobject_cast<QAbstractButton*>(widget))
            QVERIFY(!button->text().contains(u"&quit"));
        if (const auto* view = qobject_cast<QTableView*>(widget)) {
            const QAbstractItemModel& model = *view->model();
            for (int row = 0; row < model.rowCount(); ++row)
                for (int column = 0; column < model.columnCount(); ++column) {
                    const QString cell = model.index(row, column).data(Qt::ToolTipRole).toString();
                    if (cell.contains(u"bold"))
                        QVERIFY(afterGuessing(cell).contains(u"<b>bold</b>"));
                }
        }
    }
    for (const QAction* action : w.window.findChildren<QAction*>())
        QVERIFY2(
            !action->text().contains(u"<b>") || !action->text().contains(u"&q"), qPrintable(action->text()));
    QVERIFY(labels > 30);
    QVERIFY(hits > 4); // the hostile text did reach the window
}

void WindowTest::everyInteractiveWidgetHasANameAndIsReachable()
{
    Window w(*m_theme, test::practiceAssessment("votelab"));
    for (const QString& page : allPages()) {
        w.window.go({ page, {}, {} });
        w.settle();
        for (QWidget* widget : visibleWidgets(w.window)) {
            if (!isInteractive(widget)
                || widget->inherits("QHeaderView")) // the table's own menu sorts by keyboard
                continue;
            if (widget->inherits("QTableCornerButton") || widget->inherits("QMenuBarExtension")
                || widget->inherits("QTabBarScrollButton"))
                continue;
            QAccessibleInterface* face = QAccessible::queryAccessibleInterface(widget);
            QVERIFY(face);
            const QString name = face->text(QAccessible::Name);
            QVERIFY2(!name.isEmpty(),
                qPrintable(u"%1 %2 on %3"_s.arg(
                    QString::fromLatin1(widget->metaObject()->className()), widget->objectName(), page)));
            // Of a row of choices one takes the focus, and arrow keys go on from there.
            const auto* button = qobject_cast<QAbstractButton*>(widget);
            const auto row = button && button->group() && button->group()->exclusive()
                ? button->group()->buttons()
                : QList<QAbstractButton*>();
            const bool oneOfAFew = std::any_of(
                row.begin(), row.end(), [](const auto* b) { return b->focusPolicy() & Qt::TabFocus; });
            if (!oneOfAFew && !widget->inherits("QLineEditIconButton")) // Esc and Ctrl+F do the same
                QVERIFY2(widget->focusPolicy() & Qt::TabFocus, qPrintable(name));
        }
    }
}

void WindowTest::brokenSourceSaysWhyAndWhatToDo()
{
    Window w(*m_theme);
    w.load("broken.yaml");
    auto* banner = w.child<Banner>();
    QVERIFY(banner->isVisible());
    QVERIFY(banner->title().contains(u"broken.yaml"));
    QVERIFY(banner->detail().contains(u"cannot be opened"));
    QVERIFY(banner->detail().contains(u"open another"));
    QVERIFY(w.child<QWidget>("emptyState")->isVisible());
}

void WindowTest::brokenReloadKeepsWhatIsShown()
{
    Window w(*m_theme, test::madeAssessment(test::typicalFindings()));
    w.load("broken.yaml");
    QVERIFY(w.child<Banner>()->isVisible());
    QVERIFY(w.child<QWidget>("overviewPage")->isVisible());
    w.load("made.yaml");
    QVERIFY(!w.child<Banner>()->isVisible());
}

void WindowTest::loadingShowsProgressAndCancels()
{
    Window w(*m_theme);
    w.window.open({ { "slow.yaml" }, {}, {}, {}, {} });
    QVERIFY(!w.window.isSettled());
    QTRY_VERIFY(w.workspace.progress().objects == 1200);
    bool told = false;
    for (const auto* label : w.window.findChildren<PlainLabel*>())
        told = told
            || (label->isVisible() && label->text().contains(u"1,200") && label->text().contains(u"12"));
    QVERIFY(told);
    auto* cancel = w.child<QPushButton>("cancelButton");
    QVERIFY(cancel->isVisible());
    QTest::mouseClick(cancel, Qt::LeftButton);
    QVERIFY(!w.workspace.isLoading());
    QVERIFY(w.child<QWidget>("emptyState")->isVisible());
    QVERIFY(!cancel->isVisible());
}

void WindowTest::stageCardLeadsToItsFindings()
{
    Window w(*m_theme, test::madeAssessment(test::typicalFindings()));
    QTest::mouseClick(w.child<QAbstractButton>("stage4"), Qt::LeftButton);
    QCOMPARE(w.window.here().filter, u"stage:4"_s);
    QCOMPARE(w.child<FindingsTable>()->model()->rowCount(), 1);
}

/// Navigation, cards, chips and the page itself count the same thing, however many rows a problem has.
void WindowTest::allCountsAreOfProblems()
{
    std::vector<test::MadeFinding> findings = test::typicalFindings();
    test::MadeFinding more = findings.front();
    more.locus = "container sidecar";
    findings.insert(findings.begin() + 1, more);
    Window w(*m_theme, test::madeAssessment(findings));
    const Summary summary = summarise(*w.workspace.assessment(), 10, 10);
    QCOMPARE(summary.total, 4U);
    std::uint32_t inNamespaces = 0, ofChecks = 0;
    for (const NamespaceSummary& ns : summary.namespaces)
        inNamespaces += ns.total;
    for (const WorstFinding& worst : summary.worst)
        ofChecks += worst.count;
    QCOMPARE(inNamespaces, 4U);
    QCOMPARE(ofChecks, 4U);
    QCOMPARE(w.child<QAbstractButton>("go-findings")->accessibleDescription(), u"4"_s);
    w.window.go({ u"findings"_s, {}, {} });
    QCOMPARE(w.child<PlainLabel>("findingsCounts")->text(), u"4 problems in 6 places"_s);
    QCOMPARE(w.child<QAbstractButton>("severity-critical")->text(), u"Critical 1"_s);
    w.child<QLineEdit>("filter")->setText(u"ns:agents"_s);
    QCOMPARE(w.child<PlainLabel>("findingsCounts")->text(), u"1 of 4 problems"_s);
}

void WindowTest::worstRowSelectsItsFinding()
{
    Window w(*m_theme, test::madeAssessment(test::typicalFindings()));
    auto rows = w.window.findChildren<WorstRow*>();
    rows.back()->setFocus();
    QTest::keyClick(rows.back(), Qt::Key_Space);
    QCOMPARE(w.here(), u"findings"_s);
    QCOMPARE(w.window.here().finding, QString::fromStdString(w.child<Inspector>()->finding()->fingerprint));
    QVERIFY(w.window.here().filter.startsWith(u"check:GL-"));
}

void WindowTest::backAndForwardReturnToTheSamePlace()
{
    Window w(*m_theme, test::madeAssessment(test::typicalFindings()));
    QTest::mouseClick(w.child<QAbstractButton>("stage4"), Qt::LeftButton);
    QTest::mouseClick(w.child<QAbstractButton>("go-overview"), Qt::LeftButton);
    QCOMPARE(w.here(), u"overview"_s);
    QTest::keyClick(&w.window, Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(w.window.here().page, u"findings"_s);
    QCOMPARE(w.window.here().filter, u"stage:4"_s);
    QTest::keyClick(&w.window, Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(w.here(), u"overview"_s);
    QVERIFY(!w.child<QAction>("back")->isEnabled());
    QTest::keyClick(&w.window, Qt::Key_Right, Qt::AltModifier);
    QCOMPARE(w.window.here().filter, u"stage:4"_s);
    QTest::mouseClick(&w.window, Qt::BackButton, {}, QPoint(4, 4));
    QCOMPARE(w.here(), u"overview"_s);
}

void WindowTest::shortcutsReachTheirPages()
{
    Window w(*m_theme, test::madeAssessment(test::typicalFindings()));
    QVERIFY(QTest::qWaitForWindowActive(&w.window));
    QTest::keyClick(&w.window, Qt::Key_3, Qt::ControlModifier);
    QCOMPARE(w.here(), u"findings"_s);
    QTest::keyClick(&w.window, Qt::Key_1, Qt::ControlModifier);
    QCOMPARE(w.here(), u"overview"_s);
    QTest::keyClick(&w.window, Qt::Key_F, Qt::ControlModifier);
    QCOMPARE(w.here(), u"findings"_s);
    QVERIFY(w.child<QLineEdit>("filter")->hasFocus());
    QSignalSpy started(&w.workspace, &Workspace::loadingStarted);
    QTest::keyClick(&w.window, Qt::Key_F5);
    QCOMPARE(started.count(), 1);
}

void WindowTest::filterKeepsTheSelectionAndFiltersByChip()
{
    Window w(*m_theme, test::madeAssessment(test::typicalFindings()));
    w.window.go({ u"findings"_s, {}, u"f6"_s });
    auto* details = w.child<Inspector>();
    QCOMPARE(details->finding()->fingerprint, std::string("f6"));
    auto* filter = w.child<QLineEdit>("filter");
    filter->setFocus();
    QTest::keyClicks(filter, u"ns:agents"_s);
    QCOMPARE(details->finding()->fingerprint, std::string("f1"));
    QTest::keyClick(filter, Qt::Key_Escape);
    QCOMPARE(filter->text(), QString());
    QCOMPARE(details->finding()->fingerprint, std::string("f6"));
    QTest::mouseClick(w.child<QAbstractButton>("severity-critical"), Qt::LeftButton);
    QCOMPARE(filter->text(), u"severity:critical"_s);
    QCOMPARE(w.child<FindingsTable>()->model()->rowCount(), 1);
    QTest::mouseClick(w.child<QAbstractButton>("severity-critical"), Qt::LeftButton);
    QCOMPARE(filter->text(), QString());
    filter->setText(u"matches nothing"_s);
    QCOMPARE(details->finding(), nullptr);
}

void WindowTest::droppedFilesAreOpened()
{
    Window w(*m_theme, test::madeAssessment(test::typicalFindings()));
    QMimeData data;
    data.setUrls({ QUrl::fromLocalFile(u"/tmp/a.yaml"_s), QUrl(u"https://example.org/b.yaml"_s) });
    QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&w.window, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&w.window, &drop);
    QCOMPARE(w.workspace.request().paths, std::vector<std::string> { "/tmp/a.yaml" });
    QMimeData words;
    words.setText(u"words"_s);
    QDragEnterEvent refused(QPoint(10, 10), Qt::CopyAction, &words, Qt::LeftButton, Qt::NoModifier);
    refused.ignore();
    QApplication::sendEvent(&w.window, &refused);
    QVERIFY(!refused.isAccepted());
}

void WindowTest::statusLineOpensWhatCouldNotBeSeen()
{
    Window w(*m_theme, test::madeAssessment(test::typicalFindings()));
    auto* button = w.child<QPushButton>("coverageButton");
    QCOMPARE(button->text(), u"1 coverage gap"_s);
    QTest::mouseClick(button, Qt::LeftButton);
    auto* panel = w.child<QWidget>("coveragePanel");
    QVERIFY(panel->isVisible());
    bool names = false, counts = false;
    for (const auto* label : panel->findChildren<PlainLabel*>())
        names = names || label->text().contains(u"get,list nodes");
    for (const auto* label : panel->findChildren<PlainLabel*>())
        counts = counts || label->text() == button->text();
    QVERIFY(names && counts);
    QTest::keyClick(panel, Qt::Key_Escape);
    QVERIFY(!panel->isVisible());
}

void WindowTest::copyButtonsCopy()
{
    Window w(*m_theme, test::madeAssessment(test::typicalFindings()));
    w.window.go({ u"findings"_s, {}, u"f0"_s });
    w.settle();
    auto* table = w.child<FindingsTable>();
    table->setFocus();
    QTest::keyClick(table, Qt::Key_C, Qt::ControlModifier);
    QVERIFY(QApplication::clipboard()->text().contains(u"GL-POD-001\t"));
    for (auto* button : w.child<Inspector>()->findChildren<QToolButton*>())
        if (button->accessibleName() == u"Copy the object's name"_s)
            QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(QApplication::clipboard()->text(), u"Deployment shop/web"_s);
}

void WindowTest::sizesAndDirectionsHoldTogether_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<Qt::LayoutDirection>("direction");
    QTest::addColumn<bool>("hostileNames");
    for (const bool nasty : { false, true })
        for (const Qt::LayoutDirection direction : { Qt::LeftToRight, Qt::RightToLeft })
            for (const QSize size :
                { QSize(760, 520), QSize(1000, 640), QSize(1440, 900), QSize(2560, 1400) })
                QTest::addRow("%dx%d %s %s", size.width(), size.height(),
                    direction == Qt::LeftToRight ? "ltr" : "rtl", nasty ? "long names" : "typical")
                    << size << direction << nasty;
}

/// No widget stands outside its parent, and the window does not grow past the size that was asked for.
void WindowTest::sizesAndDirectionsHoldTogether()
{
    QFETCH(QSize, size);
    QFETCH(Qt::LayoutDirection, direction);
    QFETCH(bool, hostileNames);
    Window w(*m_theme,
        hostileNames ? test::hostileAssessment(std::string(253, 'w')) : test::practiceAssessment("votelab"));
    w.window.setLayoutDirection(direction);
    w.window.resize(size);
    for (const QString& page : allPages()) {
        w.window.go({ page, {}, {} });
        w.settle();
        QCOMPARE(w.window.size(), size);
        for (QWidget* widget : visibleWidgets(w.window)) {
            const QWidget* parent = widget->parentWidget();
            if (widget->isWindow() || qobject_cast<const QAbstractScrollArea*>(parent->parentWidget())
                || qobject_cast<const QAbstractScrollArea*>(parent))
                continue;
            const QRect box = widget->geometry();
            QVERIFY2(box.left() >= -1 && box.right() <= parent->width() && box.top() >= -1
                    && box.bottom() <= parent->height(),
                qPrintable(
                    u"%1 %2 in %3 on %4: %5,%6 %7x%8 in %9"_s
                        .arg(QString::fromLatin1(widget->metaObject()->className()), widget->objectName(),
                            QString::fromLatin1(parent->metaObject()->className()), page)
                        .arg(box.x())
                        .arg(box.y())
                        .arg(box.width())
                        .arg(box.height())
                        .arg(u"%1x%2"_s.arg(parent->width()).arg(parent->height()))));
        }
        for (const auto* area : w.window.findChildren<QScrollArea*>())
            if (area->isVisible())
                QVERIFY(area->widget()->width() <= area->viewport()->width());
    }
}

/// Texts of several lines have the height that they need at their width, in the smallest window too.
void WindowTest::noTextIsCut()
{
    const auto check = [](Window& w, const char* where) {
        for (int width = 720; width <= 1000; width += 7) {
            w.window.resize(width, 520);
            w.settle();
            for (const auto* block : w.window.findChildren<TextBlock*>())
                if (block->isVisible())
                    QVERIFY2(block->height() >= block->heightForWidth(block->width()),
                        qPrintable(
                            u"%1 at %2: %3"_s.arg(QLatin1StringView(where)).arg(width).arg(block->text())));
        }
    };
    Window empty(*m_theme);
    check(empty, "no source");
    Window typical(*m_theme, test::madeAssessment(test::typicalFindings()));
    typical.window.go({ u"findings"_s, {}, {} });
    check(typical, "findings");
    typical.child<QLineEdit>("filter")->setText(u"matches nothing"_s);
    check(typical, "no finding");
}

void WindowTest::themeSwitchesWithoutRestart()
{
    Window w(*m_theme, test::madeAssessment(test::typicalFindings()));
    const QImage dark = w.window.grab().toImage();
    w.child<QAction>("toggleTheme")->trigger();
    w.settle();
    const QImage light = w.window.grab().toImage();
    const QPoint ground(12, w.window.height() - 80);
    QVERIFY(dark.pixelColor(ground).lightness() < 60);
    QVERIFY(light.pixelColor(ground).lightness() > 200);
    QCOMPARE(w.settings.theme(), u"light"_s);
    m_theme->choose(Theme::Choice::Dark);
}

void WindowTest::stateIsKept()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(u"kept.ini"_s);
    for (int run = 0; run < 2; ++run) {
        Settings settings(file);
        Workspace workspace(
            [](const SourceRequest&, const StopToken&, const auto&) -> Result<assessment::AssessmentPtr> {
                return test::madeAssessment(test::typicalFindings());
            });
        MainWindow window(workspace, *m_theme, settings);
        if (run == 0) {
            window.resize(1111, 777);
            window.show();
            QSignalSpy ready(&workspace, &Workspace::assessmentReady);
            window.open({ { "kept.yaml" }, {}, {}, {}, {} });
            QTRY_COMPARE(ready.count(), 1);
            window.go({ u"findings"_s, {}, {} });
            window.close();
        } else {
            QCOMPARE(window.size(), QSize(1111, 777));
            QCOMPARE(window.here().page, u"findings"_s);
            QVERIFY(settings.recent().front().endsWith(u"kept.yaml"));
        }
    }
}

void WindowTest::firstFrameIsQuick()
{
    QElapsedTimer timer;
    timer.start();
    Window w(*m_theme);
    QVERIFY(QTest::qWaitForWindowExposed(&w.window));
    (void)w.window.grab();
    qInfo("window and first frame: %lld ms", timer.elapsed());
    QVERIFY(timer.elapsed() < 2000); // half a second alone; the machine of a test may be busy
}

GLACIS_TEST(WindowTest)
#include "window_test.moc"
