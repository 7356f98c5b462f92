// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <clusters/context_directory.h>

#include <QWidget>

class QVBoxLayout;

namespace glacis::ui {

/// The kubeconfig files that are read: the usual ones and those that a person added, with what is wrong with
/// each. Added ones can be removed from the list; no file is ever written.
class FilesPanel : public QWidget {
    Q_OBJECT
public:
    explicit FilesPanel(ContextDirectory& directory, QWidget* parent = nullptr);

private:
    void tell();
    QWidget* makeFile(const FileFacts& file);
    QWidget* makeAdded(const QString& path);
    ContextDirectory& m_directory;
    QVBoxLayout* m_rows;
};

} // namespace glacis::ui
