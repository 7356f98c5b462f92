// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <findings/findings_table.h>

#include <findings/findings_delegate.h>
#include <findings/findings_header.h>
#include <theme/type.h>

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <unordered_map>

namespace glacis::ui {
namespace {

    constexpr int lineHeight = 33;
    constexpr std::size_t mostTranslated = 10'000; ///< selected rows looked up again after a reload
    constexpr auto wholeRow = QItemSelectionModel::Rows;

}

FindingsTable::FindingsTable(FindingsModel& model, QWidget* parent)
    : QTableView(parent)
    , m_model(model)
    , m_header(new FindingsHeader(this))
    , m_delegate(new FindingsDelegate(*this))
{
    setHorizontalHeader(m_header);
    setModel(&model);
    setItemDelegate(m_delegate);
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
    m_header->setAccessibleName(tr("Columns of the findings"));
    connect(m_header, &FindingsHeader::sortAsked, &model, &FindingsModel::setSort);
    connect(m_header, &QWidget::customContextMenuRequested, this, [this](const QPoint& position) {
        auto* menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        fillColumnMenu(*menu);
        menu->popup(m_header->mapToGlobal(position));
    });
    connect(m_header, &QHeaderView::sectionResized, this, [this](int section) {
        if (!m_fitting)
            m_resized[static_cast<std::size_t>(section)] = true;
        fitColumns();
    });
    connect(&model, &FindingsModel::aboutToShow, this, &FindingsTable::remember);
    connect(&model, &FindingsModel::shown, this, [this] {
        m_header->setSort(m_model.asked().sort);
        fitColumns();
        restore();
    });
    resetColumns();
}

// ------------------------------------------------------------------------------------------- selection

const posture::Finding* FindingsTable::currentFinding() const
{
    return m_model.finding(currentIndex().row());
}

std::vector<std::uint32_t> FindingsTable::selectedRows() const
{
    std::vector<std::uint32_t> rows;
    if (!m_model.index())
        return rows;
    QItemSelection ranges = selectionModel()->selection();
    std::sort(ranges.begin(), ranges.end(),
        [](const QItemSelectionRange& a, const QItemSelectionRange& b) { return a.top() < b.top(); });
    std::vector<bool> taken(m_model.index()->rows().size());
    const auto take = [&](std::uint32_t number) {
        if (number == FindingsModel::none || taken[number])
            return;
        taken[number] = true;
        rows.push_back(number);
    };
    for (const QItemSelectionRange& range : ranges)
        for (int row = range.top(); row <= range.bottom(); ++row)
            take(m_model.indexRow(row));
    if (const FindingView::Group* group = rows.empty() ? m_model.group(currentIndex().row()) : nullptr)
        for (std::uint32_t i = group->first; i < group->first + group->size; ++i)
            take(m_model.view().rows[i]);
    return rows;
}

std::vector<const posture::Finding*> FindingsTable::selectedFindings() const
{
    std::vector<const posture::Finding*> findings;
    for (const std::uint32_t row : selectedRows())
        findings.push_back(m_model.index()->rows()[row].finding);
    return findings;
}

void FindingsTable::choose(const posture::Finding* finding)
{
    m_model.unfoldFor(finding);
    const int row = m_model.rowOf(finding);
    if (row >= 0) {
        const QModelIndex index
            = m_model.QAbstractTableModel::index(row, std::max(0, currentIndex().column()));
        selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | wholeRow);
        scrollTo(index);
        return;
    }
    // Filtered away for now: remembered, so that it comes back with the filter.
    const FindingIndexPtr& index = m_model.index();
    if (!finding || !index)
        return;
    const auto it = std::find_if(index->rows().begin(), index->rows().end(),
        [finding](const FindingIndex::Row& r) { return r.finding == finding; });
    if (it == index->rows().end())
        return;
    const auto number = static_cast<std::uint32_t>(it - index->rows().begin());
    m_kept = {};
    m_kept.index = index;
    m_kept.selected = { number };
    m_kept.current = number;
    m_choiceIsNew = false;
    restore();
}

