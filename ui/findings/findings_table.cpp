// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <findings/findings_table.h>

#include <findings/findings_model.h>
#include <theme/tokens.h>
#include <theme/type.h>
#include <widgets/severity_mark.h>

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QStyle>

#include <algorithm>
#include <array>

namespace glacis::ui {
namespace {

    using Column = FindingsModel::Column;

    struct ColumnWidth {
        Column column;
        int width;
    };
    constexpr std::array widths { ColumnWidth { Column::Severity, 98 }, ColumnWidth { Column::Check, 110 },
        ColumnWidth { Column::Kind, 118 }, ColumnWidth { Column::Namespace, 128 },
        ColumnWidth { Column::Object, 168 }, ColumnWidth { Column::Locus, 140 },
        ColumnWidth { Column::State, 92 } };
    /// Hidden in this order until the title has its room; all of it stands in the details too.
    constexpr std::array giveWay { Column::State, Column::Locus, Column::Kind, Column::Check,
        Column::Namespace };
    constexpr int titleWidth = 280;
    constexpr int leastTitleWidth = 140; ///< rather than less, the object gives way as well
    constexpr int lineHeight = 33;
    constexpr int cellPadding = 10;

}

FindingsTable::FindingsTable(FindingsModel& model, QWidget* parent)
    : QTableView(parent)
    , m_model(model)
{
    setModel(&model);
    setItemDelegate(new FindingsDelegate(*this));
    setAccessibleName(tr("Findings"));
    setObjectName(QStringLiteral("findingsTable"));
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setMouseTracking(true);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    setFrameShape(NoFrame);
    setCornerButtonEnabled(false);
    verticalHeader()->hide();
    // Fixed heights: a hundred thousand rows cost nothing to lay out.
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(scaled(lineHeight));
    QHeaderView* header = horizontalHeader();
    header->setFont(typeFont(Type::Caption));
    header->setHighlightSections(false);
    header->setSectionsMovable(true);
    header->setMinimumSectionSize(scaled(56));
    header->setSortIndicatorClearable(true);
    header->setSortIndicator(-1, Qt::DescendingOrder);
    header->setAccessibleName(tr("Columns of the findings"));
    for (const ColumnWidth& w : widths)
        header->resizeSection(static_cast<int>(w.column), scaled(w.width));
    header->setSectionResizeMode(static_cast<int>(Column::Title), QHeaderView::Stretch);
    setSortingEnabled(true);
}

void FindingsTable::hover(int row)
{
    if (row == m_hovered)
        return;
    const auto repaint = [this](int r) {
        if (r >= 0)
            viewport()->update(0, rowViewportPosition(r), viewport()->width(), QTableView::rowHeight(r));
    };
    repaint(m_hovered);
    m_hovered = row;
    repaint(m_hovered);
}

void FindingsTable::mouseMoveEvent(QMouseEvent* event)
{
    hover(rowAt(event->position().toPoint().y()));
    QTableView::mouseMoveEvent(event);
}

void FindingsTable::leaveEvent(QEvent* event)
{
    hover(-1);
    QTableView::leaveEvent(event);
}

void FindingsTable::resizeEvent(QResizeEvent* event)
{
    fitColumns();
    QTableView::resizeEvent(event);
    Q_EMIT resized();
}

void FindingsTable::fitColumns()
{
    int room = viewport()->width() - scaled(titleWidth);
    for (const ColumnWidth& w : widths)
        room -= std::max(horizontalHeader()->minimumSectionSize(), scaled(w.width));
    for (const Column column : giveWay) {
        const bool hide = room < 0;
        setColumnHidden(static_cast<int>(column), hide);
        const auto* w = std::find_if(
            widths.begin(), widths.end(), [&](const ColumnWidth& c) { return c.column == column; });
        if (hide)
            room += scaled(w->width);
    }
    setColumnHidden(static_cast<int>(Column::Object), room < scaled(leastTitleWidth - titleWidth));
}

void FindingsTable::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy))
        copySelection();
    else
        QTableView::keyPressEvent(event);
}

void FindingsTable::contextMenuEvent(QContextMenuEvent* event)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(tr("Copy Rows")), &QAction::triggered, this, &FindingsTable::copySelection);
    QMenu* order = menu->addMenu(tr("Sort By"));
    connect(order->addAction(tr("Worst First")), &QAction::triggered, this,
        [this] { sortByColumn(-1, Qt::AscendingOrder); });
    for (int column = 0; column < FindingsModel::ColumnCount; ++column) {
        const QString title = m_model.headerData(column, Qt::Horizontal).toString();
        connect(order->addAction(title), &QAction::triggered, this, [this, column] {
            const QHeaderView& header = *horizontalHeader();
            const bool again = header.sortIndicatorSection() == column
                && header.sortIndicatorOrder() == Qt::AscendingOrder;
            sortByColumn(column, again ? Qt::DescendingOrder : Qt::AscendingOrder);
        });
    }
    menu->popup(event->reason() == QContextMenuEvent::Mouse
            ? event->globalPos()
            : viewport()->mapToGlobal(visualRect(currentIndex()).bottomLeft()));
}

void FindingsTable::copySelection()
{
    QStringList lines;
    for (const QModelIndex& index : selectionModel()->selectedRows())
        lines += m_model.rowText(index.row());
    if (!lines.isEmpty())
        QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

FindingsDelegate::FindingsDelegate(FindingsTable& table)
    : QStyledItemDelegate(&table)
    , m_table(table)
{
}

void FindingsDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const QPalette& p = option.palette;
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool current = m_table.hasFocus() && index.row() == m_table.currentIndex().row();
    const bool muted = index.data(FindingsModel::StateRole).toInt() != static_cast<int>(State::Fail);
    painter->save();
    if (selected || m_table.hoveredRow() == index.row())
        painter->fillRect(option.rect, colour(selected ? Token::Selected : Token::Hover, p));
    painter->fillRect(
        QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), colour(Token::Line, p));
    const int edge = m_table.horizontalHeader()->logicalIndex(0);
    if (selected && current && index.column() == edge) {
        const QRect bar(option.rect.left(), option.rect.top(), 3, option.rect.height() - 1);
        painter->fillRect(QStyle::visualRect(option.direction, option.rect, bar), colour(Token::Accent, p));
    }

    const auto column = static_cast<Column>(index.column());
    QRect box = option.rect.adjusted(cellPadding, 0, -cellPadding, -1);
    const int alignment
        = static_cast<int>(QStyle::visualAlignment(option.direction, Qt::AlignLeft | Qt::AlignVCenter))
        | Qt::TextSingleLine;
    QFont face = option.font;
    Token ink = column == Column::Title || column == Column::Object ? Token::Text : Token::Text2;
    if (column == Column::Severity) {
        const auto severity = static_cast<Severity>(index.data(FindingsModel::SeverityRole).toInt());
        ink = severityToken(severity);
        paintSeverityShape(*painter,
            QStyle::visualRect(option.direction, box, QRect(box.left(), box.top(), 12, box.height())),
            severity, colour(ink, p));
        box = QStyle::visualRect(option.direction, box, box.adjusted(18, 0, 0, 0));
        face = typeFont(Type::Small);
        face.setWeight(QFont::DemiBold);
    } else if (muted) {
        ink = Token::Text3;
    }
    painter->setFont(face);
    painter->setPen(colour(ink, p));
    const QString text = index.data().toString();
    painter->drawText(box, alignment, QFontMetrics(face).elidedText(text, Qt::ElideRight, box.width()));
    painter->restore();
}

} // namespace glacis::ui
