// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the shell and its pages agree on. A page observes the Workspace by itself; the shell tells it where to
// stand (arrive) and asks where it stands (here), which is all that Back and Forward need.
#pragma once

#include <shell/selection.h>
#include <widgets/icons.h>

#include <workspace/workspace.h>

#include <QWidget>

namespace glacis::ui {

/// A place in the program. Fields that a page does not use stay empty.
struct Location {
    QString page; ///< "overview", "attack", "findings"
    QString filter;
    QString finding; ///< fingerprint of the selected one
    QString item {}; ///< what is selected of the attack graph: "node:ID", "edge:ID", "way:ID", "option:ID"
    friend bool operator==(const Location&, const Location&) = default;
};

class Page : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;
    virtual void arrive(const Location& location) = 0;
    [[nodiscard]] virtual Location here() const = 0;
    [[nodiscard]] virtual bool hasFilter() const { return false; } ///< something to search in by Ctrl+F
    virtual void focusFilter() { }
    /// What the inspector shows; nothing for a page that has none.
    [[nodiscard]] virtual Selection selection() const { return {}; }
    /// Does the inspector stand beside this page?
    [[nodiscard]] virtual bool wantsInspector() const { return false; }
    /// What the page remembers between runs, apart from its splitters; it must bear whatever restoreState()
    /// is given. Called when the window closes, and before the page is first shown.
    [[nodiscard]] virtual QByteArray saveState() const { return {}; }
    virtual void restoreState(const QByteArray& /*state*/) { }
    /// Still fetching something that it will show.
    [[nodiscard]] virtual bool isBusy() const { return false; }

Q_SIGNALS:
    void wanted(const glacis::ui::Location& location); ///< go there
    void selected(); ///< selection() answers anew
    void openWanted(const glacis::workspace::SourceRequest& request); ///< read and show it
    void coverageWanted(); ///< show what could not be read or judged
};

} // namespace glacis::ui
