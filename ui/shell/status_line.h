// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <assessment/assessment.h>

#include <QWidget>

class QPushButton;

namespace glacis::ui {

class ElidedLabel;
class PlainLabel;

/// Counts, what could not be seen (a button), broken parts (a button), time of the analysis.
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

/// What the assessment could not judge, in words for the status line; empty when nothing.
[[nodiscard]] QString gapsText(const assessment::Assessment& assessment);

} // namespace glacis::ui
