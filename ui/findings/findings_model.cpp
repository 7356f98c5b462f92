// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <findings/findings_model.h>

#include <widgets/outside_text.h>
#include <widgets/severity_mark.h>
#include <widgets/time_text.h>

#include <algorithm>
#include <utility>

namespace glacis::ui {

using namespace Qt::StringLiterals;

FindingsModel::FindingsModel(QObject* parent)
    : QAbstractTableModel(parent)
{
    m_pool.setMaxThreadCount(1); // an index, then the answers from it
}

FindingsModel::~FindingsModel()
{
    m_stopIndex.requestStop();
    m_stopView.requestStop();
    m_pool.waitForDone();
}

// ------------------------------------------------------------------------------------------- questions

void FindingsModel::setAssessment(assessment::AssessmentPtr assessment)
{
    m_stopIndex.requestStop();
    m_stopView.requestStop();
    m_stopIndex = {};
    const std::uint64_t number = ++m_indexNumber;
    ++m_askedNumber; // answers from older assessments come too late
    m_answered = m_askedNumber;
    m_indexing = false;
    m_nextIndex = nullptr;
    if (!assessment) {
        take(nullptr, {});
        return;
    }
    std::size_t findings = 0;
    for (const posture::CheckResult& result : assessment->posture.results)
        findings += result.findings.size();
    if (findings <= atOnce) {
        FindingIndexPtr index = FindingIndex::make(std::move(assessment));
        FindingView view = answer(*index, m_query);
        take(std::move(index), std::move(view));
        return;
    }
    m_indexing = true;
    Q_EMIT busyChanged();
    m_pool.start([this, number, assessment = std::move(assessment), stop = m_stopIndex.token()]() mutable {
        FindingIndexPtr index = FindingIndex::make(std::move(assessment), stop);
        QMetaObject::invokeMethod(
            this, [this, number, index = std::move(index)] { takeIndex(number, index); },
            Qt::QueuedConnection);
    });
}

void FindingsModel::setFilter(const QString& text)
{
    FindingQuery query = m_query;
    query.filter = text;
    ask(query);
}

void FindingsModel::setGrouping(const Grouping& grouping)
{
    FindingQuery query = m_query;
    query.grouping = grouping;
    ask(query);
}

void FindingsModel::setSort(const std::vector<SortKey>& keys)
{
    FindingQuery query = m_query;
    query.sort = keys;
    ask(query);
}

void FindingsModel::sort(int column, Qt::SortOrder order)
{
    if (column < 0)
        setSort({});
    else if (column < ColumnCount)
        setSort({ { static_cast<Column>(column), order } });
}

void FindingsModel::ask(const FindingQuery& query)
{
    if (query == m_query)
        return;
    m_query = query;
    if (!m_indexing)
        requestView();
}

void FindingsModel::takeIndex(std::uint64_t number, FindingIndexPtr index)
{
    if (number != m_indexNumber || !index)
        return;
    m_indexing = false;
    m_nextIndex = std::move(index); // swapped in together with the first answer from it
    requestView();
}

void FindingsModel::requestView()
{
    const std::uint64_t asked = ++m_askedNumber;
    m_stopView.requestStop();
    m_stopView = {};
    const FindingIndexPtr from = m_nextIndex ? m_nextIndex : m_index;
    if (!from || from->rows().size() <= atOnce) {
        m_answered = asked;
        take(from, from ? answer(*from, m_query) : FindingView());
        return;
    }
    m_pool.start([this, asked, from, query = m_query, stop = m_stopView.token()] {
        FindingView view = answer(*from, query, stop);
        QMetaObject::invokeMethod(
            this,
            [this, asked, from, view = std::move(view)]() mutable {
                if (asked != m_askedNumber)
                    return;
                m_answered = asked;
                take(from, std::move(view));
            },
            Qt::QueuedConnection);
    });
    Q_EMIT busyChanged();
}

// --------------------------------------------------------------------------------------------- answers

void FindingsModel::take(FindingIndexPtr index, FindingView view)
{
    Q_EMIT aboutToShow();
    m_nextIndex = nullptr;
    const bool sameRows = index && index == m_index && view.query.filter == m_view.query.filter
        && view.query.grouping == m_view.query.grouping;
    if (sameRows) {
        reorder(std::move(view));
    } else {
        beginResetModel();
        m_index = std::move(index);
        m_view = std::move(view);
        m_rows = madeRows();
        findHeadings();
        endResetModel();
    }
    Q_EMIT shown();
    Q_EMIT busyChanged();
}

/// Another order of the same rows: indexes that somebody holds stay on their finding.
void FindingsModel::reorder(FindingView view)
{
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    std::vector<std::uint32_t> kept;
    for (const QModelIndex& index : before)
        kept.push_back(m_rows[static_cast<std::size_t>(index.row())]);
    const std::vector<std::uint32_t> old = std::exchange(m_rows, {});
    m_view = std::move(view);
    m_rows = madeRows();
    findHeadings();
    if (!before.isEmpty()) {
        std::vector<int> rowOfFinding(m_index->rows().size(), -1), rowOfHeading(m_view.groups.size(), -1);
        for (std::size_t row = m_rows.size(); row-- > 0;) {
            const std::uint32_t entry = m_rows[row];
            (entry & headingBit ? rowOfHeading[entry & ~headingBit] : rowOfFinding[entry])
                = static_cast<int>(row);
        }
        QModelIndexList after;
        for (qsizetype i = 0; i < before.size(); ++i) {
            const std::uint32_t entry = kept[static_cast<std::size_t>(i)];
            const int row = entry & headingBit ? rowOfHeading[entry & ~headingBit] : rowOfFinding[entry];
            after.append(QAbstractTableModel::index(row, before[i].column()));
        }
        changePersistentIndexList(before, after);
    }
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

std::vector<std::uint32_t> FindingsModel::madeRows() const
{
    if (m_view.groups.empty())
        return m_view.rows;
    std::vector<std::uint32_t> rows;
    rows.reserve(m_view.rows.size() + m_view.groups.size());
    for (std::uint32_t i = 0; i < m_view.groups.size(); ++i) {
        const FindingView::Group& group = m_view.groups[i];
        rows.push_back(headingBit | i);
        if (!m_folded.empty() && m_folded.count(foldKey(group)) > 0)
            continue;
        const auto first = m_view.rows.begin() + group.first;
        rows.insert(rows.end(), first, first + group.size);
    }
    return rows;
}

void FindingsModel::findHeadings()
{
    m_headings.clear();
    if (!m_view.groups.empty())
        for (std::uint32_t row = 0; row < m_rows.size(); ++row)
            if (m_rows[row] & headingBit)
                m_headings.push_back(row);
}

assessment::AssessmentPtr FindingsModel::assessment() const
{
    return m_index ? m_index->assessment() : nullptr;
}

std::uint32_t FindingsModel::indexRow(int row) const
{
    if (row < 0 || static_cast<std::size_t>(row) >= m_rows.size())
        return none;
    const std::uint32_t entry = m_rows[static_cast<std::size_t>(row)];
    return entry & headingBit ? none : entry;
}

const posture::Finding* FindingsModel::finding(int row) const
{
    const std::uint32_t number = indexRow(row);
    return number == none ? nullptr : m_index->rows()[number].finding;
}

int FindingsModel::rowOf(const posture::Finding* wanted) const
{
    if (!wanted)
        return -1;
    const auto it = std::find_if(m_rows.begin(), m_rows.end(), [&](std::uint32_t entry) {
        return !(entry & headingBit) && m_index->rows()[entry].finding == wanted;
    });
    return it == m_rows.end() ? -1 : static_cast<int>(it - m_rows.begin());
}

const posture::Finding* FindingsModel::byFingerprint(std::string_view fingerprint) const
{
    return m_index ? m_index->byFingerprint(fingerprint) : nullptr;
}

// ---------------------------------------------------------------------------------------------- groups

const FindingView::Group* FindingsModel::group(int row) const
{
    if (row < 0 || static_cast<std::size_t>(row) >= m_rows.size())
        return nullptr;
    const std::uint32_t entry = m_rows[static_cast<std::size_t>(row)];
    return entry & headingBit ? &m_view.groups[entry & ~headingBit] : nullptr;
}

int FindingsModel::headingOf(int row) const
{
    if (row < 0 || m_headings.empty())
        return -1;
    const auto next = std::upper_bound(m_headings.begin(), m_headings.end(), static_cast<std::uint32_t>(row));
    return next == m_headings.begin() ? -1 : static_cast<int>(*std::prev(next));
}

std::string FindingsModel::foldKey(const FindingView::Group& group) const
{
    return groupingId(m_view.query.grouping) + '\n' + groupKey(*m_index, m_view, group);
}

bool FindingsModel::isFolded(int headingRow) const
{
    const FindingView::Group* g = group(headingRow);
    return g && m_folded.count(foldKey(*g)) > 0;
}

void FindingsModel::setFolded(int headingRow, bool folded)
{
    const FindingView::Group* g = group(headingRow);
    if (!g || isFolded(headingRow) == folded)
        return;
    const auto at = m_rows.begin() + headingRow + 1;
    const int last = headingRow + static_cast<int>(g->size);
    if (folded) {
        beginRemoveRows({}, headingRow + 1, last);
        m_folded.insert(foldKey(*g));
        m_rows.erase(at, at + g->size);
        findHeadings();
        endRemoveRows();
    } else {
        beginInsertRows({}, headingRow + 1, last);
        m_folded.erase(foldKey(*g));
        const auto first = m_view.rows.begin() + g->first;
        m_rows.insert(at, first, first + g->size);
        findHeadings();
        endInsertRows();
    }
    const QModelIndex heading = QAbstractTableModel::index(headingRow, 0);
    Q_EMIT dataChanged(heading, heading.siblingAtColumn(ColumnCount - 1));
}

void FindingsModel::setAllFolded(bool folded)
{
    if (!isGrouped())
        return;
    Q_EMIT aboutToShow();
    beginResetModel();
    for (const FindingView::Group& g : m_view.groups) {
        if (folded)
            m_folded.insert(foldKey(g));
        else
            m_folded.erase(foldKey(g));
    }
    m_rows = madeRows();
    findHeadings();
    endResetModel();
    Q_EMIT shown();
}

void FindingsModel::unfoldFor(const posture::Finding* finding)
{
    if (!finding || m_folded.empty() || rowOf(finding) >= 0)
        return;
    for (const FindingView::Group& g : m_view.groups) {
        const auto first = m_view.rows.begin() + g.first;
        const bool within = std::any_of(first, first + g.size,
            [&](std::uint32_t row) { return m_index->rows()[row].finding == finding; });
        if (within) {
            setFolded(rowOfGroup(groupKey(*m_index, m_view, g)), false);
            return;
        }
    }
}

int FindingsModel::rowOfGroup(const std::string& key) const
{
    for (const std::uint32_t row : m_headings)
        if (keyOfGroup(static_cast<int>(row)) == key)
            return static_cast<int>(row);
    return -1;
}

std::string FindingsModel::keyOfGroup(int headingRow) const
{
    const FindingView::Group* g = group(headingRow);
    return g ? groupKey(*m_index, m_view, *g) : std::string();
}

QString FindingsModel::titleOfGroup(int headingRow) const
{
    const FindingView::Group* g = group(headingRow);
    return g ? groupTitle(*m_index, m_view, *g) : QString();
}

QString FindingsModel::countsOfGroup(int headingRow) const
{
    const FindingView::Group* g = group(headingRow);
    if (!g)
        return {};
    const QString problems
        = g->problems == 1 ? tr("1 problem") : tr("%1 problems").arg(countText(g->problems));
    if (g->problems == g->size)
        return problems;
    if (g->problems == 0)
        return g->size == 1 ? tr("1 finding") : tr("%1 findings").arg(countText(g->size));
    return tr("%1 in %2 places").arg(problems, countText(g->size));
}

// ----------------------------------------------------------------------------------------------- cells

int FindingsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int FindingsModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

Qt::ItemFlags FindingsModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return {};
    // A heading can be stood on, but what is selected are findings.
    return group(index.row()) ? Qt::ItemIsEnabled
                              : Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

QVariant FindingsModel::headingData(int row, int role) const
{
    const QString words
        = tr("%1, %2, worst: %3").arg(titleOfGroup(row), countsOfGroup(row), severityWord(group(row)->worst));
    if (role == Qt::AccessibleTextRole)
        return isFolded(row) ? tr("Group %1, folded").arg(words) : tr("Group %1").arg(words);
    if (role == Qt::ToolTipRole)
        return toolTipText(words);
    if (role == SeverityRole)
        return static_cast<int>(group(row)->worst);
    return {};
}

QVariant FindingsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    if (group(index.row()))
        return headingData(index.row(), role);
    const std::uint32_t number = indexRow(index.row());
    if (number == none)
        return {};
    const FindingIndex::Row& row = m_index->rows()[number];
    const auto column = static_cast<Column>(index.column());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        // Below a heading that says the title, what is wrong just here says more.
        if (column == Column::Title && m_view.query.grouping.by == Grouping::By::Check
            && !row.finding->message.empty())
            return ui::shown(row.finding->message);
        return cellText(m_index->facts(row), row.ways, column);
    case Qt::ToolTipRole:
        if (column == Column::Title && !row.finding->message.empty())
            return toolTipText(ui::shown(row.finding->message));
        if (column == Column::Ways && row.ways > 0)
            return toolTipText(
                tr("The cheapest path of %n certain way(s) takes a step that this finding opens", nullptr,
                    static_cast<int>(row.ways)));
        return toolTipText(cellText(m_index->facts(row), row.ways, column));
    case SeverityRole:
        return static_cast<int>(row.finding->severity);
    case StateRole:
        return static_cast<int>(row.finding->state);
    case StageRole:
        return static_cast<int>(m_index->check(row).stage);
    default:
        return {};
    }
}

