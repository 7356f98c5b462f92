// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The table of findings: whole rows select and light up, less important columns give way when room is short.
#pragma once

#include <QStyledItemDelegate>
#include <QTableView>

namespace glacis::ui {

class FindingsModel;

class FindingsTable : public QTableView {
    Q_OBJECT
public:
    explicit FindingsTable(FindingsModel& model, QWidget* parent = nullptr);
    [[nodiscard]] int hoveredRow() const { return m_hovered; }

Q_SIGNALS:
    void resized();

protected:
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override; ///< also the way to sort by keyboard

private:
    void hover(int row);
    void fitColumns();
    void copySelection();
    FindingsModel& m_model;
    int m_hovered = -1;
};

/// Paints a cell of the table: severity with its shape, the rest as text cut at the end.
class FindingsDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit FindingsDelegate(FindingsTable& table);
    void paint(
        QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    FindingsTable& m_table;
};

} // namespace glacis::ui
