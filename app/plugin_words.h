// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace glacis::app {

/// What a running program says on standard error, line by line, from looks at the end of it: the address and
/// the code of a sign-in must stand on the terminal whole, and once.
class PluginWords {
public:
    /// tail: all of it, or its end (ErrorTail), at each look. Gives the lines that were not given yet, each
    /// with its line end; a line without one when it has not grown since the last look.
    [[nodiscard]] std::string fresh(std::string_view tail);
    /// The same of a program that asks the person who sits there: all at once, as it stands, since the cursor
    /// waits behind it.
    [[nodiscard]] std::string asWritten(std::string_view tail);

private:
    [[nodiscard]] std::string_view notGiven(std::string_view tail, bool& grown) const;

    std::string m_before;
    std::size_t m_open = 0; ///< bytes at the end of it that were not given
    bool m_endedByUs = false; ///< the last line given had no end yet
};

} // namespace glacis::app
