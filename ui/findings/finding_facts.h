// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A finding with the names that its ids stand for, as views into the assessment.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <assessment/assessment.h>

#include <QString>

namespace glacis::ui {

struct FindingFacts {
    const posture::Finding* finding = nullptr;
    const posture::CheckInfo* check = nullptr;
    /// Of the object, or of the pseudo object; what is wrong with a Namespace belongs to that namespace.
    std::string_view kind, ns, name;
};
[[nodiscard]] FindingFacts factsOf(const assessment::Assessment& assessment, const posture::Finding& finding);

/// "Deployment shop/web" as one line of plain text; "Whole cluster" where no object carries the finding.
[[nodiscard]] QString objectLabel(const FindingFacts& facts);
[[nodiscard]] QString objectLabel(const inventory::Inventory& inventory, inventory::ObjectId id);

/// The namespace as it stands before a name: none before that of a Namespace, which is its own.
[[nodiscard]] std::string_view nsBeforeName(std::string_view kind, std::string_view ns);
/// "Deployment/shop/web", "Node/cp-1", "Namespace/shop": as the filter's object: knows it.
[[nodiscard]] std::string objectPath(std::string_view kind, std::string_view ns, std::string_view name);

/// Does it count: open, and not the platform's own?
[[nodiscard]] bool counts(const posture::Finding& finding);
/// Is it the same check on the same object? What is counted are problems, each a check that fails on an
/// object; a problem has a finding for each place of the object where it shows.
[[nodiscard]] bool sameProblem(const posture::Finding& a, const posture::Finding& b);
/// The worst finding of every problem that counts, in the order of the assessment.
[[nodiscard]] std::vector<const posture::Finding*> problems(const posture::CheckResult& result);

} // namespace glacis::ui
