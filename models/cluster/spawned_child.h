// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What runChild() needs of the system: start, read, see the end, end all. One file for each kind of system.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include <base/result.h>
#include <cluster/child_process.h>

namespace glacis::cluster {

class SpawnedChild {
public:
    enum class Stream : std::uint8_t { Output, Errors };
    using Sink = std::function<void(Stream, std::string_view)>;
    struct Status {
        bool signalled = false;
        int code = 0;
    };

    /// Returns when the program runs, or with the system's reason why it does not.
    [[nodiscard]] static Result<std::unique_ptr<SpawnedChild>> start(const ChildCommand& command);
    ~SpawnedChild(); ///< ends the group, unless it was left
    SpawnedChild(const SpawnedChild&) = delete;
    SpawnedChild& operator=(const SpawnedChild&) = delete;

    /// Waits at most `wait` for something to read and hands it over, at most 64 KiB of each stream. False
    /// when both streams have ended (it has then waited a little).
    bool read(std::chrono::milliseconds wait, const Sink& sink);
    /// Once the program has ended; what it started may still run.
    [[nodiscard]] std::optional<Status> ended();
    /// Asks the whole group politely; the system may have no way to.
    void askToEnd();
    /// Ends the whole group by force and gives back what the system keeps of it.
    void endGroup();
    /// Of a program that has ended: what it started lives on; what that still writes is read and dropped.
    void leaveGroup();

private:
    struct State;
    explicit SpawnedChild(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace glacis::cluster
