// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <clusters/clusters_page.h>

#include <clusters/contacts_panel.h>
#include <clusters/context_details.h>
#include <clusters/context_table.h>
#include <clusters/files_panel.h>
#include <clusters/role_panel.h>
#include <inventory/practice.h>
#include <settings/segments.h>
#include <shell/open_source.h>
#include <shell/settings.h>
#include <widgets/banner.h>
#include <widgets/buttons.h>
#include <widgets/card.h>
#include <widgets/empty_state.h>
#include <widgets/outside_text.h>
#include <widgets/plain_label.h>
#include <widgets/time_text.h>

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <array>

namespace glacis::ui {

using namespace Qt::StringLiterals;

namespace {

    constexpr std::array viewNames { "contexts", "files", "role", "hosts" };
    constexpr int roomForDetails = 640, detailsWidth = 350;
    enum ListPage { Table, NoMatch, Nothing };

}

ClustersPage::ClustersPage(const PageContext& context, QWidget* parent)
    : Page(parent)
    , m_workspace(context.workspace)
    , m_settings(context.settings)
    , m_directory(context.contexts ? context.contexts
                                   : new ContextDirectory(ClusterServices(), context.settings, this))
    , m_model(new ContextModel(*m_directory, context.settings, this))
    , m_table(new ContextTable(*m_model))
    , m_details(new ContextDetails(*m_directory, m_directory->tests(), context.settings))
    , m_splitter(new QSplitter(Qt::Horizontal))
    , m_views(new QStackedWidget)
    , m_list(new QStackedWidget)
    , m_note(new Banner)
{
    setObjectName(u"clustersPage"_s);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHead());
    auto* notePlace = new QVBoxLayout;
    notePlace->setContentsMargins(20, 0, 20, 0);
    notePlace->addWidget(m_note);
    column->addLayout(notePlace);
    m_views->addWidget(makeContexts());
    m_views->addWidget(new FilesPanel(*m_directory));
    m_views->addWidget(new RolePanel(m_directory->services()));
    m_views->addWidget(new ContactsPanel(m_directory->services()));
    column->addWidget(m_views, 1);

    connect(m_directory, &ContextDirectory::changed, this, &ClustersPage::tell);
    connect(m_table, &ContextTable::chosen, this, [this] { m_details->show(m_table->chosenKey()); });
    connect(m_table, &ContextTable::scanAsked, this, &ClustersPage::scan);
    connect(m_table, &ContextTable::testAsked, this, &ClustersPage::test);
    connect(m_table, &ContextTable::favouriteAsked, this, &ClustersPage::toggleFavourite);
    connect(m_table, &ContextTable::menuAsked, this, &ClustersPage::popUp);
    connect(m_details, &ContextDetails::scanAsked, this, &ClustersPage::scan);
    connect(m_details, &ContextDetails::testAsked, this, &ClustersPage::test);
    auto* slash = new QShortcut(QKeySequence(Qt::Key_Slash), this);
    slash->setContext(Qt::WidgetWithChildrenShortcut);
    connect(slash, &QShortcut::activated, this, &ClustersPage::focusFilter);
    show(Contexts);
    tell();
}

