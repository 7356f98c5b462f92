// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A program that a test started and that ends with it, whatever happens: by its process id only.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include <sys/types.h>

#include <base/result.h>

namespace glacis::live {

class ChildProcess {
public:
    ChildProcess() = default;
    ~ChildProcess(); ///< ends it
    ChildProcess(ChildProcess&& other) noexcept;
    ChildProcess& operator=(ChildProcess&& other) noexcept;
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    /// argv[0] is the absolute path. Output of both kinds is appended to `log`. On Linux the kernel ends the
    /// child when the thread that called this dies, so that a test that crashes leaves nothing behind.
    [[nodiscard]] static Result<ChildProcess> start(
        const std::vector<std::string>& argv, const std::string& log);

    [[nodiscard]] bool running(); ///< false also when it ended by itself
    /// Asks it to end, waits, kills it.
    void end(std::chrono::milliseconds patience = std::chrono::seconds(10));
    void kill(); ///< at once, as a machine that fails does
    [[nodiscard]] pid_t id() const { return m_id; } ///< 0: none

private:
    pid_t m_id = 0;
};

} // namespace glacis::live
