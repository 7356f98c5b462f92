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

class ContextDirectory;

class SourceMenus : public QObject {
    Q_OBJECT
public:
    SourceMenus(Actions& actions, Settings& settings, workspace::Workspace& workspace,
        const ContextDirectory& contexts, QObject* parent);
    void refresh(); ///< open and recent sources and the mark at the colour, as they are now

Q_SIGNALS:
    void wanted(const glacis::workspace::SourceRequest& request);
    void contextWanted(const std::string& key);
    void colourChosen();

private:
    void fillPractice();
    void fillColours();
    void fillRecent();
    void fillOpened(); ///< those that are open, with their colour and age
    void fillContexts();
    [[nodiscard]] QString titleOf(const workspace::OpenSource& source) const;
    Actions& m_actions;
    Settings& m_settings;
    workspace::Workspace& m_workspace;
    const ContextDirectory& m_contexts;
};

} // namespace glacis::ui
