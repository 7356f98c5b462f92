// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstdint>

namespace glacis::ui {

/// "2026-11-23 06:38 · 3 days ago" in local time; `now` is seconds since 1970, 0 the present.
[[nodiscard]] QString timeText(std::int64_t seconds, std::int64_t now = 0);
/// "3 days ago"; "just now" for what lies ahead by a clock that is off.
[[nodiscard]] QString agoText(std::int64_t seconds, std::int64_t now = 0);
/// "38 ms", "1.4 s"
[[nodiscard]] QString durationText(double seconds);
/// "1,284 B", "12.5 MB"
[[nodiscard]] QString sizeText(std::uint64_t bytes);
[[nodiscard]] QString countText(std::uint64_t count);

} // namespace glacis::ui
