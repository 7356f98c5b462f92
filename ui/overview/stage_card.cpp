// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <overview/stage_card.h>

#include <widgets/outside_text.h>
#include <widgets/plain_label.h>
#include <widgets/score_ring.h>
#include <widgets/severity_mark.h>

#include <QHBoxLayout>

namespace glacis::ui {

StageCard::StageCard(Stage stage, QWidget* parent)
    : CardButton(stageToken(stage), parent)
    , m_stage(stage)
    , m_ring(new ScoreRing(stageToken(stage)))
    , m_count(new ElidedLabel({}, Type::Body, Token::Text2))
    , m_mark(new SeverityMark(Severity::Info, SeverityMark::Show::Shape))
    , m_worst(new ElidedLabel({}, Type::Small))
{
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(16, 16, 14, 14);
    line->setSpacing(14);
    line->addWidget(m_ring, 0, Qt::AlignVCenter);
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addStretch();
    words->addWidget(new PlainLabel(stageWord(stage), Type::Section, stageToken(stage)));
    words->addWidget(new ElidedLabel(stageName(stage), Type::Strong));
    words->addWidget(m_count);
    auto* worst = new QHBoxLayout;
    worst->setSpacing(6);
    worst->addWidget(m_mark);
    worst->addWidget(m_worst, 1);
    words->addLayout(worst);
    words->addStretch();
    line->addLayout(words, 1);
}

void StageCard::show(const assessment::Assessment& assessment, const StageSummary& summary)
{
    m_ring->setScore(summary.score);
    const QString count = !summary.score && summary.count == 0 ? tr("not assessed")
        : summary.count == 0                                   ? tr("no problems")
        : summary.count == 1                                   ? tr("1 problem")
                             : tr("%n problems", nullptr, static_cast<int>(summary.count));
    m_count->setText(count);
    m_mark->setVisible(summary.worst != nullptr);
    QString worst;
    if (summary.worst) {
        m_mark->setSeverity(summary.worst->severity);
        worst = fromUtf8(assessment.info(*summary.worst).title);
    } else {
        worst = summary.score ? tr("Nothing open here") : tr("This source cannot tell");
    }
    m_worst->setText(worst);
    m_worst->setInk(summary.worst ? Token::Text : Token::Text3);
    setAccessibleName(tr("%1, %2").arg(stageWord(m_stage), stageName(m_stage)));
    setAccessibleDescription(
        m_ring->accessibleName() + QStringLiteral(", ") + count + QStringLiteral(", ") + worst);
    setToolTip(toolTipText(stageName(m_stage) + u'\n' + worst));
}

} // namespace glacis::ui
