// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Surfaces. Card holds a titled group; CardButton is a card that can be clicked as a whole, with its children
// inert.
#pragma once

#include <theme/tokens.h>

#include <QAbstractButton>
#include <QFrame>

#include <optional>

class QHBoxLayout;
class QVBoxLayout;

namespace glacis::ui {

class ElidedLabel;

/// Rounded surface with a hairline; `edge` colours the upper border.
void paintCard(QPainter& painter, const QRect& rect, const QColor& fill, const QColor& line,
    std::optional<QColor> edge = {});
/// Focus that came by keyboard is shown, focus that came by a click is not.
[[nodiscard]] bool showsFocus(const QWidget& widget);
/// The ring that shows where the keyboard is.
void paintFocus(QPainter& painter, const QRect& rect, double radius, const QPalette& palette);

class Card : public QFrame {
    Q_OBJECT
public:
    explicit Card(const QString& title = {}, QWidget* parent = nullptr);
    [[nodiscard]] QVBoxLayout* body() const { return m_body; }
    void setNote(const QString& note); ///< small words at the end of the title's line
    void addToTitle(QWidget* widget); ///< a link behind them
    /// What is below the title reaches so far out on both sides: rows whose ground stands out from their
    /// text.
    void setOutset(int pixels);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QVBoxLayout* m_body;
    QHBoxLayout* m_titleLine = nullptr;
    ElidedLabel* m_note = nullptr;
};

class CardButton : public QAbstractButton {
    Q_OBJECT
public:
    explicit CardButton(Token edge, QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    Token m_edge;
};

/// A hairline, one pixel in the direction across.
[[nodiscard]] QFrame* makeRule(Qt::Orientation orientation, QWidget* parent = nullptr);

} // namespace glacis::ui
