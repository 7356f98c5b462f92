// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The logo that a person puts on a report's cover. Any thread.
#pragma once

#include <base/result.h>

#include <QByteArray>
#include <QImage>
#include <QString>

namespace glacis::ui {

/// PNG or JPEG of at most 4 MiB and 4096 pixels a side, scaled to at most 1200. The error names the file and
/// what was expected.
[[nodiscard]] Result<QImage> readLogo(const QString& file);
/// "data:image/png;base64,…"
[[nodiscard]] QByteArray logoDataUrl(const QImage& logo);

} // namespace glacis::ui
