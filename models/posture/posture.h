// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Runs the checks and turns verdicts into findings, scores and coverage.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <base/result.h>
#include <base/stop_token.h>
#include <posture/catalogue.h>
#include <posture/check.h>
#include <posture/finding.h>
#include <posture/policy.h>

namespace glacis::posture {

struct Scores {
    std::optional<int> overall; ///< the lowest stage score
    std::array<std::optional<int>, StageCount> stages; ///< stages[0] is stage 1
};
struct CoverageGap {
    std::string what; ///< "nodes", "GL-DKR-001", …
    std::string reason;
    std::string grant; ///< rule that would show it; may be empty
    std::vector<std::string> checks; ///< check ids that cannot speak
};
struct Posture {
    std::vector<CheckResult> results; ///< by catalogue index
    Scores scores;
    double coveragePercent = 100.0; ///< mean over checks that apply (MODEL section 3)
    std::vector<CoverageGap> gaps;
    std::vector<inventory::Diagnostic> diagnostics; ///< expired and unused waivers
    /// Findings in state fail that count (not platform, not accepted): all, by severity, by stage (index 0:
    /// none).
    std::array<std::uint32_t, 5> bySeverity {};
    std::array<std::uint32_t, StageCount + 1> byStage {};
};

/// d = log2(1 + Σ w) over failing objects of a check, w by worst locus; see MODEL section 3. Exposed for its
/// property test.
[[nodiscard]] int stageScore(const std::vector<std::vector<Severity>>& failingObjectsByCheck);

/// Fails only with "cancelled". Deterministic for any thread count.
[[nodiscard]] Result<Posture> evaluate(const Inventory& inventory, const access::Access& access,
    const network::Exposure& exposure, const Catalogue& catalogue, const Policy& policy,
    const StopToken& stop, unsigned threads = 0);

} // namespace glacis::posture
