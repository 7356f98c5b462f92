// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The fleet in the window: nothing is contacted unasked, every step of a test is told, several clusters stand
// beside each other.
#include "made_assessment.h"
#include "made_clusters.h"
#include "test_main.h"

#include <clusters/clusters_page.h>
#include <clusters/connection_steps.h>
#include <clusters/context_table.h>
#include <clusters/exec_dialog.h>
#include <clusters/role_panel.h>
#include <settings/segments.h>
#include <shell/cluster_colour.h>
#include <shell/main_window.h>
#include <widgets/banner.h>
#include <widgets/plain_label.h>

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QDir>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QToolButton>

#include <future>

using namespace glacis;
using namespace glacis::ui;
using namespace Qt::StringLiterals;
using workspace::Workspace;

class ClustersPageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void nothingIsContactedUnasked();
    void withoutKubeconfigItSaysWhatToDo();
    void keysSearchScanAndTest();
    void testTellsEveryStep();
    void aFailedTestSaysWhatToDoNext();
    void aTestIsCancelled();
    void whatLiesOutsideIsShownBeforeItIsUsed();
    void whatIsBrokenCannotBeScanned();
    void notesAreKept();
    void theRoleGrowsByItsParts();
    void contactedHostsAreListed();
    void addedFilesCanBeRemoved();
    void scanOpensTheClusterBesideTheOthers();
    void switcherListsWhatIsOpen();
    void paletteFindsContexts();
    void loadingTellsLists();
    void firstStartSaysWhatWasFound();
    void pluginIsAskedForAndKept();
    void approvalsAreRevokedInTheSettings();
    void hostileTextIsPlainEverywhere();
    void sizesAndDirectionsHoldTogether_data();
    void sizesAndDirectionsHoldTogether();
    void picture_data();
    void picture();

private:
    void openWindow(std::vector<cluster::KubeconfigSet> sets = test::typicalSets());
    void settle();
    void choose(const std::string& name);
    void load(const workspace::SourceRequest& request);
    template <class T> T* child(const QString& name = {}) { return m_window->findChild<T*>(name); }
    std::string keyOf(const std::string& name);
    QStringList texts(QWidget* in);

    std::shared_ptr<test::ClusterLog> m_log;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<ExecGate> m_gate;
    std::unique_ptr<Workspace> m_workspace;
    std::unique_ptr<MainWindow> m_window;
    std::atomic<bool> m_hold { false };
};

void ClustersPageTest::openWindow(std::vector<cluster::KubeconfigSet> sets)
{
    m_window.reset();
    m_log = std::make_shared<test::ClusterLog>();
    m_settings = std::make_unique<Settings>(m_folder->filePath(u"glacis.ini"_s));
    m_gate = std::make_unique<ExecGate>();
    m_workspace
        = std::make_unique<Workspace>([this](const workspace::SourceRequest& request, const StopToken& stop,
                                          const auto& report) -> Result<assessment::AssessmentPtr> {
              if (!request.cluster)
                  return test::madeAssessment({}, request.practice.empty() ? "file.yaml" : request.practice);
              report({ .step = workspace::LoadProgress::Step::Listing,
                  .objects = 8400,
                  .file = "pods",
                  .listsDone = 12,
                  .listsTotal = 41,
                  .requests = 60 });
              while (m_hold && !stop.stopRequested())
                  std::this_thread::sleep_for(std::chrono::milliseconds(1));
              if (stop.stopRequested())
                  return failure("cancelled");
              return test::madeAssessment(test::typicalFindings(), request.cluster->context);
          });
    m_window = std::make_unique<MainWindow>(
        *m_workspace, *m_theme, *m_settings, test::madeServices(m_log, std::move(sets)), m_gate.get());
    m_window->resize(1440, 900);
    m_window->show();
    m_window->go({ u"clusters"_s, {}, {} });
    settle();
}

void ClustersPageTest::settle()
{
    QTRY_VERIFY(m_hold || m_window->isSettled());
    QTest::qWait(30);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QCoreApplication::processEvents();
}

void ClustersPageTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_theme = std::make_unique<Theme>(*qApp);
    m_theme->choose(Theme::Choice::Dark);
    openWindow();
}

