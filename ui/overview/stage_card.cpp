// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <overview/stage_card.h>

#include <overview/rows.h>
#include <widgets/outside_text.h>
#include <widgets/plain_label.h>
#include <widgets/score_ring.h>
#include <widgets/severity_mark.h>
#include <widgets/time_text.h>

#include <QEvent>
#include <QHBoxLayout>

namespace glacis::ui {
namespace {

    using namespace Qt::StringLiterals;

    QString countInWords(const StageSummary& summary)
    {
        const bool partly = summary.score && summary.isPartlyJudged();
        if (summary.count == 0)
            return !summary.score ? StageCard::tr("not assessed")
                : partly          ? StageCard::tr("judged in part")
                                  : StageCard::tr("no problems");
        const QString problems = summary.count == 1
            ? StageCard::tr("1 problem")
            : StageCard::tr("%1 problems").arg(countText(summary.count));
        return partly ? StageCard::tr("%1 · judged in part").arg(problems) : problems;
    }

    /// "5 of 12 checks of this stage could not be assessed"; empty when all could.
    QString judgedText(const StageSummary& summary)
    {
        if (summary.silent == 0)
            return {};
        return summary.silent == 1
            ? StageCard::tr("1 of %1 checks of this stage could not be assessed").arg(summary.applying)
            : StageCard::tr("%1 of %2 checks of this stage could not be assessed")
                  .arg(summary.silent)
                  .arg(summary.applying);
    }

}

StageCard::StageCard(Stage stage, QWidget* parent)
    : CardButton(stageToken(stage), parent)
    , m_stage(stage)
    , m_ring(new ScoreRing(stageToken(stage)))
    , m_name(new TextBlock(stageName(stage), Type::Strong))
    , m_count(new ElidedLabel({}, Type::Body, Token::Text2))
    , m_worst(new WorstLink)
    , m_calm(new TextBlock({}, Type::Small, Token::Text3))
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum); // cards of a line are of one height
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    m_column = new QVBoxLayout(this);
    m_column->setContentsMargins(8, 13, 8, 8);
    m_column->setSpacing(5);
    m_line = new QHBoxLayout;
    m_line->setContentsMargins(6, 0, 6, 0);
    m_line->addWidget(m_ring, 0, Qt::AlignVCenter);
    m_words = new QVBoxLayout;
    m_words->setSpacing(2);
    m_words->addStretch();
    m_words->addWidget(new PlainLabel(stageWord(stage), Type::Section, stageToken(stage)));
    m_words->addWidget(m_count);
    m_words->addStretch();
    m_line->addLayout(m_words, 1);
    m_column->addLayout(m_line);
    m_column->addStretch(1); // lines of neighbours stand level, the worst findings at the bottom
    m_column->addWidget(m_worst);
    m_calm->setContentsMargins(8, 0, 8, 0);
    m_column->addWidget(m_calm);
    connect(m_worst, &WorstLink::clicked, this, &StageCard::worstClicked);
    m_name->setMaximumLines(2);
    setCompact(false);
}

void StageCard::setCompact(bool compact)
{
    if (m_compact == compact)
        return;
    m_compact = compact;
    m_ring->setDiameter(compact ? 44 : 68);
    m_line->setSpacing(compact ? 10 : 14);
    m_name->setContentsMargins(compact ? QMargins(6, 0, 6, 0) : QMargins());
    if (compact)
        m_column->insertWidget(1, m_name);
    else
        m_words->insertWidget(2, m_name);
}

void StageCard::show(const assessment::Assessment& assessment, const StageSummary& summary)
{
    const bool partly = summary.score && summary.isPartlyJudged();
    m_ring->setScore(summary.score);
    m_ring->setQuiet(partly);
    const QString count = countInWords(summary);
    m_count->setText(count);
    const QString calm = !summary.score ? tr("This source cannot tell")
        : partly                        ? tr("Nothing found in what was read")
                                        : tr("Nothing open here");
    m_worst->setVisible(summary.worst != nullptr);
    m_calm->setVisible(summary.worst == nullptr);
    m_calm->setText(calm);
    if (summary.worst)
        m_worst->show(assessment, *summary.worst);
    const QString judged = judgedText(summary);
    setToolTip(toolTipText(judged));
    setAccessibleName(tr("%1, %2").arg(stageWord(m_stage), stageName(m_stage)));
    QStringList words { m_ring->accessibleName(), count, summary.worst ? m_worst->accessibleName() : calm };
    if (!judged.isEmpty())
        words += judged;
    setAccessibleDescription(words.join(u", "_s));
}

bool StageCard::event(QEvent* event)
{
    const bool done = CardButton::event(event);
    if (event->type() == QEvent::ChildPolished) // the one part of the card that is a target of its own
        m_worst->setAttribute(Qt::WA_TransparentForMouseEvents, false);
    return done;
}

} // namespace glacis::ui
