// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The window's content with the inspector at its right: it follows the page that is shown, stands beside
// those that want it, and stays away when a person closed it. Width and choice are kept between runs.
#pragma once

#include <shell/page.h>

#include <QPointer>
#include <QSplitter>

namespace glacis::ui {

class Inspector;

class InspectorPane : public QSplitter {
    Q_OBJECT
public:
    InspectorPane(QWidget* content, workspace::Workspace& workspace, QWidget* parent = nullptr);

    /// Shows what this page has selected, now and later; nullptr: there is no page.
    void follow(Page* page);
    void setOpen(bool open); ///< what the person wants, on all pages
    [[nodiscard]] bool isOpen() const { return m_open; }
    /// The page that is followed has use for it.
    [[nodiscard]] bool isOfUse() const { return m_page && m_page->wantsInspector(); }
    [[nodiscard]] Inspector& inspector() const { return *m_inspector; }
    [[nodiscard]] bool isBusy() const;
    [[nodiscard]] QByteArray state() const; ///< for the settings
    void restore(const QByteArray& state);

Q_SIGNALS:
    void wanted(const glacis::ui::Location& location);
    void openChanged(bool open);

private:
    void refresh();
    bool place(); ///< shows or hides it, as things stand; true: it has come
    void orderFocus();
    Inspector* m_inspector;
    QPointer<Page> m_page;
    QMetaObject::Connection m_selected;
    bool m_open = true;
    int m_width; ///< while it is shown; kept while it is not
};

} // namespace glacis::ui
