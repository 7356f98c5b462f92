// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Runs one other program and reads what it says, within limits: time and bytes of standard output. A process
// group (Windows: job) ends as a whole, whatever the program started, unless the program itself ended with
// success. No shell. Not for: programs that should outlive the call.
//
//     auto ended = runChild({ program, { program, "--json" }, environment }, limits, stop, {});
//     if (ended && ended->end == ChildEnd::Exited && ended->code == 0) read(ended->output);
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <base/result.h>
#include <base/stop_token.h>
#include <cluster/wiped.h>

namespace glacis::cluster {

enum class ChildInput : std::uint8_t {
    Nothing, ///< empty; the child has no terminal at all
    Terminal ///< ours, with the terminal's foreground
};

struct ChildCommand {
    std::string program; ///< absolute path
    std::vector<std::string> argv; ///< with argv[0]
    std::vector<std::pair<std::string, std::string>> environment; ///< whole: nothing of ours is inherited
    ChildInput input = ChildInput::Nothing;
};

struct ChildLimits {
    std::chrono::milliseconds time { 300'000 };
    std::size_t outputBytes = 1U << 20; ///< of standard output; more ends the child
    std::chrono::milliseconds grace { 300 }; ///< between the request to end and the end by force
};

enum class ChildEnd : std::uint8_t {
    Exited,
    Signalled, ///< by a signal that was not ours
    TimeLimit,
    OutputLimit,
    Cancelled
};

struct ChildResult {
    ChildEnd end = ChildEnd::Exited;
    int code = 0; ///< exit code, or the signal's number
    Wiped output;
    std::string errors; ///< last 16 KiB of standard error, see ErrorTail
};

struct ChildProgress {
    std::chrono::milliseconds running {};
    std::string errors;
};

/// Blocking; any thread, several at once. Ends within a second of `stop`. `progress` is called from the
/// calling thread every 250 ms. Fails when the program cannot be started.
[[nodiscard]] Result<ChildResult> runChild(const ChildCommand& command, const ChildLimits& limits,
    const StopToken& stop, const std::function<void(const ChildProgress&)>& progress);

/// The command line that the Microsoft C runtime splits into exactly these arguments again.
[[nodiscard]] std::string windowsCommandLine(const std::vector<std::string>& argv);

} // namespace glacis::cluster
