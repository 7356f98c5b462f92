// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A message across the page: what happened, what to do next, never modal. Hidden until show() says something.
#pragma once

#include <theme/tokens.h>
#include <widgets/icons.h>

#include <QWidget>

class QHBoxLayout;

namespace glacis::ui {

class PlainLabel;
class TextBlock;

class Banner : public QWidget {
    Q_OBJECT
public:
    enum class Kind : std::uint8_t { Info, Warning, Error };
    explicit Banner(QWidget* parent = nullptr);
    /// Both texts are plain; `detail` may come from outside (through shown()).
    void tell(Kind kind, const QString& title, const QString& detail);
    void addAction(QAction* action);
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString detail() const;

Q_SIGNALS:
    void dismissed();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Kind m_kind = Kind::Info;
    PlainLabel* m_title;
    TextBlock* m_detail;
    QHBoxLayout* m_actions;
};

} // namespace glacis::ui
