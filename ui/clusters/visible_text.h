// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Text that a person is asked to judge: what cannot be seen is spelled out.
#pragma once

#include <QString>

#include <string>
#include <string_view>

namespace glacis::ui {

/// UTF-8 with control characters, direction marks and invisible characters as ⟨U+202E⟩, one line; more than
/// `limit` characters end in the number of those left out.
[[nodiscard]] QString visibleText(std::string_view utf8, qsizetype limit = 4000);

/// What may be shown of a variable that a kubeconfig adds: the value of names that are known to hold no
/// secret, the length of all others.
[[nodiscard]] QString variableText(const std::string& name, const std::string& value);

} // namespace glacis::ui
