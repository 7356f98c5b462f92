// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <widgets/severity_mark.h>

#include <theme/tokens.h>
#include <widgets/outside_text.h>
#include <widgets/reading.h>

#include <QCoreApplication>
#include <QPainter>
#include <QPainterPath>
#include <QStyle>

#include <algorithm>

namespace glacis::ui {
namespace {

    constexpr int shapeBox = 12;
    constexpr int gap = 6;

    QString word(const char* text) { return QCoreApplication::translate("Words", text); }

    QFont wordFont()
    {
        QFont f = typeFont(Type::Small);
        f.setWeight(QFont::DemiBold);
        return f;
    }

}

QString severityWord(Severity severity)
{
    switch (severity) {
    case Severity::Critical:
        return word(QT_TRANSLATE_NOOP("Words", "Critical"));
    case Severity::High:
        return word(QT_TRANSLATE_NOOP("Words", "High"));
    case Severity::Medium:
        return word(QT_TRANSLATE_NOOP("Words", "Medium"));
    case Severity::Low:
        return word(QT_TRANSLATE_NOOP("Words", "Low"));
    case Severity::Info:
        break;
    }
    return word(QT_TRANSLATE_NOOP("Words", "Info"));
}

QString stateWord(State state)
{
    switch (state) {
    case State::Pass:
        return word(QT_TRANSLATE_NOOP("Words", "Pass"));
    case State::Fail:
        return word(QT_TRANSLATE_NOOP("Words", "Open"));
    case State::NotAssessed:
        return word(QT_TRANSLATE_NOOP("Words", "Not assessed"));
    case State::Accepted:
        return word(QT_TRANSLATE_NOOP("Words", "Accepted"));
    case State::NotApplicable:
        break;
    }
    return word(QT_TRANSLATE_NOOP("Words", "Not applicable"));
}

QString stageWord(Stage stage)
{
    return stage == 0 ? word(QT_TRANSLATE_NOOP("Words", "No stage"))
                      : word(QT_TRANSLATE_NOOP("Words", "Stage %1")).arg(int(stage));
}

QString stageName(Stage stage)
{
    return fromUtf8(stageTitle(stage)); // KCSA terms stay in English
}

void paintSeverityShape(QPainter& painter, const QRectF& rect, Severity severity, const QColor& ink)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    const QPointF c = rect.center();
    QPainterPath path;
    switch (severity) {
    case Severity::Critical:
        path.moveTo(c.x(), c.y() - 5.2);
        path.lineTo(c.x() + 5.2, c.y());
        path.lineTo(c.x(), c.y() + 5.2);
        path.lineTo(c.x() - 5.2, c.y());
        path.closeSubpath();
        break;
    case Severity::High:
        path.moveTo(c.x(), c.y() - 4.6);
        path.lineTo(c.x() + 5, c.y() + 4.2);
        path.lineTo(c.x() - 5, c.y() + 4.2);
        path.closeSubpath();
        break;
    case Severity::Medium:
        path.addRect(QRectF(c.x() - 4, c.y() - 4, 8, 8));
        break;
    case Severity::Low:
        path.addEllipse(c, 4, 4);
        break;
    case Severity::Info:
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(ink, 1.5));
        path.addEllipse(c, 3.6, 3.6);
        break;
    }
    painter.drawPath(path);
    painter.restore();
}

SeverityMark::SeverityMark(Severity severity, Show show, QWidget* parent)
    : QWidget(parent)
    , m_severity(severity)
    , m_show(show)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setFont(wordFont());
    setSeverity(severity);
}

void SeverityMark::setSeverity(Severity severity)
{
    m_severity = severity;
    setAccessibleName(severityWord(severity));
    updateGeometry();
    update();
}

QSize SeverityMark::sizeHint() const
{
    const int height = std::max(shapeBox, fontMetrics().height());
    if (m_show == Show::Shape)
        return { shapeBox, height };
    return { shapeBox + gap + fontMetrics().horizontalAdvance(severityWord(m_severity)) + 1, height };
}

void SeverityMark::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QColor ink = colour(severityToken(m_severity), palette());
    const QRect shape = QStyle::visualRect(layoutDirection(), rect(), QRect(0, 0, shapeBox, height()));
    paintSeverityShape(painter, shape, m_severity, ink);
    if (m_show == Show::Shape)
        return;
    layOutByText(painter);
    painter.setPen(ink);
    const QRect text = QStyle::visualRect(
        layoutDirection(), rect(), QRect(shapeBox + gap, 0, width() - shapeBox - gap, height()));
    painter.drawText(text,
        static_cast<int>(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft | Qt::AlignVCenter)),
        severityWord(m_severity));
}

} // namespace glacis::ui
