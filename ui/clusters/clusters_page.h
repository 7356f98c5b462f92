// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The fleet: contexts of all kubeconfig files, the files themselves, the role that a scan needs, and every
// host that was contacted.
#pragma once

#include <clusters/context_directory.h>
#include <shell/page_list.h>

class QLineEdit;
class QSplitter;
class QStackedWidget;

namespace glacis::ui {

class Banner;
class ContextDetails;
class ContextModel;
class ContextTable;
class ElidedLabel;
class Segments;

class ClustersPage : public Page {
    Q_OBJECT
public:
    explicit ClustersPage(const PageContext& context, QWidget* parent = nullptr);
    /// Location::filter searches; item is "view:files", "view:role", "view:hosts" or "context:KEY".
    void arrive(const Location& location) override;
    [[nodiscard]] Location here() const override;
    [[nodiscard]] bool hasFilter() const override { return true; }
    void focusFilter() override;
    [[nodiscard]] bool isBusy() const override;
    [[nodiscard]] QByteArray saveState() const override;
    void restoreState(const QByteArray& state) override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    enum View { Contexts, Files, Role, Hosts };
    QWidget* makeHead();
    QWidget* makeContexts();
    QWidget* makeEmpty();
    void tell();
    void show(int view);
    void scan();
    void test();
    void toggleFavourite();
    void popUp(const QPoint& global);
    void askFor(bool folder);

    workspace::Workspace& m_workspace;
    Settings& m_settings;
    ContextDirectory* m_directory;
    ContextModel* m_model;
    ContextTable* m_table;
    ContextDetails* m_details;
    QSplitter* m_splitter;
    QStackedWidget *m_views, *m_list;
    Segments *m_choice, *m_groups;
    QWidget* m_tools;
    QLineEdit* m_search;
    ElidedLabel* m_counts;
    Banner* m_note;
    bool m_bookTold = false;
};

} // namespace glacis::ui
