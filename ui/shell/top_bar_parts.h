// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What stands in the top bar: the switcher of sources, the mark of their state, the way into the palette.
#pragma once

#include <theme/tokens.h>

#include <QAbstractButton>

#include <optional>

class QAction;
class QMenu;

namespace glacis::ui {

/// How far what is shown can be trusted at a glance: green, or yellow when it is old or has holes. The words
/// beside it say the same.
class StateDot : public QWidget {
    Q_OBJECT
public:
    explicit StateDot(QWidget* parent = nullptr);
    void setToken(Token token);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Token m_token = Token::Pass;
};

/// Looks like a line to type in, opens the palette.
class SearchBox : public QAbstractButton {
    Q_OBJECT
public:
    explicit SearchBox(QAction* palette, QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_keys;
};

/// The switcher: the cluster's colour, the source's name and a chevron, opening the menu of sources.
class SourceButton : public QAbstractButton {
    Q_OBJECT
public:
    explicit SourceButton(QMenu* menu, QWidget* parent = nullptr);
    void setToken(std::optional<Token> token); ///< none while nothing is open
    void tell(const QString& name, const QString& detail); ///< plain text
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QMenu* m_menu;
    QString m_name, m_detail;
    std::optional<Token> m_token;
};

} // namespace glacis::ui
