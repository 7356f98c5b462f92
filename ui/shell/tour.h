// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A short walk through the window: a small card beside each of a few real places. Not modal; what lies beside
// the card works as ever. Skipped by its button or Esc, and over when the last step is done.
//
//     auto* tour = new Tour(window, { { title, text, location, [] { return rect; } }, … });
//     connect(tour, &Tour::wanted, window, &MainWindow::go);
//     tour->start();
#pragma once

#include <shell/page.h>

#include <QPointer>
#include <QRect>
#include <QWidget>

#include <functional>
#include <vector>

class QPushButton;

namespace glacis::ui {

class PlainLabel;
class TextBlock;

struct TourStep {
    QString title;
    QString text;
    Location location; ///< where the place is; empty page: wherever one is
    std::function<QRect()> place; ///< in the window's coordinates; empty: the card stands in the middle
};

class Tour : public QWidget {
    Q_OBJECT
public:
    Tour(QWidget& window, std::vector<TourStep> steps);
    ~Tour() override;

    void start(std::size_t step = 0);
    [[nodiscard]] std::size_t step() const { return m_step; }
    [[nodiscard]] std::size_t count() const { return m_steps.size(); }

Q_SIGNALS:
    void wanted(const glacis::ui::Location& location);
    void ended(); ///< done or skipped

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    class Ring;
    void show(std::size_t step);
    void end();
    void stand(); ///< beside the place, inside the window
    QWidget& m_window;
    std::vector<TourStep> m_steps;
    std::size_t m_step = 0;
    PlainLabel* m_number;
    PlainLabel* m_title;
    TextBlock* m_text;
    QWidget* m_dots;
    QPushButton *m_skip, *m_back, *m_next;
    QPointer<QWidget> m_ring; ///< around the place; a child of the window
};

} // namespace glacis::ui
