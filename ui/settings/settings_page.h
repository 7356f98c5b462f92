// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a person can choose, and what is stored where. Every choice holds at once and is kept at once; there
// is no Apply.
#pragma once

#include <shell/page_list.h>

class QLineEdit;
class QVBoxLayout;

namespace glacis::ui {

class ConnectionCard;
class ContextDirectory;
class ElidedLabel;
class PlainLabel;
class Segments;
class TextBlock;

class SettingsPage : public Page {
    Q_OBJECT
public:
    explicit SettingsPage(const PageContext& context, QWidget* parent = nullptr);
    void arrive(const Location& location) override;
    [[nodiscard]] Location here() const override;

private:
    QWidget* makeAppearance();
    QWidget* makeSources();
    QWidget* makeRecent();
    QWidget* makeStorage();
    void tell(); ///< everything as it is now
    void fillRecent();
    void tellPolicy();
    void choosePolicy();
    void ask(bool whether); ///< shows the question before everything is deleted

    Settings& m_settings;
    Theme& m_theme;
    ContextDirectory* m_contexts;
    ConnectionCard* m_connections = nullptr;
    Segments *m_themes, *m_scales, *m_motions, *m_scopes;
    QLineEdit* m_policy;
    TextBlock* m_policyNote;
    QVBoxLayout* m_recent;
    QWidget *m_delete, *m_question;
    PlainLabel* m_deleted;
};

} // namespace glacis::ui
