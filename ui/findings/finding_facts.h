// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A finding with the names that its ids stand for, as views into the assessment.
#pragma once

#include <string_view>
#include <vector>

#include <assessment/assessment.h>

#include <QString>

namespace glacis::ui {

struct FindingFacts {
    const posture::Finding* finding = nullptr;
    const posture::CheckInfo* check = nullptr;
    std::string_view kind, ns, name; ///< of the object, or of the pseudo object
};
[[nodiscard]] FindingFacts factsOf(const assessment::Assessment& assessment, const posture::Finding& finding);

/// "Deployment shop/web" as one line of plain text; "Whole cluster" where no object carries the finding.
[[nodiscard]] QString objectLabel(const FindingFacts& facts);
[[nodiscard]] QString objectLabel(const inventory::Inventory& inventory, inventory::ObjectId id);

/// All findings of all states, worst first: state, severity, check, kind, namespace, name, locus.
[[nodiscard]] std::vector<const posture::Finding*> allFindings(const assessment::Assessment& assessment);

} // namespace glacis::ui
