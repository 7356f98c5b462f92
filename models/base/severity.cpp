// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "severity.h"

#include <array>

namespace glacis {
namespace {
    constexpr std::array<std::string_view, 5> severityNames { "info", "low", "medium", "high", "critical" };
    constexpr std::array<std::string_view, 5> stateNames { "pass", "fail", "not-assessed", "accepted",
        "not-applicable" };
    constexpr std::array<std::string_view, 4> confidenceNames { "observed", "configured", "inferred",
        "stated" };
    constexpr std::array<std::string_view, 5> stageTitles { "", "Network & API exposure",
        "Docker daemon access", "Least privilege & RBAC", "Secrets & etcd" };
}

std::string_view name(Severity severity) { return severityNames[static_cast<std::size_t>(severity)]; }

std::string_view name(State state) { return stateNames[static_cast<std::size_t>(state)]; }

std::string_view name(Confidence confidence) { return confidenceNames[static_cast<std::size_t>(confidence)]; }

std::string_view stageTitle(Stage stage)
{
    return stage < stageTitles.size() ? stageTitles[stage] : std::string_view();
}

std::optional<Severity> severityFromName(std::string_view wanted)
{
    for (std::size_t i = 0; i < severityNames.size(); ++i) {
        if (severityNames[i] == wanted)
            return static_cast<Severity>(i);
    }
    return std::nullopt;
}

} // namespace glacis
