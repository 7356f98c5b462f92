// SPDX-FileCopyrightText: Glacis contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/commands.h>

#include <algorithm>
#include <cstdio>

#include <app/console.h>
#include <app/interrupt.h>
#include <app/nearest.h>
#include <app/output_file.h>
#include <app/run.h>
#include <app/source.h>
#include <assessment/assessment.h>
#include <inventory/snapshot.h>
#include <report/plain.h>
#include <report/selection.h>
#include <report/text_parts.h>
#include <report/writers.h>

namespace glacis::app {
namespace {
    using assessment::AssessmentPtr;
    using inventory::Diagnostic;
    using inventory::InventoryPtr;

    std::vector<std::string> checkIds(const posture::Catalogue& catalogue)
    {
        std::vector<std::string> ids;
        for (const posture::CheckInfo& check : catalogue.checks())
            ids.push_back(check.id);
        return ids;
    }

    /// The catalogue's spelling of an id, whatever its case.
    Result<std::string> knownCheck(const posture::Catalogue& catalogue, const std::string& id)
    {
        std::string upper = id;
        for (char& c : upper)
            c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        if (catalogue.find(upper))
            return upper;
        return failure("unknown check '" + id + "'" + suggestion(id, checkIds(catalogue)));
    }

    std::string write(
        Format format, const assessment::Assessment& assessment, const report::WriteOptions& options)
    {
        switch (format) {
        case Format::Text:
            return report::writeText(assessment, options);
        case Format::Json:
            return report::writeJson(assessment, options);
        case Format::Sarif:
            return report::writeSarif(assessment, options);
        case Format::Csv:
            return report::writeCsv(assessment, options);
        case Format::Markdown:
            return report::writeMarkdown(assessment, options);
        case Format::Junit:
            return report::writeJunit(assessment, options);
        case Format::Dot: // of paths
        case Format::Html: // by writeReport()
        case Format::Pdf:
            break;
        }
        return {};
    }

    bool crosses(
        const assessment::Assessment& assessment, const report::WriteOptions& options, Severity threshold)
    {
        const std::vector<report::Row> rows = report::chosenRows(assessment, options);
        return std::any_of(rows.begin(), rows.end(), [&](const report::Row& row) {
            return row.state == State::Fail && !row.platform && row.severity >= threshold;
        });
    }

    Result<std::string> writeHtml(const Options& options, const Run& run, const Drawing& drawing,
        const report::WriteOptions& select, const StopToken& stop)
    {
        report::ReportOptions wanted;
        wanted.select = select;
        wanted.select.platform = options.all;
        auto document = makeDocument(options, run, drawing, std::move(wanted), stop);
        if (!document)
            return tl::unexpected(document.error());
        return writeReport({ std::move(*document), run.assessment }, Format::Html, drawing, stop);
    }

    int scan(const Options& options, const Drawing& drawing)
    {
        auto loadedCatalogue = posture::Catalogue::load();
        if (!loadedCatalogue)
            return fail(loadedCatalogue.error());
        const auto catalogue = std::make_shared<const posture::Catalogue>(std::move(*loadedCatalogue));
        report::WriteOptions out;
        for (const std::string& id : options.checks) {
            auto known = knownCheck(*catalogue, id);
            if (!known)
                return fail(known.error());
            out.checks.push_back(std::move(*known));
        }

        Interrupt interrupt;
        auto run = assess(options, interrupt, catalogue);
        if (!run)
            return interrupt.requested() ? interrupted() : fail(run.error());
        const assessment::Assessment& assessment = *run->assessment;

        const bool toTerminal = options.output.empty() || options.output == "-";
        out.all = options.all;
        out.namespaces = options.namespaces;
        out.colour = toTerminal && wantsColour(Stream::Output);
        out.width = toTerminal ? columns(Stream::Output) : out.width;
        out.sourceArgument = sourceArgument(options);
        out.diagnostics = run->policyDiagnostics;
        const Result<std::string> text = options.format == Format::Html
            ? writeHtml(options, *run, drawing, out, interrupt.token())
            : write(options.format, assessment, out);
        if (!text)
            return interrupt.requested() ? interrupted() : fail(text.error());
        if (const int code = finish(options, interrupt, *run, *text); code != ExitDone)
            return code;
        return options.failOn && crosses(assessment, out, *options.failOn) ? ExitCrossed : ExitDone;
    }

