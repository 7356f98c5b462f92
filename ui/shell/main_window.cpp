// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <shell/main_window.h>

#include <clusters/exec_dialog.h>
#include <inspector/inspector_pane.h>
#include <palette/commands.h>
#include <palette/palette.h>
#include <shell/about_dialog.h>
#include <shell/cluster_colour.h>
#include <shell/coverage_panel.h>
#include <shell/loading_page.h>
#include <shell/navigation_bar.h>
#include <shell/open_source.h>
#include <shell/page_list.h>
#include <shell/shortcut_sheet.h>
#include <shell/status_line.h>
#include <shell/top_bar.h>
#include <shell/tour_steps.h>
#include <theme/type.h>
#include <widgets/banner.h>
#include <widgets/buttons.h>
#include <widgets/card.h>
#include <widgets/empty_state.h>
#include <widgets/outside_text.h>

#include <QApplication>
#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QMimeData>
#include <QScreen>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace glacis::ui {

using namespace Qt::StringLiterals;
using workspace::Workspace;

namespace {

    constexpr int roomForNames = 1100; ///< width of a window in which the navigation shows names

}

MainWindow::MainWindow(
    Workspace& workspace, Theme& theme, Settings& settings, ClusterServices services, ExecGate* gate)
    : m_workspace(workspace)
    , m_theme(theme)
    , m_settings(settings)
    , m_contexts(std::move(services), settings)
    , m_signIn(gate, workspace, m_contexts, *this)
    , m_actions(*this, *menuBar())
    , m_menus(m_actions, settings, workspace, m_contexts, this)
{
    setObjectName(u"mainWindow"_s);
    setWindowTitle(u"Glacis"_s);
    setAcceptDrops(true);
    setMinimumSize(
        QSize(scaled(720), scaled(480)).boundedTo(QSize(960, 640))); // fits a small screen at 200 %
    m_location.page = QString::fromLatin1(pageList().front().id);
    const QString last = settings.page();
    for (const PageEntry& entry : pageList())
        if (last == QLatin1StringView(entry.id))
            m_location.page = last;
    connectActions();
    connectWorkspace();
    furnish();
    resize(QSize(scaled(1360), scaled(880)).boundedTo(screen()->availableSize()));
    restoreGeometry(settings.geometry());
    // Queued: the page on which the size was chosen is among what is made anew.
    connect(&theme, &Theme::textScaleChanged, this, &MainWindow::furnish, Qt::QueuedConnection);
}

void MainWindow::furnish()
{
    const Location place = m_stack ? here() : m_location;
    delete m_palette;
    delete m_tour;
    if (m_inspector)
        m_settings.setState(u"inspector"_s, m_inspector->state());
    m_navigation = new NavigationBar;
    m_banner = new Banner;
    m_found = new Banner;
    m_stack = new QStackedWidget;
    m_empty = makeEmpty();
    m_loading = new LoadingPage(m_workspace, *m_actions.cancel);
    m_coverage = new CoveragePanel;
    m_status = new StatusLine;
    m_pages.assign(pageList().size(), nullptr);
    setCentralWidget(makeCentre()); // deletes the one before
    m_overlay = new DropOverlay(centralWidget());
    m_palette = new Palette(this);
    connectParts();
    chooseNavigation();
    if (m_workspace.assessment())
        tellAssessment();
    tellContexts();
    arrive(place);
}

/// What stands in the window looks at the contexts until it is gone.
MainWindow::~MainWindow()
{
    hide();
    delete m_palette;
    delete m_tour;
    m_signIn.forgetQuestion();
    delete takeCentralWidget();
}

