// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The inspector's own sentences: translated, in one context. Mark the texts with
// QT_TRANSLATE_NOOP("Inspector", …) where they are written.
#pragma once

#include <widgets/time_text.h>

#include <QCoreApplication>

namespace glacis::ui::inspect {

[[nodiscard]] inline QString words(const char* text)
{
    return QCoreApplication::translate("Inspector", text);
}

/// `one` for a single one, else `many` with its %1 filled in.
[[nodiscard]] inline QString counted(const char* one, const char* many, std::uint64_t count)
{
    return count == 1 ? words(one) : words(many).arg(countText(count));
}

} // namespace glacis::ui::inspect
