// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <overview/summary.h>
#include <widgets/card.h>

class QHBoxLayout;

namespace glacis::ui {

class ScoreRing;
class TextBlock;
class WorstLink;

/// One attack stage: its score, how many findings, the worst of them. A click opens the stage's findings, one
/// on the worst finding opens that.
class StageCard : public CardButton {
    Q_OBJECT
public:
    explicit StageCard(Stage stage, QWidget* parent = nullptr);
    void show(const assessment::Assessment& assessment, const StageSummary& summary);
    using QWidget::show;
    void setCompact(bool compact); ///< a smaller ring leaves the words more room

Q_SIGNALS:
    void worstClicked();

protected:
    bool event(QEvent* event) override;

private:
    Stage m_stage;
    QHBoxLayout* m_line;
    ScoreRing* m_ring;
    ElidedLabel* m_count;
    WorstLink* m_worst;
    TextBlock* m_calm; ///< in its place where nothing is wrong
};

} // namespace glacis::ui
