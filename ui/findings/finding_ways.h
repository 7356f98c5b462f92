// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which findings an attacker walks on: those that justify a step of an open way's cheapest path.
#pragma once

#include <cstdint>
#include <vector>

#include <assessment/assessment.h>

namespace glacis::ui {

struct WaysOfFinding {
    std::uint32_t certain = 0; ///< ways whose cheapest path has a step that the finding justifies
    std::uint32_t any = 0; ///< likewise of all classes
};

/// By check and by the place of a finding in its CheckResult. A justification that names the field of a
/// finding belongs to that finding, else to all findings of its check on its object. Pure, any thread.
[[nodiscard]] std::vector<std::vector<WaysOfFinding>> waysOfFindings(
    const assessment::Assessment& assessment);

} // namespace glacis::ui
