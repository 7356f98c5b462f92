// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <attack/attack_page.h>

namespace glacis::ui {

using namespace Qt::StringLiterals;

AttackPage::AttackPage(workspace::Workspace&, QWidget* parent)
    : Page(parent)
{
    setObjectName(u"attackPage"_s);
}

void AttackPage::arrive(const Location&) { }

Location AttackPage::here() const { return { u"attack"_s, {}, {} }; }

} // namespace glacis::ui
