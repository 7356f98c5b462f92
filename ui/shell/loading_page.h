// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <workspace/workspace.h>

#include <QWidget>

class QAction;
class QProgressBar;

namespace glacis::ui {

class ElidedLabel;

/// What stands in place of the pages while the first source is being read.
class LoadingPage : public QWidget {
    Q_OBJECT
public:
    LoadingPage(workspace::Workspace& workspace, QAction& cancel, QWidget* parent = nullptr);

private:
    void start();
    void tell(const workspace::LoadProgress& progress);
    workspace::Workspace& m_workspace;
    ElidedLabel* m_title;
    ElidedLabel* m_text;
    ElidedLabel* m_file;
    QProgressBar* m_bar;
};

/// Laid over the window while files are dragged across it.
class DropOverlay : public QWidget {
    Q_OBJECT
public:
    explicit DropOverlay(QWidget* over);

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace glacis::ui
