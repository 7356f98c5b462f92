// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The type scale. Sizes are logical pixels for a body of 13 and grow with the system's font when that is
// large.
#pragma once

#include <QFont>

#include <cstdint>

namespace glacis::ui {

enum class Type : std::uint8_t {
    Caption, ///< 11
    Section, ///< 11, spaced capitals for group names
    Small, ///< 12
    Body, ///< 13
    Strong, ///< 13, semi-bold
    Title, ///< 15, semi-bold
    Display, ///< 19, semi-bold
    Mono ///< 12, fixed width: names in code, YAML
};

/// The font the application starts with: the system's family, or a better one where the system names none.
[[nodiscard]] QFont applicationFont();
[[nodiscard]] QFont typeFont(Type type);
/// A length that was drawn for a body of 13 pixels, at the present size of type.
[[nodiscard]] int scaled(int length);

} // namespace glacis::ui
