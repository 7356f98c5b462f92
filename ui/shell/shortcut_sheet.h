// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QMenuBar;

namespace glacis::ui {

/// All shortcuts on one sheet: those of the menu bar by menu, then the keys that work within a page. Not
/// modal; deletes itself when closed.
class ShortcutSheet : public QDialog {
    Q_OBJECT
public:
    explicit ShortcutSheet(const QMenuBar& bar, QWidget* parent = nullptr);
};

} // namespace glacis::ui
