// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every colour of the window, by what it is for, with a dark and a light value. No other file holds a colour.
//
//     painter.setPen(colour(Token::Text2, palette()));
//
// The tone follows from the palette, which Theme fills from this very table, so a widget needs no pointer to
// a theme and repaints rightly when the palette changes.
#pragma once

#include <base/severity.h>

#include <QColor>
#include <QPalette>

#include <array>
#include <cstdint>
#include <string_view>

namespace glacis::ui {

enum class Token : std::uint8_t {
    Window,
    Panel,
    Card,
    Hover,
    Selected,
    Line,
    Thumb,
    Text,
    Text2,
    Text3,
    Accent,
    OnAccent,
    Critical,
    High,
    Medium,
    Low,
    Info,
    Pass,
    Stage1,
    Stage2,
    Stage3,
    Stage4
};
inline constexpr std::size_t TokenCount = static_cast<std::size_t>(Token::Stage4) + 1;

enum class Tone : std::uint8_t { Dark, Light };

struct TokenRow {
    Token token;
    std::string_view name; ///< as the style sheet writes it: "$text2"
    QRgb dark;
    QRgb light;
};
/// In the order of the enum; a test holds that.
[[nodiscard]] const std::array<TokenRow, TokenCount>& tokenTable();

[[nodiscard]] QColor colour(Token token, Tone tone);
[[nodiscard]] QColor colour(Token token, const QPalette& palette);
[[nodiscard]] Tone toneOf(const QPalette& palette);
[[nodiscard]] QPalette paletteOf(Tone tone);

[[nodiscard]] Token severityToken(Severity severity);
/// Info's grey for findings that belong to no stage.
[[nodiscard]] Token stageToken(Stage stage);

/// Between two colours: share 0 is a, 1 is b.
[[nodiscard]] QColor blend(const QColor& a, const QColor& b, double share);

/// WCAG 2 contrast ratio, 1 to 21.
[[nodiscard]] double contrast(const QColor& a, const QColor& b);

} // namespace glacis::ui
