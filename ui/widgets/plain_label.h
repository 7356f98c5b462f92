// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Labels that never read mark-up. Use these and no bare QLabel; a test walks the window to prove it.
//
//   PlainLabel   one line at its natural width: our own words
//   ElidedLabel  one line that gives way: cut with an ellipsis, the whole text as tool tip
//   TextBlock    several lines, broken anywhere when a word is wider than the widget (253-character names)
#pragma once

#include <theme/tokens.h>
#include <theme/type.h>

#include <QLabel>

namespace glacis::ui {

class PlainLabel : public QLabel {
    Q_OBJECT
public:
    explicit PlainLabel(
        const QString& text = {}, Type type = Type::Body, Token ink = Token::Text, QWidget* parent = nullptr);
    void setInk(Token ink);
    [[nodiscard]] Token ink() const { return m_ink; }

protected:
    void paintEvent(QPaintEvent* event) override;
    [[nodiscard]] QColor inkColour() const;

private:
    Token m_ink;
};

class ElidedLabel : public PlainLabel {
    Q_OBJECT
public:
    explicit ElidedLabel(
        const QString& text = {}, Type type = Type::Body, Token ink = Token::Text, QWidget* parent = nullptr);
    void setElideMode(Qt::TextElideMode mode);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    Qt::TextElideMode m_mode = Qt::ElideRight;
};

class TextBlock : public PlainLabel {
    Q_OBJECT
public:
    explicit TextBlock(
        const QString& text = {}, Type type = Type::Body, Token ink = Token::Text, QWidget* parent = nullptr);
    /// More lines end in an ellipsis; 0: no limit.
    void setMaximumLines(int lines);
    /// Lines may end after a dot or slash and before a bracket, as paths of fields and files need it.
    void setBreaksPaths(bool breaks);
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int layOut(int width, QPainter* painter) const;
    int m_maximumLines = 0;
    bool m_breaksPaths = false;
};

} // namespace glacis::ui
