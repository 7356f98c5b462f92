// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The widgets of a DescribedPart: heading over text, code, or rows. A row that leads somewhere is a button
// as wide as the inspector; one that does not is text.
#pragma once

#include <inspector/description.h>

#include <QAbstractButton>

#include <functional>

namespace glacis::ui {

/// Room that a part leaves at either side of its texts; a column of parts has that much less padding.
inline constexpr int PartInset = 8;

enum class RowLook : std::uint8_t { Row, Card };

/// A row that is clicked, or pressed with Space or Return, to go where it leads.
class RowLink : public QAbstractButton {
    Q_OBJECT
public:
    RowLink(const DescribedRow& row, RowLook look, QWidget* parent = nullptr);
    [[nodiscard]] const Location& target() const { return m_row.to; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    DescribedRow m_row;
    RowLook m_look;
};

/// `go` is called with the target of a row that was chosen.
[[nodiscard]] QWidget* makePart(
    const DescribedPart& part, const std::function<void(const Location&)>& go, QWidget* parent = nullptr);

} // namespace glacis::ui
