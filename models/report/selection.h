// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which findings an output shows, and in which order: the same for every writer. Rows are light, because with
// "all" every object that passed every check becomes one.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <assessment/assessment.h>
#include <report/writers.h>

namespace glacis::report {

/// What a finding is about, as it stood in the source. Empty fields are absent there.
struct ObjectName {
    std::string_view apiVersion, kind, ns, name;
    [[nodiscard]] bool present() const { return !kind.empty(); }
    /// "Deployment shop/web"; empty for a whole check.
    [[nodiscard]] std::string label() const;
};
[[nodiscard]] ObjectName objectName(const inventory::Inventory& inventory, inventory::ObjectId id);
[[nodiscard]] ObjectName objectName(const inventory::Inventory& inventory, const posture::Finding& finding);

/// One verdict. Without a finding it is a pass or not applicable.
struct Row {
    const posture::Finding* finding = nullptr;
    std::uint16_t check = 0; ///< index into the catalogue
    State state = State::Fail;
    Severity severity = Severity::Info;
    bool platform = false;
    std::uint32_t rank
        = 0; ///< of the object among the chosen ones, in output order: equal means the same object
    ObjectName object;
    inventory::ObjectId id; ///< NoObject for pseudo objects and whole checks

    [[nodiscard]] std::string_view locus() const
    {
        return finding ? std::string_view(finding->locus) : std::string_view();
    }
};

/// In output order: problems, then not assessed, passes, not applicable; in each worst first, then check id,
/// namespace, kind, name, locus. Rows point into the assessment.
[[nodiscard]] std::vector<Row> chosenRows(
    const assessment::Assessment& assessment, const WriteOptions& options);

/// What is wrong, with the locus where the message does not name it: "Runs privileged (container app)". The
/// check's title where the finding says nothing of its own.
[[nodiscard]] std::string sentence(const Row& row, const posture::CheckInfo& check);

/// Several rows of one check and object are one problem with several loci (MODEL section 3 counts so).
[[nodiscard]] bool sameProblem(const Row& a, const Row& b);

/// Problems that count (state fail, not platform) by severity, per (check, object) with its worst locus, and
/// what does not count.
struct Tally {
    std::array<std::size_t, 5> bySeverity {};
    std::size_t problems = 0, objects = 0, accepted = 0;
};
[[nodiscard]] Tally tally(const std::vector<Row>& rows);
/// Problems of the platform that the options' checks and namespaces choose, shown or not.
[[nodiscard]] std::size_t platformProblems(
    const assessment::Assessment& assessment, const WriteOptions& options);

} // namespace glacis::report
