// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QBoxLayout;

namespace glacis::ui {

/// What can be set, in words, with its control beside it; below it where there is no room.
class SettingRow : public QWidget {
    Q_OBJECT
public:
    SettingRow(const QString& title, const QString& note, QWidget* control, QWidget* parent = nullptr);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QBoxLayout *m_line, *m_words = nullptr;
    int m_inset = 0; ///< above the title, beside the control
};

} // namespace glacis::ui
