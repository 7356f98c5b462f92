// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <attack/path_figure.h>

#include <QAbstractButton>

namespace glacis::ui {

/// The cheapest ways as a small picture; a click opens the Attack path. For the Overview. Empty while there
/// is no way.
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
    void resizeEvent(QResizeEvent* event) override;

private:
    void draw();
    assessment::AssessmentPtr m_assessment;
    PathFigurePtr m_figure;
    PathMarks m_marks;
};

} // namespace glacis::ui
