// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A paragraph or a cell broken into lines, ready to be painted line by line. Lengths are points.
//
//     const auto box = TextBox::make(book, cell, { .size = 8.5, .leading = 12 }, 120, Side::Start);
//     for (int i = 0; i < box->lines(); ++i)
//         box->draw(painter, i, { x, y + i * box->lineHeight() });
#pragma once

#include <pdf/report_fonts.h>
#include <report/document.h>
#include <theme/tokens.h>

#include <QPointF>
#include <QTextLayout>

#include <memory>
#include <vector>

class QPainter;

namespace glacis::ui::pdf {

struct TextStyle {
    double size = 9.5;
    double leading = 13.5; ///< from line to line
    Token ink = Token::Text;
    Face face = Face::Sans;
};

/// Where the lines stand in the box. Start is the side at which the text begins, End always the right one.
enum class Side : std::uint8_t { Start, Centre, End };

class TextBox {
public:
    /// Text from outside may hold anything: controls come out as U+FFFD. '\n' breaks a line.
    [[nodiscard]] static std::shared_ptr<const TextBox> make(FontBook& book, const report::Text& text,
        const TextStyle& style, double width, Side side = Side::Start);
    [[nodiscard]] static std::shared_ptr<const TextBox> make(
        FontBook& book, const QString& text, const TextStyle& style, double width, Side side = Side::Start);
    /// As wide as the text would be on one line.
    [[nodiscard]] static double widthOf(FontBook& book, const report::Text& text, const TextStyle& style);
    /// As wide as the longest word that has no space in it.
    [[nodiscard]] static double widestWord(FontBook& book, const QString& text, const TextStyle& style);

    [[nodiscard]] int lines() const { return m_layout.lineCount(); }
    [[nodiscard]] double lineHeight() const { return m_lineHeight; }
    [[nodiscard]] double height() const { return m_lineHeight * lines(); }
    [[nodiscard]] double width() const { return m_width; } ///< of the widest line
    [[nodiscard]] QString textOf(int line) const; ///< as it is painted

    /// A box around what leads to `target`.
    struct Lead {
        int line = 0;
        double left = 0, right = 0;
        QString target;
    };
    [[nodiscard]] const std::vector<Lead>& leads() const { return m_leads; }

    /// The painter's unit is a fine one. at: where the box's line begins, in points.
    void draw(QPainter& painter, int line, QPointF at) const;
    /// The marks of severities in the line. The painter's unit is a point.
    void drawMarks(QPainter& painter, int line, QPointF at) const;
    [[nodiscard]] bool hasMarks() const { return !m_marks.empty(); }

private:
    struct Mark {
        int line = 0;
        double left = 0, size = 0;
        Severity severity = Severity::Info;
    };
    struct Composed;
    TextBox() = default;
    void setLines(const Composed& text, double width);
    void place(const Composed& text);

    QTextLayout m_layout;
    Token m_ink = Token::Text;
    double m_lineHeight = 0, m_width = 0, m_ascent = 0, m_descent = 0;
    std::vector<Lead> m_leads;
    std::vector<Mark> m_marks;
};

using TextBoxPtr = std::shared_ptr<const TextBox>;

} // namespace glacis::ui::pdf
