// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <findings/findings_page.h>

#include <findings/finding_filter.h>
#include <findings/findings_table.h>
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
#include <QKeyEvent>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace glacis::ui {

using namespace Qt::StringLiterals;

FindingsPage::FindingsPage(workspace::Workspace& workspace, QWidget* parent)
    : Page(parent)
    , m_workspace(workspace)
    , m_list(new QStackedWidget)
    , m_table(new FindingsTable(m_model))
{
    setObjectName(u"findingsPage"_s);
    auto* column = new QVBoxLayout(this);
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
    column->addWidget(m_list, 1);

    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
        &FindingsPage::selectionChanged);
    connect(&m_workspace, &workspace::Workspace::assessmentReady, this, &FindingsPage::refresh);
    refresh();
}

QWidget* FindingsPage::makeHead()
{
    auto* head = new QWidget;
    auto* column = new QVBoxLayout(head);
    column->setContentsMargins(20, 16, 20, 12);
    column->setSpacing(10);
    auto* title = new QHBoxLayout;
    title->setSpacing(12);
    title->addWidget(new PlainLabel(tr("Findings"), Type::Display));
    m_counts = new ElidedLabel({}, Type::Body, Token::Text2);
    m_counts->setObjectName(u"findingsCounts"_s);
    m_counts->setToolTip(
        toolTipText(tr("A problem is a check that fails on an object. It has a row for each place of the\n"
                       "object where it shows, such as a container or a rule. Accepted findings and those\n"
                       "of the platform itself may have rows, and are not counted as problems.")));
    title->addWidget(m_counts, 1, Qt::AlignVCenter);
    column->addLayout(title);

    m_filter = new QLineEdit;
    m_filter->setObjectName(u"filter"_s);
    m_filter->setPlaceholderText(tr("Filter: words, severity:high ns:shop stage:3"));
    m_filter->setAccessibleName(tr("Filter the findings"));
    m_filter->setToolTip(toolTipText(
        tr("Terms: severity, stage, state, ns, kind, name, check, platform, framework.\n"
           "A comma gives alternatives, a leading - excludes, severity:high+ means high or worse.\n"
           "state:not-assessed and platform:yes show what is otherwise left out.")));
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
    m_filter->installEventFilter(this);
    connect(clear, &QAction::triggered, m_filter, &QLineEdit::clear);
    connect(m_filter, &QLineEdit::textChanged, this, &FindingsPage::applyFilter);
    connect(m_filter, &QLineEdit::textChanged, clear,
        [clear](const QString& text) { clear->setVisible(!text.isEmpty()); });
    column->addWidget(m_filter);
    auto* chips = new QWidget;
    auto* line = new FlowLayout(8, chips);
    for (std::size_t i = 0; i < m_severities.size(); ++i) {
        const auto severity = static_cast<Severity>(4 - i);
        m_severities[i] = new ToggleChip(severityWord(severity), severity);
        m_severities[i]->setObjectName(u"severity-"_s + fromUtf8(name(severity)));
        connect(m_severities[i], &ToggleChip::clicked, this, &FindingsPage::toggleSeverity);
        line->addWidget(m_severities[i]);
    }
    column->addWidget(chips);
    return head;
}

void FindingsPage::refresh()
{
    const assessment::AssessmentPtr assessment = m_workspace.assessment();
    m_model.setAssessment(assessment);
    applyFilter();
}

void FindingsPage::applyFilter()
{
    const QString text = m_filter->text();
    m_model.setFilter(text);
    const std::vector<Severity> chosen = FindingFilter(text).severities();
    for (std::size_t i = 0; i < m_severities.size(); ++i)
        m_severities[i]->setChecked(
            std::find(chosen.begin(), chosen.end(), static_cast<Severity>(4 - i)) != chosen.end());
    m_list->setCurrentIndex(m_model.rowCount() > 0 ? 0 : m_model.total() == 0 ? 2 : 1);
    tellCounts();
    select(m_model.byFingerprint(m_selected.toStdString()));
}

void FindingsPage::toggleSeverity()
{
    std::vector<Severity> chosen;
    for (std::size_t i = 0; i < m_severities.size(); ++i)
        if (m_severities[i]->isChecked())
            chosen.push_back(static_cast<Severity>(4 - i));
    m_filter->setText(FindingFilter::withSeverities(m_filter->text(), chosen));
}

/// The finding itself, or the first row when it is not there: something is always shown in full.
void FindingsPage::select(const posture::Finding* finding)
{
    const int row = std::max(0, finding ? m_model.rowOf(finding) : 0);
    const QModelIndex index = m_model.index(row, 0);
    if (!index.isValid()) {
        Q_EMIT selected();
        return;
    }
    const QString keep = m_selected;
    m_table->setCurrentIndex(index);
    m_table->selectionModel()->select(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_table->scrollTo(index);
    selectionChanged();
    if (finding && m_model.finding(row) != finding)
        m_selected = keep; // filtered away for now; comes back with the filter
}

void FindingsPage::selectionChanged()
{
    if (const posture::Finding* finding = m_model.finding(m_table->currentIndex().row()))
        m_selected = QString::fromStdString(finding->fingerprint);
    Q_EMIT selected();
}

Selection FindingsPage::selection() const
{
    Selection selection;
    selection.kind = Selection::Kind::Findings;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows())
        if (const posture::Finding* finding = m_model.finding(index.row()))
            selection.findings.push_back(finding);
    return selection.findings.empty() ? Selection {} : selection;
}

void FindingsPage::tellCounts()
{
    const assessment::AssessmentPtr& assessment = m_model.assessment();
    const QString all = countText(m_model.problemTotal());
    const std::size_t shownProblems = m_model.problemsShown();
    const QString problems = shownProblems != m_model.problemTotal()
        ? tr("%1 of %2 problems").arg(countText(shownProblems), all)
        : shownProblems == 1 ? tr("1 problem")
                             : tr("%1 problems").arg(all);
    // A problem has a row for each place, and what does not count has rows too.
    const auto rows = static_cast<std::size_t>(m_model.rowCount());
    m_counts->setText(rows == shownProblems ? problems : tr("%1 · %2 rows").arg(problems, countText(rows)));
    for (std::size_t i = 0; i < m_severities.size(); ++i)
        m_severities[i]->setCount(assessment ? assessment->posture.bySeverity[4 - i] : 0);
}

void FindingsPage::arrive(const Location& location)
{
    if (!location.finding.isEmpty())
        m_selected = location.finding;
    if (m_filter->text() != location.filter)
        m_filter->setText(location.filter);
    else
        select(m_model.byFingerprint(m_selected.toStdString()));
    m_table->setFocus();
}

Location FindingsPage::here() const { return { u"findings"_s, m_filter->text(), m_selected }; }

void FindingsPage::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

bool FindingsPage::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_filter && event->type() == QEvent::KeyPress) {
        const auto key = static_cast<QKeyEvent*>(event)->key();
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

} // namespace glacis::ui
