// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A scene laid out and put into words: what canvas, Overview and export paint. Immutable once made; GUI
// thread (it measures text).
#pragma once

#include <assessment/assessment.h>
#include <attack/path_scene.h>
#include <paint/path_painter.h>

#include <memory>

namespace glacis::ui {

struct PathFigure {
    assessment::AssessmentPtr assessment;
    std::shared_ptr<const attack::Search> search; ///< whose ways the scene shows
    PathScene scene;
    PathPaint paint; ///< cards are scene.nodes, curves are scene.edges
    bool mirrored = false;
};
using PathFigurePtr = std::shared_ptr<const PathFigure>;

struct FigureRequest {
    SceneRequest scene;
    double width = 0, height = 0; ///< room to fill, scene units; 0: as it comes
    bool mirrored = false;
    bool compact = false; ///< smaller cards: for the Overview
    double taller = 1; ///< height of cards, so that two lines fit where the picture is shown smaller
    PathFigurePtr before {}; ///< earlier figure whose cards keep their places as far as room allows
};
/// search: nullptr for the assessment's own.
[[nodiscard]] PathFigurePtr makeFigure(const assessment::AssessmentPtr& assessment,
    std::shared_ptr<const attack::Search> search, const FigureRequest& request);
/// For a room in which the whole figure is shown, made smaller where it must be (shrinking()): words do not
/// shrink with it, so that its cards stay as high as they were while there is room.
[[nodiscard]] PathFigurePtr makeFittedFigure(
    const assessment::AssessmentPtr& assessment, FigureRequest request);
/// By how much a figure is made smaller to stand in a room: at most 1.
[[nodiscard]] double shrinking(const PathFigure& figure, double width, double height);
/// Share of the assessment's own search, alive as long as the assessment.
[[nodiscard]] std::shared_ptr<const attack::Search> searchOf(const assessment::AssessmentPtr& assessment);

/// Marks for a way: numbers, members' names, what is on it. step: only steps up to this number count as
/// reached (0: none, UINT32_MAX: all).
[[nodiscard]] PathMarks marksOf(const PathFigure& figure, const SceneWay& way, std::uint32_t step);

/// Rings for the few points that close most of so many certain ways; one entry a card.
[[nodiscard]] std::vector<PathMarks::Choke> chokesOf(
    const PathFigure& figure, const std::vector<attack::ChokePoint>& points, std::uint32_t ways);

} // namespace glacis::ui
