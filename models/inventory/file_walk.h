// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which files a list of paths means. Internal to inventory/.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <base/stop_token.h>
#include <inventory/coverage.h>

namespace glacis::inventory {

struct FileEntry {
    std::string path; ///< UTF-8; "-" is standard input
    std::uint64_t size = 0; ///< 0 when unknown
    std::int64_t modified = 0; ///< seconds since 1970; 0 unknown
    bool stream = false; ///< standard input, a pipe: can be read once
};

/// Folders are walked (.yaml, .yml, .json; hidden folders left out), links are followed once, and all files
/// are sorted bytewise by path. What cannot be opened becomes a diagnostic. `opened`: how many of the paths
/// exist.
[[nodiscard]] std::vector<FileEntry> walkPaths(const std::vector<std::string>& paths,
    std::vector<Diagnostic>& diagnostics, std::size_t& opened, const StopToken& stop);

} // namespace glacis::inventory
