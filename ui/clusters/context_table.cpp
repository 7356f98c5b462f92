// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <clusters/context_table.h>

#include <theme/type.h>
#include <widgets/icons.h>
#include <widgets/reading.h>

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>

#include <algorithm>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;
    using Column = ContextModel::Column;
    using RowKind = ContextModel::RowKind;

    constexpr int lineHeight = 34, padding = 10, mark = 14, gap = 6;

    struct ColumnWidth {
        Column column;
        int least, best; ///< before scaled()
        int weight; ///< of what room is left
    };
    /// The last ones give way first.
    constexpr std::array widths { ColumnWidth { Column::Favourite, 34, 34, 0 },
        ColumnWidth { Column::Name, 150, 200, 4 }, ColumnWidth { Column::Score, 62, 66, 0 },
        ColumnWidth { Column::LastScan, 104, 112, 0 }, ColumnWidth { Column::Server, 140, 200, 4 },
        ColumnWidth { Column::Certificate, 156, 164, 0 }, ColumnWidth { Column::Group, 92, 110, 1 },
        ColumnWidth { Column::Identity, 120, 140, 2 }, ColumnWidth { Column::File, 120, 150, 2 },
        ColumnWidth { Column::Namespace, 100, 110, 1 } };

    Token inkOf(Column column) { return column == Column::Name ? Token::Text : Token::Text2; }

    class ContextDelegate : public QStyledItemDelegate {
    public:
        explicit ContextDelegate(ContextTable& table)
            : QStyledItemDelegate(&table)
            , m_table(table)
        {
        }

        void paint(
            QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
        {
            const QPalette& p = option.palette;
            const auto kind = static_cast<RowKind>(index.data(ContextModel::KindRole).toInt());
            const bool selected = option.state.testFlag(QStyle::State_Selected);
            painter->save();
            layOutByText(*painter);
            painter->setRenderHint(QPainter::Antialiasing);
            if (kind == RowKind::Heading)
                painter->fillRect(option.rect, colour(Token::Panel, p));
            else if (selected || m_table.hoveredRow() == index.row())
                painter->fillRect(option.rect, colour(selected ? Token::Selected : Token::Hover, p));
            painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                colour(Token::Line, p));
            if (m_table.hasFocus() && index.row() == m_table.currentIndex().row() && index.column() == 0
                && kind != RowKind::Heading) {
                const QRect bar(option.rect.left(), option.rect.top(), 3, option.rect.height() - 1);
                painter->fillRect(
                    QStyle::visualRect(option.direction, option.rect, bar), colour(Token::Accent, p));
            }
            if (kind == RowKind::Context)
                paintCell(*painter, option, index);
            else if (index.column() == 0)
                paintSpan(*painter, option, index.data().toString(), kind);
            painter->restore();
        }

    private:
        static void write(QPainter& painter, const QStyleOptionViewItem& option, const QRect& box,
            const QString& text, Qt::TextElideMode elide)
        {
            const auto where = QStyle::visualAlignment(option.direction, Qt::AlignLeft | Qt::AlignVCenter);
            painter.drawText(box, static_cast<int>(where) | Qt::TextSingleLine,
                painter.fontMetrics().elidedText(text, elide, std::max(0, box.width())));
        }

        static QRect takeMark(const QStyleOptionViewItem& option, QRect& box, int width)
        {
            const QRect at = QStyle::visualRect(
                option.direction, box, QRect(box.left(), box.top(), width, box.height()));
            box = QStyle::visualRect(option.direction, box, box.adjusted(width + gap, 0, 0, 0));
            return at;
        }

        static void paintSpan(
            QPainter& painter, const QStyleOptionViewItem& option, const QString& text, RowKind kind)
        {
            QRect box = option.rect.adjusted(padding, 0, -padding, -1);
            if (kind == RowKind::BrokenFile) {
                const QRect at = takeMark(option, box, mark);
                paintGlyph(painter, Glyph::Error, at, colour(Token::Critical, option.palette));
            }
            painter.setFont(typeFont(kind == RowKind::Heading ? Type::Strong : Type::Body));
            painter.setPen(colour(kind == RowKind::Heading ? Token::Text2 : Token::Text, option.palette));
            write(painter, option, box, text, Qt::ElideRight);
        }

        static void paintCell(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index)
        {
            const QPalette& p = option.palette;
            const auto column = static_cast<Column>(index.column());
            const QVariant token = index.data(ContextModel::TokenRole);
            QRect box = option.rect.adjusted(padding, 0, -padding, -1);
            if (column == Column::Favourite) {
                const int side = scaled(15);
                const QRect at(box.center().x() - side / 2, box.center().y() - side / 2, side, side);
                const QColor ink
                    = colour(token.isValid() ? static_cast<Token>(token.toInt()) : Token::Line, p);
                if (token.isValid()) { // filled: shape and colour
                    painter.save();
                    painter.translate(at.topLeft());
                    painter.scale(at.width() / 24.0, at.height() / 24.0);
                    painter.fillPath(glyphPath(Glyph::Star), ink);
                    painter.restore();
                }
                paintGlyph(painter, Glyph::Star, at, ink);
                return;
            }
            Token ink = inkOf(column);
            const bool warns = index.data(ContextModel::WarnsRole).toBool();
            if (column == Column::Name) {
                const QRect at = takeMark(option, box, 8);
                painter.setPen(Qt::NoPen);
                painter.setBrush(colour(static_cast<Token>(token.toInt()), p));
                painter.drawEllipse(QRectF(at.left(), at.center().y() - 3.5, 8, 8));
                painter.setFont(typeFont(Type::Strong));
            } else {
                painter.setFont(column == Column::Server ? typeFont(Type::Mono) : option.font);
                if (token.isValid())
                    ink = static_cast<Token>(token.toInt());
            }
            if (warns) {
                const QRect at = takeMark(option, box, mark);
                const Token sign = column == Column::Name ? Token::Critical : ink;
                paintGlyph(painter, sign == Token::Critical ? Glyph::Error : Glyph::Warning,
                    QRectF(at.left(), at.center().y() - mark / 2.0, mark, mark), colour(sign, p));
            }
            if (column == Column::Server)
                ink = Token::Text2;
            painter.setPen(colour(ink, p));
            write(painter, option, box, index.data().toString(),
                column == Column::File || column == Column::Name || column == Column::Server
                    ? Qt::ElideMiddle
                    : Qt::ElideRight);
        }

        ContextTable& m_table;
    };

}

