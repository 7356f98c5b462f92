// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where a paragraph is broken into lines: at spaces; within names, paths and other long words after
// / . - _ : @ = , | and before a capital in camelCase; and where even that does not help, anywhere. Nothing
// is put into the text for it, so that names are copied from the page as they are.
//
//     breakLines(u"spec.template.spec.serviceAccountName", advances, 60)   // { 14, 32 }
#pragma once

#include <QStringView>

#include <span>
#include <vector>

namespace glacis::ui::pdf {

/// Index of the first character of every line but the first. A space there belongs to the break. advances:
/// one a UTF-16 unit. A '\n' ends a line in any case. For text from left to right; pure.
[[nodiscard]] std::vector<qsizetype> breakLines(
    QStringView text, std::span<const double> advances, double width);

} // namespace glacis::ui::pdf