void ClustersPageTest::cleanup()
{
    m_hold = false;
    m_window.reset();
    m_workspace.reset();
    m_gate.reset();
    m_settings.reset();
    m_theme->setTextScale(100);
    m_theme->choose(Theme::Choice::Dark);
    m_theme.reset();
}

std::string ClustersPageTest::keyOf(const std::string& name)
{
    for (const ContextFacts& facts : m_window->contexts().listing().contexts)
        if (facts.name == name)
            return facts.key();
    return {};
}

void ClustersPageTest::choose(const std::string& name)
{
    child<ContextTable>()->choose(keyOf(name));
    settle();
}

void ClustersPageTest::load(const workspace::SourceRequest& request)
{
    QSignalSpy ready(m_workspace.get(), &Workspace::assessmentReady);
    m_window->open(request);
    QTRY_VERIFY(!m_workspace->isLoading());
    settle();
}

QStringList ClustersPageTest::texts(QWidget* in)
{
    QStringList all;
    for (const auto* label : in->findChildren<PlainLabel*>())
        if (label->isVisibleTo(in))
            all += label->text();
    return all;
}

void ClustersPageTest::nothingIsContactedUnasked()
{
    QCOMPARE(child<ContextTable>()->model()->rowCount(), 7);
    QCOMPARE(child<PlainLabel>(u"contextCounts"_s)->text(), u"6 contexts in 4 files"_s);
    for (const std::string name : { "lab", "customer", "dangling" })
        choose(name);
    m_window->go({ u"settings"_s, {}, {} });
    m_window->go({ u"clusters"_s, {}, {} });
    QCOMPARE(m_log->tests.load(), 0);
    QVERIFY(m_workspace->opened().empty());
}

void ClustersPageTest::withoutKubeconfigItSaysWhatToDo()
{
    openWindow({});
    auto* empty = child<QWidget>(u"clustersEmpty"_s);
    QVERIFY(empty->isVisible());
    for (const QString& name : { u"emptyAddKubeconfig"_s, u"emptyPractice"_s, u"emptyImport"_s })
        QVERIFY(empty->findChild<QPushButton*>(name)->isVisible());
    QTest::mouseClick(child<QPushButton>(u"emptyPractice"_s), Qt::LeftButton);
    QTRY_VERIFY(m_workspace->assessment());
    QVERIFY(!m_workspace->request().practice.empty());
}

void ClustersPageTest::keysSearchScanAndTest()
{
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    auto* table = child<ContextTable>();
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Slash);
    auto* search = child<QLineEdit>(u"contextSearch"_s);
    QVERIFY(search->hasFocus());
    QTest::keyClicks(search, u"lab"_s);
    QCOMPARE(child<PlainLabel>(u"contextCounts"_s)->text(), u"1 of 6 contexts in 4 files"_s);
    QTest::keyClick(search, Qt::Key_Return);
    QVERIFY(table->hasFocus());
    choose("lab");
    QTest::keyClick(table, Qt::Key_T);
    QTRY_COMPARE(m_log->tests.load(), 1);
    QTest::keyClick(table, Qt::Key_F);
    QVERIFY(m_window->contexts().book().note(keyOf("lab")).favourite);
    QTest::keyClick(table, Qt::Key_Return);
    QTRY_VERIFY(m_workspace->assessment());
    QCOMPARE(m_workspace->request().cluster->context, std::string("lab"));
    QCOMPARE(m_window->here().page, u"overview"_s);
    QTest::keyClick(m_window.get(), Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(m_window->here().page, u"clusters"_s);
    QCOMPARE(m_window->here().filter, u"lab"_s);
}

void ClustersPageTest::testTellsEveryStep()
{
    choose("lab");
    auto* steps = child<ConnectionSteps>();
    QVERIFY(!steps->isVisible());
    QTest::mouseClick(child<QPushButton>(u"testContext"_s), Qt::LeftButton);
    QTRY_VERIFY(!m_window->contexts().tests().isRunning(keyOf("lab")));
    settle();
    QVERIFY(steps->isVisible());
    QCOMPARE(steps->findChildren<QWidget*>(u"testStep"_s).size(), 7);
    const QStringList said = texts(steps);
    QCOMPARE(said.count(u"✓"_s), 6); // shape
    QCOMPARE(said.count(u"Passed"_s), 6); // and word
    QCOMPARE(said.count(u"!"_s), 1);
    QVERIFY(said.contains(u"Kubernetes v1.34.4"_s));
    QVERIFY(said.join(u' ').contains(u"list nodes, list clusterroles"));
    QVERIFY(said.join(u' ').contains(u"could not tell whether this identity may: list ingresses.networking"));
    QVERIFY(said.join(u' ').contains(u"create pods"));
    choose("kubernetes-admin@prod-eu");
    QVERIFY(!steps->isVisible()); // each has its own
    choose("lab");
    QVERIFY(steps->isVisible());
}