QWidget* ClustersPage::makeHead()
{
    auto* head = new QWidget;
    auto* column = new QVBoxLayout(head);
    column->setContentsMargins(20, 16, 20, 12);
    column->setSpacing(10);
    auto* title = new QHBoxLayout;
    title->setSpacing(8);
    title->addWidget(new PlainLabel(tr("Clusters"), Type::Display));
    m_counts = new ElidedLabel({}, Type::Body, Token::Text2);
    m_counts->setObjectName(u"contextCounts"_s);
    title->addWidget(m_counts, 1, Qt::AlignVCenter);
    QPushButton* file = makeButton(tr("Add file…"));
    file->setObjectName(u"addKubeconfig"_s);
    QPushButton* folder = makeButton(tr("Add folder…"));
    folder->setObjectName(u"addKubeconfigFolder"_s);
    connect(file, &QPushButton::clicked, this, [this] { askFor(false); });
    connect(folder, &QPushButton::clicked, this, [this] { askFor(true); });
    title->addWidget(file);
    title->addWidget(folder);
    column->addLayout(title);

    m_choice = new Segments(
        tr("What is shown"), { tr("Contexts"), tr("Files"), tr("Scanner role"), tr("Contacted hosts") });
    m_choice->setObjectName(u"clusterViews"_s);
    connect(m_choice, &Segments::chosen, this, &ClustersPage::show);
    auto* first = new QHBoxLayout;
    first->addWidget(m_choice, 1);
    column->addLayout(first);
    m_tools = new QWidget;
    auto* second = new QHBoxLayout(m_tools);
    second->setContentsMargins(0, 0, 0, 0);
    second->setSpacing(10);
    m_search = new QLineEdit;
    m_search->setObjectName(u"contextSearch"_s);
    m_search->setAccessibleName(tr("Search contexts"));
    m_search->setPlaceholderText(tr("Search alias, name, server, group, file   /"));
    m_search->setClearButtonEnabled(true);
    m_search->installEventFilter(this);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_model->setFilter(text);
        tell();
    });
    second->addWidget(m_search, 1);
    second->addWidget(new PlainLabel(tr("Group by"), Type::Small, Token::Text2));
    m_groups = new Segments(tr("Group by"), { tr("Nothing"), tr("Group"), tr("File") });
    m_groups->setObjectName(u"contextGrouping"_s);
    m_groups->setIndex(0);
    connect(m_groups, &Segments::chosen, this,
        [this](int index) { m_model->setGrouping(static_cast<ContextModel::GroupBy>(index)); });
    int width = 0; // in one line, whatever room the search would take
    for (QPushButton* button : m_groups->findChildren<QPushButton*>()) {
        button->ensurePolished();
        width += button->sizeHint().width() + 6;
    }
    m_groups->setMinimumWidth(width);
    second->addWidget(m_groups);
    column->addWidget(m_tools);
    return head;
}

QWidget* ClustersPage::makeContexts()
{
    m_list->addWidget(m_table);
    auto* none = new EmptyState(Glyph::Search, tr("No context matches"),
        tr("Every word must occur in the alias, name, server, group or file."));
    QPushButton* clear = none->addButton(makeButton(tr("Clear the search")));
    connect(clear, &QPushButton::clicked, m_search, &QLineEdit::clear);
    m_list->addWidget(none);
    m_list->addWidget(makeEmpty());
    auto* holder = new QWidget;
    auto* column = new QVBoxLayout(holder);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeRule(Qt::Horizontal));
    m_splitter->setObjectName(u"contextsSplitter"_s);
    m_splitter->setChildrenCollapsible(false);
    m_list->setMinimumWidth(scaled(200));
    m_details->setMinimumWidth(scaled(250));
    m_splitter->addWidget(m_list);
    m_splitter->addWidget(m_details);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    m_splitter->setSizes({ scaled(800), scaled(detailsWidth) });
    column->addWidget(m_splitter, 1);
    return holder;
}

QWidget* ClustersPage::makeEmpty()
{
    auto* empty = new EmptyState(Glyph::Node, tr("No cluster is known yet"),
        tr("Here stand the contexts of your kubeconfig files: KUBECONFIG, ~/.kube/config and those that you "
           "add. "
           "Reading them contacts nobody; a cluster is contacted when you test or scan it."));
    empty->setObjectName(u"clustersEmpty"_s);
    QPushButton* add = empty->addButton(makeButton(tr("Add kubeconfig…"), ButtonKind::Primary));
    add->setObjectName(u"emptyAddKubeconfig"_s);
    QPushButton* practice = empty->addButton(makeButton(tr("Practice cluster")));
    practice->setObjectName(u"emptyPractice"_s);
    QPushButton* import = empty->addButton(makeButton(tr("Import files…")));
    import->setObjectName(u"emptyImport"_s);
    connect(add, &QPushButton::clicked, this, [this] { askFor(false); });
    connect(practice, &QPushButton::clicked, this, [this] {
        const auto clusters = inventory::practiceClusters();
        if (clusters.empty())
            return;
        workspace::SourceRequest request;
        request.practice = clusters.front().name;
        Q_EMIT openWanted(request);
    });
    connect(import, &QPushButton::clicked, this, [this] {
        askForSource(*this, Ask::Files, {},
            [this](const QStringList& paths) { Q_EMIT openWanted(requestFor(paths)); });
    });
    return empty;
}

