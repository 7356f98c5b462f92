// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <settings/setting_row.h>

#include <widgets/plain_label.h>

#include <QAbstractButton>
#include <QBoxLayout>

#include <algorithm>

namespace glacis::ui {
namespace {

    constexpr int besideFrom = 560;

    /// Puts the title level with the first button of the control.
    int titleInset(const QWidget& control, const QWidget& title)
    {
        const auto* button = control.findChild<QAbstractButton*>();
        return button ? std::max(0, (button->sizeHint().height() - title.minimumSizeHint().height()) / 2) : 0;
    }

}

SettingRow::SettingRow(const QString& title, const QString& note, QWidget* control, QWidget* parent)
    : QWidget(parent)
    , m_line(new QBoxLayout(QBoxLayout::LeftToRight, this))
{
    m_line->setContentsMargins(0, 7, 0, 7);
    m_line->setSpacing(20);
    auto* words = new QWidget;
    auto* column = new QVBoxLayout(words);
    column->setSpacing(2);
    auto* heading = new TextBlock(title);
    column->addWidget(heading);
    m_words = column;
    m_inset = titleInset(*control, *heading);
    column->setContentsMargins(0, m_inset, 0, 0);
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
    m_words->setContentsMargins(0, beside ? m_inset : 0, 0, 0);
}

} // namespace glacis::ui
