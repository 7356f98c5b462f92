// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <shell/tour.h>

namespace glacis::ui {

/// The five steps of the tour, pointing at places of this window.
[[nodiscard]] std::vector<TourStep> tourSteps(QWidget& window);

} // namespace glacis::ui
