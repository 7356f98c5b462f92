// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// From what a person points at (dialog, drop, recent list) to a request for the Workspace.
#pragma once

#include <workspace/workspace.h>

#include <QStringList>

#include <functional>

class QMimeData;

namespace glacis::ui {

/// One .glacis file is a snapshot; everything else is imported together. Empty list: empty request.
[[nodiscard]] workspace::SourceRequest requestFor(const QStringList& paths);
/// Local files and folders of a drag; empty when it holds none.
[[nodiscard]] QStringList localPaths(const QMimeData& data);

enum class Ask : std::uint8_t { Files, Folder };
/// Opens a file dialog that does not block; calls `chosen` when something was chosen.
void askForSource(
    QWidget& parent, Ask what, const QString& start, std::function<void(const QStringList&)> chosen);

} // namespace glacis::ui
