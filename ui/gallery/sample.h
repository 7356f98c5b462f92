// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the gallery shows. A part of the window adds a sample with one line in sample_list.cpp:
//
//     { "Charts", "Severity by namespace", makeSeverityChartSample },
//
// Its words are for those who build the program, and therefore not translated.
#pragma once

#include <vector>

class QWidget;

namespace glacis::ui {

struct Sample {
    const char* group;
    const char* title;
    QWidget* (*make)(); ///< without parent; stands at its natural height
};
[[nodiscard]] const std::vector<Sample>& samples(); ///< those of a group are neighbours

} // namespace glacis::ui
