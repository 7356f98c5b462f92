// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The pages at the left, in groups, with their counts; as a rail of icons where names would take the room
// that a page needs.
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
    void setNarrow(bool narrow); ///< icon alone, name and count as tool tip
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void describe();
    Glyph m_glyph;
    QString m_title;
    QString m_count;
    bool m_narrow = false;
};

class NavigationBar : public QWidget {
    Q_OBJECT
public:
    explicit NavigationBar(QWidget* parent = nullptr);
    void setCurrent(const QString& page);
    void setAssessment(const assessment::AssessmentPtr& assessment); ///< counts; nullptr clears them
    void setNarrow(bool narrow);
    [[nodiscard]] bool isNarrow() const { return m_narrow; }
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void chosen(const QString& page);

private:
    std::vector<NavigationButton*> m_buttons; ///< in the order of pageList()
    std::vector<QWidget*> m_headings;
    bool m_narrow = false;
};

} // namespace glacis::ui
