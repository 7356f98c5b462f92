// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The menus that say what can be opened, and in which colour it stands: practice clusters, recent sources,
// the switcher's menu, the cluster's colour.
#pragma once

#include <shell/actions.h>
#include <shell/settings.h>
#include <workspace/workspace.h>

#include <QObject>

namespace glacis::ui {

class SourceMenus : public QObject {
    Q_OBJECT
public:
    SourceMenus(Actions& actions, Settings& settings, const workspace::Workspace& workspace, QObject* parent);
    void refresh(); ///< recent sources and the mark at the colour, as they are now

Q_SIGNALS:
    void wanted(const glacis::workspace::SourceRequest& request);
    void colourChosen();

private:
    void fillPractice();
    void fillColours();
    void fillRecent();
    Actions& m_actions;
    Settings& m_settings;
    const workspace::Workspace& m_workspace;
};

} // namespace glacis::ui
