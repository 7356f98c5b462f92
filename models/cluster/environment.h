// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a process sees of its surroundings: variables and home. Handed in, so that tests need no setenv.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace glacis::cluster {

struct Environment {
    std::map<std::string, std::string> variables; ///< UTF-8; on Windows names are upper case
    std::string workingFolder; ///< absolute; relative paths given by a person start here

    [[nodiscard]] std::optional<std::string> variable(std::string_view name) const;
    [[nodiscard]] static Environment ofProcess();
};

} // namespace glacis::cluster
