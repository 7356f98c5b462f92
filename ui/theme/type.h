// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The type scale. Sizes are logical pixels for a body of 13 and grow with the system's font when that is
// large.
#pragma once

#include <QFont>
#include <QStringList>

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

/// Spaces the letters out by so many pixels of the font's own size.
void spaceOut(QFont& font, double pixels);

/// As long as it lives, typeFont() and scaled() answer in this thread for these families and a body of 13,
/// whatever the application's font is: for pages that must look the same on every system.
class TypeScope {
public:
    TypeScope(QStringList families, QStringList monoFamilies);
    ~TypeScope();
    Q_DISABLE_COPY_MOVE(TypeScope)
    [[nodiscard]] const QStringList& families(Type type) const
    {
        return type == Type::Mono ? m_monoFamilies : m_families;
    }

private:
    QStringList m_families, m_monoFamilies;
    const TypeScope* m_before;
};

} // namespace glacis::ui
