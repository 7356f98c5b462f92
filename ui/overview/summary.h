// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The figures of the Overview, from one walk over an assessment. Counts are those of the assessment itself:
// problems (a check that fails on an object) that are neither accepted nor the platform's own.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include <findings/finding_facts.h>

#include <QString>

namespace glacis::ui {

struct StageSummary {
    std::optional<int> score;
    std::uint32_t count = 0;
    const posture::Finding* worst = nullptr;
    std::uint32_t applying = 0; ///< checks of the stage that this source has something for
    std::uint32_t silent = 0; ///< those of them that could judge nothing
    /// So many are silent that a good score is no praise.
    [[nodiscard]] bool isPartlyJudged() const { return silent * 4 >= applying && silent > 0; }
};
/// The worst finding of a check, with how many problems the check has.
struct WorstFinding {
    const posture::Finding* finding = nullptr;
    std::uint32_t count = 0;
};
struct NamespaceSummary {
    std::string name; ///< empty: cluster-wide objects
    std::array<std::uint32_t, 5> bySeverity {};
    std::uint32_t total = 0;
};
enum class Seen : std::uint8_t { All, Part, Nothing };
struct CoverageLine {
    Seen seen = Seen::Nothing;
    QString what;
    QString detail;
};

struct Summary {
    std::array<StageSummary, StageCount> stages;
    std::array<std::uint32_t, 5> bySeverity {};
    std::uint32_t total = 0;
    std::vector<WorstFinding> worst;
    std::vector<NamespaceSummary>
        namespaces; ///< worst first: by severity from critical down, at most so many
    std::size_t namespaceCount = 0; ///< of all of them
    std::vector<CoverageLine> coverage;
};
[[nodiscard]] Summary summarise(
    const assessment::Assessment& assessment, std::size_t maxWorst, std::size_t maxNamespaces);

/// "Imported folder", "Snapshot", …
[[nodiscard]] QString sourceKind(const inventory::Inventory& inventory);
/// The last part of the source's name, as a person would call it.
[[nodiscard]] QString sourceTitle(const inventory::Inventory& inventory);

} // namespace glacis::ui
