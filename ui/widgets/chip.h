// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Small rounded facts (Chip) and switches (ToggleChip: severity filter with its count).
#pragma once

#include <theme/tokens.h>
#include <widgets/plain_label.h>

#include <QAbstractButton>

#include <optional>

namespace glacis::ui {

class Chip : public PlainLabel {
    Q_OBJECT
public:
    explicit Chip(const QString& text, Token ink = Token::Text2, QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
};

class ToggleChip : public QAbstractButton {
    Q_OBJECT
public:
    explicit ToggleChip(
        const QString& text, std::optional<Severity> severity = {}, QWidget* parent = nullptr);
    void setCount(std::size_t count);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::optional<Severity> m_severity;
    QString m_word;
};

} // namespace glacis::ui
