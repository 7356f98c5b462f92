// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Our own line icons: path data on a 24-unit grid, stroke 1.6, drawn at whatever size and scale is asked for.
//
//     button->setIcon(glyphIcon(Glyph::Reload));            // Text2, Text when active, Text3 when disabled
//     paintGlyph(painter, Glyph::Warning, rect, colour(Token::Medium, palette()));
#pragma once

#include <theme/tokens.h>

#include <QIcon>
#include <QPainterPath>

#include <cstdint>
#include <string_view>

class QPainter;

namespace glacis::ui {

enum class Glyph : std::uint8_t {
    Logo,
    Overview,
    Findings,
    File,
    Folder,
    Open,
    Reload,
    Search,
    Close,
    Copy,
    Check,
    ChevronDown,
    ChevronRight,
    ArrowLeft,
    ArrowRight,
    Sun,
    Moon,
    Contrast,
    Warning,
    Error,
    Info,
    EyeOff,
    Drop,
    Shield,
    Path,
    Settings,
    Play,
    Pause,
    StepBack,
    StepForward,
    Plus,
    Minus,
    Fit,
    Table,
    Columns,
    Group,
    Filter,
    Star,
    Export,
    Eye,
    Target,
    Keyboard,
    ChevronUp,
    More,
    Node,
    Person,
    Key,
    Lock,
    Globe,
    Box,
    Database,
    Crown,
    Network,
    Container,
    Report
};
inline constexpr std::size_t GlyphCount = static_cast<std::size_t>(Glyph::Report) + 1;

/// Recoloured by the application's palette at every paint, so it follows the theme.
[[nodiscard]] QIcon glyphIcon(Glyph glyph, Token ink = Token::Text2);
void paintGlyph(QPainter& painter, Glyph glyph, const QRectF& rect, const QColor& ink);
/// For `reading` from right to left, glyphs that point on or back point the other way; icons do so by
/// themselves.
void paintGlyph(
    QPainter& painter, Glyph glyph, const QRectF& rect, const QColor& ink, Qt::LayoutDirection reading);

/// Path data: M L H V C Z absolute, m l h v c relative, O cx cy r (circle). Unknown letters end the path.
[[nodiscard]] QPainterPath glyphPath(std::string_view data);
[[nodiscard]] const QPainterPath& glyphPath(Glyph glyph);

} // namespace glacis::ui
