// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <assessment/assessment.h>

#include <QWidget>

class QPushButton;

namespace glacis::ui {

class ElidedLabel;
class PlainLabel;

/// Counts, coverage gaps (a button that opens their panel), time of the analysis.
class StatusLine : public QWidget {
    Q_OBJECT
public:
    explicit StatusLine(QWidget* parent = nullptr);
    void setAssessment(const assessment::AssessmentPtr& assessment);

Q_SIGNALS:
    void coverageClicked();

private:
    ElidedLabel* m_counts;
    PlainLabel* m_readOnly;
    QPushButton* m_coverage;
    PlainLabel* m_time;
};

/// Is this row of the panel one of what went wrong in reading?
[[nodiscard]] bool isGap(const inventory::Diagnostic& diagnostic);
/// "2 coverage gaps": what could not be judged and what could not be read, a row of the panel each; empty
/// when nothing. The same words and number wherever a button leads to the panel.
[[nodiscard]] QString gapsText(const assessment::Assessment& assessment);

} // namespace glacis::ui
