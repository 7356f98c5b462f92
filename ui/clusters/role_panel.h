// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <clusters/cluster_services.h>

#include <QWidget>

class QCheckBox;

namespace glacis::ui {

class CodeView;
class ElidedLabel;
class TextBlock;

/// The role that a scan needs, to hand to a cluster's owner: what each optional part adds and risks, the YAML
/// and the lines that apply it.
class RolePanel : public QWidget {
    Q_OBJECT
public:
    explicit RolePanel(const ClusterServices& services, QWidget* parent = nullptr);
    [[nodiscard]] const QString& yaml() const { return m_text; }

private:
    QWidget* makeParts();
    QWidget* makeCommand(const QString& title, const QString& command, const QString& name);
    void tell();
    const ClusterServices& m_services;
    std::vector<std::pair<std::string, QCheckBox*>> m_parts;
    CodeView* m_code;
    TextBlock* m_problem;
    QString m_text;
};

} // namespace glacis::ui
