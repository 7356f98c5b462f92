// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Assessments made by hand, so that tests of the window say exactly what it is given.
#pragma once

#include <assessment/assessment.h>

#include <string>
#include <vector>

namespace glacis::test {

struct MadeFinding {
    std::string check;
    std::string kind, ns, name;
    Severity severity = Severity::High;
    State state = State::Fail;
    std::string locus;
    std::string message;
    bool platform = false;
};

/// Builds Inventory and findings together; counts and stage counts as the engine would.
[[nodiscard]] assessment::AssessmentPtr madeAssessment(
    const std::vector<MadeFinding>& findings, const std::string& source = "made.yaml");
/// Five findings of four kinds over two namespaces, one accepted, one not assessed, one of the platform.
[[nodiscard]] std::vector<MadeFinding> typicalFindings();
[[nodiscard]] std::vector<MadeFinding> manyFindings(std::size_t count);

/// Objects, source and diagnostics with this text wherever the outside may write: it looks like mark-up.
[[nodiscard]] assessment::AssessmentPtr hostileAssessment(const std::string& text);
/// YAML of a cluster with this many applications that the Internet reaches, alike but for their names, and
/// privileged: each a way to its node.
/// `base` begins every name and namespace; it is quoted.
[[nodiscard]] std::string crowdedCluster(int applications, const std::string& base = {});
/// Real text through the real importer and engine.
[[nodiscard]] assessment::AssessmentPtr assessedText(const std::string& yaml);

} // namespace glacis::test
