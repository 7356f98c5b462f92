// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/run.h>

#include <algorithm>
#include <cstdio>

#include <app/commands.h>
#include <app/console.h>
#include <app/output_file.h>
#include <app/source.h>

namespace glacis::app {

using inventory::Diagnostic;

int fail(const Error& error)
{
    printError(error.message);
    return ExitFailed;
}

Result<Loaded> load(const Options& options, const Interrupt& interrupt)
{
    Loaded loaded;
    auto policy = loadPolicy(options, loaded.policyDiagnostics);
    if (!policy)
        return tl::unexpected(policy.error());
    loaded.policy = std::make_shared<const posture::Policy>(std::move(*policy));
    ProgressLine line(!options.quiet);
    auto inventory = loadSource(options, *loaded.policy, interrupt.token(),
        { [&](const inventory::ImportProgress& progress) { line.show(progress); },
            [&](const std::string& text) { line.show(text); }, [&] { line.clear(); } });
    line.clear();
    if (!inventory)
        return tl::unexpected(inventory.error());
    loaded.inventory = std::move(*inventory);
    return loaded;
}

int interrupted()
{
    printError("interrupted; nothing was written");
    return ExitInterrupted;
}

void printDiagnostics(const std::vector<const std::vector<Diagnostic>*>& lists, bool quiet)
{
    std::vector<Diagnostic> all;
    for (const auto* list : lists)
        all.insert(all.end(), list->begin(), list->end());
    const std::string text = diagnosticsText(std::move(all), quiet);
    std::fwrite(text.data(), 1, text.size(), stderr);
}

bool holdsError(const std::vector<Diagnostic>& diagnostics)
{
    return std::any_of(diagnostics.begin(), diagnostics.end(),
        [](const Diagnostic& d) { return d.level == Diagnostic::Level::Error; });
}

Result<Run> assess(
    const Options& options, const Interrupt& interrupt, std::shared_ptr<const posture::Catalogue> catalogue)
{
    auto loaded = load(options, interrupt);
    if (!loaded)
        return tl::unexpected(loaded.error());
    auto assessed = assessment::assess(
        loaded->inventory, loaded->policy, std::move(catalogue), interrupt.token(), options.threads);
    if (interrupt.requested())
        return failure("interrupted");
    if (!assessed)
        return tl::unexpected(assessed.error());
    // Kept to the end of the process: freeing a large Inventory piece by piece would only take time.
    static const auto* keep = new assessment::AssessmentPtr(*assessed);
    printDiagnostics(
        { &loaded->inventory->diagnostics, &loaded->policyDiagnostics, &(*keep)->posture.diagnostics },
        options.quiet);
    return Run { *keep, std::move(loaded->policyDiagnostics) };
}

int finish(const Options& options, Interrupt& interrupt, const Run& run, const std::string& text)
{
    if (interrupt.requested())
        return interrupted();
    interrupt.readingDone();
    if (auto written = writeOutput(text, options.output); !written)
        return fail(written.error());
    if (options.strict
        && (holdsError(run.assessment->inventory->diagnostics) || holdsError(run.policyDiagnostics))) {
        printError("a part of the source could not be read (--strict)");
        return ExitFailed;
    }
    return ExitDone;
}

} // namespace glacis::app
