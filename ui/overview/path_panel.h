// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <assessment/assessment.h>

#include <QWidget>

namespace glacis::ui {

class PathPicture;
class TextBlock;

/// The picture of the ways, and below it the cheapest one: step by step where the height allows, else in one
/// line.
class PathPanel : public QWidget {
    Q_OBJECT
public:
    explicit PathPanel(QWidget* parent = nullptr);
    /// `way` is one of the assessment's.
    void show(const assessment::AssessmentPtr& assessment, const attack::Way& way);
    using QWidget::show;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void opened();

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

private:
    void arrange();
    PathPicture* m_picture;
    TextBlock* m_line;
    QWidget* m_steps = nullptr;
};

} // namespace glacis::ui
