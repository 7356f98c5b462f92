// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <overview/summary.h>
#include <shell/page.h>

#include <array>

class QBoxLayout;
class QGridLayout;
class QScrollArea;
class QVBoxLayout;

namespace glacis::ui {

class Card;
class WaysCard;
class ElidedLabel;
class StageCard;

/// How bad it is, what is worst, what the scan could see: one screen, every number leads to its findings.
class OverviewPage : public Page {
    Q_OBJECT
public:
    explicit OverviewPage(workspace::Workspace& workspace, QWidget* parent = nullptr);
    void arrive(const Location& location) override;
    [[nodiscard]] Location here() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void refresh();
    void fillWorst(const assessment::Assessment& assessment, const Summary& summary);
    void fillSeverities(const Summary& summary);
    void fillNamespaces(const Summary& summary);
    void fillCoverage(const assessment::Assessment& assessment, const Summary& summary);
    void fillDiagnostics(const inventory::Inventory& inventory);
    void arrange();
    void go(const QString& filter, const std::string& finding = {});
    workspace::Workspace& m_workspace;
    ElidedLabel* m_subtitle;
    QGridLayout* m_stageGrid;
    std::array<StageCard*, StageCount> m_stages {};
    QBoxLayout* m_columns;
    WaysCard* m_ways;
    Card *m_worst, *m_severities, *m_namespaces, *m_coverage, *m_diagnostics;
    int m_stageColumns = 0;
};

} // namespace glacis::ui
