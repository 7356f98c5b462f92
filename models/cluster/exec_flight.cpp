// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exec_flight.h"

#include <chrono>
#include <exception>
#include <utility>

#include <cluster/exec_words.h>

namespace glacis::cluster {
namespace {

    constexpr int mostInARow = 2;
    /// An answer that the server took for so long was good: its refusal is the first of a new row.
    constexpr std::int64_t goodAfter = 60;

} // namespace

ExecFlight::ExecFlight(const ContextTarget& target, const ExecOptions& options)
    : m_target(target)
    , m_options(options)
{
}

bool ExecFlight::isFresh() const
{
    // Without leeway, as client-go: the plugin decides how early its answer is to be renewed.
    return m_answer && (!m_answer->answer.expires || *m_answer->answer.expires > secondsNow(m_options));
}

Result<FlownAnswerPtr> ExecFlight::current(const StopToken& stop)
{
    std::unique_lock lock(m_mutex);
    std::uint64_t waitedFor = 0;
    for (;;) {
        if (isFresh())
            return m_answer;
        if (!m_ended.empty())
            return failure(m_ended);
        if (waitedFor != 0 && m_failedFlight >= waitedFor)
            return failure(m_failure);
        if (stop.stopRequested())
            return failure("cancelled");
        if (!m_flying)
            break;
        waitedFor = m_flights;
        m_landed.wait_for(lock, std::chrono::milliseconds(50));
    }
    m_flying = true;
    ++m_flights;
    lock.unlock();
    m_ran = false;
    Result<ExecAnswer> outcome = failure("cancelled");
    try {
        outcome = fly(stop);
    } catch (const std::exception& problem) {
        // From the callbacks alone; those who wait must not wait for ever.
        outcome = failure(pluginOf(m_target) + " cannot be run: " + problem.what());
    }
    const bool ran = m_ran;
    lock.lock();
    auto landed = land(std::move(outcome), ran, stop);
    lock.unlock();
    m_landed.notify_all();
    return landed;
}

Result<FlownAnswerPtr> ExecFlight::land(Result<ExecAnswer> outcome, bool ran, const StopToken& stop)
{
    m_flying = false;
    if (outcome) {
        m_failures = 0;
        m_answeredAt = secondsNow(m_options);
        m_answer = std::make_shared<const FlownAnswer>(FlownAnswer { std::move(*outcome), ++m_answers });
        return m_answer;
    }
    auto failed = failure(outcome.error().message);
    if (stop.stopRequested())
        return failed; // who gave up says nothing: the next one who waits flies
    m_failure = outcome.error().message;
    m_failedFlight = m_flights;
    if (!ran)
        return failed; // nothing was started, so nothing bothers a person when it is tried again
    if (++m_failures >= mostInARow)
        m_ended = m_failure + " (twice in a row: it is not run again until you connect anew)";
    return failed;
}

Result<void> ExecFlight::ask(const ExecInvocation& invocation, const StopToken& stop)
{
    if (m_allowed == invocation || (m_options.approvals && m_options.approvals->isApproved(invocation)))
        return {};
    // A no stands for this connection: no second dialog for the next request.
    const bool refusedBefore = m_refused == invocation;
    if (!refusedBefore && m_options.approve && m_options.approve(invocation, stop) == ExecVerdict::Run) {
        m_allowed = invocation;
        return {};
    }
    if (stop.stopRequested())
        return failure("cancelled");
    m_refused = invocation;
    return failure(notApprovedText(invocation));
}

Result<ExecAnswer> ExecFlight::fly(const StopToken& stop)
{
    const auto plan = planExec(m_target, m_options, stop);
    if (!plan)
        return tl::unexpected(plan.error());
    if (const auto allowed = ask(*plan, stop); !allowed)
        return tl::unexpected(allowed.error());
    if (stop.stopRequested())
        return failure("cancelled");
    m_ran = true;
    return runExec(*plan, m_target, m_options, stop);
}

bool ExecFlight::rejected(std::uint64_t number)
{
    const std::scoped_lock lock(m_mutex);
    if (!m_ended.empty())
        return false;
    if (!m_answer || m_answer->number != number)
        return true; // another one is there or on its way
    const bool wasGood = secondsNow(m_options) - m_answeredAt >= goodAfter;
    m_refusals = wasGood ? 1 : m_refusals + 1;
    m_answer.reset();
    if (m_refusals < mostInARow)
        return true;
    m_ended = "the server refused what " + pluginOf(m_target)
        + " answered, twice in a row (401): it is not run again until you connect anew";
    return false;
}

} // namespace glacis::cluster
