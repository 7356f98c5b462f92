// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <widgets/score_ring.h>

#include <theme/type.h>

#include <QPainter>

namespace glacis::ui {
namespace {

    constexpr double strokeShare = 7.0 / 68; ///< of the diameter
    constexpr int leastDisplay = 60; ///< a smaller ring has room for a smaller number

}

ScoreRing::ScoreRing(Token ink, QWidget* parent)
    : QWidget(parent)
    , m_ink(ink)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setFont(typeFont(Type::Display));
    setScore({});
}

void ScoreRing::setScore(std::optional<int> score)
{
    m_score = score;
    setAccessibleName(score ? tr("Score %1 of 100").arg(*score) : tr("No score: nothing was assessed"));
    update();
}

void ScoreRing::setQuiet(bool quiet)
{
    m_quiet = quiet;
    update();
}

void ScoreRing::setDiameter(int pixels)
{
    m_diameter = pixels;
    setFont(typeFont(pixels < leastDisplay ? Type::Title : Type::Display));
    updateGeometry();
    update();
}

QSize ScoreRing::sizeHint() const { return { scaled(m_diameter), scaled(m_diameter) }; }

void ScoreRing::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double stroke = scaled(m_diameter) * strokeShare;
    const QRectF arc = QRectF(rect()).adjusted(stroke / 2, stroke / 2, -stroke / 2, -stroke / 2);
    painter.setPen(QPen(colour(Token::Line, palette()), stroke));
    painter.drawEllipse(arc);
    if (m_score && *m_score > 0) {
        painter.setPen(
            QPen(colour(m_quiet ? Token::Text3 : m_ink, palette()), stroke, Qt::SolidLine, Qt::RoundCap));
        // Sixteenths of a degree, from twelve o'clock, clockwise; the other way where reading goes so too.
        const int span = *m_score * 360 * 16 / 100;
        painter.drawArc(arc, 90 * 16, layoutDirection() == Qt::RightToLeft ? span : -span);
    }
    painter.setPen(colour(m_score ? m_quiet ? Token::Text2 : Token::Text : Token::Text3, palette()));
    painter.drawText(rect(), Qt::AlignCenter, m_score ? QString::number(*m_score) : QStringLiteral("–"));
}

} // namespace glacis::ui
