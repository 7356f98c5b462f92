// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the cards and steps of the picture say. Outside text comes back as plain text for painting.
#pragma once

#include <assessment/assessment.h>
#include <attack/path_scene.h>
#include <widgets/icons.h>

#include <QString>

namespace glacis::ui {

[[nodiscard]] QString laneTitle(std::uint32_t lane); ///< "Stage 1", "Entry", "Crown jewels"
[[nodiscard]] QString laneSubtitle(std::uint32_t lane); ///< "Network & API exposure"; empty for the ends
[[nodiscard]] QString laneShort(std::uint32_t lane); ///< the same where room is short: "Network & API"
[[nodiscard]] QString kindCaption(attack::NodeKind kind, const std::string& id); ///< "Docker daemon"
[[nodiscard]] Glyph kindGlyph(attack::NodeKind kind, const std::string& id);
/// The name on the card: "vote", "node-2", "API server".
[[nodiscard]] QString cardName(const attack::Node& node);
/// The name of an aggregate: what its members share, or the first of them and how many more.
[[nodiscard]] QString namesOf(const attack::Graph& graph, const SceneNode& node);
/// What stands behind the name: the namespace, "root", a number of pods; empty: nothing.
[[nodiscard]] QString cardDetail(const attack::Node& node);
/// The step as a sentence.
[[nodiscard]] QString stepSentence(const assessment::Assessment& assessment, const SceneStep& step);
/// "Certain", "Residual", "Possible"
[[nodiscard]] QString wayClassWord(attack::WayClass wayClass);
/// "21 ways open · 15 possible"
[[nodiscard]] QString waysLine(const attack::Search& search);
[[nodiscard]] QString stepsText(std::uint32_t steps); ///< "3 steps"
/// The way in one line: "Docker on worker-1 → all Secrets"
[[nodiscard]] QString wayTitle(const attack::Graph& graph, const attack::Way& way);
/// Short words for a step under the track: "worker-1"
[[nodiscard]] QString shortName(const attack::Node& node);

} // namespace glacis::ui
