// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The faces that a report is set in: bundled ones, so that its pages are the same on every system. Lengths
// are points; fonts are made for the fine units in which text is laid out (fineUnits to the point), where
// rounding to whole pixels does no harm.
//
//     FontBook book;
//     book.width(u"GL-POD-001", Face::Code, 8.5);
#pragma once

#include <QFont>
#include <QHash>
#include <QStringList>

#include <array>
#include <cstdint>

namespace glacis::ui::pdf {

inline constexpr double fineUnits = 20; ///< to the point: 1440 to the inch

enum class Face : std::uint8_t { Sans, Bold, Mono };
inline constexpr std::size_t FaceCount = 3;

/// Registers the bundled families, once for the program. Any thread.
void loadReportFonts();
/// The bundled ones first; what they lack comes from the system.
[[nodiscard]] QStringList reportFamilies(Face face);

/// Fonts and widths of letters, remembered while a report is composed. One thread.
class FontBook {
public:
    FontBook();
    [[nodiscard]] const QFont& font(Face face, double points);
    /// Sum of the advances: for scripts without contextual forms. Kerning makes the line a little narrower.
    [[nodiscard]] double width(QStringView text, Face face, double points);
    [[nodiscard]] double advance(char32_t letter, Face face); ///< for a size of 1
    [[nodiscard]] double ascent(Face face) const { return m_faces[at(face)].ascent; } ///< for a size of 1
    [[nodiscard]] double descent(Face face) const { return m_faces[at(face)].descent; }

private:
    static std::size_t at(Face face) { return static_cast<std::size_t>(face); }
    struct Known {
        std::array<double, 128> ascii {};
        QHash<char32_t, double> others;
        double ascent = 0, descent = 0;
    };
    std::array<Known, FaceCount> m_faces;
    QHash<int, QFont> m_fonts; ///< a font that is used again finds its engine at once
};

} // namespace glacis::ui::pdf
