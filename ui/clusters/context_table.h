// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The view of ContextModel. Enter scans, T tests, F marks as favourite; less important columns give way when
// room is short. The choice of a context outlives every rebuild of the model.
#pragma once

#include <clusters/context_model.h>

#include <QTableView>

#include <array>

namespace glacis::ui {

class ContextTable : public QTableView {
    Q_OBJECT
public:
    explicit ContextTable(ContextModel& model, QWidget* parent = nullptr);
    [[nodiscard]] ContextModel& contexts() const { return m_model; }
    [[nodiscard]] int hoveredRow() const { return m_hovered; }
    [[nodiscard]] const ContextFacts* current() const; ///< nullptr: none
    void choose(const std::string& key); ///< selects and shows it, now or once it is there
    void sort(int column, Qt::SortOrder order);
    [[nodiscard]] const std::string& chosenKey() const { return m_key; }

Q_SIGNALS:
    void chosen(); ///< current() answers anew
    void scanAsked();
    void testAsked();
    void favouriteAsked();
    void menuAsked(const QPoint& global);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

private:
    [[nodiscard]] bool isEmpty(ContextModel::Column column) const;
    void fitColumns();
    void arrange(); ///< after the model was made anew
    void hover(int row);
    ContextModel& m_model;
    std::string m_key;
    int m_hovered = -1;
    bool m_arranging = false;
};

} // namespace glacis::ui
