// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <widgets/outside_text.h>

#include <algorithm>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    /// Marks, embeddings, overrides and isolates of the bidirectional algorithm (Trojan Source,
    /// CVE-2021-42574).
    bool changesDirection(char16_t c)
    {
        return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E)
            || (c >= 0x2066 && c <= 0x2069);
    }

    QString clean(std::string_view utf8, qsizetype limit, bool keepLines)
    {
        // Four bytes a character at most: never decode a megabyte to show a line.
        const auto bytes = std::min(utf8.size(), static_cast<std::size_t>(limit) * 4 + 4);
        QString out = QString::fromUtf8(utf8.data(), static_cast<qsizetype>(bytes));
        for (QChar& c : out) {
            const char16_t u = c.unicode();
            if (u == '\n' || u == '\t')
                c = keepLines ? c : QChar(u' ');
            else if (u < 0x20 || (u >= 0x7F && u < 0xA0) || changesDirection(u))
                c = QChar::ReplacementCharacter;
            else if (u == 0x2028 || u == 0x2029)
                c = keepLines ? QChar(u'\n') : QChar(u' ');
        }
        if (out.size() > limit || bytes < utf8.size()) {
            out.truncate(std::min(out.size(), limit));
            if (!out.isEmpty() && out.back().isHighSurrogate())
                out.chop(1);
            out += u'…';
        }
        return out;
    }

}

QString shown(std::string_view utf8, qsizetype limit) { return clean(utf8, limit, false); }

QString shownLines(std::string_view utf8, qsizetype limit) { return clean(utf8, limit, true); }

QString toolTipText(const QString& plain)
{
    if (plain.isEmpty())
        return plain;
    QString escaped = plain.toHtmlEscaped();
    escaped.replace(u'\n', u"<br>"_s);
    return u"<qt>" + escaped + u"</qt>";
}

QString withoutMnemonic(QString plain) { return plain.replace(u'&', u"&&"_s); }

} // namespace glacis::ui
