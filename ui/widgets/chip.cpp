// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <widgets/chip.h>

#include <widgets/card.h>
#include <widgets/reading.h>
#include <widgets/severity_mark.h>

#include <QLocale>
#include <QPainter>
#include <QStyle>

#include <algorithm>

namespace glacis::ui {
namespace {

    constexpr int side = 8;
    constexpr int mark = 12;

}

Chip::Chip(const QString& text, Token ink, QWidget* parent)
    : PlainLabel(text, Type::Caption, ink, parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

QSize Chip::sizeHint() const
{
    return { fontMetrics().horizontalAdvance(text()) + 2 * side - 2, fontMetrics().height() + 6 };
}

QSize Chip::minimumSizeHint() const
{
    return { std::min(sizeHint().width(), fontMetrics().averageCharWidth() * 8 + 2 * side),
        sizeHint().height() };
}

void Chip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colour(Token::Line, palette()), 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
    painter.setPen(inkColour());
    layOutByText(painter);
    const QRect inside = rect().adjusted(side - 2, 0, 2 - side, 0);
    painter.drawText(inside, Qt::AlignCenter | Qt::TextSingleLine,
        fontMetrics().elidedText(text(), Qt::ElideRight, inside.width()));
}

ToggleChip::ToggleChip(const QString& text, std::optional<Severity> severity, QWidget* parent)
    : QAbstractButton(parent)
    , m_severity(severity)
    , m_word(text)
{
    setText(text);
    setAccessibleName(text);
    setCheckable(true);
    setFont(typeFont(Type::Small));
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void ToggleChip::setCount(std::size_t count)
{
    setText(m_word + u' ' + QLocale().toString(static_cast<qulonglong>(count)));
    setAccessibleName(text());
    updateGeometry();
    update();
}

QSize ToggleChip::sizeHint() const
{
    return { fontMetrics().horizontalAdvance(text()) + 2 * side + 4 + (m_severity ? mark + 5 : 0),
        fontMetrics().height() + 9 };
}

void ToggleChip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QPalette& p = palette();
    layOutByText(painter);
    painter.setPen(QPen(colour(isChecked() && isEnabled() ? Token::Accent : Token::Line, p), 1));
    painter.setBrush(isEnabled()
            ? QBrush(colour(isChecked() ? Token::Selected
                    : underMouse()      ? Token::Hover
                                        : Token::Card,
                p))
            : QBrush(Qt::NoBrush)); // what cannot be pressed does not stand out from its ground
    const QRectF box = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2);
    int x = side + 2;
    if (m_severity) {
        const QRect place = QStyle::visualRect(layoutDirection(), rect(), QRect(x, 0, mark, height()));
        paintSeverityShape(
            painter, place, *m_severity, colour(isEnabled() ? severityToken(*m_severity) : Token::Text3, p));
        x += mark + 5;
    }
    painter.setPen(colour(!isEnabled() ? Token::Text3 : isChecked() ? Token::Text : Token::Text2, p));
    const QRect words
        = QStyle::visualRect(layoutDirection(), rect(), QRect(x, 0, width() - x - side, height()));
    painter.drawText(words,
        static_cast<int>(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft | Qt::AlignVCenter)),
        text());
    if (showsFocus(*this))
        paintFocus(painter, rect(), box.height() / 2 - 1, p);
}

} // namespace glacis::ui
