// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pdf/text_box.h>

#include <pdf/line_breaks.h>
#include <widgets/outside_text.h>
#include <widgets/severity_mark.h>

#include <QPainter>
#include <QTextOption>

#include <algorithm>

namespace glacis::ui::pdf {
namespace {

    using namespace Qt::StringLiterals;

    constexpr double monoShare = 0.92; ///< the fixed-width face looks larger than the others
    constexpr qsizetype longest = 100'000; ///< characters of a text; none of ours comes near
    constexpr QChar markRoom = QChar(0x2003); ///< em space, over which a severity's mark is painted

    /// Letters whose width does not depend on their neighbours, read from left to right.
    bool isSimple(QChar c)
    {
        const char16_t u = c.unicode();
        return u < 0x0300 || (u >= 0x0370 && u < 0x0483) || (u >= 0x048A && u < 0x0590)
            || (u >= 0x1E00 && u < 0x2C00) || u == 0xFFFD || u == 0xFB01 || u == 0xFB02;
    }

    /// Arrows and signs that the proportional family lacks.
    bool isSign(QChar c) { return c.unicode() >= 0x2190 && c.unicode() < 0x2C00; }

    TextStyle styleOf(const report::Run& run, TextStyle style)
    {
        switch (run.face) {
        case report::Face::Plain:
            break;
        case report::Face::Strong:
            style.face = Face::Bold;
            break;
        case report::Face::Quiet:
            style.ink = Token::Text3;
            break;
        case report::Face::Code:
            style.face = Face::Mono;
            style.size *= monoShare;
            break;
        case report::Face::Severity:
            style.face = Face::Bold;
            style.ink = severityToken(static_cast<Severity>(run.value));
            break;
        case report::Face::Stage:
            style.face = Face::Bold;
            style.ink = stageToken(run.value);
            break;
        }
        if (!run.target.empty() && run.face != report::Face::Severity && run.face != report::Face::Stage)
            style.ink = Token::Accent;
        return style;
    }

    QString wordsOf(const report::Run& run)
    {
        const QString words = shownLines(run.text, longest);
        if (run.face == report::Face::Severity)
            return markRoom
                + (words.isEmpty() ? severityWord(static_cast<Severity>(std::min<int>(run.value, 4)))
                                   : words);
        return run.face == report::Face::Stage && words.isEmpty() ? stageWord(run.value) : words;
    }

}

struct TextBox::Composed {
    struct Part {
        qsizetype start = 0, length = 0;
        TextStyle style;
        const report::Run* run = nullptr;
        bool begins = true; ///< the run
    };
    QString text;
    std::vector<Part> parts;
    TextStyle base;
    bool simple = true;

    Composed(const report::Text& runs, const TextStyle& style)
        : base(style)
    {
        for (const report::Run& run : runs) {
            const QString words = wordsOf(run);
            const TextStyle own = styleOf(run, style);
            // Signs are set in the family that has them, so that none comes from the system.
            TextStyle sign = own;
            sign.face = Face::Mono;
            for (qsizetype i = 0; i < words.size();) {
                qsizetype end = i + 1;
                while (end < words.size() && isSign(words[end]) == isSign(words[i]))
                    ++end;
                parts.push_back({ text.size() + i, end - i, isSign(words[i]) ? sign : own, &run, i == 0 });
                i = end;
            }
            text += words;
        }
        simple = std::all_of(text.cbegin(), text.cend(), isSimple);
    }

    std::vector<double> advances(FontBook& book) const
    {
        std::vector<double> widths(static_cast<std::size_t>(text.size()), 0);
        for (const Part& part : parts)
            for (qsizetype i = part.start; i < part.start + part.length; ++i)
                widths[static_cast<std::size_t>(i)]
                    = book.advance(text[i].unicode(), part.style.face) * part.style.size;
        return widths;
    }

