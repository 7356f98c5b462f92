// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <shell/sign_in.h>

#include <clusters/context_directory.h>
#include <clusters/exec_dialog.h>
#include <clusters/exec_gate.h>
#include <widgets/outside_text.h>
#include <workspace/workspace.h>

namespace glacis::ui {

SignIn::SignIn(ExecGate* gate, workspace::Workspace& workspace, ContextDirectory& contexts, QWidget& window)
    : m_gate(gate)
    , m_workspace(workspace)
    , m_contexts(contexts)
    , m_window(window)
{
    if (!gate)
        return;
    connect(gate, &ExecGate::asked, this, &SignIn::ask);
    connect(gate, &ExecGate::withdrawn, this, &SignIn::withdraw);
    connect(gate, &ExecGate::alwaysWanted, this, &SignIn::keep);
    connect(gate, &ExecGate::progressed, this,
        [this](const std::string& who, const cluster::ExecProgress& progress) {
            if (m_panel)
                m_panel->tell(who, progress);
        });
    connect(gate, &ExecGate::finished, this, [this](const std::string& who) {
        if (m_panel)
            m_panel->finish(who);
    });
}

SignIn::~SignIn() = default;

SignInPanel* SignIn::makePanel()
{
    m_panel = new SignInPanel;
    connect(m_panel, &SignInPanel::cancelAsked, this, &SignIn::cancel);
    return m_panel;
}

void SignIn::forgetQuestion() { delete m_question; }

void SignIn::ask(const cluster::ExecInvocation& what)
{
    m_question = new ExecDialog(what, &m_window);
    connect(m_question, &ExecDialog::answered, m_gate, &ExecGate::answer);
    m_question->open();
}

void SignIn::withdraw()
{
    if (!m_question)
        return;
    m_question->disconnect(m_gate);
    m_question->close();
}

void SignIn::keep(const cluster::ExecInvocation& what)
{
    const auto& approve = m_contexts.services().approve;
    if (const Result<void> kept = approve ? approve(what) : Result<void>(); !kept)
        Q_EMIT failed(tr("The approval could not be kept"), shown(kept.error().message, 1000));
}

/// Whatever waits for the plugin of this context.
void SignIn::cancel(const std::string& who)
{
    for (const ContextFacts& context : m_contexts.listing().contexts)
        if (context.name == who)
            m_contexts.tests().cancel(context.key());
    const auto& open = m_workspace.opened();
    for (std::size_t i = 0; i < open.size(); ++i)
        if (open[i].loading && open[i].request.cluster && open[i].request.cluster->context == who) {
            if (static_cast<int>(i) == m_workspace.current())
                m_workspace.cancel();
            else
                m_workspace.closeSource(i);
            return;
        }
}

} // namespace glacis::ui