void ClustersPageTest::aFailedTestSaysWhatToDoNext()
{
    choose("staging");
    QTest::mouseClick(child<QPushButton>(u"testContext"_s), Qt::LeftButton);
    QTRY_VERIFY(!m_window->contexts().tests().isRunning(keyOf("staging")));
    settle();
    auto* steps = child<ConnectionSteps>();
    const QStringList said = texts(steps);
    QCOMPARE(said.count(u"✗"_s), 1);
    QCOMPARE(said.count(u"Skipped"_s), 4);
    QVERIFY(child<PlainLabel>(u"nextStep"_s)->text().startsWith(u"Next: Ask who runs"));
    QVERIFY(!said.join(u' ').contains(u"self-signed certificate in"));
    QTest::mouseClick(child<QPushButton>(u"stepDetails"_s), Qt::LeftButton);
    settle();
    QVERIFY(texts(steps).join(u' ').contains(u"self-signed certificate in"));
}

void ClustersPageTest::aTestIsCancelled()
{
    m_log->holdTests = true;
    choose("lab");
    QTest::mouseClick(child<QPushButton>(u"testContext"_s), Qt::LeftButton);
    QTRY_COMPARE(m_log->running.load(), 1);
    QVERIFY(!child<QPushButton>(u"testContext"_s)->isEnabled());
    QTest::mouseClick(child<QPushButton>(u"cancelTest"_s), Qt::LeftButton);
    QVERIFY(!m_window->contexts().tests().isRunning(keyOf("lab")));
    QTRY_COMPARE(m_log->running.load(), 0);
    settle();
    QVERIFY(texts(child<ConnectionSteps>()).contains(u"Skipped"_s));
    QVERIFY(!texts(child<ConnectionSteps>()).contains(u"Passed"_s));
    QVERIFY(child<QPushButton>(u"testContext"_s)->isEnabled());
    // A window that closes does not wait for a test that hangs.
    QTest::mouseClick(child<QPushButton>(u"testContext"_s), Qt::LeftButton);
    QTRY_COMPARE(m_log->running.load(), 1);
    m_window.reset();
    QCOMPARE(m_log->running.load(), 0);
}

void ClustersPageTest::whatLiesOutsideIsShownBeforeItIsUsed()
{
    choose("customer");
    auto* review = child<QWidget>(u"contextReview"_s);
    QVERIFY(review->isVisible());
    const QString said = texts(review).join(u'\n');
    for (const auto* expected : { u"https://customer.example:6443", u"/srv/customer/ca.crt",
             u"/srv/customer/bin/login", u"--issuer", u"https://login.example", u"CLIENT_SECRET" })
        QVERIFY2(said.contains(QStringView(expected)), qPrintable(QStringView(expected).toString()));
    QVERIFY(!said.contains(u"s3cret"));
    QVERIFY(!child<QPushButton>(u"scanContext"_s)->isEnabled());
    QVERIFY(!child<QPushButton>(u"testContext"_s)->isEnabled());
    auto* table = child<ContextTable>();
    QTest::keyClick(table, Qt::Key_Return);
    QTest::keyClick(table, Qt::Key_T);
    QVERIFY(m_workspace->opened().empty());
    QCOMPARE(m_log->tests.load(), 0);
    QTest::mouseClick(child<QPushButton>(u"acceptContext"_s), Qt::LeftButton);
    settle();
    QVERIFY(!review->isVisible());
    QVERIFY(child<QPushButton>(u"scanContext"_s)->isEnabled());
}