/// Before another answer is shown.
void FindingsTable::remember()
{
    const QModelIndex current = currentIndex();
    if (m_choiceIsNew) {
        m_kept = {};
        m_kept.index = m_model.index();
        m_kept.current = m_model.indexRow(current.row());
        m_kept.column = std::max(0, current.column());
        if (m_model.group(current.row())) {
            m_kept.group = m_model.keyOfGroup(current.row());
            m_kept.grouping = m_model.view().query.grouping;
        } else {
            m_kept.selected = selectedRows();
        }
        m_choiceIsNew = false;
    }
    const QRect rect = current.isValid() ? visualRect(current) : QRect();
    m_kept.y
        = rect.isValid() && viewport()->rect().intersects(rect) ? std::optional(rect.top()) : std::nullopt;
    m_restoring = true; // until restore(): the model drops the selection by itself
}

/// After another answer is shown: the same findings, and the current one at the same height.
void FindingsTable::restore()
{
    m_restoring = true;
    const FindingIndexPtr& index = m_model.index();
    if (m_kept.index != index && m_kept.index && index) { // another assessment: by fingerprint
        if (m_kept.selected.size() > mostTranslated)
            m_kept.selected
                = { m_kept.current != FindingsModel::none ? m_kept.current : m_kept.selected.front() };
        const auto printOf = [this](std::uint32_t old) -> std::string_view {
            return m_kept.index->rows()[old].finding->fingerprint;
        };
        std::unordered_map<std::string_view, std::uint32_t> numbers; // of those that are wanted: mostly few
        for (const std::uint32_t row : m_kept.selected)
            numbers.emplace(printOf(row), FindingsModel::none);
        if (m_kept.current != FindingsModel::none)
            numbers.emplace(printOf(m_kept.current), FindingsModel::none);
        for (std::uint32_t i = 0; i < index->rows().size() && !numbers.empty(); ++i)
            if (const auto it = numbers.find(index->rows()[i].finding->fingerprint); it != numbers.end())
                it->second = i;
        const auto translate = [&](std::uint32_t old) {
            const std::string_view print = printOf(old);
            return print.empty() ? FindingsModel::none : numbers.find(print)->second;
        };
        for (std::uint32_t& row : m_kept.selected)
            row = translate(row);
        std::erase(m_kept.selected, FindingsModel::none);
        if (m_kept.current != FindingsModel::none)
            m_kept.current = translate(m_kept.current);
    }
    m_kept.index = index;

    QItemSelection selection;
    int current = m_kept.group && m_kept.grouping == m_model.view().query.grouping
        ? m_model.rowOfGroup(*m_kept.group)
        : -1;
    const int rows = m_model.rowCount();
    if (index && !m_kept.selected.empty()) {
        std::vector<bool> wanted(index->rows().size());
        for (const std::uint32_t row : m_kept.selected)
            wanted[row] = true;
        const auto isWanted = [&](int row) {
            const std::uint32_t number = m_model.indexRow(row);
            return number != FindingsModel::none && wanted[number];
        };
        for (int row = 0, first = -1; row <= rows; ++row) {
            if (row < rows && m_model.indexRow(row) == m_kept.current && current < 0)
                current = row;
            const bool in = row < rows && isWanted(row);
            if (in && first < 0)
                first = row;
            if (!in && first >= 0) {
                selection.select(m_model.QAbstractTableModel::index(first, 0),
                    m_model.QAbstractTableModel::index(row - 1, FindingsModel::ColumnCount - 1));
                first = -1;
            }
        }
    }
    if (current < 0 && !selection.isEmpty())
        current = selection.front().top();
    const bool isThere = current >= 0;
    if (!isThere
        && rows > 0) { // something is always shown in full: the first finding, else the first heading
        current = m_model.group(0) && rows > 1 && m_model.finding(1) ? 1 : 0;
        const QModelIndex at = m_model.QAbstractTableModel::index(current, 0);
        selection.select(at, at.siblingAtColumn(FindingsModel::ColumnCount - 1));
    }
    const QModelIndex at
        = current < 0 ? QModelIndex() : m_model.QAbstractTableModel::index(current, m_kept.column);
    selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    selectionModel()->setCurrentIndex(at, QItemSelectionModel::NoUpdate);
    if (at.isValid()) {
        if (isThere && m_kept.y)
            verticalScrollBar()->setValue(verticalHeader()->sectionPosition(current) - *m_kept.y);
        scrollTo(at);
    }
    m_restoring = false;
    viewport()->update();
    Q_EMIT chosen();
}

