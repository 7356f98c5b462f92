// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Builds the report's document from an assessment. Editions: management tells what is wrong and what to
// decide in at most four pages; engineer is to work from; audit holds every finding, every check with its
// state and all that could not be judged.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <assessment/assessment.h>
#include <base/result.h>
#include <base/stop_token.h>
#include <report/document.h>
#include <report/writers.h>

namespace glacis::report {

class Pseudonyms;

/// Sections that a person may leave out. Cover and coverage always stay: a report that hides what was not
/// read would lie.
enum class Section : std::uint8_t {
    Summary,
    Stages,
    AttackPath,
    Plan,
    Findings,
    Rbac,
    Secrets,
    Compliance,
    Accepted,
    Checks,
    Inventory,
    Method,
    Glossary
};
inline constexpr std::size_t SectionCount = static_cast<std::size_t>(Section::Glossary) + 1;
[[nodiscard]] std::string_view name(Section section); ///< "attack-path"
[[nodiscard]] std::string_view title(Section section); ///< "Attack path"
[[nodiscard]] std::optional<Section> sectionFromName(std::string_view name);
[[nodiscard]] std::string_view name(Edition edition); ///< "engineer"
[[nodiscard]] std::string_view title(Edition edition); ///< "Engineer edition"
[[nodiscard]] std::optional<Edition> editionFromName(std::string_view name);
/// What the edition holds, in the order of the document.
[[nodiscard]] std::vector<Section> sectionsOf(Edition edition);

struct ReportOptions {
    Edition edition = Edition::Engineer;
    std::set<Section> leftOut {};
    std::string classification {}; ///< "Confidential"; stands on every page
    std::string cluster {}; ///< what to call the cluster; empty: by its source
    std::uint32_t mark = 0; ///< Document::mark
    std::int64_t made = 0; ///< Document::made
    std::shared_ptr<const Pseudonyms> names {}; ///< names are hidden behind these; nullptr: they are shown
    WriteOptions select {}; ///< which checks and namespaces the findings are of
    std::string
        snapshotHash {}; ///< SHA-256 of the snapshot, 64 hex digits, for the audit edition; empty: none
};

/// Fails only with "cancelled". Any thread; deterministic.
[[nodiscard]] Result<Document> makeReport(
    const assessment::Assessment& assessment, const ReportOptions& options, const StopToken& stop = {});

} // namespace glacis::report
