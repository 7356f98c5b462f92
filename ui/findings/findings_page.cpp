// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <findings/findings_page.h>

#include <findings/facet_panel.h>
#include <findings/filter_completion.h>
#include <findings/findings_table.h>
#include <findings/save_bar.h>
#include <widgets/buttons.h>
#include <widgets/card.h>
#include <widgets/chip.h>
#include <widgets/empty_state.h>
#include <widgets/flow_layout.h>
#include <widgets/outside_text.h>
#include <widgets/plain_label.h>
#include <widgets/severity_mark.h>
#include <widgets/time_text.h>

#include <QAction>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QKeyEvent>
#include <QLineEdit>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace glacis::ui {

using namespace Qt::StringLiterals;

namespace {

    constexpr int facetsWidth = 196, leastFacets = 150, mostFacets = 340;
    constexpr int roomForFacets = 720; ///< of the list; less is left to the table
    constexpr int roomForWords = 560; ///< on the buttons
    constexpr int roomForTools = 440; ///< for a button each
    constexpr int hintTime = 4000; ///< ms that a passing note stays
    enum ListPage { Table, NoMatch, NothingFound };

}

FindingsPage::FindingsPage(workspace::Workspace& workspace, QWidget* parent)
    : Page(parent)
    , m_workspace(workspace)
    , m_facets(new FacetPanel)
    , m_list(new QStackedWidget)
    , m_table(new FindingsTable(m_model))
{
    setObjectName(u"findingsPage"_s);
    m_left = makeList();
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(m_left);

    m_left->installEventFilter(this);
    connect(m_table, &FindingsTable::chosen, this, &FindingsPage::selected);
    connect(m_table, &FindingsTable::copied, this,
        [this](int rows) { hint(tr("%n row(s) copied", nullptr, rows), false); });
    connect(m_table, &FindingsTable::narrowed, this, [this](FilterKey key, const std::string& value) {
        m_filter->setText(withValue(withoutKey(m_filter->text(), key), key, value, true));
    });
    connect(m_facets, &FacetPanel::toggled, this, [this](FilterKey key, const std::string& value, bool on) {
        if (key != FilterKey::Severity) {
            m_filter->setText(withValue(m_filter->text(), key, value, on));
            return;
        }
        std::vector<Severity> chosen = FindingFilter(m_filter->text()).severities();
        const auto severity = severityFromName(value).value_or(Severity::Info);
        std::erase(chosen, severity);
        if (on)
            chosen.push_back(severity);
        std::sort(chosen.rbegin(), chosen.rend());
        m_filter->setText(FindingFilter::withSeverities(m_filter->text(), chosen));
    });
    connect(&m_model, &FindingsModel::shown, this, &FindingsPage::shown);
    auto* slash = new QShortcut(QKeySequence(Qt::Key_Slash), this);
    slash->setContext(Qt::WidgetWithChildrenShortcut);
    connect(slash, &QShortcut::activated, this, &FindingsPage::focusFilter);
    connect(&m_workspace, &workspace::Workspace::assessmentReady, this,
        [this] { m_model.setAssessment(m_workspace.assessment()); });
    m_model.setAssessment(m_workspace.assessment());
    fit();
}

QWidget* FindingsPage::makeList()
{
    auto* left = new QWidget;
    auto* column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHead());
    column->addWidget(makeRule(Qt::Horizontal));
    m_list->addWidget(m_table);
    auto* none = new EmptyState(Glyph::Search, tr("No finding matches"),
        tr("No finding matches this filter. Clear it to see all of them."));
    QPushButton* clear = none->addButton(makeButton(tr("Clear the filter")));
    connect(clear, &QPushButton::clicked, m_filter, &QLineEdit::clear);
    m_list->addWidget(none);
    m_list->addWidget(new EmptyState(Glyph::Shield, tr("Nothing found"),
        tr("No check that could be assessed found a problem in this source. The status line says what could "
           "not be seen.")));
    auto* body = new QSplitter(Qt::Horizontal);
    body->setObjectName(u"facetsSplitter"_s);
    body->setChildrenCollapsible(false);
    m_facets->setMinimumWidth(scaled(leastFacets));
    m_facets->setMaximumWidth(scaled(mostFacets));
    body->addWidget(m_facets);
    body->addWidget(m_list);
    body->setStretchFactor(0, 0);
    body->setStretchFactor(1, 1);
    body->setSizes({ scaled(facetsWidth), scaled(660) });
    column->addWidget(body, 1);
    return left;
}

