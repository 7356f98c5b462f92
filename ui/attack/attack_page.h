// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <shell/page.h>

namespace glacis::ui {

/// The four-stage attack path: ways from the Internet to the crown jewels as a picture that can be walked.
class AttackPage : public Page {
    Q_OBJECT
public:
    explicit AttackPage(workspace::Workspace& workspace, QWidget* parent = nullptr);
    void arrive(const Location& location) override;
    [[nodiscard]] Location here() const override;
    [[nodiscard]] bool wantsInspector() const override { return true; }
};

} // namespace glacis::ui
