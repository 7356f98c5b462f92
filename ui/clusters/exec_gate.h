// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Between the threads that need a credential plugin and the person who is asked. Worker threads wait in
// ask(); the GUI thread is told of one question at a time and never waits.
//
//     options.approve = [&gate](const auto& what, const auto& stop) { return gate.ask(what, stop); };
//     options.progress = [&gate, who](const auto& progress) { gate.tell(who, progress); };
#pragma once

#include <cluster/exec_plugin.h>

#include <QObject>

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>

namespace glacis::ui {

class ExecGate : public QObject {
    Q_OBJECT
public:
    enum class Answer : std::uint8_t { Refuse, Once, Always };
    explicit ExecGate(QObject* parent = nullptr);
    ~ExecGate() override; ///< refuses whatever is still asked

    /// Any thread but the GUI's; blocks until a person answered or `stop`. Who asks the same while it is
    /// being asked gets the same answer.
    [[nodiscard]] cluster::ExecVerdict ask(const cluster::ExecInvocation& what, const StopToken& stop);
    /// Any thread: a plugin runs for this one ("prod-eu").
    void tell(const std::string& who, const cluster::ExecProgress& progress);
    void ended(const std::string& who); ///< any thread

    // ---- GUI thread
    void answer(Answer answer); ///< to the question that asked() told
    [[nodiscard]] const cluster::ExecInvocation* question() const { return m_shown ? &*m_shown : nullptr; }

Q_SIGNALS:
    void asked(const glacis::cluster::ExecInvocation& what); ///< GUI thread; one at a time
    void withdrawn(); ///< nobody waits for the answer any more
    void alwaysWanted(const glacis::cluster::ExecInvocation& what); ///< to be kept
    void progressed(const std::string& who, const glacis::cluster::ExecProgress& progress); ///< GUI thread
    void finished(const std::string& who); ///< GUI thread

private:
    struct Question {
        cluster::ExecInvocation what;
        std::optional<Answer> answer;
        int waiting = 0;
    };
    void next();
    std::mutex m_mutex;
    std::condition_variable m_answered;
    std::deque<std::shared_ptr<Question>> m_questions; ///< the first one is shown
    bool m_closing = false;
    int m_inside = 0; ///< threads in ask()
    std::optional<cluster::ExecInvocation> m_shown; ///< GUI thread
};

} // namespace glacis::ui
