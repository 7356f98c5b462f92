// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <widgets/key_cap.h>

#include <theme/tokens.h>
#include <theme/type.h>
#include <widgets/reading.h>

#include <QFontMetrics>
#include <QPainter>

namespace glacis::ui {
namespace {

    constexpr int side = 6;

}

QSize keyCapSize(const QString& keys)
{
    const QFontMetrics metrics(typeFont(Type::Caption));
    return { metrics.horizontalAdvance(keys) + 2 * side, metrics.height() + 4 };
}

void paintKeyCap(QPainter& painter, const QRect& rect, const QString& keys, const QPalette& palette)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colour(Token::Line, palette), 1));
    painter.setBrush(colour(Token::Panel, palette));
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    painter.setFont(typeFont(Type::Caption));
    painter.setPen(colour(Token::Text3, palette));
    layOutByText(painter);
    painter.drawText(rect, Qt::AlignCenter | Qt::TextSingleLine, keys);
    painter.restore();
}

KeyCap::KeyCap(const QString& keys, QWidget* parent)
    : QWidget(parent)
    , m_keys(keys)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(keys);
}

void KeyCap::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintKeyCap(painter, rect(), m_keys, palette());
}

} // namespace glacis::ui
