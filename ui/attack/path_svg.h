// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The attack path as an <svg> element for a page of HTML, where it stands in the page itself: no XML header,
// no title (the page names it), a transparent ground, its own ids, any font of the reader's.
//
//     pictures.attackLight = attackSvg(assessment, names.get(), Tone::Light);
#pragma once

#include <assessment/assessment.h>
#include <theme/tokens.h>

#include <string>

namespace glacis::report {
class Pseudonyms;
}

namespace glacis::ui {

/// names: every word of the cluster is hidden behind these; nullptr: they are shown. Empty when no way is
/// open or in a build without SVG. Any thread that may use QPainter.
[[nodiscard]] std::string attackSvg(
    const assessment::AssessmentPtr& assessment, const report::Pseudonyms* names, Tone tone);

} // namespace glacis::ui
