// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <overview/rows.h>

#include <theme/tokens.h>
#include <theme/type.h>
#include <widgets/card.h>
#include <widgets/outside_text.h>
#include <widgets/severity_mark.h>
#include <widgets/time_text.h>

#include <QPainter>
#include <QPainterPath>
#include <QStyle>

#include <algorithm>
#include <array>
#include <numeric>

namespace glacis::ui {
namespace {

    constexpr int pad = 8;
    constexpr int mark = 12;
    constexpr int barHeight = 6;

    void drawElided(QPainter& painter, const QRect& box, const QString& text, Qt::LayoutDirection direction,
        Qt::Alignment side = Qt::AlignLeft)
    {
        const auto where = QStyle::visualAlignment(direction, side | Qt::AlignVCenter);
        painter.drawText(box, static_cast<int>(where) | Qt::TextSingleLine,
            painter.fontMetrics().elidedText(text, Qt::ElideRight, box.width()));
    }

}

RowButton::RowButton(QWidget* parent)
    : QAbstractButton(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
}

QSize RowButton::minimumSizeHint() const { return { scaled(160), sizeHint().height() }; }

void RowButton::paintGround(QPainter& painter) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    if (isDown() || underMouse()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour(Token::Hover, palette()));
        painter.drawRoundedRect(rect(), 7, 7);
    }
    if (showsFocus(*this))
        paintFocus(painter, rect(), 6, palette());
}

QRect RowButton::mirrored(const QRect& box) const
{
    return QStyle::visualRect(layoutDirection(), rect(), box);
}

WorstRow::WorstRow(const assessment::Assessment& assessment, const WorstFinding& worst, QWidget* parent)
    : RowButton(parent)
    , m_severity(worst.finding->severity)
    , m_stage(assessment.info(*worst.finding).stage)
    , m_title(fromUtf8(assessment.info(*worst.finding).title))
    , m_where(objectLabel(factsOf(assessment, *worst.finding)))
{
    if (!worst.finding->locus.empty())
        m_where += QStringLiteral(" · ") + shown(worst.finding->locus, 300);
    if (worst.count > 1)
        m_more = tr("+%n more", nullptr, static_cast<int>(worst.count - 1));
    setAccessibleName(severityWord(m_severity) + QStringLiteral(", ") + m_title);
    setAccessibleDescription(m_where + u' ' + m_more);
    setToolTip(toolTipText(m_title + u'\n' + m_where));
    setMaximumHeight(scaled(58));
}

QSize WorstRow::sizeHint() const { return { scaled(420), scaled(42) }; }

void WorstRow::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintGround(painter);
    const QPalette& p = palette();
    const int line = fontMetrics().height() + 2;
    const int top = (height() - 2 * line) / 2;
    paintSeverityShape(
        painter, mirrored(QRect(pad, top, mark, line)), m_severity, colour(severityToken(m_severity), p));

    painter.setFont(typeFont(Type::Small));
    const QString stage = m_stage > 0 ? stageWord(m_stage) : QString();
    const int right = std::max({ painter.fontMetrics().horizontalAdvance(stage),
        painter.fontMetrics().horizontalAdvance(m_more), scaled(52) });
    const QRect side(width() - pad - right, 0, right, height());
    painter.setPen(colour(m_stage > 0 ? stageToken(m_stage) : Token::Text3, p));
    drawElided(
        painter, mirrored(QRect(side.left(), top, right, line)), stage, layoutDirection(), Qt::AlignRight);
    painter.setPen(colour(Token::Text3, p));
    drawElided(painter, mirrored(QRect(side.left(), top + line, right, line)), m_more, layoutDirection(),
        Qt::AlignRight);

    const int left = pad + mark + 10;
    const int room = side.left() - left - 12;
    painter.setPen(colour(Token::Text2, p));
    drawElided(painter, mirrored(QRect(left, top + line, room, line)), m_where, layoutDirection());
    painter.setFont(typeFont(Type::Strong));
    painter.setPen(colour(Token::Text, p));
    drawElided(painter, mirrored(QRect(left, top, room, line)), m_title, layoutDirection());
}

BarRow::BarRow(
    const QString& label, std::array<std::uint32_t, 5> bySeverity, std::uint32_t longest, QWidget* parent)
    : RowButton(parent)
    , m_label(label)
    , m_counts(bySeverity)
    , m_total(std::accumulate(bySeverity.begin(), bySeverity.end(), 0u))
    , m_longest(std::max(longest, 1u))
{
    setAccessibleName(tr("%1: %n problems", nullptr, static_cast<int>(m_total)).arg(label));
    QStringList parts;
    for (std::size_t i = m_counts.size(); i-- > 0;)
        if (m_counts[i] > 0)
            parts += countText(m_counts[i]) + u' ' + severityWord(static_cast<Severity>(i));
    setAccessibleDescription(parts.join(QStringLiteral(", ")));
    setToolTip(toolTipText(
        label + (parts.isEmpty() ? QString() : QString(u'\n' + parts.join(QStringLiteral(" · "))))));
}

void BarRow::setMark(Severity severity) { m_mark = severity; }

QSize BarRow::sizeHint() const { return { scaled(260), scaled(26) }; }

void BarRow::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintGround(painter);
    const QPalette& p = palette();
    int x = pad;
    if (m_mark) {
        paintSeverityShape(
            painter, mirrored(QRect(x, 0, mark, height())), *m_mark, colour(severityToken(*m_mark), p));
        x += mark + 8;
    }
    const int labelWidth = m_mark ? scaled(64) : std::clamp(width() * 3 / 10, scaled(80), scaled(170));
    painter.setFont(typeFont(Type::Body));
    painter.setPen(colour(Token::Text, p));
    drawElided(painter, mirrored(QRect(x, 0, labelWidth, height())), m_label, layoutDirection());
    x += labelWidth + 10;
    const int numberWidth
        = std::max(scaled(30), painter.fontMetrics().horizontalAdvance(countText(m_longest)));
    const QRect number(width() - pad - numberWidth, 0, numberWidth, height());
    painter.setPen(colour(m_total > 0 ? Token::Text2 : Token::Text3, p));
    drawElided(painter, mirrored(number), countText(m_total), layoutDirection(), Qt::AlignRight);

    const QRectF track(x, (height() - barHeight) / 2.0, number.left() - 12 - x, barHeight);
    if (track.width() < 12)
        return;
    QPainterPath whole;
    whole.addRoundedRect(QRectF(mirrored(track.toRect())), barHeight / 2.0, barHeight / 2.0);
    painter.setClipPath(whole);
    painter.fillRect(mirrored(track.toRect()), colour(Token::Line, p));
    double at = track.left();
    for (std::size_t i = m_counts.size(); i-- > 0;) {
        if (m_counts[i] == 0)
            continue;
        // A single finding among thousands still shows.
        const double length = std::max(3.0, track.width() * m_counts[i] / m_longest);
        const QRectF segment(at, track.top(), length, track.height());
        painter.fillRect(
            mirrored(segment.toAlignedRect()), colour(severityToken(static_cast<Severity>(i)), p));
        at += length;
    }
}

} // namespace glacis::ui