ContextTable::ContextTable(ContextModel& model, QWidget* parent)
    : QTableView(parent)
    , m_model(model)
{
    setObjectName(u"contextTable"_s);
    setAccessibleName(tr("Contexts"));
    setModel(&model);
    setItemDelegate(new ContextDelegate(*this));
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setMouseTracking(true);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFrameShape(NoFrame);
    setCornerButtonEnabled(false);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(scaled(lineHeight));
    QHeaderView* header = horizontalHeader();
    header->setAccessibleName(tr("Columns of the contexts"));
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setHighlightSections(false);
    header->setSectionsClickable(true);
    header->setSortIndicatorShown(true);
    header->setSortIndicator(static_cast<int>(Column::Name), Qt::AscendingOrder);
    header->setFixedHeight(QFontMetrics(header->font()).height() + 14);
    connect(header, &QHeaderView::sortIndicatorChanged, this, [this](int section, Qt::SortOrder order) {
        m_model.sortBy(static_cast<Column>(std::max(0, section)), order);
    });
    connect(&model, &QAbstractItemModel::modelReset, this, &ContextTable::arrange);
    arrange();
}

const ContextFacts* ContextTable::current() const { return m_model.context(currentIndex().row()); }

void ContextTable::choose(const std::string& key)
{
    m_key = key;
    arrange();
}

void ContextTable::sort(int column, Qt::SortOrder order)
{
    horizontalHeader()->setSortIndicator(column, order);
    m_model.sortBy(static_cast<Column>(column), order);
}

void ContextTable::arrange()
{
    m_arranging = true;
    clearSpans();
    for (int row = 0; row < m_model.rowCount(); ++row)
        if (m_model.kind(row) != RowKind::Context)
            setSpan(row, 0, 1, ContextModel::columns);
    int row = m_model.rowOf(m_key);
    const bool lost = m_key.empty() || (!m_model.knows(m_key) && m_model.shownContexts() > 0);
    for (int first = 0; lost && row < 0 && first < m_model.rowCount(); ++first)
        if (m_model.context(first))
            row = first;
    if (row >= 0) {
        m_key = m_model.context(row)->key();
        selectionModel()->setCurrentIndex(m_model.index(row, static_cast<int>(Column::Name)),
            QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        scrollTo(currentIndex());
    }
    fitColumns();
    m_arranging = false;
    Q_EMIT chosen();
}

void ContextTable::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QTableView::currentChanged(current, previous);
    if (m_arranging)
        return;
    if (const ContextFacts* facts = m_model.context(current.row()))
        m_key = facts->key();
    Q_EMIT chosen();
}

