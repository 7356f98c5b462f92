// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The small closed vocabularies of a finding, with the names that JSON and the catalogue use (MODEL section
// 3).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace glacis {

enum class Severity : std::uint8_t { Info, Low, Medium, High, Critical };
/// fail, accepted: a problem; pass: none; NotAssessed: we cannot know, with a reason; NotApplicable: no such
/// thing here.
enum class State : std::uint8_t { Pass, Fail, NotAssessed, Accepted, NotApplicable };
/// How we know: seen by us, read from configuration, concluded from an absence or a habit; or said by a
/// person.
enum class Confidence : std::uint8_t { Observed, Configured, Inferred, Stated };

/// An attack stage 1..4, or 0 for findings that belong to no stage (JSON null).
using Stage = std::uint8_t;
inline constexpr int StageCount = 4;

[[nodiscard]] std::string_view name(Severity severity); ///< "critical", "high", "medium", "low", "info"
[[nodiscard]] std::string_view name(
    State state); ///< "pass", "fail", "not-assessed", "accepted", "not-applicable"
[[nodiscard]] std::string_view name(
    Confidence confidence); ///< "observed", "configured", "inferred", "stated"
[[nodiscard]] std::string_view stageTitle(Stage stage); ///< "Network & API exposure", …; empty for 0
[[nodiscard]] std::optional<Severity> severityFromName(std::string_view name);

} // namespace glacis