void ClustersPage::tell()
{
    const ContextListing& listing = m_directory->listing();
    std::size_t read = 0;
    for (const FileFacts& file : listing.files)
        read += file.state == cluster::KubeconfigFile::State::Missing ? 0 : 1;
    const auto all = listing.contexts.size(), seen = m_model->shownContexts();
    const QString contexts = all == 1 ? tr("1 context") : tr("%1 contexts").arg(countText(all));
    const QString files = read == 1 ? tr("1 file") : tr("%1 files").arg(countText(read));
    m_counts->setText(!m_directory->services().load ? tr("Connecting to clusters is not part of this build.")
            : m_directory->isBusy() && all == 0     ? tr("Reading kubeconfig files…")
            : seen < all ? tr("%1 of %2 in %3").arg(countText(seen), contexts, files)
                         : tr("%1 in %2").arg(contexts, files));
    const bool broken = m_model->rowCount() > 0;
    m_list->setCurrentIndex(seen > 0 ? Table : all > 0 ? NoMatch : broken ? Table : Nothing);
    m_details->setVisible(all > 0 && width() >= scaled(roomForDetails));
    if (const QString problem = m_directory->book().problem(); problem.isEmpty())
        m_bookTold = false;
    else if (!std::exchange(m_bookTold, true))
        m_note->tell(Banner::Kind::Warning, tr("Your notes on clusters"), problem);
}

void ClustersPage::show(int view)
{
    m_choice->setIndex(view);
    m_views->setCurrentIndex(view);
    m_tools->setVisible(view == Contexts);
}

void ClustersPage::scan()
{
    const ContextFacts* context = m_directory->listing().find(m_table->chosenKey());
    if (!context || !context->problem.empty() || m_directory->needsReview(*context)
        || !m_directory->services().connects())
        return;
    Q_EMIT openWanted(m_directory->requestFor(*context));
}

void ClustersPage::test()
{
    const ContextFacts* context = m_directory->listing().find(m_table->chosenKey());
    if (!context || !context->problem.empty() || m_directory->needsReview(*context))
        return;
    m_directory->tests().start(context->key(), *m_directory->requestFor(*context).cluster);
}

void ClustersPage::toggleFavourite()
{
    const ContextFacts* context = m_directory->listing().find(m_table->chosenKey());
    if (!context)
        return;
    ClusterNote note = m_directory->book().note(context->key());
    note.favourite = !note.favourite;
    m_directory->setNote(context->key(), note);
}

