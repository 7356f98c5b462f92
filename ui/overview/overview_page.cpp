// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <overview/overview_page.h>

#include <findings/finding_filter.h>
#include <overview/rows.h>
#include <overview/stage_card.h>
#include <overview/ways_card.h>
#include <widgets/card.h>
#include <widgets/empty_state.h>
#include <widgets/outside_text.h>
#include <widgets/plain_label.h>
#include <widgets/section.h>
#include <widgets/severity_mark.h>
#include <widgets/time_text.h>

#include <QGridLayout>
#include <QLocale>
#include <QPainter>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    constexpr int gap = 12;
    constexpr int maxDiagnostics = 30;

    /// Fresh content for a card whose rows come anew with each assessment. Deleted later: a row's own click
    /// may be what brought the new assessment.
    QVBoxLayout* refill(Card* card)
    {
        QVBoxLayout* body = card->body();
        while (body->count() > 1) {
            const std::unique_ptr<QLayoutItem> item(body->takeAt(1));
            if (QWidget* widget = item->widget()) {
                widget->hide();
                widget->deleteLater();
            }
        }
        auto* rows = new QWidget;
        auto* layout = new QVBoxLayout(rows);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(2);
        body->addWidget(rows, 1);
        return layout;
    }

    /// What could be seen of something, as a dot: filled, half, ring; never by colour alone.
    class SeenDot : public QWidget {
    public:
        explicit SeenDot(Seen seen)
            : m_seen(seen)
        {
            setFixedSize(10, scaled(18));
        }

    protected:
        void paintEvent(QPaintEvent*) override
        {
            QPainter painter(this);
            painter.setRenderHint(QPainter::Antialiasing);
            const Token ink = m_seen == Seen::All ? Token::Pass
                : m_seen == Seen::Part            ? Token::Medium
                                                  : Token::Info;
            const QRectF dot(1, height() / 2.0 - 4, 8, 8);
            painter.setPen(QPen(colour(ink, palette()), 1.5));
            painter.setBrush(m_seen == Seen::All ? QBrush(colour(ink, palette())) : QBrush(Qt::NoBrush));
            painter.drawEllipse(dot.adjusted(0.75, 0.75, -0.75, -0.75));
            if (m_seen == Seen::Part) {
                painter.setBrush(colour(ink, palette()));
                painter.drawPie(dot.adjusted(0.75, 0.75, -0.75, -0.75), 270 * 16, 180 * 16);
            }
        }

    private:
        Seen m_seen;
    };

    QString levelWord(inventory::Diagnostic::Level level)
    {
        return level == inventory::Diagnostic::Level::Error  ? OverviewPage::tr("Error")
            : level == inventory::Diagnostic::Level::Warning ? OverviewPage::tr("Warning")
                                                             : OverviewPage::tr("Note");
    }

}

OverviewPage::OverviewPage(workspace::Workspace& workspace, QWidget* parent)
    : Page(parent)
    , m_workspace(workspace)
    , m_subtitle(new ElidedLabel({}, Type::Body, Token::Text2))
    , m_stageGrid(new QGridLayout)
    , m_columns(new QBoxLayout(QBoxLayout::LeftToRight))
    , m_ways(new WaysCard)
    , m_worst(new Card(tr("Worst findings")))
    , m_severities(new Card(tr("By severity")))
    , m_namespaces(new Card(tr("By namespace")))
    , m_coverage(new Card(tr("What this scan could see")))
    , m_diagnostics(new Card(tr("Parts of the source that could not be read")))
{
    setObjectName(u"overviewPage"_s);
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(20, 16, 20, 18);
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
        connect(m_stages[i], &StageCard::clicked, this, [this, i] { go(u"stage:%1"_s.arg(i + 1)); });
    }
    column->addLayout(m_stageGrid);

    auto* left = new QVBoxLayout;
    left->setSpacing(gap);
    left->addWidget(m_ways);
    left->addWidget(m_worst, 3);
    left->addWidget(m_namespaces, 1);
    auto* right = new QVBoxLayout;
    right->setSpacing(gap);
    right->addWidget(m_severities);
    right->addWidget(m_coverage, 2);
    right->addWidget(m_diagnostics, 1);
    m_columns->setSpacing(gap);
    m_columns->addLayout(left, 3);
    m_columns->addLayout(right, 2);
    column->addLayout(m_columns, 1);

    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(makeScroll(content));
    connect(&m_workspace, &workspace::Workspace::assessmentReady, this, &OverviewPage::refresh);
    arrange();
    refresh();
}

