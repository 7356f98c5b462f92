// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <widgets/plain_label.h>

#include <widgets/outside_text.h>
#include <widgets/reading.h>

#include <QEvent>
#include <QHelpEvent>
#include <QPainter>
#include <QStyle>
#include <QTextLayout>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace glacis::ui {
namespace {

    constexpr double lineSpacing = 1.3; ///< of the font's height, for text of several lines

    /// With places where a line may end; only for laying out, never for copying.
    QString withBreaks(const QString& path)
    {
        constexpr QChar zeroWidthSpace(0x200B);
        QString text;
        for (qsizetype i = 0; i < path.size(); ++i) {
            if (path[i] == u'[' && i > 0)
                text += zeroWidthSpace;
            text += path[i];
            if (path[i] == u'.' || path[i] == u'/')
                text += zeroWidthSpace;
        }
        return text;
    }

}

PlainLabel::PlainLabel(const QString& text, Type type, Token ink, QWidget* parent)
    : QLabel(parent)
    , m_ink(ink)
{
    setTextFormat(Qt::PlainText);
    setTextInteractionFlags(Qt::NoTextInteraction);
    setFont(typeFont(type));
    setText(text);
}

void PlainLabel::setInk(Token ink)
{
    m_ink = ink;
    update();
}

QColor PlainLabel::inkColour() const { return colour(isEnabled() ? m_ink : Token::Text3, palette()); }

void PlainLabel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    layOutByText(painter);
    painter.setPen(inkColour());
    const auto where = QStyle::visualAlignment(layoutDirection(), alignment());
    painter.drawText(contentsRect(), static_cast<int>(where), text());
}

ElidedLabel::ElidedLabel(const QString& text, Type type, Token ink, QWidget* parent)
    : PlainLabel(text, type, ink, parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void ElidedLabel::setElideMode(Qt::TextElideMode mode)
{
    m_mode = mode;
    update();
}

QSize ElidedLabel::sizeHint() const
{
    const QFontMetrics metrics = fontMetrics();
    return { metrics.horizontalAdvance(text()) + 2, metrics.height() + 2 };
}

QSize ElidedLabel::minimumSizeHint() const
{
    const QFontMetrics metrics = fontMetrics();
    return { std::min(metrics.horizontalAdvance(text()) + 2, metrics.averageCharWidth() * 6),
        metrics.height() + 2 };
}

void ElidedLabel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    layOutByText(painter);
    painter.setPen(inkColour());
    const auto where = QStyle::visualAlignment(layoutDirection(), alignment());
    painter.drawText(rect(), static_cast<int>(where) | Qt::TextSingleLine,
        fontMetrics().elidedText(text(), m_mode, width()));
}

bool ElidedLabel::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip && toolTip().isEmpty()) {
        if (fontMetrics().horizontalAdvance(text()) > width())
            QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), toolTipText(text()), this);
        else
            event->ignore();
        return true;
    }
    return PlainLabel::event(event);
}

TextBlock::TextBlock(const QString& text, Type type, Token ink, QWidget* parent)
    : PlainLabel(text, type, ink, parent)
{
    setWordWrap(true);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void TextBlock::setMaximumLines(int lines)
{
    m_maximumLines = lines;
    updateGeometry();
    update();
}

void TextBlock::setBreaksPaths(bool breaks)
{
    m_breaksPaths = breaks;
    updateGeometry();
    update();
}

int TextBlock::layOut(int width, QPainter* painter) const
{
    const QFontMetrics metrics = fontMetrics();
    const int step = static_cast<int>(std::ceil(metrics.height() * lineSpacing));
    const int inset = (step - metrics.height()) / 2;
    int lines = 0;
    for (const QString& written : text().split(u'\n')) {
        const QString paragraph = m_breaksPaths ? withBreaks(written) : written;
        QTextLayout layout(paragraph, font());
        QTextOption option(
            QStyle::visualAlignment(layoutDirection(), alignment() & Qt::AlignHorizontal_Mask));
        option.setTextDirection(directionOf(paragraph));
        option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
        layout.setTextOption(option);
        layout.beginLayout();
        for (;;) {
            QTextLine line = layout.createLine();
            if (!line.isValid())
                break;
            line.setLineWidth(std::max(1, width));
            const bool last = m_maximumLines > 0 && lines + 1 == m_maximumLines;
            if (painter && last) {
                const QString rest = paragraph.mid(line.textStart());
                painter->drawText(QRect(0, lines * step + inset, width, metrics.height()),
                    static_cast<int>(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft))
                        | Qt::TextSingleLine,
                    metrics.elidedText(rest, Qt::ElideRight, width));
            } else if (painter) {
                line.setPosition({ 0, 0 });
                line.draw(painter, QPointF(0, lines * step + inset));
            }
            ++lines;
            if (last) {
                layout.endLayout();
                return lines * step;
            }
        }
        layout.endLayout();
    }
    return std::max(1, lines) * step;
}

int TextBlock::heightForWidth(int width) const
{
    const QMargins margins = contentsMargins();
    return layOut(width - margins.left() - margins.right(), nullptr) + margins.top() + margins.bottom();
}

QSize TextBlock::sizeHint() const
{
    const QFontMetrics metrics = fontMetrics();
    const int width = std::min(metrics.horizontalAdvance(text()) + 4, metrics.averageCharWidth() * 60);
    return { width, heightForWidth(width) };
}

QSize TextBlock::minimumSizeHint() const
{
    return { fontMetrics().averageCharWidth() * 10,
        static_cast<int>(std::ceil(fontMetrics().height() * lineSpacing)) };
}

void TextBlock::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    layOutByText(painter);
    painter.setPen(inkColour());
    const QMargins margins = contentsMargins();
    painter.translate(margins.left(), margins.top());
    layOut(width() - margins.left() - margins.right(), &painter);
}

} // namespace glacis::ui
