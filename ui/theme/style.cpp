// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <theme/style.h>

#include <theme/tokens.h>
#include <theme/type.h>

#include <QLineEdit>
#include <QPainter>
#include <QPainterPath>
#include <QStyleFactory>
#include <QStyleOption>
#include <QTableView>

#include <algorithm>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    /// A chevron that points down for 0, then in steps of a quarter turn.
    void drawChevron(QPainter& painter, const QRectF& rect, int quarterTurns, const QColor& ink)
    {
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(ink, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.translate(rect.center());
        painter.rotate(90.0 * quarterTurns);
        const double r = std::min({ rect.width(), rect.height(), 12.0 }) / 3.2;
        QPainterPath path;
        path.moveTo(-r, -r / 2);
        path.lineTo(0, r / 2);
        path.lineTo(r, -r / 2);
        painter.drawPath(path);
        painter.restore();
    }

    /// A box that is seen on every surface, filled when checked; Fusion's drowns in the dark.
    void drawCheckBox(QPainter& painter, const QStyleOption& option)
    {
        const auto ink = [&](Token token) { return colour(token, option.palette); };
        const bool checked = option.state.testFlag(QStyle::State_On);
        const bool enabled = option.state.testFlag(QStyle::State_Enabled);
        const QRectF box = QRectF(option.rect).adjusted(0.8, 0.8, -0.8, -0.8);
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        const Token edge = !enabled                          ? Token::Line
            : checked                                        ? Token::Accent
            : option.state.testFlag(QStyle::State_MouseOver) ? Token::Text2
                                                             : Token::Text3;
        painter.setPen(QPen(ink(edge), 1.4));
        painter.setBrush(checked ? ink(edge) : Qt::transparent);
        painter.drawRoundedRect(box, 3.5, 3.5);
        if (checked) {
            const double w = box.width();
            painter.setPen(QPen(ink(enabled ? Token::OnAccent : Token::Text3), 1.8, Qt::SolidLine,
                Qt::RoundCap, Qt::RoundJoin));
            painter.drawPolyline(QPolygonF({ box.topLeft() + QPointF(0.24 * w, 0.52 * w),
                box.topLeft() + QPointF(0.43 * w, 0.71 * w), box.topLeft() + QPointF(0.77 * w, 0.31 * w) }));
        }
        painter.restore();
    }

}

Style::Style()
    : QProxyStyle(QStyleFactory::create(u"Fusion"_s))
{
}

void Style::drawPrimitive(
    PrimitiveElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const
{
    const auto ink = [option](Token token) { return colour(token, option->palette); };
    switch (element) {
    case PE_IndicatorCheckBox:
        return drawCheckBox(*painter, *option);
    case PE_IndicatorHeaderArrow:
        if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option)) {
            // Qt calls ascending "SortDown"; an arrow upwards is what people know for ascending.
            if (header->sortIndicator != QStyleOptionHeader::None)
                drawChevron(*painter, option->rect,
                    header->sortIndicator == QStyleOptionHeader::SortDown ? 2 : 0, ink(Token::Text2));
        }
        return;
    case PE_IndicatorArrowDown:
        return drawChevron(*painter, option->rect, 0, ink(Token::Text2));
    case PE_IndicatorArrowLeft:
        return drawChevron(*painter, option->rect, 1, ink(Token::Text2));
    case PE_IndicatorArrowUp:
        return drawChevron(*painter, option->rect, 2, ink(Token::Text2));
    case PE_IndicatorArrowRight:
        return drawChevron(*painter, option->rect, 3, ink(Token::Text2));
    case PE_FrameFocusRect:
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(QPen(ink(Token::Accent), 1.5));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(QRectF(option->rect).adjusted(1, 1, -1, -1), 5, 5);
        painter->restore();
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void Style::drawItemText(QPainter* painter, const QRect& rect, int flags, const QPalette& palette,
    bool enabled, const QString& text, QPalette::ColorRole role) const
{
    constexpr int sides = Qt::AlignHorizontal_Mask | Qt::AlignVertical_Mask;
    const Qt::LayoutDirection reading = painter->layoutDirection();
    const auto where = visualAlignment(reading, Qt::Alignment::fromInt(flags & sides));
    painter->setLayoutDirection(Qt::LayoutDirectionAuto);
    QProxyStyle::drawItemText(
        painter, rect, static_cast<int>(where) | (flags & ~sides), palette, enabled, text, role);
    painter->setLayoutDirection(reading);
}

void Style::polish(QWidget* widget)
{
    QProxyStyle::polish(widget);
    // By itself an empty line follows the keyboard, not the window.
    auto* line = qobject_cast<QLineEdit*>(widget);
    if (line && line->layoutDirection() == Qt::RightToLeft && line->alignment().testFlag(Qt::AlignLeft)
        && !line->alignment().testFlag(Qt::AlignAbsolute))
        line->setAlignment((line->alignment() & Qt::AlignVertical_Mask) | Qt::AlignRight | Qt::AlignAbsolute);
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const
{
    switch (metric) {
    case PM_ScrollBarExtent:
        return 11;
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
        return 16;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
        return scaled(15);
    case PM_CheckBoxLabelSpacing:
        return scaled(8);
    case PM_SplitterWidth:
        return 1;
    case PM_HeaderMarkSize:
        return 10;
    case PM_FocusFrameHMargin: // and one more: cells begin where the style sheet's headers do
        return qobject_cast<const QTableView*>(widget) ? 9 : QProxyStyle::pixelMetric(metric, option, widget);
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(
    StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* data) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_ScrollBar_Transient: // bars stay where they are: their place is part of the layout
        return 0;
    case SH_ToolTip_WakeUpDelay:
        return 450;
    default:
        return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

} // namespace glacis::ui
