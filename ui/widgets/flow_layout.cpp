// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <widgets/flow_layout.h>

#include <QStyle>
#include <QWidget>

#include <algorithm>

namespace glacis::ui {

FlowLayout::FlowLayout(int gap, QWidget* parent)
    : QLayout(parent)
    , m_gap(gap)
{
    setContentsMargins(0, 0, 0, 0);
}

FlowLayout::~FlowLayout() = default;

void FlowLayout::clear()
{
    for (const auto& item : m_items)
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
    m_items.clear();
    invalidate();
}

void FlowLayout::addItem(QLayoutItem* item) { m_items.emplace_back(item); }

QLayoutItem* FlowLayout::itemAt(int index) const
{
    return index >= 0 && index < count() ? m_items[static_cast<std::size_t>(index)].get() : nullptr;
}

QLayoutItem* FlowLayout::takeAt(int index)
{
    if (index < 0 || index >= count())
        return nullptr;
    QLayoutItem* item = m_items[static_cast<std::size_t>(index)].release();
    m_items.erase(m_items.begin() + index);
    return item;
}

int FlowLayout::arrange(const QRect& rect, Apply apply) const
{
    const QRect inside = rect.marginsRemoved(contentsMargins());
    const auto direction = parentWidget() ? parentWidget()->layoutDirection() : Qt::LeftToRight;
    int x = inside.x(), y = inside.y(), lineHeight = 0;
    std::vector<std::pair<QLayoutItem*, QRect>> line;
    const auto endLine = [&] {
        for (const auto& [item, box] : line)
            if (apply == Apply::Yes) // items of a line share its middle
                item->setGeometry(QStyle::visualRect(
                    direction, inside, box.translated(0, (lineHeight - box.height()) / 2)));
        line.clear();
    };
    for (const auto& item : m_items) {
        QSize size = item->sizeHint();
        size.setWidth(std::min(size.width(), inside.width()));
        if (x > inside.x() && x + size.width() > inside.right() + 1) {
            endLine();
            x = inside.x();
            y += lineHeight + m_gap;
            lineHeight = 0;
        }
        line.emplace_back(item.get(), QRect(QPoint(x, y), size));
        x += size.width() + m_gap;
        lineHeight = std::max(lineHeight, size.height());
    }
    endLine();
    return y + lineHeight - rect.y() + contentsMargins().bottom();
}

int FlowLayout::heightForWidth(int width) const { return arrange(QRect(0, 0, width, 0), Apply::No); }

QSize FlowLayout::sizeHint() const { return minimumSize(); }

QSize FlowLayout::minimumSize() const
{
    QSize size;
    for (const auto& item : m_items)
        size = size.expandedTo(item->minimumSize());
    return size;
}

void FlowLayout::setGeometry(const QRect& rect)
{
    QLayout::setGeometry(rect);
    arrange(rect, Apply::Yes);
}

} // namespace glacis::ui
