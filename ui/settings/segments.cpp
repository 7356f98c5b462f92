// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <settings/segments.h>

#include <widgets/buttons.h>
#include <widgets/flow_layout.h>

#include <QButtonGroup>

namespace glacis::ui {

Segments::Segments(const QString& name, const QStringList& values, QWidget* parent)
    : QWidget(parent)
{
    setAccessibleName(name);
    auto* line = new FlowLayout(4, this);
    auto* group = new QButtonGroup(this);
    for (int i = 0; i < values.size(); ++i) {
        QPushButton* button = makeButton(values[i], ButtonKind::Plain, this);
        button->setProperty("kind", QStringLiteral("segment"));
        button->setCheckable(true);
        button->setAccessibleName(tr("%1: %2").arg(name, values[i]));
        group->addButton(button, i);
        line->addWidget(button);
        m_buttons.push_back(button);
        connect(button, &QPushButton::clicked, this, [this, i] { Q_EMIT chosen(i); });
    }
}

void Segments::setIndex(int index)
{
    if (index >= 0 && index < static_cast<int>(m_buttons.size()))
        m_buttons[static_cast<std::size_t>(index)]->setChecked(true);
}

int Segments::index() const
{
    for (std::size_t i = 0; i < m_buttons.size(); ++i)
        if (m_buttons[i]->isChecked())
            return static_cast<int>(i);
    return -1;
}

} // namespace glacis::ui
