// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Fusion with our arrows, marks and manners; what boxes and colours can say is in the style sheet instead.
#pragma once

#include <QProxyStyle>

namespace glacis::ui {

class Style : public QProxyStyle {
    Q_OBJECT
public:
    Style();
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
        const QWidget* widget = nullptr) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption* option = nullptr,
        const QWidget* widget = nullptr) const override;
    /// Words in the order of their own text, whatever way the window reads.
    void drawItemText(QPainter* painter, const QRect& rect, int flags, const QPalette& palette, bool enabled,
        const QString& text, QPalette::ColorRole role = QPalette::NoRole) const override;
    using QProxyStyle::polish;
    void polish(QWidget* widget) override; ///< empty line edits begin where the window begins to read
    int styleHint(StyleHint hint, const QStyleOption* option = nullptr, const QWidget* widget = nullptr,
        QStyleHintReturn* data = nullptr) const override;
};

} // namespace glacis::ui
