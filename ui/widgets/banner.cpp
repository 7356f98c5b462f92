// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <widgets/banner.h>

#include <widgets/buttons.h>
#include <widgets/plain_label.h>

#include <QAccessible>
#include <QAction>
#include <QHBoxLayout>
#include <QPainter>
#include <QStyle>

namespace glacis::ui {
namespace {

    constexpr int iconSide = 18;
    constexpr int padding = 12;
    constexpr int above = 12; ///< room that comes and goes with the banner

    Token ink(Banner::Kind kind)
    {
        return kind == Banner::Kind::Error  ? Token::Critical
            : kind == Banner::Kind::Warning ? Token::Medium
                                            : Token::Accent;
    }

    Glyph glyph(Banner::Kind kind)
    {
        return kind == Banner::Kind::Error  ? Glyph::Error
            : kind == Banner::Kind::Warning ? Glyph::Warning
                                            : Glyph::Info;
    }

}

Banner::Banner(QWidget* parent)
    : QWidget(parent)
    , m_title(new PlainLabel({}, Type::Strong))
    , m_detail(new TextBlock({}, Type::Body, Token::Text2))
    , m_actions(new QHBoxLayout)
{
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(padding, above + 8, 8, 8);
    line->setSpacing(10);
    line->addSpacing(iconSide + 10);
    auto* words = new QVBoxLayout;
    words->setSpacing(1);
    words->addWidget(m_title);
    words->addWidget(m_detail);
    line->addLayout(words, 1);
    m_actions->setSpacing(8);
    line->addLayout(m_actions);
    QToolButton* close = makeIconButton(Glyph::Close, tr("Dismiss"));
    line->addWidget(close, 0, Qt::AlignTop);
    connect(close, &QToolButton::clicked, this, [this] {
        hide();
        Q_EMIT dismissed();
    });
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    hide();
}

void Banner::tell(Kind kind, const QString& title, const QString& detail)
{
    m_kind = kind;
    m_title->setText(title);
    m_detail->setText(detail);
    m_detail->setVisible(!detail.isEmpty());
    setAccessibleName(title);
    setAccessibleDescription(detail);
    show();
    update();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void Banner::addAction(QAction* action)
{
    QPushButton* button = makeButton(action->text());
    button->setAccessibleName(action->iconText());
    connect(button, &QPushButton::clicked, action, &QAction::trigger);
    m_actions->addWidget(button, 0, Qt::AlignTop);
}

QString Banner::title() const { return m_title->text(); }

QString Banner::detail() const { return m_detail->text(); }

void Banner::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colour(ink(m_kind), palette()), 1));
    painter.setBrush(colour(Token::Card, palette()));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, above + 0.5, -0.5, -0.5), 8, 8);
    const QRect place
        = QStyle::visualRect(layoutDirection(), rect(), QRect(padding, above + 9, iconSide, iconSide));
    paintGlyph(painter, glyph(m_kind), place, colour(ink(m_kind), palette()));
}

} // namespace glacis::ui