QWidget* MainWindow::makeCentre()
{
    auto* centre = new QWidget;
    auto* rows = new QVBoxLayout(centre);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    m_top = new TopBar(m_workspace,
        { .reload = m_actions.reload,
            .cancel = m_actions.cancel,
            .back = m_actions.back,
            .forward = m_actions.forward,
            .palette = m_actions.palette,
            .open = m_actions.open,
            .sources = m_actions.sources });
    rows->addWidget(m_top);
    rows->addWidget(makeRule(Qt::Horizontal));

    auto* middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(m_navigation);
    middle->addWidget(makeRule(Qt::Vertical));
    auto* whole = new QWidget;
    auto* content = new QVBoxLayout(whole);
    content->setContentsMargins(0, 0, 0, 0);
    content->setSpacing(0);
    auto* bannerPlace = new QVBoxLayout;
    bannerPlace->setContentsMargins(20, 0, 20, 0);
    bannerPlace->addWidget(m_banner);
    bannerPlace->addWidget(m_found);
    content->addLayout(bannerPlace);
    content->addWidget(m_signIn.makePanel());
    content->addWidget(m_stack, 1);
    content->addWidget(m_coverage);
    whole->setMinimumWidth(scaled(260));
    m_inspector = new InspectorPane(whole, m_workspace);
    m_inspector->restore(m_settings.state(u"inspector"_s));
    middle->addWidget(m_inspector, 1);
    rows->addLayout(middle, 1);
    rows->addWidget(makeRule(Qt::Horizontal));
    rows->addWidget(m_status);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_loading);
    return centre;
}

QWidget* MainWindow::makeEmpty()
{
    auto* empty = new EmptyState(Glyph::Shield, tr("See how a cluster stands"),
        tr("Glacis reads Kubernetes objects from a cluster, from YAML and JSON files, folders, dumps and its "
           "own "
           "snapshots. It shows what is wrong, why it matters and what to do. It changes nothing, and "
           "nothing "
           "leaves this machine."));
    empty->setObjectName(u"emptyState"_s);
    QPushButton* practice = empty->addButton(makeButton(tr("Practice cluster"), ButtonKind::Primary));
    QPushButton* cluster = empty->addButton(makeButton(tr("Connect to a cluster…")));
    cluster->setObjectName(u"emptyConnect"_s);
    connect(cluster, &QPushButton::clicked, m_actions.connectCluster, &QAction::trigger);
    QPushButton* file = empty->addButton(makeButton(tr("Open file…")));
    QPushButton* folder = empty->addButton(makeButton(tr("Open folder…")));
    file->setObjectName(u"emptyOpenFile"_s);
    practice->setMenu(m_actions.practice);
    connect(file, &QPushButton::clicked, m_actions.openFile, &QAction::trigger);
    connect(folder, &QPushButton::clicked, m_actions.openFolder, &QAction::trigger);
    empty->setNote(tr("or drop files and folders anywhere in this window"));
    return empty;
}

/// Of the parts that furnish() makes.
void MainWindow::connectParts()
{
    m_navigation->setObjectName(u"navigation"_s);
    connect(m_navigation, &NavigationBar::chosen, this, [this](const QString& id) {
        // The page keeps where it stood: going there by its name changes nothing in it.
        if (id != m_location.page)
            go(isReady(m_workspace, id) ? page(id)->here() : Location { id, {}, {} });
        m_navigation->setCurrent(m_location.page);
    });
    connect(m_status, &StatusLine::coverageClicked, m_coverage, &CoveragePanel::toggle);
    connect(m_inspector, &InspectorPane::openChanged, m_actions.inspector, &QAction::setChecked);
    connect(m_inspector, &InspectorPane::wanted, this, &MainWindow::go);
    m_actions.inspector->setChecked(m_inspector->isOpen());
    m_found->setObjectName(u"contextsFound"_s);
    auto* show = new QAction(tr("Show clusters"), m_found);
    connect(show, &QAction::triggered, m_actions.connectCluster, &QAction::trigger);
    m_found->addAction(show);
    connect(m_found, &Banner::dismissed, this, [this] { m_settings.setState(u"contextsFound"_s, "told"); });
    connect(m_palette, &Palette::wanted, this, &MainWindow::go);
    connect(m_palette, &Palette::used, this, [this](const QString& id) { m_settings.addUsedCommand(id); });
}