void ClustersPage::popUp(const QPoint& global)
{
    const ContextFacts* context = m_directory->listing().find(m_table->chosenKey());
    if (!context)
        return;
    auto* menu = new QMenu(this);
    menu->setObjectName(u"contextMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const bool usable = context->problem.empty() && !m_directory->needsReview(*context)
        && m_directory->services().connects();
    menu->addAction(tr("Scan\tEnter"), this, &ClustersPage::scan)->setEnabled(usable);
    menu->addAction(tr("Test Connection\tT"), this, &ClustersPage::test)->setEnabled(usable);
    menu->addSeparator();
    const bool favourite = m_directory->book().note(context->key()).favourite;
    menu->addAction(favourite ? tr("No Favourite Any More\tF") : tr("Mark as Favourite\tF"), this,
        &ClustersPage::toggleFavourite);
    auto* colours = menu->addMenu(tr("Colour"));
    m_details->fillColourMenu(*colours);
    menu->addSeparator();
    const auto copy = [&](const QString& words, const std::string& text) {
        if (!text.empty())
            menu->addAction(words, this,
                [plain = QString::fromStdString(text)] { QApplication::clipboard()->setText(plain); });
    };
    copy(tr("Copy the Name"), context->name);
    copy(tr("Copy the Server"), context->server);
    if (const QString added = m_directory->addedBy(context->file); !added.isEmpty()) {
        menu->addSeparator();
        menu->addAction(withoutMnemonic(tr("Remove %1 From the List").arg(shortPath(added.toStdString()))),
            this, [this, added] { m_directory->remove(added); });
    }
    menu->popup(global);
}

void ClustersPage::askFor(bool folder)
{
    auto* dialog = new QFileDialog(
        this, folder ? tr("Add a Folder of Kubeconfig Files") : tr("Add Kubeconfig Files"), QDir::homePath());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(u"kubeconfigDialog"_s);
    dialog->setFileMode(folder ? QFileDialog::Directory : QFileDialog::ExistingFiles);
    if (folder)
        dialog->setOption(QFileDialog::ShowDirsOnly);
    else
        dialog->setFilter(QDir::AllEntries | QDir::Hidden | QDir::AllDirs | QDir::NoDotAndDotDot);
    connect(dialog, &QFileDialog::filesSelected, m_directory, &ContextDirectory::add);
    dialog->open();
}

void ClustersPage::focusFilter()
{
    show(Contexts);
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

bool ClustersPage::isBusy() const { return m_directory->isBusy(); }

bool ClustersPage::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Escape && !m_search->text().isEmpty()) {
            m_search->clear();
            return true;
        }
        if (key == Qt::Key_Down || key == Qt::Key_Return || key == Qt::Key_Enter) {
            m_table->setFocus(Qt::TabFocusReason);
            return true;
        }
    }
    return Page::eventFilter(watched, event);
}

void ClustersPage::resizeEvent(QResizeEvent* event)
{
    Page::resizeEvent(event);
    tell();
}

void ClustersPage::arrive(const Location& location)
{
    m_search->setText(location.filter);
    for (int view = Contexts; view <= Hosts; ++view)
        if (location.item == u"view:"_s + QLatin1StringView(viewNames[static_cast<std::size_t>(view)]))
            return show(view);
    show(Contexts);
    if (location.item.startsWith(u"context:"_s))
        m_table->choose(location.item.mid(8).toStdString());
    if (m_list->currentIndex() == Table && location.item.startsWith(u"context:"_s))
        m_table->setFocus(Qt::OtherFocusReason);
}

Location ClustersPage::here() const
{
    const int view = m_views->currentIndex();
    const QString item = view != Contexts
        ? u"view:"_s + QLatin1StringView(viewNames[static_cast<std::size_t>(view)])
        : m_table->chosenKey().empty() ? QString()
                                       : u"context:"_s + QString::fromStdString(m_table->chosenKey());
    return { u"clusters"_s, m_search->text(), {}, item };
}

/// How the table is grouped and sorted; no name from a file.
QByteArray ClustersPage::saveState() const
{
    return QByteArray::number(static_cast<int>(m_model->grouping())) + ' '
        + QByteArray::number(static_cast<int>(m_model->sortColumn())) + ' '
        + QByteArray::number(static_cast<int>(m_model->sortOrder()));
}

void ClustersPage::restoreState(const QByteArray& state)
{
    const QList<QByteArray> parts = state.split(' ');
    if (parts.size() != 3)
        return;
    const int by = std::clamp(parts[0].toInt(), 0, 2);
    m_groups->setIndex(by);
    m_model->setGrouping(static_cast<ContextModel::GroupBy>(by));
    m_table->sort(std::clamp(parts[1].toInt(), 0, ContextModel::columns - 1),
        parts[2].toInt() == 1 ? Qt::DescendingOrder : Qt::AscendingOrder);
}

} // namespace glacis::ui
