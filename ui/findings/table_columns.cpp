// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which columns the table shows, how wide, in which order; and copies of what they show.
#include <findings/findings_header.h>
#include <findings/findings_table.h>
#include <theme/type.h>
#include <widgets/outside_text.h>

#include <QClipboard>
#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMenu>
#include <QPointer>
#include <QThreadPool>

#include <algorithm>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;
    using Column = FindingColumn;

    struct ColumnWidth {
        Column column;
        int width;
        bool atFirst; ///< shown until a person chooses
    };
    constexpr std::array widths { ColumnWidth { Column::Severity, 104, true },
        ColumnWidth { Column::Check, 110, true }, ColumnWidth { Column::Title, 280, true },
        ColumnWidth { Column::Kind, 118, true }, ColumnWidth { Column::Namespace, 128, true },
        ColumnWidth { Column::Object, 168, true }, ColumnWidth { Column::Locus, 140, true },
        ColumnWidth { Column::Ways, 68, true }, ColumnWidth { Column::Stage, 92, false },
        ColumnWidth { Column::State, 92, true }, ColumnWidth { Column::Frameworks, 220, false },
        ColumnWidth { Column::Fix, 280, false } };
    /// Hidden in this order until the title has its room; all of it stands in the details too.
    constexpr std::array giveWay { Column::State, Column::Locus, Column::Kind, Column::Check,
        Column::Namespace, Column::Ways };
    /// As wide as what stands in them, within limits: names are long in one cluster and short in the next.
    struct ContentWidth {
        Column column;
        int least, most;
    };
    constexpr std::array byContent { ContentWidth { Column::Title, 240, 360 },
        ContentWidth { Column::Kind, 80, 160 }, ContentWidth { Column::Namespace, 96, 190 },
        ContentWidth { Column::Object, 112, 250 } };
    constexpr std::size_t sampledRows = 200;
    constexpr int padding = 10; ///< of a cell, at both sides
    constexpr int titleWidth = 240;
    constexpr int leastTitleWidth = 140; ///< rather than less, the object gives way as well
    constexpr int leastObjectWidth = 112;
    constexpr int copyAtOnce = 2000; ///< rows: a few milliseconds

    /// Columns that would repeat the headings of the groups.
    std::vector<Column> saidByHeading(Grouping::By by)
    {
        switch (by) {
        case Grouping::By::Check:
            return { Column::Check };
        case Grouping::By::Namespace:
            return { Column::Namespace };
        case Grouping::By::Object:
            return { Column::Kind, Column::Namespace, Column::Object };
        default:
            return {};
        }
    }

    constexpr int number(Column column) { return static_cast<int>(column); }

    /// Pasted, a line end at the end would make an empty row.
    QString copyText(const FindingIndex& index, const std::vector<std::uint32_t>& rows,
        const std::vector<Column>& columns, TextFormat format)
    {
        QString text = QString::fromStdString(findingsText(index, rows, columns, format));
        while (text.endsWith(u'\n') || text.endsWith(u'\r'))
            text.chop(1);
        return text;
    }

    Column columnStanding(const QHeaderView& header, int visual)
    {
        return static_cast<Column>(header.logicalIndex(visual));
    }

}

void FindingsTable::resetColumns()
{
    m_columnsChosen = false;
    m_fitting = true;
    for (const ColumnWidth& w : widths) {
        m_wanted[static_cast<std::size_t>(w.column)] = w.atFirst;
        m_resized[static_cast<std::size_t>(w.column)] = false;
        m_header->moveSection(m_header->visualIndex(number(w.column)), number(w.column));
        m_header->setSectionHidden(number(w.column), false);
        m_header->resizeSection(number(w.column), scaled(w.width));
        m_header->setSectionResizeMode(number(w.column), QHeaderView::Interactive);
    }
    m_fitting = false;
    fitColumns();
}

/// What the names of this assessment need: measured once for it, so that no column moves while one filters.
void FindingsTable::measureColumns()
{
    const FindingIndexPtr& index = m_model.index();
    if (m_measured == index)
        return;
    m_measured = index;
    const std::size_t rows = index ? index->rows().size() : 0;
    for (const ContentWidth& c : byContent) {
        int need = 0;
        for (std::size_t row = 0; row < rows; row += 1 + rows / sampledRows) {
            const FindingIndex::Row& r = index->rows()[row];
            const QString text = cellText(index->facts(r), r.ways, c.column);
            need = std::max(need, fontMetrics().horizontalAdvance(text) + 2 * padding + 4);
        }
        m_needs[static_cast<std::size_t>(c.column)] = std::clamp(need, scaled(c.least), scaled(c.most));
    }
}