void MainWindow::connectActions()
{
    connect(m_actions.openFile, &QAction::triggered, this, [this] { ask(static_cast<int>(Ask::Files)); });
    connect(m_actions.openFolder, &QAction::triggered, this, [this] { ask(static_cast<int>(Ask::Folder)); });
    connect(m_actions.connectCluster, &QAction::triggered, this, [this] {
        m_found->hide();
        m_settings.setState(u"contextsFound"_s, "told");
        m_navigation->chosen(u"clusters"_s);
    });
    connect(m_actions.closeSource, &QAction::triggered, this, [this] {
        if (m_workspace.current() >= 0)
            m_workspace.closeSource(static_cast<std::size_t>(m_workspace.current()));
    });
    connect(m_actions.reload, &QAction::triggered, &m_workspace, &Workspace::reload);
    connect(m_actions.cancel, &QAction::triggered, &m_workspace, &Workspace::cancel);
    connect(m_actions.quit, &QAction::triggered, this, &QWidget::close);
    connect(m_actions.back, &QAction::triggered, this, [this] {
        if (m_history.canGoBack())
            arrive(m_history.back(here()));
    });
    connect(m_actions.forward, &QAction::triggered, this, [this] {
        if (m_history.canGoForward())
            arrive(m_history.forward(here()));
    });
    for (QAction* action : m_actions.pages)
        connect(action, &QAction::triggered, this,
            [this, action] { m_navigation->chosen(action->data().toString()); });
    connect(m_actions.filter, &QAction::triggered, this, [this] {
        if (!isReady(m_workspace, m_location.page))
            return;
        // Where a page has a search of its own, that is meant; elsewhere all findings are.
        if (!page(m_location.page)->hasFilter()) {
            if (!m_workspace.assessment())
                return;
            m_navigation->chosen(u"findings"_s);
        }
        page(m_location.page)->focusFilter();
    });
    connect(m_actions.inspector, &QAction::toggled, this, [this](bool open) { m_inspector->setOpen(open); });
    connect(m_actions.coverage, &QAction::triggered, this, [this] { m_coverage->toggle(); });
    connect(m_actions.palette, &QAction::triggered, this, [this] {
        if (m_palette->isVisible())
            m_palette->dismiss();
        else
            openPalette();
    });
    connect(m_actions.navigation, &QAction::triggered, this, &MainWindow::toggleNavigation);
    connect(m_actions.shortcuts, &QAction::triggered, this,
        [this] { (new ShortcutSheet(*menuBar(), this))->show(); });
    connect(m_actions.tour, &QAction::triggered, this, [this] { startTour(); });

    const auto choose = [this](const QString& name) {
        m_theme.choose(Theme::choiceFromName(name));
        m_settings.setTheme(name);
        for (QAction* action : { m_actions.themeSystem, m_actions.themeDark, m_actions.themeLight })
            action->setChecked(action->data().toString() == name);
    };
    for (QAction* action : { m_actions.themeSystem, m_actions.themeDark, m_actions.themeLight }) {
        action->setChecked(action->data().toString() == Theme::name(m_theme.choice()));
        connect(action, &QAction::triggered, this, [choose, action] { choose(action->data().toString()); });
    }
    connect(m_actions.toggleTheme, &QAction::triggered, this, [this, choose] {
        choose(Theme::name(m_theme.tone() == Tone::Dark ? Theme::Choice::Light : Theme::Choice::Dark));
    });
    connect(m_actions.about, &QAction::triggered, this, [this] { (new AboutDialog(this))->open(); });
    connect(m_actions.aboutQt, &QAction::triggered, qApp, &QApplication::aboutQt);
    connect(&m_menus, &SourceMenus::wanted, this, &MainWindow::open);
    connect(&m_menus, &SourceMenus::contextWanted, this, &MainWindow::openContext);
    connect(&m_menus, &SourceMenus::colourChosen, this, &MainWindow::tellCluster);
    connect(&m_contexts, &ContextDirectory::changed, this, [this] {
        tellCluster();
        tellContexts();
    });
}

void MainWindow::connectWorkspace()
{
    connect(&m_signIn, &SignIn::failed, this, [this](const QString& what, const QString& reason) {
        m_banner->tell(Banner::Kind::Warning, what, reason);
    });
    connect(&m_workspace, &Workspace::loadingStarted, this, [this] {
        m_banner->hide();
        tellCluster();
        showWhatIsThere();
    });
    connect(&m_workspace, &Workspace::assessmentReady, this, &MainWindow::ready);
    connect(&m_workspace, &Workspace::loadingFailed, this, &MainWindow::failed);
    connect(&m_workspace, &Workspace::loadingCancelled, this, &MainWindow::showWhatIsThere);
    connect(&m_workspace, &Workspace::emptied, this, &MainWindow::emptied);
    connect(&m_workspace, &Workspace::sourcesChanged, this, [this] {
        tellCluster();
        updateActions();
    });
    connect(&m_workspace, &Workspace::sourceRead, &m_contexts, &ContextDirectory::noteScan);
    connect(&m_workspace, &Workspace::sourceFailed, this, [this](const workspace::OpenSource& source) {
        m_banner->tell(Banner::Kind::Error, tr("%1 could not be read").arg(requestTitle(source.request)),
            shownLines(source.failure, 2000));
    });
}

