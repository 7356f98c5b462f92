// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The buttons at the head of the Findings page and their menus: facets, groups, columns, saved views, export.
#include <findings/facet_panel.h>
#include <findings/findings_page.h>
#include <findings/findings_table.h>
#include <findings/save_bar.h>
#include <widgets/buttons.h>
#include <widgets/outside_text.h>

#include <base/atomic_file.h>

#include <QActionGroup>
#include <QCoreApplication>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QMenu>
#include <QPointer>
#include <QThreadPool>

#include <algorithm>

namespace glacis::ui {

using namespace Qt::StringLiterals;

namespace {

    /// A menu that is filled anew whenever it opens.
    template <class Button, class Fill> QMenu* addMenu(Button& button, const Fill& fill)
    {
        auto* menu = new QMenu(&button);
        menu->setToolTipsVisible(true);
        button.setMenu(menu);
        QObject::connect(menu, &QMenu::aboutToShow, menu, [menu, fill] {
            menu->clear();
            fill(*menu);
        });
        return menu;
    }

}

void FindingsPage::addTools(QHBoxLayout& line)
{
    const auto icon = [&line](Glyph glyph, const QString& name, const QString& id) {
        QToolButton* button = makeIconButton(glyph, name);
        button->setObjectName(id);
        button->setPopupMode(QToolButton::InstantPopup);
        line.addWidget(button);
        return button;
    };
    m_facetsButton = icon(Glyph::Filter, tr("Facets"), u"facetsButton"_s);
    m_facetsButton->setCheckable(true);
    connect(m_facetsButton, &QToolButton::clicked, this, [this](bool on) {
        m_facetsWanted = on;
        fit();
    });
    m_group = makeButton(tr("Group"), ButtonKind::Quiet);
    m_group->setObjectName(u"groupButton"_s);
    addMenu(*m_group, [this](QMenu& menu) { fillGroupMenu(menu); });
    line.addWidget(m_group);
    QToolButton* columns = icon(Glyph::Columns, tr("Columns"), u"columnsButton"_s);
    addMenu(*columns, [this](QMenu& menu) { m_table->fillColumnMenu(menu); });
    m_viewsButton = icon(Glyph::Star, tr("Saved views"), u"viewsButton"_s);
    addMenu(*m_viewsButton, [this](QMenu& menu) { fillViewMenu(menu); });
    QToolButton* exports = icon(Glyph::Export, tr("Copy or export"), u"exportButton"_s);
    addMenu(*exports, [this](QMenu& menu) { fillExportMenu(menu); });
    m_tools = { m_group, columns, m_viewsButton, exports };
    m_more = icon(Glyph::More, tr("Groups, columns, views, export"), u"moreButton"_s);
    addMenu(*m_more, [this](QMenu& menu) {
        fillGroupMenu(*menu.addMenu(tr("Group By")));
        m_table->fillColumnMenu(*menu.addMenu(tr("Columns")));
        fillViewMenu(*menu.addMenu(tr("Saved Views")));
        fillExportMenu(*menu.addMenu(tr("Copy or Export")));
    });
}

void FindingsPage::fillGroupMenu(QMenu& menu)
{
    using By = Grouping::By;
    auto* choices = new QActionGroup(&menu);
    const auto add = [&](QMenu& where, const Grouping& grouping) {
        QAction* action = where.addAction(withoutMnemonic(groupingTitle(grouping)));
        action->setCheckable(true);
        action->setChecked(m_model.asked().grouping == grouping);
        choices->addAction(action);
        connect(action, &QAction::triggered, this, [this, grouping] {
            m_model.setGrouping(grouping);
            tellView();
        });
    };
    for (const By by : { By::Nothing, By::Severity, By::Stage, By::Check, By::Namespace, By::Object })
        add(menu, { by });
    QMenu* frameworks = menu.addMenu(tr("Framework"));
    if (m_model.index())
        for (const std::string_view framework : m_model.index()->frameworks())
            add(*frameworks, { By::Framework, std::string(framework) });
    menu.addSeparator();
    for (const bool folded : { false, true }) {
        QAction* action = menu.addAction(folded ? tr("Fold All Groups") : tr("Unfold All Groups"));
        action->setEnabled(m_model.isGrouped());
        connect(action, &QAction::triggered, this, [this, folded] { m_model.setAllFolded(folded); });
    }
}

void FindingsPage::fillViewMenu(QMenu& menu)
{
    const auto add = [&](const SavedView& view) {
        QAction* action = menu.addAction(withoutMnemonic(view.name));
        action->setCheckable(true);
        action->setChecked(view.query == m_model.asked());
        connect(action, &QAction::triggered, this, [this, query = view.query] { applyView(query); });
    };
    for (const SavedView& view : builtInViews())
        add(view);
    if (!m_views.all().empty())
        menu.addSeparator();
    for (const SavedView& view : m_views.all())
        add(view);
    menu.addSeparator();
    const auto wrong = [] { return tr("Choose another name"); };
    QAction* save = menu.addAction(tr("Save This View…"));
    save->setObjectName(u"saveView"_s);
    save->setEnabled(m_views.all().size() < SavedViews::atMost);
    connect(save, &QAction::triggered, this, [this, wrong] {
        m_saveBar->ask(tr("Save filter, groups and order as"), {}, [this, wrong](const QString& name) {
            if (!m_views.save(name, m_model.asked()))
                return wrong();
            tellView();
            return QString();
        });
    });
    if (m_views.all().empty())
        return;
    QMenu* rename = menu.addMenu(tr("Rename"));
    QMenu* remove = menu.addMenu(tr("Delete"));
    for (const SavedView& view : m_views.all()) {
        const QString name = view.name;
        connect(rename->addAction(withoutMnemonic(name)), &QAction::triggered, this, [this, name, wrong] {
            m_saveBar->ask(tr("Rename to"), name, [this, name, wrong](const QString& to) {
                if (!m_views.rename(name, to))
                    return wrong();
                tellView();
                return QString();
            });
        });
        connect(remove->addAction(withoutMnemonic(name)), &QAction::triggered, this, [this, name] {
            m_views.remove(name);
            tellView();
        });
    }
}

void FindingsPage::fillExportMenu(QMenu& menu)
{
    m_table->fillCopyMenu(menu);
    menu.addSeparator();
    QAction* save = menu.addAction(tr("Export to a File…"));
    save->setEnabled(m_model.rowCount() > 0);
    connect(save, &QAction::triggered, this, &FindingsPage::askWhereToExport);
}

void FindingsPage::askWhereToExport()
{
    auto* dialog = new QFileDialog(this, tr("Export the findings"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    const QString csv = tr("CSV (*.csv)"), markdown = tr("Markdown (*.md)");
    dialog->setNameFilters({ csv, markdown });
    dialog->setDefaultSuffix(u"csv"_s);
    dialog->selectFile(u"findings.csv"_s);
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog, markdown](const QString& filter) {
        dialog->setDefaultSuffix(filter == markdown ? u"md"_s : u"csv"_s);
    });
    connect(dialog, &QFileDialog::fileSelected, this,
        [this](const QString& path) { exportTo(path, path.endsWith(u".md", Qt::CaseInsensitive)); });
    dialog->open();
}

/// The selected rows when there are several, else all shown; written on a worker.
void FindingsPage::exportTo(const QString& path, bool markdown)
{
    std::vector<std::uint32_t> rows = m_table->selectedRows();
    if (rows.size() < 2)
        rows = allShown(m_model);
    if (rows.empty())
        return;
    const int count = static_cast<int>(rows.size());
    QThreadPool::globalInstance()->start([page = QPointer<FindingsPage>(this), index = m_model.index(),
                                             rows = std::move(rows), columns = m_table->copiedColumns(), path,
                                             markdown, count] {
        const std::string text
            = findingsText(*index, rows, columns, markdown ? TextFormat::Markdown : TextFormat::Csv);
        const Result<void> written = writeFileAtomically(path.toStdString(), { text }, FileMode::Default);
        const QString failed = written ? QString() : QString::fromStdString(written.error().message);
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [page, count, failed] {
                if (page)
                    page->hint(failed.isEmpty()
                            ? tr("%n row(s) exported", nullptr, count)
                            : tr("The file could not be written: %1").arg(ui::shown(failed.toStdString())),
                        !failed.isEmpty());
            },
            Qt::QueuedConnection);
    });
}

} // namespace glacis::ui