QWidget* FindingsPage::makeHead()
{
    auto* head = new QWidget;
    auto* column = new QVBoxLayout(head);
    column->setContentsMargins(20, 16, 20, 12);
    column->setSpacing(10);
    auto* title = new QHBoxLayout;
    title->setSpacing(4);
    title->addWidget(new PlainLabel(tr("Findings"), Type::Display));
    title->addSpacing(8);
    m_counts = new ElidedLabel({}, Type::Body, Token::Text2);
    m_counts->setObjectName(u"findingsCounts"_s);
    m_counts->setToolTip(
        toolTipText(tr("A problem is a check that fails on an object. It has a row for each place of the\n"
                       "object where it shows, such as a container or a rule. Accepted findings and those\n"
                       "of the platform itself may have rows, and are not counted as problems.")));
    title->addWidget(m_counts, 1, Qt::AlignVCenter);
    addTools(*title);
    column->addLayout(title);
    makeFilter();
    column->addWidget(m_filter);
    m_hint = new ElidedLabel({}, Type::Small, Token::Text3);
    m_hint->setObjectName(u"filterHint"_s);
    m_hint->hide();
    m_hintTimer = new QTimer(this);
    m_hintTimer->setSingleShot(true);
    connect(m_hintTimer, &QTimer::timeout, this, [this] { hint({}, false); });
    column->addWidget(m_hint);
    m_saveBar = new SaveBar;
    column->addWidget(m_saveBar);
    m_chips = new QWidget;
    auto* line = new FlowLayout(8, m_chips);
    for (std::size_t i = 0; i < m_severities.size(); ++i) {
        const auto severity = static_cast<Severity>(4 - i);
        m_severities[i] = new ToggleChip(severityWord(severity), severity);
        m_severities[i]->setObjectName(u"severity-"_s + fromUtf8(name(severity)));
        connect(m_severities[i], &ToggleChip::clicked, this, &FindingsPage::toggleSeverity);
        line->addWidget(m_severities[i]);
    }
    column->addWidget(m_chips);
    return head;
}

void FindingsPage::makeFilter()
{
    m_filter = new QLineEdit;
    m_filter->setObjectName(u"filter"_s);
    m_filter->setPlaceholderText(tr("Filter: words, severity:high ns:shop stage:3"));
    m_filter->setAccessibleName(tr("Filter the findings"));
    m_filter->setToolTip(toolTipText(
        tr("Terms: severity, stage, ns, kind, name, object, check, framework, path, state, platform.\n"
           "A comma gives alternatives, a leading - excludes, severity:high+ means high or worse.\n"
           "path:yes shows what an attacker walks on; state:not-assessed and platform:yes show\n"
           "what is otherwise left out.")));
    const auto addIcon = [this](Glyph glyph, QLineEdit::ActionPosition position, const QString& text) {
        QAction* action = m_filter->addAction(glyphIcon(glyph, Token::Text3), position);
        action->setText(text);
        for (QObject* object : action->associatedObjects())
            if (auto* button = qobject_cast<QToolButton*>(object))
                button->setAccessibleName(text);
        return action;
    };
    QAction* search = addIcon(Glyph::Search, QLineEdit::LeadingPosition, tr("Filter"));
    connect(search, &QAction::triggered, this, &FindingsPage::focusFilter);
    QAction* clear = addIcon(Glyph::Close, QLineEdit::TrailingPosition, tr("Clear the filter"));
    clear->setVisible(false);
    connect(clear, &QAction::triggered, m_filter, &QLineEdit::clear);
    connect(m_filter, &QLineEdit::textChanged, this, &FindingsPage::applyFilter);
    connect(m_filter, &QLineEdit::textChanged, clear,
        [clear](const QString& text) { clear->setVisible(!text.isEmpty()); });
    m_completion = new FilterCompletion(*m_filter);
    m_filter->installEventFilter(this); // after the completion's own: ours is asked first
}

