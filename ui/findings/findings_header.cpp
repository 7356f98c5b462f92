// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <findings/findings_header.h>

#include <theme/tokens.h>
#include <theme/type.h>
#include <widgets/icons.h>
#include <widgets/reading.h>

#include <QMouseEvent>
#include <QPainter>
#include <QStyle>

#include <algorithm>

namespace glacis::ui {
namespace {

    constexpr int padding = 10;
    constexpr int arrow = 11;
    constexpr int headerHeight = 30;

    /// What people look for first in these columns are the large ones.
    bool descendsFirst(FindingColumn column)
    {
        return column == FindingColumn::Severity || column == FindingColumn::Ways;
    }

}

FindingsHeader::FindingsHeader(QWidget* parent)
    : QHeaderView(Qt::Horizontal, parent)
{
    setFont(typeFont(Type::Caption));
    setHighlightSections(false);
    setSectionsMovable(true);
    setSectionsClickable(true);
    setMinimumSectionSize(scaled(48));
    setContextMenuPolicy(Qt::CustomContextMenu);
    setAttribute(Qt::WA_Hover);
    setMouseTracking(true);
    connect(this, &QHeaderView::sectionClicked, this, [this](int section) {
        Q_EMIT sortAsked(
            toggled(m_keys, static_cast<FindingColumn>(section), m_modifiers.testFlag(Qt::ShiftModifier)));
    });
}

void FindingsHeader::setSort(const std::vector<SortKey>& keys)
{
    m_keys = keys;
    viewport()->update();
}

std::vector<SortKey> FindingsHeader::toggled(
    const std::vector<SortKey>& keys, FindingColumn column, bool among)
{
    const Qt::SortOrder first = descendsFirst(column) ? Qt::DescendingOrder : Qt::AscendingOrder;
    const Qt::SortOrder second = descendsFirst(column) ? Qt::AscendingOrder : Qt::DescendingOrder;
    std::vector<SortKey> result = among ? keys : std::vector<SortKey>();
    const auto old
        = std::find_if(keys.begin(), keys.end(), [column](const SortKey& k) { return k.column == column; });
    // Alone among several, a click means "by this one": it starts anew.
    const bool again = old != keys.end() && (among || keys.size() == 1);
    std::erase_if(result, [column](const SortKey& k) { return k.column == column; });
    if (again && old->order == second)
        return result;
    const SortKey key { column, again ? second : first };
    if (among && old != keys.end())
        result.insert(result.begin() + (old - keys.begin()), key); // keeps its place in the order
    else
        result.push_back(key);
    return result;
}

void FindingsHeader::mouseReleaseEvent(QMouseEvent* event)
{
    m_modifiers = event->modifiers();
    QHeaderView::mouseReleaseEvent(event);
}

QSize FindingsHeader::sectionSizeFromContents(int section) const
{
    const QString text = model() ? model()->headerData(section, Qt::Horizontal).toString() : QString();
    return { fontMetrics().horizontalAdvance(text) + 2 * padding + 2 * arrow, scaled(headerHeight) };
}

void FindingsHeader::paintSection(QPainter* painter, const QRect& rect, int section) const
{
    painter->save();
    layOutByText(*painter);
    const QPalette& p = palette();
    const bool hovered = rect.contains(viewport()->mapFromGlobal(QCursor::pos())) && underMouse();
    painter->fillRect(rect, colour(hovered ? Token::Hover : Token::Window, p));
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colour(Token::Line, p));
    const auto key = std::find_if(m_keys.begin(), m_keys.end(),
        [section](const SortKey& k) { return static_cast<int>(k.column) == section; });
    const QRect inside = rect.adjusted(padding, 0, -padding, -1);
    const QString title = model()->headerData(section, Qt::Horizontal).toString();
    int room = inside.width();
    int marks = 0;
    QString number;
    QFont small = font();
    if (key != m_keys.end()) {
        number = m_keys.size() > 1 ? QString::number(key - m_keys.begin() + 1) : QString();
        marks = arrow + 3 + QFontMetrics(small).horizontalAdvance(number);
        room -= marks + 2;
    }
    painter->setFont(font());
    painter->setPen(colour(key != m_keys.end() || hovered ? Token::Text : Token::Text3, p));
    const QString text = fontMetrics().elidedText(title, Qt::ElideRight, std::max(0, room));
    const int alignment
        = static_cast<int>(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft | Qt::AlignVCenter));
    const QRect words(inside.left(), inside.top(), std::max(0, room), inside.height());
    painter->drawText(
        QStyle::visualRect(layoutDirection(), inside, words), alignment | Qt::TextSingleLine, text);
    if (key != m_keys.end()) {
        const int x = inside.left() + fontMetrics().horizontalAdvance(text) + 4;
        const QRect mark(x, inside.center().y() - arrow / 2, arrow, arrow);
        paintGlyph(*painter, key->order == Qt::AscendingOrder ? Glyph::ChevronUp : Glyph::ChevronDown,
            QStyle::visualRect(layoutDirection(), inside, mark), colour(Token::Accent, p));
        painter->setPen(colour(Token::Accent, p));
        const QRect digits(mark.right() + 2, inside.top(), marks - arrow, inside.height());
        painter->drawText(QStyle::visualRect(layoutDirection(), inside, digits), alignment, number);
    }
    painter->restore();
}

} // namespace glacis::ui
