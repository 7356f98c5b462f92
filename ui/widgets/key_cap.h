// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A shortcut as a small outlined cap: "Ctrl+K" at the end of a row, in the search box, in the shortcut sheet.
#pragma once

#include <QPalette>
#include <QRect>
#include <QString>
#include <QWidget>

class QPainter;

namespace glacis::ui {

[[nodiscard]] QSize keyCapSize(const QString& keys); ///< logical pixels
/// Fills `rect`, which has keyCapSize().
void paintKeyCap(QPainter& painter, const QRect& rect, const QString& keys, const QPalette& palette);

class KeyCap : public QWidget {
    Q_OBJECT
public:
    explicit KeyCap(const QString& keys, QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override { return keyCapSize(m_keys); }
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_keys;
};

} // namespace glacis::ui
