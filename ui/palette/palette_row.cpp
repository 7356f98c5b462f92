// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <palette/palette_row.h>

#include <palette/palette_model.h>
#include <theme/type.h>
#include <widgets/key_cap.h>
#include <widgets/reading.h>
#include <widgets/severity_mark.h>

#include <QPainter>
#include <QStyle>
#include <QTextLayout>

#include <algorithm>
#include <cmath>

namespace glacis::ui {
namespace {

    constexpr int pad = 12;
    constexpr int gap = 10;
    constexpr int markSide = 16;

    struct Line {
        QString text;
        QList<int> matched;
        Type type;
        Token ink;
    };

    /// One line, cut to `width` at its end, so that the letters that matched keep their places; returns the
    /// width that it took.
    int drawLine(QPainter& painter, const QStyleOptionViewItem& option, const Line& line, int left, int width)
    {
        if (width <= 0 || line.text.isEmpty())
            return 0;
        const QFont font = typeFont(line.type);
        QFont strong = font;
        strong.setWeight(QFont::Bold);
        QString text = line.text;
        qsizetype kept = text.size();
        // Bold letters are wider: measured as if all were, unless it fits anyhow.
        if (QFontMetrics(strong).horizontalAdvance(text) > width) {
            text = QFontMetrics(strong).elidedText(text, Qt::ElideRight, width);
            kept = text.size() - 1;
        }
        QList<QTextLayout::FormatRange> formats;
        for (const int at : line.matched) {
            if (at >= kept)
                break;
            QTextCharFormat set;
            set.setFont(strong);
            set.setForeground(colour(Token::Accent, option.palette));
            formats += { at, 1, set };
        }
        QTextLayout layout(text, font);
        QTextOption direction;
        direction.setWrapMode(QTextOption::NoWrap);
        direction.setTextDirection(Qt::LeftToRight); // names of a cluster read from the left
        layout.setTextOption(direction);
        layout.setFormats(formats);
        layout.beginLayout();
        QTextLine drawn = layout.createLine();
        drawn.setLineWidth(width * 2.0);
        layout.endLayout();
        const int used = std::min(static_cast<int>(std::ceil(drawn.naturalTextWidth())), width);
        const QRect box = QStyle::visualRect(
            option.direction, option.rect, QRect(left, option.rect.top(), used, option.rect.height()));
        const int top = option.rect.top() + (option.rect.height() - static_cast<int>(drawn.height())) / 2;
        painter.setPen(colour(line.ink, option.palette));
        layout.draw(&painter, QPointF(box.left(), top));
        return used;
    }

}

int PaletteRow::height() { return scaled(34); }

QSize PaletteRow::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return { scaled(200), height() };
}

void PaletteRow::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    painter->save();
    layOutByText(*painter);
    painter->setRenderHint(QPainter::Antialiasing);
    const QPalette& p = option.palette;
    const auto mirrored
        = [&](const QRect& box) { return QStyle::visualRect(option.direction, option.rect, box); };
    const bool current = option.state & QStyle::State_Selected;
    if (current || option.state & QStyle::State_MouseOver) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(colour(current ? Token::Selected : Token::Hover, p));
        painter->drawRoundedRect(option.rect.adjusted(0, 1, 0, -1), 7, 7);
    }
    const int top = option.rect.top(), tall = option.rect.height();
    const int side = scaled(markSide);
    int left = option.rect.left() + pad;
    const QRect mark = mirrored(QRect(left, top, side, tall));
    const QVariant severity = index.data(PaletteModel::SeverityRole);
    if (severity.isValid()) {
        const auto which = static_cast<Severity>(severity.toInt());
        paintSeverityShape(*painter, mark, which, colour(severityToken(which), p));
    } else {
        paintGlyph(*painter, static_cast<Glyph>(index.data(PaletteModel::GlyphRole).toInt()), mark,
            colour(current ? Token::Text : Token::Text2, p), option.direction);
    }
    left += side + gap;

    // From the end: the kind, then the keys.
    int right = option.rect.right() - pad;
    const QString kind = index.data(PaletteModel::KindRole).toString();
    const QFont small = typeFont(Type::Caption);
    const int kindWidth = QFontMetrics(small).horizontalAdvance(kind) + 1;
    painter->setFont(small);
    painter->setPen(colour(Token::Text3, p));
    painter->drawText(mirrored(QRect(right - kindWidth, top, kindWidth, tall)),
        static_cast<int>(Qt::AlignCenter) | Qt::TextSingleLine, kind);
    right -= kindWidth + gap;
    if (const QString keys = index.data(PaletteModel::KeysRole).toString(); !keys.isEmpty()) {
        const QSize cap = keyCapSize(keys);
        paintKeyCap(*painter,
            mirrored(QRect(right - cap.width(), top + (tall - cap.height()) / 2, cap.width(), cap.height())),
            keys, p);
        right -= cap.width() + gap;
    }
    const QString detail = index.data(PaletteModel::DetailRole).toString();
    // The title comes first; a detail keeps a third when both are long.
    const int room = std::max(0, right - left);
    const int detailWants
        = detail.isEmpty() ? 0 : QFontMetrics(typeFont(Type::Small)).horizontalAdvance(detail) + gap;
    const int titleRoom = room - std::min(detailWants, room / 3);
    left += drawLine(*painter, option,
        { index.data(PaletteModel::TitleRole).toString(),
            index.data(PaletteModel::TitleMatchRole).value<QList<int>>(), Type::Body, Token::Text },
        left, titleRoom);
    left += gap;
    drawLine(*painter, option,
        { detail, index.data(PaletteModel::DetailMatchRole).value<QList<int>>(), Type::Small, Token::Text3 },
        left, right - left);
    painter->restore();
}

} // namespace glacis::ui
