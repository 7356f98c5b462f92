// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Rows of the Overview's cards, each a button that leads to what it tells of.
#pragma once

#include <overview/fix_advice.h>
#include <overview/summary.h>

#include <QAbstractButton>

#include <optional>

namespace glacis::ui {

/// A row that lights up under the pointer and shows the focus; subclasses paint what it says.
class RowButton : public QAbstractButton {
    Q_OBJECT
public:
    explicit RowButton(QWidget* parent = nullptr);
    [[nodiscard]] QSize minimumSizeHint() const override;

    static constexpr int pad = 8; ///< between the ground's edge and what the row says; a card's outset

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
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] QStringList titleLines(int width) const;
    [[nodiscard]] int trailWidth() const;
    void paintTrail(QPainter& painter, int right, int y) const;
    Severity m_severity;
    Stage m_stage;
    QString m_title, m_where, m_more;
};

/// The worst finding of a stage, on its card: shape and title in up to two lines.
class WorstLink : public RowButton {
    Q_OBJECT
public:
    explicit WorstLink(QWidget* parent = nullptr);
    void show(const assessment::Assessment& assessment, const posture::Finding& finding);
    using QWidget::show;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Severity m_severity = Severity::Info;
    QString m_title;
};

/// A fix: what to do, on what, how much effort, and a bar of the ways that it closes.
class FixRow : public RowButton {
    Q_OBJECT
public:
    /// number: its place in the smallest set, 0 outside of it; nullopt where no row of the list has one,
    /// which then needs no room
    FixRow(const FixLine& line, std::optional<int> number, QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] int numberWidth() const;
    [[nodiscard]] QStringList titleLines(int width) const;
    FixLine m_line;
    QString m_number;
    bool m_numbered;
};

} // namespace glacis::ui
