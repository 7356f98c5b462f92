// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <findings/findings_delegate.h>

#include <findings/findings_model.h>
#include <findings/findings_table.h>
#include <theme/tokens.h>
#include <theme/type.h>
#include <widgets/card.h>
#include <widgets/icons.h>
#include <widgets/reading.h>
#include <widgets/severity_mark.h>

#include <QHeaderView>
#include <QPainter>
#include <QStyle>

#include <algorithm>

namespace glacis::ui {
namespace {

    using Column = FindingsModel::Column;

    constexpr int padding = 10;
    constexpr int shape = 12;
    constexpr int gap = 6;

    int leading(Qt::LayoutDirection direction)
    {
        return static_cast<int>(QStyle::visualAlignment(direction, Qt::AlignLeft | Qt::AlignVCenter))
            | Qt::TextSingleLine;
    }

    /// The end of a name tells it from its neighbours as much as its beginning.
    Qt::TextElideMode elideOf(Column column)
    {
        return column == Column::Object || column == Column::Namespace || column == Column::Locus
            ? Qt::ElideMiddle
            : Qt::ElideRight;
    }

    Token inkOf(Column column, bool muted)
    {
        if (muted)
            return Token::Text3;
        return column == Column::Title || column == Column::Object ? Token::Text
            : column == Column::Ways                               ? Token::Critical
                                                                   : Token::Text2;
    }

}

FindingsDelegate::FindingsDelegate(FindingsTable& table)
    : QStyledItemDelegate(&table)
    , m_table(table)
{
}

void FindingsDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    if (m_table.findings().group(index.row()))
        return;
    const QPalette& p = option.palette;
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool current = m_table.hasFocus() && index.row() == m_table.currentIndex().row();
    const bool muted = index.data(FindingsModel::StateRole).toInt() != static_cast<int>(State::Fail);
    painter->save();
    layOutByText(*painter);
    if (selected || m_table.hoveredRow() == index.row())
        painter->fillRect(option.rect, colour(selected ? Token::Selected : Token::Hover, p));
    painter->fillRect(
        QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), colour(Token::Line, p));
    const QHeaderView* header = m_table.horizontalHeader();
    int edge = header->logicalIndex(0);
    for (int visual = 0; visual < header->count() && header->isSectionHidden(edge); ++visual)
        edge = header->logicalIndex(visual);
    if (current && index.column() == edge) {
        const QRect bar(option.rect.left(), option.rect.top(), 3, option.rect.height() - 1);
        painter->fillRect(QStyle::visualRect(option.direction, option.rect, bar), colour(Token::Accent, p));
    }

    const auto column = static_cast<Column>(index.column());
    QRect box = option.rect.adjusted(padding, 0, -padding, -1);
    if (index.column() == edge && m_table.findings().isGrouped())
        box = QStyle::visualRect(option.direction, box, box.adjusted(gap, 0, 0, 0)); // stands below a heading
    QFont face = option.font;
    Token ink = inkOf(column, muted);
    const auto mark = [&](const auto& draw) {
        draw(QStyle::visualRect(option.direction, box, QRect(box.left(), box.top(), shape, box.height())));
        box = QStyle::visualRect(option.direction, box, box.adjusted(shape + gap, 0, 0, 0));
    };
    if (column == Column::Severity) {
        const auto severity = static_cast<Severity>(index.data(FindingsModel::SeverityRole).toInt());
        ink = severityToken(severity);
        mark([&](const QRect& at) { paintSeverityShape(*painter, at, severity, colour(ink, p)); });
        face = typeFont(Type::Small);
        face.setWeight(QFont::DemiBold);
    } else if (column == Column::Stage) {
        const auto stage = static_cast<Stage>(index.data(FindingsModel::StageRole).toInt());
        mark([&](const QRect& at) {
            painter->setRenderHint(QPainter::Antialiasing);
            painter->setPen(Qt::NoPen);
            painter->setBrush(colour(stageToken(stage), p));
            painter->drawRoundedRect(QRectF(at.center().x() - 1, at.center().y() - 6, 3, 13), 1.5, 1.5);
        });
    } else if (column == Column::Ways && !index.data().toString().isEmpty()) {
        mark([&](const QRect& at) {
            paintGlyph(
                *painter, Glyph::Path, QRectF(at.left(), at.center().y() - 6, shape, shape), colour(ink, p));
        });
        face.setWeight(QFont::DemiBold);
    }
    painter->setFont(face);
    painter->setPen(colour(ink, p));
    painter->drawText(box, leading(option.direction),
        QFontMetrics(face).elidedText(index.data().toString(), elideOf(column), std::max(0, box.width())));
    painter->restore();
}

void FindingsDelegate::paintHeading(QPainter& painter, const QRect& rect, int row) const
{
    const FindingsModel& model = m_table.findings();
    const QPalette& p = m_table.palette();
    const Qt::LayoutDirection direction = m_table.layoutDirection();
    painter.save();
    layOutByText(painter);
    const bool current = m_table.currentIndex().row() == row;
    painter.fillRect(rect, colour(m_table.hoveredRow() == row ? Token::Hover : Token::Panel, p));
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colour(Token::Line, p));
    int x = padding;
    const auto place = [&](int width) {
        const QRect at(rect.left() + x, rect.top(), width, rect.height() - 1);
        x += width;
        return QStyle::visualRect(direction, rect, at);
    };
    const QRect chevron = place(shape);
    paintGlyph(painter, model.isFolded(row) ? Glyph::ChevronRight : Glyph::ChevronDown,
        QRectF(chevron.left(), chevron.center().y() - shape / 2.0, shape, shape), colour(Token::Text2, p),
        direction);
    x += gap;
    const auto severity = static_cast<Severity>(model.group(row)->worst);
    const QRect worst = place(shape);
    paintSeverityShape(painter, worst, severity, colour(severityToken(severity), p));
    x += gap;
    QFont word = typeFont(Type::Small);
    word.setWeight(QFont::DemiBold);
    if (model.view().query.grouping.by != Grouping::By::Severity) { // there the title is the word
        const QString text = severityWord(severity);
        painter.setFont(word);
        painter.setPen(colour(severityToken(severity), p));
        painter.drawText(place(QFontMetrics(word).horizontalAdvance(text) + 2), leading(direction), text);
        x += padding;
    }

    const QString counts = model.countsOfGroup(row);
    const QFont strong = typeFont(Type::Strong), small = typeFont(Type::Small);
    const int countsWidth = QFontMetrics(small).horizontalAdvance(counts) + 2;
    const int room = std::max(0, rect.width() - x - countsWidth - 2 * padding);
    const QString title = QFontMetrics(strong).elidedText(model.titleOfGroup(row), Qt::ElideRight, room);
    painter.setFont(strong);
    painter.setPen(colour(Token::Text, p));
    painter.drawText(
        place(std::min(room, QFontMetrics(strong).horizontalAdvance(title) + 2)), leading(direction), title);
    x += padding;
    painter.setFont(small);
    painter.setPen(colour(Token::Text2, p));
    painter.drawText(place(countsWidth), leading(direction), counts);
    if (current && m_table.hasFocus())
        paintFocus(painter, rect.adjusted(1, 0, -1, -1), 5, p);
    painter.restore();
}

} // namespace glacis::ui