    int snapshot(const Options& options)
    {
        Interrupt interrupt;
        auto loaded = load(options, interrupt);
        if (interrupt.requested())
            return interrupted();
        if (!loaded)
            return fail(loaded.error());
        interrupt.readingDone();
        static const auto* keep = new InventoryPtr(loaded->inventory);
        const inventory::Inventory& inventory = **keep;
        printDiagnostics({ &inventory.diagnostics, &loaded->policyDiagnostics }, options.quiet);
        if (auto written = inventory::writeSnapshot(inventory, options.output); !written)
            return fail(written.error());
        if (!options.quiet) {
            const auto objects = static_cast<std::size_t>(std::count_if(inventory.objects.begin(),
                inventory.objects.end(), [](const inventory::Object& o) { return !o.assumed; }));
            std::fprintf(stderr, "wrote %s: %s\n", report::plain(options.output).c_str(),
                report::count(objects, "object").c_str());
        }
        if (options.strict && holdsError(inventory.diagnostics)) {
            printError("a part of the source could not be read (--strict)");
            return ExitFailed;
        }
        return ExitDone;
    }

    void paragraph(std::string& out, const report::Ink& ink, std::string_view heading, std::string_view text,
        std::size_t width)
    {
        if (text.empty())
            return;
        report::append(out, "\n", ink.bold(heading), "\n");
        for (const std::string& line : report::wrap(text, width - 2))
            report::append(out, "  ", line, "\n");
    }

    std::string describe(const posture::CheckInfo& check, const report::Ink& ink, std::size_t width)
    {
        std::string out = ink.bold(check.id + "  " + check.title) + "\n";
        out += ink.severity(check.severity, report::severityMark(check.severity));
        out += check.stage
            ? "  stage " + std::to_string(check.stage) + ", " + std::string(stageTitle(check.stage))
            : std::string("  no stage of an attack");
        out += "\n";
        paragraph(out, ink, "Why it matters", check.why, width);
        paragraph(out, ink, "What to do", check.fix, width);
        paragraph(out, ink, "KCSA", check.kcsa, width);
        std::string mappings;
        for (const posture::FrameworkMapping& mapping : check.frameworks) {
            if (!mapping.ids.empty())
                mappings += (mappings.empty() ? "" : "; ") + mapping.framework + " "
                    + report::joined(mapping.ids, mapping.ids.size());
        }
        paragraph(out, ink, "Frameworks", mappings, width);
        return out;
    }

    int checks(const Options& options)
    {
        const auto catalogue = posture::Catalogue::load();
        if (!catalogue)
            return fail(catalogue.error());
        const report::Ink ink(wantsColour(Stream::Output));
        std::string out;
        if (!options.checkId.empty()) {
            const auto id = knownCheck(*catalogue, options.checkId);
            if (!id)
                return fail(id.error());
            const auto width = static_cast<std::size_t>(std::clamp(columns(Stream::Output), 60, 100));
            out = describe(*catalogue->find(*id), ink, width);
        } else {
            std::string_view area;
            for (const posture::CheckInfo& check : catalogue->checks()) {
                if (check.area != area && !area.empty())
                    out += "\n";
                area = check.area;
                std::string id = check.id;
                id.resize(std::max<std::size_t>(id.size(), 12), ' ');
                report::append(out, ink.bold(id), "  ",
                    ink.severity(check.severity, report::severityMark(check.severity)));
                report::append(out, check.stage ? "  stage " : "     –   ",
                    check.stage ? std::to_string(check.stage) : std::string(), "  ", check.title, "\n");
            }
            report::append(out, "\n", report::count(catalogue->checks().size(), "check"),
                "; glacis checks ID explains one.\n");
        }
        const auto written = writeOutput(out, {});
        return written ? ExitDone : fail(written.error());
    }
}

int runCommand(const Options& options, const Drawing& drawing)
{
    switch (options.command) {
    case Command::Scan:
        return scan(options, drawing);
    case Command::Snapshot:
        return snapshot(options);
    case Command::Checks:
        return checks(options);
    case Command::Paths:
        return paths(options);
    case Command::Fixes:
        return fixes(options);
    case Command::Edges:
        return edges(options);
    case Command::Report:
        return report(options, drawing);
    case Command::Role:
        return role(options);
    case Command::Window:
        break;
    }
    return ExitFailed;
}

} // namespace glacis::app
