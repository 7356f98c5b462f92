// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The shell: navigation, top bar, pages, status line. It knows which page stands where, not what pages show.
#pragma once

#include <shell/actions.h>
#include <shell/history.h>
#include <shell/settings.h>
#include <theme/theme.h>
#include <workspace/workspace.h>

#include <QMainWindow>

#include <vector>

class QStackedWidget;

namespace glacis::ui {

class Banner;
class CoveragePanel;
class DropOverlay;
class InspectorPane;
class LoadingPage;
class NavigationBar;
class StatusLine;

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    MainWindow(workspace::Workspace& workspace, Theme& theme, Settings& settings);
    ~MainWindow() override;

    void open(const workspace::SourceRequest& request);
    /// Shows a page at a place of it; Back returns.
    void go(const Location& location);
    [[nodiscard]] Location here() const;
    /// Nothing is being read, and no page is fetching what it will show.
    [[nodiscard]] bool isSettled() const;

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    void connectActions();
    void connectWorkspace();
    QWidget* makeCentre();
    QWidget* makeEmpty();
    void arrive(const Location& location);
    [[nodiscard]] Page* page(const QString& id);
    void ask(int what);
    void openPaths(const QStringList& paths);
    void ready();
    void failed(const QString& reason);
    void showWhatIsThere(); ///< page, loading or empty, as the workspace stands
    void updateActions();
    void fillRecent();
    void fillPractice();
    void rememberState();

    workspace::Workspace& m_workspace;
    Theme& m_theme;
    Settings& m_settings;
    Actions m_actions;
    History m_history;
    Location m_location; ///< where the page shown was sent; its own word is here()

    NavigationBar* m_navigation;
    Banner* m_banner;
    QStackedWidget* m_stack;
    InspectorPane* m_inspector;
    QWidget* m_empty;
    LoadingPage* m_loading;
    CoveragePanel* m_coverage;
    StatusLine* m_status;
    DropOverlay* m_overlay;
    std::vector<Page*> m_pages; ///< by pageList(); made on first visit
};

} // namespace glacis::ui
