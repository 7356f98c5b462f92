// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <overview/fixes_card.h>

#include <overview/rows.h>
#include <widgets/buttons.h>
#include <widgets/empty_state.h>
#include <widgets/fitting_rows.h>
#include <widgets/outside_text.h>
#include <widgets/plain_label.h>
#include <widgets/time_text.h>

#include <QPainter>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>
#include <numeric>
#include <optional>
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

    struct Begin {
        std::uint32_t count = 0;
        QString text; ///< of a button
        QString filter;
    };

    /// Where to begin when no way tells: critical and high findings, else all there are.
    Begin worstToBegin(const assessment::Assessment& assessment)
    {
        const auto& counts = assessment.posture.bySeverity;
        const std::uint32_t critical = counts[static_cast<std::size_t>(Severity::Critical)];
        const std::uint32_t high = counts[static_cast<std::size_t>(Severity::High)];
        const std::uint32_t all = std::accumulate(counts.begin(), counts.end(), 0U);
        const std::uint32_t bad = critical + high;
        const auto one = [](std::uint32_t n, const QString& single, const QString& several) {
            return n == 1 ? single : several.arg(countText(n));
        };
        if (bad == 0)
            return { all,
                one(all, FixesCard::tr("Start with the one finding"),
                    FixesCard::tr("Start with the %1 findings")),
                {} };
        const QString text = critical == 0 ? one(bad, FixesCard::tr("Start with the high finding"),
                                 FixesCard::tr("Start with the %1 high findings"))
            : high == 0                    ? one(bad, FixesCard::tr("Start with the critical finding"),
                                     FixesCard::tr("Start with the %1 critical findings"))
                        : FixesCard::tr("Start with the %1 critical and high findings").arg(countText(bad));
        return { bad, text, u"severity:high+"_s };
    }

}

FixesCard::FixesCard(QWidget* parent)
    : Card(tr("Fix these first"), parent)
    , m_summary(new TextBlock({}, Type::Small, Token::Text2))
    , m_bones(new Bones(tr("Being computed")))
    , m_rows(new FittingRows(leastRows))
    , m_more(makeButton({}, ButtonKind::Link))
{
    setObjectName(u"fixes"_s);
    setOutset(RowButton::pad);
    m_summary->setContentsMargins(RowButton::pad, 0, RowButton::pad, 2);
    m_summary->setObjectName(u"fixesSummary"_s);
    body()->addWidget(m_summary);
    body()->addWidget(m_bones, 1);
    body()->addWidget(m_rows, 1);
    m_more->setObjectName(u"moreFixes"_s);
    addToTitle(m_more);
    m_more->hide();
    connect(m_more, &QPushButton::clicked, this, &FixesCard::pathWanted);
    connect(m_rows, &FittingRows::fitted, this, &FixesCard::tellMore);
}

void FixesCard::show(const assessment::Assessment& assessment, const AttackFacts& facts)
{
    const bool ways = assessment.search && !assessment.search->ways().empty();
    const bool waiting = ways && !facts.isReady();
    m_bones->setVisible(waiting);
    showEmpty(nullptr);
    m_inSet = 0;
    if (ways && !waiting) {
        showRows(assessment, facts);
    } else {
        m_summary->setText(waiting ? tr("Finding the smallest set of changes…") : QString());
        m_summary->setVisible(waiting);
        m_rows->setRows({});
        m_rows->hide();
        if (!waiting)
            showNoWay(assessment);
    }
    tellMore();
}

void FixesCard::showNoWay(const assessment::Assessment& assessment)
{
    const bool whole = assessment.search && assessment.inventory->source.scope == inventory::Scope::Cluster;
    const bool any = worstToBegin(assessment).count > 0;
    auto* empty = new EmptyState(whole ? Glyph::Shield : Glyph::EyeOff,
        whole ? tr("No way was found") : tr("No way is known"),
        any         ? tr("The worst findings are the place to begin.")
            : whole ? tr("Nothing that was read has to be changed first.")
                    : tr("Changes stand here once a way is known."));
    offerFindings(*empty, assessment);
    showEmpty(empty);
}

/// A button that leads to the worst findings there are; none where there are none.
void FixesCard::offerFindings(EmptyState& empty, const assessment::Assessment& assessment)
{
    const Begin begin = worstToBegin(assessment);
    if (begin.count == 0)
        return;
    QPushButton* findings = empty.addButton(makeButton(begin.text));
    findings->setObjectName(u"worstFindings"_s);
    connect(findings, &QPushButton::clicked, this, [this, begin] { Q_EMIT findingsWanted(begin.filter); });
}

void FixesCard::showEmpty(EmptyState* empty)
{
    if (m_empty) {
        m_empty->hide();
        m_empty->deleteLater();
    }
    m_empty = empty;
    if (m_empty)
        body()->addWidget(m_empty, 1);
}

/// Changes of the set that have no room: the card says how many it keeps back.
void FixesCard::tellMore()
{
    const auto shown = static_cast<std::size_t>(std::max(0, m_rows->shownRows()));
    const bool more = m_rows->isVisibleTo(this) && m_inSet > shown;
    m_more->setVisible(more);
    if (!more)
        return;
    const QString count = countText(m_inSet - shown);
    m_more->setText(tr("%1 more ›").arg(count));
    m_more->setAccessibleName(tr("%1 more changes of the smallest set; opens the attack path").arg(count));
}

void FixesCard::showRows(const assessment::Assessment& assessment, const AttackFacts& facts)
{
    const FixAdvice advice = fixAdvice(assessment, *facts.effects(), *facts.smallest(), mostFixes);
    m_summary->setText(advice.summary);
    m_summary->setVisible(!advice.summary.isEmpty());
    m_rows->setVisible(!advice.lines.empty());
    m_inSet = advice.inSet;
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
        const std::optional<int> place
            = advice.inSet == 0 ? std::nullopt : std::optional<int>(line.inSet ? ++number : 0);
        auto* row = new FixRow(line, place);
        connect(row, &FixRow::clicked, this, [this, id = line.id] { Q_EMIT chosen(id); });
        rows.push_back(row);
    }
    m_rows->setRows(rows);
    if (!advice.lines.empty())
        return;
    // The card of ways says what is possible; here the button needs the room on a small window.
    auto* empty = new EmptyState(Glyph::Shield, tr("No certain way is open"),
        worstToBegin(assessment).count > 0 ? QString() : tr("No single change closes a possible one."));
    empty->setToolTip(toolTipText(tr("No single change closes a way that is only possible.")));
    offerFindings(*empty, assessment);
    showEmpty(empty);
}

} // namespace glacis::ui
