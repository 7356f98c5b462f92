// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace glacis::ui {

class FindingsTable;

/// Paints a cell of the table: severity with its shape, the rest as text cut at the end. Headings of groups
/// span all columns; the table paints them with paintHeading().
class FindingsDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit FindingsDelegate(FindingsTable& table);
    void paint(
        QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void paintHeading(QPainter& painter, const QRect& rect, int row) const;

private:
    FindingsTable& m_table;
};

} // namespace glacis::ui