void FindingsTable::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QTableView::currentChanged(current, previous);
    if (m_model.isGrouped())
        viewport()->update(); // a heading is painted across its cells
    if (m_restoring)
        return;
    m_choiceIsNew = true;
    if (m_model.group(current.row()) && !m_extending)
        selectionModel()->clearSelection(); // a heading stands for its findings, not for those before
    Q_EMIT chosen();
}

void FindingsTable::selectionChanged(const QItemSelection& selected, const QItemSelection& deselected)
{
    QTableView::selectionChanged(selected, deselected);
    if (m_restoring)
        return;
    m_choiceIsNew = true;
    Q_EMIT chosen();
}

// --------------------------------------------------------------------------------------------- headings

int FindingsTable::stickyHeading() const
{
    if (!m_model.isGrouped())
        return -1;
    const int heading = m_model.headingOf(rowAt(0));
    return heading >= 0 && rowViewportPosition(heading) < 0 ? heading : -1;
}

int FindingsTable::headingAt(const QPoint& position) const
{
    const int sticky = stickyHeading();
    if (sticky >= 0 && position.y() < verticalHeader()->defaultSectionSize())
        return sticky;
    const int row = rowAt(position.y());
    return m_model.group(row) ? row : -1;
}

void FindingsTable::paintEvent(QPaintEvent* event)
{
    QTableView::paintEvent(event);
    if (!m_model.isGrouped())
        return;
    QPainter painter(viewport());
    const int height = verticalHeader()->defaultSectionSize(), width = viewport()->width();
    const int last = rowAt(viewport()->height() - 1);
    int nextTop = INT_MAX;
    const int from = std::max(0, rowAt(0));
    for (int row = from; row < m_model.rowCount() && (last < 0 || row <= last); ++row) {
        if (!m_model.group(row))
            continue;
        const int top = rowViewportPosition(row);
        m_delegate->paintHeading(painter, { 0, top, width, height }, row);
        if (top > 0)
            nextTop = std::min(nextTop, top);
    }
    if (const int sticky = stickyHeading(); sticky >= 0)
        m_delegate->paintHeading(painter, { 0, std::min(0, nextTop - height), width, height }, sticky);
}

void FindingsTable::scrollContentsBy(int dx, int dy)
{
    QTableView::scrollContentsBy(dx, dy);
    if (m_model.isGrouped())
        viewport()->update(); // what stays at the top must not move with the rest
}

void FindingsTable::scrollTo(const QModelIndex& index, ScrollHint hint)
{
    QTableView::scrollTo(index, hint);
    if (!index.isValid() || m_model.group(index.row()) || stickyHeading() < 0)
        return;
    const int hidden = verticalHeader()->defaultSectionSize() - rowViewportPosition(index.row());
    if (hidden > 0)
        verticalScrollBar()->setValue(verticalScrollBar()->value() - hidden);
}

void FindingsTable::fold(int headingRow, bool folded)
{
    const int current = currentIndex().row();
    const FindingView::Group* group = m_model.group(headingRow);
    const QModelIndex heading
        = m_model.QAbstractTableModel::index(headingRow, std::max(0, currentIndex().column()));
    if (folded && group && current > headingRow && current <= headingRow + static_cast<int>(group->size))
        selectionModel()->setCurrentIndex(heading, QItemSelectionModel::Clear);
    m_model.setFolded(headingRow, folded);
    if (rowViewportPosition(headingRow) < 0)
        QTableView::scrollTo(heading);
    viewport()->update();
}

void FindingsTable::mousePressEvent(QMouseEvent* event)
{
    const int heading = headingAt(event->position().toPoint());
    if (heading < 0) {
        QTableView::mousePressEvent(event);
        return;
    }
    selectionModel()->setCurrentIndex(
        m_model.QAbstractTableModel::index(heading, 0), QItemSelectionModel::Clear);
    if (event->button() == Qt::LeftButton)
        fold(heading, !m_model.isFolded(heading));
}

