// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The tables of checks, one for each area: checks_<area>.cpp defines the one that carries its name.
#pragma once

#include <span>

#include <posture/check.h>

namespace glacis::posture {

[[nodiscard]] std::span<const CheckEntry> expChecks();
[[nodiscard]] std::span<const CheckEntry> netChecks();
[[nodiscard]] std::span<const CheckEntry> dkrChecks();
[[nodiscard]] std::span<const CheckEntry> podChecks();
[[nodiscard]] std::span<const CheckEntry> dshChecks();
[[nodiscard]] std::span<const CheckEntry> rbacChecks();
[[nodiscard]] std::span<const CheckEntry> secChecks();
[[nodiscard]] std::span<const CheckEntry> etcChecks();
[[nodiscard]] std::span<const CheckEntry> admChecks();
[[nodiscard]] std::span<const CheckEntry> pltChecks();

} // namespace glacis::posture