void MainWindow::open(const workspace::SourceRequest& asked)
{
    if (asked.empty())
        return;
    workspace::SourceRequest request = asked;
    if (request.practice.empty()) { // an invented cluster is judged as its lesson means it
        if (!request.scope)
            request.scope = m_settings.scope();
        if (request.policy.empty())
            request.policy = m_settings.policy().toStdString();
    }
    if (request.cluster)
        request.scope = inventory::Scope::Cluster;
    m_workspace.open(std::move(request));
}

void MainWindow::openContext(const std::string& key)
{
    const ContextFacts* context = m_contexts.listing().find(key);
    if (context && context->problem.empty() && !m_contexts.needsReview(*context)
        && m_contexts.services().connects()) {
        open(m_contexts.requestFor(*context));
        if (m_location.page == u"clusters")
            go({ u"overview"_s, {}, {} });
    } else if (context) {
        go({ u"clusters"_s, {}, {}, u"context:"_s + QString::fromStdString(key) });
    }
}

void MainWindow::tellContexts()
{
    const std::size_t count = m_contexts.listing().contexts.size();
    const bool wanted = count > 0 && !m_workspace.request().practice.empty()
        && m_settings.state(u"contextsFound"_s).isEmpty() && m_location.page != u"clusters";
    if (wanted)
        m_found->tell(Banner::Kind::Info,
            count == 1 ? tr("1 context was found in your kubeconfig")
                       : tr("%Ln contexts were found in your kubeconfig", nullptr, static_cast<int>(count)),
            tr("Nothing was contacted. This is a practice cluster; scan your own when you like."));
    m_found->setVisible(wanted);
}

void MainWindow::emptied()
{
    // Pages hold what they show: only without them is it freed.
    for (Page*& page : m_pages)
        if (page && page != m_stack->currentWidget()) {
            page->deleteLater();
            page = nullptr;
        }
    m_history = {};
    setWindowTitle(u"Glacis"_s);
    tellAssessment();
    showWhatIsThere();
}

void MainWindow::ask(int what)
{
    const QStringList recent = m_settings.recent();
    const QString start = recent.isEmpty() ? QString() : QFileInfo(recent.front()).absolutePath();
    askForSource(
        *this, static_cast<Ask>(what), start, [this](const QStringList& paths) { openPaths(paths); });
}

void MainWindow::openPaths(const QStringList& paths) { open(requestFor(paths)); }

void MainWindow::ready()
{
    const inventory::Inventory& inventory = *m_workspace.assessment()->inventory;
    tellAssessment();
    const workspace::SourceRequest& request = m_workspace.request();
    const std::string& path
        = request.snapshot.empty() && !request.paths.empty() ? request.paths.front() : request.snapshot;
    if (!path.empty() && path != "-")
        m_settings.addRecent(QFileInfo(QString::fromStdString(path)).absoluteFilePath());
    setWindowTitle(u"%1 — Glacis"_s.arg(requestTitle(m_workspace.shownRequest())));
    tellContexts();
    showWhatIsThere();
    if (inventory.objects.empty()) {
        QString reason;
        if (!inventory.diagnostics.empty()) {
            const inventory::Diagnostic& d = inventory.diagnostics.front();
            reason = shown(d.file) + (d.line > 0 ? QString(u':' + QString::number(d.line)) : QString())
                + u": " + shown(d.message) + u'\n';
        }
        m_banner->tell(Banner::Kind::Error,
            tr("No Kubernetes object could be read from “%1”").arg(requestTitle(request)),
            reason + tr("Open a file or folder that holds manifests, or a dump made with kubectl."));
    }
}

