// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The findings of one assessment as rows. Sorting and filtering permute a vector of row numbers: no proxy
// model, no copies, text made only for the cells that are painted.
#pragma once

#include <vector>

#include <findings/finding_facts.h>

#include <QAbstractTableModel>

namespace glacis::ui {

class FindingsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum class Column : int { Severity, Check, Title, Kind, Namespace, Object, Locus, State };
    static constexpr int ColumnCount = static_cast<int>(Column::State) + 1;
    enum Role { SeverityRole = Qt::UserRole + 1, StateRole };

    explicit FindingsModel(QObject* parent = nullptr);

    void setAssessment(assessment::AssessmentPtr assessment); ///< nullptr empties the model
    void setFilter(const QString& text);

    [[nodiscard]] const assessment::AssessmentPtr& assessment() const { return m_assessment; }
    [[nodiscard]] std::size_t total() const { return m_all.size(); }
    /// Problems that count (see finding_facts.h): all, and those of which a row passes the filter.
    [[nodiscard]] std::size_t problemTotal() const { return m_problemTotal; }
    [[nodiscard]] std::size_t problemsShown() const;
    [[nodiscard]] const posture::Finding* finding(int row) const; ///< nullptr outside
    [[nodiscard]] int rowOf(const posture::Finding* finding) const; ///< -1 when filtered away
    /// The finding of this fingerprint, whether it passes the filter or not.
    [[nodiscard]] const posture::Finding* byFingerprint(std::string_view fingerprint) const;
    /// Tab separated values of a row, in column order.
    [[nodiscard]] QString rowText(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const final;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const final;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const final;
    [[nodiscard]] QVariant headerData(
        int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const final;
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) final;

private:
    static constexpr std::uint32_t noProblem = UINT32_MAX;
    void numberProblems();
    void filterRows();
    void sortRows();
    [[nodiscard]] QString text(const posture::Finding& finding, Column column) const;
    assessment::AssessmentPtr m_assessment;
    std::vector<const posture::Finding*> m_all; ///< worst first
    std::vector<std::uint32_t> m_problems; ///< of each of m_all: its problem, or noProblem
    std::size_t m_problemTotal = 0;
    std::vector<std::uint32_t> m_rows; ///< visible: indices into m_all
    QString m_filter;
    int m_sortColumn = -1; ///< -1: worst first
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
};

} // namespace glacis::ui
