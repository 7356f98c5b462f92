// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <overview/overview_page.h>

#include <findings/finding_filter.h>
#include <overview/coverage_card.h>
#include <overview/fixes_card.h>
#include <overview/rows.h>
#include <overview/stage_card.h>
#include <overview/ways_card.h>
#include <shell/attack_facts.h>
#include <widgets/charts.h>
#include <widgets/empty_state.h>
#include <widgets/fitting_rows.h>
#include <widgets/outside_text.h>
#include <widgets/plain_label.h>
#include <widgets/section.h>
#include <widgets/time_text.h>

#include <QGridLayout>
#include <QScrollArea>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    constexpr int gap = 12;
    constexpr std::size_t mostWorst = 12, mostNamespaces = 14;
    constexpr int leastWorst = 3;
    constexpr int scrolledWays = 260; ///< height of the ways where the page scrolls anyway
    constexpr int threeColumns = 1020, roomyStages = 1000, fourStages = 780,
                  twoColumns = 720; ///< widths of the page

    bool anythingJudged(const assessment::Assessment& assessment)
    {
        const auto& scores = assessment.posture.scores.stages;
        return std::any_of(scores.begin(), scores.end(), [](const auto& score) { return score.has_value(); });
    }

}

OverviewPage::OverviewPage(workspace::Workspace& workspace, QWidget* parent)
    : Page(parent)
    , m_workspace(workspace)
    , m_facts(attackFacts(workspace))
    , m_stack(new QStackedLayout(this))
    , m_subtitle(new ElidedLabel({}, Type::Body, Token::Text2))
    , m_stageGrid(new QGridLayout)
    , m_grid(new QGridLayout)
    , m_ways(new WaysCard)
    , m_fixes(new FixesCard)
    , m_severities(new DonutChart(tr("Problems by severity")))
    , m_namespaces(new StackedBarChart(tr("Problems by namespace")))
    , m_namespaceTitle(new PlainLabel(tr("By namespace, worst first"), Type::Section, Token::Text3))
    , m_namespaceNote(new PlainLabel({}, Type::Caption, Token::Text3))
    , m_charts(makeCharts())
    , m_worst(new Card(tr("Worst findings")))
    , m_worstRows(new FittingRows(leastWorst))
    , m_coverage(new CoverageCard)
{
    setObjectName(u"overviewPage"_s);
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(20, 12, 20, 14);
    column->setSpacing(gap);
    auto* title = new QHBoxLayout;
    title->setSpacing(12);
    title->addWidget(new PlainLabel(tr("Overview"), Type::Display));
    title->addWidget(m_subtitle, 1, Qt::AlignVCenter);
    column->addLayout(title);
    m_stageGrid->setSpacing(gap);
    for (std::size_t i = 0; i < m_stages.size(); ++i) {
        m_stages[i] = new StageCard(static_cast<Stage>(i + 1));
        m_stages[i]->setObjectName(u"stage%1"_s.arg(i + 1));
    }
    column->addLayout(m_stageGrid);
    m_grid->setSpacing(gap);
    column->addLayout(m_grid, 1);
    m_worst->setOutset(RowButton::pad);
    m_worst->body()->addWidget(m_worstRows, 1);

    auto* skeleton = new QWidget;
    auto* bones = new QVBoxLayout(skeleton);
    bones->setContentsMargins(20, 16, 20, 18);
    bones->addWidget(new Skeleton);
    m_stack->addWidget(skeleton);
    m_stack->addWidget(makeScroll(content));
    m_pool.setMaxThreadCount(1);
    connectCards();
    arrange();
    refresh();
}

OverviewPage::~OverviewPage()
{
    m_pool.clear();
    m_pool.waitForDone();
}

Card* OverviewPage::makeCharts()
{
    auto* card = new Card(tr("Findings"));
    card->setOutset(RowButton::pad);
    m_severities->setObjectName(u"bySeverity"_s);
    m_namespaces->setObjectName(u"byNamespace"_s);
    card->body()->addWidget(m_severities, 1);
    auto* line = new QHBoxLayout;
    line->setContentsMargins(RowButton::pad, 4, RowButton::pad, 0);
    line->addWidget(m_namespaceTitle);
    line->addStretch();
    line->addWidget(m_namespaceNote);
    card->body()->addLayout(line);
    card->body()->addWidget(m_namespaces, 1);
    return card;
}

