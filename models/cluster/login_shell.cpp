// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "program_lookup.h"

#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <random>

#include <base/text.h>
#include <cluster/child_process.h>

namespace glacis::cluster {

#if defined(_WIN32)

// Programs there get their PATH from the session, however they are started.
Result<std::string> loginShellPath(const ExecOptions& /*options*/, const StopToken& /*stop*/)
{
    return failure("Windows has no login shell");
}

void forgetLoginShell() { }

#else

namespace {

    constexpr std::size_t mostOutput = 256U << 10; // what profiles may print around it

    /// Answers of this process's life, by shell. One thread asks, the others wait for it.
    struct Answers {
        std::mutex mutex;
        std::condition_variable changed;
        std::map<std::string, std::optional<Result<std::string>>> byShell; ///< nothing: being asked
    };

    Answers& answers()
    {
        static Answers all;
        return all;
    }

    std::string randomMark()
    {
        std::random_device random;
        return "glacis-" + std::to_string(random()) + '-' + std::to_string(random());
    }

    std::string seconds(std::chrono::milliseconds time)
    {
        return std::to_string((time.count() + 999) / 1000) + " s";
    }

    Result<std::string> ask(const std::string& shell, const ExecOptions& options, const StopToken& stop)
    {
        const std::string subject = "the login shell " + shell;
        const std::string mark = randomMark();
        ChildCommand command;
        command.program = shell;
        // Not interactive: profiles are read, prompts and plug-ins of the terminal are not, and watchers of
        // malware stay calm. In quotes fish joins PATH with colons, too.
        command.argv = { shell, "-l", "-c", "printf '%s%s%s' " + mark + " \"$PATH\" " + mark };
        command.environment.assign(
            options.environment.variables.begin(), options.environment.variables.end());
        ChildLimits limits;
        limits.time = options.loginShellLimit;
        limits.outputBytes = mostOutput;
        const auto ended = runChild(command, limits, stop, {});
        if (!ended)
            return failure(ended.error().message);
        if (ended->end == ChildEnd::Cancelled)
            return failure("cancelled");
        if (ended->end == ChildEnd::TimeLimit)
            return failure(subject + " did not tell its PATH within " + seconds(options.loginShellLimit));
        const std::string_view text = ended->output.reveal();
        const std::size_t begin = text.find(mark);
        const std::size_t end
            = begin == std::string_view::npos ? begin : text.find(mark, begin + mark.size());
        if (end == std::string_view::npos)
            return failure(subject + " did not tell its PATH");
        return std::string(text.substr(begin + mark.size(), end - begin - mark.size()));
    }

} // namespace

Result<std::string> loginShellPath(const ExecOptions& options, const StopToken& stop)
{
    const std::string shell = options.environment.variable("SHELL").value_or("");
    if (shell.empty() || shell.front() != '/')
        return failure("SHELL names no login shell");
    Answers& all = answers();
    std::unique_lock lock(all.mutex);
    for (;;) {
        const auto [entry, isNew] = all.byShell.try_emplace(shell);
        if (isNew)
            break;
        if (entry->second)
            return *entry->second;
        if (stop.stopRequested())
            return failure("cancelled");
        all.changed.wait_for(lock, std::chrono::milliseconds(50));
    }
    lock.unlock();
    auto answer = ask(shell, options, stop);
    lock.lock();
    // Who gave up says nothing about the shell: the next one asks again.
    if (!answer && stop.stopRequested())
        all.byShell.erase(shell);
    else
        all.byShell[shell] = answer;
    lock.unlock();
    all.changed.notify_all();
    return answer;
}

void forgetLoginShell()
{
    Answers& all = answers();
    const std::scoped_lock lock(all.mutex);
    std::erase_if(all.byShell, [](const auto& entry) { return entry.second.has_value(); });
}

#endif

} // namespace glacis::cluster
