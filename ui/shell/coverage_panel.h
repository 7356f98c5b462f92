// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What could not be assessed and why, what could not be read of the source, and the permission that would
// show it. Stands above the status line, never over the page.
#pragma once

#include <assessment/assessment.h>

#include <QWidget>

class QToolButton;
class QVBoxLayout;

namespace glacis::ui {

class PlainLabel;

class CoveragePanel : public QWidget {
    Q_OBJECT
public:
    explicit CoveragePanel(QWidget* parent = nullptr);
    void setAssessment(const assessment::AssessmentPtr& assessment);
    void toggle();
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void fill();
    assessment::AssessmentPtr m_assessment;
    QVBoxLayout* m_body;
    PlainLabel* m_count;
    QWidget* m_content = nullptr;
    QToolButton* m_close;
};

} // namespace glacis::ui
