// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How an attacker crosses the cluster: a picture of the ways, and the cheapest of them in words.
#pragma once

#include <widgets/card.h>

#include <assessment/assessment.h>

class QPushButton;

namespace glacis::ui {

class PathPanel;

class WaysCard : public Card {
    Q_OBJECT
public:
    explicit WaysCard(QWidget* parent = nullptr);
    void show(const assessment::AssessmentPtr& assessment);
    using QWidget::show;

Q_SIGNALS:
    void opened(); ///< the Attack path is wanted

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QPushButton* m_open;
    PathPanel* m_panel;
    QWidget* m_empty = nullptr;
};

} // namespace glacis::ui
