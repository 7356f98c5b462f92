// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// "Fix these first": the smallest set of changes and the next best ones, each with the ways that it closes.
#pragma once

#include <shell/attack_facts.h>
#include <widgets/card.h>

namespace glacis::ui {

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
    void findingsWanted(); ///< where no way is known, the worst findings are the place to begin

private:
    void showRows(const assessment::Assessment& assessment, const AttackFacts& facts);
    void showEmpty(QWidget* empty);
    TextBlock* m_summary;
    QWidget* m_bones; ///< quiet bars in the place of rows
    FittingRows* m_rows;
    QWidget* m_empty = nullptr;
};

} // namespace glacis::ui