// ------------------------------------------------------------------------------------------- questions

void FindingsPage::applyFilter()
{
    m_model.setFilter(m_filter->text());
    if (m_model.isBusy())
        return; // what the line chose is shown when its rows are
    tellView();
}

void FindingsPage::applyView(const FindingQuery& query)
{
    m_model.ask(query); // first: the line then asks for nothing new
    m_filter->setText(query.filter);
    tellView();
}

void FindingsPage::toggleSeverity()
{
    std::vector<Severity> chosen;
    for (std::size_t i = 0; i < m_severities.size(); ++i)
        if (m_severities[i]->isChecked())
            chosen.push_back(static_cast<Severity>(4 - i));
    m_filter->setText(FindingFilter::withSeverities(m_filter->text(), chosen));
}

// --------------------------------------------------------------------------------------------- answers

void FindingsPage::shown()
{
    m_completion->setIndex(m_model.index());
    m_facets->show(m_model.view());
    const bool empty = m_model.rowCount() == 0;
    m_list->setCurrentIndex(!empty || (m_model.isBusy() && m_model.total() == 0) ? Table
            : m_model.total() == 0                                               ? NothingFound
                                                                                 : NoMatch);
    tellCounts();
    tellView();
    if (!m_wanted.isEmpty() && !m_model.isBusy()) {
        const QString wanted = std::exchange(m_wanted, {});
        if (const posture::Finding* finding = m_model.byFingerprint(wanted.toStdString()))
            m_table->choose(finding);
    }
}

void FindingsPage::tellView()
{
    const FindingQuery& query = m_model.asked();
    const std::vector<Severity> chosen = FindingFilter(query.filter).severities();
    for (std::size_t i = 0; i < m_severities.size(); ++i)
        m_severities[i]->setChecked(
            std::find(chosen.begin(), chosen.end(), static_cast<Severity>(4 - i)) != chosen.end());
    const bool grouped = query.grouping.by != Grouping::By::Nothing;
    const QString group = grouped ? tr("Grouped by %1").arg(groupingTitle(query.grouping)) : tr("Group");
    m_group->setText(m_left && m_left->width() < scaled(roomForWords) ? QString() : group);
    m_group->setAccessibleName(group);
    m_group->setToolTip(toolTipText(group));
    m_group->setIcon(glyphIcon(Glyph::Group, grouped ? Token::Accent : Token::Text2));
    const SavedView* saved = m_views.matching(query);
    m_viewsButton->setIcon(glyphIcon(Glyph::Star, saved ? Token::Accent : Token::Text2));
    m_viewsButton->setToolTip(
        toolTipText(saved ? tr("Saved views: “%1” is shown").arg(saved->name) : tr("Saved views")));
    if (!m_hintTimer->isActive())
        hint(m_model.view().complaint, true);
}

void FindingsPage::hint(const QString& text, bool warning)
{
    if (text.isEmpty() && !m_model.view().complaint.isEmpty())
        return hint(m_model.view().complaint, true);
    m_hint->setInk(warning ? Token::Medium : Token::Text2);
    m_hint->setText(text);
    m_hint->setVisible(!text.isEmpty());
    if (!warning && !text.isEmpty())
        m_hintTimer->start(hintTime);
}

