// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <settings/setting_row.h>

#include <widgets/plain_label.h>

#include <QBoxLayout>

namespace glacis::ui {
namespace {

    constexpr int besideFrom = 560;

}

SettingRow::SettingRow(const QString& title, const QString& note, QWidget* control, QWidget* parent)
    : QWidget(parent)
    , m_line(new QBoxLayout(QBoxLayout::LeftToRight, this))
{
    m_line->setContentsMargins(0, 7, 0, 7);
    m_line->setSpacing(20);
    auto* words = new QWidget;
    auto* column = new QVBoxLayout(words);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addWidget(new TextBlock(title));
    if (!note.isEmpty())
        column->addWidget(new TextBlock(note, Type::Small, Token::Text2));
    m_line->addWidget(words, 5, Qt::AlignTop);
    m_line->addWidget(control, 6, Qt::AlignTop);
}

void SettingRow::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const bool beside = width() >= scaled(besideFrom);
    const auto direction = beside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom;
    if (m_line->direction() == direction)
        return;
    m_line->setDirection(direction);
    m_line->setSpacing(beside ? 20 : 6);
}

} // namespace glacis::ui
