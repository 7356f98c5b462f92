// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <widgets/section.h>

#include <widgets/plain_label.h>

#include <QScrollArea>
#include <QVBoxLayout>

namespace glacis::ui {

Section::Section(const QString& heading, Type type, QWidget* parent)
    : QWidget(parent)
    , m_text(new TextBlock({}, type, Token::Text))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(new PlainLabel(heading, Type::Section, Token::Text3));
    column->addWidget(m_text);
    hide();
}

void Section::setText(const QString& text)
{
    m_text->setText(text);
    setVisible(!text.isEmpty());
}

QString Section::text() const { return m_text->text(); }

QScrollArea* makeScroll(QWidget* content)
{
    auto* area = new QScrollArea;
    content->setProperty("kind", QStringLiteral("clear"));
    area->setWidget(content);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    return area;
}

} // namespace glacis::ui
