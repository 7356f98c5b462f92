// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <theme/type.h>

#include <QWidget>

class QScrollArea;

namespace glacis::ui {

class TextBlock;

/// A small heading over text; invisible while the text is empty.
class Section : public QWidget {
    Q_OBJECT
public:
    explicit Section(const QString& heading, Type type = Type::Body, QWidget* parent = nullptr);
    void setText(const QString& text);
    [[nodiscard]] QString text() const;

private:
    TextBlock* m_text;
};

/// A column that scrolls; put widgets into the returned area's widget()->layout().
[[nodiscard]] QScrollArea* makeScroll(QWidget* content);

} // namespace glacis::ui
