// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The picture of the attack path: one painted area that is panned, zoomed, walked by keyboard and clicked.
// Knows cards and curves by number; what they mean is the page's business.
#pragma once

#include <attack/path_figure.h>
#include <attack/path_index.h>

#include <QAbstractScrollArea>
#include <QPixmap>

#include <optional>

namespace glacis::ui {

class PathCanvas : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit PathCanvas(QWidget* parent = nullptr);

    /// hold: a card of the new figure that stays where the card `was` of the old one stood on the screen.
    void setFigure(PathFigurePtr figure, std::optional<std::pair<int, int>> hold = {});
    [[nodiscard]] const PathFigurePtr& figure() const { return m_figure; }
    void setMarks(PathMarks marks); ///< what is lit and current stays as it is
    [[nodiscard]] const PathMarks& marks() const { return m_marks; }
    /// Where the runner of a film stands on a curve: 0 to 1; curve -1: no runner.
    void setRunner(int curve, double at);

    [[nodiscard]] double scale() const { return m_scale; }
    void fit(); ///< the whole picture, and again whenever the window's size changes
    [[nodiscard]] bool isFitted() const { return m_fitted; }
    void zoomBy(double factor); ///< around the middle of the view
    void zoomBy(double factor, QPointF anchor);
    void showCard(int card); ///< scrolls no more than it must
    void zoomToCard(int card); ///< centres it, near enough to read
    void setCurrentCard(int card); ///< the keyboard's; -1: none
    [[nodiscard]] int currentCard() const { return m_current; }
    /// Cards that match a search; empty: none marked.
    void setHits(std::vector<int> cards);

    /// In scene units.
    [[nodiscard]] QRectF visibleScene() const;
    [[nodiscard]] QPointF toScene(QPointF viewport) const;
    [[nodiscard]] QPointF fromScene(QPointF scene) const;
    void centreOn(QPointF scene);
    /// Room that the layout may fill, in scene units at scale 1.
    [[nodiscard]] QSizeF room() const;

Q_SIGNALS:
    void cardChosen(int card, Qt::KeyboardModifiers modifiers);
    void cardOpened(int card); ///< double click, or Enter on the keyboard's card
    void cardClosed(int card); ///< Backspace: back into the card that it was opened from
    void curveChosen(int curve);
    void groundChosen();
    void menuWanted(int card, int curve, QPoint global); ///< -1: not on one
    void stepWalked(int curve); ///< the keyboard went along it
    void viewChanged();
    void resized(); ///< room() answers anew

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void changeEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    enum class Walk : std::uint8_t { Forward, Back, Up, Down };
    void walk(Walk direction);
    void setScale(double scale, QPointF anchor);
    void updateBars();
    [[nodiscard]] QPoint panned() const;
    void panBy(QPointF by); ///< to the left and up, in pixels
    struct Hit {
        int card = -1, curve = -1;
    };
    [[nodiscard]] Hit hitAt(QPointF viewport) const; ///< nothing under the lanes' headings
    void hover(Hit hit);
    void lightUp(); ///< marks of hover and hits
    void changed(); ///< the static layer has to be painted anew
    void paintStatic();
    void paintStatic(QPainter& painter, const QRect& part); ///< a part of the viewport below the headings
    void paintHeads(QPainter& painter);
    void moveStatic(); ///< by m_moved: what was painted stays, the rest is added
    [[nodiscard]] QPointF origin() const; ///< of the scene, in the viewport
    [[nodiscard]] double fitScale() const;
    [[nodiscard]] QString tipOf(int card, int curve) const;

    PathFigurePtr m_figure;
    PathIndex m_index;
    PathMarks m_marks;
    std::vector<int> m_hits;
    double m_scale = 1;
    bool m_fitted = true; ///< follows the window's size
    int m_hoveredCard = -1, m_hoveredCurve = -1, m_current = -1;
    int m_runnerCurve = -1;
    double m_runnerAt = 0;
    std::optional<QPoint> m_press, m_pan; ///< where the button went down; last point of a drag
    QPixmap m_static;
    bool m_stale = true;
    QPoint m_moved; ///< panned since the static layer was painted
};

} // namespace glacis::ui
