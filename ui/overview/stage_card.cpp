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
