// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Cuts a shell script in commands and words without running anything. A word
// keeps its place in the script; quotes around a whole word are stripped,
// substitutions stay whole: TOKEN=$(cat /run/token) is one word.
#pragma once

#include <string_view>
#include <vector>

namespace glacis::credentials {

class ShellWords {
public:
    explicit ShellWords(std::string_view script)
        : m_script(script)
    {
    }
    /// The words of the next command (at most 4,096), as views into the script;
    /// false at the end.
    [[nodiscard]] bool nextCommand(std::vector<std::string_view>& words);

private:
    [[nodiscard]] std::string_view nextWord();

    std::string_view m_script;
    std::size_t m_at = 0;
};

/// Without the quotes that enclose all of it.
[[nodiscard]] std::string_view unquoted(std::string_view word);

} // namespace glacis::credentials