void MainWindow::tellAssessment()
{
    const assessment::AssessmentPtr assessment = m_workspace.assessment();
    m_navigation->setAssessment(assessment);
    m_status->setAssessment(assessment);
    m_coverage->setAssessment(assessment);
    m_palette->setAssessment(assessment);
    tellCluster();
}

void MainWindow::tellCluster()
{
    QString alias;
    if (const auto& wanted = m_workspace.request().cluster)
        alias = shown(m_contexts.book().note(contextKey(wanted->set, wanted->context)).alias, 300);
    m_top->setAlias(alias);
    m_top->setClusterToken(clusterToken(sourceKey(m_workspace.shownRequest()), m_settings));
    m_menus.refresh();
}

void MainWindow::openPalette(const QString& text)
{
    m_menus.refresh();
    m_palette->open(commandsOf(m_actions, *menuBar()), m_settings.usedCommands(), text);
}

void MainWindow::startTour(std::size_t step)
{
    delete m_tour;
    m_tour = new Tour(*this, tourSteps(*this));
    connect(m_tour, &Tour::wanted, this, [this](const Location& location) {
        if (location.page != m_location.page)
            go(location);
    });
    connect(m_tour, &Tour::ended, this, [this] {
        m_settings.setTourSeen(true);
        m_tour->deleteLater();
    });
    m_tour->start(step);
}

/// Names where there is room for them, unless a person wants it otherwise.
void MainWindow::chooseNavigation()
{
    const bool small = width() < scaled(roomForNames);
    const Settings::Navigation choice = m_settings.navigation();
    const bool narrow
        = choice == Settings::Navigation::Narrow || (choice == Settings::Navigation::Auto && small);
    if (narrow != m_navigation->isNarrow())
        m_navigation->setNarrow(narrow);
    m_top->setNarrow(narrow);
    m_actions.navigation->setText(narrow ? tr("&Wide Navigation") : tr("&Narrow Navigation"));
}

void MainWindow::toggleNavigation()
{
    const bool small = width() < scaled(roomForNames);
    using Navigation = Settings::Navigation;
    if (m_navigation->isNarrow())
        m_settings.setNavigation(small ? Navigation::Wide : Navigation::Auto);
    else
        m_settings.setNavigation(small ? Navigation::Auto : Navigation::Narrow);
    chooseNavigation();
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    chooseNavigation();
}

void MainWindow::failed(const QString& reason)
{
    showWhatIsThere();
    const QString next = m_workspace.assessment()
        ? tr("What was open before is still shown. Mend the source and reload, or open another one.")
        : tr("Mend the source and reload, or open another one.");
    m_banner->tell(Banner::Kind::Error, tr("%1 could not be opened").arg(requestTitle(m_workspace.request())),
        shownLines(reason.toStdString(), 2000) + u'\n' + next);
}

Page* MainWindow::page(const QString& id)
{
    for (std::size_t i = 0; i < m_pages.size(); ++i) {
        if (id != QLatin1StringView(pageList()[i].id))
            continue;
        if (!m_pages[i]) {
            m_pages[i] = pageList()[i].make({ m_workspace, m_settings, m_theme, &m_contexts });
            m_stack->addWidget(m_pages[i]);
            connect(m_pages[i], &Page::wanted, this, &MainWindow::go);
            connect(m_pages[i], &Page::openWanted, this, [this](const workspace::SourceRequest& request) {
                open(request);
                if (m_location.page == u"clusters") // what was asked for stands there
                    go({ u"overview"_s, {}, {} });
            });
            connect(m_pages[i], &Page::coverageWanted, m_actions.coverage, &QAction::trigger);
            for (auto* splitter : m_pages[i]->findChildren<QSplitter*>())
                splitter->restoreState(m_settings.state(splitter->objectName()));
            m_pages[i]->restoreState(m_settings.state(u"page/"_s + id));
        }
        return m_pages[i];
    }
    return page(QString::fromLatin1(pageList().front().id));
}

/// Some pages have nothing to show before anything was read.
bool MainWindow::isReady(const Workspace& workspace, const QString& page)
{
    return workspace.assessment() || !needsRead(page);
}

