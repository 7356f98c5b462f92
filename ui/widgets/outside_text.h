// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The one gate for text from outside (names, paths, values, messages) on its way to a widget. It stays plain
// text in every sink: what could be taken for mark-up is escaped where the sink guesses, and what could
// reorder or hide characters is made visible.
//
//     label->setText(shown(object.name));
//     widget->setToolTip(toolTipText(shown(object.name)));
#pragma once

#include <QString>

#include <string_view>

namespace glacis::ui {

/// UTF-8 as one line: control characters and line ends become U+FFFD or a space, text direction overrides
/// U+FFFD, more than `limit` characters end in an ellipsis.
[[nodiscard]] QString shown(std::string_view utf8, qsizetype limit = 600);
/// As shown(), but keeps line ends and tabs: for text that is read in several lines.
[[nodiscard]] QString shownLines(std::string_view utf8, qsizetype limit = 20000);

/// Tool tips guess whether they hold mark-up; this says the text is plain whatever it holds.
[[nodiscard]] QString toolTipText(const QString& plain);
/// Buttons, menus and tabs read & as "next letter is the shortcut".
[[nodiscard]] QString withoutMnemonic(QString plain);

/// UTF-8 that we wrote ourselves (catalogue, vocabulary).
[[nodiscard]] inline QString fromUtf8(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace glacis::ui
