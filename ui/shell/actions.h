// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every action of the window with its shortcut, and the menu bar that lists them.
#pragma once

#include <theme/theme.h>

#include <QAction>
#include <QMenu>
#include <QMenuBar>

#include <vector>

namespace glacis::ui {

struct Actions {
    /// Makes all of them, owned by `owner`; fills the menu bar.
    Actions(QWidget& owner, QMenuBar& bar);

    QAction *openFile, *openFolder, *reload, *cancel, *quit;
    QAction *back, *forward, *filter, *coverage, *palette;
    QAction* inspector; ///< checkable: does it stand beside the pages that want it
    QAction* navigation; ///< names or icons at the left
    std::vector<QAction*> pages; ///< in the order of pageList(); data() is the id
    QAction *themeSystem, *themeDark, *themeLight; ///< exclusive; data() is the name
    QAction* toggleTheme;
    QAction *shortcuts, *tour, *about, *aboutQt;
    QMenu* open; ///< file, folder, practice
    QMenu* sources; ///< the switcher's menu: open, recent; filled by the window
    QMenu* recent;
    QMenu* practice; ///< practice clusters; filled by the window
    QAction* closeSource; ///< the one shown
    QMenu* opened; ///< those that are open, to switch to; filled by the window
    QAction* connectCluster; ///< leads to the Clusters page
    QMenu* contexts; ///< of the kubeconfig files; filled by the window
    QMenu* colour; ///< of the cluster that is open; filled by the window
};

} // namespace glacis::ui