void FindingsPage::tellCounts()
{
    const FindingView& view = m_model.view();
    const QString all = countText(m_model.problemTotal());
    QStringList parts;
    const QString problems = view.problems != m_model.problemTotal()
        ? tr("%1 of %2 problems").arg(countText(view.problems), all)
        : view.problems == 1 ? tr("1 problem")
                             : tr("%1 problems").arg(all);
    // A problem has a row for each place, and what does not count has rows too.
    if (view.matches == view.problems)
        parts += problems;
    else if (view.problems > 0 && view.matches > view.problems)
        parts += tr("%1 in %2 places").arg(problems, countText(view.matches));
    else
        parts << problems
              << (view.matches == 1 ? tr("1 finding that does not count")
                                    : tr("%1 findings that do not count").arg(countText(view.matches)));
    if (!view.groups.empty())
        parts += view.groups.size() == 1 ? tr("1 group") : tr("%1 groups").arg(countText(view.groups.size()));
    if (view.rows.size() > view.matches)
        parts += tr("some in several groups");
    m_counts->setText(parts.join(u" · "_s));
    for (std::size_t i = 0; i < m_severities.size(); ++i)
        m_severities[i]->setCount(view.facets[0].size() > i ? view.facets[0][i].problems : 0);
}

// ------------------------------------------------------------------------------------------- selection

Selection FindingsPage::selection() const
{
    if (!m_model.index() || m_model.assessment() != m_workspace.assessment())
        return {}; // of an assessment that is gone
    return { Selection::Kind::Findings, m_table->selectedFindings(), {}, attack::None, 0 };
}

void FindingsPage::arrive(const Location& location)
{
    m_wanted = location.finding;
    m_filter->setText(location.filter);
    if (!m_wanted.isEmpty() && !m_model.isBusy())
        m_table->choose(m_model.byFingerprint(std::exchange(m_wanted, {}).toStdString()));
    m_table->setFocus();
}

Location FindingsPage::here() const
{
    const posture::Finding* finding = m_table->currentFinding();
    return { u"findings"_s, m_filter->text(),
        !m_wanted.isEmpty() ? m_wanted
            : finding       ? QString::fromStdString(finding->fingerprint)
                            : QString() };
}

void FindingsPage::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

bool FindingsPage::isBusy() const { return m_model.isBusy(); }

void FindingsPage::fit()
{
    const bool facets = m_facetsWanted && m_left->width() >= scaled(roomForFacets);
    m_facets->setVisible(facets);
    m_chips->setVisible(!facets);
    m_facetsButton->setChecked(facets);
    m_facetsButton->setVisible(m_left->width() >= scaled(roomForFacets));
    const bool tools = m_left->width() >= scaled(roomForTools);
    for (QWidget* tool : m_tools)
        tool->setVisible(tools);
    m_more->setVisible(!tools);
    tellView();
}

bool FindingsPage::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_left && event->type() == QEvent::Resize)
        fit();
    if (watched == m_filter && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (m_completion->takeKey(key))
            return true;
        if (key == Qt::Key_Down || key == Qt::Key_Return) {
            m_table->setFocus();
            return true;
        }
        if (key == Qt::Key_Escape && !m_filter->text().isEmpty()) {
            m_filter->clear();
            return true;
        }
    }
    return Page::eventFilter(watched, event);
}

// ----------------------------------------------------------------------------------------- kept things

QByteArray FindingsPage::saveState() const
{
    QJsonObject state { { u"query"_s, queryToJson({ {}, m_model.asked().grouping, m_model.asked().sort }) },
        { u"columns"_s, QString::fromUtf8(m_table->saveColumns()) }, { u"views"_s, m_views.toJson() },
        { u"facets"_s, m_facetsWanted } };
    return QJsonDocument(state).toJson(QJsonDocument::Compact);
}

void FindingsPage::restoreState(const QByteArray& state)
{
    const QJsonObject kept = QJsonDocument::fromJson(state).object();
    if (kept.isEmpty())
        return;
    FindingQuery query = queryFromJson(kept[u"query"_s].toObject());
    query.filter = m_filter->text();
    m_views.fromJson(kept[u"views"_s].toArray());
    m_facetsWanted = kept[u"facets"_s].toBool(true);
    m_table->restoreColumns(kept[u"columns"_s].toString().toUtf8());
    m_model.ask(query);
    fit();
}

} // namespace glacis::ui
