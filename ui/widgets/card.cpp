// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <widgets/card.h>

#include <widgets/plain_label.h>

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QPainterPath>
#include <QVBoxLayout>

namespace glacis::ui {
namespace {

    constexpr double radius = 10;
    constexpr int padding = 14;
    constexpr int titleHeight = 22; ///< that of a link beside it, so that titles of neighbours align

}

void paintCard(
    QPainter& painter, const QRect& rect, const QColor& fill, const QColor& line, std::optional<QColor> edge)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(QPen(line, 1));
    painter.setBrush(fill);
    painter.drawRoundedRect(box, radius, radius);
    if (edge) {
        // The crescent between the outline and the same outline moved down by the edge's width.
        QPainterPath outer, inner;
        outer.addRoundedRect(QRectF(rect), radius, radius);
        inner.addRoundedRect(QRectF(rect).translated(0, 3), radius, radius);
        painter.setClipRect(QRectF(rect.x(), rect.y(), rect.width(), radius));
        painter.fillPath(outer.subtracted(inner), *edge);
    }
    painter.restore();
}

bool showsFocus(const QWidget& widget)
{
    return widget.hasFocus() && widget.window()->testAttribute(Qt::WA_KeyboardFocusChange);
}

void paintFocus(QPainter& painter, const QRect& rect, double corner, const QPalette& palette)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colour(Token::Accent, palette), 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), corner, corner);
    painter.restore();
}

Card::Card(const QString& title, QWidget* parent)
    : QFrame(parent)
    , m_body(new QVBoxLayout(this))
{
    m_body->setContentsMargins(padding, padding - 5, padding, padding);
    m_body->setSpacing(6);
    if (title.isEmpty())
        return;
    m_titleLine = new QHBoxLayout;
    m_titleLine->setSpacing(12);
    auto* words = new PlainLabel(title, Type::Strong);
    words->setMinimumHeight(scaled(titleHeight));
    m_titleLine->addWidget(words);
    m_note = new ElidedLabel({}, Type::Small, Token::Text3);
    m_note->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_titleLine->addWidget(m_note, 1);
    m_body->addLayout(m_titleLine);
    setAccessibleName(title);
}

void Card::setNote(const QString& note)
{
    if (m_note)
        m_note->setText(note);
}

void Card::addToTitle(QWidget* widget)
{
    if (m_titleLine)
        m_titleLine->addWidget(widget);
}

void Card::setOutset(int pixels)
{
    m_body->setContentsMargins(padding - pixels, padding - 5, padding - pixels, padding - pixels / 2);
    if (m_titleLine)
        m_titleLine->setContentsMargins(pixels, 0, pixels, 0);
}

void Card::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintCard(painter, rect(), colour(Token::Card, palette()), colour(Token::Line, palette()));
}

CardButton::CardButton(Token edge, QWidget* parent)
    : QAbstractButton(parent)
    , m_edge(edge)
{
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

QSize CardButton::sizeHint() const { return layout() ? layout()->sizeHint() : QSize(120, 60); }

QSize CardButton::minimumSizeHint() const { return layout() ? layout()->minimumSize() : QSize(60, 40); }

bool CardButton::event(QEvent* event)
{
    if (event->type() == QEvent::ChildPolished) {
        // The card is one target: what lies on it must not swallow the click.
        for (QWidget* child : findChildren<QWidget*>())
            child->setAttribute(Qt::WA_TransparentForMouseEvents);
    }
    return QAbstractButton::event(event);
}

void CardButton::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Token fill = isDown() || underMouse() ? Token::Hover : Token::Card;
    paintCard(
        painter, rect(), colour(fill, palette()), colour(Token::Line, palette()), colour(m_edge, palette()));
    if (showsFocus(*this))
        paintFocus(painter, rect(), radius, palette());
}

QFrame* makeRule(Qt::Orientation orientation, QWidget* parent)
{
    auto* rule = new QFrame(parent);
    rule->setProperty("kind", QStringLiteral("rule"));
    if (orientation == Qt::Horizontal)
        rule->setFixedHeight(1);
    else
        rule->setFixedWidth(1);
    return rule;
}

} // namespace glacis::ui
