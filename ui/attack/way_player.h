// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One way told step by step: played like a film, stepped, or scrubbed along a track.
#pragma once

#include <attack/path_figure.h>

#include <QAbstractSlider>
#include <QWidget>

class QAbstractButton;
class QToolButton;
class QTimer;
class QVariantAnimation;

namespace glacis::ui {

class ElidedLabel;
class PlainLabel;

/// A dot for each place of the way, joined by a line that is red as far as the attacker came.
class WayTrack : public QAbstractSlider {
    Q_OBJECT
public:
    explicit WayTrack(QWidget* parent = nullptr);
    void setPlaces(const QStringList& names, Token ink); ///< the entry, then where each step leads
    void setRunning(double part); ///< between value() and the next step, while it is played; 0: stands
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] double xOf(double place) const;
    [[nodiscard]] int placeAt(double x) const;
    QStringList m_names;
    double m_running = 0;
    Token m_ink = Token::Critical; ///< of what was passed
};

class WayPlayer : public QWidget {
    Q_OBJECT
public:
    explicit WayPlayer(QWidget* parent = nullptr);

    /// The way to tell, at its end; nullptr: none. `number` and `count` are for "Way 1 of 21".
    void setWay(PathFigurePtr figure, const SceneWay* way, std::size_t number, std::size_t count);
    /// The same way in a figure drawn anew: step and film go on.
    void redraw(PathFigurePtr figure, const SceneWay* way);
    void setStep(std::uint32_t step); ///< 0: at the entry
    [[nodiscard]] std::uint32_t step() const { return m_step; }
    [[nodiscard]] std::uint32_t steps() const { return static_cast<std::uint32_t>(m_numbered.size()); }
    /// The step of this number, from 1.
    [[nodiscard]] const SceneStep* stepAt(std::uint32_t number) const;
    void play();
    void pause();
    [[nodiscard]] bool isPlaying() const;

Q_SIGNALS:
    void stepChanged(std::uint32_t step);
    void running(int curve, double at); ///< while a step is played; curve -1: nothing runs
    void previousWay();
    void nextWay();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void take(PathFigurePtr figure, const SceneWay* way); ///< its numbered steps and places
    void stepBy(int by);
    void tell();
    void runNext();
    void arrived();
    PathFigurePtr m_figure;
    SceneWay m_way;
    std::vector<SceneStep> m_numbered;
    std::size_t m_number = 0, m_count = 0;
    std::uint32_t m_step = 0;
    QAbstractButton* m_play;
    QToolButton *m_stepBack, *m_stepForward, *m_back, *m_forward;
    ElidedLabel *m_title, *m_sentence;
    PlainLabel* m_facts;
    WayTrack* m_track;
    QVariantAnimation* m_run;
    QTimer *m_rest, *m_still; ///< after a step; for a step without motion
    bool m_playing = false;
};

} // namespace glacis::ui
