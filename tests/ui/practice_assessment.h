// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Practice clusters, assessed once for all tests of the executable.
#pragma once

#include <assessment/assessment.h>

#include <string>

namespace glacis::test {

/// Ends the program when there is no such cluster: nothing could be tested then.
[[nodiscard]] assessment::AssessmentPtr practiceAssessment(const std::string& name);

} // namespace glacis::test