void OverviewPage::refresh()
{
    const assessment::AssessmentPtr assessment = m_workspace.assessment();
    if (!assessment)
        return;
    const inventory::Inventory& inventory = *assessment->inventory;
    const Summary summary = summarise(*assessment, 8, 5);
    QStringList facts { sourceTitle(inventory),
        inventory.source.scope == inventory::Scope::Cluster ? tr("whole cluster") : tr("manifests") };
    if (inventory.source.captureTime > 0)
        facts += timeText(inventory.source.captureTime);
    m_subtitle->setText(facts.join(u" · "_s));
    for (std::size_t i = 0; i < m_stages.size(); ++i)
        m_stages[i]->show(*assessment, summary.stages[i]);
    m_ways->show(*assessment);
    fillWorst(*assessment, summary);
    fillSeverities(summary);
    fillNamespaces(summary);
    fillCoverage(*assessment, summary);
    fillDiagnostics(inventory);
}

void OverviewPage::fillWorst(const assessment::Assessment& assessment, const Summary& summary)
{
    QVBoxLayout* rows = refill(m_worst);
    m_worst->setNote(summary.total > 0 ? tr("%1 open problems").arg(countText(summary.total)) : QString());
    for (const WorstFinding& worst : summary.worst) {
        auto* row = new WorstRow(assessment, worst);
        const QString filter = FindingFilter::term("check", assessment.info(*worst.finding).id);
        connect(row, &WorstRow::clicked, this,
            [this, filter, id = worst.finding->fingerprint] { go(filter, id); });
        rows->addWidget(row, 1);
    }
    if (!summary.worst.empty())
        return;
    const auto& scores = assessment.posture.scores.stages;
    const bool judged
        = std::any_of(scores.begin(), scores.end(), [](const auto& score) { return score.has_value(); });
    rows->addWidget(judged ? new EmptyState(Glyph::Shield, tr("No open problems"),
                        tr("Everything that could be judged is as it should be. What could not be seen "
                           "stands beside this."))
                           : new EmptyState(Glyph::EyeOff, tr("Nothing could be assessed"),
                               tr("This source holds no object that a check could judge.")));
}

void OverviewPage::fillSeverities(const Summary& summary)
{
    QVBoxLayout* rows = refill(m_severities);
    m_severities->setVisible(summary.total > 0);
    const std::uint32_t longest = *std::max_element(summary.bySeverity.begin(), summary.bySeverity.end());
    for (std::size_t i = summary.bySeverity.size(); i-- > 0;) {
        std::array<std::uint32_t, 5> counts {};
        counts[i] = summary.bySeverity[i];
        const auto severity = static_cast<Severity>(i);
        auto* row = new BarRow(severityWord(severity), counts, longest);
        row->setMark(severity);
        connect(row, &BarRow::clicked, this,
            [this, severity] { go(FindingFilter::term("severity", name(severity))); });
        rows->addWidget(row);
    }
}

void OverviewPage::fillNamespaces(const Summary& summary)
{
    QVBoxLayout* rows = refill(m_namespaces);
    std::uint32_t longest = 0;
    for (const NamespaceSummary& ns : summary.namespaces)
        longest = std::max(longest, ns.total);
    for (const NamespaceSummary& ns : summary.namespaces) {
        auto* row
            = new BarRow(ns.name.empty() ? tr("cluster-wide") : shown(ns.name, 260), ns.bySeverity, longest);
        connect(row, &BarRow::clicked, this,
            [this, id = ns.name] { go(FindingFilter::term("ns", id.empty() ? "(none)" : id)); });
        rows->addWidget(row);
    }
    rows->addStretch();
    m_namespaces->setVisible(!summary.namespaces.empty());
}