QVariant FindingsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    const auto column = static_cast<Column>(section);
    switch (role) {
    case Qt::TextAlignmentRole:
        return int(Qt::AlignLeft | Qt::AlignVCenter);
    case Qt::DisplayRole:
        return columnTitle(column);
    case Qt::AccessibleTextRole:
        for (std::size_t i = 0; i < m_query.sort.size(); ++i)
            if (m_query.sort[i].column == column)
                return (m_query.sort[i].order == Qt::AscendingOrder ? tr("%1, ascending, sort column %2")
                                                                    : tr("%1, descending, sort column %2"))
                    .arg(columnTitle(column))
                    .arg(i + 1);
        return columnTitle(column);
    case Qt::ToolTipRole:
        return toolTipText(column == Column::Ways
                ? tr("How many certain ways to a crown jewel lead through the finding.\n"
                     "Click to sort, Shift+click to sort by several columns.")
                : tr("Click to sort, Shift+click to sort by several columns."));
    default:
        return {};
    }
}

std::vector<std::uint32_t> allShown(const FindingsModel& model)
{
    std::vector<std::uint32_t> rows;
    if (!model.index())
        return rows;
    std::vector<bool> taken(model.index()->rows().size());
    for (const std::uint32_t row : model.view().rows) {
        if (!taken[row])
            rows.push_back(row);
        taken[row] = true;
    }
    return rows;
}

} // namespace glacis::ui