void ClustersPageTest::whatIsBrokenCannotBeScanned()
{
    choose("dangling");
    QVERIFY(!child<QPushButton>(u"scanContext"_s)->isEnabled());
    QVERIFY(child<PlainLabel>(u"contextProblem"_s)->text().contains(u"nowhere"));
    QTest::keyClick(child<ContextTable>(), Qt::Key_Return);
    QVERIFY(m_workspace->opened().empty());
}

void ClustersPageTest::notesAreKept()
{
    choose("lab");
    const auto type = [this](const QString& name, const QString& text) {
        auto* edit = child<QLineEdit>(name);
        edit->setFocus();
        edit->selectAll();
        QTest::keyClicks(edit, text);
        QTest::keyClick(edit, Qt::Key_Return);
    };
    type(u"contextAlias"_s, u"Berlin"_s);
    type(u"contextGroup"_s, u"test"_s);
    type(u"contextNamespaces"_s, u"shop, payments shop"_s);
    child<QCheckBox>(u"contextManySecrets"_s)->click();
    child<QPushButton>(u"contextFavourite"_s)->click();
    openWindow();
    choose("lab");
    const ClusterNote note = m_window->contexts().book().note(keyOf("lab"));
    QCOMPARE(note.alias, std::string("Berlin"));
    QCOMPARE(note.group, std::string("test"));
    QCOMPARE(note.namespaces, (std::vector<std::string> { "shop", "payments" }));
    QVERIFY(note.secretsInManyNamespaces && note.favourite);
    QCOMPARE(child<QLineEdit>(u"contextNamespaces"_s)->text(), u"shop, payments"_s);
    QCOMPARE(child<PlainLabel>(u"contextTitle"_s)->text(), u"Berlin"_s);
    choose("staging");
    QCOMPARE(child<QLineEdit>(u"contextAlias"_s)->text(), QString());
    m_window->contexts().setColour(keyOf("staging"), 3);
    QVERIFY(clusterToken(sourceKey(contextRequest("usual", "staging")), *m_settings) == Token::Stage4);
}

void ClustersPageTest::theRoleGrowsByItsParts()
{
    m_window->go({ u"clusters"_s, {}, {}, u"view:role"_s });
    settle();
    auto* panel = child<RolePanel>();
    QVERIFY(panel->isVisible());
    QVERIFY(!panel->yaml().contains(u"# secret-metadata"));
    QVERIFY(texts(panel).join(u' ').contains(u"RBAC cannot grant names alone"));
    child<QCheckBox>(u"rolePart-secret-metadata"_s)->click();
    QVERIFY(panel->yaml().contains(u"# secret-metadata"));
    QTest::mouseClick(child<QToolButton>(u"copyRole"_s), Qt::LeftButton);
    QCOMPARE(QApplication::clipboard()->text(), panel->yaml());
    QVERIFY(texts(panel).join(u' ').contains(u"kubectl apply -f"));
    QVERIFY(texts(panel).join(u' ').contains(u"create token"));
    QCOMPARE(m_window->here().item, u"view:role"_s);
}

void ClustersPageTest::contactedHostsAreListed()
{
    m_window->go({ u"clusters"_s, {}, {}, u"view:hosts"_s });
    settle();
    auto* table = child<QTableView>(u"contactsTable"_s);
    QVERIFY(table->isVisible());
    QCOMPARE(table->model()->rowCount(), 2);
    QCOMPARE(table->model()->index(0, 0).data().toString(), u"10.20.0.1:6443"_s);
    QCOMPARE(table->model()->index(0, 2).data().toString(), u"214"_s);
    QCOMPARE(table->model()->index(1, 1).data().toString(), u"Proxy"_s);
    QVERIFY(texts(child<QWidget>(u"contactsPanel"_s)).join(u' ').contains(u"Nothing else is contacted"));
}

void ClustersPageTest::addedFilesCanBeRemoved()
{
    m_window->contexts().add({ u"/srv/other/config"_s });
    m_window->go({ u"clusters"_s, {}, {}, u"view:files"_s });
    settle();
    auto* remove = child<QPushButton>(u"removeKubeconfig"_s);
    QVERIFY(remove);
    QTest::mouseClick(remove, Qt::LeftButton);
    settle();
    QVERIFY(!child<QPushButton>(u"removeKubeconfig"_s));
    QVERIFY(m_settings->kubeconfigs().isEmpty());
    const QString said = texts(child<QWidget>(u"filesPanel"_s)).join(u' ');
    QVERIFY(said.contains(u"line 12 holds a tab"));
    QVERIFY(said.contains(u"Other users of this machine"));
}

