// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Credential plugins as the person meets them: asks before one runs, shows what one says while it runs, and
// cancels what waits for it.
#pragma once

#include <QObject>
#include <QPointer>

#include <string>

namespace glacis::cluster {
struct ExecInvocation;
}

namespace glacis::workspace {
class Workspace;
}

namespace glacis::ui {

class ContextDirectory;
class ExecDialog;
class ExecGate;
class SignInPanel;

class SignIn : public QObject {
    Q_OBJECT
public:
    /// gate: nullptr: no plugin ever runs, nothing is asked. All outlive this; the question stands over
    /// window.
    SignIn(ExecGate* gate, workspace::Workspace& workspace, ContextDirectory& contexts, QWidget& window);
    ~SignIn() override;

    /// The panel that shows what plugins say from now on; the caller's.
    [[nodiscard]] SignInPanel* makePanel();
    void forgetQuestion(); ///< the window goes: its dialog with it

Q_SIGNALS:
    void failed(const QString& what, const QString& reason); ///< an approval could not be kept

private:
    void ask(const cluster::ExecInvocation& what);
    void withdraw();
    void keep(const cluster::ExecInvocation& what);
    void cancel(const std::string& who);

    ExecGate* m_gate;
    workspace::Workspace& m_workspace;
    ContextDirectory& m_contexts;
    QWidget& m_window;
    QPointer<SignInPanel> m_panel;
    QPointer<ExecDialog> m_question;
};

} // namespace glacis::ui