void OverviewPage::fillCoverage(const assessment::Assessment& assessment, const Summary& summary)
{
    QVBoxLayout* rows = refill(m_coverage);
    m_coverage->setNote(tr("%1 % of the checks could be judged")
                            .arg(QLocale().toString(assessment.posture.coveragePercent, 'f', 0)));
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(10);
    grid->setVerticalSpacing(7);
    grid->setColumnStretch(2, 1);
    int line = 0;
    for (const CoverageLine& seen : summary.coverage) {
        grid->addWidget(new SeenDot(seen.seen), line, 0);
        grid->addWidget(new PlainLabel(seen.what), line, 1);
        auto* detail = new ElidedLabel(seen.detail, Type::Body, Token::Text2);
        grid->addWidget(detail, line, 2);
        ++line;
    }
    rows->addLayout(grid);
    rows->addStretch();
}

void OverviewPage::fillDiagnostics(const inventory::Inventory& inventory)
{
    using inventory::Diagnostic;
    QVBoxLayout* rows = refill(m_diagnostics);
    auto* list = new QWidget;
    auto* column = new QVBoxLayout(list);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    int count = 0, total = 0;
    for (const Diagnostic& d : inventory.diagnostics) {
        if (d.level == Diagnostic::Level::Info)
            continue;
        if (++total > maxDiagnostics)
            continue;
        QString where = shown(d.file, 1000);
        if (d.line > 0)
            where += u':' + QString::number(d.line);
        if (!d.object.empty())
            where += (where.isEmpty() ? u""_s : u" · "_s) + shown(d.object);
        auto* place = new ElidedLabel(levelWord(d.level) + (where.isEmpty() ? u""_s : QString(u"  " + where)),
            Type::Small, d.level == Diagnostic::Level::Error ? Token::Critical : Token::Medium);
        place->setElideMode(Qt::ElideMiddle);
        column->addWidget(place);
        auto* message = new TextBlock(shown(d.message), Type::Body, Token::Text2);
        message->setMaximumLines(3);
        column->addWidget(message);
        ++count;
    }
    column->addStretch();
    rows->addWidget(makeScroll(list), 1);
    m_diagnostics->setVisible(count > 0);
    m_diagnostics->setMinimumHeight(scaled(std::min(130, 48 + count * 42)));
    m_diagnostics->setNote(total > maxDiagnostics ? tr("the first %1 of %2").arg(maxDiagnostics).arg(total)
                                                  : countText(static_cast<std::uint64_t>(total)));
}

void OverviewPage::go(const QString& filter, const std::string& finding)
{
    Q_EMIT wanted({ u"findings"_s, filter, QString::fromStdString(finding) });
}

/// Four stage cards in a line or two by two, columns side by side or stacked, as the width allows.
void OverviewPage::arrange()
{
    const int columns = width() < scaled(960) ? 2 : 4;
    m_columns->setDirection(width() < scaled(720) ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    if (columns == m_stageColumns)
        return;
    m_stageColumns = columns;
    for (int i = 0; i < static_cast<int>(m_stages.size()); ++i)
        m_stageGrid->addWidget(m_stages[static_cast<std::size_t>(i)], i / columns, i % columns);
    for (int i = 0; i < 4; ++i)
        m_stageGrid->setColumnStretch(i, i < columns ? 1 : 0);
}

void OverviewPage::resizeEvent(QResizeEvent* event)
{
    Page::resizeEvent(event);
    arrange();
}

void OverviewPage::arrive(const Location&) { }

Location OverviewPage::here() const { return { u"overview"_s, {}, {} }; }

} // namespace glacis::ui
