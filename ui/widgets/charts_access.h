// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Charts for screen readers: a chart is a list, its bars and severities are items with a name, a place and
// the action "press".
#pragma once

namespace glacis::ui {

class Chart;

/// Makes every Chart of the program known; once, later calls do nothing.
void installChartAccess();
/// The keyboard has come to another item.
void tellCurrentItem(Chart& chart);

} // namespace glacis::ui