int FindingsTable::widthOf(Column column) const
{
    const auto i = static_cast<std::size_t>(column);
    if (!m_columnsChosen && m_needs[i] > 0 && !m_resized[i])
        return m_needs[i];
    return m_header->isSectionHidden(number(column)) ? scaled(widths[i].width)
                                                     : m_header->sectionSize(number(column));
}

/// Which columns stand beside the title as long as nobody has chosen any; returns what the object gets.
int FindingsTable::makeRoom(std::array<bool, FindingColumnCount>& visible, int room) const
{
    const auto left = [&] {
        int width = room;
        for (const ColumnWidth& w : widths)
            if (w.column != Column::Title && visible[static_cast<std::size_t>(w.column)])
                width -= widthOf(w.column);
        return width;
    };
    const int title = std::max(scaled(titleWidth), m_needs[static_cast<std::size_t>(Column::Title)]);
    for (const Column column : giveWay)
        if (left() < title)
            visible[static_cast<std::size_t>(column)] = false;
    bool& hasObject = visible[static_cast<std::size_t>(Column::Object)];
    int object = widthOf(Column::Object);
    if (hasObject && !m_resized[static_cast<std::size_t>(Column::Object)]) {
        // A short name still tells objects apart; the title needs the room more.
        const int free = left() + object;
        object = std::clamp(free - title, std::min(object, scaled(leastObjectWidth)), object);
        hasObject = free - object >= scaled(leastTitleWidth);
    } else if (hasObject) {
        hasObject = left() >= scaled(leastTitleWidth);
    }
    return object;
}

/// The title takes what the others leave. As long as nobody has chosen columns, the others give way for it;
/// afterwards just those chosen are shown, and the table scrolls sideways when they are too many.
void FindingsTable::fitColumns()
{
    if (m_fitting)
        return;
    m_fitting = true;
    measureColumns();
    const bool hasWays = m_model.index()
        && std::any_of(m_model.index()->rows().begin(), m_model.index()->rows().end(),
            [](const FindingIndex::Row& row) { return row.ways > 0; });
    std::array<bool, FindingColumnCount> visible = m_wanted;
    const int width = viewport()->width();
    int object = 0;
    if (!m_columnsChosen) {
        visible[static_cast<std::size_t>(Column::Ways)] = hasWays;
        for (const Column column : saidByHeading(m_model.view().query.grouping.by))
            visible[static_cast<std::size_t>(column)] = false;
        object = makeRoom(visible, width);
    }
    int others = 0;
    for (const ColumnWidth& w : widths) {
        const bool shows = visible[static_cast<std::size_t>(w.column)];
        m_header->setSectionHidden(number(w.column), !shows);
        if (w.column == Column::Title || !shows)
            continue;
        const int own = w.column == Column::Object && !m_columnsChosen ? object : widthOf(w.column);
        m_header->resizeSection(number(w.column), own);
        others += own;
    }
    if (visible[static_cast<std::size_t>(Column::Title)])
        m_header->resizeSection(number(Column::Title), std::max(scaled(leastTitleWidth), width - others));
    m_fitting = false;
}

void FindingsTable::resizeEvent(QResizeEvent* event)
{
    fitColumns();
    QTableView::resizeEvent(event);
}

std::vector<Column> FindingsTable::shownColumns() const
{
    std::vector<Column> columns;
    for (int visual = 0; visual < m_header->count(); ++visual)
        if (!m_header->isSectionHidden(m_header->logicalIndex(visual)))
            columns.push_back(columnStanding(*m_header, visual));
    return columns;
}

std::vector<Column> FindingsTable::copiedColumns() const
{
    std::vector<Column> columns;
    for (int visual = 0; visual < m_header->count(); ++visual) {
        const Column column = columnStanding(*m_header, visual);
        if (m_wanted[static_cast<std::size_t>(column)])
            columns.push_back(column);
    }
    return columns;
}

bool FindingsTable::isColumnWanted(Column column) const
{
    return m_columnsChosen ? m_wanted[static_cast<std::size_t>(column)]
                           : !m_header->isSectionHidden(number(column));
}

