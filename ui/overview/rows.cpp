// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <overview/rows.h>

#include <theme/tokens.h>
#include <theme/type.h>
#include <widgets/card.h>
#include <widgets/outside_text.h>
#include <widgets/reading.h>
#include <widgets/severity_mark.h>
#include <widgets/time_text.h>

#include <QPainter>
#include <QStyle>
#include <QTextLayout>

#include <algorithm>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    constexpr int mark = 12;
    constexpr int barHeight = 4;
    constexpr int trailGap = 10; ///< before and between what stands at the end of a line
    constexpr int mostLines = 2; ///< of a title, unless it has its column to itself
    constexpr int mostLinkLines = 3;

    void drawElided(QPainter& painter, const QRect& box, const QString& text, Qt::LayoutDirection direction,
        Qt::Alignment side = Qt::AlignLeft, Qt::TextElideMode mode = Qt::ElideRight)
    {
        const auto where = QStyle::visualAlignment(direction, side | Qt::AlignVCenter);
        painter.drawText(box, static_cast<int>(where) | Qt::TextSingleLine,
            painter.fontMetrics().elidedText(text, mode, box.width()));
    }

    /// Broken at words into so many lines at most; what does not fit the last ends in an ellipsis.
    QStringList brokenLines(const QString& text, const QFont& font, int width, int most = mostLines)
    {
        QStringList lines;
        QTextLayout layout(text, font);
        QTextOption option;
        option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
        layout.setTextOption(option);
        layout.beginLayout();
        while (lines.size() < most) {
            QTextLine line = layout.createLine();
            if (!line.isValid())
                break;
            line.setLineWidth(std::max(1, width));
            lines += lines.size() + 1 < most
                ? text.mid(line.textStart(), line.textLength()).trimmed()
                : QFontMetrics(font).elidedText(text.mid(line.textStart()), Qt::ElideRight, width);
        }
        layout.endLayout();
        return lines;
    }

    int lineHeight(Type type) { return QFontMetrics(typeFont(type)).height() + 2; }

}

RowButton::RowButton(QWidget* parent)
    : QAbstractButton(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
}

QSize RowButton::minimumSizeHint() const { return { scaled(140), sizeHint().height() }; }

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
        m_where += u" · "_s + shown(worst.finding->locus, 300);
    if (worst.count > 1)
        m_more = tr("+%1 more").arg(countText(worst.count - 1));
    setAccessibleName(tr("%1, %2").arg(severityWord(m_severity), m_title));
    setAccessibleDescription(m_where + u' ' + m_more);
    setToolTip(toolTipText(m_title + u'\n' + m_where));
}

QStringList WorstRow::titleLines(int width) const
{
    return brokenLines(m_title, typeFont(Type::Strong), width - 2 * pad - mark - 10);
}

QSize WorstRow::sizeHint() const { return { scaled(300), heightForWidth(scaled(300)) }; }

int WorstRow::heightForWidth(int width) const
{
    return static_cast<int>(titleLines(width).size()) * lineHeight(Type::Strong) + lineHeight(Type::Small)
        + 6;
}

void WorstRow::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    layOutByText(painter);
    paintGround(painter);
    const QPalette& p = palette();
    const int line = lineHeight(Type::Strong), second = lineHeight(Type::Small);
    int y = 3;
    paintSeverityShape(
        painter, mirrored(QRect(pad, y, mark, line)), m_severity, colour(severityToken(m_severity), p));
    const int left = pad + mark + 10;
    painter.setFont(typeFont(Type::Strong));
    painter.setPen(colour(Token::Text, p));
    for (const QString& text : titleLines(width())) {
        drawElided(painter, mirrored(QRect(left, y, width() - pad - left, line)), text, layoutDirection());
        y += line;
    }

    // How many more and the stage stand behind the title, or behind the place where the title needs the room.
    const QStringList lines = titleLines(width());
    const int titleEnd
        = left + QFontMetrics(typeFont(Type::Strong)).horizontalAdvance(lines.value(lines.size() - 1));
    const bool above = titleEnd + trailGap + trailWidth() <= width() - pad;
    painter.setFont(typeFont(Type::Small));
    paintTrail(painter, width() - pad, above ? y - (line + second) / 2 : y);
    const int right = width() - pad - (above ? 0 : trailWidth() + trailGap);
    painter.setPen(colour(Token::Text2, p));
    drawElided(painter, mirrored(QRect(left, y, right - left, second)), m_where, layoutDirection(),
        Qt::AlignLeft, Qt::ElideMiddle);
}

int WorstRow::trailWidth() const
{
    const QFontMetrics metrics(typeFont(Type::Small));
    const auto room
        = [&](const QString& text) { return text.isEmpty() ? 0 : metrics.horizontalAdvance(text) + 2; };
    const int stage = room(m_stage > 0 ? stageWord(m_stage) : QString()), more = room(m_more);
    return stage + more + (stage > 0 && more > 0 ? trailGap : 0);
}

/// From the right: the stage, before it how many more there are.
void WorstRow::paintTrail(QPainter& painter, int right, int y) const
{
    const auto atEnd = [&](const QString& text, Token ink) {
        if (text.isEmpty())
            return;
        const int room = painter.fontMetrics().horizontalAdvance(text) + 2;
        painter.setPen(colour(ink, palette()));
        drawElided(painter, mirrored(QRect(right - room, y, room, lineHeight(Type::Small))), text,
            layoutDirection(), Qt::AlignRight);
        right -= room + trailGap;
    };
    atEnd(m_stage > 0 ? stageWord(m_stage) : QString(), m_stage > 0 ? stageToken(m_stage) : Token::Text3);
    atEnd(m_more, Token::Text3);
}

