// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <base/result.h>

#include <QImage>
#include <QString>

#include <string>

namespace glacis::ui {

/// A picture for the cover: PNG or JPEG, at most 4 MiB and 4096 pixels a side, told by its content. Fails
/// with a sentence that does not name the file. Any thread.
[[nodiscard]] Result<QImage> readLogo(const QString& file);
/// "data:image/png;base64,…"; empty for a null image.
[[nodiscard]] std::string logoAsUrl(const QImage& logo);

} // namespace glacis::ui