void FindingsTable::setColumnWanted(Column column, bool wanted)
{
    if (!m_columnsChosen) // from now on what is seen is what was chosen
        for (int i = 0; i < FindingColumnCount; ++i)
            m_wanted[static_cast<std::size_t>(i)] = !m_header->isSectionHidden(i);
    m_columnsChosen = true;
    m_wanted[static_cast<std::size_t>(column)] = wanted;
    if (std::none_of(m_wanted.begin(), m_wanted.end(), [](bool b) { return b; }))
        m_wanted[static_cast<std::size_t>(Column::Title)] = true;
    fitColumns();
}

void FindingsTable::fillColumnMenu(QMenu& menu)
{
    for (int visual = 0; visual < m_header->count(); ++visual) {
        const Column column = columnStanding(*m_header, visual);
        QAction* action = menu.addAction(columnTitle(column));
        action->setCheckable(true);
        action->setChecked(isColumnWanted(column));
        connect(action, &QAction::toggled, this, [this, column](bool on) { setColumnWanted(column, on); });
    }
    menu.addSeparator();
    connect(menu.addAction(tr("Choose by Room")), &QAction::triggered, this, &FindingsTable::resetColumns);
}

QByteArray FindingsTable::saveColumns() const
{
    QJsonArray columns;
    for (int visual = 0; visual < m_header->count(); ++visual) {
        const Column column = columnStanding(*m_header, visual);
        const bool hidden = m_header->isSectionHidden(number(column));
        columns.append(QJsonObject { { u"id"_s, fromUtf8(columnId(column)) },
            { u"shown"_s, m_wanted[static_cast<std::size_t>(column)] },
            { u"resized"_s, m_resized[static_cast<std::size_t>(column)] },
            { u"width"_s, hidden ? 0 : m_header->sectionSize(number(column)) } });
    }
    return QJsonDocument(QJsonObject { { u"chosen"_s, m_columnsChosen }, { u"columns"_s, columns } })
        .toJson(QJsonDocument::Compact);
}

void FindingsTable::restoreColumns(const QByteArray& state)
{
    const QJsonObject kept = QJsonDocument::fromJson(state).object();
    resetColumns();
    m_fitting = true;
    m_columnsChosen = kept[u"chosen"_s].toBool();
    int visual = 0;
    for (const QJsonValue value : kept[u"columns"_s].toArray()) {
        const auto column = columnFromId(value[u"id"_s].toString().toStdString());
        if (!column || visual >= FindingColumnCount)
            continue;
        m_header->moveSection(m_header->visualIndex(number(*column)), visual++);
        if (m_columnsChosen)
            m_wanted[static_cast<std::size_t>(*column)] = value[u"shown"_s].toBool();
        const int width = value[u"width"_s].toInt();
        if (width >= m_header->minimumSectionSize() && width < 4000) {
            m_header->resizeSection(number(*column), width);
            m_resized[static_cast<std::size_t>(*column)] = value[u"resized"_s].toBool();
        }
    }
    if (std::none_of(m_wanted.begin(), m_wanted.end(), [](bool b) { return b; }))
        m_wanted[static_cast<std::size_t>(Column::Title)] = true;
    m_fitting = false;
    fitColumns();
}

void FindingsTable::fillCopyMenu(QMenu& menu)
{
    const auto add = [&](const QString& text, TextFormat format) {
        QAction* action = menu.addAction(text);
        connect(action, &QAction::triggered, this, [this, format] { copy(format); });
        return action;
    };
    add(tr("Copy"), TextFormat::TabSeparated)->setShortcut(QKeySequence::Copy);
    add(tr("Copy as CSV"), TextFormat::Csv);
    add(tr("Copy as Markdown"), TextFormat::Markdown);
}

void FindingsTable::copy(TextFormat format)
{
    std::vector<std::uint32_t> rows = selectedRows();
    if (rows.empty())
        rows = allShown(m_model);
    if (rows.empty())
        return;
    const int count = static_cast<int>(rows.size());
    if (count <= copyAtOnce) {
        QGuiApplication::clipboard()->setText(copyText(*m_model.index(), rows, copiedColumns(), format));
        Q_EMIT copied(count);
        return;
    }
    // The pool is the program's: the table may be gone when the text is ready.
    QThreadPool::globalInstance()->start(
        [guard = QPointer<FindingsTable>(this), index = m_model.index(), rows = std::move(rows),
            columns = copiedColumns(), format, count] {
            QString text = copyText(*index, rows, columns, format);
            QMetaObject::invokeMethod(
                qGuiApp,
                [guard, text = std::move(text), count] {
                    QGuiApplication::clipboard()->setText(text);
                    if (guard)
                        Q_EMIT guard->copied(count);
                },
                Qt::QueuedConnection);
        });
}

} // namespace glacis::ui
