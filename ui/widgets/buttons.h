// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Ways to make a button, so that looks and accessible names are the same everywhere.
#pragma once

#include <widgets/icons.h>

#include <QPushButton>
#include <QToolButton>

#include <functional>

namespace glacis::ui {

enum class ButtonKind : std::uint8_t { Plain, Primary, Quiet, Link, Warning, Status };

[[nodiscard]] QPushButton* makeButton(
    const QString& text, ButtonKind kind = ButtonKind::Plain, QWidget* parent = nullptr);
/// An icon alone: `name` is what a screen reader says and what the tool tip shows.
[[nodiscard]] QToolButton* makeIconButton(Glyph glyph, const QString& name, QWidget* parent = nullptr);

/// Copies what `text` gives at the time of the click; shows a tick for a moment.
class CopyButton : public QToolButton {
    Q_OBJECT
public:
    CopyButton(const QString& name, std::function<QString()> text, QWidget* parent = nullptr);

private:
    void copy();
    std::function<QString()> m_text;
};

} // namespace glacis::ui
