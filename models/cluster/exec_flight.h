// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One plugin's answer for all who want it: it runs once however many wait, and again only when the answer has
// expired or the server refused it. Two failures in a row end it: sign-in pages must not open by themselves
// all night.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include <base/result.h>
#include <base/stop_token.h>
#include <cluster/exec_plugin.h>

namespace glacis::cluster {

struct FlownAnswer {
    ExecAnswer answer;
    std::uint64_t number = 0; ///< rises with each run
};
using FlownAnswerPtr = std::shared_ptr<const FlownAnswer>;

class ExecFlight {
public:
    ExecFlight(const ContextTarget& target, const ExecOptions& options); ///< both outlive it

    [[nodiscard]] Result<FlownAnswerPtr> current(const StopToken& stop);
    /// The server refused the answer of that number: false when nothing else is to be had.
    [[nodiscard]] bool rejected(std::uint64_t number);

private:
    [[nodiscard]] Result<ExecAnswer> fly(const StopToken& stop);
    [[nodiscard]] Result<void> ask(const ExecInvocation& invocation, const StopToken& stop);
    [[nodiscard]] Result<FlownAnswerPtr> land(Result<ExecAnswer> outcome, bool ran, const StopToken& stop);
    [[nodiscard]] bool isFresh() const;

    const ContextTarget& m_target;
    const ExecOptions& m_options;
    std::mutex m_mutex;
    std::condition_variable m_landed;
    bool m_flying = false;
    std::uint64_t m_flights = 0; ///< begun
    std::uint64_t m_failedFlight = 0; ///< the last that ended with m_failure
    std::string m_failure;
    int m_failures = 0; ///< in a row
    int m_refusals = 0; ///< runs in a row whose answer the server refused
    std::string m_ended; ///< why it never runs again; empty: it may
    FlownAnswerPtr m_answer;
    std::uint64_t m_answers = 0;
    std::int64_t m_answeredAt = 0;
    // Only the flying thread touches these.
    std::optional<ExecInvocation> m_allowed; ///< the person said yes to it during this connection
    std::optional<ExecInvocation> m_refused;
    bool m_ran = false;
};

} // namespace glacis::cluster
