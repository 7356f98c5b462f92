// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The command line as a value. Parsing is pure (but for the question whether a bare argument names a file)
// and says in one sentence what is wrong; whether check ids exist is asked later, where the catalogue is.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <base/result.h>
#include <base/severity.h>
#include <inventory/coverage.h>
#include <report/make_report.h>

namespace glacis::app {

enum class Command : std::uint8_t { Window, Scan, Paths, Fixes, Report, Snapshot, Checks, Edges, Role };
enum class Format : std::uint8_t { Text, Json, Sarif, Csv, Markdown, Junit, Dot, Html, Pdf };

struct Options {
    Command command = Command::Window;
    bool help = false;
    bool version = false;

    // the source
    std::vector<std::string> paths;
    std::string snapshot;
    std::string practice; ///< name of a practice cluster
    std::string context; ///< of a kubeconfig; empty with a cluster as the source: the current one
    std::vector<std::string> kubeconfigs; ///< instead of KUBECONFIG and ~/.kube/config
    std::chrono::seconds timeout {}; ///< for reading a cluster; 0: none
    bool allowExec = false; ///< run the context's credential plugin without asking
    bool allSecretNames = false; ///< also in more than 500 namespaces
    std::vector<std::string> facts;
    std::string policy;
    std::optional<inventory::Scope> scope;

    // what is written, and where
    Format format = Format::Text;
    bool formatAsked = false; ///< by --format, or by the ending of a report's file
    std::string output; ///< empty or "-": standard output
    std::optional<Severity> failOn;
    std::vector<std::string> checks;
    std::vector<std::string> namespaces;
    bool all = false;
    bool strict = false;
    bool quiet = false;
    unsigned threads = 0;
    std::string checkId; ///< glacis checks ID, glacis edges NAME
    std::string from, to; ///< nodes of the attack graph; empty: the Internet, every jewel
    std::optional<std::size_t> limit; ///< ways or fixes to tell; 0: all
    bool minimal = false;

    // the scanner's role
    std::vector<std::string> with; ///< optional parts

    // the report
    report::Edition edition = report::Edition::Engineer;
    std::set<report::Section> without; ///< sections that are left out
    std::string classification, logo;
    bool letter = false; ///< paper: US Letter instead of A4
    bool redactNames = false;
    std::optional<std::int64_t> date; ///< of the report, seconds since 1970; unset: now

    // the window
    std::string theme, page, screenshot;
    std::string at; ///< filter of the page, or "node:…", "way:…", "edge:…"
    std::optional<std::string> palette; ///< text that stands in the opened palette
    unsigned tour = 0; ///< step at which the tour stands, from 1
    bool rtl = false, gallery = false;
    bool empty = false; ///< nothing is opened at start
    int width = 0, height = 0;
    double scale = 0;
};

/// Does this bare argument name a file or folder? Tells "glacis dump" from a mistyped command.
using FileTest = std::function<bool(const std::string&)>;
[[nodiscard]] bool fileExists(const std::string& path);

/// args without the program's name.
[[nodiscard]] Result<Options> parseOptions(
    std::span<const std::string> args, const FileTest& isFile = fileExists);

/// Help of the program (Command::Window) or of one command.
[[nodiscard]] std::string helpText(Command command);

[[nodiscard]] std::string_view name(Command command); ///< "scan"; empty for the window
/// Neither files, nor a snapshot, nor a practice cluster: a context of a kubeconfig.
[[nodiscard]] bool readsCluster(const Options& options);
/// The source as a person would type it again: "--path dump/ --facts facts.yaml".
[[nodiscard]] std::string sourceArgument(const Options& options);

} // namespace glacis::app
