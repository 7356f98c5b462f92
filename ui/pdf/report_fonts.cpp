// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pdf/report_fonts.h>

#include <QFile>
#include <QFontDatabase>
#include <QFontMetricsF>

#include <algorithm>
#include <cmath>
#include <mutex>

namespace glacis::ui::pdf {
namespace {

    using namespace Qt::StringLiterals;

    constexpr double measured = 1000; ///< pixel size at which advances are taken

    QFont fontOf(Face face, double pixels)
    {
        QFont font(reportFamilies(face));
        font.setPixelSize(std::max(1, static_cast<int>(std::lround(pixels))));
        font.setWeight(face == Face::Bold ? QFont::Bold : QFont::Normal);
        font.setHintingPreference(QFont::PreferNoHinting);
        font.setStyleStrategy(QFont::StyleStrategy(QFont::PreferOutline | QFont::PreferQuality));
        // The smallest spacing there is: letters that are spaced are not joined to ligatures, which a copy
        // from the PDF would keep as one character.
        font.setLetterSpacing(QFont::AbsoluteSpacing, 1.0 / 64);
        return font;
    }

}

void loadReportFonts()
{
    static std::once_flag once;
    std::call_once(once, [] {
        for (const QString& name : { u"NotoSans-Regular"_s, u"NotoSans-Bold"_s, u"NotoSansMono-Regular"_s,
                 u"NotoSansArabic-Regular"_s, u"NotoSansHebrew-Regular"_s })
            QFontDatabase::addApplicationFont(u":/fonts/"_s + name + u".ttf"_s);
    });
}

QStringList reportFamilies(Face face)
{
    // The monospaced family has arrows and signs that the proportional one lacks.
    QStringList families { u"Noto Sans"_s, u"Noto Sans Mono"_s, u"Noto Sans Arabic"_s,
        u"Noto Sans Hebrew"_s };
    if (face == Face::Mono)
        std::swap(families[0], families[1]);
    return families;
}

FontBook::FontBook()
{
    loadReportFonts();
    for (std::size_t i = 0; i < FaceCount; ++i) {
        const QFontMetricsF metrics(fontOf(static_cast<Face>(i), measured));
        m_faces[i].ascent = metrics.ascent() / measured;
        m_faces[i].descent = metrics.descent() / measured;
        for (char16_t c = 0x20; c < 0x7F; ++c)
            m_faces[i].ascii[c] = metrics.horizontalAdvance(QChar(c)) / measured;
    }
}

const QFont& FontBook::font(Face face, double points)
{
    const int pixels = static_cast<int>(std::lround(points * fineUnits));
    QFont& font = m_fonts[pixels * static_cast<int>(FaceCount) + static_cast<int>(face)];
    if (font.pixelSize() != pixels)
        font = fontOf(face, pixels);
    return font;
}

double FontBook::advance(char32_t letter, Face face)
{
    Known& known = m_faces[at(face)];
    if (letter < known.ascii.size())
        return known.ascii[letter];
    const auto found = known.others.constFind(letter);
    if (found != known.others.cend())
        return *found;
    const QString one = QString::fromUcs4(&letter, 1);
    const double width = QFontMetricsF(fontOf(face, measured)).horizontalAdvance(one) / measured;
    known.others.insert(letter, width);
    return width;
}

double FontBook::width(QStringView text, Face face, double points)
{
    double sum = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        char32_t letter = text[i].unicode();
        if (text[i].isHighSurrogate() && i + 1 < text.size()) {
            letter = QChar::surrogateToUcs4(text[i], text[i + 1]);
            ++i;
        }
        sum += advance(letter, face);
    }
    return sum * points;
}

} // namespace glacis::ui::pdf
