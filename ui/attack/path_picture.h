// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <assessment/assessment.h>

#include <QAbstractButton>

namespace glacis::ui {

/// The cheapest ways as a small picture without text of its own to read closely; a click opens the Attack
/// path. For the Overview.
class PathPicture : public QAbstractButton {
    Q_OBJECT
public:
    explicit PathPicture(QWidget* parent = nullptr);
    void show(const assessment::AssessmentPtr& assessment);
    using QWidget::show;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace glacis::ui
