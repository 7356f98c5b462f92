// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The findings of one assessment as rows, with headings of groups among them. Filter, order and groups
// permute a vector of row numbers: no proxy model, no copies, text made only for the cells that are painted.
//
// Large assessments are indexed and asked on a worker thread; the latest question wins, what is shown stays
// until its answer is there. Small ones are answered at once, before the call returns.
#pragma once

#include <set>
#include <string>
#include <vector>

#include <findings/finding_view.h>

#include <QAbstractTableModel>
#include <QThreadPool>

namespace glacis::ui {

class FindingsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    using Column = FindingColumn;
    static constexpr int ColumnCount = FindingColumnCount;
    /// Up to this many findings are answered at once: a few milliseconds.
    static constexpr std::size_t atOnce = 4000;
    enum Role { SeverityRole = Qt::UserRole + 1, StateRole, StageRole };

    explicit FindingsModel(QObject* parent = nullptr);
    ~FindingsModel() override;

    void setAssessment(assessment::AssessmentPtr assessment); ///< nullptr empties the model
    void setFilter(const QString& text);
    void setGrouping(const Grouping& grouping);
    void setSort(const std::vector<SortKey>& keys);
    void ask(const FindingQuery& query); ///< all three at once

    [[nodiscard]] const FindingQuery& asked() const { return m_query; } ///< the latest, shown or not
    [[nodiscard]] bool isBusy() const { return m_indexing || m_askedNumber != m_answered; }
    [[nodiscard]] const FindingView& view() const { return m_view; } ///< what is shown
    [[nodiscard]] const FindingIndexPtr& index() const { return m_index; } ///< nullptr: no assessment
    using QAbstractTableModel::index;
    [[nodiscard]] assessment::AssessmentPtr assessment() const; ///< of what is shown
    [[nodiscard]] std::size_t total() const { return m_index ? m_index->rows().size() : 0; }
    /// Problems that count (see finding_facts.h): all, and those of which a row passes the filter.
    [[nodiscard]] std::size_t problemTotal() const { return m_index ? m_index->problemTotal() : 0; }
    [[nodiscard]] std::size_t problemsShown() const { return m_view.problems; }

    static constexpr std::uint32_t none = UINT32_MAX;
    [[nodiscard]] std::uint32_t indexRow(int row) const; ///< of the index; none for headings and outside
    [[nodiscard]] const posture::Finding* finding(int row) const; ///< nullptr for headings and outside
    [[nodiscard]] int rowOf(const posture::Finding* finding) const; ///< -1 when filtered or folded away
    /// The finding of this fingerprint, whether it passes the filter or not.
    [[nodiscard]] const posture::Finding* byFingerprint(std::string_view fingerprint) const;

    [[nodiscard]] bool isGrouped() const { return !m_view.groups.empty(); }
    [[nodiscard]] const FindingView::Group* group(int row) const; ///< nullptr: no heading
    [[nodiscard]] int headingOf(int row) const; ///< row of the heading above it, itself included; -1: none
    [[nodiscard]] bool isFolded(int headingRow) const;
    void setFolded(int headingRow, bool folded);
    void setAllFolded(bool folded);
    void unfoldFor(const posture::Finding* finding); ///< so that rowOf() finds it, if it passes the filter
    [[nodiscard]] int rowOfGroup(const std::string& key) const; ///< -1 when there is none
    [[nodiscard]] std::string keyOfGroup(int headingRow) const;
    [[nodiscard]] QString titleOfGroup(int headingRow) const;
    [[nodiscard]] QString countsOfGroup(int headingRow) const; ///< "12 problems · 15 rows"

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const final;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const final;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const final;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const final;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const final;
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) final; ///< by one column; -1: worst first

Q_SIGNALS:
    void aboutToShow(); ///< what is shown is about to be replaced
    void shown(); ///< an answer is in place
    void busyChanged();

private:
    static constexpr std::uint32_t headingBit = 0x80000000U;
    void requestView();
    void takeIndex(std::uint64_t number, FindingIndexPtr index);
    void take(FindingIndexPtr index, FindingView view);
    void reorder(FindingView view);
    [[nodiscard]] std::vector<std::uint32_t> madeRows() const;
    void findHeadings();
    [[nodiscard]] std::string foldKey(const FindingView::Group& group) const;
    [[nodiscard]] QVariant headingData(int row, int role) const;

    FindingIndexPtr m_index;
    FindingIndexPtr m_nextIndex; ///< of a newer assessment, until its first answer is there
    FindingQuery m_query;
    FindingView m_view;
    std::vector<std::uint32_t> m_rows; ///< rows of the index, or headingBit and a number of m_view.groups
    std::vector<std::uint32_t> m_headings; ///< rows of the headings, ascending
    std::set<std::string> m_folded; ///< grouping and key: kept over filters and reloads

    QThreadPool m_pool;
    StopSource m_stopIndex, m_stopView;
    std::uint64_t m_indexNumber = 0;
    bool m_indexing = false;
    std::uint64_t m_askedNumber = 0, m_answered = 0;
};

/// The model's rows for a copy: those given, or all that pass the filter, each finding once.
[[nodiscard]] std::vector<std::uint32_t> allShown(const FindingsModel& model);

} // namespace glacis::ui