void OverviewPage::connectCards()
{
    for (std::size_t i = 0; i < m_stages.size(); ++i) {
        connect(m_stages[i], &StageCard::clicked, this, [this, i] { go(u"stage:%1"_s.arg(i + 1)); });
        connect(m_stages[i], &StageCard::worstClicked, this,
            [this, i] { go(m_filterOfWorst[i], m_worstOfStage[i]); });
    }
    connect(m_ways, &WaysCard::opened, this, [this] { Q_EMIT wanted({ u"attack"_s, {}, {} }); });
    connect(m_fixes, &FixesCard::chosen, this, [this](const QString& option) {
        Q_EMIT wanted({ u"attack"_s, {}, {}, u"option:"_s + option });
    });
    connect(m_fixes, &FixesCard::findingsWanted, this, [this](const QString& filter) { go(filter); });
    connect(m_fixes, &FixesCard::pathWanted, m_ways, &WaysCard::opened);
    connect(m_severities, &Chart::activated, this,
        [this](int item) { go(FindingFilter::term("severity", name(DonutChart::severityOf(item)))); });
    connect(m_namespaces, &Chart::activated, this, [this](int item) {
        const std::string& ns = m_namespaceNames[static_cast<std::size_t>(item)];
        go(FindingFilter::term("ns", ns.empty() ? "(none)" : ns));
    });
    connect(m_namespaces, &StackedBarChart::fitted, this, [this](int shown) {
        const bool all = static_cast<std::size_t>(shown) >= m_namespaceCount;
        m_namespaceNote->setText(
            all ? QString() : tr("%1 of %2").arg(shown).arg(countText(m_namespaceCount)));
    });
    connect(m_coverage, &CoverageCard::detailsWanted, this, &Page::coverageWanted);
    connect(&m_workspace, &workspace::Workspace::assessmentReady, this, &OverviewPage::refresh);
    connect(&m_facts, &AttackFacts::ready, this, &OverviewPage::showFixes);
}

/// Walking a hundred thousand findings takes longer than a frame: figures come from a worker, and what was
/// shown before stays until they are there.
void OverviewPage::refresh()
{
    const assessment::AssessmentPtr assessment = m_workspace.assessment();
    if (!assessment)
        return;
    m_pool.clear();
    m_pool.start([this, assessment, generation = ++m_wanted] {
        auto summary = std::make_shared<Summary>(summarise(*assessment, mostWorst, mostNamespaces));
        QMetaObject::invokeMethod(
            this,
            [this, assessment, summary, generation] {
                if (generation != m_wanted)
                    return;
                m_have = generation;
                fill(assessment, *summary);
            },
            Qt::QueuedConnection);
    });
}

bool OverviewPage::isBusy() const { return m_have != m_wanted || m_facts.isBusy(); }

void OverviewPage::fill(const assessment::AssessmentPtr& assessment, const Summary& summary)
{
    const inventory::Inventory& inventory = *assessment->inventory;
    QStringList facts { sourceTitle(inventory),
        inventory.source.scope == inventory::Scope::Cluster ? tr("whole cluster") : tr("part of a cluster") };
    if (inventory.source.captureTime > 0)
        facts += timeText(inventory.source.captureTime);
    m_subtitle->setText(facts.join(u" · "_s));
    for (std::size_t i = 0; i < m_stages.size(); ++i) {
        const posture::Finding* worst = summary.stages[i].worst;
        m_worstOfStage[i] = worst ? worst->fingerprint : std::string();
        m_filterOfWorst[i] = worst ? FindingFilter::term("check", assessment->info(*worst).id) : QString();
        m_stages[i]->show(*assessment, summary.stages[i]);
    }
    m_ways->show(assessment);
    fillWorst(*assessment, summary);
    fillCharts(*assessment, summary);
    m_coverage->show(*assessment, summary);
    showFixes();
    m_stack->setCurrentIndex(1);
}

void OverviewPage::showFixes()
{
    if (const assessment::AssessmentPtr assessment = m_workspace.assessment())
        m_fixes->show(*assessment, m_facts);
}

