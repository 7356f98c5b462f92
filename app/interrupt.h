// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Ctrl-C: asks the work to stop. Work that sits in a blocking read (standard input that nobody feeds) cannot
// hear it, so while the source is being read the program ends by itself a moment later. Nothing of ours is
// being written then.
#pragma once

#include <base/stop_token.h>

namespace glacis::app {

inline constexpr int ExitInterrupted = 130; ///< 128 + SIGINT, as shells have it

class Interrupt {
public:
    /// One at a time: signals are the process's.
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;

    [[nodiscard]] StopToken token() const { return m_source.token(); }
    [[nodiscard]] bool requested() const { return m_source.token().stopRequested(); }
    /// From here on an interrupt is only a request: files are being written.
    void readingDone();

private:
    StopSource m_source;
};

} // namespace glacis::app
