// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <widgets/empty_state.h>

#include <theme/type.h>
#include <widgets/card.h>
#include <widgets/plain_label.h>

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>

namespace glacis::ui {
namespace {

    constexpr int glyphSide = 44;
    constexpr int textWidth = 440;
    constexpr int margin = 24;

    class GlyphView : public QWidget {
    public:
        explicit GlyphView(Glyph glyph)
            : m_glyph(glyph)
        {
            setFixedSize(scaled(glyphSide), scaled(glyphSide));
        }

    protected:
        void paintEvent(QPaintEvent*) override
        {
            QPainter painter(this);
            paintGlyph(painter, m_glyph, rect(), colour(Token::Accent, palette()));
        }

    private:
        Glyph m_glyph;
    };

}

EmptyState::EmptyState(Glyph glyph, const QString& title, const QString& text, QWidget* parent)
    : QWidget(parent)
    , m_buttons(new QHBoxLayout)
    , m_head(new TextBlock(title, Type::Display))
    , m_words(new TextBlock(text, Type::Body, Token::Text2))
    , m_note(new PlainLabel({}, Type::Small, Token::Text3))
{
    auto* column = new QVBoxLayout;
    column->setSpacing(10);
    column->addWidget(new GlyphView(glyph), 0, Qt::AlignHCenter);
    for (TextBlock* block : { m_head, m_words }) {
        block->setAlignment(Qt::AlignHCenter);
        block->setMaximumWidth(scaled(textWidth));
        auto* line = new QHBoxLayout;
        line->addStretch(); // gets only what the block cannot use
        line->addWidget(block, 1);
        line->addStretch();
        column->addLayout(line);
    }
    if (text.isEmpty())
        m_words->hide();
    column->addSpacing(6);
    m_buttons->setSpacing(10);
    auto* centred = new QHBoxLayout;
    centred->addStretch();
    centred->addLayout(m_buttons);
    centred->addStretch();
    column->addLayout(centred);
    m_note->setAlignment(Qt::AlignHCenter);
    m_note->hide();
    column->addWidget(m_note, 0, Qt::AlignHCenter);

    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(margin, margin, margin, margin);
    whole->addStretch(4);
    whole->addLayout(column);
    whole->addStretch(5); // a little above the middle looks centred
}

/// Nested layouts do not pass height for width on to a centred child: say it outright.
void EmptyState::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const int room = std::min(scaled(textWidth), width() - 2 * margin);
    for (TextBlock* block : { m_head, m_words })
        block->setFixedHeight(block->heightForWidth(room));
}

QPushButton* EmptyState::addButton(QPushButton* button)
{
    m_buttons->addWidget(button);
    return button;
}

void EmptyState::setNote(const QString& note)
{
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

Skeleton::Skeleton(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setMinimumSize(200, 160);
}

void Skeleton::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor card = colour(Token::Card, palette()), line = colour(Token::Line, palette());
    const auto bars = [&](const QRect& box, int count) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour(Token::Hover, palette()));
        for (int i = 0; i < count; ++i) {
            const int y = box.y() + 18 + i * 34;
            if (y + 12 > box.bottom() - 10)
                break;
            const int full = box.width() - 36;
            const QRect bar(box.x() + 18, y, full * (i % 3 == 0 ? 8 : i % 3 == 1 ? 6 : 7) / 10, 10);
            painter.drawRoundedRect(QStyle::visualRect(layoutDirection(), box, bar), 5, 5);
        }
    };
    constexpr int gap = 12;
    const int cardWidth = (width() - 3 * gap) / 4;
    const int top = scaled(112);
    for (int i = 0; i < 4; ++i) {
        const QRect box(i * (cardWidth + gap), 0, cardWidth, top);
        paintCard(painter, box, card, line);
        bars(box, 3);
    }
    const int left = (width() - gap) * 3 / 5;
    const QRect wide(0, top + gap, left, height() - top - gap);
    const QRect narrow(left + gap, top + gap, width() - left - gap, height() - top - gap);
    for (const QRect& box : { wide, narrow }) {
        const QRect placed = QStyle::visualRect(layoutDirection(), rect(), box);
        paintCard(painter, placed, card, line);
        bars(placed, 12);
    }
}

} // namespace glacis::ui
