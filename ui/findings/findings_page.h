// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <findings/findings_model.h>
#include <findings/saved_views.h>
#include <shell/page.h>

#include <array>

class QHBoxLayout;
class QLineEdit;
class QMenu;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QTimer;
class QToolButton;

namespace glacis::ui {

class ElidedLabel;
class FacetPanel;
class FilterCompletion;
class FindingsTable;
class SaveBar;
class ToggleChip;

/// All findings as a table with a filter line, facets, groups and saved views; what is selected stands in
/// full beside it.
class FindingsPage : public Page {
    Q_OBJECT
public:
    explicit FindingsPage(workspace::Workspace& workspace, QWidget* parent = nullptr);
    void arrive(const Location& location) override;
    [[nodiscard]] Location here() const override;
    [[nodiscard]] bool hasFilter() const override { return true; }
    void focusFilter() override;
    [[nodiscard]] Selection selection() const override;
    [[nodiscard]] bool isBusy() const override;
    [[nodiscard]] bool wantsInspector() const override { return true; }
    /// Groups, order, columns, facets and saved views; never the present filter or a name from a cluster.
    [[nodiscard]] QByteArray saveState() const override;
    void restoreState(const QByteArray& state) override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* makeList();
    QWidget* makeHead();
    void makeFilter();
    void addTools(QHBoxLayout& line);
    void fillGroupMenu(QMenu& menu);
    void fillViewMenu(QMenu& menu);
    void fillExportMenu(QMenu& menu);
    void applyFilter();
    void applyView(const FindingQuery& query);
    void toggleSeverity();
    void shown(); ///< an answer of the model is in place
    void tellCounts();
    void tellView();
    void hint(const QString& text, bool warning);
    void exportTo(const QString& path, bool markdown);
    void askWhereToExport();
    void fit(); ///< what the present width has room for

    workspace::Workspace& m_workspace;
    FindingsModel m_model;
    SavedViews m_views;
    ElidedLabel* m_counts;
    QLineEdit* m_filter;
    FilterCompletion* m_completion;
    ElidedLabel* m_hint;
    QTimer* m_hintTimer; ///< until the complaint of the filter may stand there again
    SaveBar* m_saveBar;
    QPushButton* m_group;
    QToolButton *m_facetsButton, *m_viewsButton;
    std::vector<QWidget*> m_tools; ///< menus that stand in one when room is short
    QToolButton* m_more;
    QWidget* m_chips;
    std::array<ToggleChip*, 5> m_severities {}; ///< critical first
    QWidget* m_left = nullptr;
    FacetPanel* m_facets;
    bool m_facetsWanted = true;
    QStackedWidget* m_list; ///< the table, or why it is empty
    FindingsTable* m_table;
    QString m_wanted; ///< fingerprint to select once it can be found
};

} // namespace glacis::ui
