// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reads Kubernetes objects from files into an Inventory. Broken parts become diagnostics and hide nothing
// else.
#pragma once

#include <functional>
#include <istream>
#include <optional>
#include <string>
#include <vector>

#include <base/result.h>
#include <base/stop_token.h>
#include <credentials/classify.h>
#include <inventory/inventory.h>

namespace glacis::inventory {

struct ImportProgress {
    std::uint64_t bytesDone = 0;
    std::uint64_t bytesTotal = 0; ///< 0 when unknown (standard input)
    std::uint64_t objects = 0;
    std::string file;
};

struct ImportOptions {
    credentials::Rules rules;
    std::optional<Scope> scope; ///< unset: by what the files hold
    std::vector<std::string> factsFiles;
    unsigned threads = 0; ///< 0: default
    StopToken stop;
    std::function<void(const ImportProgress&)>
        progress; ///< called from the importing thread, at most every 50 ms
    // Caps
    std::uint64_t maxFileBytes = 4ULL << 30;
    std::uint64_t maxDocumentBytes = 256ULL << 20;
    int maxDepth = 100;
};

/// Each path is a file, a folder (walked; .yaml, .yml, .json) or "-" for standard input. Fails only when a
/// path cannot be opened at all and nothing else was readable, or when stopped ("cancelled"). Blocking; any
/// thread.
[[nodiscard]] Result<InventoryPtr> importPaths(
    const std::vector<std::string>& paths, const ImportOptions& options);

/// One text, as if it were the content of the file `name`; for tests, the clipboard and practice clusters.
[[nodiscard]] Result<InventoryPtr> importText(
    std::string_view text, const std::string& name, const ImportOptions& options);

/// Adds a facts file's observations. A malformed file is an error that names line and field.
[[nodiscard]] Result<void> readFacts(
    std::string_view text, const std::string& name, Observations& into, std::vector<Diagnostic>& diagnostics);

/// The same for files on disk, in order; the first that is malformed or cannot be opened ends it.
[[nodiscard]] Result<void> readFactsFiles(const std::vector<std::string>& files, Inventory& into);

} // namespace glacis::inventory
