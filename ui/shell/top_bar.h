// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The line at the top: whose window this is, which source is open, what is being done with it.
#pragma once

#include <theme/tokens.h>
#include <workspace/workspace.h>

#include <QWidget>

#include <optional>

class QAction;
class QMenu;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace glacis::ui {

class ElidedLabel;
class PlainLabel;
class SearchBox;
class SourceButton;
class StateDot;

struct TopBarActions {
    QAction* reload = nullptr;
    QAction* cancel = nullptr;
    QAction* back = nullptr;
    QAction* forward = nullptr;
    QAction* palette = nullptr;
    QMenu* open = nullptr; ///< file, folder
    QMenu* sources = nullptr; ///< what can be switched to
};

class TopBar : public QWidget {
    Q_OBJECT
public:
    TopBar(workspace::Workspace& workspace, const TopBarActions& actions, QWidget* parent = nullptr);
    void setClusterToken(Token token); ///< marks whose window this is
    void setAlias(const QString& alias); ///< that a person gave the cluster; empty: none
    void setNarrow(bool narrow); ///< as the navigation below it

protected:
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void tell(); ///< source and state as they are now
    void giveWay(); ///< hides words that find no room
    void tellProgress(const workspace::LoadProgress& progress);
    workspace::Workspace& m_workspace;
    Token m_cluster = Token::Line;
    QString m_alias;
    QWidget* m_brand;
    PlainLabel* m_brandName;
    SourceButton* m_source;
    QWidget* m_state; ///< dot and words
    StateDot* m_dot;
    PlainLabel* m_stateText;
    QWidget* m_busy; ///< progress and Cancel, only while loading
    PlainLabel* m_busyText;
    QProgressBar* m_bar;
    SearchBox* m_search;
    QPushButton* m_reload;
};

/// "Reading · 3.1 MB of 12.4 MB · 1,200 objects"
[[nodiscard]] QString progressText(const workspace::LoadProgress& progress);
/// How far it is, in thousandths; nothing when that is not known.
[[nodiscard]] std::optional<int> progressShare(const workspace::LoadProgress& progress);
/// Name of a request before anything was read of it.
[[nodiscard]] QString requestTitle(const workspace::SourceRequest& request);

} // namespace glacis::ui
