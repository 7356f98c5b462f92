// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Two assessments of what should be one cluster, as sets of lines: findings by (check, object, locus, state)
// and ways by the ids of their ends and their class. Differences that have a reason are named with it.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <assessment/assessment.h>
#include <inventory/inventory.h>

namespace glacis::live {

using Lines = std::set<std::string>;

/// With the catalogues of the program and an empty policy. Ends the program when that fails.
[[nodiscard]] assessment::AssessmentPtr assessed(const inventory::InventoryPtr& inventory);

/// "GL-POD-001 | Deployment shop/web | container app | fail"
[[nodiscard]] Lines findingLines(const assessment::Assessment& assessment);
/// "internet → reach/shop/Deployment/web → jewel/etcd | certain"
[[nodiscard]] Lines wayLines(const assessment::Assessment& assessment);

/// A difference that must be, and why.
struct Exception {
    char sign = '+'; ///< '-': only the first has it, '+': only the second
    std::string part; ///< of the line
    std::string_view reason;
};
/// What each server brings along of itself and the practice clusters leave out.
[[nodiscard]] std::vector<Exception> serversOwn();

struct Difference {
    std::vector<std::string> lines; ///< "- …" only in the first, "+ …" only in the second
    std::vector<std::string> unused; ///< exceptions that nothing needed: they would hide the next fault
};
[[nodiscard]] Difference difference(
    const Lines& first, const Lines& second, const std::vector<Exception>& exceptions);

} // namespace glacis::live
