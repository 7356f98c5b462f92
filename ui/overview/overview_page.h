// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <overview/summary.h>
#include <shell/page.h>

#include <QThreadPool>

#include <array>

class QGridLayout;
class QStackedLayout;

namespace glacis::ui {

class AttackFacts;
class Card;
class CoverageCard;
class DonutChart;
class ElidedLabel;
class FittingRows;
class FixesCard;
class PlainLabel;
class StackedBarChart;
class StageCard;
class WaysCard;

/// How bad it is, which way an attacker comes, what to do first, what is worst, what the scan could see: one
/// screen, every number leads to its evidence. Figures come from a worker thread.
class OverviewPage : public Page {
    Q_OBJECT
public:
    explicit OverviewPage(workspace::Workspace& workspace, QWidget* parent = nullptr);
    ~OverviewPage() override; ///< waits for figures that are under way
    void arrive(const Location& location) override;
    [[nodiscard]] Location here() const override;
    [[nodiscard]] bool isBusy() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void connectCards();
    void refresh();
    void fill(const assessment::AssessmentPtr& assessment, const Summary& summary);
    void showFixes();
    void fillWorst(const assessment::Assessment& assessment, const Summary& summary);
    void fillCharts(const assessment::Assessment& assessment, const Summary& summary);
    void arrange();
    void go(const QString& filter, const std::string& finding = {});
    [[nodiscard]] Card* makeCharts();
    workspace::Workspace& m_workspace;
    AttackFacts& m_facts;
    QStackedLayout* m_stack; ///< skeleton, then content
    ElidedLabel* m_subtitle;
    QGridLayout *m_stageGrid, *m_grid;
    std::array<StageCard*, StageCount> m_stages {};
    std::array<std::string, StageCount> m_worstOfStage; ///< fingerprints
    std::array<QString, StageCount> m_filterOfWorst;
    WaysCard* m_ways;
    FixesCard* m_fixes;
    DonutChart* m_severities;
    StackedBarChart* m_namespaces;
    PlainLabel *m_namespaceTitle, *m_namespaceNote;
    Card *m_charts, *m_worst;
    FittingRows* m_worstRows;
    QWidget* m_calm = nullptr; ///< in place of worst findings
    CoverageCard* m_coverage;
    std::vector<std::string> m_namespaceNames; ///< as the bars
    std::size_t m_namespaceCount = 0; ///< those without a bar too
    int m_stageColumns = 0, m_columns = 0;
    std::uint64_t m_wanted = 0, m_have = 0; ///< generations of the figures
    QThreadPool m_pool;
};

} // namespace glacis::ui
