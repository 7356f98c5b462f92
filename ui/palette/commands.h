// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <palette/palette_model.h>

class QMenuBar;

namespace glacis::ui {

struct Actions;

/// All that the menu bar offers now, in its order, pages first: what is disabled is left out.
[[nodiscard]] std::vector<PaletteCommand> commandsOf(const Actions& actions, const QMenuBar& bar);
/// An action's text without the mark of its letter and without the ellipsis.
[[nodiscard]] QString plainText(const QAction& action);

} // namespace glacis::ui