WorstLink::WorstLink(QWidget* parent)
    : RowButton(parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void WorstLink::show(const assessment::Assessment& assessment, const posture::Finding& finding)
{
    m_severity = finding.severity;
    m_title = fromUtf8(assessment.info(finding).title);
    setAccessibleName(tr("Worst: %1, %2").arg(severityWord(m_severity), m_title));
    const QString where = objectLabel(factsOf(assessment, finding));
    setAccessibleDescription(where);
    setToolTip(toolTipText(m_title + u'\n' + where));
    updateGeometry();
    update();
}

QSize WorstLink::sizeHint() const { return { scaled(180), lineHeight(Type::Small) + 6 }; }

int WorstLink::heightForWidth(int width) const
{
    const auto lines
        = brokenLines(m_title, typeFont(Type::Small), width - 2 * pad - mark - 6, mostLinkLines).size();
    return lineHeight(Type::Small) * static_cast<int>(std::max<qsizetype>(1, lines)) + 6;
}

void WorstLink::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    layOutByText(painter);
    paintGround(painter);
    const int line = lineHeight(Type::Small);
    const QRect shape(pad, 3, mark, line);
    paintSeverityShape(painter, mirrored(shape), m_severity, colour(severityToken(m_severity), palette()));
    painter.setFont(typeFont(Type::Small));
    painter.setPen(colour(Token::Text, palette()));
    QRect box(shape.right() + 7, 3, width() - 2 * pad - mark - 6, line);
    for (const QString& text : brokenLines(m_title, typeFont(Type::Small), box.width(), mostLinkLines)) {
        drawElided(painter, mirrored(box), text, layoutDirection());
        box.translate(0, line);
    }
}

FixRow::FixRow(const FixLine& line, std::optional<int> number, QWidget* parent)
    : RowButton(parent)
    , m_line(line)
    , m_number(number > 0 ? tr("%1.").arg(*number) : QString())
    , m_numbered(number.has_value())
{
    const QString what = number > 0 ? tr("%1. %2").arg(*number).arg(line.title) : line.title;
    setAccessibleName(what);
    setAccessibleDescription(tr("%1. %2, %3").arg(line.target, effortInWords(line.size), closesText(line)));
    setToolTip(toolTipText(line.title + u'\n' + line.target + u'\n' + effortInWords(line.size)));
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

/// Numbers stand right of each other's digits: a list of twenty-six gets room for two.
int FixRow::numberWidth() const
{
    if (!m_numbered)
        return 0;
    const QFontMetrics metrics(typeFont(Type::Strong));
    return std::max(metrics.horizontalAdvance(u"0. "_s), metrics.horizontalAdvance(m_number + u' '));
}

QStringList FixRow::titleLines(int width) const
{
    return brokenLines(m_line.title, typeFont(Type::Strong), width - 2 * pad - numberWidth());
}

QSize FixRow::sizeHint() const { return { scaled(320), heightForWidth(scaled(320)) }; }

int FixRow::heightForWidth(int width) const
{
    return static_cast<int>(titleLines(width).size()) * lineHeight(Type::Strong) + lineHeight(Type::Small)
        + barHeight + 8;
}

void FixRow::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    layOutByText(painter);
    paintGround(painter);
    const QPalette& p = palette();
    painter.setFont(typeFont(Type::Strong));
    const int line = lineHeight(Type::Strong);
    const int number = numberWidth();
    const int left = pad + number, room = width() - pad - left;
    int y = 2;
    painter.setPen(colour(Token::Pass, p));
    drawElided(painter, mirrored(QRect(pad, y, number, line)), m_number, layoutDirection());
    painter.setPen(colour(Token::Text, p));
    for (const QString& text : titleLines(width())) {
        drawElided(painter, mirrored(QRect(left, y, room, line)), text, layoutDirection());
        y += line;
    }

    painter.setFont(typeFont(Type::Small));
    const int small = lineHeight(Type::Small);
    const QString effect = tr("%1 · %2").arg(effortWord(m_line.size), closesText(m_line));
    const int taken = std::min(room, painter.fontMetrics().horizontalAdvance(effect) + 2);
    painter.setPen(colour(Token::Text2, p));
    drawElided(painter, mirrored(QRect(width() - pad - taken, y, taken, small)), effect, layoutDirection(),
        Qt::AlignRight);
    painter.setFont(typeFont(Type::Mono));
    painter.setPen(colour(Token::Text3, p));
    if (room - taken > scaled(50))
        drawElided(painter, mirrored(QRect(left, y, room - taken - 12, small)), m_line.target,
            layoutDirection(), Qt::AlignLeft, Qt::ElideMiddle);
    y += small + 3;

    const QRect track(left, y, room, barHeight);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour(Token::Line, p));
    painter.drawRoundedRect(mirrored(track), barHeight / 2.0, barHeight / 2.0);
    if (m_line.of == 0 || m_line.closes == 0)
        return;
    const int length = std::max(barHeight,
        static_cast<int>(static_cast<double>(room) * m_line.closes / static_cast<double>(m_line.of)));
    painter.setBrush(colour(Token::Pass, p));
    painter.drawRoundedRect(
        mirrored(QRect(left, y, std::min(length, room), barHeight)), barHeight / 2.0, barHeight / 2.0);
}

} // namespace glacis::ui
