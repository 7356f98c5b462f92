// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <findings/save_bar.h>

#include <findings/saved_views.h>
#include <widgets/buttons.h>
#include <widgets/plain_label.h>

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>

#include <utility>

namespace glacis::ui {

SaveBar::SaveBar(QWidget* parent)
    : QWidget(parent)
    , m_question(new PlainLabel({}, Type::Small, Token::Text2))
    , m_name(new QLineEdit)
    , m_wrong(new PlainLabel({}, Type::Small, Token::Medium))
{
    setObjectName(QStringLiteral("saveBar"));
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    line->addWidget(m_question);
    m_name->setObjectName(QStringLiteral("viewName"));
    m_name->setAccessibleName(tr("Name of the view"));
    m_name->setMaxLength(static_cast<int>(SavedViews::longestName));
    m_name->installEventFilter(this);
    m_name->setMinimumWidth(scaled(120));
    line->addWidget(m_name, 1);
    line->addWidget(m_wrong);
    QPushButton* save = makeButton(tr("Save"), ButtonKind::Primary);
    connect(save, &QPushButton::clicked, this, &SaveBar::take);
    line->addWidget(save);
    QPushButton* cancel = makeButton(tr("Cancel"), ButtonKind::Quiet);
    connect(cancel, &QPushButton::clicked, this, &QWidget::hide);
    line->addWidget(cancel);
    hide();
}

void SaveBar::ask(const QString& question, const QString& name, std::function<QString(const QString&)> taken)
{
    m_taken = std::move(taken);
    m_question->setText(question);
    m_wrong->setText({});
    m_name->setText(name);
    show();
    m_name->setFocus(Qt::OtherFocusReason);
    m_name->selectAll();
}

void SaveBar::take()
{
    const QString wrong = m_taken ? m_taken(m_name->text()) : QString();
    m_wrong->setText(wrong);
    setVisible(!wrong.isEmpty());
}

bool SaveBar::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_name && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            take();
            return true;
        }
        if (key == Qt::Key_Escape) {
            hide();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace glacis::ui
