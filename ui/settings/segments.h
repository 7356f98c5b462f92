// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <vector>

class QPushButton;

namespace glacis::ui {

/// One of a few values, all in view. Arrow keys move among them.
class Segments : public QWidget {
    Q_OBJECT
public:
    /// `name`: what is chosen, for screen readers.
    Segments(const QString& name, const QStringList& values, QWidget* parent = nullptr);
    void setIndex(int index); ///< -1: none; emits nothing
    [[nodiscard]] int index() const;

Q_SIGNALS:
    void chosen(int index); ///< by the person

private:
    std::vector<QPushButton*> m_buttons;
};

} // namespace glacis::ui