void OverviewPage::fillWorst(const assessment::Assessment& assessment, const Summary& summary)
{
    m_worst->setNote(summary.total == 1 ? tr("1 open problem")
            : summary.total > 1         ? tr("%1 open problems").arg(countText(summary.total))
                                        : QString());
    std::vector<QWidget*> rows;
    for (const WorstFinding& worst : summary.worst) {
        auto* row = new WorstRow(assessment, worst);
        const QString filter = FindingFilter::term("check", assessment.info(*worst.finding).id);
        connect(row, &WorstRow::clicked, this,
            [this, filter, id = worst.finding->fingerprint] { go(filter, id); });
        rows.push_back(row);
    }
    m_worstRows->setRows(rows);
    m_worstRows->setVisible(!rows.empty());
    if (m_calm) {
        m_calm->hide();
        m_calm->deleteLater();
        m_calm = nullptr;
    }
    if (!rows.empty())
        return;
    const auto& scores = assessment.posture.scores.stages;
    const bool judged
        = std::any_of(scores.begin(), scores.end(), [](const auto& score) { return score.has_value(); });
    m_calm = judged
        ? new EmptyState(Glyph::Shield, tr("No open problems"),
            tr("Everything that could be judged is as it should be. What could not be seen stands beside "
               "this."))
        : new EmptyState(Glyph::EyeOff, tr("Nothing could be assessed"),
            tr("This source holds no object that a check could judge."));
    m_worst->body()->addWidget(m_calm, 1);
}

void OverviewPage::fillCharts(const assessment::Assessment& assessment, const Summary& summary)
{
    m_severities->setCounts(summary.bySeverity);
    m_severities->setJudged(anythingJudged(assessment));
    std::vector<ChartBar> bars;
    m_namespaceNames.clear();
    m_namespaceCount = summary.namespaceCount;
    for (const NamespaceSummary& ns : summary.namespaces) {
        m_namespaceNames.push_back(ns.name);
        bars.push_back({ ns.name.empty() ? tr("Cluster-wide") : shown(ns.name, 260), ns.bySeverity });
    }
    m_namespaceTitle->setVisible(!bars.empty());
    m_namespaces->setVisible(!bars.empty());
    m_namespaces->setBars(std::move(bars));
}

void OverviewPage::go(const QString& filter, const std::string& finding)
{
    Q_EMIT wanted({ u"findings"_s, filter, QString::fromStdString(finding) });
}

/// Four stage cards in a line or two by two; cards in three, two or one column, as the width allows.
void OverviewPage::arrange()
{
    const int stages = width() < scaled(fourStages) ? 2 : 4;
    if (stages != m_stageColumns) {
        m_stageColumns = stages;
        for (int i = 0; i < static_cast<int>(m_stages.size()); ++i)
            m_stageGrid->addWidget(m_stages[static_cast<std::size_t>(i)], i / stages, i % stages);
        for (int i = 0; i < 4; ++i)
            m_stageGrid->setColumnStretch(i, i < stages ? 1 : 0);
    }
    for (StageCard* stage : m_stages)
        stage->setCompact(stages == 4 && width() < scaled(roomyStages));
    const int columns = width() >= scaled(threeColumns) ? 3 : width() >= scaled(twoColumns) ? 2 : 1;
    if (columns == m_columns)
        return;
    m_columns = columns;
    m_ways->setMinimumHeight(columns == 3 ? 0 : scaled(scrolledWays));
    // The first card takes what the others leave of the first line.
    const std::array<QWidget*, 4> others { m_fixes, m_charts, m_worst, m_coverage };
    const int span = std::max(1, std::min(2, columns));
    m_grid->addWidget(m_ways, 0, 0, 1, span);
    int cell = span;
    for (QWidget* card : others) {
        m_grid->addWidget(card, cell / columns, cell % columns);
        ++cell;
    }
    for (int i = 0; i < 3; ++i)
        m_grid->setColumnStretch(i, i < columns ? 1 : 0);
    for (int i = 0; i < 5; ++i)
        m_grid->setRowStretch(i, i > (cell - 1) / columns ? 0 : i == 0 ? 11 : 10);
}

void OverviewPage::resizeEvent(QResizeEvent* event)
{
    Page::resizeEvent(event);
    arrange();
}

void OverviewPage::arrive(const Location&) { }

Location OverviewPage::here() const { return { u"overview"_s, {}, {} }; }

} // namespace glacis::ui
