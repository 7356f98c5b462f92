// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Charts of problems by severity that a person points at, clicks and walks through. The one place where Qt
// Charts is used (GLACIS_CHARTS); without it the same picture is painted by hand, behind the same interface.
//
//     auto* chart = new StackedBarChart(tr("Problems by namespace"));
//     chart->setBars({ { "shop", counts }, { "vote", others } });
//     connect(chart, &Chart::activated, this, [&](int bar) { open(bar); });
//
// An item (bar, severity) is reached by pointer and by arrow keys, Enter or Space activates it, and a screen
// reader finds each as a child that says its values in words. Severity is told by order and shape beside
// colour. GUI thread.
#pragma once

#include <base/severity.h>

#include <QString>
#include <QWidget>

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

namespace glacis::ui {

using SeverityCounts = std::array<std::uint32_t, 5>; ///< by Severity, least first

/// "3 Critical, 5 High": those that occur, worst first; "none" when nothing does.
[[nodiscard]] QString countsInWords(const SeverityCounts& counts);

/// What charts have in common: items under pointer and keyboard.
class Chart : public QWidget {
    Q_OBJECT
public:
    explicit Chart(const QString& name, QWidget* parent = nullptr);
    [[nodiscard]] virtual int itemCount() const = 0; ///< those that can be seen
    [[nodiscard]] virtual QRect itemRect(int item) const = 0; ///< in the widget, mirrored as it is drawn
    [[nodiscard]] virtual QString itemText(int item) const = 0; ///< name and values in words
    /// Under the pointer, or where the keyboard is; -1: none.
    [[nodiscard]] int hovered() const { return m_hovered; }
    [[nodiscard]] int current() const { return m_current; }

Q_SIGNALS:
    void activated(int item);

protected:
    [[nodiscard]] virtual int itemAt(const QPoint& at) const = 0;
    [[nodiscard]] virtual QString itemToolTip(int item) const { return itemText(item); }
    [[nodiscard]] QRect mirrored(const QRect& box) const; ///< of a left-to-right box
    /// Pointer and keyboard forget items that are no more; the description for screen readers is written
    /// anew.
    void itemsChanged();
    void paintItemFocus(QPainter& painter) const;
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void hover(int item);
    void setCurrent(int item);
    int m_hovered = -1;
    int m_pressed = -1;
    int m_current = 0;
};

/// A ring of the severities with the total inside, and a legend that names and counts them, worst first. Item
/// numbers are those of the legend: 0 is critical.
class DonutChart : public Chart {
    Q_OBJECT
public:
    explicit DonutChart(const QString& name, QWidget* parent = nullptr);
    ~DonutChart() override;
    void setCounts(const SeverityCounts& counts);
    /// No problems: is that good (the usual case), or was there nothing to judge?
    void setJudged(bool judged);
    [[nodiscard]] const SeverityCounts& counts() const { return m_counts; }
    [[nodiscard]] static Severity severityOf(int item);
    [[nodiscard]] int itemCount() const override { return static_cast<int>(m_counts.size()); }
    [[nodiscard]] QRect itemRect(int item) const override;
    [[nodiscard]] QString itemText(int item) const override;
    [[nodiscard]] QRect ringRect() const; ///< square, mirrored as it is drawn
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    [[nodiscard]] int itemAt(const QPoint& at) const override;
    [[nodiscard]] QString itemToolTip(int item) const override;
    void paintEvent(QPaintEvent* event) override;

private:
    class Ring;
    void paintLegend(QPainter& painter) const;
    [[nodiscard]] std::uint64_t total() const;
    SeverityCounts m_counts {};
    bool m_judged = true;
    std::unique_ptr<Ring> m_ring;
};

/// One bar: a name, and how many of each severity.
struct ChartBar {
    QString label;
    SeverityCounts bySeverity {};
    [[nodiscard]] std::uint64_t total() const;
};

/// Horizontal bars of segments, worst severity first, with the total at the end. Shows as many bars as its
/// height has room for.
class StackedBarChart : public Chart {
    Q_OBJECT
public:
    explicit StackedBarChart(const QString& name, QWidget* parent = nullptr);
    void setBars(std::vector<ChartBar> bars);
    [[nodiscard]] const std::vector<ChartBar>& bars() const { return m_bars; }
    [[nodiscard]] int itemCount() const override; ///< bars that fit
    [[nodiscard]] QRect itemRect(int item) const override;
    [[nodiscard]] QString itemText(int item) const override;
    /// What is painted of a severity in a bar; empty where it has none.
    [[nodiscard]] QRectF segmentRect(int item, Severity severity) const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void fitted(int shown); ///< how many bars are in view has changed

protected:
    [[nodiscard]] int itemAt(const QPoint& at) const override;
    [[nodiscard]] QString itemToolTip(int item) const override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Columns {
        int labelLeft = 0, labelWidth = 0, trackLeft = 0, trackWidth = 0, numberLeft = 0, numberWidth = 0;
    };
    [[nodiscard]] Columns columns() const;
    [[nodiscard]] QRectF trackRect(int item) const; ///< left to right
    [[nodiscard]] int rowHeight() const;
    void refit();
    std::vector<ChartBar> m_bars;
    std::uint64_t m_longest = 0;
    int m_shown = 0;
};

} // namespace glacis::ui