void ClustersPageTest::scanOpensTheClusterBesideTheOthers()
{
    load({ { "file.yaml" }, {}, {}, {}, {} });
    m_hold = true;
    m_window->go({ u"clusters"_s, {}, {} });
    choose("lab");
    QTest::mouseClick(child<QPushButton>(u"scanContext"_s), Qt::LeftButton);
    settle();
    QCOMPARE(m_workspace->opened().size(), std::size_t(2));
    QVERIFY(!child<QWidget>(u"overviewPage"_s)->isVisible()); // another cluster's picture would mislead
    m_hold = false;
    QTRY_VERIFY(!m_workspace->isLoading());
    settle();
    QVERIFY(child<QWidget>(u"overviewPage"_s)->isVisible());
    QVERIFY(m_window->windowTitle().startsWith(u"lab"));
    QVERIFY(m_window->contexts().book().note(keyOf("lab")).lastScan > 0);
    m_workspace->show(0);
    QVERIFY(m_window->windowTitle().startsWith(u"file.yaml"));
    child<QAction>(u"closeSource"_s)->trigger();
    settle();
    QVERIFY(m_window->windowTitle().startsWith(u"lab"));
    child<QAction>(u"closeSource"_s)->trigger();
    settle();
    QVERIFY(child<QWidget>(u"emptyState"_s)->isVisible());
    QVERIFY(!child<QAction>(u"closeSource"_s)->isEnabled());
}

void ClustersPageTest::switcherListsWhatIsOpen()
{
    load({ { "file.yaml" }, {}, {}, {}, {} });
    ClusterNote note;
    note.alias = "Berlin";
    m_window->contexts().setNote(keyOf("lab"), note);
    load(m_window->contexts().requestFor(*m_window->contexts().listing().find(keyOf("lab"))));
    auto* second = child<QAction>(u"openSource1"_s);
    QVERIFY(second && second->text().startsWith(u"Berlin"));
    QVERIFY(second->isChecked());
    auto* first = child<QAction>(u"openSource0"_s);
    QVERIFY(first->text().startsWith(u"file.yaml"));
    QVERIFY(!first->icon().isNull());
    first->trigger();
    QCOMPARE(m_workspace->current(), 0);
    QVERIFY(child<QAction>(u"openSource0"_s)->isChecked());
}

void ClustersPageTest::paletteFindsContexts()
{
    ClusterNote note;
    note.alias = "Berlin";
    m_window->contexts().setNote(keyOf("lab"), note);
    m_window->openPalette(u"berlin"_s);
    settle();
    QTest::keyClick(
        QApplication::focusWidget() ? QApplication::focusWidget() : m_window.get(), Qt::Key_Return);
    QTRY_COMPARE(m_workspace->opened().size(), std::size_t(1));
    QCOMPARE(m_workspace->request().cluster->context, std::string("lab"));
    settle();
    m_window->openPalette(u"customer"_s); // not looked through yet
    settle();
    QTest::keyClick(
        QApplication::focusWidget() ? QApplication::focusWidget() : m_window.get(), Qt::Key_Return);
    settle();
    QCOMPARE(m_workspace->opened().size(), std::size_t(1));
    QCOMPARE(m_window->here().page, u"clusters"_s);
    QVERIFY(child<QWidget>(u"contextReview"_s)->isVisible());
}

void ClustersPageTest::loadingTellsLists()
{
    m_hold = true;
    m_window->go({ u"overview"_s, {}, {} });
    m_window->open(contextRequest("usual", "lab"));
    QTRY_COMPARE(m_workspace->progress().listsTotal, 41U);
    QVERIFY(texts(m_window.get()).contains(u"Listing pods · 12 of 41 lists · 8,400 objects"_s));
    QTest::mouseClick(child<QPushButton>(u"cancelButton"_s), Qt::LeftButton);
    QVERIFY(!m_workspace->isLoading());
}

