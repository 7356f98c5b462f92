// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What lies over the picture's corners: the whole picture in small, the meaning of lines and marks.
#pragma once

#include <QWidget>

namespace glacis::ui {

class PathCanvas;

/// The whole picture with the part in view framed; click and drag move the view. Hides itself while all of
/// the picture is in view.
class MiniMap : public QWidget {
    Q_OBJECT
public:
    explicit MiniMap(PathCanvas& canvas, QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    void follow(); ///< the view or the picture changed

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    [[nodiscard]] QRectF pictureBox() const; ///< where the picture is drawn
    void moveTo(QPointF at);
    PathCanvas& m_canvas;
};

class PathLegend : public QWidget {
    Q_OBJECT
public:
    explicit PathLegend(QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
};

/// The canvas in a rounded frame with its overlays.
class CanvasFrame : public QWidget {
    Q_OBJECT
public:
    explicit CanvasFrame(QWidget* parent = nullptr);
    [[nodiscard]] PathCanvas& canvas() const { return *m_canvas; }
    void setLegendVisible(bool visible);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void place();
    PathCanvas* m_canvas;
    MiniMap* m_map;
    PathLegend* m_legend;
};

} // namespace glacis::ui
