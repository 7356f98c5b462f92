// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <clusters/exec_gate.h>

#include <QDialog>

class QTimer;

namespace glacis::ui {

class PlainLabel;
class TextBlock;

/// What would run, to the letter, and three answers; not running it is the default and what Escape says.
/// Window-modal, blocks nothing.
class ExecDialog : public QDialog {
    Q_OBJECT
public:
    ExecDialog(const cluster::ExecInvocation& what, QWidget* parent);
    void reject() override;

Q_SIGNALS:
    void answered(glacis::ui::ExecGate::Answer answer); ///< once

private:
    void say(ExecGate::Answer answer);
    bool m_said = false;
};

/// Beside a page while a plugin waits for a person to sign in elsewhere: its own words, live, the time that
/// has passed, Cancel. Hidden while no plugin runs.
class SignInPanel : public QWidget {
    Q_OBJECT
public:
    explicit SignInPanel(QWidget* parent = nullptr);
    /// Shown once the plugin has said something or takes long.
    void tell(const std::string& who, const cluster::ExecProgress& progress);
    void finish(const std::string& who);

Q_SIGNALS:
    void cancelAsked(const std::string& who);

private:
    std::string m_who;
    PlainLabel* m_head;
    TextBlock* m_words;
    QTimer* m_silence; ///< no word for so long: it has ended
};

} // namespace glacis::ui
