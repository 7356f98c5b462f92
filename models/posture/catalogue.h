// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The check catalogue: prose, numbers and mappings of every check, from resources/checks/*.yaml (embedded).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <base/result.h>
#include <base/severity.h>

namespace glacis::posture {

struct FrameworkMapping {
    std::string framework; ///< "cis-1.12", "nsa", "attack", "ms-matrix", "kubescape", "trivy", "pss"
    std::vector<std::string> ids;
};

/// What a check needs to be able to speak; drives "not assessed" in scope manifests and coverage text.
enum class Evidence : std::uint8_t { Objects, ControlPlane, Nodes, Probe, Dns, Kubeconfig };

struct CheckInfo {
    std::string id; ///< "GL-POD-001"
    std::string area; ///< "POD"
    std::string title; ///< a statement of the problem
    Severity severity = Severity::Medium; ///< usual; a finding may differ (MODEL section 3)
    Stage stage = 0;
    std::string kcsa; ///< exam domain / competency
    std::string locus; ///< "none", "container", "env", "volume", "rule", "field"
    std::vector<Evidence> evidence;
    std::string why; ///< why it matters: 1 to 3 sentences
    std::string fix; ///< what to do: 1 to 4 sentences
    std::vector<FrameworkMapping> frameworks;
};

class Catalogue {
public:
    /// The embedded catalogue, parsed once per call (about a millisecond); share the result.
    [[nodiscard]] static Result<Catalogue> load();
    /// From texts (name, YAML), for the schema test.
    [[nodiscard]] static Result<Catalogue> parse(
        const std::vector<std::pair<std::string, std::string_view>>& files);

    [[nodiscard]] const std::vector<CheckInfo>& checks() const { return m_checks; } ///< by id
    [[nodiscard]] const CheckInfo* find(std::string_view id) const;
    [[nodiscard]] int indexOf(std::string_view id) const; ///< -1 when unknown

private:
    std::vector<CheckInfo> m_checks;
};

} // namespace glacis::posture
