// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <findings/findings_model.h>
#include <shell/page.h>

#include <array>

class QLineEdit;
class QStackedWidget;

namespace glacis::ui {

class EmptyState;
class FindingsTable;
class ElidedLabel;
class ToggleChip;

/// All findings as a table with a filter line; the inspector shows the selected ones in full.
class FindingsPage : public Page {
    Q_OBJECT
public:
    explicit FindingsPage(workspace::Workspace& workspace, QWidget* parent = nullptr);
    void arrive(const Location& location) override;
    [[nodiscard]] Location here() const override;
    void focusFilter() override;
    [[nodiscard]] Selection selection() const override;
    [[nodiscard]] bool wantsInspector() const override { return true; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* makeHead();
    void refresh(); ///< a new assessment
    void applyFilter();
    void toggleSeverity();
    void select(const posture::Finding* finding);
    void selectionChanged();
    void tellCounts();
    workspace::Workspace& m_workspace;
    FindingsModel m_model;
    ElidedLabel* m_counts;
    QLineEdit* m_filter;
    std::array<ToggleChip*, 5> m_severities {}; ///< critical first
    QStackedWidget* m_list; ///< the table, or why it is empty
    FindingsTable* m_table;
    QString m_selected; ///< fingerprint, kept over filters and reloads
};

} // namespace glacis::ui