void FindingsTable::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (headingAt(event->position().toPoint()) >= 0)
        mousePressEvent(event); // two quick clicks fold and unfold
    else
        QTableView::mouseDoubleClickEvent(event);
}

// -------------------------------------------------------------------------------------- mouse and keys

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
    if (stickyHeading() >= 0)
        viewport()->update(0, 0, viewport()->width(), verticalHeader()->defaultSectionSize());
}

void FindingsTable::mouseMoveEvent(QMouseEvent* event)
{
    const QPoint position = event->position().toPoint();
    const int heading = headingAt(position);
    hover(heading >= 0 ? heading : rowAt(position.y()));
    QTableView::mouseMoveEvent(event);
}

void FindingsTable::leaveEvent(QEvent* event)
{
    hover(-1);
    QTableView::leaveEvent(event);
}

void FindingsTable::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy)) {
        copy(TextFormat::TabSeparated);
        return;
    }
    const int row = currentIndex().row();
    const bool heading = m_model.group(row) != nullptr;
    const bool mirrored = isRightToLeft();
    const int outwards = mirrored ? Qt::Key_Right : Qt::Key_Left;
    const int inwards = mirrored ? Qt::Key_Left : Qt::Key_Right;
    if (m_model.isGrouped() && event->modifiers() == Qt::NoModifier) {
        const int key = event->key();
        if (heading && (key == Qt::Key_Space || key == Qt::Key_Return || key == Qt::Key_Enter))
            return fold(row, !m_model.isFolded(row));
        if (heading && (key == outwards || key == inwards))
            return fold(row, key == outwards);
        if (key == outwards && row >= 0) {
            const QModelIndex up
                = m_model.QAbstractTableModel::index(m_model.headingOf(row), currentIndex().column());
            selectionModel()->setCurrentIndex(up, QItemSelectionModel::Clear);
            scrollTo(up);
            return;
        }
    }
    m_extending = event->modifiers().testFlag(Qt::ShiftModifier);
    QTableView::keyPressEvent(event);
    m_extending = false;
}

void FindingsTable::contextMenuEvent(QContextMenuEvent* event)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (const std::uint32_t number = m_model.indexRow(currentIndex().row()); number != FindingsModel::none) {
        const FindingFacts facts = m_model.index()->facts(m_model.index()->rows()[number]);
        const auto narrow = [&](const QString& text, FilterKey key, std::string value) {
            connect(menu->addAction(text), &QAction::triggered, this,
                [this, key, value = std::move(value)] { Q_EMIT narrowed(key, value); });
        };
        narrow(tr("Only This Check"), FilterKey::Check, facts.check->id);
        narrow(tr("Only This Namespace"), FilterKey::Namespace,
            std::string(facts.ns.empty() ? clusterWide : facts.ns));
        narrow(tr("Only This Object"), FilterKey::Object, objectPath(facts.kind, facts.ns, facts.name));
        menu->addSeparator();
    }
    fillCopyMenu(*menu);
    menu->addSeparator();
    QMenu* order = menu->addMenu(tr("Sort By"));
    connect(order->addAction(tr("Worst First")), &QAction::triggered, this, [this] { m_model.setSort({}); });
    QMenu* then = menu->addMenu(tr("Then By"));
    then->setEnabled(!m_model.asked().sort.empty());
    for (const FindingColumn column : shownColumns())
        for (QMenu* place : { order, then })
            connect(place->addAction(columnTitle(column)), &QAction::triggered, this,
                [this, column, among = place == then] {
                    m_model.setSort(FindingsHeader::toggled(m_model.asked().sort, column, among));
                });
    fillColumnMenu(*menu->addMenu(tr("Columns")));
    if (m_model.isGrouped()) {
        menu->addSeparator();
        connect(menu->addAction(tr("Unfold All Groups")), &QAction::triggered, this,
            [this] { m_model.setAllFolded(false); });
        connect(menu->addAction(tr("Fold All Groups")), &QAction::triggered, this,
            [this] { m_model.setAllFolded(true); });
    }
    menu->popup(event->reason() == QContextMenuEvent::Mouse
            ? event->globalPos()
            : viewport()->mapToGlobal(visualRect(currentIndex()).bottomLeft()));
}

} // namespace glacis::ui
