// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace glacis::ui {

class TextBlock;

/// One of a few that exclude each other: a title, and a line that says what for whom. The chosen one has a
/// ring with a dot and a coloured edge.
class EditionCard : public QAbstractButton {
    Q_OBJECT
public:
    EditionCard(const QString& title, const QString& purpose, QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    TextBlock* m_title;
};

} // namespace glacis::ui
