// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The engine's inside: from the verdicts of one check to its result, and from all results to the summary. Not
// for checks, which speak through check.h, nor for readers of a Posture.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include <posture/check.h>
#include <posture/posture.h>

namespace glacis::posture {

/// Finds the waivers of a finding without walking all of them.
class WaiverIndex {
public:
    explicit WaiverIndex(const Policy& policy);
    /// The waiver that accepts it, the first of the file where several do; nullptr when none does. Every
    /// waiver that matches, expired ones included, is noted in `matched` (indexes into Policy::waivers).
    [[nodiscard]] const Waiver* find(const Finding& finding, const CheckInfo& info,
        const Inventory& inventory, std::vector<std::uint32_t>& matched) const;
    [[nodiscard]] bool expired(const Waiver& waiver) const;

private:
    const Policy& m_policy;
    std::unordered_map<std::string_view, std::vector<std::uint32_t>> m_byFingerprint;
    std::unordered_map<std::string_view, std::vector<std::uint32_t>> m_byCheck;
};

/// What all checks share while their results are built.
struct Prepared {
    const Inventory& inventory;
    const Policy& policy;
    std::unordered_map<std::uint32_t, std::string> unread; ///< object → "field … could not be read"
    std::vector<std::uint8_t> excluded; ///< by object; empty: none is
    std::vector<std::uint32_t> rank; ///< by object: place in the order of output
    std::vector<std::uint8_t> platform; ///< by object
    WaiverIndex waivers;
};

/// Figures of one check, per object and not per finding (MODEL section 3).
struct CheckTally {
    std::vector<Severity> failing; ///< worst severity of each failing object that counts
    std::size_t assessed = 0;
    std::size_t unknown = 0;
    std::vector<std::uint32_t> waivers; ///< that matched
};

/// The object that findings about this one name: its top owner, or itself.
[[nodiscard]] ObjectId topOwner(const Inventory& inventory, ObjectId id);

[[nodiscard]] CheckResult buildResult(const Prepared& prepared, const CheckInfo& info, std::uint16_t check,
    Verdicts&& verdicts, CheckTally& tally);

/// Scores, counts, coverage, gaps and the diagnostics of waivers.
void summarize(const Prepared& prepared, const std::vector<CheckInfo>& checks,
    const std::vector<CheckTally>& tallies, Posture& posture);

} // namespace glacis::posture
