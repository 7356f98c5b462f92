// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pdf/line_breaks.h>

#include <algorithm>

namespace glacis::ui::pdf {
namespace {

    constexpr double emptiest = 0.5; ///< share of a line that may stay empty to keep a word whole
    constexpr double kerned = 0.25; ///< points by which kerning may widen a line

    bool isPair(QStringView text, qsizetype i)
    {
        return i > 0 && text[i].isLowSurrogate() && text[i - 1].isHighSurrogate();
    }

    /// May a line begin at i, inside a word?
    bool breaksBefore(QStringView text, qsizetype i)
    {
        static constexpr QStringView enders = u"/.-_:@=,|";
        const QChar before = text[i - 1], here = text[i];
        if (enders.contains(before))
            return !enders.contains(here);
        return before.isLower() && here.isUpper();
    }

    class Breaker {
    public:
        Breaker(QStringView text, std::span<const double> advances, double width)
            : m_text(text)
            , m_advances(advances)
            , m_width(width + kerned)
        {
        }

        std::vector<qsizetype> all()
        {
            std::vector<qsizetype> breaks;
            for (qsizetype begin = 0;;) {
                const qsizetype next = nextLine(begin);
                if (next >= m_text.size())
                    return breaks;
                breaks.push_back(next);
                begin = m_text[next] == u' ' || m_text[next] == u'\n' ? next + 1 : next;
            }
        }

    private:
        /// Where the line that begins here ends; the text's size for the last one.
        qsizetype nextLine(qsizetype begin) const
        {
            double used = 0, atSpace = 0;
            qsizetype space = -1, inWord = -1;
            for (qsizetype i = begin; i < m_text.size(); ++i) {
                if (m_text[i] == u'\n')
                    return i;
                if (m_text[i] == u' ' && i > begin) {
                    space = i;
                    atSpace = used;
                    inWord = -1;
                } else if (i > begin && breaksBefore(m_text, i)) {
                    inWord = i;
                }
                used += m_advances[static_cast<std::size_t>(i)];
                if (used > m_width && m_text[i] != u' ')
                    return chosen(begin, i, space, atSpace, inWord);
            }
            return m_text.size();
        }

        qsizetype chosen(
            qsizetype begin, qsizetype full, qsizetype space, double atSpace, qsizetype inWord) const
        {
            const bool spaceWastes = space < 0 || atSpace < m_width * (1 - emptiest);
            if (!spaceWastes || (space >= 0 && fitsAlone(space + 1)))
                return space;
            if (inWord > begin)
                return inWord;
            if (space >= 0)
                return space;
            full = std::max(full, begin + 1); // a line holds one character at least
            if (full < m_text.size() && isPair(m_text, full))
                full += full - 1 > begin ? -1 : 1;
            return full;
        }

        /// Does the word that begins here fit on a line of its own?
        bool fitsAlone(qsizetype begin) const
        {
            double used = 0;
            for (qsizetype i = begin; i < m_text.size() && m_text[i] != u' ' && m_text[i] != u'\n'; ++i) {
                used += m_advances[static_cast<std::size_t>(i)];
                if (used > m_width)
                    return false;
            }
            return true;
        }

        QStringView m_text;
        std::span<const double> m_advances;
        double m_width;
    };

}

std::vector<qsizetype> breakLines(QStringView text, std::span<const double> advances, double width)
{
    return Breaker(text, advances, width).all();
}

} // namespace glacis::ui::pdf
