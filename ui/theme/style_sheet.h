// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <theme/tokens.h>

#include <QString>

namespace glacis::ui {

/// The application's style sheet with the tokens of the tone written in. Widgets choose a variant by the
/// dynamic property "kind": "primary", "quiet", "link" for buttons; "panel" for plain surfaces.
[[nodiscard]] QString styleSheet(Tone tone);

} // namespace glacis::ui
