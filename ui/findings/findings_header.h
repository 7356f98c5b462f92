// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The headings of the findings' columns: a click sorts by one, Shift+click by one more; arrows say which way,
// small numbers in which order.
#pragma once

#include <findings/finding_view.h>

#include <QHeaderView>

namespace glacis::ui {

class FindingsHeader : public QHeaderView {
    Q_OBJECT
public:
    explicit FindingsHeader(QWidget* parent = nullptr);
    void setSort(const std::vector<SortKey>& keys);

    /// What a click on a column makes of the order: its better direction, then the other, then not at all.
    [[nodiscard]] static std::vector<SortKey> toggled(
        const std::vector<SortKey>& keys, FindingColumn column, bool among);

Q_SIGNALS:
    void sortAsked(const std::vector<glacis::ui::SortKey>& keys);

protected:
    void mouseReleaseEvent(QMouseEvent* event) override;
    void paintSection(QPainter* painter, const QRect& rect, int section) const override;
    [[nodiscard]] QSize sectionSizeFromContents(int section) const override;

private:
    std::vector<SortKey> m_keys;
    Qt::KeyboardModifiers m_modifiers;
};

} // namespace glacis::ui
