// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every token, glyph and widget in every state, for those who build the program: glacis --gallery. What looks
// wrong here looks wrong everywhere.
#pragma once

#include <QWidget>

class QScrollArea;

namespace glacis::ui {

class Gallery : public QWidget {
    Q_OBJECT
public:
    explicit Gallery(QWidget* parent = nullptr);
    /// All samples below each other, as tall as they need at this width.
    [[nodiscard]] QPixmap picture();

private:
    QWidget* m_content;
    QScrollArea* m_scroll;
};

} // namespace glacis::ui
