// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <widgets/card.h>

class QLineEdit;
class QVBoxLayout;

namespace glacis::ui {

class ContextDirectory;
class Segments;
class Settings;
class TextBlock;

/// Settings of connections: where credential plugins are looked for, a certificate authority beside the
/// system's, and the plugins that may run unasked.
class ConnectionCard : public Card {
    Q_OBJECT
public:
    ConnectionCard(ContextDirectory& directory, Settings& settings, QWidget* parent = nullptr);
    void tell();

private:
    QWidget* makeFolders();
    QWidget* makeCa();
    QWidget* makeApprovals();
    void tellFolders();
    void tellApprovals();
    void setFolders(const QStringList& folders);
    ContextDirectory& m_directory;
    Settings& m_settings;
    QVBoxLayout *m_folders, *m_approvals;
    QLineEdit* m_ca;
    TextBlock *m_caNote, *m_problem;
    Segments* m_shell;
};

} // namespace glacis::ui