bool ContextTable::isEmpty(Column column) const
{
    for (int row = 0; row < m_model.rowCount(); ++row) {
        if (m_model.context(row)
            && !m_model.index(row, static_cast<int>(column)).data(Qt::DisplayRole).toString().isEmpty())
            return false;
    }
    return true;
}

/// Least widths by importance until room is out; what is left is shared.
void ContextTable::fitColumns()
{
    const int room = viewport()->width();
    int used = 0, weights = 0;
    std::array<int, ContextModel::columns> width {};
    for (const ColumnWidth& each : widths) {
        if (each.column == Column::Group && m_model.grouping() == ContextModel::GroupBy::Group)
            continue;
        if (each.column == Column::File && m_model.grouping() == ContextModel::GroupBy::File)
            continue;
        if ((each.column == Column::Group || each.column == Column::Certificate) && isEmpty(each.column))
            continue; // most people have no groups, many no certificates
        if (used + scaled(each.least) > room && used > 0 && each.column != Column::Name)
            break;
        width[static_cast<std::size_t>(each.column)] = scaled(each.least);
        used += scaled(each.least);
        weights += each.weight;
    }
    const int left = std::max(0, room - used);
    int given = 0;
    for (const ColumnWidth& each : widths) {
        int& mine = width[static_cast<std::size_t>(each.column)];
        const int more = mine > 0 && weights > 0 ? left * each.weight / weights : 0;
        mine += more;
        given += more;
    }
    width[static_cast<std::size_t>(Column::Name)] += left - given;
    if (room - used < 0)
        width[static_cast<std::size_t>(Column::Name)] = std::max(40, room - scaled(34));
    for (int column = 0; column < ContextModel::columns; ++column) {
        const int wanted = width[static_cast<std::size_t>(column)];
        setColumnHidden(column, wanted == 0);
        if (wanted > 0)
            setColumnWidth(column, wanted);
    }
}

void ContextTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    fitColumns();
}

void ContextTable::keyPressEvent(QKeyEvent* event)
{
    const bool plain = (event->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
    if (plain && current() && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter))
        Q_EMIT scanAsked();
    else if (plain && current() && event->key() == Qt::Key_T)
        Q_EMIT testAsked();
    else if (plain && current() && (event->key() == Qt::Key_F || event->key() == Qt::Key_Space))
        Q_EMIT favouriteAsked();
    else
        QTableView::keyPressEvent(event);
}

void ContextTable::mousePressEvent(QMouseEvent* event)
{
    QTableView::mousePressEvent(event);
    const QModelIndex at = indexAt(event->pos());
    if (event->button() == Qt::LeftButton && at.column() == static_cast<int>(Column::Favourite)
        && m_model.context(at.row()))
        Q_EMIT favouriteAsked();
}

void ContextTable::mouseDoubleClickEvent(QMouseEvent* event)
{
    const QModelIndex at = indexAt(event->pos());
    if (m_model.context(at.row()) && at.column() != static_cast<int>(Column::Favourite))
        Q_EMIT scanAsked();
}

void ContextTable::hover(int row)
{
    if (std::exchange(m_hovered, row) != row)
        viewport()->update();
}

void ContextTable::mouseMoveEvent(QMouseEvent* event)
{
    hover(indexAt(event->pos()).row());
    QTableView::mouseMoveEvent(event);
}

void ContextTable::leaveEvent(QEvent* event)
{
    hover(-1);
    QTableView::leaveEvent(event);
}

void ContextTable::contextMenuEvent(QContextMenuEvent* event)
{
    const bool byKeys = event->reason() == QContextMenuEvent::Keyboard;
    if (current())
        Q_EMIT menuAsked(
            byKeys ? viewport()->mapToGlobal(visualRect(currentIndex()).bottomLeft()) : event->globalPos());
}

} // namespace glacis::ui
