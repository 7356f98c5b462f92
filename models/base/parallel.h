// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>

namespace glacis {

/// Threads to use by default: the machine's, 1..16; GLACIS_THREADS overrides.
[[nodiscard]] unsigned defaultThreadCount();

/// Calls work(i) for i in [0, count) on up to `threads` threads (0: default), each i once, in no stated
/// order; returns when all are done. work must not throw. With one thread it runs on the caller's.
void parallelFor(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& work);

} // namespace glacis