void ClustersPageTest::firstStartSaysWhatWasFound()
{
    m_window->go({ u"overview"_s, {}, {} });
    workspace::SourceRequest practice;
    practice.practice = "votelab";
    load(practice);
    auto* found = child<Banner>(u"contextsFound"_s);
    QVERIFY(found->isVisible());
    QVERIFY(found->title().contains(u"6 contexts"));
    QVERIFY(found->detail().contains(u"Nothing was contacted"));
    m_window->go({ u"clusters"_s, {}, {} });
    QVERIFY(!found->isVisible()); // there they stand
    m_window->go({ u"overview"_s, {}, {} });
    QVERIFY(found->isVisible());
    for (auto* button : found->findChildren<QPushButton*>())
        QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(m_window->here().page, u"clusters"_s);
    QVERIFY(!found->isVisible());
    openWindow();
    m_window->go({ u"overview"_s, {}, {} });
    load(practice);
    QVERIFY(!child<Banner>(u"contextsFound"_s)->isVisible()); // said once
    QCOMPARE(m_log->tests.load(), 0);
}

void ClustersPageTest::pluginIsAskedForAndKept()
{
    auto waiting
        = std::async(std::launch::async, [this] { return m_gate->ask(test::madeInvocation(), StopToken()); });
    QTRY_VERIFY(child<ExecDialog>());
    m_window->go({ u"settings"_s, {}, {} }); // the window lives on
    QTest::mouseClick(child<QPushButton>(u"execAlways"_s), Qt::LeftButton);
    QVERIFY(waiting.get() == cluster::ExecVerdict::Run);
    QCOMPARE(m_log->approvals.size(), std::size_t(1));
    settle();
    QVERIFY(!child<ExecDialog>());
}

void ClustersPageTest::approvalsAreRevokedInTheSettings()
{
    m_log->approvals = { test::madeInvocation() };
    m_window->go({ u"settings"_s, {}, {} });
    settle();
    auto* revoke = child<QPushButton>(u"revokeApproval"_s);
    QVERIFY(revoke);
    QTest::mouseClick(revoke, Qt::LeftButton);
    settle();
    QVERIFY(m_log->approvals.empty());
    QCOMPARE(m_log->revoked.size(), std::size_t(1));
    QVERIFY(!child<QPushButton>(u"revokeApproval"_s));
    QTest::mouseClick(child<Segments>(u"askLoginShell"_s)->findChildren<QPushButton*>()[1], Qt::LeftButton);
    QVERIFY(!m_log->settings.askLoginShell);
}

void ClustersPageTest::hostileTextIsPlainEverywhere()
{
    openWindow(test::hostileSets("<b>bold</b>\xE2\x80\xAE&quit\x1b[31m"));
    child<ContextTable>()->choose(m_window->contexts().listing().contexts.front().key());
    m_window->contexts().setReviewed(m_window->contexts().listing().contexts.front());
    QTest::mouseClick(child<QPushButton>(u"testContext"_s), Qt::LeftButton);
    int hits = 0;
    for (const QString& item : { u"context:"_s, u"view:files"_s, u"view:role"_s, u"view:hosts"_s }) {
        m_window->go({ u"clusters"_s, {}, {}, item });
        settle();
        for (QWidget* widget : m_window->findChildren<QWidget*>()) {
            if (const auto* label = qobject_cast<QLabel*>(widget)) {
                QVERIFY(qobject_cast<PlainLabel*>(widget));
                QCOMPARE(label->textFormat(), Qt::PlainText);
                QVERIFY(!label->text().contains(u'\u202E') && !label->text().contains(u'\x1b'));
                hits += label->text().contains(u"<b>bold</b>") ? 1 : 0;
            }
            if (widget->toolTip().contains(u"bold"))
                QVERIFY(!widget->toolTip().contains(u"<b>bold"));
            if (const auto* button = qobject_cast<QAbstractButton*>(widget))
                QVERIFY(!button->text().contains(u"&quit") || button->text().contains(u"&&quit"));
        }
        for (const QAction* action : m_window->findChildren<QAction*>())
            QVERIFY(!action->text().contains(u"&quit") || action->text().contains(u"&&quit"));
    }
    QVERIFY(hits > 10);
}

