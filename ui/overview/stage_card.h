// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <overview/summary.h>
#include <widgets/card.h>

namespace glacis::ui {

class PlainLabel;
class ScoreRing;
class SeverityMark;

/// One attack stage: its score, how many findings, the worst of them.
class StageCard : public CardButton {
    Q_OBJECT
public:
    explicit StageCard(Stage stage, QWidget* parent = nullptr);
    void show(const assessment::Assessment& assessment, const StageSummary& summary);
    using QWidget::show;

private:
    Stage m_stage;
    ScoreRing* m_ring;
    ElidedLabel* m_count;
    SeverityMark* m_mark;
    ElidedLabel* m_worst;
};

} // namespace glacis::ui
