// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "child_process.h"

#include <algorithm>
#include <optional>

#include <openssl/crypto.h>

#include <cluster/error_tail.h>
#include <cluster/spawned_child.h>

namespace glacis::cluster {
namespace {
    using Clock = std::chrono::steady_clock;
    using std::chrono::milliseconds;

    constexpr milliseconds pollEvery { 50 };
    constexpr milliseconds reportEvery { 250 };
    constexpr milliseconds drainFor { 250 }; // others may hold the streams open after the program ended

    /// Bytes up to a cap in one place that never moves, overwritten at the end.
    class CappedOutput {
    public:
        explicit CappedOutput(std::size_t cap)
            : m_cap(cap)
        {
            m_bytes.reserve(cap);
        }
        ~CappedOutput() { OPENSSL_cleanse(m_bytes.data(), m_bytes.capacity()); }
        CappedOutput(const CappedOutput&) = delete;
        CappedOutput& operator=(const CappedOutput&) = delete;

        void add(std::string_view bytes)
        {
            const std::size_t room = m_cap - m_bytes.size();
            m_full = m_full || bytes.size() > room;
            m_bytes.append(bytes.substr(0, room));
        }
        [[nodiscard]] bool overflowed() const { return m_full; }
        [[nodiscard]] Wiped take() const { return Wiped(m_bytes); }

    private:
        std::string m_bytes;
        std::size_t m_cap;
        bool m_full = false;
    };

    struct Run {
        SpawnedChild& child;
        const ChildLimits& limits;
        const StopToken& stop;
        const std::function<void(const ChildProgress&)>& progress;
        CappedOutput output;
        ErrorTail errors;
        Clock::time_point begin = Clock::now();
        Clock::time_point lastReport {};

        void take(SpawnedChild::Stream stream, std::string_view bytes)
        {
            if (stream == SpawnedChild::Stream::Output)
                output.add(bytes);
            else
                errors.add(bytes);
        }

        bool read(milliseconds wait)
        {
            return child.read(
                wait, [this](SpawnedChild::Stream stream, std::string_view bytes) { take(stream, bytes); });
        }

        void report()
        {
            const auto now = Clock::now();
            if (!progress || now - lastReport < reportEvery)
                return;
            lastReport = now;
            progress({ std::chrono::duration_cast<milliseconds>(now - begin), errors.text() });
        }

        std::optional<ChildEnd> limitReached() const
        {
            if (stop.stopRequested())
                return ChildEnd::Cancelled;
            if (output.overflowed())
                return ChildEnd::OutputLimit;
            if (Clock::now() - begin >= limits.time)
                return ChildEnd::TimeLimit;
            return std::nullopt;
        }

        /// What stands in the streams when the program is gone.
        void drain()
        {
            const auto until = Clock::now() + drainFor;
            while (read(milliseconds(10)) && !output.overflowed() && Clock::now() < until) { }
        }

        void endPolitely()
        {
            child.askToEnd();
            const auto until = Clock::now() + limits.grace;
            while (!child.ended() && Clock::now() < until)
                read(milliseconds(20));
        }

        ChildEnd untilEnd(int& code)
        {
            for (;;) {
                read(pollEvery);
                if (const auto limit = limitReached()) {
                    endPolitely();
                    return *limit;
                }
                if (const auto status = child.ended()) {
                    drain();
                    code = status->code;
                    if (output.overflowed())
                        return ChildEnd::OutputLimit;
                    return status->signalled ? ChildEnd::Signalled : ChildEnd::Exited;
                }
                report();
            }
        }
    };

} // namespace

Result<ChildResult> runChild(const ChildCommand& command, const ChildLimits& limits, const StopToken& stop,
    const std::function<void(const ChildProgress&)>& progress)
{
    auto child = SpawnedChild::start(command);
    if (!child)
        return failure(child.error().message);
    Run run { **child, limits, stop, progress, CappedOutput(limits.outputBytes), {} };
    ChildResult result;
    result.end = run.untilEnd(result.code);
    // A program that did its work may have opened a browser for the person to sign in: that stays.
    if (result.end == ChildEnd::Exited && result.code == 0)
        (*child)->leaveGroup();
    else
        (*child)->endGroup();
    result.output = run.output.take();
    result.errors = run.errors.text();
    return result;
}

std::string windowsCommandLine(const std::vector<std::string>& argv)
{
    std::string line;
    for (const std::string& argument : argv) {
        if (!line.empty())
            line.push_back(' ');
        line.push_back('"');
        std::size_t backslashes = 0;
        for (const char c : argument) {
            // Backslashes count only in front of a quote: they are doubled there.
            if (c == '"')
                line.append(backslashes + 1, '\\');
            backslashes = c == '\\' ? backslashes + 1 : 0;
            line.push_back(c);
        }
        line.append(backslashes, '\\');
        line.push_back('"');
    }
    return line;
}

} // namespace glacis::cluster
