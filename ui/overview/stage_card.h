// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <overview/summary.h>
#include <widgets/card.h>

class QHBoxLayout;
class QVBoxLayout;

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
    void setCompact(bool compact); ///< for narrow cards: a smaller ring, the name below it

Q_SIGNALS:
    void worstClicked();

protected:
    bool event(QEvent* event) override;

private:
    Stage m_stage;
    std::optional<bool> m_compact;
    QVBoxLayout *m_column, *m_words;
    QHBoxLayout* m_line;
    ScoreRing* m_ring;
    TextBlock* m_name;
    ElidedLabel* m_count;
    WorstLink* m_worst;
    TextBlock* m_calm; ///< in its place where nothing is wrong
};

} // namespace glacis::ui