bool MainWindow::needsRead(const QString& page)
{
    const auto& pages = pageList();
    const auto entry = std::find_if(pages.begin(), pages.end(),
        [&page](const PageEntry& each) { return page == QLatin1StringView(each.id); });
    return entry == pages.end() || entry->needsSource;
}

void MainWindow::go(const Location& location)
{
    if (qobject_cast<Page*>(m_stack->currentWidget()))
        m_history.leave(here());
    arrive(location);
}

void MainWindow::arrive(const Location& location)
{
    m_location = location;
    showWhatIsThere();
    if (isReady(m_workspace, location.page))
        page(location.page)->arrive(location);
    updateActions();
    tellContexts();
}

Location MainWindow::here() const
{
    const Page* current = qobject_cast<Page*>(m_stack->currentWidget());
    return current ? current->here() : m_location;
}

void MainWindow::showWhatIsThere()
{
    // An older assessment stays in view while a newer one is read; that of another cluster would mislead.
    const bool needsSource = needsRead(m_location.page);
    if (needsSource && m_workspace.isLoading() && m_workspace.request().cluster
        && !m_workspace.opened()[static_cast<std::size_t>(m_workspace.current())].assessment)
        m_stack->setCurrentWidget(m_loading);
    else if (isReady(m_workspace, m_location.page))
        m_stack->setCurrentWidget(page(m_location.page));
    else
        m_stack->setCurrentWidget(m_workspace.isLoading() ? static_cast<QWidget*>(m_loading) : m_empty);
    m_navigation->setCurrent(m_location.page);
    m_inspector->follow(qobject_cast<Page*>(m_stack->currentWidget()));
    updateActions();
}

void MainWindow::updateActions()
{
    m_actions.inspector->setEnabled(m_inspector->isOfUse());
    m_actions.back->setEnabled(m_history.canGoBack());
    m_actions.forward->setEnabled(m_history.canGoForward());
    m_actions.cancel->setEnabled(m_workspace.isLoading());
    m_actions.reload->setEnabled(!m_workspace.request().empty() && !m_workspace.isLoading());
    m_actions.coverage->setEnabled(m_workspace.assessment() != nullptr);
    m_actions.filter->setEnabled(m_workspace.assessment() != nullptr || m_location.page == u"clusters");
    m_actions.tour->setEnabled(m_workspace.assessment() != nullptr);
    m_actions.colour->menuAction()->setEnabled(!m_workspace.request().empty());
}

bool MainWindow::isSettled() const
{
    const Page* current = qobject_cast<Page*>(m_stack->currentWidget());
    return !m_workspace.isLoading() && !(current && current->isBusy()) && !m_inspector->isBusy()
        && !m_palette->isBusy();
}

void MainWindow::rememberState()
{
    m_settings.setGeometry(saveGeometry());
    m_settings.setPage(m_location.page);
    m_settings.setState(u"inspector"_s, m_inspector->state());
    for (std::size_t i = 0; i < m_pages.size(); ++i) {
        const Page* page = m_pages[i];
        if (!page)
            continue;
        for (auto* splitter : page->findChildren<QSplitter*>())
            m_settings.setState(splitter->objectName(), splitter->saveState());
        if (const QByteArray state = page->saveState(); !state.isEmpty())
            m_settings.setState(u"page/"_s + QLatin1StringView(pageList()[i].id), state);
    }
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    rememberState();
    m_workspace.cancel();
    QMainWindow::closeEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (localPaths(*event->mimeData()).isEmpty())
        return;
    event->acceptProposedAction();
    m_overlay->resize(centralWidget()->size());
    m_overlay->raise();
    m_overlay->show();
}

void MainWindow::dragLeaveEvent(QDragLeaveEvent*) { m_overlay->hide(); }

void MainWindow::dropEvent(QDropEvent* event)
{
    m_overlay->hide();
    const QStringList paths = localPaths(*event->mimeData());
    if (paths.isEmpty())
        return;
    event->acceptProposedAction();
    openPaths(paths);
}

void MainWindow::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::BackButton)
        m_actions.back->trigger();
    else if (event->button() == Qt::ForwardButton)
        m_actions.forward->trigger();
    else
        QMainWindow::mousePressEvent(event);
}

} // namespace glacis::ui
