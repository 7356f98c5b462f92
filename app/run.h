// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What commands with a source share: read, assess, write, and the exit code of each.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <app/drawing.h>
#include <app/interrupt.h>
#include <app/options.h>
#include <assessment/assessment.h>

namespace glacis::app {

int fail(const Error& error); ///< prints the message; ExitFailed
int interrupted(); ///< says so; ExitInterrupted

/// What every command with a source begins with.
struct Loaded {
    std::shared_ptr<const posture::Policy> policy;
    std::vector<inventory::Diagnostic> policyDiagnostics;
    inventory::InventoryPtr inventory;
};

[[nodiscard]] Result<Loaded> load(const Options& options, const Interrupt& interrupt);
void printDiagnostics(const std::vector<const std::vector<inventory::Diagnostic>*>& lists, bool quiet);
[[nodiscard]] bool holdsError(const std::vector<inventory::Diagnostic>& diagnostics);

/// A source, read and assessed; its messages are printed by then.
struct Run {
    assessment::AssessmentPtr assessment;
    std::vector<inventory::Diagnostic> policyDiagnostics;
};
[[nodiscard]] Result<Run> assess(const Options& options, const Interrupt& interrupt,
    std::shared_ptr<const posture::Catalogue> catalogue = {});
/// Writes the output; then the exit code, --strict included.
[[nodiscard]] int finish(
    const Options& options, Interrupt& interrupt, const Run& run, const std::string& text);

// graph_commands.cpp
int paths(const Options& options);
int fixes(const Options& options);
int edges(const Options& options);

// cluster_source.cpp
int role(const Options& options);

// report_command.cpp
int report(const Options& options, const Drawing& drawing);
/// `wanted` says what the options do not: names and selection. Of the audit edition with the snapshot's hash.
[[nodiscard]] Result<report::Document> makeDocument(const Options& options, const Run& run,
    const Drawing& drawing, report::ReportOptions wanted, const StopToken& stop);
[[nodiscard]] Result<std::string> writeReport(
    const ReportJob& job, Format format, const Drawing& drawing, const StopToken& stop);

} // namespace glacis::app
