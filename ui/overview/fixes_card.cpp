// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <overview/fixes_card.h>

#include <overview/rows.h>
#include <widgets/buttons.h>
#include <widgets/empty_state.h>
#include <widgets/fitting_rows.h>
#include <widgets/plain_label.h>

#include <QPainter>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

#include <utility>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    constexpr std::size_t mostFixes = 5;
    constexpr int leastRows = 2;

    class Bones : public QWidget {
    public:
        explicit Bones(const QString& name)
        {
            setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
            setAccessibleName(name);
        }

    protected:
        void paintEvent(QPaintEvent*) override
        {
            QPainter painter(this);
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(Qt::NoPen);
            painter.setBrush(colour(Token::Hover, palette()));
            const int step = scaled(50);
            for (int y = 8; y + 30 < height(); y += step)
                for (const auto& [down, share] : { std::pair(0, 62), std::pair(22, 92) })
                    painter.drawRoundedRect(QStyle::visualRect(layoutDirection(), rect(),
                                                QRect(8, y + down, (width() - 16) * share / 100, 9)),
                        4.5, 4.5);
        }
    };

}

FixesCard::FixesCard(QWidget* parent)
    : Card(tr("Fix these first"), parent)
    , m_summary(new TextBlock({}, Type::Small, Token::Text2))
    , m_bones(new Bones(tr("Being computed")))
    , m_rows(new FittingRows(leastRows))
{
    setObjectName(u"fixes"_s);
    setOutset(RowButton::pad);
    m_summary->setContentsMargins(RowButton::pad, 0, RowButton::pad, 2);
    m_summary->setObjectName(u"fixesSummary"_s);
    body()->addWidget(m_summary);
    body()->addWidget(m_bones, 1);
    body()->addWidget(m_rows, 1);
}

void FixesCard::show(const assessment::Assessment& assessment, const AttackFacts& facts)
{
    const bool ways = assessment.search && !assessment.search->ways().empty();
    const bool waiting = ways && !facts.isReady();
    m_bones->setVisible(waiting);
    showEmpty(nullptr);
    if (waiting) {
        m_summary->setText(tr("Finding the smallest set of changes…"));
        m_summary->setVisible(true);
        m_rows->setRows({});
        m_rows->hide();
        return;
    }
    if (ways) {
        showRows(assessment, facts);
        return;
    }
    m_summary->setVisible(false);
    m_rows->setRows({});
    m_rows->hide();
    const bool whole = assessment.search && assessment.inventory->source.scope == inventory::Scope::Cluster;
    if (whole) {
        showEmpty(new EmptyState(Glyph::Shield, tr("Nothing to close"), tr("No way is open.")));
        return;
    }
    auto* empty = new EmptyState(
        Glyph::EyeOff, tr("No way is known"), tr("The worst findings are the place to begin."));
    const auto& counts = assessment.posture.bySeverity;
    if (counts[static_cast<std::size_t>(Severity::Critical)]
            + counts[static_cast<std::size_t>(Severity::High)]
        > 0) {
        QPushButton* findings = empty->addButton(makeButton(tr("Show critical and high findings")));
        findings->setObjectName(u"worstFindings"_s);
        connect(findings, &QPushButton::clicked, this, &FixesCard::findingsWanted);
    }
    showEmpty(empty);
}

void FixesCard::showEmpty(QWidget* empty)
{
    if (m_empty) {
        m_empty->hide();
        m_empty->deleteLater();
    }
    m_empty = empty;
    if (m_empty)
        body()->addWidget(m_empty, 1);
}

void FixesCard::showRows(const assessment::Assessment& assessment, const AttackFacts& facts)
{
    const FixAdvice advice = fixAdvice(assessment, *facts.effects(), *facts.smallest(), mostFixes);
    m_summary->setText(advice.summary);
    m_summary->setVisible(!advice.summary.isEmpty());
    m_rows->setVisible(!advice.lines.empty());
    std::vector<QWidget*> rows;
    int number = 0;
    bool heading = false;
    for (const FixLine& line : advice.lines) {
        if (!line.inSet && number > 0 && !std::exchange(heading, true)) {
            auto* next = new PlainLabel(tr("Next best alone"), Type::Section, Token::Text3);
            next->setContentsMargins(RowButton::pad, 2, RowButton::pad, 0);
            FittingRows::makeHeading(*next);
            rows.push_back(next);
        }
        auto* row = new FixRow(line, line.inSet ? ++number : 0);
        connect(row, &FixRow::clicked, this, [this, id = line.id] { Q_EMIT chosen(id); });
        rows.push_back(row);
    }
    m_rows->setRows(rows);
    if (advice.lines.empty())
        showEmpty(new EmptyState(Glyph::Shield, tr("Nothing has to be closed"),
            tr("No certain way is open, and no single change closes one that is only possible.")));
}

} // namespace glacis::ui
