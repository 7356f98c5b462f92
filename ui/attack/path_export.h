// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <attack/path_figure.h>

#include <base/result.h>

namespace glacis::ui {

enum class PictureFormat : std::uint8_t { Png, Svg, Pdf, Dot };
/// By the file's ending; nothing for one that is unknown, or SVG in a build without it.
[[nodiscard]] std::optional<PictureFormat> pictureFormat(const QString& file);
[[nodiscard]] QString pictureFilters(); ///< for a file dialog

/// The whole picture with its headings and a title line, by the same paint routine as on the screen; as DOT
/// the graph alone. PNG is drawn at twice the size as long as that is below 40 million pixels. The error
/// names the file and the reason. Any thread.
[[nodiscard]] Result<void> exportPath(const PathFigure& figure, const PathMarks& marks, Tone tone,
    const QString& title, const QString& file, PictureFormat format);

} // namespace glacis::ui
