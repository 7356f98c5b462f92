// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <findings/findings_model.h>

#include <findings/finding_filter.h>
#include <widgets/outside_text.h>
#include <widgets/severity_mark.h>

#include <algorithm>

namespace glacis::ui {

FindingsModel::FindingsModel(QObject* parent)
    : QAbstractTableModel(parent)
{
}

void FindingsModel::setAssessment(assessment::AssessmentPtr assessment)
{
    beginResetModel();
    m_assessment = std::move(assessment);
    m_all = m_assessment ? allFindings(*m_assessment) : std::vector<const posture::Finding*>();
    numberProblems();
    filterRows();
    endResetModel();
}

void FindingsModel::numberProblems()
{
    m_problemTotal = 0;
    m_problems.clear();
    if (!m_assessment)
        return;
    std::vector<std::vector<std::uint32_t>> numbers; // by check, then as the findings of its result
    for (const posture::CheckResult& result : m_assessment->posture.results) {
        std::vector<std::uint32_t>& ofCheck = numbers.emplace_back(result.findings.size(), noProblem);
        const posture::Finding* last = nullptr;
        for (std::size_t i = 0; i < result.findings.size(); ++i) {
            const posture::Finding& finding = result.findings[i];
            if (!counts(finding))
                continue;
            m_problemTotal += !last || !sameProblem(*last, finding) ? 1 : 0;
            ofCheck[i] = static_cast<std::uint32_t>(m_problemTotal - 1);
            last = &finding;
        }
    }
    m_problems.reserve(m_all.size());
    for (const posture::Finding* finding : m_all) {
        const auto& findings = m_assessment->posture.results[finding->check].findings;
        m_problems.push_back(numbers[finding->check][static_cast<std::size_t>(finding - findings.data())]);
    }
}

std::size_t FindingsModel::problemsShown() const
{
    std::vector<bool> seen(m_problemTotal);
    std::size_t shown = 0;
    for (const std::uint32_t row : m_rows) {
        const std::uint32_t problem = m_problems[row];
        if (problem == noProblem || seen[problem])
            continue;
        seen[problem] = true;
        ++shown;
    }
    return shown;
}

void FindingsModel::setFilter(const QString& filter)
{
    if (filter == m_filter)
        return;
    beginResetModel();
    m_filter = filter;
    filterRows();
    endResetModel();
}

void FindingsModel::filterRows()
{
    m_rows.clear();
    if (m_assessment)
        m_rows = FindingFilter(m_filter).apply(*m_assessment, m_all);
    sortRows();
}

void FindingsModel::sortRows()
{
    if (!m_assessment || m_sortColumn < 0)
        return;
    const bool ascending = m_sortOrder == Qt::AscendingOrder;
    // m_rows comes in the order "worst first"; a stable sort keeps that among equals.
    const auto sortBy = [&](const auto& key) {
        using Key = decltype(key(*m_all.front()));
        std::vector<std::pair<Key, std::uint32_t>> keyed;
        keyed.reserve(m_rows.size());
        for (const std::uint32_t row : m_rows)
            keyed.emplace_back(key(*m_all[row]), row);
        std::stable_sort(keyed.begin(), keyed.end(), [ascending](const auto& a, const auto& b) {
            return ascending ? a.first < b.first : b.first < a.first;
        });
        std::transform(keyed.begin(), keyed.end(), m_rows.begin(), [](const auto& k) { return k.second; });
    };
    if (m_rows.empty())
        return;
    using posture::Finding;
    switch (static_cast<Column>(m_sortColumn)) {
    case Column::Severity:
        return sortBy([](const Finding& f) { return static_cast<int>(f.severity); });
    case Column::Check:
        return sortBy([](const Finding& f) { return f.check; }); // the catalogue is ordered by id
    case Column::Title:
        return sortBy([this](const Finding& f) { return std::string_view(m_assessment->info(f).title); });
    case Column::Kind:
        return sortBy([this](const Finding& f) { return factsOf(*m_assessment, f).kind; });
    case Column::Namespace:
        return sortBy([this](const Finding& f) { return factsOf(*m_assessment, f).ns; });
    case Column::Object:
        return sortBy([this](const Finding& f) { return factsOf(*m_assessment, f).name; });
    case Column::Locus:
        return sortBy([](const Finding& f) { return std::string_view(f.locus); });
    case Column::State:
        return sortBy([](const Finding& f) { return static_cast<int>(f.state); });
    }
}

void FindingsModel::sort(int column, Qt::SortOrder order)
{
    if (column >= ColumnCount)
        return;
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    std::vector<std::uint32_t> kept;
    for (const QModelIndex& index : before)
        kept.push_back(m_rows[static_cast<std::size_t>(index.row())]);
    m_sortColumn = column;
    m_sortOrder = order;
    std::sort(m_rows.begin(), m_rows.end()); // back to "worst first"
    sortRows();
    if (!before.isEmpty()) {
        std::vector<int> rowOfIndex(m_all.size(), -1);
        for (std::size_t row = 0; row < m_rows.size(); ++row)
            rowOfIndex[m_rows[row]] = static_cast<int>(row);
        QModelIndexList after;
        for (qsizetype i = 0; i < before.size(); ++i)
            after.append(index(rowOfIndex[kept[static_cast<std::size_t>(i)]], before[i].column()));
        changePersistentIndexList(before, after);
    }
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

const posture::Finding* FindingsModel::finding(int row) const
{
    return row >= 0 && static_cast<std::size_t>(row) < m_rows.size()
        ? m_all[m_rows[static_cast<std::size_t>(row)]]
        : nullptr;
}

int FindingsModel::rowOf(const posture::Finding* wanted) const
{
    const auto it
        = std::find_if(m_rows.begin(), m_rows.end(), [&](std::uint32_t row) { return m_all[row] == wanted; });
    return it == m_rows.end() ? -1 : static_cast<int>(it - m_rows.begin());
}

const posture::Finding* FindingsModel::byFingerprint(std::string_view fingerprint) const
{
    if (fingerprint.empty())
        return nullptr;
    const auto it = std::find_if(
        m_all.begin(), m_all.end(), [&](const posture::Finding* f) { return f->fingerprint == fingerprint; });
    return it == m_all.end() ? nullptr : *it;
}

int FindingsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int FindingsModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QString FindingsModel::text(const posture::Finding& finding, Column column) const
{
    const FindingFacts facts = factsOf(*m_assessment, finding);
    switch (column) {
    case Column::Severity:
        return severityWord(finding.severity);
    case Column::Check:
        return fromUtf8(facts.check->id);
    case Column::Title:
        return fromUtf8(facts.check->title);
    case Column::Kind:
        return shown(facts.kind, 80);
    case Column::Namespace:
        return shown(facts.ns, 260);
    case Column::Object:
        return shown(facts.name, 260);
    case Column::Locus:
        return shown(finding.locus, 300);
    case Column::State:
        return stateWord(finding.state);
    }
    return {};
}

QVariant FindingsModel::data(const QModelIndex& index, int role) const
{
    const posture::Finding* f = index.isValid() ? finding(index.row()) : nullptr;
    if (!f)
        return {};
    const auto column = static_cast<Column>(index.column());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return text(*f, column);
    case Qt::ToolTipRole:
        return toolTipText(
            column == Column::Title && !f->message.empty() ? shown(f->message) : text(*f, column));
    case SeverityRole:
        return static_cast<int>(f->severity);
    case StateRole:
        return static_cast<int>(f->state);
    default:
        return {};
    }
}

QVariant FindingsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (static_cast<Column>(section)) {
    case Column::Severity:
        return tr("Severity");
    case Column::Check:
        return tr("Check");
    case Column::Title:
        return tr("Title");
    case Column::Kind:
        return tr("Kind");
    case Column::Namespace:
        return tr("Namespace");
    case Column::Object:
        return tr("Object");
    case Column::Locus:
        return tr("Where");
    case Column::State:
        return tr("State");
    }
    return {};
}

QString FindingsModel::rowText(int row) const
{
    const posture::Finding* f = finding(row);
    if (!f)
        return {};
    QStringList cells;
    for (int column = 0; column < ColumnCount; ++column)
        cells += text(*f, static_cast<Column>(column)).replace(u'\t', u' ');
    return cells.join(u'\t');
}

} // namespace glacis::ui