void ClustersPageTest::sizesAndDirectionsHoldTogether_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<int>("scale");
    QTest::addColumn<Qt::LayoutDirection>("direction");
    for (const auto direction : { Qt::LeftToRight, Qt::RightToLeft })
        for (const QSize size : { QSize(760, 520), QSize(1000, 640), QSize(1440, 900) })
            QTest::addRow("%dx%d %d", size.width(), size.height(), direction) << size << 100 << direction;
    QTest::addRow("twice as large") << QSize(1600, 1000) << 200 << Qt::LeftToRight;
}

void ClustersPageTest::sizesAndDirectionsHoldTogether()
{
    QFETCH(QSize, size);
    QFETCH(int, scale);
    QFETCH(Qt::LayoutDirection, direction);
    m_theme->setTextScale(scale);
    openWindow();
    m_window->setLayoutDirection(direction);
    m_window->resize(size);
    choose("customer");
    for (const QString& item : { u"view:contexts"_s, u"view:files"_s, u"view:role"_s, u"view:hosts"_s }) {
        m_window->go({ u"clusters"_s, {}, {}, item });
        settle();
        QCOMPARE(m_window->size(), size);
        for (const auto* area : m_window->findChildren<QScrollArea*>())
            if (area->isVisible())
                QTRY_VERIFY2(area->widget()->width() <= area->viewport()->width(), qPrintable(item));
        for (const auto* block : m_window->findChildren<TextBlock*>())
            if (block->isVisible())
                QVERIFY2(block->height() >= block->heightForWidth(block->width()) || block->text().isEmpty(),
                    qPrintable(item + u": "_s + block->text()));
    }
}

void ClustersPageTest::picture_data()
{
    QTest::addColumn<QString>("item");
    QTest::newRow("contexts") << u"context:"_s;
    QTest::newRow("files") << u"view:files"_s;
    QTest::newRow("role") << u"view:role"_s;
    QTest::newRow("hosts") << u"view:hosts"_s;
}

/// For eyes: GLACIS_PICTURES=FOLDER writes the page as it looks.
void ClustersPageTest::picture()
{
    QFETCH(QString, item);
    const QString folder = qEnvironmentVariable("GLACIS_PICTURES");
    if (folder.isEmpty())
        QSKIP("GLACIS_PICTURES names no folder.");
    for (const auto& [theme, choice] :
        { std::pair(u"dark"_s, Theme::Choice::Dark), std::pair(u"light"_s, Theme::Choice::Light) })
        for (const QSize size : { QSize(1440, 900), QSize(1000, 640) }) {
            m_theme->choose(choice);
            m_window->resize(size);
            if (item == u"context:") {
                ClusterNote note;
                note.group = "production";
                note.favourite = true;
                note.lastScan = QDateTime::currentSecsSinceEpoch() - 7200;
                note.score = 64;
                m_window->contexts().setNote(keyOf("kubernetes-admin@prod-eu"), note);
                note.favourite = false;
                note.score = 41;
                note.alias = "prod-us";
                m_window->contexts().setNote(
                    keyOf("arn:aws:eks:us-east-1:123456789012:cluster/prod-us"), note);
                child<ContextTable>()->setFocus();
                choose("kubernetes-admin@prod-eu");
                m_window->contexts().tests().start(keyOf("kubernetes-admin@prod-eu"), {});
                QTRY_VERIFY(!m_window->contexts().tests().isRunning(keyOf("kubernetes-admin@prod-eu")));
            } else {
                m_window->go({ u"clusters"_s, {}, {}, item });
            }
            settle();
            const QString name = QString::fromLatin1(QTest::currentDataTag());
            const auto save = [&](const QString& what, QWidget& widget) {
                QVERIFY(widget.grab().save(
                    QDir(folder).filePath(u"%1-%2-%3.png"_s.arg(what, theme).arg(size.width()))));
            };
            save(name, *m_window);
            if (item != u"context:")
                continue;
            choose("customer");
            save(u"review"_s, *m_window);
            ExecDialog dialog(test::madeInvocation(), m_window.get());
            dialog.setAttribute(Qt::WA_DeleteOnClose, false);
            dialog.show();
            settle();
            save(u"exec"_s, dialog);
            m_window->go({ u"settings"_s, {}, {} });
            settle();
            save(u"settings"_s, *m_window);
            m_window->go({ u"clusters"_s, {}, {} });
        }
}

GLACIS_TEST(ClustersPageTest)
#include "clusters_page_test.moc"
