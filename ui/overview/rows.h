// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Rows of the Overview's cards, each a button that leads to its findings.
#pragma once

#include <overview/summary.h>

#include <QAbstractButton>

#include <utility>

namespace glacis::ui {

/// A row that lights up under the pointer and shows the focus; subclasses paint what it says.
class RowButton : public QAbstractButton {
    Q_OBJECT
public:
    explicit RowButton(QWidget* parent = nullptr);
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintGround(QPainter& painter) const;
    [[nodiscard]] QRect mirrored(const QRect& box) const; ///< of a left-to-right box
};

/// Severity, what is wrong and where, how many more the check has.
class WorstRow : public RowButton {
    Q_OBJECT
public:
    WorstRow(const assessment::Assessment& assessment, const WorstFinding& worst, QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Severity m_severity;
    Stage m_stage;
    QString m_title, m_where, m_more;
};

/// A label, a bar of segments by severity, a number.
class BarRow : public RowButton {
    Q_OBJECT
public:
    BarRow(const QString& label, std::array<std::uint32_t, 5> bySeverity, std::uint32_t longest,
        QWidget* parent = nullptr);
    void setMark(Severity severity); ///< shape before the label
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_label;
    std::array<std::uint32_t, 5> m_counts;
    std::uint32_t m_total = 0;
    std::uint32_t m_longest;
    std::optional<Severity> m_mark;
};

} // namespace glacis::ui
