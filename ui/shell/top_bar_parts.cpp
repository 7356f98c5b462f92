// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <shell/top_bar_parts.h>

#include <theme/type.h>
#include <widgets/card.h>
#include <widgets/icons.h>
#include <widgets/key_cap.h>
#include <widgets/outside_text.h>
#include <widgets/reading.h>

#include <QAction>
#include <QMenu>
#include <QPainter>
#include <QStyle>

#include <algorithm>

namespace glacis::ui {

using namespace Qt::StringLiterals;

namespace {

    /// As tall as the buttons beside it, at every size of type.
    int boxHeight() { return QFontMetrics(typeFont(Type::Body)).height() + 16; }

}

StateDot::StateDot(QWidget* parent)
    : QWidget(parent)
{
    setFixedSize(8, scaled(18));
}

void StateDot::setToken(Token token)
{
    m_token = token;
    update();
}

void StateDot::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour(m_token, palette()));
    painter.drawEllipse(QRectF(0, height() / 2.0 - 4, 8, 8));
}

SearchBox::SearchBox(QAction* palette, QWidget* parent)
    : QAbstractButton(parent)
    , m_keys(palette->shortcut().toString(QKeySequence::NativeText))
{
    setObjectName(u"searchBox"_s);
    setText(tr("Search objects, findings, actions"));
    setAccessibleName(text());
    setToolTip(toolTipText(text() + u"  " + m_keys));
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::IBeamCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setMaximumWidth(scaled(420));
    connect(this, &QAbstractButton::clicked, palette, &QAction::trigger);
}

QSize SearchBox::sizeHint() const { return { scaled(420), boxHeight() }; }

QSize SearchBox::minimumSizeHint() const { return { scaled(36), boxHeight() }; }

void SearchBox::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QPalette& p = palette();
    painter.setPen(QPen(colour(Token::Line, p), 1));
    painter.setBrush(colour(isDown() || underMouse() ? Token::Hover : Token::Card, p));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7);
    const auto mirrored
        = [this](const QRect& box) { return QStyle::visualRect(layoutDirection(), rect(), box); };
    const int glyph = scaled(15);
    const bool small = width() < scaled(90);
    const int left = small ? (width() - glyph) / 2 : 11;
    paintGlyph(painter, Glyph::Search, mirrored(QRect(left, 0, glyph, height())), colour(Token::Text3, p));
    if (!small) {
        int right = width() - 8;
        const QSize cap = keyCapSize(m_keys);
        if (width() > scaled(180)) {
            const QRect box(right - cap.width(), (height() - cap.height()) / 2, cap.width(), cap.height());
            paintKeyCap(painter, mirrored(box), m_keys, p);
            right -= cap.width() + 8;
        }
        const QRect box(left + glyph + 8, 0, right - left - glyph - 8, height());
        layOutByText(painter);
        painter.setFont(typeFont(Type::Body));
        painter.setPen(colour(Token::Text3, p));
        const auto where = QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft | Qt::AlignVCenter);
        painter.drawText(mirrored(box), static_cast<int>(where) | Qt::TextSingleLine,
            painter.fontMetrics().elidedText(text(), Qt::ElideRight, box.width()));
    }
    if (showsFocus(*this))
        paintFocus(painter, rect(), 6, p);
}

SourceButton::SourceButton(QMenu* menu, QWidget* parent)
    : QAbstractButton(parent)
    , m_menu(menu)
{
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setObjectName(u"sourceSwitcher"_s);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(this, &QAbstractButton::clicked, this,
        [this] { m_menu->popup(mapToGlobal(QPoint(0, height() + 4))); });
}

void SourceButton::setToken(std::optional<Token> token)
{
    m_token = token;
    update();
}

void SourceButton::tell(const QString& name, const QString& detail)
{
    m_name = name;
    m_detail = detail;
    setAccessibleName(tr("Source: %1").arg(name));
    setAccessibleDescription(detail);
    setToolTip(toolTipText(detail.isEmpty() ? name : QString(name + u'\n' + detail)));
    updateGeometry();
    update();
}

QSize SourceButton::sizeHint() const
{
    const int name = QFontMetrics(typeFont(Type::Strong)).horizontalAdvance(m_name);
    return { std::clamp(name + 66, scaled(150), scaled(320)), boxHeight() };
}

QSize SourceButton::minimumSizeHint() const { return { scaled(110), boxHeight() }; }

void SourceButton::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QPalette& p = palette();
    painter.setPen(QPen(colour(Token::Line, p), 1));
    painter.setBrush(colour(isDown() || underMouse() ? Token::Hover : Token::Card, p));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7);
    const auto mirrored
        = [this](const QRect& box) { return QStyle::visualRect(layoutDirection(), rect(), box); };
    layOutByText(painter);
    painter.setFont(typeFont(Type::Strong));
    painter.setPen(colour(m_name.isEmpty() ? Token::Text3 : Token::Text, p));
    int left = 12;
    if (m_token) {
        painter.save();
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour(*m_token, p));
        painter.drawEllipse(mirrored(QRect(left, height() / 2 - 4, 8, 8)));
        painter.restore();
        left += 18;
    }
    const QRect box(left, 0, width() - left - scaled(14) - 16, height());
    const auto where = QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft | Qt::AlignVCenter);
    painter.drawText(mirrored(box), static_cast<int>(where),
        painter.fontMetrics().elidedText(m_name, Qt::ElideMiddle, box.width()));
    paintGlyph(painter, Glyph::ChevronDown,
        mirrored(QRect(width() - scaled(14) - 12, 0, scaled(14), height())), colour(Token::Text2, p));
    if (showsFocus(*this))
        paintFocus(painter, rect(), 6, p);
}

} // namespace glacis::ui
