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

    constexpr int padding = 10;

    /// Side of the mark that says which is chosen.
    int ring() { return scaled(14); }
    /// Of the words from the edge that has the mark.
    int inset() { return padding + ring() + 9; }

}

EditionCard::EditionCard(const QString& title, const QString& purpose, QWidget* parent)
    : QAbstractButton(parent)
    , m_title(new TextBlock(title, Type::Strong))
{
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    setAccessibleName(title);
    setAccessibleDescription(purpose);
    auto* lines = new QVBoxLayout(this);
    lines->setContentsMargins(inset(), padding - 2, padding, padding - 1);
    lines->setSpacing(1);
    lines->addWidget(m_title);
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
        const bool mirrored = isRightToLeft();
        layout()->setContentsMargins(
            mirrored ? padding : inset(), padding - 2, mirrored ? inset() : padding, padding - 1);
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
    const int firstLine = m_title->heightForWidth(QWIDGETSIZE_MAX);
    QRectF mark(padding, m_title->y() + (firstLine - ring()) / 2.0, ring(), ring());
    if (isRightToLeft())
        mark.moveRight(width() - padding);
    painter.setPen(QPen(ink(isChecked() ? Token::Accent : Token::Text3), 1.6));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(mark.adjusted(1, 1, -1, -1));
    if (isChecked()) {
        const double dot = ring() * 0.29;
        painter.setPen(Qt::NoPen);
        painter.setBrush(ink(Token::Accent));
        painter.drawEllipse(mark.adjusted(dot, dot, -dot, -dot));
    }
    if (showsFocus(*this))
        paintFocus(painter, rect(), 10, palette());
}

} // namespace glacis::ui
