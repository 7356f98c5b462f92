// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <reports/edition_card.h>

#include <widgets/card.h>
#include <widgets/plain_label.h>

#include <QEvent>
#include <QPainter>
#include <QVBoxLayout>

namespace glacis::ui {
namespace {

    constexpr int ring = 14; ///< of the mark that says which is chosen
    constexpr int padding = 10;

}

EditionCard::EditionCard(const QString& title, const QString& purpose, QWidget* parent)
    : QAbstractButton(parent)
{
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    setAccessibleName(title);
    setAccessibleDescription(purpose);
    auto* lines = new QVBoxLayout(this);
    lines->setContentsMargins(padding + ring + 9, padding - 2, padding, padding - 1);
    lines->setSpacing(1);
    lines->addWidget(new TextBlock(title, Type::Strong));
    lines->addWidget(new TextBlock(purpose, Type::Small, Token::Text2));
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

QSize EditionCard::sizeHint() const { return layout()->sizeHint(); }

QSize EditionCard::minimumSizeHint() const { return layout()->minimumSize(); }

int EditionCard::heightForWidth(int width) const { return layout()->heightForWidth(width); }

bool EditionCard::event(QEvent* event)
{
    if (event->type() == QEvent::ChildPolished)
        for (QWidget* child : findChildren<QWidget*>())
            child->setAttribute(Qt::WA_TransparentForMouseEvents); // the card is one target
    if (event->type() == QEvent::LayoutDirectionChange || event->type() == QEvent::Polish) {
        const int inset = padding + ring + 9;
        const bool mirrored = isRightToLeft();
        layout()->setContentsMargins(
            mirrored ? padding : inset, padding - 2, mirrored ? inset : padding, padding - 1);
    }
    return QAbstractButton::event(event);
}

void EditionCard::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const auto ink = [this](Token token) { return colour(token, palette()); };
    paintCard(painter, rect(), ink(isDown() || underMouse() ? Token::Hover : Token::Card),
        ink(isChecked() ? Token::Accent : Token::Line));
    painter.setRenderHint(QPainter::Antialiasing);
    const int firstLine = QFontMetrics(typeFont(Type::Strong)).height();
    QRectF mark(padding, padding - 2 + (firstLine - ring) / 2.0, ring, ring);
    if (isRightToLeft())
        mark.moveRight(width() - padding);
    painter.setPen(QPen(ink(isChecked() ? Token::Accent : Token::Text3), 1.6));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(mark.adjusted(1, 1, -1, -1));
    if (isChecked()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(ink(Token::Accent));
        painter.drawEllipse(mark.adjusted(4, 4, -4, -4));
    }
    if (showsFocus(*this))
        paintFocus(painter, rect(), 10, palette());
}

} // namespace glacis::ui
