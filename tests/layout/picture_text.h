// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Pictures as text: to compare (golden files) and to look at (SVG).
#pragma once

#include "graphs.h"

namespace glacis::test {

/// Each lane, box, curve and label on a line of its own, with one decimal.
[[nodiscard]] std::string asText(const Named& graph, const layout::LaneLayout& picture);
[[nodiscard]] std::string asSvg(const Named& graph, const layout::LaneLayout& picture);

/// Writes NAME.svg into the folder that GLACIS_LAYOUT_SVG names, if it names one.
void lookAt(const std::string& name, const Named& graph, const layout::LaneLayout& picture);

} // namespace glacis::test
