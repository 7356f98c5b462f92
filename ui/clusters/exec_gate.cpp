// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <clusters/exec_gate.h>

#include <algorithm>
#include <chrono>

namespace glacis::ui {

ExecGate::ExecGate(QObject* parent)
    : QObject(parent)
{
}

ExecGate::~ExecGate()
{
    std::unique_lock lock(m_mutex);
    m_closing = true;
    m_answered.notify_all();
    m_answered.wait(lock, [this] { return m_inside == 0; });
}

cluster::ExecVerdict ExecGate::ask(const cluster::ExecInvocation& what, const StopToken& stop)
{
    using cluster::ExecVerdict;
    std::unique_lock lock(m_mutex);
    if (m_closing || stop.stopRequested())
        return ExecVerdict::Refuse;
    ++m_inside;
    const auto same = std::find_if(
        m_questions.begin(), m_questions.end(), [&what](const auto& q) { return q->what == what; });
    std::shared_ptr<Question> question;
    if (same != m_questions.end()) {
        question = *same;
    } else {
        question = std::make_shared<Question>();
        question->what = what;
        m_questions.push_back(question);
        QMetaObject::invokeMethod(this, &ExecGate::next, Qt::QueuedConnection);
    }
    ++question->waiting;
    // A stop token cannot wake anyone: looked at often enough to answer a cancel at once.
    while (!question->answer && !m_closing && !stop.stopRequested())
        m_answered.wait_for(lock, std::chrono::milliseconds(50));
    --question->waiting;
    --m_inside;
    if (question->waiting == 0) {
        std::erase(m_questions, question);
        if (!m_closing)
            QMetaObject::invokeMethod(this, &ExecGate::next, Qt::QueuedConnection);
    }
    m_answered.notify_all();
    return question->answer && *question->answer != Answer::Refuse ? ExecVerdict::Run : ExecVerdict::Refuse;
}

/// Shows the first question that has no answer, takes back one that is gone.
void ExecGate::next()
{
    std::optional<cluster::ExecInvocation> first;
    {
        const std::lock_guard lock(m_mutex);
        const auto open
            = std::find_if(m_questions.begin(), m_questions.end(), [](const auto& q) { return !q->answer; });
        if (open != m_questions.end())
            first = (*open)->what;
    }
    if (m_shown == first)
        return;
    const bool had = m_shown.has_value();
    m_shown = first;
    if (had)
        Q_EMIT withdrawn();
    if (m_shown == first && first)
        Q_EMIT asked(*first);
}

void ExecGate::answer(Answer answer)
{
    if (!m_shown)
        return;
    const cluster::ExecInvocation what = *std::exchange(m_shown, std::nullopt);
    if (answer == Answer::Always)
        Q_EMIT alwaysWanted(what);
    {
        const std::lock_guard lock(m_mutex);
        for (const auto& question : m_questions)
            if (question->what == what && !question->answer)
                question->answer = answer;
    }
    m_answered.notify_all();
    QMetaObject::invokeMethod(this, &ExecGate::next, Qt::QueuedConnection);
}

void ExecGate::tell(const std::string& who, const cluster::ExecProgress& progress)
{
    QMetaObject::invokeMethod(
        this, [this, who, progress] { Q_EMIT progressed(who, progress); }, Qt::QueuedConnection);
}

void ExecGate::ended(const std::string& who)
{
    QMetaObject::invokeMethod(
        this, [this, who] { Q_EMIT finished(who); }, Qt::QueuedConnection);
}

} // namespace glacis::ui
