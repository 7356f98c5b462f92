// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <theme/type.h>

#include <QFontDatabase>
#include <QFontInfo>
#include <QGuiApplication>

#include <algorithm>
#include <cmath>
#include <utility>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    constexpr double bodySize = 13;

    struct TypeRow {
        double size;
        QFont::Weight weight;
        double spacing; ///< pixels between letters
    };
    constexpr TypeRow rows[] = {
        { 11, QFont::Normal, 0 }, // Caption
        { 11, QFont::DemiBold, 0.7 }, // Section
        { 12, QFont::Normal, 0 }, // Small
        { 13, QFont::Normal, 0 }, // Body
        { 13, QFont::DemiBold, 0 }, // Strong
        { 15, QFont::DemiBold, 0 }, // Title
        { 19, QFont::DemiBold, -0.2 }, // Display
        { 12, QFont::Normal, 0 }, // Mono
    };

    thread_local const TypeScope* scope = nullptr;

    double factor()
    {
        if (scope)
            return 1;
        const int pixels = QGuiApplication::font().pixelSize();
        return pixels > 0 ? pixels / bodySize : 1.0;
    }

    /// A desktop without settings answers with an alias; a good installed family reads better than the
    /// fallback.
    QString betterThanAlias(const QString& family)
    {
        static const QStringList aliases { u"Sans Serif"_s, u"Sans"_s, u"sans-serif"_s, u"DejaVu Sans"_s,
            QString() };
        if (!aliases.contains(family, Qt::CaseInsensitive))
            return family;
        // Asked once: families that the program itself adds later are for reports, and no letters may change
        // their shape while the window stands.
        static const QStringList installed = QFontDatabase::families();
        for (const QString& good : { u"Inter"_s, u"Noto Sans"_s, u"Cantarell"_s, u"Open Sans"_s })
            if (installed.contains(good))
                return good;
        return family;
    }

}

QFont applicationFont()
{
    QFont system = QFontDatabase::systemFont(QFontDatabase::GeneralFont);
    const int pixels = QFontInfo(system).pixelSize();
    // Between the platforms' usual 12 to 15 pixels the scale stays as designed; above it follows the person's
    // choice.
    const double size = pixels >= 16 ? std::min(pixels, 26) : bodySize;
    system.setFamily(betterThanAlias(system.family()));
    system.setPixelSize(static_cast<int>(std::lround(size)));
#if QT_VERSION >= QT_VERSION_CHECK(6, 7, 0)
    system.setFeature(QFont::Tag("tnum"), 1); // numbers of one width, so that columns of counts align
#endif
    return system;
}

QFont typeFont(Type type)
{
    const TypeRow& row = rows[static_cast<std::size_t>(type)];
    QFont f = scope ? QFont(scope->families(type)) : QGuiApplication::font();
    if (scope) {
        f.setHintingPreference(QFont::PreferNoHinting);
    } else if (type == Type::Mono) {
        const QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
        f.setFamily(fixed.family());
        f.setStyleHint(QFont::Monospace);
        f.setFixedPitch(true);
    }
    f.setPixelSize(static_cast<int>(std::lround(row.size * factor())));
    // The pages' families come in two weights; another one might be found on one system and not on the next.
    f.setWeight(scope && row.weight > QFont::Normal ? QFont::Bold : row.weight);
    if (row.spacing != 0)
        spaceOut(f, row.spacing * factor());
    if (type == Type::Section)
        f.setCapitalization(QFont::AllUppercase);
    return f;
}

void spaceOut(QFont& font, double pixels)
{
    // Qt multiplies an absolute spacing by the resolution of what is painted on, and a PDF's is fine. A share
    // of the letter's width, which is about 0.62 of the size, comes to the same everywhere.
    if (scope)
        font.setLetterSpacing(QFont::PercentageSpacing, 100 + pixels / (0.62 * font.pixelSize()) * 100);
    else
        font.setLetterSpacing(QFont::AbsoluteSpacing, pixels);
}

TypeScope::TypeScope(QStringList families, QStringList monoFamilies)
    : m_families(std::move(families))
    , m_monoFamilies(std::move(monoFamilies))
    , m_before(std::exchange(scope, this))
{
}

TypeScope::~TypeScope() { scope = m_before; }

int scaled(int length) { return static_cast<int>(std::lround(length * factor())); }

} // namespace glacis::ui
