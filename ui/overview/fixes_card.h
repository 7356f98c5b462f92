// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// "Fix these first": the smallest set of changes and the next best ones, each with the ways that it closes.
#pragma once

#include <shell/attack_facts.h>
#include <widgets/card.h>

class QPushButton;

namespace glacis::ui {

class EmptyState;
class FittingRows;
class TextBlock;

class FixesCard : public Card {
    Q_OBJECT
public:
    explicit FixesCard(QWidget* parent = nullptr);
    /// While the facts are under way a skeleton stands here.
    void show(const assessment::Assessment& assessment, const AttackFacts& facts);
    using QWidget::show;

Q_SIGNALS:
    void chosen(const QString& option); ///< id of a break option
    void findingsWanted(
        const QString& filter); ///< where no way tells what to do, findings are the place to begin
    void pathWanted(); ///< the changes that have no room here

private:
    void showRows(const assessment::Assessment& assessment, const AttackFacts& facts);
    void showNoWay(const assessment::Assessment& assessment);
    void showEmpty(EmptyState* empty);
    void offerFindings(EmptyState& empty, const assessment::Assessment& assessment);
    void tellMore();
    TextBlock* m_summary;
    QWidget* m_bones; ///< quiet bars in the place of rows
    FittingRows* m_rows;
    EmptyState* m_empty = nullptr;
    QPushButton* m_more; ///< at the title's end, so that its coming and going moves no row
    std::size_t m_inSet = 0; ///< changes of the smallest set
};

} // namespace glacis::ui
