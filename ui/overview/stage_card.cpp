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

StageCard::StageCard(Stage stage, QWidget* parent)
    : CardButton(stageToken(stage), parent)
    , m_stage(stage)
    , m_ring(new ScoreRing(stageToken(stage)))
    , m_count(new ElidedLabel({}, Type::Body, Token::Text2))
    , m_worst(new WorstLink)
    , m_calm(new TextBlock({}, Type::Small, Token::Text3))
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum); // cards of a line are of one height
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 13, 8, 8);
    column->setSpacing(5);
    m_line = new QHBoxLayout;
    m_line->setContentsMargins(6, 0, 6, 0);
    m_line->addWidget(m_ring, 0, Qt::AlignVCenter);
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addStretch();
    words->addWidget(new PlainLabel(stageWord(stage), Type::Section, stageToken(stage)));
    auto* name = new TextBlock(stageName(stage), Type::Strong);
    name->setMaximumLines(2);
    words->addWidget(name);
    words->addWidget(m_count);
    words->addStretch();
    m_line->addLayout(words, 1);
    column->addLayout(m_line, 1);
    column->addWidget(m_worst);
    m_calm->setContentsMargins(8, 0, 8, 0);
    column->addWidget(m_calm);
    connect(m_worst, &WorstLink::clicked, this, &StageCard::worstClicked);
    setCompact(false);
}

void StageCard::setCompact(bool compact)
{
    m_ring->setDiameter(compact ? 50 : 68);
    m_line->setSpacing(compact ? 9 : 14);
}

void StageCard::show(const assessment::Assessment& assessment, const StageSummary& summary)
{
    m_ring->setScore(summary.score);
    const QString count = !summary.score && summary.count == 0 ? tr("not assessed")
        : summary.count == 0                                   ? tr("no problems")
        : summary.count == 1                                   ? tr("1 problem")
                             : tr("%1 problems").arg(countText(summary.count));
    m_count->setText(count);
    const QString calm = summary.score ? tr("Nothing open here") : tr("This source cannot tell");
    m_worst->setVisible(summary.worst != nullptr);
    m_calm->setVisible(summary.worst == nullptr);
    m_calm->setText(calm);
    if (summary.worst)
        m_worst->show(assessment, *summary.worst);
    setAccessibleName(tr("%1, %2").arg(stageWord(m_stage), stageName(m_stage)));
    setAccessibleDescription(
        tr("%1, %2, %3")
            .arg(m_ring->accessibleName(), count, summary.worst ? m_worst->accessibleName() : calm));
    setToolTip(toolTipText(tr("Open the findings of %1").arg(stageName(m_stage))));
}

bool StageCard::event(QEvent* event)
{
    const bool done = CardButton::event(event);
    if (event->type() == QEvent::ChildPolished) // the one part of the card that is a target of its own
        m_worst->setAttribute(Qt::WA_TransparentForMouseEvents, false);
    return done;
}

} // namespace glacis::ui
