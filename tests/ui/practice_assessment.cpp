// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "practice_assessment.h"

#include <workspace/workspace.h>

#include <QtGlobal>

#include <map>

namespace glacis::test {

assessment::AssessmentPtr practiceAssessment(const std::string& name)
{
    static std::map<std::string, assessment::AssessmentPtr> known;
    assessment::AssessmentPtr& one = known[name];
    if (!one) {
        workspace::SourceRequest request;
        request.practice = name;
        auto loaded = workspace::load(request, {}, [](const workspace::LoadProgress&) {});
        if (!loaded)
            qFatal("practice cluster %s: %s", name.c_str(), loaded.error().message.c_str());
        one = std::move(*loaded);
    }
    return one;
}

} // namespace glacis::test
