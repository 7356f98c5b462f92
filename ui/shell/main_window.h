// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The shell: navigation, top bar, pages, status line. It knows which page stands where, not what pages show.
#pragma once

#include <clusters/context_directory.h>
#include <shell/actions.h>
#include <shell/history.h>
#include <shell/settings.h>
#include <shell/sign_in.h>
#include <shell/source_menus.h>
#include <theme/theme.h>
#include <workspace/workspace.h>

#include <QMainWindow>
#include <QPointer>

#include <vector>

class QStackedWidget;

namespace glacis::ui {

class Banner;
class CoveragePanel;
class DropOverlay;
class ExecGate;
class InspectorPane;
class LoadingPage;
class NavigationBar;
class Palette;
class StatusLine;
class TopBar;
class Tour;

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    /// gate: who is asked before a credential plugin runs; nullptr: nobody, none runs.
    MainWindow(workspace::Workspace& workspace, Theme& theme, Settings& settings,
        ClusterServices services = {}, ExecGate* gate = nullptr);
    ~MainWindow() override;

    void open(const workspace::SourceRequest& request);
    /// Shows a page at a place of it; Back returns.
    void go(const Location& location);
    [[nodiscard]] Location here() const;
    /// Nothing is being read, and no page is fetching what it will show.
    [[nodiscard]] bool isSettled() const;
    [[nodiscard]] ContextDirectory& contexts() { return m_contexts; }
    void openPalette(const QString& text = {});
    void startTour(std::size_t step = 0);

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

    void resizeEvent(QResizeEvent* event) override;

private:
    void furnish(); ///< makes all that stands in the window; anew when the size of type has changed
    void connectParts();
    void connectActions();
    void connectWorkspace();
    QWidget* makeCentre();
    QWidget* makeEmpty();
    void arrive(const Location& location);
    [[nodiscard]] Page* page(const QString& id);
    [[nodiscard]] static bool needsRead(const QString& page);
    [[nodiscard]] static bool isReady(const workspace::Workspace& workspace, const QString& page);
    void tellAssessment();
    void tellCluster(); ///< its colour, everywhere
    void chooseNavigation();
    void toggleNavigation();
    void ask(int what);
    void openPaths(const QStringList& paths);
    void openContext(const std::string& key); ///< reads it, or shows why that cannot be yet
    void tellContexts(); ///< at the first start: that some were found
    void emptied();
    void ready();
    void failed(const QString& reason);
    void showWhatIsThere(); ///< page, loading or empty, as the workspace stands
    void updateActions();
    void rememberState();

    workspace::Workspace& m_workspace;
    Theme& m_theme;
    Settings& m_settings;
    ContextDirectory m_contexts;
    SignIn m_signIn;
    Actions m_actions;
    SourceMenus m_menus;
    History m_history;
    Location m_location; ///< where the page shown was sent; its own word is here()

    // Made by furnish().
    TopBar* m_top = nullptr;
    NavigationBar* m_navigation = nullptr;
    Banner* m_banner = nullptr;
    Banner* m_found = nullptr; ///< contexts that were found at the first start
    QStackedWidget* m_stack = nullptr;
    InspectorPane* m_inspector = nullptr;
    QWidget* m_empty = nullptr;
    LoadingPage* m_loading = nullptr;
    CoveragePanel* m_coverage = nullptr;
    StatusLine* m_status = nullptr;
    DropOverlay* m_overlay = nullptr;
    Palette* m_palette = nullptr;
    QPointer<Tour> m_tour;
    std::vector<Page*> m_pages; ///< by pageList(); made on first visit
};

} // namespace glacis::ui
