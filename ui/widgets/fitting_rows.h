// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Rows below each other, as many as the height has room for, the first ones first. What is left of the height
// goes between them, so that a list neither scrolls inside its card nor ends in a hole.
#pragma once

#include <QWidget>

#include <vector>

namespace glacis::ui {

class FittingRows : public QWidget {
    Q_OBJECT
public:
    /// least: so many rows are always shown, the smallest height follows from them.
    explicit FittingRows(int least, QWidget* parent = nullptr);
    /// Takes the rows; those of before are deleted once control is back in the event loop, as a row's own
    /// click may have led here.
    void setRows(const std::vector<QWidget*>& rows);
    /// A row that says what the next ones are: never the last in view.
    static void makeHeading(QWidget& row);
    [[nodiscard]] int shownRows() const { return m_shown; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void fitted(int shown); ///< how many rows are in view has changed

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] int heightOf(const QWidget* row) const; ///< at the present width
    [[nodiscard]] int heightOfFirst(int count) const;
    void arrange();
    std::vector<QWidget*> m_rows;
    int m_least;
    int m_leastHeight = 0;
    int m_shown = 0;
};

} // namespace glacis::ui
