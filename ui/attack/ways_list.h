// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// All ways of a search as a list: certain ones first, each in a line of words.
#pragma once

#include <attack/path_figure.h>

#include <QAbstractListModel>
#include <QListView>
#include <QStyledItemDelegate>

namespace glacis::ui {

class WaysModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { ClassRole = Qt::UserRole + 1, DetailRole, FirstOfClassRole };
    explicit WaysModel(QObject* parent = nullptr);
    void setSearch(assessment::AssessmentPtr assessment, std::shared_ptr<const attack::Search> search);
    [[nodiscard]] const std::shared_ptr<const attack::Search>& search() const { return m_search; }
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const final;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const final;

private:
    assessment::AssessmentPtr m_assessment;
    std::shared_ptr<const attack::Search> m_search;
};

/// The list; the chosen way is its current row.
class WaysList : public QListView {
    Q_OBJECT
public:
    explicit WaysList(WaysModel& model, QWidget* parent = nullptr);
    void setCurrentWay(int row); ///< without telling of it
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void wayChosen(int row);

protected:
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    bool m_quiet = false;
    bool m_told = false; ///< the press that made it current has told of it
};

} // namespace glacis::ui
