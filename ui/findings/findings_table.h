// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The table of findings: whole rows select and light up, headings of groups span it, the heading of the group
// at the top stays in view. Selection and place survive another filter, order and assessment. Until a person
// chooses columns, less important ones give way when room is short.
#pragma once

#include <findings/findings_model.h>
#include <findings/findings_text.h>

#include <QTableView>

#include <array>
#include <optional>

class QMenu;

namespace glacis::ui {

class FindingsDelegate;
class FindingsHeader;

class FindingsTable : public QTableView {
    Q_OBJECT
public:
    explicit FindingsTable(FindingsModel& model, QWidget* parent = nullptr);
    [[nodiscard]] FindingsModel& findings() const { return m_model; }
    [[nodiscard]] int hoveredRow() const { return m_hovered; }

    /// Selects it alone and shows it; stays remembered while a filter leaves it out.
    void choose(const posture::Finding* finding);
    [[nodiscard]] const posture::Finding* currentFinding() const; ///< nullptr on a heading
    /// In the order of the rows, each once; those of the group when its heading is current.
    [[nodiscard]] std::vector<const posture::Finding*> selectedFindings() const;
    [[nodiscard]] std::vector<std::uint32_t> selectedRows() const; ///< of the index

    [[nodiscard]] std::vector<FindingColumn> shownColumns() const; ///< in the order in which they stand
    /// Those for copies: what gave way for want of room is among them.
    [[nodiscard]] std::vector<FindingColumn> copiedColumns() const;
    [[nodiscard]] bool isColumnWanted(FindingColumn column) const;
    void setColumnWanted(FindingColumn column, bool wanted);
    void resetColumns(); ///< order, widths and choice as at first
    void fillColumnMenu(QMenu& menu);
    void fillCopyMenu(QMenu& menu);

    /// The selected rows, or all shown; large copies are written on a worker and arrive a moment later.
    void copy(TextFormat format);

    [[nodiscard]] QByteArray saveColumns() const;
    void restoreColumns(const QByteArray& state);

    void scrollTo(const QModelIndex& index, ScrollHint hint = EnsureVisible) override;

Q_SIGNALS:
    void chosen(); ///< another current row or selection
    void copied(int rows);
    /// A person asks for no others but those like the current row.
    void narrowed(glacis::ui::FilterKey key, const std::string& value);

protected:
    void paintEvent(QPaintEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override; ///< also the way to sort by keyboard
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) override;

private:
    void hover(int row);
    void fitColumns();
    void measureColumns();
    [[nodiscard]] int widthOf(FindingColumn column) const;
    int makeRoom(std::array<bool, FindingColumnCount>& visible, int room) const;
    void fold(int headingRow, bool folded);
    [[nodiscard]] int headingAt(const QPoint& position) const; ///< -1: none there
    [[nodiscard]] int stickyHeading() const; ///< row of the heading that stays at the top; -1: none
    void remember();
    void restore();

    /// What was chosen by a person, whether the filter shows it now or not.
    struct Kept {
        FindingIndexPtr index;
        std::vector<std::uint32_t> selected; ///< rows of the index
        std::uint32_t current = FindingsModel::none;
        std::optional<std::string> group {}; ///< key of the heading that is current
        Grouping grouping {}; ///< that it belongs to
        int column = 0;
        std::optional<int> y; ///< where the current row stood in the view
    };

    FindingsModel& m_model;
    FindingsHeader* m_header;
    FindingsDelegate* m_delegate;
    int m_hovered = -1;
    std::array<bool, FindingColumnCount> m_wanted {};
    std::array<int, FindingColumnCount> m_needs {}; ///< pixels for the contents; 0: not by contents
    std::array<bool, FindingColumnCount> m_resized {}; ///< by a person
    FindingIndexPtr m_measured; ///< that the needs are of
    bool m_columnsChosen = false;
    bool m_fitting = false;
    Kept m_kept;
    bool m_choiceIsNew = false; ///< changed by a person since m_kept was taken
    bool m_restoring = false;
    bool m_extending = false; ///< Shift is held: a selection goes on across headings
};

} // namespace glacis::ui