    /// Puts a line separator at every break, in place of the space there. It has no glyph, so neither the
    /// page nor a copy from it shows one.
    void separate(const std::vector<qsizetype>& breaks)
    {
        for (auto at = breaks.rbegin(); at != breaks.rend(); ++at) {
            if (text[*at] == u' ' || text[*at] == u'\n') {
                text[*at] = QChar::LineSeparator;
                continue;
            }
            text.insert(*at, QChar::LineSeparator);
            for (Part& part : parts) {
                if (part.start >= *at)
                    ++part.start;
                else if (part.start + part.length > *at)
                    ++part.length;
            }
        }
    }
};

std::shared_ptr<const TextBox> TextBox::make(
    FontBook& book, const report::Text& runs, const TextStyle& style, double width, Side side)
{
    Composed text(runs, style);
    if (text.simple) {
        const std::vector<double> advances = text.advances(book);
        text.separate(breakLines(text.text, advances, width));
    } else {
        text.text.replace(u'\n', QChar::LineSeparator);
    }
    std::shared_ptr<TextBox> box(new TextBox);
    box->m_ink = style.ink;
    box->m_ascent = book.ascent(style.face) * style.size;
    box->m_descent = book.descent(style.face) * style.size;
    box->m_lineHeight = style.leading;

    QTextOption option;
    const bool reversed = text.text.isRightToLeft();
    option.setTextDirection(reversed ? Qt::RightToLeft : Qt::LeftToRight);
    option.setWrapMode(text.simple ? QTextOption::ManualWrap : QTextOption::WrapAtWordBoundaryOrAnywhere);
    // A text layout takes sides as they are, whatever the direction of its text.
    option.setAlignment(side == Side::Centre  ? Qt::AlignHCenter
            : (side == Side::End) || reversed ? Qt::AlignRight
                                              : Qt::AlignLeft);
    box->m_layout.setTextOption(option);
    box->m_layout.setText(text.text);
    box->m_layout.setFont(book.font(style.face, style.size));
    QList<QTextLayout::FormatRange> formats;
    for (const Composed::Part& part : text.parts) {
        if (part.length == 0 || (part.style.face == style.face && part.style.ink == style.ink))
            continue;
        QTextCharFormat format;
        if (part.style.face != style.face)
            format.setFont(book.font(part.style.face, part.style.size));
        format.setForeground(colour(part.style.ink, Tone::Light));
        formats.append({ static_cast<int>(part.start), static_cast<int>(part.length), format });
    }
    box->m_layout.setFormats(formats);
    box->setLines(text, width);
    box->place(text);
    return box;
}

std::shared_ptr<const TextBox> TextBox::make(
    FontBook& book, const QString& text, const TextStyle& style, double width, Side side)
{
    return make(book, report::Text { { text.toStdString() } }, style, width, side);
}

void TextBox::setLines(const Composed& text, double width)
{
    m_layout.beginLayout();
    for (;;) {
        QTextLine line = m_layout.createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(std::max(1.0, width) * fineUnits);
        line.setPosition({ 0, 0 });
        m_width = std::max(m_width, line.naturalTextWidth() / fineUnits);
        // Scripts that need more height than ours get it.
        if (!text.simple)
            m_lineHeight = std::max(m_lineHeight, line.height() / fineUnits);
    }
    m_layout.endLayout();
}

/// Finds where links and marks stand.
void TextBox::place(const Composed& text)
{
    for (const Composed::Part& part : text.parts) {
        const bool leads = !part.run->target.empty(),
                   marked = part.begins && part.run->face == report::Face::Severity;
        if (part.length == 0 || !(leads || marked))
            continue;
        const int start = static_cast<int>(part.start), end = start + static_cast<int>(part.length);
        for (int i = 0; i < lines(); ++i) {
            const QTextLine line = m_layout.lineAt(i);
            const int first = std::max(start, line.textStart()),
                      last = std::min(end, line.textStart() + line.textLength());
            if (first >= last)
                continue;
            const double a = line.cursorToX(first) / fineUnits, b = line.cursorToX(last) / fineUnits;
            if (leads)
                m_leads.push_back({ i, std::min(a, b), std::max(a, b), fromUtf8(part.run->target) });
            if (marked && first == start) {
                const double c = line.cursorToX(first + 1) / fineUnits;
                m_marks.push_back({ i, std::min(a, c), part.style.size,
                    static_cast<Severity>(std::min<int>(part.run->value, 4)) });
            }
        }
    }
}

double TextBox::widthOf(FontBook& book, const report::Text& runs, const TextStyle& style)
{
    const Composed text(runs, style);
    if (!text.simple)
        return make(book, runs, style, 10'000)->width() + 1;
    double sum = 0;
    for (const double advance : text.advances(book))
        sum += advance;
    return sum;
}

double TextBox::widestWord(FontBook& book, const QString& text, const TextStyle& style)
{
    double widest = 0;
    for (const QStringView word : QStringView(text).tokenize(u' '))
        widest = std::max(widest, book.width(word, style.face, style.size));
    return widest;
}

QString TextBox::textOf(int line) const
{
    const QTextLine l = m_layout.lineAt(line);
    return m_layout.text().mid(l.textStart(), l.textLength()).remove(QChar::LineSeparator);
}

void TextBox::draw(QPainter& painter, int line, QPointF at) const
{
    const QTextLine l = m_layout.lineAt(line);
    if (l.textLength() == 0)
        return;
    // Baselines stand as the base font has them, whatever other fonts are in the line.
    const double baseline = at.y() + (m_lineHeight - m_ascent - m_descent) / 2 + m_ascent;
    painter.setPen(colour(m_ink, Tone::Light));
    l.draw(&painter, { at.x() * fineUnits, baseline * fineUnits - l.ascent() });
}

void TextBox::drawMarks(QPainter& painter, int line, QPointF at) const
{
    for (const Mark& mark : m_marks) {
        if (mark.line != line)
            continue;
        painter.save();
        painter.translate(at.x() + mark.left + mark.size * 0.42, at.y() + m_lineHeight / 2);
        painter.scale(mark.size / 13, mark.size / 13); // the shape is drawn for a body of 13
        paintSeverityShape(
            painter, { -6, -6, 12, 12 }, mark.severity, colour(severityToken(mark.severity), Tone::Light));
        painter.restore();
    }
}

} // namespace glacis::ui::pdf
