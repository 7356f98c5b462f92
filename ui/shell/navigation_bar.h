// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The pages at the left, in groups, with their counts.
#pragma once

#include <assessment/assessment.h>
#include <widgets/icons.h>

#include <QAbstractButton>

#include <vector>

class QButtonGroup;

namespace glacis::ui {

class NavigationButton : public QAbstractButton {
    Q_OBJECT
public:
    NavigationButton(Glyph glyph, const QString& title, QWidget* parent = nullptr);
    void setCount(const QString& count);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Glyph m_glyph;
    QString m_title;
    QString m_count;
};

class NavigationBar : public QWidget {
    Q_OBJECT
public:
    explicit NavigationBar(QWidget* parent = nullptr);
    void setCurrent(const QString& page);
    void setAssessment(const assessment::AssessmentPtr& assessment); ///< counts; nullptr clears them
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void chosen(const QString& page);

private:
    std::vector<NavigationButton*> m_buttons; ///< in the order of pageList()
};

} // namespace glacis::ui
