// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include <QWidget>

class QLineEdit;
class QPushButton;

namespace glacis::ui {

class PlainLabel;

/// A line that asks for a name, in place: Return takes it, Escape closes.
class SaveBar : public QWidget {
    Q_OBJECT
public:
    explicit SaveBar(QWidget* parent = nullptr);
    /// `taken` answers with what is wrong with the name, or nothing when it was taken: then the line closes.
    void ask(const QString& question, const QString& name, std::function<QString(const QString&)> taken);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void take();
    PlainLabel* m_question;
    QLineEdit* m_name;
    PlainLabel* m_wrong;
    std::function<QString(const QString&)> m_taken;
};

} // namespace glacis::ui
