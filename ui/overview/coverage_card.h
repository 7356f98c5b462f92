// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the scan could see, kind by kind, and how much of the source could not be read.
#pragma once

#include <overview/summary.h>
#include <widgets/card.h>

class QPushButton;

namespace glacis::ui {

class FittingRows;

class CoverageCard : public Card {
    Q_OBJECT
public:
    explicit CoverageCard(QWidget* parent = nullptr);
    void show(const assessment::Assessment& assessment, const Summary& summary);
    using QWidget::show;

Q_SIGNALS:
    void detailsWanted(); ///< what could not be seen, and the permission that would show it

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void tellShare();
    void fillLines(const Summary& summary);
    void fillGaps(const assessment::Assessment& assessment);
    QString m_percent; ///< of the checks that apply, judged
    QWidget* m_lines = nullptr;
    FittingRows* m_gaps; ///< what could not be read or judged, as far as there is room
    QPushButton* m_details;
};

} // namespace glacis::ui
