// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The picture as a table, for keyboard and screen reader: each step of each drawn way is a row.
#pragma once

#include <attack/path_figure.h>

#include <QAbstractTableModel>

namespace glacis::ui {

class StepsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum class Column : int { Way, Step, From, What, To, Stage, Certainty, Cost };
    static constexpr int ColumnCount = static_cast<int>(Column::Cost) + 1;
    explicit StepsModel(QObject* parent = nullptr);
    void setFigure(PathFigurePtr figure);
    /// Way and step of a row: index into scene.ways, number from 1.
    struct Place {
        std::size_t way = 0;
        std::uint32_t step = 0;
    };
    [[nodiscard]] Place place(int row) const;
    [[nodiscard]] int rowOf(std::size_t way, std::uint32_t step) const; ///< -1: none
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const final;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const final;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const final;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const final;

private:
    PathFigurePtr m_figure;
    std::vector<std::uint32_t> m_first; ///< first row of each way, and one past the last
};

} // namespace glacis::ui
