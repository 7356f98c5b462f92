// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Writers of an assessment: text for a terminal, and the formats of CLI.md. Same input, same bytes.
#pragma once

#include <string>
#include <vector>

#include <assessment/assessment.h>

namespace glacis::report {

struct WriteOptions {
    bool all = false; ///< platform, pass, not-assessed and not-applicable too
    bool platform = false; ///< the platform's own problems too
    bool colour = false; ///< text only: ANSI colours
    int width = 100; ///< text only: columns
    std::vector<std::string> checks; ///< only these ids; empty: all
    std::vector<std::string> namespaces; ///< only these; empty: all
    std::string sourceArgument; ///< how the person named the source: "--path dump/", for "what to do next"
    /// What reading the policy file had to say: no Inventory holds it. JSON and SARIF list it with the
    /// others.
    std::vector<inventory::Diagnostic> diagnostics;
};

[[nodiscard]] std::string writeText(const assessment::Assessment& assessment, const WriteOptions& options);
[[nodiscard]] std::string writeJson(
    const assessment::Assessment& assessment, const WriteOptions& options); ///< CLI.md schema
[[nodiscard]] std::string writeSarif(
    const assessment::Assessment& assessment, const WriteOptions& options); ///< SARIF 2.1.0
[[nodiscard]] std::string writeCsv(const assessment::Assessment& assessment,
    const WriteOptions& options); ///< RFC 4180, no formula injection
[[nodiscard]] std::string writeMarkdown(
    const assessment::Assessment& assessment, const WriteOptions& options);
[[nodiscard]] std::string writeJunit(const assessment::Assessment& assessment, const WriteOptions& options);

/// The findings that the options choose, in output order (the same for every format).
[[nodiscard]] std::vector<posture::Finding> chosenFindings(
    const assessment::Assessment& assessment, const WriteOptions& options);

} // namespace glacis::report
