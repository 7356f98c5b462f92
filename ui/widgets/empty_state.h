// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Says what would be here and offers the next step.
#pragma once

#include <widgets/icons.h>

#include <QWidget>

class QHBoxLayout;
class QPushButton;

namespace glacis::ui {

class PlainLabel;
class TextBlock;

class EmptyState : public QWidget {
    Q_OBJECT
public:
    EmptyState(Glyph glyph, const QString& title, const QString& text, QWidget* parent = nullptr);
    QPushButton* addButton(QPushButton* button);
    void setNote(const QString& note); ///< small line below the buttons

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QHBoxLayout* m_buttons;
    TextBlock* m_head;
    TextBlock* m_words;
    PlainLabel* m_note;
};

/// Where content will stand, while it is being read: quiet bars in the shape of the Overview.
class Skeleton : public QWidget {
    Q_OBJECT
public:
    explicit Skeleton(QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace glacis::ui
